/*
 * Reading the times that people and scripts type: dates, days by name, times of day, offsets from
 * now.
 */
#include <base/vector.h>
#include <core/time.h>
#include <core/zone.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A reading on its way: what is left to read, and what was found wrong with it. */
struct scan {
    const char *at;
    char why[160];
};

static const char usage[] = "write it as 2026-11-24 09:00, tomorrow 09:00, fri 09:00, 09:00 or +2h";

static bool scan_fail(struct scan *scan, const char *why)
{
    if (!scan->why[0])
        snprintf(scan->why, sizeof scan->why, "%s", why);
    return false;
}

static void skip_blanks(struct scan *scan)
{
    scan->at += strspn(scan->at, " \t");
}

/* `least` to `most` digits and no more. */
static bool scan_number(struct scan *scan, int least, int most, int *value)
{
    int n = 0, read = 0;
    while (n < most && isdigit((unsigned char)scan->at[n]))
        read = read * 10 + (scan->at[n++] - '0');
    if (n < least || isdigit((unsigned char)scan->at[n]))
        return false;
    scan->at += n;
    *value = read;
    return true;
}

static bool scan_byte(struct scan *scan, char c)
{
    if (*scan->at != c)
        return false;
    scan->at++;
    return true;
}

/* "2026-11-24". Once it has that shape, a wrong number is told apart. */
static bool scan_date(struct scan *scan, struct local_time *local)
{
    if (!scan_number(scan, 4, 4, &local->year) || !scan_byte(scan, '-') ||
        !scan_number(scan, 1, 2, &local->month) || !scan_byte(scan, '-') ||
        !scan_number(scan, 1, 2, &local->day))
        return false;
    if (local->year < 1)
        return scan_fail(scan, "years begin with 0001");
    if (local->month < 1 || local->month > 12) {
        snprintf(scan->why, sizeof scan->why, "there is no month %d", local->month);
        return false;
    }
    int days = days_in_month(local->year, local->month);
    if (local->day < 1 || local->day > days) {
        snprintf(scan->why, sizeof scan->why, "there is no such day: %s %d has %d days",
                 month_long_name(local->month), local->year, days);
        return false;
    }
    return true;
}

/* "09:00", "09:00:30", a fraction is dropped. */
static bool scan_clock(struct scan *scan, struct local_time *local)
{
    if (!scan_number(scan, 1, 2, &local->hour) || !scan_byte(scan, ':') ||
        !scan_number(scan, 2, 2, &local->minute))
        return false;
    if (scan_byte(scan, ':')) {
        if (!scan_number(scan, 2, 2, &local->second))
            return false;
        if (*scan->at == '.' && isdigit((unsigned char)scan->at[1]))
            scan->at += 1 + strspn(scan->at + 1, "0123456789");
    }
    if (local->second == 60) /* a leap second */
        local->second = 59;
    if (local->hour > 23 || local->minute > 59 || local->second > 59)
        return scan_fail(scan, "there is no such time of day: it runs from 00:00 to 23:59");
    return true;
}

/* "Z" or "+01:00". */
static bool scan_offset(struct scan *scan, int *seconds)
{
    if (*scan->at == 'Z' || *scan->at == 'z') {
        scan->at++;
        *seconds = 0;
        return true;
    }
    int sign = *scan->at == '-' ? -1 : 1, hours, minutes;
    if (*scan->at != '+' && *scan->at != '-')
        return false;
    scan->at++;
    if (!scan_number(scan, 2, 2, &hours) || !scan_byte(scan, ':') ||
        !scan_number(scan, 2, 2, &minutes))
        return false;
    if (hours > 23 || minutes > 59)
        return scan_fail(scan, "there is no such offset from UTC");
    *seconds = sign * (hours * HOUR + minutes * MINUTE);
    return true;
}

static void reading_at(struct time_reading *reading, int64_t instant, const struct zone *zone)
{
    reading->instant = instant;
    reading->local = zone_read(zone, instant).local;
}

static void reading_of(struct time_reading *reading, struct local_time local,
                       const struct zone *zone)
{
    reading->local = local;
    enum zone_fit fit = zone_instant(zone, local, &reading->instant);
    reading->in_gap = fit == ZONE_FIT_GAP;
    reading->twice = fit == ZONE_FIT_TWICE;
}

/* A date, then perhaps a time of day, then perhaps an offset. */
static bool parse_date(struct scan *scan, const struct zone *zone, struct time_reading *reading)
{
    struct local_time local = {0};
    int offset;
    if (!scan_date(scan, &local))
        return false;
    skip_blanks(scan);
    if (!*scan->at) {
        reading->date_only = true;
        reading_of(reading, local, zone);
        return true;
    }
    if (*scan->at == 'T' || *scan->at == 't')
        scan->at++;
    if (!scan_clock(scan, &local))
        return false;
    skip_blanks(scan);
    if (!*scan->at) {
        reading_of(reading, local, zone);
        return true;
    }
    if (!scan_offset(scan, &offset))
        return false;
    reading->has_offset = true;
    reading_at(reading, local_seconds(local) - offset, zone);
    return true;
}

