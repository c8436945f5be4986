/*
 * The outbox: why each message stands there, in words, at 80 and 40 columns; sending, settling by
 * hand, and the question after a change.
 */
#include "screen_support.h"
#include <desk/outbox.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <transfer/transfer.h>

#include <cmocka.h>

/* Both meetings that have attendees are converted: two reminders, the first in this state. */
static const char *reminders(struct screen *screen, enum message_state state, const char *why)
{
    struct organizer ada = screen_ada(screen);
    struct conversions done = {0};
    struct messages list = {0};
    struct session *session = &screen->session;
    assert_int_equal(desk_convert_all(session, screen->arena, &ada, true, &done), ERR_OK);
    assert_int_equal(desk_outbox_list(session, screen->arena, &(struct message_filter){0}, &list),
                     ERR_OK);
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

/* A mail command that keeps each message in a file of its own, and ends so. */
static void mailer(struct screen *screen, int status)
{
    char path[SUPPORT_FOLDER_SIZE + 16];
    snprintf(path, sizeof path, "%s/mailer", screen->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\ncat > %s/mail.$$\necho 'the mailbox is full' >&2\nexit %d\n",
            screen->folder, status);
    fclose(file);
    assert_int_equal(chmod(path, 0755), 0);
    screen->session.settings.mail_command = arena_copy(screen->arena, path);
}

/* How many messages the mail command got. */
static size_t mails(const struct screen *screen)
{
    size_t count = 0;
    DIR *folder = opendir(screen->folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        count += strncmp(entry->d_name, "mail.", 5) == 0;
    closedir(folder);
    return count;
}

static size_t in_state(struct screen *screen, enum message_state state)
{
    size_t counts[MESSAGE_STATES];
    assert_int_equal(desk_outbox_count(&screen->session, 100, counts), ERR_OK);
    return counts[state];
}

static void what_is_queued_is_sent_if_somebody_says_so(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "outbox", "s");
    screen_has(screen, "Nothing is queued.");
    reminders(screen, MESSAGE_QUEUED, "");
    mailer(screen, 0);
    screen->session.settings.mail_rate = 1;
    screen_run(screen, 80, 24, "outbox", "s<Dump><Enter>");
    assert_non_null(strstr(screen->dumps, "2 messages are queued. At 1 a minute that takes 2"));
    screen->session.settings.mail_rate = -1;
    assert_int_equal(mails(screen), 0);
    screen_run(screen, 80, 24, "outbox", "sy");
    screen_has(screen, "2 handed over.");
    screen_has(screen, "Outbox · 2 sent");
    assert_int_equal(mails(screen), 2);
}

static void what_was_refused_says_why_and_is_tried_again(void **state)
{
    struct screen *screen = *state;
    reminders(screen, MESSAGE_QUEUED, "");
    mailer(screen, 65);
    screen_run(screen, 80, 24, "outbox", "sy");
    screen_has(screen, "2 failed (the mailer ended with 65: the mailbox is full).");
    screen_run(screen, 80, 24, "outbox", "RjR");
    screen_has(screen, "1 message is queued again (s: send).");
    screen_has(screen, "Outbox · 2 queued");
    screen->session.settings.mail_command = "/nonexistent/mailer";
    screen_run(screen, 80, 24, "outbox", "sy");
    screen_has(screen, "/nonexistent/mailer");
    screen_has(screen, "Outbox · 2 queued");
}

static void esc_stops_and_every_message_is_whole(void **state)
{
    struct screen *screen = *state;
    reminders(screen, MESSAGE_QUEUED, "");
    mailer(screen, 0);
    screen->impatient = true;
    screen->session.settings.mail_rate = 1; /* the second one has to wait */
    screen_run(screen, 80, 24, "outbox", "sy<Esc><Idle>");
    screen_has(screen, "Stopped: 1 handed over.");
    assert_int_equal(in_state(screen, MESSAGE_QUEUED), 1);
    assert_int_equal(in_state(screen, MESSAGE_SENT), 1);
    assert_int_equal(mails(screen), 1);
}

static void settling_by_hand(void **state)
{
    struct screen *screen = *state;
    reminders(screen, MESSAGE_UNCERTAIN, "who knows");
    screen_run(screen, 80, 24, "outbox", "x");
    screen_has(screen, "1 message is withdrawn (R: queue again).");
    screen_has(screen, "Outbox · 1 queued, 1 withdrawn");
    screen_run(screen, 80, 24, "outbox", "M<Dump>y");
    assert_non_null(strstr(screen->dumps, "1 message: grace@example.org. It went another way"));
    screen_has(screen, "1 message is marked as sent.");
    screen_run(screen, 80, 24, "outbox", "x");
    screen_has(screen, "only what waits, failed or is uncertain can be withdrawn");
}

static void a_filter_and_lines_by_person_and_meeting(void **state)
{
    struct screen *screen = *state;
    reminders(screen, MESSAGE_FAILED, "no such mailbox");
    screen_run(screen, 80, 24, "outbox", "F");
    screen_has(screen, "Outbox · to settle, 1 queued, 1 failed");
    screen_has(screen, "no such mailbox");
    screen_lacks(screen, "owed since");
    screen_run(screen, 80, 24, "outbox", "FF");
    screen_has(screen, "owed since");
    screen_lacks(screen, "no such mailbox");
    screen_run(screen, 80, 24, "outbox", "FFF");
    screen_has(screen, "No message is in this state.");
    screen_run(screen, 80, 24, "outbox", "p");
    screen_has(screen, "Outbox · by person, 1 queued, 1 failed");
    screen_has(screen, " To                 Messages            About");
    screen_has(screen, "grace@example.org  1 queued, 1 failed  Budget review, Supplier call");
    screen_run(screen, 80, 24, "outbox", "pFp");
    screen_has(screen, "Outbox · by meeting, to settle, 1 queued, 1 failed");
    screen_has(screen, "Budget review  1 failed  grace@example.org");
    screen_lacks(screen, "Supplier call");
    screen_run(screen, 80, 24, "outbox", "pp");
    screen_has(screen, " Budget review  1 failed  grace@example.org");
    screen_has(screen, " Supplier call  1 queued  grace@example.org");
    screen_run(screen, 80, 24, "outbox", "p<Enter>");
    screen_has(screen, "1  failed  reminder  grace@example.org  Budget review");
    screen_run(screen, 80, 24, "outbox", "px");
    screen_has(screen, "Withdraw these?");
    screen_has(screen, "2 messages: grace@example.org.");
    screen_run(screen, 80, 24, "outbox", "pxy");
    screen_has(screen, "2 messages are withdrawn");
    screen_run(screen, 80, 24, "outbox", "px");
    screen_has(screen, "No message is selected.");
}

static void the_text_of_a_message(void **state)
{
    struct screen *screen = *state;
    reminders(screen, MESSAGE_QUEUED, "");
    screen_run(screen, 80, 24, "outbox", "t");
    screen_has(screen, "Message 1");
    screen_has(screen, "Subject: Updated: Budget review");
    screen_has(screen, "To: \"Grace Hopper\"");
}

static void whom_nobody_told_is_asked_about_after_a_change(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "/Roadmap<Enter>e<End> anew<^S>");
    screen_has(screen, "Saved."); /* there is no mail command */
    mailer(screen, 0);
    screen_run(screen, 80, 24, "agenda", "/Roadmap<Enter>e<End> again<^S><Dump><Enter>");
    assert_non_null(strstr(screen->dumps, "1 person has not been told: grace@example.org."));
    assert_non_null(strstr(screen->dumps, "Send 1 invitation by mail now?"));
    screen_has(screen, "Roadmap anew again");
    assert_int_equal(mails(screen), 0);
    screen_run(screen, 80, 24, "agenda", "/Roadmap<Enter>e<End> last<^S>y");
    screen_has(screen, "1 handed over.");
    assert_int_equal(mails(screen), 1);
    screen_run(screen, 80, 24, "agenda", "/Roadmap<Enter>s");
    screen_has(screen, "Nobody is to be told anything about this meeting.");
    screen_run(screen, 80, 24, "agenda", "/Roadmap<Enter>Dy<Dump>y");
    assert_non_null(strstr(screen->dumps, "Send 1 cancellation by mail now?"));
    assert_int_equal(mails(screen), 2);
    screen_run(screen, 80, 24, "agenda", "/Budget<Enter>s<Dump>y");
    assert_non_null(strstr(screen->dumps, "Send 1 invitation by mail now?"));
    assert_int_equal(mails(screen), 3);
}

