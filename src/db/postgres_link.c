/*
 * PostgreSQL: waiting on a connection, by libpq's functions that do not block. Nothing is
 * waited for longer than the limit says, and whoever watches is called meanwhile.
 */
#include "postgres.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

enum {
    WATCH_MS = 50,
    LIVELY_ROUNDS = 24 /* halves of the limit, for which work of a server that is alive may last */
};

int postgres_limit(const struct postgres *db)
{
    return db_wait_limit(db->wait);
}

/*
 * --- waiting ------------------------------------------------------------------------------------
 */

static const char *awaited(const struct postgres *db)
{
    return db->writing && !db->alone ? "other programs that write to the store" : "the server";
}

/* Until the socket is ready for `events`, or `until`; `began` is what the watcher is told from. */
static enum postgres_waited socket_wait(struct postgres *db, const PGconn *link, short events,
                                        int64_t began, int64_t until)
{
    struct pollfd fd = {.fd = PQsocket(link), .events = events};
    for (;;) {
        int64_t now = milliseconds_now();
        int left = until > now ? (int)(until - now) : 0;
        int n = poll(&fd, 1, left < WATCH_MS ? left : WATCH_MS);
        if (n > 0 || (n < 0 && errno != EINTR))
            return WAITED_READY;
        now = milliseconds_now();
        if (!db_wait_watch(db->wait, awaited(db), (int)(now - began)))
            return WAITED_GIVEN_UP;
        if (now >= until)
            return WAITED_OUT;
    }
}

enum err postgres_given_up(struct postgres *db, struct error *error)
{
    const char *what = awaited(db);
    postgres_drop(db);
    return error_set(error, ERR_BUSY, db->name, "no longer waited for %s", what);
}

enum err postgres_silent(struct postgres *db, int waited, struct error *error)
{
    postgres_drop(db);
    return error_set(error, ERR_IO, db->name, "it did not answer for %g seconds", waited / 1000.0);
}

bool postgres_pause(struct postgres *db, int waited)
{
    poll(NULL, 0, WATCH_MS);
    return db_wait_watch(db->wait, "the server, to learn whether the change was made", waited);
}

/*
 * --- connecting ---------------------------------------------------------------------------------
 */

/* Messages of a server that are no answers are nobody's: they would be written on the terminal. */
static void notices_drop(void *self, const char *message)
{
    (void)self;
    (void)message;
}

/* Up to its end, good or bad. */
enum postgres_waited postgres_link_poll(struct postgres *db, PGconn *link, int64_t began,
                                        int64_t until)
{
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    while (PQstatus(link) != CONNECTION_BAD && next != PGRES_POLLING_OK &&
           next != PGRES_POLLING_FAILED) {
        short events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        enum postgres_waited waited = socket_wait(db, link, events, began, until);
        if (waited != WAITED_READY)
            return waited;
        next = PQconnectPoll(link);
        if (next == PGRES_POLLING_FAILED && events == POLLIN)
            return WAITED_REFUSED;
    }
    return WAITED_READY;
}

PGconn *postgres_link_start(const struct postgres *db)
{
    PGconn *link = PQconnectStartParams(db->keys, db->values, 0);
    if (!link)
        die("out of memory in libpq");
    PQsetNoticeProcessor(link, notices_drop, NULL);
    return link;
}

/*
 * Whether a server that keeps us waiting takes connections: then it works, and is not frozen. One
 * that says why it takes no more of them lives as well.
 */
static enum postgres_waited server_lives(struct postgres *db, int64_t began, int64_t until)
{
    PGconn *link = postgres_link_start(db);
    enum postgres_waited waited = postgres_link_poll(db, link, began, until);
    if (waited == WAITED_READY && PQstatus(link) != CONNECTION_OK)
        waited = WAITED_OUT;
    PQfinish(link);
    return waited;
}

/*
 * A backend at work says nothing, and neither does a frozen server. After half of the limit another
 * connection tells which it is; the limit is then that of locks, which the server keeps itself.
 */
enum err postgres_wait(struct postgres *db, struct error *error)
{
    int half = postgres_limit(db) / 2;
    int64_t began = milliseconds_now();
    for (int round = 0; round < LIVELY_ROUNDS; round++) {
        int more = PQflush(db->link);
        if (more < 0)
            return postgres_lost(db, error);
        int64_t now = milliseconds_now();
        enum postgres_waited waited =
            socket_wait(db, db->link, (short)(POLLIN | (more ? POLLOUT : 0)), began, now + half);
        if (waited == WAITED_READY)
            return PQconsumeInput(db->link) ? ERR_OK : postgres_lost(db, error);
        if (waited == WAITED_OUT)
            waited = server_lives(db, began, now + 2 * (int64_t)half);
        if (waited == WAITED_GIVEN_UP)
            return postgres_given_up(db, error);
        if (waited == WAITED_OUT)
            return postgres_silent(db, 2 * half, error);
    }
    return postgres_silent(db, LIVELY_ROUNDS * half, error);
}

void postgres_drop(struct postgres *db)
{
    for (struct postgres_ahead *a = db->ahead; a; a = a->next)
        PQclear(a->result);
    if (db->ahead)
        arena_reset(db->ahead_arena);
    db->ahead = NULL;
    PQclear(db->result);
    db->result = NULL;
    db->stream = NULL;
    db->sent.count = db->answered = 0;
    db->alone = false;
    if (db->link && PQsocket(db->link) >= 0)
        shutdown(PQsocket(db->link), SHUT_RDWR); /* or its farewell could wait for the server */
    PQfinish(db->link);
    db->link = NULL;
}

enum err postgres_lost(struct postgres *db, struct error *error)
{
    postgres_drop(db);
    return postgres_gone(db, error);
}
