/*
 * Inside iCalendar writing.
 */
#ifndef ICAL_WRITER_H
#define ICAL_WRITER_H

#include "ical_event.h"

struct ical_writer {
    struct arena *arena;   /* the caller's: what is remembered between meetings */
    struct arena *scratch; /* emptied behind each meeting, freed at the end */
    struct text *out;
    struct ical_writing writing;
    struct strings zones; /* written already */
};

/* One VEVENT to write: a meeting, or an occurrence of it. */
struct vevent {
    struct ical_writer *writer;
    const struct ical_item *item;
    const struct meeting_override *override; /* NULL: the meeting itself */
    struct ical_component kept;              /* what it came with beside what we model */
    const char *notes;                       /* the meeting's own part of the description */
    const char *description; /* what is written: the notes alone, or with our block */
};

/* One content line, folded. */
void ical_put(struct ical_writer *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Writes the zone's VTIMEZONE from `since` on (an instant), unless it was written before. */
void ical_zone_write(struct ical_writer *writer, const struct zone *zone, int64_t since);

/* --- ical_write_kept.c: what came with an imported event --- */

/* Takes it apart. A line that is none is left out: the store is not trusted to hold only lines. */
void ical_kept_read(struct vevent *vevent);

/* A kept property of this name, and of this value (NULL: any); NULL if there is none. */
const struct ical_property *ical_kept_find(const struct vevent *vevent, const char *name,
                                           const char *value);

/*
 * A kept line that names a calendar user, as it came with its parameters (PARTSTAT, ROLE); NULL
 * if there is none.
 */
const char *ical_kept_person(const struct vevent *vevent, const char *name, const char *email);

/*
 * True if the kept line of this name tells that it came with this very text, as words_keep of
 * ical_event.c has it: what it came with in parameters, or in HTML, belongs to it still.
 */
bool ical_as_it_came(const struct vevent *vevent, const char *name, const char *value);

/*
 * True if a kept property is written from the record after all, or shows a conference ID that is
 * not this meeting's.
 */
bool ical_kept_outdated(const struct vevent *vevent, const struct ical_property *property);

#endif
