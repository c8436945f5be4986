/*
 * A bracketed paste on its way. It ends with its mark, however long its parts are apart: what comes
 * behind a pause is still no key. A terminal that lost the mark would swallow every key for good,
 * so a ^C with pauses around it ends the paste as well.
 */
#ifndef TERM_PASTE_H
#define TERM_PASTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PASTE_MAX = 1 << 17 };

struct paste {
    char *bytes; /* PASTE_MAX of them, the caller's; ended by a NUL once the paste is */
    size_t length;
    bool open;
    bool paused; /* nothing has come for a while */
    bool broken; /* and then a ^C */
};

void paste_begin(struct paste *paste);
/* A character of it. What does not fit is left out. */
void paste_put(struct paste *paste, int32_t c);
/* Nothing has come for a while. */
void paste_pause(struct paste *paste);
/* Its mark has come. */
void paste_end(struct paste *paste);

#endif
