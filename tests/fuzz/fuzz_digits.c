/*
 * Fuzzes what helpdesk staff type: whatever comes in, what comes out is an ID or nothing, and
 * normalizing it again changes nothing.
 */
#include <core/dial_in_text.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *typed = arena_copy_n(arena, (const char *)data, size);
    char out[ID_SIZE], again[ID_SIZE];
    bool id = dial_in_query(typed, out) == QUERY_ID;
    if (id != conference_id_valid(out) || (!id && out[0]))
        abort();
    if (id && (!conference_id_normalize(conference_id_group(arena, out), again) ||
               strcmp(out, again) != 0))
        abort();
    arena_free(arena);
    return 0;
}
