/*
 * Mailing attendees from the console: nobody is mailed unless somebody says yes.
 */
#ifndef SEND_H
#define SEND_H

#include "stack.h"

/*
 * Asks whether those are mailed who have not been told of the meeting; says so if there are none.
 */
void send_ask(struct console *console, const char *uid);
/*
 * The question after a change of these meetings: as send_ask, but without a word if nobody is to be
 * told or there is no mail command.
 */
void send_offer(struct console *console, const struct strings *uids);
/* Asks whether everything that is queued is sent. */
void send_ask_queued(struct console *console);

#endif
