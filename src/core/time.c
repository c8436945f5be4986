/*
 * The calendar: wall clock readings, their arithmetic in the proleptic Gregorian calendar, and
 * their names.
 */
#include <base/ascii.h>
#include <base/vector.h>
#include <core/time.h>
#include <core/zone.h>
#include <stdio.h>
#include <string.h>

enum { YEAR_MIN = 1, YEAR_MAX = 9999 };

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/*
 * Days since 1970-01-01. The year is counted from March, so that the leap day is its last; 306 is
 * the number of days from March to the year's end, 719468 the days from 0000-03-01 to 1970-01-01.
 */
static int64_t days_from_date(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_from_days(int64_t days, struct local_time *local)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* from March */
    local->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    local->month = (int)(month < 10 ? month + 3 : month - 9);
    local->year = (int)(of_era + era * 400 + (local->month <= 2));
}

int64_t local_seconds(struct local_time local)
{
    return days_from_date(local.year, local.month, local.day) * DAY + local.hour * HOUR +
           local.minute * MINUTE + local.second;
}

struct local_time local_from_seconds(int64_t seconds)
{
    const struct local_time first = {YEAR_MIN, 1, 1, 0, 0, 0};
    const struct local_time last = {YEAR_MAX, 12, 31, 23, 59, 59};
    if (seconds <= local_seconds(first))
        return first;
    if (seconds >= local_seconds(last))
        return last;
    int64_t days = (seconds >= 0 ? seconds : seconds - (DAY - 1)) / DAY;
    int rest = (int)(seconds - days * DAY);
    struct local_time local = {0};
    date_from_days(days, &local);
    local.hour = rest / HOUR;
    local.minute = rest % HOUR / MINUTE;
    local.second = rest % MINUTE;
    return local;
}

size_t instants_before(const int64_t *instants, size_t count, int64_t bound)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (instants[middle] < bound)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool local_valid(struct local_time local)
{
    return local.year >= YEAR_MIN && local.year <= YEAR_MAX && local.month >= 1 &&
           local.month <= 12 && local.day >= 1 &&
           local.day <= days_in_month(local.year, local.month) && local.hour >= 0 &&
           local.hour <= 23 && local.minute >= 0 && local.minute <= 59 && local.second >= 0 &&
           local.second <= 59;
}

