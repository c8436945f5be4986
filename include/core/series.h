/*
 * A meeting's times: its span in UTC and its occurrences between two instants, with
 * added dates, excluded dates and overrides. Pure. Zones are handed in.
 */
#ifndef CORE_SERIES_H
#define CORE_SERIES_H

#include <core/meeting.h>
#include <core/recurrence.h>

/*
 * Fills start, end, span_start, span_end and the zone's rules from the local start, zone, duration
 * and rule. ERR_INVALID for a rule that recurs more than 24 times a day.
 */
enum err series_resolve(struct meeting *meeting, const struct zone *zone, struct error *error);

/* The instant at which an occurrence ends that starts so, by the meeting's own length. */
int64_t series_end(const struct meeting *meeting, const struct zone *zone, struct local_time start);

/*
 * Whether the rule may be a meeting's that starts then: ERR_INVALID says what is wrong with it, or
 * that it recurs too often.
 */
enum err series_check_rule(const char *rrule, struct local_time start, const struct zone *zone,
                           struct error *error);

/*
 * Appends the occurrences that touch [from, to) in order of start, at most `limit` (0: 10,000).
 * Cancelled occurrences are left out; a cancelled meeting has its occurrences like any other (the
 * caller decides). The records borrow from the meeting.
 */
enum err series_occurrences(struct arena *arena, const struct meeting *meeting,
                            const struct zone *zone, int64_t from, int64_t to, size_t limit,
                            struct occurrences *out, struct error *error);

/*
 * The occurrence that is on at `at`, else the next one, else the last one before. *found is false
 * if the meeting has no occurrence at all.
 */
enum err series_nearest(struct arena *arena, const struct meeting *meeting, const struct zone *zone,
                        int64_t at, struct occurrence *out, bool *found, struct error *error);

/* Sorts by start, then end, then title, then UID. */
void occurrences_sort(struct occurrences *list);

#endif
