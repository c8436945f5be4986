/*
 * Meetings into the store: a meeting, its attendees and its changed occurrences are written as one.
 */
#include "store_private.h"

#include <base/utf8.h>
#include <stdio.h>
#include <store/meetings.h>
#include <string.h>

enum { SEARCH_ATTENDEES_MAX = 100 };

/*
 * Parts stand apart by a space: a searched word holds none, so it never matches across two parts.
 */
char *meeting_search_text(struct arena *arena, const struct meeting *meeting,
                          const char *organizer_name, const char *organizer_email)
{
    struct text text = text_start(arena);
    const char *parts[] = {meeting->title,      meeting->location,        meeting->conference_id,
                           organizer_name,      organizer_email,          meeting->invited_by,
                           meeting->foreign_id, meeting->invited_by_name, meeting->foreign_number};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] && parts[i][0])
            text_addf(&text, "%s ", parts[i]);
    for (size_t i = 0; i < meeting->attendees.count && i < SEARCH_ATTENDEES_MAX; i++)
        text_addf(&text, "%s %s ", meeting->attendees.items[i].name,
                  meeting->attendees.items[i].email);
    return utf8_fold(arena, text.bytes);
}

/* --- the meeting's own row -------------------------------------------------------------------- */

/* The engine's search index has to be told the old text with the new one. */
static enum err search_change(struct arena *arena, struct store *store, const char *uid,
                              const char *search)
{
    struct db_statement *query;
    bool row = false;
    enum err err = db_query_row(store->db, &query, &row,
                                "SELECT seq, search FROM meeting WHERE uid = $1", DB(uid));
    if (err || !row)
        return err;
    int64_t seq = db_int(query, 0);
    const char *before = db_text(arena, query, 1);
    db_done(query);
    return db_search_put(store->db, seq, before, search);
}

static enum err row_update(struct arena *arena, struct store *store, const struct meeting *meeting,
                           const char *search)
{
    bool done = false;
    enum err err = search_change(arena, store, meeting->uid, search);
    if (err)
        return err;
    err = meeting_row_update(arena, store, meeting, search, &done);
    if (err || done)
        return err;
    return error_set_what(store->error, ERR_CONFLICT, "somebody else changed it meanwhile",
                          "meeting '%s'", meeting->title);
}

/* --- what belongs to it ----------------------------------------------------------------------- */

static struct db_value number_or_null(bool known, int64_t number)
{
    return known ? db_value_int(number) : db_value_text(NULL);
}

/* From wherever the meeting came, its attendees know it as it is. */
static void attendees_tell(struct meeting *meeting)
{
    for (size_t i = 0; i < meeting->attendees.count; i++) {
        struct attendee *attendee = &meeting->attendees.items[i];
        attendee->told = true;
        attendee->told_sequence = meeting->sequence;
        snprintf(attendee->told_id, sizeof attendee->told_id, "%s",
                 meeting->conference_id ? meeting->conference_id : "");
    }
}

static enum err attendees_write(struct arena *arena, struct store *store,
                                const struct meeting *meeting)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < meeting->attendees.count && !err; i++) {
        const struct attendee *attendee = &meeting->attendees.items[i];
        const char *name = attendee->name ? attendee->name : "";
        bool answered = attendee->partstat != PARTSTAT_NONE;
        err = db_run_later(store->db,
                           "INSERT INTO attendee (meeting_uid, position, email, name, search,"
                           " told_sequence, told_id, partstat, replied, reply_sequence)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                           DB(meeting->uid, (int64_t)i, attendee->email, name,
                              utf8_fold(arena, arena_format(arena, "%s %s", attendee->email, name)),
                              number_or_null(attendee->told, attendee->told_sequence),
                              attendee->told_id[0] ? attendee->told_id : NULL,
                              answered ? partstat_name(attendee->partstat) : NULL,
                              number_or_null(answered, attendee->replied),
                              number_or_null(answered, attendee->reply_sequence)));
    }
    return err;
}

static enum err overrides_write(struct arena *arena, struct store *store,
                                const struct meeting *meeting)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < meeting->overrides.count && !err; i++) {
        const struct meeting_override *o = &meeting->overrides.items[i];
        err = db_run_later(
            store->db,
            "INSERT INTO meeting_override (meeting_uid, recurrence, start_local, duration,"
            " title, location, notes, cancelled, ical, sequence, stamp)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            DB(meeting->uid, local_format_basic(arena, o->recurrence),
               local_format_basic(arena, o->start), o->duration, o->title, o->location, o->notes,
               o->cancelled, o->ical, o->sequence,
               db_instant(o->stamp ? o->stamp : INSTANT_NEVER)));
    }
    return err;
}

static enum err belongings_clear(struct store *store, const char *uid)
{
    enum err err = db_run_later(store->db, "DELETE FROM attendee WHERE meeting_uid = $1", DB(uid));
    if (!err)
        err =
            db_run_later(store->db, "DELETE FROM meeting_override WHERE meeting_uid = $1", DB(uid));
    return err;
}

static const char organizer_sql[] = "SELECT name, email FROM organizer WHERE uid = $1";

