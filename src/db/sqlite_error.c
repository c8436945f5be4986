/*
 * The words for what can go wrong in SQLite, the driver's own statements, and scripts without
 * results.
 */
#include "sqlite.h"

#include <errno.h>
#include <string.h>

/*
 * The system's own number of a failure. SQLite does not note the number of a write that fails
 * within a COMMIT, and gives an earlier one then; but nothing that it does after a failed write
 * sets errno.
 */
static int system_number(struct sqlite *db, int rc)
{
    bool written = rc == SQLITE_IOERR_WRITE || rc == SQLITE_IOERR_FSYNC ||
                   rc == SQLITE_IOERR_DIR_FSYNC || rc == SQLITE_IOERR_TRUNCATE ||
                   rc == SQLITE_IOERR_SHMSIZE;
    return written && errno ? errno : sqlite3_system_errno(db->handle);
}

static enum err io_fail(struct sqlite *db, int rc, struct error *error)
{
    int number = system_number(db, rc);
    if ((rc & 0xff) == SQLITE_FULL || number == ENOSPC || number == EDQUOT || number == EFBIG)
        return error_set(error, ERR_IO, db->where,
                         "the disk is full, nothing was changed: make room and try again");
    if (number == EACCES || number == EPERM || number == EROFS)
        return error_set(error, ERR_DENIED, db->where, "no permission: %s", strerror(number));
    if ((rc & 0xff) == SQLITE_CANTOPEN)
        return error_set(error, ERR_IO, db->where, "can't be opened: %s",
                         number ? strerror(number) : sqlite3_errmsg(db->handle));
    return error_set(error, ERR_IO, db->where, "reading or writing failed: %s",
                     number ? strerror(number) : sqlite3_errmsg(db->handle));
}

/*
 * A log that is not the store's own makes it look damaged. SQLite would write it into the file as
 * it closes; so both stay as they were found, and who takes the log away has the store again.
 */
static enum err damage_fail(struct sqlite *db, struct error *error, const char *why)
{
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return error_set(error, ERR_DAMAGED, db->where, "%s", why);
}

enum err sqlite_fail(struct sqlite *db, int rc, struct error *error)
{
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        if (db->given_up)
            return error_set(error, ERR_BUSY, db->where, "no longer waited for " SQLITE_AWAITED);
        return error_set(error, ERR_BUSY, db->where,
                         "other programs kept it busy for more than %g seconds: try again",
                         db_wait_limit(db->wait) / 1000.0);
    case SQLITE_READONLY:
        return error_set(error, ERR_DENIED, db->where, "it is read-only");
    case SQLITE_NOTADB:
        return damage_fail(db, error, "it is not an SQLite database");
    case SQLITE_CORRUPT:
        return damage_fail(db, error,
                           "the file is damaged: restore a backup ('dialdesk check' tells more)");
    case SQLITE_CONSTRAINT:
        return error_set(error, ERR_CONFLICT, db->where, "a rule of the store refuses it: %s",
                         sqlite3_errmsg(db->handle));
    case SQLITE_NOMEM:
        die("out of memory in SQLite");
    case SQLITE_TOOBIG:
        return error_set(error, ERR_INVALID, db->where, "a text is too long to be stored");
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return io_fail(db, rc, error);
    default:
        return error_set(error, ERR_BUG, db->where, "SQLite says: %s", sqlite3_errmsg(db->handle));
    }
}

int sqlite_ask(struct sqlite *db, sqlite3_stmt **statement, const char *sql,
               const struct db_value *values)
{
    int rc = SQLITE_OK;
    if (!*statement)
        rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    for (int i = 0; rc == SQLITE_OK && values[i].type != DB_END; i++)
        rc = values[i].type == DB_INT
                 ? sqlite3_bind_int64(*statement, i + 1, values[i].integer)
                 : sqlite3_bind_text(*statement, i + 1, values[i].text, -1, SQLITE_STATIC);
    return rc == SQLITE_OK ? sqlite3_step(*statement) : rc;
}

enum err sqlite_end(struct sqlite *db, sqlite3_stmt *statement, int rc, struct error *error)
{
    enum err err = rc == SQLITE_ROW || rc == SQLITE_DONE ? ERR_OK : sqlite_fail(db, rc, error);
    sqlite3_finalize(statement);
    return err;
}

enum err sqlite_script(struct sqlite *db, const char *script, struct error *error)
{
    int rc = sqlite3_exec(db->handle, script, NULL, NULL, NULL);
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail(db, rc, error);
}
