/*
 * What a sender does with the outbox, and what attendees know and replied. Each step names its
 * owner: a sender that was too slow, and whose messages are somebody else's by now, changes
 * nothing.
 */
#include "store_private.h"

#include <store/outbox.h>
#include <string.h>

enum err store_outbox_expire(struct store *store, int64_t now)
{
    enum err err = db_run(store->db, NULL,
                          "UPDATE outbox SET state = 'queued', owner = NULL, lease = NULL"
                          " WHERE state = 'claimed' AND lease < $1",
                          DB(now));
    if (err)
        return err;
    return db_run(store->db, NULL,
                  "UPDATE outbox SET state = 'uncertain', owner = NULL, lease = NULL,"
                  " changed = $1, why = 'its sender ended before the mailer''s answer came'"
                  " WHERE state = 'sending' AND lease < $1",
                  DB(now));
}

static enum err claim_one(struct store *store, const char *owner, int64_t lease, int64_t id,
                          int64_t now)
{
    return db_run(store->db, NULL,
                  "UPDATE outbox SET state = 'claimed', owner = $1, lease = $2, changed = $3"
                  " WHERE id = $4 AND state = 'queued'",
                  DB(owner, lease, now, id));
}

/* The oldest that are due, of all meetings or of one; with a filter, reminders alone. */
static enum err due_ids(struct store *store, int64_t now, const struct message_filter *filter,
                        int64_t *ids, size_t *count)
{
    static const char all[] = "SELECT id FROM outbox WHERE state = 'queued' AND due <= $1"
                              " AND ($3 = 0 OR kind = 'reminder') ORDER BY id LIMIT $2";
    static const char one[] = "SELECT id FROM outbox WHERE state = 'queued' AND due <= $1"
                              " AND ($3 = 0 OR kind = 'reminder') AND meeting_uid = $4"
                              " ORDER BY id LIMIT $2";
    struct db_statement *query;
    bool row = true;
    int64_t limit = (int64_t)filter->limit, reminders = filter->reminders;
    enum err err;
    if (filter->meeting_uid)
        err = db_query(store->db, &query, one, DB(now, limit, reminders, filter->meeting_uid));
    else
        err = db_query(store->db, &query, all, DB(now, limit, reminders));
    *count = 0;
    while (!err && *count < filter->limit && !(err = db_step(query, &row)) && row)
        ids[(*count)++] = db_int(query, 0);
    if (!err)
        db_done(query);
    return err;
}

enum err store_outbox_claim(struct arena *arena, struct store *store, const char *owner,
                            int64_t now, int64_t lease, const struct message_filter *filter,
                            struct messages *out)
{
    int64_t *ids = arena_array(arena, filter->limit + 1, sizeof *ids);
    size_t count = 0;
    *out = (struct messages){0};
    enum err err = due_ids(store, now, filter, ids, &count);
    for (size_t i = 0; i < count && !err; i++) {
        err = claim_one(store, owner, lease, ids[i], now);
        if (!err)
            err = store_outbox_get(arena, store, ids[i], vector_push(arena, out));
    }
    return err;
}

enum err store_outbox_sending(struct store *store, const char *owner, const struct message *m,
                              int64_t now, int64_t lease, bool *ours)
{
    int64_t rows = 0;
    enum err err =
        db_run(store->db, &rows,
               "UPDATE outbox SET state = 'sending', lease = $1, changed = $2, tried = $2,"
               " tries = tries + 1, first_tried = COALESCE(first_tried, $2), text = $3,"
               " sequence = $4, conference_id = $5, told_start = $6, told_title = $7,"
               " told_location = $8, kind = $9, why = ''"
               " WHERE id = $10 AND state = 'claimed' AND owner = $11",
               DB(lease, now, m->text, m->sequence, m->conference_id, m->told.start, m->told.title,
                  m->told.location, message_kind_name(m->kind), m->id, owner));
    *ours = rows == 1;
    return err;
}

enum err store_outbox_settle(struct store *store, const char *owner, const struct message *m,
                             enum message_state state, const char *why, int64_t due, int64_t now)
{
    int64_t rows = 0;
    enum err err = db_run(store->db, &rows,
                          "UPDATE outbox SET state = $1, why = $2, due = $3, changed = $4,"
                          " owner = NULL, lease = NULL,"
                          " text = CASE WHEN $1 = 'sent' THEN NULL ELSE text END"
                          " WHERE id = $5 AND owner = $6",
                          DB(message_state_name(state), why ? why : "", due, now, m->id, owner));
    if (err || rows != 1 || state != MESSAGE_SENT)
        return err;
    return store_attendee_told(store, m->meeting_uid, m->recipient, m->sequence, m->conference_id);
}

enum err store_outbox_release(struct store *store, const char *owner, int64_t id)
{
    return db_run(store->db, NULL,
                  "UPDATE outbox SET state = 'queued', owner = NULL, lease = NULL,"
                  " tries = CASE WHEN state = 'sending' THEN tries - 1 ELSE tries END,"
                  " first_tried = CASE WHEN state = 'sending' AND tries = 1 THEN NULL"
                  " ELSE first_tried END,"
                  " tried = CASE WHEN state = 'sending' THEN NULL ELSE tried END"
                  " WHERE id = $1 AND owner = $2",
                  DB(id, owner));
}

enum err store_outbox_tried(struct store *store, int64_t since, size_t *count)
{
    struct db_statement *query;
    bool row = false;
    enum err err = db_query_row(store->db, &query, &row,
                                "SELECT COUNT(*) FROM outbox WHERE tried > $1", DB(since));
    *count = !err && row ? (size_t)db_int(query, 0) : 0;
    db_done(query);
    return err;
}

/* --- attendees --- */

enum err store_attendee_told(struct store *store, const char *meeting_uid, const char *email,
                             int64_t sequence, const char *conference_id)
{
    return db_run(store->db, NULL,
                  "UPDATE attendee SET told_sequence = $1, told_id = $2"
                  " WHERE meeting_uid = $3 AND email = $4"
                  " AND COALESCE(told_sequence, -1) <= $1",
                  DB(sequence, conference_id, meeting_uid, email));
}

enum err store_attendee_replied(struct store *store, const char *meeting_uid,
                                const struct attendee *attendee)
{
    return db_run(store->db, NULL,
                  "UPDATE attendee SET partstat = $1, replied = $2, reply_sequence = $3"
                  " WHERE meeting_uid = $4 AND email = $5",
                  DB(partstat_name(attendee->partstat), attendee->replied, attendee->reply_sequence,
                     meeting_uid, attendee->email));
}
