/*
 * Messages: how they are put, replaced, claimed, sent and left alone, and what the store knows of
 * whom it told. For both engines.
 */
#include "store_support.h"

#include <store/meetings.h>
#include <store/outbox.h>
#include <string.h>

static struct message message_of(struct world *w, int number, enum message_kind kind)
{
    return (struct message){.kind = kind,
                            .meeting_uid = "meeting-1",
                            .recipient = arena_format(w->arena, "bob%d@example.org", number),
                            .message_id = arena_format(w->arena, "<%d@example.org>", number),
                            .queued = WORLD_NOW + number,
                            .changed = WORLD_NOW};
}

static void put_message(struct world *w, struct message *m)
{
    OK(store_begin(w->store, true));
    OK(store_outbox_put(w->store, m));
    OK(store_commit(w->store));
}

static enum err change_state(struct world *w, int64_t id, enum message_state from,
                             enum message_state to)
{
    OK(store_begin(w->store, true));
    enum err err = store_outbox_state(w->store, id, 1U << from, to, "refused", WORLD_NOW + 2);
    if (err)
        store_rollback(w->store);
    else
        OK(store_commit(w->store));
    return err;
}

static struct meeting get_meeting(struct world *w, const char *uid)
{
    struct meeting m = {0};
    OK(store_meeting_get(w->arena, w->store, uid, &m));
    return m;
}

static struct message get_message(struct world *w, int64_t id)
{
    struct message m = {0};
    OK(store_outbox_get(w->arena, w->store, id, &m));
    return m;
}

