/* One event on its way into the store: what import_event.c and import_itip.c share. */
#ifndef DESK_IMPORT_TAKING_H
#define DESK_IMPORT_TAKING_H

#include "import.h"

struct taking {
    struct import_run *run;
    struct arena *arena;
    const struct ical_event *event;
    struct meeting *meeting; /* what the event says */
    struct meeting stored;   /* what is there; version 0: nothing */
    struct organizer *owner; /* NULL: it is nobody's */
};

/* Reads what is there and whose it is. */
enum err taking_begin(struct taking *taking);

/* True where what is there belongs to whom the event names. */
bool taking_owned(const struct taking *taking);

/*
 * Adds what the store wants to know and the event does not say. NULL, or why the meeting cannot be.
 */
const char *taking_complete(struct taking *taking);

/* All but the ID is the same: an import does not change a stored one. `stored` comes first. */
bool taking_same(const struct meeting *stored, const struct meeting *meeting);

/*
 * Stores the meeting with its ID, in the history too, and counts it. `named`: the ID that its text
 * shows, or NULL.
 */
enum err taking_put(const struct taking *taking, const char *named);

/* Counts and tells it; ERR_OK. */
enum err taking_reject(const struct taking *taking, const char *why);

/* The same, as what is there belongs to somebody else. */
enum err taking_reject_foreign(const struct taking *taking);

/* A METHOD:CANCEL of a whole meeting. */
enum err taking_cancel(struct taking *taking);

#endif
