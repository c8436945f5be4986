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
    ICAL_STRETCHES = 12, /* of one offset within a year */
    ICAL_ZONE_YEARS = 16 /* years whose findings are kept of a VTIMEZONE */
};

/* STANDARD or DAYLIGHT of a VTIMEZONE. */
struct ical_observance {
    struct local_time start; /* as onsets are: on the clock that it ends */
    int32_t offset_from, offset_to;
    char rule[ICAL_ZONE_RULE]; /* "": once, and at the zone's onsets. UNTIL is local */
    bool start_utc;            /* while it is read: `start` is still in UTC */
};

/* An onset that is named by its own date (RDATE). */
struct ical_onset {
    int64_t at; /* local_seconds */
    size_t observance;
    bool utc; /* while it is read: `at` is still in UTC */
};

/* From this reading of the clock on (local_seconds), up to the next stretch. */
struct ical_stretch {
    int64_t from;
    int32_t offset;
};

/* What is known about a VTIMEZONE for the times of a year. */
struct ical_zone_year {
    int year;     /* 0: nothing */
    size_t count; /* of stretches: the first is in force as the year begins */
    struct ical_stretch stretches[ICAL_STRETCHES];
    bool overfull;               /* there are more: nothing may be concluded */
    bool looked;                 /* `fits` is filled */
    const struct zone *fits;     /* the zone that its rules fit; NULL: none */
    const struct zone *compared; /* the zone that `same` is about; NULL: none yet */
    bool same;                   /* that zone has the same rules all year */
};

/* A VTIMEZONE: of fixed size, so that a stream of thousands of them does not grow. */
struct ical_foreign_zone {
    char id[ICAL_ZONE_NAME], location[ICAL_ZONE_NAME];
    size_t calendar; /* of the stream: the one that defined it last */
    struct ical_observance observances[ICAL_OBSERVANCES];
    size_t count;
    struct ical_onset onsets[ICAL_ONSETS];
    size_t onset_count;
    struct ical_zone_year years[ICAL_ZONE_YEARS]; /* a year's place is its remainder */
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
    size_t calendar;              /* of the stream: the one that is read */
    struct VECTOR(struct ical_zone_known) known;
    struct VECTOR(struct ical_foreign_zone *) foreign;
};

/* --- ical_vtimezone.c --- */

/* Fills observances, onsets and `whole` from a VTIMEZONE. */
void ical_foreign_read(struct ical_foreign_zone *foreign, const struct ical_component *component);

/* What its rules give through a year, worked out once. NULL: nothing may be concluded. */
struct ical_zone_year *ical_foreign_year(struct ical_foreign_zone *foreign, int year);

/* The offset in force at a time of that year. */
int32_t ical_year_offset(const struct ical_zone_year *year, struct local_time local);

/* --- ical_zone.c --- */

/* Keeps a VTIMEZONE for the TZIDs of its calendar, and of those to come. */
void ical_zones_define(struct ical_zones *zones, const struct ical_component *component);

/*
 * False if a VTIMEZONE that is still to come in this calendar may tell the TZID's meaning, or that
 * the file has other rules than the place that it names.
 */
bool ical_zones_settled(const struct ical_zones *zones, const char *id);

/* The zone that a TZID names, or its VTIMEZONE's X-LIC-LOCATION; NULL: none. */
const struct zone *ical_zones_named(struct ical_zones *zones, const char *id);

/* The zone of a TZID for a time in `year`; NULL if it can't be told. */
const struct zone *ical_zones_find(struct ical_zones *zones, const char *id, int year);

/*
 * True if the calendar's VTIMEZONE gives another offset than the zone at that time, or, if it
 * recurs, at that time of the day in one of the 52 weeks that follow.
 */
bool ical_zones_differ(struct ical_zones *zones, const char *id, const struct zone *zone,
                       struct local_time local, bool recurs);

/*
 * The offset that a VTIMEZONE gives to a local time, for one that fits no zone; false if it
 * gives none.
 */
bool ical_zones_offset(const struct ical_zones *zones, const char *id, struct local_time local,
                       int32_t *offset);

#endif
