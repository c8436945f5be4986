/*
 * The styles of a canvas's cells as text.
 */
#include "styles.h"
#include <base/vector.h>

char canvas_style_letter(enum style style)
{
    static const char letters[STYLE_COUNT] = {
        [STYLE_TEXT] = '.', [STYLE_DIM] = 'd',        [STYLE_HEADING] = 'h',
        [STYLE_BAR] = 'b',  [STYLE_BAR_STRONG] = 't', [STYLE_KEY] = 'k',
        [STYLE_ID] = 'i',   [STYLE_BLOCK] = 'm',      [STYLE_LEGACY] = 'l',
        [STYLE_RISK] = 'r', [STYLE_CANCELLED] = 'x',  [STYLE_PAST] = 'p',
        [STYLE_NOW] = 'n',  [STYLE_FIELD] = 'f',      [STYLE_FIELD_BAD] = 'e',
        [STYLE_GOOD] = 'g', [STYLE_ERROR] = 'w',      [STYLE_BORDER] = 'a',
    };
    return style < STYLE_COUNT && letters[style] ? letters[style] : '?';
}

char *canvas_dump_styles(struct arena *arena, const struct canvas *canvas)
{
    struct text text = text_start(arena);
    for (int row = 0; row < canvas->rows; row++) {
        size_t row_start = text.length;
        for (int col = 0; col < canvas->cols; col++) {
            unsigned char style = canvas->cells[row * canvas->cols + col].style;
            char letter = canvas_style_letter((enum style)(style & ~STYLE_SELECTED));
            if (style & STYLE_SELECTED)
                letter = letter == '.' ? '#' : (char)(letter - 'a' + 'A');
            text_add_byte(&text, letter);
        }
        while (text.length > row_start && text.bytes[text.length - 1] == '.')
            text.bytes[--text.length] = '\0';
        text_add_byte(&text, '\n');
    }
    return text.bytes;
}
