/*
 * Large characters: digits and the letters that states are written with, three rows by three
 * columns.
 */
#include "large.h"

#include <show/show.h>
#include <string.h>

struct large {
    char character;
    const char *rows[LARGE_ROWS];
};

static const struct large LINES[] = {
    {'0', {"┌─┐", "│ │", "└─┘"}}, {'1', {" ╷ ", " │ ", " ╵ "}}, {'2', {"╶─┐", "┌─┘", "└─╴"}},
    {'3', {"╶─┐", "╶─┤", "╶─┘"}}, {'4', {"╷ ╷", "└─┤", "  ╵"}}, {'5', {"┌─╴", "└─┐", "╶─┘"}},
    {'6', {"┌─╴", "├─┐", "└─┘"}}, {'7', {"╶─┐", "  │", "  ╵"}}, {'8', {"┌─┐", "├─┤", "└─┘"}},
    {'9', {"┌─┐", "└─┤", "╶─┘"}}, {'A', {"┌─┐", "├─┤", "╵ ╵"}}, {'B', {"┬─┐", "├─┤", "┴─┘"}},
    {'C', {"┌─╴", "│  ", "└─╴"}}, {'D', {"┬─╮", "│ │", "┴─╯"}}, {'E', {"┌─╴", "├─ ", "└─╴"}},
    {'G', {"┌─╴", "│ ┐", "└─┘"}}, {'I', {" ╷ ", " │ ", " ╵ "}}, {'K', {"╷┌╴", "├┤ ", "╵└╴"}},
    {'L', {"╷  ", "│  ", "└─╴"}}, {'M', {"┌┬┐", "│││", "╵ ╵"}}, {'N', {"┌╮╷", "│││", "╵╰┘"}},
    {'O', {"┌─┐", "│ │", "└─┘"}}, {'P', {"┌─┐", "├─┘", "╵  "}}, {'R', {"┌─┐", "├┬┘", "╵└╴"}},
    {'S', {"┌─╴", "└─┐", "╶─┘"}}, {'T', {"╶┬╴", " │ ", " ╵ "}}, {'U', {"╷ ╷", "│ │", "└─┘"}},
    {'V', {"╷ ╷", "│ │", "╰┬╯"}}, {'W', {"╷ ╷", "│╷│", "└┴┘"}},
};

static const struct large ASCII[] = {
    {'0', {" _ ", "| |", "|_|"}}, {'1', {"   ", "  |", "  |"}}, {'2', {" _ ", " _|", "|_ "}},
    {'3', {" _ ", " _|", " _|"}}, {'4', {"   ", "|_|", "  |"}}, {'5', {" _ ", "|_ ", " _|"}},
    {'6', {" _ ", "|_ ", "|_|"}}, {'7', {" _ ", "  |", "  |"}}, {'8', {" _ ", "|_|", "|_|"}},
    {'9', {" _ ", "|_|", " _|"}},
};

static const struct large *large_find(char character, bool ascii)
{
    const struct large *table = ascii ? ASCII : LINES;
    size_t count = ascii ? sizeof ASCII / sizeof *ASCII : sizeof LINES / sizeof *LINES;
    for (size_t i = 0; i < count; i++)
        if (table[i].character == character)
            return &table[i];
    return NULL;
}

/* The columns to the next character. Digits stand in groups of three, with a wider gap between. */
static int advance(const char *s, size_t at)
{
    bool digit = s[at] >= '0' && s[at] <= '9';
    return digit && at % 3 == 2 ? 5 : 4;
}

int large_columns(const char *s, bool ascii)
{
    int columns = 0;
    for (size_t i = 0; s[i]; i++) {
        if (!large_find(s[i], ascii))
            return 0;
        columns += s[i + 1] ? advance(s, i) : 3;
    }
    return columns;
}

void large_draw(struct canvas *canvas, struct area area, int row, int col, enum style style,
                const char *s)
{
    for (size_t i = 0; s[i]; i++) {
        const struct large *large = large_find(s[i], canvas->ascii);
        for (int line = 0; large && line < LARGE_ROWS; line++)
            canvas_text(canvas, area, row + line, col, -1, style, large->rows[line]);
        col += advance(s, i);
    }
}

int show_id_large(struct canvas *canvas, struct area area, int row, const char *digits)
{
    int columns = large_columns(digits, canvas->ascii);
    if (columns == 0 || columns > area.cols || row + LARGE_ROWS > area.rows)
        return 0;
    large_draw(canvas, area, row, 0, STYLE_ID, digits);
    return LARGE_ROWS;
}
