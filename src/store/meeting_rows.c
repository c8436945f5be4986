/*
 * Meetings from rows and into rows: one list of columns (store_private.h) for every query, and what
 * belongs to a meeting in other tables.
 */
#include "store_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <store/meetings.h>
#include <store/outbox.h>
#include <string.h>

enum { SPAN_CLASS_LAST = 24, SPAN_CLASS_OPEN = 99 };

/*
 * --- the ways in which a column is kept: each is read and written by two functions --------------
 */

static bool text_read(struct arena *arena, const struct db_statement *row, int column,
                      const char **out)
{
    *out = db_text(arena, row, column);
    return true;
}

static struct db_value text_value(struct arena *arena, const char *text)
{
    (void)arena;
    return db_value_text(text);
}

static bool string_read(struct arena *arena, const struct db_statement *row, int column,
                        const char **out)
{
    *out = db_string(arena, row, column);
    return true;
}

static struct db_value string_value(struct arena *arena, const char *text)
{
    return text_value(arena, text);
}

/*
 * What most rows of a list have in common: the row before has been told to *out, and is borrowed
 * from if it says the same.
 */
static bool shared_read(struct arena *arena, const struct db_statement *row, int column,
                        const char **out)
{
    *out = db_text_or(arena, row, column, *out);
    return true;
}

static struct db_value shared_value(struct arena *arena, const char *text)
{
    return text_value(arena, text);
}

static bool shared_string_read(struct arena *arena, const struct db_statement *row, int column,
                               const char **out)
{
    shared_read(arena, row, column, out);
    if (!*out)
        *out = "";
    return true;
}

static struct db_value shared_string_value(struct arena *arena, const char *text)
{
    return text_value(arena, text);
}

static bool number_read(struct arena *arena, const struct db_statement *row, int column,
                        int64_t *out)
{
    (void)arena;
    *out = db_int(row, column);
    return true;
}

static struct db_value number_value(struct arena *arena, int64_t number)
{
    (void)arena;
    return db_value_int(number);
}

/* -1 for what no meeting can last: nothing is added to it that is too large then. */
static int64_t duration_in(int64_t seconds)
{
    return seconds >= 0 && seconds <= MEETING_DURATION_MAX ? seconds : -1;
}

static bool duration_read(struct arena *arena, const struct db_statement *row, int column,
                          int64_t *out)
{
    (void)arena;
    *out = duration_in(db_int(row, column));
    return true;
}

static struct db_value duration_value(struct arena *arena, int64_t seconds)
{
    return number_value(arena, seconds);
}

static bool clock_days_read(struct arena *arena, const struct db_statement *row, int column,
                            int64_t *out)
{
    (void)arena;
    *out = db_int(row, column);
    if (*out < 0 || *out > MEETING_DURATION_MAX / DAY)
        *out = 0;
    return true;
}

static struct db_value clock_days_value(struct arena *arena, int64_t days)
{
    return number_value(arena, days);
}

static bool flag_read(struct arena *arena, const struct db_statement *row, int column, bool *out)
{
    (void)arena;
    *out = db_int(row, column) != 0;
    return true;
}

static struct db_value flag_value(struct arena *arena, bool flag)
{
    (void)arena;
    return db_value_int(flag);
}

static bool instant_read(struct arena *arena, const struct db_statement *row, int column,
                         int64_t *out)
{
    (void)arena;
    *out = db_int_or(row, column, INSTANT_NEVER);
    return true;
}

static struct db_value instant_value(struct arena *arena, int64_t instant)
{
    (void)arena;
    return db_instant(instant);
}

/* A revision's DTSTAMP: 0, which is not known, is null. */
static bool stamp_read(struct arena *arena, const struct db_statement *row, int column,
                       int64_t *out)
{
    (void)arena;
    *out = db_int_or(row, column, 0);
    return true;
}

static struct db_value stamp_value(struct arena *arena, int64_t stamp)
{
    (void)arena;
    return db_instant(stamp ? stamp : INSTANT_NEVER);
}

