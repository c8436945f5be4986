/*
 * The meetings in the time grid. In a wide day, meetings that touch each other stand side by side.
 * In a narrow day each has only its edge in all of its rows, and the rows are dealt out among them:
 * in a row, one meeting's text takes the width between the edges of the others.
 */
#include "columns.h"
#include "draw.h"
#include "week.h"
#include "when.h"

#include <base/utf8.h>
#include <string.h>

enum {
    /*
     * columns in which a meeting's edge and its ID have room: in narrower lanes rows are dealt out
     */
    LANE_ROOM = 10,
    WIDE_FOR_TIME = 14,
    TEXT_LEAST = 4
};

int week_least(int a, int b)
{
    return a < b ? a : b;
}

struct area week_day_area(const struct week *week, int index, int row, int rows)
{
    return (struct area){week->area.row + row, week->area.col + week->col[index] + 1, rows,
                         week->col[index + 1] - week->col[index] - 1};
}

enum style week_style(const struct week *week, const struct occurrence *occurrence)
{
    enum style style = occurrence_style(occurrence, week->context->now);
    return style == STYLE_TEXT ? STYLE_BLOCK : style;
}

const char *week_title(const struct week *week, const struct occurrence *occurrence)
{
    const char *sign = show_risk_sign(occurrence->risk);
    bool cancelled = occurrence->meeting->status == MEETING_CANCELLED;
    return arena_format(week->arena, "%s%s%s%s%s%s", occurrence_changed(occurrence) ? "~ " : "",
                        sign, *sign ? " " : "", cancelled ? "[" : "", title_text(occurrence),
                        cancelled ? "]" : "");
}

/* The visible part of the block; without rows if it is scrolled out of view. */
static struct area block_area(const struct week *week, const struct week_block *block)
{
    struct area area = week_day_area(week, block->day, week->grid_row, week->grid_rows);
    int left = area.cols * block->lane / block->lanes;
    int right = area.cols * (block->lane + 1) / block->lanes;
    int top = (int)week->state->top;
    int from = block->from < top ? top : block->from;
    int to = week_least(block->to, top + week->grid_rows);
    return (struct area){area.row + from - top, area.col + left, to - from, right - left};
}

/* The edge of the block in this half hour. */
static const char *edge_in(const struct week_block *block, int slot)
{
    bool begins = slot == block->from && !block->before;
    bool ends = slot == block->to - 1 && !block->after;
    return begins && ends ? "╺" : begins ? "┏" : ends ? "┗" : "┃";
}

static void draw_edge(struct week *week, const struct week_block *block, struct area area,
                      enum style style)
{
    int top = (int)week->state->top, from = block->from > top ? block->from : top;
    for (int row = 0; row < area.rows; row++)
        canvas_text(week->canvas, area, row, 0, 1, style, edge_in(block, from + row));
}

/* The title, and the ID behind it if both fit into the row. */
static void draw_flat(struct canvas *canvas, const struct occurrence *occurrence, const char *title,
                      struct area inside, enum style style)
{
    const char *id = occurrence->meeting->conference_id;
    int used = canvas_text(canvas, inside, 0, 0, -1, style, title);
    if (id && used + 2 + (int)strlen(id) <= inside.cols)
        canvas_text(canvas, inside, 0, used + 2, -1, style, id);
}

/* The ID, or NULL if it does not fit: a part of it would be taken for another ID. */
static const char *id_that_fits(const struct occurrence *occurrence, struct area inside)
{
    const char *id = occurrence->meeting->conference_id;
    return id && (int)strlen(id) <= inside.cols ? id : NULL;
}

/*
 * Below the title, as far as there is room: the ID with the risk's word, the times, the location.
 */
static void draw_details(struct week *week, struct canvas *canvas,
                         const struct occurrence *occurrence, struct area inside, int row,
                         enum style style)
{
    const char *id = id_that_fits(occurrence, inside);
    if (id) {
        int used = canvas_text(canvas, inside, row, 0, -1, style, id);
        const char *word = show_risk_word(occurrence->risk);
        if (*word && used + 1 + utf8_width(word) > inside.cols)
            word = risk_name(occurrence->risk);
        if (used + 1 + utf8_width(word) <= inside.cols)
            canvas_text(canvas, inside, row, used + 1, -1, style, word);
        row++;
    }
    struct when hours = when_hours(occurrence, week->context->zone);
    if (utf8_width(hours.s) <= inside.cols)
        canvas_text(canvas, inside, row++, 0, -1, style, hours.s);
    if (occurrence->location)
        canvas_text(canvas, inside, row, 0, -1, style, occurrence->location);
}

