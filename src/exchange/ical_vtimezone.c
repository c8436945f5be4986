/*
 * A VTIMEZONE (RFC 5545, 3.6.5) boiled down to its observances, and the offsets that these give
 * through a year.
 */
#include "ical_zone.h"

#include <core/recurrence.h>
#include <string.h>
#include <strings.h>

/*
 * --- reading -----------------------------------------------------------------------------------
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

static struct local_time local_after(struct local_time utc, int32_t offset)
{
    return local_from_seconds(local_seconds(utc) + offset);
}

static bool rule_read(struct ical_observance *observance, const char *rule)
{
    if (strlen(rule) >= ICAL_ZONE_RULE || recurrence_check(rule, NULL) != ERR_OK)
        return false;
    memcpy(observance->rule, rule, strlen(rule) + 1);
    return true;
}

/*
 * RDATE: onsets one by one, each on the clock that it ends; they are of the observance that was
 * begun last. Some programs write onsets in UTC, which RFC 5545 does not provide for: that is kept
 * in mind, for TZOFFSETFROM may stand behind them.
 */
static bool onsets_read(struct ical_foreign_zone *foreign, const char *list)
{
    struct local_time local;
    while (*list) {
        size_t n = strcspn(list, ",");
        enum basic_form form = local_read_basic(list, n, &local);
        if (foreign->onset_count == ICAL_ONSETS || form == BASIC_NONE)
            return false;
        foreign->onsets[foreign->onset_count++] =
            (struct ical_onset){local_seconds(local), foreign->count - 1, form == BASIC_UTC};
        list += n + (list[n] == ',');
    }
    return true;
}

/* A property of the observance that was begun last. */
static bool observance_property(struct ical_foreign_zone *foreign,
                                const struct ical_property *property)
{
    struct ical_observance *observance = &foreign->observances[foreign->count - 1];
    if (strcmp(property->name, "TZOFFSETFROM") == 0)
        return offset_read(property->value, &observance->offset_from);
    if (strcmp(property->name, "TZOFFSETTO") == 0)
        return offset_read(property->value, &observance->offset_to);
    if (strcmp(property->name, "DTSTART") == 0) {
        enum basic_form form =
            local_read_basic(property->value, strlen(property->value), &observance->start);
        observance->start_utc = form == BASIC_UTC;
        return form != BASIC_NONE;
    }
    if (strcmp(property->name, "RDATE") == 0)
        return onsets_read(foreign, property->value);
    return strcmp(property->name, "RRULE") != 0 || rule_read(observance, property->value);
}

/* UNTIL is in UTC, as RFC 5545 has it here: brought to the clock that the onsets are read on. */
static void until_to_local(struct ical_observance *observance)
{
    char *until = strcasestr(observance->rule, "UNTIL="), text[16] = "";
    struct local_time at;
    if (!until)
        return;
    until += strlen("UNTIL=");
    if (local_read_basic(until, strcspn(until, ";"), &at) != BASIC_UTC)
        return;
    struct arena *arena = arena_new();
    memcpy(text, local_format_basic(arena, local_after(at, observance->offset_from)), 15);
    arena_free(arena);
    memcpy(until, text, 15);
    memmove(until + 15, until + 16, strlen(until + 16) + 1); /* the Z goes */
}

/* Onsets in UTC, and the ends of rules: each on the clock that its observance ends. */
static void onsets_to_local(struct ical_foreign_zone *foreign)
{
    for (size_t i = 0; i < foreign->count; i++) {
        struct ical_observance *observance = &foreign->observances[i];
        if (observance->start_utc)
            observance->start = local_after(observance->start, observance->offset_from);
        until_to_local(observance);
    }
    for (size_t i = 0; i < foreign->onset_count; i++) {
        struct ical_onset *onset = &foreign->onsets[i];
        if (onset->utc)
            onset->at += foreign->observances[onset->observance].offset_from;
    }
}

void ical_foreign_read(struct ical_foreign_zone *foreign, const struct ical_component *component)
{
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
            foreign->observances[foreign->count++] =
                (struct ical_observance){.start = {1, 1, 1, 0, 0, 0}};
        } else if (foreign->count && !observance_property(foreign, property)) {
            foreign->whole = false;
        }
    }
    onsets_to_local(foreign);
}

/*
 * --- a year ------------------------------------------------------------------------------------
 */

/* The stretches of a year while the onsets are put, one observance after the other. */
struct year_building {
    struct ical_zone_year *year;
    int64_t begin;  /* of the year, as local_seconds */
    int64_t before; /* the last onset before it, likewise */
    int32_t offset; /* that the onsets bring which are put now */
};

/* Of onsets at the same time the one that is put first counts. */
static void onset_put(struct year_building *building, int64_t onset)
{
    struct ical_zone_year *year = building->year;
    if (onset <= building->begin) {
        if (onset > building->before) {
            building->before = onset;
            year->stretches[0].offset = building->offset;
        }
        return;
    }
    size_t at = year->count;
    while (at > 1 && year->stretches[at - 1].from > onset)
        at--;
    if (year->stretches[at - 1].from == onset)
        return;
    if (year->count == ICAL_STRETCHES) { /* no clock changes so often: nothing is concluded */
        year->overfull = true;
        return;
    }
    memmove(&year->stretches[at + 1], &year->stretches[at],
            (year->count - at) * sizeof *year->stretches);
    year->stretches[at] = (struct ical_stretch){onset, building->offset};
    year->count++;
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
static void observance_put(struct year_building *building, const struct ical_foreign_zone *foreign,
                           size_t index)
{
    const struct ical_observance *observance = &foreign->observances[index];
    const int year = building->year->year;
    const struct local_time from = local_from_seconds(building->begin - (int64_t)800 * DAY);
    const struct local_time last = {year, 12, 31, 23, 59, 59};
    building->offset = observance->offset_to;
    if (local_compare(observance->start, last) <= 0)
        onset_put(building, local_seconds(observance->start));
    if (observance->rule[0])
        recurrence_each(observance->rule, observance_begin(observance, year), NULL, from, last,
                        onset_visit, building, NULL);
    for (size_t i = 0; i < foreign->onset_count; i++)
        if (foreign->onsets[i].observance == index && foreign->onsets[i].at <= local_seconds(last))
            onset_put(building, foreign->onsets[i].at);
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

struct ical_zone_year *ical_foreign_year(struct ical_foreign_zone *foreign, int year)
{
    struct ical_zone_year *found = &foreign->years[year % ICAL_ZONE_YEARS];
    if (!foreign->whole || foreign->count == 0)
        return NULL;
    if (found->year != year) {
        const struct local_time january = {year, 1, 1, 0, 0, 0};
        struct year_building building = {found, local_seconds(january), INT64_MIN, 0};
        *found = (struct ical_zone_year){.year = year, .count = 1};
        found->stretches[0] = (struct ical_stretch){INT64_MIN, offset_at_first(foreign)};
        for (size_t i = 0; i < foreign->count; i++)
            observance_put(&building, foreign, i);
    }
    return found->overfull ? NULL : found;
}

int32_t ical_year_offset(const struct ical_zone_year *year, struct local_time local)
{
    size_t last = year->count - 1;
    while (last > 0 && year->stretches[last].from > local_seconds(local))
        last--;
    return year->stretches[last].offset;
}
