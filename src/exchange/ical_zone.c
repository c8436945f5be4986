/*
 * What zone a TZID means. In this order: an IANA name, a Windows name or display name, an IANA name
 * behind a vendor's path ("/vendor.example/2010/Europe/Berlin"), X-LIC-LOCATION, and last the zone
 * whose clock shows the same as the VTIMEZONE's rules through the year in question.
 */
#include "ical_zone.h"

#include <base/embedded.h>
#include <core/recurrence.h>
#include <string.h>
#include <strings.h>

/*
 * --- by name -----------------------------------------------------------------------------------
 */

/* One row of the table of Windows names, cut from the embedded file. */
struct windows_row {
    char name[ICAL_ZONE_NAME], zone[ICAL_ZONE_NAME], display[ICAL_ZONE_NAME];
};

static const char *field_copy(const char *from, const char *end, char out[ICAL_ZONE_NAME])
{
    const char *tab = memchr(from, '\t', (size_t)(end - from));
    size_t n = (size_t)((tab ? tab : end) - from);
    n = n < ICAL_ZONE_NAME ? n : ICAL_ZONE_NAME - 1;
    memcpy(out, from, n);
    out[n] = '\0';
    return tab ? tab + 1 : end;
}

/* Reads the row at *at and moves behind it; false at the table's end. */
static bool windows_next(const char **at, struct windows_row *row)
{
    while (*at && **at) {
        const char *from = *at, *newline = strchr(from, '\n');
        const char *end = newline ? newline : from + strlen(from);
        *at = newline ? newline + 1 : end;
        if (*from == '#' || from == end)
            continue;
        from = field_copy(from, end, row->name);
        from = field_copy(from, end, row->zone);
        field_copy(from, end, row->display);
        return true;
    }
    return false;
}

static const struct zone *find_iana(const struct ical_zones *zones, const char *name)
{
    const struct zone *zone = NULL;
    if (strcasecmp(name, "UTC") == 0 || strcasecmp(name, "GMT") == 0 ||
        strcasecmp(name, "Etc/UTC") == 0 || strcasecmp(name, "Z") == 0)
        return zone_utc();
    return zones->source.find(zones->source.self, name, &zone, NULL) == ERR_OK ? zone : NULL;
}

static const struct zone *find_windows(const struct ical_zones *zones, const char *id)
{
    const char *at = embedded_find("windows-zones.tsv", NULL);
    struct windows_row row;
    while (windows_next(&at, &row))
        if (strcasecmp(row.name, id) == 0 || strcasecmp(row.display, id) == 0)
            return find_iana(zones, row.zone);
    return NULL;
}

/*
 * "/vendor.example/20101023_1/Europe/Berlin": what follows ever later slashes, the longest first.
 */
static const struct zone *find_behind_path(const struct ical_zones *zones, const char *id)
{
    for (const char *slash = strchr(id, '/'); slash; slash = strchr(slash + 1, '/')) {
        const struct zone *zone = slash[1] ? find_iana(zones, slash + 1) : NULL;
        if (zone)
            return zone;
    }
    return NULL;
}

static const struct zone *find_named(const struct ical_zones *zones, const char *id)
{
    const struct zone *zone = find_iana(zones, id);
    if (!zone)
        zone = find_windows(zones, id);
    return zone ? zone : find_behind_path(zones, id);
}

/* Names are looked up once a reading; a hostile file's thousands of them are not remembered. */
static const struct zone *known_find(struct ical_zones *zones, const char *id)
{
    for (size_t i = 0; i < zones->known.count; i++)
        if (strcmp(zones->known.items[i].id, id) == 0)
            return zones->known.items[i].zone;
    const struct zone *zone = find_named(zones, id);
    if (zones->known.count < ICAL_ZONES_MAX && strlen(id) < ICAL_ZONE_NAME) {
        struct ical_zone_known *known = vector_push(zones->arena, &zones->known);
        known->id = arena_copy(zones->arena, id);
        known->zone = zone;
    }
    return zone;
}

/*
 * --- by rules ----------------------------------------------------------------------------------
 */

