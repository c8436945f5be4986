/*
 * Text over the whole body, and the help, which is the key table as text.
 */
#include "list.h"
#include "open.h"
#include <string.h>

static const struct view_class view_text;

struct text_state {
    text_read *read; /* NULL: the text stays as it was given */
    const char *about, *title, *text;
    struct show_list scroll;
};

static void text_opened(struct console *console, struct view *view, const void *given)
{
    (void)console;
    struct text_state *state = view->state;
    const struct text_state *source = given;
    state->about = arena_copy(view->own, source->about);
    state->title = arena_copy(view->own, source->title);
    state->text = arena_copy(view->own, source->text);
}

static enum err text_load(struct console *console, struct view *view)
{
    struct text_state *state = view->state;
    const char *title = NULL, *text = NULL;
    if (!state->read)
        return ERR_OK;
    enum err err = state->read(console, view->fresh, state->about, &title, &text);
    if (err)
        return err;
    state->title = title;
    state->text = text;
    return ERR_OK;
}

static void text_draw(const struct console *console, struct view *view, struct canvas *canvas,
                      struct area area)
{
    (void)console;
    struct text_state *state = view->state;
    area.col += 1;
    area.cols -= 2;
    show_text(canvas, area, state->text, &state->scroll);
}

static enum reaction text_act(struct console *console, struct view *view, enum action action)
{
    (void)console;
    struct text_state *state = view->state;
    return text_move(&state->scroll, action, view->area.rows - 1) ? REACT_STAY : REACT_PASS;
}

static const char *text_span(const struct console *console, const struct view *view)
{
    (void)console;
    const struct text_state *state = view->state;
    return state->title;
}

void text_open(struct console *console, const char *title, const char *text)
{
    console_push(console, &view_text, &(struct text_state){.title = title, .text = text});
}

void text_open_live(struct console *console, const char *about, text_read *read)
{
    console_push(console, &view_text,
                 &(struct text_state){.read = read, .about = about, .title = "", .text = ""});
}

static const struct view_class view_text = {
    .number = VIEW_TEXT,
    .title = "",
    .size = sizeof(struct text_state),
    .given = sizeof(struct text_state),
    .open = text_opened,
    .load = text_load,
    .draw = text_draw,
    .act = text_act,
    .span = text_span,
};

/* --- the help --- */

static void help_rows(const struct console *console, struct text *out, unsigned bit,
                      bool everywhere)
{
    for (const struct key_row *row = console->keys; row->keys; row++) {
        if (!*row->keys || !(row->views & bit) ||
            (row->views == ~0U || (row->views & V_COMMANDS) == V_COMMANDS) != everywhere)
            continue;
        text_addf(out, "  %-14s %s\n", row->keys, row->help);
    }
}

void help_open(struct console *console, unsigned bit)
{
    struct text out = text_start(console->turn);
    text_add(&out, "Keys in this view\n\n");
    help_rows(console, &out, bit, false);
    text_add(&out, "\nKeys everywhere\n\n");
    help_rows(console, &out, bit, true);
    text_add(&out,
             "\nMouse: a click selects, a second click opens, the wheel scrolls, the tabs "
             "are clickable.\n"
             "Signs: !! mixing risk, ! legacy meeting (on a static ID), ~ changed occurrence of a "
             "series, ▸ on now.\n");
    text_open(console, "Help", out.bytes);
}
