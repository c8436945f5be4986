/*
 * Times in words, for lists and drawings.
 */
#include "when.h"

#include <base/utf8.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a text that is too long; those here are short. */
static struct when when_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

static struct when when_format(const char *format, ...)
{
    struct when when;
    va_list args;
    va_start(args, format);
    vsnprintf(when.s, sizeof when.s, format, args);
    va_end(args);
    return when;
}

static struct when date_with(struct local_time day, const struct zone *zone, unsigned parts)
{
    struct when when = {0};
    date_write(when.s, day, zone_style(zone), parts);
    return when;
}

struct when when_date(struct local_time day, const struct zone *zone)
{
    return date_with(day, zone, DATE_WEEKDAY | DATE_YEAR);
}

struct when when_day(struct local_time day, const struct zone *zone)
{
    return date_with(day, zone, DATE_WEEKDAY);
}

struct when when_near(struct local_time day, const struct show_context *context)
{
    if (zone_read(context->zone, context->now).local.year == day.year)
        return when_day(day, context->zone);
    return date_with(day, context->zone, DATE_YEAR);
}

struct when when_clock(struct local_time time, const struct zone *zone)
{
    struct when when = {0};
    if (!zone_style(zone)->half_days)
        return when_clock_24(time);
    clock_write(when.s, time, zone_style(zone));
    return when;
}

struct when when_clock_24(struct local_time time)
{
    struct when when = {{(char)('0' + time.hour / 10), (char)('0' + time.hour % 10), ':',
                         (char)('0' + time.minute / 10), (char)('0' + time.minute % 10)}};
    return when;
}

int when_days(struct local_time a, struct local_time b)
{
    return (int)((local_seconds(local_midnight(b)) - local_seconds(local_midnight(a))) / DAY);
}

/* The day that an all-day occurrence begins on, in the meeting's own calendar. */
static struct local_time all_day_begin(const struct occurrence *occurrence)
{
    const struct meeting *meeting = occurrence->meeting;
    if (occurrence->recurrence.month == 0)
        return local_midnight(meeting->start_local);
    const struct meeting_override *override = meeting_override_at(meeting, occurrence->recurrence);
    return local_midnight(override ? override->start : occurrence->recurrence);
}

/* A day of 23 or 25 hours counts as one. */
static int all_day_count(const struct occurrence *occurrence)
{
    int64_t days = (occurrence->end - occurrence->start + DAY / 2) / DAY;
    return days > 1 ? (int)days : 1;
}

struct local_time when_begin(const struct occurrence *occurrence, const struct zone *zone)
{
    if (occurrence->meeting->all_day)
        return all_day_begin(occurrence);
    return zone_read(zone, occurrence->start).local;
}

struct local_time when_end(const struct occurrence *occurrence, const struct zone *zone)
{
    if (occurrence->meeting->all_day)
        return local_add_days(all_day_begin(occurrence), all_day_count(occurrence));
    return zone_read(zone, occurrence->end).local;
}

struct local_time when_last_day(const struct occurrence *occurrence, const struct zone *zone)
{
    struct local_time begin = local_midnight(when_begin(occurrence, zone));
    struct local_time end = when_end(occurrence, zone);
    struct local_time day = local_midnight(end);
    if (local_compare(day, end) == 0 && local_compare(day, begin) > 0)
        day = local_add_days(day, -1);
    return day;
}

struct when when_hours(const struct occurrence *occurrence, const struct zone *zone)
{
    if (occurrence->meeting->all_day) {
        int days = all_day_count(occurrence);
        return days > 1 ? when_format("%d days", days) : when_format("all day");
    }
    struct local_time begin = when_begin(occurrence, zone), end = when_end(occurrence, zone);
    int days = when_days(begin, end);
    struct when from = when_clock(begin, zone);
    bool same_half = days == 0 && begin.hour / 12 == end.hour / 12;
    if (zone_style(zone)->half_days && same_half)
        from.s[strcspn(from.s, "ap")] = '\0';
    struct when hours = when_format("%s–%s", from.s, when_clock(end, zone).s);
    return days > 0 ? when_format("%s +%d", hours.s, days) : hours;
}

