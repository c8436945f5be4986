/*
 * Gathering a paste from its parts.
 */
#include "term_curses.h"
#include <base/utf8.h>

enum { CTRL_C = 3, ROOM = 5 };

void paste_begin(struct paste *paste)
{
    paste->length = 0;
    paste->open = true;
    paste->paused = paste->broken = false;
}

static void add(struct paste *paste, int32_t c)
{
    if (c && paste->length + ROOM < PASTE_MAX)
        paste->length += (size_t)utf8_put(c == '\r' ? '\n' : c, paste->bytes + paste->length);
}

void paste_put(struct paste *paste, int32_t c)
{
    if (paste->broken)
        add(paste, CTRL_C); /* a character follows the ^C without a pause: it was pasted */
    paste->broken = paste->paused && c == CTRL_C;
    paste->paused = false;
    if (!paste->broken)
        add(paste, c);
}

void paste_pause(struct paste *paste)
{
    paste->paused = true;
    if (paste->broken)
        paste_end(paste);
}

void paste_end(struct paste *paste)
{
    paste->open = false;
    paste->bytes[paste->length] = '\0';
}
