/*
 * Answers where series take place, for the comparison in recurrence.py. Lines on standard input, an
 * answer to each:
 *   ZONE START TO RULE      the local start, an instant, an RRULE      the instants of all starts
 *   before TO, in order
 * A zone is a TZif file's path. As a shared library it exports the engine's functions in a record
 * instead.
 */
#include <base/file.h>
#include <base/vector.h>
#include <core/recurrence.h>
#include <core/series.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct recurrence_record {
    enum err (*check)(const char *, struct error *);
    enum err (*each)(const char *, struct local_time, const struct zone *, struct local_time,
                     struct local_time, recurrence_visit *, void *, struct error *);
    enum err (*last)(const char *, struct local_time, const struct zone *, struct local_time *,
                     bool *, struct error *);
} recurrence_record;
const struct recurrence_record recurrence_record = {recurrence_check, recurrence_each,
                                                    recurrence_last};

struct zones VECTOR(const struct zone *);

static const struct zone *find(struct arena *arena, struct zones *zones, const char *path)
{
    char *bytes;
    size_t size;
    struct error error;
    for (size_t i = 0; i < zones->count; i++)
        if (strcmp(zone_name(zones->items[i]), path) == 0)
            return zones->items[i];
    const struct zone *zone = NULL;
    if (file_read(arena, path, 1 << 20, &bytes, &size, &error) ||
        zone_parse(arena, path, bytes, size, &zone, &error))
        die("%s: %s", error.what, error.why);
    *vector_push(arena, zones) = zone;
    return zone;
}

static void answer(struct arena *arena, struct meeting *meeting, const struct zone *zone,
                   int64_t to)
{
    struct occurrences list = {0};
    struct error error = {0};
    if (recurrence_check(meeting->rrule, &error) ||
        series_occurrences(arena, meeting, zone, INT64_MIN, to, 0, &list, &error))
        printf("%s: %s", error.what, error.why);
    for (size_t i = 0; i < list.count; i++)
        printf("%s%lld", i ? " " : "", (long long)list.items[i].start);
    putchar('\n');
}

int main(void)
{
    struct arena *arena = arena_new(), *scratch = arena_new();
    struct zones zones = {0};
    char line[4096], path[512], start[32], rule[2048];
    long long to;
    while (fgets(line, sizeof line, stdin)) {
        struct meeting meeting = {
            .uid = "", .title = "", .location = "", .notes = "", .duration = 1};
        if (sscanf(line, "%511s %31s %lld %2047s", path, start, &to, rule) != 4 ||
            !local_parse_basic(start, &meeting.start_local))
            die("not a question: %s", line);
        meeting.rrule = rule;
        answer(scratch, &meeting, find(arena, &zones, path), to);
        arena_reset(scratch);
    }
    arena_free(scratch);
    arena_free(arena);
    return 0;
}
