/*
 * Conference IDs in the store: reading and counting them, drawing new ones and taking those that
 * come from elsewhere, and what becomes of them. Whatever makes an ID live or not changes id_count
 * in the same transaction. That no two are the same is the primary key's work; that none is a slip
 * away from another is looked at in the same writing transaction, in which nobody else can add one
 * in between.
 */
#include "store_private.h"

#include <core/conference_id.h>
#include <store/ids.h>
#include <string.h>

enum {
    DRAWS_A_LENGTH = 1000, /* then the next length: the room is too full */
    /* ended IDs that leave the live ones each time one is issued: mostly one ends for each */
    RESTED_AN_ISSUE = 2,
    ID_LIST_SIZE = 120 /* an ID of 12 digits and its 119 slips; or ID_LENGTHS_MAX */
};

/* ($3) to ($122) */
#define ID_TEN(t)                                                                                  \
    "($" #t "0), ($" #t "1), ($" #t "2), ($" #t "3), ($" #t "4), ($" #t "5), ($" #t "6), "         \
    "($" #t "7), ($" #t "8), ($" #t "9), "
#define ID_LIST                                                                                    \
    "($3), ($4), ($5), ($6), ($7), ($8), ($9), " ID_TEN(1) ID_TEN(2) ID_TEN(3) ID_TEN(4) ID_TEN(5) \
        ID_TEN(6) ID_TEN(7) ID_TEN(8) ID_TEN(9) ID_TEN(10) ID_TEN(11) "($120), ($121), ($122)"

#define ID_COLUMNS                                                                                 \
    "SELECT digits, kind, organizer_uid, meeting_uid, state, issued, retired, reserved_until,"     \
    " replaced_by, drawn, near FROM conference_id "

static enum err row_read(struct arena *arena, const struct store *store,
                         const struct db_statement *query, struct id_record *out)
{
    const char *state = db_string(arena, query, 4);
    *out = (struct id_record){
        .digits = db_string(arena, query, 0),
        .organizer_uid = db_string(arena, query, 2),
        .meeting_uid = db_text(arena, query, 3),
        .live = strcmp(state, "live") == 0,
        .retired = strcmp(state, "retired") == 0,
        .issued = db_int(query, 5),
        .retired_at = db_int_or(query, 6, INSTANT_NEVER),
        .reserved_until = db_int_or(query, 7, INSTANT_NEVER),
        .replaced_by = db_text(arena, query, 8),
        .drawn = db_int(query, 9) != 0,
        .near = db_int(query, 10) != 0,
    };
    if (!id_kind_parse(db_string(arena, query, 1), &out->kind))
        return error_set(store->error, ERR_DAMAGED, store->where,
                         "conference ID %s has an unknown kind", out->digits);
    return ERR_OK;
}

enum err store_id_find(struct arena *arena, struct store *store, const char *digits,
                       struct id_record *out, bool *found)
{
    struct db_statement *query;
    *found = false;
    enum err err =
        db_query_row(store->db, &query, found, ID_COLUMNS "WHERE digits = $1", DB(digits));
    if (!err && *found)
        err = row_read(arena, store, query, out);
    db_done(query);
    return err;
}

enum err store_id_get(struct arena *arena, struct store *store, const char *digits,
                      struct id_record *out)
{
    bool found;
    enum err err = store_id_find(arena, store, digits, out, &found);
    if (err || found)
        return err;
    return error_set_what(store->error, ERR_NOT_FOUND, "it was never issued here",
                          "conference ID '%s'", digits);
}

enum err store_ids_among(struct arena *arena, struct store *store, const struct strings *candidates,
                         struct id_records *out)
{
    static const char sql[] = ID_COLUMNS "WHERE digits = $1 AND state <> 'retired'";
    struct db_statement *query;
    for (size_t i = 0; i < candidates->count; i++) {
        enum err err = db_ahead(store->db, sql, DB(candidates->items[i]));
        if (err)
            return err;
    }
    for (size_t i = 0; i < candidates->count; i++) {
        struct id_record row;
        bool found = false;
        enum err err = db_query_row(store->db, &query, &found, sql, DB(candidates->items[i]));
        if (!err && found)
            err = row_read(arena, store, query, &row);
        db_done(query);
        if (err)
            return err;
        if (found)
            *vector_push(arena, out) = row;
    }
    return ERR_OK;
}

