/*
 * The organization, organizers, numbers, history and files of a directory: what goes in comes out,
 * what must be refused is. For both engines.
 */
#include "store_support.h"

#include <store/meetings.h>
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
        size_t count;
        const char *first, *last;
    } cases[] = {
        {"93907123", NULL, 2, "event 1", "event 3"},
        {NULL, "m", 3, "event 0", "event 4"},
        {"1", NULL, 0, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct history_entries list = {0};
        OK(store_history_list(w->arena, w->store, cases[i].id, cases[i].uid, &list));
        assert_int_equal(list.count, cases[i].count);
        if (list.count) {
            assert_string_equal(list.items[0].event, cases[i].first);
            assert_string_equal(list.items[list.count - 1].event, cases[i].last);
        }
    }
}

static void history_add_some(struct world *w, int first, int count)
{
    for (int i = first; i < first + count; i++) {
        struct history_entry entry = {.at = WORLD_NOW + i,
                                      .actor = "ada",
                                      .event = arena_format(w->arena, "event %d", i),
                                      .meeting_uid = "m"};
        OK(store_history_add(w->store, &entry));
    }
}

/* The highest key. */
static int64_t last_history(struct world *w)
{
    struct db *db = NULL;
    int64_t last;
    OK(db_open(w->where, DB_READ, NULL, &db, &w->error));
    OK(db_query_int(db, &last, "SELECT MAX(seq) FROM history", DB_NONE));
    db_close(db);
    return last;
}

/* What is taken back, a transaction or a part of one, leaves no gap in the keys, and no rows. */
static void test_taken_back(void **state)
{
    struct world *w = *state;
    struct organizer got,
        bob = {.uid = "org-bob", .email = "bob@example.org", .name = "", .tz = "UTC", .lang = "de"};
    struct history_entries list = {0};
    OK(store_begin(w->store, true));
    history_add_some(w, 0, 3);
    store_rollback(w->store);
    OK(store_begin(w->store, true));
    history_add_some(w, 0, 60);
    OK(store_mark(w->store));
    history_add_some(w, 60, 30);
    OK(store_organizer_put(w->store, &bob));
    OK(store_organizer_by_uid(w->arena, w->store, "org-bob", &got));
    OK(store_mark_back(w->store));
    assert_int_equal(store_organizer_by_uid(w->arena, w->store, "org-bob", &got), ERR_NOT_FOUND);
    history_add_some(w, 60, 3);
    OK(store_history_list(w->arena, w->store, NULL, "m", &list));
    history_add_some(w, 63, 1);
    OK(store_commit(w->store));
    assert_int_equal(list.count, 63);
    list.count = 0;
    OK(store_history_list(w->arena, w->store, NULL, "m", &list));
    assert_int_equal(list.count, 64);
    for (int i = 0; i < 64; i++)
        assert_int_equal(list.items[i].at, WORLD_NOW + i);
    assert_int_equal(last_history(w), 64);
}

