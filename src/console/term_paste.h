/*
 * A bracketed paste while it comes in. It ends with its end mark, however long the pauses in it
 * are: a character behind a pause is still no key. If the terminal loses the mark, every later key
 * would be taken for a part of the paste; so a ^C with pauses around it ends the paste as well.
 */
#ifndef TERM_PASTE_H
#define TERM_PASTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PASTE_MAX = 1 << 17 };

struct paste {
    char *bytes; /* PASTE_MAX bytes of the caller's; paste_end terminates them */
    size_t length;
    bool open;
    bool paused; /* nothing has come for a while */
    bool broken; /* a ^C came behind a pause, and nothing behind it yet */
};

void paste_begin(struct paste *paste);
/* Adds a character; those that do not fit are left out. */
void paste_put(struct paste *paste, int32_t c);
/* Nothing has come for a while. */
void paste_pause(struct paste *paste);
/* The end mark has come. */
void paste_end(struct paste *paste);

#endif
