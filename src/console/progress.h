/*
 * Long work shows how far it is, and can be stopped.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "stack.h"

struct progress {
    struct console *console;
    struct arena *arena;
    const char *doing, *unit; /* "Converting", "meetings" */
    int64_t total;            /* 0: nobody knows */
    int64_t begun, drawn;     /* milliseconds */
    bool stopped;
    bool (*before)(void *context, int64_t done); /* what the session told its progress until then */
    void *before_context;
};
/* From here to progress_end, which must follow, the session tells its progress to this one. */
void progress_begin(struct progress *progress, struct console *console, const char *doing,
                    const char *unit, int64_t total);
/*
 * Between two whole pieces of work that does not tell it itself. `context` is the progress. False:
 * Esc was pressed, or the console has to end.
 */
bool progress_step(void *context, int64_t done);
void progress_end(struct progress *progress);

#endif
