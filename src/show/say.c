/*
 * The sentence to read out: in a frame that says whose it is and in which language.
 */
#include "say.h"
#include "glyph.h"
#include "labels.h"
#include <string.h>

enum { HIGH_FOR_FRAME = 10, WIDE_FOR_MARK = 74 };

static const char *title(struct arena *arena, const char *lang, bool told)
{
    bool english = !lang || strcmp(lang, "en") == 0;
    return arena_format(arena, "Say%s%s%s%s", told ? " after the caller check" : "",
                        english ? "" : " (", english ? "" : language_name(lang),
                        english ? "" : ")");
}

int say_draw(struct canvas *canvas, struct area area, int row, const char *say, const char *lang,
             bool told)
{
    bool framed = area.rows >= HIGH_FOR_FRAME;
    int width = area.cols - (framed ? 4 : 0);
    int lines = say && width > 0 ? (int)glyph_lines(say, width, canvas->ascii) : 0;
    if (lines == 0)
        return 0;
    if (!framed) {
        canvas_wrap(canvas, area, row, STYLE_TEXT, say);
        return lines;
    }
    struct arena *arena = arena_new();
    struct canvas *box = canvas_new(arena, lines + 2, area.cols, canvas->ascii);
    canvas_box(box, canvas_area(box), title(arena, lang, told));
    canvas_wrap(box, (struct area){1, 2, lines, width}, 0, STYLE_TEXT, say);
    canvas_copy(canvas, area, row, box);
    arena_free(arena);
    return lines + 2;
}

void say_mark_draw(struct canvas *canvas, struct area area, int row, const char *open_key)
{
    if (!open_key)
        canvas_text(canvas, area, row, 0, -1, STYLE_HEADING, "For your eyes");
    else if (area.cols >= WIDE_FOR_MARK)
        canvas_textf(canvas, area, row, 0, -1, STYLE_HEADING,
                     "For your eyes (%s: the sentence of the meeting that the caller named)",
                     open_key);
    else
        canvas_textf(canvas, area, row, 0, -1, STYLE_HEADING, "For your eyes; %s: its sentence",
                     open_key);
}