static bool offset_read(const char *value, int32_t *offset)
{
    size_t length = strlen(value);
    if ((length != 5 && length != 7) || (value[0] != '+' && value[0] != '-') ||
        strspn(value + 1, "0123456789") != length - 1)
        return false;
    int32_t hours = (value[1] - '0') * 10 + value[2] - '0',
            minutes = (value[3] - '0') * 10 + value[4] - '0';
    int32_t seconds = length == 7 ? (value[5] - '0') * 10 + value[6] - '0' : 0;
    *offset = (hours * HOUR + minutes * MINUTE + seconds) * (value[0] == '-' ? -1 : 1);
    return true;
}

static bool observance_property(struct ical_observance *observance,
                                const struct ical_property *property)
{
    if (strcmp(property->name, "TZOFFSETFROM") == 0)
        return offset_read(property->value, &observance->offset_from);
    if (strcmp(property->name, "TZOFFSETTO") == 0)
        return offset_read(property->value, &observance->offset_to);
    if (strcmp(property->name, "DTSTART") == 0)
        return local_parse_basic(property->value, &observance->start);
    if (strcmp(property->name, "RRULE") != 0)
        return true;
    if (strlen(property->value) >= ICAL_ZONE_RULE ||
        recurrence_check(property->value, NULL) != ERR_OK)
        return false;
    memcpy(observance->rule, property->value, strlen(property->value) + 1);
    return true;
}

/*
 * RDATE: onsets one by one, a list of local times. They are of the observance that was begun last.
 */
static bool onsets_read(struct ical_foreign_zone *foreign, const char *list)
{
    struct local_time local;
    char text[24];
    while (*list) {
        size_t n = strcspn(list, ",");
        if (n >= sizeof text || foreign->onset_count == ICAL_ONSETS)
            return false;
        memcpy(text, list, n);
        text[n] = '\0';
        if (!local_parse_basic(text, &local))
            return false;
        foreign->onsets[foreign->onset_count++] =
            (struct ical_onset){local_seconds(local), foreign->count - 1};
        list += n + (list[n] == ',');
    }
    return true;
}

static void foreign_observances(struct ical_foreign_zone *foreign,
                                const struct ical_component *component)
{
    struct ical_observance *current = NULL;
    foreign->whole = true;
    for (size_t i = 0; i < component->properties.count; i++) {
        const struct ical_property *property = &component->properties.items[i];
        if (property->depth == 0)
            continue;
        if (strcmp(property->name, "BEGIN") == 0) {
            if (foreign->count == ICAL_OBSERVANCES) {
                foreign->whole = false;
                return;
            }
            current = &foreign->observances[foreign->count++];
            *current = (struct ical_observance){.start = {1, 1, 1, 0, 0, 0}};
        } else if (current && !(strcmp(property->name, "RDATE") == 0
                                    ? onsets_read(foreign, property->value)
                                    : observance_property(current, property))) {
            foreign->whole = false;
        }
    }
}

/*
 * The samples at which rules are compared: noon of the 1st and 15th of each month. Daylight saving
 * time differs by weeks, if it does.
 */
enum { SAMPLES = 24 };

static struct local_time sample(int year, int i)
{
    return (struct local_time){year, i / 2 + 1, i % 2 ? 15 : 1, 12, 0, 0};
}

/* The offsets that rules give at some times, worked out in one walk over all onsets. */
struct offsets {
    size_t count;
    struct {
        int64_t time;  /* as local_seconds, ascending */
        int64_t onset; /* the last one until then, likewise */
        int32_t offset;
    } at[SAMPLES];
    int32_t begun; /* the offset that begins with the onsets that are put now */
};

/* Of onsets at the same time the one that is put first counts. */
static void onset_put(struct offsets *offsets, int64_t onset)
{
    for (size_t i = offsets->count; i > 0 && offsets->at[i - 1].time >= onset; i--) {
        if (offsets->at[i - 1].onset >= onset)
            continue;
        offsets->at[i - 1].onset = onset;
        offsets->at[i - 1].offset = offsets->begun;
    }
}

static bool onset_visit(void *context, struct local_time at)
{
    onset_put(context, local_seconds(at));
    return true;
}

/*
 * From when to follow a rule: not from 1601 but from a few years back, as a yearly rule looks the
 * same there. Only later onsets are visited, so the time need not be an onset itself.
 */
