/*
 * The db layer over SQLite: placeholders by name, statements kept and used twice at once, nulls,
 * transactions, the words for what fails, and names without passwords.
 */
#include "support/folder.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <db/db.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
    struct arena *arena;
    struct db *db;
    char folder[SUPPORT_FOLDER_SIZE];
    const char *path;
    struct error error; /* the db's */
};

static void expect_ok(enum err err, const struct error *error)
{
    if (err)
        fail_msg("error %d: %s: %s", err, error->what, error->why);
}
#define OK(call) expect_ok((call), &f->error)

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->arena = arena_new();
    assert_true(support_folder(f->folder));
    f->path = arena_format(f->arena, "%s/test.db", f->folder);
    OK(db_open(f->path, DB_CREATE, NULL, &f->db, &f->error));
    OK(db_execute(
        f->db, "CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT UNIQUE, n BIGINT);"
               "CREATE TABLE child (k INTEGER REFERENCES t (k) DEFERRABLE INITIALLY DEFERRED);"));
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    unlink(f->path);
    rmdir(f->folder);
    arena_free(f->arena);
    free(f);
    return 0;
}

static void put(struct fixture *f, int64_t k, const char *v, int64_t n)
{
    int64_t rows = 0;
    OK(db_run(f->db, &rows, "INSERT INTO t (k, v, n) VALUES ($1, $2, $3)",
              DB(k, v, db_instant(n))));
    assert_int_equal(rows, 1);
}

/* $2 stands before $1, and $2 twice: values go by their numbers, not by where they stand. */
static void test_placeholders_go_by_number(void **state)
{
    struct fixture *f = *state;
    struct db_statement *query;
    bool row = false;
    OK(db_query_row(f->db, &query, &row, "SELECT $2, $1, $2, $3", DB("one", 2, "three")));
    assert_true(row);
    assert_int_equal(db_int(query, 0), 2);
    assert_string_equal(db_text(f->arena, query, 1), "one");
    assert_int_equal(db_int(query, 2), 2);
    assert_string_equal(db_text(f->arena, query, 3), "three");
    OK(db_step(query, &row));
    assert_false(row);
}

static void test_nulls(void **state)
{
    struct fixture *f = *state;
    struct db_statement *query;
    bool row = false;
    put(f, 1, NULL, INT64_MAX);
    put(f, 2, "", INT64_MIN);
    OK(db_query_row(f->db, &query, &row, "SELECT v, n FROM t ORDER BY k", DB_NONE));
    assert_null(db_text(f->arena, query, 0));
    assert_int_equal(db_int_or(query, 1, 7), 7);
    assert_int_equal(db_int(query, 1), 0);
    OK(db_step(query, &row));
    assert_string_equal(db_text(f->arena, query, 0), "");
    assert_true(db_int_or(query, 1, 7) == INT64_MIN);
    db_done(query);
    db_done(query); /* twice does no harm */
    db_done(NULL);
}

/* Every type that a value may have. */
static void test_values(void **state)
{
    struct fixture *f = *state;
    struct db_statement *query;
    bool row = false, flag = true;
    char text[] = "text";
    const char *none = NULL;
    OK(db_query_row(
        f->db, &query, &row, "SELECT $1, $2, $3, $4, $5, $6, $7",
        DB(text, none, flag, -7, INT64_MIN, db_instant(INT64_MAX - 1), db_instant(INT64_MAX))));
    assert_true(row);
    assert_string_equal(db_text(f->arena, query, 0), "text");
    assert_null(db_text(f->arena, query, 1));
    assert_int_equal(db_int(query, 2), 1);
    assert_int_equal(db_int(query, 3), -7);
    assert_true(db_int(query, 4) == INT64_MIN);
    assert_true(db_int(query, 5) == INT64_MAX - 1);
    assert_true(db_int_or(query, 6, 5) == 5);
    db_done(query);
}

/* One value too few, or too many, is a fault of ours; the statement is none the worse for it. */
static void test_values_are_counted(void **state)
{
    struct fixture *f = *state;
    static const char sql[] = "SELECT $1, $2";
    const struct db_value *const wrong[] = {DB_NONE, DB(1), DB(1, 2, 3)};
    struct db_statement *query, *again;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        error_clear(&f->error);
        assert_int_equal(db_query(f->db, &query, sql, wrong[i]), ERR_BUG);
        assert_null(query);
        assert_non_null(strstr(f->error.why, "it has 2 placeholders"));
    }
    OK(db_query(f->db, &query, sql, DB(1, 2)));
    db_done(query);
    OK(db_query(f->db, &again, sql, DB(1, 2)));
    assert_ptr_equal(again, query); /* prepared once, whatever was refused */
    db_done(again);
}

