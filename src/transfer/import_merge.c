/*
 * Changed occurrences entered into their series, and changes of an occurrence and all that follow
 * it (RANGE=THISANDFUTURE).
 *
 * Such a change stays within the one meeting, with its one conference ID: each occurrence that it
 * reaches gets it as its own. If it is a cancellation, the series ends before it. A series
 * without an end has no last occurrence to write it to; that is told, and the series stands.
 */
#include "import.h"
#include <core/series_split.h>
#include <string.h>

enum { FOLLOWING_MAX = 1000 };

/*
 * --- one occurrence, or it and all that follow ------------------------------------------------
 */

/* A change that is spread over the occurrences of a series, as its first one has it. */
struct spreading {
    struct arena *arena;
    struct meeting *series;
    struct meeting_override change;
    size_t count;
};

static struct meeting_override *override_place(struct arena *arena, struct meeting *series,
                                               struct local_time recurrence)
{
    struct meeting_override *there = meeting_override_at(series, recurrence);
    return there ? there : vector_push(arena, &series->overrides);
}

/* recurrence_visit: gives this occurrence the change, moved by as much as the first one. */
static bool spread_visit(void *context, struct local_time start)
{
    struct spreading *spreading = context;
    const struct meeting_override *change = &spreading->change;
    if (spreading->count++ == FOLLOWING_MAX)
        return false;
    if (local_times_hold(&spreading->series->exdates, start))
        return true;
    int64_t by = local_seconds(change->start) - local_seconds(change->recurrence);
    struct meeting_override *override = override_place(spreading->arena, spreading->series, start);
    *override = *change;
    override->recurrence = start;
    override->start = local_from_seconds(local_seconds(start) + by);
    return true;
}

static enum err spread_change(struct spreading *spreading, const struct zone *zone,
                              const char **why, struct error *error)
{
    static const struct local_time end_of_time = {9999, 12, 31, 23, 59, 59};
    struct meeting *series = spreading->series;
    struct local_time first = spreading->change.recurrence;
    if (series->rrule) {
        enum err err = recurrence_each(series->rrule, series->start_local, zone, first, end_of_time,
                                       spread_visit, spreading, error);
        if (err)
            return err;
    }
    for (size_t i = 0; i < series->rdates.count; i++)
        if (local_compare(series->rdates.items[i], first) > 0)
            spread_visit(spreading, series->rdates.items[i]);
    if (spreading->count > FOLLOWING_MAX)
        *why = arena_format(spreading->arena,
                            "it changes this and all following occurrences (RANGE=THISANDFUTURE), "
                            "which are without end or more than %d; the series stands as it was",
                            (int)FOLLOWING_MAX);
    return ERR_OK;
}

/* The series ends before the occurrence; one of which nothing is left is cancelled whole. */
static enum err end_before(struct arena *arena, struct meeting *series, const struct zone *zone,
                           struct local_time first, struct error *error)
{
    struct series_cut cut;
    enum err err = series_split(arena, series, zone, first, &cut, error);
    if (err && err != ERR_REFUSED) /* what is cancelled needs no rule */
        return err;
    error_clear(error);
    if (cut.first)
        series->status = MEETING_CANCELLED;
    else
        *series = cut.before;
    return ERR_OK;
}

static enum err merge_following(struct arena *arena, struct meeting *series,
                                const struct zone *zone, const struct ical_event *event,
                                const char **why, struct error *error)
{
    struct meeting before = *series;
    vector_copy(arena, &series->overrides, &before.overrides);
    struct local_time first = ical_merge(arena, series, zone, event);
    struct spreading spreading = {
        .arena = arena, .series = series, .change = *override_place(arena, series, first)};
    const struct meeting_override *change = &spreading.change;
    if (revision_older(event->meeting.sequence, event->meeting.stamp, change->sequence,
                       change->stamp))
        return ERR_OK;
    if (change->cancelled)
        return end_before(arena, series, zone, first, error);
    enum err err = spread_change(&spreading, zone, why, error);
    if (*why)
        *series = before;
    return err;
}

enum err import_merge(struct arena *arena, struct meeting *series, const struct zone *zone,
                      const struct ical_event *event, const char **why, struct error *error)
{
    if (event->following)
        return merge_following(arena, series, zone, event, why, error);
    ical_merge(arena, series, zone, event);
    if (series->overrides.count > MEETING_OVERRIDES_MAX) {
        *why = arena_format(arena, "its series has more than %d changed occurrences",
                            (int)MEETING_OVERRIDES_MAX);
        series->overrides.count--;
    }
    return ERR_OK;
}

/*
 * --- all of a batch ----------------------------------------------------------------------------
 */

/* The newest sound series of this UID in the batch; of the same revision the last. */
static struct ical_event *batch_series(struct import_batch *batch, const char *uid)
{
    struct ical_event *newest = NULL;
    for (size_t i = batch->count; i > 0; i--) {
        struct ical_event *event = &batch->items[i - 1].event;
        if (event->is_override || event->why || event->method == ICAL_CANCEL ||
            event->method == ICAL_REPLY || strcmp(event->uid, uid) != 0)
            continue;
        if (!newest || revision_older(newest->meeting.sequence, newest->meeting.stamp,
                                      event->meeting.sequence, event->meeting.stamp))
            newest = event;
    }
    return newest;
}

static enum err merge_item(struct arena *arena, struct import_event *item,
                           struct ical_event *series, struct error *error)
{
    const char *why = NULL;
    item->taken = series != NULL;
    if (!series)
        return ERR_OK;
    enum err err = import_merge(arena, &series->meeting, series->zone, &item->event, &why, error);
    item->event.why = why;
    item->event.why_line = item->event.line;
    return err;
}

enum err import_merge_all(struct arena *arena, struct import_batch *batch,
                          struct ical_event *series, struct error *error)
{
    for (int round = 0; round < 2; round++) {
        bool following = round == 0;
        for (size_t i = 0; i < batch->count; i++) {
            struct import_event *item = &batch->items[i];
            const struct ical_event *event = &item->event;
            if (!event->is_override || event->why || event->following != following)
                continue;
            struct ical_event *own = series ? series : batch_series(batch, event->uid);
            enum err err = merge_item(arena, item, own, error);
            if (err)
                return err;
        }
    }
    return ERR_OK;
}
