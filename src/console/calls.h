/* The door to the view of what bridges asked. */
#ifndef CALLS_H
#define CALLS_H

#include "stack.h"

/* Opens the view of the call log, unless it stands on top already. */
void calls_open(struct console *console);

#endif
