/*
 * The question which part of a series is meant.
 */
#ifndef SCOPE_H
#define SCOPE_H

#include "stack.h"

struct scope_question {
    const char *title, *text;
    bool marked; /* about several that are marked: those alone, or their whole series */
    void (*run)(struct console *console, void *context, enum scope scope);
    void *context;
};
/* As dialog_ask: the arena holds texts and context, and is handed over. */
void scope_ask(struct console *console, struct arena *arena, const struct scope_question *question);

#endif
