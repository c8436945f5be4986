/*
 * History (append-only) in the store.
 */
#include "store_private.h"

#include <store/history.h>

enum err store_history_add(struct store *store, const struct history_entry *entry)
{
    int64_t key;
    enum err err = history_key_next(store, &key);
    if (err)
        return err;
    return db_run_later(
        store->db,
        "INSERT INTO history (seq, at, actor, event, conference_id, meeting_uid, detail)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        DB(key, entry->at, entry->actor, entry->event, entry->conference_id, entry->meeting_uid,
           entry->detail ? entry->detail : ""));
}

#define HISTORY_COLUMNS "SELECT at, actor, event, conference_id, meeting_uid, detail FROM history "

enum err store_history_list(struct arena *arena, struct store *store, const char *conference_id,
                            const char *meeting_uid, struct history_entries *out)
{
    static const char of_id[] = HISTORY_COLUMNS "WHERE conference_id = $1 ORDER BY seq";
    static const char of_meeting[] = HISTORY_COLUMNS "WHERE meeting_uid = $1 ORDER BY seq";
    struct db_statement *query;
    enum err err = db_query(store->db, &query, conference_id ? of_id : of_meeting,
                            DB(conference_id ? conference_id : meeting_uid));
    while (db_next(query, &err))
        *vector_push(arena, out) = (struct history_entry){
            .at = db_int(query, 0),
            .actor = db_string(arena, query, 1),
            .event = db_string(arena, query, 2),
            .conference_id = db_text(arena, query, 3),
            .meeting_uid = db_text(arena, query, 4),
            .detail = db_string(arena, query, 5),
        };
    return err;
}
