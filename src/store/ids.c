/*
 * Conference IDs in the store: reading, retiring, resting, counting. Issuing stands in ids_issue.c.
 * Whatever makes an ID live or not changes id_count in the same transaction.
 */
#include "ids_private.h"

#include <store/ids.h>
#include <string.h>

static enum err row_read(struct arena *arena, const struct store *store,
                         const struct db_statement *query, struct id_record *out)
{
    const char *state = db_text(arena, query, 4);
    *out = (struct id_record){
        .digits = db_text(arena, query, 0),
        .organizer_uid = db_text(arena, query, 2),
        .meeting_uid = db_text(arena, query, 3),
        .live = strcmp(state, "live") == 0,
        .retired = strcmp(state, "retired") == 0,
        .issued = db_int(query, 5),
        .retired_at = db_int_or(query, 6, INSTANT_NEVER),
        .reserved_until = db_int_or(query, 7, INSTANT_NEVER),
        .replaced_by = db_text(arena, query, 8),
        .drawn = db_int(query, 9) != 0,
    };
    if (!id_kind_parse(db_text(arena, query, 1), &out->kind))
        return error_set(store->error, ERR_DAMAGED, store->where,
                         "conference ID %s has an unknown kind", out->digits);
    return ERR_OK;
}

enum err store_id_find(struct arena *arena, struct store *store, const char *digits,
                       struct id_record *out, bool *found)
{
    struct db_statement *query;
    *found = false;
    enum err err =
        db_query_row(store->db, &query, found, ID_COLUMNS "WHERE digits = $1", DB(digits));
    if (!err && *found)
        err = row_read(arena, store, query, out);
    db_done(query);
    return err;
}

enum err store_id_get(struct arena *arena, struct store *store, const char *digits,
                      struct id_record *out)
{
    bool found;
    enum err err = store_id_find(arena, store, digits, out, &found);
    if (err || found)
        return err;
    return error_set_what(store->error, ERR_NOT_FOUND, "it was never issued here",
                          "conference ID '%s'", digits);
}

enum err store_ids_among(struct arena *arena, struct store *store, const struct strings *candidates,
                         struct id_records *out)
{
    struct db_statement *query;
    for (size_t i = 0; i < candidates->count; i++) {
        struct id_record row;
        bool found = false;
        enum err err = db_query_row(store->db, &query, &found,
                                    ID_COLUMNS "WHERE digits = $1 AND state <> 'retired'",
                                    DB(candidates->items[i]));
        if (!err && found)
            err = row_read(arena, store, query, &row);
        db_done(query);
        if (err)
            return err;
        if (found)
            *vector_push(arena, out) = row;
    }
    return ERR_OK;
}

enum err store_ids_beginning(struct arena *arena, struct store *store, const char *digits,
                             int64_t now, size_t limit, struct id_records *out)
{
    struct db_statement *query;
    bool more = true;
    char last[ID_SIZE] = "999999999999"; /* of those that begin so, none is behind it */
    memcpy(last, digits, strnlen(digits, ID_SIZE - 1));
    enum err err = db_query(store->db, &query,
                            ID_COLUMNS "WHERE digits >= $1 AND digits <= $2 AND state = 'live' AND "
                                       "(ends IS NULL OR ends > $3) ORDER BY digits LIMIT $4",
                            DB(digits, last, now, (int64_t)limit));
    if (err)
        return err;
    while (!err && !(err = db_step(query, &more)) && more) {
        struct id_record row;
        err = row_read(arena, store, query, &row);
        if (!err)
            *vector_push(arena, out) = row;
    }
    db_done(query);
    return err;
}

/* --- counters --------------------------------------------------------------------------------- */

enum err id_count_add(struct store *store, size_t length, int by)
{
    return db_run(store->db, NULL, "UPDATE id_count SET live = live + $1 WHERE length = $2",
                  DB(by, (int64_t)length));
}

enum err store_id_live_counts(struct store *store, int64_t live[ID_SIZE])
{
    struct db_statement *query;
    bool row = true;
    memset(live, 0, ID_SIZE * sizeof *live);
    enum err err = db_query(store->db, &query, "SELECT length, live FROM id_count", DB_NONE);
    while (!err && !(err = db_step(query, &row)) && row) {
        int64_t length = db_int(query, 0);
        if (length >= 0 && length < ID_SIZE)
            live[length] = db_int(query, 1);
    }
    return err;
}

enum err store_id_users(struct store *store, const char *digits, int64_t *count)
{
    struct db_statement *query;
    bool row = false;
    *count = 0;
    enum err err = db_query_row(
        store->db, &query, &row,
        "SELECT COUNT(*) FROM meeting WHERE conference_id = $1 AND status = 'scheduled'",
        DB(digits));
    if (!err && row)
        *count = db_int(query, 0);
    db_done(query);
    return err;
}

/* --- the life of an ID ------------------------------------------------------------------------ */

