/*
 * What a sender does with the outbox, and what attendees know and replied. Each step names its
 * owner: a sender that was too slow, and whose messages are somebody else's by now, changes
 * nothing.
 */
#include "store_private.h"

#include <stdio.h>
#include <store/outbox.h>
#include <string.h>
#include <strings.h>

static enum err claim_one(struct store *store, const char *owner, int64_t lease, int64_t id,
                          int64_t now)
{
    return db_run_later(store->db,
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
    int64_t limit = (int64_t)filter->limit, reminders = filter->reminders;
    enum err err;
    if (filter->meeting_uid)
        err = db_query(store->db, &query, one, DB(now, limit, reminders, filter->meeting_uid));
    else
        err = db_query(store->db, &query, all, DB(now, limit, reminders));
    *count = 0;
    while (*count < filter->limit && db_next(query, &err))
        ids[(*count)++] = db_int(query, 0);
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
               " told_location = $8, told_duration = $9, told_rrule = $10, kind = $11, why = ''"
               " WHERE id = $12 AND state = 'claimed' AND owner = $13",
               DB(lease, now, m->text, m->sequence, m->conference_id, m->told.start, m->told.title,
                  m->told.location, m->told.duration, m->told.rrule, message_kind_name(m->kind),
                  m->id, owner));
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
    return store_message_told(store, m, m->sequence, m->conference_id);
}

enum err store_outbox_release(struct store *store, const char *owner, int64_t id)
{
    return db_run_later(store->db,
                        "UPDATE outbox SET state = 'queued', owner = NULL, lease = NULL,"
                        " tries = CASE WHEN state = 'sending' THEN tries - 1 ELSE tries END,"
                        " first_tried = CASE WHEN state = 'sending' AND tries = 1 THEN NULL"
                        " ELSE first_tried END,"
                        " tried = CASE WHEN state = 'sending' THEN NULL ELSE tried END"
                        " WHERE id = $1 AND owner = $2",
                        DB(id, owner));
}

enum err store_outbox_left(struct store *store, const char *meeting_uid, int64_t now,
                           struct outbox_left *left)
{
    struct db_statement *query;
    bool row = false;
    enum err err = db_query_row(store->db, &query, &row,
                                "SELECT COUNT(CASE WHEN state = 'queued' THEN 1 END),"
                                " COUNT(CASE WHEN state = 'uncertain' THEN 1 END),"
                                " MIN(CASE WHEN state = 'queued' THEN due END) FROM outbox"
                                " WHERE (state = 'queued' OR state = 'uncertain')"
                                " AND ($1 = '' OR meeting_uid = $1)",
                                DB(meeting_uid ? meeting_uid : ""));
    if (err || !row)
        return err;
    bool first = left->queued == 0;
    int64_t next = db_int_or(query, 2, now) - now;
    left->queued += db_int(query, 0);
    left->uncertain += db_int(query, 1);
    if (first || (db_int(query, 0) && next < left->next))
        left->next = next > 0 ? next : 0;
    db_done(query);
    return ERR_OK;
}

enum err store_outbox_tried(struct store *store, int64_t now, size_t *count)
{
    int64_t tried;
    enum err err = db_query_int(store->db, &tried,
                                "SELECT COUNT(*) FROM outbox WHERE tried > $1 AND tried < $2",
                                DB(now - MINUTE, now + CLOCKS_APART));
    *count = (size_t)tried;
    return err;
}

/* --- attendees --- */

static enum err attendee_told(struct store *store, const char *meeting_uid, const char *email,
                              int64_t sequence, const char *conference_id, bool *there)
{
    int64_t rows = 0;
    enum err err = db_run(store->db, &rows,
                          "UPDATE attendee SET"
                          " told_id = CASE WHEN COALESCE(told_sequence, -1) <= $1 THEN $2"
                          " ELSE told_id END,"
                          " told_sequence = CASE WHEN COALESCE(told_sequence, -1) <= $1 THEN $1"
                          " ELSE told_sequence END"
                          " WHERE meeting_uid = $3 AND email = $4",
                          DB(sequence, conference_id, meeting_uid, email));
    *there = rows > 0;
    return err;
}

