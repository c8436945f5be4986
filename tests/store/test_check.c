/*
 * The store's check: each kind of damage is found by its words, and what is mended is sound again.
 * For both engines. What needs a damaged file stands in test_open.c and test_faults.c.
 */
#include "store_support.h"

#include <store/outbox.h>

#include <string.h>

static const int64_t quarantine = INT64_C(365) * DAY;

static void note(struct world *w, const char *event, const char *digits, const char *uid)
{
    struct history_entry entry = {
        .at = WORLD_NOW, .actor = "test", .event = event, .conference_id = digits};
    entry.meeting_uid = uid;
    OK(store_history_add(w->store, &entry));
}

/* A meeting on an ID that counts as drawn here, with what the use cases write beside it. */
static void put_on(struct world *w, const char *uid, const char *digits, int64_t start)
{
    struct meeting meeting = meeting_of(uid, "Budget", start, HOUR);
    meeting.conference_id = digits;
    meeting.id_kind = ID_KIND_DYNAMIC;
    OK(store_begin(w->store, true));
    OK(store_id_take(w->store, digits, ID_KIND_DYNAMIC, "org-ada", uid,
                     meeting.span_end + quarantine, WORLD_NOW));
    OK(store_meeting_put(w->store, &meeting));
    note(w, "id issued", digits, uid);
    note(w, "meeting scheduled", digits, uid);
    OK(store_commit(w->store));
}

static void put_reminder(struct world *w, const char *name)
{
    struct message reminder = {.kind = MESSAGE_REMINDER,
                               .meeting_uid = "m-2",
                               .recipient = arena_format(w->arena, "%s@example.org", name),
                               .old_id = "7654321",
                               .new_id = "16353789",
                               .message_id = arena_format(w->arena, "<%s@example.org>", name),
                               .queued = WORLD_NOW,
                               .changed = WORLD_NOW};
    OK(store_outbox_put(w->store, &reminder));
}

/* m-1 stands, m-2 came from the static ID, m-3 is cancelled and its ID rests. */
static int check_open(void **state)
{
    int result = world_open(state);
    struct world *w = *state;
    struct number number = {.e164 = "+13238494874", .city = "", .country = "US"};
    put_organizer(w, "org-bob", "bob@example.org");
    put_on(w, "m-1", "93907123", WORLD_NOW + HOUR);
    put_on(w, "m-2", "16353789", WORLD_NOW + 2 * (int64_t)HOUR);
    put_on(w, "m-3", "50271864", WORLD_NOW + 3 * (int64_t)HOUR);
    OK(store_begin(w->store, true));
    OK(store_number_put(w->store, &number));
    OK(store_id_take(w->store, "7654321", ID_KIND_STATIC, "org-ada", NULL, INSTANT_NEVER,
                     WORLD_NOW));
    OK(store_organizer_static_id(w->store, "org-ada", "7654321"));
    OK(store_id_retire(w->store, "50271864", WORLD_NOW, WORLD_NOW + quarantine, "16353789"));
    OK(store_move_add(w->store, "m-2", "7654321", "16353789", WORLD_NOW));
    note(w, "id taken", "7654321", NULL);
    note(w, "id retired", "50271864", "m-3");
    note(w, "meeting converted", "16353789", "m-2");
    note(w, "id left", "7654321", "m-2");
    put_reminder(w, "r-1");
    put_reminder(w, "r-2");
    OK(store_commit(w->store));
    behind_its_back(w, "UPDATE conference_id SET drawn = 1 WHERE kind = 'dynamic';"
                       "UPDATE meeting SET status = 'cancelled' WHERE uid = 'm-3'");
    return result;
}

static const struct check_times times = {WORLD_NOW, WORLD_NOW};

