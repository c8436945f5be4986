/*
 * The time grids: the day and the week, one view with one day or seven.
 */
#include "calendar.h"
#include "list.h"

struct grid {
    struct calendar calendar;
    struct local_time first;
    int days;
    int rows;    /* of the last drawing */
    bool placed; /* a first load has chosen the selected meeting */
};

/* In half hours: the grid's first row, unless a meeting that is to be seen is earlier. */
enum { EIGHT_O_CLOCK = 16 };

static void grid_open(struct console *console, struct view *view, const void *given)
{
    (void)console, (void)given;
    struct grid *state = view->state;
    state->days = view->class->number == VIEW_DAY ? 1 : 7;
    state->calendar.show.top = EIGHT_O_CLOCK;
}

static struct local_time first_day(const struct console *console, int days)
{
    return days == 1 ? console->day : local_week_first(console->day, zone_style(console->zone));
}

/*
 * Selects a meeting of the calendars' day: the one that is on or the next, else the day's first;
 * without one, the first meeting after the day.
 */
static void select_on_day(const struct console *console, struct grid *state)
{
    const struct occurrences *list = &state->calendar.list;
    int64_t from = console_midnight(console, console->day);
    int64_t to = console_midnight(console, local_add_days(console->day, 1));
    int64_t now = session_now(console->session);
    size_t first = list->count, after = list->count;
    for (size_t i = list->count; i-- > 0;) {
        if (list->items[i].start >= from)
            after = i;
        if (list->items[i].start < to && list->items[i].end > from)
            first = i;
    }
    size_t chosen = first < list->count ? first : after;
    while (now >= from && now < to && chosen + 1 < list->count && list->items[chosen].end <= now &&
           list->items[chosen + 1].start < to)
        chosen++;
    state->calendar.show.selected = chosen;
    list_clamp(&state->calendar.show, list->count);
}

static enum err grid_load(struct console *console, struct view *view)
{
    struct grid *state = view->state;
    struct local_time first = first_day(console, state->days);
    struct occurrences list = {0};
    enum err err =
        calendar_fetch(console, view->fresh, first, local_add_days(first, state->days), &list);
    if (err)
        return err;
    if (!state->placed)
        state->calendar.show.at_now = true;
    bool moved = !state->placed || local_compare(state->calendar.day, console->day) != 0;
    bool none = state->calendar.show.selected >= state->calendar.list.count;
    state->first = first;
    state->placed = true;
    state->calendar.day = console->day;
    if (moved || none) {
        state->calendar.list = list;
        select_on_day(console, state);
    } else {
        calendar_replace(&state->calendar, &list);
    }
    return ERR_OK;
}

static void grid_draw(const struct console *console, struct view *view, struct canvas *canvas,
                      struct area area)
{
    struct grid *state = view->state;
    struct show_context context = console_context(console);
    const struct occurrence *selected = calendar_selected(view);
    /* Without a side pane, a line below the grid shows what has no room in the block. */
    enum { HIGH_FOR_LINE = 16 };
    bool pane = area.cols < canvas->cols;
    if (!pane && selected && area.rows >= HIGH_FOR_LINE) {
        area.rows--;
        show_meeting_line(canvas,
                          (struct area){area.row + area.rows, area.col + 1, 1, area.cols - 2},
                          &context, selected);
    }
    /*
     * After a change of the window's height: hours that were chosen for a low window do not stay.
     */
    if (state->rows != area.rows)
        state->calendar.show.top = EIGHT_O_CLOCK;
    state->rows = area.rows;
    show_week(canvas, area, &context, state->first, state->days, console->day,
              &state->calendar.list, &state->calendar.show);
}

/* Selects the next meeting or (-1) the one before; past the ends, goes to the next span. */
static enum reaction select_next(struct console *console, struct view *view, int by)
{
    struct grid *state = view->state;
    struct calendar *calendar = &state->calendar;
    int64_t from = console_midnight(console, console->day);
    size_t at = calendar->show.selected;
    if (at >= calendar->list.count) {
        /* nothing is selected: the first meeting behind the day, or the last one before */
        size_t next = 0;
        while (next < calendar->list.count && calendar->list.items[next].start < from)
            next++;
        at = by > 0 ? next : next - 1;
    } else {
        at += (size_t)by;
    }
    if (at >= calendar->list.count) {
        console->day = local_add_days(state->first, by > 0 ? state->days : -1);
        return REACT_RELOAD;
    }
    calendar->show.selected = at;
    struct local_time day = calendar_day(console, &calendar->list.items[at]);
    if (local_compare(day, state->first) >= 0 &&
        local_compare(day, local_add_days(state->first, state->days)) < 0)
        console->day = calendar->day = day;
    return REACT_STAY;
}

static enum reaction grid_act(struct console *console, struct view *view, enum action action)
{
    struct grid *state = view->state;
    int days = 0;
    if (action >= ACT_DOWN && action <= ACT_GO_TO)
        state->calendar.show.at_now = false; /* from now on the selected meeting is kept visible */
    switch ((int)action) {
    case ACT_DOWN:
        return select_next(console, view, 1);
    case ACT_UP:
        return select_next(console, view, -1);
    case ACT_LEFT:
        days = -1;
        break;
    case ACT_RIGHT:
        days = 1;
        break;
    case ACT_SPAN_BACK:
    case ACT_PAGE_UP:
        days = -state->days;
        break;
    case ACT_SPAN_ON:
    case ACT_PAGE_DOWN:
        days = state->days;
        break;
    case ACT_TODAY:
        console->day = console_today(console);
        state->placed = false;
        return REACT_RELOAD;
    default:
        return calendar_act(console, view, action);
    }
    console->day = local_add_days(console->day, days);
    return REACT_RELOAD;
}

static const char *grid_span(const struct console *console, const struct view *view)
{
    const struct grid *state = view->state;
    const char *span = calendar_span(console, state->first, state->days);
    if (state->days == 1 || console->term->cols < 60)
        return span;
    return arena_format(console->turn, "%d, %s [%s]",
                        local_iso_week(local_add_days(state->first, 3)), span,
                        weekday_name(local_weekday(console->day)));
}

#define GRID(NUMBER, TITLE)                                                                        \
    {                                                                                              \
        .number = NUMBER, .title = TITLE, .size = sizeof(struct grid), .pane = true,               \
        .open = grid_open, .load = grid_load, .draw = grid_draw, .act = grid_act,                  \
        .selected = calendar_selected, .list = offsetof(struct calendar, show), .span = grid_span  \
    }

const struct view_class view_day = GRID(VIEW_DAY, "Day");
const struct view_class view_week = GRID(VIEW_WEEK, "Week");
