/* What happened: history entries and reminders, as records. Pure. */
#ifndef CORE_HISTORY_H
#define CORE_HISTORY_H

#include <base/vector.h>
#include <stdint.h>

struct history_entry {
    int64_t at;
    const char *actor; /* the system's user (and the database role where there is a server) */
    const char *event; /* "id issued", "meeting scheduled", "meeting converted", ... */
    const char *conference_id; /* NULL: none */
    const char *meeting_uid;   /* NULL: none */
    const char *detail;        /* "" where none; old and new values */
};

struct history_entries VECTOR(struct history_entry);

enum reminder_state { REMINDER_QUEUED, REMINDER_SENDING, REMINDER_SENT, REMINDER_FAILED };
const char *reminder_state_name(enum reminder_state state);

/* One row a recipient and message. */
struct reminder {
    const char *uid;
    const char *kind; /* "conversion", later "invitation" */
    const char *meeting_uid, *title, *recipient;
    const char *old_id, *new_id; /* NULL where none */
    enum reminder_state state;
    const char *why;        /* of a failure, "" else */
    const char *message_id; /* makes a second try recognizable */
    int64_t created, changed;
};

struct reminders VECTOR(struct reminder);

/*
 * A part of the list of reminders, the oldest first. Of `from` its `created` and `uid` say where it
 * stands.
 */
struct reminders_page {
    const struct reminder *from; /* the first one; NULL: the list's beginning */
    bool before;  /* instead those that stand before `from` (NULL: the list's last ones) */
    size_t limit; /* not 0 */
};

/* What converting one meeting came to. */
struct conversion {
    const char *uid, *title;
    const char *old_id, *new_id;
    int reminders; /* queued */
};

struct conversions VECTOR(struct conversion);

#endif