enum err store_ids_beginning(struct arena *arena, struct store *store, const char *digits,
                             int64_t now, size_t limit, struct id_records *out)
{
    struct db_statement *query;
    char last[ID_SIZE] = "999999999999"; /* of those that begin so, none is behind it */
    memcpy(last, digits, strnlen(digits, ID_SIZE - 1));
    enum err err = db_query(store->db, &query,
                            ID_COLUMNS "WHERE digits >= $1 AND digits <= $2 AND state = 'live' AND "
                                       "(ends IS NULL OR ends > $3) ORDER BY digits LIMIT $4",
                            DB(digits, last, now, (int64_t)limit));
    if (err)
        return err;
    while (db_next(query, &err)) {
        struct id_record row;
        err = row_read(arena, store, query, &row);
        if (!err)
            *vector_push(arena, out) = row;
    }
    return err;
}

/* --- counters --------------------------------------------------------------------------------- */

static enum err id_count_add(struct store *store, size_t length, int by)
{
    return db_run_later(store->db, "UPDATE id_count SET live = live + $1 WHERE length = $2",
                        DB(by, (int64_t)length));
}

static const char counts_sql[] = "SELECT length, live FROM id_count";

enum err store_id_live_counts(struct store *store, int64_t live[ID_SIZE])
{
    struct db_statement *query;
    memset(live, 0, ID_SIZE * sizeof *live);
    enum err err = db_query(store->db, &query, counts_sql, DB_NONE);
    while (db_next(query, &err)) {
        int64_t length = db_int(query, 0);
        if (length >= 0 && length < ID_SIZE)
            live[length] = db_int(query, 1);
    }
    return err;
}

enum err store_id_users(struct store *store, const char *digits, int64_t *count)
{
    return db_query_int(
        store->db, count,
        "SELECT COUNT(*) FROM meeting WHERE conference_id = $1 AND status = 'scheduled'",
        DB(digits));
}

/* --- new ones --------------------------------------------------------------------------------- */

/* What a row is written with; all else follows from it. */
struct id_new {
    const char *digits;
    enum id_kind kind;
    const char *organizer_uid, *meeting_uid;
    bool drawn; /* here, not taken from elsewhere */
    int64_t issued, reserved_until;
};

#define HELD_AMONG_LIST                                                                            \
    " FROM (VALUES " ID_LIST ") v CROSS JOIN conference_id c WHERE c.digits = v.column1"           \
    " AND (c.state = $1 OR c.reserved_until IS NULL OR c.reserved_until > $2)"

struct id_list {
    char ids[ID_LIST_SIZE][ID_SIZE];
    size_t count;
};

/*
 * The values of one query for a list of IDs: a look at the primary key for each, without sorting
 * them first. What a shorter list leaves free is null, and meets nothing.
 */
static const struct db_value *list_values(const struct id_list *list, int64_t now,
                                          struct db_value values[ID_LIST_SIZE + 3])
{
    values[0] = db_value_text("live");
    values[1] = db_value_int(now);
    for (size_t i = 0; i < ID_LIST_SIZE; i++)
        values[i + 2] = db_value_text(i < list->count ? list->ids[i] : NULL);
    values[ID_LIST_SIZE + 2] = (struct db_value){.type = DB_END};
    return values;
}

/*
 * Whether the ID or one that callers may enter instead of it is live or in quarantine: its slips,
 * and, if `live` tells how many IDs there are of each length, those with a digit left out or one
 * too many, as who ends such an ID by '#' must not get into another meeting either. Only lengths
 * are looked at of which there are live IDs: mostly none.
 */
