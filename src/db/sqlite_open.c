/*
 * Opening an SQLite store: how it is made, and how it is read if nothing may be written. Whose
 * file it is, and whether it may be used, sqlite_file.c looks at. SQLite itself never creates the
 * file, so that it has mode 0600 from its first moment.
 */
#include "sqlite.h"

#include <base/ascii.h>
#include <base/clock.h>
#include <base/file.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WATCH_MS = 50 };

/* A fresh pseudo-random number (xorshift): only to keep two waiting programs out of step. */
static uint64_t sleep_random(struct sqlite *db)
{
    db->random ^= db->random << 13;
    db->random ^= db->random >> 7;
    db->random ^= db->random << 17;
    return db->random;
}

/*
 * The folder is what is locked: to close another descriptor of the store's own file would drop the
 * locks that SQLite has on it. A folder that can't be opened makes no line.
 */
static void line_up(struct sqlite *db)
{
    db->line = open(dirname(arena_copy(db->arena, db->where)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (db->line >= 0)
        (void)flock(db->line, LOCK_EX);
}

void sqlite_line_leave(struct sqlite *db)
{
    if (db->line >= 0)
        close(db->line);
    db->line = -1;
}

/* 0.1 to 1 ms at random: with SQLite's own growing pauses one of two busy writers can starve. */
int sqlite_busy(void *connection, int count)
{
    struct sqlite *db = connection;
    int64_t now = milliseconds_now();
    if (count == 0) {
        db->busy_since = db->watched = now;
        db->given_up = false;
    }
    int waited = (int)(now - db->busy_since);
    if (waited > db_wait_limit(db->wait))
        return 0;
    if (db->wait && db->wait->in_line && db->line < 0)
        line_up(db);
    if (now - db->watched >= WATCH_MS) {
        db->watched = now;
        db->given_up = !db_wait_watch(db->wait, SQLITE_AWAITED, waited);
    }
    if (db->given_up)
        return 0;
    struct timespec pause = {.tv_nsec = 100000 + (long)(sleep_random(db) % 900000)};
    nanosleep(&pause, NULL);
    return 1;
}

/*
 * mknod, not open: opening and closing a file drops every lock that this process holds on it, and
 * another thread may have a connection to it already.
 */
static enum err file_make(struct arena *arena, const char *where, struct error *error)
{
    char *copy = arena_copy(arena, where);
    enum err err = file_make_folder(dirname(copy), error);
    if (err)
        return err;
    if (mknod(where, S_IFREG | 0600, 0) == 0 || errno == EEXIST)
        return ERR_OK;
    bool denied = errno == EACCES || errno == EPERM || errno == EROFS;
    return error_set(error, denied ? ERR_DENIED : ERR_IO, where, "can't be made: %s",
                     strerror(errno));
}

/*
 * Our queries have their indexes. Given statistics (somebody ran ANALYZE), SQLite 3.38 and later
 * would rather read a whole table into a Bloom filter or an index of its own when a short list is
 * looked up in a table, as it takes the list for a long one. The test interface is the only one
 * that tells it not to; in a build that ignores it, only time is lost. A test counts the steps.
 */
static void planner_steady(struct sqlite *db)
{
    enum { BLOOM_FILTERS = 0x00080000 };
    sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, db->handle, BLOOM_FILTERS);
    sqlite3_exec(db->handle, "PRAGMA automatic_index = OFF", NULL, NULL, NULL);
}

/* Our switches, nearly all without SQL: they cost nothing at start. */
static void connection_harden(struct sqlite *db)
{
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_handler(db->handle, sqlite_busy, db);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 0);
    planner_steady(db);
}

