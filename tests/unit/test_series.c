/*
 * Series: occurrences across clock changes, with added, excluded and moved ones; spans; the
 * nearest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <core/series.h>
#include <stdlib.h>
#include <string.h>

#include "support/times.h"
#include "support/zones.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct world {
    struct arena *arena;
    const struct zone *zone;
};

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    if (!world)
        return -1;
    world->arena = arena_new();
    world->zone = support_zone(world->arena, "Europe/Berlin", SUPPORT_TZ_BERLIN);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    arena_free(world->arena);
    free(world);
    return 0;
}

static struct meeting sample(const char *start, const char *rrule)
{
    return (struct meeting){.uid = "uid",
                            .title = "Sync",
                            .location = "Room 1",
                            .notes = "",
                            .start_local = support_local(start),
                            .tz = "Europe/Berlin",
                            .duration = HOUR,
                            .rrule = rrule};
}

/* "20261124T080000 20261125T080000": the starts in UTC. */
static char *starts(const struct world *world, const struct occurrences *list)
{
    struct text text = text_start(world->arena);
    for (size_t i = 0; i < list->count; i++)
        text_addf(&text, "%s%s", i ? " " : "",
                  local_format_basic(world->arena, local_from_seconds(list->items[i].start)));
    return text.bytes;
}

static struct occurrences between(const struct world *world, const struct meeting *meeting,
                                  int64_t from, int64_t to, size_t limit)
{
    struct occurrences list = {0};
    struct error error = {0};
    if (series_occurrences(world->arena, meeting, world->zone, from, to, limit, &list, &error))
        fail_msg("%s: %s", error.what, error.why);
    return list;
}

static void expect(const struct world *world, const struct meeting *meeting, const char *from,
                   const char *to, const char *expected)
{
    struct occurrences list = between(world, meeting, support_utc(from), support_utc(to), 0);
    assert_string_equal(starts(world, &list), expected);
}

static void add_times(const struct world *world, struct local_times *times, const char *list)
{
    for (; *list; list += strcspn(list, " "), list += *list == ' ')
        *vector_push(world->arena, times) =
            support_local(arena_copy_n(world->arena, list, strcspn(list, " ")));
}

static void a_clock_change_moves_no_occurrence(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20260328T090000", "FREQ=DAILY;COUNT=3");
    expect(world, &meeting, "20260101", "20270101",
           "20260328T080000 20260329T070000 20260330T070000");
    /* the one in the gap is an hour later on the wall, and the next one is back at its hour */
    meeting = sample("20260328T023000", "FREQ=DAILY;COUNT=3");
    expect(world, &meeting, "20260101", "20270101",
           "20260328T013000 20260329T013000 20260330T003000");
    /* of an hour that is there twice, the first */
    meeting = sample("20261024T023000", "FREQ=DAILY;COUNT=3");
    expect(world, &meeting, "20260101", "20270101",
           "20261024T003000 20261025T003000 20261026T013000");
}

static void windows_are_half_open(void **state)
{
    struct world *world = *state;
    const struct {
        const char *from, *to, *expected;
    } cases[] = {
        {"20261124T080000", "20261124T090000", "20261124T080000"},
        {"20261124T085959", "20261124T090000", "20261124T080000"}, /* still on */
        {"20261124T090000", "20261125T080000", ""}, /* it ended, the next has not begun */
        {"20261124T090000", "20261125T080001", "20261125T080000"},
        {"20261124T075959", "20261124T080000", ""},
        {"20261124T075959", "20261124T080001", "20261124T080000"},
        {"20261120T000000", "20261126T000000", "20261124T080000 20261125T080000"},
    };
    struct meeting meeting = sample("20261124T090000", "FREQ=DAILY;COUNT=3");
    for (size_t i = 0; i < COUNT(cases); i++)
        expect(world, &meeting, cases[i].from, cases[i].to, cases[i].expected);
    /* a long one is still on, days after it began */
    meeting = sample("20261103T090000", "FREQ=WEEKLY;COUNT=3");
    meeting.duration = 6 * DAY;
    expect(world, &meeting, "20261123T070000", "20261124T000000", "20261117T080000");
    expect(world, &meeting, "20261123T080000", "20261124T000000", "");
}

static void moments_touch_their_start(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20261124T090000", NULL);
    meeting.duration = 0;
    expect(world, &meeting, "20261124T080000", "20261124T080001", "20261124T080000");
    expect(world, &meeting, "20261124T070000", "20261124T080000", "");
    expect(world, &meeting, "20261124T080001", "20261124T090000", "");
}