int local_compare(struct local_time a, struct local_time b)
{
    const int left[] = {a.year, a.month, a.day, a.hour, a.minute, a.second};
    const int right[] = {b.year, b.month, b.day, b.hour, b.minute, b.second};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

struct local_time local_add_days(struct local_time local, int days)
{
    return local_from_seconds(local_seconds(local) + (int64_t)days * DAY);
}

struct local_time local_midnight(struct local_time local)
{
    local.hour = local.minute = local.second = 0;
    return local;
}

int local_weekday(struct local_time local)
{
    int64_t days = days_from_date(local.year, local.month, local.day);
    return (int)(((days + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

int local_iso_week(struct local_time local)
{
    /* A week belongs to the year of its Thursday. */
    int64_t days = days_from_date(local.year, local.month, local.day) + 3 - local_weekday(local);
    struct local_time thursday = {0};
    date_from_days(days, &thursday);
    return (int)((days - days_from_date(thursday.year, 1, 1)) / 7 + 1);
}

char *local_format_basic(struct arena *arena, struct local_time local)
{
    return arena_format(arena, "%04d%02d%02dT%02d%02d%02d", local.year, local.month, local.day,
                        local.hour, local.minute, local.second);
}

/* Exactly n digits; false if there is anything else. */
static bool read_digits(const char **s, int n, int *value)
{
    *value = 0;
    for (; n > 0; n--, (*s)++) {
        if (!ascii_digit(**s))
            return false;
        *value = *value * 10 + (**s - '0');
    }
    return true;
}

enum basic_form local_read_basic(const char *s, size_t n, struct local_time *local)
{
    struct local_time read = {0};
    if ((n != 8 && n != 15 && n != 16) || !read_digits(&s, 4, &read.year) ||
        !read_digits(&s, 2, &read.month) || !read_digits(&s, 2, &read.day))
        return BASIC_NONE;
    if (n > 8 && ((*s++ | 0x20) != 't' || !read_digits(&s, 2, &read.hour) ||
                  !read_digits(&s, 2, &read.minute) || !read_digits(&s, 2, &read.second)))
        return BASIC_NONE;
    if (read.second == 60) /* a leap second */
        read.second = 59;
    if (!local_valid(read) || (n == 16 && (*s | 0x20) != 'z'))
        return BASIC_NONE;
    *local = read;
    return n == 8 ? BASIC_DATE : n == 15 ? BASIC_LOCAL : BASIC_UTC;
}

bool local_parse_basic(const char *s, struct local_time *local)
{
    size_t n = strlen(s);
    return n < 16 && local_read_basic(s, n, local) != BASIC_NONE;
}

/* Strictly what RFC 3339 allows; the fraction of a second is dropped. */
bool time_parse_rfc3339(const char *s, int64_t *instant)
{
    struct local_time local = {0};
    if (!read_digits(&s, 4, &local.year) || *s++ != '-' || !read_digits(&s, 2, &local.month) ||
        *s++ != '-' || !read_digits(&s, 2, &local.day) || (*s != 'T' && *s != 't'))
        return false;
    s++;
    if (!read_digits(&s, 2, &local.hour) || *s++ != ':' || !read_digits(&s, 2, &local.minute) ||
        *s++ != ':' || !read_digits(&s, 2, &local.second))
        return false;
    if (*s == '.') {
        size_t digits = strspn(s + 1, "0123456789");
        if (digits == 0)
            return false;
        s += digits + 1;
    }
    if (local.second == 60)
        local.second = 59;
    int hours = 0, minutes = 0, sign = *s == '-' ? -1 : 1;
    if (*s == 'Z' || *s == 'z') {
        s++;
    } else {
        if (*s != '+' && *s != '-')
            return false;
        s++;
        if (!read_digits(&s, 2, &hours) || *s++ != ':' || !read_digits(&s, 2, &minutes))
            return false;
    }
    if (*s || hours > 23 || minutes > 59 || !local_valid(local))
        return false;
    *instant = local_seconds(local) - sign * (hours * HOUR + minutes * MINUTE);
    return true;
}

/* A value of n digits and the sign behind it; gives the place behind that. */
static char *write_digits(char *out, int n, int value, char sign)
{
    out[n] = sign;
    for (int i = n - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + n + 1;
}

char *time_format_rfc3339(struct arena *arena, int64_t instant, const struct zone *zone)
{
    struct zone_reading at = zone_read(zone, instant);
    /*
     * Offsets of the 19th century have seconds, RFC 3339 has none: the clock follows the offset
     * that is written.
     */
    struct local_time local = local_from_seconds(local_seconds(at.local) - at.offset % MINUTE);
    int minutes = at.offset / MINUTE, apart = minutes < 0 ? -minutes : minutes;
    /* Digit by digit, as a list has several of them a line. */
    char text[sizeof "2026-11-24T09:00:00+01:00"], *out = text;
    out = write_digits(out, 4, local.year, '-');
    out = write_digits(out, 2, local.month, '-');
    out = write_digits(out, 2, local.day, 'T');
    out = write_digits(out, 2, local.hour, ':');
    out = write_digits(out, 2, local.minute, ':');
    out = write_digits(out, 2, local.second, minutes < 0 ? '-' : '+');
    out = write_digits(out, 2, apart / 60, ':');
    write_digits(out, 2, apart % 60, '\0');
    return arena_copy(arena, text);
}

/* --- as a reader writes them --- */

void date_write(char out[DATE_ROOM], struct local_time day, const struct time_style *style,
                unsigned parts)
{
    char weekday[8] = "", year[16] = "";
    if (parts & DATE_WEEKDAY)
        snprintf(weekday, sizeof weekday, "%s ", weekday_name(local_weekday(day)));
    if (parts & DATE_YEAR)
        snprintf(year, sizeof year, " %d", day.year);
    if (style->order == DATE_DAY_FIRST)
        snprintf(out, DATE_ROOM, "%s%d %s%s", weekday, day.day, month_name(day.month), year);
    else if (style->order == DATE_YEAR_FIRST && parts & DATE_YEAR)
        snprintf(out, DATE_ROOM, "%s%04d-%02d-%02d", weekday, day.year, day.month, day.day);
    else
        snprintf(out, DATE_ROOM, "%s%s %d%s", weekday, month_name(day.month), day.day, year);
}

void clock_write(char out[CLOCK_ROOM], struct local_time time, const struct time_style *style)
{
    if (!style->half_days)
        snprintf(out, CLOCK_ROOM, "%02d:%02d", time.hour, time.minute);
    else
        snprintf(out, CLOCK_ROOM, "%d:%02d%s", (time.hour + 11) % 12 + 1, time.minute,
                 time.hour < 12 ? "am" : "pm");
}

struct local_time local_week_first(struct local_time day, const struct time_style *style)
{
    enum { DAYS_A_WEEK = 7 };
    return local_add_days(day,
                          -((local_weekday(day) - style->week_begins + DAYS_A_WEEK) % DAYS_A_WEEK));
}

char *time_format(struct arena *arena, int64_t instant, const struct zone *zone, bool with_zone)
{
    struct zone_reading reading = zone_read(zone, instant);
    struct local_time local = reading.local;
    char date[DATE_ROOM], clock[CLOCK_ROOM];
    date_write(date, local, zone_style(zone), DATE_WEEKDAY | DATE_YEAR);
    clock_write(clock, local, zone_style(zone));
    char *text = arena_format(arena, "%s %s", date, clock);
    if (!with_zone)
        return text;
    /* Zones without letters of their own have "+03" there: then the name says more. */
    char first = reading.abbreviation[0];
    bool letters = first != '+' && first != '-' && first != '\0';
    return arena_format(arena, "%s %s", text, letters ? reading.abbreviation : zone_name(zone));
}

const char *weekday_name(int weekday)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return weekday >= 0 && weekday <= 6 ? names[weekday] : "?";
}

const char *weekday_long_name(int weekday)
{
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    return weekday >= 0 && weekday <= 6 ? names[weekday] : "?";
}

static const char *const codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

const char *weekday_code(int weekday)
{
    return codes[weekday];
}

int weekday_of_code(const char *s)
{
    int weekday = 6;
    while (weekday >= 0 && strncasecmp(s, codes[weekday], 2) != 0)
        weekday--;
    return weekday;
}

const char *month_name(int month)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return month >= 1 && month <= 12 ? names[month - 1] : "?";
}

const char *month_long_name(int month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return month >= 1 && month <= 12 ? names[month - 1] : "?";
}
