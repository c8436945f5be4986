/*
 * PostgreSQL's driver, over libpq: the module "postgres". Statements are prepared on the server
 * once, values travel as text. Writers take turns by an advisory lock before their transaction
 * begins, as SQLite's do by the file's: so none has to be tried again.
 */
#include <base/module.h>
#include <base/vector.h>
#include <db/db.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct postgres {
    struct arena *arena;
    PGconn *link;
    const char *name; /* WHAT of every message: the server and the database, no password */
    int statements;   /* prepared so far; their names count up */
    int64_t changed;
    bool locked; /* the writers' lock is ours */
};

struct postgres_statement {
    struct postgres *db;
    char name[16];
    int count;           /* of placeholders */
    const char **values; /* what is bound; NULL: null */
    char (*digits)[24];  /* room for bound numbers */
    PGresult *result;    /* NULL: not run yet */
    int row;
};

/*
 * --- what can go wrong -------------------------------------------------------------------------
 */

static const struct {
    const char *state; /* the beginning of an SQLSTATE */
    enum err err;
    const char *why; /* NULL: the server's own words */
} failures[] = {
    {"40001", ERR_BUSY, "others changed the same rows at the same time: try again"},
    {"40P01", ERR_BUSY, "others changed the same rows at the same time: try again"},
    {"55P03", ERR_BUSY, "other programs kept it busy for more than 5 seconds: try again"},
    {"25006", ERR_DENIED, "it is read-only"},
    {"42501", ERR_DENIED, NULL},
    {"28", ERR_DENIED, NULL},
    {"23", ERR_CONFLICT, NULL},
    {"22021", ERR_INVALID, "a text is not valid UTF-8"},
    {"53100", ERR_IO, "the server's disk is full, nothing was changed"},
    {"53", ERR_BUSY, NULL},
    {"57", ERR_IO, NULL},
    {"58", ERR_IO, NULL},
    {"XX", ERR_DAMAGED, NULL},
    {"08", ERR_IO, NULL},
    {"", ERR_BUG, NULL},
};

/* libpq's messages have lines; the first one says it. */
static const char *first_line(struct arena *arena, const char *message)
{
    static const char prefix[] = "ERROR:  ";
    if (strncmp(message, prefix, sizeof prefix - 1) == 0)
        message += sizeof prefix - 1;
    return arena_copy_n(arena, message, strcspn(message, "\n"));
}

static enum err postgres_fail(struct postgres *db, const PGresult *result, struct error *error)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *words = first_line(db->arena, PQerrorMessage(db->link));
    if (!state || PQstatus(db->link) == CONNECTION_BAD)
        return error_set(error, ERR_IO, db->name, "the connection was lost: %s", words);
    size_t i = 0;
    while (strncmp(state, failures[i].state, strlen(failures[i].state)) != 0)
        i++;
    return error_set(error, failures[i].err, db->name, "%s",
                     failures[i].why ? failures[i].why : words);
}

static enum err script_run(struct postgres *db, const char *script, struct error *error)
{
    PGresult *result = PQexec(db->link, script);
    ExecStatusType status = PQresultStatus(result);
    enum err err = ERR_OK;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        err = postgres_fail(db, result, error);
    PQclear(result);
    return err;
}

/*
 * --- opening ------------------------------------------------------------------------------------
 */

static void notices_drop(void *self, const char *message)
{
    (void)self;
    (void)message;
}

static enum err link_open(struct postgres *db, const char *where, struct error *error)
{
    const char *const keys[] = {"connect_timeout", "application_name", "dbname", "client_encoding",
                                NULL};
    const char *const values[] = {"10", "dialdesk", where, "UTF8", NULL};
    db->link = PQconnectdbParams(keys, values, 1);
    if (!db->link)
        die("out of memory in libpq");
    PQsetNoticeProcessor(db->link, notices_drop, NULL);
    const char *host = PQhost(db->link), *base = PQdb(db->link);
    db->name = arena_format(db->arena, "postgresql://%s/%s", host && host[0] != '/' ? host : "",
                            base ? base : "");
    if (PQstatus(db->link) == CONNECTION_OK)
        return ERR_OK;
    return error_set(error, ERR_IO, db->name, "can't be reached: %s",
                     first_line(db->arena, PQerrorMessage(db->link)));
}

static void postgres_close(void *connection)
{
    struct postgres *db = connection;
    PQfinish(db->link);
    arena_free(db->arena);
}

static enum err postgres_open(const char *where, enum db_mode mode, void **connection,
                              struct error *error)
{
    struct arena *arena = arena_new();
    struct postgres *db = arena_alloc(arena, sizeof *db);
    db->arena = arena;
    enum err err = link_open(db, where, error);
    if (!err)
        err = script_run(db,
                         mode == DB_READ
                             ? "SET lock_timeout = '5s'; SET default_transaction_read_only = on"
                             : "SET lock_timeout = '5s'",
                         error);
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
    enum err err = script_run(db, text.bytes, error);
    arena_free(arena);
    return err;
}

