/*
 * Connections and statements over the driver record: which driver a store's name asks for,
 * statements kept prepared by their text's address, binding and reading by a few short words.
 */
#include <base/module.h>
#include <db/db.h>
#include <stdlib.h>
#include <string.h>

enum { DB_SLOTS = 128 }; /* chains of prepared statements; about a hundred texts exist */

struct db_statement {
    struct db *db;
    const char *sql;
    void *handle;
    int placeholders;
    bool busy;
    struct db_statement *next;
};

struct db {
    struct arena *arena;
    const struct db_driver *driver;
    void *connection;
    struct error *error; /* where drivers write why they failed: whoever opened it reads it */
    struct db_statement *slots[DB_SLOTS];
};

static bool is_server(const char *where)
{
    return strncasecmp(where, "postgresql://", 13) == 0 ||
           strncasecmp(where, "postgres://", 11) == 0;
}

/*
 * Passwords stand in "user:password@host", or in what follows a question mark, which is left out
 * whole. One with signs that should be written otherwise ("pa/ss", "pa?ss") is not shown either:
 * what stands between the first colon and the last @ is none of anybody's business.
 */
char *db_where_shown(struct arena *arena, const char *where)
{
    if (!is_server(where))
        return arena_copy_n(arena, where, strlen(where));
    const char *start = strstr(where, "//") + 2, *host = start;
    size_t user = strcspn(start, ":@/?"), port = strspn(start + user, ":0123456789");
    const char *question = strchr(start, '?'), *at = strrchr(start, '@');
    bool plain = start[user] != ':' || strchr("/?,", start[user + port]); /* "host:5432/base" */
    if (at && (!plain || start[user] == '@' || !question || at < question))
        host = at + 1;
    else if (!plain)
        host = start + strlen(start); /* a password, and no host behind it */
    size_t length = strcspn(host, "?");
    if (host == start)
        return arena_format(arena, "%.*s", (int)(start + length - where), where);
    return arena_format(arena, "%.*s@%.*s", (int)(start + user - where), where, (int)length, host);
}

/*
 * How far the scheme goes, that of a server's address with a slash too few as well: no file is
 * meant by it, and a password may stand in it. 0: a path.
 */
static int scheme_length(const char *where)
{
    const char *end = strstr(where, "://"), *colon = strchr(where, ':');
    if (end)
        return (int)(end + 3 - where);
    bool server =
        strncasecmp(where, "postgresql:", 11) == 0 || strncasecmp(where, "postgres:", 9) == 0;
    return server ? (int)(colon + 1 - where) : 0;
}

/*
 * The word of libpq's that a store's name begins with, or that follows a blank in it, and its
 * length: "host=db password=..." is how other programs name a server. A file of such a name can be
 * written with a folder before it.
 */
static const char *libpq_word(const char *where, size_t *length)
{
    static const char *const words[] = {"host",     "hostaddr", "port",    "dbname", "user",
                                        "passfile", "password", "service", "sslmode"};
    const char *end = where + strcspn(where, "/");
    for (const char *at = where; at < end; at += strcspn(at, " \t\n")) {
        at += strspn(at, " \t\n");
        *length = strcspn(at, " \t\n=/");
        bool valued = at[*length + strspn(at + *length, " \t\n")] == '=';
        for (size_t i = 0; valued && i < sizeof words / sizeof *words; i++)
            if (strlen(words[i]) == *length && strncmp(at, words[i], *length) == 0)
                return at;
    }
    return NULL;
}

/* An error if the store's name is meant for a server, and is not the address of one. */
static enum err path_check(const char *where, struct error *error)
{
    int scheme = scheme_length(where);
    size_t length = 0;
    const char *word = libpq_word(where, &length);
    if (word)
        return error_set_what(error, ERR_INVALID,
                              "not a path; write postgresql://USER@HOST/BASE (or ./ before the "
                              "name of a file)",
                              "'%.*s=...'", (int)length, word);
    if (!scheme)
        return ERR_OK;
    return error_set_what(error, ERR_INVALID,
                          "not a kind of store; write a path or postgresql://...", "'%.*s'", scheme,
                          where);
}

static enum err driver_choose(const char *where, const struct db_driver **driver,
                              struct error *error)
{
    if (is_server(where)) {
        const void *record = NULL;
        enum err err = module_open("postgres", &record, error);
        *driver = record;
        return err;
    }
    *driver = &db_sqlite;
    return path_check(where, error);
}

enum err db_open(const char *where, enum db_mode mode, const struct db_wait *wait, struct db **db,
                 struct error *error)
{
    *db = NULL;
    const struct db_driver *driver = NULL;
    enum err err = driver_choose(where, &driver, error);
    if (err)
        return err;
    void *connection = NULL;
    struct arena *arena = arena_new();
    err = driver->open(where, db_where_shown(arena, where), mode, wait, &connection, error);
    if (err) {
        arena_free(arena);
        return err;
    }
    struct db *made = arena_alloc(arena, sizeof *made);
    *made = (struct db){.arena = arena, .driver = driver, .connection = connection, .error = error};
    *db = made;
    return ERR_OK;
}

