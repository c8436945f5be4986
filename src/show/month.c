/*
 * The month: six weeks of days, each with its first meetings and how many more there are.
 */
#include "columns.h"
#include "draw.h"
#include "when.h"

#include <base/utf8.h>
#include <stdio.h>
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
    struct local_time first; /* the day with which the grid begins, the first of its week */
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
    char name[DATE_ROOM];
    if (named)
        date_write(name, date, zone_style(month->context->zone), DATE_BARE);
    else
        snprintf(name, sizeof name, "%d", date.day);
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

/* "◂" for a meeting that began on another day, "●" for one of the whole day, else its time. */
static const char *begin_text(const struct month *month, int day, const struct occurrence *one)
{
    struct local_time begin = when_begin(one, month->context->zone);
    if (when_days(begin, local_add_days(month->first, day)) > 0)
        return "◂";
    if (one->meeting->all_day)
        return "●";
    return arena_copy(month->arena, when_clock(begin, month->context->zone).s);
}

/* What stands in a cell of a meeting, and in how many rows if there is room for all. */
struct entry {
    const char *begin, *title, *id; /* the ID, or "" if it does not fit into a row as a whole */
    enum style style, dim;
    bool before; /* a wide cell: the time stands before the title, not below it */
    bool beside; /* the ID stands in the row of the title, or of the time below it */
    int rows;
};

static struct entry entry_of(const struct month *month, int day, size_t item)
{
    const struct occurrence *occurrence = &month->list->items[item];
    const char *sign = show_risk_sign(occurrence->risk), *id = occurrence->meeting->conference_id;
    bool cancelled = occurrence->meeting->status == MEETING_CANCELLED;
    int width = cell_area(month, day).cols - 1;
    struct entry entry = {.begin = begin_text(month, day, occurrence),
                          .id = id && utf8_width(id) <= width ? id : "",
                          .style = occurrence_style(occurrence, month->context->now)};
    entry.dim = entry.style == STYLE_TEXT ? STYLE_DIM : entry.style;
    entry.title = arena_format(month->arena, "%s%s%s%s%s", sign, *sign ? " " : "",
                               cancelled ? "[" : "", title_text(occurrence), cancelled ? "]" : "");
    int begin_width = utf8_width(entry.begin) + 1;
    entry.before = begin_width == 2 || month->day_cols >= WIDE_FOR_TIME;
    int used = begin_width + (entry.before ? utf8_width(entry.title) + 1 : 0);
    entry.beside = used + utf8_width(entry.id) <= width;
    entry.rows = 1 + !entry.before + (*entry.id && !entry.beside);
    return entry;
}

/* Draws as much of the entry as the area has rows. */
static void draw_entry(const struct month *month, struct area area, const struct entry *entry)
{
    int row = 0, col = 0;
    if (entry->before)
        col = canvas_text(month->canvas, area, row, 0, -1, entry->dim, entry->begin) + 1;
    canvas_text(month->canvas, area, row, col, -1, entry->style, entry->title);
    if (!entry->before)
        col = canvas_text(month->canvas, area, ++row, 0, -1, entry->dim, entry->begin) + 1;
    int id_width = utf8_width(entry->id);
    if (!entry->beside) /* below the title, if the time before it leaves room */
        col = entry->before && col + id_width <= area.cols ? col : 0;
    else if (entry->before)
        col = area.cols - id_width;
    canvas_text(month->canvas, area, row + !entry->beside, col, -1, entry->dim, entry->id);
}

/* Rows that the meetings leave free go to those that want more than one, from the first on. */
static void draw_day(const struct month *month, int day)
{
    struct area area = cell_area(month, day);
    size_t count = month->days[day].count, room = area.rows > 1 ? (size_t)area.rows - 1 : 0;
    size_t shown = count < room ? count : room;
    int spare = (int)(room - shown), row = 1;
    draw_day_line(month, day, count - shown);
    for (size_t i = 0; i < shown; i++) {
        struct entry entry = entry_of(month, day, month->days[day].items[i]);
        int rows = entry.rows - 1 < spare ? entry.rows : spare + 1;
        draw_entry(month, (struct area){area.row + row, area.col, rows, area.cols - 1}, &entry);
        spare -= rows - 1;
        row += rows;
    }
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
        int day = local_weekday(local_add_days(month->first, column));
        const char *name = month->day_cols > 12 ? weekday_long_name(day) : weekday_name(day);
        canvas_text(month->canvas, area, 0, 0, area.cols - 1, STYLE_HEADING, name);
    }
    for (int week = 0; month->area.cols >= WIDE_FOR_WEEK && week < WEEKS; week++) {
        struct local_time middle = local_add_days(month->first, week * DAYS_A_WEEK + 3);
        int row = cell_area(month, week * DAYS_A_WEEK).row - month->area.row;
        canvas_textf(month->canvas, month->area, row, 0, WEEK_WIDTH, STYLE_DIM, "W%02d",
                     local_iso_week(middle));
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
    view.first = local_week_first(first, zone_style(context->zone));
    view.day_cols = (area.cols - (area.cols >= WIDE_FOR_WEEK ? WEEK_WIDTH : 0)) / DAYS_A_WEEK;
    fill_days(&view);
    draw_frame(&view);
    for (int day = 0; day < CELLS; day++)
        draw_day(&view, day);
    arena_free(view.arena);
}
