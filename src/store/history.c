/*
 * History (append-only) in the store.
 */
#include "store_private.h"

#include <store/history.h>

enum err store_history_add(struct store *store, const struct history_entry *entry)
{
    return db_run_later(
        store->db,
        "INSERT INTO history (seq, at, actor, event, conference_id, meeting_uid, detail)"
        " VALUES ((SELECT COALESCE(MAX(seq), 0) + 1 FROM history), $1, $2, $3, $4, $5, $6)",
        DB(entry->at, entry->actor, entry->event, entry->conference_id, entry->meeting_uid,
           entry->detail ? entry->detail : ""));
}

static enum err history_query(struct arena *arena, struct store *store, struct history_entries *out,
                              const char *sql, const struct db_value *values)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query, sql, values);
    while (db_next(query, &err))
        *vector_push(arena, out) = (struct history_entry){
            .at = db_int(query, 0),
            .actor = db_text(arena, query, 1),
            .event = db_text(arena, query, 2),
            .conference_id = db_text(arena, query, 3),
            .meeting_uid = db_text(arena, query, 4),
            .detail = db_text(arena, query, 5),
        };
    vector_reverse(out); /* the newest were asked for first, so that a limit keeps them */
    return err;
}

#define HISTORY_COLUMNS "SELECT at, actor, event, conference_id, meeting_uid, detail FROM history "

enum err store_history_list(struct arena *arena, struct store *store, const char *conference_id,
                            const char *meeting_uid, size_t limit, struct history_entries *out)
{
    if (conference_id)
        return history_query(arena, store, out,
                             HISTORY_COLUMNS "WHERE conference_id = $2 ORDER BY seq DESC LIMIT $1",
                             DB(limit_of(limit), conference_id));
    if (meeting_uid)
        return history_query(arena, store, out,
                             HISTORY_COLUMNS "WHERE meeting_uid = $2 ORDER BY seq DESC LIMIT $1",
                             DB(limit_of(limit), meeting_uid));
    return history_query(arena, store, out, HISTORY_COLUMNS "ORDER BY seq DESC LIMIT $1",
                         DB(limit_of(limit)));
}
