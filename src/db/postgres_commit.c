/*
 * PostgreSQL: transactions. Writers take turns by a lock, as SQLite's do by the file's, so none has
 * to be tried again. A COMMIT whose answer is lost is looked up by the transaction's number: it was
 * made or it was not, and whoever waits is told which.
 */
#include "postgres.h"

#include <string.h>

/* The number is ours, the schema tells two stores in one database apart. */
#define WRITERS "1684627820, hashtext(current_schema())"

/*
 * A server that crashes forgets the last transactions, and gives their numbers to others. When that
 * was is told by its statistics, which it keeps over any end but a crash. Those of older servers
 * take too long to be asked for; these tell when the server was started.
 */
#define CRASH_IN_STATISTICS                                                                        \
    "CAST(EXTRACT(EPOCH FROM pg_stat_get_bgwriter_stat_reset_time()) AS TEXT)"
#define CRASH_OF_OLDER "CAST(EXTRACT(EPOCH FROM pg_postmaster_start_time()) AS TEXT)"
#define XID_SQL(crash)                                                                             \
    "SELECT pg_current_xact_id(), " crash " FROM (SELECT pg_advisory_xact_lock(" WRITERS           \
    ")) AS taken"
#define OUTCOME_SQL(crash)                                                                         \
    "SELECT s, CASE WHEN s = 'in progress' THEN (SELECT pg_terminate_backend(a.pid)"               \
    " FROM pg_stat_activity a WHERE a.pid = CAST($2 AS INTEGER)"                                   \
    " AND CAST(a.backend_xid AS TEXT) = CAST(CAST($1 AS xid8) AS xid)::text) END, " crash          \
    " FROM pg_xact_status(CAST($1 AS xid8)) s"

static bool tells_crashes(const struct postgres *db)
{
    return PQserverVersion(db->link) >= 150000;
}

/*
 * A session that the server has ended since, as it was idle for long or the server began anew: its
 * farewell and the end are there to be read, one behind the other. Nobody wants anything of it.
 */
static void ended_drop(struct postgres *db)
{
    bool there = true;
    for (int i = 0; db->link && there && i < 2; i++)
        there = PQconsumeInput(db->link);
    if (db->link && (!there || PQstatus(db->link) == CONNECTION_BAD))
        postgres_drop(db);
}

/*
 * Nothing is waited for here: BEGIN goes out with the first command. A writer sees all that was
 * committed before it got the lock, as each of its commands takes a snapshot of its own.
 */
enum err postgres_begin(void *connection, bool writing, struct error *error)
{
    struct postgres *db = connection;
    ended_drop(db);
    enum err err = db->link ? ERR_OK : postgres_connect(db, error);
    if (err)
        return err;
    postgres_ahead_forget(db, "");
    db->open = true;
    db->writing = writing;
    db->alone = false;
    db->xid[0] = '\0';
    db->failure.code = ERR_OK;
    bool sent =
        writing ? postgres_send(db, ANSWER_NONE, "BEGIN ISOLATION LEVEL READ COMMITTED", 0, NULL) &&
                      postgres_send(db, ANSWER_XID,
                                    tells_crashes(db) ? XID_SQL(CRASH_IN_STATISTICS)
                                                      : XID_SQL(CRASH_OF_OLDER),
                                    0, NULL)
                : postgres_send(db, ANSWER_NONE, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                                0, NULL);
    return sent ? ERR_OK : postgres_lost(db, error);
}

static void transaction_over(struct postgres *db)
{
    postgres_ahead_forget(db, "");
    postgres_rows_drop(db);
    db->open = db->writing = db->alone = false;
}

/* --- a COMMIT whose answer was lost ----------------------------------------------------------- */

/* CRASHED: of those that have had this number, one was committed. */
enum outcome { OUTCOME_UNKNOWN, OUTCOME_MADE, OUTCOME_NOT_MADE, OUTCOME_CRASHED };

/*
 * What became of a transaction. Its session is ended if it is still there: it would wait for us,
 * and hold the lock.
 */
