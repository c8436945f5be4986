/*
 * Moving in a list, and finding what a click meant.
 */
#include "view.h"
#include <string.h>

void list_clamp(struct show_list *list, size_t count)
{
    if (list->selected >= count)
        list->selected = count ? count - 1 : 0;
}

bool list_move(struct show_list *list, size_t count, enum action action, int page)
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
        to = (int64_t)count - 1;
    } else {
        size_t i = 0;
        while (i < sizeof moves / sizeof *moves && moves[i].action != action)
            i++;
        if (i == sizeof moves / sizeof *moves)
            return false;
        to += moves[i].pages * size + moves[i].halves * (size / 2) + moves[i].steps;
    }
    if (to >= (int64_t)count)
        to = (int64_t)count - 1;
    list->selected = to > 0 ? (size_t)to : 0;
    return true;
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

/*
 * The drawings of show/ do not tell where they put what. So draw the view with one item after the
 * other selected, at the same scroll position, and see which one's selection covers the place. A
 * screen holds a hundred items at most: some milliseconds, on a click.
 */
size_t list_at(const struct console *console, struct view *view, int row, int col)
{
    size_t count = 0;
    struct show_list *list = view->class->list ? view->class->list(view, &count) : NULL;
    /* A window that became too small shows no view: what it drew last is somewhere else. */
    bool shown = view->area.row + view->area.rows <= console->term->rows &&
                 view->area.col + view->area.cols <= console->term->cols;
    if (!list || !count || !shown)
        return count;
    enum { REACH = 200 };
    struct show_list before = *list;
    struct arena *arena = arena_new();
    size_t first = before.selected > REACH ? before.selected - REACH : 0, found = count;
    for (size_t i = first; i < count && i < before.selected + REACH && found == count; i++) {
        arena_reset(arena);
        struct canvas *canvas =
            canvas_new(arena, console->term->rows, console->term->cols, console->term->ascii);
        list->selected = i;
        list->top = before.top;
        view->class->draw(console, view, canvas, view->area);
        const struct cell *cell = list->top == before.top ? canvas_cell(canvas, row, col) : NULL;
        if (cell && cell->style & STYLE_SELECTED)
            found = i;
    }
    *list = before;
    arena_free(arena);
    return found;
}
