/*
 * Transactions: begin, work, commit, and roll back if anything fails. A use case that is called
 * by another one joins the other's transaction, so that what belongs together happens together.
 */
#include "known.h"
#include "undo_journal.h"
#include <core/history.h>
#include <desk/transaction.h>
#include <pwd.h>
#include <store/history.h>
#include <unistd.h>

/* A server that runs transactions side by side may refuse one and ask to have it run again. */
enum { ATTEMPTS = 20 };

/* --- reading --- */

enum err reading_begin(struct session *session)
{
    if (session->transaction_depth > 0) {
        session->transaction_depth++;
        return ERR_OK;
    }
    enum err err = session_store(session, DB_READ, NULL);
    if (err)
        return err;
    error_clear(&session->error);
    store_at(session->store, session_clock(session));
    err = store_begin(session->store, false);
    session->transaction_depth = !err;
    if (!err)
        known_refresh(session, session_clock(session));
    return err;
}

/* The outermost ends it: commits what is to be kept, unless an error came. */
static enum err transaction_end(struct session *session, bool keep, enum err err)
{
    if (session->transaction_depth == 0) /* it did not begin */
        return err;
    if (--session->transaction_depth > 0)
        return err;
    if (!err && keep)
        err = store_commit(session->store);
    if (err || !keep)
        store_rollback(session->store);
    return err;
}

enum err reading_end(struct session *session, enum err err)
{
    return transaction_end(session, true, err);
}

/* --- writing --- */

static enum err writing_begin(struct session *session, const struct writing *writing)
{
    if (writing->only_reads || session->transaction_depth > 0)
        return reading_begin(session);
    enum err err = session_store(session, writing->dry_run ? DB_WRITE : DB_CREATE, NULL);
    if (err)
        return err;
    error_clear(&session->error);
    store_at(session->store, session_clock(session));
    err = store_begin(session->store, true);
    session->transaction_depth = !err;
    if (!err)
        undo_begin(session);
    return err;
}

bool writing_next(struct session *session, struct writing *writing)
{
    if (writing->attempts > 0) {
        bool outer = session->transaction_depth == 1, keep = !writing->dry_run;
        writing->err = transaction_end(session, keep, writing->err);
        if (outer && keep && !writing->only_reads && !writing->err)
            undo_commit(session);
        bool asked_again = writing->err == ERR_AGAIN && session->transaction_depth == 0;
        if (!asked_again || writing->attempts == ATTEMPTS)
            return false;
    } else if (writing->err) {
        return false;
    }
    writing->attempts++;
    writing->err = writing_begin(session, writing);
    return !writing->err;
}

/* --- the history --- */

/*
 * The login name of the real user, else the number. Asked for when the first entry is written: the
 * system's user database takes longer than a lookup of an ID.
 */
static const char *actor_name(struct session *session)
{
    if (session->actor)
        return session->actor;
    const struct passwd *user = getpwuid(getuid());
    if (user && user->pw_name[0])
        session->actor = arena_copy(session->arena, user->pw_name);
    else
        session->actor = arena_format(session->arena, "%lu", (unsigned long)getuid());
    return session->actor;
}

enum err history_note(struct session *session, enum history_event event, const char *conference_id,
                      const char *uid, const char *detail)
{
    struct history_entry entry = {
        .at = session_clock(session),
        .actor = actor_name(session),
        .event = history_event_name(event),
        .conference_id = conference_id,
        .meeting_uid = uid,
        .detail = detail ? detail : "",
    };
    return store_history_add(session->store, &entry);
}
