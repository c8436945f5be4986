/*
 * Mixing risks of what is shown, found by looking at its neighbours in the store. For desk's own
 * files; within a transaction.
 */
#ifndef DESK_RISKS_H
#define DESK_RISKS_H

#include <desk/desk.h>

/*
 * Sets each occurrence's own risk. Neighbours are looked for in the whole store, not only in the
 * list.
 */
enum err risks_of_occurrences(struct session *session, struct arena *arena,
                              const struct organization *organization, struct occurrences *list);

/*
 * Sets each meeting's worst risk (one record a meeting). A single meeting's does not depend on
 * `now`: a neighbour that is over counts, since it was over no longer than the margin when the
 * meeting began. A series is looked at from `now` for 400 days, one that is over in its last 400
 * days.
 */
enum err risks_of_meetings(struct session *session, struct arena *arena,
                           const struct organization *organization, int64_t now,
                           struct occurrences *list);

#endif
