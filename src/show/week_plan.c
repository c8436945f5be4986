/*
 * Planning a time grid: the half hours that a meeting takes on each day, and the lanes of meetings
 * that touch each other.
 */
#include "week.h"
#include "when.h"

#include <stdlib.h>

enum { SLOT_MINUTES = 30 };

static int slot_of(struct local_time time, bool round_up)
{
    int minutes = time.hour * 60 + time.minute + (round_up && time.second > 0 ? 1 : 0);
    return (minutes + (round_up ? SLOT_MINUTES - 1 : 0)) / SLOT_MINUTES;
}

static bool is_bar(const struct occurrence *occurrence)
{
    return occurrence->meeting->all_day || occurrence->end - occurrence->start >= DAY;
}

static void add_blocks(struct arena *arena, struct week_plan *plan, struct local_time first,
                       int days, const struct occurrences *list, size_t item,
                       const struct zone *zone)
{
    const struct occurrence *occurrence = &list->items[item];
    struct local_time begin = when_begin(occurrence, zone), end = when_end(occurrence, zone);
    int first_day = when_days(first, begin);
    int last_day = when_days(first, when_last_day(occurrence, zone));
    for (int day = first_day < 0 ? 0 : first_day; day <= last_day && day < days; day++) {
        struct week_block block = {.item = item, .day = day};
        block.before = day > first_day;
        block.after = day < last_day;
        block.from = block.before ? 0 : slot_of(begin, false);
        block.to = when_days(first, end) > day ? SLOTS_A_DAY : slot_of(end, true);
        /* at least one half hour, also if clocks set back let it end before it begins */
        if (block.to <= block.from)
            block.to = block.from + 1;
        *vector_push(arena, &plan->blocks) = block;
    }
}

static int compare_blocks(const void *left, const void *right)
{
    const struct week_block *a = left, *b = right;
    if (a->day != b->day)
        return a->day - b->day;
    if (a->from != b->from)
        return a->from - b->from;
    if (a->to != b->to)
        return b->to - a->to; /* the longer meeting to the left */
    return a->item < b->item ? -1 : a->item > b->item;
}

/* Gives lanes to the blocks of a cluster; returns how many lanes there are. */
static int assign_lanes(struct arena *arena, struct week_block *blocks, size_t count)
{
    int *lane_end = arena_array(arena, count, sizeof *lane_end);
    int lanes = 0;
    for (size_t i = 0; i < count; i++) {
        int lane = 0;
        while (lane < lanes && lane_end[lane] > blocks[i].from)
            lane++;
        if (lane == lanes)
            lanes++;
        lane_end[lane] = blocks[i].to;
        blocks[i].lane = lane;
    }
    for (size_t i = 0; i < count; i++)
        blocks[i].lanes = lanes;
    return lanes;
}

static void plan_lanes(struct arena *arena, struct week_plan *plan)
{
    struct week_block *blocks = plan->blocks.items;
    size_t count = plan->blocks.count;
    items_sort(blocks, count, sizeof *blocks, compare_blocks);
    for (size_t first = 0; first < count;) {
        size_t behind = first;
        int reach = blocks[first].to, day = blocks[first].day;
        blocks[first].leads = true;
        while (behind < count && blocks[behind].day == day &&
               (behind == first || blocks[behind].from < reach)) {
            if (blocks[behind].to > reach)
                reach = blocks[behind].to;
            behind++;
        }
        int lanes = assign_lanes(arena, &blocks[first], behind - first);
        if (lanes > plan->lanes[day])
            plan->lanes[day] = lanes;
        first = behind;
    }
}

static int compare_bars(const void *left, const void *right)
{
    const struct week_bar *a = left, *b = right;
    if (a->first != b->first)
        return a->first - b->first;
    if (a->last != b->last)
        return b->last - a->last;
    return a->item < b->item ? -1 : a->item > b->item;
}

static void add_bar(struct arena *arena, struct week_plan *plan, struct local_time first, int days,
                    const struct occurrences *list, size_t item, const struct zone *zone)
{
    const struct occurrence *occurrence = &list->items[item];
    int from = when_days(first, when_begin(occurrence, zone));
    int to = when_days(first, when_last_day(occurrence, zone));
    if (to < 0 || from >= days)
        return;
    *vector_push(arena, &plan->bars) = (struct week_bar){.item = item,
                                                         .first = from < 0 ? 0 : from,
                                                         .last = to >= days ? days - 1 : to,
                                                         .before = from < 0,
                                                         .after = to >= days};
}

/* Puts each bar into the first row that is free. */
static void plan_bars(struct arena *arena, struct week_plan *plan)
{
    int *row_end = arena_array(arena, plan->bars.count, sizeof *row_end);
    items_sort(plan->bars.items, plan->bars.count, sizeof *plan->bars.items, compare_bars);
    for (size_t i = 0; i < plan->bars.count; i++) {
        struct week_bar *bar = &plan->bars.items[i];
        while (bar->row < plan->bar_rows && row_end[bar->row] > bar->first)
            bar->row++;
        if (bar->row == plan->bar_rows)
            plan->bar_rows++;
        row_end[bar->row] = bar->last + 1;
    }
}

void week_plan_make(struct arena *arena, struct week_plan *plan, struct local_time first, int days,
                    const struct occurrences *list, const struct zone *zone)
{
    *plan = (struct week_plan){0};
    for (size_t i = 0; i < list->count; i++) {
        if (is_bar(&list->items[i]))
            add_bar(arena, plan, first, days, list, i, zone);
        else
            add_blocks(arena, plan, first, days, list, i, zone);
    }
    plan_lanes(arena, plan);
    plan_bars(arena, plan);
}
