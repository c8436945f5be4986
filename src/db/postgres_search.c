/*
 * PostgreSQL's aid to searching: an index of trigrams over meeting.search, as SQLite has one. It is
 * made of what every server has: a function of the store's own and a GIN index of arrays, so it
 * needs no extension but PL/pgSQL, which each new database has, and no right but that to make
 * tables. New rows wait in the index's list: each search reads it, and each time it is full some
 * scheduling sorts it into the index, so it is neither long nor short (docs/decisions.md).
 */
#include "postgres.h"

#include <base/utf8.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIGRAMS_MAX = 40 };

/* Other encodings would refuse what people write, or keep it as nobody reads it. */
static enum err encoding_check(struct postgres *db, struct error *error)
{
    const char *encoding = PQparameterStatus(db->link, "server_encoding");
    if (encoding && strcmp(encoding, "UTF8") == 0)
        return ERR_OK;
    return error_set(error, ERR_REFUSED, db->name,
                     "the database's encoding is %s; make one with CREATE DATABASE NAME ENCODING "
                     "'UTF8' TEMPLATE template0",
                     encoding ? encoding : "not known");
}

enum err postgres_equip(void *connection, bool first, struct error *error)
{
    static const char script[] =
        "CREATE OR REPLACE FUNCTION meeting_trigrams(words TEXT) RETURNS TEXT[] LANGUAGE plpgsql"
        " IMMUTABLE PARALLEL SAFE AS $$"
        " DECLARE c TEXT[] := string_to_array(words, NULL); found TEXT[] := '{}';"
        " BEGIN FOR i IN 1 .. cardinality(c) - 2 LOOP found[i] := c[i] || c[i + 1] || c[i + 2];"
        " END LOOP; RETURN found; END $$;"
        "CREATE INDEX IF NOT EXISTS meeting_search ON meeting USING gin (meeting_trigrams(search));"
        "ALTER INDEX meeting_search SET (gin_pending_list_limit = 512)";
    struct postgres *db = connection;
    enum err err = first ? encoding_check(db, error) : ERR_OK;
    return err ? err : postgres_script(db, script, error);
}

/* Adds the word's trigrams that cover it as items of an array. */
static void trigrams_add(struct text *array, const char *word, int *count)
{
    const char *from = NULL, *to = word;
    for (; *count < TRIGRAMS_MAX && utf8_trigram(&from, &to); ++*count) {
        text_add(array, *count ? ",\"" : "\"");
        for (const char *p = from; p < to; p++) {
            if (*p == '"' || *p == '\\')
                text_add_byte(array, '\\');
            text_add_byte(array, *p);
        }
        text_add(array, "\"");
    }
}

/*
 * Words that many rows hold: the index would count them all. Every so-manieth row is looked at, so
 * it takes the same time in a store of any size; its text, as its trigrams would have to be made.
 */
static enum err frequent(struct postgres *db, const char *array, bool *often, struct error *error)
{
    enum { OFTEN = 3 };
    int64_t rows = 0;
    enum err err = postgres_number(
        db,
        "SELECT COUNT(*) FROM (SELECT CAST(i * (SELECT MAX(seq) FROM meeting) / 500 AS INTEGER)"
        " AS seq FROM generate_series(CAST(1 AS BIGINT), 500) i) s JOIN meeting m ON m.seq = s.seq"
        " WHERE NOT EXISTS (SELECT 1 FROM unnest(CAST($1 AS TEXT[])) t"
        " WHERE strpos(m.search, t) = 0)",
        array, &rows, error);
    *often = rows >= OFTEN;
    return err;
}

static enum err keys_read(struct postgres *db, const char *array, int64_t *keys, size_t limit,
                          size_t *found, struct error *error)
{
    char most[24];
    snprintf(most, sizeof most, "%zu", limit);
    const char *const values[] = {array, most};
    PGresult *result = NULL;
    enum err err = postgres_ask(db,
                                "SELECT seq FROM meeting WHERE meeting_trigrams(search) @>"
                                " CAST($1 AS TEXT[]) ORDER BY seq + 0 DESC LIMIT $2",
                                2, values, &result, error);
    int rows = err ? 0 : PQntuples(result);
    for (int i = 0; i < rows && *found < limit; i++)
        keys[(*found)++] = strtoll(PQgetvalue(result, i, 0), NULL, 10);
    PQclear(result);
    return err;
}

/* Stores of earlier versions get their index with the next migration. */
static enum err index_look(struct postgres *db, struct error *error)
{
    int64_t there = 0;
    if (db->search != SEARCH_UNSEEN)
        return ERR_OK;
    enum err err = postgres_number(db, "SELECT COUNT(to_regprocedure('meeting_trigrams(text)'))",
                                   NULL, &there, error);
    if (!err)
        db->search = there ? SEARCH_LOOKS : SEARCH_WALKS;
    return err;
}

/* Frequent words are said to fill the limit: then the store walks, and finds some soon. */
enum err postgres_search_rows(void *connection, const char *const *words, size_t count,
                              int64_t *keys, size_t limit, size_t *found, bool *usable,
                              struct error *error)
{
    struct postgres *db = connection;
    struct arena *arena = arena_new();
    struct text array = text_start(arena);
    int trigrams = 0;
    bool often = false;
    text_add(&array, "{");
    for (size_t i = 0; i < count; i++)
        trigrams_add(&array, words[i], &trigrams);
    text_add(&array, "}");
    *found = 0;
    enum err err = index_look(db, error);
    *usable = !err && trigrams > 0 && db->search == SEARCH_LOOKS;
    if (*usable)
        err = frequent(db, array.bytes, &often, error);
    if (!err && *usable && !often)
        err = keys_read(db, array.bytes, keys, limit, found, error);
    if (often)
        *found = limit;
    arena_free(arena);
    return err;
}
