/*
 * The month: six weeks of days, each with its first meetings and how many more there are.
 */
#include "columns.h"
#include "draw.h"
#include "when.h"

#include <base/utf8.h>
#include <stdlib.h>
#include <string.h>

enum {
    WEEKS = 6,
    DAYS_A_WEEK = 7,
    CELLS = WEEKS * DAYS_A_WEEK,
    WIDE_FOR_RULE = 10,
    WIDE_FOR_TIME = 16,
    WEEK_WIDTH = 4,
    WIDE_FOR_WEEK = 74
};

struct month {
    struct canvas *canvas;
    struct area area;
    const struct show_context *context;
    const struct occurrences *list;
    struct arena *arena;     /* of this drawing alone */
    struct local_time first; /* the Monday with which the grid begins */
    struct local_time today, selected, month;
    int day_cols;                      /* the width of the narrowest column: all days look alike */
    struct VECTOR(size_t) days[CELLS]; /* the items that touch each day, in the list's order */
};

/* A meeting stands on every day that it touches. */
static void fill_days(struct month *month)
{
    const struct zone *zone = month->context->zone;
    for (size_t i = 0; i < month->list->count; i++) {
        const struct occurrence *occurrence = &month->list->items[i];
        int from = when_days(month->first, when_begin(occurrence, zone));
        int to = when_days(month->first, when_last_day(occurrence, zone));
        for (int day = from < 0 ? 0 : from; day <= to && day < CELLS; day++)
            *vector_push(month->arena, &month->days[day]) = i;
    }
}

static enum risk worst_risk(const struct month *month, int day)
{
    enum risk worst = RISK_NONE;
    for (size_t i = 0; i < month->days[day].count; i++) {
        enum risk risk = month->list->items[month->days[day].items[i]].risk;
        if (risk > worst)
            worst = risk;
    }
    return worst;
}

static struct area cell_area(const struct month *month, int day)
{
    int gutter = month->area.cols >= WIDE_FOR_WEEK ? WEEK_WIDTH : 0;
    int week = day / DAYS_A_WEEK, column = day % DAYS_A_WEEK;
    int rows = month->area.rows - 1, cols = month->area.cols - gutter;
    int top = rows * week / WEEKS, left = cols * column / DAYS_A_WEEK;
    return (struct area){month->area.row + 1 + top, month->area.col + gutter + left,
                         rows * (week + 1) / WEEKS - top, cols * (column + 1) / DAYS_A_WEEK - left};
}

/*
 * The day's number (today's in brackets) and a rule; at its end how many meetings are hidden, and
 * the sign of the day's worst risk.
 */
static void draw_day_line(const struct month *month, int day, size_t hidden)
{
    struct canvas *canvas = month->canvas;
    struct area area = cell_area(month, day);
    struct local_time date = local_add_days(month->first, day);
    bool today = when_days(month->today, date) == 0, other = date.month != month->month.month;
    enum risk risk = worst_risk(month, day);
    const char *sign = show_risk_sign(risk);
    if (month->day_cols >= WIDE_FOR_RULE)
        canvas_hline(canvas, (struct area){area.row, area.col, 1, area.cols - 1}, 0, STYLE_BORDER);
    bool named = date.day == 1 && month->day_cols >= WIDE_FOR_RULE;
    const char *name = named ? arena_format(month->arena, "%d %s", date.day, month_name(date.month))
                             : arena_format(month->arena, "%d", date.day);
    enum style style = today ? STYLE_NOW : other ? STYLE_DIM : STYLE_HEADING;
    const char *text = arena_format(month->arena, today ? "[%s]" : "%s ", name);
    int room = area.cols - 1;
    if (utf8_width(text) + utf8_width(sign) > room) {
        text = arena_format(month->arena, today ? "▸%s" : "%s", name);
        room = utf8_width(text) + utf8_width(sign) > room ? area.cols : room;
    }
    int used = canvas_text(canvas, area, 0, 0, room, style, text);
    const char *count = hidden ? arena_format(month->arena, "+%zu", hidden) : "";
    const char *note =
        arena_format(month->arena, "%s%s%s", count, *count && *sign ? " " : "", sign);
    int width = utf8_width(note);
    if (width > room - used && *sign) {
        note = sign; /* without room for both, the risk matters more */
        width = utf8_width(note);
    }
    if (width > 0 && width <= room - used)
        canvas_textf(canvas, area, 0, room - width, width, *sign ? risk_style(risk) : STYLE_DIM,
                     "%s", note);
}

