/*
 * The door to the form of a meeting.
 */
#ifndef VIEW_EDIT_H
#define VIEW_EDIT_H

#include "stack.h"

void edit_new(struct console *console);
/* Of a series it asks first which part is meant. */
void edit_open(struct console *console, const struct occurrence *occurrence);

#endif
