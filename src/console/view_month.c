/*
 * The month: six weeks. The arrows select a day, Enter opens it.
 */
#include "calendar.h"

static struct local_time month_first(const struct console *console)
{
    struct local_time first = console->day;
    first.day = 1;
    return first;
}

static enum err month_load(struct console *console, struct view *view)
{
    struct calendar *state = view->state;
    struct local_time first = month_first(console);
    struct local_time from = local_week_first(first, zone_style(console->zone));
    struct occurrences list = {0};
    enum { SIX_WEEKS = 42 };
    enum err err =
        calendar_fetch(console, view->fresh, from, local_add_days(from, SIX_WEEKS), &list);
    if (err)
        return err;
    state->list = list;
    state->day = console->day;
    /* The side pane shows the day's first meeting. */
    int64_t begin = console_midnight(console, console->day);
    int64_t end = console_midnight(console, local_add_days(console->day, 1));
    size_t at = 0;
    while (at < list.count && (list.items[at].end <= begin || list.items[at].start >= end))
        at++;
    state->show.selected = at;
    return ERR_OK;
}

static void month_draw(const struct console *console, struct view *view, struct canvas *canvas,
                       struct area area)
{
    const struct calendar *state = view->state;
    struct show_context context = console_context(console);
    show_month(canvas, area, &context, month_first(console), console->day, &state->list);
}

static enum reaction month_act(struct console *console, struct view *view, enum action action)
{
    static const struct {
        enum action action;
        int days, months;
    } moves[] = {
        {ACT_LEFT, -1, 0},      {ACT_RIGHT, 1, 0},   {ACT_UP, -7, 0},      {ACT_DOWN, 7, 0},
        {ACT_SPAN_BACK, 0, -1}, {ACT_SPAN_ON, 0, 1}, {ACT_PAGE_UP, 0, -1}, {ACT_PAGE_DOWN, 0, 1},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        if (moves[i].action != action)
            continue;
        console->day =
            calendar_add_months(local_add_days(console->day, moves[i].days), moves[i].months);
        return REACT_RELOAD;
    }
    if (action == ACT_TODAY) {
        console->day = console_today(console);
        return REACT_RELOAD;
    }
    if (action == ACT_FIRST || action == ACT_LAST) {
        console->day.day =
            action == ACT_FIRST ? 1 : days_in_month(console->day.year, console->day.month);
        return REACT_RELOAD;
    }
    if (action == ACT_OPEN) {
        console_show(console, console->tabs[VIEW_DAY]);
        return REACT_STAY;
    }
    return calendar_act(console, view, action);
}

static const char *month_span(const struct console *console, const struct view *view)
{
    (void)view;
    return arena_format(console->turn, "%s %d [%s %d]%s", month_long_name(console->day.month),
                        console->day.year, weekday_name(local_weekday(console->day)),
                        console->day.day, console->everybody ? ", everybody" : "");
}

const struct view_class view_month = {
    .number = VIEW_MONTH,
    .title = "Month",
    .size = sizeof(struct calendar),
    .pane = true,
    .load = month_load,
    .draw = month_draw,
    .act = month_act,
    .selected = calendar_selected,
    .span = month_span,
};
