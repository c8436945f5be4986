/*
 * One use case, one transaction; and the entries that a use case writes into the history. desk's
 * files call this, and whoever has to do several of desk's use cases in one transaction.
 */
#ifndef DESK_TRANSACTION_H
#define DESK_TRANSACTION_H

#include <core/history.h>
#include <desk/session.h>

/*
 * What is done within a transaction. It may run more than once (a server may ask for it): it must
 * set, not add to, what it gives.
 */
typedef enum err transaction_work(struct session *session, void *context);

/*
 * Runs the work within a transaction and commits; any error rolls back. Within a transaction, work
 * joins it: the outer one commits or rolls back the whole. A writing one opens the store for
 * writing, and makes it where it is not.
 */
enum err transaction_write(struct session *session, transaction_work *work, void *context);

/* One view of the store for all that the work reads. */
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
