/*
 * A zone's rules as a text that can be kept: what a meeting's instants were worked out with stays
 * known when the zone database moves on. Pure; any layer above base may call this.
 */
#ifndef CORE_ZONE_CHANGES_H
#define CORE_ZONE_CHANGES_H

#include <base/arena.h>
#include <base/error.h>
#include <core/zone.h>

/*
 * The text tells offsets between these instants: 1583, when meetings may begin, to 2100, UTC. Texts
 * in stores of before begin in 1970.
 */
#define ZONE_CHANGES_FROM INT64_C(-12212553600)
#define ZONE_CHANGES_TO INT64_C(4102444800)

/*
 * "3600 7591600:7200 ...": the offset at first, then each change and the offset that it brings;
 * seconds east of UTC.
 */
char *zone_changes(struct arena *arena, const struct zone *zone);

/*
 * The zone that such a text (zone_changes) describes. It has no abbreviations, and before and after
 * the instants above it keeps its offset. ERR_DAMAGED if the text can't be read. The zone borrows
 * from the arena.
 */
enum err zone_from_changes(struct arena *arena, const char *name, const char *changes,
                           const struct zone **zone, struct error *error);

#endif
