/*
 * Overlaps with the organizer's own meetings: told as a warning, never a reason to refuse.
 */
#include "calendar.h"
#include <core/series.h>
#include <store/meetings.h>
#include <string.h>

enum { OVERLAP_SPAN = 366 * DAY, OWN_MAX = 1000, SAID_MAX = 5 };

struct overlap_search {
    struct session *session;
    struct arena *arena;
    struct occurrences own; /* in order of start */
    int64_t longest;        /* of them */
    struct occurrences *out;
};

static bool occurrences_meet(const struct occurrence *a, const struct occurrence *b)
{
    return a->start < b->end && b->start < a->end;
}

/*
 * True if an occurrence of the meeting lies at this time. A binary search skips those that start
 * too early to reach it.
 */
static bool meets_own(const struct overlap_search *search, const struct occurrence *other)
{
    size_t low = 0, high = search->own.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (search->own.items[middle].start <= other->start - search->longest)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < search->own.count && search->own.items[i].start < other->end; i++) {
        if (occurrences_meet(&search->own.items[i], other))
            return true;
    }
    return false;
}

static enum err search_meeting(struct overlap_search *search, const struct meeting *other,
                               int64_t from, int64_t to)
{
    struct occurrences list = {0};
    enum err err = meeting_expand(search->session, search->arena, other, from, to, 0, &list);
    for (size_t i = 0; !err && i < list.count; i++) {
        if (meets_own(search, &list.items[i])) {
            *vector_push(search->arena, search->out) = list.items[i];
            break;
        }
    }
    return err;
}

/*
 * The first overlapping occurrence of each of the organizer's other scheduled meetings, within a
 * year from now or the start.
 */
static enum err overlaps_find(struct session *session, struct arena *arena,
                              const struct meeting *meeting, struct occurrences *out)
{
    struct overlap_search search = {.session = session, .arena = arena, .out = out};
    struct meetings *others = arena_alloc(arena, sizeof *others);
    int64_t now = session_now(session);
    int64_t since =
        meeting->span_start > now || meeting_over(meeting, now) ? meeting->span_start : now;
    enum err err =
        meeting_expand(session, arena, meeting, since, since + OVERLAP_SPAN, OWN_MAX, &search.own);
    if (err || search.own.count == 0)
        return err;
    int64_t to = 0;
    for (size_t i = 0; i < search.own.count; i++) {
        const struct occurrence *o = &search.own.items[i];
        to = o->end > to ? o->end : to;
        search.longest = o->end - o->start > search.longest ? o->end - o->start : search.longest;
    }
    int64_t from = search.own.items[0].start;
    err = store_meetings_alone_between(arena, session->store, meeting->organizer_uid, from, to,
                                       others);
    for (size_t i = 0; !err && i < others->count; i++) {
        if (strcmp(others->items[i].uid, meeting->uid) != 0)
            err = search_meeting(&search, &others->items[i], from, to);
    }
    occurrences_sort(out);
    return err;
}

/* A sentence for each, up to a handful. */
static void overlaps_say(struct arena *arena, const struct occurrences *overlaps,
                         const struct zone *zone, struct strings *warnings)
{
    for (size_t i = 0; i < overlaps->count && i < SAID_MAX; i++) {
        const struct occurrence *o = &overlaps->items[i];
        *vector_push(arena, warnings) = arena_format(arena, "overlaps with '%s' (%s)", o->title,
                                                     time_format(arena, o->start, zone, true));
    }
    if (overlaps->count > SAID_MAX)
        *vector_push(arena, warnings) =
            arena_format(arena, "overlaps with %zu more of the organizer's meetings",
                         overlaps->count - SAID_MAX);
}

enum err overlaps_warn(struct session *session, struct arena *arena, const struct meeting *meeting,
                       struct scheduled *out)
{
    const struct zone *zone = NULL;
    enum err err = overlaps_find(session, arena, meeting, &out->overlaps);
    if (err)
        return err;
    err = session_zone(session, meeting->tz, &zone);
    if (err)
        return err;
    overlaps_say(arena, &out->overlaps, zone, &out->warnings);
    return ERR_OK;
}
