/*
 * The sentence to read out, as the lookup and the search for people show it. Private to show.
 */
#ifndef SHOW_SAY_H
#define SHOW_SAY_H

#include <show/canvas.h>

/*
 * The whole sentence at `row` of the area (which may lie above it), in a frame unless the area is
 * low; returns its rows. `told`: it is that of the meeting that the caller named.
 */
int say_draw(struct canvas *canvas, struct area area, int row, const char *say, const char *lang,
             bool told);

/*
 * The line above which everything may be read out, and below which nothing. `open_key` tells the
 * sentence of a meeting; NULL: no meeting is below.
 */
void say_mark_draw(struct canvas *canvas, struct area area, int row, const char *open_key);

#endif
