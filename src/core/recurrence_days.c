/*
 * Rules of days, weeks, months and years: an interval comes to a set of days, and of these to the
 * times that the rule names.
 */
#include "recurrence_private.h"

/* The times of day that a rule names, in order. */
struct day_times {
    int hours[24], minutes[60], seconds[60];
    int hour_count, minute_count, second_count;
};

static int values_collect(const struct rule *rule, enum rule_by by, int own, int limit, int *values)
{
    int count = 0;
    for (int value = 0; value < limit; value++)
        if (rule_has(rule, by) ? rule_holds(rule, by, value, 0) : value == own)
            values[count++] = value;
    return count;
}

static void times_collect(const struct rule *rule, struct local_time start, struct day_times *times)
{
    times->hour_count = values_collect(rule, BY_HOUR, start.hour, 24, times->hours);
    times->minute_count = values_collect(rule, BY_MINUTE, start.minute, 60, times->minutes);
    times->second_count = values_collect(rule, BY_SECOND, start.second, 60, times->seconds);
}

static int times_a_day(const struct day_times *times)
{
    return times->hour_count * times->minute_count * times->second_count;
}

static struct local_time time_at(const struct day_times *times, struct local_time day, int index)
{
    day.second = times->seconds[index % times->second_count];
    index /= times->second_count;
    day.minute = times->minutes[index % times->minute_count];
    day.hour = times->hours[index / times->minute_count];
    return day;
}

/* BYSETPOS: true if the rule picks the index-th of `count`. */
static bool picked(const struct rule *rule, int index, int count)
{
    return rule_holds(rule, BY_POSITION, index + 1, index - count);
}

/* The days that one interval comes to. */
struct day_set {
    struct local_time items[54 * 7];
    int count;
};

/*
 * Adds those of a week's days from `begin` on that the rule allows; if it names none, the start's
 * weekday alone.
 */
static void week_add(const struct rule *rule, struct local_time begin, int own_weekday,
                     struct day_set *days)
{
    for (int i = 0; i < 7; i++) {
        int weekday = (rule->week_start + i) % 7;
        bool named = rule_has(rule, BY_DAY) ? rule_holds(rule, BY_DAY, rule_weekday(0, weekday), 0)
                                            : weekday == own_weekday;
        struct local_time day = named ? local_add_days(begin, i) : begin;
        if (named && rule_day_holds(rule, day))
            days->items[days->count++] = day;
    }
}

/*
 * Visits the interval's times of day on its days, those that BYSETPOS picks; false if the visit
 * stopped it.
 */
static bool interval_visit(const struct rule *rule, const struct day_times *times,
                           const struct day_set *days, struct local_time start, rule_visit *visit,
                           void *context)
{
    int a_day = times_a_day(times), count = days->count * a_day;
    for (int i = 0; i < count; i++) {
        struct local_time at = time_at(times, days->items[i / a_day], i % a_day);
        if (picked(rule, i, count) && local_compare(at, start) >= 0 && !visit(context, at))
            return false;
    }
    return true;
}

static struct local_time first_interval(const struct rule *rule, struct local_time start)
{
    struct local_time midnight = local_midnight(start);
    if (rule->frequency != FREQUENCY_WEEKLY)
        return midnight;
    return local_add_days(midnight, -((local_weekday(start) - rule->week_start + 7) % 7));
}

void rule_each_days(const struct rule *rule, struct local_time start, const struct local_time *end,
                    rule_visit *visit, void *context)
{
    struct day_times times = {0};
    struct local_time begin = first_interval(rule, start);
    bool weekly = rule->frequency == FREQUENCY_WEEKLY;
    int weekday = local_weekday(start);
    times_collect(rule, start, &times);
    while (local_compare(begin, *end) <= 0) {
        struct day_set days;
        days.count = 0;
        if (weekly)
            week_add(rule, begin, weekday, &days);
        else if (rule_day_holds(rule, begin))
            days.items[days.count++] = begin;
        if (!interval_visit(rule, &times, &days, start, visit, context))
            return;
        begin = local_add_days(begin, (int)(rule->period / DAY));
    }
}

/*
 * --- months and years --------------------------------------------------------------------------
 */

/* Adds the days of a month; the start's day alone if the rule names none. */
static void month_add(const struct rule *rule, int year, int month, int own_day,
                      struct day_set *days)
{
    bool named =
        rule_has(rule, BY_MONTH_DAY) || rule_has(rule, BY_DAY) || rule_has(rule, BY_YEAR_DAY);
    int length = days_in_month(year, month), first = named ? 1 : own_day;
    int last = named || own_day > length ? length : own_day;
    if (!rule_holds(rule, BY_MONTH, month, 0))
        return;
    for (int day = first; day <= last; day++) {
        struct local_time midnight = {year, month, day, 0, 0, 0};
        if (rule_day_holds(rule, midnight))
            days->items[days->count++] = midnight;
    }
}

/* A year's months: the start's alone if the rule names neither months nor days. */
static void year_add(const struct rule *rule, int year, struct local_time start,
                     struct day_set *days)
{
    bool named = rule_has(rule, BY_MONTH) || rule_has(rule, BY_MONTH_DAY) ||
                 rule_has(rule, BY_DAY) || rule_has(rule, BY_YEAR_DAY);
    for (int month = named ? 1 : start.month; month <= (named ? 12 : start.month); month++)
        month_add(rule, year, month, start.day, days);
}

void rule_each_months(const struct rule *rule, struct local_time start,
                      const struct local_time *end, rule_visit *visit, void *context)
{
    bool yearly = rule->frequency == FREQUENCY_YEARLY;
    int step = rule->interval * (yearly ? 12 : 1), month = start.year * 12 + start.month - 1;
    struct day_times times = {0};
    times_collect(rule, start, &times);
    for (; month <= end->year * 12 + (yearly ? 12 : end->month) - 1; month += step) {
        struct day_set days;
        days.count = 0;
        if (yearly)
            year_add(rule, month / 12, start, &days);
        else
            month_add(rule, month / 12, month % 12 + 1, start.day, &days);
        if (!interval_visit(rule, &times, &days, start, visit, context))
            return;
    }
}

/*
 * --- weeks of the year -------------------------------------------------------------------------
 */

/* The first day of week 1: the first week, from WKST on, with four days or more in the year. */
static struct local_time first_week(const struct rule *rule, int year)
{
    struct local_time fourth = {year, 1, 4, 0, 0, 0};
    return local_add_days(fourth, -((local_weekday(fourth) - rule->week_start + 7) % 7));
}

void rule_each_weeks(const struct rule *rule, struct local_time start, const struct local_time *end,
                     rule_visit *visit, void *context)
{
    struct day_times times = {0};
    int weekday = local_weekday(start), interval = rule->interval;
    times_collect(rule, start, &times);
    /*
     * Week 1 may begin in the year before: the first year looked at is one interval early, the
     * last one a year late.
     */
    for (int year = start.year - interval; year <= end->year + 1 && year <= RECURRENCE_YEAR_MAX;
         year += interval) {
        if (year < 1)
            continue;
        struct local_time first = first_week(rule, year);
        int weeks =
            (int)((local_seconds(first_week(rule, year + 1)) - local_seconds(first)) / WEEK);
        struct day_set days;
        days.count = 0;
        for (int week = 0; week < weeks; week++)
            if (rule_holds(rule, BY_WEEK, week + 1, week - weeks))
                week_add(rule, local_add_days(first, 7 * week), weekday, &days);
        if (!interval_visit(rule, &times, &days, start, visit, context))
            return;
    }
}
