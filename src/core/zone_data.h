/*
 * What a zone is made of: shared by the reader of TZif files, the rule of their footer and the
 * arithmetic.
 */
#ifndef CORE_ZONE_DATA_H
#define CORE_ZONE_DATA_H

#include <core/zone.h>
#include <stddef.h>
#include <stdint.h>

/* A local time type: what a clock of the zone shows while it is in force. */
struct zone_type {
    int32_t offset; /* seconds east of UTC */
    bool daylight;
    const char *abbreviation;
};

enum zone_day_kind { ZONE_DAY_JULIAN, ZONE_DAY_NUMBER, ZONE_DAY_WEEKDAY };

/* One end of daylight time within a year, as a POSIX TZ string writes it. */
struct zone_day {
    enum zone_day_kind kind;
    int day;         /* Jn: 1..365 without 29 February; n: 0..365; M: the weekday, 0 Sunday */
    int week, month; /* Mm.w.d: week 1..5, 5 the last */
    int time;        /* seconds from that day's midnight, -167 h .. 167 h */
};

/* The footer's rule for the time after the last transition. */
struct zone_rule {
    bool present;
    bool has_daylight;
    struct zone_type standard, daylight;
    struct zone_day start, end; /* of daylight time */
};

struct zone {
    const char *name;
    int64_t fingerprint; /* of the file's bytes */
    size_t count;        /* of transitions, ascending */
    const int64_t *transitions;
    const unsigned char *kinds; /* index into types, one a transition */
    const struct zone_type *types;
    struct zone_type first; /* in force before the first transition */
    struct zone_rule rule;
    const struct time_style *style; /* NULL: all members 0 */
};

/*
 * Reads a POSIX TZ string (POSIX 8.3, with the extensions of RFC 8536, 3.3.1). False if `s` is
 * none.
 */
bool zone_rule_parse(struct arena *arena, const char *s, struct zone_rule *rule);

/* What the rule says at an instant. */
const struct zone_type *zone_rule_at(const struct zone_rule *rule, int64_t instant);

/* The rule's first change of offset after an instant, INSTANT_NEVER if there is none. */
int64_t zone_rule_next(const struct zone_rule *rule, int64_t instant);

#endif
