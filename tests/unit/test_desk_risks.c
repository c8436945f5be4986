/*
 * Mixing risks over the whole store: random calendars against the definition by brute force, across
 * the slices in which they are read; and that crowds and endless series cost what is told, of risks
 * and of overlaps, counted in steps of SQLite and in bytes.
 */
#include "desk_support.h"
#include "support/effort.h"
#include <core/risk.h>
#include <stdlib.h>
#include <string.h>

/* An event of Ada's that carries her static ID. */
static void add_event(struct text *text, const char *uid, const char *start, int minutes,
                      const char *rule)
{
    text_addf(text,
              "BEGIN:VEVENT\nUID:%s\nDTSTAMP:20260101T000000Z\nDTSTART:%s\nDURATION:PT%dM\n"
              "%s%s%sSUMMARY:%s\nDESCRIPTION:Conference ID: 7654321\nEND:VEVENT\n",
              uid, start, minutes, rule ? "RRULE:" : "", rule ? rule : "", rule ? "\n" : "", uid);
}

static void import(struct desk *desk, const struct text *text, int count)
{
    desk_static_id(desk, "7654321");
    struct import_report report = desk_import_text(desk, text->bytes, false);
    assert_int_equal(report.added, count);
    assert_int_equal(report.legacy, count);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static enum risk risk_between(const struct occurrence *a, const struct occurrence *b,
                              int64_t margin)
{
    if (a->start < b->end && b->start < a->end)
        return RISK_OVERLAP;
    return a->start - b->end <= margin && b->start - a->end <= margin ? RISK_BACK_TO_BACK
                                                                      : RISK_LEGACY;
}

/* Meetings of minutes and of weeks, close together and a year apart. */
static void risks_are_those_of_the_definition(void **state)
{
    struct desk *desk = *state;
    enum { COUNT = 300 };
    struct text text = text_start(desk->arena);
    struct occurrences list = {0};
    uint32_t seed = 7;
    int64_t at = local_seconds((struct local_time){2026, 12, 1, 0, 0, 0});
    for (int i = 0; i < COUNT; i++) {
        at += (int64_t)(next_random(&seed) % 10 ? next_random(&seed) % 300
                                                : next_random(&seed) % 90000) *
              MINUTE;
        struct local_time start = local_from_seconds(at);
        add_event(&text, arena_format(desk->arena, "m%d", i),
                  arena_format(desk->arena, "%sZ", local_format_basic(desk->arena, start)),
                  next_random(&seed) % 20 ? 15 + (int)(next_random(&seed) % 90)
                                          : 1 + (int)(next_random(&seed) % 40000),
                  NULL);
    }
    import(desk, &text, COUNT);
    assert_ok(desk, desk_legacy(&desk->session, desk->arena, &desk->ada, false, false, &list));
    assert_int_equal(list.count, COUNT);
    int seen[RISK_OVERLAP + 1] = {0};
    for (size_t i = 0; i < list.count; i++) {
        enum risk worst = RISK_LEGACY;
        size_t met = 0;
        for (size_t k = 0; k < list.count; k++) {
            enum risk risk =
                k == i ? RISK_LEGACY : risk_between(&list.items[i], &list.items[k], 15 * MINUTE);
            worst = risk > worst ? risk : worst;
            met += risk > RISK_LEGACY;
        }
        seen[worst]++;
        assert_int_equal(list.items[i].risk, worst);
        if (met <= RISK_WITH_MAX)
            assert_int_equal(list.items[i].risk_with_count, met);
    }
    assert_true(seen[RISK_LEGACY] > 5 && seen[RISK_BACK_TO_BACK] > 5 && seen[RISK_OVERLAP] > 5);
}

/* Meetings on one static ID at one time: `from` are there, `to` will be. */
static void crowd_grow(struct desk *desk, int from, int to)
{
    struct text text = text_start(desk->arena);
    for (int i = from; i < to; i++)
        add_event(&text, arena_format(desk->arena, "m%d", i), "20261201T090000Z", 60, NULL);
    import(desk, &text, to - from);
}

/* What a lookup of the crowd's ID reads grows as the crowd does, and what it tells does not. */
static void a_crowd_costs_what_it_is(void **state)
{
    struct desk *desk = *state;
    int64_t steps[2];
    int from = 0;
    for (int round = 0; round < 2; round++) {
        int to = round ? 4000 : 1000;
        crowd_grow(desk, from, to);
        from = to;
        effort.steps = 0;
        struct lookup lookup = desk_look(desk, "7654321");
        steps[round] = effort.steps;
        assert_int_equal(lookup.meetings.items[0].risk, RISK_OVERLAP);
        assert_int_equal(lookup.meetings.items[0].risk_with.count, RISK_WITH_MAX);
        assert_int_equal(lookup.meetings.items[0].risk_with_count, to - 1);
    }
    assert_true(steps[0] > 0);
    if (steps[1] > 5 * steps[0])
        fail_msg("%lld steps, then %lld for four times as many", (long long)steps[0],
                 (long long)steps[1]);
}

struct list_cost {
    int64_t steps;
    size_t bytes;
};

/* Of an agenda's day and of the legacy meetings, both of `count` meetings. */
static struct list_cost list_cost(struct desk *desk, size_t count)
{
    struct arena *arena = arena_new();
    struct occurrences agenda = {0}, legacy = {0};
    int64_t day = local_seconds((struct local_time){2026, 12, 1, 0, 0, 0});
    effort.steps = 0;
    assert_ok(desk, desk_agenda(&desk->session, arena, &desk->ada, day, day + DAY, false, &agenda));
    assert_ok(desk, desk_legacy(&desk->session, arena, &desk->ada, true, true, &legacy));
    assert_int_equal(agenda.count, count);
    assert_int_equal(legacy.count, count);
    assert_int_equal(legacy.items[count / 2].risk_with_count, count - 1);
    assert_string_equal(legacy.items[1].risk_title, legacy.items[1].risk_with.items[0]);
    struct list_cost cost = {effort.steps, arena_used(arena)};
    arena_free(arena);
    return cost;
}

/* Whole lists of a crowd: a few steps a meeting, and a record, not room for ten. */
static void a_list_of_a_crowd_costs_what_it_shows(void **state)
{
    enum { RECORD = 800, STEPS = 1500, LISTS = 2 };
    struct desk *desk = *state;
    struct list_cost costs[2];
    int from = 0;
    for (int round = 0; round < 2; round++) {
        int to = round ? 4000 : 1000;
        crowd_grow(desk, from, to);
        from = to;
        costs[round] = list_cost(desk, (size_t)to);
    }
    assert_true(costs[0].steps > 0);
    int64_t steps = (costs[1].steps - costs[0].steps) / (3000 * LISTS);
    int64_t bytes = (int64_t)(costs[1].bytes - costs[0].bytes) / (3000 * LISTS);
    if (steps > STEPS || bytes > RECORD)
        fail_msg("%lld steps and %lld bytes for each meeting more", (long long)steps,
                 (long long)bytes);
    print_message("%lld steps and %lld bytes for each meeting of a crowd\n", (long long)steps,
                  (long long)bytes);
}

/* Endless hourly series: the first days tell everything. */
static void endless_series_cost_what_is_told(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    for (int i = 0; i < 60; i++)
        add_event(&text, arena_format(desk->arena, "series-%d", i),
                  arena_format(desk->arena, "20261201T09%02d00Z", i), 60, "FREQ=HOURLY");
    import(desk, &text, 60);
    struct arena *arena = arena_new();
    struct occurrence shown = {0};
    assert_ok(desk, desk_meeting(&desk->session, arena, "series-7", &shown));
    assert_int_equal(shown.risk, RISK_OVERLAP);
    assert_int_equal(shown.risk_with_count, 59);
    assert_true(arena_used(arena) < 100000);
    arena_free(arena);
}

/* A rare series among hourly ones is looked at around its own days, not in all days between. */
static void a_rare_series_costs_its_own_days(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    for (int i = 0; i < 20; i++)
        add_event(&text, arena_format(desk->arena, "series-%d", i), "20261201T092000Z", 20,
                  "FREQ=HOURLY");
    add_event(&text, "rare", "20261201T090000Z", 4, "FREQ=YEARLY;BYMONTH=12,9;BYMONTHDAY=1");
    add_event(&text, "in-september", "20270901T090200Z", 1, NULL);
    import(desk, &text, 22);
    effort.steps = 0;
    desk_show(desk, "series-7");
    int64_t few = effort.steps;
    effort.steps = 0;
    struct occurrence rare = desk_show(desk, "rare");
    if (effort.steps > 5 * few)
        fail_msg("%lld steps, and %lld for a rare one", (long long)few, (long long)effort.steps);
    assert_int_equal(rare.risk, RISK_OVERLAP);
    assert_int_equal(rare.risk_with_count, 1);
    assert_string_equal(rare.risk_with.items[0], "in-september");
}

/* A series that never overlaps is followed for a thousand occurrences, and not for ever. */
static void a_series_is_followed_for_a_while(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    add_event(&text, "hourly", "20261201T000000Z", 10, "FREQ=HOURLY");
    add_event(&text, "in-40-days", "20270110T000500Z", 10, NULL);
    add_event(&text, "in-60-days", "20270130T000500Z", 10, NULL);
    add_event(&text, "rare", "20261201T003000Z", 10, "FREQ=WEEKLY");
    add_event(&text, "in-a-year", "20271130T003500Z", 10, NULL);
    import(desk, &text, 5);
    assert_int_equal(desk_show(desk, "hourly").risk, RISK_OVERLAP);
    assert_int_equal(desk_show(desk, "hourly").risk_with_count, 1);
    assert_string_equal(desk_show(desk, "hourly").risk_with.items[0], "in-40-days");
    assert_int_equal(desk_show(desk, "rare").risk, RISK_OVERLAP);
    assert_string_equal(desk_show(desk, "rare").risk_with.items[0], "in-a-year");
}

/* Neighbours at the margin's very end, before and behind a meeting that takes one slice or many. */
static void the_margin_reaches_out_of_the_slice(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    add_event(&text, "day", "20261201T000000Z", 24 * 60, NULL);
    add_event(&text, "behind-day", "20261202T001500Z", 10, NULL);
    add_event(&text, "before-weeks", "20261231T233500Z", 10, NULL);
    add_event(&text, "weeks", "20270101T000000Z", 20 * 24 * 60, NULL);
    add_event(&text, "late-in-weeks", "20270120T120000Z", 10, NULL);
    import(desk, &text, 5);
    assert_int_equal(desk_show(desk, "day").risk, RISK_BACK_TO_BACK);
    assert_string_equal(desk_show(desk, "day").risk_with.items[0], "behind-day");
    struct occurrence weeks = desk_show(desk, "weeks");
    assert_int_equal(weeks.risk, RISK_OVERLAP);
    assert_int_equal(weeks.risk_with_count, 2);
    assert_string_equal(weeks.risk_with.items[0], "before-weeks");
    assert_string_equal(weeks.risk_with.items[1], "late-in-weeks");
}

/* The same meeting named twice has its risk twice. */
static void twins_are_answered_alike(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    const char *named[] = {"a", "b", "a"};
    struct occurrences list = {0};
    add_event(&text, "a", "20261201T090000Z", 60, NULL);
    add_event(&text, "b", "20261201T093000Z", 60, NULL);
    import(desk, &text, 2);
    assert_ok(desk,
              desk_meetings(&desk->session, desk->arena, &(struct strings){named, 3, 3}, &list));
    assert_int_equal(list.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(list.items[i].risk, RISK_OVERLAP);
        assert_string_equal(list.items[i].risk_with.items[0], i == 1 ? "a" : "b");
    }
}

/* --- overlaps of a new meeting --- */

/* The bytes that a dry run takes. *warnings: what it said; valid until the desk is gone. */
static size_t overlap_bytes(struct desk *desk, const char *start, const char *rrule,
                            struct strings *warnings)
{
    struct arena *arena = arena_new();
    struct draft draft = {.title = "T", .start = start, .duration = "20m", .rrule = rrule};
    struct scheduled out = {0};
    *warnings = (struct strings){0};
    assert_ok(desk, desk_schedule(&desk->session, arena, &desk->ada, &draft, true, &out));
    for (size_t i = 0; i < out.warnings.count; i++)
        *vector_push(desk->arena, warnings) = arena_copy(desk->arena, out.warnings.items[i]);
    size_t bytes = arena_used(arena);
    arena_free(arena);
    return bytes;
}

/* Of a crowd only the first are looked at, and that is told. */
static void overlaps_with_a_crowd_are_bounded(void **state)
{
    struct desk *desk = *state;
    struct strings warnings;
    crowd_grow(desk, 0, 1999);
    overlap_bytes(desk, "2026-12-01 09:30", NULL, &warnings);
    assert_int_equal(warnings.count, 6);
    assert_string_equal(warnings.items[5], "overlaps with 1994 more of the organizer's meetings");
    crowd_grow(desk, 1999, 2100);
    size_t before = overlap_bytes(desk, "2026-12-01 09:30", NULL, &warnings);
    assert_int_equal(warnings.count, 7);
    assert_string_equal(warnings.items[5], "overlaps with 1995 more of the organizer's meetings");
    assert_string_equal(
        warnings.items[6],
        "only the first 2000 of the organizer's meetings were looked at for overlaps");
    crowd_grow(desk, 2100, 4000);
    size_t after = overlap_bytes(desk, "2026-12-01 09:30", NULL, &warnings);
    if (after > before + before / 10)
        fail_msg("%zu bytes, then %zu for twice the crowd", before, after);
}

/* The room for an endless series' year is that of one series, however many there are. */
static void overlaps_with_endless_series_are_bounded(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    struct strings warnings;
    for (int i = 0; i < 60; i++)
        add_event(&text, arena_format(desk->arena, "series-%d", i),
                  arena_format(desk->arena, "20261201T00%02d00Z", i / 2), 1, "FREQ=HOURLY");
    import(desk, &text, 60);
    size_t bytes = overlap_bytes(desk, "2026-12-01 09:30", "FREQ=WEEKLY", &warnings);
    assert_int_equal(warnings.count, 0);
    if (bytes > 1000000)
        fail_msg("%zu bytes", bytes);
    overlap_bytes(desk, "2026-12-01 09:29", "FREQ=WEEKLY", &warnings);
    assert_int_equal(warnings.count, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(risks_are_those_of_the_definition),     TEST(a_crowd_costs_what_it_is),
        TEST(a_list_of_a_crowd_costs_what_it_shows), TEST(endless_series_cost_what_is_told),
        TEST(a_rare_series_costs_its_own_days),      TEST(a_series_is_followed_for_a_while),
        TEST(the_margin_reaches_out_of_the_slice),   TEST(twins_are_answered_alike),
        TEST(overlaps_with_a_crowd_are_bounded),     TEST(overlaps_with_endless_series_are_bounded),
    };
    return cmocka_run_group_tests(tests, effort_watch, NULL);
}
