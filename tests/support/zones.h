/*
 * Time zones for tests, made of a POSIX TZ string: a test says what clock it has in mind and needs
 * no system file.
 */
#ifndef SUPPORT_ZONES_H
#define SUPPORT_ZONES_H

#include <base/arena.h>
#include <core/zone.h>

/* Central European time since 1996, and New York since 2007. */
#define SUPPORT_TZ_BERLIN "CET-1CEST,M3.5.0,M10.5.0/3"
#define SUPPORT_TZ_NEW_YORK "EST5EDT,M3.2.0,M11.1.0"

struct support_transition {
    int64_t at;
    unsigned char kind; /* index into the types */
};

struct support_type {
    int32_t offset;
    bool daylight;
    const char *abbreviation;
};

/* What a TZif file says, for support_tzif. */
struct support_tzif {
    int version; /* 1, or 2 and up: with a footer */
    const struct support_transition *transitions;
    size_t transition_count;
    const struct support_type *types; /* NULL: one, UTC */
    size_t type_count;
    const char *footer;
};

/* The bytes of a TZif file. */
char *support_tzif(struct arena *arena, struct support_tzif contents, size_t *size);

/* A zone that follows one rule for ever. Aborts where the rule can't be read. */
const struct zone *support_zone(struct arena *arena, const char *name, const char *rule);

#endif
