/*
 * One use case, one transaction; and the entries that a use case writes into the history. For desk,
 * and for callers that put several of desk's use cases into one transaction.
 */
#ifndef DESK_TRANSACTION_H
#define DESK_TRANSACTION_H

#include <core/history.h>
#include <desk/session.h>

/*
 * The work of a writing transaction. A server may ask to have it run again, so it must set its
 * results, not add to them.
 */
typedef enum err transaction_work(struct session *session, void *context);

/*
 * Runs the work within a writing transaction and commits; any error rolls back. Within an open
 * transaction the work joins it, and the outer one commits or rolls back the whole. Opens the store
 * for writing, and makes it if there is none.
 */
enum err transaction_write(struct session *session, transaction_work *work, void *context);

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

/* Runs a writing use case's work in a reading: a dry run of work that then writes nothing. */
enum err transaction_read(struct session *session, transaction_work *work, void *context);

/* Runs the work in a writing transaction and rolls it back: a dry run. */
enum err transaction_try(struct session *session, transaction_work *work, void *context);

/*
 * Writes a history entry at the real clock's time by the session's actor. Any of conference_id, uid
 * and detail may be NULL.
 */
enum err history_note(struct session *session, enum history_event event, const char *conference_id,
                      const char *uid, const char *detail);

#endif
