/*
 * The window of a long list: reading it around the selected record, and moving it on and back.
 */
#include "window.h"
#include "list.h"

/* A screen before the visible one, and a screen behind. */
static size_t window_size(const struct console *console)
{
    return 3 * (size_t)console->term->rows;
}

static size_t row_index(const struct window_source *source, const struct window_rows *rows,
                        const void *wanted)
{
    size_t i = 0;
    while (i < rows->count && !(wanted && source->same(rows->items[i], wanted)))
        i++;
    return i;
}

/*
 * The first record of the moved window; NULL: the list's. After a move on it stands a screen before
 * the selected one.
 */
static enum err first_record(struct console *console, struct arena *arena,
                             const struct window_source *source, const struct window *window,
                             size_t selected, const void **from)
{
    const struct window_rows *rows = &window->rows;
    size_t screen = (size_t)console->term->rows;
    struct window_rows before = {0};
    *from = NULL;
    if (window->move == WINDOW_FIRST || window->move == WINDOW_LAST || !rows->count)
        return ERR_OK;
    *from = rows->items[0];
    if (window->move == WINDOW_ON && selected > screen && selected < rows->count)
        *from = rows->items[selected - screen];
    if (window->move != WINDOW_BACK)
        return ERR_OK;
    struct window_page page = {.from = *from, .before = true, .limit = screen};
    enum err err = source->read(console, arena, source->about, &page, &before);
    if (before.count)
        *from = before.items[0];
    return err;
}

/* page->limit is one more than the window holds: that record tells whether the list goes on. */
static enum err read_rows(struct console *console, struct arena *arena,
                          const struct window_source *source, const struct window_page *page,
                          struct window *out)
{
    struct window_rows rows = {0}, before = {0};
    enum err err = source->read(console, arena, source->about, page, &rows);
    if (err)
        return err;
    bool over = rows.count == page->limit;
    out->more_behind = over && !page->before;
    if (over && page->before)
        rows.items++;
    rows.count -= over;
    if (rows.count)
        err = source->read(console, arena, source->about,
                           &(struct window_page){rows.items[0], true, 1}, &before);
    out->more_before = before.count > 0;
    out->rows = rows;
    return err;
}

enum err window_load(struct console *console, struct arena *arena,
                     const struct window_source *source, struct window *window,
                     struct show_list *show)
{
    struct window old = *window, read = {0};
    struct window_page page = {.limit = window_size(console) + 1};
    const void *selected = show->selected < old.rows.count ? old.rows.items[show->selected] : NULL;
    window->move = WINDOW_STAY; /* also for the next load, if this one fails */
    enum err err = first_record(console, arena, source, &old, show->selected, &page.from);
    if (err)
        return err;
    page.before = old.move == WINDOW_LAST;
    err = read_rows(console, arena, source, &page, &read);
    if (!err && !read.rows.count && page.from) {
        page.from = NULL; /* the first record and all behind it are gone: the list's end */
        page.before = true;
        err = read_rows(console, arena, source, &page, &read);
    }
    if (err)
        return err;
    size_t at = row_index(source, &read.rows, selected);
    if (old.move == WINDOW_FIRST || old.move == WINDOW_LAST) {
        show->selected =
            old.move == WINDOW_FIRST ? 0 : read.rows.count; /* behind the last: clamped */
    } else if (at < read.rows.count) {
        /* the selected record stays in its row of the screen */
        show->top = show->top + at > show->selected ? show->top + at - show->selected : 0;
        show->selected = at;
    }
    list_clamp(show, read.rows.count);
    *window = read;
    return ERR_OK;
}

enum reaction window_act(struct console *console, struct view *view, struct window *window,
                         const struct show_list *show, enum action action)
{
    size_t page = view->area.rows > 0 ? (size_t)view->area.rows : 1;
    bool down = action == ACT_DOWN || action == ACT_PAGE_DOWN || action == ACT_HALF_DOWN;
    bool up = action == ACT_UP || action == ACT_PAGE_UP || action == ACT_HALF_UP;
    if (action == ACT_FIRST || action == ACT_LAST) {
        window->move = action == ACT_FIRST ? WINDOW_FIRST : WINDOW_LAST;
        return REACT_RELOAD;
    }
    if (down && window->more_behind && show->selected + page >= window->rows.count)
        window->move = WINDOW_ON;
    else if (up && window->more_before && show->selected < page)
        window->move = WINDOW_BACK;
    if (window->move != WINDOW_STAY)
        console_load(console, view);
    return REACT_PASS;
}
