/*
 * The frame around the views: top line, tabs, body, bottom line.
 */
#ifndef FRAME_H
#define FRAME_H

#include "stack.h"

void frame_draw(struct console *console);
/* The view whose tab is at this place, or NULL. */
const struct view_class *frame_tab_at(const struct console *console, int row, int col);

#endif