static void a_single_meeting_is_one_occurrence(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20261124T090000", NULL);
    struct occurrences list = {0};
    assert_int_equal(series_occurrences(world->arena, &meeting, world->zone, INT64_MIN,
                                        INSTANT_NEVER, 0, &list, NULL),
                     ERR_OK);
    assert_int_equal(list.count, 1);
    assert_ptr_equal(list.items[0].meeting, &meeting);
    assert_string_equal(list.items[0].title, "Sync");
    assert_int_equal(list.items[0].end - list.items[0].start, HOUR);
    assert_int_equal(series_resolve(&meeting, world->zone, NULL), ERR_OK);
}

static void limits_keep_the_first(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20261124T090000", "FREQ=DAILY");
    struct occurrences list = between(world, &meeting, INT64_MIN, INSTANT_NEVER, 2);
    assert_string_equal(starts(world, &list), "20261124T080000 20261125T080000");
    list = between(world, &meeting, INT64_MIN, INSTANT_NEVER, 0);
    assert_int_equal(list.count, 10000);
    /* a moved one that comes first is among them */
    *vector_push(world->arena, &meeting.overrides) =
        (struct meeting_override){.recurrence = support_local("20261130T090000"),
                                  .start = support_local("20261123T090000"),
                                  .duration = HOUR};
    list = between(world, &meeting, INT64_MIN, INSTANT_NEVER, 2);
    assert_string_equal(starts(world, &list), "20261123T080000 20261124T080000");
}

/* What is found is put behind what is there. */
static void occurrences_are_appended(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20261124T090000", NULL);
    struct occurrences list = {0};
    for (int i = 0; i < 2; i++)
        assert_int_equal(series_occurrences(world->arena, &meeting, world->zone, 0, INSTANT_NEVER,
                                            0, &list, NULL),
                         ERR_OK);
    assert_int_equal(list.count, 2);
}

static void exceptions_are_heeded(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20261124T090000", "FREQ=DAILY;COUNT=4");
    *vector_push(world->arena, &meeting.exdates) = support_local("20261125T090000");
    *vector_push(world->arena, &meeting.exdates) =
        support_local("20261126T100000"); /* none of the series */
    *vector_push(world->arena, &meeting.rdates) = support_local("20261201T150000");
    *vector_push(world->arena, &meeting.rdates) =
        support_local("20261124T090000"); /* the rule has it too */
    *vector_push(world->arena, &meeting.overrides) = (struct meeting_override){
        .recurrence = support_local("20261126T090000"), .cancelled = true};
    *vector_push(world->arena, &meeting.overrides) =
        (struct meeting_override){.recurrence = support_local("20261127T090000"),
                                  .start = support_local("20261123T110000"),
                                  .duration = 2 * HOUR,
                                  .title = "Moved"};
    expect(world, &meeting, "20260101", "20270101",
           "20261123T100000 20261124T080000 20261201T140000");
    struct occurrences list =
        between(world, &meeting, support_utc("20261123"), support_utc("20261124"), 0);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].title, "Moved");
    assert_string_equal(list.items[0].location, "Room 1");
    assert_int_equal(list.items[0].end - list.items[0].start, 2 * HOUR);
    assert_int_equal(local_compare(list.items[0].recurrence, support_local("20261127T090000")), 0);
    /* where the moved one was, there is nothing */
    expect(world, &meeting, "20261127", "20261128", "");
}

/*
 * What is excluded, added and changed of a series of four days, each by itself and against each
 * other.
 */
