/*
 * Answers questions about zones, for the comparison in zones.py. Lines on standard input, an answer
 * to each:
 *   z FILE      read this TZif file                     ok, or what is wrong
 *   r INSTANT   what a clock shows then                 LOCAL OFFSET ABBREVIATION
 *   l LOCAL     which instant a clock's reading is      INSTANT FIT (0 once, 1 gap, 2 twice)
 *   n INSTANT   the next change of offset               INSTANT, or -
 */
#include <base/file.h>
#include <core/zone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct zone *load(struct arena *arena, const char *path)
{
    char *bytes;
    size_t size;
    const struct zone *zone = zone_utc();
    struct error error;
    arena_reset(arena);
    if (file_read(arena, path, 1 << 20, &bytes, &size, &error) ||
        zone_parse(arena, path, bytes, size, &zone, &error))
        printf("%s: %s\n", error.what, error.why);
    else
        puts("ok");
    return zone;
}

static void answer(struct arena *arena, const struct zone *zone, char question,
                   const char *argument)
{
    int64_t instant = strtoll(argument, NULL, 10);
    struct local_time local = {0};
    if (question == 'r') {
        struct zone_reading reading = zone_read(zone, instant);
        printf("%s %d %s\n", local_format_basic(arena, reading.local), reading.offset,
               reading.abbreviation);
    } else if (question == 'l' && local_parse_basic(argument, &local)) {
        enum zone_fit fit = zone_instant(zone, local, &instant);
        printf("%lld %d\n", (long long)instant, fit);
    } else if (question == 'n') {
        instant = zone_next_change(zone, instant);
        if (instant == INSTANT_NEVER)
            puts("-");
        else
            printf("%lld\n", (long long)instant);
    } else {
        puts("?");
    }
}

int main(void)
{
    struct arena *arena = arena_new();
    const struct zone *zone = zone_utc();
    char line[512];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == 'z')
            zone = load(arena, line + 2);
        else
            answer(arena, zone, line[0], line + 2);
    }
    arena_free(arena);
    return 0;
}
