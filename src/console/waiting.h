/*
 * The store lets us wait: the console says for what, and takes keys meanwhile.
 */
#ifndef WAITING_H
#define WAITING_H

#include "stack.h"

/*
 * From here on the session's waits are watched. Esc and ^C end a wait; what else is typed comes
 * from waiting_key afterwards. While console->background or ailing is set, any key ends
 * it.
 */
void waiting_watch(struct console *console);
/* The next key: one that was typed during a wait, else the terminal's. */
enum term_read waiting_key(struct console *console, struct key *key);

#endif
