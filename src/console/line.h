/*
 * A line of text that is being typed, in forms, the lookup and pickers: UTF-8, in which the cursor
 * moves by grapheme clusters.
 */
#ifndef LINE_H
#define LINE_H

#include "keys.h"
#include <show/canvas.h>

struct line {
    struct arena *arena; /* holds the bytes */
    char *bytes;         /* terminated, never NULL after line_start */
    size_t length, capacity, cursor, limit;
    int shown; /* the first column that is shown of a long text */
};

struct line line_start(struct arena *arena, const char *text, size_t limit);
void line_set(struct line *line, const char *text);
/*
 * Inserts text at the cursor; control characters become blanks (with `newlines`, newlines stay).
 * False, and nothing is inserted: the text is no UTF-8, or too long.
 */
bool line_insert(struct line *line, const char *text, bool newlines);
/* Inserts one typed character. */
bool line_put(struct line *line, int32_t codepoint);
/* Moves the cursor or deletes; false: the action does neither. *changed: the text has changed. */
bool line_act(struct line *line, enum action action, bool *changed);
/* Draws it in `width` columns at (row, col) and, with focus, sets the canvas's cursor. */
void line_draw(struct line *line, struct canvas *canvas, struct area area, int row, int col,
               int width, enum style style, bool focus);

#endif
