/* The rules of zones by which meetings were worked out. For desk/. They are kept by store_meeting_put. */
#ifndef STORE_ZONE_RULES_H
#define STORE_ZONE_RULES_H

#include <store/store.h>

/* The changes (core/zone_changes.h) of a meeting's zone_rules; NULL where they are not kept. */
enum err store_zone_rules_get(struct arena *arena, struct store *store, int64_t fingerprint,
                              const char **changes, struct error *error);

#endif
