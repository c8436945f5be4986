/*
 * Zones of a constant offset: what a calendar's own VTIMEZONE may have, and no place on earth.
 */
#include <stdio.h>
#include <string.h>

#include "zone_data.h"

enum { HOURS_MAX = 14 };

bool zone_fixed_name(int32_t offset, char name[ZONE_FIXED_NAME])
{
    int minutes = (offset < 0 ? -offset : offset) / MINUTE;
    if (offset % MINUTE != 0 || minutes / 60 > HOURS_MAX)
        return false;
    snprintf(name, ZONE_FIXED_NAME, "UTC%c%02d%02d", offset < 0 ? '-' : '+', minutes / 60 % 100,
             minutes % 60);
    return true;
}

/* One digit or two. */
static bool read_pair(const char **s, size_t least, int most, int *value)
{
    size_t digits = strspn(*s, "0123456789");
    if (digits > 2)
        digits = 2;
    if (digits < least)
        return false;
    *value = 0;
    for (; digits > 0; digits--)
        *value = *value * 10 + (*(*s)++ - '0');
    return *value <= most;
}

bool zone_fixed_parse(const char *name, int32_t *offset)
{
    int hours, minutes = 0;
    bool named = strncmp(name, "UTC", 3) == 0 || strncmp(name, "GMT", 3) == 0;
    name += named ? 3 : 0;
    int sign = *name == '-' ? -1 : 1;
    if (*name != '+' && *name != '-')
        return false;
    name++;
    if (!read_pair(&name, named ? 1 : 2, HOURS_MAX, &hours))
        return false;
    if (*name) {
        name += *name == ':';
        if (!read_pair(&name, 2, 59, &minutes) || *name)
            return false;
    }
    *offset = sign * (hours * HOUR + minutes * MINUTE);
    return true;
}

const struct zone *zone_fixed(struct arena *arena, int32_t offset)
{
    char name[ZONE_FIXED_NAME];
    if (offset == 0 || !zone_fixed_name(offset, name))
        return zone_utc();
    struct zone *zone = arena_alloc(arena, sizeof *zone);
    *zone = (struct zone){.name = arena_copy(arena, name)};
    zone->first = (struct zone_type){.offset = offset, .abbreviation = zone->name + 3};
    return zone;
}
