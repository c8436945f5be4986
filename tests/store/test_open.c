/*
 * Opening a store: made whole or not at all, by one or by many at once; and every way in which a
 * file can be no store of ours, each told in one line. SQLite only.
 */
#include "store_support.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *path_in(const struct world *w, const char *name)
{
    return arena_format(w->arena, "%s/%s", w->folder, name);
}

static void file_put(const char *path, const char *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_true(write(fd, bytes, size) == (ssize_t)size);
    close(fd);
}

static unsigned mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 07777;
}

static void test_modes_of_files(void **state)
{
    struct world *w = *state;
    struct store *store = NULL;
    bool created = false;
    OK(store_open(path_in(w, "made/dialdesk.db"), DB_CREATE, NULL, &store, &created, &w->error));
    assert_true(created);
    assert_int_equal(mode_of(path_in(w, "made/dialdesk.db")), 0600);
    assert_int_equal(mode_of(path_in(w, "made")), 0700);
    assert_int_equal(mode_of(path_in(w, "made/dialdesk.db-wal")), 0600);
    store_close(store);
}

static void test_not_made_twice(void **state)
{
    struct world *w = *state;
    struct store *again = NULL;
    bool created = true;
    OK(store_open(w->where, DB_CREATE, NULL, &again, &created, &w->error));
    assert_false(created);
    store_close(again);
    assert_string_equal(check_text(w), "");
}

