/*
 * The canvas: writing safe text, lines and boxes into a grid of cells, and dumping it.
 */
#include "glyph.h"

#include <base/vector.h>
#include <limits.h>
#include <show/canvas.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct canvas *canvas_new(struct arena *arena, int rows, int cols, bool ascii)
{
    struct canvas *canvas = arena_alloc(arena, sizeof *canvas);
    canvas->rows = rows > 0 ? rows : 0;
    canvas->cols = cols > 0 ? cols : 0;
    canvas->ascii = ascii;
    canvas->cells =
        arena_array(arena, (size_t)canvas->rows * (size_t)canvas->cols, sizeof *canvas->cells);
    canvas_fill(canvas, canvas_area(canvas), STYLE_TEXT);
    canvas->cursor_row = canvas->cursor_col = -1;
    return canvas;
}

struct area canvas_area(const struct canvas *canvas)
{
    return (struct area){0, 0, canvas->rows, canvas->cols};
}

static struct cell *cell_at(const struct canvas *canvas, int row, int col)
{
    if (row < 0 || col < 0 || row >= canvas->rows || col >= canvas->cols)
        return NULL;
    return &canvas->cells[(size_t)row * (size_t)canvas->cols + (size_t)col];
}

const struct cell *canvas_cell(const struct canvas *canvas, int row, int col)
{
    return cell_at(canvas, row, col);
}

/* The cell at a place of the area; NULL: it is outside of the area or the canvas. */
static struct cell *area_cell(struct canvas *canvas, struct area area, int row, int col)
{
    if (row < 0 || col < 0 || row >= area.rows || col >= area.cols)
        return NULL;
    return cell_at(canvas, area.row + row, area.col + col);
}

/* If one half of a wide character is written over, the other half becomes a blank. */
static void cell_unpair(struct canvas *canvas, int row, int col)
{
    struct cell *cell = cell_at(canvas, row, col);
    struct cell *left = cell_at(canvas, row, col - 1), *right = cell_at(canvas, row, col + 1);
    if (left && !cell->bytes[0])
        memcpy(left->bytes, " ", 2);
    else if (right && !right->bytes[0])
        memcpy(right->bytes, " ", 2);
}

static void cell_put(struct canvas *canvas, struct area area, int row, int col, const char *bytes,
                     enum style style)
{
    struct cell *cell = area_cell(canvas, area, row, col);
    if (!cell)
        return;
    cell_unpair(canvas, area.row + row, area.col + col);
    size_t n = strlen(bytes);
    memcpy(cell->bytes, bytes, n + 1);
    cell->style = (unsigned char)style;
    cell->item = 0;
}

/* Draws a glyph or, if it would reach out of the area or the canvas, blanks. */
static void glyph_put(struct canvas *canvas, struct area area, int row, int col,
                      const struct glyph *glyph, enum style style)
{
    if (glyph->spread) {
        for (int i = 0; i < glyph->columns; i++)
            cell_put(canvas, area, row, col + i, (char[]){glyph->bytes[i], '\0'}, style);
        return;
    }
    if (glyph->columns < 2) {
        cell_put(canvas, area, row, col, glyph->bytes, style);
        return;
    }
    struct cell *behind = area_cell(canvas, area, row, col + 1);
    bool whole = behind && area_cell(canvas, area, row, col);
    cell_put(canvas, area, row, col + 1, " ", style);
    cell_put(canvas, area, row, col, whole ? glyph->bytes : " ", style);
    if (whole)
        behind->bytes[0] = '\0';
}

/* The text [s, end) in at most `width` columns. */
static int draw_text(struct canvas *canvas, struct area area, int row, int col, int width,
                     enum style style, const char *s, const char *end)
{
    if (width < 0 || width > area.cols - col)
        width = area.cols - col;
    if (width <= 0 || row < 0 || row >= area.rows)
        return 0;
    bool cut = glyph_columns(s, end, canvas->ascii) > width;
    int room = cut ? width - 1 : width, used = 0;
    struct glyph glyph = {0};
    while (glyph_next(&s, end, canvas->ascii, &glyph) && used + glyph.columns <= room) {
        glyph_put(canvas, area, row, col + used, &glyph, style);
        used += glyph.columns;
    }
    if (cut)
        cell_put(canvas, area, row, col + used++, canvas->ascii ? "~" : "…", style);
    return used;
}

int canvas_text(struct canvas *canvas, struct area area, int row, int col, int width,
                enum style style, const char *s)
{
    return draw_text(canvas, area, row, col, width, style, s, s + strlen(s));
}

int canvas_textf(struct canvas *canvas, struct area area, int row, int col, int width,
                 enum style style, const char *format, ...)
{
    enum { ROOM = 1024 }; /* more than a row can show */
    char line[ROOM];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    return canvas_text(canvas, area, row, col, width, style, line);
}

int canvas_wrap(struct canvas *canvas, struct area area, int row, enum style style, const char *s)
{
    const char *end = s + strlen(s), *line;
    int used = 0;
    if (area.cols <= 0)
        return 0;
    while (row + used < area.rows) {
        const char *line_end = glyph_wrap(&s, end, area.cols, canvas->ascii, &line);
        if (!line)
            break;
        bool last_row = row + used == area.rows - 1;
        /* the last row gets all the rest, and so an ellipsis if that is too long */
        draw_text(canvas, area, row + used, 0, -1, style, line, last_row ? end : line_end);
        used++;
    }
    return used;
}

