/*
 * Attendees in the store: what is known of them, by address and by the number that they call from;
 * what they answered for one occurrence; and what they knew of a meeting before it changed.
 */
#include "store_private.h"

#include <base/utf8.h>
#include <core/telephone.h>
#include <store/directory.h>
#include <store/outbox.h>
#include <string.h>

#define KNOWN_COLUMNS "SELECT email, lang, tz, number FROM attendee_known "

static struct attendee_known known_row(struct arena *arena, const struct db_statement *query)
{
    return (struct attendee_known){
        .email = db_string(arena, query, 0),
        .lang = db_string(arena, query, 1),
        .tz = db_string(arena, query, 2),
        .number = db_string(arena, query, 3),
    };
}

static enum err known_query(struct arena *arena, struct store *store, struct attendees_known *out,
                            const char *sql, const struct db_value *values)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query, sql, values);
    while (db_next(query, &err))
        *vector_push(arena, out) = known_row(arena, query);
    return err;
}

/* The directory's language and zone, if no other is known. */
static enum err fill_from_directory(struct arena *arena, struct store *store,
                                    struct attendee_known *known)
{
    struct organizer organizer;
    bool found = false;
    enum err err = store_organizer_find(arena, store, known->email, &organizer, &found);
    if (err || !found)
        return err;
    if (!known->lang[0])
        known->lang = organizer.lang;
    if (!known->tz[0])
        known->tz = organizer.tz;
    return ERR_OK;
}

enum err store_attendee_known_row(struct arena *arena, struct store *store, const char *email,
                                  struct attendee_known *out)
{
    struct db_statement *query;
    bool row = false;
    *out = (struct attendee_known){email, "", "", ""};
    enum err err = db_query_row(store->db, &query, &row, KNOWN_COLUMNS "WHERE email_key = $1",
                                DB(utf8_fold(arena, email)));
    if (!err && row)
        *out = known_row(arena, query);
    db_done(query);
    return err;
}

enum err store_attendee_known(struct arena *arena, struct store *store, const char *email,
                              struct attendee_known *out)
{
    enum err err = store_attendee_known_row(arena, store, email, out);
    if (err || (out->lang[0] && out->tz[0]))
        return err;
    return fill_from_directory(arena, store, out);
}

enum err store_attendees_known(struct arena *arena, struct store *store,
                               struct attendees_known *out)
{
    return known_query(arena, store, out, KNOWN_COLUMNS "ORDER BY email_key", DB_NONE);
}

enum err store_attendees_by_number(struct arena *arena, struct store *store, const char *number,
                                   struct attendees_known *out)
{
    char digits[TELEPHONE_SIZE];
    if (!telephone_digits(number, digits))
        return ERR_OK;
    const char *dialled = digits + strspn(digits, "0"); /* 0049 30 ..., 030 ... */
    if (strlen(dialled) < TELEPHONE_MIN_DIGITS)
        return ERR_OK;
    const char *key = telephone_key(arena, dialled);
    /* ':' stands behind all digits */
    return known_query(arena, store, out,
                       KNOWN_COLUMNS "WHERE number_key <> '' AND number_key >= $1"
                                     " AND number_key < $2 ORDER BY email_key LIMIT $3",
                       DB(key, arena_format(arena, "%s:", key), ATTENDEES_CALLING));
}

static enum err known_write(struct arena *arena, struct store *store,
                            const struct attendee_known *known)
{
    const char *key = utf8_fold(arena, known->email);
    if (!known->lang[0] && !known->tz[0] && !known->number[0])
        return db_run(store->db, NULL, "DELETE FROM attendee_known WHERE email_key = $1", DB(key));
    return db_run(store->db, NULL,
                  "INSERT INTO attendee_known (email_key, email, lang, tz, number, number_key)"
                  " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email_key) DO UPDATE SET"
                  " email = excluded.email, lang = excluded.lang, tz = excluded.tz,"
                  " number = excluded.number, number_key = excluded.number_key",
                  DB(key, known->email, known->lang, known->tz, known->number,
                     telephone_key(arena, known->number)));
}

