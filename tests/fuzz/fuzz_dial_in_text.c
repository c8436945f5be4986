/*
 * Fuzzes the reading of invitations: an ID that is found is a valid one, and stands where it is
 * said to stand.
 */
#include <core/dial_in_text.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = arena_copy_n(arena, (const char *)data, size);
    struct dial_in_found found = dial_in_read(text);
    bool any = found.sign != DIAL_IN_NO_SIGN;
    if (any != conference_id_valid(found.conference_id))
        abort();
    if (any && found.at >= strlen(text))
        abort();
    arena_free(arena);
    return 0;
}