int canvas_wrap_rows(const char *s, int cols, bool ascii)
{
    return cols > 0 ? (int)glyph_lines(s, cols, ascii) : 0;
}

void canvas_fill(struct canvas *canvas, struct area area, enum style style)
{
    const struct cell blank = {.bytes = " ", .style = (unsigned char)style};
    int left = area.col > 0 ? area.col : 0, top = area.row > 0 ? area.row : 0;
    int right = area.col + area.cols < canvas->cols ? area.col + area.cols : canvas->cols;
    int bottom = area.row + area.rows < canvas->rows ? area.row + area.rows : canvas->rows;
    for (int row = top; row < bottom && left < right; row++) {
        cell_unpair(canvas, row, left);
        cell_unpair(canvas, row, right - 1);
        struct cell *cells = &canvas->cells[(size_t)row * (size_t)canvas->cols];
        for (int col = left; col < right; col++)
            cells[col] = blank;
    }
}

void canvas_copy(struct canvas *canvas, struct area area, int row, const struct canvas *from)
{
    for (int at = 0; at < from->rows; at++)
        for (int col = 0; col < from->cols; col++) {
            struct cell *cell = area_cell(canvas, area, row + at, col);
            if (cell)
                *cell = *cell_at(from, at, col);
        }
}

void canvas_select(struct canvas *canvas, struct area area)
{
    for (int row = 0; row < area.rows; row++)
        for (int col = 0; col < area.cols; col++) {
            struct cell *cell = area_cell(canvas, area, row, col);
            if (cell)
                cell->style |= STYLE_SELECTED;
        }
}

void canvas_item(struct canvas *canvas, struct area area, size_t item, bool selected)
{
    for (int row = 0; row < area.rows; row++)
        for (int col = 0; col < area.cols; col++) {
            struct cell *cell = area_cell(canvas, area, row, col);
            if (cell)
                cell->item = item < INT_MAX ? (int)item + 1 : 0;
        }
    if (selected)
        canvas_select(canvas, area);
}

size_t canvas_item_at(const struct canvas *canvas, int row, int col, size_t none)
{
    const struct cell *cell = cell_at(canvas, row, col);
    return cell && cell->item ? (size_t)cell->item - 1 : none;
}

void canvas_items_forget(struct canvas *canvas)
{
    size_t count = (size_t)canvas->rows * (size_t)canvas->cols;
    for (size_t i = 0; i < count; i++)
        canvas->cells[i].item = 0;
}

void canvas_hline(struct canvas *canvas, struct area area, int row, enum style style)
{
    for (int col = 0; col < area.cols; col++)
        cell_put(canvas, area, row, col, canvas->ascii ? "-" : "─", style);
}

void canvas_vline(struct canvas *canvas, struct area area, int col, enum style style)
{
    for (int row = 0; row < area.rows; row++)
        cell_put(canvas, area, row, col, canvas->ascii ? "|" : "│", style);
}

void canvas_box(struct canvas *canvas, struct area area, const char *title)
{
    const char *const *corners = canvas->ascii ? (const char *const[]){"+", "+", "+", "+"}
                                               : (const char *const[]){"┌", "┐", "└", "┘"};
    int right = area.cols - 1, bottom = area.rows - 1;
    if (right < 1 || bottom < 1)
        return;
    canvas_fill(canvas, area, STYLE_TEXT);
    canvas_hline(canvas, area, 0, STYLE_BORDER);
    canvas_hline(canvas, area, bottom, STYLE_BORDER);
    canvas_vline(canvas, area, 0, STYLE_BORDER);
    canvas_vline(canvas, area, right, STYLE_BORDER);
    cell_put(canvas, area, 0, 0, corners[0], STYLE_BORDER);
    cell_put(canvas, area, 0, right, corners[1], STYLE_BORDER);
    cell_put(canvas, area, bottom, 0, corners[2], STYLE_BORDER);
    cell_put(canvas, area, bottom, right, corners[3], STYLE_BORDER);
    if (title && *title && area.cols > 6) {
        int used = canvas_text(canvas, area, 0, 3, area.cols - 6, STYLE_HEADING, title);
        canvas_text(canvas, area, 0, 2, 1, STYLE_BORDER, " ");
        canvas_text(canvas, area, 0, 3 + used, 1, STYLE_BORDER, " ");
    }
}

char *canvas_dump(struct arena *arena, const struct canvas *canvas)
{
    struct text text = text_start(arena);
    for (int row = 0; row < canvas->rows; row++) {
        size_t row_start = text.length;
        for (int col = 0; col < canvas->cols; col++)
            text_add(&text, canvas->cells[row * canvas->cols + col].bytes);
        while (text.length > row_start && text.bytes[text.length - 1] == ' ')
            text.bytes[--text.length] = '\0';
        text_add_byte(&text, '\n');
    }
    return text.bytes;
}
