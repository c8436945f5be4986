/*
 * The time grid of days and weeks: hours down the side, a column a day, meetings as blocks.
 */
#include "week.h"
#include "columns.h"
#include "draw.h"
#include "when.h"

#include <base/utf8.h>
#include <stdio.h>
#include <string.h>

enum {
    GUTTER = 7,           /* "▸09:00 " */
    GUTTER_HALF_DAYS = 9, /* "▸12:00pm " */
    DAY_MIN = 7,
    DAY_WANTED = 10,
    DAY_FIT = 9,
    NARROW = 50,
    WIDE_DAY = 14,
    HIGH_FOR_FOOT = 12,
    WEEKDAY_WIDTH = 3
};

/* --- which days, and how wide --- */

static int gutter(const struct week *week)
{
    return zone_style(week->context->zone)->half_days ? GUTTER_HALF_DAYS : GUTTER;
}

/* If not all days fit, the page of days around this one. */
static void choose_page(struct week *week, int days, struct local_time day)
{
    int fit = (week->area.cols - gutter(week)) / DAY_FIT;
    if (week->area.cols < NARROW || fit < 1)
        fit = 1;
    week->shown = week_least(fit, days);
    int at = when_days(week->first, day);
    at = at < 0 ? 0 : week_least(at, days - 1);
    int start = week_least(at / week->shown * week->shown, days - week->shown);
    week->first = local_add_days(week->first, start);
}

static bool is_idle(const struct week *week, int day)
{
    int weekday = local_weekday(local_add_days(week->first, day));
    return week->plan.lanes[day] == 0 && weekday >= 5 && day != week->today;
}

/* If all days have room (`roomy`), an ID of eight digits fits; an empty weekend is narrow. */
static int day_least(const struct week *week, int day, bool roomy)
{
    return is_idle(week, day) ? DAY_MIN : roomy ? DAY_WANTED : DAY_MIN;
}

/*
 * A day's share of the spare columns. Days with meetings side by side get them; if there are many,
 * all days get some, these and today a little more.
 */
static int day_weight(const struct week *week, int day)
{
    int lanes = week->plan.lanes[day];
    if ((week->area.cols - gutter(week)) / week->shown >= WIDE_DAY)
        return is_idle(week, day) ? 1 : lanes > 1 || day == week->today ? 4 : 3;
    return lanes > 1 ? week_least(lanes, 4) - 1 : 0;
}

/* Rows of whole-day meetings, as far as there is room for them. */
static int count_bar_rows(const struct week *week)
{
    int most = week->area.rows < HIGH_FOR_FOOT ? 1 : week->area.rows / 6;
    return week_least(week->plan.bar_rows, most);
}

static void place_columns(struct week *week)
{
    int room = week->area.cols - gutter(week), least[PLAN_DAYS_MAX] = {0}, used = 0, total = 0;
    for (int attempt = 0; attempt < 3 && (attempt == 0 || used > room); attempt++) {
        used = 0;
        for (int i = 0; i < week->shown; i++) {
            least[i] = attempt == 2 ? room / week->shown : day_least(week, i, attempt == 0);
            used += least[i];
        }
    }
    for (int i = 0; i < week->shown; i++)
        total += day_weight(week, i);
    int spare = room - used, col = gutter(week), given = 0, weight = 0;
    for (int i = 0; i < week->shown; i++) {
        week->col[i] = col;
        weight += total ? day_weight(week, i) : 1;
        int due = spare * weight / (total ? total : week->shown);
        col += least[i] + due - given;
        given = due;
    }
    week->col[week->shown] = col;
}

/* --- the frame: headings, rules, hours --- */

static void draw_headings(struct week *week)
{
    for (int i = 0; i < week->shown; i++) {
        struct local_time day = local_add_days(week->first, i);
        struct area area = week_day_area(week, i, 0, 1);
        struct when name = when_day(day, week->context->zone);
        bool today = i == week->today;
        if (area.cols < (int)strlen(name.s) + (today ? 2 : 0))
            snprintf(name.s, sizeof name.s, "%s %d", weekday_name(local_weekday(day)), day.day);
        canvas_textf(week->canvas, area, 0, 0, -1, today ? STYLE_NOW : STYLE_HEADING,
                     today ? "[%s]" : "%s", name.s);
        if (i == week->marked)
            canvas_select(week->canvas,
                          (struct area){area.row, area.col + today, 1, WEEKDAY_WIDTH});
    }
}

