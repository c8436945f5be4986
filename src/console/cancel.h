/*
 * Asking whether to cancel meetings, and cancelling them.
 */
#ifndef CANCEL_H
#define CANCEL_H

#include "stack.h"

void cancel_ask(struct console *console, const struct occurrence *occurrence);
/* The same for several meetings and occurrences, in one transaction. */
void cancel_ask_all(struct console *console, const struct occurrences *list);

#endif
