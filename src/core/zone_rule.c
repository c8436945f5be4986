/*
 * The rule in a TZif file's footer: a POSIX TZ string, for every year after the file's last
 * transition.
 */
#include <base/ascii.h>
#include <string.h>

#include "zone_data.h"

enum { RULE_HOURS_MAX = 167, OFFSET_HOURS_MAX = 24, DEFAULT_TIME = 2 * HOUR };

/* "CET" or "<+03>". */
static bool read_name(struct arena *arena, const char **s, const char **name)
{
    bool quoted = **s == '<';
    const char *start = *s + quoted, *at = start;
    while (ascii_letter(*at) || (quoted && (ascii_digit(*at) || *at == '+' || *at == '-')))
        at++;
    if (at - start < 3 || (quoted && *at != '>'))
        return false;
    *name = arena_copy_n(arena, start, (size_t)(at - start));
    *s = at + quoted;
    return true;
}

static bool read_number(const char **s, int least, int most, int *value)
{
    if (!ascii_digit(**s))
        return false;
    for (*value = 0; ascii_digit(**s); (*s)++) {
        *value = *value * 10 + (**s - '0');
        if (*value > most)
            return false;
    }
    return *value >= least;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool read_time(const char **s, int hours_max, int *seconds)
{
    int sign = **s == '-' ? -1 : 1, hours, minutes = 0, rest = 0;
    if (**s == '+' || **s == '-')
        (*s)++;
    if (!read_number(s, 0, hours_max, &hours))
        return false;
    if (**s == ':') {
        (*s)++;
        if (!read_number(s, 0, 59, &minutes))
            return false;
        if (**s == ':') {
            (*s)++;
            if (!read_number(s, 0, 59, &rest))
                return false;
        }
    }
    *seconds = sign * (hours * HOUR + minutes * MINUTE + rest);
    return true;
}

static bool skip(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

/* ",M3.2.0/2", ",J60", ",0/-1:30" */
static bool read_day(const char **s, struct zone_day *day)
{
    day->time = DEFAULT_TIME;
    if (!skip(s, ','))
        return false;
    bool read;
    if (skip(s, 'M')) {
        day->kind = ZONE_DAY_WEEKDAY;
        read = read_number(s, 1, 12, &day->month) && skip(s, '.') &&
               read_number(s, 1, 5, &day->week) && skip(s, '.') && read_number(s, 0, 6, &day->day);
    } else if (skip(s, 'J')) {
        day->kind = ZONE_DAY_JULIAN;
        read = read_number(s, 1, 365, &day->day);
    } else {
        day->kind = ZONE_DAY_NUMBER;
        read = read_number(s, 0, 365, &day->day);
    }
    if (read && skip(s, '/'))
        read = read_time(s, RULE_HOURS_MAX, &day->time);
    return read;
}

bool zone_rule_parse(struct arena *arena, const char *s, struct zone_rule *rule)
{
    int west; /* POSIX counts to the west */
    if (!read_name(arena, &s, &rule->standard.abbreviation) ||
        !read_time(&s, OFFSET_HOURS_MAX, &west))
        return false;
    rule->standard.offset = -west;
    rule->present = true;
    if (!*s)
        return true;
    if (!read_name(arena, &s, &rule->daylight.abbreviation))
        return false;
    rule->has_daylight = rule->daylight.daylight = true;
    rule->daylight.offset = rule->standard.offset + HOUR;
    if (*s != ',') {
        if (!read_time(&s, OFFSET_HOURS_MAX, &west))
            return false;
        rule->daylight.offset = -west;
    }
    return read_day(&s, &rule->start) && read_day(&s, &rule->end) && !*s;
}

/* Seconds, as if at UTC, of the clock's reading at which this end comes in a year. */
static int64_t day_seconds(const struct zone_day *day, int year)
{
    struct local_time january = {year, 1, 1, 0, 0, 0};
    int64_t start = local_seconds(january);
    if (day->kind == ZONE_DAY_NUMBER)
        return start + (int64_t)day->day * DAY + day->time;
    if (day->kind == ZONE_DAY_JULIAN) {
        bool behind = day->day > 31 + 28 && days_in_month(year, 2) == 29;
        return start + (int64_t)(day->day - 1 + behind) * DAY + day->time;
    }
    struct local_time first = {year, day->month, 1, 0, 0, 0};
    start = local_seconds(first);
    int weekday = (int)((start / DAY % 7 + 7 + 4) % 7); /* 1970-01-01 was a Thursday; 0 is Sunday */
    int date = (day->day - weekday + 7) % 7 + 1 + (day->week - 1) * 7;
    while (date > days_in_month(year, day->month))
        date -= 7;
    return start + (int64_t)(date - 1) * DAY + day->time;
}

struct change {
    int64_t at;
    const struct zone_type *to;
};

enum { YEARS = 5, CHANGES = 2 * YEARS, SETTLED = CHANGES - 2 };

/*
 * Puts a change behind those that are not later. Of two at one instant the one put last is in
 * force.
 */
static void change_put(struct change changes[CHANGES], int count, struct change change)
{
    for (; count > 0 && changes[count - 1].at > change.at; count--)
        changes[count] = changes[count - 1];
    changes[count] = change;
}

/* A year's two changes, the earlier one first. */
static void changes_of(const struct zone_rule *rule, int year, struct change pair[2])
{
    struct change start = {day_seconds(&rule->start, year) - rule->standard.offset,
                           &rule->daylight};
    struct change end = {day_seconds(&rule->end, year) - rule->daylight.offset, &rule->standard};
    bool north = start.at <= end.at;
    pair[0] = north ? start : end;
    pair[1] = north ? end : start;
}

/*
 * The changes of a year and of those around it in order of time: a rule's time of up to a week
 * before or after its day may bring a change into another year. If daylight time ends at the
 * instant at which the next year's starts, the start is in force: so a rule can say "daylight time
 * all year".
 */
static void changes_around(const struct zone_rule *rule, int year, struct change changes[CHANGES])
{
    for (int i = 0; i < YEARS; i++) {
        struct change pair[2];
        changes_of(rule, year - 2 + i, pair);
        change_put(changes, 2 * i, pair[0]);
        change_put(changes, 2 * i + 1, pair[1]);
    }
}

/*
 * The usual case, without the years around: an instant that no other year's change can come near,
 * and changes so far apart that they have the same order in every year. NULL in any other case.
 */
static const struct zone_type *type_within(const struct zone_rule *rule, int year, int64_t instant)
{
    enum { BORDER = 9 * DAY, APART = 16 * DAY };
    struct local_time january = {year, 1, 1, 0, 0, 0};
    int64_t passed = instant - local_seconds(january);
    if (passed < BORDER || passed > 365 * DAY - BORDER)
        return NULL;
    struct change pair[2];
    changes_of(rule, year, pair);
    if (pair[1].at - pair[0].at < APART)
        return NULL;
    return instant >= pair[0].at && instant < pair[1].at ? pair[0].to : pair[1].to;
}

const struct zone_type *zone_rule_at(const struct zone_rule *rule, int64_t instant)
{
    if (!rule->has_daylight)
        return &rule->standard;
    int year = local_from_seconds(instant + rule->standard.offset).year;
    const struct zone_type *type = type_within(rule, year, instant);
    if (type)
        return type;
    struct change changes[CHANGES];
    changes_around(rule, year, changes);
    int last = 0;
    while (last + 1 < CHANGES && changes[last + 1].at <= instant)
        last++;
    return changes[last].to;
}

int64_t zone_rule_next(const struct zone_rule *rule, int64_t instant)
{
    int year = local_from_seconds(instant + rule->standard.offset).year;
    if (!rule->has_daylight || year >= 9999)
        return INSTANT_NEVER;
    struct change changes[CHANGES];
    changes_around(rule, year, changes);
    int i = 0;
    while (i + 1 < CHANGES && changes[i + 1].at <= instant)
        i++;
    int32_t offset = changes[i].to->offset;
    /* The last two may be outdone by the year after them, which is not here. */
    for (i++; i < SETTLED; i++) {
        bool outdone = changes[i + 1].at == changes[i].at;
        if (!outdone && changes[i].to->offset != offset)
            return changes[i].at;
    }
    return INSTANT_NEVER;
}
