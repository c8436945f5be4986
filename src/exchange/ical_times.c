/*
 * The times of a VEVENT: start, end or duration, the rule, added and excluded dates (RFC 5545,
 * 3.3.4 to 3.3.6 and 3.8.2, 3.8.5). What real programs write a little wrong and one way only is
 * taken; what has two meanings is rejected.
 */
#include "ical_event.h"

#include <core/recurrence.h>
#include <core/series.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DAYS_MAX = 3660 }; /* of a duration: far more than a meeting may last */

static bool at_midnight(struct local_time local)
{
    return local_compare(local, local_midnight(local)) == 0;
}

/*
 * Some programs write VALUE=DATE and a midnight behind the date, which says nothing more. Any other
 * time of day counts, and that it stands there is told.
 */
static void date_settle(struct ical_building *building, const struct ical_property *property,
                        struct ical_moment *moment)
{
    const char *value = ical_parameter(property, "VALUE");
    if (moment->date || !value || strcasecmp(value, "DATE") != 0)
        return;
    moment->date = at_midnight(moment->local);
    if (!moment->date)
        ical_note(building, "%s says VALUE=DATE and has a time of day; the time was taken",
                  property->name);
}

/*
 * A time without a zone is on the clock of the event's start (RFC 5545, 3.8.4.4 and 3.8.5 want the
 * two alike), and floats only where that does. The start's TZID; "": it floats; NULL: it is in UTC.
 */
static const char *start_zone_id(const struct ical_building *building)
{
    const struct ical_property *start = building->known[KNOWN_DTSTART];
    const char *id = start ? ical_parameter(start, "TZID") : NULL;
    if (start && strlen(start->value) == 16) /* behind which only a Z is taken */
        return NULL;
    return id ? id : "";
}

/* Told once an event. */
static void differing_note(struct ical_building *building, const char *id, const struct zone *named,
                           const struct ical_moment *moment, bool recurs)
{
    const struct zone *other = named ? named : moment->zone;
    if (building->zone_noted ||
        !ical_zones_differ(building->zones, id, other, moment->local, recurs))
        return;
    building->zone_noted = true;
    const char *when = recurs ? "at some of its times" : "at its time";
    if (named)
        ical_note(building,
                  "the file's VTIMEZONE '%s' has other rules than the zone of that name, %s; the "
                  "%s counts",
                  id, when, named == moment->zone ? "name" : "VTIMEZONE");
    else
        ical_note(building, "its time zone '%s' was taken for %s, which has other rules, %s", id,
                  zone_name(moment->zone), when);
}

/* For a zone that is known by nothing but its rules: its offset then, if the event is single. */
static bool moment_by_offset(struct ical_building *building, const struct ical_property *property,
                             const char *id, struct ical_moment *moment)
{
    int32_t offset = 0;
    if (building->known[KNOWN_RRULE] ||
        !ical_zones_offset(building->zones, id, moment->local, &offset))
        return ical_fault(building, property,
                          "%s: its time zone '%s' is neither an IANA nor a Windows name, and no "
                          "VTIMEZONE tells which it is",
                          property->name, id);
    moment->local = local_from_seconds(local_seconds(moment->local) - offset);
    moment->zone = zone_utc();
    if (property == building->known[KNOWN_DTSTART])
        ical_note(building,
                  "its time zone '%s' is none that is known here; it was taken in UTC, as the "
                  "file's VTIMEZONE has it",
                  id);
    return true;
}

static bool moment_by_id(struct ical_building *building, const struct ical_property *property,
                         const char *id, struct ical_moment *moment)
{
    struct ical_zones *zones = building->zones;
    const bool series = building->known[KNOWN_RRULE] != NULL;
    const struct zone *named = ical_zones_named(zones, id);
    moment->zone = ical_zones_find(zones, id, moment->local.year);
    bool guessed = moment->zone && !named && !series &&
                   ical_zones_differ(zones, id, moment->zone, moment->local, false);
    if (!moment->zone || guessed)
        return moment_by_offset(building, property, id, moment);
    differing_note(building, id, named, moment,
                   series && property == building->known[KNOWN_DTSTART]);
    return true;
}

static bool moment_zone(struct ical_building *building, const struct ical_property *property,
                        bool utc, struct ical_moment *moment)
{
    const char *id = ical_parameter(property, "TZID");
    moment->floating = !utc && (!id || !id[0]);
    moment->zone = utc ? zone_utc() : building->floating;
    if (moment->date && building->start.zone)
        moment->zone = building->start.zone;
    if (utc || moment->date)
        return true;
    if (moment->floating)
        id = property == building->known[KNOWN_DTSTART] ? "" : start_zone_id(building);
    if (!id)
        moment->zone = zone_utc();
    return !id || !id[0] || moment_by_id(building, property, id, moment);
}

