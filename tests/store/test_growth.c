/*
 * Reading costs what it returns: the same questions take the same number of SQLite's steps in a
 * store ten times the size. Steps are counted, not time. SQLite only.
 */
#include "store_support.h"
#include "support/effort.h"

#include <store/calls.h>
#include <store/directory.h>
#include <store/outbox.h>

#include <string.h>

/*
 * Other people's meetings, long ago and far ahead, of every length, with IDs, history, messages
 * and attendees.
 */
static void grow(const struct world *w, int from, int to)
{
    behind_its_back(
        w,
        arena_format(
            w->arena,
            "CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 "
            "FROM n WHERE i < %d)"
            " SELECT i, (CASE i %% 2 WHEN 0 THEN -1 ELSE 1 END) * (20000 + i) * 86400 + "
            "1796000000 AS at,"
            " 10000000 + i * 17 AS digits FROM n;"
            "INSERT OR IGNORE INTO organizer SELECT 'g' || (i %% 3000), 'g' || (i %% 3000), 'g' || "
            "(i %% 3000), '', 'UTC', 'en',"
            " 1, 'microsoft', NULL, NULL, NULL, NULL, NULL, 'g' || (i %% 3000), 1, '' FROM n;"
            "INSERT INTO meeting (uid, organizer_uid, title, location, start_local, tz, "
            "duration, all_day, rdates,"
            " exdates, start_at, end_at, span_start, span_end, span_class, status, "
            "conference_id, id_kind, sequence,"
            " created, changed, version, search, notes) SELECT 'grown-' || i, 'g' || (i %% 3000), "
            "'Grown', '', '20260101',"
            " 'UTC', 3600, 0, '', '', at, at + 3600, at, at + (86400 << (i %% 11)), i %% 11, "
            "'scheduled', digits,"
            " CASE i %% 5 WHEN 0 THEN 'static' ELSE 'dynamic' END, 0, 1, 1, 1, 'grown ' || i, "
            "'' FROM n;"
            "INSERT INTO conference_id SELECT digits, 8, CASE i %% 5 WHEN 0 THEN 'static' ELSE "
            "'dynamic' END,"
            " 'g' || (i %% 3000), CASE i %% 5 WHEN 0 THEN NULL ELSE 'grown-' || i END, 'live', 1, "
            "1, NULL, NULL, at + 9e9,"
            " NULL, 0 FROM n;"
            "INSERT INTO history SELECT NULL, at, 'a', 'b', digits, 'grown-' || i, '' FROM n;"
            "INSERT INTO outbox (id, kind, meeting_uid, recipient, state, why, message_id, queued,"
            " changed) SELECT i + 100, 'reminder', 'grown-' || i, 'x', 'sent', '', '<' || i, 1, 1"
            " FROM n;"
            "INSERT INTO id_move SELECT digits + 1, 'grown-' || i, digits, 1 FROM n;"
            "INSERT INTO attendee (meeting_uid, position, email, name, search)"
            " SELECT 'grown-' || i, 0, 'a', 'b', 'a b' FROM n;"
            "ANALYZE",
            from, to));
}

/* Ada's few rows, which all questions are about. */
static void fill(struct world *w, char digits[ID_SIZE])
{
    struct meeting m = meeting_of("ada-dynamic", "Needle", WORLD_NOW + HOUR, HOUR);
    struct meeting s = meeting_of("ada-static", "Legacy", WORLD_NOW + DAY, HOUR);
    schedule(w, &m, WORLD_NOW);
    memcpy(digits, m.conference_id, ID_SIZE < 9 ? ID_SIZE : 9);
    OK(store_begin(w->store, true));
    OK(store_id_take(w->store, "1234567", ID_KIND_STATIC, "org-ada", NULL, INSTANT_NEVER,
                     WORLD_NOW));
    s.conference_id = "1234567";
    s.id_kind = ID_KIND_STATIC;
    OK(store_meeting_put(w->store, &s));
    OK(store_move_add(w->store, "ada-dynamic", "1234567", digits, WORLD_NOW));
    struct history_entry entry = {
        .at = 1, .actor = "a", .event = "b", .conference_id = digits, .meeting_uid = m.uid};
    OK(store_history_add(w->store, &entry));
    OK(store_commit(w->store));
}

enum { QUESTIONS = 35 };

