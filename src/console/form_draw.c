/*
 * Drawing a form: labels, fields, what stands beside them or, in a narrow window, below.
 */
#include "form.h"
#include <base/utf8.h>
#include <string.h>

enum { LABEL = 12, BESIDE_FROM = 72, FEW_ROWS = 5 };
/* The columns of a weekday with its tick, if there is room and if there is not. */
enum { TICK = 8, TICK_NARROW = 3 };

/* A value that can still be completed is not shown as bad: it may be half typed. */
static bool field_bad(const struct form *form, size_t index)
{
    bool offered = index == form->focus && form->ghost;
    return form->fields[index].note[0] && !offered;
}

/* What stands beside the field or below: what is wrong with its value, else what it means. */
static const char *field_words(const struct form *form, size_t index)
{
    if (index == form->focus && form->ghost)
        return "";
    const struct field *field = &form->fields[index];
    return field->note[0] ? field->note : field->told;
}

static enum style words_style(const struct form *form, size_t index)
{
    if (field_bad(form, index))
        return STYLE_ERROR;
    return form->fields[index].unusual ? STYLE_LEGACY : STYLE_DIM;
}

/* Ticks take the whole line. */
static bool beside(const struct form *form, size_t index, int cols)
{
    return cols >= BESIDE_FROM && !form->spec->fields[index].ticks &&
           utf8_width(field_words(form, index)) <= cols - cols / 2 - 1;
}

/* A field that cannot be changed looks like text. */
static enum style field_style(const struct form *form, bool bad)
{
    if (form->fixed)
        return STYLE_TEXT;
    return bad ? STYLE_FIELD_BAD : STYLE_FIELD;
}

static void draw_choice(const struct form *form, struct canvas *canvas, struct area field,
                        size_t index)
{
    bool focus = index == form->focus && !form->fixed;
    enum style style = field_style(form, false);
    canvas_fill(canvas, field, style);
    int col = canvas_text(canvas, field, 0, 0, -1, style, focus ? "< " : "");
    col += canvas_text(canvas, field, 0, col, -1, style, field_value(form, index));
    canvas_text(canvas, field, 0, col, -1, style, focus ? " >" : "");
    if (focus) {
        canvas->cursor_row = field.row;
        canvas->cursor_col = field.col;
    }
}

/* "[x] Mon [ ] Tue"; in a narrow window "xMo Tu". */
static void draw_ticks(const struct form *form, struct canvas *canvas, struct area area,
                       size_t index)
{
    const struct field *field = &form->fields[index];
    const char *const *names = form->spec->fields[index].ticks;
    enum style style = field_style(form, field_bad(form, index));
    size_t count = form_choices(names);
    bool narrow = area.cols < (int)count * TICK;
    int each = narrow ? TICK_NARROW : TICK;
    canvas_fill(canvas, area, style);
    for (size_t i = 0; i < count; i++) {
        bool ticked = field->ticks & 1U << i;
        const char *box = narrow ? ticked ? "x" : " " : ticked ? "[x] " : "[ ] ";
        int at = (int)i * each;
        int used = canvas_text(canvas, area, 0, at, -1, style, box);
        canvas_textf(canvas, area, 0, at + used, -1, style, "%.*s", narrow ? 2 : 3, names[i]);
        if (index != form->focus || field->choice != i || form->fixed)
            continue;
        canvas_select(canvas, (struct area){area.row, area.col + at, 1, each - !narrow});
        canvas->cursor_row = area.row;
        canvas->cursor_col = area.col + at + !narrow;
    }
}

/* The completion behind the cursor, and the key that takes it. */
static void draw_ghost(const struct console *console, const struct form *form,
                       struct canvas *canvas, struct area area, int row, int end)
{
    int col = canvas->cursor_col - area.col;
    col += canvas_text(canvas, area, row, col, end - col, STYLE_DIM, form->ghost) + 2;
    if (col >= end)
        return;
    enum action action = form_completing(form) ? ACT_NEXT_FIELD : ACT_CURSOR_RIGHT;
    const char *key = console_key_of(console, action, V_FORM);
    col += canvas_text(canvas, area, row, col, end - col, STYLE_KEY, key) + 1;
    if (col < end)
        canvas_text(canvas, area, row, col, end - col, STYLE_DIM, "takes it");
}

static const char *field_hint(const struct console *console, const struct form *form, size_t index)
{
    if (index != form->spec->notes || !index)
        return form->spec->fields[index].hint;
    return arena_format(console->turn, "%s opens your editor",
                        console_key_of(console, ACT_EDITOR, V_FORM));
}

/* A hint in an empty field stands in brackets, so that nobody takes it for a value. */
static void draw_line(const struct console *console, struct form *form, struct canvas *canvas,
                      struct area area, int row, int width, size_t index)
{
    struct field *field = &form->fields[index];
    const char *hint = field_hint(console, form, index);
    bool focus = index == form->focus;
    enum style style = field_style(form, field_bad(form, index));
    line_draw(&field->line, canvas, area, row, LABEL, width, style, focus);
    if (!field->line.length && hint)
        canvas_textf(canvas, area, row, LABEL + focus, width - focus, STYLE_DIM, "(%s)", hint);
    if (focus && form->whole)
        canvas_select(canvas, (struct area){area.row + row, area.col + LABEL, 1,
                                            utf8_width(field->line.bytes)});
    if (focus && form->ghost)
        draw_ghost(console, form, canvas, area, row, LABEL + width);
}