static void a_line_a_day_with_bars(void **state)
{
    struct screen *screen = *state;
    reminders(screen, MESSAGE_SENT, "");
    screen_run(screen, 80, 24, "outbox", "ppp");
    screen_has(screen, "Outbox · by day, 1 queued, 1 sent");
    screen_has(screen, "1 ####################");
    screen_has(screen, "23 November: ");
    screen_has(screen, " still legacy, 1 sent");
    screen_run(screen, 80, 24, "outbox", "pppj<Dump>xp");
    screen_lacks(screen, "####################");
    assert_non_null(strstr(screen->dumps, "0 converted"));
    screen_run(screen, 40, 12, "outbox", "ppp");
    screen_has(screen, "1 ##");
}

/* A meeting of somebody outside, as its mail brings it. */
static void import_partner(struct screen *screen)
{
    char path[SUPPORT_FOLDER_SIZE + 16];
    struct import_report report = {0};
    snprintf(path, sizeof path, "%s/partner.ics", screen->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\nMETHOD:REQUEST\nBEGIN:VEVENT\n"
          "UID:partner@example.net\nDTSTAMP:20261101T100000Z\n"
          "DTSTART;TZID=Europe/Berlin:20261124T090000\nDURATION:PT1H\n"
          "RRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Partner\n"
          "ORGANIZER:mailto:pat@partner.example\n"
          "ATTENDEE:mailto:ada@example.org\nEND:VEVENT\nEND:VCALENDAR\n",
          file);
    fclose(file);
    assert_int_equal(
        transfer_import(&screen->session, screen->arena, path, (struct import_how){0}, &report),
        ERR_OK);
    assert_int_equal(report.foreign, 1);
}

