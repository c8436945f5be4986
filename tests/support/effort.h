/*
 * What the statements of all connections to SQLite stores did, counted in the engine from outside
 * of the program; never time. For tests of what reading costs. A server tells nothing of it.
 */
#ifndef SUPPORT_EFFORT_H
#define SUPPORT_EFFORT_H

#include <stdint.h>

struct effort {
    int64_t rows, steps;
};

extern struct effort effort; /* so far; a test sets it to nothing */

/* cmocka's setup of a group: connections that are opened from then on are counted. */
int effort_watch(void **state);

#endif
