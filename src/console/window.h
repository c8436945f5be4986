/*
 * A window of a list that may be long. A view holds three screens of the list, and reads on from
 * the first or the last record that it holds: to skip a count of rows would cost more the further
 * one scrolls.
 */
#ifndef WINDOW_H
#define WINDOW_H

#include "stack.h"

/* How the next load moves the window. */
enum window_move { WINDOW_STAY, WINDOW_ON, WINDOW_BACK, WINDOW_FIRST, WINDOW_LAST };

/* A pointer to each record, in the arena of its load. */
struct window_rows VECTOR(const void *);

struct window {
    struct window_rows rows;
    enum window_move move;
    bool more_before, more_behind;
};

/*
 * At most `limit` records in the list's order: `from` and those behind it, or (`before`) those
 * before it. `from` NULL: the list's first records, or its last.
 */
struct window_page {
    const void *from;
    bool before;
    size_t limit;
};

struct window_source {
    enum err (*read)(struct console *console, struct arena *arena, const void *about,
                     const struct window_page *page, struct window_rows *out);
    bool (*same)(const void *a, const void *b); /* whether records of two loads are the same one */
    const void *about;                          /* for `read` */
};

/*
 * Moves the window and reads it into the arena; the selection stays on its record. If the read
 * fails, nothing moves.
 */
enum err window_load(struct console *console, struct arena *arena,
                     const struct window_source *source, struct window *window,
                     struct show_list *show);
/* If the action would move the selection out of the window, moves the window and loads the view. */
enum reaction window_act(struct console *console, struct view *view, struct window *window,
                         const struct show_list *show, enum action action);

#endif
