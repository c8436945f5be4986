/*
 * Fuzzes what people type: times, durations, numbers, addresses. What is taken must print and read
 * back as the same.
 */
#include <base/arena.h>
#include <base/utf8.h>
#include <core/directory.h>
#include <core/time.h>
#include <core/zone.h>
#include <stdlib.h>
#include <string.h>

#include "support/zones.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool kept)
{
    if (!kept)
        abort();
}

static void check_error(const struct error *error)
{
    demand(error->code == ERR_INVALID && error->what[0] && error->why[0]);
    demand(utf8_valid(error->what, strlen(error->what)) &&
           utf8_valid(error->why, strlen(error->why)));
}

static void check_time(struct arena *arena, const struct zone *zone, const char *s)
{
    const int64_t now = 1795507200; /* 24 November 2026 */
    struct time_reading reading;
    struct error error = {0};
    int64_t back = 0;
    if (time_parse("start", s, now, zone, &reading, &error)) {
        check_error(&error);
        return;
    }
    demand(local_valid(reading.local));
    time_format(arena, reading.instant, zone, true);
    if (reading.local.year < 2 || reading.local.year > 9998)
        return;
    demand(time_parse_rfc3339(time_format_rfc3339(arena, reading.instant, zone), &back));
    demand(back == reading.instant);
    if (!reading.in_gap && !reading.twice && !reading.has_offset)
        demand(local_compare(zone_read(zone, reading.instant).local, reading.local) == 0);
}

static void check_strict(struct arena *arena, const char *s)
{
    struct local_time local;
    int64_t instant;
    time_parse_rfc3339(s, &instant);
    if (local_parse_basic(s, &local)) {
        struct local_time back = {0};
        demand(local_valid(local) && local_parse_basic(local_format_basic(arena, local), &back));
        demand(local_compare(local, back) == 0);
    }
}

static void check_duration(struct arena *arena, const char *s)
{
    int64_t seconds, back = -1;
    struct error error = {0};
    if (duration_parse(s, &seconds, &error)) {
        check_error(&error);
        return;
    }
    demand(seconds >= 0);
    demand(!duration_parse(duration_format(arena, seconds), &back, NULL) && back == seconds);
    demand(!duration_parse(duration_format_iso(arena, seconds), &back, NULL) && back == seconds);
}

static void check_directory(struct arena *arena, const char *s)
{
    char number[17], back[17];
    struct error error = {0};
    if (number_parse(s, number, &error)) {
        check_error(&error);
        demand(number[0] == '\0');
    } else {
        demand(!number_parse(number_format(arena, number), back, NULL) &&
               strcmp(number, back) == 0);
    }
    number_format(arena, s);
    if (!email_parse("attendee", s, NULL))
        demand(utf8_printable(arena, s, false) == s && !strpbrk(s, " \r\n<>,;"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *s = arena_copy_n(arena, (const char *)data, size);
    check_time(arena, zone_utc(), s);
    check_time(arena, support_zone(arena, "Europe/Berlin", SUPPORT_TZ_BERLIN), s);
    check_strict(arena, s);
    check_duration(arena, s);
    check_directory(arena, s);
    arena_free(arena);
    return 0;
}
