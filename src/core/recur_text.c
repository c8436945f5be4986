/*
 * A recurrence rule as a sentence for people. Works on the text alone: the order of the words is
 * the writer's.
 */
#include "rule_text.h"
#include <base/vector.h>
#include <core/recurrence.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct words {
    struct arena *arena;
    const char *rrule;
    struct text out;
};

static const struct {
    const char *freq, *one, *many;
} units[] = {{"SECONDLY", "second", "seconds"}, {"MINUTELY", "minute", "minutes"},
             {"HOURLY", "hour", "hours"},       {"DAILY", "day", "days"},
             {"WEEKLY", "week", "weeks"},       {"MONTHLY", "month", "months"},
             {"YEARLY", "year", "years"}};

/* Cuts a list at its commas. */
static struct strings list_cut(struct arena *arena, const char *list)
{
    struct strings items = {0};
    while (list) {
        const char *comma = strchr(list, ',');
        *vector_push(arena, &items) =
            arena_copy_n(arena, list, comma ? (size_t)(comma - list) : strlen(list));
        list = comma ? comma + 1 : NULL;
    }
    return items;
}

/* "Mon", "Mon and Wed", "Mon, Wed and Fri". */
static void list_join(struct text *out, const struct strings *items)
{
    for (size_t i = 0; i < items->count; i++) {
        if (i > 0)
            text_add(out, i + 1 == items->count ? " and " : ", ");
        text_add(out, items->items[i]);
    }
}

static const char *ordinal(struct arena *arena, long n)
{
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    if (n == -1)
        return "last";
    if (n < 0)
        return arena_format(arena, "%s-last", ordinal(arena, -n));
    long last = n % 10;
    return arena_format(arena, "%ld%s", n, ends[last < 4 && n / 10 % 10 != 1 ? last : 0]);
}

/* "MO" is "Mon", "2TU" "the 2nd Tue", "-1FR" "the last Fri"; NULL if it is no day. */
static const char *day_words(struct arena *arena, const char *day)
{
    char *end;
    long n = strtol(day, &end, 10);
    int weekday = weekday_of_code(end);
    if (weekday < 0 || end[2])
        return NULL;
    return n == 0 ? weekday_name(weekday)
                  : arena_format(arena, "the %s %s", ordinal(arena, n), weekday_name(weekday));
}

static const char *month_day_words(struct arena *arena, const char *day)
{
    char *end;
    long n = strtol(day, &end, 10);
    if (*end || n == 0 || n < -31 || n > 31)
        return NULL;
    return arena_format(arena, n < 0 ? "the %s day" : "the %s", ordinal(arena, n));
}

static const char *month_words(struct arena *arena, const char *month)
{
    char *end;
    long n = strtol(month, &end, 10);
    (void)arena;
    return *end || n < 1 || n > 12 ? NULL : month_name((int)n);
}

typedef const char *item_words(struct arena *arena, const char *item);

static bool list_add(struct words *words, const char *part, const char *before, item_words *make)
{
    const char *list = rule_part(words->arena, words->rrule, part);
    if (!list)
        return true;
    struct strings items = list_cut(words->arena, list);
    for (size_t i = 0; i < items.count; i++) {
        items.items[i] = make(words->arena, items.items[i]);
        if (!items.items[i])
            return false;
    }
    text_add(&words->out, before);
    list_join(&words->out, &items);
    return true;
}

static bool frequency_add(struct words *words)
{
    const char *frequency = rule_part(words->arena, words->rrule, "FREQ"),
               *every = rule_part(words->arena, words->rrule, "INTERVAL");
    long interval = every ? strtol(every, NULL, 10) : 1;
    for (size_t i = 0; i < sizeof units / sizeof *units && frequency; i++) {
        if (strcasecmp(units[i].freq, frequency) != 0)
            continue;
        if (interval == 1)
            text_addf(&words->out, "every %s", units[i].one);
        else
            text_addf(&words->out, "every %ld %s", interval, units[i].many);
        return interval >= 1;
    }
    return false;
}

/* ", 10 times", " until 7 Dec 2026", or nothing. */
static bool end_add(struct words *words)
{
    struct local_time until;
    const char *value = rule_part(words->arena, words->rrule, "UNTIL"),
               *count = rule_part(words->arena, words->rrule, "COUNT");
    if (count)
        text_addf(&words->out, ", %s time%s", count, strcmp(count, "1") == 0 ? "" : "s");
    if (!value)
        return true;
    if (!local_read_basic(value, 8, &until))
        return false;
    text_addf(&words->out, " until %d %s %d", until.day, month_name(until.month), until.year);
    return true;
}

char *recurrence_describe(struct arena *arena, const char *rrule)
{
    /* what sentences are made of; a rule with any other part is shown as it stands */
    static const char *const told[] = {"FREQ",       "INTERVAL", "COUNT", "UNTIL", "BYDAY",
                                       "BYMONTHDAY", "BYMONTH",  "WKST",  NULL};
    struct words words = {.arena = arena, .rrule = rrule, .out = text_start(arena)};
    if (rule_only(rrule, told) && frequency_add(&words) &&
        list_add(&words, "BYDAY", " on ", day_words) &&
        list_add(&words, "BYMONTHDAY", " on ", month_day_words) &&
        list_add(&words, "BYMONTH", " in ", month_words) && end_add(&words))
        return words.out.bytes;
    return arena_copy_n(arena, rrule, strlen(rrule));
}
