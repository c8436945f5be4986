/*
 * Shared by the drawings: styles of meetings, scrolling, and lists whose items stand in groups
 * below headings.
 */
#ifndef SHOW_DRAW_H
#define SHOW_DRAW_H

#include <show/show.h>

/* How a meeting's text looks at `now`: cancelled, past, with a risk, legacy or plain. */
enum style occurrence_style(const struct occurrence *occurrence, int64_t now);
enum style risk_style(enum risk risk);

/* The legacy list's groups: one organizer's meetings on one static ID. */
bool legacy_same_group(const struct occurrence *a, const struct occurrence *b);

/* A row of a list whose items stand in groups below headings. */
struct group_row {
    enum { GROUP_BLANK, GROUP_HEADING, GROUP_ITEM } kind;
    size_t item; /* of a heading: an item of its group */
};

/*
 * Lays the list out: each group has a heading, and all but the first a blank row before it. A group
 * begins with each item i for which begins[i] is set. Moves state->top so that the selected item is
 * seen; while a group is scrolled through, its heading stays at the top. Returns `rows` rows.
 */
struct group_row *group_rows(struct arena *arena, const bool *begins, size_t count, int rows,
                             struct show_list *state);

/* Moves state->top of a list with one row an item so that the selected item is seen. */
void list_scroll(struct show_list *state, size_t count, int rows);

#endif