static bool local_read(struct arena *arena, const struct db_statement *row, int column,
                       struct local_time *out)
{
    return local_parse_basic(db_string(arena, row, column), out);
}

static struct db_value local_value(struct arena *arena, struct local_time local)
{
    return db_value_text(local_format_basic(arena, local));
}

/* Basic local times with single spaces between. */
static bool times_read(struct arena *arena, const struct db_statement *row, int column,
                       struct local_times *out)
{
    const char *text = db_string(arena, row, column);
    while (*text) {
        size_t n = strcspn(text, " ");
        if (!local_parse_basic(arena_copy_n(arena, text, n), vector_push(arena, out)))
            return false;
        text += n + (text[n] == ' ');
    }
    return true;
}

static struct db_value times_value(struct arena *arena, struct local_times times)
{
    struct text text = text_start(arena);
    for (size_t i = 0; i < times.count; i++)
        text_addf(&text, "%s%s", i ? " " : "", local_format_basic(arena, times.items[i]));
    return db_value_text(text.bytes);
}

static bool status_read(struct arena *arena, const struct db_statement *row, int column,
                        enum meeting_status *out)
{
    const char *name = db_text_or(arena, row, column, "scheduled");
    if (!name)
        return false;
    *out = strcmp(name, "cancelled") == 0 ? MEETING_CANCELLED : MEETING_SCHEDULED;
    return strcmp(name, meeting_status_name(*out)) == 0;
}

static struct db_value status_value(struct arena *arena, enum meeting_status status)
{
    (void)arena;
    return db_value_text(meeting_status_name(status));
}

static bool id_kind_read(struct arena *arena, const struct db_statement *row, int column,
                         enum id_kind *out)
{
    const char *name = db_text_or(arena, row, column, "static");
    return name && id_kind_parse(name, out);
}

/* That a dial-in is foreign is seen by its own columns. */
static struct db_value id_kind_value(struct arena *arena, enum id_kind kind)
{
    (void)arena;
    return db_value_text(id_kind_name(kind == ID_KIND_FOREIGN ? ID_KIND_NONE : kind));
}

/*
 * --- a meeting's own row ------------------------------------------------------------------------
 */

#define COLUMN_NUMBER(n, column, kind, member) COLUMN_##column,
enum { COLUMN_uid, MEETING_ROW(COLUMN_NUMBER) COLUMN_version, COLUMN_organizer };

