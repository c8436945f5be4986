/*
 * The outbox: why each reminder stands there, in words, at 80 and 40 columns; Enter opens its
 * meeting.
 */
#include "screen_support.h"
#include <desk/outbox.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Both meetings that have attendees are converted: two reminders, the first in this state. */
static const char *reminders(struct screen *screen, enum message_state state, const char *why)
{
    struct organizer ada = screen_ada(screen);
    struct conversions done = {0};
    struct messages list = {0};
    struct session *session = &screen->session;
    assert_int_equal(desk_convert_all(session, screen->arena, &ada, true, &done), ERR_OK);
    assert_int_equal(desk_outbox_all(session, screen->arena, 0, &list), ERR_OK);
    assert_int_equal(list.count, 2);
    if (state != MESSAGE_QUEUED)
        assert_int_equal(store_outbox_state(session->store, list.items[0].id, 1U << MESSAGE_QUEUED,
                                            state, why, session_now(session)),
                         ERR_OK);
    return list.items[0].title;
}

static void what_failed_says_why(void **state)
{
    struct screen *screen = *state;
    reminders(screen, MESSAGE_FAILED, "no such mailbox\x1b[31m");
    screen_run(screen, 80, 24, "outbox", "");
    screen_has(screen, "Outbox · 1 queued, 1 failed");
    screen_has(screen, "7654321 became 99999999; failed on 23 November: no such mailbox");
    screen_run(screen, 40, 12, "outbox", "");
    screen_has(screen, "Outbox · 1 queued, 1 failed");
    screen_has(screen, " 7654321 became 99999999; failed on 23\n November: no such mailbox");
}

static void what_was_sent_says_when(void **state)
{
    struct screen *screen = *state;
    reminders(screen, MESSAGE_SENT, "");
    screen_run(screen, 80, 24, "outbox", "");
    screen_has(screen, "Outbox · 1 queued, 1 sent");
    screen_has(screen, "7654321 became 99999999; sent on 23 November");
}

static void enter_opens_the_meeting(void **state)
{
    struct screen *screen = *state;
    const char *title = reminders(screen, MESSAGE_QUEUED, "");
    screen_run(screen, 80, 24, "outbox", "<Enter>");
    screen_has(screen, "dynamic: this meeting's own");
    screen_has(screen, title);
    screen_run(screen, 40, 12, "outbox", "j<Enter>q");
    screen_has(screen, "Outbox · 2 queued");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, screen_open_calendar, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_failed_says_why),
        CASE(what_was_sent_says_when),
        CASE(enter_opens_the_meeting),
    };
    return cmocka_run_group_tests_name("console outbox", tests, NULL, NULL);
}
