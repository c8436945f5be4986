/*
 * The form: focus, typing, checks with each key, completion.
 */
#include "form.h"
#include "dialog.h"
#include <base/utf8.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct view_class view_form;

/* --- checks and the lines below --- */

const char *form_reason(const struct console *console)
{
    return arena_copy(console->turn, console->session->error.why);
}

void form_below(struct form *form)
{
    arena_reset(form->below);
    form->lines = (struct form_lines){0};
}

void form_say(struct form *form, enum style style, const char *text)
{
    *vector_push(form->below, &form->lines) =
        (struct form_line){.style = style, .text = arena_copy(form->below, text)};
}

/* NULL if the value is a whole number in the range, else the range. */
static const char *check_range(const char *range, const char *value)
{
    char *end, *to;
    long n = strtol(value, &end, 10), least = strtol(range, &to, 10);
    long most = strtol(to + strlen(" to "), NULL, 10);
    return end != value && !*end && n >= least && n <= most ? NULL : range;
}

static void check_field(struct console *console, struct form *form, size_t index)
{
    const struct field_spec *spec = &form->spec->fields[index];
    struct field *field = &form->fields[index];
    const char *why = NULL, *told = NULL;
    field->unusual = false;
    if (spec->check && !field->hidden)
        why = spec->check(console, form, field_value(form, index));
    if (spec->range)
        why = check_range(spec->range, field_value(form, index));
    if (spec->tell && !field->hidden && !why)
        told = spec->tell(console, form, field_value(form, index), &field->unusual);
    field->note = arena_copy(form->checked, why ? why : "");
    field->told = arena_copy(form->checked, told ? told : "");
}

static void check_all(struct console *console, struct form *form)
{
    arena_reset(form->checked);
    for (size_t i = 0; i < form->count; i++)
        check_field(console, form, i);
}

bool form_good(const struct form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (!form->fields[i].hidden && form->fields[i].note[0])
            return false;
    return true;
}

/* Checks every visible field and moves to the first bad one; true if all are good. */
static bool form_check(struct console *console, struct form *form)
{
    check_all(console, form);
    for (size_t i = 0; i < form->count; i++) {
        if (form->fields[i].hidden || !form->fields[i].note[0])
            continue;
        if (i != form->focus)
            form->ghost = NULL;
        form->focus = i;
        if (form_completing(form))
            console_say(console, "%s: %s takes the completion that is shown, or write it out.",
                        form->spec->fields[i].label,
                        console_key_of(console, ACT_NEXT_FIELD, V_FORM));
        else
            console_say(console, "%s: %s", form->spec->fields[i].label, form->fields[i].note);
        console->message_style = STYLE_ERROR;
        return false;
    }
    return true;
}

/* The focused field is chosen from, and not typed into. */
static bool choosing(const struct form *form)
{
    const struct field_spec *spec = &form->spec->fields[form->focus];
    return spec->choices || spec->ticks;
}

static void offer_completion(struct console *console, struct form *form)
{
    const struct line *line = &form->fields[form->focus].line;
    const struct field_spec *spec = &form->spec->fields[form->focus];
    const char *rest = NULL;
    if (spec->complete && line->cursor == line->length)
        rest = spec->complete(console, line->bytes);
    form->ghost = NULL;
    if (rest && *rest && strlen(rest) < FORM_GHOST_MAX) {
        snprintf(form->ghost_bytes, FORM_GHOST_MAX, "%s", rest);
        form->ghost = form->ghost_bytes;
    }
}

/* Makes the lines below anew. */
static void tell_consequences(struct console *console, struct form *form)
{
    if (form->spec->consequences)
        form->spec->consequences(console, form);
}

static void changed(struct console *console, struct form *form)
{
    if (form->spec->arrange)
        form->spec->arrange(console, form);
    check_all(console, form);
    form->typing = true;
    if (form->spec->fields[form->focus].tell) /* a day or a time: "overlaps" has to be true of it */
        tell_consequences(console, form);
    form->typing = false;
    offer_completion(console, form);
}

/* A field was left, or a choice made. */
static void field_done(struct console *console, struct form *form)
{
    form->ghost = NULL;
    tell_consequences(console, form);
}

/* --- opening --- */

struct form_given {
    const struct form_spec *spec;
    const void *given;
};

