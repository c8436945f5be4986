/* What happened: history entries, as records. Pure. */
#ifndef CORE_HISTORY_H
#define CORE_HISTORY_H

#include <base/vector.h>
#include <stdint.h>

/*
 * The events that are written down, each with its word in stores and in JSON. A word is never taken
 * back: stores and people's scripts hold it.
 */
#define HISTORY_EVENTS(X)                                                                          \
    X(ID_ISSUED, "id issued")                                                                      \
    X(ID_TAKEN, "id taken")                                                                        \
    X(ID_LEFT, "id left")                                                                          \
    X(ID_RETIRED, "id retired")                                                                    \
    X(ID_LIVE_AGAIN, "id live again")                                                              \
    X(MEETING_SCHEDULED, "meeting scheduled")                                                      \
    X(MEETING_IMPORTED, "meeting imported")                                                        \
    X(MEETING_UPDATED_BY_IMPORT, "meeting updated by import")                                      \
    X(MEETING_EDITED, "meeting edited")                                                            \
    X(MEETING_CANCELLED, "meeting cancelled")                                                      \
    X(MEETING_CONVERTED, "meeting converted")                                                      \
    X(OCCURRENCE_EDITED, "occurrence edited")                                                      \
    X(OCCURRENCE_CANCELLED, "occurrence cancelled")                                                \
    X(OCCURRENCES_CANCELLED, "occurrences cancelled")                                              \
    X(TIMES_RENEWED, "times renewed")                                                              \
    X(UNDONE, "undone")                                                                            \
    X(ORGANIZATION_CHANGED, "organization changed")                                                \
    X(ORGANIZER_ADDED, "organizer added")                                                          \
    X(ORGANIZER_CHANGED, "organizer changed")                                                      \
    X(MEETING_ANSWERED, "meeting answered")                                                        \
    X(ORGANIZER_REMOVED, "organizer removed")                                                      \
    X(MEETING_HANDED_OVER, "meeting handed over")                                                  \
    X(NUMBER_ADDED, "number added")                                                                \
    X(NUMBER_CHANGED, "number changed")                                                            \
    X(NUMBER_REMOVED, "number removed")                                                            \
    X(CALL_NOTED, "call noted")                                                                    \
    X(ATTENDEE_CHANGED, "attendee changed")

#define HISTORY_EVENT(name, word) HISTORY_##name,
enum history_event { HISTORY_EVENTS(HISTORY_EVENT) };
#undef HISTORY_EVENT

const char *history_event_name(enum history_event event);

struct history_entry {
    int64_t at;
    const char *actor;         /* the system's user (and the database role if there is a server) */
    const char *event;         /* history_event_name; or a newer program's word */
    const char *conference_id; /* NULL: none */
    const char *meeting_uid;   /* NULL: none */
    const char *uid_short;     /* as much of it as a command needs; NULL: none */
    const char *detail;        /* "" if none; old and new values */
};

struct history_entries VECTOR(struct history_entry);

/* What converting one meeting came to. */
struct conversion {
    const char *uid, *title;
    const char *old_id, *new_id;
    int reminders; /* queued */
};

struct conversions VECTOR(struct conversion);

#endif
