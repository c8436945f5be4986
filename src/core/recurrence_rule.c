/*
 * A recurrence rule's text (RFC 5545, 3.3.10) taken apart and checked. One table of parts: each has
 * a name and whatever reads its value.
 */
#include "recurrence_private.h"

#include <base/ascii.h>
#include <string.h>
#include <strings.h>

/* Reads a part's value into the rule. NULL, or why it cannot be; static text. */
struct part;
typedef const char *part_reader(struct rule *rule, const struct part *part, const char *value);

struct part {
    const char *name;
    part_reader *value_read;
    const char *fault; /* said of a value that the part can't have */
    enum rule_by by;
    int low, high;
    bool signs; /* counted from the end, too */
};

static part_reader frequency_read, until_read, count_read, interval_read, week_start_read,
    days_read, numbers_read;

static const struct part parts[] = {
    {.name = "FREQ",
     .value_read = frequency_read,
     .fault = "FREQ must be SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY"},
    {.name = "UNTIL", .value_read = until_read, .fault = "UNTIL is no date or time"},
    {.name = "COUNT", .value_read = count_read, .fault = "COUNT must be 1 to 1000000"},
    {.name = "INTERVAL", .value_read = interval_read, .fault = "INTERVAL must be 1 to 32767"},
    {.name = "WKST", .value_read = week_start_read, .fault = "WKST must be a weekday, as MO"},
    {"BYSECOND", numbers_read, "BYSECOND takes 0 to 60", BY_SECOND, 0, 60, false},
    {"BYMINUTE", numbers_read, "BYMINUTE takes 0 to 59", BY_MINUTE, 0, 59, false},
    {"BYHOUR", numbers_read, "BYHOUR takes 0 to 23", BY_HOUR, 0, 23, false},
    {"BYDAY", days_read, "BYDAY takes weekdays, as MO, 2TU or -1FR", BY_DAY, 1, 53, true},
    {"BYMONTHDAY", numbers_read, "BYMONTHDAY takes 1 to 31, and -31 to -1", BY_MONTH_DAY, 1, 31,
     true},
    {"BYYEARDAY", numbers_read, "BYYEARDAY takes 1 to 366, and -366 to -1", BY_YEAR_DAY, 1, 366,
     true},
    {"BYWEEKNO", numbers_read, "BYWEEKNO takes 1 to 53, and -53 to -1", BY_WEEK, 1, 53, true},
    {"BYMONTH", numbers_read, "BYMONTH takes 1 to 12", BY_MONTH, 1, 12, false},
    {"BYSETPOS", numbers_read, "BYSETPOS takes 1 to 366, and -366 to -1", BY_POSITION, 1, 366,
     true},
};
enum { PARTS = sizeof parts / sizeof *parts, PART_FREQ = 0 };

/*
 * --- sets --------------------------------------------------------------------------------------
 */

int rule_weekday(int position, int weekday)
{
    return position * 7 + weekday;
}

