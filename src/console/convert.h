/*
 * Asking whether to convert meetings, with a summary, and converting them.
 */
#ifndef CONVERT_H
#define CONVERT_H

#include "stack.h"

/* Asks, with a summary, and converts the legacy meetings of the list. */
void convert_ask(struct console *console, const struct occurrences *list);
/*
 * The same for more meetings than are read at once: those with these UIDs, or (NULL) all that the
 * legacy view lists. `total` is how many they are, `some` the first of them, of which the summary
 * names up to CONVERT_LISTED.
 */
enum { CONVERT_LISTED = 12 };
void convert_ask_many(struct console *console, const struct strings *uids, size_t total,
                      const struct occurrences *some);

#endif
