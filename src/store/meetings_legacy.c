/*
 * Legacy meetings that are not over: all of them at once, how many there are, and a page of them in
 * an order that indexes have.
 */
#include "store_private.h"

#include <store/meetings.h>
#include <string.h>

/* The ends of the two queries below: which meetings, and in which order. */
#define LEGACY_ROWS                                                                                \
    " SELECT" MEETING_COLUMNS "FROM found f CROSS JOIN meeting m CROSS JOIN organizer o"           \
    " WHERE m.seq = f.seq AND o.uid = m.organizer_uid"                                             \
    " ORDER BY o.email_key, m.conference_id, m.start_at, m.uid LIMIT $2"
#define LEGACY " id_kind = 'static' AND status = 'scheduled' "

enum err store_meetings_legacy(struct arena *arena, struct store *store, const char *organizer_uid,
                               int64_t now, size_t limit, bool attendees, struct meetings *out)
{
    if (organizer_uid)
        return meetings_query(arena, store, attendees, out,
                              "WITH found AS (SELECT seq FROM meeting WHERE" LEGACY
                              "AND organizer_uid = $3 AND span_end > $1"
                              " UNION ALL SELECT seq FROM meeting WHERE" LEGACY
                              "AND organizer_uid = $3 AND span_end IS NULL)" LEGACY_ROWS,
                              DB(now, limit_of(limit), organizer_uid));
    return meetings_query(arena, store, attendees, out,
                          "WITH found AS (SELECT seq FROM meeting WHERE" LEGACY "AND span_end > $1"
                          " UNION ALL SELECT seq FROM meeting WHERE" LEGACY
                          "AND span_end IS NULL)" LEGACY_ROWS,
                          DB(now, limit_of(limit)));
}

enum err store_meetings_legacy_count(struct store *store, const char *organizer_uid, int64_t now,
                                     size_t most, size_t *count)
{
    int64_t found;
    enum err err;
    if (organizer_uid)
        err = db_query_int(store->db, &found,
                           "SELECT COUNT(*) FROM (SELECT seq FROM meeting WHERE" LEGACY
                           "AND organizer_uid = $3 AND span_end > $1"
                           " UNION ALL SELECT seq FROM meeting WHERE" LEGACY
                           "AND organizer_uid = $3 AND span_end IS NULL LIMIT $2) AS counted",
                           DB(now, limit_of(most), organizer_uid));
    else
        err = db_query_int(store->db, &found,
                           "SELECT COUNT(*) FROM (SELECT seq FROM meeting WHERE" LEGACY
                           "AND span_end > $1 UNION ALL SELECT seq FROM meeting WHERE" LEGACY
                           "AND span_end IS NULL LIMIT $2) AS counted",
                           DB(now, limit_of(most)));
    *count = (size_t)found;
    return err;
}

/*
 * --- page by page: static ID after static ID, and within each by the span's end, open ones last
 * ---
 */

struct paging {
    struct arena *arena;
    struct store *store;
    const struct legacy_page *page;
    const char *organizer_uid; /* NULL: everybody's */
    int64_t now;
    struct meetings *out;
};

static bool full(const struct paging *paging)
{
    return paging->page->limit && paging->out->count >= paging->page->limit;
}

static int64_t room(const struct paging *paging)
{
    size_t limit = paging->page->limit;
    return limit_of(limit ? limit - paging->out->count : 0);
}

#define BEHIND_ALL "\xf4\x8f\xbf\xbf" /* behind every UID */
#define ON_ID                                                                                      \
    "SELECT" MEETING_COLUMNS MEETING_TABLES                                                        \
    "m.conference_id = $1 AND m.id_kind = 'static' AND m.status = 'scheduled' AND "

/*
 * The meetings on one ID by the end of their span, from the meeting `from` on, or before it; NULL:
 * all of them.
 */
static enum err read_ending(const struct paging *paging, const char *digits,
                            const struct meeting *from)
{
    bool back = paging->page->before;
    int64_t end = from ? from->span_end : back ? INSTANT_NEVER : paging->now;
    const char *uid = from ? from->uid : "";
    if (full(paging) || (!back && end == INSTANT_NEVER))
        return ERR_OK;
    if (!back && end <= paging->now) { /* so that the index is entered behind what is over */
        end = paging->now + 1;
        uid = "";
    }
    if (back)
        return meetings_query(
            paging->arena, paging->store, true, paging->out,
            ON_ID "m.span_end > $5 AND m.span_end <= $2 AND (m.span_end < $2 OR m.uid < $3)"
                  " ORDER BY m.span_end DESC, m.uid DESC LIMIT $4",
            DB(digits, end, uid, room(paging), paging->now));
    return meetings_query(paging->arena, paging->store, true, paging->out,
                          ON_ID "m.span_end >= $2 AND (m.span_end > $2 OR m.uid >= $3)"
                                " ORDER BY m.span_end, m.uid LIMIT $4",
                          DB(digits, end, uid, room(paging)));
}

