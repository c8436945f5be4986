/*
 * What the text and the HTML invitation share: the lines' words, safe to print, in the invitation's
 * language.
 */
#ifndef SHOW_INVITATION_H
#define SHOW_INVITATION_H

#include "labels.h"

#include <show/print.h>

/* One number to dial: "+1 323-849-4874", ",,93907123#", "United States, Los Angeles (English)". */
struct dial_line {
    const char *number; /* as people write it */
    const char *tail;   /* what is entered once connected; "" if nothing is known */
    const char *place;  /* "" if nothing is known */
    const char *tel; /* the address "tel:+13238494874,,93907123#"; NULL for a number that is none */
};

struct dial_lines VECTOR(struct dial_line);

/* The numbers that the invitation shows, toll first. */
struct dial_lines invitation_dial_lines(const struct labels *labels,
                                        const struct invitation *invitation);

/* "Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)". */
const char *invitation_when(const struct labels *labels, const struct invitation *invitation);

/* A line of the invitation: its label's key, and its text, in the invitation's language. */
struct invitation_line {
    const char *key, *text;
};

struct invitation_lines VECTOR(struct invitation_line);

/* What a series' invitation says of its dates; nothing for a single or a cancelled meeting. */
struct invitation_lines invitation_series(const struct labels *labels,
                                          const struct invitation *invitation);

/*
 * Of an update: that it repeats in another way than before, and its next occurrences that are not
 * on or were moved, a line each. Not made safe.
 */
void invitation_changes(const struct labels *labels, const struct invitation *invitation,
                        struct strings *lines);

/*
 * "Tuesday, 24 November 2026, 14:03 (Europe/Berlin)": from when on the new ID holds, on the
 * reader's clock if it is known; NULL: not known.
 */
const char *invitation_since(const struct labels *labels, const struct invitation *invitation);

/* What an earlier invitation said otherwise; NULL: nothing, or it is not known. Not made safe. */
const char *invitation_before(const struct labels *labels, const struct invitation *invitation);

/*
 * The join address if it is one that may be linked (http or https, no spaces or quotes); NULL
 * else.
 */
const char *invitation_link(const struct invitation *invitation);

#endif
