/*
 * Errors: a small enum upward, and one message written where it happened.
 *
 * Any layer may call this. A function that can fail returns `enum err` and takes a
 * `struct error *` as its last parameter (or reaches one through the object it works on). Whoever
 * finds the fault writes the message, once; callers pass the enum on and never rewrite the text.
 * The command line prints "dialdesk: WHAT: WHY" and maps the enum to an exit status, the console
 * shows the same words on its bottom line.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

enum err {
    ERR_OK = 0,
    ERR_INVALID,   /* bad input or wrong usage; nothing changed */
    ERR_NOT_FOUND, /* what was asked for is not there */
    ERR_REFUSED,   /* a rule of the domain refuses it; nothing changed */
    ERR_CONFLICT,  /* somebody else changed it since it was read */
    ERR_BUSY,      /* the store stayed busy past the time limit */
    ERR_AGAIN,     /* others changed the same rows meanwhile: run again, it may do */
    ERR_DENIED,    /* no permission, or read-only */
    ERR_IO,        /* the system failed a read or write */
    ERR_DAMAGED,   /* the store or a file is not what it should be */
    ERR_BUG        /* a broken promise of our own code */
};

enum { ERROR_WHAT_SIZE = 160, ERROR_WHY_SIZE = 480 };

struct error {
    enum err code;
    char what[ERROR_WHAT_SIZE]; /* the thing that failed: "start '2026-13-01'" */
    char why[ERROR_WHY_SIZE];   /* the reason, and what to do about it if anything helps */
};

/*
 * Writes the message and returns `code`, so that a caller can `return error_set(...)`. `error` may
 * be NULL (the message is dropped). Control characters and invalid UTF-8 in the formatted text are
 * escaped as \xNN, and a text that is too long is cut between two characters.
 */
enum err error_set(struct error *error, enum err code, const char *what, const char *why, ...)
    __attribute__((format(printf, 4, 5)));

/* The same with a formatted WHAT: `why` is taken as it is. */
enum err error_set_what(struct error *error, enum err code, const char *why, const char *what, ...)
    __attribute__((format(printf, 4, 5)));

/* Empties the record: code ERR_OK, no text. */
void error_clear(struct error *error);

/* The exit status of the command line for an error (COMMANDS: 0, 1, 2, 3 or 4). */
int error_exit_status(enum err code);

/*
 * Says on standard error what invariant broke, and aborts. Handlers of SIGABRT restore the
 * terminal.
 */
_Noreturn void die(const char *why, ...) __attribute__((format(printf, 1, 2)));

#endif
