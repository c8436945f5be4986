/*
 * Durations, as people write them (1h30m) and as iCalendar does (PT1H30M).
 */
#include <base/vector.h>
#include <core/time.h>
#include <ctype.h>
#include <string.h>

/* The parts of a duration, the largest first: that is the order in which they may stand. */
struct unit {
    char letter;
    const char *word; /* what else people write */
    int seconds;
};

static const struct unit units[] = {
    {'w', "week", WEEK},  {'d', "day", DAY}, {'h', "hr", HOUR},
    {'m', "min", MINUTE}, {'s', "sec", 1},
};

enum { UNIT_COUNT = sizeof units / sizeof *units, UNIT_DAY = 1, UNIT_HOUR = 2 };

/* The digits at *s; false if there are none or too many. */
static bool read_count(const char **s, int64_t *count)
{
    if (!isdigit((unsigned char)**s))
        return false;
    *count = 0;
    for (; isdigit((unsigned char)**s); (*s)++)
        if (__builtin_mul_overflow(*count, 10, count) ||
            __builtin_add_overflow(*count, **s - '0', count))
            return false;
    return true;
}

static bool add_part(int64_t *seconds, int64_t count, int factor)
{
    int64_t part;
    return !__builtin_mul_overflow(count, factor, &part) &&
           !__builtin_add_overflow(*seconds, part, seconds);
}

/* The unit at *s, not before `first` in the list; -1 if there is none. */
static int read_unit(const char **s, int first)
{
    for (int i = first; i < UNIT_COUNT; i++) {
        size_t length = strlen(units[i].word);
        if (strncasecmp(*s, units[i].word, length) == 0) {
            *s += length;
            return i;
        }
        if (tolower((unsigned char)**s) == units[i].letter) {
            (*s)++;
            return i;
        }
    }
    return -1;
}

static bool parse_parts(const char *s, int64_t *seconds)
{
    for (int next = 0; *s;) {
        int64_t count;
        if (!read_count(&s, &count))
            return false;
        s += strspn(s, " ");
        int unit = read_unit(&s, next);
        if (unit < 0 || !add_part(seconds, count, units[unit].seconds))
            return false;
        next = unit + 1;
        s += strspn(s, " ");
    }
    return true;
}

/* RFC 5545, 3.3.6: weeks and days, then T and hours, minutes, seconds. */
bool duration_read_iso(const char *s, int64_t *days, int64_t *seconds)
{
    bool of_day = false, any = false;
    *days = *seconds = 0;
    s += *s == '+';
    if (*s != 'P' && *s != 'p')
        return false;
    for (int next = 0; *++s;) {
        if (!of_day && (*s == 'T' || *s == 't')) {
            of_day = true;
            any = false; /* something must follow */
            next = UNIT_HOUR;
            continue;
        }
        int64_t count;
        if (!read_count(&s, &count))
            return false;
        int unit = next;
        while (unit < UNIT_COUNT && tolower((unsigned char)*s) != units[unit].letter)
            unit++;
        if (unit == UNIT_COUNT || (unit > UNIT_DAY) != of_day ||
            !add_part(of_day ? seconds : days, count, units[unit].seconds))
            return false;
        next = unit + 1;
        any = true;
    }
    *days /= DAY;
    return any;
}

/* A number alone is minutes. */
static bool parse_minutes(const char *s, int64_t *seconds)
{
    int64_t count;
    return read_count(&s, &count) && !*s && add_part(seconds, count, MINUTE);
}

enum err duration_parse(const char *s, int64_t *seconds, struct error *error)
{
    int64_t sum = 0, days;
    const char *at = s + strspn(s, " ");
    bool read;
    if (*at == 'P' || *at == 'p')
        read = duration_read_iso(at, &days, &sum) && add_part(&sum, days, DAY);
    else if (*at && !at[strspn(at, "0123456789")])
        read = parse_minutes(at, &sum);
    else
        read = *at && parse_parts(at, &sum);
    if (!read)
        return error_set_what(error, ERR_INVALID,
                              "not a duration; write it as 30m, 1h30m, 2d or PT45M",
                              "duration '%s'", s);
    *seconds = sum;
    return ERR_OK;
}

char *duration_format(struct arena *arena, int64_t seconds)
{
    struct text text = text_start(arena);
    int64_t rest = seconds < 0 ? 0 : seconds;
    for (int i = UNIT_DAY; i < UNIT_COUNT; i++) {
        if (rest / units[i].seconds)
            text_addf(&text, "%lld%c", (long long)(rest / units[i].seconds), units[i].letter);
        rest %= units[i].seconds;
    }
    if (text.length == 0)
        text_add(&text, "0m");
    return text.bytes;
}

/*
 * In hours even beyond a day: iCalendar's P1D is a day of the calendar, that may have 23 hours or
 * 25.
 */
char *duration_format_iso(struct arena *arena, int64_t seconds)
{
    struct text text = text_start(arena);
    int64_t rest = seconds < 0 ? 0 : seconds;
    text_add(&text, "PT");
    for (int i = UNIT_HOUR; i < UNIT_COUNT; i++) {
        if (rest / units[i].seconds)
            text_addf(&text, "%lld%c", (long long)(rest / units[i].seconds), units[i].letter - 32);
        rest %= units[i].seconds;
    }
    if (text.length == 2)
        text_add(&text, "0S");
    return text.bytes;
}
