/*
 * Long work shows how far it is, and Esc stops it.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "stack.h"

struct progress {
    struct console *console;
    struct arena *arena;
    const char *doing, *unit; /* "Converting", "meetings" */
    int64_t total;            /* 0: not known */
    int64_t begun, drawn;     /* milliseconds */
    bool stopped;
};
/* From here to progress_end, which must follow, the session reports to this progress. */
void progress_begin(struct progress *progress, struct console *console, const char *doing,
                    const char *unit, int64_t total);
/*
 * Called between two pieces of work that does not report to the session: draws how many are done.
 * False: stop, Esc was pressed or the console has to end.
 */
bool progress_step(struct progress *progress, int64_t done);
void progress_end(struct progress *progress);

#endif
