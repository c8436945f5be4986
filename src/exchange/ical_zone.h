/*
 * Inside iCalendar reading: a TZID to a zone of ours.
 */
#ifndef ICAL_ZONE_H
#define ICAL_ZONE_H

#include "ical_property.h"

enum {
    ICAL_OBSERVANCES = 16,
    ICAL_ONSETS = 400, /* two a year from 1900 on */
    ICAL_ZONE_NAME = 128,
    ICAL_ZONE_RULE = 200,
    ICAL_ZONES_MAX = 1000,
    ICAL_ZONE_YEARS = 16 /* years whose findings are kept of a VTIMEZONE */
};

/* STANDARD or DAYLIGHT of a VTIMEZONE. */
struct ical_observance {
    struct local_time start;
    int32_t offset_from, offset_to;
    char rule[ICAL_ZONE_RULE]; /* "": once, and at the zone's onsets */
};

/* An onset that is named by its own date (RDATE). */
struct ical_onset {
    int64_t at; /* local_seconds */
    size_t observance;
};

/* What was found out about a VTIMEZONE for the times of a year. */
struct ical_zone_year {
    int year;                /* 0: nothing */
    const struct zone *fits; /* the zone that its rules fit; NULL: none, or known by its name */
    bool lies;               /* the zone of its name has other rules all year */
};

/* A VTIMEZONE: of fixed size, so that a stream of thousands of them does not grow. */
struct ical_foreign_zone {
    char id[ICAL_ZONE_NAME], location[ICAL_ZONE_NAME];
    struct ical_observance observances[ICAL_OBSERVANCES];
    size_t count;
    struct ical_onset onsets[ICAL_ONSETS];
    size_t onset_count;
    struct ical_zone_year years[ICAL_ZONE_YEARS]; /* a year's place is its remainder */
    bool told; /* that its rules are not those of the zone of its name */
    /* false: an observance could not be read, so nothing may be concluded from the rules */
    bool whole;
};

struct ical_zone_known {
    const char *id;
    const struct zone *zone; /* NULL: not known by name */
};

struct ical_zones {
    struct arena *arena; /* lives as long as the reading */
    struct zone_source source;
    const struct zone *preferred; /* taken before all others if rules fit it */
    struct VECTOR(struct ical_zone_known) known;
    struct VECTOR(struct ical_foreign_zone *) foreign;
};

/* Keeps a VTIMEZONE for the TZIDs to come. */
void ical_zones_define(struct ical_zones *zones, const struct ical_component *component);

/* The zone of a TZID for a time in `year`; NULL if it can't be told. */
const struct zone *ical_zones_find(struct ical_zones *zones, const char *id, int year);

/*
 * True, once a VTIMEZONE, if its rules agree with the zone of its name at no time of the year.
 */
bool ical_zones_lies(struct ical_zones *zones, const char *id, const struct zone *zone, int year);

/*
 * The offset that a VTIMEZONE gives to a local time, for one that fits no zone; false if it
 * gives none.
 */
bool ical_zones_offset(const struct ical_zones *zones, const char *id, struct local_time local,
                       int32_t *offset);

#endif
