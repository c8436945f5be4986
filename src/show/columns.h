/*
 * Text in columns for pipes and terminals: every cell made safe, columns aligned by what they take
 * on a screen.
 */
#ifndef SHOW_COLUMNS_H
#define SHOW_COLUMNS_H

#include <base/vector.h>
#include <core/meeting.h>

struct columns {
    struct arena *arena;
    size_t count;         /* columns a row */
    struct strings cells; /* row after row, safe to print */
    int *widths;          /* made by the first columns_print, behind the last columns_add */
};

struct columns columns_start(struct arena *arena, size_t count);
void columns_add(struct columns *columns, const char *cell); /* copied; NULL as "" */

/*
 * Adds the rows from `first` on to the text: columns two spaces apart, each line behind `indent`,
 * none at its end.
 */
void columns_print(struct columns *columns, size_t first_row, size_t rows, const char *indent,
                   struct text *out);
char *columns_text(struct columns *columns);

/* "Label:        value", a line; nothing where the value is NULL or empty. */
void line_add(struct text *text, const char *label, const char *value);

/*
 * Notes line by line, safe to print, each behind `indent`; blank lines stay blank, and none stands
 * at the end.
 */
void notes_add(struct text *text, const char *notes, const char *indent);

/* "Ada Lovelace <ada@example.org>", or the address alone. */
const char *person_text(struct arena *arena, const char *name, const char *email);

/*
 * What stands beside a meeting's title: "mixing risk: overlaps Budget" (or, brief, "overlap:
 * Budget"), "legacy", "cancelled", its location, or "". The names of other meetings come from the
 * list, else from the occurrence.
 */
const char *remark_text(struct arena *arena, const struct occurrences *list,
                        const struct occurrence *occurrence, bool brief);

/* The occurrence's title, "(no title)" where it is empty. */
const char *title_text(const struct occurrence *occurrence);

/* The title of the meeting with that UID in the list; NULL where it is not there. */
const char *title_of(const struct occurrences *list, const char *uid);

#endif
