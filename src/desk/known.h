/*
 * What the store has of an ID, kept while nobody else writes the store: the callers of a meeting
 * come together, and for each of them the bridge asks about the same ID. Only a session keeps it
 * that desk_admit_often was called for. For desk's own files; within a transaction.
 */
#ifndef DESK_KNOWN_H
#define DESK_KNOWN_H

#include <core/admission.h>
#include <desk/session.h>

/* Of an ID that was issued, whatever the time. */
struct id_uses {
    const struct id_record *record;
    const struct organizer *organizer;
    struct meetings meetings, moved; /* that use it, that left it */
};

/* At the beginning of each snapshot, by the real clock: forgets all that may have changed. */
void known_refresh(struct session *session, int64_t now);
/* Another store was opened: the next snapshot forgets all. An answer may still borrow from it. */
void known_outdate(struct session *session);
void known_end(struct session *session);

/* Where to read what known_add is given: `arena`, if nothing is kept. */
struct arena *known_arena(const struct session *session, struct arena *arena);
/* NULL: nothing is known of the ID. */
const struct id_uses *known_find(const struct session *session, const char *digits);
void known_add(struct session *session, const struct id_uses *uses);

/* The rules of the organization. */
enum err known_rules(struct session *session, struct arena *arena, struct admission_rules *out);

#endif
