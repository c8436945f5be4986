/*
 * The outbox in the store. A message's state changes by conditional updates: whoever is late finds
 * no row, so that two senders never have the same message.
 */
#include "store_private.h"

#include <stdlib.h>
#include <store/outbox.h>
#include <string.h>
#include <strings.h>

#define MESSAGE_COLUMNS                                                                            \
    "SELECT r.id, r.kind, r.meeting_uid, m.title, r.recipient, r.old_id, r.new_id, r.state,"       \
    " r.why, r.message_id, r.queued, r.changed, r.tries, r.first_tried, r.tried, r.due,"           \
    " r.sequence, r.conference_id, r.told_start, r.told_title, r.told_location, r.was_start,"      \
    " r.was_title, r.was_location, r.told_duration, r.told_rrule, r.was_duration, r.was_rrule,"    \
    " r.recurrence, r.lease"
#define MESSAGE_TABLES                                                                             \
    " FROM outbox r CROSS JOIN meeting m CROSS JOIN organizer o"                                   \
    " WHERE m.uid = r.meeting_uid AND o.uid = m.organizer_uid"
enum { COLUMN_EMAIL = 30 };

/* Why a message is uncertain whose sender is gone. */
static const char sender_ended[] = "its sender ended before the mailer's answer came";

/* The stored states among which messages of these states are found. */
static unsigned states_stored(unsigned states)
{
    if (states & 1U << MESSAGE_QUEUED)
        states |= 1U << MESSAGE_CLAIMED;
    if (states & 1U << MESSAGE_UNCERTAIN)
        states |= 1U << MESSAGE_SENDING;
    return states;
}

static struct message_told told_read(struct arena *arena, const struct db_statement *query,
                                     int column, int rest)
{
    struct message_told told = {.known = db_text(arena, query, column + 1) != NULL};
    if (told.known) {
        told.start = db_int(query, column);
        told.title = db_text(arena, query, column + 1);
        told.location = db_text(arena, query, column + 2);
        told.duration = db_int_or(query, rest, 0);
        told.rrule = db_text(arena, query, rest + 1);
    }
    return told;
}

static enum err message_read(struct arena *arena, const struct store *store,
                             const struct db_statement *query, struct message *out)
{
    *out = (struct message){
        .id = db_int(query, 0),
        .meeting_uid = db_string(arena, query, 2),
        .title = db_text(arena, query, 3),
        .recipient = db_string(arena, query, 4),
        .old_id = db_text(arena, query, 5),
        .new_id = db_text(arena, query, 6),
        .why = db_string(arena, query, 8),
        .message_id = db_string(arena, query, 9),
        .queued = db_int(query, 10),
        .changed = db_int(query, 11),
        .tries = db_int(query, 12),
        .first_tried = db_int_or(query, 13, 0),
        .tried = db_int_or(query, 14, 0),
        .due = db_int(query, 15),
        .sequence = db_int(query, 16),
        .conference_id = db_text(arena, query, 17),
        .told = told_read(arena, query, 18, 24),
        .was = told_read(arena, query, 21, 26),
        .recurrence = db_text(arena, query, 28),
    };
    if (!message_kind_parse(db_string(arena, query, 1), &out->kind) ||
        !message_state_parse(db_string(arena, query, 7), &out->state))
        return error_set(store->error, ERR_DAMAGED, store->where,
                         "message %lld has an unknown kind or state", (long long)out->id);
    enum message_state stored = out->state;
    out->state = message_state_by_lease(stored, db_int_or(query, 29, INSTANT_NEVER), store->now);
    if (out->state == MESSAGE_UNCERTAIN && stored == MESSAGE_SENDING)
        out->why = sender_ended;
    return ERR_OK;
}

/* --- reading --- */

static bool recipient_fits(const struct message_filter *filter, const struct message *message,
                           const char *organizer)
{
    return (!filter->recipient || strcasecmp(filter->recipient, message->recipient) == 0) &&
           (!filter->organizer || strcasecmp(filter->organizer, organizer) == 0) &&
           (!filter->reminders || message->kind == MESSAGE_REMINDER) &&
           (!filter->states || filter->states & 1U << message->state);
}