bool db_held(const char *where)
{
    return !is_server(where) && db_sqlite.held(where);
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < DB_SLOTS; i++)
        for (struct db_statement *s = db->slots[i]; s; s = s->next)
            db->driver->finish(s->handle);
    db->driver->close(db->connection);
    arena_free(db->arena);
}

const struct db_driver *db_driver_of(const struct db *db)
{
    return db->driver;
}

/* The chain of a text: literals are told apart by where they stand. */
static struct db_statement **slot_of(struct db *db, const char *sql)
{
    uintptr_t address = (uintptr_t)sql;
    return &db->slots[(address ^ address >> 7 ^ address >> 14) % DB_SLOTS];
}

/* The highest $n; our texts hold no other dollar sign. */
static int placeholders_count(const char *sql)
{
    int count = 0;
    for (const char *p = strchr(sql, '$'); p; p = strchr(p + 1, '$')) {
        int n = atoi(p + 1);
        if (n > count)
            count = n;
    }
    return count;
}

/*
 * A statement that is being stepped through is left alone: the same text is then prepared once
 * more.
 */
static enum err statement_get(struct db *db, const char *sql, struct db_statement **statement)
{
    struct db_statement **slot = slot_of(db, sql);
    for (struct db_statement *s = *slot; s; s = s->next)
        if (s->sql == sql && !s->busy) {
            *statement = s;
            return ERR_OK;
        }
    void *handle = NULL;
    int placeholders = placeholders_count(sql);
    enum err err = db->driver->prepare(db->connection, sql, placeholders, &handle, db->error);
    if (err)
        return err;
    struct db_statement *made = arena_alloc(db->arena, sizeof *made);
    *made = (struct db_statement){db, sql, handle, placeholders, false, *slot};
    *slot = made;
    *statement = made;
    return ERR_OK;
}

static void value_bind(const struct db_statement *statement, int index, struct db_value value)
{
    const struct db_driver *driver = statement->db->driver;
    if (value.type == DB_INT)
        driver->bind_int(statement->handle, index, value.integer);
    else
        driver->bind_text(statement->handle, index, value.type == DB_TEXT ? value.text : NULL);
}

enum err db_query(struct db *db, struct db_statement **statement, const char *sql,
                  const struct db_value *values)
{
    int count = 0;
    *statement = NULL;
    enum err err = statement_get(db, sql, statement);
    if (err)
        return err;
    while (values[count].type != DB_END)
        count++;
    if (count != (*statement)->placeholders) {
        err = error_set(db->error, ERR_BUG, "a query", "it has %d placeholders, and %d values: %s",
                        (*statement)->placeholders, count, sql);
        *statement = NULL;
        return err;
    }
    (*statement)->busy = true;
    for (int i = 0; i < count; i++)
        value_bind(*statement, i + 1, values[i]);
    return ERR_OK;
}

enum err db_query_row(struct db *db, struct db_statement **statement, bool *row, const char *sql,
                      const struct db_value *values)
{
    *row = false;
    enum err err = db_query(db, statement, sql, values);
    return err ? err : db_step(*statement, row);
}

enum err db_step(struct db_statement *statement, bool *row)
{
    *row = false;
    enum err err = statement->db->driver->step(statement->handle, row, statement->db->error);
    if (err || !*row)
        db_done(statement);
    return err;
}

bool db_next(struct db_statement *statement, enum err *err)
{
    bool row = false;
    if (!*err)
        *err = db_step(statement, &row);
    if (*err)
        db_done(statement);
    return row;
}

void db_done(struct db_statement *statement)
{
    if (!statement || !statement->busy)
        return;
    statement->db->driver->reset(statement->handle);
    statement->busy = false;
}

enum err db_query_int(struct db *db, int64_t *number, const char *sql,
                      const struct db_value *values)
{
    struct db_statement *statement;
    bool row;
    enum err err = db_query_row(db, &statement, &row, sql, values);
    *number = !err && row ? db_int_or(statement, 0, 0) : 0;
    db_done(statement);
    return err;
}

enum err db_query_text(struct arena *arena, struct db *db, const char **text, const char *sql,
                       const struct db_value *values)
{
    struct db_statement *statement;
    bool row;
    enum err err = db_query_row(db, &statement, &row, sql, values);
    *text = !err && row ? db_text(arena, statement, 0) : NULL;
    db_done(statement);
    return err;
}

enum err db_query_texts(struct arena *arena, struct db *db, struct strings *out, const char *sql,
                        const struct db_value *values)
{
    struct db_statement *statement;
    enum err err = db_query(db, &statement, sql, values);
    while (db_next(statement, &err))
        *vector_push(arena, out) = db_text(arena, statement, 0);
    return err;
}