/*
 * The property's date or time; TZID, Z, VALUE=DATE and floating as RFC 5545 has them. `value` may
 * be one of its list.
 */
static bool moment_read(struct ical_building *building, const struct ical_property *property,
                        const char *value, struct ical_moment *moment)
{
    enum basic_form form = local_read_basic(value, strlen(value), &moment->local);
    if (form == BASIC_NONE)
        return ical_fault(building, property, "%s '%s' is no date or time", property->name, value);
    moment->date = form == BASIC_DATE;
    date_settle(building, property, moment);
    return moment_zone(building, property, form == BASIC_UTC && !moment->date, moment);
}

static int64_t moment_instant(const struct ical_moment *moment)
{
    int64_t instant;
    zone_instant(moment->zone, moment->local, &instant);
    return instant;
}

/* The end of a period. `value` is a part of the property's. */
static bool moment_add(struct ical_building *building, const struct ical_property *property,
                       const char *value, const struct ical_moment *start, int64_t *end)
{
    int64_t days, seconds;
    if (!duration_read_iso(value, &days, &seconds) || days > DAYS_MAX)
        return ical_fault(building, property, "%s '%s' is no duration", property->name, value);
    struct ical_moment day = *start;
    day.local = local_add_days(start->local, (int)days);
    if (day.local.year > 9999)
        return ical_fault(building, property, "%s '%s' is too long", property->name, value);
    *end = moment_instant(&day) + seconds;
    return true;
}

/*
 * --- start and end -----------------------------------------------------------------------------
 */

/* Days from one date to another; an end that says nothing or the same day makes it one day. */
static bool all_day_length(struct ical_building *building, const struct ical_property *end)
{
    struct meeting *meeting = &building->event->meeting;
    struct ical_moment last = building->start;
    int64_t days = 1, seconds = 0;
    if (end && end == building->known[KNOWN_DURATION]) {
        if (!duration_read_iso(end->value, &days, &seconds))
            return ical_fault(building, end, "DURATION '%s' is no duration", end->value);
        days += (seconds + DAY - 1) / DAY;
    } else if (end) {
        if (!moment_read(building, end, end->value, &last))
            return false;
        days = (local_seconds(local_midnight(last.local)) - local_seconds(building->start.local)) /
               DAY;
    }
    if (days < 0)
        return ical_fault(building, end, "DTEND '%s' is before DTSTART", end->value);
    meeting->duration = (days ? days : 1) * DAY;
    return true;
}

/* The second instant of a reading that comes twice; `first` itself if it does not. */
static int64_t second_instant(const struct ical_moment *moment, int64_t first)
{
    int32_t later = zone_read(moment->zone, first + DAY).offset;
    int64_t second = local_seconds(moment->local) - later;
    bool twice = local_compare(zone_read(moment->zone, second).local, moment->local) == 0;
    return twice && second > first ? second : first;
}

static bool timed_length(struct ical_building *building, const struct ical_property *end)
{
    struct meeting *meeting = &building->event->meeting;
    int64_t from = moment_instant(&building->start), to = from;
    struct ical_moment last;
    if (end && end == building->known[KNOWN_DURATION]) {
        int64_t days, seconds;
        if (!duration_read_iso(end->value, &days, &seconds) || days > DAYS_MAX)
            return ical_fault(building, end, "DURATION '%s' is no duration", end->value);
        meeting->clock_days = days;
        meeting->duration = days * DAY + seconds;
        return true;
    }
    if (end) {
        if (!moment_read(building, end, end->value, &last))
            return false;
        to = moment_instant(&last);
        if (to < from) /* 01:45 to 01:30 in the hour that comes twice: the end is its second time */
            to = second_instant(&last, to);
    }
    if (to < from)
        return ical_fault(building, end, "DTEND '%s' is before DTSTART", end->value);
    meeting->duration = to - from;
    return true;
}

/* Whole days from one midnight of the zone's clock to another, at least one; 0: these are none. */
static int64_t days_between(const struct zone *zone, int64_t start, int64_t end)
{
    struct local_time from = zone_read(zone, start).local, to = zone_read(zone, end).local;
    if (!at_midnight(from))
        return 0;
    if (start == end)
        return 1;
    if (at_midnight(to))
        return (local_seconds(to) - local_seconds(from)) / DAY;
    return (end - start) % DAY == 0 ? (end - start) / DAY : 0; /* counted in days of 24 hours */
}

/*
 * Some programs write an all-day event as midnight to midnight with a flag beside it; in UTC, the
 * midnights are those of whose calendar it is.
 */
