/*
 * Moving in a list.
 */
#include "list.h"
#include <string.h>

void list_clamp(struct show_list *list, size_t count)
{
    list->count = count;
    if (list->selected >= count)
        list->selected = count ? count - 1 : 0;
}

const struct occurrence *list_selected(const struct show_list *show, const struct occurrences *list)
{
    return show->selected < list->count ? &list->items[show->selected] : NULL;
}

bool list_move(struct show_list *list, enum action action, int page)
{
    static const struct {
        enum action action;
        int pages, halves, steps;
    } moves[] = {
        {ACT_DOWN, 0, 0, 1},     {ACT_UP, 0, 0, -1},       {ACT_PAGE_DOWN, 1, 0, 0},
        {ACT_PAGE_UP, -1, 0, 0}, {ACT_HALF_DOWN, 0, 1, 0}, {ACT_HALF_UP, 0, -1, 0},
    };
    int64_t to = (int64_t)list->selected;
    int size = page > 1 ? page : 2;
    if (action == ACT_FIRST) {
        to = 0;
    } else if (action == ACT_LAST) {
        to = (int64_t)list->count - 1;
    } else {
        size_t i = 0;
        while (i < sizeof moves / sizeof *moves && moves[i].action != action)
            i++;
        if (i == sizeof moves / sizeof *moves)
            return false;
        to += moves[i].pages * size + moves[i].halves * (size / 2) + moves[i].steps;
    }
    if (to >= (int64_t)list->count)
        to = (int64_t)list->count - 1;
    list->selected = to > 0 ? (size_t)to : 0;
    return true;
}

bool text_move(struct show_list *text, enum action action, int page)
{
    struct show_list lines = {.count = SIZE_MAX / 4, .selected = text->top};
    bool moved = list_move(&lines, action, page);
    text->top = lines.selected;
    return moved;
}

size_t list_find(const struct occurrences *list, const struct occurrence *wanted)
{
    size_t same_meeting = list->count;
    for (size_t i = 0; wanted && i < list->count; i++) {
        if (strcmp(list->items[i].meeting->uid, wanted->meeting->uid) != 0)
            continue;
        if (list->items[i].start == wanted->start)
            return i;
        if (same_meeting == list->count)
            same_meeting = i;
    }
    return same_meeting;
}
