/*
 * What the drawings share: styles of meetings, and lists whose items stand in groups below
 * headings.
 */
#ifndef SHOW_DRAW_H
#define SHOW_DRAW_H

#include <show/show.h>

/* How a meeting's text looks at `now`: cancelled, past, with a risk, legacy or plain. */
enum style occurrence_style(const struct occurrence *occurrence, int64_t now);
enum style risk_style(enum risk risk);

/* The legacy list's groups: one organizer's meetings on one static ID. */
bool legacy_same_group(const struct occurrence *a, const struct occurrence *b);

/*
 * A list of occurrences in groups. Each group has a heading, and all but the first a blank row
 * before it. The drawing keeps the heading of the group that is scrolled through at the top.
 */
struct grouped {
    const struct occurrences *list;
    const struct zone *zone;
    bool (*same)(const struct grouped *grouped, size_t a, size_t b);
    void (*heading)(void *self, int row, size_t item); /* draws the heading of item's group */
    void (*item)(void *self, int row, size_t item);
    void *self;
};

/*
 * Moves state->top so that the selected item is seen in `rows` rows, and draws what is in the
 * window.
 */
void grouped_draw(const struct grouped *grouped, int rows, struct show_list *state);

/* Moves `top` of a plain list of one row an item. */
void list_scroll(struct show_list *state, size_t count, int rows);

#endif
