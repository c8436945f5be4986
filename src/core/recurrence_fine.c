/*
 * Rules that repeat every few hours, minutes or seconds, stepped through without libical: it would look for the next
 * occurrence second by second for five centuries where none comes. Here whole days are skipped that the rule leaves
 * out, and 100,000 steps without a find end it.
 */
#include "recurrence.h"

bool rule_holds(const short *list, int size, int value, int value_from_end)
{
    if (!rule_has(list))
        return true;
    for (int i = 0; i < size && list[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
        if (list[i] == value || (value_from_end && list[i] == value_from_end))
            return true;
    return false;
}

/* BYDAY=2TU: the second one of the month; of the year in a yearly rule without BYMONTH. */
static bool position_holds(const struct icalrecurrencetype *parts, struct local_time day,
                           int position)
{
    int at = day.day, length = days_in_month(day.year, day.month);
    if (parts->freq == ICAL_YEARLY_RECURRENCE && !rule_has(parts->by_month)) {
        struct local_time new_year = {day.year, 1, 1, 0, 0, 0};
        at = (int)((local_seconds(local_midnight(day)) - local_seconds(new_year)) / DAY) + 1;
        length = days_in_month(day.year, 2) + 337;
    }
    return position > 0 ? position == (at - 1) / 7 + 1 : -position == (length - at) / 7 + 1;
}

static bool weekday_holds(const struct icalrecurrencetype *parts, struct local_time day)
{
    if (!rule_has(parts->by_day))
        return true;
    int weekday = (local_weekday(day) + 1) % 7 + 1; /* libical counts from Sunday, 1 */
    for (int i = 0; i < ICAL_BY_DAY_SIZE && parts->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
        int position = icalrecurrencetype_day_position(parts->by_day[i]);
        if ((int)icalrecurrencetype_day_day_of_week(parts->by_day[i]) == weekday &&
            (!position || position_holds(parts, day, position)))
            return true;
    }
    return false;
}

static bool year_day_holds(const struct icalrecurrencetype *parts, struct local_time day)
{
    struct local_time new_year = {day.year, 1, 1, 0, 0, 0}, next = {day.year + 1, 1, 1, 0, 0, 0};
    if (!rule_has(parts->by_year_day))
        return true;
    int64_t midnight = local_seconds(local_midnight(day));
    return rule_holds(parts->by_year_day, ICAL_BY_YEARDAY_SIZE,
                      (int)((midnight - local_seconds(new_year)) / DAY) + 1,
                      (int)((midnight - local_seconds(next)) / DAY));
}

bool rule_day_holds(const struct icalrecurrencetype *parts, struct local_time day)
{
    return rule_holds(parts->by_month, ICAL_BY_MONTH_SIZE, day.month, 0) &&
           rule_holds(parts->by_month_day, ICAL_BY_MONTHDAY_SIZE, day.day,
                      day.day - days_in_month(day.year, day.month) - 1) &&
           weekday_holds(parts, day) && year_day_holds(parts, day);
}

/* The minutes (seconds) that a step of an hour (minute) comes to: those of the list in order, or the step's own. */
static bool expands(const short *list, int size, int own, int value)
{
    return rule_has(list) ? rule_holds(list, size, value, 0) : value == own;
}

static bool step_expand(const struct icalrecurrencetype *parts, struct local_time step,
                        struct local_time start, rule_visit *visit, void *context)
{
    bool minutes = parts->freq == ICAL_HOURLY_RECURRENCE;
    bool seconds = parts->freq != ICAL_SECONDLY_RECURRENCE;
    struct local_time t = step;
    for (int m = minutes ? 0 : step.minute; m <= (minutes ? 59 : step.minute); m++) {
        if (!expands(parts->by_minute, ICAL_BY_MINUTE_SIZE, step.minute, m))
            continue;
        for (int s = seconds ? 0 : step.second; s <= (seconds ? 59 : step.second); s++) {
            t.minute = m;
            t.second = s;
            if (expands(parts->by_second, ICAL_BY_SECOND_SIZE, step.second, s) &&
                local_compare(t, start) >= 0 && !visit(context, t))
                return false;
        }
    }
    return true;
}

/* Every step's hour (for minutes: its minute too) has to be allowed before it is expanded. */
static bool step_holds(const struct icalrecurrencetype *parts, struct local_time step)
{
    return rule_holds(parts->by_hour, ICAL_BY_HOUR_SIZE, step.hour, 0) &&
           (parts->freq == ICAL_HOURLY_RECURRENCE ||
            rule_holds(parts->by_minute, ICAL_BY_MINUTE_SIZE, step.minute, 0)) &&
           (parts->freq != ICAL_SECONDLY_RECURRENCE ||
            rule_holds(parts->by_second, ICAL_BY_SECOND_SIZE, step.second, 0));
}

void rule_each_fine(const struct rule *rule, struct local_time start, rule_visit *visit,
                    void *context)
{
    int64_t at = local_seconds(start);
    for (int idle = 0; idle < RECURRENCE_STEPS; idle++) {
        struct local_time step = local_from_seconds(at);
        if (step.year > RECURRENCE_YEAR_MAX)
            return;
        if (!rule_day_holds(&rule->parts, step)) {
            int64_t midnight = local_seconds(local_midnight(step)) + DAY;
            at += (midnight - at + rule->period - 1) / rule->period * rule->period;
            continue;
        }
        if (step_holds(&rule->parts, step)) {
            if (!step_expand(&rule->parts, step, start, visit, context))
                return;
            idle = 0;
        }
        at += rule->period;
    }
}
