/*
 * A picker: a line of input over a list that it narrows.
 */
#ifndef PICK_H
#define PICK_H

#include "stack.h"

struct pick_row {
    const char *label, *detail;
    const void *item;
};
struct pick_rows VECTOR(struct pick_row);
struct pick {
    const char *title, *prompt, *empty;
    const char *enter; /* what Enter does, for the bottom line: "note call" */
    const char *initial;
    /*
     * Reads at most `limit` rows; called again with a higher limit when the list is scrolled. NULL:
     * there are no rows, and the typed text is taken.
     */
    enum err (*find)(struct console *console, struct arena *arena, const char *typed, size_t limit,
                     struct pick_rows *rows);
    /* Takes a row's item, or the text. False: the picker stays open. */
    bool (*choose)(struct console *console, const void *chosen);
};
void pick_open(struct console *console, const struct pick *pick);
/* The typed path, with the home folder for "~/". */
const char *console_path(struct arena *arena, const char *typed);
/* The rows of a picker of organizers; a row's item is a struct organizer. */
enum err organizer_find(struct console *console, struct arena *arena, const char *typed,
                        size_t limit, struct pick_rows *rows);

#endif