static void test_outbox(void **state)
{
    struct world *w = *state;
    struct meeting meeting = meeting_of("meeting-1", "Budget", WORLD_NOW, HOUR);
    put_meeting(w, &meeting);
    for (int i = 1; i <= 3; i++) {
        struct message m = message_of(w, i, i == 3 ? MESSAGE_UPDATE : MESSAGE_REMINDER);
        put_message(w, &m);
        assert_int_equal(m.id, i);
    }
    OK(change_state(w, 2, MESSAGE_QUEUED, MESSAGE_FAILED));
    assert_int_equal(change_state(w, 2, MESSAGE_QUEUED, MESSAGE_FAILED), ERR_CONFLICT);
    static const struct {
        struct message_filter filter;
        size_t count;
        int64_t first;
    } cases[] = {
        {{0}, 3, 1},
        {{.states = 1U << MESSAGE_QUEUED}, 2, 1},
        {{.states = 1U << MESSAGE_QUEUED, .limit = 1}, 1, 1},
        {{.states = 1U << MESSAGE_FAILED | 1U << MESSAGE_SENT}, 1, 2},
        {{.meeting_uid = "meeting-1", .limit = 2}, 2, 1},
        {{.meeting_uid = "meeting-1", .states = 1U << MESSAGE_FAILED}, 1, 2},
        {{.meeting_uid = "other"}, 0, 0},
        {{.recipient = "BOB3@example.org"}, 1, 3},
        {{.reminders = true}, 2, 1},
        {{.organizer = "nobody@example.org"}, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct messages list = {0};
        OK(store_outbox_list(w->arena, w->store, &cases[i].filter, &list));
        assert_int_equal(list.count, cases[i].count);
        assert_true(!list.count || list.items[0].id == cases[i].first);
    }
    struct message failed = get_message(w, 2);
    assert_int_equal(failed.state, MESSAGE_FAILED);
    assert_string_equal(failed.why, "refused");
    assert_string_equal(failed.title, "Budget");
    assert_true(failed.changed == WORLD_NOW + 2);
    assert_int_equal(store_outbox_get(w->arena, w->store, 17, &failed), ERR_NOT_FOUND);
}

/* What is not sent yet is replaced by the next message to the same recipient, and keeps its past. */
static void test_outbox_replaces(void **state)
{
    struct world *w = *state;
    struct meeting meeting = meeting_of("meeting-1", "Budget", WORLD_NOW, HOUR);
    put_meeting(w, &meeting);
    for (int i = 0; i < MESSAGE_STATES; i++) {
        enum message_state before = (enum message_state)i;
        struct message m = message_of(w, i, MESSAGE_REMINDER);
        m.was = (struct message_told){true, 17, HOUR, "Old", "", "FREQ=DAILY"};
        put_message(w, &m);
        int64_t id = m.id;
        if (before != MESSAGE_QUEUED)
            OK(change_state(w, id, MESSAGE_QUEUED, before));
        m = message_of(w, i, MESSAGE_CANCELLATION);
        m.message_id = arena_format(w->arena, "<again-%d@example.org>", i);
        m.was = (struct message_told){true, 18, 2 * HOUR, "Newer", "", NULL};
        put_message(w, &m);
        bool replaced =
            before == MESSAGE_QUEUED || before == MESSAGE_CLAIMED || before == MESSAGE_FAILED;
        assert_int_equal(m.id == id, replaced);
        struct message now = get_message(w, m.id);
        assert_int_equal(now.state, MESSAGE_QUEUED);
        assert_int_equal(now.kind, MESSAGE_CANCELLATION);
        assert_string_equal(now.message_id, m.message_id);
        assert_true(now.was.known);
        assert_string_equal(now.was.title, replaced ? "Old" : "Newer");
        assert_int_equal(now.was.duration, replaced ? HOUR : 2 * HOUR);
        assert_int_equal(now.was.rrule != NULL, replaced);
    }
}

/* What waits or failed can be taken out of the outbox, what is on its way cannot. */
static void test_remove(void **state)
{
    struct world *w = *state;
    struct meeting meeting = meeting_of("meeting-1", "Budget", WORLD_NOW, HOUR);
    put_meeting(w, &meeting);
    for (int i = 0; i < MESSAGE_STATES; i++) {
        struct message m = message_of(w, i, MESSAGE_REMINDER);
        bool waits = i == MESSAGE_QUEUED || i == MESSAGE_CLAIMED || i == MESSAGE_FAILED;
        m.state = (enum message_state)i;
        put_message(w, &m);
        assert_int_equal(store_outbox_remove(w->store, m.id), waits ? ERR_OK : ERR_CONFLICT);
    }
    assert_int_equal(store_outbox_remove(w->store, 99), ERR_CONFLICT);
}

/* --- sending --- */

static struct messages claim(struct world *w, const char *owner, int64_t now, size_t limit)
{
    struct messages list = {0};
    OK(store_begin(w->store, true));
    OK(store_outbox_claim(w->arena, w->store, owner, now, now + 60,
                          &(struct message_filter){.limit = limit}, &list));
    OK(store_commit(w->store));
    return list;
}

static bool start_sending(struct world *w, const char *owner, struct message *m, int64_t now)
{
    bool ours = false;
    m->text = "text";
    m->told = (struct message_told){true, WORLD_NOW, HOUR, "Budget", "Room 1", NULL};
    m->sequence = 4;
    OK(store_begin(w->store, true));
    OK(store_outbox_sending(w->store, owner, m, now, now + 60, &ours));
    OK(store_commit(w->store));
    return ours;
}

static void settle(struct world *w, const char *owner, const struct message *m,
                   enum message_state to, int64_t due)
{
    OK(store_begin(w->store, true));
    OK(store_outbox_settle(w->store, owner, m, to, "why", due, WORLD_NOW + 5));
    OK(store_commit(w->store));
}

static void expire(struct world *w, int64_t now)
{
    OK(store_begin(w->store, true));
    OK(store_outbox_expire(w->store, now));
    OK(store_commit(w->store));
}

static void test_claim(void **state)
{
    struct world *w = *state;
    struct meeting meeting = meeting_of("meeting-1", "Budget", WORLD_NOW, HOUR);
    struct attendee bob = {.email = "bob1@example.org", .name = ""};
    meeting.attendees = (struct attendees){.items = &bob, .count = 1};
    put_meeting(w, &meeting);
    for (int i = 1; i <= 3; i++) {
        struct message m = message_of(w, i, MESSAGE_INVITATION);
        put_message(w, &m);
    }
    struct messages first = claim(w, "one", WORLD_NOW, 2), second = claim(w, "two", WORLD_NOW, 2);
    assert_int_equal(first.count, 2);
    assert_int_equal(second.count, 1);
    assert_int_equal(second.items[0].id, 3);
    /* only its owner goes on, and only once */
    assert_false(start_sending(w, "two", &first.items[0], WORLD_NOW));
    assert_true(start_sending(w, "one", &first.items[0], WORLD_NOW));
    assert_false(start_sending(w, "one", &first.items[0], WORLD_NOW));
    struct message sending = get_message(w, 1);
    assert_string_equal(sending.text, "text");
    assert_int_equal(sending.tries, 1);
    assert_true(sending.first_tried == WORLD_NOW && sending.tried == WORLD_NOW);
    size_t tried = 0;
    OK(store_outbox_tried(w->store, WORLD_NOW + MINUTE - 1, &tried));
    assert_int_equal(tried, 1);
    OK(store_outbox_tried(w->store, WORLD_NOW + MINUTE, &tried));
    assert_int_equal(tried, 0);
    OK(store_outbox_tried(w->store, WORLD_NOW - MINUTE, &tried)); /* by another machine's clock */
    assert_int_equal(tried, 1);
    OK(store_outbox_tried(w->store, WORLD_NOW - DAY, &tried)); /* by a clock that was ahead */
    assert_int_equal(tried, 0);
    settle(w, "two", &first.items[0], MESSAGE_SENT, 0);
    assert_int_equal(get_message(w, 1).state, MESSAGE_SENDING);
    settle(w, "one", &first.items[0], MESSAGE_SENT, 0);
    struct message sent = get_message(w, 1);
    assert_int_equal(sent.state, MESSAGE_SENT);
    assert_null(sent.text);
    assert_string_equal(sent.told.location, "Room 1");
    struct meeting now = get_meeting(w, "meeting-1");
    assert_true(now.attendees.items[0].told);
    assert_int_equal(now.attendees.items[0].told_sequence, 4);
    /* a retry waits until it is due */
    assert_true(start_sending(w, "two", &second.items[0], WORLD_NOW));
    settle(w, "two", &second.items[0], MESSAGE_QUEUED, WORLD_NOW + 60);
    assert_string_equal(get_message(w, 3).text, "text");
    assert_int_equal(claim(w, "two", WORLD_NOW + 59, 9).count, 0);
    assert_int_equal(claim(w, "two", WORLD_NOW + 60, 9).count, 1);
}

/* A sender that is gone: what it claimed is queued again, what it was sending is uncertain. */
static void test_expire(void **state)
{
    struct world *w = *state;
    struct meeting meeting = meeting_of("meeting-1", "Budget", WORLD_NOW, HOUR);
    put_meeting(w, &meeting);
    for (int i = 1; i <= 2; i++) {
        struct message m = message_of(w, i, MESSAGE_INVITATION);
        put_message(w, &m);
    }
    struct messages list = claim(w, "one", WORLD_NOW, 2);
    assert_true(start_sending(w, "one", &list.items[1], WORLD_NOW));
    expire(w, WORLD_NOW + 60);
    assert_int_equal(get_message(w, 1).state, MESSAGE_CLAIMED);
    assert_int_equal(get_message(w, 2).state, MESSAGE_SENDING);
    expire(w, WORLD_NOW + 61);
    assert_int_equal(get_message(w, 1).state, MESSAGE_QUEUED);
    assert_int_equal(get_message(w, 2).state, MESSAGE_UNCERTAIN);
    /* the slow sender comes back: nothing is its own any more */
    assert_false(start_sending(w, "one", &list.items[0], WORLD_NOW + 62));
    settle(w, "one", &list.items[1], MESSAGE_SENT, 0);
    assert_int_equal(get_message(w, 2).state, MESSAGE_UNCERTAIN);
}

/* A mailer that cannot work: the message is as it was before. */
static void test_release(void **state)
{
    struct world *w = *state;
    struct meeting meeting = meeting_of("meeting-1", "Budget", WORLD_NOW, HOUR);
    put_meeting(w, &meeting);
    struct message m = message_of(w, 1, MESSAGE_INVITATION);
    put_message(w, &m);
    for (int tries = 0; tries < 2; tries++) {
        struct messages list = claim(w, "one", WORLD_NOW + tries, 1);
        assert_true(start_sending(w, "one", &list.items[0], WORLD_NOW + tries));
        OK(store_begin(w->store, true));
        OK(store_outbox_release(w->store, "one", 1));
        OK(store_commit(w->store));
        struct message now = get_message(w, 1);
        assert_int_equal(now.state, MESSAGE_QUEUED);
        assert_int_equal(now.tries, tries);
        assert_int_equal(now.first_tried, tries ? WORLD_NOW : 0);
        if (tries)
            continue;
        list = claim(w, "one", WORLD_NOW, 1);
        assert_true(start_sending(w, "one", &list.items[0], WORLD_NOW));
        settle(w, "one", &list.items[0], MESSAGE_QUEUED, WORLD_NOW);
    }
}

/* What the store knows of an attendee outlives edits of the meeting, and goes with the attendee. */
static void test_attendee_state(void **state)
{
    struct world *w = *state;
    struct attendee both[] = {{.email = "bob@example.org", .name = ""},
                              {.email = "eve@example.org", .name = ""}};
    struct meeting meeting = meeting_of("meeting-1", "Budget", WORLD_NOW, HOUR);
    meeting.attendees = (struct attendees){.items = both, .count = 2};
    put_meeting(w, &meeting);
    OK(store_begin(w->store, true));
    struct message told = {.meeting_uid = "meeting-1", .recipient = "bob@example.org"};
    OK(store_message_told(w->store, &told, 3, "93907123"));
    OK(store_message_told(w->store, &told, 2, "1234567")); /* late */
    struct attendee reply = {.email = "eve@example.org",
                             .partstat = PARTSTAT_DECLINED,
                             .replied = WORLD_NOW,
                             .reply_sequence = 3};
    OK(store_attendee_replied(w->store, "meeting-1", &reply));
    OK(store_commit(w->store));
    struct attendee swapped[] = {{.email = "EVE@example.org", .name = "Eve"},
                                 {.email = "bob@example.org", .name = ""},
                                 {.email = "new@example.org", .name = ""}};
    meeting.attendees = (struct attendees){.items = swapped, .count = 3};
    put_meeting(w, &meeting);
    struct meeting now = get_meeting(w, "meeting-1");
    const struct attendee *people = now.attendees.items;
    assert_string_equal(people[0].name, "Eve");
    assert_int_equal(people[0].partstat, PARTSTAT_DECLINED);
    assert_true(people[0].replied == WORLD_NOW && people[0].reply_sequence == 3);
    assert_false(people[0].told);
    assert_true(people[1].told && people[1].told_sequence == 3);
    told.recipient = "eve@example.org"; /* in another case than in the list */
    OK(store_begin(w->store, true));
    OK(store_message_told(w->store, &told, 5, NULL));
    OK(store_commit(w->store));
    assert_int_equal(get_meeting(w, "meeting-1").attendees.items[0].told_sequence, 5);
    assert_string_equal(people[1].told_id, "93907123");
    assert_false(people[2].told);
    meeting.attendees_know = true;
    meeting.sequence = 7;
    put_meeting(w, &meeting);
    now = get_meeting(w, "meeting-1");
    assert_int_equal(now.attendees.items[2].told_sequence, 7);
}

static void left_out_are(struct world *w, const char *names)
{
    struct attendees left = {0};
    struct text text = text_start(w->arena);
    OK(store_left_out(w->arena, w->store, "meeting-1", &left));
    for (size_t i = 0; i < left.count; i++)
        text_addf(&text, "%s ", left.items[i].email);
    assert_string_equal(text.bytes, names);
}

/* Who was told and is taken off the list is kept until they get a cancellation or come back. */
static void test_left_out(void **state)
{
    struct world *w = *state;
    struct attendee people[] = {{.email = "bob@example.org", .name = ""},
                                {.email = "eve@example.org", .name = ""},
                                {.email = "new@example.org", .name = ""}};
    struct meeting meeting = meeting_of("meeting-1", "Budget", WORLD_NOW, HOUR);
    struct message told = {.meeting_uid = "meeting-1", .recipient = "bob@example.org"};
    meeting.attendees = (struct attendees){.items = people, .count = 3};
    put_meeting(w, &meeting);
    OK(store_begin(w->store, true));
    OK(store_message_told(w->store, &told, 3, "93907123"));
    told.recipient = "eve@example.org";
    OK(store_message_told(w->store, &told, 3, NULL));
    OK(store_commit(w->store));
    meeting.attendees.count = 0;
    put_meeting(w, &meeting);
    left_out_are(w, "bob@example.org eve@example.org ");
    put_meeting(w, &meeting); /* a later edit forgets nobody */
    left_out_are(w, "bob@example.org eve@example.org ");
    struct attendee back = {.email = "BOB@example.org", .name = ""};
    meeting.attendees = (struct attendees){.items = &back, .count = 1};
    put_meeting(w, &meeting);
    left_out_are(w, "eve@example.org ");
    struct meeting now = get_meeting(w, "meeting-1");
    assert_true(now.attendees.items[0].told && now.attendees.items[0].told_sequence == 3);
    assert_string_equal(now.attendees.items[0].told_id, "93907123");
    OK(store_begin(w->store, true));
    told.recipient = "late@example.org"; /* an invitation that was on its way */
    OK(store_message_told(w->store, &told, 3, NULL));
    told.kind = MESSAGE_REPLY;
    told.recipient = "outside@example.net";
    OK(store_message_told(w->store, &told, 3, NULL));
    told.kind = MESSAGE_CANCELLATION;
    told.recipient = "eve@example.org";
    OK(store_message_told(w->store, &told, 4, NULL));
    OK(store_commit(w->store));
    left_out_are(w, "late@example.org ");
    meeting.attendees_know = true; /* whoever wrote the file has told them */
    meeting.attendees.count = 0;
    put_meeting(w, &meeting);
    left_out_are(w, "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_outbox),         CASE(test_outbox_replaces), CASE(test_remove),
        CASE(test_claim),          CASE(test_expire),          CASE(test_release),
        CASE(test_attendee_state), CASE(test_left_out),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
