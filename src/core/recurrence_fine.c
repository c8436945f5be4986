/*
 * Rules that repeat every few hours, minutes or seconds. Whole days, hours and minutes are skipped
 * that the rule leaves out, and 100,000 steps without a find end it.
 */
#include "recurrence_private.h"

/* BYDAY=2TU: the second one of the month; of the year in a yearly rule without BYMONTH. */
static bool weekday_holds(const struct rule *rule, struct local_time day)
{
    if (!rule_has(rule, BY_DAY))
        return true;
    int weekday = local_weekday(day), at = day.day, length = days_in_month(day.year, day.month);
    if (rule->frequency == FREQUENCY_YEARLY && !rule_has(rule, BY_MONTH)) {
        struct local_time new_year = {day.year, 1, 1, 0, 0, 0};
        at = (int)((local_seconds(local_midnight(day)) - local_seconds(new_year)) / DAY) + 1;
        length = days_in_month(day.year, 2) + 337;
    }
    return rule_holds(rule, BY_DAY, rule_weekday(0, weekday), 0) ||
           rule_holds(rule, BY_DAY, rule_weekday((at - 1) / 7 + 1, weekday),
                      rule_weekday(-((length - at) / 7 + 1), weekday));
}

static bool year_day_holds(const struct rule *rule, struct local_time day)
{
    struct local_time new_year = {day.year, 1, 1, 0, 0, 0}, next = {day.year + 1, 1, 1, 0, 0, 0};
    if (!rule_has(rule, BY_YEAR_DAY))
        return true;
    int64_t midnight = local_seconds(local_midnight(day));
    return rule_holds(rule, BY_YEAR_DAY, (int)((midnight - local_seconds(new_year)) / DAY) + 1,
                      (int)((midnight - local_seconds(next)) / DAY));
}

bool rule_day_holds(const struct rule *rule, struct local_time day)
{
    return rule_holds(rule, BY_MONTH, day.month, 0) &&
           rule_holds(rule, BY_MONTH_DAY, day.day,
                      day.day - days_in_month(day.year, day.month) - 1) &&
           weekday_holds(rule, day) && year_day_holds(rule, day);
}

/*
 * The minutes (seconds) that a step of an hour (minute) comes to: those of the list in order, or
 * the step's own.
 */
static bool expands(const struct rule *rule, enum rule_by by, int own, int value)
{
    return rule_has(rule, by) ? rule_holds(rule, by, value, 0) : value == own;
}

static bool step_expand(const struct rule *rule, struct local_time step, struct local_time start,
                        rule_visit *visit, void *context)
{
    bool minutes = rule->frequency == FREQUENCY_HOURLY;
    bool seconds = rule->frequency != FREQUENCY_SECONDLY;
    struct local_time t = step;
    for (int m = minutes ? 0 : step.minute; m <= (minutes ? 59 : step.minute); m++) {
        if (!expands(rule, BY_MINUTE, step.minute, m))
            continue;
        for (int s = seconds ? 0 : step.second; s <= (seconds ? 59 : step.second); s++) {
            t.minute = m;
            t.second = s;
            if (expands(rule, BY_SECOND, step.second, s) && local_compare(t, start) >= 0 &&
                !visit(context, t))
                return false;
        }
    }
    return true;
}

/*
 * How many seconds from the step on the rule leaves out: the rest of its day, hour or minute; the
 * step's own second. 0: it allows the step.
 */
static int left_out(const struct rule *rule, struct local_time step)
{
    int minute = 60 - step.second, hour = 60 * (59 - step.minute) + minute;
    if (!rule_day_holds(rule, step))
        return 3600 * (23 - step.hour) + hour;
    if (!rule_holds(rule, BY_HOUR, step.hour, 0))
        return hour;
    if (rule->frequency == FREQUENCY_HOURLY) /* its minutes and seconds are expanded */
        return 0;
    if (!rule_holds(rule, BY_MINUTE, step.minute, 0))
        return minute;
    return rule->frequency == FREQUENCY_MINUTELY || rule_holds(rule, BY_SECOND, step.second, 0) ? 0
                                                                                                : 1;
}

void rule_each_fine(const struct rule *rule, struct local_time start, const struct local_time *end,
                    rule_visit *visit, void *context)
{
    struct local_time step = start;
    int64_t at = local_seconds(start), period = rule->period;
    for (int idle = 0; idle < RECURRENCE_STEPS && local_compare(step, *end) <= 0; idle++) {
        int skip = left_out(rule, step);
        if (skip == 0) {
            if (!step_expand(rule, step, start, visit, context))
                return;
            idle = 0;
        }
        at += skip ? (skip + period - 1) / period * period : period;
        step = local_from_seconds(at);
    }
}
