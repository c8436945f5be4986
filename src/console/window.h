/*
 * A window of a list that may be long: a view holds three screens of it, and moves them by the
 * first and the last record that it has, never by a count of rows to skip, which costs more the
 * further one scrolls.
 */
#ifndef WINDOW_H
#define WINDOW_H

#include "stack.h"

/* Where the window is to stand after the next load. */
enum window_move { WINDOW_STAY, WINDOW_ON, WINDOW_BACK, WINDOW_FIRST, WINDOW_LAST };

/* A pointer to each record, in the arena of its load. */
struct window_rows VECTOR(const void *);

struct window {
    struct window_rows rows;
    enum window_move move;
    bool more_before, more_behind;
};

/*
 * At most `limit` records: from this one on, or those before it; NULL: the list's first, or its
 * last. In the list's order.
 */
struct window_page {
    const void *from;
    bool before;
    size_t limit;
};

struct window_source {
    enum err (*read)(struct console *console, struct arena *arena, const void *about,
                     const struct window_page *page, struct window_rows *out);
    bool (*same)(const void *a, const void *b); /* the same record, of two loads */
    const void *about;
};

/*
 * Reads the window into the arena, where its move says; the selection stays on its record. Nothing
 * changes where it fails.
 */
enum err window_load(struct console *console, struct arena *arena,
                     const struct window_source *source, struct window *window,
                     struct show_list *show);
/* Moves the window where this action would leave it, and loads the view. */
enum reaction window_act(struct console *console, struct view *view, struct window *window,
                         const struct show_list *show, enum action action);

#endif
