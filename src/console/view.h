/*
 * A view as a record: how it loads, draws and answers, and what it has loaded. A view knows the
 * stack (stack.h) and its own door; it loads through desk/ into an arena of its own, draws by show/
 * into the canvas, and answers actions.
 */
#ifndef VIEW_H
#define VIEW_H

#include "keys.h"
#include "line.h"
#include <desk/desk.h>
#include <show/canvas.h>
#include <show/print.h>
#include <show/show.h>

struct console;
struct key;
struct view;

/* What is to happen after an action: the view says, the loop does. */
enum reaction {
    REACT_STAY,
    REACT_PASS,   /* not mine: the console's own answer, if it has one */
    REACT_RELOAD, /* what is shown is out of date */
    REACT_CLOSE,
    REACT_QUIT
};

struct view_class {
    enum view_number number;
    const char *title;
    bool fixed_forms; /* its forms show, too, what may not be changed: they open in any store */
    size_t size;      /* of its state, zeroed before open */
    bool pane;        /* a side pane shows its selected meeting */
    bool small;       /* drawn over the view below it, which stays seen */
    enum err (*open)(struct console *console, struct view *view,
                     const void *given); /* may be NULL, as all below but draw */
    enum err (*load)(struct console *console,
                     struct view *view); /* into view->fresh; state is changed only on success */
    void (*draw)(const struct console *console, struct view *view, struct canvas *canvas,
                 struct area area);
    enum reaction (*act)(struct console *console, struct view *view, enum action action);
    /*
     * Whether the action does something as the view stands now: only such are on the bottom line.
     * NULL: all do.
     */
    bool (*offers)(const struct view *view, enum action action);
    bool (*type)(struct console *console, struct view *view,
                 const struct key *key); /* text and pastes; true: taken */
    const struct occurrence *(*selected)(const struct view *view);
    struct show_list *(*list)(struct view *view,
                              size_t *count); /* what arrows, the wheel and clicks move in */
    const char *(*span)(const struct console *console, const struct view *view,
                        struct arena *arena);
    void (*close)(struct console *console, struct view *view);
};

struct view {
    const struct view_class *class;
    void *state;
    struct arena *own;   /* lives as long as the view */
    struct arena *arena; /* what was loaded; swapped with `fresh` by each good load */
    struct arena *fresh;
    struct area area; /* where it was drawn last */
    bool stale;
};

/* Its bit in the key table. */
static inline unsigned view_bit(const struct view *view)
{
    return 1U << view->class->number;
}

/* views.c: those that have a tab, in the tabs' order. */
extern const struct view_class *const view_tabs[TAB_COUNT];

#endif