static void exceptions_one_by_one(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *rrule, *exdates, *rdates;
        const char *of, *start; /* an override; start NULL: cancelled */
        const char *expected;
    } cases[] = {
        {"FREQ=DAILY;COUNT=4", "", "", NULL, NULL,
         "20261124T080000 20261125T080000 20261126T080000 20261127T080000"},
        /* EXDATE: the first, the last, one that is none, one twice */
        {"FREQ=DAILY;COUNT=4", "20261124T090000", "", NULL, NULL,
         "20261125T080000 20261126T080000 20261127T080000"},
        {"FREQ=DAILY;COUNT=4", "20261127T090000", "", NULL, NULL,
         "20261124T080000 20261125T080000 20261126T080000"},
        {"FREQ=DAILY;COUNT=2", "20261124T100000 20261126T090000", "", NULL, NULL,
         "20261124T080000 20261125T080000"},
        {"FREQ=DAILY;COUNT=2", "20261125T090000 20261125T090000", "", NULL, NULL,
         "20261124T080000"},
        /* RDATE: between, before the start, what the rule has too, and twice */
        {"FREQ=DAILY;COUNT=2", "", "20261124T200000", NULL, NULL,
         "20261124T080000 20261124T190000 20261125T080000"},
        {"FREQ=DAILY;COUNT=2", "", "20261120T090000", NULL, NULL,
         "20261120T080000 20261124T080000 20261125T080000"},
        {"FREQ=DAILY;COUNT=2", "", "20261125T090000 20261130T090000 20261130T090000", NULL, NULL,
         "20261124T080000 20261125T080000 20261130T080000"},
        {NULL, "", "20261125T090000", NULL, NULL, "20261124T080000 20261125T080000"},
        /* what is both added and excluded is excluded */
        {"FREQ=DAILY;COUNT=2", "20261130T090000", "20261130T090000", NULL, NULL,
         "20261124T080000 20261125T080000"},
        {NULL, "20261124T090000", "20261125T090000", NULL, NULL, "20261125T080000"},
        /* overrides: moved back, onto another, out of the series; of the first, of an added one */
        {"FREQ=DAILY;COUNT=3", "", "", "20261126T090000", "20261123T120000",
         "20261123T110000 20261124T080000 20261125T080000"},
        {"FREQ=DAILY;COUNT=3", "", "", "20261125T090000", "20261126T090000",
         "20261124T080000 20261126T080000 20261126T080000"},
        {"FREQ=DAILY;COUNT=3", "", "", "20261125T090000", "20270601T090000",
         "20261124T080000 20261126T080000 20270601T070000"},
        {"FREQ=DAILY;COUNT=2", "", "", "20261124T090000", "20261124T150000",
         "20261124T140000 20261125T080000"},
        {"FREQ=DAILY;COUNT=1", "", "20261130T090000", "20261130T090000", "20261130T150000",
         "20261124T080000 20261130T140000"},
        /*
         * cancelled; and one that is of no start by the rule stands all the same, unless it is
         * cancelled
         */
        {"FREQ=DAILY;COUNT=3", "", "", "20261125T090000", NULL, "20261124T080000 20261126T080000"},
        {"FREQ=DAILY;COUNT=2", "", "", "20261210T090000", "20261210T100000",
         "20261124T080000 20261125T080000 20261210T090000"},
        {"FREQ=DAILY;COUNT=2", "", "", "20261210T090000", NULL, "20261124T080000 20261125T080000"},
        /* a changed one outlives its exclusion: the later word is its own */
        {"FREQ=DAILY;COUNT=2", "20261125T090000", "", "20261125T090000", "20261125T120000",
         "20261124T080000 20261125T110000"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct meeting meeting = sample("20261124T090000", cases[i].rrule);
        add_times(world, &meeting.exdates, cases[i].exdates);
        add_times(world, &meeting.rdates, cases[i].rdates);
        if (cases[i].of)
            *vector_push(world->arena, &meeting.overrides) = (struct meeting_override){
                .recurrence = support_local(cases[i].of),
                .start = support_local(cases[i].start ? cases[i].start : cases[i].of),
                .duration = HOUR,
                .cancelled = !cases[i].start};
        struct occurrences list =
            between(world, &meeting, support_utc("20260101"), support_utc("20280101"), 0);
        if (strcmp(starts(world, &list), cases[i].expected) != 0)
            fail_msg("case %zu: %s", i, starts(world, &list));
    }
}

/*
 * 02:30 is not there on 29 March and means 03:30, which was added: one occurrence, by the name that
 * the clock shows.
 */
static void a_gap_makes_no_twins(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20260328T023000", "FREQ=DAILY;COUNT=3");
    add_times(world, &meeting.rdates, "20260329T033000");
    struct occurrences list =
        between(world, &meeting, support_utc("20260101"), support_utc("20270101"), 0);
    assert_string_equal(starts(world, &list), "20260328T013000 20260329T013000 20260330T003000");
    assert_int_equal(local_compare(list.items[1].recurrence, support_local("20260329T033000")), 0);
    /* two that were put onto one another by hand are two */
    meeting = sample("20260328T033000", "FREQ=DAILY;COUNT=3");
    *vector_push(world->arena, &meeting.overrides) =
        (struct meeting_override){.recurrence = support_local("20260328T033000"),
                                  .start = support_local("20260329T033000"),
                                  .duration = HOUR};
    expect(world, &meeting, "20260101", "20270101",
           "20260329T013000 20260329T013000 20260330T013000");
}

