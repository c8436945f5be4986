/*
 * Asking whether to convert meetings, with a summary, and converting them.
 */
#ifndef CONVERT_H
#define CONVERT_H

#include "stack.h"

/* Asks, with a summary, and converts the meetings with these UIDs. */
void convert_ask(struct console *console, const struct occurrences *list);
/*
 * The same for more than are read at once: those with these UIDs, or (NULL) all of the list that
 * the legacy view shows. `total` says how many, `some` holds the first of them, up to
 * CONVERT_LISTED of which are told.
 */
enum { CONVERT_LISTED = 12 };
void convert_ask_many(struct console *console, const struct strings *uids, size_t total,
                      const struct occurrences *some);

#endif
