/*
 * Meetings and their occurrences, as the use cases want them. For desk's own files; within a
 * transaction.
 */
#ifndef DESK_CALENDAR_H
#define DESK_CALENDAR_H

#include <core/outbox.h>
#include <desk/desk.h>

/* Appends the occurrences that touch [from, to). limit 0: as series_occurrences has it. */
enum err meeting_expand(struct session *session, struct arena *arena, const struct meeting *meeting,
                        int64_t from, int64_t to, size_t limit, struct occurrences *out);

/*
 * The occurrence that is on at `at`, else the next, else the last; the first by the rule if all are
 * excluded. Its risk is not filled in.
 */
enum err meeting_nearest(struct session *session, struct arena *arena,
                         const struct meeting *meeting, int64_t at, struct occurrence *out);

/* ERR_REFUSED, of this meeting, with the reason. */
enum err meeting_refuse(struct session *session, struct arena *arena, const struct meeting *meeting,
                        const char *why);

/* ERR_REFUSED if somebody outside the directory organizes it: only they change it and invite. */
enum err meeting_check_own(struct session *session, struct arena *arena,
                           const struct meeting *meeting);

/* The nearest occurrence of each meeting, in the list's order. */
enum err meetings_nearest(struct session *session, struct arena *arena, const struct meetings *list,
                          int64_t at, struct occurrences *out);

/* --- overlap.c --- */

/*
 * A warning for each of the organizer's other meetings that the meeting overlaps with, up to a
 * handful. Of a series its occurrences of a year are looked at, 1,000 at most, and of the others
 * the first 2,000 by start.
 */
enum err overlaps_warn(struct session *session, struct arena *arena, const struct meeting *meeting,
                       struct strings *warnings);

/* --- outbox.c --- */

/* One message of a kind, with a new Message-ID. */
enum err outbox_queue(struct session *session, struct arena *arena, const struct meeting *meeting,
                      struct message *message);

/* --- risks.c: mixing risks, found by looking at the neighbours in the store --- */

/*
 * Sets each occurrence's own risk. Its neighbours are looked for in the whole store, not only in
 * the list.
 */
enum err risks_of_occurrences(struct session *session, struct arena *arena,
                              const struct organization *organization, struct occurrences *list);

/*
 * Sets each meeting's worst risk (one record a meeting). A single meeting's does not depend on
 * `now`: a neighbour that is over counts, since it was over no longer than the margin when the
 * meeting began. A series is looked at from `now` for 400 days (or 1,000 occurrences), one that is
 * over in its last 400 days.
 */
enum err risks_of_meetings(struct session *session, struct arena *arena,
                           const struct organization *organization, int64_t now,
                           struct occurrences *list);

/* The meeting with its nearest occurrence and its worst risk; without an ID it has none. */
enum err meeting_with_risk(struct session *session, struct arena *arena,
                           const struct organization *organization, const struct meeting *meeting,
                           struct occurrence *out);

#endif