static enum err id_crowded(struct store *store, const char *digits, int64_t now,
                           const int64_t *live, bool *crowded)
{
    static const char held[] = "SELECT 1" HELD_AMONG_LIST " LIMIT 1";
    struct db_value values[2][ID_LIST_SIZE + 3];
    struct id_list lists[2];
    size_t n = strlen(digits);
    bool shorter = live && live[n - 1] > 0, longer = live && n < ID_MAX_DIGITS && live[n + 1] > 0;
    lists[0].count = conference_id_slips(digits, lists[0].ids);
    memcpy(lists[0].ids[lists[0].count++], digits, n + 1);
    lists[1].count = conference_id_lengths(digits, shorter, longer, lists[1].ids);
    size_t count = lists[1].count ? 2 : 1;
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && !err; i++)
        err = db_ahead(store->db, held, list_values(&lists[i], now, values[i]));
    int64_t found = 0;
    for (size_t i = 0; i < count && !err && !found; i++)
        err = db_query_int(store->db, &found, held, values[i]);
    *crowded = found;
    return err;
}

#define INSERT_ID                                                                                  \
    "INSERT INTO conference_id (digits, length, kind, organizer_uid, meeting_uid, state, drawn,"   \
    " issued, reserved_until, ends, near) VALUES ($1, $2, $3, $4, $5, 'live', $6, $7, $8,"         \
    " $8 - (SELECT CAST(quarantine_days AS BIGINT) * 86400 FROM organization), 0)"                 \
    " ON CONFLICT (digits) DO UPDATE SET kind = excluded.kind,"                                    \
    " organizer_uid = excluded.organizer_uid, meeting_uid = excluded.meeting_uid,"                 \
    " state = 'live', drawn = excluded.drawn, issued = excluded.issued, retired = NULL,"           \
    " reserved_until = excluded.reserved_until, ends = excluded.ends, near = 0,"                   \
    " replaced_by = NULL"                                                                          \
    " WHERE conference_id.state <> 'live' AND conference_id.reserved_until <= $7"

/*
 * Inserts a row, or renews one that rests no more at `issued`. *done false if the ID is not free;
 * whoever has seen in the same transaction that it is hands NULL, and nothing is waited for. `ends`
 * is what is left of the reservation without the organization's quarantine: the meeting's end.
 */
static enum err id_row_add(struct store *store, const struct id_new *new, bool *done)
{
    int64_t rows = 1;
    bool dynamic = new->kind == ID_KIND_DYNAMIC;
    const struct db_value *values =
        DB(new->digits, (int64_t)strlen(new->digits), id_kind_name(new->kind), new->organizer_uid,
           dynamic ? new->meeting_uid : NULL, new->drawn, new->issued,
           db_instant(dynamic ? new->reserved_until : INSTANT_NEVER));
    enum err err = done ? db_run(store->db, &rows, INSERT_ID, values)
                        : db_run_later(store->db, INSERT_ID, values);
    if (done)
        *done = !err && rows == 1;
    return !err && rows == 1 ? id_count_add(store, strlen(new->digits), 1) : err;
}

/* --- the life of an ID ------------------------------------------------------------------------ */

enum err store_id_retire(struct store *store, const char *digits, int64_t at,
                         int64_t reserved_until, const char *replaced_by)
{
    struct arena *arena = arena_new();
    struct id_record row;
    enum err err = store_id_get(arena, store, digits, &row);
    if (!err)
        err = db_run_later(store->db,
                           "UPDATE conference_id SET state = 'retired', retired = $1,"
                           " reserved_until = $2, replaced_by = $3 WHERE digits = $4",
                           DB(at, db_instant(reserved_until), replaced_by, digits));
    if (!err && row.live)
        err = id_count_add(store, strlen(digits), -1);
    if (!err && row.kind == ID_KIND_STATIC)
        err = db_run_later(
            store->db, "UPDATE organizer SET static_id = NULL WHERE uid = $1 AND static_id = $2",
            DB(row.organizer_uid, digits));
    arena_free(arena);
    return err;
}

