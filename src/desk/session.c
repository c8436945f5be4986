/*
 * The session: starting it from settings and environment, opening the store, and the
 * clock.
 */
#include "known.h"
#include "settings.h"
#include <desk/session.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static enum err read_fixed_now(struct session *session)
{
    const char *text = getenv("DIALDESK_NOW");
    session->fixed_now = INSTANT_NEVER;
    if (!text || !text[0] || time_parse_rfc3339(text, &session->fixed_now))
        return ERR_OK;
    return error_set_what(&session->error, ERR_INVALID,
                          "not an RFC 3339 time, such as 2026-11-24T09:00:00Z", "DIALDESK_NOW '%s'",
                          text);
}

enum err session_start(struct session *session)
{
    memset(session, 0, sizeof *session);
    session->arena = arena_new();
    session->random = random_kernel();
    zones_start(session);
    enum err err = read_fixed_now(session);
    if (err)
        return err;
    return settings_read(session);
}

void session_end(struct session *session)
{
    store_close(session->store);
    known_end(session);
    arena_free(session->arena);
    memset(session, 0, sizeof *session);
}

/*
 * A store that is not there is an I/O error for the caller; session->absent tells the console that
 * it may offer to make one.
 */
static enum err open_failed(struct session *session, enum err err)
{
    session->absent = err == ERR_NOT_FOUND;
    session->error.code = session->absent ? ERR_IO : err;
    return session->error.code;
}

/* The old store is closed last: a console that fails to get more rights keeps what it has. */
static enum err store_change(struct session *session, enum db_mode mode, bool *created)
{
    struct store *store = NULL;
    enum err err =
        store_open(session->settings.db, mode, &session->wait, &store, created, &session->error);
    if (err)
        return open_failed(session, err);
    store_close(session->store);
    known_outdate(session);
    session->store = store;
    session->mode = mode;
    return ERR_OK;
}

enum err session_store(struct session *session, enum db_mode mode, bool *created)
{
    if (created)
        *created = false;
    /*
     * An open store exists: DB_CREATE could only put an empty one in its place if its file went
     * away.
     */
    if (session->store && mode == DB_CREATE)
        mode = DB_WRITE;
    if (session->store && session->mode >= mode)
        return ERR_OK;
    return store_change(session, mode, created);
}

bool session_held(const struct session *session)
{
    return store_held(session->settings.db);
}

enum err session_again(struct session *session)
{
    return store_change(session, session->mode == DB_READ ? DB_READ : DB_WRITE, NULL);
}

int64_t session_clock(const struct session *session)
{
    (void)session;
    return (int64_t)time(NULL);
}

int64_t session_now(const struct session *session)
{
    return session->fixed_now != INSTANT_NEVER ? session->fixed_now : session_clock(session);
}
