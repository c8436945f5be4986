/*
 * The organization, organizers, numbers, history and messages: what goes in comes out, what must
 * be refused is. For both engines.
 */
#include "store_support.h"

#include <store/meetings.h>
#include <store/outbox.h>
#include <store/vdir.h>
#include <string.h>

static void test_organization(void **state)
{
    struct world *w = *state;
    struct organization a, b;
    OK(store_organization_get(w->arena, w->store, &a));
    assert_int_equal(a.id_digits, 8);
    assert_int_equal(a.quarantine_days, 365);
    assert_int_equal(a.margin_minutes, 15);
    assert_true(a.dynamic_since == INSTANT_NEVER);
    assert_null(a.join_url);
    b = a;
    a.name = "Example";
    a.dynamic_since = WORLD_NOW;
    a.join_url = "https://example.org/";
    OK(store_begin(w->store, true));
    OK(store_organization_put(w->store, &a));
    OK(store_commit(w->store));
    assert_int_equal(a.version, b.version + 1);
    OK(store_begin(w->store, true));
    assert_int_equal(store_organization_put(w->store, &b), ERR_CONFLICT);
    store_rollback(w->store);
    OK(store_organization_get(w->arena, w->store, &b));
    assert_string_equal(b.name, "Example");
    assert_string_equal(b.join_url, "https://example.org/");
    assert_true(b.dynamic_since == WORLD_NOW);
    assert_int_equal(b.version, a.version);
}

/* The shortest quarantine of all times is kept beside the one that is set. */
static void test_quarantine_least(void **state)
{
    struct world *w = *state;
    static const struct {
        int days;
        const char *least;
    } steps[] = {{400, "365"}, {90, "90"}, {30, "30"}, {90, "30"}, {0, "0"}, {365, "0"}};
    struct organization organization;
    OK(store_organization_get(w->arena, w->store, &organization));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct db_statement *query;
        struct db *db = NULL;
        bool row;
        organization.quarantine_days = steps[i].days;
        OK(store_begin(w->store, true));
        OK(store_organization_put(w->store, &organization));
        OK(store_commit(w->store));
        OK(db_open(w->where, DB_READ, NULL, &db, &w->error));
        OK(db_query_row(db, &query, &row, "SELECT quarantine_least FROM organization", DB_NONE));
        assert_true(row);
        assert_string_equal(db_text(w->arena, query, 0), steps[i].least);
        db_done(query);
        db_close(db);
    }
}