/* The rows of the query that the filter lets through. */
static enum err messages_query(struct arena *arena, struct store *store,
                               const struct message_filter *filter, struct messages *out,
                               const char *sql, const struct db_value *values)
{
    struct db_statement *query;
    size_t first = out->count;
    enum err err = db_query(store->db, &query, sql, values);
    while ((!filter->limit || out->count - first < filter->limit) && db_next(query, &err)) {
        struct message *message = vector_push(arena, out);
        err = message_read(arena, store, query, message);
        if (!err && !recipient_fits(filter, message, db_text(arena, query, COLUMN_EMAIL)))
            out->count--;
    }
    db_done(query);
    return err;
}

static int message_compare(const void *left, const void *right)
{
    const struct message *a = left, *b = right;
    return a->id < b->id ? -1 : a->id > b->id;
}

/*
 * A query for each state that is asked for: what was sent years ago stays in the table, and the few
 * that are queued are found without it.
 */
static enum err list_states(struct arena *arena, struct store *store,
                            const struct message_filter *filter, struct messages *out)
{
    size_t first = out->count;
    for (int i = 0; i < MESSAGE_STATES; i++) {
        if (!(states_stored(filter->states) & 1U << i))
            continue;
        enum err err = messages_query(arena, store, filter, out,
                                      MESSAGE_COLUMNS ", o.email" MESSAGE_TABLES
                                                      " AND r.state = $1 ORDER BY r.id",
                                      DB(message_state_name((enum message_state)i)));
        if (err)
            return err;
    }
    if (out->count > first)
        qsort(out->items + first, out->count - first, sizeof *out->items, message_compare);
    if (filter->limit && out->count - first > filter->limit)
        out->count = first + filter->limit;
    return ERR_OK;
}

enum err store_outbox_list(struct arena *arena, struct store *store,
                           const struct message_filter *filter, struct messages *out)
{
    if (filter->meeting_uid)
        return messages_query(arena, store, filter, out,
                              MESSAGE_COLUMNS ", o.email" MESSAGE_TABLES
                                              " AND r.meeting_uid = $1 ORDER BY r.id",
                              DB(filter->meeting_uid));
    if (filter->states)
        return list_states(arena, store, filter, out);
    return messages_query(arena, store, filter, out,
                          MESSAGE_COLUMNS ", o.email" MESSAGE_TABLES " ORDER BY r.id", DB_NONE);
}

/*
 * Some of one state, from the page's place on, or before it and backwards: the index has each state
 * in this order.
 */
static enum err page_part(struct arena *arena, struct store *store, const char *state,
                          const struct messages_page *page, struct messages *out)
{
    static const char on[] = MESSAGE_COLUMNS
        ", o.email" MESSAGE_TABLES " AND r.state = $2 AND r.id >= $3 ORDER BY r.id LIMIT $1";
    static const char before[] = MESSAGE_COLUMNS
        ", o.email" MESSAGE_TABLES " AND r.state = $2 AND r.id < $3 ORDER BY r.id DESC LIMIT $1";
    int64_t end = page->before ? INT64_MAX : 0;
    return messages_query(arena, store, &(struct message_filter){.states = page->states}, out,
                          page->before ? before : on,
                          DB(limit_of(page->limit), state, page->from ? page->from->id : end));
}

enum err store_outbox_page(struct arena *arena, struct store *store,
                           const struct messages_page *page, struct messages *out)
{
    *out = (struct messages){0};
    for (int i = 0; i < MESSAGE_STATES; i++) {
        if (page->states && !(states_stored(page->states) & 1U << i))
            continue;
        enum err err =
            page_part(arena, store, message_state_name((enum message_state)i), page, out);
        if (err)
            return err;
    }
    if (!out->count)
        return ERR_OK;
    qsort(out->items, out->count, sizeof *out->items, message_compare);
    size_t over = out->count > page->limit ? out->count - page->limit : 0;
    out->items += page->before ? over : 0;
    out->count -= over;
    return ERR_OK;
}