static void flagged_days(struct ical_building *building)
{
    const struct ical_property *flag = building->known[KNOWN_ALL_DAY];
    struct meeting *meeting = &building->event->meeting;
    struct ical_moment *start = &building->start;
    if (!flag || strcasecmp(flag->value, "TRUE") != 0 || start->date)
        return;
    int64_t from = moment_instant(start);
    int64_t to = series_end(meeting, start->zone, start->local);
    bool utc = strcmp(zone_name(start->zone), "UTC") == 0;
    const struct zone *zone = utc ? building->floating : start->zone;
    int64_t days = days_between(zone, from, to);
    if (!days && utc)
        days = days_between(zone = start->zone, from, to);
    if (!days)
        return;
    start->zone = zone;
    start->local = zone_read(zone, from).local;
    meeting->start_local = start->local;
    meeting->tz = zone_name(zone);
    meeting->duration = days * DAY;
    meeting->clock_days = 0;
    meeting->all_day = true;
    building->event->zone = zone;
}

static bool span_read(struct ical_building *building)
{
    const struct ical_property *const *known = building->known;
    const struct ical_property *start = known[KNOWN_DTSTART];
    struct meeting *meeting = &building->event->meeting;
    bool cancels = building->event->method == ICAL_CANCEL;
    if (!start && cancels) /* RFC 5546 lets a cancellation say no more than what is cancelled */
        start = known[KNOWN_RECURRENCE_ID];
    if (!start && cancels) {
        building->start =
            (struct ical_moment){.local = {1970, 1, 1, 0, 0, 0}, .zone = building->floating};
        building->event->zone = building->floating;
        meeting->tz = zone_name(building->floating);
        return true;
    }
    if (!start)
        return ical_fault(building, NULL, "it has no DTSTART");
    if (!moment_read(building, start, start->value, &building->start))
        return false;
    if (known[KNOWN_DTEND] && known[KNOWN_DURATION])
        return ical_fault(building, known[KNOWN_DURATION], "it has both DTEND and DURATION");
    const struct ical_property *end =
        known[KNOWN_DTEND] ? known[KNOWN_DTEND] : known[KNOWN_DURATION];
    meeting->start_local = building->start.local;
    meeting->tz = zone_name(building->start.zone);
    meeting->all_day = building->start.date;
    building->event->zone = building->start.zone;
    if (!(building->start.date ? all_day_length(building, end) : timed_length(building, end)))
        return false;
    if (meeting->duration > MEETING_DURATION_MAX)
        return ical_fault(building, end, "it lasts longer than a year");
    flagged_days(building);
    return true;
}

/*
 * --- the series --------------------------------------------------------------------------------
 */

/*
 * A date of a list as the series counts: its zone's clock, its start's time of day if none is
 * said.
 */
static struct local_time series_local(const struct ical_building *building,
                                      const struct ical_moment *moment)
{
    const struct local_time start = building->start.local;
    struct local_time local = moment->local;
    if (building->start.date)
        return local_midnight(local);
    if (moment->date) {
        local.hour = start.hour;
        local.minute = start.minute;
        local.second = start.second;
    } else if (strcmp(zone_name(moment->zone), zone_name(building->start.zone)) != 0) {
        local = zone_read(building->start.zone, moment_instant(moment)).local;
    }
    return local;
}

/* In a meeting of whole days a period is of all days that it touches. */
static int64_t period_length(const struct ical_building *building, struct local_time start,
                             int64_t from, int64_t to)
{
    if (!building->event->meeting.all_day)
        return to - from;
    struct local_time last = zone_read(building->start.zone, to).local;
    int64_t days = (local_seconds(last) - local_seconds(local_midnight(start)) + DAY - 1) / DAY;
    return (days > 0 ? days : 1) * DAY;
}

/*
 * An added PERIOD has a length of its own (RFC 5545, 3.8.5.2): the occurrence at `start` is one
 * that differs in that.
 */
static bool period_read(struct ical_building *building, const struct ical_property *property,
                        const char *period, const struct ical_moment *moment,
                        struct local_time start)
{
    struct meeting *meeting = &building->event->meeting;
    const char *length = strchr(period, '/') + 1;
    int64_t from = moment_instant(moment), to = from;
    struct ical_moment last;
    if (length[*length == '+'] == 'P' || length[*length == '+'] == 'p') {
        if (!moment_add(building, property, length, moment, &to))
            return false;
    } else {
        if (!moment_read(building, property, length, &last))
            return false;
        if (last.floating)
            last.zone = moment->zone;
        to = moment_instant(&last);
        if (to < from)
            to = second_instant(&last, to);
    }
    if (to < from)
        return ical_fault(building, property, "RDATE '%s' ends before it starts", period);
    struct meeting_override override = {.recurrence = start, .start = start};
    override.duration = period_length(building, start, from, to);
    if (override.duration > MEETING_DURATION_MAX)
        return ical_fault(building, property, "RDATE '%s' lasts longer than a year", period);
    if (override.duration == meeting->duration)
        return true;
    if (meeting->overrides.count == MEETING_OVERRIDES_MAX)
        return ical_fault(building, property, "it has more than %d periods of their own length",
                          (int)MEETING_OVERRIDES_MAX);
    *vector_push(building->arena, &meeting->overrides) = override;
    return true;
}