static void draw_rule(struct week *week, int row, const char *cross)
{
    canvas_hline(week->canvas, week->area, row, STYLE_BORDER);
    for (int i = 0; i < week->shown; i++)
        canvas_text(week->canvas, week->area, row, week->col[i], 1, STYLE_BORDER, cross);
}

static void draw_separators(struct week *week)
{
    for (int row = 0; row < week->grid_row + week->grid_rows; row++)
        for (int i = 0; i < week->shown; i++)
            canvas_text(week->canvas, week->area, row, week->col[i], 1, STYLE_BORDER, "│");
}

static int now_slot(const struct week *week)
{
    struct local_time now = zone_read(week->context->zone, week->context->now).local;
    return now.hour * 2 + now.minute / 30;
}

static void draw_hours(struct week *week)
{
    const struct zone *zone = week->context->zone;
    for (int row = 0; row < week->grid_rows; row++) {
        int slot = (int)week->state->top + row;
        struct local_time hour = {.hour = slot / 2};
        if (slot % 2 == 0 && slot < SLOTS_A_DAY)
            canvas_text(week->canvas, week->area, week->grid_row + row, 1, -1, STYLE_DIM,
                        when_clock(hour, zone).s);
    }
    int row = now_slot(week) - (int)week->state->top;
    if (week->today < 0 || row < 0 || row >= week->grid_rows)
        return;
    struct when now = when_clock(zone_read(zone, week->context->now).local, zone);
    canvas_textf(week->canvas, week->area, week->grid_row + row, 0, gutter(week), STYLE_NOW, "▸%s ",
                 now.s);
    canvas_hline(week->canvas, week_day_area(week, week->today, week->grid_row, week->grid_rows),
                 row, STYLE_NOW);
}

/* --- whole days --- */

static void draw_bar(struct week *week, const struct week_bar *bar)
{
    if (bar->row >= week->bar_rows)
        return;
    struct area area = week_day_area(week, bar->first, 1 + bar->row, 1);
    area.cols = week->col[bar->last + 1] - week->col[bar->first] - 1;
    const struct occurrence *occurrence = &week->list->items[bar->item];
    enum style style = week_style(week, occurrence);
    for (int col = 0; col < area.cols; col++)
        canvas_text(week->canvas, area, 0, col, 1, style, "━");
    if (!bar->before)
        canvas_text(week->canvas, area, 0, 0, 1, style, "╺");
    if (!bar->after)
        canvas_text(week->canvas, area, 0, area.cols - 1, 1, style, "╸");
    const char *id = occurrence->meeting->conference_id;
    canvas_textf(week->canvas, area, 0, 1, area.cols - 2, style, " %s%s%s ",
                 week_title(week, occurrence), id ? "  " : "", id ? id : "");
    canvas_item(week->canvas, area, bar->item, bar->item == week->state->selected);
}

static void draw_bars(struct week *week)
{
    if (week->bar_rows == 0)
        return;
    int hidden = 0;
    for (size_t i = 0; i < week->plan.bars.count; i++) {
        draw_bar(week, &week->plan.bars.items[i]);
        hidden += week->plan.bars.items[i].row >= week->bar_rows;
    }
    canvas_text(week->canvas, week->area, 1, 0, gutter(week), STYLE_DIM, "all day");
    if (hidden > 0)
        canvas_textf(week->canvas, week->area, week->bar_rows, 0, gutter(week), STYLE_DIM,
                     "+%d more", hidden);
}

/* How many meetings of each day are scrolled out of view above and below. */
static void draw_hidden(struct week *week, bool foot)
{
    int top = (int)week->state->top, bottom = top + week->grid_rows;
    for (int i = 0; i < week->shown; i++) {
        int above = 0, below = 0;
        for (size_t n = 0; n < week->plan.blocks.count; n++) {
            const struct week_block *block = &week->plan.blocks.items[n];
            if (block->day != i)
                continue;
            above += block->to <= top;
            below += block->from >= bottom;
        }
        int rule = week->grid_row - 1, end = week->grid_row + week->grid_rows;
        if (above > 0 && rule > 0)
            canvas_textf(week->canvas, week_day_area(week, i, rule, 1), 0, 1, -1, STYLE_DIM,
                         " ▲ %d ", above);
        if (below > 0 && foot)
            canvas_textf(week->canvas, week_day_area(week, i, end, 1), 0, 1, -1, STYLE_DIM,
                         " ▼ %d ", below);
    }
}

/*
 * An hour before now, or before the first meeting of today that is not over; later if the selected
 * meeting would not be visible, but never behind now.
 */
