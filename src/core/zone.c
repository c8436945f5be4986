/*
 * Zones: from an instant to a wall clock's reading and back.
 */
#include "zone_data.h"

const struct zone *zone_utc(void)
{
    static const struct zone utc = {.name = "UTC", .first = {.abbreviation = "UTC"}};
    return &utc;
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

int64_t zone_fingerprint(const struct zone *zone)
{
    return zone->fingerprint;
}

const struct time_style *zone_style(const struct zone *zone)
{
    static const struct time_style plain = {0};
    return zone->style ? zone->style : &plain;
}

const struct zone *zone_styled(struct arena *arena, const struct zone *zone,
                               const struct time_style *style)
{
    struct zone *copy = arena_alloc(arena, sizeof *copy);
    *copy = *zone;
    copy->style = style;
    return copy;
}

/* Some 34,800 years: no reading is further away. */
#define FAR (INT64_C(1) << 40)

/* Keeps arithmetic on INSTANT_NEVER and its like from overflowing. */
static int64_t within_reach(int64_t instant)
{
    return instant > FAR ? FAR : instant < -FAR ? -FAR : instant;
}

/* How many transitions are at or before the instant. */
static size_t transitions_until(const struct zone *zone, int64_t instant)
{
    size_t before = instants_before(zone->transitions, zone->count, instant);
    return before + (before < zone->count && zone->transitions[before] == instant);
}

static const struct zone_type *type_at(const struct zone *zone, int64_t instant)
{
    size_t passed = transitions_until(zone, instant);
    if (passed == zone->count && zone->rule.present)
        return zone_rule_at(&zone->rule, instant);
    return passed == 0 ? &zone->first : &zone->types[zone->kinds[passed - 1]];
}

struct zone_reading zone_read(const struct zone *zone, int64_t instant)
{
    instant = within_reach(instant);
    const struct zone_type *type = type_at(zone, instant);
    return (struct zone_reading){local_from_seconds(instant + type->offset), type->offset,
                                 type->abbreviation, type->daylight};
}

int64_t zone_next_change(const struct zone *zone, int64_t instant)
{
    instant = within_reach(instant);
    int32_t offset = type_at(zone, instant)->offset;
    for (size_t i = transitions_until(zone, instant); i < zone->count; i++)
        if (type_at(zone, zone->transitions[i])->offset != offset)
            return zone->transitions[i] > FAR ? INSTANT_NEVER : zone->transitions[i];
    if (!zone->rule.present)
        return INSTANT_NEVER;
    if (zone->count && instant < zone->transitions[zone->count - 1])
        instant = zone->transitions[zone->count - 1];
    return zone_rule_next(&zone->rule, instant);
}

/*
 * Walks the stretches of one offset around the reading. In each, the reading stands for one instant
 * at most; if it falls between two of them and in none, the clock was put forward over it.
 */
enum zone_fit zone_instant(const struct zone *zone, struct local_time local, int64_t *instant)
{
    enum { REACH = 28 * HOUR }; /* offsets are within 26 hours of UTC */
    const int64_t reading = local_seconds(local);
    int64_t from = reading - REACH;
    int32_t offset = type_at(zone, from)->offset;
    bool found = false, gap = false;
    while (from <= reading + REACH) {
        int64_t until = zone_next_change(zone, from), candidate = reading - offset;
        if (candidate >= from && candidate < until) {
            if (found)
                return ZONE_FIT_TWICE;
            found = true;
            *instant = candidate;
        }
        if (until == INSTANT_NEVER)
            break;
        offset = type_at(zone, until)->offset;
        if (!found && !gap && candidate >= until && reading - offset < until) {
            gap = true;
            *instant = candidate;
        }
        from = until;
    }
    return gap && !found ? ZONE_FIT_GAP : ZONE_FIT_ONCE;
}
