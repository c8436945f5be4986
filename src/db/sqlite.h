/* What the files of the SQLite driver share. Nobody else includes this. */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include <base/vector.h>
#include <db/db.h>
#include <sqlite3.h>

/* A changed search text that the index has not been told of yet. */
struct sqlite_search_change {
    int64_t key;
    const char *before, *after;
};

struct sqlite_search_changes VECTOR(struct sqlite_search_change);

struct sqlite {
    struct arena *arena;
    sqlite3 *handle;
    const char *where;          /* the path as it was given: WHAT of every message */
    uint64_t random;            /* of the busy handler's sleeps */
    int64_t busy_since;         /* of the lock that is waited for; milliseconds_now */
    int64_t watched;            /* when its watcher was called last, likewise */
    const struct db_wait *wait; /* how long, and who watches */
    bool given_up;              /* by whoever watches */
    int line;                   /* the store's folder, locked while it is our turn in line; -1 */
    struct sqlite_search_changes pending;
    int64_t first_new, last_new; /* keys of new rows that the index has not been told of; 0: none */
    struct arena *pending_arena; /* holds `pending` and its texts; NULL while there was none */
    sqlite3_stmt *data_version, *search_insert, *search_delete; /* NULL until asked for */
};

/* For what this engine waits. */
#define SQLITE_AWAITED "other programs that keep the store busy"

/* Writes the message for what the last call on this connection came to. */
enum err sqlite_fail(struct sqlite *db, int rc, struct error *error);

/*
 * Runs the driver's own SQL to its first row, with texts and numbers for $1, $2 and so on, and
 * gives SQLite's code. *statement is made unless it is there already.
 */
int sqlite_ask(struct sqlite *db, sqlite3_stmt **statement, const char *sql,
               const struct db_value *values);
/* Ends such a statement. SQLITE_ROW and SQLITE_DONE are well; the message for any other code. */
enum err sqlite_end(struct sqlite *db, sqlite3_stmt *statement, int rc, struct error *error);

/* Runs a script; for pragmas and the driver's own SQL. */
enum err sqlite_script(struct sqlite *db, const char *script, struct error *error);

/*
 * A lock is held by somebody else: sleeps a little and says whether to go on trying (count: tries
 * so far).
 */
int sqlite_busy(void *connection, int count);

/* Gives up the turn in line, if it is ours. */
void sqlite_line_leave(struct sqlite *db);

/*
 * Looks at the file before SQLite does: whether it is a plain file that nobody else can turn
 * elsewhere or write to, and whether its log is there. *there: whether there is such a file.
 */
enum err sqlite_file_look(const char *where, enum db_mode mode, bool *there, struct error *error);
/* Why nothing is written to the file, though it can be read; NULL: nothing is wrong with it. */
const char *sqlite_file_fault(void *connection, struct arena *arena);

enum err sqlite_open(const char *where, enum db_mode mode, const struct db_wait *wait,
                     void **connection, struct error *error);
bool sqlite_held(const char *where); /* db_held */
void sqlite_close(void *connection);
enum err sqlite_backup(void *connection, const char *path, struct error *error);
enum err sqlite_restore(void *connection, const char *where, struct error *error);
enum err sqlite_integrity(void *connection, struct arena *arena, char **findings,
                          struct error *error);
enum err sqlite_equip(void *connection, bool first, struct error *error);
enum err sqlite_search_put(void *connection, int64_t key, const char *before, const char *after,
                           struct error *error);
/* Tells the index what is pending, or forgets it: before a commit, after a rollback. */
enum err sqlite_search_flush(struct sqlite *db, struct error *error);
void sqlite_search_drop(struct sqlite *db);
enum err sqlite_search_rows(void *connection, const char *const *words, size_t count, int64_t *keys,
                            size_t limit, size_t *found, bool *usable, struct error *error);

#endif