int when_hours_width(const struct occurrence *occurrence, const struct zone *zone)
{
    if (occurrence->meeting->all_day)
        return (int)sizeof "all day" - 1;
    if (zone_style(zone)->half_days)
        return utf8_width(when_hours(occurrence, zone).s);
    int days = when_days(when_begin(occurrence, zone), when_end(occurrence, zone));
    int width = (int)sizeof "09:00-10:00" - 1;
    if (days > 0)
        for (width += 2; days > 0; days /= 10)
            width++;
    return width;
}

/* "CET (Europe/Berlin)"; the name alone if the abbreviation is a number or the same. */
static struct when zone_words(const struct zone *zone, int64_t instant)
{
    const char *abbreviation = zone_read(zone, instant).abbreviation;
    const char *name = zone_name(zone);
    bool letters = abbreviation && ((*abbreviation >= 'A' && *abbreviation <= 'Z') ||
                                    (*abbreviation >= 'a' && *abbreviation <= 'z'));
    if (letters && strcmp(abbreviation, name) != 0)
        return when_format("%s (%s)", abbreviation, name);
    return when_format("%s", name);
}

/*
 * Over a change of the clock start and end have their own abbreviations: 02:30–02:30 would look
 * like no time at all.
 */
static struct when span_over_change(const struct occurrence *occurrence, const struct zone *zone)
{
    struct zone_reading begin = zone_read(zone, occurrence->start);
    struct zone_reading end = zone_read(zone, occurrence->end);
    bool same_day = when_days(begin.local, end.local) == 0;
    return when_format("%s %s %s – %s%s%s %s (%s)", when_date(begin.local, zone).s,
                       when_clock(begin.local, zone).s, begin.abbreviation,
                       same_day ? "" : when_date(end.local, zone).s, same_day ? "" : " ",
                       when_clock(end.local, zone).s, end.abbreviation, zone_name(zone));
}

struct when when_span(const struct occurrence *occurrence, const struct zone *zone)
{
    struct local_time begin = when_begin(occurrence, zone), end = when_end(occurrence, zone);
    struct local_time last = when_last_day(occurrence, zone);
    struct when date = when_date(begin, zone), words = zone_words(zone, occurrence->start);
    bool all_day = occurrence->meeting->all_day;
    if (all_day && when_days(begin, last) == 0)
        return when_format("%s, all day", date.s);
    if (all_day)
        return when_format("%s – %s, all day", date.s, when_date(last, zone).s);
    if (zone_read(zone, occurrence->start).offset != zone_read(zone, occurrence->end).offset)
        return span_over_change(occurrence, zone);
    if (when_days(begin, end) == 0)
        return when_format("%s %s–%s %s", date.s, when_clock(begin, zone).s,
                           when_clock(end, zone).s, words.s);
    return when_format("%s %s – %s %s %s", date.s, when_clock(begin, zone).s,
                       when_date(end, zone).s, when_clock(end, zone).s, words.s);
}

struct when when_instant(int64_t instant, const struct zone *zone)
{
    struct zone_reading reading = zone_read(zone, instant);
    return when_format("%s %s %s", when_date(reading.local, zone).s,
                       when_clock(reading.local, zone).s,
                       reading.abbreviation ? reading.abbreviation : "");
}

bool when_on(const struct occurrence *occurrence, int64_t now)
{
    return occurrence->start <= now && now < occurrence->end;
}

const struct zone *when_zone(const struct zone_source *zones, const char *name)
{
    const struct zone *zone = NULL;
    if (zones && zones->find && zones->find(zones->self, name, &zone, NULL) == ERR_OK && zone)
        return zone;
    return zone_utc();
}
