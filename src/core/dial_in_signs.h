/*
 * All conference IDs that a text shows. Private to core: dial_in_text.c reads them, dial_in_judge.c
 * judges whose they are.
 */
#ifndef CORE_DIAL_IN_SIGNS_H
#define CORE_DIAL_IN_SIGNS_H

#include "dial_in_labels.h"
#include <core/dial_in_text.h>

struct dial_in_candidate {
    struct dial_in_found found;
    enum label_rank rank;         /* if the sign is a label */
    size_t number, number_length; /* the telephone number before a dial string; length 0: none */
};

/*
 * In the order of their signs, and within a sign of the text; the first ones that there is room
 * for.
 */
struct dial_in_candidates {
    struct dial_in_candidate *items;
    size_t count, room;
    const char *only; /* candidates of this ID alone; NULL: all */
};

/* Fills the room that is given. */
void dial_in_candidates_read(const char *text, struct dial_in_candidates *candidates);

/* The surest one: by its sign, then by its label; the first of equals. NULL: there is none. */
const struct dial_in_candidate *
dial_in_candidates_best(const struct dial_in_candidates *candidates);

/*
 * An ID behind a telephone number and two pauses or more, or as its extension (";ext="), its '#'
 * left out or not: for a line that staff paste. False: there is none.
 */
bool dial_in_behind_pause(const char *text, char out[ID_SIZE]);

/* True if an ID stands behind the label that ends at `behind`. */
bool dial_in_id_behind(const char *text, size_t behind, char out[ID_SIZE]);

#endif
