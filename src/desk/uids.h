/*
 * As much of a UID as tells a meeting apart, for a list of them, within a reading.
 */
#ifndef DESK_UIDS_H
#define DESK_UIDS_H

#include <desk/session.h>

enum { UID_NAMES_MOST = 2000 }; /* asked for in one list; behind them UIDs stand whole */

/* Start with {.arena = arena}, in which the names live. */
struct uid_names {
    struct arena *arena;
    const char *last, *last_short; /* rows of one meeting often follow each other */
    size_t asked;
};

enum err uid_shorten(struct session *session, struct uid_names *names, const char *uid,
                     const char **out);

#endif