static int top_at_now(const struct week *week)
{
    enum { HOUR_SLOTS = 2 };
    int now = now_slot(week), rows = week->grid_rows, first = now, last = 0;
    for (size_t i = 0; i < week->plan.blocks.count; i++) {
        const struct week_block *block = &week->plan.blocks.items[i];
        if (block->day != week->today)
            continue;
        if (block->from < first && week->list->items[block->item].end > week->context->now)
            first = block->from;
        if (block->item == week->state->selected)
            last = block->to;
    }
    int top = first - HOUR_SLOTS;
    if (last > top + rows)
        top = week_least(last - rows, now);
    /* a meeting that began long ago does not push the coming hours out of view */
    return now - top > rows / 3 && now - top > HOUR_SLOTS ? now - rows / 3 : top;
}

/* The first half hour in which a meeting begins on any of the drawn days; -1: none does. */
static int first_slot(const struct week *week)
{
    int first = -1;
    for (size_t i = 0; i < week->plan.blocks.count; i++) {
        const struct week_block *block = &week->plan.blocks.items[i];
        if (!block->before && (first < 0 || block->from < first))
            first = block->from;
    }
    return first;
}

static bool sees_meeting(const struct week *week, int top)
{
    for (size_t i = 0; i < week->plan.blocks.count; i++) {
        const struct week_block *block = &week->plan.blocks.items[i];
        if (block->from < top + week->grid_rows && block->to > top)
            return true;
    }
    return false;
}

/* An hour before the first meeting, if what would be seen from `top` on has none, or hides it. */
static int top_to_see(const struct week *week, int top)
{
    enum { HOUR_SLOTS = 2 };
    int first = first_slot(week);
    bool hidden = week->today < 0 && (first < top || first >= top + week->grid_rows);
    return first >= 0 && (hidden || !sees_meeting(week, top)) ? first - HOUR_SLOTS : top;
}

/* Moves the first half hour so that the selected meeting is seen, its beginning first. */
static void scroll(struct week *week)
{
    int top = (int)week_least((int)week->state->top, SLOTS_A_DAY), rows = week->grid_rows;
    bool at_now = week->state->at_now && week->today >= 0;
    if (at_now)
        top = top_at_now(week);
    if (week->state->at_now)
        top = top_to_see(week, top > SLOTS_A_DAY - rows ? SLOTS_A_DAY - rows : top);
    for (size_t i = 0; !at_now && i < week->plan.blocks.count; i++) {
        const struct week_block *block = &week->plan.blocks.items[i];
        if (block->item != week->state->selected)
            continue;
        if (block->to > top + rows)
            top = block->to - rows;
        if (block->from < top)
            top = block->from;
        break;
    }
    if (top > SLOTS_A_DAY - rows)
        top = rows < SLOTS_A_DAY ? SLOTS_A_DAY - rows : 0;
    week->state->top = top > 0 ? (size_t)top : 0;
}

void show_week(struct canvas *canvas, struct area area, const struct show_context *context,
               struct local_time first, int days, struct local_time selected_day,
               const struct occurrences *list, struct show_list *state)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    days = days < 1 ? 1 : week_least(days, PLAN_DAYS_MAX);
    if (area.rows < 4 || area.cols < GUTTER_HALF_DAYS + 4)
        return;
    if (state->selected >= list->count)
        state->selected = list->count ? list->count - 1 : 0;
    struct week week = {.canvas = canvas,
                        .area = area,
                        .context = context,
                        .list = list,
                        .state = state,
                        .first = local_midnight(first),
                        .arena = arena_new()};
    bool foot = area.rows >= HIGH_FOR_FOOT;
    choose_page(&week, days, selected_day);
    week_plan_make(week.arena, &week.plan, week.first, week.shown, list, context->zone);
    week.marked = days > 1 ? when_days(week.first, selected_day) : -1;
    week.today = when_days(week.first, zone_read(context->zone, context->now).local);
    if (week.today < 0 || week.today >= week.shown)
        week.today = -1;
    place_columns(&week);
    week.bar_rows = count_bar_rows(&week);
    week.grid_row = 1 + week.bar_rows + 1;
    week.grid_rows = week_least(area.rows - week.grid_row - (foot ? 1 : 0), SLOTS_A_DAY);
    scroll(&week);
    draw_separators(&week);
    draw_headings(&week);
    draw_rule(&week, week.grid_row - 1, "┼");
    if (foot)
        draw_rule(&week, week.grid_row + week.grid_rows, "┴");
    draw_hours(&week);
    draw_bars(&week);
    week_blocks_draw(&week);
    draw_hidden(&week, foot);
    arena_free(week.arena);
}
