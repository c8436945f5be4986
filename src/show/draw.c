/*
 * Signs and words of risk, styles of meetings, grouped lists and their scrolling.
 */
#include "draw.h"

#include <base/utf8.h>
#include <stdlib.h>
#include <string.h>

const char *show_risk_sign(enum risk risk)
{
    if (risk == RISK_OVERLAP || risk == RISK_BACK_TO_BACK)
        return "!!";
    return risk == RISK_LEGACY ? "!" : "";
}

const char *show_risk_word(enum risk risk)
{
    static const char *const words[] = {[RISK_NONE] = "",
                                        [RISK_LEGACY] = "legacy",
                                        [RISK_BACK_TO_BACK] = "mixing risk: back-to-back",
                                        [RISK_OVERLAP] = "mixing risk: overlap"};
    return words[risk];
}

enum style risk_style(enum risk risk)
{
    if (risk == RISK_OVERLAP || risk == RISK_BACK_TO_BACK)
        return STYLE_RISK;
    return risk == RISK_LEGACY ? STYLE_LEGACY : STYLE_TEXT;
}

enum style occurrence_style(const struct occurrence *occurrence, int64_t now)
{
    if (occurrence->meeting->status == MEETING_CANCELLED)
        return STYLE_CANCELLED;
    if (occurrence->end <= now)
        return STYLE_PAST;
    return risk_style(occurrence->risk);
}

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

static int compare_group(const struct occurrence *a, const struct occurrence *b)
{
    int order = strcmp(or_empty(a->meeting->organizer), or_empty(b->meeting->organizer));
    if (order == 0)
        order = strcmp(or_empty(a->meeting->conference_id), or_empty(b->meeting->conference_id));
    return order;
}

bool legacy_same_group(const struct occurrence *a, const struct occurrence *b)
{
    return compare_group(a, b) == 0;
}

static int compare_legacy(const void *left, const void *right)
{
    const struct occurrence *a = left, *b = right;
    bool a_risky = a->risk > RISK_LEGACY, b_risky = b->risk > RISK_LEGACY;
    int order = compare_group(a, b);
    if (order == 0 && a_risky != b_risky)
        order = a_risky ? -1 : 1;
    if (order == 0 && a->start != b->start)
        order = a->start < b->start ? -1 : 1;
    return order ? order : strcmp(a->meeting->uid, b->meeting->uid);
}

/* A group of the sorted list. */
struct legacy_group {
    size_t first, count;
    enum risk worst;
};

static int compare_worst(const void *left, const void *right)
{
    const struct legacy_group *a = left, *b = right;
    if (a->worst != b->worst)
        return a->worst > b->worst ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

struct legacy_groups VECTOR(struct legacy_group);

static void find_groups(struct arena *arena, const struct occurrences *list,
                        struct legacy_groups *groups)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i == 0 || !legacy_same_group(&list->items[i - 1], &list->items[i]))
            vector_push(arena, groups)->first = i;
        struct legacy_group *group = &groups->items[groups->count - 1];
        group->count++;
        if (list->items[i].risk > group->worst)
            group->worst = list->items[i].risk;
    }
}

void show_legacy_sort(struct occurrences *list)
{
    if (list->count < 2)
        return;
    qsort(list->items, list->count, sizeof *list->items, compare_legacy);
    struct arena *arena = arena_new();
    struct legacy_groups groups = {0};
    find_groups(arena, list, &groups);
    if (groups.count > 1) {
        struct occurrence *sorted = arena_array(arena, list->count, sizeof *sorted);
        size_t at = 0;
        qsort(groups.items, groups.count, sizeof *groups.items, compare_worst);
        for (size_t i = 0; i < groups.count; i++)
            for (size_t member = 0; member < groups.items[i].count; member++)
                sorted[at++] = list->items[groups.items[i].first + member];
        memcpy(list->items, sorted, at * sizeof *sorted);
    }
    arena_free(arena);
}

void list_scroll(struct show_list *state, size_t count, int rows)
{
    size_t room = rows > 0 ? (size_t)rows : 1;
    if (state->selected >= count)
        state->selected = count ? count - 1 : 0;
    if (state->selected < state->top)
        state->top = state->selected;
    if (state->selected >= state->top + room)
        state->top = state->selected - room + 1;
    if (state->top + room > count)
        state->top = count > room ? count - room : 0;
}

/* The row of an item, counted from the list's beginning. */
static size_t group_row_of(const bool *begins, size_t item)
{
    size_t row = item;
    for (size_t i = 0; i <= item; i++)
        row += begins[i] ? (i > 0) + 1 : 0; /* a blank row, and the heading */
    return row;
}

static void group_scroll(const bool *begins, size_t count, int rows, struct show_list *state)
{
    size_t room = rows > 0 ? (size_t)rows : 1;
    if (state->selected >= count)
        state->selected = count - 1;
    size_t selected = group_row_of(begins, state->selected);
    size_t above = room > 1 ? selected - 1 : selected; /* room for the heading */
    if (above < state->top)
        state->top = above;
    if (selected >= state->top + room)
        state->top = selected - room + 1;
    size_t last = group_row_of(begins, count - 1) + 1;
    if (state->top + room > last)
        state->top = last > room ? last - room : 0;
}

struct group_row *group_rows(struct arena *arena, const bool *begins, size_t count, int rows,
                             struct show_list *state)
{
    group_scroll(begins, count, rows, state);
    size_t room = rows > 0 ? (size_t)rows : 0, row = 0, top = state->top, bottom = top + room;
    struct group_row *out = arena_array(arena, room, sizeof *out);
    for (size_t i = 0; i < count && row < bottom; i++) {
        if (begins[i]) {
            row += i > 0;
            if (row >= top && row < bottom)
                out[row - top] = (struct group_row){GROUP_HEADING, i};
            row++;
        }
        if (row >= top && row < bottom)
            out[row - top] =
                (struct group_row){row == top && rows > 1 ? GROUP_HEADING : GROUP_ITEM, i};
        row++;
    }
    return out;
}

void show_zone_rule(struct canvas *canvas, struct area line, const struct zone *zone)
{
    enum { LEAST = 4 }; /* columns of the rule beside the name */
    const char *name = zone_name(zone);
    int width = utf8_width(name);
    canvas_hline(canvas, line, 0, STYLE_BORDER);
    if (line.cols > width + LEAST)
        canvas_textf(canvas, line, 0, line.cols - width - 3, width + 2, STYLE_DIM, " %s ", name);
}
