/*
 * The tables of docs/times.md are true: each row is read as the page says it is. The tests run from
 * the checkout's folder.
 */
#include "support/zones_system.h"

#include <base/file.h>
#include <base/vector.h>
#include <core/time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum table {
    TABLE_NONE,
    TABLE_TIMES,
    TABLE_TIMES_REFUSED,
    TABLE_DURATIONS,
    TABLE_DURATIONS_REFUSED
};

struct page {
    struct arena *arena;
    struct zones_system *zones;
    const struct zone *zone;
    int64_t now;
    enum table table;
    int line, rows[TABLE_DURATIONS_REFUSED + 1];
};

/* The text of the n-th cell, its blanks and backticks taken off. */
static char *cell(const struct page *page, const char *row, int n)
{
    while (n-- >= 0) {
        row = strchr(row, '|');
        if (!row++)
            fail_msg("line %d has too few cells", page->line);
    }
    const char *end = strchr(row, '|');
    if (!end)
        fail_msg("line %d has too few cells", page->line);
    while (row < end && (*row == ' ' || *row == '`'))
        row++;
    while (end > row && (end[-1] == ' ' || end[-1] == '`'))
        end--;
    return arena_copy_n(page->arena, row, (size_t)(end - row));
}

static const char *remarks(const struct page *page, const struct time_reading *reading)
{
    struct text text = text_start(page->arena);
    if (reading->date_only)
        text_add(&text, "whole day");
    if (reading->in_gap || reading->twice)
        text_addf(&text, "%s%s", text.length ? ", " : "",
                  reading->in_gap ? "does not exist" : "exists twice");
    return text.bytes;
}

static void time_row(const struct page *page, const char *row)
{
    const char *typed = cell(page, row, 0);
    struct time_reading reading = {0};
    struct error error = {0};
    if (time_parse("start", typed, page->now, page->zone, &reading, &error))
        fail_msg("line %d: '%s': %s", page->line, typed, error.why);
    const char *means = time_format_rfc3339(page->arena, reading.instant, page->zone);
    if (strcmp(means, cell(page, row, 1)) != 0)
        fail_msg("line %d: '%s' means %s", page->line, typed, means);
    if (strcmp(remarks(page, &reading), cell(page, row, 2)) != 0)
        fail_msg("line %d: '%s' is: %s", page->line, typed, remarks(page, &reading));
}

static void refused_row(const struct page *page, const char *row)
{
    const char *typed = cell(page, row, 0), *why = cell(page, row, 1);
    bool is_time = page->table == TABLE_TIMES_REFUSED;
    struct time_reading reading;
    struct error error = {0};
    int64_t seconds;
    enum err err = is_time ? time_parse("start", typed, page->now, page->zone, &reading, &error)
                           : duration_parse(typed, &seconds, &error);
    if (err != ERR_INVALID)
        fail_msg("line %d: '%s' was taken", page->line, typed);
    if (strncmp(error.why, why, strlen(why)) != 0)
        fail_msg("line %d: '%s': %s", page->line, typed, error.why);
    assert_string_equal(
        error.what, arena_format(page->arena, "%s '%s'", is_time ? "start" : "duration", typed));
}

static void duration_row(const struct page *page, const char *row)
{
    const char *typed = cell(page, row, 0);
    int64_t seconds = -1;
    if (duration_parse(typed, &seconds, NULL) ||
        strcmp(arena_format(page->arena, "%lld minutes", (long long)(seconds / MINUTE)),
               cell(page, row, 1)) != 0 ||
        seconds % MINUTE)
        fail_msg("line %d: '%s' lasts %lld seconds", page->line, typed, (long long)seconds);
}

static void row(struct page *page, const char *line)
{
    page->rows[page->table]++;
    switch (page->table) {
    case TABLE_NONE:
        fail_msg("line %d: a row without a table's head", page->line);
        break;
    case TABLE_TIMES:
        time_row(page, line);
        break;
    case TABLE_TIMES_REFUSED:
    case TABLE_DURATIONS_REFUSED:
        refused_row(page, line);
        break;
    case TABLE_DURATIONS:
        duration_row(page, line);
        break;
    }
}

static void head(struct page *page, const char *line)
{
    static const char *const heads[] = {NULL, "| typed | means | and |",
                                        "| typed | refused, as it says |", "| duration | lasts |",
                                        "| duration | refused, as it says |"};
    for (enum table table = TABLE_TIMES; table <= TABLE_DURATIONS_REFUSED; table++) {
        if (strcmp(line, heads[table]) == 0) {
            page->table = table;
            return;
        }
    }
    if (strncmp(line, "| ---", 5) != 0)
        fail_msg("line %d: no head of a table: %s", page->line, line);
}

/* "Now is 2026-11-24T09:00:00+01:00 in Europe/Berlin, a Tuesday." */
static void now_is(struct page *page, const char *line)
{
    char when[40], zone[40], weekday[16];
    if (sscanf(line, "Now is %39s in %39[^,], a %15[A-Za-z].", when, zone, weekday) != 3 ||
        !time_parse_rfc3339(when, &page->now))
        fail_msg("line %d: %s", page->line, line);
    page->zone = zones_system_zone(page->zones, zone);
    assert_string_equal(time_format_rfc3339(page->arena, page->now, page->zone), when);
    assert_string_equal(weekday_long_name(local_weekday(zone_read(page->zone, page->now).local)),
                        weekday);
}

static void the_page_is_true(void **state)
{
    (void)state;
    struct page page = {.arena = arena_new(), .zones = zones_system_start()};
    char *text = NULL;
    size_t size = 0;
    struct error error = {0};
    if (file_read(page.arena, "docs/times.md", 1 << 20, &text, &size, &error))
        fail_msg("%s: %s", error.what, error.why);
    for (char *line; (line = strsep(&text, "\n")) != NULL;) {
        const char *now = strstr(line, "Now is ");
        page.line++;
        if (now)
            now_is(&page, now);
        else if (strncmp(line, "| `", 3) == 0)
            row(&page, line);
        else if (line[0] == '|')
            head(&page, line);
        else
            page.table = TABLE_NONE;
    }
    assert_true(page.rows[TABLE_TIMES] > 80 && page.rows[TABLE_TIMES_REFUSED] > 20);
    assert_true(page.rows[TABLE_DURATIONS] > 10 && page.rows[TABLE_DURATIONS_REFUSED] > 5);
    zones_system_end(page.zones);
    arena_free(page.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_page_is_true)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
