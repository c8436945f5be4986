/*
 * Which part of a series an edit or a cancellation is for: a line and a key for each part, over the
 * view.
 */
#include "scope.h"

static const struct view_class view_scope;

struct choice {
    enum scope scope;
    enum action action;
    const char *text;
};

static const struct offer {
    size_t count;
    struct choice choices[3];
} offers[] = {
    [ABOUT_OCCURRENCE] = {3,
                          {{SCOPE_OCCURRENCE, ACT_SCOPE_OCCURRENCE, "only this occurrence"},
                           {SCOPE_FOLLOWING, ACT_SCOPE_FOLLOWING, "this and all following"},
                           {SCOPE_SERIES, ACT_SCOPE_SERIES, "all: the whole series"}}},
    [ABOUT_MARKED] = {2,
                      {{SCOPE_OCCURRENCE, ACT_SCOPE_OCCURRENCE, "only the marked occurrences"},
                       {SCOPE_SERIES, ACT_SCOPE_SERIES, "all: the whole of their series"}}},
    /* of a series that is not here nothing follows */
    [ABOUT_LONE] = {2,
                    {{SCOPE_OCCURRENCE, ACT_SCOPE_OCCURRENCE, "only this occurrence"},
                     {SCOPE_SERIES, ACT_SCOPE_SERIES, "all that are here of the series"}}},
};

struct scope_state {
    struct scope_question question; /* first: as it was given */
    struct show_list list;
};

static void scope_opened(struct console *console, struct view *view, const void *given)
{
    const struct scope_question *question = given;
    (void)console;
    view->list->count = offers[question->about].count;
}

static void scope_draw(const struct console *console, struct view *view, struct canvas *canvas,
                       struct area area)
{
    enum { WIDTH = 44, FRAME = 4 };
    struct scope_state *state = view->state;
    const struct offer *offer = &offers[state->question.about];
    int width = area.cols < WIDTH ? area.cols : WIDTH, count = (int)offer->count;
    struct area box = {area.row + (area.rows - count - FRAME) / 2,
                       area.col + (area.cols - width) / 2, count + FRAME, width};
    canvas_box(canvas, box, state->question.does);
    struct area inside = {box.row + 1, box.col + 2, box.rows - 2, width - 4};
    canvas_textf(canvas, inside, 0, 0, -1, STYLE_HEADING, "%s which part of the series?",
                 state->question.does);
    for (int i = 0; i < count; i++) {
        const char *key = console_key_of(console, offer->choices[i].action, V_SCOPE);
        int col = canvas_text(canvas, inside, i + 2, 0, -1, STYLE_KEY, key) + 1;
        canvas_text(canvas, inside, i + 2, col, -1, STYLE_TEXT, offer->choices[i].text);
        canvas_item(canvas, (struct area){inside.row + i + 2, inside.col, 1, inside.cols},
                    (size_t)i, (size_t)i == state->list.selected);
    }
}

static void choose(struct console *console, struct view *view, enum scope scope)
{
    struct view lifted = *view;
    const struct scope_question question = ((const struct scope_state *)view->state)->question;
    console_lift(console);
    lifted.own = NULL;
    view_close(console, &lifted);
    question.run(console, view->own, question.context, scope);
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
    const struct scope_state *state = view->state;
    const struct offer *offer = &offers[state->question.about];
    for (size_t i = 0; i < offer->count; i++)
        if (offer->choices[i].action == action ||
            (action == ACT_OPEN && i == state->list.selected)) {
            choose(console, view, offer->choices[i].scope);
            return REACT_STAY;
        }
    if (action != ACT_SCOPE_FOLLOWING)
        return REACT_PASS;
    say_no_following(console, state->question.about == ABOUT_MARKED);
    return REACT_STAY;
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
    .open = scope_opened,
    .draw = scope_draw,
    .act = scope_act,
    .list = offsetof(struct scope_state, list),
};
