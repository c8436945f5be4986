/*
 * Rules of days, weeks, months and years, stepped through without libical: of 3.0.16 a rule for every other week goes
 * wrong where one of its days stands before the start's in the week, a daily rule never sees days counted from the month's
 * end, weeks that reach into another year are lost (the peer test with dateutil found all three), and a monthly rule that
 * never comes true is followed for five centuries, seconds long (the fuzzer found that). Here an interval comes to a set of
 * days, and a rule that finds nothing for a whole cycle of the calendar's 400 years ends.
 */
#include "recurrence.h"

/* The times of day that a rule names, in order. */
struct day_times {
    int hours[24], minutes[60], seconds[60];
    int hour_count, minute_count, second_count;
};

static int values_collect(const short *list, int size, int own, int limit, int *values)
{
    int count = 0;
    for (int value = 0; value < limit; value++)
        if (rule_has(list) ? rule_holds(list, size, value, 0) : value == own)
            values[count++] = value;
    return count;
}

static void times_collect(const struct icalrecurrencetype *parts, struct local_time start,
                          struct day_times *times)
{
    times->hour_count =
        values_collect(parts->by_hour, ICAL_BY_HOUR_SIZE, start.hour, 24, times->hours);
    times->minute_count =
        values_collect(parts->by_minute, ICAL_BY_MINUTE_SIZE, start.minute, 60, times->minutes);
    times->second_count =
        values_collect(parts->by_second, ICAL_BY_SECOND_SIZE, start.second, 60, times->seconds);
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

/* BYSETPOS: true where the index-th of `count` is one that the rule picks. */
static bool picked(const struct icalrecurrencetype *parts, int index, int count)
{
    return rule_holds(parts->by_set_pos, ICAL_BY_SETPOS_SIZE, index + 1, index - count);
}

/* The days that one interval comes to. */
struct day_set {
    struct local_time items[54 * 7];
    int count;
};

/* Adds those of `count` days from `begin` on that the rule lets be; of a week, the start's weekday where none is named. */
static void days_add(const struct rule *rule, struct local_time begin, int count, int weekday,
                     struct day_set *days)
{
    for (int i = 0; i < count; i++) {
        struct local_time day = local_add_days(begin, i);
        bool named = count == 1 || rule_has(rule->parts.by_day) || local_weekday(day) == weekday;
        if (named && rule_day_holds(&rule->parts, day))
            days->items[days->count++] = day;
    }
}

/* Visits the interval's times of day on its days, those that BYSETPOS picks; false where the visit stopped it. */
static bool interval_visit(const struct rule *rule, const struct day_times *times,
                           const struct day_set *days, struct local_time start, rule_visit *visit,
                           void *context, bool *found)
{
    int a_day = times_a_day(times), count = days->count * a_day;
    for (int i = 0; i < count; i++) {
        struct local_time at = time_at(times, days->items[i / a_day], i % a_day);
        if (!picked(&rule->parts, i, count) || local_compare(at, start) < 0)
            continue;
        *found = true;
        if (!visit(context, at))
            return false;
    }
    return true;
}

static int week_start(const struct rule *rule)
{
    return ((int)rule->parts.week_start + 5) % 7; /* libical counts from Sunday, 1 */
}

static struct local_time first_interval(const struct rule *rule, struct local_time start)
{
    struct local_time midnight = local_midnight(start);
    if (rule->parts.freq != ICAL_WEEKLY_RECURRENCE)
        return midnight;
    return local_add_days(midnight, -((local_weekday(start) - week_start(rule) + 7) % 7));
}

void rule_each_days(const struct rule *rule, struct local_time start, rule_visit *visit,
                    void *context)
{
    struct day_times times = {0};
    struct local_time begin = first_interval(rule, start);
    int length = rule->parts.freq == ICAL_WEEKLY_RECURRENCE ? 7 : 1, weekday = local_weekday(start);
    times_collect(&rule->parts, start, &times);
    for (int idle = 0; idle < RECURRENCE_STEPS && begin.year <= RECURRENCE_YEAR_MAX; idle++) {
        struct day_set days;
        bool found = false;
        days.count = 0;
        days_add(rule, begin, length, weekday, &days);
        if (!interval_visit(rule, &times, &days, start, visit, context, &found))
            return;
        idle = found ? 0 : idle;
        begin = local_add_days(begin, (int)(rule->period / DAY));
    }
}

/* --- months and years -------------------------------------------------------------------------- */

enum {
    CYCLE_MONTHS = 4800,
    CYCLE_YEARS = 400
}; /* after which all weekdays and leap days come again */

/* Adds the days of a month; the start's day alone where the rule names none. */
static void month_add(const struct rule *rule, int year, int month, int own_day,
                      struct day_set *days)
{
    const struct icalrecurrencetype *parts = &rule->parts;
    bool named =
        rule_has(parts->by_month_day) || rule_has(parts->by_day) || rule_has(parts->by_year_day);
    int length = days_in_month(year, month), first = named ? 1 : own_day;
    int last = named || own_day > length ? length : own_day;
    if (!rule_holds(parts->by_month, ICAL_BY_MONTH_SIZE, month, 0))
        return;
    for (int day = first; day <= last; day++) {
        struct local_time midnight = {year, month, day, 0, 0, 0};
        if (rule_day_holds(parts, midnight))
            days->items[days->count++] = midnight;
    }
}

/* A year's months: the start's alone where the rule names neither months nor days. */
static void year_add(const struct rule *rule, int year, struct local_time start,
                     struct day_set *days)
{
    const struct icalrecurrencetype *parts = &rule->parts;
    bool named = rule_has(parts->by_month) || rule_has(parts->by_month_day) ||
                 rule_has(parts->by_day) || rule_has(parts->by_year_day);
    for (int month = named ? 1 : start.month; month <= (named ? 12 : start.month); month++)
        month_add(rule, year, month, start.day, days);
}

void rule_each_months(const struct rule *rule, struct local_time start, rule_visit *visit,
                      void *context)
{
    bool yearly = rule->parts.freq == ICAL_YEARLY_RECURRENCE;
    int step = rule->parts.interval * (yearly ? 12 : 1), month = start.year * 12 + start.month - 1;
    struct day_times times = {0};
    times_collect(&rule->parts, start, &times);
    for (int idle = 0; idle < (yearly ? CYCLE_YEARS : CYCLE_MONTHS); idle++, month += step) {
        struct day_set days;
        bool found = false;
        days.count = 0;
        if (month / 12 > RECURRENCE_YEAR_MAX)
            return;
        if (yearly)
            year_add(rule, month / 12, start, &days);
        else
            month_add(rule, month / 12, month % 12 + 1, start.day, &days);
        if (!interval_visit(rule, &times, &days, start, visit, context, &found))
            return;
        idle = found ? 0 : idle;
    }
}

/* --- weeks of the year ------------------------------------------------------------------------- */

/* The first day of week 1: the first week, from WKST on, with four days or more in the year. */
static struct local_time first_week(const struct rule *rule, int year)
{
    struct local_time fourth = {year, 1, 4, 0, 0, 0};
    return local_add_days(fourth, -((local_weekday(fourth) - week_start(rule) + 7) % 7));
}

void rule_each_weeks(const struct rule *rule, struct local_time start, rule_visit *visit,
                     void *context)
{
    struct day_times times = {0};
    int weekday = local_weekday(start), interval = rule->parts.interval;
    times_collect(&rule->parts, start, &times);
    /* Week 1 may begin in the year before, so the first year looked at is one interval early. */
    for (int year = start.year - interval; year <= RECURRENCE_YEAR_MAX; year += interval) {
        if (year < 1)
            continue;
        struct local_time first = first_week(rule, year);
        int weeks =
            (int)((local_seconds(first_week(rule, year + 1)) - local_seconds(first)) / WEEK);
        struct day_set days;
        bool found = false;
        days.count = 0;
        for (int week = 0; week < weeks; week++)
            if (rule_holds(rule->parts.by_week_no, ICAL_BY_WEEKNO_SIZE, week + 1, week - weeks))
                days_add(rule, local_add_days(first, 7 * week), 7, weekday, &days);
        if (!interval_visit(rule, &times, &days, start, visit, context, &found))
            return;
    }
}
