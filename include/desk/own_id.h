/*
 * A meeting's own ID, the dynamic one: it follows what becomes of the meeting while it is the
 * meeting's. desk and transfer call this, within a transaction.
 */
#ifndef DESK_OWN_ID_H
#define DESK_OWN_ID_H

#include <desk/desk.h>

/*
 * The meeting's time was changed: its ID stays reserved until its quarantine is over, and lives
 * again where it had ended. Nothing where it has none of its own. ERR_REFUSED where the ID's rest
 * was over, and it or a slip of it is somebody else's by now, unless the meeting is over all the
 * same: then nobody dials it, and the ID stays whose it is.
 */
enum err own_id_follow(struct session *session, struct arena *arena, const struct meeting *meeting,
                       const struct organization *organization);

/*
 * The meeting was cancelled: its ID rests until then. *retired false, and nothing done, where it is
 * not the meeting's (any more).
 */
enum err own_id_retire(struct session *session, struct arena *arena, const struct meeting *meeting,
                       int64_t reserved_until, bool *retired);

#endif
