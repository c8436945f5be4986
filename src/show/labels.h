/*
 * The words of invitations by language, from the embedded files data/invitation/LANG.labels.
 */
#ifndef SHOW_LABELS_H
#define SHOW_LABELS_H

#include <base/arena.h>
#include <core/time.h>
#include <stdbool.h>

struct labels {
    struct arena *arena;
    const char *file;    /* the language's */
    const char *english; /* for what the language's file lacks */
};

/*
 * "de-AT" and "de_AT.UTF-8" fall back to "de", what is not known to English; *known (may be NULL)
 * says which it was.
 */
struct labels labels_open(struct arena *arena, const char *lang, bool *known);

/*
 * The value behind `key =`; English's where the language has none, the key itself where neither
 * has.
 */
const char *labels_find(const struct labels *labels, const char *key);

/* "Tuesday, 24 November 2026" as the language writes it. */
const char *labels_date(const struct labels *labels, struct local_time day);

/* A country's name by its two letters; the letters where there is no name. "" for "". */
const char *labels_country(const struct labels *labels, const char *country);

/* A language's name as its speakers write it ("Deutsch"); the code where it is not known. Const. */
const char *language_name(const char *lang);

#endif