static void draw_field(const struct console *console, struct form *form, struct canvas *canvas,
                       struct area area, int row, size_t index)
{
    const struct field_spec *spec = &form->spec->fields[index];
    const char *words = field_words(form, index);
    bool focus = index == form->focus, told = *words && beside(form, index, area.cols);
    int width = (told ? area.cols / 2 : area.cols) - LABEL;
    struct area value = {area.row + row, area.col + LABEL, 1, width};
    canvas_text(canvas, area, row, 0, LABEL - 1, focus ? STYLE_HEADING : STYLE_TEXT, spec->label);
    if (field_bad(form, index))
        canvas_text(canvas, area, row, LABEL - 1, 1, STYLE_ERROR, "!");
    if (spec->ticks)
        draw_ticks(form, canvas, value, index);
    else if (spec->choices)
        draw_choice(form, canvas, value, index);
    else
        draw_line(console, form, canvas, area, row, width, index);
    if (told)
        canvas_text(canvas, area, row, area.cols / 2 + 1, -1, words_style(form, index), words);
}

/* What stands below: first what is wrong with the focused field, then with others, then the rest.
 */
enum below { BELOW_FOCUS, BELOW_BAD, BELOW_REST, BELOW_NOT };

static enum below below_rank(const struct form *form, size_t index, int cols)
{
    const struct field *field = &form->fields[index];
    bool focus = index == form->focus;
    if (field->hidden || !*field_words(form, index) || beside(form, index, cols))
        return BELOW_NOT;
    if (field_bad(form, index))
        return focus ? BELOW_FOCUS : BELOW_BAD;
    return focus || field->unusual ? BELOW_REST : BELOW_NOT;
}

static const char *below_words(const struct form *form, struct arena *turn, size_t index)
{
    return arena_format(turn, "%s: %s", form->spec->fields[index].label, field_words(form, index));
}

/* How many rows tell what is wrong: fields that are scrolled out of view give way to them. */
static int error_rows(const struct form *form, struct arena *turn, int cols, bool ascii)
{
    int rows = 0;
    for (size_t i = 0; i < form->count; i++)
        if (below_rank(form, i, cols) <= BELOW_BAD)
            rows += canvas_wrap_rows(below_words(form, turn, i), cols, ascii);
    return rows;
}

/*
 * What has no room beside its field stands below, whole and with the field's name: what is wrong
 * with any field, what is unusual, and what the focused one means.
 */
static int draw_words(const struct form *form, struct arena *turn, struct canvas *canvas,
                      struct area area)
{
    int row = 0;
    for (enum below rank = BELOW_FOCUS; rank < BELOW_NOT; rank++)
        for (size_t i = 0; i < form->count && row < area.rows; i++)
            if (below_rank(form, i, area.cols) == rank)
                row += canvas_wrap(canvas, area, row, words_style(form, i),
                                   below_words(form, turn, i));
    return row;
}

/* Either the lines that warn, or all others. */
static int draw_lines(const struct form *form, struct canvas *canvas, struct area area, int row,
                      bool warnings)
{
    for (size_t i = 0; i < form->lines.count && row < area.rows; i++)
        if ((form->lines.items[i].style == STYLE_RISK) == warnings)
            row += canvas_wrap(canvas, area, row, form->lines.items[i].style,
                               form->lines.items[i].text);
    return row;
}

/* In few rows the warnings stand first, as the rest may be cut. */
static void draw_below(const struct form *form, struct arena *turn, struct canvas *canvas,
                       struct area area)
{
    int row = draw_words(form, turn, canvas, area);
    if (area.rows < FEW_ROWS) {
        row = draw_lines(form, canvas, area, row, true);
        draw_lines(form, canvas, area, row, false);
        return;
    }
    for (size_t i = 0; i < form->lines.count && row < area.rows; i++)
        row +=
            canvas_wrap(canvas, area, row, form->lines.items[i].style, form->lines.items[i].text);
}

/* How many visible fields stand before this field. */
static size_t visible_index(const struct form *form, size_t field)
{
    size_t index = 0;
    for (size_t i = 0; i < field; i++)
        index += !form->fields[i].hidden;
    return index;
}

/* How many fields are shown at a time: rows below are left for words, and for all errors. */
static size_t fields_room(size_t fields, int rows, int errors)
{
    enum { BELOW_LEAST = 3, FIELDS_LEAST = 2 };
    int room = rows - (errors > BELOW_LEAST ? errors : BELOW_LEAST);
    room = room < FIELDS_LEAST ? FIELDS_LEAST : room;
    return fields > (size_t)room ? (size_t)room : fields;
}

void form_draw(const struct console *console, struct form *form, struct canvas *canvas,
               struct area area)
{
    area.col += 1;
    area.cols -= 2;
    if (area.cols > 110)
        area.cols = 110;
    if (area.rows > 14) {
        area.row += 1;
        area.rows -= 1;
    }
    size_t seen = visible_index(form, form->count), focus = visible_index(form, form->focus);
    int errors = error_rows(form, console->turn, area.cols, canvas->ascii);
    size_t room = fields_room(seen, area.rows, errors);
    if (focus < form->top)
        form->top = focus;
    if (focus >= form->top + room)
        form->top = focus - room + 1;
    for (size_t i = 0; i < form->count; i++) {
        size_t at = visible_index(form, i);
        if (!form->fields[i].hidden && at >= form->top && at < form->top + room)
            draw_field(console, form, canvas, area, (int)(at - form->top), i);
    }
    int used = (int)room + (area.rows - (int)room > 6);
    draw_below(form, console->turn, canvas,
               (struct area){area.row + used, area.col, area.rows - used, area.cols});
}
