/* What commands that change meetings need of sending. For cli's own files. */
#ifndef CLI_OUTBOX_H
#define CLI_OUTBOX_H

#include "command.h"

#define SENDING_COUNTS "messages tried"

/*
 * Sends what is queued about these meetings, after the change that owed it: what cannot be sent is
 * a warning, as the change is made.
 */
enum err send_after(struct session *session, struct invocation *invocation,
                    const struct strings *uids);

#endif
