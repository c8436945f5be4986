/*
 * SQLite's aid to searching: an FTS5 index of trigrams over meeting.search. The store tells of each
 * text that it writes (triggers may not touch such an index while trusted_schema is off). It finds
 * candidates; the store looks at the rows.
 *
 * The index keeps neither positions nor sizes nor the text (a third of the room, and quicker to
 * write): it knows which rows hold all trigrams of a word, not that they stand in a row there.
 *
 * New rows go in by whole blocks: the index holds those up to the last multiple of SEARCH_BLOCK,
 * the few after it are looked at one by one. A hundred trigrams of one row cost a commit more pages
 * than all else that it writes; those of a block cost about as much once.
 */
#include "sqlite.h"

#include <base/utf8.h>
#include <string.h>

enum { TRIGRAMS_MAX = 40, PENDING_BYTES_MAX = 4 << 20, SEARCH_BLOCK = 64 };

/*
 * meeting.search is folded already: the tokenizer takes it as it is. The view ends with the last
 * whole block.
 */
static const char equip_script[] =
    "CREATE VIEW meeting_searchable AS SELECT seq, search FROM meeting"
    " WHERE seq <= (SELECT MAX(seq) FROM meeting) / 64 * 64;"
    "CREATE VIRTUAL TABLE meeting_search USING fts5(search, content = 'meeting_searchable',"
    " content_rowid = 'seq', tokenize = 'trigram case_sensitive 1', detail = 'none',"
    " columnsize = 0)";

enum err sqlite_equip(void *connection, bool first, struct error *error)
{
    return !first ? ERR_OK : sqlite_script(connection, equip_script, error);
}

/*
 * The highest key of a row up to which the index knows every row; `key` is the table's highest.
 */
static int64_t block_end(int64_t key)
{
    return key / SEARCH_BLOCK * SEARCH_BLOCK;
}

/* One change of the index: $1 the row, $2 the text. */
static enum err index_change(struct sqlite *db, sqlite3_stmt **kept, const char *sql, int64_t key,
                             const char *text, struct error *error)
{
    int rc = sqlite_ask(db, kept, sql, DB(key, text));
    enum err err = rc == SQLITE_DONE ? ERR_OK : sqlite_fail(db, rc, error);
    sqlite3_reset(*kept);
    sqlite3_clear_bindings(*kept);
    return err;
}

/* The old text goes first: the index has to be told what it forgets. */
static enum err change_apply(struct sqlite *db, const struct sqlite_search_change *change,
                             struct error *error)
{
    enum err err = index_change(db, &db->search_delete,
                                "INSERT INTO meeting_search (meeting_search, rowid, search)"
                                " VALUES ('delete', $1, $2)",
                                change->key, change->before, error);
    return err ? err
               : index_change(db, &db->search_insert,
                              "INSERT INTO meeting_search (rowid, search) VALUES ($1, $2)",
                              change->key, change->after, error);
}

static enum err highest_key(struct sqlite *db, int64_t *key, struct error *error)
{
    sqlite3_stmt *query = NULL;
    int rc = sqlite_ask(db, &query, "SELECT MAX(seq) FROM meeting", DB_NONE);
    if (rc == SQLITE_ROW)
        *key = sqlite3_column_int64(query, 0);
    return sqlite_end(db, query, rc, error);
}

/* The rows after `from` up to `to`, as they stand by now. */
static enum err blocks_add(struct sqlite *db, int64_t from, int64_t to, struct error *error)
{
    sqlite3_stmt *insert = NULL;
    if (from >= to)
        return ERR_OK;
    int rc = sqlite_ask(db, &insert,
                        "INSERT INTO meeting_search (rowid, search) SELECT seq, search"
                        " FROM meeting WHERE seq > $1 AND seq <= $2",
                        DB(from, to));
    return sqlite_end(db, insert, rc, error);
}

void sqlite_search_drop(struct sqlite *db)
{
    if (db->pending_arena)
        arena_reset(db->pending_arena);
    db->pending = (struct sqlite_search_changes){0};
    db->first_new = db->last_new = 0;
}