static enum err ask(struct world *w, int question, const char *digits)
{
    static const char *near[] = {"93907123", "12345678", "87654321"};
    static const char *words[NEAR_WORDS] = {"mon", "", "", ""};
    struct arena *a = w->arena;
    struct store *s = w->store;
    struct meetings list = {0};
    struct near_meetings few = {0};
    struct meeting meeting;
    struct organizer organizer;
    struct organizers organizers = {0};
    struct attendee_known known;
    struct calls calls = {0};
    struct id_record record;
    struct id_records records = {0};
    struct history_entries history = {0};
    struct messages messages = {0};
    struct attendees attendees = {0};
    struct strings candidates = {near, 3, 3};
    int64_t number, live[ID_SIZE];
    size_t bytes;
    switch (question) {
    case 0:
        return store_meetings_between(a, s, "org-ada", WORLD_NOW, WORLD_NOW + WEEK, false, &list);
    case 1:
        return store_meetings_between(a, s, NULL, WORLD_NOW, WORLD_NOW + WEEK, true, &list);
    case 2:
        return store_meeting_get(a, s, "ada-dynamic", &meeting);
    case 3:
        return store_meetings_by_prefix(a, s, "ada-", 10, &list);
    case 4:
        return store_meetings_on_id(a, s, digits, WORLD_NOW, 10, &list);
    case 5:
        return store_meetings_on_id(a, s, "1234567", INT64_MIN, 0, &list);
    case 6:
        return store_meetings_legacy(a, s, "org-ada", WORLD_NOW, 0, false, &list);
    case 7:
        return store_meetings_page(a, s, NULL, NULL, 3, &list);
    case 8:
        return store_meetings_moved_from(a, s, "1234567", 10, &list);
    case 9:
        return store_id_get(a, s, digits, &record);
    case 10:
        return store_ids_among(a, s, &candidates, &records);
    case 11:
        return store_id_users(s, "1234567", &number);
    case 12:
        return store_id_live_counts(s, live);
    case 13:
        return store_history_list(a, s, digits, NULL, &history);
    case 14:
        return store_history_list(a, s, NULL, "ada-dynamic", &history);
    case 15:
        return store_outbox_list(
            a, s, &(struct message_filter){.states = 1U << MESSAGE_QUEUED, .limit = 10}, &messages);
    case 16:
        return store_attendees_like(a, s, "org-ada", "bob", 10, &attendees);
    case 17:
        return store_meetings_page(a, s, "org-ada", "a", 3, &list);
    case 18:
        return store_ids_beginning(a, s, "939071", WORLD_NOW, 10, &records);
    case 19:
        return store_meetings_legacy_page(a, s, "org-ada", WORLD_NOW,
                                          &(struct legacy_page){.limit = 3}, &list);
    case 20:
        return store_meetings_legacy_page(a, s, "org-ada", WORLD_NOW,
                                          &(struct legacy_page){.before = true, .limit = 3}, &list);
    case 21:
        return store_outbox_page(a, s, &(struct messages_page){.limit = 3}, &messages);
    case 22:
        return store_uid_least(a, s, "ada-dynamic", &bytes);
    case 23:
        return store_organizers_third_party(a, s, &organizers);
    case 24:
        return store_organizers_named(a, s, "Ada", 10, &organizers);
    case 25:
        return store_organizers_page(a, s, &(struct organizers_page){.from = "org-ada", .limit = 3},
                                     &organizers);
    case 26:
        return store_organizers_page(a, s, &(struct organizers_page){.before = true, .limit = 3},
                                     &organizers);
    case 27:
        return store_meetings_foreign(a, s, "93907123", 10, &list);
    case 28:
        return store_attendee_known(a, s, "bob@example.org", &known);
    case 29:
        return store_calls_list(a, s, WORLD_NOW, 0, &calls);
    case 30:
        return store_meetings_begun(a, s, WORLD_NOW + DAY, words, &few);
    case 31:
        return store_meetings_coming(a, s, WORLD_NOW, WORLD_NOW + WEEK, words, &few);
    case 32:
        return store_meetings_gone(a, s, WORLD_NOW + DAY, WORLD_NOW, WORLD_NOW + WEEK, words, &few);
    case 33:
        return store_meetings_keyed(a, s, &(int64_t){1}, 1, &list);
    default:
        return store_organizer_by_email(a, s, "ada@example.org", &organizer);
    }
}

