/*
 * The mouse as terminals report it, without curses. In the old protocol, for which a terminal's
 * description may ask, a click beyond column 223 is lost; so we ask for the newer one (SGR, 1006),
 * and read both.
 */
#ifndef TERM_MOUSE_H
#define TERM_MOUSE_H

#include "term.h"

/*
 * Turns reports of clicks and the wheel on, in the newer protocol if the terminal has it; and off.
 */
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
/* The beginnings of a report. */
#define MOUSE_SGR "\033[<"
#define MOUSE_OLD "\033[M"

/*
 * Reads the rest of a report from fd, byte by byte. True: *key is a click or a turn of the wheel.
 * False: it is another event, or no report; the bytes that were read are lost.
 */
bool mouse_read_sgr(int fd, struct key *key);
bool mouse_read_old(int fd, struct key *key);

#endif