static void draw_meeting(const struct month *month, int day, int row, size_t item)
{
    struct canvas *canvas = month->canvas;
    struct area area = cell_area(month, day);
    const struct occurrence *occurrence = &month->list->items[item];
    enum style style = occurrence_style(occurrence, month->context->now);
    struct local_time begin = when_begin(occurrence, month->context->zone);
    int before = when_days(begin, local_add_days(month->first, day));
    const char *sign = show_risk_sign(occurrence->risk);
    int col = 0, width = area.cols - 1;
    if (before > 0)
        col += canvas_text(canvas, area, row, 0, 2, style, "◂") + 1;
    else if (occurrence->meeting->all_day)
        col += canvas_text(canvas, area, row, 0, 2, style, "●") + 1;
    else if (month->day_cols >= WIDE_FOR_TIME)
        col += canvas_text(canvas, area, row, 0, 5, style == STYLE_TEXT ? STYLE_DIM : style,
                           when_clock(begin).s) +
               1;
    bool cancelled = occurrence->meeting->status == MEETING_CANCELLED;
    canvas_textf(canvas, area, row, col, width - col, style, "%s%s%s%s%s", sign, *sign ? " " : "",
                 cancelled ? "[" : "", title_text(occurrence), cancelled ? "]" : "");
}

static void draw_day(const struct month *month, int day)
{
    struct area area = cell_area(month, day);
    size_t count = month->days[day].count, room = area.rows > 1 ? (size_t)area.rows - 1 : 0;
    size_t shown = count < room ? count : room;
    draw_day_line(month, day, count - shown);
    for (size_t i = 0; i < shown; i++)
        draw_meeting(month, day, (int)i + 1, month->days[day].items[i]);
    if (when_days(month->selected, local_add_days(month->first, day)) == 0)
        canvas_select(month->canvas, (struct area){area.row, area.col,
                                                   area.rows > 0 ? area.rows : 0, area.cols - 1});
}

static void draw_frame(const struct month *month)
{
    for (int column = 0; column < DAYS_A_WEEK; column++) {
        struct area area = cell_area(month, column);
        area.row = month->area.row;
        area.rows = 1;
        const char *name = month->day_cols > 12 ? weekday_long_name(column) : weekday_name(column);
        canvas_text(month->canvas, area, 0, 0, area.cols - 1, STYLE_HEADING, name);
    }
    for (int week = 0; month->area.cols >= WIDE_FOR_WEEK && week < WEEKS; week++) {
        struct local_time monday = local_add_days(month->first, week * DAYS_A_WEEK);
        int row = cell_area(month, week * DAYS_A_WEEK).row - month->area.row;
        canvas_textf(month->canvas, month->area, row, 0, WEEK_WIDTH, STYLE_DIM, "W%02d",
                     local_iso_week(monday));
    }
}

void show_month(struct canvas *canvas, struct area area, const struct show_context *context,
                struct local_time month, struct local_time selected_day,
                const struct occurrences *list)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    if (area.rows < WEEKS + 1 || area.cols < 3 * DAYS_A_WEEK)
        return;
    struct month view = {.canvas = canvas,
                         .area = area,
                         .context = context,
                         .list = list,
                         .arena = arena_new(),
                         .today = zone_read(context->zone, context->now).local,
                         .selected = selected_day,
                         .month = month};
    struct local_time first = local_midnight(month);
    first.day = 1;
    view.first = local_add_days(first, -local_weekday(first));
    view.day_cols = (area.cols - (area.cols >= WIDE_FOR_WEEK ? WEEK_WIDTH : 0)) / DAYS_A_WEEK;
    fill_days(&view);
    draw_frame(&view);
    for (int day = 0; day < CELLS; day++)
        draw_day(&view, day);
    arena_free(view.arena);
}
