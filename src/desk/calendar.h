/*
 * Meetings and their occurrences, as the use cases want them. For desk's own files; within a
 * transaction.
 */
#ifndef DESK_CALENDAR_H
#define DESK_CALENDAR_H

#include <desk/desk.h>

/* Appends the occurrences that touch [from, to). limit 0: as series_occurrences has it. */
enum err meeting_expand(struct session *session, struct arena *arena, const struct meeting *meeting,
                        int64_t from, int64_t to, size_t limit, struct occurrences *out);

/*
 * The occurrence that is on at `at`, else the next, else the last; the first by the rule where all
 * are excluded. No risk yet.
 */
enum err meeting_nearest(struct session *session, struct arena *arena,
                         const struct meeting *meeting, int64_t at, struct occurrence *out);

/* The same for each of a list, in the list's order. */
enum err meetings_nearest(struct session *session, struct arena *arena, const struct meetings *list,
                          int64_t at, struct occurrences *out);

#endif
