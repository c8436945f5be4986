/* The outbox's words and rules: who knows what, how a mailer ended, when a message is tried again. */
#include <core/outbox.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void words(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_STATES; i++) {
        enum message_state back = MESSAGE_QUEUED;
        assert_true(message_state_parse(message_state_name((enum message_state)i), &back));
        assert_int_equal(back, i);
    }
    for (int i = MESSAGE_INVITATION; i <= MESSAGE_REPLY; i++) {
        enum message_kind back = MESSAGE_INVITATION;
        assert_true(message_kind_parse(message_kind_name((enum message_kind)i), &back));
        assert_int_equal(back, i);
    }
    enum message_state none;
    enum message_kind kind;
    enum partstat partstat = PARTSTAT_NONE;
    assert_false(message_state_parse("lost", &none));
    assert_false(message_kind_parse("", &kind));
    assert_true(partstat_parse("ACCEPTED", &partstat));
    assert_int_equal(partstat, PARTSTAT_ACCEPTED);
    assert_false(partstat_parse("", &partstat));
    assert_false(partstat_parse("NEEDS-ACTION", &partstat));
}

static void who_knows(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct attendee people[] = {
        {.email = "new@example.org", .name = ""},
        {.email = "late@example.org", .name = "", .told = true, .told_sequence = 2},
        {.email = "old-id@example.org", .name = "", .told = true, .told_sequence = 3},
        {.email = "knows@example.org", .name = "", .told = true, .told_sequence = 3},
        {.email = "Ada@example.org", .name = ""},
    };
    static const bool untold[] = {true, true, true, false, false};
    struct meeting meeting = {.organizer = "ada@example.org",
                              .sequence = 3,
                              .conference_id = "93907123",
                              .attendees = {.items = people, .count = 5}};
    strcpy(people[1].told_id, "93907123");
    strcpy(people[2].told_id, "7654321");
    strcpy(people[3].told_id, "93907123");
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(attendee_untold(&meeting, &people[i]), untold[i]);
    assert_int_equal(meeting_untold(&meeting), 3);
    assert_string_equal(untold_text(arena, &meeting), "3 of 5 have not been told");
    meeting.attendees.count = 2;
    people[0] = people[3];
    assert_string_equal(untold_text(arena, &meeting), "1 of 2 has not been told");
    meeting.attendees.items = &people[1];
    meeting.attendees.count = 1;
    assert_string_equal(untold_text(arena, &meeting), "the attendee has not been told");
    meeting.attendees.items = &people[3];
    assert_string_equal(untold_text(arena, &meeting), "");
    people[3].told_id[0] = '\0'; /* a meeting without an ID */
    meeting.conference_id = NULL;
    assert_int_equal(meeting_untold(&meeting), 0);
    arena_free(arena);
}

static void replies(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct attendee people[4] = {{.email = "a"}, {.email = "b"}, {.email = "c"}, {.email = "d"}};
    struct meeting meeting = {.attendees = {.items = people, .count = 4}};
    assert_string_equal(replies_text(arena, &meeting), "");
    people[0].partstat = people[1].partstat = PARTSTAT_ACCEPTED;
    people[2].partstat = PARTSTAT_DECLINED;
    assert_string_equal(replies_text(arena, &meeting), "2 yes, 1 no, 1 open");
    people[3].partstat = PARTSTAT_TENTATIVE;
    assert_string_equal(replies_text(arena, &meeting), "2 yes, 1 no, 1 maybe");
    arena_free(arena);
}

