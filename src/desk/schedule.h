/*
 * A new meeting into the store with the conference ID that the rules give it. For desk's own files;
 * within a transaction.
 */
#ifndef DESK_SCHEDULE_H
#define DESK_SCHEDULE_H

#include <desk/desk.h>

struct new_meeting {
    const struct organization *organization;
    const struct organizer *organizer; /* as it is now */
    struct meeting *meeting;           /* whole but for its ID */
    const char *detail;                /* for the history */
    const char *old_id; /* an ID that its texts may carry, to give way to the new one; NULL: none */
    bool dry_run;       /* draws and stores nothing */
    const char *reason; /* out: why it has this kind of ID */
};

enum err meeting_schedule(struct session *session, struct arena *arena, struct new_meeting *new);

#endif
