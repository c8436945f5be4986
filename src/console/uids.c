/*
 * A set of UIDs as a sorted vector.
 */
#include "uids.h"
#include <string.h>

/* The index of the UID, or (*there false) the index at which it would stand. */
static size_t place(const struct strings *uids, const char *uid, bool *there)
{
    size_t low = 0, high = uids->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(uids->items[middle], uid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *there = low < uids->count && strcmp(uids->items[low], uid) == 0;
    return low;
}

bool uids_hold(const struct strings *uids, const char *uid)
{
    bool there;
    place(uids, uid, &there);
    return there;
}

void uids_add(struct arena *arena, struct strings *uids, const char *uid)
{
    bool there;
    size_t at = place(uids, uid, &there), behind = uids->count - at;
    if (there)
        return;
    *vector_push(arena, uids) = NULL;
    memmove(&uids->items[at + 1], &uids->items[at], behind * sizeof *uids->items);
    uids->items[at] = arena_copy(arena, uid);
}

void uids_remove(struct strings *uids, const char *uid)
{
    bool there;
    size_t at = place(uids, uid, &there);
    if (!there)
        return;
    uids->count--;
    memmove(&uids->items[at], &uids->items[at + 1], (uids->count - at) * sizeof *uids->items);
}
