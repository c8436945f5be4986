/*
 * Signals as events of the loop, and stopping as a job of the shell.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "stack.h"
#include <signal.h>

/* The signals that are read as events, and so have to be blocked. */
sigset_t signals_set(void);
/*
 * Takes one waiting signal; false: there is none. Answers it (a new size, the end), or sets *key to
 * the key that it stands for (^C, ^Z); the key's code is K_NONE otherwise.
 */
bool signals_next(struct console *console, struct key *key);
/*
 * Stops the whole job, as the shell expects, and returns when it is continued. The terminal must be
 * in the shell's modes.
 */
void job_stop(void);

#endif
