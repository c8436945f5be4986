/*
 * Meetings that move as the rules of their time zones have changed.
 */
#ifndef ZONES_H
#define ZONES_H

#include "stack.h"

/* A step of the search for them, unless it is done; at its end their number is announced. */
void zones_step(struct console *console);
/* Begins the search anew: others may have renewed their times. */
void zones_again(struct console *console);

#endif
