/*
 * Times as the printers and drawings write them: short texts by value, without an arena.
 */
#ifndef SHOW_WHEN_H
#define SHOW_WHEN_H

#include <core/meeting.h>
#include <core/time.h>
#include <core/zone.h>
#include <show/show.h>

struct when {
    char s[160];
};

/* In the style of the zone's reader (core/time.h): "Tue 24 Nov 2026", "Tue 24 Nov", "09:00". */
struct when when_date(struct local_time day, const struct zone *zone);
struct when when_day(struct local_time day, const struct zone *zone);
struct when when_clock(struct local_time time, const struct zone *zone);
struct when when_clock_24(struct local_time time); /* "09:00", for attendees */
/* "Tue 24 Nov" in this year, "24 Nov 2027" in another: for columns without room for both. */
struct when when_near(struct local_time day, const struct show_context *context);

/*
 * The local start and end of an occurrence as the viewer in `zone` reads them. All-day meetings are
 * days of the calendar and do not move with the viewer's zone; their end is the midnight behind the
 * last day.
 */
struct local_time when_begin(const struct occurrence *occurrence, const struct zone *zone);
struct local_time when_end(const struct occurrence *occurrence, const struct zone *zone);

/* The midnight of the last day that the occurrence touches. */
struct local_time when_last_day(const struct occurrence *occurrence, const struct zone *zone);

/*
 * "09:00–10:00" ("9:00–10:00am", "11:30am–1:00pm"), "23:00–01:00 +1" if it ends on a later day,
 * "all day", "3 days".
 */
struct when when_hours(const struct occurrence *occurrence, const struct zone *zone);
/* The columns of when_hours (100 whole days or more take a few more), without the text. */
int when_hours_width(const struct occurrence *occurrence, const struct zone *zone);

/* "Tue 24 Nov 2026 09:00–10:00 CET (Europe/Berlin)"; all-day ones without a zone. */
struct when when_span(const struct occurrence *occurrence, const struct zone *zone);

/* "Tue 24 Nov 2026 09:00 CET". */
struct when when_instant(int64_t instant, const struct zone *zone);

/* Whether the occurrence is on at `now`. */
bool when_on(const struct occurrence *occurrence, int64_t now);

/* Whole days from a to b (midnights of their days). */
int when_days(struct local_time a, struct local_time b);

/* The zone of that name, or UTC if the source has none. */
const struct zone *when_zone(const struct zone_source *zones, const char *name);

#endif
