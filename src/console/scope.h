/*
 * The question which part of a series an action is for.
 */
#ifndef SCOPE_H
#define SCOPE_H

#include "stack.h"

struct scope_question {
    const char *title, *text;
    bool marked; /* about several marked occurrences: these alone, or their whole series */
    bool lone;   /* about an occurrence of a series that is not here (meeting_lone) */
    void (*run)(struct console *console, void *context, enum scope scope);
    void *context;
};
/* Takes the arena, which holds texts and context, as dialog_ask does. */
void scope_ask(struct console *console, struct arena *arena, const struct scope_question *question);

#endif
