/*
 * Meetings that move by new rules of their time zones.
 */
#ifndef ZONES_H
#define ZONES_H

#include "stack.h"

/* A step of the look for them, where it is not done; tells what it came to. */
void zones_step(struct console *console);
/* Looks once more from the beginning: others may have renewed them. */
void zones_again(struct console *console);
/* Asks, with a summary, and renews their times. */
void zones_ask(struct console *console);

#endif
