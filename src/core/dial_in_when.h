/*
 * Dates and times in a line that somebody pasted: their digits are no conference ID's. Private to
 * core.
 */
#ifndef CORE_DIAL_IN_WHEN_H
#define CORE_DIAL_IN_WHEN_H

#include <stddef.h>

/*
 * The bytes of the date or time of day that begins at s (a word's beginning), 0 if none does:
 * "23 Nov 2026", "Nov 23, 2026", "23.11.2026", "2026-11-23T08:00Z", "08:00", "9 am", "2026年".
 */
size_t dial_in_when(const char *s);

/* The same for a date with its year alone, which has as many digits as an ID. */
size_t dial_in_date(const char *s);

#endif