/* All parts of the check; the meetings in pages of two. */
static const char *findings_at(struct world *w, struct check_times at)
{
    struct strings findings = {0};
    struct text text = text_start(w->arena);
    struct check_page page = {.limit = 2, .kept = w->arena, .findings = &findings};
    OK(store_check(w->arena, w->store, at, &findings, NULL));
    OK(store_check_history(w->arena, w->store, &findings));
    while (!page.done && !strstr(findings.count ? findings.items[0] : "", "schema: "))
        OK(store_check_page(w->arena, w->store, &page));
    for (size_t i = 0; i < findings.count; i++)
        text_addf(&text, "%s\n", findings.items[i]);
    return text.bytes;
}

static const char *findings_text(struct world *w)
{
    return findings_at(w, times);
}

/* mend: what brings it right behind the store's back; NULL: a repair does. */
struct damage {
    const char *damage, *mend, *finding;
};

/* The repair tells the finding, and perhaps others that come of it. */
static void repair(struct world *w, const char *finding)
{
    struct strings repaired = {0};
    bool named = false;
    OK(store_begin(w->store, true));
    OK(store_repair(w->arena, w->store, times, &repaired));
    OK(store_commit(w->store));
    for (size_t i = 0; i < repaired.count; i++)
        named |= strstr(repaired.items[i], finding) != NULL;
    if (!named)
        fail_msg("not told as repaired: %s", finding);
}

static void expect_found(struct world *w, const struct damage *cases, size_t count)
{
    assert_string_equal(findings_text(w), "");
    for (size_t i = 0; i < count; i++) {
        behind_its_back(w, cases[i].damage);
        const char *text = findings_text(w);
        if (!strstr(text, cases[i].finding))
            fail_msg("'%s' is not in: %s", cases[i].finding, text);
        if (cases[i].mend)
            behind_its_back(w, cases[i].mend);
        else
            repair(w, cases[i].finding);
        text = findings_text(w);
        if (text[0])
            fail_msg("still there after '%s': %s", cases[i].mend ? cases[i].mend : cases[i].damage,
                     text);
    }
}

#define EXPECT_FOUND(w, cases) expect_found(w, cases, sizeof cases / sizeof *cases)
#define OF(digits) " WHERE digits = '" digits "'"
#define DIGITS(from, to) "UPDATE conference_id SET digits = '" to "'" OF(from)

static void test_ids(void **state)
{
    static const struct damage cases[] = {
        {DIGITS("50271864", "93907124"), DIGITS("93907124", "50271864"),
         "conference IDs are one slip apart: 93907123 93907124"},
        {DIGITS("50271864", "93907132"), DIGITS("93907132", "50271864"),
         "conference IDs are one slip apart: 93907123 93907132"},
        {DIGITS("50271864", "12345678"), DIGITS("12345678", "50271864"),
         "conference ID has a shape that is never drawn: 12345678"},
        {DIGITS("50271864", "02468135"), DIGITS("02468135", "50271864"),
         "conference ID has a shape that is never drawn: 02468135"},
        {DIGITS("50271864", "5027186"), DIGITS("5027186", "50271864"),
         "dynamic ID is shorter than any that is drawn: 5027186"},
        {DIGITS("50271864", "5027186x"), DIGITS("5027186x", "50271864"),
         "conference ID does not have 4 to 12 digits: 5027186x"},
        {"UPDATE conference_id SET replaced_by = '11112222'" OF("50271864"),
         "UPDATE conference_id SET replaced_by = '16353789'" OF("50271864"),
         "conference ID gave way to one that is not in the store: 50271864 -> 11112222"},
        {"UPDATE conference_id SET ends = 1" OF("93907123"),
         "UPDATE conference_id SET ends = (SELECT span_end FROM meeting WHERE uid = 'm-1')" OF(
             "93907123"),
         "dynamic ID ends before its meeting: 93907123 of meeting m-1"},
        {"UPDATE conference_id SET reserved_until = reserved_until - 40000000" OF("93907123"),
         "UPDATE conference_id SET reserved_until = reserved_until + 40000000" OF("93907123"),
         "dynamic ID is reserved for less time than its meeting takes: 93907123 of meeting m-1"},
        {"UPDATE conference_id SET organizer_uid = 'org-bob'" OF("93907123"),
         "UPDATE conference_id SET organizer_uid = 'org-ada'" OF("93907123"),
         "dynamic ID and its meeting belong to different organizers: 93907123 of meeting m-1"},
        {"UPDATE conference_id SET reserved_until = retired" OF("50271864"),
         "UPDATE conference_id SET reserved_until = retired + 31536000" OF("50271864"),
         "retired conference ID's quarantine was cut short: 50271864"},
        {"UPDATE conference_id SET issued = issued + 999999999" OF("93907123"),
         "UPDATE conference_id SET issued = issued - 999999999" OF("93907123"),
         "conference ID was issued years after all that the history tells: 93907123"},
        {"DELETE FROM id_count WHERE length = 9", "INSERT INTO id_count VALUES (9, 0)",
         "count of live IDs is missing for length 9"},
        {"UPDATE id_move SET new_id = '5'", "UPDATE id_move SET new_id = '16353789'",
         "change of ID names one that is not in the store: 7654321 -> 5 of meeting m-2"},
    };
    EXPECT_FOUND(*state, cases);
}