#define COLUMN_IN_ORDER(n, column, kind, member)                                                   \
    _Static_assert(COLUMN_##column == (n), "columns are numbered in their order");
MEETING_ROW(COLUMN_IN_ORDER)
_Static_assert(COLUMN_version == 32, "$32 to $35 follow the list in ROW_VALUES and its statements");

static enum err row_damaged(const struct store *store, const char *uid, const char *words)
{
    return error_set(store->error, ERR_DAMAGED, store->where, "meeting %s: its %s can't be read",
                     uid, words);
}

/* How people are told of the columns that can be damaged. */
static const char *const column_words[COLUMN_organizer] = {
    [COLUMN_start_local] = "local start",
    [COLUMN_rdates] = "list of added dates",
    [COLUMN_exdates] = "list of excluded dates",
    [COLUMN_status] = "status",
    [COLUMN_id_kind] = "kind of ID",
};

#define COLUMN_READ(n, column, kind, member)                                                       \
    if (!kind##_read(arena, row, n, &m->member))                                                   \
        return row_damaged(store, m->uid, column_words[n] ? column_words[n] : #column);

/* The columns of MEETING_COLUMNS, in their order. `before`: of the row before, or zeros. */
static enum err row_read(struct arena *arena, const struct store *store,
                         const struct db_statement *row, const struct meeting *before,
                         struct meeting *m)
{
    *m = (struct meeting){
        .uid = db_string(arena, row, COLUMN_uid),
        .organizer_uid = before->organizer_uid,
        .tz = before->tz,
        .conference_id = before->conference_id,
        .organizer = db_text_or(arena, row, COLUMN_organizer, before->organizer),
        .organizer_aliases =
            db_text_or(arena, row, COLUMN_organizer + 1, before->organizer_aliases),
        .version = db_int(row, COLUMN_version),
    };
    MEETING_ROW(COLUMN_READ)
    if (m->id_kind == ID_KIND_NONE && (m->foreign_number || m->foreign_id))
        m->id_kind = ID_KIND_FOREIGN;
    return ERR_OK;
}

/* The smallest k with span <= a day times 2^k (data/schema tells what it is for). */
static int64_t span_class(const struct meeting *meeting)
{
    if (meeting->span_end == INSTANT_NEVER)
        return SPAN_CLASS_OPEN;
    int64_t span = meeting->span_end - meeting->span_start;
    int class = 0;
    for (int64_t reach = DAY; span > reach && class < SPAN_CLASS_LAST; reach *= 2)
        class ++;
    return class;
}

#define COLUMN_VALUE(n, column, kind, member) kind##_value(arena, meeting->member),
#define ROW_VALUES(last)                                                                           \
    ((const struct db_value[]){MEETING_ROW(COLUMN_VALUE) db_value_int(span_class(meeting)),        \
                               db_value_text(search),                                              \
                               db_value_text(meeting->uid),                                        \
                               db_value_int(last),                                                 \
                               {.type = DB_END}})
#define COLUMN_NAME(n, column, kind, member) #column ", "
#define COLUMN_PLACE(n, column, kind, member) "$" #n ", "
#define COLUMN_SET(n, column, kind, member) #column " = $" #n ", "
#define INSERTED_COLUMNS MEETING_ROW(COLUMN_NAME) "span_class, search, uid, version, seq"
#define INSERTED_VALUES                                                                            \
    MEETING_ROW(COLUMN_PLACE)                                                                      \
    "$32, $33, $34, 1, $35"

enum err meeting_row_insert(struct arena *arena, struct store *store, const struct meeting *meeting,
                            const char *search)
{
    int64_t key;
    enum err err = meeting_key_next(store, &key);
    if (err)
        return err;
    err = db_run_later(store->db,
                       "INSERT INTO meeting (" INSERTED_COLUMNS ") VALUES (" INSERTED_VALUES ")",
                       ROW_VALUES(key));
    return err ? err : db_search_put(store->db, 0, NULL, search);
}

enum err meeting_row_update(struct arena *arena, struct store *store, const struct meeting *meeting,
                            const char *search, bool *done)
{
    int64_t rows = 0;
    enum err err = db_run(
        store->db, &rows,
        "UPDATE meeting SET " MEETING_ROW(
            COLUMN_SET) "span_class = $32,"
                        " search = $33, version = version + 1 WHERE uid = $34 AND version = $35",
        ROW_VALUES(meeting->version));
    *done = rows == 1;
    return err;
}

/* --- what belongs to it ----------------------------------------------------------------------- */

/* What the store alone knows of an attendee: the columns from told_sequence on. */
static void attendee_state_read(struct arena *arena, const struct db_statement *query,
                                struct attendee *attendee)
{
    const char *id = db_text(arena, query, 3), *partstat = db_text(arena, query, 4);
    attendee->told_sequence = db_int_or(query, 2, -1);
    attendee->told = attendee->told_sequence >= 0;
    snprintf(attendee->told_id, sizeof attendee->told_id, "%s", id ? id : "");
    if (partstat)
        partstat_parse(partstat, &attendee->partstat);
    attendee->replied = db_int_or(query, 5, 0);
    attendee->reply_sequence = db_int_or(query, 6, 0);
}

static const char attendees_sql[] =
    "SELECT email, name, told_sequence, told_id, partstat, replied, reply_sequence"
    " FROM attendee WHERE meeting_uid = $1 ORDER BY position";

static enum err attendees_read(struct arena *arena, struct store *store, struct meeting *meeting)
{
    struct arena *scratch = arena_new();
    struct attendees list = {0};
    struct db_statement *query;
    enum err err = db_query(store->db, &query, attendees_sql, DB(meeting->uid));
    while (db_next(query, &err)) {
        struct attendee *attendee = vector_push(scratch, &list);
        attendee->email = db_string(arena, query, 0);
        attendee->name = db_string(arena, query, 1);
        attendee_state_read(arena, query, attendee);
    }
    /* without spare room, which would take more of a long list of meetings than all else */
    vector_copy(arena, &meeting->attendees, &list);
    arena_free(scratch);
    return err;
}

/* What is kept of who was left out goes; *left is what is known of those who come back. */
static enum err left_out_take(struct arena *arena, struct store *store, struct meeting *meeting,
                              struct attendees *left)
{
    enum err err = store_left_out(arena, store, meeting->uid, left);
    if (err || !left->count)
        return err;
    return db_run_later(store->db, "DELETE FROM left_out WHERE meeting_uid = $1", DB(meeting->uid));
}

/* Those of the list who were told, and are not among the meeting's attendees. */
static enum err left_out_keep(struct store *store, const struct meeting *meeting,
                              const struct attendees *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct attendee *one = &list->items[i];
        if (!one->told || attendee_find(&meeting->attendees, one->email))
            continue;
        enum err err = left_out_add(store, meeting->uid, one->email, one->told_sequence,
                                    one->told_id[0] ? one->told_id : NULL);
        if (err)
            return err;
    }
    return ERR_OK;
}

enum err attendees_keep(struct arena *arena, struct store *store, struct meeting *meeting)
{
    struct meeting stored = {.uid = meeting->uid};
    struct attendees left = {0};
    enum err err = attendees_read(arena, store, &stored);
    if (err)
        return err;
    err = left_out_take(arena, store, meeting, &left);
    if (err)
        return err;
    for (size_t i = 0; i < meeting->attendees.count; i++) {
        struct attendee *attendee = &meeting->attendees.items[i];
        const struct attendee *known = attendee_find(&stored.attendees, attendee->email);
        known = known ? known : attendee_find(&left, attendee->email);
        struct attendee kept = known ? *known : (struct attendee){0};
        kept.email = attendee->email;
        kept.name = attendee->name;
        *attendee = kept;
    }
    if (meeting->attendees_know)
        return ERR_OK;
    err = left_out_keep(store, meeting, &left);
    return err ? err : left_out_keep(store, meeting, &stored.attendees);
}

static const char overrides_sql[] =
    "SELECT recurrence, start_local, duration, title, location, notes,"
    " cancelled, ical, sequence, stamp FROM meeting_override WHERE meeting_uid = $1"
    " ORDER BY recurrence";

static enum err overrides_read(struct arena *arena, struct store *store, struct meeting *meeting)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query, overrides_sql, DB(meeting->uid));
    while (db_next(query, &err)) {
        struct meeting_override *o = vector_push(arena, &meeting->overrides);
        o->duration = duration_in(db_int(query, 2));
        o->title = db_text(arena, query, 3);
        o->location = db_text(arena, query, 4);
        o->notes = db_text(arena, query, 5);
        o->cancelled = db_int(query, 6) != 0;
        o->ical = db_text(arena, query, 7);
        o->sequence = db_int(query, 8);
        o->stamp = db_int_or(query, 9, 0);
        if (!local_parse_basic(db_string(arena, query, 0), &o->recurrence) ||
            !local_parse_basic(db_string(arena, query, 1), &o->start))
            err = row_damaged(store, meeting->uid, "changed occurrence");
    }
    return err;
}

