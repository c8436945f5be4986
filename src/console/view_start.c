/*
 * The first run: where there is no store it asks before it makes one, where there is no organizer
 * it leads to the form of one, and from there to the first meeting. A store that is there and
 * cannot be opened is told and tried again, without a key too.
 */
#include "start.h"
#include "view.h"

struct start {
    const struct view_class *wanted;
    bool absent;          /* no store there */
    bool unmade;          /* making one failed: the reason stays on the screen */
    struct error trouble; /* why it could not be opened, or made; no code: it is open */
};

/* What opening the store came to. */
static void start_note(struct console *console, struct start *state, enum err err)
{
    state->absent = err != ERR_OK && console->session->absent;
    error_clear(&state->trouble);
    if (err != ERR_OK)
        state->trouble = console->session->error;
}

static enum err start_open(struct console *console, struct view *view, const void *given)
{
    struct start *state = view->state;
    state->wanted = given;
    start_note(console, state, console->has_store ? ERR_OK : console->session->error.code);
    return ERR_OK;
}

static const char *start_words(const struct console *console, const struct start *state)
{
    if (state->absent && !state->unmade)
        return "Nothing is there yet. Shall a new store be made there?";
    if (state->trouble.code)
        return state->trouble.why;
    if (console->session->mode == DB_READ)
        return "This store holds no organizer yet, and it may only be read: somebody who may "
               "write it adds one.";
    return "This store holds no organizer yet. Next: who schedules meetings here?";
}

static const char *start_keys(const struct start *state)
{
    if (state->unmade)
        return "Enter tries again, q leaves; --db names another place.";
    if (state->absent)
        return "y makes it, q leaves; --db names another place.";
    if (state->trouble.code)
        return "It is tried again by itself; Enter tries at once, q leaves.";
    return "Enter goes on, q leaves.";
}

static void start_draw(const struct console *console, struct view *view, struct canvas *canvas,
                       struct area area)
{
    const struct start *state = view->state;
    bool failed = state->trouble.code && (state->unmade || !state->absent);
    int gap = area.rows > 10, row = gap;
    area.col += 2;
    area.cols -= 4;
    row += canvas_wrap(canvas, area, row, STYLE_HEADING,
                       "dialdesk: dial-in conferencing with a conference ID for each meeting") +
           gap;
    if (state->trouble.code)
        row += canvas_wrap(canvas, area, row, STYLE_TEXT, state->trouble.what);
    row += canvas_wrap(canvas, area, row, failed ? STYLE_ERROR : STYLE_TEXT,
                       start_words(console, state)) +
           gap;
    canvas_wrap(canvas, area, row, STYLE_DIM, start_keys(state));
}

/* Makes the store that is not there. */
static enum err start_make(struct console *console, struct start *state)
{
    const char *where = arena_copy(console->turn, state->trouble.what);
    bool created = false;
    enum err err = session_store(console->session, DB_CREATE, &created);
    if (err == ERR_OK)
        err = console_open_store(console);
    start_note(console, state, err);
    state->unmade = err != ERR_OK;
    if (err == ERR_OK && created)
        console_say(console, "The store is made: %s", where);
    return err;
}

/* Somebody else may have mended it, or made one. */
static enum err start_again(struct console *console, struct start *state)
{
    enum err err = console_open_store(console);
    if (err == ERR_OK || !state->unmade)
        start_note(console, state, err);
    state->unmade = state->unmade && err != ERR_OK;
    return err;
}

static enum reaction start_act(struct console *console, struct view *view, enum action action)
{
    struct start *state = view->state;
    enum err err = ERR_OK;
    if (action != ACT_OPEN)
        return action == ACT_CLOSE || action == ACT_LEAVE ? REACT_QUIT : REACT_PASS;
    if (state->absent || state->unmade)
        err = start_make(console, state);
    else if (state->trouble.code)
        err = start_again(console, state);
    else if (console->session->mode == DB_READ && !console->has_organizer)
        err = session_store(console->session, DB_WRITE, NULL);
    if (err != ERR_OK && !state->trouble.code) /* else the body tells it */
        console_error(console);
    if (err != ERR_OK)
        return REACT_STAY;
    if (console->has_organizer)
        start_done(console);
    else if (console->session->mode != DB_READ)
        first_form_open(console);
    return REACT_STAY;
}

void start_tick(struct console *console)
{
    struct view *view = console->depth ? console->stack[0] : NULL;
    if (!view || view->class != &view_start || console->has_store)
        return;
    struct start *state = view->state;
    /* Opening waits for seconds for a store that is held, and meanwhile no key would be read. */
    if (state->trouble.code == ERR_BUSY && session_held(console->session))
        return;
    if (start_again(console, state) == ERR_OK)
        start_done(console);
}

bool start_done(struct console *console)
{
    if (!console->depth || console->stack[0]->class != &view_start || !console->has_organizer)
        return false;
    const struct start *state = console->stack[0]->state;
    console_show(console, state->wanted);
    return true;
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