enum err store_outbox_count(struct store *store, enum message_state state, size_t most,
                            size_t *count)
{
    static const char *const left[MESSAGE_STATES] = {
        [MESSAGE_QUEUED] = "claimed", [MESSAGE_UNCERTAIN] = "sending"};
    static const char leased[] =
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM outbox WHERE state = $1 AND (lease IS NULL OR"
        " lease >= $2) LIMIT $3) AS counted";
    /* these have no lease, and are counted by the index of states alone */
    static const char settled[] =
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM outbox WHERE state = $1 UNION ALL"
        " SELECT 1 AS one FROM outbox WHERE state = $4 AND lease < $2 LIMIT $3) AS counted";
    const char *name = message_state_name(state);
    int64_t found;
    enum err err;
    if (state == MESSAGE_CLAIMED || state == MESSAGE_SENDING)
        err = db_query_int(store->db, &found, leased, DB(name, store->now, limit_of(most)));
    else
        err = db_query_int(store->db, &found, settled,
                           DB(name, store->now, limit_of(most), left[state]));
    *count = (size_t)found;
    return err;
}

/* One message, with its text, which stands behind the other columns. */
static enum err message_query(struct arena *arena, struct store *store, struct message *out,
                              bool *found, const char *sql, const struct db_value *values)
{
    struct db_statement *query;
    enum err err = db_query_row(store->db, &query, found, sql, values);
    if (err || !*found)
        return err;
    err = message_read(arena, store, query, out);
    out->text = db_text(arena, query, COLUMN_EMAIL);
    db_done(query);
    return err;
}

enum err store_outbox_get(struct arena *arena, struct store *store, int64_t id, struct message *out)
{
    bool found;
    enum err err =
        message_query(arena, store, out, &found,
                      MESSAGE_COLUMNS ", r.text" MESSAGE_TABLES " AND r.id = $1", DB(id));
    if (err || found)
        return err;
    return error_set_what(store->error, ERR_NOT_FOUND,
                          "no message has this number; 'dialdesk outbox' lists them",
                          "message %lld", (long long)id);
}

enum err store_outbox_find(struct arena *arena, struct store *store, const char *message_id,
                           struct message *out, bool *found)
{
    return message_query(arena, store, out, found,
                         MESSAGE_COLUMNS ", r.text" MESSAGE_TABLES " AND r.message_id = $1",
                         DB(message_id));
}

enum err store_outbox_sent(struct arena *arena, struct store *store, const char *meeting_uid,
                           const char *recipient, struct message *first, struct message *last,
                           bool *found)
{
    struct messages list = {0};
    enum err err = store_outbox_list(arena, store,
                                     &(struct message_filter){.states = 1U << MESSAGE_SENT,
                                                              .meeting_uid = meeting_uid,
                                                              .recipient = recipient},
                                     &list);
    *found = !err && list.count > 0;
    if (*found) {
        *first = list.items[0];
        *last = list.items[list.count - 1];
    }
    return err;
}

/* --- by whom they are owed --- */

/* What its recipient knew before, unless that is kept from a message that this one replaces. */
static enum err was_keep(struct store *store, const struct message *m)
{
    const struct message_told *was = &m->was;
    if (!was->known)
        return ERR_OK;
    return db_run_later(
        store->db,
        "UPDATE outbox SET was_start = $1, was_title = $2, was_location = $3,"
        " was_duration = $4, was_rrule = $5 WHERE id = $6 AND was_title IS NULL",
        DB(was->start, was->title, was->location, was->duration, was->rrule, m->id));
}

static enum err message_insert(struct store *store, const struct message *m)
{
    enum err err = db_run_later(
        store->db,
        "INSERT INTO outbox (id, kind, meeting_uid, recipient, old_id, new_id, state,"
        " why, message_id, queued, changed, sequence, conference_id, recurrence)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        DB(m->id, message_kind_name(m->kind), m->meeting_uid, m->recipient, m->old_id, m->new_id,
           message_state_name(m->state), m->why ? m->why : "", m->message_id, m->queued, m->changed,
           m->sequence, m->conference_id, m->recurrence));
    return err ? err : was_keep(store, m);
}

