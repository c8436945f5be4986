/*
 * Which of an organizer's own meetings lie at the same time as another. For desk's own files;
 * within a transaction.
 */
#ifndef DESK_OVERLAP_H
#define DESK_OVERLAP_H

#include <desk/desk.h>

/*
 * The first overlapping occurrence of each of the organizer's other scheduled meetings, within a
 * year from `now` or the start.
 */
enum err overlaps_find(struct session *session, struct arena *arena, const struct meeting *meeting,
                       struct occurrences *out);

/* A sentence for each, up to a handful. */
void overlaps_say(struct arena *arena, const struct occurrences *overlaps, const struct zone *zone,
                  struct strings *warnings);

#endif