static enum err connection_open(struct sqlite *db, const char *name, int flags, struct error *error)
{
    sqlite3_close(db->handle);
    db->handle = NULL;
    /* no account of memory, which takes a lock each time and nobody reads; the first call counts */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int rc = sqlite3_open_v2(name, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (!db->handle)
        die("out of memory in SQLite");
    if (rc != SQLITE_OK)
        return sqlite_fail(db, rc, error);
    connection_harden(db);
    return ERR_OK;
}

/* The first read: finds out whether this is a database, and whether it can be read at all. */
static enum err connection_probe(struct sqlite *db, bool *empty, int *rc, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    *rc = sqlite_ask(db, &statement, "SELECT COUNT(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)",
                     DB_NONE);
    if (*rc == SQLITE_ROW)
        *empty = sqlite3_column_int(statement, 0) == 0;
    return sqlite_end(db, statement, *rc, error);
}

/* "file:" and the path with everything but plain characters as %XX. */
static char *immutable_uri(struct arena *arena, const char *path)
{
    char *uri = arena_alloc(arena, strlen(path) * 3 + sizeof "file:?immutable=1");
    char *out = stpcpy(uri, "file:");
    for (const char *p = path; *p; p++) {
        if (ascii_word(*p) || strchr("/._-", *p)) {
            *out++ = *p;
        } else {
            static const char hex[] = "0123456789ABCDEF";
            *out++ = '%';
            *out++ = hex[(unsigned char)*p >> 4];
            *out++ = hex[(unsigned char)*p & 15];
        }
    }
    memcpy(out, "?immutable=1", sizeof "?immutable=1");
    return uri;
}

/*
 * WAL needs a file beside the store even to read. If none can be made, and no log is there that
 * would have to be read, the file can't change under us by our own programs: it is read as it
 * stands.
 */
static enum err reopen_immutable(struct sqlite *db, const char *path, struct error *error)
{
    struct stat wal;
    if (stat(arena_format(db->arena, "%s-wal", path), &wal) == 0 && wal.st_size > 0)
        return error_set(error, ERR_DENIED, db->where,
                         "it has changes in %s-wal, and reading them needs permission to write in "
                         "its folder",
                         db->where);
    return connection_open(db, immutable_uri(db->arena, path),
                           SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

static bool blocked_by_permission(int rc)
{
    return rc == SQLITE_READONLY_CANTINIT || rc == SQLITE_READONLY_DIRECTORY ||
           rc == SQLITE_READONLY_CANTLOCK || rc == SQLITE_READONLY_RECOVERY ||
           (rc & 0xff) == SQLITE_CANTOPEN || (rc & 0xff) == SQLITE_READONLY;
}

static enum err wal_set(struct sqlite *db, struct error *error)
{
    int rc;
    int tries = 0;
    do {
        rc = sqlite3_exec(db->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    } while ((rc & 0xff) == SQLITE_BUSY && sqlite_busy(db, tries++));
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail(db, rc, error);
}

static enum err connection_start(struct sqlite *db, const char *path, enum db_mode mode,
                                 struct error *error)
{
    bool empty = false;
    int rc;
    enum err err = connection_open(db, path, SQLITE_OPEN_READWRITE, error);
    if (err)
        return err;
    err = connection_probe(db, &empty, &rc, error);
    if (err && mode == DB_READ && blocked_by_permission(rc)) {
        error_clear(error);
        err = reopen_immutable(db, path, error);
        if (!err)
            err = connection_probe(db, &empty, &rc, error);
    }
    if (err || mode == DB_READ)
        return err;
    if (sqlite3_db_readonly(db->handle, "main") == 1)
        return error_set(error, ERR_DENIED, db->where, "it is read-only");
    if (empty && mode == DB_CREATE)
        err = wal_set(db, error);
    return err ? err : sqlite_script(db, "PRAGMA synchronous = FULL", error);
}

/* A reader without a busy handler. What else is wrong with the file, opening it will tell. */
bool sqlite_held(const char *where)
{
    struct arena *arena = arena_new();
    const char *path = where[0] == ':' ? arena_format(arena, "./%s", where) : where;
    sqlite3 *handle = NULL;
    int rc = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(handle, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);
    sqlite3_close(handle);
    arena_free(arena);
    return (rc & 0xff) == SQLITE_BUSY;
}

enum err sqlite_open(const char *where, enum db_mode mode, const struct db_wait *wait,
                     void **connection, struct error *error)
{
    bool there = false;
    if (!where[0])
        return error_set(error, ERR_INVALID, "store", "its name is empty");
    enum err err = sqlite_file_look(where, mode, &there, error);
    if (err)
        return err;
    if (!there && mode != DB_CREATE)
        return error_set(error, ERR_NOT_FOUND, where, "there is no such file");
    struct arena *arena = arena_new();
    struct sqlite *db = arena_alloc(arena, sizeof *db);
    *db = (struct sqlite){
        .arena = arena, .where = arena_copy(arena, where), .wait = wait, .line = -1};
    db->random = ((uint64_t)getpid() << 20 ^ (uintptr_t)db) | 1;
    /* SQLite takes a name that begins with a colon for something else than a path */
    const char *path = where[0] == ':' ? arena_format(arena, "./%s", where) : db->where;
    if (!there)
        err = file_make(arena, path, error);
    if (!err)
        err = connection_start(db, path, mode, error);
    if (err)
        sqlite_close(db);
    else
        *connection = db;
    return err;
}

void sqlite_close(void *connection)
{
    struct sqlite *db = connection;
    sqlite3_finalize(db->data_version);
    sqlite3_finalize(db->search_insert);
    sqlite3_finalize(db->search_delete);
    sqlite3_close(db->handle);
    sqlite_line_leave(db);
    arena_free(db->pending_arena);
    arena_free(db->arena);
}
