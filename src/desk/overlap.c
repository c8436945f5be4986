/*
 * Overlaps with the organizer's own meetings: told as a warning, never a reason to refuse.
 */
#include "calendar.h"
#include <core/series.h>
#include <store/meetings.h>
#include <string.h>

/* So much is looked at, whatever the calendar holds. */
enum { OVERLAP_SPAN = 366 * DAY, SERIES_MAX = 1000, OTHERS_MAX = 2000, SAID_MAX = 5 };

struct overlap_search {
    struct session *session;
    struct arena *arena;
    struct occurrences own; /* in order of start */
    int64_t longest;        /* of them */
    int64_t from, to;       /* what they take up */
    size_t others;          /* how many meetings were looked at */
    struct occurrences found;
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

/* scratch: for the other meeting's occurrences, of which the first that overlaps is kept. */
static enum err search_meeting(struct overlap_search *search, struct arena *scratch,
                               const struct meeting *other)
{
    struct occurrences list = {0};
    arena_reset(scratch);
    enum err err = meeting_expand(search->session, scratch, other, search->from, search->to,
                                  SERIES_MAX, &list);
    for (size_t i = 0; !err && i < list.count; i++) {
        if (meets_own(search, &list.items[i])) {
            *vector_push(search->arena, &search->found) = list.items[i];
            break;
        }
    }
    return err;
}

static enum err search_others(struct overlap_search *search, const struct meeting *meeting)
{
    struct meetings others = {0};
    struct arena *scratch = arena_new();
    enum err err =
        store_meetings_alone_between(search->arena, search->session->store, meeting->organizer_uid,
                                     search->from, search->to, OTHERS_MAX, &others);
    for (size_t i = 0; !err && i < others.count; i++) {
        if (strcmp(others.items[i].uid, meeting->uid) != 0)
            err = search_meeting(search, scratch, &others.items[i]);
    }
    search->others = others.count;
    arena_free(scratch);
    occurrences_sort(&search->found);
    return err;
}

/*
 * The first overlapping occurrence of each of the organizer's other scheduled meetings, within a
 * year from now or the start.
 */
static enum err overlaps_find(struct overlap_search *search, const struct meeting *meeting)
{
    int64_t now = session_now(search->session);
    int64_t since =
        meeting->span_start > now || meeting_over(meeting, now) ? meeting->span_start : now;
    enum err err = meeting_expand(search->session, search->arena, meeting, since,
                                  since + OVERLAP_SPAN, SERIES_MAX, &search->own);
    if (err || search->own.count == 0)
        return err;
    search->from = search->to = search->own.items[0].start;
    for (size_t i = 0; i < search->own.count; i++) {
        const struct occurrence *o = &search->own.items[i];
        search->to = o->end > search->to ? o->end : search->to;
        search->longest = o->end - o->start > search->longest ? o->end - o->start : search->longest;
    }
    return search_others(search, meeting);
}

/* A sentence for each, up to a handful. */
static void overlaps_say(const struct overlap_search *search, const struct zone *zone,
                         struct strings *warnings)
{
    struct arena *arena = search->arena;
    const struct occurrences *found = &search->found;
    for (size_t i = 0; i < found->count && i < SAID_MAX; i++) {
        const struct occurrence *o = &found->items[i];
        *vector_push(arena, warnings) = arena_format(arena, "overlaps with '%s' (%s)", o->title,
                                                     time_format(arena, o->start, zone, true));
    }
    if (found->count > SAID_MAX)
        *vector_push(arena, warnings) = arena_format(
            arena, "overlaps with %zu more of the organizer's meetings", found->count - SAID_MAX);
    if (search->others == OTHERS_MAX)
        *vector_push(arena, warnings) = arena_format(
            arena, "only the first %d of the organizer's meetings were looked at for overlaps",
            OTHERS_MAX);
}

enum err overlaps_warn(struct session *session, struct arena *arena, const struct meeting *meeting,
                       struct strings *warnings)
{
    struct overlap_search search = {.session = session, .arena = arena};
    const struct zone *zone = NULL;
    enum err err = overlaps_find(&search, meeting);
    if (!err)
        err = session_zone(session, meeting->tz, &zone);
    if (!err)
        overlaps_say(&search, zone, warnings);
    return err;
}
