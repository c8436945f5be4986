/*
 * History (append-only) and reminders in the store.
 */
#include "store_private.h"

#include <stdlib.h>
#include <store/history.h>
#include <string.h>

enum err store_history_add(struct store *store, const struct history_entry *entry)
{
    return db_run(
        store->db, NULL,
        "INSERT INTO history (seq, at, actor, event, conference_id, meeting_uid, detail)"
        " VALUES ((SELECT COALESCE(MAX(seq), 0) + 1 FROM history), $1, $2, $3, $4, $5, $6)",
        DB(entry->at, entry->actor, entry->event, entry->conference_id, entry->meeting_uid,
           entry->detail ? entry->detail : ""));
}

static enum err history_read(struct arena *arena, struct db_statement *query,
                             struct history_entries *out)
{
    bool row = true;
    enum err err;
    while (!(err = db_step(query, &row)) && row)
        *vector_push(arena, out) = (struct history_entry){
            .at = db_int(query, 0),
            .actor = db_text(arena, query, 1),
            .event = db_text(arena, query, 2),
            .conference_id = db_text(arena, query, 3),
            .meeting_uid = db_text(arena, query, 4),
            .detail = db_text(arena, query, 5),
        };
    return err;
}

#define HISTORY_COLUMNS "SELECT at, actor, event, conference_id, meeting_uid, detail FROM history "

enum err store_history_list(struct arena *arena, struct store *store, const char *conference_id,
                            const char *meeting_uid, size_t limit, struct history_entries *out)
{
    struct db_statement *query;
    enum err err;
    if (conference_id)
        err = db_query(store->db, &query,
                       HISTORY_COLUMNS "WHERE conference_id = $2 ORDER BY seq DESC LIMIT $1",
                       DB(limit_of(limit), conference_id));
    else if (meeting_uid)
        err = db_query(store->db, &query,
                       HISTORY_COLUMNS "WHERE meeting_uid = $2 ORDER BY seq DESC LIMIT $1",
                       DB(limit_of(limit), meeting_uid));
    else
        err = db_query(store->db, &query, HISTORY_COLUMNS "ORDER BY seq DESC LIMIT $1",
                       DB(limit_of(limit)));
    if (err)
        return err;
    err = history_read(arena, query, out);
    vector_reverse(out); /* the newest were asked for first, so that a limit keeps them */
    return err;
}

/* --- reminders ------------------------------------------------------------------------------- */

enum err store_reminder_add(struct store *store, const struct reminder *reminder)
{
    return db_run(store->db, NULL,
                  "INSERT INTO reminder (uid, kind, meeting_uid, recipient, old_id, new_id, state,"
                  " why, message_id, created, changed)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                  DB(reminder->uid, reminder->kind, reminder->meeting_uid, reminder->recipient,
                     reminder->old_id, reminder->new_id, reminder_state_name(reminder->state),
                     reminder->why ? reminder->why : "",
                     reminder->message_id ? reminder->message_id : "", reminder->created,
                     reminder->changed));
}

static bool reminder_state_parse(const char *name, enum reminder_state *state)
{
    for (int i = REMINDER_QUEUED; i <= REMINDER_FAILED; i++)
        if (strcmp(name, reminder_state_name((enum reminder_state)i)) == 0) {
            *state = (enum reminder_state)i;
            return true;
        }
    return false;
}

static enum err reminder_row(struct arena *arena, const struct store *store,
                             const struct db_statement *query, struct reminder *out)
{
    *out = (struct reminder){
        .uid = db_text(arena, query, 0),
        .kind = db_text(arena, query, 1),
        .meeting_uid = db_text(arena, query, 2),
        .title = db_text(arena, query, 3),
        .recipient = db_text(arena, query, 4),
        .old_id = db_text(arena, query, 5),
        .new_id = db_text(arena, query, 6),
        .why = db_text(arena, query, 8),
        .message_id = db_text(arena, query, 9),
        .created = db_int(query, 10),
        .changed = db_int(query, 11),
    };
    if (!reminder_state_parse(db_text(arena, query, 7), &out->state))
        return error_set(store->error, ERR_DAMAGED, store->where,
                         "reminder %s has an unknown state", out->uid);
    return ERR_OK;
}

#define REMINDER_COLUMNS                                                                           \
    "SELECT r.uid, r.kind, r.meeting_uid, m.title, r.recipient, r.old_id, r.new_id, r.state,"      \
    " r.why, r.message_id, r.created, r.changed"                                                   \
    " FROM reminder r CROSS JOIN meeting m WHERE m.uid = r.meeting_uid"
#define REMINDER_ORDER " ORDER BY r.created, r.uid LIMIT $1"

static enum err reminders_read(struct arena *arena, struct store *store, struct db_statement *query,
                               struct reminders *out)
{
    bool row = true;
    enum err err;
    while (!(err = db_step(query, &row)) && row) {
        err = reminder_row(arena, store, query, vector_push(arena, out));
        if (err)
            break;
    }
    db_done(query);
    return err;
}