static void set_add(struct rule_set *set, int value)
{
    int bit = value - RULE_SET_LOWEST;
    set->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool set_holds(const struct rule_set *set, int value)
{
    int bit = value - RULE_SET_LOWEST;
    return bit >= 0 && bit < RULE_SET_WORDS * 64 && (set->bits[bit / 64] >> bit % 64 & 1);
}

bool rule_has(const struct rule *rule, enum rule_by by)
{
    return rule->by[by].named;
}

bool rule_holds(const struct rule *rule, enum rule_by by, int value, int value_from_end)
{
    const struct rule_set *set = &rule->by[by];
    return !set->named || set_holds(set, value) ||
           (value_from_end && set_holds(set, value_from_end));
}

/*
 * --- values ------------------------------------------------------------------------------------
 */

/* Reads digits, nine at most, and moves *text behind them. */
static bool digits_read(const char **text, int64_t *number)
{
    const char *begin = *text;
    for (*number = 0; ascii_digit(**text); ++*text)
        if (*text - begin == 9)
            return false;
        else
            *number = *number * 10 + (**text - '0');
    return *text > begin;
}

static bool number_read(const char *text, int64_t high, int64_t *number)
{
    return digits_read(&text, number) && !*text && *number >= 1 && *number <= high;
}

/* Reads one number of a list, with its sign if the part takes signs. */
static bool item_read(const char **text, const struct part *part, int *value)
{
    int sign = part->signs && **text == '-' ? -1 : 1;
    int64_t number;
    if (part->signs && (**text == '-' || **text == '+'))
        ++*text;
    if (!digits_read(text, &number) || number < part->low || number > part->high)
        return false;
    *value = sign * (int)number;
    return true;
}

static bool weekday_read(const char **text, int *weekday)
{
    *weekday = weekday_of_code(*text);
    *text += *weekday < 0 ? 0 : 2;
    return *weekday >= 0;
}

static const char *numbers_read(struct rule *rule, const struct part *part, const char *value)
{
    for (;; value++) {
        int number;
        if (!item_read(&value, part, &number) || (*value && *value != ','))
            return part->fault;
        set_add(&rule->by[part->by], number);
        if (!*value)
            break;
    }
    rule->by[part->by].named = true;
    return NULL;
}

static const char *days_read(struct rule *rule, const struct part *part, const char *value)
{
    for (;; value++) {
        int position = 0, weekday;
        bool numbered = strchr("+-0123456789", *value) && *value;
        if ((numbered && !item_read(&value, part, &position)) || !weekday_read(&value, &weekday) ||
            (*value && *value != ','))
            return part->fault;
        set_add(&rule->by[part->by], rule_weekday(position, weekday));
        if (!*value)
            break;
    }
    rule->by[part->by].named = true;
    return NULL;
}

static const char *frequency_read(struct rule *rule, const struct part *part, const char *value)
{
    static const char *const names[] = {
        [FREQUENCY_SECONDLY] = "SECONDLY", [FREQUENCY_MINUTELY] = "MINUTELY",
        [FREQUENCY_HOURLY] = "HOURLY",     [FREQUENCY_DAILY] = "DAILY",
        [FREQUENCY_WEEKLY] = "WEEKLY",     [FREQUENCY_MONTHLY] = "MONTHLY",
        [FREQUENCY_YEARLY] = "YEARLY",
    };
    for (int i = FREQUENCY_SECONDLY; i <= FREQUENCY_YEARLY; i++)
        if (strcasecmp(value, names[i]) == 0) {
            rule->frequency = (enum frequency)i;
            return NULL;
        }
    return part->fault;
}

static const char *until_read(struct rule *rule, const struct part *part, const char *value)
{
    enum basic_form form = local_read_basic(value, strlen(value), &rule->until);
    if (form == BASIC_NONE)
        return part->fault;
    rule->until_kind = form == BASIC_UTC ? UNTIL_UTC : UNTIL_LOCAL;
    if (form == BASIC_DATE)
        rule->until = local_from_seconds(local_seconds(rule->until) + DAY - 1);
    return NULL;
}

static const char *count_read(struct rule *rule, const struct part *part, const char *value)
{
    return number_read(value, RECURRENCE_COUNT_MAX, &rule->count) ? NULL : part->fault;
}

static const char *interval_read(struct rule *rule, const struct part *part, const char *value)
{
    int64_t interval;
    if (!number_read(value, INT16_MAX, &interval))
        return part->fault;
    rule->interval = (int)interval;
    return NULL;
}

static const char *week_start_read(struct rule *rule, const struct part *part, const char *value)
{
    return weekday_read(&value, &rule->week_start) && !*value ? NULL : part->fault;
}

/*
 * --- the whole ---------------------------------------------------------------------------------
 */

static enum err fault(struct error *error, const char *rrule, const char *why)
{
    return error_set_what(error, ERR_INVALID, why, "repeat rule '%s'", rrule);
}

static const struct part *part_find(const char *name)
{
    for (int i = 0; i < PARTS; i++)
        if (strcasecmp(name, parts[i].name) == 0)
            return &parts[i];
    return NULL;
}

/* `piece` is NAME=VALUE; bit n of `seen` stands for the n-th part. */
static enum err part_read(struct rule *rule, const char *rrule, char *piece, unsigned *seen,
                          struct error *error)
{
    char *equals = strchr(piece, '=');
    if (!equals)
        return fault(error, rrule,
                     "each part of it must read NAME=VALUE, as in FREQ=DAILY;COUNT=10, "
                     "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR or FREQ=MONTHLY (RFC 5545's RRULE)");
    *equals = '\0';
    const struct part *part = part_find(piece);
    if (!part)
        return error_set_what(error, ERR_INVALID, "it has a part that is not known",
                              "repeat rule '%s': %s", rrule, piece);
    unsigned bit = 1U << (part - parts);
    if (*seen & bit)
        return error_set_what(error, ERR_INVALID, "this part stands twice in it",
                              "repeat rule '%s': %s", rrule, piece);
    *seen |= bit;
    if (!equals[1])
        return fault(error, rrule, "a part of it has no value");
    const char *why = part->value_read(rule, part, equals + 1);
    return why ? fault(error, rrule, why) : ERR_OK;
}

/*
 * Cuts the rule into its parts. An empty part (a last ';') is let pass: it is common and harmless.
 */
static enum err parts_read(struct rule *rule, const char *rrule, struct error *error)
{
    char text[RECURRENCE_RULE_MAX + 1], *piece = text;
    unsigned seen = 0;
    if (strlen(rrule) > RECURRENCE_RULE_MAX)
        return error_set(error, ERR_INVALID, "repeat rule", "it is longer than %d bytes",
                         (int)RECURRENCE_RULE_MAX);
    memcpy(text, rrule, strlen(rrule) + 1);
    while (piece) {
        char *next = strchr(piece, ';');
        if (next)
            *next++ = '\0';
        enum err err = *piece ? part_read(rule, rrule, piece, &seen, error) : ERR_OK;
        if (err)
            return err;
        piece = next;
    }
    return seen & 1U << PART_FREQ ? ERR_OK
                                  : fault(error, rrule, "it has no FREQ, as in FREQ=WEEKLY");
}

static bool has_numbered_day(const struct rule *rule)
{
    for (int position = -53; position <= 53; position++)
        for (int weekday = 0; weekday < 7; weekday++)
            if (position && set_holds(&rule->by[BY_DAY], rule_weekday(position, weekday)))
                return true;
    return false;
}

/* Parts that do not go together, most by the words of RFC 5545; NULL if all do. */
static const char *rule_obstacle(const struct rule *rule)
{
    enum frequency frequency = rule->frequency;
    bool numbered = has_numbered_day(rule);
    if (rule->count && rule->until_kind != UNTIL_NONE)
        return "it has both COUNT and UNTIL";
    if (numbered && frequency < FREQUENCY_MONTHLY)
        return "a numbered day as 1MO goes with FREQ=MONTHLY or YEARLY only";
    if (numbered && rule_has(rule, BY_WEEK))
        return "a numbered day as 1MO does not go with BYWEEKNO";
    if (rule_has(rule, BY_WEEK) && frequency != FREQUENCY_YEARLY)
        return "BYWEEKNO goes with FREQ=YEARLY only";
    if (rule_has(rule, BY_MONTH_DAY) && frequency == FREQUENCY_WEEKLY)
        return "BYMONTHDAY does not go with FREQ=WEEKLY";
    if (rule_has(rule, BY_YEAR_DAY) && frequency >= FREQUENCY_DAILY &&
        frequency <= FREQUENCY_MONTHLY)
        return "BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY";
    if (rule_has(rule, BY_POSITION) && frequency < FREQUENCY_DAILY)
        return "BYSETPOS is supported with FREQ=DAILY and longer only";
    return NULL;
}

/* Seconds of an interval; months and years have no length of their own. */
static int64_t period_of(const struct rule *rule)
{
    static const int64_t seconds[] = {
        [FREQUENCY_SECONDLY] = 1, [FREQUENCY_MINUTELY] = MINUTE, [FREQUENCY_HOURLY] = HOUR,
        [FREQUENCY_DAILY] = DAY,  [FREQUENCY_WEEKLY] = WEEK,     [FREQUENCY_MONTHLY] = 0,
        [FREQUENCY_YEARLY] = 0,
    };
    return seconds[rule->frequency] * rule->interval;
}

enum err rule_read(const char *rrule, struct rule *rule, struct error *error)
{
    *rule = (struct rule){.interval = 1};
    enum err err = parts_read(rule, rrule, error);
    if (err)
        return err;
    const char *obstacle = rule_obstacle(rule);
    if (obstacle)
        return fault(error, rrule, obstacle);
    rule->period = period_of(rule);
    return ERR_OK;
}

bool rule_ends(const struct rule *rule)
{
    return rule->count > 0 ||
           (rule->until_kind != UNTIL_NONE && rule->until.year <= RECURRENCE_YEAR_MAX);
}