/* The meeting's title and details, in an area of any canvas. */
static void draw_text(struct week *week, const struct week_block *block, struct canvas *canvas,
                      struct area inside, enum style style)
{
    const struct occurrence *occurrence = &week->list->items[block->item];
    struct local_time begin = when_begin(occurrence, week->context->zone);
    const char *title = week_title(week, occurrence);
    if (!block->before && begin.minute % 30 != 0 && inside.cols + 1 > WIDE_FOR_TIME)
        title = arena_format(week->arena, "%s %s", when_clock(begin, week->context->zone).s, title);
    if (inside.rows == 1) {
        draw_flat(canvas, occurrence, title, inside, style);
        return;
    }
    struct area above = inside;
    above.rows -= id_that_fits(occurrence, inside) ? 1 : 0;
    int used = canvas_wrap(canvas, above, 0, style, title);
    draw_details(week, canvas, occurrence, inside, used, style);
}

static void draw_block(struct week *week, const struct week_block *block)
{
    struct area area = block_area(week, block);
    enum style style = week_style(week, &week->list->items[block->item]);
    canvas_fill(week->canvas, area, style);
    draw_edge(week, block, area, style);
    struct area inside = {area.row, area.col + 1, area.rows, area.cols - 1};
    draw_text(week, block, week->canvas, inside, style);
    canvas_item(week->canvas, area, block->item, block->item == week->state->selected);
}

/* --- dealt rows --- */

/* Meetings of a day that touch each other. */
struct cluster {
    struct week *week;
    const struct week_block *blocks;
    size_t count;
    struct area day;
    int owner[SLOTS_A_DAY]; /* the block whose text stands in this half hour; -1: none */
};

static bool covers(const struct week_block *block, int slot)
{
    return slot >= block->from && slot < block->to;
}

/*
 * Each meeting gets the first free half hour; of several, the one that ends first. False: a visible
 * meeting gets none.
 */
static bool deal_one_each(struct cluster *cluster, int from, int to)
{
    bool *served = arena_array(cluster->week->arena, cluster->count, sizeof *served);
    for (int slot = from; slot < to; slot++) {
        int chosen = -1;
        for (size_t i = 0; i < cluster->count; i++)
            if (!served[i] && covers(&cluster->blocks[i], slot) &&
                (chosen < 0 || cluster->blocks[i].to < cluster->blocks[chosen].to))
                chosen = (int)i;
        cluster->owner[slot] = chosen;
        if (chosen >= 0)
            served[chosen] = true;
    }
    for (size_t i = 0; i < cluster->count; i++)
        if (!served[i] && cluster->blocks[i].to > from && cluster->blocks[i].from < to)
            return false;
    return true;
}

/*
 * A free half hour goes to the selected meeting, else to the owner of the one before, else to any.
 */
static void deal_the_rest(struct cluster *cluster, int from, int to)
{
    for (int slot = from; slot < to; slot++) {
        int before = slot > from ? cluster->owner[slot - 1] : -1, chosen = -1;
        if (cluster->owner[slot] >= 0)
            continue;
        for (size_t i = 0; i < cluster->count; i++) {
            if (!covers(&cluster->blocks[i], slot))
                continue;
            bool selected = cluster->blocks[i].item == cluster->week->state->selected;
            if (chosen < 0 || selected || (int)i == before)
                chosen = (int)i;
            if (selected)
                break;
        }
        cluster->owner[slot] = chosen;
    }
}

/*
 * Columns [*left, *right) of the day in which the owner's text stands in this half hour, between
 * the edges of the others.
 */