#define ALIASES(whose, text) "UPDATE organizer SET aliases = '" text "' WHERE uid = '" whose "'"
#define MEETING(column, value) "UPDATE meeting SET " column " = " value " WHERE uid = 'm-1'"

static void test_meetings(void **state)
{
    static const struct damage cases[] = {
        {"UPDATE meeting SET status = 'scheduled' WHERE uid = 'm-3'",
         "UPDATE meeting SET status = 'cancelled' WHERE uid = 'm-3'",
         "scheduled meeting carries a retired dynamic ID: m-3, ID 50271864"},
        {MEETING("start_local", "'garbage'"),
         "UPDATE meeting SET start_local = '20261130T021320' WHERE uid = 'm-1'",
         "meeting m-1: its local start can't be read"},
        {MEETING("title", "'changed'"), MEETING("title", "'Budget'"),
         "meeting's search text does not fit what it is found by: m-1"},
        {MEETING("sequence", "-1"), MEETING("sequence", "0"),
         "meeting's number of changes is impossible: m-1"},
        {MEETING("sequence", "9223372036854775807"), MEETING("sequence", "0"),
         "meeting's number of changes is impossible: m-1"},
        {MEETING("clock_days", "9"), MEETING("clock_days", "0"),
         "meeting's days by the clock are no part of its duration: m-1"},
        {"INSERT INTO meeting_override (meeting_uid, recurrence, start_local, duration, cancelled)"
         " VALUES ('m-1', '20261130T021320', '20261130T021320', 31622401, 0)",
         "DELETE FROM meeting_override",
         "changed occurrence lasts less than no time, or more than a year: m-1, 20261130T021320"},
        {MEETING("conference_id", "'10203040'"), MEETING("conference_id", "'93907123'"),
         "meeting's conference ID is not in the store: m-1, ID 10203040"},
    };
    EXPECT_FOUND(*state, cases);
}

static void test_directory(void **state)
{
    static const struct damage cases[] = {
        {"UPDATE organizer SET static_id = '7654321' WHERE uid = 'org-bob'",
         "UPDATE organizer SET static_id = NULL WHERE uid = 'org-bob'",
         "static ID is the current one of several organizers: 7654321"},
        {"UPDATE organizer SET email_key = 'x' WHERE uid = 'org-bob'",
         "UPDATE organizer SET email_key = email WHERE uid = 'org-bob'",
         "organizer is not found by the own address: bob@example.org"},
        {"UPDATE dial_in_number SET e164 = 'abc'",
         "UPDATE dial_in_number SET e164 = '+13238494874'", "dial-in number is none: abc"},
        {"INSERT INTO attendee_known VALUES"
         " ('eve@example.org', 'eve@example.org', 'de', '', '+493012345678', '8765432103')",
         "DELETE FROM attendee_known",
         "attendee is not found by the own address or number: eve@example.org"},
        {"INSERT INTO attendee_known VALUES ('x', 'eve@example.org', 'de', '', '', '')",
         "DELETE FROM attendee_known",
         "attendee is not found by the own address or number: eve@example.org"},
        {"UPDATE outbox SET message_id = '<one@example.org>'",
         "UPDATE outbox SET message_id = recipient",
         "messages share one Message-ID: <one@example.org>"},
        {"UPDATE outbox SET new_id = '10203040' WHERE id = 1",
         "UPDATE outbox SET new_id = '16353789' WHERE id = 1",
         "message names a conference ID that is not in the store: 1"},
        {"UPDATE outbox SET state = 'sending', owner = 'x' WHERE id = 2",
         "UPDATE outbox SET state = 'queued', owner = NULL WHERE id = 2",
         "message is in somebody's hands without an end: 2"},
    };
    EXPECT_FOUND(*state, cases);
}