static struct local_time observance_begin(const struct ical_observance *observance, int year)
{
    struct local_time start = observance->start;
    if (start.year >= year - 5 || strcasestr(observance->rule, "INTERVAL") ||
        strcasestr(observance->rule, "COUNT"))
        return start;
    start.year = year - 5;
    start.day = start.month == 2 && start.day == 29 ? 28 : start.day;
    return start;
}

/* Puts an observance's onsets: its start, those of its rule, and those that are named. */
static void observance_put(const struct ical_foreign_zone *foreign, size_t index,
                           struct offsets *offsets)
{
    const struct ical_observance *observance = &foreign->observances[index];
    const struct local_time from = local_from_seconds(offsets->at[0].time - (int64_t)800 * DAY);
    const struct local_time first = local_from_seconds(offsets->at[0].time);
    const struct local_time last = local_from_seconds(offsets->at[offsets->count - 1].time);
    offsets->begun = observance->offset_to;
    onset_put(offsets, local_seconds(observance->start));
    if (observance->rule[0])
        recurrence_each(observance->rule, observance_begin(observance, first.year), NULL, from,
                        last, onset_visit, offsets, NULL);
    for (size_t i = 0; i < foreign->onset_count; i++)
        if (foreign->onsets[i].observance == index)
            onset_put(offsets, foreign->onsets[i].at);
}

/* What was in force before the first onset of all. */
static int32_t offset_at_first(const struct ical_foreign_zone *foreign)
{
    const struct ical_observance *first = foreign->observances;
    for (size_t i = 1; i < foreign->count; i++)
        if (local_compare(foreign->observances[i].start, first->start) < 0)
            first = &foreign->observances[i];
    return first->offset_from;
}

/*
 * The offsets that the rules give at `count` times of one year, ascending: each is that of the
 * observance whose onset is the last one until then. False if there is no observance.
 */
static bool foreign_offsets(const struct ical_foreign_zone *foreign, const struct local_time *times,
                            size_t count, int32_t *values)
{
    struct offsets offsets = {.count = count};
    if (foreign->count == 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        offsets.at[i].time = local_seconds(times[i]);
        offsets.at[i].onset = INT64_MIN;
        offsets.at[i].offset = offset_at_first(foreign);
    }
    for (size_t i = 0; i < foreign->count; i++)
        observance_put(foreign, i, &offsets);
    for (size_t i = 0; i < count; i++)
        values[i] = offsets.at[i].offset;
    return true;
}

static bool foreign_samples(const struct ical_foreign_zone *foreign, int year,
                            int32_t offsets[SAMPLES])
{
    struct local_time samples[SAMPLES];
    for (int i = 0; i < SAMPLES; i++)
        samples[i] = sample(year, i);
    return foreign_offsets(foreign, samples, SAMPLES, offsets);
}

static bool zone_has(const struct zone *zone, struct local_time time, int32_t offset)
{
    int64_t instant;
    zone_instant(zone, time, &instant);
    return zone_read(zone, instant).offset == offset;
}

static bool zone_fits(const struct zone *zone, const int32_t offsets[SAMPLES], int year)
{
    for (int i = 0; i < SAMPLES; i++)
        if (!zone_has(zone, sample(year, i), offsets[i]))
            return false;
    return true;
}

static bool foreign_lies(const struct ical_foreign_zone *foreign, const struct zone *zone, int year)
{
    int32_t offsets[SAMPLES];
    if (!foreign_samples(foreign, year, offsets))
        return false;
    for (int i = 0; i < SAMPLES; i++)
        if (zone_has(zone, sample(year, i), offsets[i]))
            return false;
    return true;
}

/*
 * True if the TZID's words hold the zone's city: "(GMT+01:00) Amsterdam, Berlin" and
 * Europe/Berlin.
 */
static bool names_city(const char *id, const char *zone)
{
    const char *city = strrchr(zone, '/');
    return city && strcasestr(id, city + 1) != NULL;
}

