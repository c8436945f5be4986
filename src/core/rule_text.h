/*
 * A recurrence rule's text with another end or other days. Inside core.
 */
#ifndef CORE_RULE_TEXT_H
#define CORE_RULE_TEXT_H

#include <core/time.h>
#include <core/zone.h>

/* The value of a part ("COUNT"), or NULL. */
const char *rule_part(struct arena *arena, const char *rrule, const char *name);

/* True if the rule has no part but those of these names, of which the last is NULL. */
bool rule_only(const char *rrule, const char *const *names);

/* The rule without COUNT and UNTIL, with `end` ("COUNT=3"; NULL: none) behind the other parts. */
const char *rule_end(struct arena *arena, const char *rrule, const char *end);

/*
 * "UNTIL=20261207T080000Z", or of whole days "UNTIL=20261207": as RFC 5545 (3.3.10) wants it beside
 * a start in a zone.
 */
const char *rule_until(struct arena *arena, const struct zone *zone, bool all_day,
                       struct local_time last);

#endif
