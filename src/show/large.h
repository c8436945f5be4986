/*
 * Characters of three rows, made of lines: for a conference ID and the state of a lookup.
 */
#ifndef SHOW_LARGE_H
#define SHOW_LARGE_H

#include <show/canvas.h>

enum { LARGE_ROWS = 3 };

/*
 * Columns of the text in large characters; 0 where one of its characters has no large form (of
 * letters, in ASCII, none has).
 */
int large_columns(const char *s, bool ascii);

/* Draws it at (row, col) of the area; the caller saw to it that it fits. */
void large_draw(struct canvas *canvas, struct area area, int row, int col, enum style style,
                const char *s);

#endif
