/*
 * PostgreSQL: commands and their answers. Commands are sent one behind the other without waiting
 * (libpq's pipeline mode); waited for are the rows that somebody wants, and COMMIT. What went wrong
 * before is told then.
 */
#include "postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- answers ---------------------------------------------------------------------------------- */

static enum err result_next(struct postgres *db, PGresult **result, struct error *error)
{
    while (PQisBusy(db->link)) {
        enum err err = postgres_wait(db, error);
        if (err)
            return err;
    }
    *result = PQgetResult(db->link);
    return ERR_OK;
}

static bool result_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
           status == PGRES_SINGLE_TUPLE || status == PGRES_PIPELINE_SYNC ||
           status == PGRES_EMPTY_QUERY;
}

/* The first failure is told; the commands behind it are skipped up to the next sync. */
static void failure_note(struct postgres *db, const PGresult *result)
{
    if (PQresultStatus(result) != PGRES_PIPELINE_ABORTED && !db->failure.code)
        postgres_fail(db, result, &db->failure);
}

static void answer_take(struct postgres *db, const struct postgres_sent *sent, PGresult *result)
{
    bool good = result_good(result), kept = false;
    if (!good && sent->statement && sent->kind == ANSWER_PREPARE)
        sent->statement->generation = 0;
    if (good && sent->kind == ANSWER_XID) {
        db->alone = true;
        snprintf(db->xid, sizeof db->xid, "%s", PQgetvalue(result, 0, 0));
        snprintf(db->since, sizeof db->since, "%s", PQgetvalue(result, 0, 1));
    } else if (good && sent->kind == ANSWER_AHEAD) {
        sent->ahead->result = result;
        kept = true;
    } else if (good && sent->kind == ANSWER_STREAM) {
        sent->statement->result = result;
        kept = true;
    } else if (good && sent->kind == ANSWER_WANTED) {
        PQclear(db->result);
        db->result = result;
        kept = true;
    }
    if (!good)
        failure_note(db, result);
    if (!kept)
        PQclear(result);
}

/*
 * Reads on to the end of the answer that is read: a command's is a NULL, a sync has none. Rows that
 * are wanted no more may end with an error.
 */
static enum err answer_end(struct postgres *db, struct error *error)
{
    enum { FORGOTTEN = 256 };
    PGresult *result = NULL;
    bool sync = db->sent.items[db->answered].kind == ANSWER_SYNC;
    do {
        enum err err = sync ? ERR_OK : result_next(db, &result, error);
        if (err)
            return err;
        if (result && !result_good(result))
            failure_note(db, result);
        PQclear(result);
    } while (result);
    db->answered++;
    if (db->answered == db->sent.count || db->answered == FORGOTTEN) {
        db->sent.count -= db->answered;
        memmove(db->sent.items, db->sent.items + db->answered,
                db->sent.count * sizeof *db->sent.items);
        db->answered = 0;
    }
    return ERR_OK;
}

/*
 * --- rows one by one ----------------------------------------------------------------------------
 *
 * libpq keeps an answer whole; of a list of a hundred thousand meetings that is more than all that
 * is made of it. So a reader's rows are taken as they come. Only if another answer is waited for
 * before their end, the rest of them is kept.
 */

/* `last` is no row. If it tells of an error, the statement has more, and never gets it. */
static enum err stream_end(struct postgres *db, const PGresult *last, struct error *error)
{
    db->stream->more = !result_good(last);
    if (db->stream->more)
        failure_note(db, last);
    db->stream = NULL;
    return answer_end(db, error);
}

static bool row_keep(PGresult **rest, const PGresult *row)
{
    if (!*rest)
        *rest = PQcopyResult(row, PG_COPYRES_ATTRS);
    int at = PQntuples(*rest);
    bool kept = *rest;
    for (int i = 0; kept && i < PQnfields(row); i++)
        kept = PQsetvalue(*rest, at, i, PQgetvalue(row, 0, i),
                          PQgetisnull(row, 0, i) ? -1 : PQgetlength(row, 0, i));
    return kept;
}

