/*
 * Which occurrence of a series a time means.
 */
#include <core/series_split.h>
#include <string.h>

/* The meeting that is searched, and its zone. */
struct finding {
    struct arena *arena;
    const struct meeting *meeting;
    const struct zone *zone;
    struct error *error;
};

static bool same_day(struct local_time a, struct local_time b)
{
    return local_compare(local_midnight(a), local_midnight(b)) == 0;
}

static enum err occurrences_between(const struct finding *finding, int64_t from, int64_t to,
                                    size_t limit, struct occurrences *out)
{
    return series_occurrences(finding->arena, finding->meeting, finding->zone, from, to, limit, out,
                              finding->error);
}

static int64_t instant_by_rule(const struct finding *finding, const struct occurrence *occurrence)
{
    int64_t instant;
    zone_instant(finding->zone, occurrence->recurrence, &instant);
    return instant;
}

/* Adds the occurrences around that day that start on it, or should by the rule. */
static enum err add_around(const struct finding *finding, struct local_time day, int64_t midnight,
                           struct occurrences *out)
{
    struct occurrences near = {0};
    enum err err = occurrences_between(finding, midnight - DAY, midnight + 2 * DAY, 0, &near);
    if (err)
        return err;
    for (size_t i = 0; i < near.count; i++) {
        struct local_time start = zone_read(finding->zone, near.items[i].start).local;
        if (same_day(start, day) || same_day(near.items[i].recurrence, day))
            *vector_push(finding->arena, out) = near.items[i];
    }
    return ERR_OK;
}

/* Adds an occurrence that was moved far away from its day. */
static enum err add_moved(const struct finding *finding, const struct meeting_override *override,
                          int64_t midnight, struct occurrences *out)
{
    struct occurrences there = {0};
    int64_t start;
    zone_instant(finding->zone, override->start, &start);
    if (start >= midnight - DAY && start < midnight + 2 * DAY)
        return ERR_OK; /* add_around has it */
    enum err err = occurrences_between(finding, start, start + 1, 0, &there);
    if (err)
        return err;
    for (size_t i = 0; i < there.count; i++)
        if (local_compare(there.items[i].recurrence, override->recurrence) == 0)
            *vector_push(finding->arena, out) = there.items[i];
    return ERR_OK;
}

/* All that start on that day, or should by the rule. */
static enum err candidates_of_day(const struct finding *finding, struct local_time day,
                                  struct occurrences *out)
{
    int64_t midnight;
    const struct meeting_overrides *overrides = &finding->meeting->overrides;
    zone_instant(finding->zone, local_midnight(day), &midnight);
    enum err err = add_around(finding, day, midnight, out);
    for (size_t i = 0; !err && i < overrides->count; i++)
        if (!overrides->items[i].cancelled && same_day(overrides->items[i].recurrence, day))
            err = add_moved(finding, &overrides->items[i], midnight, out);
    return err;
}

static const char *time_words(const struct finding *finding, int64_t instant)
{
    return time_format(finding->arena, instant, finding->zone, true);
}

/* The last occurrence before `at`, looked for through some eight years. */
static enum err find_before(const struct finding *finding, int64_t at, struct occurrence *before,
                            bool *found)
{
    *found = false;
    for (int64_t reach = WEEK; !*found && reach < 400 * WEEK; reach *= 8) {
        struct occurrences past = {0};
        enum err err = occurrences_between(finding, at - reach, at, 0, &past);
        if (err)
            return err;
        for (size_t i = 0; i < past.count; i++)
            if (past.items[i].start < at)
                *before = past.items[i], *found = true;
    }
    return ERR_OK;
}

/* "there is none; the nearest are ... and ..." */
static enum err not_found(const struct finding *finding, int64_t at)
{
    struct occurrences next = {0};
    struct occurrence before = {0};
    bool found;
    const char *what = time_words(finding, at);
    enum err err = occurrences_between(finding, at, INSTANT_NEVER, 1, &next);
    if (err)
        return err;
    err = find_before(finding, at, &before, &found);
    if (err)
        return err;
    const char *why = "the meeting does not take place then, and has no occurrence near";
    if (found && next.count)
        why = arena_format(finding->arena, "there is none; the nearest are %s and %s",
                           time_words(finding, before.start),
                           time_words(finding, next.items[0].start));
    else if (found || next.count)
        why = arena_format(finding->arena, "there is none; the nearest is %s",
                           time_words(finding, found ? before.start : next.items[0].start));
    return error_set_what(finding->error, ERR_NOT_FOUND, why, "occurrence at %s", what);
}

/* A date alone: the only one of that day. */
static enum err pick_of_day(const struct finding *finding, const struct occurrences *list,
                            int64_t midnight, struct occurrence *out)
{
    if (list->count == 0)
        return not_found(finding, midnight);
    if (list->count > 1)
        return error_set_what(finding->error, ERR_INVALID,
                              "the day has several; write its time as well", "occurrence of %s",
                              time_format(finding->arena, midnight, finding->zone, false));
    *out = list->items[0];
    return ERR_OK;
}

enum err series_find(struct arena *arena, const struct meeting *meeting, const struct zone *zone,
                     const struct time_reading *reading, struct occurrence *out,
                     struct error *error)
{
    const struct finding finding = {arena, meeting, zone, error};
    struct occurrences list = {0};
    enum err err = candidates_of_day(&finding, reading->local, &list);
    if (err)
        return err;
    if (reading->date_only)
        return pick_of_day(&finding, &list, reading->instant, out);
    const struct occurrence *found = NULL;
    for (size_t i = 0; i < list.count && !found; i++)
        if (instant_by_rule(&finding, &list.items[i]) == reading->instant)
            found = &list.items[i];
    for (size_t i = 0; i < list.count && !found; i++)
        if (list.items[i].start == reading->instant)
            found = &list.items[i];
    if (!found)
        return not_found(&finding, reading->instant);
    *out = *found;
    return ERR_OK;
}

enum err series_find_recurrence(struct arena *arena, const struct meeting *meeting,
                                const struct zone *zone, struct local_time recurrence,
                                struct occurrence *out, struct error *error)
{
    const struct finding finding = {arena, meeting, zone, error};
    struct occurrences list = {0};
    int64_t instant;
    enum err err = candidates_of_day(&finding, recurrence, &list);
    if (err)
        return err;
    for (size_t i = 0; i < list.count; i++) {
        if (local_compare(list.items[i].recurrence, recurrence) == 0) {
            *out = list.items[i];
            return ERR_OK;
        }
    }
    zone_instant(zone, recurrence, &instant);
    return not_found(&finding, instant);
}