enum err store_id_retire(struct store *store, const char *digits, int64_t at,
                         int64_t reserved_until, const char *replaced_by)
{
    struct arena *arena = arena_new();
    struct id_record row;
    enum err err = store_id_get(arena, store, digits, &row);
    if (!err)
        err = db_run(store->db, NULL,
                     "UPDATE conference_id SET state = 'retired', retired = $1,"
                     " reserved_until = $2, replaced_by = $3 WHERE digits = $4",
                     DB(at, db_instant(reserved_until), replaced_by, digits));
    if (!err && row.live)
        err = id_count_add(store, strlen(digits), -1);
    if (!err && row.kind == ID_KIND_STATIC)
        err = db_run(store->db, NULL,
                     "UPDATE organizer SET static_id = NULL WHERE uid = $1 AND static_id = $2",
                     DB(row.organizer_uid, digits));
    arena_free(arena);
    return err;
}

/*
 * When the reservation is over but for the quarantine, the meeting is over: that is when the ID
 * ends.
 */
#define ENDS_OF_RESERVED "$1 - (SELECT CAST(quarantine_days AS BIGINT) * 86400 FROM organization)"

enum err store_id_reserve(struct store *store, const char *digits, int64_t reserved_until)
{
    struct arena *arena = arena_new();
    struct id_record row;
    enum err err = store_id_get(arena, store, digits, &row);
    if (!err)
        err = db_run(store->db, NULL,
                     "UPDATE conference_id SET state = 'live', retired = NULL, replaced_by = NULL,"
                     " reserved_until = $1, ends = " ENDS_OF_RESERVED " WHERE digits = $2",
                     DB(db_instant(reserved_until), digits));
    if (!err && !row.live)
        err = id_count_add(store, strlen(digits), 1);
    arena_free(arena);
    return err;
}

enum err store_id_correct(struct store *store, const char *digits, int64_t reserved_until)
{
    return db_run(store->db, NULL,
                  "UPDATE conference_id SET reserved_until = $1, ends = " ENDS_OF_RESERVED
                  " WHERE digits = $2",
                  DB(db_instant(reserved_until), digits));
}

/*
 * What rests keeps others away from it and its slips; after that, whoever came near has the better
 * right.
 */
enum err store_id_revive(struct store *store, const char *digits, int64_t reserved_until,
                         int64_t now)
{
    struct arena *arena = arena_new();
    struct id_record row;
    bool crowded = false;
    enum err err = store_id_get(arena, store, digits, &row);
    bool rested = !err && !row.live && row.reserved_until <= now;
    if (rested)
        err = id_crowded(store, digits, now, &crowded);
    if (!err && crowded)
        err = error_set_what(store->error, ERR_REFUSED,
                             "its quarantine is over, and one that is a slip away was issued",
                             "conference ID '%s'", digits);
    arena_free(arena);
    return err ? err : store_id_reserve(store, digits, reserved_until);
}

/* Looked for first and ended one by one: mostly there is none, and then nothing is written. */
enum err store_ids_rest(struct store *store, int64_t now, size_t limit)
{
    struct arena *arena = arena_new();
    struct strings over = {0};
    struct db_statement *query;
    bool row = true;
    enum err err =
        db_query(store->db, &query,
                 "SELECT digits FROM conference_id WHERE kind = 'dynamic' AND state = 'live'"
                 " AND ends <= $1 ORDER BY ends LIMIT $2",
                 DB(now, limit_of(limit)));
    while (!err && !(err = db_step(query, &row)) && row)
        *vector_push(arena, &over) = db_text(arena, query, 0);
    for (size_t i = 0; i < over.count && !err; i++) {
        err = db_run(store->db, NULL, "UPDATE conference_id SET state = 'ended' WHERE digits = $1",
                     DB(over.items[i]));
        if (!err)
            err = id_count_add(store, strlen(over.items[i]), -1);
    }
    arena_free(arena);
    return err;
}

enum err store_id_make_static(struct store *store, const char *digits, int64_t now)
{
    struct arena *arena = arena_new();
    struct id_record row;
    enum err err = store_id_get(arena, store, digits, &row);
    if (!err && row.kind == ID_KIND_DYNAMIC)
        err = db_run(store->db, NULL,
                     "UPDATE conference_id SET kind = 'static', meeting_uid = NULL, state = 'live',"
                     " retired = NULL, replaced_by = NULL, reserved_until = NULL, ends = NULL"
                     " WHERE digits = $1",
                     DB(digits));
    if (!err && row.kind == ID_KIND_DYNAMIC && !row.live)
        err = id_count_add(store, strlen(digits), 1);
    if (!err)
        err = db_run(store->db, NULL,
                     "UPDATE meeting SET id_kind = 'static', changed = $2, version = version + 1"
                     " WHERE conference_id = $1 AND id_kind = 'dynamic'",
                     DB(digits, now));
    arena_free(arena);
    return err;
}

enum err store_organizer_static_id(struct store *store, const char *organizer_uid,
                                   const char *digits)
{
    struct arena *arena = arena_new();
    struct id_record row;
    bool found = true;
    enum err err = digits ? store_id_find(arena, store, digits, &row, &found) : ERR_OK;
    if (!err && digits &&
        (!found || row.kind != ID_KIND_STATIC || row.retired ||
         strcmp(row.organizer_uid, organizer_uid) != 0))
        err = error_set_what(store->error, ERR_REFUSED,
                             "it is not a live static ID of this organizer", "conference ID '%s'",
                             digits);
    if (!err)
        err = db_run(store->db, NULL, "UPDATE organizer SET static_id = $1 WHERE uid = $2",
                     DB(digits, organizer_uid));
    arena_free(arena);
    return err;
}
