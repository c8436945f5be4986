/*
 * PostgreSQL: what is sent. Commands go one behind the other, and nobody waits (postgres_pipe.c).
 *
 * For each statement that writes, the server reads the table's checks and the expressions of its
 * indexes anew, which takes it longer than the row. So rows that nobody waits for are gathered by
 * statement, up to as many as one statement writes, or until anything else is sent. Rows of
 * different tables change places by that: keys between them are looked at at the transaction's end.
 */
#include "postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = 25,            /* that one statement writes */
    ROWS_BYTES = 1 << 20, /* of rows that were not sent yet */
};

/* --- statements ------------------------------------------------------------------------------- */

static bool begins(const char *sql, const char *word)
{
    return strncmp(sql, word, strlen(word)) == 0;
}

/* The table that a statement changes, as postgres_statement has it. */
static const char *table_of(struct arena *arena, const char *sql)
{
    static const char *const words[] = {"INSERT INTO ", "UPDATE ", "DELETE FROM "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(sql, words[i])) {
            sql += strlen(words[i]);
            return arena_copy_n(arena, sql, strcspn(sql, " "));
        }
    return begins(sql, "SELECT ") || begins(sql, "WITH ") ? NULL : "";
}

struct postgres_statement *postgres_statement_make(struct postgres *db, const char *sql, int count)
{
    struct postgres_statement *made = arena_alloc(db->arena, sizeof *made);
    *made = (struct postgres_statement){
        .db = db,
        .sql = sql,
        .table = table_of(db->arena, sql),
        .count = count,
        .values = arena_array(db->arena, (size_t)count, sizeof *made->values),
        .digits = arena_array(db->arena, (size_t)count, sizeof *made->digits),
    };
    snprintf(made->name, sizeof made->name, "s%d", ++db->statements);
    return made;
}

static bool sent_note(struct postgres *db, int done, struct postgres_sent sent)
{
    if (done)
        *vector_push(db->arena, &db->sent) = sent;
    return done;
}

static bool prepare_send(struct postgres *db, struct postgres_statement *statement)
{
    if (statement->generation == db->generation)
        return true;
    statement->generation = db->generation;
    return sent_note(db, PQsendPrepare(db->link, statement->name, statement->sql, 0, NULL),
                     (struct postgres_sent){.kind = ANSWER_PREPARE, .statement = statement});
}

static bool statement_send(struct postgres *db, enum postgres_answer kind,
                           struct postgres_statement *statement, struct postgres_ahead *ahead)
{
    return db->link && prepare_send(db, statement) &&
           sent_note(db,
                     PQsendQueryPrepared(db->link, statement->name, statement->count,
                                         statement->values, NULL, NULL, 0),
                     (struct postgres_sent){kind, statement, ahead});
}

/* --- rows asked for ahead: a change makes them out of date ------------------------------------ */

void postgres_ahead_drop(struct postgres *db, struct postgres_ahead *dropped)
{
    struct postgres_ahead **at = &db->ahead;
    for (size_t i = db->answered; i < db->sent.count; i++)
        if (db->sent.items[i].ahead == dropped)
            db->sent.items[i] = (struct postgres_sent){.kind = ANSWER_NONE};
    PQclear(dropped->result);
    while (*at != dropped)
        at = &(*at)->next;
    *at = dropped->next;
    if (!db->ahead)
        arena_reset(db->ahead_arena);
}

