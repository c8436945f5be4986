/*
 * Inside iCalendar reading: bytes to unfolded lines (RFC 5545, 3.1), one at a time.
 */
#ifndef ICAL_LINES_H
#define ICAL_LINES_H

#include <exchange/ical.h>

enum { ICAL_LINE_MAX = 1 << 20, ICAL_BUFFER = 1 << 16 };

enum ical_line_fault { ICAL_LINE_SOUND, ICAL_LINE_TOO_LONG, ICAL_LINE_NUL, ICAL_LINE_NOT_UTF8 };

enum ical_charset { ICAL_ASCII, ICAL_UTF8, ICAL_WINDOWS };

struct ical_lines {
    struct ical_source source;
    const char *buffer; /* what was read last; of a text in memory all of it */
    char *room;         /* ICAL_BUFFER bytes to read into; NULL for a text in memory */
    size_t at, end;     /* in the buffer */
    struct text spare;  /* for the conversion of a line */
    bool ended;
    bool wide;          /* it begins with the byte order mark of UTF-16 */
    size_t next_number; /* of the physical line that comes next, from 1 */
    /* the line last read; valid until the next one is */
    struct text text;          /* of one that is too long the beginning */
    size_t number;             /* where it began */
    enum ical_charset charset; /* that it came in; the text is UTF-8 */
    enum ical_line_fault fault;
};

void ical_lines_start(struct arena *arena, struct ical_lines *lines, struct ical_source source);

/* Reads the next line that is not empty; *more false at the end. */
enum err ical_lines_next(struct ical_lines *lines, bool *more, struct error *error);

#endif
