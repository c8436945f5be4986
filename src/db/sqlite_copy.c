/*
 * SQLite: the engine's own check of its file, a consistent copy while others work, and the way
 * back.
 */
#include "sqlite.h"

#include <base/vector.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHECK_LINES_MAX = 20 };

/* SQLite's words for damage stand under a heading that says nothing here: there is one file. */
static const char *damage_text(const void *value)
{
    static const char heading[] = "*** in database main ***\n";
    if (value && strncmp(value, heading, sizeof heading - 1) == 0)
        return (const char *)value + sizeof heading - 1;
    return value ? value : "-";
}

/* Adds one line a row, the first ones: its columns, joined by spaces, but for a lone "ok". */
static enum err rows_add(struct sqlite *db, const char *sql, const char *prefix, struct text *out,
                         struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int lines = 0;
    int rc = sqlite_ask(db, &statement, sql, DB_NONE);
    for (; rc == SQLITE_ROW; rc = sqlite3_step(statement)) {
        const void *first = sqlite3_column_text(statement, 0);
        if ((first && strcmp(first, "ok") == 0) || lines++ >= CHECK_LINES_MAX)
            continue;
        text_add(out, out->length ? "\n" : "");
        text_add(out, prefix);
        for (int i = 0; i < sqlite3_column_count(statement); i++)
            text_addf(out, " %s", damage_text(sqlite3_column_text(statement, i)));
    }
    return sqlite_end(db, statement, rc, error);
}

/* One query a table: each column's name if a row holds a value of another type there, else NULL. */
static const char types_sql[] =
    "SELECT 'SELECT ' || group_concat(printf("
    "'CASE WHEN MAX(typeof(\"%w\") NOT IN (''null'', %Q)) THEN %Q END', c.name,"
    " CASE c.type WHEN 'TEXT' THEN 'text' ELSE 'integer' END, t.name || '.' || c.name), ', ')"
    " || printf(' FROM \"%w\"', t.name) FROM sqlite_schema t, pragma_table_info(t.name) c"
    " WHERE t.type = 'table' AND c.type IN ('TEXT', 'INTEGER', 'BIGINT') GROUP BY t.name";

/* SQLite keeps what it is given, a word in a column of numbers too, and its own check is silent. */
static enum err types_check(struct sqlite *db, struct text *out, struct error *error)
{
    sqlite3_stmt *tables = NULL, *table = NULL;
    int rc = sqlite_ask(db, &tables, types_sql, DB_NONE);
    enum err err = ERR_OK;
    for (; rc == SQLITE_ROW && !err; rc = sqlite3_step(tables)) {
        int found = sqlite_ask(db, &table, (const char *)sqlite3_column_text(tables, 0), DB_NONE);
        for (int i = 0; found == SQLITE_ROW && i < sqlite3_column_count(table); i++)
            if (sqlite3_column_type(table, i) == SQLITE_TEXT)
                text_addf(out, "%sfile: value of another type in %s", out->length ? "\n" : "",
                          sqlite3_column_text(table, i));
        err = sqlite_end(db, table, found, error);
        table = NULL;
    }
    enum err end = sqlite_end(db, tables, err ? SQLITE_DONE : rc, error);
    return err ? err : end;
}

/*
 * The index of searches checks itself against the meetings. To SQLite that is a write, though
 * nothing is written: it is left out if the store is read-only or another program is writing for
 * too long.
 */
static void search_check(struct sqlite *db, struct text *out)
{
    if (sqlite3_db_readonly(db->handle, "main") == 1)
        return;
    int rc = sqlite3_exec(db->handle,
                          "INSERT INTO meeting_search (meeting_search, rank)"
                          " VALUES ('integrity-check', 1)",
                          NULL, NULL, NULL);
    const char *why = (rc & 0xff) == SQLITE_CORRUPT ? "the index does not fit the meetings"
                      : (rc & 0xff) == SQLITE_ERROR ? "the index is missing or can't be read"
                                                    : NULL;
    if (why)
        text_addf(out, "%ssearch: %s", out->length ? "\n" : "", why);
}

/* A page that there was no memory for is told as one that is damaged. */
static bool lacks_memory(const char *findings)
{
    static const char told[] = "error code=7"; /* SQLITE_NOMEM */
    const char *at = strstr(findings, told);
    return at && (at[sizeof told - 1] == 0 || at[sizeof told - 1] == '\n');
}

/* Damage that stops the check itself is a finding, not a failure of the call. */
enum err sqlite_integrity(void *connection, struct arena *arena, char **findings,
                          struct error *error)
{
    struct sqlite *db = connection;
    struct text out = text_start(arena);
    struct error damage;
    error_clear(&damage);
    enum err err = rows_add(db, "PRAGMA integrity_check(20)", "file:", &out, &damage);
    if (lacks_memory(out.bytes))
        die("out of memory in SQLite");
    if (!err)
        err = rows_add(db, "PRAGMA foreign_key_check", "a row names one that is not there:", &out,
                       &damage);
    if (!err)
        err = types_check(db, &out, &damage);
    if (!err)
        search_check(db, &out);
    if (err == ERR_DAMAGED)
        text_addf(&out, "%sfile: it is damaged, and can't be read through: restore a backup",
                  out.length ? "\n" : "");
    else if (err)
        return error_set(error, err, damage.what, "%s", damage.why);
    *findings = out.length ? out.bytes : NULL;
    return ERR_OK;
}