/* The history is taken away and put back: what each row was needed for is told. */
static void test_history(void **state)
{
#define BACK(seq, event, digits, uid)                                                              \
    "INSERT INTO history VALUES (" seq ", 1796000000, 'test', '" event "', '" digits "', " uid     \
    ", '')"
#define GONE(seq) "DELETE FROM history WHERE seq = " seq
    static const struct damage cases[] = {
        {GONE("1"), BACK("1", "id issued", "93907123", "'m-1'"),
         "rows are missing from the history: 1"},
        {GONE("1"), BACK("1", "id issued", "93907123", "'m-1'"),
         "history does not tell where this conference ID comes from: 93907123"},
        {GONE("2"), BACK("2", "meeting scheduled", "93907123", "'m-1'"),
         "history does not tell where this meeting comes from: m-1"},
        {GONE("8"), BACK("8", "id retired", "50271864", "'m-3'"),
         "history does not tell why this conference ID is retired: 50271864"},
        {GONE("10"), BACK("10", "id left", "7654321", "'m-2'"),
         "history does not tell that this ID was left: 7654321 of meeting m-2"},
        {"DELETE FROM id_move",
         "INSERT INTO id_move (old_id, meeting_uid, new_id, at)"
         " VALUES ('7654321', 'm-2', '16353789', 1796000000)",
         "converted meeting's change of ID is not in the store: m-2"},
    };
    EXPECT_FOUND(*state, cases);
}

static void test_schema(void **state)
{
    static const struct damage cases[] = {
        {"DROP INDEX meeting_start", "CREATE INDEX meeting_start ON meeting (start_at)",
         "schema: the index is missing: meeting_start"},
        {"ALTER TABLE id_count RENAME TO counted", "ALTER TABLE counted RENAME TO id_count",
         "schema: the table is missing: id_count"},
        {"ALTER TABLE history RENAME TO told", "ALTER TABLE told RENAME TO history",
         "schema: the table is missing: history"},
    };
    EXPECT_FOUND(*state, cases);
}

