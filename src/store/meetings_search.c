/*
 * Searching meetings and attendees. Texts are folded in C when they are written and when they are
 * asked for. The SQL only has to know whether a text holds a word: it does if replace() changes it.
 */
#include "store_private.h"

#include <base/utf8.h>
#include <store/meetings.h>
#include <string.h>

enum {
    WORDS_MAX = 6, /* more words than that add nothing */
    CANDIDATES_LEAST = 4096,
    CANDIDATES_MAX = 131072
};

#define HOLDS(n) "($" #n " = '' OR replace(m.search, $" #n ", '') <> m.search)"
#define HOLDS_WORDS                                                                                \
    HOLDS(1) " AND " HOLDS(2) " AND " HOLDS(3) " AND " HOLDS(4) " AND " HOLDS(5) " AND " HOLDS(6)

/* The empty word stands for a missing one: every text holds it. */
static const char *word(const struct strings *words, size_t i)
{
    return i < words->count ? words->items[i] : "";
}

#define WORDS_AND(...) /* as $1 to $6, then from $7 on */                                          \
    DB(word(words, 0), word(words, 1), word(words, 2), word(words, 3), word(words, 4),             \
       word(words, 5), __VA_ARGS__)

#define WALK                                                                                       \
    "SELECT" MEETING_COLUMNS "FROM meeting m CROSS JOIN organizer o"                               \
    " WHERE o.uid = m.organizer_uid AND " HOLDS_WORDS

/*
 * Frequent words: a day back and on from there, then what began before and is not over (a series
 * mostly), then back, until there are enough.
 */
static enum err search_walk(struct arena *arena, struct store *store, const struct strings *words,
                            int64_t at, size_t limit, struct meetings *out)
{
    int64_t since = at - DAY, most = limit_of(limit);
    enum err err = meetings_query(arena, store, true, out,
                                  WALK " AND m.start_at >= $7 ORDER BY m.start_at LIMIT $8",
                                  WORDS_AND(since, most));
    if (err)
        return err;
    err = meetings_query(arena, store, true, out,
                         WALK " AND m.start_at < $7 AND m.span_class > 0"
                              " AND (m.span_end IS NULL OR m.span_end > $9)"
                              " ORDER BY m.start_at DESC LIMIT $8",
                         WORDS_AND(since, most, at));
    if (err || (limit && out->count >= limit))
        return err;
    return meetings_query(arena, store, true, out,
                          WALK " AND m.start_at < $7 AND (m.span_class = 0 OR m.span_end <= $9)"
                               " ORDER BY m.start_at DESC LIMIT $8",
                          WORDS_AND(since, most, at));
}

struct candidate {
    int64_t key, start;
    bool over;
};

struct candidates VECTOR(struct candidate);

static const char candidate_sql[] = "SELECT m.start_at, COALESCE(m.span_end, $8) FROM meeting m"
                                    " WHERE m.seq = $7 AND " HOLDS_WORDS;

/* Asks for the next few rows. */
static enum err candidates_ahead(struct store *store, const struct strings *words,
                                 const int64_t *keys, size_t count)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && i < AHEAD && !err; i++)
        err = db_ahead(store->db, candidate_sql, WORDS_AND(keys[i], INSTANT_NEVER));
    return err;
}

/* Looks at the candidate rows themselves: which hold the words, when they start, and end. */
static enum err candidates_judge(struct arena *arena, struct store *store,
                                 const struct strings *words, int64_t at, const int64_t *keys,
                                 size_t count, struct candidates *out)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && !err; i++) {
        struct db_statement *query = NULL;
        bool row = false;
        if (i % AHEAD == 0)
            err = candidates_ahead(store, words, keys + i, count - i);
        if (!err)
            err = db_query_row(store->db, &query, &row, candidate_sql,
                               WORDS_AND(keys[i], INSTANT_NEVER));
        if (!err && row)
            *vector_push(arena, out) =
                (struct candidate){keys[i], db_int(query, 0), db_int(query, 1) <= at};
        db_done(query);
    }
    return err;
}

static int candidate_compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->over != b->over)
        return a->over ? 1 : -1;
    if (a->start != b->start)
        return (a->start < b->start) == a->over ? 1 : -1;
    return (a->key < b->key) - (a->key > b->key);
}

/*
 * Of a store with so many meetings, how many that hold the words are looked at one by one. If more
 * do, a walk by start is quicker: to find its 220 it reads 220 * meetings / found, each at four or
 * five times the cost, as they stand all over the table.
 */
static size_t candidates_most(int64_t meetings)
{
    int64_t most = CANDIDATES_LEAST;
    while (most < CANDIDATES_MAX && most * most < 1000 * meetings)
        most *= 2;
    return (size_t)most;
}

enum err store_meetings_search(struct arena *arena, struct store *store, const char *text,
                               int64_t at, size_t limit, struct meetings *out)
{
    struct strings words = {0};
    size_t found = 0;
    int64_t meetings = 0;
    struct candidates list = {0};
    bool usable = false;
    strings_split(arena, utf8_fold(arena, text), &words);
    if (words.count == 0)
        return ERR_OK;
    if (words.count > WORDS_MAX)
        words.count = WORDS_MAX;
    enum err err = db_query_int(store->db, &meetings, "SELECT MAX(seq) FROM meeting", DB_NONE);
    size_t most = candidates_most(meetings);
    int64_t *keys = arena_array(arena, most, sizeof *keys);
    if (!err)
        err = db_search_rows(store->db, words.items, words.count, keys, most, &found, &usable);
    if (err)
        return err;
    if (!usable || found == most)
        return search_walk(arena, store, &words, at, limit, out);
    err = candidates_judge(arena, store, &words, at, keys, found, &list);
    if (!err)
        items_sort(list.items, list.count, sizeof *list.items, candidate_compare);
    if (limit && list.count > limit)
        list.count = limit;
    for (size_t i = 0; i < list.count; i++)
        keys[i] = list.items[i].key;
    return err ? err : store_meetings_keyed(arena, store, keys, list.count, out);
}

/* One organizer's calendar is small enough to be looked through. */
enum err store_attendees_like(struct arena *arena, struct store *store, const char *organizer_uid,
                              const char *part, size_t limit, struct attendees *out)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query,
                            "SELECT a.email, MAX(a.name) FROM meeting m CROSS JOIN attendee a"
                            " WHERE m.organizer_uid = $1 AND a.meeting_uid = m.uid"
                            " AND ($2 = '' OR replace(a.search, $2, '') <> a.search)"
                            " GROUP BY a.email ORDER BY MAX(m.start_at) DESC, a.email LIMIT $3",
                            DB(organizer_uid, utf8_fold(arena, part ? part : ""), limit_of(limit)));
    while (db_next(query, &err))
        *vector_push(arena, out) = (struct attendee){.email = db_string(arena, query, 0),
                                                     .name = db_text(arena, query, 1)};
    return err;
}
