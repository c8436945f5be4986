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

/* By UID, conference ID or beginning of a UID, as desk_meeting documents. */
enum err meeting_resolve(struct session *session, struct arena *arena, const char *reference,
                         struct meeting *out);

/* True where nothing of it is still to come or going on. */
bool meeting_over(const struct meeting *meeting, int64_t now);

/* "'Budget' (93907123)", for sentences. */
const char *meeting_label(struct arena *arena, const struct meeting *meeting);

/*
 * When the reservation of a meeting's dynamic ID ends: the end of its span and the quarantine;
 * INSTANT_NEVER for an open one.
 */
int64_t meeting_reserved_until(const struct meeting *meeting,
                               const struct organization *organization);

/*
 * An imported meeting's texts still carry the old dial-in block: the new ID takes the old one's
 * place in them, so that no invitation shows both.
 */
void meeting_texts_renew(struct arena *arena, struct meeting *meeting, const char *old_id,
                         const char *new_id);

/* `at` and the quarantine. */
int64_t quarantine_end(const struct organization *organization, int64_t at);

#endif
