/*
 * Marks in the agenda: several meetings are cancelled, converted or copied as one.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void marks_are_shown_and_taken_away(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space><Space>");
    screen_has(screen, "2 marked");
    screen_has(screen, "* 14:00–15:00");
    screen_has(screen, "* 09:00–10:00    !! 7654321   Budget review");
    screen_run(screen, 80, 24, "agenda", "<Space>g<Space>");
    screen_lacks(screen, "marked");
    screen_run(screen, 80, 24, "agenda", "<Space><Space><Esc>");
    screen_lacks(screen, "marked"); /* and it did not leave */
    screen_has(screen, "Budget review");
    screen_run(screen, 40, 12, "agenda", "<Space>");
    screen_has(screen, "* 14:00    99999999");
}

/* What is found bears the signs of every list. */
static void search_results_bear_signs(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jjjDy/<Paste ada@example.org>");
    screen_has(screen, "│ !! Budget review");
    screen_has(screen, "│ ! Team meeting");
    screen_has(screen, "│ [Roadmap]");
    screen_has(screen, "│ Maintenance");
}

static void cancelled_as_one(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space>j<Space>D<Dump>y");
    assert_non_null(strstr(screen->dumps, "Cancel 2 meetings?"));
    assert_non_null(strstr(screen->dumps, "Helpdesk training"));
    screen_has(screen, "Cancelled 2 meetings (u: undo).");
    screen_lacks(screen, "marked");
    assert_int_equal(screen_found(screen, "Helpdesk training").meeting->status, MEETING_CANCELLED);
    assert_int_equal(screen_found(screen, "Supplier call").meeting->status, MEETING_CANCELLED);
    assert_int_equal(screen_found(screen, "Budget review").meeting->status, MEETING_SCHEDULED);
    screen_sound(screen);
}

static void and_undone_as_one(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space>j<Space>Dyu<Dump>y");
    assert_non_null(strstr(screen->dumps, "Supplier call will stand again"));
    screen_has(screen, "Undone: 2 meetings stand again.");
    assert_int_equal(screen_found(screen, "Supplier call").meeting->status, MEETING_SCHEDULED);
    screen_sound(screen);
}

static void a_no_keeps_the_marks(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space>j<Space>Dn");
    screen_has(screen, "2 marked");
    assert_int_equal(screen_found(screen, "Helpdesk training").meeting->status, MEETING_SCHEDULED);
}

static void the_legacy_ones_are_converted(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space><Space><Space>cy<Esc>");
    screen_has(screen, "Agenda");
    screen_lacks(screen, "marked");
    assert_int_equal(screen_found(screen, "Budget review").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(screen_found(screen, "Supplier call").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(screen_found(screen, "Team meeting").meeting->id_kind, ID_KIND_STATIC);
    screen_sound(screen);
}

static void ids_are_copied(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space><Space>y");
    screen_has(screen, "Copied 2 conference IDs.");
    assert_string_equal(
        screen->script.copied,
        arena_format(screen->arena, "%s\n7654321",
                     screen_found(screen, "Helpdesk training").meeting->conference_id));
}

/*
 * Another process cancels a marked one while the question stands: nothing of the lot is cancelled.
 */
static void cancel_another(void *context, const char *name)
{
    struct screen *screen = context;
    struct session other;
    struct scheduled now = {0};
    (void)name;
    assert_int_equal(session_start(&other), ERR_OK);
    assert_int_equal(desk_cancel(&other, screen->arena,
                                 screen_found(screen, "Supplier call").meeting->uid, 0, NULL, &now),
                     ERR_OK);
    session_end(&other);
}

static void a_conflict_cancels_none(void **state)
{
    struct screen *screen = *state;
    screen->script.call = cancel_another;
    screen->script.context = screen;
    screen_run(screen, 120, 24, "agenda", "<Space>j<Space>D<Call now>y");
    screen_has(screen, "somebody else changed it since you read it");
    assert_int_equal(screen_found(screen, "Helpdesk training").meeting->status, MEETING_SCHEDULED);
    screen_sound(screen);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, screen_open_calendar, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(marks_are_shown_and_taken_away),
        CASE(search_results_bear_signs),
        CASE(cancelled_as_one),
        CASE(and_undone_as_one),
        CASE(a_no_keeps_the_marks),
        CASE(the_legacy_ones_are_converted),
        CASE(ids_are_copied),
        CASE(a_conflict_cancels_none),
    };
    return cmocka_run_group_tests_name("console marks", tests, NULL, NULL);
}
