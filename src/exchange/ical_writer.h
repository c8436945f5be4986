/*
 * Inside iCalendar writing.
 */
#ifndef ICAL_WRITER_H
#define ICAL_WRITER_H

#include "ical_property.h"

struct ical_writer {
    struct arena *arena;   /* the caller's: what is remembered between meetings */
    struct arena *scratch; /* emptied behind each meeting, freed at the end */
    struct text *out;
    struct ical_writing writing;
    struct strings zones; /* written already */
};

/* One content line, folded. */
void ical_put(struct ical_writer *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Writes the zone's VTIMEZONE from `since` on (an instant), unless it was written before. */
void ical_zone_write(struct ical_writer *writer, const struct zone *zone, int64_t since);

#endif
