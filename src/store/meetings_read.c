/*
 * Meetings out of the store, but for searches. Every query here goes through an index and reads
 * about what it returns; a test holds them to it.
 */
#include "store_private.h"

#include <store/meetings.h>
#include <string.h>

static const char find_sql[] = "SELECT" MEETING_COLUMNS MEETING_TABLES "m.uid = $1";

static enum err find(struct arena *arena, struct store *store, const char *uid, bool attendees,
                     struct meeting *out, bool *found)
{
    struct db_statement *query;
    *found = false;
    enum err err = db_query(store->db, &query, find_sql, DB(uid));
    return err ? err : meeting_row_read(arena, store, query, attendees, out, found);
}

enum err store_meeting_find(struct arena *arena, struct store *store, const char *uid,
                            struct meeting *out, bool *found)
{
    return find(arena, store, uid, true, out, found);
}

enum err store_meetings_ahead(struct store *store, const char *const *uids, size_t count,
                              bool *there)
{
    return meetings_ahead(store, find_sql, uids, count, there);
}

static enum err get(struct arena *arena, struct store *store, const char *uid, bool attendees,
                    struct meeting *out)
{
    bool found;
    enum err err = find(arena, store, uid, attendees, out, &found);
    if (err || found)
        return err;
    return error_set_what(store->error, ERR_NOT_FOUND, "there is none", "meeting '%s'", uid);
}

enum err store_meeting_get(struct arena *arena, struct store *store, const char *uid,
                           struct meeting *out)
{
    return get(arena, store, uid, true, out);
}

enum err store_meeting_get_alone(struct arena *arena, struct store *store, const char *uid,
                                 struct meeting *out)
{
    return get(arena, store, uid, false, out);
}

/*
 * "zzz" sorts behind every character of a UID that we make; what a peer made is looked at by
 * substr.
 */
enum err store_meetings_by_prefix(struct arena *arena, struct store *store, const char *prefix,
                                  size_t limit, struct meetings *out)
{
    /* U+10FFFF stands behind everything that can follow the prefix */
    return meetings_query(
        arena, store, true, out,
        "SELECT" MEETING_COLUMNS MEETING_TABLES
        "m.uid >= $1 AND m.uid <= $2 AND substr(m.uid, 1, length($1)) = $1"
        " ORDER BY m.uid LIMIT $3",
        DB(prefix, arena_format(arena, "%s\xf4\x8f\xbf\xbf", prefix), limit_of(limit)));
}

/* The UIDs before and behind it in the order of bytes share the most with it. */
enum err store_uid_least(struct arena *arena, struct store *store, const char *uid, size_t *bytes)
{
    struct db_statement *query = NULL;
    size_t common = 0, length = strlen(uid);
    enum err err =
        db_query(store->db, &query,
                 "SELECT (SELECT uid FROM meeting WHERE uid < $1 ORDER BY uid DESC LIMIT 1)"
                 " UNION ALL"
                 " SELECT (SELECT uid FROM meeting WHERE uid > $1 ORDER BY uid LIMIT 1)",
                 DB(uid));
    while (db_next(query, &err)) {
        const char *other = db_text(arena, query, 0);
        size_t same = 0;
        while (other && other[same] && other[same] == uid[same])
            same++;
        common = same > common ? same : common;
    }
    *bytes = common < length ? common + 1 : length;
    while (*bytes < length && ((unsigned char)uid[*bytes] & 0xc0) == 0x80)
        ++*bytes;
    return err;
}

/*
 * A span of class k lasts at most a day times 2^k, so what reaches into [from, to) starts less than
 * that before `from`; an open one (class 99) may have started at any time. reach has one row a
 * class.
 */
#define SPAN_REACH                                                                                 \
    "WITH RECURSIVE reach (class, seconds) AS ("                                                   \
    " SELECT 0, CAST(86400 AS BIGINT) UNION ALL"                                                   \
    " SELECT class + 1, seconds * 2 FROM reach WHERE class < 24) "
#define SPAN_CLASSES                                                                               \
    "(SELECT class, $1 - seconds AS earliest FROM reach"                                           \
    " UNION ALL SELECT 99, -62135596800000)"
#define SPAN_TOUCHES                                                                               \
    " m.span_class = r.class AND m.span_start >= r.earliest AND m.span_start < $2"                 \
    " AND (m.span_end IS NULL OR m.span_end > $1"                                                  \
    " OR (m.span_end = m.span_start AND m.span_start >= $1))"
#define SPAN_ORDER " ORDER BY m.span_start, m.uid"

