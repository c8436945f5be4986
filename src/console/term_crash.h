/*
 * The modes of the terminal that curses does not know, and leaving the terminal clean when the
 * program crashes. For term_curses.c.
 */
#ifndef TERM_CRASH_H
#define TERM_CRASH_H

#include "term_mouse.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
/* May be sent if the mouse was never on. */
#define OURS_OFF PASTE_OFF MOUSE_OFF

/* Handlers that somebody else set (a sanitizer) stay. */
void catch_crashes(void);
/* Takes our handlers away again. */
void let_crash(void);

#endif