/*
 * --- statements ---------------------------------------------------------------------------------
 */

static enum err postgres_prepare(void *connection, const char *sql, int placeholders,
                                 void **statement, struct error *error)
{
    struct postgres *db = connection;
    struct postgres_statement *made = arena_alloc(db->arena, sizeof *made);
    made->db = db;
    snprintf(made->name, sizeof made->name, "s%d", ++db->statements);
    made->count = placeholders;
    made->values = arena_array(db->arena, (size_t)made->count, sizeof *made->values);
    made->digits = arena_array(db->arena, (size_t)made->count, sizeof *made->digits);
    PGresult *result = PQprepare(db->link, made->name, sql, 0, NULL);
    enum err err = ERR_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        err = postgres_fail(db, result, error);
    PQclear(result);
    *statement = made;
    return err;
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

static enum err statement_run(struct postgres_statement *statement, struct error *error)
{
    struct postgres *db = statement->db;
    statement->row = -1;
    statement->result = PQexecPrepared(db->link, statement->name, statement->count,
                                       statement->values, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(statement->result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return postgres_fail(db, statement->result, error);
    db->changed = atoll(PQcmdTuples(statement->result));
    return ERR_OK;
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
    *row = ++statement->row < PQntuples(statement->result);
    return ERR_OK;
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
    PQclear(statement->result);
    statement->result = NULL;
    for (int i = 0; i < statement->count; i++)
        statement->values[i] = NULL;
}

/* The server forgets its statements with the connection. */
static void postgres_finish(void *self)
{
    postgres_reset(self);
}

/*
 * --- transactions
 * ---------------------------------------------------------------------------------
 */

/* Writers take turns; the number is ours, the schema tells two stores in one database apart. */
#define WRITERS "(1684627820, hashtext(current_schema()))"

static void lock_leave(struct postgres *db)
{
    if (db->locked)
        PQclear(PQexec(db->link, "SELECT pg_advisory_unlock" WRITERS));
    db->locked = false;
}

static enum err postgres_begin(void *connection, bool writing, struct error *error)
{
    struct postgres *db = connection;
    if (!writing)
        return script_run(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);
    enum err err = script_run(db, "SELECT pg_advisory_lock" WRITERS, error);
    db->locked = !err;
    if (!err)
        err = script_run(db, "BEGIN ISOLATION LEVEL SERIALIZABLE", error);
    if (err)
        lock_leave(db);
    return err;
}

/* A failed transaction ends by COMMIT too, but rolled back: the server says so in its answer. */
static enum err postgres_commit(void *connection, struct error *error)
{
    struct postgres *db = connection;
    PGresult *result = PQexec(db->link, "COMMIT");
    enum err err = ERR_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        err = postgres_fail(db, result, error);
    else if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
        err = error_set(error, ERR_BUG, db->name, "a failed transaction was to be committed");
    PQclear(result);
    lock_leave(db);
    return err;
}

static void postgres_rollback(void *connection)
{
    struct postgres *db = connection;
    if (PQtransactionStatus(db->link) != PQTRANS_IDLE)
        PQclear(PQexec(db->link, "ROLLBACK"));
    lock_leave(db);
}

/*
 * --- the rest
 * --------------------------------------------------------------------------------------
 */

/* One number by a query of one text parameter (or none: NULL). */
static enum err number_ask(struct postgres *db, const char *sql, const char *value, int64_t *number,
                           struct error *error)
{
    PGresult *result =
        PQexecParams(db->link, sql, value ? 1 : 0, NULL, value ? &value : NULL, NULL, NULL, 0);
    enum err err = ERR_OK;
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1)
        *number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    else
        err = postgres_fail(db, result, error);
    PQclear(result);
    return err;
}

/* What is committed and what is not yet: any commit changes it. */
static enum err postgres_change_mark(void *connection, int64_t *mark, struct error *error)
{
    return number_ask(connection, "SELECT hashtextextended(CAST(pg_current_snapshot() AS TEXT), 0)",
                      NULL, mark, error);
}

/* Other programs' tables in the database are no matter: ours have their names to themselves. */
static enum err postgres_tables(void *connection, const char *name, bool *there, bool *any,
                                struct error *error)
{
    int64_t count = 0;
    enum err err = number_ask(connection,
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
    .column_text = postgres_column_text,
    .column_int = postgres_column_int,
    .column_null = postgres_column_null,
    .changed_rows = postgres_changed_rows,
    .reset = postgres_reset,
    .finish = postgres_finish,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .change_mark = postgres_change_mark,
    .integrity = postgres_integrity,
    .backup = postgres_backup,
    .tables = postgres_tables,
};
