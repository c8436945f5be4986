/*
 * Choosing by a line of input: a meeting by search, an organizer, a day to go to.
 */
#ifndef PICKERS_H
#define PICKERS_H

#include "stack.h"

void pick_search(struct console *console);
void pick_organizer(struct console *console);
void pick_day(struct console *console);

#endif