static bool of_a_name(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

/* Whether the table's name stands in the text of a query, as a word of its own. */
static bool names(const char *sql, const char *table)
{
    size_t n = strlen(table);
    for (const char *at = strstr(sql, table); at; at = strstr(at + n, table))
        if (!of_a_name(at[-1]) && !of_a_name(at[n]))
            return true;
    return false;
}

void postgres_ahead_forget(struct postgres *db, const char *table)
{
    for (struct postgres_ahead *a = db->ahead, *next; a; a = next) {
        next = a->next;
        if (!table[0] || names(a->statement->sql, table))
            postgres_ahead_drop(db, a);
    }
}

/* --- rows to be written ----------------------------------------------------------------------- */

static const char values_word[] = " VALUES ";

/* Where the row begins that the statement inserts; NULL: it does more, or something else. */
static const char *row_of(const char *sql)
{
    const char *row = begins(sql, "INSERT INTO ") ? strstr(sql, values_word) : NULL;
    if (!row)
        return NULL;
    row += strlen(values_word);
    bool alone = !strchr(row + 1, '(') && strcspn(row, ")") + 1 == strlen(row);
    return alone ? row : NULL;
}

/* The row with placeholders that count on from `before`. */
static void row_add(struct text *sql, const char *row, int before)
{
    const char *at;
    for (; (at = strchr(row, '$')) != NULL; row = at) {
        text_add_n(sql, row, (size_t)(at - row));
        text_addf(sql, "$%d", atoi(at + 1) + before);
        at += 1 + strspn(at + 1, "0123456789");
    }
    text_add(sql, row);
}

static struct postgres_statement *many_make(struct postgres_statement *statement, const char *row)
{
    struct postgres *db = statement->db;
    struct text sql = text_start(db->arena);
    text_add_n(&sql, statement->sql, (size_t)(row - statement->sql));
    for (int i = 0; i < ROWS; i++) {
        text_add(&sql, i ? ", " : "");
        row_add(&sql, row, i * statement->count);
    }
    statement->next = db->gathering;
    db->gathering = statement;
    return postgres_statement_make(db, sql.bytes, ROWS * statement->count);
}

/* Too few for the statement of many are sent one by one. */
static bool singly_send(struct postgres_statement *statement)
{
    const char **bound = statement->values;
    bool sent = true;
    for (int i = 0; i < statement->gathered && sent; i++) {
        statement->values = &statement->many->values[i * statement->count];
        sent = statement_send(statement->db, ANSWER_NONE, statement, NULL);
    }
    statement->values = bound;
    statement->gathered = 0;
    return sent;
}

static bool rows_send(struct postgres *db)
{
    bool sent = true;
    for (struct postgres_statement *s = db->gathering; s && sent; s = s->next)
        sent = singly_send(s);
    if (db->rows_arena)
        arena_reset(db->rows_arena);
    return sent;
}

void postgres_rows_drop(struct postgres *db)
{
    for (struct postgres_statement *s = db->gathering; s; s = s->next)
        s->gathered = 0;
    if (db->rows_arena)
        arena_reset(db->rows_arena);
}

/* --- sending ---------------------------------------------------------------------------------- */

bool postgres_send(struct postgres *db, enum postgres_answer kind, const char *sql, int count,
                   const char *const *values)
{
    return db->link && rows_send(db) &&
           sent_note(db, PQsendQueryParams(db->link, sql, count, NULL, values, NULL, NULL, 0),
                     (struct postgres_sent){.kind = kind});
}

bool postgres_send_statement(struct postgres *db, enum postgres_answer kind,
                             struct postgres_statement *statement, struct postgres_ahead *ahead)
{
    if (statement->table)
        postgres_ahead_forget(db, statement->table);
    return rows_send(db) && statement_send(db, kind, statement, ahead);
}

bool postgres_send_sync(struct postgres *db)
{
    return db->link && rows_send(db) &&
           sent_note(db, PQpipelineSync(db->link), (struct postgres_sent){.kind = ANSWER_SYNC});
}

bool postgres_send_later(struct postgres_statement *statement)
{
    struct postgres *db = statement->db;
    const char *row = row_of(statement->sql);
    if (!row)
        return postgres_send_statement(db, ANSWER_NONE, statement, NULL);
    if (!db->rows_arena)
        db->rows_arena = arena_new();
    if (!statement->many)
        statement->many = many_make(statement, row);
    postgres_ahead_forget(db, statement->table);
    const char **values = &statement->many->values[statement->gathered++ * statement->count];
    for (int i = 0; i < statement->count; i++)
        values[i] = arena_copy(db->rows_arena, statement->values[i]);
    if (statement->gathered == ROWS) {
        statement->gathered = 0;
        return statement_send(db, ANSWER_NONE, statement->many, NULL);
    }
    return arena_used(db->rows_arena) < ROWS_BYTES || rows_send(db);
}
