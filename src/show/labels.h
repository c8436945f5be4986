/*
 * The words of invitations and of what callers are told, by language, from the embedded files
 * data/invitation/LANG.labels and data/caller/LANG.labels.
 */
#ifndef SHOW_LABELS_H
#define SHOW_LABELS_H

#include <base/arena.h>
#include <core/time.h>
#include <stdbool.h>

struct labels {
    struct arena *arena;
    const char *file;    /* the text of the language's file */
    const char *english; /* of the English one, for keys that the language's file lacks */
};

/*
 * The labels of the folder, "invitation" or "caller". "de-AT" and "de_AT.UTF-8" fall back to "de",
 * unknown languages to English. *known (may be NULL): the language has labels.
 */
struct labels labels_open(struct arena *arena, const char *folder, const char *lang, bool *known);

/* The value behind `key =`, else the English value, else the key. */
const char *labels_find(const struct labels *labels, const char *key);
/* The words that the language alone has under the key; NULL: it has none. */
const char *labels_own(const struct labels *labels, const char *key);

/* A sentence's placeholder, and what is put there. */
struct blank {
    const char *name; /* "{id}"; NULL ends a list */
    const char *text;
};

/* The pattern with its placeholders filled in; one that is not in the list stays as it is. */
const char *labels_fill(struct arena *arena, const char *pattern, const struct blank *blanks);

/* The index-th word of a list that spaces part ("weekdays"); a no-break space parts nothing. */
const char *labels_word(const struct labels *labels, const char *key, int index);

/* The day of a month, `day_1` if the file has that key ("1er"), else the number. */
const char *labels_day(const struct labels *labels, int day);

/* "Tuesday, 24 November 2026" as the language writes it. */
const char *labels_date(const struct labels *labels, struct local_time day);

/* A country's name by its two letters, else the letters. "" for "". */
const char *labels_country(const struct labels *labels, const char *country);

/* A language's name as its speakers write it ("Deutsch"), else the code. */
const char *language_name(const char *lang);

#endif