static enum err system_fail(struct error *error, const char *path)
{
    bool denied = errno == EACCES || errno == EPERM || errno == EROFS;
    if (errno == EEXIST)
        return error_set(error, ERR_REFUSED, path, "it is there already: name another file");
    return error_set(error, denied ? ERR_DENIED : ERR_IO, path, "%s", strerror(errno));
}

/* All pages in one step, under one read transaction: writers go on in the log meanwhile. */
static enum err pages_copy(struct sqlite *from, struct sqlite *to, struct error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    if (!backup)
        return sqlite_fail(to, sqlite3_errcode(to->handle), error);
    int rc, tries = 0;
    do {
        rc = sqlite3_backup_step(backup, -1);
    } while ((rc == SQLITE_BUSY || rc == SQLITE_LOCKED) && sqlite_busy(from, tries++));
    int end = sqlite3_backup_finish(backup);
    if (rc == SQLITE_DONE && end == SQLITE_OK)
        return ERR_OK;
    to->wait = from->wait; /* so long was it waited for */
    return sqlite_fail(to, rc == SQLITE_DONE ? end : rc, error);
}

static enum err part_fill(struct sqlite *from, const char *path, const char *part,
                          struct error *error)
{
    struct sqlite to = {
        .arena = from->arena, .where = path, .random = 1, .wait = from->wait, .line = -1};
    int rc = sqlite3_open_v2(part, &to.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (!to.handle)
        die("out of memory in SQLite");
    enum err err = rc == SQLITE_OK ? ERR_OK : sqlite_fail(&to, rc, error);
    /* the part is thrown away if anything fails, so it needs no journal of its own */
    if (!err)
        err = sqlite_script(&to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL", error);
    if (!err)
        err = pages_copy(from, &to, error);
    if (sqlite3_close(to.handle) != SQLITE_OK && !err)
        err = error_set(error, ERR_BUG, path, "the copy stayed open");
    return err;
}

/* Gives the part its name, unless a file has that name by now, and makes the name durable. */
static enum err part_publish(struct arena *arena, const char *part, const char *path,
                             struct error *error)
{
    int done = renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE);
    if (done != 0 && errno == EINVAL) {
        done = link(part, path);
        if (done == 0)
            unlink(part);
    }
    if (done != 0)
        return system_fail(error, path);
    int folder = open(dirname(arena_copy(arena, path)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return ERR_OK;
}

enum err sqlite_backup(void *connection, const char *path, struct error *error)
{
    struct sqlite *db = connection;
    struct stat there;
    if (lstat(path, &there) == 0) {
        errno = EEXIST;
        return system_fail(error, path);
    }
    struct arena *arena = arena_new();
    char *part = arena_format(arena, "%s.part-%ld", path, (long)getpid());
    enum err err = ERR_OK;
    unlink(part);
    if (mknod(part, S_IFREG | 0600, 0) != 0)
        err = errno == ENOENT ? error_set(error, ERR_INVALID, path, "there is no such folder")
                              : system_fail(error, path);
    if (!err) {
        err = part_fill(db, path, part, error);
        if (!err)
            err = part_publish(arena, part, path, error);
        if (err)
            unlink(part);
    }
    arena_free(arena);
    return err;
}

static enum err copy_over(struct sqlite *from, const char *where, struct error *error)
{
    static const struct db_wait hasty = {.limit = 1}; /* pages_copy waits, once */
    void *to = NULL;
    enum err err = sqlite_open(where, DB_CREATE, from->wait, &to, error);
    if (err)
        return err;
    ((struct sqlite *)to)->wait = &hasty;
    err = pages_copy(from, to, error);
    sqlite_close(to);
    return err;
}

/* The name with ".damaged" behind, or with a number if something was set aside before. */
static const char *name_aside(struct arena *arena, const char *where)
{
    const char *name = arena_format(arena, "%s.damaged", where);
    struct stat there;
    for (int n = 2;
         lstat(name, &there) == 0 || lstat(arena_format(arena, "%s-wal", name), &there) == 0; n++)
        name = arena_format(arena, "%s.damaged%d", where, n);
    return name;
}

/*
 * The log goes first: a log beside another file than its own would be read into that file. Where
 * there is no log, there is nothing to move.
 */
static enum err damaged_set_aside(struct arena *arena, const char *where, struct error *error)
{
    const char *log = arena_format(arena, "%s-wal", where), *aside = name_aside(arena, where);
    if (rename(log, arena_format(arena, "%s-wal", aside)) != 0 && errno != ENOENT)
        return system_fail(error, log);
    if (rename(where, aside) != 0 && errno != ENOENT)
        return system_fail(error, where);
    unlink(arena_format(arena, "%s-shm", where));
    return ERR_OK;
}

enum err sqlite_restore(void *connection, const char *where, struct error *error)
{
    struct sqlite *from = connection;
    struct stat source, target;
    if (stat(from->where, &source) == 0 && stat(where, &target) == 0 &&
        source.st_dev == target.st_dev && source.st_ino == target.st_ino)
        return error_set(error, ERR_INVALID, from->where, "it is the store itself");
    enum err err = copy_over(from, where, error);
    if (err != ERR_DAMAGED)
        return err;
    error_clear(error);
    err = damaged_set_aside(from->arena, where, error);
    return err ? err : copy_over(from, where, error);
}
