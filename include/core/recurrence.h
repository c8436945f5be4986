/*
 * Recurrence rules: RFC 5545 RECUR (3.3.10), in floating local time. Pure. core/series.h makes
 * occurrences of them.
 */
#ifndef CORE_RECURRENCE_H
#define CORE_RECURRENCE_H

#include <base/error.h>
#include <core/time.h>
#include <stdbool.h>

/* ERR_INVALID says what is wrong with the rule. */
enum err recurrence_check(const char *rrule, struct error *error);

/* Called with each local start in order; false stops. */
typedef bool recurrence_visit(void *context, struct local_time start);

/*
 * Visits the local starts of the rule from `start` (DTSTART, always the first occurrence, RFC 5545
 * 3.8.5.3), leaving out those before `from` and ending behind `to` (both local). UNTIL in UTC is
 * brought to local time with `zone` (NULL: UTC). Time and memory are bounded: a rule that finds
 * nothing for 400 years (of as many intervals), or before year 9999, ends. ERR_INVALID as above.
 */
enum err recurrence_each(const char *rrule, struct local_time start, const struct zone *zone,
                         struct local_time from, struct local_time to, recurrence_visit *visit,
                         void *context, struct error *error);

/*
 * The local start of the last occurrence; *open if the rule has no end, or its COUNT goes on for
 * 400 years. ERR_INVALID as above.
 */
enum err recurrence_last(const char *rrule, struct local_time start, const struct zone *zone,
                         struct local_time *last, bool *open, struct error *error);

/* What a rule says, if it is of a shape that is easily said in words; counts and ends apart. */
enum recurrence_every {
    RECURRENCE_OTHERWISE,
    RECURRENCE_DAYS,
    RECURRENCE_WEEKS,
    RECURRENCE_MONTHS,
    RECURRENCE_YEARS
};

struct recurrence_plan {
    enum recurrence_every every;
    int interval;
    bool weekdays[7];     /* of WEEKS, from Monday */
    int month_day;        /* of MONTHS: from 1; -1 the last; if nth is 0 */
    int nth, nth_weekday; /* of MONTHS: the weekday that is the first (1) to fourth, or last (-1) */
};

/* `start` is the local start of the rule's first occurrence. YEARS are on its day. */
struct recurrence_plan recurrence_plan(struct arena *arena, const char *rrule,
                                       struct local_time start);

/*
 * A sentence for people: "every week on Mon and Wed until 12 Mar 2027"; falls back to the rule
 * itself.
 */
char *recurrence_describe(struct arena *arena, const char *rrule);

#endif