/* The query's rows, without what belongs to them in other tables. */
static enum err rows_gather(struct arena *arena, struct store *store, struct meetings *out,
                            const char *sql, const struct db_value *values)
{
    struct meeting before = {0};
    struct db_statement *statement;
    enum err err = db_query(store->db, &statement, sql, values);
    while (db_next(statement, &err)) {
        struct meeting *meeting = vector_push(arena, out);
        err = row_read(arena, store, statement, &before, meeting);
        before = *meeting;
    }
    return err;
}

static bool has_overrides(const struct meeting *meeting)
{
    return meeting->rrule || meeting->rdates.count;
}

/* What belongs to a meeting in other tables. */
static enum err belongings_read(struct arena *arena, struct store *store, bool attendees,
                                struct meeting *meeting)
{
    enum err err = attendees ? attendees_read(arena, store, meeting) : ERR_OK;
    return err || !has_overrides(meeting) ? err : overrides_read(arena, store, meeting);
}

/* Asks for what belongs to these meetings. */
static enum err belongings_ahead(struct store *store, bool attendees,
                                 const struct meeting *meetings, size_t count)
{
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < count; i++) {
        if (attendees)
            err = db_ahead(store->db, attendees_sql, DB(meetings[i].uid));
        if (!err && has_overrides(&meetings[i]))
            err = db_ahead(store->db, overrides_sql, DB(meetings[i].uid));
    }
    return err;
}

