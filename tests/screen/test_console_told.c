/*
 * What the console tells: whose change a form ran into, what a key would take, what stands beside a
 * question, in words of the calendar.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/*
 * Somebody else, with a session of their own, changes the budget review: "title TEXT", "start
 * TIME".
 */
static void change(void *context, const char *what)
{
    struct screen *screen = context;
    struct session other;
    struct draft draft = {0};
    struct scheduled scheduled = {0};
    const char *value = strchr(what, ' ') + 1;
    if (strncmp(what, "title", 5) == 0)
        draft.title = value;
    else
        draft.start = value;
    assert_int_equal(session_start(&other), ERR_OK);
    assert_int_equal(session_store(&other, DB_WRITE, NULL), ERR_OK);
    struct occurrence budget = screen_found(screen, "Budget");
    assert_int_equal(
        desk_change(&other, screen->arena, budget.meeting->uid, 0, NULL, &draft, false, &scheduled),
        ERR_OK);
    session_end(&other);
}

static struct screen *with_others(void **state)
{
    struct screen *screen = *state;
    screen->script.call = change;
    screen->script.context = screen;
    return screen;
}

static void a_conflict_tells_what_changed(void **state)
{
    struct screen *screen = with_others(state);
    screen_run(screen, 80, 24, "agenda", "je<End> of mine<Call start 2026-11-24 09:30><^S>");
    screen_has(screen, "\n ^S saves the fields that you changed over it; Esc leaves it as it is");
    screen_has(screen, "\n When:           Tue 24 Nov 2026 09:30–10:30 UTC\n"
                       " Risk:           !! mixing risk: overlap with 'Supplier call' (Tue\n"
                       " 24 Nov 2026 10:00 UTC)\n");
    screen_lacks(screen, "UID:");
    screen_lacks(screen, "Organizer:");
    screen_lacks(screen, "meet-4ing");
}

static void a_second_conflict_tells_what_changed_since(void **state)
{
    struct screen *screen = with_others(state);
    screen_run(screen, 80, 24, "agenda",
               "je<End> of mine<Call title Budget of theirs><^S><Dump>"
               "<Call start 2026-11-24 09:30><^S>");
    assert_non_null(strstr(screen->dumps, "\n Title:          Budget of theirs\n"));
    screen_has(screen, "\n When:           Tue 24 Nov 2026 09:30–10:30 UTC\n");
    screen_lacks(screen, "Title:          ");
}

static void history_is_titled_and_follows(void **state)
{
    struct screen *screen = with_others(state);
    screen_run(screen, 80, 24, "agenda", "jv<Dump><Call title Budget 2027>j");
    assert_non_null(strstr(screen->dumps, "History of Budget review"));
    screen_has(screen, "History of Budget 2027");
    screen_has(screen, "meeting edited");
    screen_run(screen, 80, 24, "lookup", "7654321v");
    screen_has(screen, "History of the conference ID 7654321");
}

/* --- completion --- */

#define KICK_OFF "nKick-off<Tab>2026-11-30<Tab>9:30<Tab>45m<Tab><Tab><Tab>"

static void is_attended_by(struct screen *screen, const char *first, const char *second)
{
    const struct attendees list = screen_found(screen, "Kick-off").meeting->attendees;
    assert_int_equal(list.count, second ? 2 : 1);
    assert_string_equal(list.items[0].email, first);
    if (second)
        assert_string_equal(list.items[1].email, second);
}

static void completion_tells_its_key(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", KICK_OFF "gr<Dump><^S><Dump><Tab><^S>");
    assert_non_null(strstr(screen->dumps, "\n Attendees   grace@example.org  Tab takes it\n"));
    assert_non_null(strstr(screen->dumps, "Attendees: Tab takes the completion that is shown"));
    is_attended_by(screen, "grace@example.org", NULL);
    screen_run(screen, 40, 12, "agenda", KICK_OFF "gr");
    screen_has(screen, "grace@example.org  Tab");
}

static void enter_and_a_comma_complete(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", KICK_OFF "bob@example.com, gr<Enter><^S>");
    is_attended_by(screen, "bob@example.com", "grace@example.org");
}

static void a_comma_goes_on(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", KICK_OFF "gr,bob@example.com<^S>");
    is_attended_by(screen, "grace@example.org", "bob@example.com");
}