/* The address may stand in other case in the list by now. */
static enum err attendee_told_in_any_case(struct store *store, const struct message *m,
                                          int64_t sequence, const char *conference_id, bool *there)
{
    struct arena *arena = arena_new();
    struct db_statement *query;
    const char *email = NULL;
    enum err err = db_query(store->db, &query, "SELECT email FROM attendee WHERE meeting_uid = $1",
                            DB(m->meeting_uid));
    while (db_next(query, &err)) {
        const char *listed = db_string(arena, query, 0);
        if (strcasecmp(listed, m->recipient) == 0)
            email = listed;
    }
    if (!err && email)
        err = attendee_told(store, m->meeting_uid, email, sequence, conference_id, there);
    arena_free(arena);
    return err;
}

enum err store_message_told(struct store *store, const struct message *m, int64_t sequence,
                            const char *conference_id)
{
    bool there = false;
    if (m->kind == MESSAGE_REPLY)
        return ERR_OK;
    enum err err =
        attendee_told(store, m->meeting_uid, m->recipient, sequence, conference_id, &there);
    if (!err && !there)
        err = attendee_told_in_any_case(store, m, sequence, conference_id, &there);
    if (err || there)
        return err;
    if (m->kind == MESSAGE_CANCELLATION)
        return db_run_later(store->db, "DELETE FROM left_out WHERE meeting_uid = $1 AND email = $2",
                            DB(m->meeting_uid, m->recipient));
    return left_out_add(store, m->meeting_uid, m->recipient, sequence, conference_id);
}

enum err store_message_untold(struct store *store, const struct message *m)
{
    return db_run_later(store->db,
                        "UPDATE attendee SET told_sequence = NULL, told_id = NULL"
                        " WHERE meeting_uid = $1 AND email = $2 AND told_sequence = $3",
                        DB(m->meeting_uid, m->recipient, m->sequence));
}

enum err left_out_add(struct store *store, const char *meeting_uid, const char *email,
                      int64_t sequence, const char *conference_id)
{
    return db_run_later(store->db,
                        "INSERT INTO left_out (meeting_uid, email, told_sequence, told_id)"
                        " VALUES ($1, $2, $3, $4) ON CONFLICT (meeting_uid, email) DO UPDATE"
                        " SET told_sequence = excluded.told_sequence, told_id = excluded.told_id",
                        DB(meeting_uid, email, sequence, conference_id));
}

enum err store_left_out(struct arena *arena, struct store *store, const char *meeting_uid,
                        struct attendees *out)
{
    struct db_statement *query;
    *out = (struct attendees){0};
    enum err err = db_query(store->db, &query,
                            "SELECT email, told_sequence, told_id FROM left_out"
                            " WHERE meeting_uid = $1 ORDER BY email",
                            DB(meeting_uid));
    while (db_next(query, &err)) {
        const char *id = db_text(arena, query, 2);
        struct attendee *attendee = vector_push(arena, out);
        *attendee = (struct attendee){.email = db_string(arena, query, 0),
                                      .name = "",
                                      .told = true,
                                      .told_sequence = db_int(query, 1)};
        snprintf(attendee->told_id, sizeof attendee->told_id, "%s", id ? id : "");
    }
    return err;
}

enum err store_attendee_replied(struct store *store, const char *meeting_uid,
                                const struct attendee *attendee)
{
    return db_run_later(store->db,
                        "UPDATE attendee SET partstat = $1, replied = $2, reply_sequence = $3"
                        " WHERE meeting_uid = $4 AND email = $5",
                        DB(partstat_name(attendee->partstat), attendee->replied,
                           attendee->reply_sequence, meeting_uid, attendee->email));
}
