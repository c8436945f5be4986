/*
 * Issuing conference IDs: drawing dynamic and static ones, and taking those that come from
 * elsewhere. That no two are the same is the primary key's work; that none is a slip away from
 * another is looked at in the same writing transaction, where nobody else can add one in between.
 */
#include "ids_private.h"

#include <string.h>

enum {
    DRAWS_A_LENGTH = 1000, /* then the next length: the room is too full */
    RESTED_AN_ISSUE = 8,   /* ended IDs that leave the live ones, each time one is issued */
    ID_LIST_SIZE = 120     /* an ID of 12 digits and its 119 slips */
};

#define ID_LIST                                                                                    \
    "($3), ($4), ($5), ($6), ($7), ($8), ($9), ($10), ($11), ($12), "                              \
    "($13), ($14), ($15), ($16), ($17), ($18), ($19), ($20), ($21), ($22), "                       \
    "($23), ($24), ($25), ($26), ($27), ($28), ($29), ($30), ($31), ($32), "                       \
    "($33), ($34), ($35), ($36), ($37), ($38), ($39), ($40), ($41), ($42), "                       \
    "($43), ($44), ($45), ($46), ($47), ($48), ($49), ($50), ($51), ($52), "                       \
    "($53), ($54), ($55), ($56), ($57), ($58), ($59), ($60), ($61), ($62), "                       \
    "($63), ($64), ($65), ($66), ($67), ($68), ($69), ($70), ($71), ($72), "                       \
    "($73), ($74), ($75), ($76), ($77), ($78), ($79), ($80), ($81), ($82), "                       \
    "($83), ($84), ($85), ($86), ($87), ($88), ($89), ($90), ($91), ($92), "                       \
    "($93), ($94), ($95), ($96), ($97), ($98), ($99), ($100), ($101), ($102), "                    \
    "($103), ($104), ($105), ($106), ($107), ($108), ($109), ($110), ($111), ($112), "             \
    "($113), ($114), ($115), ($116), ($117), ($118), ($119), ($120), ($121), ($122)"

/*
 * One query for the ID and all its slips: a look at the primary key for each, without sorting them
 * first. What a shorter ID leaves free in the list is null, and meets nothing.
 */
enum err id_crowded(struct store *store, const char *digits, int64_t now, bool *crowded)
{
    char slips[ID_SLIPS_MAX][ID_SIZE];
    size_t count = conference_id_slips(digits, slips);
    struct db_value values[ID_LIST_SIZE + 3] = {db_value_text("live"), db_value_int(now),
                                                db_value_text(digits)};
    for (size_t i = 0; i < ID_LIST_SIZE - 1; i++)
        values[i + 3] = db_value_text(i < count ? slips[i] : NULL);
    struct db_statement *query;
    enum err err = db_query_row(store->db, &query, crowded,
                                "SELECT 1 FROM (VALUES " ID_LIST ") v CROSS JOIN conference_id c"
                                " WHERE c.digits = v.column1 AND (c.state = $1"
                                " OR c.reserved_until IS NULL OR c.reserved_until > $2) LIMIT 1",
                                values);
    db_done(query);
    return err;
}

/*
 * A row is renewed only when it rests no more; the primary key decides whether there is one. `ends`
 * is what is left of the reservation without the organization's quarantine: the end of the meeting.
 */
