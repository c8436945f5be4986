/*
 * The legacy view: meetings on static IDs grouped by ID, mixing risks first; marking them and converting one, the marked ones or all.
 */
#include "view.h"
#include <string.h>

struct legacy {
    struct occurrences list;
    struct show_list show;
    bool *marked;
};

static bool *marks_again(struct arena *arena, const struct legacy *state,
                         const struct occurrences *list)
{
    bool *marked = arena_array(arena, list->count + 1, sizeof *marked);
    for (size_t i = 0; i < list->count; i++) {
        size_t before = list_find(&state->list, &list->items[i]);
        marked[i] = before < state->list.count && state->marked[before];
    }
    return marked;
}

static enum err legacy_load(struct console *console, struct view *view)
{
    struct legacy *state = view->state;
    struct occurrences list = {0};
    enum err err = desk_legacy(console->session, view->fresh,
                               console->everybody ? NULL : &console->organizer, false, &list);
    if (err != ERR_OK)
        return err;
    show_legacy_sort(&list);
    const struct occurrence *selected =
        state->show.selected < state->list.count ? &state->list.items[state->show.selected] : NULL;
    size_t at = list_find(&list, selected);
    bool *marked = marks_again(view->fresh, state, &list);
    if (at < list.count)
        state->show.selected = at;
    state->list = list;
    state->marked = marked;
    list_clamp(&state->show, list.count);
    return ERR_OK;
}

static void legacy_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    struct legacy *state = view->state;
    struct show_context context = console_context(console);
    if (state->list.count) {
        show_legacy(canvas, area, &context, &state->list, state->marked, &state->show);
        return;
    }
    area.col += 1;
    area.cols -= 2;
    canvas_wrap(canvas, area, 1, STYLE_GOOD,
                "No meeting that is still to come is on a static ID: nothing to convert.");
    canvas_wrap(canvas, area, 3, STYLE_DIM,
                console->everybody ? "This is everybody's list."
                                   : "A shows all organizers' meetings.");
}

static const struct occurrence *legacy_selected(const struct view *view)
{
    const struct legacy *state = view->state;
    return state->show.selected < state->list.count ? &state->list.items[state->show.selected]
                                                    : NULL;
}

static struct show_list *legacy_rows(struct view *view, size_t *count)
{
    struct legacy *state = view->state;
    *count = state->list.count;
    return &state->show;
}

static void convert_marked(struct console *console, const struct legacy *state)
{
    struct occurrences chosen = {0};
    for (size_t i = 0; i < state->list.count; i++)
        if (state->marked[i])
            *vector_push(console->turn, &chosen) = state->list.items[i];
    if (!chosen.count && state->list.count)
        *vector_push(console->turn, &chosen) = state->list.items[state->show.selected];
    convert_ask(console, &chosen);
}

/* Those that callers are mixed in are what most people convert first. Where they are marked already, no mark stays. */
static void mark_risks(struct console *console, struct legacy *state)
{
    size_t risky = 0, fresh = 0;
    for (size_t i = 0; i < state->list.count; i++) {
        if (state->list.items[i].risk <= RISK_LEGACY)
            continue;
        risky++;
        fresh += !state->marked[i];
        state->marked[i] = true;
    }
    if (!risky)
        console_say(console, "No meeting here has a mixing risk.");
    else if (fresh)
        console_say(console, "Marked %zu with a mixing risk; c converts them.", risky);
    else
        memset(state->marked, 0, state->list.count * sizeof *state->marked);
}

static enum reaction legacy_act(struct console *console, struct view *view, enum action action)
{
    struct legacy *state = view->state;
    switch ((int)action) {
    case ACT_MARK:
        if (state->list.count) {
            state->marked[state->show.selected] = !state->marked[state->show.selected];
            list_move(&state->show, state->list.count, ACT_DOWN, 1);
        }
        return REACT_STAY;
    case ACT_MARK_RISKS:
        mark_risks(console, state);
        return REACT_STAY;
    case ACT_CONVERT:
        convert_marked(console, state);
        return REACT_STAY;
    case ACT_CONVERT_ALL:
        convert_ask(console, &state->list);
        return REACT_STAY;
    case ACT_EVERYBODY:
        console->everybody = !console->everybody;
        console_zone(console);
        return REACT_RELOAD;
    default:
        return REACT_PASS;
    }
}

static const char *legacy_span(const struct console *console, const struct view *view,
                               struct arena *arena)
{
    const struct legacy *state = view->state;
    size_t risky = 0, marked = 0;
    for (size_t i = 0; i < state->list.count; i++) {
        risky += state->list.items[i].risk > RISK_LEGACY;
        marked += state->marked[i];
    }
    const char *marks = marked ? arena_format(arena, ", %zu marked", marked) : "";
    return arena_format(arena, "%zu, %zu at risk%s%s", state->list.count, risky, marks,
                        console->everybody ? ", everybody" : "");
}

const struct view_class view_legacy = {
    .name = "legacy",
    .title = "Legacy",
    .bit = V_LEGACY,
    .size = sizeof(struct legacy),
    .pane = true,
    .load = legacy_load,
    .draw = legacy_draw,
    .act = legacy_act,
    .selected = legacy_selected,
    .list = legacy_rows,
    .span = legacy_span,
};