/* What a lost connection was to write is not written by the next one. */
static void test_connection_lost(void **state)
{
    struct world *w = *state;
    struct history_entries list = {0};
    if (!world_on_server())
        skip();
    OK(store_begin(w->store, true));
    history_add_some(w, 0, 3);
    behind_its_back(w, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                       " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    assert_int_equal(store_history_list(w->arena, w->store, NULL, "m", &list), ERR_IO);
    history_add_some(w, 3, 1);
    store_rollback(w->store);
    OK(store_begin(w->store, true));
    OK(store_history_list(w->arena, w->store, NULL, "m", &list));
    assert_int_equal(list.count, 0);
    history_add_some(w, 0, 2);
    OK(store_commit(w->store));
    assert_int_equal(last_history(w), 2);
}

static const char rows_sql[] = "SELECT seq, event, NULLIF(event, event) FROM history ORDER BY seq";
static const char others_sql[] = "SELECT event FROM history WHERE seq = $1";

/* Reads on to the end, and asks something else at the rows from `from` on; how many there were. */
static int64_t rows_left(struct world *w, struct db *db, struct db_statement *rows, int64_t from)
{
    int64_t count = 0, other = 0;
    enum err err = ERR_OK;
    while (db_next(rows, &err)) {
        const char *event = db_text(w->arena, rows, 1);
        int64_t at = db_int(rows, 0);
        if (++count >= from) {
            OK(db_query_int(db, &other, "SELECT seq FROM history WHERE seq = $1", DB(at)));
            assert_int_equal(other, at);
        }
        assert_non_null(event);
        assert_null(db_text(w->arena, rows, 2));
    }
    expect_ok(err, &w->error);
    return count;
}

/* Rows are all there, whatever else is asked for between them. */
static void test_rows_between_queries(void **state)
{
    struct world *w = *state;
    struct db *db;
    struct db_statement *rows, *others;
    int64_t count;
    enum err err = ERR_OK;
    enum { ROWS = 600 };
    OK(store_begin(w->store, true));
    history_add_some(w, 0, ROWS);
    OK(store_commit(w->store));
    OK(db_open(w->where, DB_READ, NULL, &db, &w->error));
    for (int64_t from = 1; from <= ROWS + 1; from += ROWS / 2) {
        OK(db_query(db, &rows, rows_sql, DB_NONE));
        assert_int_equal(rows_left(w, db, rows, from), ROWS);
    }
    for (int left = 0; left < ROWS; left++) { /* the first row of many, and no more of them */
        OK(db_query(db, &rows, rows_sql, DB_NONE));
        assert_true(db_next(rows, &err));
        assert_int_equal(db_int(rows, 0), 1);
        db_done(rows);
    }
    OK(db_query(db, &rows, rows_sql, DB_NONE)); /* two lists at once, of the same text */
    OK(db_query(db, &others, rows_sql, DB_NONE));
    for (count = 0; db_next(rows, &err) && db_next(others, &err); count++)
        assert_int_equal(db_int(rows, 0), db_int(others, 0));
    assert_int_equal(count, ROWS);
    db_done(others);
    OK(db_query(db, &rows, rows_sql, DB_NONE)); /* and more is asked for ahead between them */
    for (count = 0; db_next(rows, &err); count++)
        OK(db_ahead(db, others_sql, DB(count)));
    expect_ok(err, &w->error);
    assert_int_equal(count, ROWS);
    db_close(db);
}

/* A list that a server cannot finish is no short list. */
static void test_rows_that_fail(void **state)
{
    static const char sql[] = "SELECT 100 / (500 - i) FROM generate_series(1, 600) i";
    static const char kill[] = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                               " datname = current_database() AND pid <> pg_backend_pid()";
    struct world *w = *state;
    struct db *db;
    struct db_statement *rows;
    int64_t one;
    int count;
    enum err err = ERR_OK;
    if (!world_on_server())
        skip();
    OK(db_open(w->where, DB_READ, NULL, &db, &w->error));
    for (int between = 0; between < 2; between++) {
        OK(db_query(db, &rows, sql, DB_NONE));
        for (count = 0; db_next(rows, &err); count++)
            if (between && count == 10)
                assert_int_not_equal(db_query_int(db, &one, "SELECT 1", DB_NONE), ERR_OK);
        assert_int_not_equal(err, ERR_OK);
        assert_int_equal(count, 499);
        err = ERR_OK;
        OK(db_query_int(db, &one, "SELECT 1", DB_NONE));
    }
    OK(db_begin(db, false)); /* what failed is told, even if its rows are wanted no more */
    OK(db_query(db, &rows, sql, DB_NONE));
    assert_true(db_next(rows, &err));
    db_done(rows);
    assert_int_not_equal(db_query_int(db, &one, "SELECT 1", DB_NONE), ERR_OK);
    assert_non_null(strstr(w->error.why, "division by zero"));
    db_rollback(db);
    OK(db_query(db, &rows, "SELECT i FROM generate_series(1, 1000000) i", DB_NONE));
    for (count = 0; db_next(rows, &err); count++)
        if (count == 10)
            behind_its_back(w, kill);
    assert_int_equal(err, ERR_IO);
    assert_in_range(count, 10, 999999);
    db_close(db);
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
        CASE(test_history),         CASE(test_taken_back),
        CASE(test_connection_lost), CASE(test_rows_between_queries),
        CASE(test_rows_that_fail),  CASE(test_vdir),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