/* What stands at the path, what the mode is, what is said. */
static void test_refusals(void **state)
{
    struct world *w = *state;
    char noise[9000];
    memset(noise, 'x', sizeof noise);
    assert_int_equal(mkdir(path_in(w, "folder"), 0700), 0);
    assert_int_equal(mkfifo(path_in(w, "fifo"), 0600), 0);
    assert_int_equal(symlink("nowhere", path_in(w, "dangling")), 0);
    file_put(path_in(w, "noise"), noise, sizeof noise);
    file_put(path_in(w, "short"), "x", 1);
    file_put(path_in(w, "empty"), "", 0);
    struct world other = {.arena = w->arena, .where = path_in(w, "other")};
    behind_its_back(&other, "CREATE TABLE cheese (name TEXT)");
    static const struct {
        const char *name;
        enum db_mode mode;
        enum err err;
        const char *why;
    } cases[] = {
        {"folder", DB_READ, ERR_IO, "folder"},
        {"folder", DB_CREATE, ERR_IO, "folder"},
        {"fifo", DB_CREATE, ERR_IO, "not a plain file"},
        {"dangling", DB_CREATE, ERR_IO, "link to nothing"},
        {"noise", DB_READ, ERR_DAMAGED, "not an SQLite database"},
        {"noise", DB_CREATE, ERR_DAMAGED, "not an SQLite database"},
        {"other", DB_READ, ERR_DAMAGED, "not a store of dialdesk"},
        {"other", DB_CREATE, ERR_DAMAGED, "not a store of dialdesk"},
        {"empty", DB_READ, ERR_NOT_FOUND, "dialdesk init"},
        {"empty", DB_WRITE, ERR_NOT_FOUND, "dialdesk init"},
        {"missing", DB_READ, ERR_NOT_FOUND, "dialdesk init"},
        {"missing", DB_WRITE, ERR_NOT_FOUND, "dialdesk init"},
        {"short", DB_READ, ERR_DAMAGED, "not an SQLite database"},
        {"short", DB_CREATE, ERR_DAMAGED, "not an SQLite database"},
        {"noise/below", DB_CREATE, ERR_IO, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        struct store *store = NULL;
        enum err err =
            store_open(path_in(w, cases[i].name), cases[i].mode, NULL, &store, NULL, &error);
        if (err != cases[i].err || !strstr(error.why, cases[i].why))
            fail_msg("%s: error %d: %s", cases[i].name, err, error.why);
        assert_null(store);
    }
    struct stat status;
    assert_int_not_equal(stat(path_in(w, "missing"), &status), 0);
    assert_int_not_equal(stat(path_in(w, "nowhere"), &status), 0);
}

/* An empty file is what a kill right after its making leaves: it is taken for a new store. */
static void test_empty_file_becomes_store(void **state)
{
    struct world *w = *state;
    struct store *store = NULL;
    bool created = false;
    file_put(path_in(w, "empty"), "", 0);
    OK(store_open(path_in(w, "empty"), DB_CREATE, NULL, &store, &created, &w->error));
    assert_true(created);
    store_close(store);
}

static void test_newer_is_refused(void **state)
{
    struct world *w = *state;
    behind_its_back(w, "INSERT INTO schema_migration VALUES (999, 'x', 'x', 1)");
    static const enum db_mode modes[] = {DB_READ, DB_WRITE, DB_CREATE};
    for (size_t i = 0; i < 3; i++) {
        struct error error = {0};
        struct store *store = NULL;
        assert_int_equal(store_open(w->where, modes[i], NULL, &store, NULL, &error), ERR_DAMAGED);
        assert_non_null(
            strstr(error.why, "made by a newer dialdesk (schema 999); this one knows schema "));
    }
}

/*
 * --- as a plain user ----------------------------------------------------------------------------
 */

struct attempt {
    const char *where;
    enum db_mode mode;
    enum err err;
    const char *why;
    bool write_fails; /* opened for reading: a writing transaction must say so */
};

/*
 * In a child of its own, as nobody where the test runs as root; the exit status tells whether all
 * was as expected.
 */
static void attempt_as_plain(const struct attempt *attempt)
{
    pid_t child = fork();
    if (child == 0) {
        struct error error = {0};
        struct store *store = NULL;
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(3);
        enum err err = store_open(attempt->where, attempt->mode, NULL, &store, NULL, &error);
        bool good = err == attempt->err && (!err || strstr(error.why, attempt->why));
        if (!good)
            fprintf(stderr, "%s: error %d: %s\n", attempt->where, err, error.why);
        struct arena *arena = arena_new();
        struct organizers list = {0};
        if (good && !err)
            good = store_organizers_list(arena, store, 0, &list) == ERR_OK && list.count == 1;
        if (good && attempt->write_fails)
            good = store_begin(store, true) == ERR_DENIED;
        if (!good)
            fprintf(stderr, "error %d: %s\n", error.code, error.why);
        store_close(store);
        arena_free(arena);
        _exit(good ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void owner_set(const char *path, unsigned mode)
{
    if (geteuid() == 0)
        assert_int_equal(chown(path, 65534, 65534), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void test_permissions(void **state)
{
    struct world *w = *state;
    store_close(w->store); /* the last connection takes the log with it */
    w->store = NULL;
    const char *folder = path_in(w, "store");
    owner_set(w->folder, 0700);
    static const struct {
        unsigned folder, file;
        struct attempt attempt;
    } cases[] = {
        {0700, 0400, {NULL, DB_READ, ERR_OK, "", true}},
        {0700, 0400, {NULL, DB_WRITE, ERR_DENIED, "read-only", false}},
        {0500, 0400, {NULL, DB_READ, ERR_OK, "", true}},
        {0500, 0400, {NULL, DB_WRITE, ERR_DENIED, "", false}},
        {0500, 0600, {NULL, DB_READ, ERR_OK, "", false}},
        {0700, 0000, {NULL, DB_READ, ERR_DENIED, "", false}},
        {0000, 0600, {NULL, DB_READ, ERR_DENIED, "", false}},
        {0700, 0600, {NULL, DB_WRITE, ERR_OK, "", false}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct attempt attempt = cases[i].attempt;
        attempt.where = w->where;
        owner_set(w->where, cases[i].file);
        owner_set(folder, cases[i].folder);
        attempt_as_plain(&attempt);
        owner_set(folder, 0700);
    }
}

/* A link that another user owns could be turned to another file at any time. */
static void test_foreign_link(void **state)
{
    struct world *w = *state;
    struct error error = {0};
    struct store *store = NULL;
    const char *link = path_in(w, "link");
    assert_int_equal(symlink(w->where, link), 0);
    OK(store_open(link, DB_READ, NULL, &store, NULL, &w->error));
    store_close(store);
    if (geteuid() != 0)
        return;
    assert_int_equal(lchown(link, 65534, 65534), 0);
    assert_int_equal(store_open(link, DB_READ, NULL, &store, NULL, &error), ERR_DENIED);
    assert_non_null(strstr(error.why, "another user"));
}

/*
 * --- at once ------------------------------------------------------------------------------------
 */

enum { MAKERS = 8 };

static int make_store(const char *where)
{
    struct error error = {0};
    struct store *store = NULL;
    bool created = false;
    if (store_open(where, DB_CREATE, NULL, &store, &created, &error)) {
        fprintf(stderr, "%s: %s\n", error.what, error.why);
        return 2;
    }
    store_close(store);
    return created ? 1 : 0;
}

/* Of many processes that make one store at once exactly one has made it, and all can use it. */
static void test_made_at_once(void **state)
{
    struct world *w = *state;
    const char *where = path_in(w, "deep/er/at-once.db");
    for (int round = 0; round < 5; round++) {
        pid_t children[MAKERS];
        int made = 0;
        for (int i = 0; i < MAKERS; i++) {
            children[i] = fork();
            if (children[i] == 0)
                _exit(make_store(where));
        }
        for (int i = 0; i < MAKERS; i++) {
            int status = 0;
            waitpid(children[i], &status, 0);
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
            made += WEXITSTATUS(status);
        }
        assert_int_equal(made, 1);
        assert_int_equal(unlink(where), 0);
        /* the log stays if the last two closed at one time, and would be told */
        unlink(arena_format(w->arena, "%s-wal", where));
        unlink(arena_format(w->arena, "%s-shm", where));
    }
}

/* A writer that waits behind a long one is told after the limit, and not before it is over. */
static void *hold(void *self)
{
    struct store *store = self;
    usleep(300000);
    store_rollback(store);
    return NULL;
}

static void test_waits_for_a_writer(void **state)
{
    struct world *w = *state;
    struct store *other = world_connect(w);
    pthread_t thread;
    OK(store_begin(other, true));
    assert_int_equal(pthread_create(&thread, NULL, hold, other), 0);
    OK(store_begin(w->store, true));
    pthread_join(thread, NULL);
    store_rollback(w->store);
    store_close(other);
}

/*
 * --- backup and check ----------------------------------------------------------------------------
 */

static void test_backup(void **state)
{
    struct world *w = *state;
    const char *copy = path_in(w, "copy.db");
    struct meeting m = meeting_of("m-1", "Budget", WORLD_NOW, HOUR);
    schedule(w, &m, WORLD_NOW);
    struct store *writer = world_connect(w);
    OK(store_begin(writer, true)); /* somebody writes meanwhile */
    OK(store_backup(w->store, copy));
    store_rollback(writer);
    store_close(writer);
    assert_int_equal(mode_of(copy), 0600);
    assert_int_equal(store_backup(w->store, copy), ERR_REFUSED);
    assert_int_equal(store_backup(w->store, path_in(w, "no/such/folder.db")), ERR_INVALID);
    struct store *from = w->store;
    OK(store_open(copy, DB_WRITE, NULL, &w->store, NULL, &w->error));
    assert_string_equal(check_text(w), "");
    struct meeting got;
    OK(store_meeting_get(w->arena, w->store, "m-1", &got));
    store_close(w->store);
    w->store = from;
}

/* Each rule: what breaks it behind the store's back, and what the check says then. */
static void test_check_finds(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *sql, *finding;
    } cases[] = {
        {"UPDATE id_count SET live = 7 WHERE length = 9",
         "count of live IDs is wrong for length 9"},
        {"UPDATE meeting SET span_end = end_at - 1, span_start = start_at - 9 WHERE uid = 'm-1'",
         "span does not hold"},
        {"UPDATE meeting SET span_class = 99 WHERE uid = 'm-1'", "span has the wrong class: m-1"},
        {"UPDATE meeting SET conference_id = '11112222' WHERE uid = 'm-1'",
         "is not in the store: m-1"},
        {"UPDATE meeting SET id_kind = 'static' WHERE uid = 'm-1'", "differ in kind: m-1"},
        {"UPDATE meeting SET conference_id = NULL, id_kind = 'none' WHERE uid = 'm-1'",
         "does not carry it: "},
        {"UPDATE meeting SET status = 'cancelled' WHERE uid = 'm-1'", "meeting is cancelled: "},
        {"UPDATE meeting SET conference_id = (SELECT conference_id FROM meeting WHERE uid = 'm-2') "
         "WHERE uid = 'm-1'",
         "carries another meeting's dynamic ID: m-1"},
        {"UPDATE organizer SET static_id = '0815'",
         "static ID is not a live one of theirs: ada@example.org"},
        {"PRAGMA foreign_keys = OFF; DELETE FROM organizer", "a row names one that is not there: "},
        {"PRAGMA foreign_keys = OFF; INSERT INTO outbox (id, kind, meeting_uid, recipient, "
         "state, why, message_id, queued, changed) VALUES (7, 'update', 'gone', 'x', 'queued', '', "
         "'<x>', 1, 1)",
         "message's meeting is not there: 7"},
        {"INSERT INTO meeting_override (meeting_uid, recurrence, start_local, duration, cancelled) "
         "VALUES ('m-1', '20260101', '20260101', 1, 0)",
         "series without a rule has changed occurrences: m-1"},
        {"DELETE FROM organization", "organization's row is missing"},
        {"UPDATE conference_id SET digits = '9390712' || (meeting_uid = 'm-1'); UPDATE "
         "conference_id SET length = 8",
         "one slip apart: 93907120 93907121"},
        {"UPDATE meeting SET seq = 64 WHERE uid = 'm-2'", "the index does not fit the meetings"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *copy = arena_format(w->arena, "%s/broken-%zu.db", w->folder, i);
        if (i == 0) {
            struct meeting a = meeting_of("m-1", "x", WORLD_NOW, HOUR),
                           b = meeting_of("m-2", "y", WORLD_NOW, HOUR);
            schedule(w, &a, WORLD_NOW);
            schedule(w, &b, WORLD_NOW);
            assert_string_equal(check_text(w), "");
        }
        OK(store_backup(w->store, copy));
        struct world broken = {.arena = w->arena, .where = copy};
        behind_its_back(&broken, cases[i].sql);
        OK(store_open(copy, DB_READ, NULL, &broken.store, NULL, &w->error));
        const char *text = check_text(&broken);
        if (!strstr(text, cases[i].finding))
            fail_msg("'%s' is not in: %s", cases[i].finding, text);
        store_close(broken.store);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_modes_of_files),     CASE(test_not_made_twice),
        CASE(test_refusals),           CASE(test_empty_file_becomes_store),
        CASE(test_newer_is_refused),   CASE(test_permissions),
        CASE(test_foreign_link),       CASE(test_made_at_once),
        CASE(test_waits_for_a_writer), CASE(test_backup),
        CASE(test_check_finds),
    };
    if (world_on_server())
        return 0;
    return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}
