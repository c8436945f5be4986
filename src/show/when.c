/*
 * Times in words, for lists and drawings.
 */
#include "when.h"

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

struct when when_date(struct local_time day)
{
    return when_format("%s %d %s %d", weekday_name(local_weekday(day)), day.day,
                       month_name(day.month), day.year);
}

struct when when_day(struct local_time day)
{
    return when_format("%s %d %s", weekday_name(local_weekday(day)), day.day,
                       month_name(day.month));
}

struct when when_near(struct local_time day, const struct show_context *context)
{
    if (zone_read(context->zone, context->now).local.year == day.year)
        return when_day(day);
    return when_format("%d %s %d", day.day, month_name(day.month), day.year);
}

struct when when_clock(struct local_time time)
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
    struct when hours = when_format("%s–%s", when_clock(begin).s, when_clock(end).s);
    return days > 0 ? when_format("%s +%d", hours.s, days) : hours;
}

int when_hours_width(const struct occurrence *occurrence, const struct zone *zone)
{
    if (occurrence->meeting->all_day)
        return (int)sizeof "all day" - 1;
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
    return when_format("%s %s %s – %s%s%s %s (%s)", when_date(begin.local).s,
                       when_clock(begin.local).s, begin.abbreviation,
                       same_day ? "" : when_date(end.local).s, same_day ? "" : " ",
                       when_clock(end.local).s, end.abbreviation, zone_name(zone));
}

struct when when_span(const struct occurrence *occurrence, const struct zone *zone)
{
    struct local_time begin = when_begin(occurrence, zone), end = when_end(occurrence, zone);
    struct local_time last = when_last_day(occurrence, zone);
    struct when date = when_date(begin), words = zone_words(zone, occurrence->start);
    bool all_day = occurrence->meeting->all_day;
    if (all_day && when_days(begin, last) == 0)
        return when_format("%s, all day", date.s);
    if (all_day)
        return when_format("%s – %s, all day", date.s, when_date(last).s);
    if (zone_read(zone, occurrence->start).offset != zone_read(zone, occurrence->end).offset)
        return span_over_change(occurrence, zone);
    if (when_days(begin, end) == 0)
        return when_format("%s %s–%s %s", date.s, when_clock(begin).s, when_clock(end).s, words.s);
    return when_format("%s %s – %s %s %s", date.s, when_clock(begin).s, when_date(end).s,
                       when_clock(end).s, words.s);
}

struct when when_instant(int64_t instant, const struct zone *zone)
{
    struct zone_reading reading = zone_read(zone, instant);
    return when_format("%s %s %s", when_date(reading.local).s, when_clock(reading.local).s,
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