enum err store_meetings_between(struct arena *arena, struct store *store, const char *organizer_uid,
                                int64_t from, int64_t to, bool cancelled_too, struct meetings *out)
{
    const char *cancelled = cancelled_too ? "cancelled" : "scheduled";
    if (organizer_uid)
        return meetings_query(arena, store, true, out,
                              SPAN_REACH "SELECT" MEETING_COLUMNS "FROM " SPAN_CLASSES
                                         " r CROSS JOIN meeting m CROSS JOIN organizer o"
                                         " WHERE o.uid = m.organizer_uid AND m.organizer_uid = $4"
                                         " AND" SPAN_TOUCHES
                                         " AND m.status IN ('scheduled', $3)" SPAN_ORDER,
                              DB(from, to, cancelled, organizer_uid));
    return meetings_query(arena, store, true, out,
                          SPAN_REACH "SELECT" MEETING_COLUMNS "FROM " SPAN_CLASSES
                                     " r CROSS JOIN meeting m CROSS JOIN organizer o"
                                     " WHERE o.uid = m.organizer_uid AND" SPAN_TOUCHES
                                     " AND m.status IN ('scheduled', $3)" SPAN_ORDER,
                          DB(from, to, cancelled));
}

#define SINGLE "m.rrule IS NULL AND m.rdates = '' AND m.exdates = ''"
#define HELD(word, bit)                                                                            \
    "CASE WHEN replace(m.search, $" #word ", '') <> m.search THEN " #bit " ELSE 0 END"
#define NEAR                                                                                       \
    SPAN_REACH "SELECT m.seq, m.start_at, m.tz, m.all_day, CASE WHEN " SINGLE                      \
               " THEN 1 ELSE 0 END, " HELD(4, 1) " + " HELD(5, 2) " + " HELD(6, 4) " + " HELD(     \
                   7, 8) " FROM " SPAN_CLASSES " r CROSS JOIN meeting m CROSS JOIN organizer o"    \
                         " WHERE o.uid = m.organizer_uid AND"
#define NEAR_VALUES(from, to, at) DB(from, to, at, words[0], words[1], words[2], words[3])

static enum err near_read(struct arena *arena, struct store *store, const char *sql,
                          const struct db_value *values, struct near_meetings *out)
{
    struct db_statement *query;
    const char *tz = NULL; /* most have that of the one before */
    enum err err = db_query(store->db, &query, sql, values);
    while (db_next(query, &err)) {
        tz = db_text_or(arena, query, 2, tz);
        *vector_push(arena, out) = (struct near_meeting){.key = db_int(query, 0),
                                                         .start = db_int(query, 1),
                                                         .tz = tz,
                                                         .all_day = db_int(query, 3) != 0,
                                                         .single = db_int(query, 4) != 0,
                                                         .held = (int)db_int(query, 5)};
    }
    return err;
}

enum err store_meetings_begun(struct arena *arena, struct store *store, int64_t at,
                              const char *const *words, struct near_meetings *out)
{
    return near_read(arena, store,
                     NEAR SPAN_TOUCHES " AND m.status = 'scheduled'"
                                       " ORDER BY CASE WHEN " SINGLE
                                       " THEN $3 - m.span_start ELSE 0 END, m.uid",
                     NEAR_VALUES(at, at + 1, at), out);
}

enum err store_meetings_coming(struct arena *arena, struct store *store, int64_t from, int64_t to,
                               const char *const *words, struct near_meetings *out)
{
    return near_read(arena, store,
                     NEAR " m.span_class = r.class AND m.span_start >= $3 AND m.span_start < $2"
                          " AND m.status = 'scheduled' ORDER BY m.span_start, m.uid",
                     NEAR_VALUES(from, to, from), out);
}

enum err store_meetings_gone(struct arena *arena, struct store *store, int64_t at, int64_t from,
                             int64_t to, const char *const *words, struct near_meetings *out)
{
    return near_read(arena, store,
                     NEAR SPAN_TOUCHES " AND (m.status = 'cancelled' OR m.span_end < $3"
                                       " OR (m.span_end = $3 AND m.span_start < $3))"
                                       " ORDER BY m.span_end DESC NULLS FIRST, m.uid",
                     NEAR_VALUES(from, to, at), out);
}

/* Which ones are the first is told by little of each; only of these all is read. */
enum err store_meetings_alone_between(struct arena *arena, struct store *store,
                                      const char *organizer_uid, int64_t from, int64_t to,
                                      size_t limit, struct meetings *out)
{
    return meetings_query(arena, store, false, out,
                          SPAN_REACH ", first AS (SELECT m.seq FROM " SPAN_CLASSES
                                     " r CROSS JOIN meeting m"
                                     " WHERE m.organizer_uid = $3 AND" SPAN_TOUCHES
                                     " AND m.status = 'scheduled'" SPAN_ORDER " LIMIT $4)"
                                     " SELECT" MEETING_COLUMNS "FROM first f CROSS JOIN meeting m"
                                     " CROSS JOIN organizer o"
                                     " WHERE m.seq = f.seq AND o.uid = m.organizer_uid" SPAN_ORDER,
                          DB(from, to, organizer_uid, limit_of(limit)));
}