static void verdicts(void **state)
{
    (void)state;
    static const struct {
        struct mailer_end end;
        enum mailer_verdict verdict;
    } cases[] = {
        {{.status = 0, .output = ""}, MAILER_TAKEN},
        {{.status = 0, .killed = true, .output = ""}, MAILER_UNCERTAIN},
        {{.status = 0, .late = true, .output = ""}, MAILER_UNCERTAIN},
        {{.status = 75, .output = "cannot connect"}, MAILER_RETRY},
        {{.status = 70, .output = ""}, MAILER_RETRY},
        {{.status = 71, .output = ""}, MAILER_RETRY},
        {{.status = 72, .output = ""}, MAILER_RETRY},
        {{.status = 73, .output = ""}, MAILER_RETRY},
        {{.status = 68, .output = "cannot locate host"}, MAILER_RETRY_FEW},
        {{.status = 65, .output = "server message: 550 no such user"}, MAILER_REFUSED},
        {{.status = 65, .output = ""}, MAILER_REFUSED},
        {{.status = 67, .output = ""}, MAILER_REFUSED},
        {{.status = 65, .output = "server message: 450 later"}, MAILER_RETRY},
        {{.status = 69, .output = "x\nmsmtp: server message: 451 4.3.0 later\n"}, MAILER_RETRY},
        {{.status = 69, .output = "server message: 554 no"}, MAILER_REFUSED},
        {{.status = 69, .output = "server message: 250 fine\nserver message: 554-no"},
         MAILER_REFUSED},
        {{.status = 69, .output = "server message: 5500 no number"}, MAILER_RETRY_FEW},
        {{.status = 69, .output = "server message: 5x no number"}, MAILER_RETRY_FEW},
        {{.status = 69, .output = ""}, MAILER_RETRY_FEW},
        {{.status = 74, .output = "cannot read from TLS"}, MAILER_UNCERTAIN},
        {{.status = 74, .output = "account default not found: no configuration file available"},
         MAILER_BROKEN},
        {{.status = 76, .output = "the server sent an empty reply"}, MAILER_UNCERTAIN},
        {{.status = 64, .output = ""}, MAILER_BROKEN},
        {{.status = 77, .output = ""}, MAILER_BROKEN},
        {{.status = 78, .output = ""}, MAILER_BROKEN},
        {{.status = 126, .output = ""}, MAILER_BROKEN},
        {{.status = 127, .output = ""}, MAILER_BROKEN},
        {{.status = 1, .output = ""}, MAILER_RETRY_FEW},
        {{.status = 1, .output = "server message: 550 no"}, MAILER_REFUSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (mailer_judge(&cases[i].end) != cases[i].verdict)
            fail_msg("case %zu: %d", i, mailer_judge(&cases[i].end));
}

static void next_tries(void **state)
{
    (void)state;
    static const struct {
        enum mailer_verdict verdict;
        int64_t tries, age, wait;
    } cases[] = {
        {MAILER_RETRY, 1, 0, MINUTE},      {MAILER_RETRY, 2, 0, 5 * MINUTE},
        {MAILER_RETRY, 3, 0, 30 * MINUTE}, {MAILER_RETRY, 4, 0, 2 * HOUR},
        {MAILER_RETRY, 5, 0, 6 * HOUR},    {MAILER_RETRY, 9, DAY - 1, 6 * HOUR},
        {MAILER_RETRY, 9, DAY, -1},        {MAILER_RETRY_FEW, 4, 0, 2 * HOUR},
        {MAILER_RETRY_FEW, 5, 0, -1},      {MAILER_RETRY_FEW, 1, DAY, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t now = 1000000 + cases[i].age;
        int64_t next = message_next_try(cases[i].verdict, cases[i].tries, 1000000, now);
        assert_true(next == (cases[i].wait < 0 ? INSTANT_NEVER : now + cases[i].wait));
    }
}

static void leases(void **state)
{
    (void)state;
    static const struct {
        enum message_state stored;
        int64_t lease;
        enum message_state shown;
    } cases[] = {
        {MESSAGE_CLAIMED, 999, MESSAGE_QUEUED},
        {MESSAGE_CLAIMED, 1000, MESSAGE_CLAIMED},
        {MESSAGE_SENDING, 999, MESSAGE_UNCERTAIN},
        {MESSAGE_SENDING, 1000, MESSAGE_SENDING},
        {MESSAGE_SENDING, INSTANT_NEVER, MESSAGE_SENDING},
        {MESSAGE_SENT, 999, MESSAGE_SENT},
        {MESSAGE_QUEUED, 999, MESSAGE_QUEUED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(message_state_by_lease(cases[i].stored, cases[i].lease, 1000),
                         cases[i].shown);
}

static void what_is_left(void **state)
{
    (void)state;
    static const struct {
        struct outbox_left left;
        const char *text;
    } cases[] = {
        {{0, 0, 0}, ""},
        {{0, 0, 60}, ""},
        {{2, 0, 0}, "2 still queued"},
        {{2, 0, 1}, "2 still queued, the next try in 1m"},
        {{2, 0, 60}, "2 still queued, the next try in 1m"},
        {{2, 0, 61}, "2 still queued, the next try in 2m"},
        {{0, 1, 0}, "1 uncertain: sent or not, see the outbox"},
        {{1, 3, 7200},
         "1 still queued, the next try in 2h; 3 uncertain: sent or not, see the outbox"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(outbox_left_text(arena, &cases[i].left), cases[i].text);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),        cmocka_unit_test(who_knows),  cmocka_unit_test(replies),
        cmocka_unit_test(verdicts),     cmocka_unit_test(next_tries), cmocka_unit_test(leases),
        cmocka_unit_test(what_is_left),
    };
    return cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
}