/* What stands there rightly: no line of it is a finding. */
static void test_sound(void **state)
{
    struct world *w = *state;
    static const char *const taken[] = {"7654322",  "7654312", "12345678",
                                        "93907129", "0815",    "1111"};
    const struct check_times later = {WORLD_NOW + 2 * (int64_t)HOUR, WORLD_NOW};
    const struct check_times over = {WORLD_NOW + 3 * (int64_t)HOUR, WORLD_NOW};
    OK(store_begin(w->store, true));
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        OK(store_id_take(w->store, taken[i], ID_KIND_STATIC, "org-bob", NULL, INSTANT_NEVER,
                         WORLD_NOW));
        note(w, "id taken", taken[i], NULL);
    }
    OK(store_ids_rest(w->store, later.now, 10));
    OK(store_commit(w->store));
    assert_string_equal(findings_at(w, later), "");
    /* out of quarantine when its neighbour was drawn */
    behind_its_back(w, "UPDATE conference_id SET issued = 1, retired = 2, reserved_until = 31536002"
                       " WHERE digits = '50271864';" DIGITS("50271864", "93907124"));
    assert_null(strstr(findings_text(w), "one slip apart"));
    /* retired while the quarantine was shorter */
    behind_its_back(w, "UPDATE conference_id SET reserved_until = 2 + 30 * 86400" OF("93907124"));
    assert_non_null(strstr(findings_text(w), "quarantine was cut short: 93907124"));
    behind_its_back(w, "UPDATE organization SET quarantine_least = 31");
    assert_non_null(strstr(findings_text(w), "quarantine was cut short: 93907124"));
    behind_its_back(w, "UPDATE organization SET quarantine_least = 30");
    assert_null(strstr(findings_text(w), "cut short"));
    /* withdrawn by hand; as the meeting was over, which it is, or was until it was moved */
    behind_its_back(w, "UPDATE outbox SET state = 'withdrawn', why = 'withdrawn by hand'");
    assert_null(strstr(findings_text(w), "withdrawn"));
    behind_its_back(w, "UPDATE outbox SET why = 'the meeting is over'");
    assert_non_null(strstr(findings_text(w), "withdrawn"));
    assert_null(strstr(findings_at(w, over), "withdrawn"));
    behind_its_back(w, "UPDATE meeting SET changed = changed + 1 WHERE uid = 'm-2'");
    assert_null(strstr(findings_text(w), "withdrawn"));
}

/*
 * What rows hold is shown as one line without control characters; a kind has twenty lines at most.
 */
static void test_lines(void **state)
{
    struct arena *arena = ((struct world *)*state)->arena;
    struct strings findings = {0};
    size_t lines = 0;
    for (int i = 0; i < 30; i++)
        store_finding_add(arena, &findings, &lines, "wrong: ", "a\x1b[31m\nb");
    assert_int_equal(findings.count, 21);
    assert_string_equal(findings.items[19], "wrong: a\\x1b[31m\\x0ab");
    assert_string_equal(findings.items[20], "wrong: and more");
}

#define EDITED_AHEAD(uid)                                                                          \
    "INSERT INTO history (seq, at, actor, event, meeting_uid, detail)"                             \
    " SELECT MAX(seq) + 1, 1797000000, 'x', 'meeting edited', '" uid "', '' FROM history"

/*
 * What other rows tell how it must be, and what a clock left that was ahead: found, brought right
 * by a repair, and sound then.
 */
