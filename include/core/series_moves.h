/*
 * What a change of a zone's rules does to a meeting: it keeps its local times, so some of its
 * occurrences take place at other instants than before. Pure. Zones are handed in.
 */
#ifndef CORE_SERIES_MOVES_H
#define CORE_SERIES_MOVES_H

#include <core/series.h>

struct series_moves {
    size_t count; /* of the occurrences that move and are not over */
    /*
     * The first of them: its start on the clock, and its start's instant by the old rules and by
     * the new ones (or its end's, if only the end moves).
     */
    struct local_time local;
    int64_t before, after;
};

/* How far ahead occurrences are compared; at most as many as series_occurrences gives at once. */
#define SERIES_MOVES_REACH (INT64_C(3653) * DAY)

/*
 * Compares `before` under the zone's old rules with `after`, the same meeting brought to the new
 * ones (series_renew), from `now` on. An occurrence counts unless it is over by both.
 */
enum err series_moves_find(struct arena *arena, const struct meeting *before,
                           const struct zone *old_zone, const struct meeting *after,
                           const struct zone *new_zone, int64_t now, struct series_moves *out,
                           struct error *error);

/*
 * Brings a meeting to its zone's new rules: its local times stay, an UNTIL that is an instant moves
 * with the last occurrence, and the instants are worked out anew. As series_resolve.
 */
enum err series_renew(struct arena *arena, struct meeting *meeting, const struct zone *old_zone,
                      const struct zone *new_zone, struct error *error);

#endif
