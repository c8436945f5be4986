/*
 * A series cut in two. The rule's starts before the cut are counted, the rule gets another end, and
 * the rest begins with its first start behind the cut, from which intervals and weeks go on as they
 * did. That the rest has the same starts is checked, not trusted.
 */
#include "rule_text.h"

#include <core/series_split.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKED_AT = 200 };

struct splitting {
    struct arena *arena;
    const struct meeting *meeting;
    const struct zone *zone;
    struct local_time at;

    int64_t counted;        /* starts of the rule before the cut */
    struct local_time last; /* the last of them */
    struct local_time next; /* the first one at the cut or behind it */
    bool goes_on;           /* the rule has a start there */
};

static const struct local_time end_of_time = {9999, 12, 31, 23, 59, 59};

/* recurrence_visit: counts the starts before the cut, and stops behind it. */
static bool count_visit(void *context, struct local_time start)
{
    struct splitting *split = context;
    if (local_compare(start, split->at) >= 0) {
        split->next = start;
        split->goes_on = true;
        return false;
    }
    split->counted++;
    split->last = start;
    return true;
}

static enum err count_rule(struct splitting *split, struct error *error)
{
    const struct meeting *meeting = split->meeting;
    if (!meeting->rrule) {
        count_visit(split, meeting->start_local);
        return ERR_OK;
    }
    return recurrence_each(meeting->rrule, meeting->start_local, split->zone, meeting->start_local,
                           end_of_time, count_visit, split, error);
}

/*
 * --- dates and overrides ------------------------------------------------------------------------
 */

static bool belongs(const struct splitting *split, struct local_time recurrence, bool before)
{
    return (local_compare(recurrence, split->at) < 0) == before;
}

static struct local_times dates_part(const struct splitting *split, const struct local_times *dates,
                                     bool before)
{
    struct local_times part = {0};
    for (size_t i = 0; i < dates->count; i++)
        if (belongs(split, dates->items[i], before))
            *vector_push(split->arena, &part) = dates->items[i];
    return part;
}

static struct meeting_overrides overrides_part(const struct splitting *split, bool before)
{
    const struct meeting_overrides *all = &split->meeting->overrides;
    struct meeting_overrides part = {0};
    for (size_t i = 0; i < all->count; i++)
        if (belongs(split, all->items[i].recurrence, before))
            *vector_push(split->arena, &part) = all->items[i];
    return part;
}

/* The earliest added date or override, for a part in which the rule has no start at all. */
static struct local_time earliest_extra(const struct meeting *part, struct local_time otherwise)
{
    struct local_time first = end_of_time;
    for (size_t i = 0; i < part->rdates.count; i++)
        if (local_compare(part->rdates.items[i], first) < 0)
            first = part->rdates.items[i];
    for (size_t i = 0; i < part->overrides.count; i++)
        if (local_compare(part->overrides.items[i].recurrence, first) < 0)
            first = part->overrides.items[i].recurrence;
    return first.year == end_of_time.year ? otherwise : first;
}

/*
 * A part without any start of the rule begins with its first added date, which is the start then
 * and no added date any more.
 */
static void begin_with_extra(struct splitting *split, struct meeting *part)
{
    size_t kept = 0;
    part->rrule = NULL;
    part->start_local = earliest_extra(part, split->at);
    for (size_t i = 0; i < part->rdates.count; i++)
        if (local_compare(part->rdates.items[i], part->start_local) != 0)
            part->rdates.items[kept++] = part->rdates.items[i];
    part->rdates.count = kept;
    if (part->overrides.count &&
        !part->rdates.count) /* only a series has occurrences that differ */
        part->rrule = "FREQ=DAILY;COUNT=1";
}

static struct meeting part_of(struct splitting *split, bool before)
{
    struct meeting part = *split->meeting;
    part.rdates = dates_part(split, &split->meeting->rdates, before);
    part.exdates = dates_part(split, &split->meeting->exdates, before);
    part.overrides = overrides_part(split, before);
    return part;
}