/* What is read before a meeting is written. */
static enum err write_ahead(struct store *store, const struct meeting *meeting)
{
    enum err err = db_ahead(store->db, organizer_sql, DB(meeting->organizer_uid));
    if (!err && meeting->zone && meeting->zone_rules)
        err = zone_rules_ahead(store, meeting->zone);
    return err;
}

/* Of the organizer no more is read than what goes into the text. */
static enum err search_compose(struct arena *arena, struct store *store,
                               const struct meeting *meeting, const char **search)
{
    struct db_statement *query;
    bool row = false;
    enum err err = db_query_row(store->db, &query, &row, organizer_sql, DB(meeting->organizer_uid));
    if (!err && row)
        *search =
            meeting_search_text(arena, meeting, db_text(arena, query, 0), db_text(arena, query, 1));
    db_done(query);
    if (!err && !row)
        err = error_set_what(store->error, ERR_NOT_FOUND, "there is none", "organizer %s",
                             meeting->organizer_uid);
    return err;
}

/* What the stored meeting says, before it changes, if an attendee was told that. */
static enum err meeting_was_keep(struct store *store, const struct meeting *meeting)
{
    return db_run(store->db, NULL,
                  "INSERT INTO meeting_was (meeting_uid, sequence, start_at, duration, rrule,"
                  " title, location) SELECT m.uid, m.sequence, m.start_at, m.duration, m.rrule,"
                  " m.title, m.location FROM meeting m WHERE m.uid = $1 AND m.sequence < $2"
                  " AND EXISTS (SELECT 1 FROM attendee a WHERE a.meeting_uid = m.uid"
                  " AND a.told_sequence = m.sequence)"
                  " ON CONFLICT (meeting_uid, sequence) DO NOTHING",
                  DB(meeting->uid, meeting->sequence));
}

/* What the row needs beside the meeting: the text for searches, and its zone's rules. */
static enum err row_prepare(struct arena *arena, struct store *store, const struct meeting *meeting,
                            const char **search)
{
    enum err err = write_ahead(store, meeting);
    if (!err)
        err = search_compose(arena, store, meeting, search);
    if (!err && meeting->zone && meeting->zone_rules)
        err = zone_rules_keep(store, meeting->zone);
    return err;
}

/* What belonged to the meeting in other tables goes; its attendees keep what is known of them. */
static enum err row_replace(struct arena *arena, struct store *store, struct meeting *meeting,
                            const char *search)
{
    enum err err = meeting_was_keep(store, meeting);
    if (!err)
        err = row_update(arena, store, meeting, search);
    if (!err)
        err = attendees_keep(arena, store, meeting);
    return err ? err : belongings_clear(store, meeting->uid);
}

enum err store_meeting_put(struct store *store, struct meeting *meeting)
{
    struct arena *arena = arena_new();
    const char *search = NULL;
    enum err err = row_prepare(arena, store, meeting, &search);
    if (!err)
        err = meeting->version ? row_replace(arena, store, meeting, search)
                               : meeting_row_insert(arena, store, meeting, search);
    if (!err && meeting->attendees_know)
        attendees_tell(meeting);
    if (!err)
        err = attendees_write(arena, store, meeting);
    if (!err)
        err = overrides_write(arena, store, meeting);
    if (!err)
        meeting->version++;
    arena_free(arena);
    return err;
}

enum err store_move_add(struct store *store, const char *meeting_uid, const char *old_id,
                        const char *new_id, int64_t at)
{
    return db_run_later(
        store->db,
        "INSERT INTO id_move (old_id, meeting_uid, new_id, at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (meeting_uid, old_id) DO UPDATE SET new_id = excluded.new_id,"
        " at = excluded.at",
        DB(old_id, meeting_uid, new_id, at));
}

enum err store_move_remove(struct store *store, const char *meeting_uid, const char *old_id)
{
    return db_run_later(store->db, "DELETE FROM id_move WHERE meeting_uid = $1 AND old_id = $2",
                        DB(meeting_uid, old_id));
}

/* --- search texts anew ------------------------------------------------------------------------ */

enum { RENEW_PAGE = 200 };

enum err meeting_search_renew(struct arena *arena, struct store *store,
                              const struct meeting *meeting, const struct organizer *organizer)
{
    const char *search = meeting_search_text(arena, meeting, organizer->name, organizer->email);
    enum err err = search_change(arena, store, meeting->uid, search);
    if (!err)
        err = db_run_later(store->db, "UPDATE meeting SET search = $1 WHERE uid = $2",
                           DB(search, meeting->uid));
    return err;
}

enum err meetings_search_renew(struct store *store, const struct organizer *organizer)
{
    struct arena *arena = arena_new();
    char after[MEETING_UID_MAX + 1] = "";
    size_t count = RENEW_PAGE;
    enum err err = ERR_OK;
    while (!err && count == RENEW_PAGE) {
        struct meetings page = {0};
        arena_reset(arena);
        err = store_meetings_page(arena, store, organizer->uid, after, RENEW_PAGE, &page);
        for (size_t i = 0; i < page.count && !err; i++)
            err = meeting_search_renew(arena, store, &page.items[i], organizer);
        count = page.count;
        if (!err && count)
            strncpy(after, page.items[count - 1].uid, sizeof after - 1);
    }
    arena_free(arena);
    return err;
}
