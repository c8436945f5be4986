/*
 * The agenda: what is on, day by day, without end both ways. It holds a window of days and moves the window as one scrolls.
 */
#include "calendar.h"
#include <string.h>

enum { FIRST_DAYS = 2, STEP_DAYS = 28, WIDEST_DAYS = 6000, ENOUGH = 40, MOST = 800, KEEP = 200 };

struct agenda {
    struct calendar calendar; /* first: shared with the grids */
    struct local_time from, to;
    bool placed;
};

static enum err fetch(struct console *console, struct view *view, struct local_time from,
                      struct local_time to, struct occurrences *list)
{
    *list = (struct occurrences){0};
    arena_reset(view->fresh);
    return calendar_fetch(console, view->fresh, from, to, list);
}

/* A fresh window on the day where the calendars stand, wide enough to fill a screen where there is so much. */
static enum err place(struct console *console, struct view *view)
{
    struct agenda *state = view->state;
    struct occurrences list;
    struct local_time from = console->day, to = local_add_days(from, FIRST_DAYS);
    enum err err = fetch(console, view, from, to, &list);
    size_t rows = (size_t)console->term->rows, enough = rows > ENOUGH ? rows : ENOUGH;
    for (int days = 2 * FIRST_DAYS; err == ERR_OK && list.count < enough && days < 400; days *= 4) {
        to = local_add_days(from, days);
        err = fetch(console, view, from, to, &list);
    }
    if (err != ERR_OK)
        return err;
    state->from = from;
    state->to = to;
    state->placed = true;
    state->calendar.list = list;
    state->calendar.day = console->day;
    state->calendar.show = (struct show_list){0};
    int64_t now = session_now(console->session);
    while (state->calendar.show.selected + 1 < list.count &&
           list.items[state->calendar.show.selected].end <= now &&
           local_compare(console->day, console_today(console)) == 0)
        state->calendar.show.selected++;
    return ERR_OK;
}

static enum err agenda_load(struct console *console, struct view *view)
{
    struct agenda *state = view->state;
    if (!state->placed || local_compare(state->calendar.day, console->day) != 0)
        return place(console, view);
    struct occurrences list;
    enum err err = fetch(console, view, state->from, state->to, &list);
    if (err == ERR_OK)
        calendar_replace(&state->calendar, &list);
    return err;
}

/* Widens the window at one end until there is more, and lets the far end go where it holds too much. */
static bool widen(struct console *console, struct view *view, int direction)
{
    struct agenda *state = view->state;
    size_t before = state->calendar.list.count;
    for (int days = STEP_DAYS; days < WIDEST_DAYS; days *= 2) {
        if (direction > 0)
            state->to = local_add_days(state->to, days);
        else
            state->from = local_add_days(state->from, -days);
        console_load(console, view);
        if (state->calendar.list.count != before)
            break;
    }
    const struct occurrences *list = &state->calendar.list;
    bool more = list->count > before;
    size_t selected = state->calendar.show.selected;
    if (list->count > MOST && direction > 0 && selected > KEEP)
        state->from = calendar_day(console, &list->items[selected - KEEP]);
    else if (list->count > MOST && direction < 0 && selected + KEEP < list->count)
        state->to = local_add_days(calendar_day(console, &list->items[selected + KEEP]), 1);
    else
        return more;
    console_load(console, view);
    return more;
}

static void agenda_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    struct agenda *state = view->state;
    struct show_context context = console_context(console);
    show_agenda(canvas, area, &context, &state->calendar.list, &state->calendar.show);
}

static enum reaction agenda_act(struct console *console, struct view *view, enum action action)
{
    struct agenda *state = view->state;
    struct show_list *show = &state->calendar.show;
    bool down = action == ACT_DOWN || action == ACT_PAGE_DOWN || action == ACT_HALF_DOWN;
    bool up = action == ACT_UP || action == ACT_PAGE_UP || action == ACT_HALF_UP;
    size_t page = (size_t)view->area.rows;
    if (down && show->selected + (action == ACT_DOWN ? 1 : page) >= state->calendar.list.count) {
        if (!widen(console, view, 1) && show->selected + 1 >= state->calendar.list.count)
            console_say(console, "There is nothing later.");
    } else if (up && show->selected < (action == ACT_UP ? 1 : page)) {
        if (!widen(console, view, -1) && show->selected == 0)
            console_say(console, "There is nothing earlier.");
    } else if (action == ACT_SPAN_BACK || action == ACT_SPAN_ON) {
        console->day = local_add_days(console->day, action == ACT_SPAN_ON ? 7 : -7);
        return REACT_RELOAD;
    } else if (action == ACT_TODAY) {
        console->day = console_today(console);
        state->placed = false;
        return REACT_RELOAD;
    }
    return calendar_act(console, view, action);
}

static const char *agenda_span(const struct console *console, const struct view *view,
                               struct arena *arena)
{
    const struct agenda *state = view->state;
    return calendar_span(console, arena,
                         state->calendar.list.count ? calendar_day(console, calendar_selected(view))
                                                    : console->day,
                         1);
}

const struct view_class view_agenda = {
    .name = "agenda",
    .title = "Agenda",
    .bit = V_AGENDA,
    .size = sizeof(struct agenda),
    .pane = true,
    .load = agenda_load,
    .draw = agenda_draw,
    .act = agenda_act,
    .selected = calendar_selected,
    .list = calendar_list,
    .span = agenda_span,
};