static void test_repaired(void **state)
{
    static const struct damage cases[] = {
        {"UPDATE conference_id SET length = 9" OF("93907123"), NULL,
         "conference ID's length is wrong: 93907123"},
        {"UPDATE conference_id SET ends = 1" OF("93907123"), NULL,
         "dynamic ID ends before its meeting: 93907123 of meeting m-1"},
        {"UPDATE conference_id SET reserved_until = 1" OF("93907123"), NULL,
         "dynamic ID is reserved for less time than its meeting takes: 93907123 of meeting m-1"},
        {"UPDATE conference_id SET state = 'ended', ends = NULL" OF("93907123"), NULL,
         "ended conference ID has no end: 93907123"},
        {"UPDATE conference_id SET reserved_until = retired - 1" OF("50271864"), NULL,
         "retired conference ID's quarantine is over before it began: 50271864"},
        {"UPDATE id_count SET live = 17 WHERE length = 8", NULL,
         "count of live IDs is wrong for length 8"},
        {"DELETE FROM id_count WHERE length = 8", NULL,
         "count of live IDs is missing for length 8"},
        {MEETING("span_class", "99"), NULL, "meeting's span has the wrong class: m-1"},
        {MEETING("zone_rules", "4711"), NULL, "meeting's zone rules are not in the store: m-1"},
        {"UPDATE outbox SET state = 'sending', owner = 'x' WHERE id = 2", NULL,
         "message is in somebody's hands without an end: 2"},
        {"UPDATE organizer SET email_key = 'x' WHERE uid = 'org-bob'", NULL,
         "organizer is not found by the own address: bob@example.org"},
        {"UPDATE organizer SET search = 'x' WHERE uid = 'org-bob'", NULL,
         "organizer's search text does not fit name and address: bob@example.org"},
        {ALIASES("org-ada", "Countess@Example.ORG lady@example.org"), NULL,
         "organizer is not found by every alias: ada@example.org"},
        {"DELETE FROM organizer_alias WHERE address_key = 'lady@example.org'", NULL,
         "organizer is not found by every alias: ada@example.org"},
        {"UPDATE organizer_alias SET address_key = 'other@example.org'"
         " WHERE address_key = 'lady@example.org'",
         NULL, "address is no alias of the organizer whom it finds: other@example.org of ada@"},
        {"UPDATE organizer_alias SET organizer_uid = 'org-bob'"
         " WHERE address_key = 'lady@example.org'",
         NULL, "address is no alias of the organizer whom it finds: lady@example.org of bob@"},
        {ALIASES("org-ada", "countess@example.org COUNTESS@example.org"), NULL,
         "address is no alias of the organizer whom it finds: lady@example.org of ada@"},
        {ALIASES("org-ada", "new@example.org lady@example.org") ";" ALIASES("org-bob",
                                                                            "countess@example.org"),
         NULL, "address is no alias of the organizer whom it finds: countess@example.org of ada@"},
        {ALIASES("org-ada", "countess@example.org") ";" ALIASES("org-bob",
                                                                "lady@example.org new@example.org"),
         NULL, "address is no alias of the organizer whom it finds: countess@example.org of bob@"},
        {ALIASES("org-ada", "") ";" ALIASES("org-bob", ""), NULL,
         "address is no alias of the organizer whom it finds: countess@example.org of ada@"},
        {"UPDATE organizer SET version = 9223372036854775807 WHERE uid = 'org-bob'", NULL,
         "organizer's version is impossible: bob@example.org"},
        {"UPDATE organization SET version = 0", NULL, "organization's version is impossible: 0"},
        {MEETING("version", "9223372036854775807"), NULL, "meeting's version is impossible: m-1"},
        {"DROP INDEX meeting_start", NULL, "schema: the index is missing: meeting_start"},
        {"DROP INDEX conference_id_meeting", NULL,
         "schema: the index is missing: conference_id_meeting"},
        /* by a clock that was ahead */
        {"UPDATE conference_id SET state = 'ended'" OF("93907123"), NULL,
         "conference ID counts as ended, and its meeting is not over: 93907123"},
        {"UPDATE conference_id SET retired = retired + 99999999, reserved_until = reserved_until +"
         " 99999999" OF("50271864"),
         NULL, "conference ID was retired at a time that is to come: 50271864"},
        {"UPDATE conference_id SET issued = issued + 9999" OF("16353789"), NULL,
         "conference ID was issued at a time that is to come: 16353789"},
        {"INSERT INTO call (seq, at, digits, number, trunk, verdict, why, wrong) VALUES"
         " (1797000000000000000, 1797000000, '1', '', '', 'refuse', '', 1),"
         " (1796000060000000000, 1796000060, '1', '', '', 'refuse', '', 1),"
         " (1796000000000000000, 1797000000, '1', '', '', 'refuse', '', 1)", /* --at */
         NULL, "calls are noted at a time that is to come: 1"},
        {"UPDATE outbox SET state = 'claimed', owner = 'x', lease = 1797000000 WHERE id = 1", NULL,
         "message is in somebody's hands for longer than a day: 1"},
        {"UPDATE outbox SET state = 'queued', owner = NULL, lease = NULL, due = 1797000000", NULL,
         "message is not to be tried for longer than a day: 1"},
        {"UPDATE outbox SET state = 'withdrawn', why = 'the meeting is over', changed = 1797000000"
         " WHERE id = 1",
         NULL, "message was withdrawn as its meeting is over, and it is not: 1"},
        {"UPDATE meeting SET span_end = NULL, span_class = 99 WHERE uid = 'm-2';"
         "UPDATE conference_id SET ends = NULL, reserved_until = NULL WHERE meeting_uid = 'm-2';"
         "UPDATE outbox SET state = 'withdrawn', why = 'the meeting is over' WHERE id = 2",
         NULL, "message was withdrawn as its meeting is over, and it is not: 2"},
        {"UPDATE outbox SET tried = 1797000000, first_tried = 1797000000 WHERE id = 1", NULL,
         "message was tried at a time that is to come: 1"},
        {"UPDATE outbox SET first_tried = 1797000000 WHERE id = 2", NULL,
         "message was tried at a time that is to come: 2"},
        /* m-2's is a file's own, m-1's is ours: the history was written by the same clock */
        {"UPDATE meeting SET stamp = 1797000000 WHERE uid IN ('m-1', 'm-2');" EDITED_AHEAD("m-1"),
         NULL, "meeting was changed at a time that is to come: m-1"},
        {"UPDATE meeting SET rdates = '20261201T090000' WHERE uid = 'm-1';"
         "INSERT INTO meeting_override (meeting_uid, recurrence, start_local, duration, stamp,"
         " cancelled) VALUES ('m-1', '20261201T090000', '20261201T090000', 60, 1797000000, 1)",
         NULL, "occurrence was changed at a time that is to come: m-1, 20261201T090000"},
    };
    EXPECT_FOUND(*state, cases);
}

