/*
 * The first run. If there is no store, it asks before it makes one; if there is no organizer, it
 * leads to the organizer's form and from there to the first meeting. If the store cannot be opened,
 * it shows why, and tries again every second.
 */
#include "directory.h"
#include "open.h"
#include "start.h"

struct start {
    const struct view_class *wanted; /* shown once there is an organizer */
    bool absent;                     /* there is no store */
    bool unmade;                     /* making a store failed: the reason stays on the screen */
    struct error trouble; /* why the store could not be opened, or made; no code: it is open */
};

/* Notes whether the store could be opened (`err`). */
static void start_note(struct console *console, struct start *state, enum err err)
{
    state->absent = err && console->session->absent;
    error_clear(&state->trouble);
    if (err)
        state->trouble = console->session->error;
}

static void start_opened(struct console *console, struct view *view, const void *given)
{
    struct start *state = view->state;
    state->wanted = given;
    start_note(console, state, console->has_store ? ERR_OK : console->session->error.code);
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

static const char *start_keys(const struct console *console, const struct start *state)
{
    const char *open = console_key_of(console, ACT_OPEN, V_START);
    const char *close = console_key_of(console, ACT_CLOSE, V_START);
    if (state->unmade)
        return arena_format(console->turn, "%s tries again, %s leaves; --db names another place.",
                            open, close);
    if (state->absent)
        return arena_format(console->turn, "%s makes it, %s leaves; --db names another place.",
                            open, close);
    if (state->trouble.code)
        return arena_format(console->turn,
                            "It is tried again by itself; %s tries at once, %s leaves.", open,
                            close);
    return arena_format(console->turn, "%s goes on, %s leaves.", open, close);
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
    canvas_wrap(canvas, area, row, STYLE_DIM, start_keys(console, state));
}

/* Makes the store. */
static enum err start_make(struct console *console, struct start *state)
{
    const char *where = arena_copy(console->turn, state->trouble.what);
    bool created = false;
    enum err err = session_store(console->session, DB_CREATE, &created);
    if (!err)
        err = console_open_store(console);
    start_note(console, state, err);
    state->unmade = err;
    if (!err && created)
        console_say(console, "The store is made: %s", where);
    return err;
}

/* Tries once more: somebody else may have mended the store, or made one. */
static enum err start_again(struct console *console, struct start *state)
{
    enum err err = console_open_store(console);
    if (!err || !state->unmade)
        start_note(console, state, err);
    state->unmade = state->unmade && err;
    return err;
}

/*
 * Shows the wanted view if there is an organizer. False: there is none, or another view has taken
 * the start view's place.
 */
static bool start_done(struct console *console)
{
    if (!console->depth || console->stack[0]->class->number != VIEW_START ||
        !console->has_organizer)
        return false;
    const struct start *state = console->stack[0]->state;
    console_show(console, state->wanted);
    return true;
}

/*
 * --- the form of the first run ---
 *
 * It asks what a first meeting with an ID needs. Values that the system knows are filled in, and
 * all can be changed later in the directory.
 */

enum { F_EMAIL, F_NAME, F_ZONE, F_IDS, F_NUMBER };

enum { DYNAMIC, STATIC };
static const char *const kinds[] = {[DYNAMIC] = "dynamic", [STATIC] = "static", NULL};

static const char *check_dial_in(struct console *console, struct form *form, const char *value)
{
    return *value ? check_number(console, form, value) : NULL;
}

static const struct field_spec fields[] = {
    [F_EMAIL] = {"Address", "ada@example.org", NULL, 254, check_email},
    [F_NAME] = {"Name", "as invitations show it", NULL, 200, NULL},
    [F_ZONE] = {"Time zone", "Europe/Berlin", NULL, 64, check_zone, .complete = complete_zone},
    [F_IDS] = {"New IDs", NULL, kinds, 0, NULL},
    [F_NUMBER] = {"Dial-in no.", "+49 30 901820, or empty", NULL, 40, check_dial_in},
    {0},
};

static void first_form_consequences(struct console *console, struct form *form)
{
    (void)console;
    form_below(form);
    if (form->focus == F_NUMBER)
        form_say(form, STYLE_DIM,
                 "The number that callers dial, for the invitations. Empty: add it later in the "
                 "directory, or with 'dialdesk number add'.");
    else if (form->fields[F_IDS].choice == DYNAMIC)
        form_say(form, STYLE_DIM,
                 "Each new meeting gets a conference ID of its own, so that callers of two "
                 "meetings never land in one.");
    else
        form_say(form, STYLE_RISK,
                 "All meetings of an organizer share one ID: where two overlap, their callers "
                 "land in one.");
}

static void first_form_fill(struct console *console, struct form *form, const void *given)
{
    (void)given;
    struct guess guess = guess_user(console->turn);
    field_fill(form, F_EMAIL, guess.email);
    field_fill(form, F_NAME, guess.name);
    field_fill(form, F_ZONE, zone_name(session_own_zone(console->session)));
    form->whole = *guess.email != '\0'; /* the first typed character replaces the guess */
}

/* Everything in one transaction: the organizer, the kind of IDs, the number. */
static void first_form_save(struct console *console, struct form *form)
{
    char e164[17] = "";
    const char *typed = field_value(form, F_NUMBER);
    struct number number = {.e164 = e164,
                            .city = "",
                            .country = "",
                            .is_default = true,
                            .typed = number_typed(console->turn, typed)};
    struct organizer organizer = {.email = field_value(form, F_EMAIL),
                                  .name = field_value(form, F_NAME),
                                  .tz = field_value(form, F_ZONE),
                                  .lang = "en",
                                  .dial_in = true,
                                  .provider = PROVIDER_MICROSOFT};
    if (!*organizer.tz)
        organizer.tz = zone_name(session_own_zone(console->session));
    enum err err = *typed ? number_parse(typed, e164, &console->session->error) : ERR_OK;
    if (!err)
        err = desk_set_up(console->session, console->turn, &organizer,
                          form->fields[F_IDS].choice == DYNAMIC, *typed ? &number : NULL);
    if (form_saved(console, err) && start_done(console)) {
        edit_new(console);
        console_say(console, "Saved. Now the first meeting: a title, then %s.",
                    console_key_of(console, ACT_SAVE, V_FORM));
    }
}

static const struct form_spec first_form = {.title = "Who schedules here?",
                                            .fields = fields,
                                            .fill = first_form_fill,
                                            .consequences = first_form_consequences,
                                            .save = first_form_save};

/* --- the view --- */

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
    if (err && !state->trouble.code) /* trouble is shown in the body */
        console_error(console);
    if (err)
        return REACT_STAY;
    if (console->has_organizer)
        start_done(console);
    else if (console->session->mode != DB_READ)
        form_open(console, &first_form, NULL);
    return REACT_STAY;
}

void start_tick(struct console *console)
{
    struct view *view = console->depth ? console->stack[0] : NULL;
    if (!view || view->class->number != VIEW_START || console->has_store)
        return;
    struct start *state = view->state;
    /* to open a store that is held takes seconds, in which no key would be read */
    if (state->trouble.code == ERR_BUSY && session_held(console->session))
        return;
    if (start_again(console, state) == ERR_OK)
        start_done(console);
}

static const struct view_class view_start = {
    .number = VIEW_START,
    .title = "Welcome",
    .size = sizeof(struct start),
    .open = start_opened,
    .draw = start_draw,
    .act = start_act,
};

void start_open(struct console *console, const struct view_class *wanted)
{
    console_push(console, &view_start, wanted);
}
