/*
 * Undoing in the console: each kind of change by its keys, what is asked and said, and what the
 * store holds afterwards.
 */
#include "screen_support.h"

#include <desk/outbox.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static size_t reminders(struct screen *screen)
{
    struct messages list = {0};
    assert_int_equal(
        desk_outbox_list(&screen->session, screen->arena, &(struct message_filter){0}, &list),
        ERR_OK);
    return list.count;
}

static void nothing(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "u");
    screen_has(screen, "undo: nothing was changed in this console that can be undone");
}

static void scheduling(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "nKick-off<Tab>2026-11-30<Tab>9:30<^S>u");
    screen_has(screen, "Undone: 'Kick-off' is cancelled; it had the ID 99999999.");
    assert_int_equal(screen_found(screen, "Kick-off").meeting->status, MEETING_CANCELLED);
    screen_sound(screen);
}

static void an_edit(void **state)
{
    struct screen *screen = *state;
    struct occurrence before = screen_found(screen, "Helpdesk training");
    screen_run(screen, 80, 24, "agenda", "e<Tab>2026-12-01<^S>u");
    screen_has(screen, "Undone: 'Helpdesk training' is as it was before the edit.");
    struct occurrence now = screen_found(screen, "Helpdesk training");
    assert_true(now.start == before.start);
    assert_true(now.meeting->sequence == before.meeting->sequence + 2);
    assert_string_equal(now.meeting->conference_id, before.meeting->conference_id);
    screen_sound(screen);
}

static void a_cancelled_meeting(void **state)
{
    struct screen *screen = *state;
    struct occurrence before = screen_found(screen, "Helpdesk training");
    screen_run(screen, 80, 24, "agenda", "Dy<Dump>u");
    assert_non_null(strstr(screen->dumps, "Cancelled Helpdesk training (u: undo)."));
    screen_has(screen, "Undone: 'Helpdesk training' stands again on 99999999.");
    struct occurrence now = screen_found(screen, "Helpdesk training");
    assert_int_equal(now.meeting->status, MEETING_SCHEDULED);
    assert_string_equal(now.meeting->conference_id, before.meeting->conference_id);
    screen_sound(screen);
}

static void one_conversion(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 120, 24, "legacy", "cyu");
    screen_has(screen, "Undone: 'Budget review' is back on 7654321; 99999999 is retired; 1 "
                       "reminder withdrawn.");
    assert_string_equal(screen_found(screen, "Budget review").meeting->conference_id, "7654321");
    assert_int_equal(reminders(screen), 0);
    screen_sound(screen);
}

static void many_conversions_are_asked_for(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "Cy<Esc>un<Dump>uy");
    assert_non_null(strstr(screen->dumps, "No meeting that is still to come is on a static ID"));
    screen_has(screen, "Undone: 3 meetings are back on their static IDs; 2 reminders withdrawn.");
    assert_string_equal(screen_found(screen, "Team meeting").meeting->conference_id, "7654321");
    assert_int_equal(reminders(screen), 0);
    screen_sound(screen);
    screen_run(screen, 80, 24, "legacy", "Cy<Esc>u");
    screen_has(screen, "Undo the last change?");
    screen_has(screen, "The last change was to 3 meetings.");
    screen_has(screen, "99999999 → 7654321  Budget review");
    screen_has(screen, "y undo   n leave everything as it is");
    screen_run(screen, 40, 12, "agenda", "u"); /* another run: what it did is not this one's */
    screen_has(screen, "undo: nothing was changed");
}

static void by_name_and_one_after_the_other(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "Dy:undo<Enter>");
    screen_has(screen, "Undone: 'Helpdesk training' stands again");
    screen_run(screen, 80, 24, "agenda", "eFirst<^S>eSecond<^S>uuu");
    screen_has(screen, "undo: nothing was changed");
    assert_int_equal(screen_found(screen, "Helpdesk training").meeting->status, MEETING_SCHEDULED);
    screen_sound(screen);
}

/* Another process changes the meeting between the key and its undoing. */
static void change_elsewhere(struct screen *screen, const char *which, const char *name)
{
    struct scheduled changed = {0};
    struct session other;
    struct draft draft = {.title = name};
    assert_int_equal(session_start(&other), ERR_OK);
    assert_int_equal(desk_change(&other, screen->arena, screen_found(screen, which).meeting->uid, 0,
                                 NULL, &draft, false, &changed),
                     ERR_OK);
    session_end(&other);
}

static void meddle(void *context, const char *name)
{
    change_elsewhere(context, "Helpdesk training", name);
}

static void meddle_with_team(void *context, const char *name)
{
    change_elsewhere(context, "Team meeting", name);
}

static void what_somebody_else_changed_stays(void **state)
{
    struct screen *screen = *state;
    struct occurrence before = screen_found(screen, "Helpdesk training");
    screen->script.call = meddle;
    screen->script.context = screen;
    screen_run(screen, 80, 24, "agenda", "e<Tab>2026-12-01<^S><Call Theirs>u");
    screen_has(screen, "Not undone");
    screen_has(screen, "Helpdesk training cannot be undone: it was changed again since");
    screen_has(screen, "y leave it   n look first");
    assert_int_equal(screen_found(screen, "Theirs").start, before.start + 8 * (int64_t)DAY);
    screen_sound(screen);
}

/* The step stays until it is let go; then the one before is next. */
static void what_is_refused_stays_to_be_looked_at(void **state)
{
    struct screen *screen = *state;
    screen->script.call = meddle;
    screen->script.context = screen;
    screen_run(screen, 80, 24, "agenda", "e<Tab>2026-12-01<^S>q<Call Theirs>unu<Dump>y<Dump>u");
    assert_non_null(strstr(screen->dumps, "Helpdesk training cannot be undone"));
    assert_non_null(strstr(screen->dumps, "It stays as it is; u undoes the change before."));
    screen_has(screen, "undo: nothing was changed in this console");
    assert_string_equal(screen_found(screen, "Theirs").title, "Theirs");
    screen_sound(screen);
}

/* Of several meetings one was changed since: the others go back without it. */
static void the_rest_is_undone_without_it(void **state)
{
    struct screen *screen = *state;
    screen->script.call = meddle_with_team;
    screen->script.context = screen;
    screen_run(screen, 80, 24, "legacy", "Cy<Esc><Call Theirs>uy<Dump>y");
    assert_non_null(strstr(screen->dumps, "Team meeting cannot be undone: it was changed again"));
    assert_non_null(strstr(screen->dumps, "2 more wait to be undone."));
    screen_has(screen, "Undone: 2 meetings are back on their static IDs; 2 reminders withdrawn.");
    assert_int_equal(screen_found(screen, "Theirs").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_string_equal(screen_found(screen, "Budget review").meeting->conference_id, "7654321");
    screen_sound(screen);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, screen_open_calendar, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(nothing),
        CASE(scheduling),
        CASE(an_edit),
        CASE(a_cancelled_meeting),
        CASE(one_conversion),
        CASE(many_conversions_are_asked_for),
        CASE(by_name_and_one_after_the_other),
        CASE(what_somebody_else_changed_stays),
        CASE(what_is_refused_stays_to_be_looked_at),
        CASE(the_rest_is_undone_without_it),
    };
    return cmocka_run_group_tests_name("console undo", tests, NULL, NULL);
}
