/*
 * Which events an import has read: of each a hash, so that one that comes again is told without
 * the events being kept. Two words of memory an event, whatever is in it.
 */
#include "import.h"
#include <base/hash.h>
#include <string.h>

enum { ROOM_FIRST = 1024 };

/* The slot of this hash, or the free one that it would have. */
static int64_t *slot_of(const struct import_seen *seen, int64_t hash)
{
    size_t at = (size_t)hash & (seen->room - 1);
    while (seen->slots[at] && seen->slots[at] != hash)
        at = (at + 1) & (seen->room - 1);
    return &seen->slots[at];
}

static void grow(struct arena *arena, struct import_seen *seen)
{
    struct import_seen larger = {.room = seen->room ? 2 * seen->room : ROOM_FIRST,
                                 .count = seen->count};
    larger.slots = arena_array(arena, larger.room, sizeof *larger.slots);
    for (size_t i = 0; i < seen->room; i++)
        if (seen->slots[i])
            *slot_of(&larger, seen->slots[i]) = seen->slots[i];
    *seen = larger;
}

bool import_seen_before(struct arena *arena, struct import_seen *seen,
                        const struct ical_event *event)
{
    bool twice_means_news = event->method == ICAL_CANCEL || event->method == ICAL_REPLY;
    if (event->why || twice_means_news)
        return false;
    int64_t hash = hash_number(event->uid, strlen(event->uid));
    if (event->is_override) {
        int64_t which = local_seconds(event->recurrence);
        hash ^= hash_number((const char *)&which, sizeof which);
    }
    hash = hash ? hash : 1; /* a free slot is 0 */
    if (2 * seen->count >= seen->room)
        grow(arena, seen);
    int64_t *slot = slot_of(seen, hash);
    bool before = *slot != 0;
    seen->count += !before;
    *slot = hash;
    return before;
}