/* The same as a whole: IDs that ended and retired by a clock that is years ahead. */
static void test_clock_ahead(void **state)
{
    struct world *w = *state;
    const int64_t ahead = WORLD_NOW + 4 * INT64_C(365) * DAY;
    int64_t live[ID_SIZE];
    OK(store_begin(w->store, true));
    OK(store_ids_rest(w->store, ahead, 10));
    OK(store_id_retire(w->store, "7654321", ahead, ahead + quarantine, NULL));
    note(w, "id retired", "7654321", NULL);
    OK(store_commit(w->store));
    const char *found = findings_text(w);
    assert_non_null(strstr(found, "and its meeting is not over: 93907123"));
    assert_non_null(strstr(found, "and its meeting is not over: 16353789"));
    assert_non_null(strstr(found, "was retired at a time that is to come: 7654321"));
    repair(w, "and its meeting is not over: 16353789");
    assert_string_equal(findings_text(w), "");
    OK(store_id_live_counts(w->store, live));
    assert_int_equal(live[8], 2);
    struct id_record record;
    OK(store_id_get(w->arena, w->store, "7654321", &record));
    assert_true(record.retired_at <= WORLD_NOW);
    assert_true(record.reserved_until <= WORLD_NOW + quarantine);
    /* only the last of several tries was made by it */
    struct message message;
    behind_its_back(w, "UPDATE outbox SET first_tried = 1, tried = 1797000000 WHERE id = 1");
    repair(w, "message was tried at a time that is to come: 1");
    OK(store_outbox_get(w->arena, w->store, 1, &message));
    assert_int_equal(message.first_tried, 1);
    assert_in_range(message.tried, 1, WORLD_NOW - MINUTE);
}

/* An alias that is another organizer's address is told, and not that it was brought right. */
static void test_alias_of_two(void **state)
{
    struct world *w = *state;
    struct strings repaired = {0};
    behind_its_back(w, ALIASES("org-bob", "ADA@example.org"));
    assert_non_null(strstr(findings_text(w), "is not found by every alias: bob@example.org"));
    OK(store_begin(w->store, true));
    OK(store_repair(w->arena, w->store, times, &repaired));
    OK(store_commit(w->store));
    assert_int_equal(repaired.count, 0);
    assert_non_null(strstr(findings_text(w), "is not found by every alias: bob@example.org"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, check_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_ids),         CASE(test_meetings),     CASE(test_directory), CASE(test_history),
        CASE(test_schema),      CASE(test_sound),        CASE(test_lines),     CASE(test_repaired),
        CASE(test_clock_ahead), CASE(test_alias_of_two),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
