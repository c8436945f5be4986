/*
 * A view as a record of functions, and its state. A view loads through desk/ into an arena of its
 * own, draws by show/ into the canvas, and answers actions; of the console it knows the stack
 * (stack.h), and of other views the functions that open them (open.h).
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

/* What a view asks for after an action; console_react does it. */
enum reaction {
    REACT_STAY,
    REACT_PASS,   /* the view does not answer this action: the console may */
    REACT_RELOAD, /* the view's data is out of date */
    REACT_CLOSE,
    REACT_QUIT
};

struct view_class {
    enum view_number number;
    const char *title;
    bool fixed_forms; /* its forms open in a store that may only be read, too, to be looked at */
    size_t size;      /* of its state, zeroed before open */
    size_t given;     /* so many bytes of what the view is opened with begin its state */
    size_t list;      /* where in its state stands the list of view->list; 0: there is none */
    bool pane;        /* a side pane shows its selected meeting */
    bool small;       /* drawn over the view below it, which stays visible */

    /* All functions but draw may be NULL. */
    void (*open)(struct console *console, struct view *view, const void *given);
    /* Loads into view->fresh; changes the state only on success. */
    enum err (*load)(struct console *console, struct view *view);
    void (*draw)(const struct console *console, struct view *view, struct canvas *canvas,
                 struct area area);
    enum reaction (*act)(struct console *console, struct view *view, enum action action);
    /* Whether the action does something now, and so is on the bottom line. NULL: all actions do. */
    bool (*offers)(const struct view *view, enum action action);
    /* What ACT_OPEN does, for the bottom line. NULL: as the key table says. */
    const char *(*enter)(const struct view *view);
    /* Takes a typed character or a paste; false: the view does not take it. */
    bool (*type)(struct console *console, struct view *view, const struct key *key);
    const struct occurrence *(*selected)(const struct view *view);
    /* The days, or another subject, in the top line behind the title; in console->turn. */
    const char *(*span)(const struct console *console, const struct view *view);
    void (*close)(struct console *console, struct view *view);
};

struct view {
    const struct view_class *class;
    void *state;
    struct arena *own;   /* lives as long as the view */
    struct arena *arena; /* holds the loaded data; swapped with `fresh` by each good load */
    struct arena *fresh;
    struct show_list *list; /* in which arrows, the wheel and clicks move; NULL: none */
    struct area area;       /* where it was drawn last */
    bool stale;             /* it has to load again before it is drawn */
};

/* The view's bit in the key table. */
static inline unsigned view_bit(const struct view *view)
{
    return 1U << view->class->number;
}

/* The views with a tab, in the tabs' order (views.c). */
extern const struct view_class *const view_tabs[TAB_COUNT];

#endif