static void form_opened(struct console *console, struct view *view, const void *given)
{
    const struct form_given *from = given;
    struct form *form = view->state;
    form->spec = from->spec;
    form->arena = view->own;
    form->below = arena_new();
    form->checked = arena_new();
    form->fixed = console->session->mode == DB_READ;
    while (form->spec->fields[form->count].label) {
        const struct field_spec *spec = &form->spec->fields[form->count];
        struct field *field = &form->fields[form->count++];
        field->line = line_start(form->arena, "", spec->limit ? spec->limit : 1000);
        field->original = field->note = field->told = "";
    }
    form->spec->fill(console, form, from->given);
    if (form->spec->arrange)
        form->spec->arrange(console, form);
    check_all(console, form);
    field_done(console, form);
}

static void form_close(struct console *console, struct view *view)
{
    (void)console;
    struct form *form = view->state;
    arena_free(form->below);
    arena_free(form->checked);
}

void form_open(struct console *console, const struct form_spec *spec, const void *given)
{
    console_push(console, &view_form, &(struct form_given){spec, given});
}

bool form_saved(struct console *console, enum err err)
{
    if (console_failed(console, err))
        return false;
    console_pop(console);
    console_changed(console);
    return !console_failed(console, console_who(console));
}

/* --- keys --- */

/* The value of a field of at most so many bytes is replaced by the first typed character. */
enum { SHORT = 64 };

static void move_focus(struct console *console, struct form *form, int step)
{
    size_t to = form->focus;
    do
        to = (to + form->count + (size_t)(step + (int)form->count)) % form->count;
    while (form->fields[to].hidden && to != form->focus);
    form->focus = to;
    form->whole = form->spec->fields[to].limit <= SHORT && form->fields[to].line.length > 0;
    check_all(console, form);
    field_done(console, form);
    offer_completion(console, form);
}

static bool last_field(const struct form *form)
{
    for (size_t i = form->focus + 1; i < form->count; i++)
        if (!form->fields[i].hidden)
            return false;
    return true;
}

/* Left and right: the choice before or behind, round the end; among ticks the cursor stops. */
static bool choice_act(struct form *form, enum action action)
{
    const struct field_spec *spec = &form->spec->fields[form->focus];
    struct field *field = &form->fields[form->focus];
    const char *const *choices = spec->ticks ? spec->ticks : spec->choices;
    bool left = action == ACT_CURSOR_LEFT;
    if (!choices || (!left && action != ACT_CURSOR_RIGHT))
        return false;
    size_t count = form_choices(choices), end = left ? 0 : count - 1;
    if (!spec->ticks || field->choice != end)
        field->choice = (field->choice + (left ? count - 1 : 1)) % count;
    return true;
}

/* A letter in a choice goes to the next choice that begins with it, a blank to the next choice. */
static bool choice_type(struct form *form, int32_t code)
{
    const char *const *choices = form->spec->fields[form->focus].choices;
    struct field *field = &form->fields[form->focus];
    size_t count = form_choices(choices);
    for (size_t i = 1; i <= count; i++) {
        size_t at = (field->choice + i) % count;
        if (code == ' ' || choices[at][0] == code) {
            field->choice = at;
            return true;
        }
    }
    return false;
}

/* A blank ticks, or takes the tick away. */
static bool choose(struct form *form, int32_t code)
{
    struct field *field = &form->fields[form->focus];
    if (!form->spec->fields[form->focus].ticks)
        return choice_type(form, code);
    if (code == ' ')
        field->ticks ^= 1U << field->choice;
    return code == ' ';
}

static void say_fixed(struct console *console)
{
    console_say(console, "This store may only be read; nothing can be changed.");
}

static void complete(struct console *console, struct form *form)
{
    if (!line_insert(&form->fields[form->focus].line, form->ghost, false))
        console_say(console, "That is more than the field may hold; nothing was put in.");
    changed(console, form);
}

