/*
 * What zone a TZID means. In this order: an IANA name, a Windows name or display name, an IANA name
 * behind a vendor's path ("/vendor.example/2010/Europe/Berlin"), X-LIC-LOCATION, and last the zone
 * whose clock shows the same as the VTIMEZONE's rules through the year in question.
 *
 * A name that is an offset and no place (GMT, EST) says less than the rules that stand beside it:
 * many programs write "GMT" for the time in London. There the rules count.
 */
#include "ical_zone.h"

#include <base/embedded.h>
#include <stdio.h>
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
    int32_t offset;
    if (strcasecmp(name, "UTC") == 0 || strcasecmp(name, "GMT") == 0 ||
        strcasecmp(name, "Etc/UTC") == 0 || strcasecmp(name, "Z") == 0)
        return zone_utc();
    if (zones->source.find(zones->source.self, name, &zone, NULL) == ERR_OK)
        return zone;
    return zone_fixed_parse(name, &offset) && offset == 0 ? zone_utc() : NULL;
}

/* The offset's own zone: a country that has it now may have another one next year. */
static const struct zone *find_constant(const struct ical_zones *zones, int32_t offset)
{
    char name[ZONE_FIXED_NAME];
    if (offset == 0)
        return zone_utc();
    if (offset % HOUR == 0 && offset >= -12 * HOUR && offset <= 14 * HOUR)
        snprintf(name, sizeof name, "Etc/GMT%+d", -offset / HOUR); /* POSIX counts to the west */
    else if (!zone_fixed_name(offset, name))
        return NULL;
    return find_iana(zones, name);
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
 * The offset that a display name begins with, "(UTC+01:00) ", and the words behind it; false if it
 * is none.
 */
static bool display_read(const char *id, int32_t *offset, const char **words)
{
    char zone[ICAL_ZONE_NAME] = "";
    const char *end = *id == '(' ? strchr(id, ')') : NULL;
    size_t n = 0;
    for (const char *s = id + 1; end && s < end && n + 1 < sizeof zone; s++)
        if (*s != ' ')
            zone[n++] = *s;
    *words = end ? end + 1 + strspn(end + 1, " ") : "";
    *offset = 0;
    bool zero = strcasecmp(zone, "UTC") == 0 || strcasecmp(zone, "GMT") == 0;
    return **words && (zero || zone_fixed_parse(zone, offset));
}

/* The offset of the part of the year without daylight saving time. */
static int32_t standard_offset(const struct zone *zone)
{
    const struct local_time winter = {2021, 1, 1, 0, 0, 0}, summer = {2021, 7, 1, 0, 0, 0};
    int32_t a = zone_read(zone, local_seconds(winter)).offset,
            b = zone_read(zone, local_seconds(summer)).offset;
    return a < b ? a : b;
}

/* IANA's zone of a place in the part of the world where `near` is: Europe/Amsterdam. */
static const struct zone *find_place(const struct ical_zones *zones, const char *near,
                                     const char *place, int32_t offset)
{
    char name[2 * ICAL_ZONE_NAME];
    const char *slash = strchr(near, '/');
    if (!slash || strlen(place) >= ICAL_ZONE_NAME)
        return NULL;
    snprintf(name, sizeof name, "%.*s/%s", (int)(slash - near), near, place);
    for (char *s = name; *s; s++)
        *s = *s == ' ' ? '_' : *s;
    const struct zone *zone = find_iana(zones, name);
    return zone && standard_offset(zone) == offset ? zone : NULL;
}

/*
 * "(UTC+01:00) Amsterdam", as Exchange and its relatives name zones, with fewer places than the
 * table has, with "GMT", with one that IANA alone has: the place of that name with that offset.
 */
static const struct zone *find_displayed(const struct ical_zones *zones, const char *id)
{
    const char *at = embedded_find("windows-zones.tsv", NULL), *words, *row_words;
    struct windows_row row;
    int32_t offset, row_offset;
    const struct zone *found = NULL;
    if (!display_read(id, &offset, &words))
        return NULL;
    size_t first = strcspn(words, ",");
    while (windows_next(&at, &row)) {
        if (!display_read(row.display, &row_offset, &row_words) || row_offset != offset)
            continue;
        const struct zone *place = words[first] ? NULL : find_place(zones, row.zone, words, offset);
        if (place)
            return place;
        if (!found && list_has(row_words, ",", words))
            found = find_iana(zones, row.zone);
    }
    return found ? found : find_iana(zones, words);
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
    int32_t offset;
    if (zone_fixed_parse(id, &offset) && offset != 0)
        return find_constant(zones, offset);
    const struct zone *zone = find_iana(zones, id);
    if (!zone)
        zone = find_windows(zones, id);
    if (!zone)
        zone = find_displayed(zones, id);
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

/*
 * Where rules are compared through a year: noon of the 1st and 15th of each month (daylight saving
 * time differs by weeks, if it does), and beside each change of the clock.
 */
enum { SAMPLES = 24 };

static struct local_time sample(int year, int i)
{
    return (struct local_time){year, i / 2 + 1, i % 2 ? 15 : 1, 12, 0, 0};
}

static bool zone_has(const struct zone *zone, struct local_time time, int32_t offset)
{
    int64_t instant;
    zone_instant(zone, time, &instant);
    return zone_read(zone, instant).offset == offset;
}

static bool fits_samples(const struct zone *zone, const struct ical_zone_year *year)
{
    for (int i = 0; i < SAMPLES; i++) {
        struct local_time at = sample(year->year, i);
        if (!zone_has(zone, at, ical_year_offset(year, at)))
            return false;
    }
    return true;
}

/* True if the zone's clock changes at the very second of each of the VTIMEZONE's onsets, too. */
static bool fits_exactly(const struct zone *zone, const struct ical_zone_year *year)
{
    for (size_t i = 1; i < year->count; i++) {
        const struct ical_stretch *stretch = &year->stretches[i];
        if (!zone_has(zone, local_from_seconds(stretch->from), stretch->offset) ||
            !zone_has(zone, local_from_seconds(stretch->from - 1), stretch[-1].offset))
            return false;
    }
    return fits_samples(zone, year);
}

static bool constant(const struct ical_zone_year *year)
{
    for (size_t i = 1; i < year->count; i++)
        if (year->stretches[i].offset != year->stretches[0].offset)
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

/* The zone of a city that the TZID names, if the rules are that city's. */
static const struct zone *find_by_city(const struct ical_zones *zones, const char *id,
                                       const struct ical_zone_year *year)
{
    const char *at = embedded_find("windows-zones.tsv", NULL);
    struct windows_row row;
    while (windows_next(&at, &row)) {
        const struct zone *zone = names_city(id, row.zone) ? find_iana(zones, row.zone) : NULL;
        if (zone && fits_samples(zone, year))
            return zone;
    }
    return NULL;
}

typedef bool zone_fit_by(const struct zone *zone, const struct ical_zone_year *year);

static const struct zone *find_fitting(const struct ical_zones *zones,
                                       const struct ical_zone_year *year, zone_fit_by *fits)
{
    if (fits(zones->preferred, year))
        return zones->preferred;
    const char *at = embedded_find("windows-zones.tsv", NULL);
    struct windows_row row;
    while (windows_next(&at, &row)) {
        const struct zone *zone = find_iana(zones, row.zone);
        if (zone && fits(zone, year))
            return zone;
    }
    return NULL;
}

static const struct zone *find_by_rules(const struct ical_zones *zones,
                                        const struct ical_foreign_zone *foreign,
                                        const struct ical_zone_year *year)
{
    const struct zone *zone = find_by_city(zones, foreign->id, year);
    if (!zone && constant(year))
        return find_constant(zones, year->stretches[0].offset);
    if (!zone)
        zone = find_fitting(zones, year, fits_exactly);
    return zone ? zone : find_fitting(zones, year, fits_samples);
}

/*
 * --- VTIMEZONEs by name ------------------------------------------------------------------------
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

static bool same_observance(const struct ical_observance *a, const struct ical_observance *b)
{
    return local_compare(a->start, b->start) == 0 && a->offset_from == b->offset_from &&
           a->offset_to == b->offset_to && strcmp(a->rule, b->rule) == 0;
}

static bool same_rules(const struct ical_foreign_zone *a, const struct ical_foreign_zone *b)
{
    if (a->count != b->count || a->onset_count != b->onset_count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!same_observance(&a->observances[i], &b->observances[i]))
            return false;
    for (size_t i = 0; i < a->onset_count; i++)
        if (a->onsets[i].at != b->onsets[i].at ||
            a->onsets[i].observance != b->onsets[i].observance)
            return false;
    return true;
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
    struct ical_foreign_zone read = {.calendar = zones->calendar};
    memcpy(read.id, id, strlen(id) + 1);
    memcpy(read.location, location, strlen(location) + 1);
    ical_foreign_read(&read, component);
    if (same_rules(foreign, &read))
        memcpy(read.years, foreign->years, sizeof read.years);
    *foreign = read;
}

/*
 * --- the doors ---------------------------------------------------------------------------------
 */

/* True for the name of an offset, which is no place's: GMT, EST, Etc/GMT-3, UTC+1130. */
static bool names_offset(const struct zone *zone)
{
    static const char *const names[] = {"UTC", "GMT", "GMT0", "GMT+0",     "GMT-0", "UCT",
                                        "EST", "MST", "Zulu", "Universal", "HST",   "Greenwich"};
    int32_t offset;
    return word_find(names, sizeof names / sizeof *names, zone_name(zone)) >= 0 ||
           strncmp(zone_name(zone), "Etc/", 4) == 0 || zone_fixed_parse(zone_name(zone), &offset);
}

/* The VTIMEZONE of this calendar under this TZID: those of others do not speak for it. */
static struct ical_foreign_zone *foreign_here(const struct ical_zones *zones, const char *id)
{
    struct ical_foreign_zone *foreign = foreign_find(zones, id);
    return foreign && foreign->calendar == zones->calendar ? foreign : NULL;
}

/* True if the calendar's own VTIMEZONE has other rules than the offset that its TZID names. */
static bool overruled(const struct ical_zones *zones, const char *id, const struct zone *zone,
                      int year)
{
    struct ical_foreign_zone *foreign = names_offset(zone) ? foreign_here(zones, id) : NULL;
    const struct ical_zone_year *rules = foreign ? ical_foreign_year(foreign, year) : NULL;
    return rules && !fits_exactly(zone, rules);
}

bool ical_zones_settled(const struct ical_zones *zones, const char *id)
{
    return foreign_here(zones, id) != NULL;
}

const struct zone *ical_zones_named(struct ical_zones *zones, const char *id)
{
    const struct zone *zone = known_find(zones, id);
    const struct ical_foreign_zone *foreign = zone ? NULL : foreign_find(zones, id);
    return foreign && foreign->location[0] ? known_find(zones, foreign->location) : zone;
}

const struct zone *ical_zones_find(struct ical_zones *zones, const char *id, int year)
{
    const struct zone *zone = known_find(zones, id);
    if (zone && !overruled(zones, id, zone, year))
        return zone;
    struct ical_foreign_zone *foreign = foreign_find(zones, id);
    if (!foreign)
        return NULL;
    zone = foreign->location[0] ? known_find(zones, foreign->location) : NULL;
    struct ical_zone_year *rules = ical_foreign_year(foreign, year);
    if (zone || !rules)
        return zone;
    if (!rules->looked) {
        rules->looked = true;
        rules->fits = find_by_rules(zones, foreign, rules);
    }
    return rules->fits;
}

/* The calendar's rules under a TZID for a year, if the zone is not known to have the same. */
static const struct ical_zone_year *rules_apart(const struct ical_zones *zones, const char *id,
                                                const struct zone *zone, int year)
{
    struct ical_foreign_zone *foreign = foreign_here(zones, id);
    struct ical_zone_year *rules = foreign ? ical_foreign_year(foreign, year) : NULL;
    if (!rules)
        return NULL;
    if (rules->compared != zone) {
        rules->compared = zone;
        rules->same = fits_exactly(zone, rules);
    }
    return rules->same ? NULL : rules;
}

/* Looks at the weeks from `local` on that lie in the year. */
static bool differs_in(const struct ical_zone_year *rules, const struct zone *zone,
                       struct local_time local, int weeks)
{
    for (int week = 0; week < weeks; week++) {
        struct local_time at = local_add_days(local, 7 * week);
        if (at.year == rules->year && !zone_has(zone, at, ical_year_offset(rules, at)))
            return true;
    }
    return false;
}

bool ical_zones_differ(struct ical_zones *zones, const char *id, const struct zone *zone,
                       struct local_time local, bool recurs)
{
    const int weeks = recurs ? 53 : 1;
    for (int year = local.year; year <= local.year + recurs; year++) {
        const struct ical_zone_year *rules = rules_apart(zones, id, zone, year);
        if (rules && differs_in(rules, zone, local, weeks))
            return true;
    }
    return false;
}

bool ical_zones_offset(const struct ical_zones *zones, const char *id, struct local_time local,
                       int32_t *offset)
{
    struct ical_foreign_zone *foreign = foreign_find(zones, id);
    const struct ical_zone_year *rules = foreign ? ical_foreign_year(foreign, local.year) : NULL;
    if (rules)
        *offset = ical_year_offset(rules, local);
    return rules != NULL;
}
