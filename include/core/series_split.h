/*
 * A series cut in two at one of its occurrences, and a rule that moves with its series. Pure; desk
 * calls it.
 *
 * An occurrence is named by its local start by the rule (iCalendar's RECURRENCE-ID), wherever it
 * was moved to.
 */
#ifndef CORE_SERIES_SPLIT_H
#define CORE_SERIES_SPLIT_H

#include <core/series.h>

/*
 * Finds the occurrence that a time means: the one whose start by the rule it is, else the one that
 * starts then now; a date alone means the only one of that day. ERR_NOT_FOUND names the nearest
 * ones, ERR_INVALID several of one day.
 */
enum err series_find(struct arena *arena, const struct meeting *meeting, const struct zone *zone,
                     const struct time_reading *reading, struct occurrence *out,
                     struct error *error);

/* Finds the occurrence whose start by the rule this is. ERR_NOT_FOUND names the nearest ones. */
enum err series_find_recurrence(struct arena *arena, const struct meeting *meeting,
                                const struct zone *zone, struct local_time recurrence,
                                struct occurrence *out, struct error *error);

struct series_cut {
    bool first; /* nothing takes place before the cut: `before` means nothing */
    /* copies of the meeting, with rules, dates and overrides of their own */
    struct meeting before, after;
};

/*
 * Cuts at the occurrence `at`: what the rule has before it stays in `before` (a COUNT is counted
 * down, any other rule ends by an UNTIL of the form that RFC 5545 wants), the rest is in `after`.
 * Excluded, added and overridden dates go to the part in which their start by the rule lies. Spans
 * are not worked out again (series_resolve). ERR_REFUSED if the rest of the rule cannot be said as
 * a rule of its own.
 */
enum err series_split(struct arena *arena, const struct meeting *meeting, const struct zone *zone,
                      struct local_time at, struct series_cut *cut, struct error *error);

/*
 * The rule of a series whose start moved by `by` seconds on the clock and from one zone to another:
 * UNTIL moves along, and so do the weekdays of a weekly rule if the start moved by whole days.
 */
const char *rule_move(struct arena *arena, const char *rrule, const struct zone *from,
                      const struct zone *to, bool all_day, struct local_time old_start,
                      struct local_time new_start);

#endif
