/*
 * SQLite's driver: statements and transactions.
 * Placeholders $1 $2 are names to SQLite, numbered by first appearance: values are bound by name.
 */
#include "sqlite.h"

#include <base/module.h>
#include <stdlib.h>
#include <string.h>

struct sqlite_statement {
    struct sqlite *db;
    sqlite3_stmt *handle;
    int count;   /* of placeholders */
    int *places; /* places[n]: SQLite's number for $n, 0 if the text has no $n */
};

static enum err driver_execute(void *connection, const char *script, struct error *error)
{
    return sqlite_script(connection, script, error);
}

static enum err driver_open(const char *where, const char *shown, enum db_mode mode,
                            const struct db_wait *wait, void **connection, struct error *error)
{
    (void)shown;
    return sqlite_open(where, mode, wait, connection, error);
}

/* --- statements ------------------------------------------------------------------------------ */

/* Learns which of SQLite's parameters each $n is. */
static void places_learn(struct sqlite_statement *statement)
{
    int parameters = sqlite3_bind_parameter_count(statement->handle);
    size_t room = (size_t)statement->count + 1;
    statement->places = arena_array(statement->db->arena, room, sizeof *statement->places);
    for (int i = 1; i <= parameters; i++) {
        const char *name = sqlite3_bind_parameter_name(statement->handle, i);
        int n = name && name[0] == '$' ? atoi(name + 1) : 0;
        if (n < 1 || n > statement->count)
            die("a placeholder without a number in: %s", sqlite3_sql(statement->handle));
        statement->places[n] = i;
    }
}

static enum err driver_prepare(void *connection, const char *sql, int placeholders,
                               void **statement, struct error *error)
{
    struct sqlite *db = connection;
    sqlite3_stmt *handle = NULL;
    int rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
    if (rc != SQLITE_OK)
        return sqlite_fail(db, rc, error);
    struct sqlite_statement *made = arena_alloc(db->arena, sizeof *made);
    *made = (struct sqlite_statement){.db = db, .handle = handle, .count = placeholders};
    places_learn(made);
    *statement = made;
    return ERR_OK;
}

static int place_of(const struct sqlite_statement *statement, int index)
{
    if (!statement->places[index])
        die("no placeholder $%d in: %s", index, sqlite3_sql(statement->handle));
    return statement->places[index];
}

static void driver_bind_text(void *self, int index, const char *text)
{
    struct sqlite_statement *statement = self;
    int place = place_of(statement, index);
    int rc = text ? sqlite3_bind_text(statement->handle, place, text, -1, SQLITE_STATIC)
                  : sqlite3_bind_null(statement->handle, place);
    if (rc != SQLITE_OK)
        die("binding $%d failed (%d) in: %s", index, rc, sqlite3_sql(statement->handle));
}

static void driver_bind_int(void *self, int index, int64_t value)
{
    struct sqlite_statement *statement = self;
    int rc = sqlite3_bind_int64(statement->handle, place_of(statement, index), value);
    if (rc != SQLITE_OK)
        die("binding $%d failed (%d) in: %s", index, rc, sqlite3_sql(statement->handle));
}

static enum err driver_step(void *self, bool *row, struct error *error)
{
    struct sqlite_statement *statement = self;
    int rc = sqlite3_step(statement->handle);
    *row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        return ERR_OK;
    return sqlite_fail(statement->db, rc, error);
}

/* sqlite3_column_text gives unsigned bytes; the casts go through void to stay const. */
static const char *driver_column_text(void *self, int column)
{
    struct sqlite_statement *statement = self;
    const void *text = sqlite3_column_text(statement->handle, column);
    return text;
}

static int64_t driver_column_int(void *self, int column)
{
    struct sqlite_statement *statement = self;
    return sqlite3_column_int64(statement->handle, column);
}

