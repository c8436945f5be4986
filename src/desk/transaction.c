/*
 * Transactions: begin, work, commit, and roll back where anything fails. A use case that is called
 * by another one joins the other's transaction, so that what belongs together happens together.
 */
#include "undo_journal.h"
#include <core/history.h>
#include <desk/transaction.h>
#include <pwd.h>
#include <store/history.h>
#include <unistd.h>

/* A server that runs transactions side by side may refuse one and ask for it again. */
enum { ATTEMPTS = 20 };

enum ending { KEEP, DROP };

static enum err run_once(struct session *session, bool writing, enum ending ending,
                         transaction_work *work, void *context, bool *again)
{
    *again = false;
    enum err err = store_begin(session->store, writing);
    if (err != ERR_OK)
        return err;
    session->in_transaction = true;
    if (writing)
        undo_begin(session);
    err = work(session, context);
    if (err == ERR_OK && ending == KEEP)
        err = store_commit(session->store);
    if (err == ERR_OK && ending == KEEP && writing)
        undo_commit(session);
    if (err != ERR_OK || ending == DROP)
        store_rollback(session->store);
    session->in_transaction = false;
    *again = writing && err == ERR_BUSY;
    return err;
}

static enum err run(struct session *session, enum db_mode mode, enum ending ending,
                    transaction_work *work, void *context)
{
    if (session->in_transaction)
        return work(session, context);
    enum err err = session_store(session, mode, NULL);
    bool again = err == ERR_OK;
    for (int i = 0; again && i < ATTEMPTS; i++) {
        error_clear(&session->error);
        err = run_once(session, mode != DB_READ, ending, work, context, &again);
    }
    return err;
}

enum err transaction_write(struct session *session, transaction_work *work, void *context)
{
    return run(session, DB_CREATE, KEEP, work, context);
}

enum err transaction_read(struct session *session, transaction_work *work, void *context)
{
    return run(session, DB_READ, KEEP, work, context);
}

enum err transaction_try(struct session *session, transaction_work *work, void *context)
{
    return run(session, DB_WRITE, DROP, work, context);
}

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