/*
 * When the reservation is over but for the quarantine, the meeting is over: that is when the ID
 * ends.
 */
#define ENDS_OF_RESERVED "$1 - (SELECT CAST(quarantine_days AS BIGINT) * 86400 FROM organization)"

enum err store_id_reserve(struct store *store, const char *digits, int64_t reserved_until)
{
    struct arena *arena = arena_new();
    struct id_record row;
    enum err err = store_id_get(arena, store, digits, &row);
    if (!err)
        err = db_run_later(
            store->db,
            "UPDATE conference_id SET state = 'live', retired = NULL, replaced_by = NULL,"
            " reserved_until = $1, ends = " ENDS_OF_RESERVED " WHERE digits = $2",
            DB(db_instant(reserved_until), digits));
    if (!err && !row.live)
        err = id_count_add(store, strlen(digits), 1);
    arena_free(arena);
    return err;
}

enum err store_id_correct(struct store *store, const char *digits, int64_t reserved_until)
{
    return db_run_later(store->db,
                        "UPDATE conference_id SET reserved_until = $1, ends = " ENDS_OF_RESERVED
                        " WHERE digits = $2",
                        DB(db_instant(reserved_until), digits));
}

/*
 * What rests keeps others away from it and its slips; after that, whoever came near has the better
 * right.
 */
enum err store_id_revive(struct store *store, const char *digits, int64_t reserved_until,
                         int64_t now)
{
    struct arena *arena = arena_new();
    struct id_record row;
    bool crowded = false;
    enum err err = store_id_get(arena, store, digits, &row);
    bool rested = !err && !row.live && row.reserved_until <= now;
    if (rested)
        err = id_crowded(store, digits, now, NULL, &crowded);
    if (!err && crowded)
        err = error_set_what(store->error, ERR_REFUSED,
                             "its quarantine is over, and one that is a slip away was issued",
                             "conference ID '%s'", digits);
    arena_free(arena);
    return err ? err : store_id_reserve(store, digits, reserved_until);
}

static const char over_sql[] =
    "SELECT digits FROM conference_id WHERE kind = 'dynamic' AND state = 'live'"
    " AND ends <= $1 ORDER BY ends LIMIT $2";

/* Looked for first and ended one by one: mostly there is none, and then nothing is written. */
enum err store_ids_rest(struct store *store, int64_t now, size_t limit)
{
    struct arena *arena = arena_new();
    struct strings over = {0};
    enum err err = db_query_texts(arena, store->db, &over, over_sql, DB(now, limit_of(limit)));
    for (size_t i = 0; i < over.count && !err; i++) {
        err = db_run_later(store->db, "UPDATE conference_id SET state = 'ended' WHERE digits = $1",
                           DB(over.items[i]));
        if (!err)
            err = id_count_add(store, strlen(over.items[i]), -1);
    }
    arena_free(arena);
    return err;
}

enum err store_id_make_static(struct store *store, const char *digits, int64_t now)
{
    struct arena *arena = arena_new();
    struct id_record row;
    enum err err = store_id_get(arena, store, digits, &row);
    if (!err && row.kind == ID_KIND_DYNAMIC)
        err = db_run_later(
            store->db,
            "UPDATE conference_id SET kind = 'static', meeting_uid = NULL, state = 'live',"
            " retired = NULL, replaced_by = NULL, reserved_until = NULL, ends = NULL"
            " WHERE digits = $1",
            DB(digits));
    if (!err && row.kind == ID_KIND_DYNAMIC && !row.live)
        err = id_count_add(store, strlen(digits), 1);
    if (!err)
        err = db_run_later(
            store->db,
            "UPDATE meeting SET id_kind = 'static', changed = $2, version = version + 1"
            " WHERE conference_id = $1 AND id_kind = 'dynamic'",
            DB(digits, now));
    arena_free(arena);
    return err;
}