static bool driver_column_null(void *self, int column)
{
    struct sqlite_statement *statement = self;
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

static int64_t driver_changed_rows(void *connection)
{
    struct sqlite *db = connection;
    return sqlite3_changes64(db->handle);
}

static void driver_reset(void *self)
{
    struct sqlite_statement *statement = self;
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
}

static void driver_finish(void *self)
{
    struct sqlite_statement *statement = self;
    sqlite3_finalize(statement->handle);
}

/* --- transactions ---------------------------------------------------------------------------- */

/* Whoever goes on with a file that was removed or replaced writes what nobody will ever read. */
static enum err file_in_place(struct sqlite *db, struct error *error)
{
    int moved = 0;
    sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved ? error_set(error, ERR_IO, db->where,
                             "it is gone: its file was removed, or another one took its place")
                 : ERR_OK;
}

/* If the store is read-only, SQLite would take BEGIN IMMEDIATE for a reader's BEGIN. */
static enum err driver_begin(void *connection, bool writing, struct error *error)
{
    struct sqlite *db = connection;
    enum err err = writing ? file_in_place(db, error) : ERR_OK;
    if (err)
        return err;
    if (writing && sqlite3_db_readonly(db->handle, "main") == 1)
        return sqlite_fail(db, SQLITE_READONLY, error);
    err = sqlite_script(connection, writing ? "BEGIN IMMEDIATE" : "BEGIN", error);
    sqlite_line_leave(db);
    return err;
}

static enum err driver_commit(void *connection, struct error *error)
{
    enum err err = sqlite_search_flush(connection, error);
    return err ? err : sqlite_script(connection, "COMMIT", error);
}

/* Some errors have rolled back already; then there is nothing to do. */
static void driver_rollback(void *connection)
{
    struct sqlite *db = connection;
    sqlite_search_drop(db);
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

/*
 * Pages of a batch that do not fit into the cache go to the log more than once, and each 1,000
 * pages of the log are copied to the store: 16 MiB of cache and 32 MiB of log save more than half
 * of the writing. A cache that cannot be had is no fault.
 */
static void driver_bulk(void *connection, bool on)
{
    struct sqlite *db = connection;
    sqlite3_exec(db->handle, on ? "PRAGMA cache_size = -16384" : "PRAGMA cache_size = -2000", NULL,
                 NULL, NULL);
    sqlite3_wal_autocheckpoint(db->handle, on ? 8192 : 1000);
}

/* In WAL mode a commit is a write; FULL also waits until the disk has it, and all before it. */
static void driver_lax(void *connection, bool on)
{
    struct sqlite *db = connection;
    sqlite3_exec(db->handle, on ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL", NULL,
                 NULL, NULL);
}

static enum err driver_change_mark(void *connection, int64_t *mark, struct error *error)
{
    struct sqlite *db = connection;
    enum err err = file_in_place(db, error);
    if (err)
        return err;
    int rc = sqlite_ask(db, &db->data_version, "PRAGMA data_version", DB_NONE);
    if (rc == SQLITE_ROW)
        *mark = sqlite3_column_int64(db->data_version, 0);
    sqlite3_reset(db->data_version);
    return rc == SQLITE_ROW ? ERR_OK : sqlite_fail(db, rc, error);
}

static enum err driver_tables(void *connection, const char *name, bool *there, bool *any,
                              struct error *error)
{
    struct sqlite *db = connection;
    sqlite3_stmt *statement = NULL;
    int rc =
        sqlite_ask(db, &statement,
                   "SELECT COUNT(*), COALESCE(SUM(name = $1), 0) FROM sqlite_schema", DB(name));
    if (rc == SQLITE_ROW) {
        *any = sqlite3_column_int(statement, 0) > 0;
        *there = sqlite3_column_int(statement, 1) > 0;
    }
    return sqlite_end(db, statement, rc, error);
}

const struct db_driver db_sqlite = {
    .stamp = MODULE_STAMP,
    .name = "SQLite",
    .open = driver_open,
    .held = sqlite_held,
    .close = sqlite_close,
    .execute = driver_execute,
    .prepare = driver_prepare,
    .bind_text = driver_bind_text,
    .bind_int = driver_bind_int,
    .step = driver_step,
    .column_text = driver_column_text,
    .column_int = driver_column_int,
    .column_null = driver_column_null,
    .changed_rows = driver_changed_rows,
    .reset = driver_reset,
    .finish = driver_finish,
    .begin = driver_begin,
    .commit = driver_commit,
    .rollback = driver_rollback,
    .change_mark = driver_change_mark,
    .integrity = sqlite_integrity,
    .file_fault = sqlite_file_fault,
    .backup = sqlite_backup,
    .restore = sqlite_restore,
    .tables = driver_tables,
    .equip = sqlite_equip,
    .search_put = sqlite_search_put,
    .bulk = driver_bulk,
    .lax = driver_lax,
    .search_rows = sqlite_search_rows,
    .copied_before_migration = true,
};
