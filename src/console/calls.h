/*
 * What bridges asked: the view, and the warning on the top line.
 */
#ifndef CALLS_H
#define CALLS_H

#include "stack.h"

/* Opens the view of the call log, unless it stands on top already. */
void calls_open(struct console *console);

/* Asks whether a trunk is probed just now, and sets console->probed. */
void calls_watch(struct console *console);

#endif
