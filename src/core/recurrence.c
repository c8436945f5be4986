/*
 * The recurrence engine: the local starts of a rule, from its first one on, up to its COUNT or
 * UNTIL.
 *
 * Everything happens in floating local time; only UNTIL in UTC is compared as an instant.
 */
#include "recurrence_private.h"

static void rule_each(const struct rule *rule, struct local_time start,
                      const struct local_time *end, rule_visit *visit, void *context)
{
    if (rule->frequency < FREQUENCY_DAILY)
        rule_each_fine(rule, start, end, visit, context);
    else if (rule->frequency < FREQUENCY_MONTHLY)
        rule_each_days(rule, start, end, visit, context);
    else if (rule_has(rule, BY_WEEK))
        rule_each_weeks(rule, start, end, visit, context);
    else
        rule_each_months(rule, start, end, visit, context);
}

/* In years: a rule that finds nothing in one cycle finds nothing ever. */
static int rule_cycle(const struct rule *rule)
{
    return RECURRENCE_CYCLE * rule->interval;
}

/*
 * --- one walk over a rule ----------------------------------------------------------------------
 */

struct walk {
    const struct rule *rule;
    const struct zone *zone; /* NULL: UTC counts as local */
    struct local_time start, from, to;
    struct local_time end; /* a cycle after what was found last, or `to` */
    int64_t until;         /* the instant of UNTIL in UTC */
    int64_t counted;       /* occurrences so far, DTSTART included */
    recurrence_visit *visit;
    void *context;
};

static bool walk_past_end(const struct walk *walk, struct local_time at)
{
    const struct rule *rule = walk->rule;
    if (local_compare(at, walk->to) > 0 || (rule->count && walk->counted >= rule->count))
        return true;
    if (rule->until_kind == UNTIL_LOCAL || (rule->until_kind == UNTIL_UTC && !walk->zone))
        return local_compare(at, rule->until) > 0;
    if (rule->until_kind == UNTIL_NONE)
        return false;
    int64_t instant;
    zone_instant(walk->zone, at, &instant);
    return instant > walk->until;
}

static struct local_time earlier(struct local_time a, struct local_time b)
{
    return local_compare(a, b) < 0 ? a : b;
}

/* The walk ends a cycle after this, unless something is found before. */
static void walk_reach(struct walk *walk, struct local_time found)
{
    const struct local_time last = {RECURRENCE_YEAR_MAX, 12, 31, 23, 59, 59};
    found.year += rule_cycle(walk->rule);
    walk->end = earlier(found, earlier(walk->to, last));
}

static bool walk_visit(void *context, struct local_time at)
{
    struct walk *walk = context;
    if (local_compare(at, walk->start) <= 0)
        return true; /* DTSTART was visited first, whether the rule names it or not */
    if (walk_past_end(walk, at))
        return false;
    walk->counted++;
    walk_reach(walk, at);
    if (local_compare(at, walk->from) < 0)
        return true;
    return walk->visit(walk->context, at);
}

/*
 * Months ahead to jump, whole intervals of them; in a rule of weeks, which may go by the start's
 * weekday, whole cycles.
 */
static struct local_time walk_jump_months(const struct walk *walk)
{
    struct local_time start = walk->start;
    int interval = walk->rule->interval * (walk->rule->frequency == FREQUENCY_YEARLY ? 12 : 1);
    int ahead = (walk->from.year - start.year) * 12 + walk->from.month - start.month;
    if (rule_has(walk->rule, BY_WEEK))
        interval = rule_cycle(walk->rule) * 12;
    if (ahead <= 2 * interval)
        return start;
    int month = start.month - 1 + (ahead / interval - 1) * interval;
    start.year += month / 12;
    start.month = month % 12 + 1;
    return start;
}

/*
 * Where to begin stepping so that nothing from `from` on is missed: a rule whose intervals are all
 * as long looks the same from any of them, so an old series costs a week's view no more than a new
 * one. COUNT must be counted from the start.
 */
static struct local_time walk_jump(const struct walk *walk)
{
    int64_t period = walk->rule->period, start = local_seconds(walk->start);
    int64_t ahead = local_seconds(walk->from) - start;
    if (walk->rule->count || ahead <= 0)
        return walk->start;
    if (period <= 0)
        return walk_jump_months(walk);
    if (ahead <= 2 * period)
        return walk->start;
    /*
     * A daily rule for the 31st and the like needs no more care: what it leaves out, it leaves out
     * from here too.
     */
    return local_from_seconds(start + (ahead / period - 1) * period);
}

static void walk_starts(struct walk *walk)
{
    walk->counted = 1;
    if (walk->rule->until_kind == UNTIL_UTC)
        walk->until = local_seconds(walk->rule->until);
    if (local_compare(walk->start, walk->to) > 0)
        return;
    if (local_compare(walk->start, walk->from) >= 0 && !walk->visit(walk->context, walk->start))
        return;
    walk_reach(walk, local_compare(walk->from, walk->start) > 0 ? walk->from : walk->start);
    rule_each(walk->rule, walk_jump(walk), &walk->end, walk_visit, walk);
}

/*
 * --- the engine --------------------------------------------------------------------------------
 */

enum err recurrence_check(const char *rrule, struct error *error)
{
    struct rule rule;
    return rule_read(rrule, &rule, error);
}

enum err recurrence_each(const char *rrule, struct local_time start, const struct zone *zone,
                         struct local_time from, struct local_time to, recurrence_visit *visit,
                         void *context, struct error *error)
{
    struct rule rule;
    enum err err = rule_read(rrule, &rule, error);
    if (err)
        return err;
    struct walk walk = {.rule = &rule,
                        .zone = zone,
                        .start = start,
                        .from = from,
                        .to = to,
                        .visit = visit,
                        .context = context};
    walk_starts(&walk);
    return ERR_OK;
}

static bool remember(void *context, struct local_time at)
{
    *(struct local_time *)context = at;
    return true;
}

/* Finds the last one before an UNTIL from there backwards, in growing strides up to a cycle. */
static void last_until(struct walk *walk, struct local_time *last)
{
    int64_t period =
        walk->rule->period ? walk->rule->period : INT64_C(31) * DAY * walk->rule->interval;
    int64_t end = local_seconds(walk->rule->until) + DAY, begin = local_seconds(walk->start);
    int64_t cycle = rule_cycle(walk->rule) * INT64_C(366) * DAY;
    walk->to = local_from_seconds(end);
    for (int64_t back = 8 * period;; back *= 32) {
        back = back < cycle ? back : cycle;
        walk->from = end - back > begin ? local_from_seconds(end - back) : walk->start;
        walk_starts(walk);
        if (local_compare(*last, walk->start) > 0 || back == cycle || end - back <= begin)
            return;
    }
}

enum err recurrence_last(const char *rrule, struct local_time start, const struct zone *zone,
                         struct local_time *last, bool *open, struct error *error)
{
    struct rule rule;
    enum err err = rule_read(rrule, &rule, error);
    if (err)
        return err;
    *last = start;
    *open = !rule_ends(&rule);
    struct walk walk = {.rule = &rule,
                        .zone = zone,
                        .start = start,
                        .from = start,
                        .to = start,
                        .visit = remember,
                        .context = last};
    walk.to.year += rule_cycle(&rule);
    if (rule.count) {
        walk_starts(&walk);
        *open = walk.counted > 1 && walk.counted < rule.count;
    } else if (!*open) {
        last_until(&walk, last);
    }
    return ERR_OK;
}
