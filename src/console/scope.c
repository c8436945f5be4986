/*
 * Which part of a series an edit or a cancellation is for: a line and a key for each part, over the
 * view.
 */
#include "scope.h"
#include "stack.h"
#include <string.h>

static const struct view_class view_scope;

struct choice {
    enum scope scope;
    enum action action;
    const char *text;
};

static const struct choice choices[] = {
    {SCOPE_OCCURRENCE, ACT_SCOPE_OCCURRENCE, "only this occurrence"},
    {SCOPE_FOLLOWING, ACT_SCOPE_FOLLOWING, "this and all following"},
    {SCOPE_SERIES, ACT_SCOPE_SERIES, "all: the whole series"},
};

static const struct choice marked_choices[] = {
    {SCOPE_OCCURRENCE, ACT_SCOPE_OCCURRENCE, "only the marked occurrences"},
    {SCOPE_SERIES, ACT_SCOPE_SERIES, "all: the whole of their series"},
};

/* Of a series that is not here nothing follows. */
static const struct choice lone_choices[] = {
    {SCOPE_OCCURRENCE, ACT_SCOPE_OCCURRENCE, "only this occurrence"},
    {SCOPE_SERIES, ACT_SCOPE_SERIES, "all that are here of the series"},
};
enum {
    SCOPES = sizeof choices / sizeof *choices,
    MARKED_SCOPES = sizeof marked_choices / sizeof *marked_choices,
    LONE_SCOPES = sizeof lone_choices / sizeof *lone_choices
};

struct scope_state {
    struct scope_question question; /* first: as it was given */
    struct show_list list;
};

static const struct choice *choices_of(const struct scope_state *state, int *count)
{
    const struct scope_question *question = &state->question;
    *count = question->marked ? MARKED_SCOPES : question->lone ? LONE_SCOPES : SCOPES;
    return question->marked ? marked_choices : question->lone ? lone_choices : choices;
}

static void scope_draw(const struct console *console, struct view *view, struct canvas *canvas,
                       struct area area)
{
    enum { WIDTH = 44, FRAME = 4 };
    struct scope_state *state = view->state;
    int width = area.cols < WIDTH ? area.cols : WIDTH, count;
    const struct choice *offered = choices_of(state, &count);
    struct area box = {area.row + (area.rows - count - FRAME) / 2,
                       area.col + (area.cols - width) / 2, count + FRAME, width};
    canvas_box(canvas, box, STYLE_BORDER, state->question.title);
    struct area inside = {box.row + 1, box.col + 2, box.rows - 2, width - 4};
    canvas_text(canvas, inside, 0, 0, -1, STYLE_HEADING, state->question.text);
    for (int i = 0; i < count; i++) {
        const char *key = console_key_of(console, offered[i].action, V_SCOPE);
        int col = canvas_text(canvas, inside, i + 2, 0, -1, STYLE_KEY, key) + 1;
        canvas_text(canvas, inside, i + 2, col, -1, STYLE_TEXT, offered[i].text);
        canvas_item(canvas, (struct area){inside.row + i + 2, inside.col, 1, inside.cols},
                    (size_t)i, (size_t)i == state->list.selected);
    }
}

static void choose(struct console *console, struct view *view, enum scope scope)
{
    struct scope_state *state = view->state;
    console_lift(console);
    state->question.run(console, state->question.context, scope);
    view_close(console, view);
}

static void say_no_following(struct console *console, bool marked)
{
    console_say(console, "%s; press %s or %s.",
                marked ? "\"All following\" is not for marked occurrences"
                       : "The series is not here, so nothing follows",
                console_key_of(console, ACT_SCOPE_OCCURRENCE, V_SCOPE),
                console_key_of(console, ACT_SCOPE_SERIES, V_SCOPE));
}

static enum reaction scope_act(struct console *console, struct view *view, enum action action)
{
    struct scope_state *state = view->state;
    int count;
    switch ((int)action) {
    case ACT_OPEN:
        choose(console, view, choices_of(state, &count)[state->list.selected].scope);
        return REACT_STAY;
    case ACT_SCOPE_OCCURRENCE:
        choose(console, view, SCOPE_OCCURRENCE);
        return REACT_STAY;
    case ACT_SCOPE_FOLLOWING:
        if (state->question.marked || state->question.lone)
            say_no_following(console, state->question.marked);
        else
            choose(console, view, SCOPE_FOLLOWING);
        return REACT_STAY;
    case ACT_SCOPE_SERIES:
        choose(console, view, SCOPE_SERIES);
        return REACT_STAY;
    default:
        return REACT_PASS;
    }
}

static struct show_list *scope_list(struct view *view, size_t *count)
{
    struct scope_state *state = view->state;
    int offered;
    choices_of(state, &offered);
    *count = (size_t)offered;
    return &state->list;
}

void scope_ask(struct console *console, struct arena *arena, const struct scope_question *question)
{
    console_push_in(console, &view_scope, question, arena);
}

static const struct view_class view_scope = {
    .number = VIEW_SCOPE,
    .title = "Which part",
    .size = sizeof(struct scope_state),
    .given = sizeof(struct scope_question),
    .small = true,
    .draw = scope_draw,
    .act = scope_act,
    .list = scope_list,
};
