/*
 * The time grid of days and weeks: hours down the side, a column a day, meetings as blocks.
 */
#include "columns.h"
#include "draw.h"
#include "week_plan.h"
#include "when.h"

#include <base/utf8.h>
#include <string.h>

struct week {
    struct canvas *canvas;
    struct area area;
    const struct show_context *context;
    const struct occurrences *list;
    struct show_list *state;
    struct arena *arena; /* of this drawing alone */
    struct local_time first;
    struct week_plan plan;
    int shown, start;           /* how many days are drawn, and which is the first of them */
    int col[PLAN_DAYS_MAX + 1]; /* where a drawn day's separator stands; one more for the end */
    int bar_rows;               /* rows of whole-day meetings that are drawn */
    int grid_row, grid_rows;
    int today; /* the drawn day that is today, -1: none */
};

enum {
    GUTTER = 7,
    DAY_MIN = 7,
    DAY_WANTED = 10,
    DAY_FIT = 9,
    NARROW = 50,
    WIDE_DAY = 14,
    HIGH_FOR_FOOT = 12
};

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

/* --- which days, and how wide ------------------------------------------------------------------ */

static int selected_day(const struct week *week, int days)
{
    struct local_time day = zone_read(week->context->zone, week->context->now).local;
    if (week->list->count > 0)
        day = when_begin(&week->list->items[week->state->selected], week->context->zone);
    int index = when_days(week->first, day);
    return index < 0 ? 0 : index >= days ? (week->list->count > 0 ? days - 1 : 0) : index;
}

/* Where not all days fit, the page of days that has the selected meeting. */
static void choose_days(struct week *week, int days)
{
    int room = week->area.cols - GUTTER, fit = room / DAY_FIT;
    if (week->area.cols < NARROW || fit < 1)
        fit = 1;
    week->shown = min_int(fit, days);
    week->start = selected_day(week, days) / week->shown * week->shown;
    if (week->start > days - week->shown)
        week->start = days - week->shown;
}

static bool is_idle(const struct week *week, int day)
{
    int weekday = local_weekday(local_add_days(week->first, day));
    return week->plan.lanes[day] == 0 && weekday >= 5 && day != week->start + week->today;
}

/* An ID of eight digits fits into a day where there is room for that; a weekend without meetings is narrow. */
static int day_least(const struct week *week, int day, bool roomy)
{
    return is_idle(week, day) ? DAY_MIN : roomy ? DAY_WANTED : DAY_MIN;
}

/* What is left goes to days with meetings side by side; where there is plenty, nearly alike to all, and as much to today. */
static int day_weight(const struct week *week, int day)
{
    int lanes = week->plan.lanes[day];
    if ((week->area.cols - GUTTER) / week->shown >= WIDE_DAY)
        return is_idle(week, day) ? 1 : lanes > 1 || day == week->start + week->today ? 4 : 3;
    return lanes > 1 ? min_int(lanes, 4) - 1 : 0;
}

/* Rows of whole-day meetings on the days that are drawn, as far as there is room for them. */
static int count_bar_rows(const struct week *week)
{
    int rows = 0, most = week->area.rows < HIGH_FOR_FOOT ? 1 : week->area.rows / 6;
    for (size_t i = 0; i < week->plan.bars.count; i++) {
        const struct week_bar *bar = &week->plan.bars.items[i];
        bool seen = bar->last >= week->start && bar->first < week->start + week->shown;
        if (seen && bar->row + 1 > rows)
            rows = bar->row + 1;
    }
    return min_int(rows, most);
}

static void place_columns(struct week *week)
{
    int room = week->area.cols - GUTTER, least[PLAN_DAYS_MAX] = {0}, used = 0, total = 0;
    for (int attempt = 0; attempt < 3 && (attempt == 0 || used > room); attempt++) {
        used = 0;
        for (int i = 0; i < week->shown; i++) {
            least[i] =
                attempt == 2 ? room / week->shown : day_least(week, week->start + i, attempt == 0);
            used += least[i];
        }
    }
    for (int i = 0; i < week->shown; i++)
        total += day_weight(week, week->start + i);
    int spare = room - used, col = GUTTER, given = 0, weight = 0;
    for (int i = 0; i < week->shown; i++) {
        week->col[i] = col;
        weight += total ? day_weight(week, week->start + i) : 1;
        int due = spare * weight / (total ? total : week->shown);
        col += least[i] + due - given;
        given = due;
    }
    week->col[week->shown] = col;
}

