/*
 * A line of text that is being typed: used by forms, by the lookup and by pickers. UTF-8, one
 * grapheme cluster a step.
 */
#ifndef LINE_H
#define LINE_H

#include "keys.h"
#include <show/canvas.h>

struct line {
    struct arena *arena; /* its bytes live there */
    char *bytes;         /* terminated, never NULL after line_start */
    size_t length, capacity, cursor, limit;
    int shown; /* the first column shown, for long text */
};

struct line line_start(struct arena *arena, const char *text, size_t limit);
void line_set(struct line *line, const char *text);
/*
 * Puts text in at the cursor; controls become blanks (newlines stay with `newlines`). False where
 * it is full.
 */
bool line_insert(struct line *line, const char *text, bool newlines);
/* One typed character. */
bool line_put(struct line *line, int32_t codepoint);
/* The editing actions; false for others. *changed tells whether the text is another now. */
bool line_act(struct line *line, enum action action, bool *changed);
/* Draws it in `width` columns at (row, col) and, with focus, sets the canvas's cursor. */
void line_draw(struct line *line, struct canvas *canvas, struct area area, int row, int col,
               int width, enum style style, bool focus);

#endif