/* Steps of each question, in a connection of its own that knows the statistics there are by now. */
static void ask_all(struct world *w, const char *digits, int64_t steps[QUESTIONS])
{
    struct store *kept = w->store;
    OK(store_open(w->where, DB_READ, NULL, &w->store, NULL, &w->error));
    for (int i = 0; i < QUESTIONS; i++) {
        effort.steps = 0;
        OK(ask(w, i, digits));
        steps[i] = effort.steps;
    }
    store_close(w->store);
    w->store = kept;
}

static void test_reading(void **state)
{
    struct world *w = *state;
    char digits[ID_SIZE];
    int64_t small[QUESTIONS], large[QUESTIONS];
    fill(w, digits);
    grow(w, 1, 300);
    ask_all(w, digits, small);
    grow(w, 301, 6000);
    ask_all(w, digits, large);
    for (int i = 0; i < QUESTIONS; i++)
        if (small[i] == 0 || large[i] > small[i] + small[i] / 4 + 20)
            fail_msg("question %d: %lld steps, then %lld in a store of 20 times the size", i,
                     (long long)small[i], (long long)large[i]);
}

/* Scheduling looks at some hundred keys, however many IDs are live. */
static void test_scheduling(void **state)
{
    struct world *w = *state;
    int64_t steps[2];
    for (int i = 0; i < 2; i++) {
        grow(w, i ? 301 : 1, i ? 6000 : 300);
        struct meeting m = meeting_of(i ? "second" : "first", "x", WORLD_NOW, HOUR);
        effort.steps = 0;
        schedule(w, &m, WORLD_NOW - DAY);
        steps[i] = effort.steps;
    }
    assert_true(steps[0] > 0);
    if (steps[1] > steps[0] + steps[0] / 4)
        fail_msg("%lld steps, then %lld", (long long)steps[0], (long long)steps[1]);
}

/* Queueing looks at the meeting's own messages, however many wait. */
static void test_queueing(void **state)
{
    struct world *w = *state;
    char digits[ID_SIZE];
    int64_t steps[2];
    fill(w, digits);
    for (int i = 0; i < 2; i++) {
        grow(w, i ? 301 : 1, i ? 6000 : 300);
        /* without statistics, as in a store that nobody has analyzed: a changed schema is read anew */
        behind_its_back(w, "UPDATE outbox SET state = 'queued'; DELETE FROM sqlite_stat1;"
                           "CREATE TABLE poke (a); DROP TABLE poke");
        struct message message = {.kind = MESSAGE_REMINDER,
                                  .meeting_uid = "ada-dynamic",
                                  .recipient = i ? "bob@example.org" : "eve@example.org",
                                  .old_id = "1234567",
                                  .new_id = digits,
                                  .state = MESSAGE_QUEUED,
                                  .message_id = i ? "<b@x>" : "<e@x>",
                                  .queued = WORLD_NOW,
                                  .changed = WORLD_NOW};
        OK(store_begin(w->store, true));
        effort.steps = 0;
        OK(store_outbox_put(w->store, &message));
        steps[i] = effort.steps;
        OK(store_commit(w->store));
        behind_its_back(w, "DELETE FROM outbox WHERE meeting_uid = 'ada-dynamic'");
    }
    assert_true(steps[0] > 0);
    if (steps[1] > steps[0] + steps[0] / 4)
        fail_msg("%lld steps, then %lld", (long long)steps[0], (long long)steps[1]);
}

/* A rare word is found through the index: steps follow what is found. */
static void test_searching(void **state)
{
    struct world *w = *state;
    int64_t steps[2];
    char digits[ID_SIZE];
    fill(w, digits);
    for (int i = 0; i < 2; i++) {
        struct meetings list = {0};
        grow(w, i ? 301 : 1, i ? 6000 : 300);
        behind_its_back(w, "INSERT INTO meeting_search (meeting_search) VALUES ('rebuild')");
        effort.steps = 0;
        OK(store_meetings_search(w->arena, w->store, "needle", WORLD_NOW, 10, &list));
        assert_int_equal(list.count, 1);
        steps[i] = effort.steps;
    }
    assert_true(steps[0] > 0);
    if (steps[1] > steps[0] + steps[0] / 4)
        fail_msg("%lld steps, then %lld", (long long)steps[0], (long long)steps[1]);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(test_reading), CASE(test_scheduling),
                                       CASE(test_queueing), CASE(test_searching)};
    if (world_on_server())
        return 0;
    return cmocka_run_group_tests_name("growth", tests, effort_watch, NULL);
}