static void test_organizers(void **state)
{
    struct world *w = *state;
    struct organizer ada, again,
        bob = {.uid = "org-bob",
               .email = "Bob@Example.org",
               .name = "Bob",
               .tz = "UTC",
               .lang = "de",
               .provider = PROVIDER_THIRD_PARTY,
               .third_party_number = "+15550100",
               .third_party_passcode = "42"};
    OK(store_begin(w->store, true));
    OK(store_organizer_put(w->store, &bob));
    OK(store_commit(w->store));
    assert_int_equal(bob.version, 1);
    OK(store_organizer_by_email(w->arena, w->store, "bob@EXAMPLE.ORG", &again));
    assert_string_equal(again.uid, "org-bob");
    assert_string_equal(again.email, "Bob@Example.org");
    assert_string_equal(again.third_party_number, "+15550100");
    assert_string_equal(again.third_party_passcode, "42");
    assert_null(again.third_party_name);
    assert_int_equal(again.provider, PROVIDER_THIRD_PARTY);
    assert_false(again.dial_in);
    assert_int_equal(store_organizer_by_email(w->arena, w->store, "x@y", &again), ERR_NOT_FOUND);
    assert_int_equal(store_organizer_by_uid(w->arena, w->store, "nobody", &again), ERR_NOT_FOUND);

    struct organizers list = {0};
    OK(store_organizers_list(w->arena, w->store, 0, &list));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].uid, "org-ada");
    list.count = 0;
    OK(store_organizers_list(w->arena, w->store, 1, &list));
    assert_int_equal(list.count, 1);

    static const struct {
        struct organizers_page page;
        size_t count;
        const char *first;
    } pages[] = {{{0}, 2, "org-ada"},
                 {{.limit = 1}, 1, "org-ada"},
                 {{.from = "org-ada"}, 2, "org-ada"},
                 {{.from = "org-bob"}, 1, "org-bob"},
                 {{.from = "nobody"}, 2, "org-ada"},
                 {{.from = "org-bob", .before = true}, 1, "org-ada"},
                 {{.from = "org-ada", .before = true}, 0, NULL},
                 {{.before = true}, 2, "org-ada"},
                 {{.before = true, .limit = 1}, 1, "org-bob"},
                 {{.part = "BOB@"}, 1, "org-bob"},
                 {{.part = "zebra"}, 0, NULL}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        list.count = 0;
        OK(store_organizers_page(w->arena, w->store, &pages[i].page, &list));
        assert_int_equal(list.count, pages[i].count);
        if (pages[i].first)
            assert_string_equal(list.items[0].uid, pages[i].first);
    }

    struct organizer taken = {
        .uid = "org-x", .email = "BOB@example.org", .name = "", .tz = "UTC", .lang = "en"};
    OK(store_begin(w->store, true));
    assert_int_equal(store_organizer_put(w->store, &taken), ERR_REFUSED);
    store_rollback(w->store);

    OK(store_organizer_by_uid(w->arena, w->store, "org-ada", &ada));
    again = ada;
    ada.dial_in = false;
    OK(store_begin(w->store, true));
    OK(store_organizer_put(w->store, &ada));
    assert_int_equal(store_organizer_put(w->store, &again), ERR_CONFLICT);
    store_rollback(w->store);
    OK(store_organizer_by_uid(w->arena, w->store, "org-ada", &again));
    assert_true(again.dial_in); /* the rollback took it back */
}

static void test_numbers(void **state)
{
    struct world *w = *state;
    const char *langs[] = {"en", "fr"};
    struct number a = {.e164 = "+13238494874",
                       .city = "Los Angeles",
                       .country = "US",
                       .langs = {langs, 2, 2},
                       .is_default = true};
    struct number b = {
        .e164 = "+4969901040", .city = "Frankfurt", .country = "DE", .is_default = true};
    struct number c = {
        .e164 = "+18005550100", .city = "", .country = "US", .toll_free = true, .is_default = true};
    OK(store_begin(w->store, true));
    OK(store_number_put(w->store, &a));
    OK(store_number_put(w->store, &c));
    OK(store_number_put(w->store, &b));
    OK(store_commit(w->store));
    struct numbers list = {0};
    OK(store_numbers_list(w->arena, w->store, &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].e164, b.e164);
    assert_true(list.items[0].is_default);
    assert_int_equal(list.items[0].langs.count, 0);
    assert_true(list.items[1].toll_free);
    assert_true(list.items[1].is_default);
    assert_string_equal(list.items[2].e164, a.e164);
    assert_false(list.items[2].is_default); /* the mark went to b */
    assert_int_equal(list.items[2].langs.count, 2);
    assert_string_equal(list.items[2].langs.items[1], "fr");
    OK(store_begin(w->store, true));
    OK(store_number_remove(w->store, a.e164));
    assert_int_equal(store_number_remove(w->store, a.e164), ERR_NOT_FOUND);
    store_rollback(w->store);
}

