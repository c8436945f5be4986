/*
 * Times as people write them and as machines count them. Pure; any layer above base may call this.
 *
 * An instant is UTC seconds since 1970 in an int64_t. A local time is a wall clock's reading
 * without a zone. core/zone.h turns one into the other.
 */
#ifndef CORE_TIME_H
#define CORE_TIME_H

#include <base/arena.h>
#include <base/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone;

/* A wall clock's reading in the proleptic Gregorian calendar, years 1 to 9999. */
struct local_time {
    int year, month, day;     /* month 1..12, day 1..31 */
    int hour, minute, second; /* second 0..59: a leap second is taken as 59 */
};

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, WEEK = 604800 };

/* The instant of what never ends, as an open-ended series. */
#define INSTANT_NEVER INT64_MAX

/* The seconds that the reading would be at UTC, and back. Exact for years 1 to 9999. */
int64_t local_seconds(struct local_time local);
struct local_time local_from_seconds(int64_t seconds);

/* How many of a list of instants in their order are before the bound. */
size_t instants_before(const int64_t *instants, size_t count, int64_t bound);

bool local_valid(struct local_time local);
int local_compare(struct local_time a, struct local_time b);
struct local_time local_add_days(struct local_time local, int days);
struct local_time local_midnight(struct local_time local);
int local_weekday(struct local_time local);  /* 0 Monday .. 6 Sunday (ISO) */
int local_iso_week(struct local_time local); /* 1..53 */
int days_in_month(int year, int month);

/*
 * "20261124T090000", the form in which the store and iCalendar keep a local time. Parsing takes
 * "20261124" too, as midnight.
 */
char *local_format_basic(struct arena *arena, struct local_time local);
bool local_parse_basic(const char *s, struct local_time *local);

/*
 * What the n bytes at s are in iCalendar: "20261124", "20261124T090000", "20261124T090000Z", the
 * letters in any case. BASIC_NONE: none of these, or no date or time that there is.
 */
enum basic_form { BASIC_NONE, BASIC_DATE, BASIC_LOCAL, BASIC_UTC };
enum basic_form local_read_basic(const char *s, size_t n, struct local_time *local);

/* Seconds of a duration: 30m, 1h, 1h30m, 90, 2d, PT45M, P1DT2H. At least 0; "90" means minutes. */
enum err duration_parse(const char *s, int64_t *seconds, struct error *error);
char *duration_format(struct arena *arena, int64_t seconds);     /* "1h30m" */
char *duration_format_iso(struct arena *arena, int64_t seconds); /* "PT1H30M" */
/* iCalendar's form alone ("P1DT2H", "+PT45M"), as days of the calendar and exact seconds. */
bool duration_read_iso(const char *s, int64_t *days, int64_t *seconds);

/* What a person's or a script's time text came to. */
struct time_reading {
    int64_t instant;
    struct local_time local; /* in the zone that it was read in */
    bool date_only;          /* no time of day was given: local is midnight */
    bool has_offset;         /* RFC 3339 with an offset or Z: local is that instant in `zone` */
    bool in_gap;             /* the local time does not exist (RFC 5545 3.3.5 took care) */
    bool twice;              /* the local time exists twice (likewise) */
};

/*
 * Reads a time as people write it (docs/times.md has every form): "2026-11-24 09:00", RFC 3339,
 * today|tomorrow|yesterday|mon..sun, "next tue", "24 nov", "24.11.", "Tue 24 Nov 2026 09:00 CET"
 * as the program writes it, "09:00" (the next one to come), "9am", "0930", "noon", "+2h", "now".
 * What could be two dates ("12-04") is refused with both. `now`
 * and `zone` are the reader's. ERR_INVALID says what is wrong with it; `what` names the thing that
 * is read ("start", "--from"); of a text that is no time at all it says time_usage.
 */
extern const char time_usage[];
enum err time_parse(const char *what, const char *s, int64_t now, const struct zone *zone,
                    struct time_reading *reading, struct error *error);

/* RFC 3339 with the zone's offset: "2026-11-24T09:00:00+01:00". */
char *time_format_rfc3339(struct arena *arena, int64_t instant, const struct zone *zone);

/* Strict RFC 3339 only ("2026-11-24T09:00:00Z"). */
bool time_parse_rfc3339(const char *s, int64_t *instant);

/* How a reader writes times. All members 0: "Tue 24 Nov 2026 09:00", weeks from Monday on. */
enum date_order { DATE_DAY_FIRST, DATE_MONTH_FIRST, DATE_YEAR_FIRST };
struct time_style {
    enum date_order order;
    bool half_days;  /* "9:00am" */
    int week_begins; /* 0 Monday .. 6 Sunday */
};

/*
 * "Tue 24 Nov 2026", "Tue Nov 24 2026" or "Tue 2026-11-24"; without the year "Tue 24 Nov" or
 * "Tue Nov 24". Without the weekday from the day or month on.
 */
enum { DATE_ROOM = 64, CLOCK_ROOM = 16 };
enum date_parts { DATE_BARE = 0, DATE_WEEKDAY = 1, DATE_YEAR = 2 };
void date_write(char out[DATE_ROOM], struct local_time day, const struct time_style *style,
                unsigned parts);
/* "09:00", or "9:00am". */
void clock_write(char out[CLOCK_ROOM], struct local_time time, const struct time_style *style);
/* The first day of the week that the day is in. */
struct local_time local_week_first(struct local_time day, const struct time_style *style);

/*
 * For people, in the style of the zone's reader: "Tue 24 Nov 2026 09:00" and, with_zone, " CET"
 * (the abbreviation in force, or the zone's name).
 */
char *time_format(struct arena *arena, int64_t instant, const struct zone *zone, bool with_zone);
const char *weekday_name(int weekday); /* "Mon".."Sun" */
const char *weekday_long_name(int weekday);
/* iCalendar's code of a weekday, "MO".."SU"; and whose code stands at s, in any case (-1: none). */
const char *weekday_code(int weekday);
int weekday_of_code(const char *s);
const char *month_name(int month); /* "Jan".."Dec" */
const char *month_long_name(int month);

#endif
