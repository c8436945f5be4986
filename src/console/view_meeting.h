/*
 * Opens the views of a meeting: its details, its invitation, its history.
 */
#ifndef VIEW_MEETING_H
#define VIEW_MEETING_H

#include "stack.h"

/* Which meeting a view was opened for; of a series, which occurrence. */
struct meeting_opened {
    const char *uid;
    struct local_time recurrence;
    bool series;
};
struct meeting_opened meeting_opened(struct arena *arena, const struct occurrence *occurrence);
/*
 * It as it is now; if the occurrence is gone (cancelled, or the series ends before it), the nearest
 * one.
 */
enum err meeting_opened_load(struct console *console, struct arena *arena,
                             const struct meeting_opened *opened, struct occurrence *occurrence);

enum err meeting_open(struct console *console, const struct occurrence *occurrence);
enum err invitation_open(struct console *console, const struct occurrence *occurrence);
/* The history of an ID (digits) or of a meeting (UID). */
enum err history_open(struct console *console, const char *reference);

#endif
