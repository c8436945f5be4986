/*
 * The styles of a canvas's cells as text.
 */
#ifndef STYLES_H
#define STYLES_H

#include <show/canvas.h>

/*
 * The grid of canvas_dump with a letter for each cell's style, '.' (TEXT) cut at the rows' ends.
 * Selected cells have upper case, and '#' for TEXT.
 */
char *canvas_dump_styles(struct arena *arena, const struct canvas *canvas);
char canvas_style_letter(enum style style);

#endif
