/*
 * A meeting's dynamic ID follows changes of the meeting as long as it is the meeting's. desk and
 * transfer call this, within a transaction.
 */
#ifndef DESK_OWN_ID_H
#define DESK_OWN_ID_H

#include <desk/desk.h>

/*
 * The meeting's time was changed: its ID stays reserved until the new quarantine is over, and lives
 * again if it had ended. Does nothing if the meeting has no dynamic ID. ERR_REFUSED if the
 * quarantine was over and the ID or a slip of it has been issued to another meeting; but if the
 * meeting is over all the same, nobody dials it, and the ID stays with its new owner.
 */
enum err own_id_follow(struct session *session, struct arena *arena, const struct meeting *meeting,
                       const struct organization *organization);

/*
 * The meeting was cancelled: its ID rests until `reserved_until`. *retired is false, and nothing is
 * done, if the ID is not the meeting's (any more).
 */
enum err own_id_retire(struct session *session, struct arena *arena, const struct meeting *meeting,
                       int64_t reserved_until, bool *retired);

/*
 * The meeting was stored without its ID, which turned out to be none of ours: a dynamic one rests
 * for the quarantine; so does a static one that no scheduled meeting has any more, which its
 * organizer then loses.
 */
enum err own_id_disown(struct session *session, struct arena *arena, const struct meeting *before,
                       const struct organization *organization);

#endif
