/*
 * Text in columns for pipes and terminals: every cell made safe, columns aligned by their width on
 * a screen; and the remarks that lists put beside a meeting.
 */
#ifndef SHOW_COLUMNS_H
#define SHOW_COLUMNS_H

#include <base/vector.h>
#include <core/meeting.h>

struct columns {
    struct arena *arena;
    size_t count;         /* columns a row */
    struct strings cells; /* row after row, safe to print */
    int *widths;          /* NULL until the first columns_print, after which no cell is added */
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

/* Adds a line "Label:        value"; nothing if the value is NULL or empty. */
void line_add(struct text *text, const char *label, const char *value);

/*
 * Notes line by line, safe to print, each behind `indent`; blank lines stay blank, and none stands
 * at the end.
 */
void notes_add(struct text *text, const char *notes, const char *indent);

/* "Ada Lovelace <ada@example.org>", or the address alone. */
const char *person_text(struct arena *arena, const char *name, const char *email);

/*
 * The remark beside a meeting's title: "mixing risk: overlaps Budget" (or, brief, "overlap:
 * Budget"), "legacy", "cancelled", how an occurrence was changed, its location, or "". The other
 * meeting's title comes from the list, else from the occurrence.
 */
const char *remark_text(struct arena *arena, const struct occurrences *list,
                        const struct occurrence *occurrence, bool brief);

/* The same in an agenda, which tells of meetings to come who has not been told, too. */
const char *agenda_remark_text(struct arena *arena, const struct occurrences *list,
                               const struct occurrence *occurrence, bool brief, int64_t now);

/* Whether an occurrence of a series differs from its rule. */
bool occurrence_changed(const struct occurrence *occurrence);
/*
 * "moved from Tue 24 Nov 2026 09:00" by the clock of the meeting's zone (brief: "was Tue 24 Nov
 * 09:00"), "changed", or "".
 */
const char *changed_text(struct arena *arena, const struct occurrence *occurrence, bool brief);

/* The occurrence's title, or "(no title)". */
const char *title_text(const struct occurrence *occurrence);

/* The title of the meeting with that UID; NULL if it is not in the list. */
const char *title_of(const struct occurrences *list, const char *uid);

#endif
