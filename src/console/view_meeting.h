/*
 * Opens the views of a meeting: its details, its invitation, its history.
 */
#ifndef VIEW_MEETING_H
#define VIEW_MEETING_H

#include "stack.h"

/* Which meeting a view was opened for, or is marked; of a series, which occurrence. */
struct meeting_opened {
    const char *uid;
    struct local_time recurrence;
    bool series;
};
struct meeting_opened meeting_opened(struct arena *arena, const struct occurrence *occurrence);
/* The function `open` of a view whose state begins with it. */
void meeting_view_open(struct console *console, struct view *view, const void *given);
/*
 * It as it is now; if the occurrence is gone (cancelled, or the series ends before it), the nearest
 * one.
 */
enum err meeting_opened_load(struct console *console, struct arena *arena,
                             const struct meeting_opened *opened, struct occurrence *occurrence);

#endif
