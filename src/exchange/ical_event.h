/*
 * Inside iCalendar reading: a VEVENT's properties to an ical_event.
 */
#ifndef ICAL_EVENT_H
#define ICAL_EVENT_H

#include "ical_zone.h"

/*
 * What is modelled, each with a place for its first property. The lists (EXDATE, RDATE, ATTENDEE)
 * are walked.
 */
enum ical_known {
    KNOWN_UID,
    KNOWN_DTSTART,
    KNOWN_DTEND,
    KNOWN_DURATION,
    KNOWN_RRULE,
    KNOWN_RECURRENCE_ID,
    KNOWN_SUMMARY,
    KNOWN_LOCATION,
    KNOWN_DESCRIPTION,
    KNOWN_STATUS,
    KNOWN_SEQUENCE,
    KNOWN_ORGANIZER,
    KNOWN_CREATED,
    KNOWN_LAST_MODIFIED,
    KNOWN_DTSTAMP,
    KNOWN_CONFERENCE,
    KNOWN_HTML,
    KNOWN_ALL_DAY,
    KNOWN_BLOCK,
    KNOWN_OWN_PEOPLE,
    KNOWN_COUNT
};

/*
 * Stands in what is kept of a changed occurrence (never in what is written): the ATTENDEEs beside
 * it are all of its attendees, whoever the series' are.
 */
#define ICAL_OWN_PEOPLE "X-DIALDESK-ATTENDEES"

struct ical_known_name {
    const char *name;
    bool once; /* two of them have no meaning that could be guessed, nor is one left out */
};

/* --- ical_building.c --- */

extern const struct ical_known_name ical_known_names[KNOWN_COUNT];

/*
 * Which of the modelled properties it is, or -1. A CONFERENCE that is no telephone's (a video link)
 * is not modelled.
 */
int ical_known_find(const struct ical_property *property);

/* True if this property is written from the record, so that it is not kept as it came. */
bool ical_modelled(const struct ical_property *property);

/*
 * True if this property is written from what we know of the organizer and the dial-in, so that a
 * foreign event keeps it as it came.
 */
bool ical_of_others(const struct ical_property *property);

/*
 * True for a line of a property without which an event would be another one: at another time, of
 * somebody else.
 */
bool ical_needed(const char *line);

/* A copy of at most `limit` bytes, that ends with a whole character. */
char *ical_copy_cut(struct arena *arena, const char *text, size_t limit);

/* A date or time as its property names it. */
struct ical_moment {
    struct local_time local;
    const struct zone *zone; /* of `local` */
    bool date;               /* no time of day */
    bool floating;           /* its property names no zone: the start's was taken */
};

/* An event while it is built: if a fault is found, why is set and the rest is left out. */
struct ical_building {
    struct arena *arena;   /* the caller's: what the event points to */
    struct arena *scratch; /* the component's lines, and what is needed while the event is built */
    struct ical_zones *zones;
    const struct ical_reading *reading;
    const struct zone
        *floating; /* NULL until it is known whose the event is, unless the calendar tells */
    const char *method_name; /* if the method is ICAL_OTHER_METHOD */
    const struct ical_component *component;
    const struct ical_property *known[KNOWN_COUNT];
    struct ical_moment start;
    bool zone_noted; /* that the file's rules are not those of the zone */
    struct ical_event *event;
};

/* Fills event->why (and gives false) with a message about a line; the first one stands. */
bool ical_fault(struct ical_building *building, const struct ical_property *property,
                const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds to event->note: taken, but not as it is said. */
void ical_note(struct ical_building *building, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Fills start, duration, all_day, tz, rrule, rdates, exdates and recurrence. False: rejected. */
bool ical_times_read(struct ical_building *building);
/* RECURRENCE-ID alone. */
bool ical_recurrence_id_read(struct ical_building *building);

/* True for an ATTENDEE that gives no address ("invalid:nomail"): it is kept as it came. */
bool ical_unaddressed(const struct ical_property *property);

/* The whole event; event->why tells whether it is sound. */
void ical_event_build(struct ical_building *building);

#endif
