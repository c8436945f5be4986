/*
 * Rules that repeat every few hours, minutes or seconds. Whole days are skipped that the rule
 * leaves out, and 100,000 steps without a find end it.
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

/* Every step's hour (for minutes: its minute too) has to be allowed before it is expanded. */
static bool step_holds(const struct rule *rule, struct local_time step)
{
    return rule_holds(rule, BY_HOUR, step.hour, 0) &&
           (rule->frequency == FREQUENCY_HOURLY || rule_holds(rule, BY_MINUTE, step.minute, 0)) &&
           (rule->frequency != FREQUENCY_SECONDLY || rule_holds(rule, BY_SECOND, step.second, 0));
}

void rule_each_fine(const struct rule *rule, struct local_time start, rule_visit *visit,
                    void *context)
{
    int64_t at = local_seconds(start);
    for (int idle = 0; idle < RECURRENCE_STEPS; idle++) {
        struct local_time step = local_from_seconds(at);
        if (step.year > RECURRENCE_YEAR_MAX)
            return;
        if (!rule_day_holds(rule, step)) {
            int64_t midnight = local_seconds(local_midnight(step)) + DAY;
            at += (midnight - at + rule->period - 1) / rule->period * rule->period;
            continue;
        }
        if (step_holds(rule, step)) {
            if (!step_expand(rule, step, start, visit, context))
                return;
            idle = 0;
        }
        at += rule->period;
    }
}
