/*
 * A zone's changes of offset as a text, and back.
 */
#include <base/ascii.h>
#include <base/vector.h>
#include <core/zone_changes.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "zone_data.h"

enum { OFFSET_BOUND = 26 * HOUR, TYPES_MAX = 256 };

char *zone_changes(struct arena *arena, const struct zone *zone)
{
    struct text text = text_start(arena);
    text_addf(&text, "%d", (int)zone_read(zone, ZONE_CHANGES_FROM).offset);
    for (int64_t at = zone_next_change(zone, ZONE_CHANGES_FROM); at < ZONE_CHANGES_TO;
         at = zone_next_change(zone, at))
        text_addf(&text, " %lld:%d", (long long)at, (int)zone_read(zone, at).offset);
    return text.bytes;
}

struct changes {
    struct VECTOR(int64_t) instants;
    struct VECTOR(unsigned char) kinds;
    struct VECTOR(struct zone_type) types;
};

static bool read_number(const char **s, int64_t *number)
{
    char *end;
    if (**s != '-' && !ascii_digit(**s))
        return false;
    errno = 0;
    *number = strtoll(*s, &end, 10);
    bool read = end != *s && errno == 0;
    *s = end;
    return read;
}

/* An offset becomes a type of the zone, each once. */
static bool read_type(struct arena *arena, const char **s, struct changes *changes, size_t *kind)
{
    int64_t offset;
    if (!read_number(s, &offset) || offset < -OFFSET_BOUND || offset > OFFSET_BOUND)
        return false;
    for (*kind = 0; *kind < changes->types.count; ++*kind)
        if (changes->types.items[*kind].offset == offset)
            return true;
    *vector_push(arena, &changes->types) =
        (struct zone_type){.offset = (int32_t)offset, .abbreviation = ""};
    return *kind < TYPES_MAX;
}

static bool read_change(struct arena *arena, const char **s, struct changes *changes)
{
    int64_t at;
    size_t kind, count = changes->instants.count;
    if (*(*s)++ != ' ' || !read_number(s, &at) || *(*s)++ != ':' ||
        !read_type(arena, s, changes, &kind))
        return false;
    if (count > 0 && at <= changes->instants.items[count - 1])
        return false;
    *vector_push(arena, &changes->instants) = at;
    *vector_push(arena, &changes->kinds) = (unsigned char)kind;
    return true;
}

enum err zone_from_changes(struct arena *arena, const char *name, const char *changes,
                           const struct zone **zone, struct error *error)
{
    struct changes read = {0};
    size_t first;
    bool sound = read_type(arena, &changes, &read, &first);
    while (sound && *changes)
        sound = read_change(arena, &changes, &read);
    if (!sound)
        return error_set_what(error, ERR_DAMAGED, "its kept rules can't be read", "time zone '%s'",
                              name);
    struct zone *made = arena_alloc(arena, sizeof *made);
    *made = (struct zone){.name = arena_copy(arena, name),
                          .count = read.instants.count,
                          .transitions = read.instants.items,
                          .kinds = read.kinds.items,
                          .types = read.types.items,
                          .first = read.types.items[first]};
    *zone = made;
    return ERR_OK;
}