static bool form_type(struct console *console, struct view *view, const struct key *key)
{
    struct form *form = view->state;
    if (form->fixed) {
        say_fixed(console);
        return true;
    }
    struct field *field = &form->fields[form->focus];
    if (choosing(form)) {
        if (key->code != K_PASTE && choose(form, key->code)) {
            changed(console, form);
            field_done(console, form);
        }
        return true;
    }
    bool notes = form->focus && form->focus == form->spec->notes;
    if (form->whole)
        line_set(&field->line, "");
    form->whole = false;
    if (key->code == ',' && form_completing(form))
        complete(console, form);
    bool good = key->code == K_PASTE ? line_insert(&field->line, key->text, notes)
                                     : line_put(&field->line, key->code);
    if (!good)
        console_say(console, "That is more than the field may hold; nothing was put in.");
    changed(console, form);
    return true;
}

static void drop_form(struct console *console, void *context)
{
    (void)context;
    console_pop(console);
}

/* Asks first if something was typed that is not saved. */
static enum reaction form_leave(struct console *console, const struct form *form)
{
    if (!fields_changed(form, 0, form->count - 1))
        return REACT_CLOSE;
    dialog_ask(console, arena_new(),
               &(struct dialog){.title = form->spec->title,
                                .text = "What you typed is not saved. Drop it?",
                                .yes = "drop it",
                                .no = "go on editing",
                                .guarded = true,
                                .run = drop_form});
    return REACT_STAY;
}

static void edit_notes(struct console *console, struct form *form)
{
    if (!form->spec->notes)
        return;
    struct line *line = &form->fields[form->spec->notes].line;
    char *text;
    form->focus = form->spec->notes;
    if (!editor_run(console, console->turn, line->bytes, &text))
        return;
    char *before = arena_copy(console->turn, line->bytes);
    line_set(line, "");
    if (!line_insert(line, text, true)) {
        line_set(line, before);
        console_say(console, "The notes are not taken: they are too long, or not UTF-8.");
    }
    changed(console, form);
}

static void save(struct console *console, struct form *form)
{
    if (form_check(console, form))
        form->spec->save(console, form);
}

/* Changes the focused field, or moves the cursor in it; `whole`: its value is selected whole. */
static enum reaction field_act(struct console *console, struct form *form, enum action action,
                               bool whole)
{
    if (choice_act(form, action)) {
        changed(console, form);
        field_done(console, form);
        return REACT_STAY;
    }
    struct line *line = &form->fields[form->focus].line;
    if (action == ACT_CURSOR_RIGHT && form->ghost && line->cursor == line->length) {
        complete(console, form);
        return REACT_STAY;
    }
    if (whole && (action == ACT_DELETE_BACK || action == ACT_DELETE))
        action = ACT_DELETE_LINE;
    bool edited;
    if (choosing(form) || !line_act(line, action, &edited))
        return REACT_PASS;
    if (edited)
        changed(console, form);
    return REACT_STAY;
}

static enum reaction form_act(struct console *console, struct view *view, enum action action)
{
    struct form *form = view->state;
    bool whole = form->whole, saves = action == ACT_OPEN && last_field(form);
    bool forward = action == ACT_NEXT_FIELD || action == ACT_OPEN;
    form->whole = false;
    if (action == ACT_CLOSE)
        return form_leave(console, form);
    if (form->fixed && (saves || (!forward && action != ACT_PREVIOUS_FIELD))) {
        say_fixed(console);
        return action == ACT_HELP || action == ACT_REDRAW || action == ACT_SUSPEND ? REACT_PASS
                                                                                   : REACT_STAY;
    }
    if (forward && form_completing(form))
        complete(console, form);
    else if (saves || action == ACT_SAVE)
        save(console, form);
    else if (forward || action == ACT_PREVIOUS_FIELD)
        move_focus(console, form, forward ? 1 : -1);
    else if (action == ACT_EDITOR)
        edit_notes(console, form);
    else
        return field_act(console, form, action, whole);
    return REACT_STAY;
}

static void form_drawn(const struct console *console, struct view *view, struct canvas *canvas,
                       struct area area)
{
    form_draw(console, view->state, canvas, area);
}

static const char *form_span(const struct console *console, const struct view *view)
{
    (void)console;
    const struct form *form = view->state;
    return form->spec->title;
}

static const struct view_class view_form = {
    .number = VIEW_FORM,
    .title = "",
    .size = sizeof(struct form),
    .open = form_opened,
    .draw = form_drawn,
    .act = form_act,
    .type = form_type,
    .span = form_span,
    .close = form_close,
};