static void one_key_answers_who_invited(void **state)
{
    struct screen *screen = *state;
    struct messages list = {0};
    import_partner(screen);
    screen_run(screen, 80, 24, "agenda", "/Partner<Enter>r");
    screen_has(screen, "no, only this occurrence");
    screen_run(screen, 80, 24, "agenda", "/Partner<Enter>rmaybe, w<Enter>");
    screen_has(screen, "Answered: maybe, without mail.");
    screen_has(screen, "Answered: maybe");
    screen_run(screen, 80, 24, "agenda", "/Partner<Enter>rno, o<Enter>");
    screen_has(screen, "One alone: Tue 24 Nov 2026: no ada@example.org");
    screen_has(screen, "Answered: maybe\n");
    assert_int_equal(
        desk_outbox_list(&screen->session, screen->arena, &(struct message_filter){0}, &list),
        ERR_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].kind, MESSAGE_REPLY);
    assert_string_equal(list.items[0].recurrence, "20261124T090000");
    screen_run(screen, 80, 24, "agenda", "/Budget<Enter>r");
    screen_has(screen, "only an invitation from outside");
}

static void the_side_pane_shows_what_somebody_outside_organizes(void **state)
{
    struct screen *screen = *state;
    import_partner(screen);
    screen_run(screen, 200, 60, "agenda", "j");
    screen_has(screen, "│ Invited by\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, screen_open_calendar, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_failed_says_why),
        CASE(what_was_sent_says_when),
        CASE(enter_opens_the_meeting),
        CASE(what_is_queued_is_sent_if_somebody_says_so),
        CASE(what_was_refused_says_why_and_is_tried_again),
        CASE(esc_stops_and_every_message_is_whole),
        CASE(settling_by_hand),
        CASE(a_filter_and_lines_by_person_and_meeting),
        CASE(the_text_of_a_message),
        CASE(a_line_a_day_with_bars),
        CASE(one_key_answers_who_invited),
        CASE(the_side_pane_shows_what_somebody_outside_organizes),
        CASE(whom_nobody_told_is_asked_about_after_a_change),
    };
    return cmocka_run_group_tests_name("console outbox", tests, NULL, NULL);
}