/* Changed rows that the index does not know yet go in with their block. */
enum err sqlite_search_flush(struct sqlite *db, struct error *error)
{
    int64_t known = db->first_new - 1;
    enum err err = ERR_OK;
    if (db->pending.count && !db->first_new)
        err = highest_key(db, &known, error);
    for (size_t i = 0; i < db->pending.count && !err; i++)
        if (db->pending.items[i].key <= block_end(known))
            err = change_apply(db, &db->pending.items[i], error);
    if (!err && db->first_new)
        err = blocks_add(db, block_end(known), block_end(db->last_new), error);
    sqlite_search_drop(db);
    return err;
}

/*
 * Changes wait until the commit: between other statements of a transaction SQLite would have the
 * index write out each one by itself, and a big import would spend its time merging them. New rows
 * have the next keys.
 */
enum err sqlite_search_put(void *connection, int64_t key, const char *before, const char *after,
                           struct error *error)
{
    struct sqlite *db = connection;
    if (before && strcmp(before, after) == 0)
        return ERR_OK;
    if (!db->pending_arena)
        db->pending_arena = arena_new();
    struct arena *arena = db->pending_arena;
    if (before) {
        *vector_push(arena, &db->pending) =
            (struct sqlite_search_change){key, arena_copy(arena, before), arena_copy(arena, after)};
    } else {
        db->last_new = sqlite3_last_insert_rowid(db->handle);
        db->first_new = db->first_new ? db->first_new : db->last_new;
    }
    if (sqlite3_get_autocommit(db->handle) || arena_used(arena) > PENDING_BYTES_MAX)
        return sqlite_search_flush(db, error);
    return ERR_OK;
}

/*
 * Adds trigrams of the word that cover it, each as a quoted string: every third one and the last.
 * Those between would find little less, and each costs a walk along its list. A word of one or two
 * characters has none.
 */
static void trigrams_add(struct text *match, const char *word, int *count)
{
    const char *from = NULL, *to = word;
    for (; *count < TRIGRAMS_MAX && utf8_trigram(&from, &to); ++*count) {
        text_add(match, *count ? " AND \"" : "\"");
        for (const char *p = from; p < to; p++)
            text_add_n(match, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
        text_add(match, "\"");
    }
}

static enum err keys_read(struct sqlite *db, const char *match, int64_t *keys, size_t limit,
                          size_t *found, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite_ask(db, &statement,
                        "SELECT rowid FROM meeting_search WHERE meeting_search MATCH $1"
                        " ORDER BY rowid DESC LIMIT $2",
                        DB(match, (int64_t)(limit - *found)));
    for (; rc == SQLITE_ROW; rc = sqlite3_step(statement))
        if (*found < limit)
            keys[(*found)++] = sqlite3_column_int64(statement, 0);
    return sqlite_end(db, statement, rc, error);
}

static bool holds_all(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!strstr(text, words[i]))
            return false;
    return true;
}

/* The rows behind the last whole block, the highest first. */
static enum err newest_read(struct sqlite *db, const char *const *words, size_t count,
                            int64_t *keys, size_t limit, size_t *found, struct error *error)
{
    sqlite3_stmt *query = NULL;
    int rc = sqlite_ask(db, &query,
                        "SELECT seq, search FROM meeting WHERE seq >"
                        " (SELECT MAX(seq) FROM meeting) / 64 * 64 ORDER BY seq DESC",
                        DB_NONE);
    for (; rc == SQLITE_ROW; rc = sqlite3_step(query)) {
        const void *search = sqlite3_column_text(query, 1);
        if (search && *found < limit && holds_all(search, words, count))
            keys[(*found)++] = sqlite3_column_int64(query, 0);
    }
    return sqlite_end(db, query, rc, error);
}

enum err sqlite_search_rows(void *connection, const char *const *words, size_t count, int64_t *keys,
                            size_t limit, size_t *found, bool *usable, struct error *error)
{
    struct sqlite *db = connection;
    struct arena *arena = arena_new();
    struct text match = text_start(arena);
    int trigrams = 0;
    for (size_t i = 0; i < count; i++)
        trigrams_add(&match, words[i], &trigrams);
    *found = 0;
    *usable = trigrams > 0;
    enum err err = sqlite_search_flush(db, error);
    if (!err && *usable)
        err = newest_read(db, words, count, keys, limit, found, error);
    if (!err && *usable)
        err = keys_read(db, match.bytes, keys, limit, found, error);
    arena_free(arena);
    return err;
}