/* "09:00": the next one to come. */
static bool parse_clock(struct scan *scan, int64_t now, const struct zone *zone,
                        struct time_reading *reading)
{
    struct local_time local = local_midnight(zone_read(zone, now).local);
    if (!scan_clock(scan, &local))
        return false;
    reading_of(reading, local, zone);
    if (reading->instant <= now)
        reading_of(reading, local_add_days(local, 1), zone);
    return true;
}

/* "+2h", "-30m": from now. */
static bool parse_relative(struct scan *scan, int64_t now, const struct zone *zone,
                           struct time_reading *reading)
{
    int64_t seconds;
    int sign = *scan->at == '-' ? -1 : 1;
    scan->at++;
    if (duration_parse(scan->at, &seconds, NULL))
        return scan_fail(scan, "a duration follows the sign: +30m, +2h, +1d");
    const struct local_time first = {1, 1, 2, 0, 0, 0}, last = {9999, 12, 30, 0, 0, 0};
    int64_t instant;
    if (__builtin_add_overflow(now, sign * seconds, &instant) || instant < local_seconds(first) ||
        instant > local_seconds(last))
        return scan_fail(scan, "that is outside of the years 1 to 9999");
    scan->at += strlen(scan->at);
    reading_at(reading, instant, zone);
    return true;
}

/* A word of letters at *s equals this name, or, if `brief`, its first three letters. */
static bool is_word(const char *s, size_t length, const char *name, bool brief)
{
    bool whole = strlen(name) == length;
    return (whole || (brief && length == 3)) && strncasecmp(s, name, length) == 0;
}

enum { WORD_NONE = -100, WORD_NOW = -99, WORD_WEEKDAY = 1000 };

/* The word's days from today; WORD_WEEKDAY + 0..6; WORD_NOW; WORD_NONE. */
static int scan_word(struct scan *scan)
{
    static const struct {
        const char *name;
        int value;
    } words[] = {{"now", WORD_NOW}, {"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
    const char *s = scan->at;
    size_t length = 0;
    while (isalpha((unsigned char)s[length]))
        length++;
    scan->at += length;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(s, length, words[i].name, false))
            return words[i].value;
    for (int day = 0; day < 7; day++)
        if (is_word(s, length, weekday_long_name(day), true))
            return WORD_WEEKDAY + day;
    return WORD_NONE;
}

/* "today", "tomorrow 09:00", "fri 17:00": a day's name, then perhaps a time of day. */
static bool parse_day(struct scan *scan, int64_t now, const struct zone *zone,
                      struct time_reading *reading)
{
    int word = scan_word(scan);
    if (word == WORD_NONE)
        return false;
    if (word == WORD_NOW) {
        reading_at(reading, now, zone);
        return true;
    }
    struct local_time today = local_midnight(zone_read(zone, now).local);
    bool weekday = word >= WORD_WEEKDAY;
    int ahead = weekday ? (word - WORD_WEEKDAY - local_weekday(today) + 7) % 7 : word;
    struct local_time local = local_add_days(today, ahead);
    skip_blanks(scan);
    reading->date_only = !*scan->at;
    if (*scan->at && !scan_clock(scan, &local))
        return false;
    reading_of(reading, local, zone);
    if (weekday && ahead == 0 && !reading->date_only && reading->instant <= now)
        reading_of(reading, local_add_days(local, 7), zone);
    return true;
}

static bool parse_any(struct scan *scan, int64_t now, const struct zone *zone,
                      struct time_reading *reading)
{
    const char *s = scan->at;
    if (*s == '+' || *s == '-')
        return parse_relative(scan, now, zone, reading);
    if (isalpha((unsigned char)*s))
        return parse_day(scan, now, zone, reading);
    if (s[strspn(s, "0123456789")] == ':')
        return parse_clock(scan, now, zone, reading);
    return parse_date(scan, zone, reading);
}

enum err time_parse(const char *what, const char *s, int64_t now, const struct zone *zone,
                    struct time_reading *reading, struct error *error)
{
    struct scan scan = {.at = s};
    struct time_reading read = {0};
    skip_blanks(&scan);
    bool done = parse_any(&scan, now, zone, &read);
    if (done) {
        skip_blanks(&scan);
        done = !*scan.at;
    }
    if (!done)
        return error_set_what(error, ERR_INVALID, scan.why[0] ? scan.why : usage, "%s '%s'", what,
                              s);
    *reading = read;
    return ERR_OK;
}