static int locals_compare(const void *a, const void *b)
{
    return local_compare(*(const struct local_time *)a, *(const struct local_time *)b);
}

/*
 * A changed occurrence takes place whatever the rule says, so those that are excluded go; of twins
 * the last stays.
 */
static void excluded_periods_drop(struct ical_building *building)
{
    struct meeting *meeting = &building->event->meeting;
    struct meeting_overrides all = meeting->overrides;
    struct local_times excluded = {0};
    if (all.count == 0)
        return;
    for (size_t i = 0; i < meeting->exdates.count; i++)
        *vector_push(building->arena, &excluded) = meeting->exdates.items[i];
    items_sort(excluded.items, excluded.count, sizeof *excluded.items, locals_compare);
    meeting->overrides = (struct meeting_overrides){0};
    for (size_t i = 0; i < all.count; i++) {
        struct local_time at = all.items[i].recurrence;
        if (excluded.count &&
            bsearch(&at, excluded.items, excluded.count, sizeof at, locals_compare))
            continue;
        struct meeting_override *twin = meeting_override_at(meeting, at);
        *(twin ? twin : vector_push(building->arena, &meeting->overrides)) = all.items[i];
    }
}

/* `dates`: the event's EXDATEs, or its RDATEs, of which some may be periods. */
static bool dates_read(struct ical_building *building, const struct ical_property *property,
                       struct local_times *dates)
{
    bool periods = ical_parameter(property, "VALUE") &&
                   strcasecmp(ical_parameter(property, "VALUE"), "PERIOD") == 0;
    for (const char *from = property->value; from;) {
        const char *comma = strchr(from, ',');
        const char *one =
            arena_copy_n(building->arena, from, comma ? (size_t)(comma - from) : strlen(from));
        bool period = periods && strchr(one, '/');
        const char *start = period ? arena_copy_n(building->arena, one, strcspn(one, "/")) : one;
        struct ical_moment moment;
        if (!moment_read(building, property, start, &moment))
            return false;
        struct local_time local = series_local(building, &moment);
        *vector_push(building->arena, dates) = local;
        if (period && !period_read(building, property, one, &moment, local))
            return false;
        from = comma ? comma + 1 : NULL;
    }
    return true;
}

static bool rule_keep(struct ical_building *building)
{
    const struct ical_property *rule = building->known[KNOWN_RRULE];
    struct error error = {0};
    if (!rule)
        return true;
    if (recurrence_check(rule->value, &error) != ERR_OK)
        return ical_fault(building, rule, "%s: %s", error.what, error.why);
    building->event->meeting.rrule = arena_copy(building->arena, rule->value);
    return true;
}

bool ical_recurrence_id_read(struct ical_building *building)
{
    const struct ical_property *which = building->known[KNOWN_RECURRENCE_ID];
    struct ical_event *event = building->event;
    struct ical_moment moment;
    if (!which)
        return true;
    const char *range = ical_parameter(which, "RANGE");
    event->following = range && strcasecmp(range, "THISANDFUTURE") == 0;
    if (range && !event->following)
        return ical_fault(building, which, "RANGE=%s is none that RFC 5545 has", range);
    if (!moment_read(building, which, which->value, &moment))
        return false;
    event->is_override = true;
    event->recurrence = moment.local;
    event->recurrence_date = moment.date;
    event->recurrence_zone = moment.date || moment.floating ? NULL : moment.zone;
    return true;
}

bool ical_times_read(struct ical_building *building)
{
    struct meeting *meeting = &building->event->meeting;
    if (!span_read(building) || !rule_keep(building) || !ical_recurrence_id_read(building))
        return false;
    for (size_t i = 0; i < building->component->properties.count; i++) {
        const struct ical_property *property = &building->component->properties.items[i];
        if (property->depth > 0)
            continue;
        if (strcmp(property->name, "EXDATE") == 0 &&
            !dates_read(building, property, &meeting->exdates))
            return false;
        if (strcmp(property->name, "RDATE") == 0 &&
            !dates_read(building, property, &meeting->rdates))
            return false;
        if (strcmp(property->name, "EXRULE") == 0)
            return ical_fault(building, property, "EXRULE is not supported");
    }
    excluded_periods_drop(building);
    return true;
}
