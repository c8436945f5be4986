/*
 * Fuzzes the judging of events: NUL bytes part the places; an ID is a valid one, and only if there
 * is a dial-in.
 */
#include <base/embedded.h>
#include <core/dial_in_judge.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { PLACES = 5 };
    struct arena *arena = arena_new();
    const char *text = arena_copy_n(arena, "", 0);
    char *bytes = arena_alloc(arena, size + 1);
    struct dial_in_place places[PLACES];
    size_t count = 0;
    if (size > 0)
        memcpy(bytes, data, size);
    for (size_t at = 0; at < size && count < PLACES; at += strlen(text) + 1) {
        text = bytes + at;
        places[count] = (struct dial_in_place){(enum dial_in_place_kind)count, "place", text};
        count++;
    }
    struct dial_in dial_in = dial_in_judge(
        arena, dial_in_services_read(arena, embedded_find("services.tsv", NULL)), places, count);
    if ((dial_in.kind != DIAL_IN_NONE) != conference_id_valid(dial_in.conference_id))
        abort();
    arena_free(arena);
    return 0;
}
