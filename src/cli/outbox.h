/* What commands that change meetings need of one another. For cli's own files. */
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

/* meeting.c: prints a meeting, its times for people in the zone named. */
enum err output_scheduled(struct invocation *invocation, struct scheduled *scheduled,
                          const char *tz);

#endif
