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

bool rule_only(const char *rrule, const char *const *names)
{
    const char *at = rrule;
    for (size_t n = part_next(&at); n; at += n, n = part_next(&at)) {
        bool known = false;
        for (size_t i = 0; names[i] && !known; i++)
            known = part_named(at, n, names[i]);
        if (!known)
            return false;
    }
    return true;
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

static const char *until_move(struct arena *arena, const char *rrule, const struct zone *from,
                              const struct zone *to, bool all_day, int64_t by)
{
    const char *until = rule_part(arena, rrule, "UNTIL");
    struct local_time local;
    enum basic_form form = until ? local_read_basic(until, strlen(until), &local) : BASIC_NONE;
    /* a date, the end of its day, moves by whole days: not at all if only the time changed */
    if (form == BASIC_NONE || (form == BASIC_DATE && by < DAY && by > -DAY))
        return rrule;
    if (form == BASIC_DATE) {
        local = local_from_seconds(local_seconds(local) + by / DAY * DAY);
        return rule_end(arena, rrule,
                        arena_format(arena, "UNTIL=%.8s", local_format_basic(arena, local)));
    }
    if (form == BASIC_UTC)
        local = zone_read(from, local_seconds(local)).local;
    local = local_from_seconds(local_seconds(local) + by);
    return rule_end(arena, rrule, rule_until(arena, to, all_day, local));
}

/* The weekdays of a weekly rule, turned on by `days`: "MO,WE" by one is "TU,TH". */
static const char *days_move(struct arena *arena, const char *rrule, int days)
{
    const char *by_day = rule_part(arena, rrule, "BYDAY"), *freq = rule_part(arena, rrule, "FREQ");
    if (!by_day || !freq || strcasecmp(freq, "WEEKLY") != 0 || days == 0)
        return rrule;
    struct text out = rule_without(arena, rrule, "BYDAY", "BYDAY");
    text_add(&out, ";BYDAY=");
    for (const char *at = by_day; *at; at += strcspn(at, ","), at += *at == ',') {
        int day = weekday_of_code(at);
        if (day < 0 || strcspn(at, ",") != 2)
            return rrule;
        day = ((day + days) % 7 + 7) % 7;
        text_addf(&out, "%s%s", at > by_day ? "," : "", weekday_code(day));
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
