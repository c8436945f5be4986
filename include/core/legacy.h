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
    const struct meeting *last_meeting; /* whose that is */
};

struct legacy_lines VECTOR(struct legacy_line);

/*
 * `list`: legacy meetings with their risks, ordered by organizer and static ID. An attendee of
 * several meetings counts once. Texts are borrowed.
 */
void legacy_summarize(struct arena *arena, const struct occurrences *list,
                      struct legacy_lines *out);

/*
 * The lines of each organizer in one (static_id is one of them), ordered by address for
 * legacy_find.
 */
void legacy_by_organizer(struct arena *arena, const struct legacy_lines *lines,
                         struct legacy_lines *out);
/* The organizer's line in that list; NULL: none is left. */
const struct legacy_line *legacy_find(const struct legacy_lines *lines, const char *organizer);

#endif
