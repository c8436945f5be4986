/*
 * A question or a message over the view.
 */
#ifndef DIALOG_H
#define DIALOG_H

#include "stack.h"

typedef void dialog_answer(struct console *console, void *context);
struct dialog {
    const char *title, *text, *yes, *no; /* `no` NULL: a message, any key closes it */
    bool guarded;                        /* what `yes` does cannot be had back: Enter means no */
    dialog_answer *run;
    void *context;
    struct show_list scroll;
};
/*
 * The caller allocates the context in *arena, which lives as long as the dialog (it is handed
 * over). NULL: none.
 */
void dialog_ask(struct console *console, struct arena *arena, const struct dialog *dialog);

#endif