static void text_place(const struct cluster *cluster, int slot, int *left, int *right)
{
    const struct week_block *owner = &cluster->blocks[cluster->owner[slot]];
    *left = owner->lane + 1;
    *right = cluster->day.cols;
    for (size_t i = 0; i < cluster->count; i++) {
        const struct week_block *other = &cluster->blocks[i];
        int edge = cluster->day.cols - (other->lanes - other->lane);
        if (other->lane > owner->lane && covers(other, slot) && edge < *right)
            *right = edge;
    }
}

/* The edges in this half hour: up to the owner's lane at the left, of later lanes at the right. */
static void draw_edges(const struct cluster *cluster, int row, int slot)
{
    struct week *week = cluster->week;
    const struct week_block *owner = &cluster->blocks[cluster->owner[slot]];
    for (size_t i = 0; i < cluster->count; i++) {
        const struct week_block *block = &cluster->blocks[i];
        if (!covers(block, slot))
            continue;
        int col = block->lane <= owner->lane ? block->lane
                                             : cluster->day.cols - (block->lanes - block->lane);
        canvas_text(week->canvas, cluster->day, row, col, 1,
                    week_style(week, &week->list->items[block->item]), edge_in(block, slot));
        canvas_item(week->canvas,
                    (struct area){cluster->day.row + row, cluster->day.col + col, 1, 1},
                    block->item, block->item == week->state->selected);
    }
}

/* The block's text, a line in each row that it owns, as wide as the narrowest of them. */
static void draw_dealt(const struct cluster *cluster, size_t at, int from, int to)
{
    struct week *week = cluster->week;
    const struct week_block *block = &cluster->blocks[at];
    enum style style = week_style(week, &week->list->items[block->item]);
    int rows = 0, width = cluster->day.cols, left = 0, right = 0, line = 0;
    for (int slot = from; slot < to; slot++) {
        if (cluster->owner[slot] != (int)at)
            continue;
        text_place(cluster, slot, &left, &right);
        width = week_least(width, right - left);
        rows++;
    }
    if (rows == 0)
        return;
    struct canvas *text = canvas_new(week->arena, rows, width, week->canvas->ascii);
    canvas_fill(text, canvas_area(text), style);
    draw_text(week, block, text, canvas_area(text), style);
    for (int slot = from; slot < to; slot++) {
        if (cluster->owner[slot] != (int)at)
            continue;
        text_place(cluster, slot, &left, &right);
        struct area place = {cluster->day.row + slot - from, cluster->day.col + left, 1,
                             right - left};
        canvas_fill(week->canvas, place, style);
        place.cols = width;
        canvas_copy(week->canvas, place, -line++, text);
        place.cols = right - left;
        canvas_item(week->canvas, place, block->item, block->item == week->state->selected);
    }
}

/* Deals out the rows and draws the cluster; false: the lanes are wide enough, or rows too few. */
static bool draw_cluster(struct week *week, const struct week_block *blocks, size_t count)
{
    int top = (int)week->state->top, bottom = week_least(top + week->grid_rows, SLOTS_A_DAY);
    struct cluster cluster = {.week = week, .blocks = blocks, .count = count};
    cluster.day = week_day_area(week, blocks[0].day, week->grid_row, week->grid_rows);
    int lanes = blocks[0].lanes;
    if (lanes < 2 || cluster.day.cols / lanes >= LANE_ROOM || cluster.day.cols - lanes < TEXT_LEAST)
        return false;
    if (!deal_one_each(&cluster, top, bottom))
        return false;
    deal_the_rest(&cluster, top, bottom);
    for (size_t i = 0; i < count; i++)
        draw_dealt(&cluster, i, top, bottom);
    for (int slot = top; slot < bottom; slot++)
        if (cluster.owner[slot] >= 0)
            draw_edges(&cluster, slot - top, slot);
    return true;
}

void week_blocks_draw(struct week *week)
{
    const struct week_block *blocks = week->plan.blocks.items;
    for (size_t first = 0, next; first < week->plan.blocks.count; first = next) {
        for (next = first + 1; next < week->plan.blocks.count && !blocks[next].leads; next++)
            ;
        if (draw_cluster(week, &blocks[first], next - first))
            continue;
        for (size_t i = first; i < next; i++)
            draw_block(week, &blocks[i]);
    }
}
