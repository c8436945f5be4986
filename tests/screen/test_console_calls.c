/*
 * The call log: what stands out in it, what Enter and y do, that it is live; who was let in, in the
 * meeting's view; and the warning while a trunk is probed.
 */
#include "screen_support.h"
#include <desk/admit.h>
#include <setjmp.h>
#include <stdarg.h>
#include <store/directory.h>
#include <string.h>

#include <cmocka.h>

static void call_in(struct screen *screen, const char *digits, const char *caller)
{
    struct admission out;
    struct asking asking = {.digits = digits,
                            .caller = caller,
                            .number = "+13238494874",
                            .trunk = "sip\x1b[31m1",
                            .at = session_now(&screen->session)};
    assert_int_equal(desk_admit(&screen->session, screen->arena, &asking, NULL, &out), ERR_OK);
}

static void nobody_has_asked(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "9");
    screen_has(screen, "Calls · none");
    screen_has(screen, "No bridge has asked yet.");
    screen_run(screen, 40, 12, "agenda", "9<Enter>jyv9q");
    screen_has(screen, "Agenda");
}

static void wrong_ones_stand_out(void **state)
{
    struct screen *screen = *state;
    static const char *const wrong[] = {"11112222", "11112223", "11112224", "11112225", "11112226"};
    for (int i = 0; i < 5; i++)
        call_in(screen, "12345670", wrong[i]);
    screen_run(screen, 80, 24, "agenda", "9");
    screen_has(screen, "Calls · 5, 5 to look at");
    screen_has(screen, "99999999  refuse  ! misprint?  …2226");
    screen_has(screen, "refuse (unknown): …2226 called +13238494874 over sip31m1");
    screen_has(screen, "it may be misprinted\n somewhere.");
    screen_has(screen, "── UTC ─\n"); /* of the times above */
    screen_lacks(screen, "1111");
    for (int i = 0; i < 5; i++)
        call_in(screen, wrong[i], "+4930123456");
    screen_run(screen, 80, 24, "agenda", "9");
    screen_has(screen, "Calls · 10, 10 to look at");
    screen_has(screen, "99999999  refuse  ! probing?   …3456");
    screen_has(screen, "somebody may be guessing.");
    screen_run(screen, 40, 12, "agenda", "9");
    screen_has(screen, "99999999");
}

static void who_calls_is_named(void **state)
{
    struct screen *screen = *state;
    struct attendee_known known = {"bo@example.org", "", "", "+4930123456"};
    call_in(screen, "12345670", "+4930123456");
    call_in(screen, "12345670", "+4930123457");
    assert_int_equal(session_store(&screen->session, DB_WRITE, NULL), ERR_OK);
    assert_int_equal(store_attendee_known_put(screen->session.store, &known), ERR_OK);
    screen_run(screen, 100, 24, "agenda", "9j");
    screen_has(screen, "…3456 bo@example.org");
    screen_has(screen, "refuse (unknown): …3456 bo@example.org called +13238494874");
    screen_lacks(screen, "…3457 bo");
}

static void a_meeting_tells_who_was_let_in(void **state)
{
    struct screen *screen = *state;
    struct occurrence one = screen_meeting(screen, "Now", "2026-11-23 09:00", "1h");
    call_in(screen, one.meeting->conference_id, NULL);
    screen_run(screen, 80, 24, "agenda", "9");
    screen_has(screen, "admit   on   withheld");
    screen_run(screen, 80, 24, "agenda", "9<Enter>");
    screen_has(screen, "1 caller admitted, last at 09:00");
    call_in(screen, one.meeting->conference_id, "+4930123456");
    screen_run(screen, 80, 24, "agenda", "9<Enter>");
    screen_has(screen, "2 callers admitted, last at 09:00");
    screen_run(screen, 80, 24, "agenda", "9jy");
    screen_has(screen, "Copied the digits ");
    screen_run(screen, 80, 24, "agenda", "9v");
    screen_has(screen, "History of the conference ID");
    call_in(screen, "1234", "+4930123456");
    screen_run(screen, 80, 24, "agenda", "9<Enter>");
    screen_has(screen, "This call was for no meeting.");
}

static void a_probed_trunk_is_told(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "");
    screen_lacks(screen, "probed");
    call_in(screen, "12345670", NULL);
    for (int i = 0; i < 6; i++)
        screen_sql(screen, "INSERT INTO call SELECT seq + (SELECT COUNT(*) FROM call), at, digits,"
                           " number, caller, trunk, verdict, why, meeting_uid, wrong FROM call");
    screen_run(screen, 80, 24, "agenda", "");
    screen_has(screen, "[trunk probed] Agenda");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, screen_open_calendar, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(nobody_has_asked),       CASE(wrong_ones_stand_out),
        CASE(who_calls_is_named),     CASE(a_meeting_tells_who_was_let_in),
        CASE(a_probed_trunk_is_told),
    };
    return cmocka_run_group_tests_name("console calls", tests, NULL, NULL);
}
