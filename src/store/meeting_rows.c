/*
 * Meetings from rows: one list of columns for every query, and what belongs to a meeting in other
 * tables.
 */
#include "store_private.h"

#include <stdlib.h>
#include <string.h>

static bool status_parse(const char *name, enum meeting_status *status)
{
    *status = strcmp(name, "cancelled") == 0 ? MEETING_CANCELLED : MEETING_SCHEDULED;
    return strcmp(name, meeting_status_name(*status)) == 0;
}

/* Basic local times with single spaces between. */
static bool times_parse(struct arena *arena, const char *text, struct local_times *out)
{
    while (*text) {
        size_t n = strcspn(text, " ");
        if (!local_parse_basic(arena_copy_n(arena, text, n), vector_push(arena, out)))
            return false;
        text += n + (text[n] == ' ');
    }
    return true;
}

static enum err row_damaged(const struct store *store, const char *uid, const char *column)
{
    return error_set(store->error, ERR_DAMAGED, store->where, "meeting %s: its %s can't be read",
                     uid, column);
}

/* The columns of MEETING_COLUMNS, in their order. */
static enum err row_read(struct arena *arena, const struct store *store,
                         const struct db_statement *row, struct meeting *m)
{
    *m = (struct meeting){
        .uid = db_text(arena, row, 0),
        .organizer_uid = db_text(arena, row, 1),
        .organizer = db_text(arena, row, 2),
        .title = db_text(arena, row, 3),
        .location = db_text(arena, row, 4),
        .tz = db_text(arena, row, 6),
        .duration = db_int(row, 7),
        .all_day = db_int(row, 8) != 0,
        .rrule = db_text(arena, row, 9),
        .start = db_int(row, 12),
        .end = db_int(row, 13),
        .span_start = db_int(row, 14),
        .span_end = db_int_or(row, 15, INSTANT_NEVER),
        .conference_id = db_text(arena, row, 17),
        .sequence = db_int(row, 19),
        .lang = db_text(arena, row, 20),
        .created = db_int(row, 21),
        .changed = db_int(row, 22),
        .version = db_int(row, 23),
        .notes = db_text(arena, row, 24),
        .ical = db_text(arena, row, 25),
        .stamp = db_int_or(row, 26, 0),
        .zone_rules = db_int(row, 27),
    };
    if (!local_parse_basic(db_text(arena, row, 5), &m->start_local))
        return row_damaged(store, m->uid, "local start");
    if (!times_parse(arena, db_text(arena, row, 10), &m->rdates))
        return row_damaged(store, m->uid, "list of added dates");
    if (!times_parse(arena, db_text(arena, row, 11), &m->exdates))
        return row_damaged(store, m->uid, "list of excluded dates");
    if (!status_parse(db_text(arena, row, 16), &m->status))
        return row_damaged(store, m->uid, "status");
    if (!id_kind_parse(db_text(arena, row, 18), &m->id_kind))
        return row_damaged(store, m->uid, "kind of ID");
    return ERR_OK;
}

static enum err attendees_read(struct arena *arena, struct store *store, struct meeting *meeting)
{
    struct db_statement *query;
    bool row = true;
    enum err err = db_query(
        store->db, "SELECT email, name FROM attendee WHERE meeting_uid = $1 ORDER BY position",
        &query);
    if (err)
        return err;
    db_bind(query, "t", meeting->uid);
    while (!(err = db_step(query, &row)) && row)
        *vector_push(arena, &meeting->attendees) =
            (struct attendee){db_text(arena, query, 0), db_text(arena, query, 1)};
    return err;
}

static enum err overrides_read(struct arena *arena, struct store *store, struct meeting *meeting)
{
    struct db_statement *query;
    bool row = true;
    enum err err =
        db_query(store->db,
                 "SELECT recurrence, start_local, duration, title, location, notes,"
                 " cancelled, ical, sequence, stamp FROM meeting_override WHERE meeting_uid = $1"
                 " ORDER BY recurrence",
                 &query);
    if (err)
        return err;
    db_bind(query, "t", meeting->uid);
    while (!(err = db_step(query, &row)) && row) {
        struct meeting_override *o = vector_push(arena, &meeting->overrides);
        o->duration = db_int(query, 2);
        o->title = db_text(arena, query, 3);
        o->location = db_text(arena, query, 4);
        o->notes = db_text(arena, query, 5);
        o->cancelled = db_int(query, 6) != 0;
        o->ical = db_text(arena, query, 7);
        o->sequence = db_int(query, 8);
        o->stamp = db_int_or(query, 9, 0);
        if (!local_parse_basic(db_text(arena, query, 0), &o->recurrence) ||
            !local_parse_basic(db_text(arena, query, 1), &o->start)) {
            err = row_damaged(store, meeting->uid, "changed occurrence");
            break;
        }
    }
    db_done(query);
    return err;
}

enum err meeting_rows_read(struct arena *arena, struct store *store, struct db_statement *statement,
                           struct meetings *out)
{
    bool row = true;
    size_t first = out->count;
    enum err err;
    while (!(err = db_step(statement, &row)) && row) {
        err = row_read(arena, store, statement, vector_push(arena, out));
        if (err)
            break;
    }
    db_done(statement);
    for (size_t i = first; !err && i < out->count; i++) {
        struct meeting *meeting = &out->items[i];
        err = attendees_read(arena, store, meeting);
        if (!err && (meeting->rrule || meeting->rdates.count))
            err = overrides_read(arena, store, meeting);
    }
    return err;
}