/* The inside of a drawn day's column. */
static struct area day_area(const struct week *week, int index, int row, int rows)
{
    return (struct area){week->area.row + row, week->area.col + week->col[index] + 1, rows,
                         week->col[index + 1] - week->col[index] - 1};
}

/* --- the frame: headings, rules, hours ------------------------------------------------------------ */

static void draw_headings(struct week *week)
{
    for (int i = 0; i < week->shown; i++) {
        struct local_time day = local_add_days(week->first, week->start + i);
        struct area area = day_area(week, i, 0, 1);
        struct when name = when_day(day);
        bool today = i == week->today;
        if (area.cols < (int)strlen(name.s) + (today ? 2 : 0))
            name.s[strcspn(name.s, " ") + (day.day < 10 ? 2 : 3)] = '\0';
        canvas_textf(week->canvas, area, 0, 0, -1, today ? STYLE_NOW : STYLE_HEADING,
                     today ? "[%s]" : "%s", name.s);
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
    for (int row = 0; row < week->grid_rows; row++) {
        int slot = (int)week->state->top + row;
        if (slot % 2 == 0 && slot < SLOTS_A_DAY)
            canvas_textf(week->canvas, week->area, week->grid_row + row, 1, -1, STYLE_DIM,
                         "%02d:00", slot / 2);
    }
    int row = now_slot(week) - (int)week->state->top;
    if (week->today < 0 || row < 0 || row >= week->grid_rows)
        return;
    struct when now = when_clock(zone_read(week->context->zone, week->context->now).local);
    canvas_textf(week->canvas, week->area, week->grid_row + row, 0, GUTTER, STYLE_NOW, "▸%s ",
                 now.s);
    canvas_hline(week->canvas, day_area(week, week->today, week->grid_row, week->grid_rows), row,
                 STYLE_NOW);
}

/* --- whole days ------------------------------------------------------------------------------------- */

static enum style block_style(const struct week *week, const struct occurrence *occurrence)
{
    enum style style = occurrence_style(occurrence, week->context->now);
    return style == STYLE_TEXT ? STYLE_BLOCK : style;
}

/* Sign and title, a cancelled one in brackets. */
static const char *block_title(const struct week *week, const struct occurrence *occurrence)
{
    const char *sign = show_risk_sign(occurrence->risk);
    bool cancelled = occurrence->meeting->status == MEETING_CANCELLED;
    return arena_format(week->arena, "%s%s%s%s%s", sign, *sign ? " " : "", cancelled ? "[" : "",
                        title_text(occurrence), cancelled ? "]" : "");
}

static void draw_bar(struct week *week, const struct week_bar *bar)
{
    int first = bar->first - week->start, last = bar->last - week->start;
    if (last < 0 || first >= week->shown || bar->row >= week->bar_rows)
        return;
    bool before = bar->before || first < 0, after = bar->after || last >= week->shown;
    first = first < 0 ? 0 : first;
    last = min_int(last, week->shown - 1);
    struct area area = day_area(week, first, 1 + bar->row, 1);
    area.cols = week->col[last + 1] - week->col[first] - 1;
    const struct occurrence *occurrence = &week->list->items[bar->item];
    enum style style = block_style(week, occurrence);
    for (int col = 0; col < area.cols; col++)
        canvas_text(week->canvas, area, 0, col, 1, style, "━");
    if (!before)
        canvas_text(week->canvas, area, 0, 0, 1, style, "╺");
    if (!after)
        canvas_text(week->canvas, area, 0, area.cols - 1, 1, style, "╸");
    const char *id = occurrence->meeting->conference_id;
    canvas_textf(week->canvas, area, 0, 1, area.cols - 2, style, " %s%s%s ",
                 block_title(week, occurrence), id ? "  " : "", id ? id : "");
    if (bar->item == week->state->selected)
        canvas_select(week->canvas, area);
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
    canvas_text(week->canvas, week->area, 1, 0, GUTTER, STYLE_DIM, "all day");
    if (hidden > 0)
        canvas_textf(week->canvas, week->area, week->bar_rows, 0, GUTTER, STYLE_DIM, "+%d more",
                     hidden);
}

/* --- blocks ------------------------------------------------------------------------------------------ */

/* The block's place in the grid, before it is clipped to what is scrolled into view. */
static struct area block_area(const struct week *week, const struct week_block *block)
{
    struct area area = day_area(week, block->day - week->start, week->grid_row, week->grid_rows);
    int left = area.cols * block->lane / block->lanes;
    int right = area.cols * (block->lane + 1) / block->lanes;
    int top = (int)week->state->top;
    int from = block->from < top ? top : block->from;
    int to = min_int(block->to, top + week->grid_rows);
    return (struct area){area.row + from - top, area.col + left, to - from, right - left};
}

static void draw_edge(struct week *week, const struct week_block *block, struct area area,
                      enum style style)
{
    int last = area.rows - 1;
    bool top_seen = block->from >= (int)week->state->top && !block->before;
    bool end_seen = block->to <= (int)week->state->top + week->grid_rows && !block->after;
    for (int row = 0; row <= last; row++) {
        const char *edge = row == 0 && top_seen ? "┏" : row == last && end_seen ? "┗" : "┃";
        if (last == 0 && top_seen && end_seen)
            edge = "╺";
        canvas_text(week->canvas, area, row, 0, 1, style, edge);
    }
}

/* One row: the title, and the ID behind it where both fit. */
static void draw_flat(struct week *week, const struct occurrence *occurrence, const char *title,
                      struct area inside, enum style style)
{
    const char *id = occurrence->meeting->conference_id;
    int used = canvas_text(week->canvas, inside, 0, 0, -1, style, title);
    if (id && used + 2 + (int)strlen(id) <= inside.cols)
        canvas_text(week->canvas, inside, 0, used + 2, -1, style, id);
}

/* A part of an ID would be taken for another one: it is shown whole or not at all. */
static const char *id_that_fits(const struct occurrence *occurrence, struct area inside)
{
    const char *id = occurrence->meeting->conference_id;
    return id && (int)strlen(id) <= inside.cols ? id : NULL;
}

/* What there is room for below the title: the ID with the risk's word, the times, the location. */
static void draw_details(struct week *week, const struct occurrence *occurrence, struct area inside,
                         int row, enum style style)
{
    const char *id = id_that_fits(occurrence, inside);
    if (id && row < inside.rows) {
        int used = canvas_text(week->canvas, inside, row, 0, -1, style, id);
        const char *word = show_risk_word(occurrence->risk);
        if (*word && used + 1 + utf8_width(word) > inside.cols)
            word = risk_name(occurrence->risk);
        if (word && *word && used + 1 + utf8_width(word) <= inside.cols)
            canvas_text(week->canvas, inside, row, used + 1, -1, style, word);
        row++;
    }
    struct when hours = when_hours(occurrence, week->context->zone);
    if (row < inside.rows && utf8_width(hours.s) <= inside.cols)
        canvas_text(week->canvas, inside, row++, 0, -1, style, hours.s);
    if (row < inside.rows && occurrence->location)
        canvas_text(week->canvas, inside, row, 0, -1, style, occurrence->location);
}

static void draw_block(struct week *week, const struct week_block *block)
{
    int index = block->day - week->start;
    if (index < 0 || index >= week->shown)
        return;
    struct area area = block_area(week, block);
    if (area.rows <= 0 || area.cols <= 0)
        return;
    const struct occurrence *occurrence = &week->list->items[block->item];
    enum style style = block_style(week, occurrence);
    canvas_fill(week->canvas, area, style);
    draw_edge(week, block, area, style);
    struct area inside = {area.row, area.col + 1, area.rows, area.cols - 1};
    struct local_time begin = when_begin(occurrence, week->context->zone);
    const char *title = block_title(week, occurrence);
    if (!block->before && begin.minute % 30 != 0 && inside.cols >= 14)
        title = arena_format(week->arena, "%s %s", when_clock(begin).s, title);
    if (area.rows == 1) {
        draw_flat(week, occurrence, title, inside, style);
    } else {
        struct area above = inside;
        above.rows -= id_that_fits(occurrence, inside) ? 1 : 0;
        int used = canvas_wrap(week->canvas, above, 0, style, title);
        draw_details(week, occurrence, inside, used, style);
    }
    if (block->item == week->state->selected)
        canvas_select(week->canvas, area);
}

/* How many meetings of each day stand above and below of what is scrolled into view. */
static void draw_hidden(struct week *week, bool foot)
{
    int top = (int)week->state->top, bottom = top + week->grid_rows;
    for (int i = 0; i < week->shown; i++) {
        int above = 0, below = 0;
        for (size_t n = 0; n < week->plan.blocks.count; n++) {
            const struct week_block *block = &week->plan.blocks.items[n];
            if (block->day != week->start + i)
                continue;
            above += block->to <= top;
            below += block->from >= bottom;
        }
        int rule = week->grid_row - 1, end = week->grid_row + week->grid_rows;
        if (above > 0 && rule > 0)
            canvas_textf(week->canvas, day_area(week, i, rule, 1), 0, 1, -1, STYLE_DIM, " ▲ %d ",
                         above);
        if (below > 0 && foot)
            canvas_textf(week->canvas, day_area(week, i, end, 1), 0, 1, -1, STYLE_DIM, " ▼ %d ",
                         below);
    }
}

/*
 * An hour before now, or before the first meeting of today that is not over; later where the selected one would be missed.
 * Now is seen in any case.
 */
static int top_at_now(const struct week *week)
{
    enum { HOUR_SLOTS = 2 };
    int now = now_slot(week), rows = week->grid_rows, first = now, last = 0;
    for (size_t i = 0; i < week->plan.blocks.count; i++) {
        const struct week_block *block = &week->plan.blocks.items[i];
        if (block->day != week->start + week->today)
            continue;
        if (block->from < first && week->list->items[block->item].end > week->context->now)
            first = block->from;
        if (block->item == week->state->selected)
            last = block->to;
    }
    int top = first - HOUR_SLOTS;
    if (last > top + rows)
        top = min_int(last - rows, now);
    /* A night's work that still goes on leaves the hours to come their room. */
    return now - top > rows / 3 && now - top > HOUR_SLOTS ? now - rows / 3 : top;
}

/* Moves the first half hour so that the selected meeting is seen, its beginning first. */
static void scroll(struct week *week)
{
    int top = (int)min_int((int)week->state->top, SLOTS_A_DAY), rows = week->grid_rows;
    bool at_now = week->state->at_now && week->today >= 0;
    if (at_now)
        top = top_at_now(week);
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
               struct local_time first, int days, const struct occurrences *list,
               struct show_list *state)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    days = days < 1 ? 1 : min_int(days, PLAN_DAYS_MAX);
    if (area.rows < 4 || area.cols < GUTTER + 4)
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
    week_plan_make(week.arena, &week.plan, week.first, days, list, context->zone);
    choose_days(&week, days);
    week.today = when_days(week.first, zone_read(context->zone, context->now).local) - week.start;
    if (week.today < 0 || week.today >= week.shown)
        week.today = -1;
    place_columns(&week);
    week.bar_rows = count_bar_rows(&week);
    week.grid_row = 1 + week.bar_rows + 1;
    week.grid_rows = min_int(area.rows - week.grid_row - (foot ? 1 : 0), SLOTS_A_DAY);
    scroll(&week);
    draw_separators(&week);
    draw_headings(&week);
    draw_rule(&week, week.grid_row - 1, "┼");
    if (foot)
        draw_rule(&week, week.grid_row + week.grid_rows, "┴");
    draw_hours(&week);
    draw_bars(&week);
    for (size_t i = 0; i < week.plan.blocks.count; i++)
        draw_block(&week, &week.plan.blocks.items[i]);
    draw_hidden(&week, foot);
    arena_free(week.arena);
}
