/*
 * What the files of PostgreSQL's driver share: the connection, which is never waited for longer
 * than the limit says, and the commands that were sent on it and not answered yet.
 */
#ifndef POSTGRES_H
#define POSTGRES_H

#include <base/clock.h>
#include <base/vector.h>
#include <db/db.h>
#include <libpq-fe.h>

enum postgres_answer {
    ANSWER_NONE,    /* nobody wants its rows */
    ANSWER_PREPARE, /* of preparing a statement */
    ANSWER_XID,     /* the number of the writing transaction */
    ANSWER_AHEAD,   /* rows that will be asked for */
    ANSWER_WANTED,  /* rows that are asked for now */
    ANSWER_STREAM,  /* the same, taken one by one */
    ANSWER_SYNC     /* the end of a part: an error goes no farther than to here */
};

/* A command that was sent: its answer comes after those of all commands before it. */
struct postgres_sent {
    enum postgres_answer kind;
    struct postgres_statement *statement; /* NULL: of none */
    struct postgres_ahead *ahead;
};

/* Rows that will be asked for, perhaps again; known by statement and values. */
struct postgres_ahead {
    struct postgres_statement *statement;
    const char *const *values; /* NULL: null */
    PGresult *result;          /* NULL: not here yet */
    struct postgres_ahead *next;
};

struct postgres_statement {
    struct postgres *db;
    const char *sql;
    char name[16];
    int generation;      /* of the connection that knows it; 0: none */
    const char *table;   /* that it changes; "": what is not known; NULL: it only reads */
    int count;           /* of placeholders */
    const char **values; /* what is bound; NULL: null */
    char (*digits)[24];  /* room for bound numbers */
    PGresult *result;    /* NULL: not run yet */
    int row;
    bool more;      /* rows come behind those of the result */
    PGresult *rest; /* these, if another answer was waited for; NULL: none was */

    int gathered;                    /* rows that it is to write, and that were not sent yet */
    struct postgres_statement *many; /* writes them in one; NULL: none was gathered yet */
    struct postgres_statement *next; /* of those that have `many` */
};

struct postgres {
    struct arena *arena;
    const char *name; /* WHAT of every message: the server and the database, no password */
    const char *const *keys, *const *values; /* the address, as libpq takes it */
    const struct db_wait *wait;
    enum db_mode mode;
    PGconn *link;   /* NULL: lost */
    int generation; /* counts the connections */
    int statements; /* so far; their names count up */
    int64_t changed;

    struct VECTOR(struct postgres_sent) sent;
    size_t answered;                      /* so many of them, from the front */
    struct postgres_ahead *ahead;         /* rows that were asked for ahead, the oldest first */
    struct arena *ahead_arena;            /* of these; NULL: not made yet */
    struct postgres_statement *gathering; /* that rows are gathered for, or were */
    struct arena *rows_arena;             /* of these rows; NULL: not made yet */
    PGresult *result;                     /* the wanted answer */
    struct postgres_statement *stream;    /* whose rows are coming; NULL: no one's */
    struct error failure; /* of a command that nobody waited for; told at the next wait */

    enum { SEARCH_UNSEEN, SEARCH_WALKS, SEARCH_LOOKS } search; /* has the store an index for it? */
    bool open, writing;                                        /* a transaction */
    bool alone;                                                /* the writers' lock is ours */
    char xid[24];   /* the writing transaction's number; "": not known yet */
    char since[32]; /* when the server that gave it crashed last (postgres_commit.c) */
};

/* postgres_error.c */

/* That the connection was lost, and with it the change that was not committed yet. */
enum err postgres_gone(const struct postgres *db, struct error *error);
/* What the server says to have gone wrong, in our words or in its own. */
enum err postgres_fail(const struct postgres *db, const PGresult *result, struct error *error);
/* Why no connection came about: never the address or a part of it. */
enum err postgres_unreached(const struct postgres *db, struct error *error);

/* postgres_link.c */

enum postgres_waited { WAITED_READY, WAITED_REFUSED, WAITED_OUT, WAITED_GIVEN_UP };

