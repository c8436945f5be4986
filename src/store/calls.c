/* The call log. */
#include "store_private.h"

#include <store/calls.h>

enum { PRUNED = 20 };

static enum err call_add(struct store *store, const struct call *call)
{
    return db_run_later(store->db,
                        "INSERT INTO call (seq, at, digits, number, caller, trunk, verdict, why, "
                        "meeting_uid, wrong)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                        DB(call->seq, call->at, call->digits, call->number, call->caller,
                           call->trunk, call->verdict, call->why, call->meeting_uid, call->wrong));
}

enum err store_calls_add(struct store *store, const struct calls *calls, int64_t kept_since)
{
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < calls->count; i++)
        err = call_add(store, &calls->items[i]);
    if (err)
        return err;
    return db_run_later(store->db,
                        "DELETE FROM call WHERE seq IN (SELECT seq FROM call WHERE at < $1"
                        " ORDER BY at, seq LIMIT $2)",
                        DB(kept_since, PRUNED + (int64_t)calls->count));
}

enum err store_calls_tries(struct store *store, const char *caller, const char *trunk, int64_t at,
                           struct admission_tries *out)
{
    struct db_statement *query;
    bool row = false;
    enum err err = db_query_row(
        store->db, &query, &row,
        "SELECT (SELECT COUNT(*) FROM call WHERE wrong = 1 AND caller = $1 AND at > $2 AND at < "
        "$5),"
        " (SELECT COUNT(*) FROM call WHERE wrong = 1 AND trunk = $3 AND at > $4 AND at < $5)",
        DB(caller, at - ADMISSION_CALLER_WINDOW, trunk, at - ADMISSION_TRUNK_WINDOW,
           at + CLOCKS_APART));
    *out = (struct admission_tries){0};
    if (!err && row)
        *out = (struct admission_tries){.caller = db_int(query, 0), .trunk = db_int(query, 1)};
    db_done(query);
    return err;
}

enum err store_calls_list(struct arena *arena, struct store *store, int64_t since, size_t limit,
                          struct calls *out)
{
    struct db_statement *query;
    *out = (struct calls){0};
    enum err err = db_query(store->db, &query,
                            "SELECT at, seq, digits, number, caller, trunk, verdict, why,"
                            " meeting_uid, wrong FROM call WHERE at >= $2"
                            " ORDER BY at DESC, seq DESC LIMIT $1",
                            DB(limit_of(limit), since));
    while (db_next(query, &err))
        *vector_push(arena, out) = (struct call){
            .at = db_int(query, 0),
            .seq = db_int(query, 1),
            .digits = db_string(arena, query, 2),
            .number = db_string(arena, query, 3),
            .caller = db_text(arena, query, 4),
            .trunk = db_string(arena, query, 5),
            .verdict = db_string(arena, query, 6),
            .why = db_string(arena, query, 7),
            .meeting_uid = db_text(arena, query, 8),
            .wrong = db_int(query, 9) != 0,
        };
    vector_reverse(out);
    return err;
}

enum err store_calls_admitted(struct store *store, const char *meeting_uid, size_t *count,
                              int64_t *last)
{
    struct db_statement *query;
    bool row = false;
    enum err err = db_query_row(store->db, &query, &row,
                                "SELECT COUNT(*), MAX(at) FROM call"
                                " WHERE meeting_uid = $1 AND verdict = 'admit'",
                                DB(meeting_uid));
    *count = !err && row ? (size_t)db_int(query, 0) : 0;
    *last = !err && row ? db_int_or(query, 1, INSTANT_NEVER) : INSTANT_NEVER;
    db_done(query);
    return err;
}

enum err store_calls_probed(struct arena *arena, struct store *store, int64_t since, int64_t least,
                            const char **trunk)
{
    return db_query_text(arena, store->db, trunk,
                         "SELECT trunk FROM call WHERE at > $1 AND wrong = 1"
                         " GROUP BY trunk HAVING COUNT(*) >= $2"
                         " ORDER BY COUNT(*) DESC LIMIT 1",
                         DB(since, least));
}
