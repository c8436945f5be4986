/*
 * Daily and weekly rules, stepped through without libical: of 3.0.16 a rule for every other week goes wrong where one of
 * its days stands before the start's in the week, and a daily rule never sees days counted from the month's end.
 * (The peer test with dateutil found both.) They are what most series are, and simple.
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

/* The days of one interval: a day, or a week from WKST on. */
static int days_collect(const struct rule *rule, struct local_time begin, int weekday,
                        struct local_time days[7])
{
    bool weekly = rule->parts.freq == ICAL_WEEKLY_RECURRENCE;
    int count = 0;
    for (int i = 0; i < (weekly ? 7 : 1); i++) {
        struct local_time day = local_add_days(begin, i);
        if (weekly && !rule_has(rule->parts.by_day) && local_weekday(day) != weekday)
            continue;
        if (rule_day_holds(&rule->parts, day))
            days[count++] = day;
    }
    return count;
}

static struct local_time first_interval(const struct rule *rule, struct local_time start)
{
    struct local_time midnight = local_midnight(start);
    if (rule->parts.freq != ICAL_WEEKLY_RECURRENCE)
        return midnight;
    int week_start = ((int)rule->parts.week_start + 5) % 7; /* libical counts from Sunday, 1 */
    return local_add_days(midnight, -((local_weekday(start) - week_start + 7) % 7));
}

void rule_each_days(const struct rule *rule, struct local_time start, rule_visit *visit,
                    void *context)
{
    struct day_times times = {0};
    struct local_time days[7], begin = first_interval(rule, start);
    int weekday = local_weekday(start), step = (int)(rule->period / DAY);
    times_collect(&rule->parts, start, &times);
    int a_day = times_a_day(&times);
    for (int idle = 0; idle < RECURRENCE_STEPS && begin.year <= RECURRENCE_YEAR_MAX; idle++) {
        int count = days_collect(rule, begin, weekday, days) * a_day;
        for (int i = 0; i < count; i++) {
            struct local_time at = time_at(&times, days[i / a_day], i % a_day);
            if (!picked(&rule->parts, i, count) || local_compare(at, start) < 0)
                continue;
            if (!visit(context, at))
                return;
            idle = 0;
        }
        begin = local_add_days(begin, step);
    }
}