enum err meeting_row_read(struct arena *arena, struct store *store, struct db_statement *statement,
                          bool attendees, struct meeting *out, bool *found)
{
    enum err err = db_step(statement, found);
    if (!err && *found)
        err = row_read(arena, store, statement, &(struct meeting){0}, out);
    db_done(statement);
    return err || !*found ? err : belongings_read(arena, store, attendees, out);
}

/* Reads what belongs to the meetings of the list from number `first` on. */
static enum err belongings_gather(struct arena *arena, struct store *store, bool attendees,
                                  struct meetings *list, size_t first)
{
    enum err err = ERR_OK;
    for (size_t i = first; !err && i < list->count; i++) {
        size_t left = list->count - i;
        if ((i - first) % AHEAD == 0)
            err = belongings_ahead(store, attendees, &list->items[i], left < AHEAD ? left : AHEAD);
        if (!err)
            err = belongings_read(arena, store, attendees, &list->items[i]);
    }
    return err;
}

enum err meetings_query(struct arena *arena, struct store *store, bool attendees,
                        struct meetings *out, const char *sql, const struct db_value *values)
{
    size_t first = out->count;
    enum err err = rows_gather(arena, store, out, sql, values);
    return err ? err : belongings_gather(arena, store, attendees, out, first);
}

enum err store_meetings_keyed(struct arena *arena, struct store *store, const int64_t *keys,
                              size_t count, struct meetings *out)
{
    static const char sql[] = "SELECT" MEETING_COLUMNS MEETING_TABLES "m.seq = $1";
    size_t first = out->count;
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < count; i++) {
        for (size_t k = i; !err && i % AHEAD == 0 && k < count && k < i + AHEAD; k++)
            err = db_ahead(store->db, sql, DB(keys[k]));
        if (!err)
            err = rows_gather(arena, store, out, sql, DB(keys[i]));
    }
    return err ? err : belongings_gather(arena, store, true, out, first);
}

enum err meetings_ahead(struct store *store, const char *sql, const char *const *uids, size_t count,
                        bool *there)
{
    static const char there_sql[] = "SELECT 1 FROM meeting WHERE uid = $1";
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && !err; i++)
        err = db_ahead(store->db, there_sql, DB(uids[i]));
    for (size_t i = 0; i < count && !err; i++) {
        int64_t one;
        err = db_query_int(store->db, &one, there_sql, DB(uids[i]));
        there[i] = one;
    }
    for (size_t i = 0; i < count && !err; i++) {
        if (there[i])
            err = db_ahead(store->db, sql, DB(uids[i]));
        if (there[i] && !err)
            err = db_ahead(store->db, attendees_sql, DB(uids[i]));
        if (there[i] && !err) /* it may be a series */
            err = db_ahead(store->db, overrides_sql, DB(uids[i]));
    }
    return err;
}
