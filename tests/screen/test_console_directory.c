/*
 * The directory: who is left on static IDs, and an organizer who leaves.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int open_two(void **state)
{
    screen_open_calendar(state);
    struct screen *screen = *state;
    struct organizer grace = {.email = "grace@example.org",
                              .name = "Grace Hopper",
                              .tz = "UTC",
                              .lang = "en",
                              .dial_in = true,
                              .provider = PROVIDER_MICROSOFT};
    struct strings notes = {0};
    assert_int_equal(desk_organizer_put(&screen->session, screen->arena, &grace, &notes), ERR_OK);
    setenv("DIALDESK_ORGANIZER", "ada@example.org", 1);
    return 0;
}

static int close_two(void **state)
{
    unsetenv("DIALDESK_ORGANIZER");
    return screen_close(state);
}

static void it_tells_who_is_left(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "directory", "");
    screen_has(screen, "Legacy  Risk  Until");
    screen_has(screen, "7654321    3       2     2026-11-26");
}

static void an_organizer_leaves_and_hands_over(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "directory", "D");
    screen_has(screen, "Who takes over from ada@example.org?");
    screen_run(screen, 80, 24, "directory", "Dgrace<Enter>");
    screen_has(screen, "Remove the organizer?");
    screen_has(screen, "ada@example.org would be removed.");
    /* Enter means no */
    screen_run(screen, 80, 24, "directory", "Dgrace<Enter><Enter>");
    screen_has(screen, "ada@example.org");
    assert_string_equal(screen_found(screen, "Roadmap").meeting->organizer, "ada@example.org");
    /* nobody hands over to who leaves */
    screen_run(screen, 80, 24, "directory", "Dada<Enter>");
    screen_has(screen, "name somebody else");
    setenv("DIALDESK_ORGANIZER", "grace@example.org", 1);
    screen_run(screen, 80, 24, "directory", "Dgrace<Enter>y");
    screen_has(screen, "ada@example.org is removed; grace@example.org has 7 meetings more.");
    screen_lacks(screen, "Ada Lovelace");
    assert_string_equal(screen_found(screen, "Roadmap").meeting->organizer, "grace@example.org");
    screen_sound(screen);
}

static void one_without_meetings_leaves(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "directory", "jD");
    screen_has(screen, "grace@example.org would be removed.");
    screen_run(screen, 80, 24, "directory", "jDy");
    screen_has(screen, "grace@example.org is removed.");
    screen_run(screen, 80, 24, "directory", "<Tab>D");
    screen_has(screen, "D removes organizers only.");
}

static void what_is_told_unasked_stays_as_it_is(void **state)
{
    struct screen *screen = *state;
    struct session *session = &screen->session;
    struct organization organization = {0};
    assert_int_equal(desk_organization(session, screen->arena, &organization, NULL), ERR_OK);
    organization.tell = TELL_TITLE;
    assert_int_equal(desk_organization_change(session, &organization), ERR_OK);
    screen_run(screen, 80, 24, "directory", "<Tab><Tab><Enter><Dump><^S>");
    assert_non_null(strstr(screen->dumps, "Tell        title"));
    assert_int_equal(desk_organization(session, screen->arena, &organization, NULL), ERR_OK);
    assert_int_equal(organization.tell, TELL_TITLE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_two, close_two)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(it_tells_who_is_left),
        CASE(an_organizer_leaves_and_hands_over),
        CASE(one_without_meetings_leaves),
        CASE(what_is_told_unasked_stays_as_it_is),
    };
    return cmocka_run_group_tests_name("console directory", tests, NULL, NULL);
}