static enum err message_replace(struct store *store, const struct message *m)
{
    enum err err =
        db_run_later(store->db,
                     "UPDATE outbox SET kind = $2, old_id = COALESCE($3, old_id),"
                     " new_id = COALESCE($4, new_id), state = 'queued', why = '', message_id = $5,"
                     " queued = $6, changed = $6, tries = 0, first_tried = NULL, tried = NULL,"
                     " due = 0, owner = NULL, lease = NULL, text = NULL, sequence = $7,"
                     " conference_id = $8 WHERE id = $1",
                     DB(m->id, message_kind_name(m->kind), m->old_id, m->new_id, m->message_id,
                        m->queued, m->sequence, m->conference_id));
    return err ? err : was_keep(store, m);
}

enum err store_outbox_put(struct store *store, struct message *message)
{
    /* a meeting has few messages, a state may have all: so the index of the states is kept off */
    enum err err =
        db_query_int(store->db, &message->id,
                     "SELECT MIN(id + 0) FROM outbox WHERE meeting_uid = $1 AND recipient = $2"
                     " AND state || '' IN ('queued', 'claimed', 'failed')"
                     " AND COALESCE(recurrence, '') = $3",
                     DB(message->meeting_uid, message->recipient,
                        message->recurrence ? message->recurrence : ""));
    if (err)
        return err;
    if (message->id)
        return message_replace(store, message);
    err = db_query_int(store->db, &message->id, "SELECT COALESCE(MAX(id), 0) + 1 FROM outbox",
                       DB_NONE);
    return err ? err : message_insert(store, message);
}

/* --- states --- */

static enum err not_so(struct store *store, int64_t id, const char *why)
{
    return error_set_what(store->error, ERR_CONFLICT, why, "message %lld", (long long)id);
}

enum err store_outbox_expire(struct store *store, int64_t now)
{
    enum err err = db_run_later(store->db,
                                "UPDATE outbox SET state = 'queued', owner = NULL, lease = NULL"
                                " WHERE state = 'claimed' AND lease < $1",
                                DB(now));
    if (err)
        return err;
    return db_run_later(store->db,
                        "UPDATE outbox SET state = 'uncertain', owner = NULL, lease = NULL,"
                        " changed = $1, why = $2 WHERE state = 'sending' AND lease < $1",
                        DB(now, sender_ended));
}

enum err store_outbox_state(struct store *store, int64_t id, unsigned from, enum message_state to,
                            const char *why, int64_t at)
{
    static const char keep[] = "UPDATE outbox SET state = $1, why = $2, changed = $3, owner = NULL,"
                               " lease = NULL WHERE id = $4 AND state = $5";
    static const char anew[] = "UPDATE outbox SET state = $1, why = $2, changed = $3, owner = NULL,"
                               " lease = NULL, due = 0, tries = 0, first_tried = NULL"
                               " WHERE id = $4 AND state = $5";
    enum err expired = store_outbox_expire(store, store->now);
    if (expired)
        return expired;
    for (int i = 0; i < MESSAGE_STATES; i++) {
        int64_t rows = 0;
        if (!(from & 1U << i))
            continue;
        enum err err = db_run(store->db, &rows, to == MESSAGE_QUEUED ? anew : keep,
                              DB(message_state_name(to), why ? why : "", at, id,
                                 message_state_name((enum message_state)i)));
        if (err || rows == 1)
            return err;
    }
    return not_so(store, id, "somebody else is at it");
}

enum err store_outbox_remove(struct store *store, int64_t id)
{
    int64_t rows = 0;
    enum err err = db_run(store->db, &rows,
                          "DELETE FROM outbox WHERE id = $1"
                          " AND (state = 'queued' OR state = 'claimed' OR state = 'failed')",
                          DB(id));
    if (err || rows == 1)
        return err;
    return not_so(store, id, "it is being sent, or was");
}
