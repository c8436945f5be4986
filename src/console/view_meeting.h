/*
 * Opens the views of a meeting: its details, its invitation, its history.
 */
#ifndef VIEW_MEETING_H
#define VIEW_MEETING_H

#include "stack.h"

enum err meeting_open(struct console *console, const struct occurrence *occurrence);
enum err invitation_open(struct console *console, const struct occurrence *occurrence);
/* The history of an ID (digits) or of a meeting (UID). */
enum err history_open(struct console *console, const char *reference);

#endif
