/*
 * PostgreSQL's driver, over libpq: the module "postgres". Statements are prepared once on each
 * connection, values travel as text.
 */
#include "postgres.h"

#include <base/module.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * --- opening ------------------------------------------------------------------------------------
 */

static void postgres_close(void *connection)
{
    struct postgres *db = connection;
    PQfinish(db->link); /* with a farewell that waits for nobody */
    db->link = NULL;
    postgres_drop(db);
    arena_free(db->ahead_arena);
    arena_free(db->rows_arena);
    arena_free(db->arena);
}

static enum err postgres_open(const char *where, const char *shown, enum db_mode mode,
                              const struct db_wait *wait, void **connection, struct error *error)
{
    struct arena *arena = arena_new();
    struct postgres *db = arena_alloc(arena, sizeof *db);
    db->arena = arena;
    db->name = arena_copy(arena, shown);
    db->wait = wait;
    db->mode = mode;
    enum err err = postgres_address(db, where, error);
    if (!err)
        err = postgres_connect(db, error);
    if (err)
        postgres_close(db);
    else
        *connection = db;
    return err;
}

/*
 * Texts in the schema are ordered by their bytes, as in SQLite: the database's own collation would
 * order UIDs by a language, and searches by a prefix could not use an index.
 */
static enum err postgres_execute(void *connection, const char *script, struct error *error)
{
    struct postgres *db = connection;
    static const char type[] = " TEXT", collated[] = " TEXT COLLATE \"C\"";
    struct arena *arena = arena_new();
    struct text text = text_start(arena);
    const char *at;
    while ((at = strstr(script, type)) != NULL) {
        size_t n = (size_t)(at - script);
        text_add_n(&text, script, n);
        const char *next = at + sizeof type - 1;
        text_add(&text, *next == ' ' || *next == ',' || *next == '\n' ? collated : type);
        script = next;
    }
    text_add(&text, script);
    enum err err = postgres_script(db, text.bytes, error);
    arena_free(arena);
    return err;
}

/*
 * --- statements ---------------------------------------------------------------------------------
 */

/* Known to the server once it is run. */
static enum err postgres_prepare(void *connection, const char *sql, int placeholders,
                                 void **statement, struct error *error)
{
    (void)error;
    *statement = postgres_statement_make(connection, sql, placeholders);
    return ERR_OK;
}

static void postgres_bind_text(void *self, int index, const char *text)
{
    struct postgres_statement *statement = self;
    statement->values[index - 1] = text;
}

static void postgres_bind_int(void *self, int index, int64_t value)
{
    struct postgres_statement *statement = self;
    snprintf(statement->digits[index - 1], sizeof *statement->digits, "%lld", (long long)value);
    statement->values[index - 1] = statement->digits[index - 1];
}

/* A connection that was lost between two transactions is made anew. */
static enum err link_ready(struct postgres *db, struct error *error)
{
    if (db->link)
        return ERR_OK;
    return db->open ? postgres_lost(db, error) : postgres_connect(db, error);
}

static enum err statement_run(struct postgres_statement *statement, struct error *error)
{
    struct postgres *db = statement->db;
    statement->row = -1;
    enum err err = link_ready(db, error);
    if (!err && db->writing && !postgres_ahead_add(statement))
        return postgres_lost(db, error);
    if (!err)
        err = postgres_ahead_take(statement, &statement->result, error);
    if (err || statement->result)
        return err;
    bool reading = !statement->table && !db->writing;
    if (!postgres_send_statement(db, reading ? ANSWER_STREAM : ANSWER_WANTED, statement, NULL) ||
        !postgres_send_sync(db))
        return postgres_lost(db, error);
    err = postgres_answers(db, reading ? &statement->result : NULL, error);
    if (err || reading)
        return err;
    statement->result = db->result;
    db->result = NULL;
    db->changed = atoll(PQcmdTuples(statement->result));
    return ERR_OK;
}

/* A change of a transaction is not waited for: what goes wrong is told at the next wait. */
static enum err postgres_later(void *self, struct error *error)
{
    struct postgres_statement *statement = self;
    if (!statement->db->open)
        return statement_run(statement, error);
    return postgres_send_later(statement) ? ERR_OK : postgres_lost(statement->db, error);
}

