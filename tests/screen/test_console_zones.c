/*
 * A zone database that moved on: what moves is found while nobody types, told and marked, and
 * renewed when it is asked for.
 */
#include "screen_support.h"
#include <core/zone.h>
#include <core/zone_changes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Ada's meeting in Berlin was worked out by rules that had Berlin two hours ahead, as Athens is. */
static int open_moved(void **state)
{
    screen_open_calendar(state);
    struct screen *screen = *state;
    struct organizer ada = screen_ada(screen);
    struct scheduled made = {0};
    const struct zone *athens = NULL;
    struct draft draft = {
        .title = "Moving", .start = "2026-12-01 10:00", .duration = "1h", .tz = "Europe/Berlin"};
    assert_int_equal(desk_schedule(&screen->session, screen->arena, &ada, &draft, false, &made),
                     ERR_OK);
    assert_int_equal(session_zone(&screen->session, "Europe/Athens", &athens), ERR_OK);
    screen_sql(screen,
               arena_format(screen->arena,
                            "INSERT INTO zone_rules VALUES (%lld, '%s');"
                            "UPDATE meeting SET zone_rules = %lld, start_at = start_at - 3600,"
                            " end_at = end_at - 3600, span_start = span_start - 3600,"
                            " span_end = span_end - 3600 WHERE title = 'Moving';",
                            4711LL, zone_changes(screen->arena, athens), 4711LL));
    return 0;
}

static int64_t start(struct screen *screen)
{
    return screen_found(screen, "Moving").meeting->start;
}

static void told_while_nobody_types(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Dump><Idle>");
    assert_null(strstr(screen->dumps, "zones")); /* the first frame waits for nothing */
    screen_has(screen, "New time zone rules move 1 meeting. Z shows and renews it.");
    screen_has(screen, "[zones moved] Agenda");
    screen_run(screen, 80, 24, "lookup", "<Idle>1");
    screen_has(screen, "[zones moved] Lookup");
}

/*
 * Half an hour after it began by the rules of then, an hour and a half before it does by those of
 * today.
 */
static void a_lookup_says_by_what_it_answers(void **state)
{
    struct screen *screen = *state;
    struct occurrence moving = screen_found(screen, "Moving");
    struct lookup answer = {0};
    assert_int_equal(desk_lookup(&screen->session, screen->arena, moving.meeting->conference_id,
                                 moving.meeting->start + HOUR / 2, &answer, NULL),
                     ERR_OK);
    assert_int_equal(answer.state, ID_STATE_LIVE);
}

static void renewed_when_asked_for(void **state)
{
    struct screen *screen = *state;
    int64_t before = start(screen);
    screen_run(screen, 80, 24, "agenda", "<Idle>Z<Dump>n");
    assert_non_null(strstr(screen->dumps, "since 1 meeting was stored"));
    assert_non_null(strstr(screen->dumps, "'Moving' (Europe/Berlin)"));
    assert_true(start(screen) == before);
    screen_run(screen, 80, 24, "agenda", "Zy<Dump><Esc><Idle>");
    assert_non_null(strstr(screen->dumps, "Renewed the times of 1 meeting."));
    assert_non_null(strstr(screen->dumps, "What was repaired"));
    assert_true(start(screen) == before + HOUR);
    screen_lacks(screen, "zones moved");
    screen_run(screen, 80, 24, "agenda", "Z");
    screen_has(screen, "No meeting moves: the rules of the time zones are as they were.");
}

/* A repair finds more than the zones: each kind is counted for what it is. */
static void other_faults_are_told_apart(void **state)
{
    struct screen *screen = *state;
    screen_sql(screen, "UPDATE meeting SET start_at = start_at + 60, span_start = span_start + 60"
                       " WHERE title = 'Roadmap'");
    screen_run(screen, 80, 24, "agenda", "Zy");
    screen_has(screen, "Renewed the times of 1 meeting, and repaired 1 other fault.");
    screen_has(screen, "The store as it was is in");
}

/* By 'check --repair' of somebody else: the mark goes by itself. */
static void renewed_by_others(void *context, const char *name)
{
    struct screen *screen = context;
    struct session other;
    struct repairs repairs;
    (void)name;
    assert_int_equal(session_start(&other), ERR_OK);
    assert_int_equal(desk_repair(&other, screen->arena, &repairs), ERR_OK);
    assert_int_equal(repairs.lines.count, 1);
    assert_int_equal(repairs.moved, 1);
    session_end(&other);
}

static void the_mark_goes_when_others_renew(void **state)
{
    struct screen *screen = *state;
    screen->script.call = renewed_by_others;
    screen->script.context = screen;
    screen_run(screen, 80, 24, "agenda", "<Idle><Dump><Call repair>jk<Idle>");
    assert_non_null(strstr(screen->dumps, "[zones moved]"));
    screen_lacks(screen, "zones moved");
}

static void nothing_is_told_where_nothing_moves(void **state)
{
    struct screen *screen = *state;
    screen_sql(screen, "UPDATE meeting SET zone_rules = 0, start_at = start_at + 3600,"
                       " end_at = end_at + 3600, span_start = span_start + 3600,"
                       " span_end = span_end + 3600 WHERE title = 'Moving'");
    screen_run(screen, 80, 24, "agenda", "<Idle>");
    screen_lacks(screen, "zone");
    screen_run(screen, 40, 12, "agenda", "Z");
    screen_has(screen, "No meeting moves");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_moved, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(told_while_nobody_types),         CASE(a_lookup_says_by_what_it_answers),
        CASE(renewed_when_asked_for),          CASE(other_faults_are_told_apart),
        CASE(the_mark_goes_when_others_renew), CASE(nothing_is_told_where_nothing_moves),
    };
    return cmocka_run_group_tests_name("console zones", tests, NULL, NULL);
}
