/*
 * What a rule says in the few shapes that are said in words; a rule of any other shape is told by
 * its dates.
 */
#include "rule_text.h"
#include <core/recurrence.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* "2MO": weekday 0 at position 2; position 0 if none is said. The end of it, or NULL. */
static const char *weekday_read(const char *s, int *position, int *weekday)
{
    char *end;
    *position = (int)strtol(s, &end, 10);
    *weekday = weekday_of_code(end);
    return *weekday < 0 ? NULL : end + 2;
}

/* Weekdays without positions; false if there is another one. */
static bool weekdays_read(const char *list, bool weekdays[7])
{
    while (*list) {
        int position = 0, weekday = 0;
        const char *end = weekday_read(list, &position, &weekday);
        if (!end || position != 0 || (*end && *end != ','))
            return false;
        weekdays[weekday] = true;
        list = end + (*end == ',');
    }
    return true;
}

/* "2TU", or "TU" with BYSETPOS=2. */
static bool nth_read(const char *list, const char *set, struct recurrence_plan *plan)
{
    const char *end = weekday_read(list, &plan->nth, &plan->nth_weekday);
    if (!end || *end || (set && plan->nth != 0))
        return false;
    if (set)
        plan->nth = atoi(set);
    return plan->nth == -1 || (plan->nth >= 1 && plan->nth <= 4);
}

static bool month_read(struct arena *arena, const char *rrule, struct local_time start,
                       struct recurrence_plan *plan)
{
    const char *days = rule_part(arena, rrule, "BYDAY"),
               *month_day = rule_part(arena, rrule, "BYMONTHDAY"),
               *set = rule_part(arena, rrule, "BYSETPOS");
    if (days)
        return !month_day && nth_read(days, set, plan);
    plan->month_day = month_day ? atoi(month_day) : start.day;
    bool one = !month_day || !strchr(month_day, ',');
    return one && !set && plan->month_day >= -1;
}

static bool year_read(struct arena *arena, const char *rrule, struct local_time start)
{
    const char *month = rule_part(arena, rrule, "BYMONTH"),
               *day = rule_part(arena, rrule, "BYMONTHDAY");
    bool its_month = !month || (!strchr(month, ',') && atoi(month) == start.month);
    bool its_day = !day || (month && !strchr(day, ',') && atoi(day) == start.day);
    return its_month && its_day;
}

static bool week_read(struct arena *arena, const char *rrule, struct local_time start,
                      struct recurrence_plan *plan)
{
    const char *days = rule_part(arena, rrule, "BYDAY");
    if (days)
        return weekdays_read(days, plan->weekdays);
    plan->weekdays[local_weekday(start)] = true;
    return true;
}

struct recurrence_plan recurrence_plan(struct arena *arena, const char *rrule,
                                       struct local_time start)
{
    static const char *const day[] = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", NULL},
                             *const week[] = {"FREQ", "INTERVAL", "COUNT", "UNTIL",
                                              "WKST", "BYDAY",    NULL},
                             *const month[] = {"FREQ",  "INTERVAL",   "COUNT",    "UNTIL", "WKST",
                                               "BYDAY", "BYMONTHDAY", "BYSETPOS", NULL},
                             *const year[] = {"FREQ", "INTERVAL", "COUNT",      "UNTIL",
                                              "WKST", "BYMONTH",  "BYMONTHDAY", NULL};
    const char *frequency = rule_part(arena, rrule, "FREQ"),
               *interval = rule_part(arena, rrule, "INTERVAL");
    struct recurrence_plan plan = {.interval = interval ? atoi(interval) : 1};
    if (!frequency)
        return plan;
    if (strcasecmp(frequency, "DAILY") == 0 && rule_only(rrule, day))
        plan.every = RECURRENCE_DAYS;
    else if (strcasecmp(frequency, "WEEKLY") == 0 && rule_only(rrule, week) &&
             week_read(arena, rrule, start, &plan))
        plan.every = RECURRENCE_WEEKS;
    else if (strcasecmp(frequency, "MONTHLY") == 0 && rule_only(rrule, month) &&
             month_read(arena, rrule, start, &plan))
        plan.every = RECURRENCE_MONTHS;
    else if (strcasecmp(frequency, "YEARLY") == 0 && rule_only(rrule, year) &&
             year_read(arena, rrule, start))
        plan.every = RECURRENCE_YEARS;
    return plan;
}