/* Milliseconds for which anything is waited for. */
int postgres_limit(const struct postgres *db);
PGconn *postgres_link_start(const struct postgres *db);
/* Goes on with connecting up to its end, good or bad (REFUSED: it spoke), or until that moment. */
enum postgres_waited postgres_link_poll(struct postgres *db, PGconn *link, int64_t began,
                                        int64_t until);
/*
 * Waits until the server said something, or took something if there is more for it. ERR_IO: it
 * fell silent, and the connection is dropped. ERR_BUSY: whoever watches gave it up.
 */
enum err postgres_wait(struct postgres *db, struct error *error);
/*
 * A pause of some milliseconds before it is asked again what became of a change; false: given up.
 */
bool postgres_pause(struct postgres *db, int waited);
/* Ends the connection without waiting; what was sent on it is forgotten. */
void postgres_drop(struct postgres *db);
/* The same, with the reason as an error. */
enum err postgres_lost(struct postgres *db, struct error *error);
enum err postgres_silent(struct postgres *db, int waited, struct error *error); /* milliseconds */
enum err postgres_given_up(struct postgres *db, struct error *error);

/* postgres_connect.c */

/* Reads the address; ERR_INVALID if it is none. */
enum err postgres_address(struct postgres *db, const char *where, struct error *error);
/* Connects anew. */
enum err postgres_connect(struct postgres *db, struct error *error);

/* postgres_send.c */

/* The statement of this text, known to the server once it is sent. */
struct postgres_statement *postgres_statement_make(struct postgres *db, const char *sql, int count);
/*
 * Sends a command of text values without waiting for its answer; false: the connection is lost.
 * Nothing leaves before the next wait or postgres_send_sync.
 */
bool postgres_send(struct postgres *db, enum postgres_answer kind, const char *sql, int count,
                   const char *const *values);
/* The same with a statement and what is bound to it; prepares it first if it has to be. */
bool postgres_send_statement(struct postgres *db, enum postgres_answer kind,
                             struct postgres_statement *statement, struct postgres_ahead *ahead);
/* The same with one that nobody waits for: now, or with the next ones, but before anything else. */
bool postgres_send_later(struct postgres_statement *statement);
bool postgres_send_sync(struct postgres *db);
/* Forgets what was to be sent later. */
void postgres_rows_drop(struct postgres *db);
/* Rows of this table ("": of any) that were asked for ahead are forgotten: it changes. */
void postgres_ahead_forget(struct postgres *db, const char *table);
void postgres_ahead_drop(struct postgres *db, struct postgres_ahead *dropped);

/* postgres_pipe.c */

/*
 * Waits for the answers to all commands, or until there is one at `until` if it is not NULL. An
 * error of any of them is told.
 */
enum err postgres_answers(struct postgres *db, PGresult *const *until, struct error *error);
/* A command and its answer, waited for. `result` (may be NULL) is to be cleared with PQclear. */
enum err postgres_ask(struct postgres *db, const char *sql, int count, const char *const *values,
                      PGresult **result, struct error *error);
/* One number by a query of one text parameter (or none: NULL). */
enum err postgres_number(struct postgres *db, const char *sql, const char *value, int64_t *number,
                         struct error *error);
/* Runs a script of commands without rows. */
enum err postgres_script(struct postgres *db, const char *script, struct error *error);
/* The next rows of a statement that has more become its result: none, if that was the end. */
enum err postgres_stream_next(struct postgres_statement *statement, struct error *error);
/* They are wanted no more. */
void postgres_stream_leave(struct postgres_statement *statement);
/* Asks for the rows of a bound statement ahead. */
bool postgres_ahead_add(struct postgres_statement *statement);
/* The rows of the bound statement that were asked for ahead; *result NULL: they were not. */
enum err postgres_ahead_take(struct postgres_statement *statement, PGresult **result,
                             struct error *error);

/* postgres_search.c */
enum err postgres_equip(void *connection, bool first, struct error *error);
enum err postgres_search_rows(void *connection, const char *const *words, size_t count,
                              int64_t *keys, size_t limit, size_t *found, bool *usable,
                              struct error *error);

/* postgres_commit.c */
enum err postgres_begin(void *connection, bool writing, struct error *error);
enum err postgres_commit(void *connection, struct error *error);
void postgres_rollback(void *connection);

#endif
