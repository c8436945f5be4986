/*
 * A recurrence rule's text (RFC 5545, 3.3.10) taken apart and checked.
 *
 * libical reads the BY parts. UNTIL and COUNT are read here and kept from it: libical ends a series one occurrence early
 * where UNTIL is in UTC and the start is not, and takes numbers too large for it without a word.
 */
#include "recurrence.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum part {
    PART_FREQ,
    PART_UNTIL,
    PART_COUNT,
    PART_INTERVAL,
    PART_BYSECOND,
    PART_BYMINUTE,
    PART_BYHOUR,
    PART_BYDAY,
    PART_BYMONTHDAY,
    PART_BYYEARDAY,
    PART_BYWEEKNO,
    PART_BYMONTH,
    PART_BYSETPOS,
    PART_WKST,
    PARTS
};

static const char *const part_names[PARTS] = {
    [PART_FREQ] = "FREQ",           [PART_UNTIL] = "UNTIL",       [PART_COUNT] = "COUNT",
    [PART_INTERVAL] = "INTERVAL",   [PART_BYSECOND] = "BYSECOND", [PART_BYMINUTE] = "BYMINUTE",
    [PART_BYHOUR] = "BYHOUR",       [PART_BYDAY] = "BYDAY",       [PART_BYMONTHDAY] = "BYMONTHDAY",
    [PART_BYYEARDAY] = "BYYEARDAY", [PART_BYWEEKNO] = "BYWEEKNO", [PART_BYMONTH] = "BYMONTH",
    [PART_BYSETPOS] = "BYSETPOS",   [PART_WKST] = "WKST",
};

struct cutting {
    char text[RECURRENCE_RULE_MAX + 1]; /* the rule, cut at ';' and '=' */
    const char *values[PARTS];          /* NULL: not there */
    char rest[RECURRENCE_RULE_MAX + 1]; /* what libical is to read */
};

static enum err fault(struct error *error, const char *rrule, const char *why)
{
    return error_set_what(error, ERR_INVALID, why, "repeat rule '%s'", rrule);
}

static int part_find(const char *name)
{
    for (int i = 0; i < PARTS; i++)
        if (strcasecmp(name, part_names[i]) == 0)
            return i;
    return -1;
}

static enum err part_take(struct cutting *cutting, const char *rrule, char *piece,
                          struct error *error)
{
    char *equals = strchr(piece, '=');
    if (!equals)
        return fault(error, rrule,
                     "each part of it must read NAME=VALUE, as in FREQ=DAILY;COUNT=10, "
                     "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR or FREQ=MONTHLY (RFC 5545's RRULE)");
    *equals = '\0';
    int part = part_find(piece);
    if (part < 0)
        return error_set_what(error, ERR_INVALID, "it has a part that is not known",
                              "repeat rule '%s': %s", rrule, piece);
    if (cutting->values[part])
        return error_set_what(error, ERR_INVALID, "it has a part twice", "repeat rule '%s': %s",
                              rrule, piece);
    if (!equals[1])
        return fault(error, rrule, "a part of it has no value");
    cutting->values[part] = equals + 1;
    if (part == PART_UNTIL || part == PART_COUNT)
        return ERR_OK;
    size_t used = strlen(cutting->rest);
    snprintf(cutting->rest + used, sizeof cutting->rest - used, "%s%s=%s", used ? ";" : "",
             part_names[part], equals + 1);
    return ERR_OK;
}

/* Cuts the rule into its parts. An empty part (a last ';') is let pass: it is common and harmless. */
static enum err cut(struct cutting *cutting, const char *rrule, struct error *error)
{
    if (strlen(rrule) > RECURRENCE_RULE_MAX)
        return error_set(error, ERR_INVALID, "repeat rule", "it is longer than %d bytes",
                         (int)RECURRENCE_RULE_MAX);
    memcpy(cutting->text, rrule, strlen(rrule) + 1);
    char *piece = cutting->text;
    while (piece) {
        char *next = strchr(piece, ';');
        if (next)
            *next++ = '\0';
        if (*piece) {
            enum err err = part_take(cutting, rrule, piece, error);
            if (err)
                return err;
        }
        piece = next;
    }
    return cutting->values[PART_FREQ] ? ERR_OK
                                      : fault(error, rrule, "it has no FREQ, as in FREQ=WEEKLY");
}

static bool number_read(const char *s, int64_t limit, int64_t *number)
{
    int64_t n = 0;
    for (const char *p = s; *p; p++) {
        if (*p < '0' || *p > '9' || p - s > 9)
            return false;
        n = n * 10 + (*p - '0');
    }
    *number = n;
    return n >= 1 && n <= limit;
}