/* One text, stepped through twice at the same time: neither disturbs the other. */
static void test_one_text_twice_at_once(void **state)
{
    struct fixture *f = *state;
    static const char sql[] = "SELECT k FROM t WHERE k > $1 ORDER BY k";
    struct db_statement *outer, *inner;
    bool row = false;
    int64_t pairs = 0;
    for (int64_t k = 1; k <= 4; k++)
        put(f, k, NULL, 0);
    OK(db_query(f->db, &outer, sql, DB(0)));
    while (db_step(outer, &row) == ERR_OK && row) {
        bool inner_row = false;
        OK(db_query(f->db, &inner, sql, DB(db_int(outer, 0))));
        assert_ptr_not_equal(outer, inner);
        while (db_step(inner, &inner_row) == ERR_OK && inner_row)
            pairs++;
    }
    assert_int_equal(pairs, 6);
}

static void test_errors(void **state)
{
    struct fixture *f = *state;
    put(f, 1, "a", 0);
    static const struct {
        const char *sql;
        enum err err;
    } cases[] = {
        {"INSERT INTO t (k) VALUES (1)", ERR_CONFLICT},
        {"INSERT INTO t (v) VALUES ('a')", ERR_CONFLICT},
        {"SELECT nothing FROM nowhere", ERR_BUG},
        {"this is no SQL", ERR_BUG},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error_clear(&f->error);
        assert_int_equal(db_run(f->db, NULL, cases[i].sql, DB_NONE), cases[i].err);
        assert_int_equal(f->error.code, cases[i].err);
        assert_string_equal(f->error.what, f->path);
        assert_true(f->error.why[0] != '\0');
    }
}

/* A deferred key is looked at by the commit; what is refused there is rolled back whole. */
static void test_transactions(void **state)
{
    struct fixture *f = *state;
    struct db_statement *query;
    bool row = false;
    OK(db_begin(f->db, true));
    put(f, 1, "kept", 0);
    OK(db_commit(f->db));
    OK(db_begin(f->db, true));
    put(f, 2, "dropped", 0);
    OK(db_run(f->db, NULL, "INSERT INTO child VALUES ($1)", DB(99)));
    assert_int_equal(db_commit(f->db), ERR_CONFLICT);
    OK(db_query_row(f->db, &query, &row, "SELECT COUNT(*) FROM t",
                    DB_NONE)); /* left open: the rollback ends it */
    db_rollback(f->db);
    db_rollback(f->db); /* outside a transaction it does nothing */
    OK(db_query_row(f->db, &query, &row, "SELECT COUNT(*) FROM t", DB_NONE));
    assert_int_equal(db_int(query, 0), 1);
    db_done(query);
}

/* The switches that protect the file from a hostile schema or a careless statement. */
static void test_hardened(void **state)
{
    struct fixture *f = *state;
    assert_int_not_equal(
        db_execute(f->db, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema"), ERR_OK);
    assert_int_not_equal(db_execute(f->db, "ATTACH ':memory:' AS other"), ERR_OK);
    assert_int_not_equal(db_execute(f->db, "SELECT \"no such column\""), ERR_OK);
}

static void test_where_shown(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *where, *shown;
    } cases[] = {
        {"/a/b.db", "/a/b.db"},
        {"a:b@c?password=x", "a:b@c?password=x"},
        {"postgresql://host/base", "postgresql://host/base"},
        {"postgresql://ada@host/base", "postgresql://ada@host/base"},
        {"postgresql://ada:secret@host:5432/base", "postgresql://ada@host:5432/base"},
        {"postgres://ada:se@cret@host/base", "postgres://ada@host/base"},
        {"postgresql:///base?user=ada&password=secret", "postgresql:///base"},
        {"postgresql://", "postgresql://"},
        {"POSTGRESQL://ada:secret@host/base", "POSTGRESQL://ada@host/base"},
        {"postgresql://host:5432/base?user=ada@x", "postgresql://host:5432/base"},
        {"postgresql://h1:1,h2:2/base", "postgresql://h1:1,h2:2/base"},
        {"postgresql://ada:sec/ret@host/base", "postgresql://ada@host/base"},
        {"postgresql://ada:se?cret@host/base", "postgresql://ada@host/base"},
        {"postgresql://ada:5432@host/base", "postgresql://ada@host/base"},
        {"postgresql://ada:secret", "postgresql://ada@"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(db_where_shown(f->arena, cases[i].where), cases[i].shown);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_placeholders_go_by_number),
        CASE(test_nulls),
        CASE(test_values),
        CASE(test_values_are_counted),
        CASE(test_one_text_twice_at_once),
        CASE(test_errors),
        CASE(test_transactions),
        CASE(test_hardened),
        CASE(test_where_shown),
    };
    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
