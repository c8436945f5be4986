/* The organization, organizers and their static IDs, within a transaction. For desk's own files. */
#ifndef DESK_DIRECTORY_H
#define DESK_DIRECTORY_H

#include <desk/desk.h>

enum {
    STATIC_ID_DIGITS = 7,    /* what the field issues online; the design leaves the figure open */
    DIRECTORY_TEXT_MAX = 200 /* bytes of a name, a city, a passcode */
};

/*
 * Draws a static ID for the organizer, makes it the current one and notes it; `out` lives in the
 * arena.
 */
enum err static_id_issue(struct session *session, struct arena *arena,
                         const struct organizer *organizer, const char *meeting_uid,
                         const char **out);

/* Adds to the history's detail what changed, if anything did. NULL: the empty text. */
void detail_add(struct text *detail, const char *what, const char *old, const char *new);

/* Scheduled meetings on this ID that are not over. */
enum err meetings_on_id(struct session *session, struct arena *arena, const char *digits,
                        struct meetings *out);

#endif