static enum err until_read(struct rule *rule, const char *rrule, const char *value,
                           struct error *error)
{
    char text[17] = "";
    size_t length = strlen(value);
    bool utc = length == 16 && (value[15] == 'Z' || value[15] == 'z');
    if ((length != 8 && length != 15 && !utc) || (length > 8 && value[8] != 'T' && value[8] != 't'))
        return fault(error, rrule, "UNTIL is no date or time");
    memcpy(text, value, utc ? 15 : length);
    if (length > 8)
        text[8] = 'T';
    if (!local_parse_basic(text, &rule->until))
        return fault(error, rrule, "UNTIL is no date or time");
    rule->until_kind = utc ? UNTIL_UTC : UNTIL_LOCAL;
    if (length == 8)
        rule->until = local_from_seconds(local_seconds(rule->until) + DAY - 1);
    return ERR_OK;
}

static enum err ends_read(struct rule *rule, const struct cutting *cutting, const char *rrule,
                          struct error *error)
{
    const char *count = cutting->values[PART_COUNT], *until = cutting->values[PART_UNTIL];
    const char *interval = cutting->values[PART_INTERVAL];
    int64_t ignored;
    if (count && until)
        return fault(error, rrule, "it has both COUNT and UNTIL");
    if (count && !number_read(count, RECURRENCE_COUNT_MAX, &rule->count))
        return fault(error, rrule, "COUNT must be 1 to 1000000");
    if (interval && !number_read(interval, INT16_MAX, &ignored))
        return fault(error, rrule, "INTERVAL must be 1 to 32767");
    return until ? until_read(rule, rrule, until, error) : ERR_OK;
}

bool rule_has(const short *list)
{
    return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

static bool has_numbered_day(const struct icalrecurrencetype *parts)
{
    for (int i = 0; i < ICAL_BY_DAY_SIZE && parts->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
        if (icalrecurrencetype_day_position(parts->by_day[i]) != 0)
            return true;
    return false;
}

/* What RFC 5545 forbids and libical lets pass; NULL where all is well. */
static const char *parts_obstacle(const struct icalrecurrencetype *parts)
{
    icalrecurrencetype_frequency freq = parts->freq;
    if (has_numbered_day(parts) && freq != ICAL_MONTHLY_RECURRENCE &&
        freq != ICAL_YEARLY_RECURRENCE)
        return "a numbered day as 1MO goes with FREQ=MONTHLY or YEARLY only";
    if (has_numbered_day(parts) && rule_has(parts->by_week_no))
        return "a numbered day as 1MO does not go with BYWEEKNO";
    if (rule_has(parts->by_week_no) && freq != ICAL_YEARLY_RECURRENCE)
        return "BYWEEKNO goes with FREQ=YEARLY only";
    if (rule_has(parts->by_month_day) && freq == ICAL_WEEKLY_RECURRENCE)
        return "BYMONTHDAY does not go with FREQ=WEEKLY";
    if (rule_has(parts->by_year_day) && freq >= ICAL_DAILY_RECURRENCE &&
        freq <= ICAL_MONTHLY_RECURRENCE)
        return "BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY";
    if (rule_has(parts->by_set_pos) && freq < ICAL_DAILY_RECURRENCE)
        return "BYSETPOS is supported with FREQ=DAILY and longer only";
    return NULL;
}

/* Seconds of an interval by frequency; months and years have no length of their own. */
static int64_t period_of(const struct icalrecurrencetype *parts)
{
    static const int64_t seconds[] = {
        [ICAL_SECONDLY_RECURRENCE] = 1,  [ICAL_MINUTELY_RECURRENCE] = MINUTE,
        [ICAL_HOURLY_RECURRENCE] = HOUR, [ICAL_DAILY_RECURRENCE] = DAY,
        [ICAL_WEEKLY_RECURRENCE] = WEEK, [ICAL_MONTHLY_RECURRENCE] = 0,
        [ICAL_YEARLY_RECURRENCE] = 0};
    return seconds[parts->freq] * parts->interval;
}

enum err rule_read(const char *rrule, struct rule *rule, struct error *error)
{
    struct cutting cutting = {0};
    *rule = (struct rule){0};
    enum err err = cut(&cutting, rrule, error);
    if (!err)
        err = ends_read(rule, &cutting, rrule, error);
    if (err)
        return err;
    rule->parts = icalrecurrencetype_from_string(cutting.rest);
    if (rule->parts.freq == ICAL_NO_RECURRENCE)
        return fault(error, rrule, "a part of it has a value that is not allowed there");
    const char *obstacle = parts_obstacle(&rule->parts);
    if (obstacle)
        return fault(error, rrule, obstacle);
    rule->period = period_of(&rule->parts);
    return ERR_OK;
}

bool rule_ends(const struct rule *rule)
{
    return rule->count > 0 ||
           (rule->until_kind != UNTIL_NONE && rule->until.year <= RECURRENCE_YEAR_MAX);
}
