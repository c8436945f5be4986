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
#include <base/vector.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum db_mode {
    /* must be there; nothing is written, not even a file beside it if that can be avoided */
    DB_READ,
    DB_WRITE, /* must be there */
    DB_CREATE /* made if it is not there: file 0600, missing folders 0700 */
};

struct db;
struct db_statement;

/*
 * How long a store is waited for, by both engines and whatever it is: a lock that somebody else
 * holds, a server that is silent. Whoever opens a db lends it one as long as it is open.
 */
struct db_wait {
    int limit; /* milliseconds; 0: DB_WAIT_USUAL */
    /*
     * Called every 50 milliseconds or so of waiting, so that somebody may look after a screen:
     * `what` is waited for, `waited` milliseconds by now. False: no longer. NULL: nobody watches.
     */
    bool (*watch)(void *context, const char *what, int waited);
    void *context;
    /*
     * Stands in line for the lock of a file, for processes that come by the hundred: one of them
     * looks for it, the others sleep, and have neither `limit` nor `watch` until it is their turn.
     * Whoever sets this has an alarm of its own.
     */
    bool in_line;
};
enum { DB_WAIT_USUAL = 5000 };

static inline int db_wait_limit(const struct db_wait *wait)
{
    return wait && wait->limit ? wait->limit : DB_WAIT_USUAL;
}

static inline bool db_wait_watch(const struct db_wait *wait, const char *what, int waited)
{
    return !wait || !wait->watch || wait->watch(wait->context, what, waited);
}

/*
 * The driver record: what one engine can do. Every function that fails writes the message (the
 * store's name is WHAT, the engine's reason in our words is WHY) and gives ERR_BUSY, ERR_DENIED,
 * ERR_IO, ERR_DAMAGED, ERR_CONFLICT (a constraint) or ERR_NOT_FOUND (open).
 */
struct db_driver {
    const char *stamp; /* MODULE_STAMP */
    const char *name;  /* "SQLite", "PostgreSQL" */
    /* `shown`: what db_where_shown makes of `where` */
    enum err (*open)(const char *where, const char *shown, enum db_mode mode,
                     const struct db_wait *wait, void **connection, struct error *error);
    bool (*held)(const char *where); /* db_held; NULL: nobody can */
    void (*close)(void *connection);
    enum err (*execute)(void *connection, const char *script,
                        struct error *error); /* statements without results */
    /* `placeholders`: how many, $1 to this */
    enum err (*prepare)(void *connection, const char *sql, int placeholders, void **statement,
                        struct error *error);
    void (*bind_text)(void *statement, int index,
                      const char *text); /* 1-based; NULL binds null; borrowed until reset */
    void (*bind_int)(void *statement, int index, int64_t value);
    enum err (*step)(void *statement, bool *row, struct error *error);
    /*
     * Runs a bound statement of a transaction whose answer nobody reads: an error may come with a
     * later one, or with the commit. NULL: it is stepped through at once.
     */
    enum err (*later)(void *statement, struct error *error);
    /* The statement will be run with what is bound to it now. NULL: that helps nothing. */
    enum err (*ahead)(void *statement, struct error *error);
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
    /*
     * Commits are safe from the end of this program only (on), or from the end of the machine, too
     * (off), and with them all before. NULL: they always are.
     */
    void (*lax)(void *connection, bool on);
    enum err (*change_mark)(void *connection, int64_t *mark,
                            struct error *error); /* differs after another connection committed */
    enum err (*integrity)(void *connection, struct arena *arena, char **findings,
                          struct error *error); /* NULL: sound */
    /* db_file_fault; NULL: its store is no file */
    const char *(*file_fault)(void *connection, struct arena *arena);
    enum err (*backup)(void *connection, const char *path, struct error *error);
    /* NULL: a server has tools of its own */
    enum err (*restore)(void *connection, const char *where, struct error *error);
    /*
     * What the store holds, for whoever finds no schema in it: is this table (or index) there, is
     * there any at all?
     */
    enum err (*tables)(void *connection, const char *name, bool *there, bool *any,
                       struct error *error);
    /*
     * Makes the engine's own aids, after each migration and in its transaction (first: the very
     * first), unless they are there: an index for `search_rows`. search_put tells it that a
     * meeting's search text changed (before NULL: the row inserted just now, with the highest key;
     * `key` is not looked at). NULL if the engine has none.
     */
    enum err (*equip)(void *connection, bool first, struct error *error);
    enum err (*search_put)(void *connection, int64_t key, const char *before, const char *after,
                           struct error *error);
    /*
     * Candidates for a search: keys (meeting.seq) of rows whose search column may hold all of the
     * folded words, the highest first, at most `limit`. *usable false if the engine has no index
     * that helps with these words. NULL: never.
     */
    enum err (*search_rows)(void *connection, const char *const *words, size_t count, int64_t *keys,
                            size_t limit, size_t *found, bool *usable, struct error *error);
    /* its store is a file that is copied beside before it is migrated */
    bool copied_before_migration;
};