/* The same of the series without an end. */
static enum err read_open(const struct paging *paging, const char *digits,
                          const struct meeting *from)
{
    static const char on[] = ON_ID "m.span_end IS NULL AND m.uid >= $2 ORDER BY m.uid LIMIT $3";
    static const char before[] =
        ON_ID "m.span_end IS NULL AND m.uid < $2 ORDER BY m.uid DESC LIMIT $3";
    bool back = paging->page->before, open = from && from->span_end == INSTANT_NEVER;
    if (full(paging) || (back && from && !open))
        return ERR_OK;
    return meetings_query(paging->arena, paging->store, true, paging->out, back ? before : on,
                          DB(digits,
                             open   ? from->uid
                             : back ? BEHIND_ALL
                                    : "",
                             room(paging)));
}

static enum err read_on_id(const struct paging *paging, const char *digits,
                           const struct meeting *from)
{
    enum err err =
        paging->page->before ? read_open(paging, digits, from) : read_ending(paging, digits, from);
    return err                    ? err
           : paging->page->before ? read_ending(paging, digits, from)
                                  : read_open(paging, digits, from);
}

#define STATIC_IDS                                                                                 \
    "SELECT c.digits FROM conference_id c WHERE c.kind = 'static' AND (EXISTS (SELECT 1 FROM"      \
    " meeting m WHERE m.conference_id = c.digits AND m.span_end > $1 AND m.id_kind = 'static' AND" \
    " m.status = 'scheduled') OR EXISTS (SELECT 1 FROM meeting m WHERE m.conference_id = c.digits" \
    " AND m.span_end IS NULL AND m.id_kind = 'static' AND m.status = 'scheduled'))"

/*
 * The static IDs behind (or before) the page's place that have such meetings: one meeting each
 * would fill the page.
 */
static enum err static_ids(const struct paging *paging, struct strings *out)
{
    static const char on[] =
        STATIC_IDS " AND c.organizer_uid >= $3 AND (c.organizer_uid > $3 OR"
                   " c.digits > $4) ORDER BY c.organizer_uid, c.digits LIMIT $2";
    static const char before[] =
        STATIC_IDS " AND c.organizer_uid <= $3 AND (c.organizer_uid < $3 OR c.digits < $4)"
                   " ORDER BY c.organizer_uid DESC, c.digits DESC LIMIT $2";
    static const char theirs_on[] =
        STATIC_IDS " AND c.organizer_uid = $3 AND c.digits > $4 ORDER BY c.digits LIMIT $2";
    static const char theirs_before[] =
        STATIC_IDS " AND c.organizer_uid = $3 AND c.digits < $4 ORDER BY c.digits DESC LIMIT $2";
    const struct legacy_page *page = paging->page;
    const char *organizer = paging->organizer_uid, *end = page->before ? BEHIND_ALL : "";
    const char *sql =
        organizer ? (page->before ? theirs_before : theirs_on) : (page->before ? before : on);
    return db_query_texts(paging->arena, paging->store->db, out, sql,
                          DB(paging->now, room(paging),
                             organizer    ? organizer
                             : page->from ? page->from->organizer_uid
                                          : end,
                             page->from ? page->from->conference_id : end));
}

enum err store_meetings_legacy_page(struct arena *arena, struct store *store,
                                    const char *organizer_uid, int64_t now,
                                    const struct legacy_page *page, struct meetings *out)
{
    struct paging paging = {arena, store, page, organizer_uid, now, out};
    struct strings ids = {0};
    *out = (struct meetings){0};
    enum err err = page->from ? read_on_id(&paging, page->from->conference_id, page->from) : ERR_OK;
    if (!err && !full(&paging))
        err = static_ids(&paging, &ids);
    for (size_t i = 0; !err && i < ids.count && !full(&paging); i++)
        err = read_on_id(&paging, ids.items[i], NULL);
    if (!err && page->before)
        vector_reverse(out);
    return err;
}
