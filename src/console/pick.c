/*
 * The picker: a line of input over a list that it narrows with each key. The palette, the search
 * and the organizers are pickers.
 */
#include "pick.h"
#include "list.h"
#include <base/utf8.h>
#include <string.h>

static const struct view_class view_pick;

struct pick_state {
    struct pick pick; /* first: as it was given */
    struct line line;
    struct pick_rows rows;
    struct show_list list;
    size_t limit; /* how many rows are asked for */
    /* The highest so far: the box grows with the rows, and does not shrink when they get fewer. */
    int rows_most, cols_most;
};

enum { NARROW = 50, BOX_ROWS = 7, BOX_COLS = 60, BOX_COLS_MOST = 100 };

/* The rows and columns of a box that holds the rows. */
static void measure(struct pick_state *state)
{
    int label = 0, detail = 0, rows = (int)(state->rows.count < 1000 ? state->rows.count : 1000);
    for (size_t i = 0; i < state->rows.count; i++) {
        const struct pick_row *row = &state->rows.items[i];
        int width = utf8_width(row->label), more = row->detail ? utf8_width(row->detail) : 0;
        label = width > label ? width : label;
        detail = more > detail ? more : detail;
    }
    int cols = label + detail + 6; /* the border, and the gaps between and beside the texts */
    state->rows_most = rows > state->rows_most ? rows : state->rows_most;
    state->cols_most = cols > state->cols_most ? cols : state->cols_most;
}

static enum err pick_load(struct console *console, struct view *view)
{
    struct pick_state *state = view->state;
    struct pick_rows rows = {0};
    if (!state->pick.find)
        return ERR_OK;
    enum err err = state->pick.find(console, view->fresh, state->line.bytes, state->limit, &rows);
    if (err)
        return err;
    state->rows = rows;
    measure(state);
    list_clamp(&state->list, rows.count);
    return ERR_OK;
}

/* From the first row, of which two screens are asked for. */
static void list_anew(const struct console *console, struct pick_state *state)
{
    state->list = (struct show_list){.count = state->rows.count};
    state->limit = 2 * (size_t)console->term->rows;
}

/* Asks for more rows if the selection comes near the last one. */
static void read_on(struct console *console, struct view *view, enum action action)
{
    struct pick_state *state = view->state;
    size_t page = view->area.rows > 0 ? (size_t)view->area.rows : 1;
    if ((action != ACT_DOWN && action != ACT_PAGE_DOWN) || state->rows.count < state->limit ||
        state->list.selected + page < state->rows.count)
        return;
    state->limit *= 2;
    console_load(console, view);
}

static void pick_opened(struct console *console, struct view *view, const void *given)
{
    const struct pick *pick = given;
    struct pick_state *state = view->state;
    state->line = line_start(view->own, pick->initial, 200);
    list_anew(console, state);
}

static void draw_rows(struct pick_state *state, struct canvas *canvas, struct area area)
{
    size_t room = (size_t)area.rows;
    struct show_list *list = &state->list;
    if (list->selected < list->top)
        list->top = list->selected;
    if (list->selected >= list->top + room)
        list->top = list->selected - room + 1;
    int widest = 0;
    for (size_t i = 0; i < state->rows.count; i++) {
        int width = utf8_width(state->rows.items[i].label);
        widest = width > widest ? width : widest;
    }
    int most = area.cols < NARROW ? area.cols * 2 / 3 : area.cols * 3 / 5;
    if (widest > most)
        widest = most;
    for (size_t i = list->top; i < state->rows.count && i < list->top + room; i++) {
        const struct pick_row *row = &state->rows.items[i];
        int at = (int)(i - list->top);
        canvas_text(canvas, area, at, 1, row->detail ? widest : area.cols - 1, STYLE_TEXT,
                    row->label);
        if (row->detail && area.cols - widest - 4 > 0)
            canvas_text(canvas, area, at, widest + 3, area.cols - widest - 4, STYLE_DIM,
                        row->detail);
        canvas_item(canvas, (struct area){area.row + at, area.col, 1, area.cols}, i,
                    i == list->selected);
    }
    if (!state->rows.count)
        canvas_text(canvas, area, 0, 1, -1, STYLE_DIM, state->pick.empty);
}

static const char *pick_enter(const struct view *view)
{
    const struct pick_state *state = view->state;
    return state->pick.enter;
}

static void pick_draw(const struct console *console, struct view *view, struct canvas *canvas,
                      struct area area)
{
    (void)console;
    struct pick_state *state = view->state;
    struct area box = area;
    if (!state->pick.find) {
        box.rows = 5;
        box.row = area.row + (area.rows - box.rows) / 2;
    } else if (state->rows_most + 4 < box.rows) {
        int rows = state->rows_most + 4 > BOX_ROWS ? state->rows_most + 4 : BOX_ROWS;
        box.rows = rows < box.rows ? rows : box.rows;
    }
    int cols = state->cols_most > BOX_COLS ? state->cols_most : BOX_COLS;
    if (cols > BOX_COLS_MOST || !state->pick.find)
        cols = BOX_COLS_MOST;
    if (box.cols > cols) {
        box.col += (box.cols - cols) / 2;
        box.cols = cols;
    }
    canvas_box(canvas, box, state->pick.title);
    struct area inside = {box.row + 1, box.col + 1, box.rows - 2, box.cols - 2};
    int col = 1 + canvas_text(canvas, inside, 0, 1, -1, STYLE_HEADING, state->pick.prompt) + 1;
    line_draw(&state->line, canvas, inside, 0, col, inside.cols - col - 1, STYLE_FIELD, true);
    inside.row += 2;
    inside.rows -= 2;
    draw_rows(state, canvas, inside);
}

static bool pick_type(struct console *console, struct view *view, const struct key *key)
{
    struct pick_state *state = view->state;
    bool good = key->code == K_PASTE ? line_insert(&state->line, key->text, false)
                                     : line_put(&state->line, key->code);
    if (!good)
        console_say(console, "That is too long.");
    list_anew(console, state);
    console_load(console, view);
    return true;
}

static enum reaction pick_act(struct console *console, struct view *view, enum action action)
{
    struct pick_state *state = view->state;
    bool changed;
    if (line_act(&state->line, action, &changed)) {
        if (changed) {
            list_anew(console, state);
            console_load(console, view);
        }
        return REACT_STAY;
    }
    read_on(console, view, action);
    if (action != ACT_OPEN)
        return REACT_PASS;
    if (state->pick.find && !state->rows.count)
        return REACT_STAY;
    const void *chosen =
        state->pick.find ? state->rows.items[state->list.selected].item : state->line.bytes;
    console_lift(console);
    int depth = console->depth;
    if (state->pick.choose(console, chosen)) {
        view_close(console, view);
    } else {
        console->depth = depth;
        console->stack[console->depth++] = view;
    }
    return REACT_STAY;
}

void pick_open(struct console *console, const struct pick *pick)
{
    console_push(console, &view_pick, pick);
}

static const struct view_class view_pick = {
    .number = VIEW_PICK,
    .title = "",
    .size = sizeof(struct pick_state),
    .given = sizeof(struct pick),
    .small = true,
    .open = pick_opened,
    .load = pick_load,
    .draw = pick_draw,
    .act = pick_act,
    .enter = pick_enter,
    .type = pick_type,
    .list = offsetof(struct pick_state, list),
};
