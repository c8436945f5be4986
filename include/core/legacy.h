/*
 * Who is left on static IDs: a line for each organizer and static ID. Pure; for cli and show.
 */
#ifndef CORE_LEGACY_H
#define CORE_LEGACY_H

#include <core/meeting.h>

struct legacy_line {
    const char *organizer; /* the address */
    const char *static_id;
    int meetings; /* legacy, not over */
    int at_risk;  /* of them, with a mixing risk */
    int outside;  /* attendees whose addresses have another domain than the organizer's */
    int64_t last; /* the end of the last occurrence of all; INSTANT_NEVER: without end */
};

struct legacy_lines VECTOR(struct legacy_line);

/*
 * `list`: legacy meetings with their risks, ordered by organizer and static ID. An attendee of
 * several meetings counts once. Texts are borrowed.
 */
void legacy_summarize(struct arena *arena, const struct occurrences *list,
                      struct legacy_lines *out);

#endif
