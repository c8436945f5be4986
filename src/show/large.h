/*
 * Characters of three rows, made of lines: for a conference ID and the state of a lookup.
 */
#ifndef SHOW_LARGE_H
#define SHOW_LARGE_H

#include <show/canvas.h>

enum { LARGE_ROWS = 3 };

/* Columns of the text in large characters; 0 if one has no large form (in ASCII no letter has). */
int large_columns(const char *s, bool ascii);

/* Draws the text at (row, col) of the area, in which the caller has made sure that it fits. */
void large_draw(struct canvas *canvas, struct area area, int row, int col, enum style style,
                const char *s);

#endif