static enum err postgres_ahead(void *self, struct error *error)
{
    struct postgres_statement *statement = self;
    enum err err = link_ready(statement->db, error);
    if (err || postgres_ahead_add(statement))
        return err;
    return postgres_lost(statement->db, error);
}

static enum err postgres_step(void *self, bool *row, struct error *error)
{
    struct postgres_statement *statement = self;
    *row = false;
    if (!statement->result) {
        enum err err = statement_run(statement, error);
        if (err)
            return err;
    }
    enum err err = ERR_OK;
    if (++statement->row >= PQntuples(statement->result) && (statement->more || statement->rest))
        err = postgres_stream_next(statement, error);
    *row = !err && statement->row < PQntuples(statement->result);
    return err;
}

static bool postgres_column_null(void *self, int column)
{
    struct postgres_statement *statement = self;
    return PQgetisnull(statement->result, statement->row, column);
}

static const char *postgres_column_text(void *self, int column)
{
    struct postgres_statement *statement = self;
    if (postgres_column_null(self, column))
        return NULL;
    return PQgetvalue(statement->result, statement->row, column);
}

static int64_t postgres_column_int(void *self, int column)
{
    const char *text = postgres_column_text(self, column);
    return text ? strtoll(text, NULL, 10) : 0;
}

static int64_t postgres_changed_rows(void *connection)
{
    struct postgres *db = connection;
    return db->changed;
}

static void postgres_reset(void *self)
{
    struct postgres_statement *statement = self;
    postgres_stream_leave(statement);
    PQclear(statement->result);
    statement->result = NULL;
    for (int i = 0; i < statement->count; i++)
        statement->values[i] = NULL;
}

/*
 * --- the rest
 * --------------------------------------------------------------------------------------
 */

/* What is committed and what is not yet: any commit changes it. */
static enum err postgres_change_mark(void *connection, int64_t *mark, struct error *error)
{
    enum err err = link_ready(connection, error);
    return err ? err
               : postgres_number(connection,
                                 "SELECT hashtextextended(CAST(pg_current_snapshot() AS TEXT), 0)",
                                 NULL, mark, error);
}

/* Other programs' tables in the database are no matter: ours have their names to themselves. */
static enum err postgres_tables(void *connection, const char *name, bool *there, bool *any,
                                struct error *error)
{
    int64_t count = 0;
    enum err err = link_ready(connection, error);
    if (!err)
        err = postgres_number(connection,
                              "SELECT COUNT(*) FROM pg_catalog.pg_class c"
                              " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                              " WHERE n.nspname = current_schema() AND c.relname = $1",
                              name, &count, error);
    *there = count > 0;
    *any = *there;
    return err;
}

/* The server checks its pages itself as it reads them. */
static enum err postgres_integrity(void *connection, struct arena *arena, char **findings,
                                   struct error *error)
{
    (void)connection;
    (void)arena;
    (void)error;
    *findings = NULL;
    return ERR_OK;
}

static enum err postgres_backup(void *connection, const char *path, struct error *error)
{
    struct postgres *db = connection;
    (void)path;
    return error_set(error, ERR_REFUSED, db->name,
                     "a server's store is copied by its own tools: use pg_dump");
}

extern const struct db_driver dialdesk_module;

__attribute__((visibility("default"))) const struct db_driver dialdesk_module = {
    .stamp = MODULE_STAMP,
    .name = "PostgreSQL",
    .open = postgres_open,
    .close = postgres_close,
    .execute = postgres_execute,
    .prepare = postgres_prepare,
    .bind_text = postgres_bind_text,
    .bind_int = postgres_bind_int,
    .step = postgres_step,
    .later = postgres_later,
    .ahead = postgres_ahead,
    .column_text = postgres_column_text,
    .column_int = postgres_column_int,
    .column_null = postgres_column_null,
    .changed_rows = postgres_changed_rows,
    .reset = postgres_reset,
    .finish = postgres_reset, /* the server forgets its statements with the connection */
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .change_mark = postgres_change_mark,
    .integrity = postgres_integrity,
    .backup = postgres_backup,
    .tables = postgres_tables,
    .equip = postgres_equip,
    .search_rows = postgres_search_rows,
};