/* Of a meeting, or of all (NULL), in one state, or in any (NULL). */
static enum err reminders_in(struct arena *arena, struct store *store, const char *state,
                             const char *meeting_uid, size_t limit, struct reminders *out)
{
    struct db_statement *query;
    int64_t most = limit_of(limit);
    enum err err;
    if (meeting_uid && state)
        err = db_query(store->db, &query,
                       REMINDER_COLUMNS " AND r.meeting_uid = $2 AND r.state = $3" REMINDER_ORDER,
                       DB(most, meeting_uid, state));
    else if (meeting_uid)
        err = db_query(store->db, &query, REMINDER_COLUMNS " AND r.meeting_uid = $2" REMINDER_ORDER,
                       DB(most, meeting_uid));
    else if (state)
        err = db_query(store->db, &query, REMINDER_COLUMNS " AND r.state = $2" REMINDER_ORDER,
                       DB(most, state));
    else
        err = db_query(store->db, &query, REMINDER_COLUMNS REMINDER_ORDER, DB(most));
    return err ? err : reminders_read(arena, store, query, out);
}

static int reminder_compare(const void *left, const void *right)
{
    const struct reminder *a = left, *b = right;
    if (a->created != b->created)
        return a->created < b->created ? -1 : 1;
    return strcmp(a->uid, b->uid);
}

/*
 * A query for each state that is asked for: what was sent years ago stays in the table, and the few
 * that are queued are found without it.
 */
enum err store_reminders_list(struct arena *arena, struct store *store, unsigned states,
                              const char *meeting_uid, size_t limit, struct reminders *out)
{
    size_t first = out->count;
    enum err err = ERR_OK;
    if (states == 0)
        return reminders_in(arena, store, NULL, meeting_uid, limit, out);
    for (int i = REMINDER_QUEUED; i <= REMINDER_FAILED && !err; i++)
        if (states & 1U << i)
            err = reminders_in(arena, store, reminder_state_name((enum reminder_state)i),
                               meeting_uid, limit, out);
    if (!err && out->count > first)
        qsort(out->items + first, out->count - first, sizeof *out->items, reminder_compare);
    if (limit && out->count - first > limit)
        out->count = first + limit;
    return err;
}

/*
 * Some of one state, from the page's place on, or before it and backwards: the index has each state
 * in this order.
 */
static enum err reminders_part(struct arena *arena, struct store *store, const char *state,
                               const struct reminders_page *page, struct reminders *out)
{
    static const char on[] =
        REMINDER_COLUMNS " AND r.state = $2 AND r.created >= $3 AND (r.created > $3 OR r.uid >= $4)"
                         " ORDER BY r.created, r.uid LIMIT $1";
    static const char before[] =
        REMINDER_COLUMNS " AND r.state = $2 AND r.created <= $3 AND (r.created < $3 OR r.uid < $4)"
                         " ORDER BY r.created DESC, r.uid DESC LIMIT $1";
    struct db_statement *query;
    int64_t end = page->before ? INT64_MAX : INT64_MIN;
    enum err err = db_query(store->db, &query, page->before ? before : on,
                            DB(limit_of(page->limit), state, page->from ? page->from->created : end,
                               page->from ? page->from->uid : ""));
    if (err)
        return err;
    return reminders_read(arena, store, query, out);
}

enum err store_reminders_page(struct arena *arena, struct store *store,
                              const struct reminders_page *page, struct reminders *out)
{
    enum err err = ERR_OK;
    *out = (struct reminders){0};
    for (int i = REMINDER_QUEUED; i <= REMINDER_FAILED && !err; i++)
        err = reminders_part(arena, store, reminder_state_name((enum reminder_state)i), page, out);
    if (err || !out->count)
        return err;
    qsort(out->items, out->count, sizeof *out->items, reminder_compare);
    size_t over = out->count > page->limit ? out->count - page->limit : 0;
    out->items += page->before ? over : 0;
    out->count -= over;
    return ERR_OK;
}

enum err store_reminders_count(struct store *store, enum reminder_state state, size_t most,
                               size_t *count)
{
    struct db_statement *query;
    bool row = false;
    enum err err =
        db_query_row(store->db, &query, &row,
                     "SELECT COUNT(*) FROM (SELECT 1 AS one FROM reminder WHERE state = $1"
                     " LIMIT $2) AS counted",
                     DB(reminder_state_name(state), limit_of(most)));
    *count = !err && row ? (size_t)db_int(query, 0) : 0;
    db_done(query);
    return err;
}

enum err store_reminder_state(struct store *store, const char *uid, enum reminder_state from,
                              enum reminder_state to, const char *why, int64_t at)
{
    int64_t rows = 0;
    enum err err =
        db_run(store->db, &rows,
               "UPDATE reminder SET state = $1, why = $2, changed = $3"
               " WHERE uid = $4 AND state = $5",
               DB(reminder_state_name(to), why ? why : "", at, uid, reminder_state_name(from)));
    if (!err && rows != 1)
        err = error_set_what(store->error, ERR_CONFLICT, "somebody else is at it", "reminder %s",
                             uid);
    return err;
}

enum err store_reminder_withdraw(struct store *store, const char *uid)
{
    int64_t rows = 0;
    enum err err = db_run(store->db, &rows,
                          "DELETE FROM reminder"
                          " WHERE uid = $1 AND (state = 'queued' OR state = 'failed')",
                          DB(uid));
    if (!err && rows != 1)
        err = error_set_what(store->error, ERR_CONFLICT, "it is being sent, or was", "reminder %s",
                             uid);
    return err;
}