enum err store_legacy_between(struct arena *arena, struct store *store, const char *organizer_uid,
                              int64_t from, int64_t to, struct legacy_spans *out)
{
    struct db_statement *query;
    enum err err = db_query(
        store->db, &query,
        SPAN_REACH "SELECT m.uid, m.conference_id, m.title, m.start_at, m.end_at,"
                   " CASE WHEN m.rrule IS NOT NULL OR m.rdates <> '' OR m.exdates <> '' OR EXISTS"
                   " (SELECT 1 FROM meeting_override v WHERE v.meeting_uid = m.uid)"
                   " THEN 1 ELSE 0 END"
                   " FROM " SPAN_CLASSES " r CROSS JOIN meeting m"
                   " WHERE m.organizer_uid = $3 AND" SPAN_TOUCHES
                   " AND m.id_kind = 'static' AND m.status = 'scheduled'",
        DB(from, to, organizer_uid));
    while (db_next(query, &err))
        *vector_push(arena, out) = (struct legacy_span){
            .uid = db_string(arena, query, 0),
            .conference_id = db_text(arena, query, 1),
            .title = db_string(arena, query, 2),
            .start = db_int(query, 3),
            .end = db_int(query, 4),
            .series = db_int(query, 5) != 0,
        };
    return err;
}

/* A telephone number's digits, without the signs between them. */
#define BARE_NUMBER                                                                                \
    "replace(replace(replace(replace(replace(m.foreign_number, ' ', ''), '-', ''), '(', ''),"      \
    " ')', ''), '.', '')"

enum err store_meetings_showing(struct arena *arena, struct store *store,
                                const struct strings *forms, const char *digits, int64_t from,
                                int64_t to, size_t limit, struct meetings *out)
{
    return meetings_query(
        arena, store, true, out,
        SPAN_REACH
        "SELECT" MEETING_COLUMNS "FROM " SPAN_CLASSES
        " r CROSS JOIN meeting m CROSS JOIN organizer o"
        " WHERE o.uid = m.organizer_uid"
        " AND (replace(m.notes, $4, '') <> m.notes OR replace(m.notes, $5, '') <> m.notes"
        " OR replace(m.notes, $6, '') <> m.notes OR replace(m.notes, $7, '') <> m.notes"
        " OR ($8 <> '' AND m.foreign_number IS NOT NULL"
        " AND replace(" BARE_NUMBER ", $8, '') <> " BARE_NUMBER "))"
        " AND" SPAN_TOUCHES " AND m.status IN ('scheduled', $3)" SPAN_ORDER " LIMIT $9",
        DB(from, to, "scheduled", forms->items[0], forms->items[1], forms->items[2],
           forms->items[3], digits, limit_of(limit)));
}

enum err store_meetings_on_id(struct arena *arena, struct store *store, const char *digits,
                              int64_t since, size_t limit, struct meetings *out)
{
    return meetings_query(
        arena, store, true, out,
        "WITH found AS (SELECT seq FROM meeting WHERE conference_id = $1 AND span_end >= $2"
        " UNION ALL SELECT seq FROM meeting WHERE conference_id = $1 AND span_end IS NULL)"
        " SELECT" MEETING_COLUMNS "FROM found f CROSS JOIN meeting m CROSS JOIN organizer o"
        " WHERE m.seq = f.seq AND o.uid = m.organizer_uid"
        " ORDER BY m.span_start, m.uid LIMIT $3",
        DB(digits, since, limit_of(limit)));
}

enum err store_meetings_foreign(struct arena *arena, struct store *store, const char *digits,
                                size_t limit, struct meetings *out)
{
    return meetings_query(arena, store, true, out,
                          "SELECT" MEETING_COLUMNS MEETING_TABLES
                          "m.foreign_id = $1 ORDER BY m.span_start, m.uid LIMIT $2",
                          DB(digits, limit_of(limit)));
}

enum err store_meetings_page(struct arena *arena, struct store *store, const char *organizer_uid,
                             const char *after, size_t limit, struct meetings *out)
{
    if (organizer_uid)
        return meetings_query(arena, store, true, out,
                              "SELECT" MEETING_COLUMNS MEETING_TABLES
                              "m.uid > $1 AND m.organizer_uid = $3 ORDER BY m.uid LIMIT $2",
                              DB(after ? after : "", limit_of(limit), organizer_uid));
    return meetings_query(arena, store, true, out,
                          "SELECT" MEETING_COLUMNS MEETING_TABLES
                          "m.uid > $1 ORDER BY m.uid LIMIT $2",
                          DB(after ? after : "", limit_of(limit)));
}

enum err store_meetings_moved_from(struct arena *arena, struct store *store, const char *old_id,
                                   size_t limit, struct meetings *out)
{
    return meetings_query(arena, store, true, out,
                          "SELECT" MEETING_COLUMNS "FROM id_move v CROSS JOIN meeting m"
                          " CROSS JOIN organizer o WHERE v.old_id = $1 AND m.uid = v.meeting_uid"
                          " AND o.uid = m.organizer_uid ORDER BY m.span_start, m.uid LIMIT $2",
                          DB(old_id, limit_of(limit)));
}