static void whole_days_end_at_midnight(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20260328", "FREQ=DAILY;COUNT=3");
    meeting.all_day = true;
    meeting.duration = DAY;
    struct occurrences list =
        between(world, &meeting, support_utc("20260301"), support_utc("20260501"), 0);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.items[0].end - list.items[0].start, 24 * HOUR);
    assert_int_equal(list.items[1].end - list.items[1].start, 23 * HOUR);
    assert_int_equal(list.items[2].end - list.items[2].start, 24 * HOUR);
    assert_int_equal(list.items[1].end, list.items[2].start);
}

static void spans_are_resolved(void **state)
{
    struct world *world = *state;
    const struct {
        const char *rrule, *exdate, *rdate, *moved;
        const char *span_start, *span_end; /* UTC; NULL: open */
    } cases[] = {
        {NULL, NULL, NULL, NULL, "20261124T080000", "20261124T090000"},
        {"FREQ=DAILY;COUNT=4", NULL, NULL, NULL, "20261124T080000", "20261127T090000"},
        {"FREQ=DAILY", NULL, NULL, NULL, "20261124T080000", NULL},
        {"FREQ=DAILY", "20261125T090000", NULL, NULL, "20261124T080000", NULL},
        {"FREQ=DAILY;COUNT=4", "20261127T090000", NULL, NULL, "20261124T080000", "20261126T090000"},
        {"FREQ=DAILY;COUNT=4", "20261125T090000", NULL, NULL, "20261124T080000", "20261127T090000"},
        {"FREQ=DAILY;COUNT=1", "20261124T090000", NULL, NULL, "20261124T080000", "20261124T090000"},
        {"FREQ=DAILY;COUNT=4", NULL, "20270101T090000", NULL, "20261124T080000", "20270101T090000"},
        {NULL, NULL, "20261101T090000", NULL, "20261101T080000", "20261124T090000"},
        {"FREQ=DAILY;COUNT=4", NULL, NULL, "20261101T090000", "20261101T080000", "20261126T090000"},
        {"FREQ=DAILY;COUNT=4", NULL, NULL, "20261224T090000", "20261124T080000", "20261224T090000"},
        {"FREQ=DAILY;INTERVAL=200;COUNT=2", NULL, NULL, NULL, "20261124T080000", "20270612T080000"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct meeting meeting = sample("20261124T090000", cases[i].rrule);
        if (cases[i].exdate)
            *vector_push(world->arena, &meeting.exdates) = support_local(cases[i].exdate);
        if (cases[i].rdate)
            *vector_push(world->arena, &meeting.rdates) = support_local(cases[i].rdate);
        if (cases[i].moved) /* the last one of the four */
            *vector_push(world->arena, &meeting.overrides) =
                (struct meeting_override){.recurrence = support_local("20261127T090000"),
                                          .start = support_local(cases[i].moved),
                                          .duration = HOUR};
        assert_int_equal(series_resolve(&meeting, world->zone, NULL), ERR_OK);
        assert_int_equal(meeting.start, support_utc("20261124T080000"));
        assert_int_equal(meeting.end, support_utc("20261124T090000"));
        int64_t end = cases[i].span_end ? support_utc(cases[i].span_end) : INSTANT_NEVER;
        if (meeting.span_start != support_utc(cases[i].span_start) || meeting.span_end != end)
            fail_msg("case %zu: %lld to %lld", i, (long long)meeting.span_start,
                     (long long)meeting.span_end);
    }
}

/* A short occurrence that was moved behind the start of the last one ends before it. */
static void a_moved_occurrence_hides_no_later_end(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20261124T090000", "FREQ=DAILY;COUNT=2");
    *vector_push(world->arena, &meeting.overrides) =
        (struct meeting_override){.recurrence = support_local("20261124T090000"),
                                  .start = support_local("20261125T093000"),
                                  .duration = 10 * MINUTE};
    assert_int_equal(series_resolve(&meeting, world->zone, NULL), ERR_OK);
    assert_int_equal(meeting.span_end, support_utc("20261125T090000"));
}

static void broken_rules_are_passed_on(void **state)
{
    struct world *world = *state;
    struct meeting meeting = sample("20261124T090000", "FREQ=DAILY;COUNT=x");
    struct error error = {0};
    assert_int_equal(series_resolve(&meeting, world->zone, &error), ERR_INVALID);
    assert_string_equal(error.why, "COUNT must be 1 to 1000000");
}

static void the_nearest_is_found(void **state)
{
    struct world *world = *state;
    const struct {
        const char *rrule, *at, *start; /* NULL: none */
    } cases[] = {
        {NULL, "20260101", "20261124T080000"},
        {NULL, "20261124T083000", "20261124T080000"},
        {NULL, "20991124", "20261124T080000"},
        {"FREQ=DAILY;COUNT=4", "20261125T083000", "20261125T080000"}, /* on */
        {"FREQ=DAILY;COUNT=4", "20261125T090000", "20261126T080000"}, /* just over: the next */
        {"FREQ=DAILY;COUNT=4", "20261127T085959", "20261127T080000"},
        {"FREQ=DAILY;COUNT=4", "20261127T090000", "20261127T080000"}, /* all over: the last */
        {"FREQ=DAILY;COUNT=4", "20991124", "20261127T080000"},
        {"FREQ=DAILY", "20280101T100000", "20280102T080000"},
        {"FREQ=DAILY;INTERVAL=400;COUNT=5", "20400101", "20310412T070000"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct meeting meeting = sample("20261124T090000", cases[i].rrule);
        struct occurrence nearest = {0};
        bool found = false;
        assert_int_equal(series_nearest(world->arena, &meeting, world->zone,
                                        support_utc(cases[i].at), &nearest, &found, NULL),
                         ERR_OK);
        assert_true(found);
        if (nearest.start != support_utc(cases[i].start))
            fail_msg("case %zu: %s", i,
                     local_format_basic(world->arena, local_from_seconds(nearest.start)));
    }
    struct meeting meeting = sample("20261124T090000", "FREQ=DAILY;COUNT=2");
    *vector_push(world->arena, &meeting.exdates) = support_local("20261124T090000");
    *vector_push(world->arena, &meeting.exdates) = support_local("20261125T090000");
    struct occurrence nearest = {0};
    bool found = true;
    assert_int_equal(
        series_nearest(world->arena, &meeting, world->zone, INSTANT_NEVER, &nearest, &found, NULL),
        ERR_OK);
    assert_false(found);
}

static void sorting_has_one_outcome(void **state)
{
    struct world *world = *state;
    const struct meeting first = {.uid = "a"}, second = {.uid = "b"};
    const struct occurrence expected[] = {
        {.meeting = &second, .start = 1, .end = 9, .title = "z"},
        {.meeting = &second, .start = 2, .end = 3, .title = "z"},
        {.meeting = &second, .start = 2, .end = 4, .title = "a"},
        {.meeting = &first, .start = 2, .end = 4, .title = "b"},
        {.meeting = &second, .start = 2, .end = 4, .title = "b"},
        {.meeting = &second, .start = 2, .end = 4, .title = "b", .recurrence = {1, 1, 1, 0, 0, 0}},
    };
    for (size_t turn = 0; turn < COUNT(expected); turn++) {
        struct occurrences list = {0};
        for (size_t i = 0; i < COUNT(expected); i++)
            *vector_push(world->arena, &list) = expected[(i * 5 + turn) % COUNT(expected)];
        occurrences_sort(&list);
        for (size_t i = 0; i < COUNT(expected); i++)
            assert_memory_equal(&list.items[i], &expected[i], sizeof expected[i]);
    }
    occurrences_sort(&(struct occurrences){0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_change_moves_no_occurrence),
        cmocka_unit_test(windows_are_half_open),
        cmocka_unit_test(moments_touch_their_start),
        cmocka_unit_test(a_single_meeting_is_one_occurrence),
        cmocka_unit_test(limits_keep_the_first),
        cmocka_unit_test(occurrences_are_appended),
        cmocka_unit_test(exceptions_are_heeded),
        cmocka_unit_test(exceptions_one_by_one),
        cmocka_unit_test(a_gap_makes_no_twins),
        cmocka_unit_test(whole_days_end_at_midnight),
        cmocka_unit_test(spans_are_resolved),
        cmocka_unit_test(a_moved_occurrence_hides_no_later_end),
        cmocka_unit_test(broken_rules_are_passed_on),
        cmocka_unit_test(the_nearest_is_found),
        cmocka_unit_test(sorting_has_one_outcome),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
