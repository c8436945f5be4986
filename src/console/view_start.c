/*
 * The first run: where there is no store it asks before it makes one, where there is no organizer it leads to the form of one.
 */
#include "start.h"
#include "view.h"

struct start {
    const struct view_class *wanted;
    bool absent; /* no store there */
};

static enum err start_open(struct console *console, struct view *view, const void *given)
{
    struct start *state = view->state;
    state->wanted = given;
    state->absent = !console->has_store;
    return ERR_OK;
}

static void start_draw(const struct console *console, struct view *view, struct canvas *canvas,
                       struct area area)
{
    const struct start *state = view->state;
    const struct error *error = &console->session->error;
    area.col += 2;
    area.cols -= 4;
    int row = 1;
    row += canvas_wrap(canvas, area, row, STYLE_HEADING,
                       "dialdesk: dial-in conferencing with a conference ID for each meeting") +
           1;
    if (state->absent) {
        row += canvas_wrap(canvas, area, row, STYLE_TEXT,
                           arena_format(console->turn, "%s: %s", error->what, error->why)) +
               1;
        row += canvas_wrap(canvas, area, row, STYLE_TEXT, "Shall a new store be made there?") + 1;
        canvas_wrap(canvas, area, row, STYLE_DIM, "y makes it, q leaves.");
        return;
    }
    row += canvas_wrap(canvas, area, row, STYLE_TEXT,
                       "This store holds no organizer yet. Next: who schedules meetings here? An "
                       "address, a name, and "
                       "whether new meetings get a dynamic ID each.") +
           1;
    canvas_wrap(canvas, area, row, STYLE_DIM, "Enter goes on, q leaves.");
}

static enum reaction start_act(struct console *console, struct view *view, enum action action)
{
    struct start *state = view->state;
    if (action != ACT_OPEN)
        return action == ACT_CLOSE || action == ACT_LEAVE ? REACT_QUIT : REACT_PASS;
    if (state->absent) {
        bool created;
        if (session_store(console->session, DB_CREATE, &created) != ERR_OK ||
            console_who(console) != ERR_OK ||
            desk_change_mark(console->session, &console->mark) != ERR_OK) {
            console_error(console);
            return REACT_STAY;
        }
        state->absent = false;
        console->has_store = true;
        if (created)
            console_say(console, "The store is made.");
    }
    if (console->has_organizer)
        start_done(console);
    else
        organizer_form_open(console, NULL);
    return REACT_STAY;
}

void start_done(struct console *console)
{
    if (!console->depth || console->stack[0]->class != &view_start || !console->has_organizer)
        return;
    const struct start *state = console->stack[0]->state;
    console_show(console, state->wanted);
}

const struct view_class view_start = {
    .name = "start",
    .title = "Welcome",
    .bit = V_START,
    .size = sizeof(struct start),
    .open = start_open,
    .draw = start_draw,
    .act = start_act,
};
