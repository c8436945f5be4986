/*
 * Moving in a list. Pure.
 */
#ifndef LIST_H
#define LIST_H

#include "keys.h"
#include <show/show.h>

/* Moves the selection by `page` rows or less; false: the action moves nothing. */
bool list_move(struct show_list *list, enum action action, int page);
/* The same for lines that show_text scrolls, whose end is known when they are drawn. */
bool text_move(struct show_list *text, enum action action, int page);
/* Notes how many items there are, and keeps the selection in bounds. */
void list_clamp(struct show_list *list, size_t count);
/* The selected item; NULL: none is. */
const struct occurrence *list_selected(const struct show_list *show,
                                       const struct occurrences *list);
/* The index of this occurrence, else of another one of its meeting, else list->count. */
size_t list_find(const struct occurrences *list, const struct occurrence *wanted);

#endif
