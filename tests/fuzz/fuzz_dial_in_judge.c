/*
 * Fuzzes the judging of events and the exchange of an ID in them: NUL bytes part the places; an ID
 * is a valid one, and only if there is a dial-in; exchanging it for itself changes nothing but groups.
 */
#include <core/dial_in_renew.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool digits_differ(const char *a, const char *b)
{
    static const char digits[] = "0123456789";
    for (;; a++, b++) {
        a += strcspn(a, digits);
        b += strcspn(b, digits);
        if (*a != *b)
            return true;
        if (!*a)
            return false;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { PLACES = 5 };
    struct arena *arena = arena_new();
    const char *text = arena_copy_n(arena, "", 0);
    char *bytes = arena_alloc(arena, size + 1);
    struct dial_in_place places[PLACES] = {0};
    size_t count = 0;
    struct number number = {.e164 = "+4930901820"};
    struct numbers numbers = {.items = &number, .count = 1};
    if (size > 0)
        memcpy(bytes, data, size);
    for (size_t at = 0; at < size && count < PLACES; at += strlen(text) + 1) {
        text = bytes + at;
        places[count] = (struct dial_in_place){(enum dial_in_place_kind)count, "place", text};
        count++;
    }
    struct dial_in dial_in = dial_in_judge(arena, &numbers, places, count);
    if ((dial_in.kind != DIAL_IN_NONE) != conference_id_valid(dial_in.conference_id))
        abort();
    const char *id = dial_in.conference_id ? dial_in.conference_id : "8472357";
    struct dial_in_place renewed[PLACES];
    memcpy(renewed, places, sizeof places);
    dial_in_renew(arena, &numbers, renewed, count, id, id);
    for (size_t i = 0; i < count; i++)
        if (digits_differ(renewed[i].text, places[i].text))
            abort();
    arena_free(arena);
    return 0;
}