/* What is an address as it stands is nobody else's: only Right takes more. */
static void an_address_stays_as_typed(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", KICK_OFF "grace@example.or<Dump>,bob@example.com<^S>");
    assert_non_null(strstr(screen->dumps, "grace@example.org  Right takes it"));
    is_attended_by(screen, "grace@example.or", "bob@example.com");
}

static void a_completion_stays_with_its_field(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "n<Tab><Tab><Tab><Tab><Tab><Tab>gr<^S>");
    screen_has(screen, "Title: a meeting needs a title");
    screen_lacks(screen, "takes it");
    screen_lacks(screen, "ace@example.org");
}

/* --- questions and keys --- */

static void enter_does_not_drop(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "nKick-off<Esc><Dump><Enter>");
    assert_non_null(strstr(screen->dumps, "Enter go on editing   y drop it"));
    screen_has(screen, "Title       Kick-off");
    screen_lacks(screen, "Drop it?");
    screen_run(screen, 80, 24, "agenda", "nKick-off<Esc>y");
    screen_lacks(screen, "Kick-off");
    /* other questions are answered as before */
    screen_run(screen, 80, 24, "legacy", "c<Enter>");
    assert_int_equal(screen_found(screen, "Budget review").meeting->id_kind, ID_KIND_DYNAMIC);
}

static void the_organization_offers_no_new_one(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "directory", "<Tab><Dump><Tab><Dump>n");
    const char *numbers = strstr(screen->dumps, "n new");
    assert_non_null(numbers);
    assert_null(strstr(numbers + 1, "n new"));
    screen_has(screen, "There is one organization only: e changes its settings.");
    screen_run(screen, 80, 24, "directory", "<Tab><Tab>y");
    screen_has(screen, "There is nothing to copy here.");
}

/*
 * Where the last line of a box is drawn, from 0; -1: there is none. Large digits have corners too,
 * but no such lines.
 */
static int box_end(const struct screen *screen)
{
    const char *at = strstr(screen->text, "└────────");
    int row = 0;
    for (const char *c = screen->text; at && c < at; c++)
        row += *c == '\n';
    return at ? row : -1;
}

static void a_list_is_as_large_as_what_it_holds(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 200, 60, "agenda", "o");
    assert_int_equal(box_end(screen), 2 + 6);
    screen_run(screen, 200, 60, "agenda", ":");
    int whole = box_end(screen);
    assert_true(whole > 20 && whole < 58);
    screen_run(screen, 200, 60, "agenda", ":conv"); /* it does not jump as one types */
    assert_int_equal(box_end(screen), whole);
    screen_run(screen, 80, 24, "agenda", ":");
    assert_int_equal(box_end(screen), 22);
}

/* Nobody is asked about 3 meetings to be told then that none can be converted. */
static void a_conversion_before_the_cut_over_is_not_asked_about(void **state)
{
    struct screen *screen = *state;
    screen_sql(screen, "UPDATE organization SET dynamic_since = NULL");
    screen_run(screen, 80, 24, "legacy", "C");
    screen_lacks(screen, "Convert to dynamic IDs");
    screen_has(screen, "\n convert: the organization issues no dynamic IDs yet; see 'dialdesk org\n"
                       " --dynamic-ids'\n");
    screen_run(screen, 80, 24, "agenda", "jc");
    screen_lacks(screen, "Convert to dynamic IDs");
    screen_has(screen, "convert: the organization issues no dynamic IDs yet");
}

#define CASE(NAME) cmocka_unit_test_setup_teardown(NAME, screen_open_calendar, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_conflict_tells_what_changed),
        CASE(a_second_conflict_tells_what_changed_since),
        CASE(history_is_titled_and_follows),
        CASE(completion_tells_its_key),
        CASE(enter_and_a_comma_complete),
        CASE(a_comma_goes_on),
        CASE(an_address_stays_as_typed),
        CASE(a_completion_stays_with_its_field),
        CASE(enter_does_not_drop),
        CASE(the_organization_offers_no_new_one),
        CASE(a_list_is_as_large_as_what_it_holds),
        CASE(a_conversion_before_the_cut_over_is_not_asked_about),
    };
    return cmocka_run_group_tests_name("console told", tests, NULL, NULL);
}
