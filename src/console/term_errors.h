/*
 * Standard error while the screen is ours. What a library or a dying program writes to it would be
 * lost on the screen that goes away: it is kept in memory and written when the terminal is the
 * shell's again. Sanitizers want the real one.
 */
#ifndef TERM_ERRORS_H
#define TERM_ERRORS_H

struct held_errors {
    int memory, kept; /* a memory file, and the real one; -1: nothing is held */
};

/* Does nothing where standard error is no terminal. */
void errors_hold(struct held_errors *errors);
void errors_release(struct held_errors *errors);
/* All of a file into another one; safe in a signal's handler. */
void errors_pour(int from, int to);

#endif
