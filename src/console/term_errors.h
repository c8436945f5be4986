/*
 * Standard error while the console has the screen. Text that a library or a dying program writes to
 * it would be lost with the screen: it is kept in memory, and written when the terminal is the
 * shell's again. With the address sanitizer nothing is kept.
 */
#ifndef TERM_ERRORS_H
#define TERM_ERRORS_H

struct held_errors {
    int memory, kept; /* a memory file, and the real standard error; -1: nothing is held */
};

/* Does nothing if standard error is no terminal. */
void errors_hold(struct held_errors *errors);
void errors_release(struct held_errors *errors);
/* Copies a file whole into another one; safe in a signal's handler. */
void errors_pour(int from, int to);

#endif