enum err store_attendee_known_put(struct store *store, const struct attendee_known *known)
{
    struct arena *arena = arena_new();
    enum err err = known_write(arena, store, known);
    arena_free(arena);
    return err;
}

enum err store_attendee_language(struct store *store, const char *email, const char *lang)
{
    struct arena *arena = arena_new();
    enum err err =
        db_run(store->db, NULL,
               "INSERT INTO attendee_known (email_key, email, lang, tz, number, number_key)"
               " VALUES ($1, $2, $3, '', '', '') ON CONFLICT (email_key) DO UPDATE SET"
               " lang = excluded.lang WHERE attendee_known.lang = ''",
               DB(utf8_fold(arena, email), email, lang));
    arena_free(arena);
    return err;
}

/* --- answers for one occurrence --- */

enum err store_occurrence_replied(struct store *store, const char *meeting_uid,
                                  const struct occurrence_reply *reply)
{
    struct arena *arena = arena_new();
    enum err err =
        db_run(store->db, NULL,
               "INSERT INTO occurrence_reply (meeting_uid, recurrence, email_key, email, partstat,"
               " replied, reply_sequence) VALUES ($1, $2, $3, $4, $5, $6, $7)"
               " ON CONFLICT (meeting_uid, recurrence, email_key) DO UPDATE SET"
               " partstat = excluded.partstat, replied = excluded.replied,"
               " reply_sequence = excluded.reply_sequence",
               DB(meeting_uid, local_format_basic(arena, reply->recurrence),
                  utf8_fold(arena, reply->email), reply->email, partstat_name(reply->partstat),
                  reply->replied, reply->reply_sequence));
    arena_free(arena);
    return err;
}

enum err store_occurrence_replies(struct arena *arena, struct store *store, const char *meeting_uid,
                                  struct occurrence_replies *out)
{
    struct db_statement *query;
    *out = (struct occurrence_replies){0};
    enum err err = db_query(store->db, &query,
                            "SELECT recurrence, email, partstat, replied, reply_sequence"
                            " FROM occurrence_reply WHERE meeting_uid = $1"
                            " ORDER BY recurrence, email_key",
                            DB(meeting_uid));
    while (db_next(query, &err)) {
        struct occurrence_reply *reply = vector_push(arena, out);
        *reply = (struct occurrence_reply){.email = db_string(arena, query, 1),
                                           .replied = db_int(query, 3),
                                           .reply_sequence = db_int(query, 4)};
        if (!local_parse_basic(db_string(arena, query, 0), &reply->recurrence) ||
            !partstat_parse(db_string(arena, query, 2), &reply->partstat))
            err = error_set(store->error, ERR_DAMAGED, store->where,
                            "an answer of %s for one occurrence can't be read", reply->email);
    }
    return err;
}

/* --- before a change --- */

enum err store_meeting_was(struct arena *arena, struct store *store, const char *meeting_uid,
                           int64_t sequence, struct message_told *out)
{
    struct db_statement *query;
    bool row = false;
    enum err err = db_query_row(store->db, &query, &row,
                                "SELECT start_at, duration, rrule, title, location FROM meeting_was"
                                " WHERE meeting_uid = $1 AND sequence = $2",
                                DB(meeting_uid, sequence));
    if (!err && row)
        *out = (struct message_told){.known = true,
                                     .start = db_int(query, 0),
                                     .duration = db_int(query, 1),
                                     .rrule = db_text(arena, query, 2),
                                     .title = db_string(arena, query, 3),
                                     .location = db_string(arena, query, 4)};
    db_done(query);
    return err;
}

enum err store_told_id_left(struct store *store, const char *meeting_uid, const char *id)
{
    return db_run(store->db, NULL,
                  "UPDATE attendee SET told_id = NULL WHERE meeting_uid = $1 AND told_id = $2",
                  DB(meeting_uid, id));
}

enum err store_moved_at(struct store *store, const char *meeting_uid, const char *old_id,
                        int64_t *at)
{
    return db_query_int(store->db, at,
                        "SELECT at FROM id_move WHERE meeting_uid = $1 AND old_id = $2",
                        DB(meeting_uid, old_id));
}
