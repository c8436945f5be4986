/*
 * How near a meeting is at a time, as lookup.c sorts and lookup_say.c tells it. Private to core.
 */
#ifndef CORE_LOOKUP_NEARNESS_H
#define CORE_LOOKUP_NEARNESS_H

#include <core/lookup.h>

/* On, still to come, over, and cancelled behind all that stand. */
enum nearness { NEAR_ON, NEAR_NEXT, NEAR_OVER, NEAR_CANCELLED };

enum nearness occurrence_nearness(const struct occurrence *occurrence, int64_t at);

#endif
