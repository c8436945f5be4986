/*
 * Signals as events of the loop, and stopping as a job of the shell.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "stack.h"
#include <signal.h>

/* The signals that are events here: the loop holds them back from the beginning on. */
sigset_t signals_set(void);
/*
 * Takes one signal that waits; false: none does. Sizes and ends are seen to; *key is the key that
 * the signal stands for (^C, ^Z), else of code K_NONE.
 */
bool signals_next(struct console *console, struct key *key);
/*
 * Stops the whole job, as the shell expects, and returns when it is continued. The terminal has to
 * be the shell's.
 */
void job_stop(void);

#endif
