/*
 * Reading the times that people and scripts type: dates, days by name, times of day, offsets from
 * now.
 */
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

const char time_usage[] =
    "write it as 2026-11-24 09:00, 24 nov 9am, tomorrow 09:00, fri 09:00, 09:00 or +2h";

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

/* A date that has its three numbers; one that no calendar has is told apart. */
static bool date_check(struct scan *scan, const struct local_time *local)
{
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

/* "2026-11-24" */
static bool scan_iso_date(struct scan *scan, struct local_time *local)
{
    return scan_number(scan, 4, 4, &local->year) && scan_byte(scan, '-') &&
           scan_number(scan, 1, 2, &local->month) && scan_byte(scan, '-') &&
           scan_number(scan, 1, 2, &local->day) && date_check(scan, local);
}

/* The letters at *s are `name`, or the beginning of it that is three letters long or longer. */
static bool is_beginning(const char *s, size_t length, const char *name)
{
    return length >= 3 && length <= strlen(name) && strncasecmp(s, name, length) == 0;
}

static size_t letters(const char *s)
{
    size_t length = 0;
    while (isalpha((unsigned char)s[length]))
        length++;
    return length;
}

/* The word at the scan is taken if it is this one, in any case. */
static bool scan_word(struct scan *scan, const char *word)
{
    size_t length = letters(scan->at);
    if (length != strlen(word) || strncasecmp(scan->at, word, length) != 0)
        return false;
    scan->at += length;
    return true;
}

/* A month by its name, 1 to 12; 0: the next word is none. */
static int scan_month(struct scan *scan)
{
    size_t length = letters(scan->at);
    for (int month = 1; month <= 12; month++)
        if (is_beginning(scan->at, length, month_long_name(month))) {
            scan->at += length;
            scan->at += *scan->at == '.';
            return month;
        }
    return 0;
}

/* A weekday by its name, 0 Monday to 6 Sunday; -1: the next word is none. */
static int scan_weekday(struct scan *scan)
{
    size_t length = letters(scan->at);
    for (int day = 0; day < 7; day++)
        if (is_beginning(scan->at, length, weekday_long_name(day))) {
            scan->at += length;
            return day;
        }
    return -1;
}

/* "am" or "pm" behind an hour from 1 to 12, which is brought to 0 to 23. */
static bool scan_half(struct scan *scan, struct local_time *local)
{
    bool pm = scan_word(scan, "pm");
    if (!pm && !scan_word(scan, "am"))
        return false;
    if (local->hour < 1 || local->hour > 12)
        return scan_fail(scan, "am and pm go with the hours from 1 to 12");
    local->hour = local->hour % 12 + (pm ? 12 : 0);
    return true;
}

static bool clock_check(struct scan *scan, struct local_time *local)
{
    if (local->second == 60) /* a leap second */
        local->second = 59;
    if (local->hour > 23 || local->minute > 59 || local->second > 59)
        return scan_fail(scan, "there is no such time of day: it runs from 00:00 to 23:59");
    return true;
}

/* "09:00", "09:00:30" (a fraction is dropped), "0930", "9am", "9:30 pm", "noon", "midnight". */
static bool scan_clock(struct scan *scan, struct local_time *local)
{
    int number;
    if (scan_word(scan, "noon")) {
        local->hour = 12;
        return true;
    }
    if (scan_word(scan, "midnight"))
        return true;
    if (scan_number(scan, 4, 4, &number)) {
        local->hour = number / 100;
        local->minute = number % 100;
        return clock_check(scan, local);
    }
    if (!scan_number(scan, 1, 2, &local->hour))
        return false;
    if (!scan_byte(scan, ':')) {
        skip_blanks(scan);
        return scan_half(scan, local);
    }
    if (!scan_number(scan, 2, 2, &local->minute))
        return false;
    if (scan_byte(scan, ':')) {
        if (!scan_number(scan, 2, 2, &local->second))
            return false;
        if (*scan->at == '.' && isdigit((unsigned char)scan->at[1]))
            scan->at += 1 + strspn(scan->at + 1, "0123456789");
    }
    const char *end = scan->at;
    skip_blanks(scan);
    if (!scan_half(scan, local))
        scan->at = end;
    return !scan->why[0] && clock_check(scan, local);
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

/*
 * The day that a text begins with. NONE: it begins with none, and nothing was taken; BAD: it begins
 * with one that cannot be, or scan->why says what is wrong.
 */
enum day { DAY_NONE, DAY_BAD, DAY_FOUND };

/* A day and a month without a year: the next such day to come, today included. */
static enum day day_of_year(struct scan *scan, struct local_time today, struct local_time *local)
{
    enum { YEARS = 9 }; /* the longest that a 29 February is away */
    for (int ahead = 0; ahead < YEARS; ahead++) {
        local->year = today.year + ahead;
        if (local->month >= 1 && local->month <= 12 &&
            local->day <= days_in_month(local->year, local->month) &&
            local_compare(*local, today) >= 0)
            return date_check(scan, local) ? DAY_FOUND : DAY_BAD;
    }
    local->year = today.year; /* no year has it: the message names this one */
    date_check(scan, local);
    return DAY_BAD;
}

/*
 * The year behind a day and month, if there is one; else the next such day to come. Four digits
 * are a year from 1970 to 2199; others are a time of day, as in "4 dec 0930".
 */
static enum day day_year(struct scan *scan, struct local_time today, struct local_time *local)
{
    const char *start = scan->at;
    int year;
    scan->at += strspn(scan->at, " \t,");
    if (scan_number(scan, 4, 4, &year) && year >= 1970 && year < 2200) {
        local->year = year;
        return date_check(scan, local) ? DAY_FOUND : DAY_BAD;
    }
    scan->at = start;
    return day_of_year(scan, today, local);
}

/* Two numbers that are a day and a month, in an order that nobody can know: "12-04". */
static enum day day_of_two(struct scan *scan, int first, char mark, struct local_time today,
                           struct local_time *local)
{
    int second;
    if (!scan_number(scan, 1, 2, &second))
        return DAY_BAD;
    *local = (struct local_time){.month = second, .day = first};
    struct local_time other = {.month = first, .day = second};
    bool year = *scan->at == mark;
    scan->at += year;
    if (year && !scan_number(scan, 4, 4, &local->year))
        return DAY_BAD;
    if (second > 12)
        *local = (struct local_time){local->year, first, second, 0, 0, 0};
    if (first > 12 || second > 12 || first == second)
        return year ? (date_check(scan, local) ? DAY_FOUND : DAY_BAD)
                    : day_of_year(scan, today, local);
    other.year = local->year;
    if (!year && (day_of_year(scan, today, &other) != DAY_FOUND ||
                  day_of_year(scan, today, local) != DAY_FOUND))
        return DAY_BAD;
    snprintf(scan->why, sizeof scan->why,
             "could be %d %s or %d %s; write %04d-%02d-%02d or %04d-%02d-%02d", local->day,
             month_long_name(local->month), other.day, month_long_name(other.month), local->year,
             local->month, local->day, other.year, other.month, other.day);
    return DAY_BAD;
}

/* "2026-11-24", "24 nov", "24.11.", "24/11/2026" */
static enum day scan_numbered_day(struct scan *scan, struct local_time today,
                                  struct local_time *local)
{
    const char *start = scan->at;
    size_t digits = strspn(start, "0123456789");
    int first;
    if (digits > 2 && start[digits] == '-')
        return scan_iso_date(scan, local) ? DAY_FOUND : DAY_BAD;
    if (digits == 0 || digits > 2 || !scan_number(scan, 1, 2, &first))
        return DAY_NONE;
    char mark = *scan->at;
    if (mark == '/' || mark == '-') {
        scan->at++;
        return day_of_two(scan, first, mark, today, local);
    }
    local->day = first;
    if (mark == '.' && scan->at++ && scan_number(scan, 1, 2, &local->month)) {
        scan->at += *scan->at == '.';
        return day_year(scan, today, local);
    }
    skip_blanks(scan);
    local->month = scan_month(scan);
    if (local->month)
        return day_year(scan, today, local);
    *local = (struct local_time){0};
    scan->at = start;
    return DAY_NONE;
}

/* A day in numbers, or "dec 4", "Dec 4 2026". */
static enum day scan_date(struct scan *scan, struct local_time today, struct local_time *local)
{
    int month = scan_month(scan);
    if (!month)
        return scan_numbered_day(scan, today, local);
    skip_blanks(scan);
    local->month = month;
    return scan_number(scan, 1, 2, &local->day) ? day_year(scan, today, local) : DAY_BAD;
}

/*
 * "fri", "next fri", and "Fri 4 Dec 2026" or "Fri Dec 4", which has to be a Friday. *rolls: it is
 * today by its name alone, so a time that is over means the one a week later.
 */
static enum day scan_named_weekday(struct scan *scan, struct local_time today, bool next,
                                   int weekday, struct local_time *local, bool *rolls)
{
    const char *end = scan->at;
    scan->at += strspn(scan->at, " \t,");
    enum day dated = next ? DAY_NONE : scan_date(scan, today, local);
    if (dated == DAY_FOUND && local_weekday(*local) != weekday) {
        snprintf(scan->why, sizeof scan->why, "%d %s %d is a %s", local->day,
                 month_long_name(local->month), local->year,
                 weekday_long_name(local_weekday(*local)));
        return DAY_BAD;
    }
    if (dated != DAY_NONE)
        return dated;
    scan->at = end;
    int ahead = (weekday - local_weekday(today) + 7) % 7;
    *rolls = !next && ahead == 0;
    *local = local_add_days(today, next && ahead == 0 ? 7 : ahead);
    return DAY_FOUND;
}

/* The day that the text begins with. *rolls: see scan_named_weekday. */
static enum day scan_day(struct scan *scan, struct local_time today, struct local_time *local,
                         bool *rolls)
{
    static const struct {
        const char *name;
        int days;
    } words[] = {{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
    const char *start = scan->at;
    *local = (struct local_time){0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (scan_word(scan, words[i].name)) {
            *local = local_add_days(today, words[i].days);
            return DAY_FOUND;
        }
    bool next = scan_word(scan, "next");
    skip_blanks(scan);
    int weekday = scan_weekday(scan);
    if (weekday >= 0)
        return scan_named_weekday(scan, today, next, weekday, local, rolls);
    scan->at = start;
    return next ? DAY_BAD : scan_date(scan, today, local);
}

static bool is_zone(const char *s, const struct zone *zone, int64_t instant)
{
    const char *abbreviation = zone_read(zone, instant).abbreviation;
    return (abbreviation && *abbreviation && strcmp(s, abbreviation) == 0) ||
           strcmp(s, zone_name(zone)) == 0;
}

/*
 * The reader's zone behind a time, as the program writes it: its name, or the abbreviation that is
 * in force then ("CET"), which tells apart a time that exists twice.
 */
static bool scan_zone(struct scan *scan, const struct zone *zone, struct time_reading *reading)
{
    struct zone_reading first = zone_read(zone, reading->instant);
    int64_t again =
        reading->instant + first.offset - zone_read(zone, reading->instant + DAY).offset;
    if (!isalpha((unsigned char)*scan->at))
        return false;
    if (!is_zone(scan->at, zone, reading->instant)) {
        if (!reading->twice || !is_zone(scan->at, zone, again))
            return scan_fail(scan, "times are read in the zone of --tz; leave the zone out");
        reading->instant = again;
    }
    scan->at += strlen(scan->at);
    return true;
}

/* A day, then perhaps a time of day, then perhaps an offset or the zone. */
static bool parse_day(struct scan *scan, struct local_time local, bool rolls, int64_t now,
                      const struct zone *zone, struct time_reading *reading)
{
    int offset;
    scan->at += strspn(scan->at, " \t,");
    reading->date_only = !*scan->at;
    if (*scan->at && (*scan->at == 'T' || *scan->at == 't') && isdigit((unsigned char)scan->at[1]))
        scan->at++;
    if (*scan->at && !scan_clock(scan, &local))
        return false;
    reading_of(reading, local, zone);
    if (rolls && !reading->date_only && reading->instant <= now)
        reading_of(reading, local_add_days(local, 7), zone);
    skip_blanks(scan);
    if (!*scan->at)
        return true;
    if (!scan_offset(scan, &offset))
        return !scan->why[0] && scan_zone(scan, zone, reading);
    reading->has_offset = true;
    reading->in_gap = reading->twice = false;
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
    skip_blanks(scan);
    return !*scan->at || scan_zone(scan, zone, reading);
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

static bool parse_any(struct scan *scan, int64_t now, const struct zone *zone,
                      struct time_reading *reading)
{
    struct local_time today = local_midnight(zone_read(zone, now).local), local = {0};
    bool rolls = false;
    if (*scan->at == '+' || *scan->at == '-')
        return parse_relative(scan, now, zone, reading);
    if (scan_word(scan, "now")) {
        reading_at(reading, now, zone);
        return true;
    }
    enum day day = scan_day(scan, today, &local, &rolls);
    if (day == DAY_FOUND)
        return parse_day(scan, local, rolls, now, zone, reading);
    return day == DAY_NONE && parse_clock(scan, now, zone, reading);
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
        return error_set_what(error, ERR_INVALID, scan.why[0] ? scan.why : time_usage, "%s '%s'",
                              what, s);
    *reading = read;
    return ERR_OK;
}
