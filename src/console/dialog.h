/*
 * A question over the view.
 */
#ifndef DIALOG_H
#define DIALOG_H

#include "stack.h"

typedef void dialog_answer(struct console *console, void *context);
struct dialog {
    const char *title, *text, *yes, *no;
    bool guarded;       /* `yes` cannot be undone: Enter means no */
    dialog_answer *run; /* the answer is yes */
    void *context;      /* for `run` */
    struct show_list scroll;
};
/*
 * The dialog takes the arena, in which the caller has allocated texts and context, and frees it
 * when it closes.
 */
void dialog_ask(struct console *console, struct arena *arena, const struct dialog *dialog);

#endif
