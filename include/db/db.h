/*
 * One SQL text, two engines: connections, statements and transactions over a driver record.
 * Only store/ may call this. SQLite's driver is linked in; PostgreSQL's is the module "postgres".
 *
 * SQL uses the subset that both engines share (the design, section 4): $1 $2 placeholders, TEXT,
 * BIGINT and INTEGER.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <base/arena.h>
#include <base/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum db_mode {
    /* must be there; nothing is written, not even a file beside it where that can be avoided */
    DB_READ,
    DB_WRITE, /* must be there */
    DB_CREATE /* made where it is not: file 0600, missing folders 0700 */
};

struct db;
struct db_statement;

/*
 * The driver record: what one engine can do. Every function that fails writes the message (the
 * store's name is WHAT, the engine's reason in our words is WHY) and gives ERR_BUSY, ERR_DENIED,
 * ERR_IO, ERR_DAMAGED, ERR_CONFLICT (a constraint) or ERR_NOT_FOUND (open).
 */
struct db_driver {
    const char *stamp; /* MODULE_STAMP */
    const char *name;  /* "SQLite", "PostgreSQL" */
    enum err (*open)(const char *where, enum db_mode mode, void **connection, struct error *error);
    bool (*held)(const char *where); /* db_held; NULL: nobody can */
    void (*close)(void *connection);
    enum err (*execute)(void *connection, const char *script,
                        struct error *error); /* statements without results */
    enum err (*prepare)(void *connection, const char *sql, void **statement, struct error *error);
    void (*bind_text)(void *statement, int index,
                      const char *text); /* 1-based; NULL binds null; borrowed until reset */
    void (*bind_int)(void *statement, int index, int64_t value);
    enum err (*step)(void *statement, bool *row, struct error *error);
    const char *(*column_text)(void *statement,
                               int column); /* 0-based; NULL for null; until the next step */
    int64_t (*column_int)(void *statement, int column);
    bool (*column_null)(void *statement, int column);
    int64_t (*changed_rows)(void *connection);
    void (*reset)(void *statement); /* ready for the next run; bindings cleared */
    void (*finish)(void *statement);
    enum err (*begin)(void *connection, bool writing,
                      struct error *error); /* writing: immediate, or serializable */
    enum err (*commit)(void *connection, struct error *error);
    void (*rollback)(void *connection);
    /*
     * Very many records are going to be written (on), or are no more (off): room for speed. NULL:
     * no matter.
     */
    void (*bulk)(void *connection, bool on);
    enum err (*change_mark)(void *connection, int64_t *mark,
                            struct error *error); /* differs after another connection committed */
    enum err (*integrity)(void *connection, struct arena *arena, char **findings,
                          struct error *error); /* NULL: sound */
    enum err (*backup)(void *connection, const char *path, struct error *error);
    /*
     * What the store holds, for whoever finds no schema in it: is this table (or index) there, is
     * there any at all?
     */
    enum err (*tables)(void *connection, const char *name, bool *there, bool *any,
                       struct error *error);
    /*
     * Makes the engine's own aids, once, after the first migration and in its transaction: an index
     * for `search_rows`. search_put tells it that a meeting's search text changed (before NULL: a
     * new row, with the highest key). NULL where the engine has none.
     */
    enum err (*equip)(void *connection, struct error *error);
    enum err (*search_put)(void *connection, int64_t key, const char *before, const char *after,
                           struct error *error);
    /*
     * Candidates for a search: keys (meeting.seq) of rows whose search column may hold all of the
     * folded words, the highest first, at most `limit`. *usable false where the engine has no index
     * that helps with these words. NULL: never.
     */
    enum err (*search_rows)(void *connection, const char *const *words, size_t count, int64_t *keys,
                            size_t limit, size_t *found, bool *usable, struct error *error);
    /* its store is a file that is copied beside before it is migrated */
    bool copied_before_migration;
};

extern const struct db_driver db_sqlite;

/*
 * Opens by the form of `where`: postgresql:// or postgres:// takes the module, everything else is a
 * path. `error` must live as long as the db: every function that fails writes its message there.
 */
enum err db_open(const char *where, enum db_mode mode, struct db **db, struct error *error);
/*
 * Whether somebody holds this file so that opening it would have to wait: asked without waiting. Of
 * a server: false.
 */
bool db_held(const char *where);
/* The store's name as people may see it: a server's address without its password. */
char *db_where_shown(struct arena *arena, const char *where);
void db_close(struct db *db); /* NULL is allowed */
const struct db_driver *db_driver_of(const struct db *db);

/*
 * Statements are kept prepared by their text's address: SQL must be a string literal or live as
 * long as the db.
 */
enum err db_query(struct db *db, const char *sql, struct db_statement **statement);

/*
 * Bind left to right: format 't' text (NULL: null), 'i' int64_t, 'n' int64_t where INSTANT_NEVER
 * (INT64_MAX) means null.
 */
void db_bind(struct db_statement *statement, const char *format, ...);
void db_bind_text(struct db_statement *statement, int index, const char *text);
void db_bind_int(struct db_statement *statement, int index, int64_t value);

/* One row on; *row false at the end (the statement is then reset by itself). */
enum err db_step(struct db_statement *statement, bool *row);
void db_done(struct db_statement *statement); /* reset early; NULL is allowed */

/*
 * db_query + db_bind + run to the end, for statements without results. *rows (may be NULL): changed
 * rows.
 */
enum err db_run(struct db *db, int64_t *rows, const char *sql, const char *format, ...);

/*
 * Columns, 0-based. Text is copied into the arena; NULL for null. db_int_or gives `fallback` for
 * null.
 */
const char *db_text(struct arena *arena, const struct db_statement *statement, int column);
int64_t db_int(const struct db_statement *statement, int column);
int64_t db_int_or(const struct db_statement *statement, int column, int64_t fallback);

enum err db_execute(struct db *db, const char *script);
enum err db_begin(struct db *db, bool writing);
enum err db_commit(struct db *db);
void db_rollback(struct db *db);
/* See the driver's `bulk`; does nothing where it is NULL. */
void db_bulk(struct db *db, bool on);
enum err db_change_mark(struct db *db, int64_t *mark);
enum err db_integrity(struct db *db, struct arena *arena, char **findings);
enum err db_backup(struct db *db, const char *path);
enum err db_tables(struct db *db, const char *name, bool *there, bool *any);
enum err db_equip(struct db *db);
enum err db_search_put(struct db *db, int64_t key, const char *before, const char *after);
enum err db_search_rows(struct db *db, const char *const *words, size_t count, int64_t *keys,
                        size_t limit, size_t *found, bool *usable);

#endif
