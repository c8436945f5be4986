/*
 * Choosing by a line of input: a meeting by search, an organizer, a day to go to.
 */
#ifndef PICKERS_H
#define PICKERS_H

#include "pick.h"
#include "stack.h"

void pick_search(struct console *console);
void pick_organizer(struct console *console);
void pick_day(struct console *console);
/* The rows of a picker of organizers; a row's item is a struct organizer. */
enum err organizer_find(struct console *console, struct arena *arena, const char *typed,
                        size_t limit, struct pick_rows *rows);

#endif
