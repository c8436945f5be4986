/*
 * Changed occurrences entered into their series, and changes of an occurrence and all that follow
 * it (RANGE=THISANDFUTURE).
 *
 * Such a change stays within the one meeting, with its one conference ID: each occurrence that it
 * reaches gets it as its own. Where it is a cancellation, the series ends before it. A series
 * without an end has no last occurrence to write it to; that is told, and the series stands.
 */
#include "import.h"
#include <core/series_split.h>

enum { FOLLOWING_MAX = 1000 };

struct following {
    struct arena *arena;
    struct meeting *series;
    struct meeting_override change; /* as the first has it */
    size_t count;
};

static bool excluded(const struct meeting *series, struct local_time recurrence)
{
    for (size_t i = 0; i < series->exdates.count; i++)
        if (local_compare(series->exdates.items[i], recurrence) == 0)
            return true;
    return false;
}

static struct meeting_override *override_place(struct arena *arena, struct meeting *series,
                                               struct local_time recurrence)
{
    struct meeting_override *there = meeting_override_at(series, recurrence);
    return there ? there : vector_push(arena, &series->overrides);
}

/* recurrence_visit: this occurrence as the first, moved by as much. */
static bool change_visit(void *context, struct local_time start)
{
    struct following *following = context;
    const struct meeting_override *change = &following->change;
    if (following->count++ == FOLLOWING_MAX)
        return false;
    if (excluded(following->series, start))
        return true;
    int64_t by = local_seconds(change->start) - local_seconds(change->recurrence);
    struct meeting_override *one = override_place(following->arena, following->series, start);
    *one = *change;
    one->recurrence = start;
    one->start = local_from_seconds(local_seconds(start) + by);
    return true;
}

static enum err change_following(struct following *following, const struct zone *zone,
                                 const char **why, struct error *error)
{
    static const struct local_time end_of_time = {9999, 12, 31, 23, 59, 59};
    struct meeting *series = following->series;
    struct local_time first = following->change.recurrence;
    enum err err = ERR_OK;
    if (series->rrule)
        err = recurrence_each(series->rrule, series->start_local, zone, first, end_of_time,
                              change_visit, following, error);
    for (size_t i = 0; i < series->rdates.count; i++)
        if (local_compare(series->rdates.items[i], first) > 0)
            change_visit(following, series->rdates.items[i]);
    if (following->count > FOLLOWING_MAX)
        *why = arena_format(following->arena,
                            "it changes this and all following occurrences (RANGE=THISANDFUTURE), "
                            "which are without end or more than %d; the series stands as it was",
                            (int)FOLLOWING_MAX);
    return err;
}

/* The series ends before the occurrence; one of which nothing is left is cancelled whole. */
static enum err cancel_following(struct arena *arena, struct meeting *series,
                                 const struct zone *zone, struct local_time first,
                                 struct error *error)
{
    struct series_cut cut;
    enum err err = series_split(arena, series, zone, first, &cut, error);
    if (err != ERR_OK && err != ERR_REFUSED) /* what is cancelled needs no rule */
        return err;
    error_clear(error);
    if (cut.first)
        series->status = MEETING_CANCELLED;
    else
        *series = cut.before;
    return ERR_OK;
}

enum err import_merge(struct session *session, struct arena *arena, struct meeting *series,
                      const struct zone *zone, const struct ical_event *event, const char **why)
{
    if (!event->following) {
        ical_merge(arena, series, zone, event);
        if (series->overrides.count > MEETING_OVERRIDES_MAX) {
            *why = arena_format(arena, "its series has more than %d changed occurrences",
                                (int)MEETING_OVERRIDES_MAX);
            series->overrides.count--;
        }
        return ERR_OK;
    }
    struct meeting before = *series;
    series->overrides = (struct meeting_overrides){0};
    for (size_t i = 0; i < before.overrides.count; i++)
        *vector_push(arena, &series->overrides) = before.overrides.items[i];
    struct local_time first = ical_merge(arena, series, zone, event);
    struct following following = {
        .arena = arena, .series = series, .change = *override_place(arena, series, first)};
    if (revision_older(event->meeting.sequence, event->meeting.stamp, following.change.sequence,
                       following.change.stamp))
        return ERR_OK;
    if (following.change.cancelled)
        return cancel_following(arena, series, zone, first, &session->error);
    enum err err = change_following(&following, zone, why, &session->error);
    if (*why)
        *series = before;
    return err;
}