enum err id_row_add(struct store *store, const struct id_new *new, bool *done)
{
    int64_t rows = 0;
    bool dynamic = new->kind == ID_KIND_DYNAMIC;
    enum err err = db_run(
        store->db, &rows,
        "INSERT INTO conference_id (digits, length, kind, organizer_uid, meeting_uid, state, drawn,"
        " issued, reserved_until, ends) VALUES ($1, $2, $3, $4, $5, 'live', $6, $7, $8,"
        " $8 - (SELECT CAST(quarantine_days AS BIGINT) * 86400 FROM organization))"
        " ON CONFLICT (digits) DO UPDATE SET kind = excluded.kind,"
        " organizer_uid = excluded.organizer_uid, meeting_uid = excluded.meeting_uid,"
        " state = 'live', drawn = excluded.drawn, issued = excluded.issued, retired = NULL,"
        " reserved_until = excluded.reserved_until, ends = excluded.ends, replaced_by = NULL"
        " WHERE conference_id.state <> 'live' AND conference_id.reserved_until <= $7",
        DB(new->digits, (int64_t)strlen(new->digits), id_kind_name(new->kind), new->organizer_uid,
           dynamic ? new->meeting_uid : NULL, new->drawn, new->issued,
           db_instant(dynamic ? new->reserved_until : INSTANT_NEVER)));
    *done = !err && rows == 1;
    return *done ? id_count_add(store, strlen(new->digits), 1) : err;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* Draws until one is free of slips, at one length; `new` is left with the digits where *done. */
static enum err draw_at(struct store *store, struct random random, int length,
                        void (*draw)(struct random, int, char[ID_SIZE]), struct id_new *new,
                        char out[ID_SIZE], int *draws, bool *done)
{
    enum err err = ERR_OK;
    *done = false;
    for (int i = 0; i < DRAWS_A_LENGTH && !err && !*done; i++) {
        bool crowded = true;
        draw(random, length, out);
        ++*draws;
        err = id_crowded(store, out, new->issued, &crowded);
        if (err || crowded)
            continue;
        new->digits = out;
        err = id_row_add(store, new, done);
    }
    return err;
}

static enum err draw_from(struct store *store, struct random random, int length,
                          void (*draw)(struct random, int, char[ID_SIZE]), struct id_new *new,
                          char out[ID_SIZE], int *draws)
{
    bool done = false;
    int count = 0;
    enum err err = ERR_OK;
    for (; length <= ID_MAX_DIGITS && !err && !done; length++)
        err = draw_at(store, random, length, draw, new, out, &count, &done);
    if (draws)
        *draws = count;
    if (!err && !done)
        err = error_set(store->error, ERR_REFUSED, "conference IDs",
                        "no free one was found that is safe against slips");
    return err;
}

enum err store_id_issue(struct store *store, struct random random, int configured,
                        const char *organizer_uid, const char *meeting_uid, int64_t reserved_until,
                        int64_t now, char out[ID_SIZE], int *draws)
{
    int64_t live[ID_SIZE];
    enum err err = store_ids_rest(store, now, RESTED_AN_ISSUE);
    if (!err)
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
                     &new, out, draws);
}

/* Static IDs may be shorter than dynamic ones: as good a draw at any length. */
static void static_draw(struct random random, int length, char out[ID_SIZE])
{
    do {
        out[0] = (char)('1' + random_below(random, 9));
        for (int i = 1; i < length; i++)
            out[i] = (char)('0' + random_below(random, 10));
        out[length] = '\0';
    } while (conference_id_weak(out));
}

/* The rule against guessing holds for them as well. */
static int static_length(int length, const int64_t live[ID_SIZE])
{
    if (length < ID_MIN_DIGITS)
        length = ID_MIN_DIGITS;
    while (length < ID_MAX_DIGITS &&
           conference_id_guess_probability(length, live[length] + 1) > 1.0 / ID_GUESS_LIMIT)
        length++;
    return length;
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
    err = draw_from(store, random, static_length(length, live), static_draw, &new, out, NULL);
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

/* The same owner's: it lives (again). A dynamic one follows its meeting's reservation. */
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
    struct id_record row;
    bool found = false, done = false;
    enum err err = store_id_find(arena, store, digits, &row, &found);
    bool ours = found && row.kind == kind && same(row.organizer_uid, organizer_uid) &&
                (kind == ID_KIND_STATIC || same(row.meeting_uid, meeting_uid));
    if (!err && ours)
        err = take_again(store, &row, reserved_until);
    else if (!err)
        err = id_row_add(store, &new, &done);
    if (!err && !ours && !done)
        err = take_refused(store, &row, organizer_uid);
    arena_free(arena);
    return err;
}
