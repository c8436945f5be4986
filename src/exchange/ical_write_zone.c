/*
 * VTIMEZONE (RFC 5545, 3.6.5) from our own zone data: changes of the clock that come back each year
 * as a rule, the others one by one. Our readers go by the name; this is for those that do not know
 * it.
 */
#include "ical_writer.h"

#include <string.h>

enum { CHANGES_MAX = 400, LAST_YEAR = 2045, RULE_AT_LEAST = 4 };

struct change {
    struct local_time onset; /* on the clock that ends there, as TZOFFSETFROM has it */
    int32_t from, to;
    const char *abbreviation;
    bool daylight, written;
};

struct changes {
    struct change *items;
    size_t count;
};

static struct changes changes_collect(struct ical_writer *writer, const struct zone *zone,
                                      int64_t since)
{
    struct changes changes = {arena_array(writer->scratch, CHANGES_MAX, sizeof(struct change)), 0};
    struct zone_reading before = zone_read(zone, since);
    changes.items[changes.count++] = (struct change){
        before.local, before.offset, before.offset, before.abbreviation, before.daylight, false};
    for (int64_t at = since; changes.count < CHANGES_MAX;) {
        at = zone_next_change(zone, at);
        if (at == INSTANT_NEVER || local_from_seconds(at).year > LAST_YEAR)
            break;
        struct zone_reading after = zone_read(zone, at);
        changes.items[changes.count++] = (struct change){local_from_seconds(at + before.offset),
                                                         before.offset,
                                                         after.offset,
                                                         after.abbreviation,
                                                         after.daylight,
                                                         false};
        before = after;
    }
    return changes;
}

static bool same_kind(const struct change *a, const struct change *b)
{
    return a->from == b->from && a->to == b->to && a->daylight == b->daylight &&
           strcmp(a->abbreviation, b->abbreviation) == 0;
}

/*
 * --- yearly rules ------------------------------------------------------------------------------
 */

static bool same_time_of_year(struct local_time a, struct local_time b)
{
    return a.month == b.month && a.hour == b.hour && a.minute == b.minute && a.second == b.second &&
           local_weekday(a) == local_weekday(b);
}

static bool last_of_month(struct local_time t)
{
    return t.day + 7 > days_in_month(t.year, t.month);
}

static int week_of_month(struct local_time t)
{
    return (t.day - 1) / 7 + 1;
}

/*
 * The run of changes of one kind that comes back each year on the same weekday of the month, up to
 * the last year.
 */
struct run {
    size_t first; /* index of its first change */
    size_t length;
    bool last, numbered; /* as the last such weekday; as the n-th one */
};

static struct run run_find(const struct changes *changes, size_t end)
{
    const struct change *latest = &changes->items[end];
    struct run run = {end, 1, last_of_month(latest->onset), true};
    for (size_t i = end; i-- > 0;) {
        const struct change *change = &changes->items[i];
        if (!same_kind(change, latest))
            continue;
        bool last = run.last && last_of_month(change->onset);
        bool numbered =
            run.numbered && week_of_month(change->onset) == week_of_month(latest->onset);
        if (change->onset.year != changes->items[run.first].onset.year - 1 ||
            !same_time_of_year(change->onset, latest->onset) || (!last && !numbered))
            break;
        run = (struct run){i, run.length + 1, last, numbered};
    }
    return run;
}

/*
 * --- observances -------------------------------------------------------------------------------
 */

static const char *offset_text(struct arena *arena, int32_t offset)
{
    int32_t n = offset < 0 ? -offset : offset;
    const char *hours_minutes =
        arena_format(arena, "%c%02d%02d", offset < 0 ? '-' : '+', n / HOUR, n / MINUTE % 60);
    return n % MINUTE ? arena_format(arena, "%s%02d", hours_minutes, n % MINUTE) : hours_minutes;
}

static void observance_begin(struct ical_writer *writer, const struct change *change)
{
    ical_put(writer, "BEGIN:%s", change->daylight ? "DAYLIGHT" : "STANDARD");
    ical_put(writer, "DTSTART:%s", local_format_basic(writer->scratch, change->onset));
    ical_put(writer, "TZOFFSETFROM:%s", offset_text(writer->scratch, change->from));
    ical_put(writer, "TZOFFSETTO:%s", offset_text(writer->scratch, change->to));
    if (change->abbreviation[0])
        ical_put(writer, "TZNAME:%s", change->abbreviation);
}

static void observance_end(struct ical_writer *writer, const struct change *change)
{
    ical_put(writer, "END:%s", change->daylight ? "DAYLIGHT" : "STANDARD");
}

static void run_write(struct ical_writer *writer, struct changes *changes, const struct run *run)
{
    const struct change *change = &changes->items[run->first];
    observance_begin(writer, change);
    ical_put(writer, "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", change->onset.month,
             run->last ? -1 : week_of_month(change->onset),
             weekday_code(local_weekday(change->onset)));
    observance_end(writer, change);
    for (size_t i = run->first; i < changes->count; i++)
        if (same_kind(&changes->items[i], change))
            changes->items[i].written = true;
}

/* The changes of one kind that no rule covers: the first as DTSTART, the others as RDATE. */
static void rest_write(struct ical_writer *writer, struct changes *changes, size_t first)
{
    const struct change *change = &changes->items[first];
    observance_begin(writer, change);
    for (size_t i = first + 1; i < changes->count; i++) {
        if (changes->items[i].written || !same_kind(&changes->items[i], change))
            continue;
        ical_put(writer, "RDATE:%s", local_format_basic(writer->scratch, changes->items[i].onset));
        changes->items[i].written = true;
    }
    observance_end(writer, change);
}

static bool last_of_kind(const struct changes *changes, size_t index)
{
    for (size_t i = index + 1; i < changes->count; i++)
        if (same_kind(&changes->items[i], &changes->items[index]))
            return false;
    return true;
}

static void observances_write(struct ical_writer *writer, struct changes *changes)
{
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->items[i].onset.year < LAST_YEAR - 1 || !last_of_kind(changes, i))
            continue;
        struct run run = run_find(changes, i);
        if (run.length >= RULE_AT_LEAST)
            run_write(writer, changes, &run);
    }
    for (size_t i = 0; i < changes->count; i++)
        if (!changes->items[i].written)
            rest_write(writer, changes, i);
}

void ical_zone_write(struct ical_writer *writer, const struct zone *zone, int64_t since)
{
    const char *name = zone_name(zone);
    if (strings_hold(&writer->zones, name))
        return;
    *vector_push(writer->arena, &writer->zones) = arena_copy(writer->arena, name);
    struct changes changes = changes_collect(writer, zone, since);
    ical_put(writer, "BEGIN:VTIMEZONE");
    ical_put(writer, "TZID:%s", name);
    ical_put(writer, "X-LIC-LOCATION:%s", name);
    observances_write(writer, &changes);
    ical_put(writer, "END:VTIMEZONE");
}
