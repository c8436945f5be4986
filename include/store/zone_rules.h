/*
 * The rules of zones by which meetings were worked out. For desk. They are kept by
 * store_meeting_put.
 */
#ifndef STORE_ZONE_RULES_H
#define STORE_ZONE_RULES_H

#include <core/meeting.h>
#include <store/store.h>

/* The changes (core/zone_changes.h) of a meeting's zone_rules; NULL if they are not kept. */
enum err store_zone_rules_get(struct arena *arena, struct store *store, int64_t fingerprint,
                              const char **changes);

/* Zones and rules by which some of a slice of all meetings were worked out. */
struct zone_use {
    const char *tz;
    int64_t fingerprint; /* 0: not known */
};
struct zone_uses VECTOR(struct zone_use);

/*
 * Of the next `limit` meetings behind `after` (0: from the first), which is not moved. *last is the
 * last of them; 0: there were none.
 */
enum err store_zone_uses(struct arena *arena, struct store *store, int64_t after, size_t limit,
                         struct zone_uses *out, int64_t *last);
/* The scheduled meetings of that slice with these. */
enum err store_zone_users(struct arena *arena, struct store *store, int64_t after, int64_t last,
                          const struct zone_use *use, struct meetings *out);

#endif