static const struct zone *find_by_rules(const struct ical_zones *zones,
                                        const struct ical_foreign_zone *foreign, int year)
{
    int32_t offsets[SAMPLES];
    if (!foreign_samples(foreign, year, offsets))
        return NULL;
    if (zone_fits(zones->preferred, offsets, year))
        return zones->preferred;
    const struct zone *first = NULL;
    const char *at = embedded_find("windows-zones.tsv", NULL);
    struct windows_row row;
    while (windows_next(&at, &row)) {
        const struct zone *zone = find_iana(zones, row.zone);
        if (!zone || !zone_fits(zone, offsets, year))
            continue;
        if (names_city(foreign->id, row.zone))
            return zone;
        if (!first)
            first = zone;
    }
    return first;
}

/*
 * --- the two doors -----------------------------------------------------------------------------
 */

static struct ical_foreign_zone *foreign_find(const struct ical_zones *zones, const char *id)
{
    for (size_t i = 0; i < zones->foreign.count; i++)
        if (strcmp(zones->foreign.items[i]->id, id) == 0)
            return zones->foreign.items[i];
    return NULL;
}

static const char *component_value(const struct ical_component *component, const char *name)
{
    for (size_t i = 0; i < component->properties.count; i++)
        if (component->properties.items[i].depth == 0 &&
            strcmp(component->properties.items[i].name, name) == 0)
            return component->properties.items[i].value;
    return "";
}

static bool same_rules(const struct ical_foreign_zone *a, const struct ical_foreign_zone *b)
{
    return a->count == b->count && a->onset_count == b->onset_count &&
           memcmp(a->observances, b->observances, a->count * sizeof *a->observances) == 0 &&
           memcmp(a->onsets, b->onsets, a->onset_count * sizeof *a->onsets) == 0;
}

/* A stream of invitations brings the same VTIMEZONE again and again: what it is stays known. */
void ical_zones_define(struct ical_zones *zones, const struct ical_component *component)
{
    const char *id = component_value(component, "TZID"),
               *location = component_value(component, "X-LIC-LOCATION");
    if (component->why || !id[0] || strlen(id) >= ICAL_ZONE_NAME ||
        strlen(location) >= ICAL_ZONE_NAME)
        return;
    struct ical_foreign_zone *foreign = foreign_find(zones, id);
    if (!foreign) {
        if (zones->foreign.count == ICAL_ZONES_MAX)
            return;
        foreign = arena_alloc(zones->arena, sizeof *foreign);
        *vector_push(zones->arena, &zones->foreign) = foreign;
    }
    struct ical_foreign_zone read = {0};
    memcpy(read.id, id, strlen(id) + 1);
    memcpy(read.location, location, strlen(location) + 1);
    foreign_observances(&read, component);
    if (same_rules(foreign, &read))
        memcpy(read.years, foreign->years, sizeof read.years);
    *foreign = read;
}

const struct zone *ical_zones_find(struct ical_zones *zones, const char *id, int year)
{
    const struct zone *zone = known_find(zones, id);
    if (zone)
        return zone;
    struct ical_foreign_zone *foreign = foreign_find(zones, id);
    if (!foreign)
        return NULL;
    if (foreign->location[0])
        zone = known_find(zones, foreign->location);
    if (zone || !foreign->whole)
        return zone;
    struct ical_zone_year *found = &foreign->years[year % ICAL_ZONE_YEARS];
    if (found->year != year)
        *found = (struct ical_zone_year){.year = year, .fits = find_by_rules(zones, foreign, year)};
    return found->fits;
}

bool ical_zones_lies(struct ical_zones *zones, const char *id, const struct zone *zone, int year)
{
    struct ical_foreign_zone *foreign = foreign_find(zones, id);
    if (!foreign || !foreign->whole || foreign->told || !known_find(zones, id))
        return false;
    struct ical_zone_year *found = &foreign->years[year % ICAL_ZONE_YEARS];
    if (found->year != year)
        *found = (struct ical_zone_year){.year = year, .lies = foreign_lies(foreign, zone, year)};
    foreign->told = found->lies;
    return found->lies;
}

bool ical_zones_offset(const struct ical_zones *zones, const char *id, struct local_time local,
                       int32_t *offset)
{
    const struct ical_foreign_zone *foreign = foreign_find(zones, id);
    return foreign && foreign->whole && foreign_offsets(foreign, &local, 1, offset);
}