static void test_history(void **state)
{
    struct world *w = *state;
    OK(store_begin(w->store, true));
    for (int i = 0; i < 5; i++) {
        struct history_entry entry = {.at = WORLD_NOW + i,
                                      .actor = "ada",
                                      .event = arena_format(w->arena, "event %d", i),
                                      .conference_id = i % 2 ? "93907123" : NULL,
                                      .meeting_uid = i % 2 ? NULL : "m"};
        OK(store_history_add(w->store, &entry));
    }
    OK(store_commit(w->store));
    static const struct {
        const char *id, *uid;
        size_t limit, count;
        const char *first, *last;
    } cases[] = {
        {"93907123", NULL, 0, 2, "event 1", "event 3"}, {NULL, "m", 0, 3, "event 0", "event 4"},
        {NULL, NULL, 0, 5, "event 0", "event 4"},       {NULL, NULL, 2, 2, "event 3", "event 4"},
        {NULL, "m", 1, 1, "event 4", "event 4"},        {"1", NULL, 0, 0, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct history_entries list = {0};
        OK(store_history_list(w->arena, w->store, cases[i].id, cases[i].uid, cases[i].limit,
                              &list));
        assert_int_equal(list.count, cases[i].count);
        if (list.count) {
            assert_string_equal(list.items[0].event, cases[i].first);
            assert_string_equal(list.items[list.count - 1].event, cases[i].last);
        }
    }
}

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
    OK(store_outbox_tried(w->store, WORLD_NOW - 1, &tried));
    assert_int_equal(tried, 1);
    OK(store_outbox_tried(w->store, WORLD_NOW, &tried));
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

static struct vdir_row vdir_get(struct world *w, const char *directory, const char *uid, bool there)
{
    struct vdir_row row = {0};
    bool found = !there;
    OK(store_vdir_get(w->arena, w->store, directory, uid, &row, &found));
    assert_int_equal(found, there);
    return row;
}

/* A meeting's file in two directories: noted, written, replaced, dropped, each by itself. */
static void test_vdir(void **state)
{
    struct world *w = *state;
    struct vdir_rows rows = {0};
    struct strings missing = {0};
    struct meeting one = meeting_of("one", "Budget", WORLD_NOW, HOUR),
                   two = meeting_of("two", "Roadmap", WORLD_NOW, HOUR);
    put_meeting(w, &one);
    put_meeting(w, &two);
    struct vdir_row row = {.meeting_uid = "one",
                           .organizer_uid = "org-ada",
                           .name = "one.ics",
                           .pending = "h1",
                           .content = "c1",
                           .version = 1};
    OK(store_begin(w->store, true));
    OK(store_vdir_put(w->store, "host:/a", &row));
    OK(store_vdir_put(w->store, "host:/b", &row));
    OK(store_vdir_written(w->store, "host:/a", "one", "h0")); /* others are pending */
    assert_null(vdir_get(w, "host:/a", "one", true).hash);
    OK(store_vdir_written(w->store, "host:/a", "one", "h1"));
    OK(store_commit(w->store));
    struct vdir_row got = vdir_get(w, "host:/a", "one", true);
    assert_string_equal(got.hash, "h1");
    assert_null(got.pending);
    assert_true(got.meeting_version == 1 && got.status == MEETING_SCHEDULED);
    assert_true(got.span_end == one.span_end);
    assert_string_equal(vdir_get(w, "host:/b", "one", true).pending, "h1");
    OK(store_begin(w->store, true));
    row.name = "other.ics";
    row.hash = "h2";
    row.pending = NULL;
    OK(store_vdir_put(w->store, "host:/a", &row));
    OK(store_vdir_drop(w->store, "host:/b", "one"));
    OK(store_commit(w->store));
    vdir_get(w, "host:/b", "one", false);
    OK(store_vdir_rows(w->arena, w->store, "host:/a", &rows));
    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.items[0].name, "other.ics");
    OK(store_vdir_missing(w->arena, w->store, "host:/a", "org-ada", &missing));
    assert_int_equal(missing.count, 1);
    assert_string_equal(missing.items[0], "two");
    OK(store_begin(w->store, true)); /* a row of a meeting that is not there can't be kept */
    row.meeting_uid = "nobody";
    OK(store_vdir_put(w->store, "host:/a", &row));
    assert_int_not_equal(store_commit(w->store), ERR_OK);
    store_rollback(w->store);
    assert_string_equal(check_text(w), "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_organization),    CASE(test_quarantine_least),
        CASE(test_organizers),      CASE(test_numbers),
        CASE(test_history),         CASE(test_outbox),
        CASE(test_outbox_replaces), CASE(test_remove),
        CASE(test_claim),           CASE(test_expire),
        CASE(test_release),         CASE(test_attendee_state),
        CASE(test_left_out),        CASE(test_vdir),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