enum err db_run(struct db *db, int64_t *rows, const char *sql, const struct db_value *values)
{
    struct db_statement *statement;
    bool row;
    enum err err = db_query_row(db, &statement, &row, sql, values);
    while (!err && row)
        err = db_step(statement, &row);
    if (!err && rows)
        *rows = db->driver->changed_rows(db->connection);
    return err;
}

enum err db_run_later(struct db *db, const char *sql, const struct db_value *values)
{
    struct db_statement *statement;
    bool row;
    enum err err = db_query(db, &statement, sql, values);
    if (!err)
        err = db->driver->later ? db->driver->later(statement->handle, db->error)
                                : db->driver->step(statement->handle, &row, db->error);
    db_done(statement);
    return err;
}

enum err db_ahead(struct db *db, const char *sql, const struct db_value *values)
{
    struct db_statement *statement;
    if (!db->driver->ahead)
        return ERR_OK;
    enum err err = db_query(db, &statement, sql, values);
    if (!err)
        err = db->driver->ahead(statement->handle, db->error);
    db_done(statement);
    return err;
}

const char *db_text(struct arena *arena, const struct db_statement *statement, int column)
{
    return arena_copy(arena, statement->db->driver->column_text(statement->handle, column));
}

const char *db_string(struct arena *arena, const struct db_statement *statement, int column)
{
    const char *text = db_text(arena, statement, column);
    return text ? text : "";
}

const char *db_text_or(struct arena *arena, const struct db_statement *statement, int column,
                       const char *known)
{
    const char *text = statement->db->driver->column_text(statement->handle, column);
    return text && known && strcmp(text, known) == 0 ? known : arena_copy(arena, text);
}

int64_t db_int(const struct db_statement *statement, int column)
{
    return statement->db->driver->column_int(statement->handle, column);
}

int64_t db_int_or(const struct db_statement *statement, int column, int64_t fallback)
{
    if (statement->db->driver->column_null(statement->handle, column))
        return fallback;
    return db_int(statement, column);
}

enum err db_execute(struct db *db, const char *script)
{
    return db->driver->execute(db->connection, script, db->error);
}

enum err db_begin(struct db *db, bool writing)
{
    return db->driver->begin(db->connection, writing, db->error);
}

enum err db_commit(struct db *db)
{
    return db->driver->commit(db->connection, db->error);
}

/* Statements that are still open would hold the transaction: they end with it. */
void db_rollback(struct db *db)
{
    for (size_t i = 0; i < DB_SLOTS; i++)
        for (struct db_statement *s = db->slots[i]; s; s = s->next)
            db_done(s);
    db->driver->rollback(db->connection);
}

void db_bulk(struct db *db, bool on)
{
    if (db->driver->bulk)
        db->driver->bulk(db->connection, on);
}

void db_lax(struct db *db, bool on)
{
    if (db->driver->lax)
        db->driver->lax(db->connection, on);
}

enum err db_change_mark(struct db *db, int64_t *mark)
{
    return db->driver->change_mark(db->connection, mark, db->error);
}

enum err db_integrity(struct db *db, struct arena *arena, char **findings)
{
    return db->driver->integrity(db->connection, arena, findings, db->error);
}

const char *db_file_fault(struct db *db, struct arena *arena)
{
    return db->driver->file_fault ? db->driver->file_fault(db->connection, arena) : NULL;
}

enum err db_backup(struct db *db, const char *path)
{
    return db->driver->backup(db->connection, path, db->error);
}

enum err db_restore(struct db *db, const char *where)
{
    if (is_server(where) || !db->driver->restore)
        return error_set(db->error, ERR_REFUSED, "restore",
                         "a server's store is restored by its own tools: use pg_restore");
    enum err err = path_check(where, db->error);
    return err ? err : db->driver->restore(db->connection, where, db->error);
}

enum err db_tables(struct db *db, const char *name, bool *there, bool *any)
{
    return db->driver->tables(db->connection, name, there, any, db->error);
}

enum err db_equip(struct db *db, bool first)
{
    return db->driver->equip ? db->driver->equip(db->connection, first, db->error) : ERR_OK;
}

enum err db_search_put(struct db *db, int64_t key, const char *before, const char *after)
{
    if (!db->driver->search_put)
        return ERR_OK;
    return db->driver->search_put(db->connection, key, before, after, db->error);
}

enum err db_search_rows(struct db *db, const char *const *words, size_t count, int64_t *keys,
                        size_t limit, size_t *found, bool *usable)
{
    *usable = false;
    *found = 0;
    if (!db->driver->search_rows)
        return ERR_OK;
    return db->driver->search_rows(db->connection, words, count, keys, limit, found, usable,
                                   db->error);
}