static enum err stream_keep(struct postgres *db, struct error *error)
{
    PGresult *result = NULL;
    enum err err = result_next(db, &result, error);
    while (!err && PQresultStatus(result) == PGRES_SINGLE_TUPLE) {
        bool kept = row_keep(&db->stream->rest, result);
        PQclear(result);
        err = kept ? result_next(db, &result, error) : postgres_lost(db, error);
    }
    if (err)
        return err;
    err = stream_end(db, result, error);
    PQclear(result);
    return err;
}

enum err postgres_stream_next(struct postgres_statement *statement, struct error *error)
{
    struct postgres *db = statement->db;
    PGresult *next = statement->rest;
    if (!next && db->stream != statement)
        return postgres_lost(db, error);
    enum err err = next ? ERR_OK : result_next(db, &next, error);
    if (err)
        return err;
    PQclear(statement->result);
    statement->result = next;
    statement->rest = NULL;
    statement->row = 0;
    if (db->stream != statement || PQresultStatus(next) == PGRES_SINGLE_TUPLE)
        return ERR_OK;
    err = stream_end(db, next, error);
    return err ? err : postgres_answers(db, &statement->result, error);
}

void postgres_stream_leave(struct postgres_statement *statement)
{
    struct postgres *db = statement->db;
    if (db->stream == statement) {
        db->sent.items[db->answered].kind = ANSWER_NONE;
        db->stream = NULL;
    }
    PQclear(statement->rest);
    statement->rest = NULL;
    statement->more = false;
}

/* --- waiting ---------------------------------------------------------------------------------- */

/* The next answer, whole or up to the first of its rows. */
static enum err answer_read(struct postgres *db, struct error *error)
{
    struct postgres_sent sent = db->sent.items[db->answered];
    PGresult *result = NULL;
    if (db->stream)
        return stream_keep(db, error);
    if (sent.kind == ANSWER_STREAM) /* where libpq does not take that, its answer comes whole */
        PQsetSingleRowMode(db->link);
    enum err err = result_next(db, &result, error);
    if (err)
        return err;
    if (!result || PQstatus(db->link) == CONNECTION_BAD) {
        PQclear(result);
        return postgres_lost(db, error);
    }
    bool first = sent.kind == ANSWER_STREAM && PQresultStatus(result) == PGRES_SINGLE_TUPLE;
    answer_take(db, &sent, result);
    if (!first)
        return answer_end(db, error);
    sent.statement->more = true;
    db->stream = sent.statement;
    return ERR_OK;
}

enum err postgres_answers(struct postgres *db, PGresult *const *until, struct error *error)
{
    enum err err = ERR_OK;
    if (!db->link && !db->failure.code)
        return postgres_gone(db, error);
    while (!err && db->link && db->answered < db->sent.count && !(until && *until))
        err = answer_read(db, error);
    if (!err && db->failure.code) {
        *error = db->failure;
        err = error->code;
    }
    db->failure.code = ERR_OK;
    return err;
}

enum err postgres_ask(struct postgres *db, const char *sql, int count, const char *const *values,
                      PGresult **result, struct error *error)
{
    if (!postgres_send(db, ANSWER_WANTED, sql, count, values) || !postgres_send_sync(db))
        return postgres_lost(db, error);
    enum err err = postgres_answers(db, NULL, error);
    if (!err && result)
        *result = db->result;
    else
        PQclear(db->result);
    db->result = NULL;
    return err;
}

enum err postgres_number(struct postgres *db, const char *sql, const char *value, int64_t *number,
                         struct error *error)
{
    PGresult *result = NULL;
    enum err err = postgres_ask(db, sql, value ? 1 : 0, &value, &result, error);
    if (!err)
        *number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return err;
}

