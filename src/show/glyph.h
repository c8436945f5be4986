/*
 * Text as glyphs, made safe and of known width, and cut into lines. Shared by the canvas and the
 * text printers.
 */
#ifndef SHOW_GLYPH_H
#define SHOW_GLYPH_H

#include <show/canvas.h>
#include <stddef.h>
#include <stdint.h>

/* A grapheme cluster as it is drawn. An unsafe character becomes a visible escape (`spread`). */
struct glyph {
    char bytes[CELL_BYTES + 1];
    int columns;
    bool spread; /* each byte takes a column of its own */
};

/* Takes the glyph at *s and moves *s behind it; false at `end`. A newline or tab is a space. */
bool glyph_next(const char **s, const char *end, bool ascii, struct glyph *out);

/* Columns of a text as the glyphs draw it. */
int glyph_columns(const char *s, const char *end, bool ascii);

/*
 * Cuts the next line of at most `width` columns (at least 1) from *s: at a newline, else behind the
 * last space that fits (in narrow lines only if half of the line is filled then), else at the
 * width. A number in groups or with a short unit stays on one line, if it has room there. The line
 * is [*line, return value), and *s moves to the next line. *line is NULL at the text's end.
 */
const char *glyph_wrap(const char **s, const char *end, int width, bool ascii, const char **line);

/* How many lines glyph_wrap cuts the text into. */
size_t glyph_lines(const char *text, int width, bool ascii);

#endif