extern const struct db_driver db_sqlite;

/*
 * Opens by the form of `where`: postgresql:// or postgres://, in letters of any size, takes the
 * module, everything else is a
 * path. `error` must live as long as the db: every function that fails writes its message there; so
 * must `wait` (NULL: as usual, and nobody watches).
 */
enum err db_open(const char *where, enum db_mode mode, const struct db_wait *wait, struct db **db,
                 struct error *error);
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
 * A value for a placeholder, with its type: DB(uid, start, all_day) makes the list of those of $1,
 * $2 and $3, which lives as long as the block that it stands in. A text (NULL: null), a bool, an
 * int, an int64_t or a struct db_value may stand there; anything else does not compile.
 */
struct db_value {
    enum { DB_END, DB_TEXT, DB_INT, DB_NULL } type; /* DB_END: behind the last one */
    const char *text;                               /* borrowed until the statement is done */
    int64_t integer;
};

static inline struct db_value db_value_text(const char *text)
{
    return (struct db_value){.type = text ? DB_TEXT : DB_NULL, .text = text};
}

static inline struct db_value db_value_int(int64_t integer)
{
    return (struct db_value){.type = DB_INT, .integer = integer};
}

static inline struct db_value db_value_same(struct db_value value)
{
    return value;
}

/* An instant, or null if it is INSTANT_NEVER (INT64_MAX). */
static inline struct db_value db_instant(int64_t instant)
{
    if (instant == INT64_MAX)
        return (struct db_value){.type = DB_NULL};
    return db_value_int(instant);
}

#define DB_VALUE(value)                                                                            \
    _Generic((value),                                                                              \
        char *: db_value_text,                                                                     \
        const char *: db_value_text,                                                               \
        bool: db_value_int,                                                                        \
        int: db_value_int,                                                                         \
        int64_t: db_value_int,                                                                     \
        struct db_value: db_value_same)(value)
#define DB_1(v) DB_VALUE(v)
#define DB_2(v, ...) DB_VALUE(v), DB_1(__VA_ARGS__)
#define DB_3(v, ...) DB_VALUE(v), DB_2(__VA_ARGS__)
#define DB_4(v, ...) DB_VALUE(v), DB_3(__VA_ARGS__)
#define DB_5(v, ...) DB_VALUE(v), DB_4(__VA_ARGS__)
#define DB_6(v, ...) DB_VALUE(v), DB_5(__VA_ARGS__)
#define DB_7(v, ...) DB_VALUE(v), DB_6(__VA_ARGS__)
#define DB_8(v, ...) DB_VALUE(v), DB_7(__VA_ARGS__)
#define DB_9(v, ...) DB_VALUE(v), DB_8(__VA_ARGS__)
#define DB_10(v, ...) DB_VALUE(v), DB_9(__VA_ARGS__)
#define DB_11(v, ...) DB_VALUE(v), DB_10(__VA_ARGS__)
#define DB_12(v, ...) DB_VALUE(v), DB_11(__VA_ARGS__)
#define DB_13(v, ...) DB_VALUE(v), DB_12(__VA_ARGS__)
#define DB_14(v, ...) DB_VALUE(v), DB_13(__VA_ARGS__)
#define DB_15(v, ...) DB_VALUE(v), DB_14(__VA_ARGS__)
#define DB_16(v, ...) DB_VALUE(v), DB_15(__VA_ARGS__)
#define DB_PICK(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, name, ...)  \
    name