/* Several commands in one text are not for the pipeline. */
enum err postgres_script(struct postgres *db, const char *script, struct error *error)
{
    PGresult *result = NULL;
    enum err err = ERR_OK, read;
    if (!postgres_send_sync(db))
        return postgres_lost(db, error);
    err = postgres_answers(db, NULL, error);
    if (err)
        return err;
    if (!PQexitPipelineMode(db->link) || !PQsendQuery(db->link, script))
        return postgres_lost(db, error);
    while (!(read = result_next(db, &result, error)) && result) {
        if (!err && !result_good(result))
            err = postgres_fail(db, result, error);
        PQclear(result);
        if (PQstatus(db->link) == CONNECTION_BAD)
            return postgres_lost(db, error);
    }
    if (!read && !PQenterPipelineMode(db->link))
        return postgres_lost(db, error);
    return read ? read : err;
}

/*
 * --- ahead ------------------------------------------------------------------------------------
 *
 * A writer asks for everything ahead, and has it until it changes one of the tables that it is of:
 * nobody else writes meanwhile. So what many events of an import need is read once. That the text
 * of a statement names these tables is held by tests/lint/sql.py: no view, trigger or cascade.
 */

enum {
    KEPT_RESULT = 1 << 13, /* bytes of one answer that is kept once it was taken */
    KEPT_QUERIES = 1 << 17 /* bytes of all queries; then they are forgotten */
};

static bool ahead_fits(const struct postgres_ahead *ahead,
                       const struct postgres_statement *statement)
{
    if (ahead->statement != statement)
        return false;
    for (int i = 0; i < statement->count; i++) {
        const char *a = ahead->values[i], *b = statement->values[i];
        if (a != b && (!a || !b || strcmp(a, b) != 0))
            return false;
    }
    return true;
}

static struct postgres_ahead *ahead_find(struct postgres *db,
                                         const struct postgres_statement *statement)
{
    for (struct postgres_ahead *a = db->ahead; a; a = a->next)
        if (ahead_fits(a, statement))
            return a;
    return NULL;
}

bool postgres_ahead_add(struct postgres_statement *statement)
{
    struct postgres *db = statement->db;
    if (statement->table || ahead_find(db, statement))
        return true;
    if (db->ahead && arena_used(db->ahead_arena) > KEPT_QUERIES)
        postgres_ahead_forget(db, "");
    if (!db->ahead_arena)
        db->ahead_arena = arena_new();
    struct arena *arena = db->ahead_arena;
    struct postgres_ahead *made = arena_alloc(arena, sizeof *made);
    size_t count = (size_t)statement->count;
    const char **values = arena_array(arena, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = arena_copy(arena, statement->values[i]);
    *made = (struct postgres_ahead){.statement = statement, .values = values};
    if (!postgres_send_statement(db, ANSWER_AHEAD, statement, made))
        return false;
    struct postgres_ahead **end = &db->ahead;
    while (*end)
        end = &(*end)->next;
    *end = made;
    return true;
}

enum err postgres_ahead_take(struct postgres_statement *statement, PGresult **result,
                             struct error *error)
{
    struct postgres *db = statement->db;
    struct postgres_ahead *found = ahead_find(db, statement);
    *result = NULL;
    if (!found)
        return ERR_OK;
    enum err err = ERR_OK;
    if (!found->result && db->answered == db->sent.count) { /* it failed, and that was told */
        postgres_ahead_drop(db, found);
        return ERR_OK;
    }
    if (!found->result) {
        bool synced = db->sent.items[db->sent.count - 1].kind == ANSWER_SYNC;
        if (!synced && !postgres_send_sync(db))
            return postgres_lost(db, error);
        err = postgres_answers(db, &found->result, error);
    }
    if (!err && db->writing && PQresultMemorySize(found->result) <= KEPT_RESULT) {
        *result = PQcopyResult(found->result, PG_COPYRES_ATTRS | PG_COPYRES_TUPLES);
    } else if (!err) {
        *result = found->result;
        found->result = NULL;
        postgres_ahead_drop(db, found);
    }
    return err;
}