static enum outcome outcome_ask(struct postgres *db, const char *xid, const char *pid)
{
    const char *const values[] = {xid, pid};
    struct error error = {0};
    PGresult *result = NULL;
    if (postgres_ask(
            db, tells_crashes(db) ? OUTCOME_SQL(CRASH_IN_STATISTICS) : OUTCOME_SQL(CRASH_OF_OLDER),
            2, values, &result, &error))
        return OUTCOME_UNKNOWN;
    const char *status = PQgetvalue(result, 0, 0);
    bool same = strcmp(PQgetvalue(result, 0, 2), db->since) == 0;
    enum outcome outcome = OUTCOME_UNKNOWN;
    if (strcmp(status, "committed") == 0)
        outcome = same ? OUTCOME_MADE : OUTCOME_CRASHED;
    else if (strcmp(status, "aborted") == 0)
        outcome = OUTCOME_NOT_MADE;
    PQclear(result);
    return outcome;
}

static enum outcome outcome_find(struct postgres *db, const char *xid, int pid)
{
    struct error error = {0};
    const char *number = arena_format(db->arena, "%d", pid);
    enum outcome outcome = OUTCOME_UNKNOWN;
    int64_t began = milliseconds_now();
    bool more = true;
    while (more && outcome == OUTCOME_UNKNOWN) {
        if (db->link || postgres_connect(db, &error) == ERR_OK)
            outcome = outcome_ask(db, xid, number);
        int waited = (int)(milliseconds_now() - began);
        more = waited < postgres_limit(db) && postgres_pause(db, waited);
    }
    return outcome;
}

static enum err commit_settle(struct postgres *db, const char *xid, int pid, struct error *error)
{
    switch (outcome_find(db, xid, pid)) {
    case OUTCOME_MADE:
        error_clear(error);
        return ERR_OK;
    case OUTCOME_NOT_MADE:
        return error_set(error, ERR_IO, db->name,
                         "the connection was lost, and the change was not made: try again");
    default:
        return error_set(error, ERR_IO, db->name,
                         "the connection was lost while the change was being stored; whether it "
                         "was made is not known: look before you try again");
    }
}

/* --- the end ---------------------------------------------------------------------------------- */

/* A failed transaction ends by COMMIT too, but rolled back: the server says so in its answer. */
static enum err commit_writing(struct postgres *db, struct error *error)
{
    PGresult *result = NULL;
    enum err err = ERR_OK;
    if (!db->link)
        return postgres_lost(db, error);
    if (!db->alone) /* the transaction's number is not here yet */
        err = postgres_send_sync(db) ? postgres_answers(db, NULL, error) : postgres_lost(db, error);
    if (err)
        return err;
    int pid = PQbackendPID(db->link);
    err = postgres_ask(db, "COMMIT", 0, NULL, &result, error);
    if (err && !db->link)
        return commit_settle(db, db->xid, pid, error);
    if (!err && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        err = error_set(error, ERR_BUG, db->name, "a failed transaction was to be committed");
    PQclear(result);
    return err;
}

/* A reader's end is not waited for. */
enum err postgres_commit(void *connection, struct error *error)
{
    struct postgres *db = connection;
    enum err err = ERR_OK;
    if (db->writing)
        err = commit_writing(db, error);
    else if (!postgres_send(db, ANSWER_NONE, "COMMIT", 0, NULL) || !postgres_send_sync(db))
        err = postgres_lost(db, error);
    else
        PQflush(db->link);
    if (!err)
        transaction_over(db);
    return err;
}

void postgres_rollback(void *connection)
{
    struct postgres *db = connection;
    struct error dropped = {0};
    bool open = db->open;
    transaction_over(db);
    /* the sync before it: behind a command that failed nothing is done up to the next one */
    if (open && db->link && postgres_send_sync(db) &&
        postgres_send(db, ANSWER_NONE, "ROLLBACK", 0, NULL) && postgres_send_sync(db))
        postgres_answers(db, NULL, &dropped);
    db->failure.code = ERR_OK;
}
