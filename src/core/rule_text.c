/*
 * Changing a recurrence rule's text: its end, and the parts that move along with a series.
 */
#include "rule_text.h"

#include <base/vector.h>
#include <core/series_split.h>
#include <string.h>
#include <strings.h>

/* Moves *at to the next part of a rule. Returns the part's length, 0 at the end. */
static size_t part_next(const char **at)
{
    *at += strspn(*at, ";");
    return strcspn(*at, ";");
}

static bool part_named(const char *part, size_t length, const char *name)
{
    size_t n = strlen(name);
    return length > n && part[n] == '=' && strncasecmp(part, name, n) == 0;
}

const char *rule_part(struct arena *arena, const char *rrule, const char *name)
{
    const char *at = rrule;
    for (size_t n = part_next(&at); n; at += n, n = part_next(&at))
        if (part_named(at, n, name))
            return arena_copy_n(arena, at + strlen(name) + 1, n - strlen(name) - 1);
    return NULL;
}

/* The rule without the part of this name (and, for an end, the other name). */
static struct text rule_without(struct arena *arena, const char *rrule, const char *name,
                                const char *other)
{
    struct text out = text_start(arena);
    const char *at = rrule;
    for (size_t n = part_next(&at); n; at += n, n = part_next(&at)) {
        if (part_named(at, n, name) || part_named(at, n, other))
            continue;
        text_add(&out, out.length ? ";" : "");
        text_add_n(&out, at, n);
    }
    return out;
}

const char *rule_end(struct arena *arena, const char *rrule, const char *end)
{
    struct text out = rule_without(arena, rrule, "COUNT", "UNTIL");
    if (end)
        text_addf(&out, ";%s", end);
    return out.bytes;
}

const char *rule_until(struct arena *arena, const struct zone *zone, bool all_day,
                       struct local_time last)
{
    int64_t instant;
    if (all_day)
        return arena_format(arena, "UNTIL=%.8s", local_format_basic(arena, last));
    zone_instant(zone, last, &instant);
    return arena_format(arena, "UNTIL=%sZ", local_format_basic(arena, local_from_seconds(instant)));
}

/* --- moving --- */

/*
 * UNTIL as a local time of the series; false if it is a date (which is the end of its day) or
 * cannot be read.
 */
static bool until_local(struct arena *arena, const char *until, const struct zone *zone,
                        struct local_time *local)
{
    size_t length = strlen(until);
    bool utc = length == 16;
    if ((length != 15 && !utc) || !local_parse_basic(arena_copy_n(arena, until, 15), local))
        return false;
    if (utc)
        *local = zone_read(zone, local_seconds(*local)).local;
    return true;
}

static const char *until_move(struct arena *arena, const char *rrule, const struct zone *from,
                              const struct zone *to, bool all_day, int64_t by)
{
    const char *until = rule_part(arena, rrule, "UNTIL");
    struct local_time local;
    if (!until)
        return rrule;
    if (until_local(arena, until, from, &local)) {
        local = local_from_seconds(local_seconds(local) + by);
        return rule_end(arena, rrule, rule_until(arena, to, all_day, local));
    }
    /* a date moves by whole days, and not at all if only the time of day changed */
    if (strlen(until) != 8 || !local_parse_basic(until, &local) || (by < DAY && by > -DAY))
        return rrule;
    local = local_from_seconds(local_seconds(local) + by / DAY * DAY);
    return rule_end(arena, rrule,
                    arena_format(arena, "UNTIL=%.8s", local_format_basic(arena, local)));
}

/* The weekdays of a weekly rule, turned on by `days`: "MO,WE" by one is "TU,TH". */
static const char *days_move(struct arena *arena, const char *rrule, int days)
{
    static const char names[] = "MOTUWETHFRSASU";
    const char *by_day = rule_part(arena, rrule, "BYDAY"), *freq = rule_part(arena, rrule, "FREQ");
    if (!by_day || !freq || strcasecmp(freq, "WEEKLY") != 0 || days == 0)
        return rrule;
    struct text out = rule_without(arena, rrule, "BYDAY", "BYDAY");
    text_add(&out, ";BYDAY=");
    for (const char *at = by_day; *at; at += strcspn(at, ","), at += *at == ',') {
        int day = 0;
        while (day < 7 && strncasecmp(at, names + (size_t)day * 2, 2) != 0)
            day++;
        if (day == 7 || strcspn(at, ",") != 2)
            return rrule;
        day = ((day + days) % 7 + 7) % 7;
        text_addf(&out, "%s%.2s", at > by_day ? "," : "", names + (size_t)day * 2);
    }
    return out.bytes;
}

const char *rule_move(struct arena *arena, const char *rrule, const struct zone *from,
                      const struct zone *to, bool all_day, struct local_time old_start,
                      struct local_time new_start)
{
    int64_t by = local_seconds(new_start) - local_seconds(old_start);
    int64_t days =
        (local_seconds(local_midnight(new_start)) - local_seconds(local_midnight(old_start))) / DAY;
    if (by == 0 && zone_fingerprint(from) == zone_fingerprint(to))
        return rrule;
    rrule = until_move(arena, rrule, from, to, all_day, by);
    return days_move(arena, rrule, (int)(days % 7));
}
