/*
 * The canvas: a grid of cells that a view fills, every turn, whole. The console copies it to the
 * terminal in one loop, the command line prints it, tests compare it. Pure; knows nothing of
 * curses.
 */
#ifndef SHOW_CANVAS_H
#define SHOW_CANVAS_H

#include <base/arena.h>
#include <stdbool.h>

/*
 * What a cell means, not how it looks: the terminal maps a style to attributes and colours, so that
 * monochrome keeps the meaning.
 */
enum style {
    STYLE_TEXT,
    STYLE_DIM,     /* secondary */
    STYLE_HEADING, /* a day's line, a column's name */
    STYLE_BAR,     /* top and bottom line */
    STYLE_BAR_STRONG,
    STYLE_KEY,    /* a key's name on the bottom line or in help */
    STYLE_ID,     /* a conference ID */
    STYLE_BLOCK,  /* a meeting in a time grid */
    STYLE_LEGACY, /* on a static ID */
    STYLE_RISK,   /* with a mixing risk */
    STYLE_CANCELLED,
    STYLE_PAST,
    STYLE_NOW,   /* the line at now, a live state */
    STYLE_FIELD, /* a form's input */
    STYLE_FIELD_BAD,
    STYLE_GOOD,
    STYLE_ERROR,
    STYLE_BORDER,
    STYLE_COUNT
};

enum { CELL_BYTES = 23, STYLE_SELECTED = 0x80 /* or'ed to a style: reverse */ };

struct cell {
    /*
     * One grapheme cluster, terminated; "" behind a wide one; longer ones are cut at a code point.
     */
    char bytes[CELL_BYTES + 1];
    unsigned char style; /* enum style, perhaps with STYLE_SELECTED */
    int item;            /* of a list, counted from 1: see canvas_item; 0: of none */
};

struct canvas {
    int rows, cols;
    bool ascii; /* a C locale: signs and lines in ASCII, other text escaped as '?' */
    int cursor_row, cursor_col; /* -1: hidden */
    struct cell *cells;         /* rows * cols */
};

/* A rectangle of a canvas. Drawing outside of it or of the canvas is clipped, never an error. */
struct area {
    int row, col, rows, cols;
};

struct canvas *canvas_new(struct arena *arena, int rows, int cols, bool ascii);
void canvas_clear(struct canvas *canvas);
struct area canvas_area(const struct canvas *canvas);
const struct cell *canvas_cell(const struct canvas *canvas, int row, int col);

/*
 * One line of text at (row, col) of the area, at most `width` columns (-1: to the area's edge).
 * Control and bidi characters are drawn as visible escapes, newlines as a space, a wide character
 * is never halved, what does not fit ends in an ellipsis. Returns the columns used.
 */
int canvas_text(struct canvas *canvas, struct area area, int row, int col, int width,
                enum style style, const char *s);
int canvas_textf(struct canvas *canvas, struct area area, int row, int col, int width,
                 enum style style, const char *format, ...) __attribute__((format(printf, 7, 8)));
/*
 * Wraps at words and new lines over as many rows as it takes (at most the area's); returns the rows
 * used. Where the rows do not suffice, the last one ends in an ellipsis.
 */
int canvas_wrap(struct canvas *canvas, struct area area, int row, enum style style, const char *s);
/* The rows that canvas_wrap takes for the text at `cols` columns, were there enough of them. */
int canvas_wrap_rows(const char *s, int cols, bool ascii);
/* Fills with spaces of a style. */
void canvas_fill(struct canvas *canvas, struct area area, enum style style);
/*
 * Copies the other canvas, as wide as the area, so that its first row comes to stand in `row` of it
 * (which may be above it).
 */
void canvas_copy(struct canvas *canvas, struct area area, int row, const struct canvas *from);
/* Adds STYLE_SELECTED to what is there. */
void canvas_select(struct canvas *canvas, struct area area);
/*
 * Says which item of a list stands here, so that a click on one of these cells finds it, and
 * selects the area if the item is the selected one. What is drawn over it later belongs to no item.
 */
void canvas_item(struct canvas *canvas, struct area area, size_t item, bool selected);
/* The item at a place; `none` if there is none, or the place is outside of the canvas. */
size_t canvas_item_at(const struct canvas *canvas, int row, int col, size_t none);
/* From here on no cell belongs to an item: another view is drawn over what is there. */
void canvas_items_forget(struct canvas *canvas);
void canvas_hline(struct canvas *canvas, struct area area, int row, enum style style);
void canvas_vline(struct canvas *canvas, struct area area, int col, enum style style);
/* A frame, its inside cleared; `title` (may be NULL) stands in its upper edge. */
void canvas_box(struct canvas *canvas, struct area area, enum style style, const char *title);

/* The rows as text, trailing spaces cut, each ended by a newline. */
char *canvas_dump(struct arena *arena, const struct canvas *canvas);
/*
 * The same grid with one letter a cell for its style, '.' (TEXT) cut at the rows' ends; upper case
 * where selected, '#' for TEXT: see canvas_style_letter.
 */
char *canvas_dump_styles(struct arena *arena, const struct canvas *canvas);
char canvas_style_letter(enum style style);

#endif
