/*
 * Text as columns: one glyph after the other, made safe, and cut into lines. Shared by the canvas
 * and the text printers.
 */
#ifndef SHOW_GLYPH_H
#define SHOW_GLYPH_H

#include <show/canvas.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One grapheme cluster as it is drawn. An unsafe character becomes a visible escape of several
 * columns; `spread` says that each byte is a column of its own then.
 */
struct glyph {
    char bytes[CELL_BYTES + 1];
    int columns;
    bool spread;
};

/* The glyph at *s, and moves *s behind it; false at `end`. New lines and tabs come as a space. */
bool glyph_next(const char **s, const char *end, bool ascii, struct glyph *out);

/* Columns of a text as the glyphs draw it. */
int glyph_columns(const char *s, const char *end, bool ascii);

/*
 * Cuts the next line of at most `width` columns (at least 1) from *s: at a new line, else behind
 * the last space that fits (in narrow lines only if half of the line is filled then), else where
 * the width ends. The line is [*line, return value); *s moves to the next line's beginning. *line
 * is NULL where nothing is left.
 */
const char *glyph_wrap(const char **s, const char *end, int width, bool ascii, const char **line);

/* How many lines glyph_wrap cuts the text into. */
size_t glyph_lines(const char *text, int width, bool ascii);

/*
 * What stands for a character in ASCII: "-" for a dash, "->" for an arrow, NULL where there is
 * nothing.
 */
const char *glyph_ascii(int32_t codepoint);

#endif
