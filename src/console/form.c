/*
 * The form: focus, typing, checks with each key, completion, and drawing in wide and narrow
 * windows.
 */
#include "form.h"
#include "dialog.h"
#include <base/utf8.h>
#include <stdio.h>
#include <string.h>

static const struct view_class view_form;

/* --- values --- */

void field_fill(struct form *form, size_t field, const char *value)
{
    form->fields[field].original = arena_copy(form->arena, value ? value : "");
    line_set(&form->fields[field].line, value ? value : "");
}

void field_choose(struct form *form, size_t field, size_t choice)
{
    form->fields[field].choice = form->fields[field].original_choice = choice;
}

const char *field_value(const struct form *form, size_t field)
{
    const char *const *choices = form->spec->fields[field].choices;
    return choices ? choices[form->fields[field].choice] : form->fields[field].line.bytes;
}

bool field_changed(const struct form *form, size_t field)
{
    const struct field *one = &form->fields[field];
    if (form->spec->fields[field].choices)
        return one->choice != one->original_choice;
    return strcmp(one->line.bytes, one->original) != 0;
}

static bool form_changed(const struct form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (field_changed(form, i))
            return true;
    return false;
}

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

static void check_field(struct console *console, struct form *form, size_t field)
{
    const struct field_spec *spec = &form->spec->fields[field];
    const char *why = NULL;
    if (spec->check && !form->fields[field].hidden)
        why = spec->check(console, form, field_value(form, field));
    snprintf(form->fields[field].note, FORM_NOTE_MAX, "%s", why ? why : "");
}

