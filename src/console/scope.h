/*
 * The question which part of a series an action is for.
 */
#ifndef SCOPE_H
#define SCOPE_H

#include "stack.h"

/* About an occurrence; about several that are marked; about one whose series is not here. */
enum scope_about { ABOUT_OCCURRENCE, ABOUT_MARKED, ABOUT_LONE };

struct scope_question {
    const char *does; /* "Cancel" */
    enum scope_about about;
    /* Takes the arena that scope_ask was given. */
    void (*run)(struct console *console, struct arena *arena, void *context, enum scope scope);
    void *context;
};
/* Takes the arena, which holds the context, and gives it to `run` or frees it. */
void scope_ask(struct console *console, struct arena *arena, const struct scope_question *question);

#endif
