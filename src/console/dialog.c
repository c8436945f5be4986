/*
 * Questions over the view: a frame with a text and the keys that answer.
 */
#include "dialog.h"
#include "list.h"
#include <base/utf8.h>
#include <string.h>

static const struct view_class view_dialog;

/* Draws the text without its first rows (`skip`). */
static void draw_text(struct canvas *canvas, struct area area, struct arena *arena,
                      const char *text, size_t skip)
{
    int row = -(int)skip;
    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char *one = arena_copy_n(arena, line, strcspn(line, "\n"));
        struct area rest = {area.row + (row > 0 ? row : 0), area.col,
                            area.rows - (row > 0 ? row : 0), area.cols};
        int used = 1;
        if (row < 0)
            used = canvas_wrap_rows(one, area.cols, canvas->ascii);
        else if (*one && rest.rows > 0)
            used = canvas_wrap(canvas, rest, 0, STYLE_TEXT, one);
        row += used > 0 ? used : 1;
    }
}

/* Returns the column of the next answer. */
static int draw_answer(struct canvas *canvas, struct area area, int col, const char *key,
                       const char *does)
{
    col += canvas_text(canvas, area, 0, col, -1, STYLE_KEY, key) + 1;
    return col + canvas_text(canvas, area, 0, col, -1, STYLE_TEXT, does) + 3;
}

/* In the lower edge: beside the answers there may be no room. */
static void draw_more(const struct console *console, struct canvas *canvas, struct area box,
                      enum action action)
{
    const char *text =
        arena_format(console->turn, " %s more ", console_key_of(console, action, V_DIALOG));
    int width = utf8_width(text);
    canvas_text(canvas, box, box.rows - 1, box.cols - 2 - width, width, STYLE_DIM, text);
}

static void dialog_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    struct dialog *dialog = view->state;
    struct arena *arena = console->turn;
    int width = area.cols - 4 < 72 ? area.cols - 4 : 72;
    int rows = canvas_wrap_rows(dialog->text, width - 4, canvas->ascii);
    int height = rows + 4 < area.rows ? rows + 4 : area.rows;
    struct area box = {area.row + (area.rows - height) / 2, area.col + (area.cols - width) / 2,
                       height, width};
    canvas_box(canvas, box, dialog->title);
    struct area inside = {box.row + 1, box.col + 2, height - 4, width - 4};
    size_t most = rows > inside.rows ? (size_t)(rows - inside.rows) : 0;
    if (dialog->scroll.top > most)
        dialog->scroll.top = most;
    draw_text(canvas, inside, arena, dialog->text, dialog->scroll.top);
    struct area answers = {box.row + height - 2, box.col + 2, 1, width - 4};
    int col = 0;
    const char *yes = console_key_of(console, ACT_YES, V_DIALOG);
    const char *no = console_key_of(console, ACT_NO, V_DIALOG);
    const char *open = console_key_of(console, ACT_OPEN, V_DIALOG);
    if (dialog->guarded) {
        col = draw_answer(canvas, answers, col, open, dialog->no);
        draw_answer(canvas, answers, col, yes, dialog->yes);
    } else {
        col = draw_answer(canvas, answers, col, yes, dialog->yes);
        draw_answer(canvas, answers, col, no, dialog->no);
    }
    if (most)
        draw_more(console, canvas, box, dialog->scroll.top < most ? ACT_DOWN : ACT_UP);
}

static enum reaction dialog_act(struct console *console, struct view *view, enum action action)
{
    struct dialog *dialog = view->state;
    if (text_move(&dialog->scroll, action, view->area.rows / 2))
        return REACT_STAY;
    if (action == ACT_OPEN)
        action = dialog->guarded ? ACT_NO : ACT_YES;
    if (action != ACT_YES && action != ACT_NO)
        return REACT_PASS;
    if (action == ACT_NO)
        return REACT_CLOSE;
    console_lift(console);
    dialog->run(console, dialog->context);
    view_close(console, view);
    return REACT_STAY;
}

void dialog_ask(struct console *console, struct arena *arena, const struct dialog *dialog)
{
    console_push_in(console, &view_dialog, dialog, arena);
}

static const struct view_class view_dialog = {
    .number = VIEW_DIALOG,
    .title = "Question",
    .size = sizeof(struct dialog),
    .given = sizeof(struct dialog),
    .small = true,
    .draw = dialog_draw,
    .act = dialog_act,
};
