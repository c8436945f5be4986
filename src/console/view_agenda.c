/*
 * The agenda: meetings day by day, without end in both directions. It holds a window of days, which
 * moves as the list is scrolled.
 */
#include "calendar.h"
#include "list.h"
#include "open.h"
#include "view_meeting.h"
#include <string.h>

enum { FIRST_DAYS = 2, STEP_DAYS = 28, WIDEST_DAYS = 6000, ENOUGH = 40, MOST = 800, KEEP = 200 };

struct marks VECTOR(struct meeting_opened);

struct agenda {
    struct calendar calendar; /* first: shared with the grids */
    struct local_time from, to;
    bool placed;
    struct marks marked; /* in the view's own arena */
    /* console->changes after a yes to the question about the marked meetings; 0: none was asked */
    int asked;
};

/* --- marks --- */

static size_t mark_index(const struct marks *marked, const struct occurrence *occurrence)
{
    size_t i = 0;
    for (; i < marked->count; i++) {
        const struct meeting_opened *mark = &marked->items[i];
        if (strcmp(mark->uid, occurrence->meeting->uid) == 0 &&
            (!mark->series || local_compare(mark->recurrence, occurrence->recurrence) == 0))
            break;
    }
    return i;
}

static void mark_toggle(struct view *view, const struct occurrence *occurrence)
{
    struct agenda *state = view->state;
    size_t at = mark_index(&state->marked, occurrence);
    if (at < state->marked.count)
        state->marked.items[at] = state->marked.items[--state->marked.count];
    else
        *vector_push(view->own, &state->marked) = meeting_opened(view->own, occurrence);
}

/*
 * Reads the marked meetings and occurrences: some may be outside of the window. `whole`: meetings
 * alone, each once, as all its occurrences have the same conference ID.
 */
static enum err marked_read(struct console *console, const struct agenda *state, bool whole,
                            struct occurrences *list)
{
    struct arena *turn = console->turn;
    struct strings seen = {0};
    enum err err = ERR_OK;
    for (size_t i = 0; i < state->marked.count && !err; i++) {
        const struct meeting_opened *mark = &state->marked.items[i];
        struct which which = {.scope = SCOPE_OCCURRENCE, .recurrence = mark->recurrence};
        if (whole && strings_hold(&seen, mark->uid))
            continue;
        *vector_push(turn, &seen) = mark->uid;
        struct occurrence *one = vector_push(turn, list);
        err = mark->series && !whole
                  ? desk_occurrence(console->session, turn, mark->uid, &which, one)
                  : desk_meeting(console->session, turn, mark->uid, one);
    }
    return err;
}

static void marked_copy(struct console *console, const struct occurrences *list)
{
    struct text ids = text_start(console->turn);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const char *id = list->items[i].meeting->conference_id;
        if (id)
            text_addf(&ids, "%s%s", count++ ? "\n" : "", id);
    }
    if (count)
        console_copy(console, show_count(console->turn, count, "conference ID"), ids.bytes);
    else
        console_say(console, "None of the marked meetings has a conference ID.");
}

/* Does the action to the marked meetings; false: none is marked, or the action is not for them. */
static bool marked_act(struct console *console, struct view *view, enum action action)
{
    struct agenda *state = view->state;
    struct occurrences list = {0};
    if (state->marked.count == 0)
        return false;
    if (action == ACT_CLOSE) {
        state->marked.count = 0;
        return true;
    }
    if (action != ACT_CANCEL && action != ACT_CONVERT && action != ACT_COPY)
        return false;
    state->asked = action == ACT_COPY ? 0 : console->changes + 1;
    if (marked_read(console, state, action != ACT_CANCEL, &list))
        console_error(console);
    else if (action == ACT_CANCEL)
        cancel_ask_all(console, &list);
    else if (action == ACT_CONVERT)
        convert_ask(console, &list);
    else
        marked_copy(console, &list);
    return true;
}

static enum err fetch(struct console *console, struct view *view, struct local_time from,
                      struct local_time to, struct occurrences *list)
{
    *list = (struct occurrences){0};
    arena_reset(view->fresh);
    return calendar_fetch(console, view->fresh, from, to, list);
}

/* A new window from the calendars' day on, widened until it fills a screen or a year is read. */
static enum err place(struct console *console, struct view *view)
{
    struct agenda *state = view->state;
    struct occurrences list;
    struct local_time from = console->day, to = local_add_days(from, FIRST_DAYS);
    enum err err = fetch(console, view, from, to, &list);
    size_t rows = (size_t)console->term->rows, enough = rows > ENOUGH ? rows : ENOUGH;
    for (int days = 2 * FIRST_DAYS; !err && list.count < enough && days < 400; days *= 4) {
        to = local_add_days(from, days);
        err = fetch(console, view, from, to, &list);
    }
    if (err)
        return err;
    state->from = from;
    state->to = to;
    state->placed = true;
    state->calendar.list = list;
    state->calendar.day = console->day;
    state->calendar.show = (struct show_list){.count = list.count};
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
    if (state->asked && console->changes >= state->asked)
        state->marked.count = 0;
    if (!state->placed || local_compare(state->calendar.day, console->day) != 0)
        return place(console, view);
    struct occurrences list;
    enum err err = fetch(console, view, state->from, state->to, &list);
    if (!err)
        calendar_replace(&state->calendar, &list);
    return err;
}

/*
 * Widens the window at one end until a meeting is found; false: there is none. If the window holds
 * too many then, it is cut at the other end.
 */
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
    const struct occurrences *list = &state->calendar.list;
    bool *marked =
        state->marked.count ? arena_array(console->turn, list->count + 1, sizeof *marked) : NULL;
    for (size_t i = 0; marked && i < list->count; i++)
        marked[i] = mark_index(&state->marked, &list->items[i]) < state->marked.count;
    state->calendar.show.marked = marked;
    show_agenda(canvas, area, &context, list, &state->calendar.show);
    state->calendar.show.marked = NULL;
}

static enum reaction agenda_act(struct console *console, struct view *view, enum action action)
{
    struct agenda *state = view->state;
    struct show_list *show = &state->calendar.show;
    bool down = action == ACT_DOWN || action == ACT_PAGE_DOWN || action == ACT_HALF_DOWN;
    bool up = action == ACT_UP || action == ACT_PAGE_UP || action == ACT_HALF_UP;
    size_t page = (size_t)view->area.rows;
    state->asked = 0;
    if (marked_act(console, view, action))
        return REACT_STAY;
    if (action == ACT_MARK) {
        const struct occurrence *selected = calendar_selected(view);
        if (!selected)
            return REACT_STAY;
        mark_toggle(view, selected);
        action = ACT_DOWN;
        down = true;
    }
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
    enum reaction reaction = calendar_act(console, view, action);
    if (reaction == REACT_PASS && list_move(show, action, (int)page - 1))
        return REACT_STAY;
    return reaction;
}

static const char *agenda_span(const struct console *console, const struct view *view)
{
    const struct agenda *state = view->state;
    struct local_time day =
        state->calendar.list.count ? calendar_day(console, calendar_selected(view)) : console->day;
    const char *span = calendar_span(console, day, 1);
    return state->marked.count
               ? arena_format(console->turn, "%s, %zu marked", span, state->marked.count)
               : span;
}

const struct view_class view_agenda = {
    .number = VIEW_AGENDA,
    .title = "Agenda",
    .size = sizeof(struct agenda),
    .pane = true,
    .load = agenda_load,
    .draw = agenda_draw,
    .act = agenda_act,
    .selected = calendar_selected,
    .list = offsetof(struct calendar, show),
    .span = agenda_span,
};
