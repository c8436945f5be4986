/*
 * The mouse as terminals report it, without curses: with the old protocol, which a terminal
 * description may ask for, a click beyond column 223 is lost. So the newer one (SGR, 1006) is asked
 * for by ourselves, and both are understood.
 */
#ifndef TERM_MOUSE_H
#define TERM_MOUSE_H

#include "term.h"

/* Reports of clicks and the wheel, told as text where the terminal can; and none any more. */
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
/* What a report begins with. */
#define MOUSE_SGR "\033[<"
#define MOUSE_OLD "\033[M"

/*
 * Reads what follows a report's beginning from fd, byte by byte. True: it was a click or a turn of
 * the wheel, which is *key. False: another event, or no report; what was read of it is lost.
 */
bool mouse_read_sgr(int fd, struct key *key);
bool mouse_read_old(int fd, struct key *key);

#endif
