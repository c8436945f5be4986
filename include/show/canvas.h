/*
 * The canvas: a grid of cells, filled anew for each frame. The console copies it to the terminal,
 * the command line prints it, tests compare it. Pure; knows nothing of curses.
 */
#ifndef SHOW_CANVAS_H
#define SHOW_CANVAS_H

#include <base/arena.h>
#include <stdbool.h>

/*
 * The meaning of a cell, not its looks: the terminal maps a style to attributes and colours, so
 * that the meaning is visible without colours, too. Each with its name in the settings.
 */
#define CELL_STYLES(STYLE)                                                                         \
    STYLE(TEXT, "text")                                                                            \
    STYLE(DIM, "dim")         /* secondary */                                                      \
    STYLE(HEADING, "heading") /* a day's line, a column's name */                                  \
    STYLE(BAR, "bar")         /* top and bottom line */                                            \
    STYLE(BAR_STRONG, "bar-strong")                                                                \
    STYLE(KEY, "key")       /* a key's name on the bottom line or in help */                       \
    STYLE(ID, "id")         /* a conference ID */                                                  \
    STYLE(BLOCK, "block")   /* a meeting in a time grid */                                         \
    STYLE(LEGACY, "legacy") /* a meeting on a static ID */                                         \
    STYLE(RISK, "risk")     /* a meeting with a mixing risk */                                     \
    STYLE(CANCELLED, "cancelled")                                                                  \
    STYLE(PAST, "past")                                                                            \
    STYLE(NOW, "now")     /* the line at the present time, a live state */                         \
    STYLE(FIELD, "field") /* a form's input */                                                     \
    STYLE(FIELD_BAD, "field-bad")                                                                  \
    STYLE(GOOD, "good")                                                                            \
    STYLE(ERROR, "error")                                                                          \
    STYLE(BORDER, "border")

#define STYLE_NUMBER(NAME, name) STYLE_##NAME,
enum style { CELL_STYLES(STYLE_NUMBER) STYLE_COUNT };
#undef STYLE_NUMBER

enum { CELL_BYTES = 23, STYLE_SELECTED = 0x80 /* added to a style: reverse */ };

struct cell {
    /* One grapheme cluster, cut at a code point if it is too long; "" behind a wide one. */
    char bytes[CELL_BYTES + 1];
    unsigned char style; /* enum style, perhaps with STYLE_SELECTED */
    int item;            /* a list's item plus 1 (canvas_item); 0: no item */
};

struct canvas {
    int rows, cols;
    bool ascii;                 /* a C locale: signs and lines in ASCII, other characters as '?' */
    int cursor_row, cursor_col; /* -1: hidden */
    struct cell *cells;         /* rows * cols */
};

/* A rectangle of a canvas. Drawing outside of it or of the canvas is clipped, never an error. */
struct area {
    int row, col, rows, cols;
};

/* A canvas of blanks. */
struct canvas *canvas_new(struct arena *arena, int rows, int cols, bool ascii);
struct area canvas_area(const struct canvas *canvas);
const struct cell *canvas_cell(const struct canvas *canvas, int row, int col);

/*
 * One line of text at (row, col) of the area, at most `width` columns (-1: to the area's edge).
 * Control and bidi characters are drawn as visible escapes, newlines as a space. Text that does not
 * fit is cut, never within a wide character, and ends in an ellipsis. Returns the columns used.
 */
int canvas_text(struct canvas *canvas, struct area area, int row, int col, int width,
                enum style style, const char *s);
int canvas_textf(struct canvas *canvas, struct area area, int row, int col, int width,
                 enum style style, const char *format, ...) __attribute__((format(printf, 7, 8)));
/*
 * Text that is wrapped at words and new lines, from `row` of the area on. If the area ends before
 * the text, the last row ends in an ellipsis. Returns the rows used.
 */
int canvas_wrap(struct canvas *canvas, struct area area, int row, enum style style, const char *s);
/* The rows of the whole text when it is wrapped at `cols` columns. */
int canvas_wrap_rows(const char *s, int cols, bool ascii);
/* Fills with spaces of a style. */
void canvas_fill(struct canvas *canvas, struct area area, enum style style);
/*
 * Copies the other canvas into the area, its first row to `row` (which may be negative: the rows
 * above the area are left out).
 */
void canvas_copy(struct canvas *canvas, struct area area, int row, const struct canvas *from);
/* Adds STYLE_SELECTED to the area's cells. */
void canvas_select(struct canvas *canvas, struct area area);
/*
 * Says that a list's item stands in the area, so that a click there finds it; selects the area if
 * the item is selected. Cells that are drawn over later belong to no item.
 */
void canvas_item(struct canvas *canvas, struct area area, size_t item, bool selected);
/* The item at a place; `none` if no item stands there, or it is outside of the canvas. */
size_t canvas_item_at(const struct canvas *canvas, int row, int col, size_t none);
/* No cell belongs to an item any more, as when another view is drawn over them. */
void canvas_items_forget(struct canvas *canvas);
void canvas_hline(struct canvas *canvas, struct area area, int row, enum style style);
void canvas_vline(struct canvas *canvas, struct area area, int col, enum style style);
/* A frame, its inside cleared; `title` (may be NULL) stands in its upper edge. */
void canvas_box(struct canvas *canvas, struct area area, const char *title);

/* The rows as text, trailing spaces cut, each ended by a newline. */
char *canvas_dump(struct arena *arena, const struct canvas *canvas);

#endif