/*
 * --- the rule ------------------------------------------------------------------------------------
 */

static const char *rule_before(const struct splitting *split)
{
    const struct meeting *meeting = split->meeting;
    if (rule_part(split->arena, meeting->rrule, "COUNT"))
        return rule_end(split->arena, meeting->rrule,
                        arena_format(split->arena, "COUNT=%lld", (long long)split->counted));
    return rule_end(split->arena, meeting->rrule,
                    rule_until(split->arena, split->zone, meeting->all_day, split->last));
}

static const char *rule_after(const struct splitting *split)
{
    const char *rrule = split->meeting->rrule;
    const char *count = rule_part(split->arena, rrule, "COUNT");
    if (!count)
        return rrule;
    return rule_end(split->arena, rrule,
                    arena_format(split->arena, "COUNT=%lld",
                                 strtoll(count, NULL, 10) - (long long)split->counted));
}

struct starts {
    struct local_time items[LOOKED_AT];
    size_t count;
};

static bool starts_visit(void *context, struct local_time start)
{
    struct starts *starts = context;
    starts->items[starts->count++] = start;
    return starts->count < LOOKED_AT;
}

/* Whether the rest's rule has the starts that the whole one has from there on. */
static enum err check_rest(const struct splitting *split, const struct meeting *after,
                           struct error *error)
{
    struct starts whole = {.count = 0}, rest = {.count = 0};
    const struct meeting *meeting = split->meeting;
    enum err err = recurrence_each(meeting->rrule, meeting->start_local, split->zone,
                                   after->start_local, end_of_time, starts_visit, &whole, error);
    if (err)
        return err;
    err = recurrence_each(after->rrule, after->start_local, split->zone, after->start_local,
                          end_of_time, starts_visit, &rest, error);
    if (err)
        return err;
    bool same = whole.count == rest.count;
    for (size_t i = 0; same && i < whole.count; i++)
        same = local_compare(whole.items[i], rest.items[i]) == 0;
    return same ? ERR_OK
                : error_set(error, ERR_REFUSED, "this and all following",
                            "the rest of '%s' cannot be written as a rule of its own; change one "
                            "occurrence or the whole series",
                            meeting->rrule);
}

/* Finds out if anything takes place before the cut. */
static enum err look_before(const struct splitting *split, struct series_cut *cut,
                            struct error *error)
{
    struct occurrences left = {0};
    const struct meeting *before = &cut->before;
    cut->first = split->counted == 0 && before->rdates.count == 0 && before->overrides.count == 0 &&
                 local_compare(before->start_local, split->at) >= 0;
    if (cut->first)
        return ERR_OK;
    enum err err = series_occurrences(split->arena, before, split->zone, INT64_MIN, INSTANT_NEVER,
                                      1, &left, error);
    if (err)
        return err;
    cut->first = left.count == 0;
    return ERR_OK;
}

enum err series_split(struct arena *arena, const struct meeting *meeting, const struct zone *zone,
                      struct local_time at, struct series_cut *cut, struct error *error)
{
    struct splitting split = {.arena = arena, .meeting = meeting, .zone = zone, .at = at};
    enum err err = count_rule(&split, error);
    if (err)
        return err;
    *cut = (struct series_cut){.before = part_of(&split, true), .after = part_of(&split, false)};
    if (split.counted == 0)
        begin_with_extra(&split, &cut->before);
    else if (meeting->rrule)
        cut->before.rrule = rule_before(&split);
    if (!split.goes_on) {
        begin_with_extra(&split, &cut->after);
        return look_before(&split, cut, error);
    }
    cut->after.start_local = split.next;
    if (meeting->rrule && split.counted > 0) {
        cut->after.rrule = rule_after(&split);
        err = check_rest(&split, &cut->after, error);
        if (err)
            return err;
    }
    return look_before(&split, cut, error);
}