#define DB(...)                                                                                    \
    ((const struct db_value[]){DB_PICK(__VA_ARGS__, DB_16, DB_15, DB_14, DB_13, DB_12, DB_11,      \
                                       DB_10, DB_9, DB_8, DB_7, DB_6, DB_5, DB_4, DB_3, DB_2,      \
                                       DB_1, )(__VA_ARGS__),                                       \
                               {.type = DB_END}})
#define DB_NONE ((const struct db_value[]){{.type = DB_END}})

/*
 * A statement with its values, before its first row. Statements are kept prepared by their text's
 * address: SQL must be a string literal or live as long as the db. ERR_BUG if there are more or
 * fewer values than placeholders.
 */
enum err db_query(struct db *db, struct db_statement **statement, const char *sql,
                  const struct db_value *values);

/* One row on; *row false at the end (the statement is then reset by itself). */
enum err db_step(struct db_statement *statement, bool *row);
/* One row on, unless *err is set; false at the end or with an error, which reset the statement. */
bool db_next(struct db_statement *statement, enum err *err);
void db_done(struct db_statement *statement); /* reset early; NULL is allowed */

/* The same, with its first row; *row false if there is none (and then nothing to be done). */
enum err db_query_row(struct db *db, struct db_statement **statement, bool *row, const char *sql,
                      const struct db_value *values);

/* The number in its first row and column; 0 if there is no row, or null in it. */
enum err db_query_int(struct db *db, int64_t *number, const char *sql,
                      const struct db_value *values);
/* The text there; NULL if there is no row, or null in it. */
enum err db_query_text(struct arena *arena, struct db *db, const char **text, const char *sql,
                       const struct db_value *values);

/* The texts in the first column of all rows, appended. */
enum err db_query_texts(struct arena *arena, struct db *db, struct strings *out, const char *sql,
                        const struct db_value *values);

/* The same run to its end, for statements without results. *rows (may be NULL): changed rows. */
enum err db_run(struct db *db, int64_t *rows, const char *sql, const struct db_value *values);

/*
 * The same for a change in a transaction that is not waited for if the store is far away: what goes
 * wrong is then told by a later function, the commit's at the latest.
 */
enum err db_run_later(struct db *db, const char *sql, const struct db_value *values);

/*
 * Says that db_query will be called with these, so that the rows of many queries come together. A
 * change of their tables in between makes them be read again.
 */
enum err db_ahead(struct db *db, const char *sql, const struct db_value *values);

/*
 * Columns, 0-based. Text is copied into the arena; NULL for null. db_int_or gives `fallback` for
 * null.
 */
const char *db_text(struct arena *arena, const struct db_statement *statement, int column);
/* The same of a column that is null in a damaged store alone: "" then. */
const char *db_string(struct arena *arena, const struct db_statement *statement, int column);
/* `known` (NULL: none) instead of a copy, if the column says the same. */
const char *db_text_or(struct arena *arena, const struct db_statement *statement, int column,
                       const char *known);
int64_t db_int(const struct db_statement *statement, int column);
int64_t db_int_or(const struct db_statement *statement, int column, int64_t fallback);

enum err db_execute(struct db *db, const char *script);
enum err db_begin(struct db *db, bool writing);
enum err db_commit(struct db *db);
void db_rollback(struct db *db);
/* See the driver's `bulk`; does nothing if it is NULL. */
void db_bulk(struct db *db, bool on);
/* See the driver's `lax`; between transactions. */
void db_lax(struct db *db, bool on);
enum err db_change_mark(struct db *db, int64_t *mark);
enum err db_integrity(struct db *db, struct arena *arena, char **findings);
/* Why the store's file may not be written to, though it can be read; NULL: there is no reason. */
const char *db_file_fault(struct db *db, struct arena *arena);
enum err db_backup(struct db *db, const char *path);
/*
 * Copies everything over the store at `where`, in one transaction, while others work with that
 * store; makes it if it is not there. A file that can't be opened for damage is first renamed to
 * where.damaged (its log to where.damaged-wal). ERR_REFUSED if either is on a server.
 */
enum err db_restore(struct db *db, const char *where);
enum err db_tables(struct db *db, const char *name, bool *there, bool *any);
enum err db_equip(struct db *db, bool first);
enum err db_search_put(struct db *db, int64_t key, const char *before, const char *after);
enum err db_search_rows(struct db *db, const char *const *words, size_t count, int64_t *keys,
                        size_t limit, size_t *found, bool *usable);

#endif
