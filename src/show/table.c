/*
 * A table of text with headings, and lines of text that scroll.
 */
#include "draw.h"
#include "glyph.h"

#include <string.h>

enum { GAP = 2, NARROWEST = 3 };

void show_table_add_all(struct arena *arena, struct show_table *table, const char *const *cells,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        *vector_push(arena, &table->cells) = cells[i] ? cells[i] : "";
}

static int text_columns(const struct canvas *canvas, const char *s)
{
    return glyph_columns(s, s + strlen(s), canvas->ascii);
}

static void measure(const struct canvas *canvas, const struct show_table *table, int *widths)
{
    for (size_t i = 0; i < table->columns; i++)
        widths[i] = table->headings ? text_columns(canvas, table->headings[i]) : 0;
    for (size_t i = 0; i < table->cells.count; i++) {
        int width = text_columns(canvas, table->cells.items[i]);
        if (width > widths[i % table->columns])
            widths[i % table->columns] = width;
    }
}

static int least_width(const struct show_table *table, const int *widths, size_t column)
{
    int least = table->least ? table->least[column] : NARROWEST;
    return widths[column] < least ? widths[column] : least;
}

/* How many columns are shown. */
static size_t count_columns(const struct show_table *table, const int *widths, int room)
{
    size_t shown = 0;
    for (int total = -GAP; shown < table->columns; shown++) {
        total += GAP + least_width(table, widths, shown);
        if (table->least && shown > 0 && total > room)
            break;
    }
    return shown;
}

/* Cuts the widest column that may be cut by one, until all have room. */
static void cut_columns(const struct show_table *table, size_t shown, int room, int *widths)
{
    int total = (int)(shown - 1) * GAP;
    for (size_t i = 0; i < shown; i++)
        total += widths[i];
    for (; total > room; total--) {
        size_t widest = shown;
        for (size_t i = 0; i < shown; i++)
            if (widths[i] > least_width(table, widths, i) &&
                (widest == shown || widths[i] > widths[widest]))
                widest = i;
        if (widest == shown)
            break;
        widths[widest]--;
    }
}

static void draw_row(struct canvas *canvas, struct area area, int row, enum style style,
                     const char *const *cells, const int *widths, size_t columns)
{
    int col = 0;
    for (size_t i = 0; i < columns; i++) {
        canvas_text(canvas, area, row, col, widths[i], style, cells[i]);
        col += widths[i] + GAP;
    }
}

void show_table(struct canvas *canvas, struct area area, const struct show_table *table,
                struct show_list *state)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    if (table->columns == 0)
        return;
    struct arena *arena = arena_new();
    int *widths = arena_array(arena, table->columns, sizeof *widths);
    size_t count = table->cells.count / table->columns;
    struct area body = area;
    measure(canvas, table, widths);
    size_t shown = count_columns(table, widths, area.cols);
    cut_columns(table, shown, area.cols, widths);
    if (table->headings) {
        draw_row(canvas, area, 0, STYLE_HEADING, table->headings, widths, shown);
        body.row++;
        body.rows--;
    }
    list_scroll(state, count, body.rows);
    for (int row = 0; row < body.rows && state->top + (size_t)row < count; row++) {
        size_t item = state->top + (size_t)row;
        draw_row(canvas, body, row, STYLE_TEXT, &table->cells.items[item * table->columns], widths,
                 shown);
        canvas_item(canvas, (struct area){body.row + row, body.col, 1, body.cols}, item,
                    item == state->selected);
    }
    if (count == 0)
        canvas_text(canvas, body, 0, 0, -1, STYLE_DIM, "Nothing is here yet.");
    arena_free(arena);
}

void show_text(struct canvas *canvas, struct area area, const char *text, struct show_list *state)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    if (area.cols <= 0 || area.rows <= 0)
        return;
    size_t count = glyph_lines(text, area.cols, canvas->ascii), rows = (size_t)area.rows;
    if (state->top + rows > count)
        state->top = count > rows ? count - rows : 0;
    const char *end = text + strlen(text), *line;
    for (size_t row = 0; row < state->top + rows; row++) {
        const char *line_end = glyph_wrap(&text, end, area.cols, canvas->ascii, &line);
        if (!line)
            break;
        if (row < state->top)
            continue;
        struct arena *arena = arena_new();
        canvas_text(canvas, area, (int)(row - state->top), 0, -1, STYLE_TEXT,
                    arena_copy_n(arena, line, (size_t)(line_end - line)));
        arena_free(arena);
    }
}
