/*
 * Inside the recurrence engine: a rule as read, and the ways of stepping through it.
 */
#ifndef RECURRENCE_PRIVATE_H
#define RECURRENCE_PRIVATE_H

#include <core/recurrence.h>
#include <core/zone.h>

enum {
    RECURRENCE_RULE_MAX = 2000,     /* bytes of a rule's text */
    RECURRENCE_COUNT_MAX = 1000000, /* beyond it is no meeting */
    RECURRENCE_CYCLE = 400,         /* years, after which weekdays and leap days come again */
    RECURRENCE_STEPS = 100000, /* of hours to seconds: one that finds nothing in so many ends */
    RECURRENCE_YEAR_MAX = 9998 /* the last whole one: times behind 9999 are held at its end */
};

enum frequency {
    FREQUENCY_SECONDLY,
    FREQUENCY_MINUTELY,
    FREQUENCY_HOURLY,
    FREQUENCY_DAILY,
    FREQUENCY_WEEKLY,
    FREQUENCY_MONTHLY,
    FREQUENCY_YEARLY
};

enum rule_by {
    BY_SECOND,
    BY_MINUTE,
    BY_HOUR,
    BY_DAY,
    BY_MONTH_DAY,
    BY_YEAR_DAY,
    BY_WEEK,
    BY_MONTH,
    BY_POSITION,
    BY_PARTS
};

/*
 * What a BY part names: numbers of -366 to 366, or of BYDAY rule_weekday's. A bit each, so that
 * asking costs the same for any list.
 */
enum { RULE_SET_LOWEST = -371, RULE_SET_WORDS = 12 };

struct rule_set {
    bool named; /* the rule has this part */
    uint64_t bits[RULE_SET_WORDS];
};

enum until_kind { UNTIL_NONE, UNTIL_LOCAL, UNTIL_UTC };

struct rule {
    enum frequency frequency;
    int interval;
    int week_start; /* WKST; 0: Monday */
    struct rule_set by[BY_PARTS];
    int64_t count; /* 0: none */
    enum until_kind until_kind;
    struct local_time until; /* as written; a date is the end of its day */
    int64_t period;          /* seconds of an interval; 0: intervals differ in length */
};

/* Takes a rule's text apart. ERR_INVALID says what is wrong with it. */
enum err rule_read(const char *rrule, struct rule *rule, struct error *error);

/*
 * A numbered weekday as a number of BY_DAY: 0 any, 2 the second, -1 the last; weekday 0 is Monday.
 */
int rule_weekday(int position, int weekday);

/*
 * rule_has: the rule has this BY part. rule_holds: it allows the value, since it does not have the
 * part or names the value or its number counted from the end (0: not counted from there).
 */
bool rule_has(const struct rule *rule, enum rule_by by);
bool rule_holds(const struct rule *rule, enum rule_by by, int value, int value_from_end);

/* True if BYMONTH, BYMONTHDAY, BYYEARDAY and BYDAY allow the day. */
bool rule_day_holds(const struct rule *rule, struct local_time day);

/* True if the rule has an end of its own (UNTIL past the last year is none). */
bool rule_ends(const struct rule *rule);

/*
 * Steps through the rule from `start` to the interval that *end is in, without DTSTART's privilege,
 * COUNT or UNTIL; false from the visit stops, and it may move the end. `start` may be any time that
 * is whole intervals after DTSTART. days: daily and weekly; months: monthly and yearly; weeks:
 * yearly by numbers of weeks; fine: hourly to every second.
 */
typedef bool rule_visit(void *context, struct local_time start);
void rule_each_days(const struct rule *rule, struct local_time start, const struct local_time *end,
                    rule_visit *visit, void *context);
void rule_each_months(const struct rule *rule, struct local_time start,
                      const struct local_time *end, rule_visit *visit, void *context);
void rule_each_weeks(const struct rule *rule, struct local_time start, const struct local_time *end,
                     rule_visit *visit, void *context);
void rule_each_fine(const struct rule *rule, struct local_time start, const struct local_time *end,
                    rule_visit *visit, void *context);

#endif
