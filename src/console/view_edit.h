/*
 * The door to the form of a meeting.
 */
#ifndef VIEW_EDIT_H
#define VIEW_EDIT_H

#include "stack.h"

/* NULL: a new meeting. Of a series it asks first which part is meant. */
enum err edit_open(struct console *console, const struct occurrence *occurrence);

#endif
