/*
 * Fuzzes the reading of HTML: the text grows with the HTML and no faster, and holds no more tags
 * than links.
 */
#include <exchange/html_text.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *html = arena_copy_n(arena, (const char *)data, size);
    size_t length = strlen(html_text(arena, html));
    if (length > 4 * strlen(html) + 8 || strlen(html_notes(arena, html)) > length)
        abort();
    arena_free(arena);
    return 0;
}