static void check_all(struct console *console, struct form *form)
{
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

/* The typed value is bad without the completion that is shown: keys that end a value take it. */
static bool completing(const struct form *form)
{
    return form->ghost && form->fields[form->focus].note[0];
}

bool form_check(struct console *console, struct form *form)
{
    check_all(console, form);
    for (size_t i = 0; i < form->count; i++) {
        if (form->fields[i].hidden || !form->fields[i].note[0])
            continue;
        if (i != form->focus)
            form->ghost = NULL;
        form->focus = i;
        if (completing(form))
            console_say(console, "%s: Tab takes the completion that is shown, or write it out.",
                        form->spec->fields[i].label);
        else
            console_say(console, "%s: %s", form->spec->fields[i].label, form->fields[i].note);
        console->message_style = STYLE_ERROR;
        return false;
    }
    return true;
}

static void offer_completion(struct console *console, struct form *form)
{
    const struct line *line = &form->fields[form->focus].line;
    const char *rest = NULL;
    if (form->spec->complete && !form->spec->fields[form->focus].choices &&
        line->cursor == line->length)
        rest = form->spec->complete(console, form, form->focus);
    form->ghost = NULL;
    if (rest && *rest && strlen(rest) < FORM_NOTE_MAX) {
        snprintf(form->ghost_bytes, FORM_NOTE_MAX, "%s", rest);
        form->ghost = form->ghost_bytes;
    }
}

static void changed(struct console *console, struct form *form)
{
    if (form->spec->arrange)
        form->spec->arrange(console, form);
    check_all(console, form);
    offer_completion(console, form);
}

/* A field was left, or a choice made: makes the lines below anew, which tell the consequences. */
static void field_done(struct console *console, struct form *form)
{
    form->ghost = NULL;
    if (form->spec->consequences)
        form->spec->consequences(console, form);
}

/* --- opening --- */

struct form_given {
    const struct form_spec *spec;
    const void *given;
};

static enum err form_opened(struct console *console, struct view *view, const void *given)
{
    const struct form_given *from = given;
    struct form *form = view->state;
    form->spec = from->spec;
    form->arena = view->own;
    form->below = arena_new();
    form->fixed = console->session->mode == DB_READ;
    while (form->spec->fields[form->count].label) {
        const struct field_spec *spec = &form->spec->fields[form->count];
        struct field *field = &form->fields[form->count++];
        field->line = line_start(form->arena, "", spec->limit ? spec->limit : 1000);
        field->original = "";
    }
    form->spec->fill(console, form, from->given);
    if (form->spec->arrange)
        form->spec->arrange(console, form);
    field_done(console, form);
    return ERR_OK;
}

static void form_close(struct console *console, struct view *view)
{
    (void)console;
    struct form *form = view->state;
    arena_free(form->below);
}

enum err form_open(struct console *console, const struct form_spec *spec, const void *given)
{
    return console_push(console, &view_form, &(struct form_given){spec, given});
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

static size_t choice_count(const char *const *choices)
{
    size_t count = 0;
    while (choices[count])
        count++;
    return count;
}

static bool choice_act(struct form *form, enum action action)
{
    const char *const *choices = form->spec->fields[form->focus].choices;
    struct field *field = &form->fields[form->focus];
    size_t count = choices ? choice_count(choices) : 0;
    if (!count || (action != ACT_CURSOR_LEFT && action != ACT_CURSOR_RIGHT))
        return false;
    size_t step = action == ACT_CURSOR_LEFT ? count - 1 : 1;
    field->choice = (field->choice + step) % count;
    return true;
}

/* A letter in a choice goes to the next choice that begins with it, a blank to the next choice. */
static bool choice_type(struct form *form, int32_t code)
{
    const char *const *choices = form->spec->fields[form->focus].choices;
    struct field *field = &form->fields[form->focus];
    size_t count = choice_count(choices);
    for (size_t i = 1; i <= count; i++) {
        size_t at = (field->choice + i) % count;
        if (code == ' ' || choices[at][0] == code) {
            field->choice = at;
            return true;
        }
    }
    return false;
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
    if (form->spec->fields[form->focus].choices) {
        if (key->code != K_PASTE && choice_type(form, key->code)) {
            changed(console, form);
            field_done(console, form);
        }
        return true;
    }
    bool notes = form->focus == form->spec->notes;
    if (form->whole)
        line_set(&field->line, "");
    form->whole = false;
    if (key->code == ',' && completing(form))
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
    if (!form_changed(form))
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
    if (form->spec->notes >= form->count)
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
    if (form->spec->fields[form->focus].choices || !line_act(line, action, &edited))
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
    if (forward && completing(form))
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

/* --- drawing --- */

enum { LABEL = 12, BESIDE_FROM = 72, FEW_ROWS = 5 };

/* A value that can still be completed is not shown as bad: it may be half typed. */
static bool field_bad(const struct form *form, size_t index)
{
    bool offered = index == form->focus && form->ghost;
    return form->fields[index].note[0] && !offered;
}

/* A field that cannot be changed looks like text. */
static enum style field_style(const struct form *form, bool bad)
{
    if (form->fixed)
        return STYLE_TEXT;
    return bad ? STYLE_FIELD_BAD : STYLE_FIELD;
}

static void draw_choice(struct canvas *canvas, struct area area, int row, int width,
                        const char *value, bool focus)
{
    struct area field = {area.row + row, area.col + LABEL, 1, width};
    canvas_fill(canvas, field, STYLE_FIELD);
    int col = canvas_text(canvas, field, 0, 0, -1, STYLE_FIELD, focus ? "< " : "");
    col += canvas_text(canvas, field, 0, col, -1, STYLE_FIELD, value);
    canvas_text(canvas, field, 0, col, -1, STYLE_FIELD, focus ? " >" : "");
    if (focus) {
        canvas->cursor_row = field.row;
        canvas->cursor_col = field.col;
    }
}

/* The completion behind the cursor, and the key that takes it. */
static void draw_ghost(const struct form *form, struct canvas *canvas, struct area area, int row,
                       int end)
{
    int col = canvas->cursor_col - area.col;
    col += canvas_text(canvas, area, row, col, end - col, STYLE_DIM, form->ghost) + 2;
    if (col >= end)
        return;
    const char *key = completing(form) ? "Tab" : "Right";
    col += canvas_text(canvas, area, row, col, end - col, STYLE_KEY, key) + 1;
    if (col < end)
        canvas_text(canvas, area, row, col, end - col, STYLE_DIM, "takes it");
}

static void draw_field(struct form *form, struct canvas *canvas, struct area area, int row,
                       size_t index)
{
    const struct field_spec *spec = &form->spec->fields[index];
    struct field *field = &form->fields[index];
    bool focus = index == form->focus, bad = field_bad(form, index);
    canvas_text(canvas, area, row, 0, LABEL - 1, focus ? STYLE_HEADING : STYLE_TEXT, spec->label);
    int width = area.cols - LABEL;
    if (bad && area.cols >= BESIDE_FROM)
        width = area.cols / 2 - LABEL;
    if (bad)
        canvas_text(canvas, area, row, LABEL - 1, 1, STYLE_ERROR, "!");
    if (spec->choices) {
        if (form->fixed)
            canvas_text(canvas, area, row, LABEL, width, STYLE_TEXT, field_value(form, index));
        else
            draw_choice(canvas, area, row, width, field_value(form, index), focus);
        return;
    }
    line_draw(&field->line, canvas, area, row, LABEL, width, field_style(form, bad), focus);
    if (!field->line.length && spec->hint)
        canvas_text(canvas, area, row, LABEL + focus, width - focus, STYLE_DIM, spec->hint);
    if (focus && form->whole)
        canvas_select(canvas, (struct area){area.row + row, area.col + LABEL, 1,
                                            utf8_width(field->line.bytes)});
    if (focus && form->ghost)
        draw_ghost(form, canvas, area, row, LABEL + width);
    if (bad && area.cols >= BESIDE_FROM)
        canvas_text(canvas, area, row, area.cols / 2 + 1, -1, STYLE_ERROR, field->note);
}

/* A note that is longer than the room beside its field stands whole below as well. */
static bool note_below(const struct form *form, int cols)
{
    const struct field *field = &form->fields[form->focus];
    bool narrow = cols < BESIDE_FROM || utf8_width(field->note) > cols - cols / 2 - 1;
    return narrow && field_bad(form, form->focus);
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
static void draw_below(const struct form *form, struct canvas *canvas, struct area area)
{
    const struct field *focus = &form->fields[form->focus];
    int row = 0;
    if (note_below(form, area.cols))
        row += canvas_wrap(canvas, area, row, STYLE_ERROR, focus->note);
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

static void form_draw(const struct console *console, struct view *view, struct canvas *canvas,
                      struct area area)
{
    (void)console;
    struct form *form = view->state;
    area.col += 1;
    area.cols -= 2;
    if (area.cols > 110)
        area.cols = 110;
    if (area.rows > 14) {
        area.row += 1;
        area.rows -= 1;
    }
    size_t seen = visible_index(form, form->count), focus = visible_index(form, form->focus);
    size_t room = seen + 3 > (size_t)area.rows ? (size_t)area.rows - 3 : seen;
    if (focus < form->top)
        form->top = focus;
    if (focus >= form->top + room)
        form->top = focus - room + 1;
    for (size_t i = 0; i < form->count; i++) {
        size_t at = visible_index(form, i);
        if (!form->fields[i].hidden && at >= form->top && at < form->top + room)
            draw_field(form, canvas, area, (int)(at - form->top), i);
    }
    int used = (int)room + (area.rows - (int)room > 6);
    draw_below(form, canvas, (struct area){area.row + used, area.col, area.rows - used, area.cols});
}

static const char *form_span(const struct console *console, const struct view *view,
                             struct arena *arena)
{
    (void)console, (void)arena;
    const struct form *form = view->state;
    return form->spec->title;
}

static const struct view_class view_form = {
    .number = VIEW_FORM,
    .title = "",
    .size = sizeof(struct form),
    .open = form_opened,
    .draw = form_draw,
    .act = form_act,
    .type = form_type,
    .span = form_span,
    .close = form_close,
};
