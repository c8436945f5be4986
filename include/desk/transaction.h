/*
 * One use case, one transaction; and the entries that a use case writes into the history. For desk,
 * and for callers that put several of desk's use cases into one transaction.
 */
#ifndef DESK_TRANSACTION_H
#define DESK_TRANSACTION_H

#include <core/history.h>
#include <desk/session.h>

/*
 * A transaction that writes is a loop: a server may ask to have its work run again, so the work
 * sets its results and does not add to them. The end commits, and rolls back if an error came.
 * Within an open transaction the work joins it, and the outer one commits or rolls back the whole.
 * Opens the store for writing, and makes it if there is none. An error that `err` holds before
 * keeps the work from running at all. The loop is left by its end alone.
 *
 *     struct writing writing = {0};
 *     while (writing_next(session, &writing))
 *         writing.err = store_...(session->store, ...);
 *     return writing.err;
 */
struct writing {
    bool dry_run;    /* rolled back in any case; makes no store */
    bool only_reads; /* the work writes nothing: a reading will do, which locks nobody out */
    enum err err;    /* what the work came to; in the end what the transaction came to */
    int attempts;    /* how often the work was begun */
};
bool writing_next(struct session *session, struct writing *writing);

/*
 * Between the two, all that is read is of one moment. Within a transaction they join it. The end is
 * called also if the beginning failed: it passes `err` on, and closes what is open.
 *
 *     enum err err = reading_begin(session);
 *     if (!err)
 *         err = store_...(session->store, ...);
 *     return reading_end(session, err);
 */
enum err reading_begin(struct session *session);
enum err reading_end(struct session *session, enum err err);

/* One call between the two: `return READING(session, store_...(session->store, ...));` */
#define READING(session, call)                                                                     \
    reading_end(session, reading_begin(session) ? (session)->error.code : (call))

/*
 * Writes a history entry at the real clock's time by the session's actor. Any of conference_id, uid
 * and detail may be NULL.
 */
enum err history_note(struct session *session, enum history_event event, const char *conference_id,
                      const char *uid, const char *detail);

#endif