enum err store_ids_static(struct arena *arena, struct store *store, const char *organizer_uid,
                          struct strings *out)
{
    return db_query_texts(arena, store->db, out,
                          "SELECT digits FROM conference_id WHERE organizer_uid = $1"
                          " AND kind = 'static' AND state = 'live' ORDER BY digits",
                          DB(organizer_uid));
}

enum err store_id_hand_over(struct store *store, const char *digits, const char *organizer_uid)
{
    enum err err = db_run_later(store->db,
                                "UPDATE organizer SET static_id = NULL WHERE static_id = $1"
                                " AND uid <> $2",
                                DB(digits, organizer_uid));
    if (err)
        return err;
    return db_run_later(store->db, "UPDATE conference_id SET organizer_uid = $2 WHERE digits = $1",
                        DB(digits, organizer_uid));
}

enum err store_organizer_static_id(struct store *store, const char *organizer_uid,
                                   const char *digits)
{
    struct arena *arena = arena_new();
    struct id_record row;
    bool found = true;
    enum err err = digits ? store_id_find(arena, store, digits, &row, &found) : ERR_OK;
    if (!err && digits &&
        (!found || row.kind != ID_KIND_STATIC || row.retired ||
         strcmp(row.organizer_uid, organizer_uid) != 0))
        err = error_set_what(store->error, ERR_REFUSED,
                             "it is not a live static ID of this organizer", "conference ID '%s'",
                             digits);
    if (!err)
        err = db_run_later(store->db, "UPDATE organizer SET static_id = $1 WHERE uid = $2",
                           DB(digits, organizer_uid));
    arena_free(arena);
    return err;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* Draws until an ID is free of slips, at one length; if *done, `new` is left with its digits. */
static enum err draw_at(struct store *store, struct random random, int length,
                        void (*draw)(struct random, int, char[ID_SIZE]), struct id_new *new,
                        const int64_t live[ID_SIZE], char out[ID_SIZE], int *draws, bool *done)
{
    enum err err = ERR_OK;
    *done = false;
    for (int i = 0; i < DRAWS_A_LENGTH && !err && !*done; i++) {
        bool crowded = true;
        draw(random, length, out);
        ++*draws;
        err = id_crowded(store, out, new->issued, live, &crowded);
        if (err || crowded)
            continue;
        new->digits = out;
        err = id_row_add(store, new, NULL);
        *done = !err;
    }
    return err;
}

static enum err draw_from(struct store *store, struct random random, int length,
                          void (*draw)(struct random, int, char[ID_SIZE]), struct id_new *new,
                          const int64_t live[ID_SIZE], char out[ID_SIZE], int *draws)
{
    bool done = false;
    int count = 0;
    enum err err = ERR_OK;
    for (; length <= ID_MAX_DIGITS && !err && !done; length++)
        err = draw_at(store, random, length, draw, new, live, out, &count, &done);
    if (draws)
        *draws = count;
    if (!err && !done)
        err = error_set(store->error, ERR_REFUSED, "conference IDs",
                        "no free one was found that is safe against slips");
    return err;
}

enum err store_id_issue_ahead(struct store *store, int64_t now)
{
    enum err err = db_ahead(store->db, over_sql, DB(now, limit_of(RESTED_AN_ISSUE)));
    return err ? err : db_ahead(store->db, counts_sql, DB_NONE);
}

enum err store_id_issue(struct store *store, struct random random, int configured,
                        const char *organizer_uid, const char *meeting_uid, int64_t reserved_until,
                        int64_t now, char out[ID_SIZE], int *draws)
{
    int64_t live[ID_SIZE];
    enum err err = store_id_issue_ahead(store, now);
    if (err)
        return err;
    err = store_ids_rest(store, now, RESTED_AN_ISSUE);
    if (err)
        return err;
    err = store_id_live_counts(store, live);
    if (err)
        return err;
    struct id_new new = {.kind = ID_KIND_DYNAMIC,
                         .organizer_uid = organizer_uid,
                         .meeting_uid = meeting_uid,
                         .drawn = true,
                         .issued = now,
                         .reserved_until = reserved_until};
    return draw_from(store, random, conference_id_length(configured, live), conference_id_draw,
                     &new, live, out, draws);
}

enum err store_id_issue_static(struct store *store, struct random random, int length,
                               const char *organizer_uid, int64_t now, char out[ID_SIZE])
{
    int64_t live[ID_SIZE];
    enum err err = store_id_live_counts(store, live);
    if (err)
        return err;
    struct id_new new = {.kind = ID_KIND_STATIC,
                         .organizer_uid = organizer_uid,
                         .drawn = true,
                         .issued = now,
                         .reserved_until = INSTANT_NEVER};
    err = draw_from(store, random, conference_id_static_length(length, live),
                    conference_id_static_draw, &new, live, out, NULL);
    return err ? err : store_organizer_static_id(store, organizer_uid, out);
}

/* --- taking ----------------------------------------------------------------------------------- */

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static enum err take_refused(const struct store *store, const struct id_record *record,
                             const char *organizer_uid)
{
    const char *why = "it is another organizer's";
    if (same(record->organizer_uid, organizer_uid))
        why = record->kind == ID_KIND_DYNAMIC ? "it is another meeting's own dynamic ID"
                                              : "it is the organizer's static ID";
    return error_set_what(store->error, ERR_REFUSED, why, "conference ID '%s'", record->digits);
}

/* The same owner's lives (again); a dynamic one follows its meeting's reservation. */
static enum err take_again(struct store *store, const struct id_record *row, int64_t reserved_until)
{
    if (row->kind == ID_KIND_DYNAMIC)
        return store_id_reserve(store, row->digits, reserved_until);
    return row->live ? ERR_OK : store_id_reserve(store, row->digits, INSTANT_NEVER);
}

enum err store_id_take(struct store *store, const char *digits, enum id_kind kind,
                       const char *organizer_uid, const char *meeting_uid, int64_t reserved_until,
                       int64_t now)
{
    if (!conference_id_valid(digits))
        return error_set_what(store->error, ERR_INVALID, "an ID has 4 to 12 digits",
                              "conference ID '%s'", digits);
    struct arena *arena = arena_new();
    struct id_new new = {.digits = digits,
                         .kind = kind,
                         .organizer_uid = organizer_uid,
                         .meeting_uid = meeting_uid,
                         .issued = now,
                         .reserved_until = reserved_until};
    struct id_record row = {.digits = digits};
    bool found = false, done = true;
    enum err err = store_id_find(arena, store, digits, &row, &found);
    bool ours = found && row.kind == kind && same(row.organizer_uid, organizer_uid) &&
                (kind == ID_KIND_STATIC || same(row.meeting_uid, meeting_uid));
    if (!err && ours)
        err = take_again(store, &row, reserved_until);
    else if (!err)
        err = id_row_add(store, &new, found ? &done : NULL);
    if (!err && !done)
        err = take_refused(store, &row, organizer_uid);
    arena_free(arena);
    return err;
}

/* Their marks, so that a lookup of either need not look for what is mostly not there. */
static enum err near_mark(struct store *store, const char *digits, const struct strings *near)
{
    static const char mark[] = "UPDATE conference_id SET near = 1 WHERE digits = $1 AND near = 0";
    enum err err = near->count ? db_run(store->db, NULL, mark, DB(digits)) : ERR_OK;
    for (size_t i = 0; i < near->count && !err; i++)
        err = db_run(store->db, NULL, mark, DB(near->items[i]));
    return err;
}

enum err store_id_near(struct arena *arena, struct store *store, const char *digits, int64_t now,
                       struct strings *near)
{
    struct id_list list;
    struct db_value values[ID_LIST_SIZE + 3];
    list.count = conference_id_slips(digits, list.ids);
    enum err err = db_query_texts(arena, store->db, near, "SELECT c.digits" HELD_AMONG_LIST,
                                  list_values(&list, now, values));
    return err ? err : near_mark(store, digits, near);
}
