/*
 * The parts of the module "curses" beside term_curses.c. But for the crash and standard error they
 * know nothing of curses.
 */
#ifndef TERM_CURSES_H
#define TERM_CURSES_H

#include "term.h"

/*
 * --- the mouse ---
 *
 * In the old protocol, for which a terminal's description may ask, a click beyond column 223 is
 * lost; so we ask for the newer one (SGR, 1006), and read both.
 */

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

/*
 * --- a bracketed paste while it comes in ---
 *
 * It ends with its end mark, however long the pauses in it are: a character behind a pause is still
 * no key. If the terminal loses the mark, every later key would be taken for a part of the paste;
 * so a ^C with pauses around it ends the paste as well.
 */

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

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

/*
 * --- what a terminal sends behind an ESC ---
 *
 * Keys that terminfo does not name, and reports that are no keys at all (focus, colours, modes,
 * versions). A sequence is read to its end, however slowly its bytes come, so that no part of it is
 * taken for Esc or for a letter. ECMA-48, section 5.4, and what xterm, PuTTY, rxvt and the Linux
 * console send.
 */

enum sequence_state {
    SEQUENCE_NONE,
    SEQUENCE_ESC,    /* an ESC: alone it is the key Esc, which only time tells */
    SEQUENCE_CSI,    /* ESC [ parameters letter */
    SEQUENCE_LINUX,  /* ESC [ [ letter */
    SEQUENCE_SS3,    /* ESC O letter */
    SEQUENCE_STRING, /* ESC ] (or P, X, ^, _) text, ended by BEL or ESC \ */
    SEQUENCE_STRING_ESC
};

enum { SEQUENCE_MAX = 40 };

struct sequence {
    enum sequence_state state;
    char kind;                         /* the character behind the ESC */
    char parameters[SEQUENCE_MAX + 1]; /* of a CSI or a string; what is longer is none of ours */
    int length;
};

/* An ESC has come: what follows belongs to it. */
void sequence_begin(struct sequence *sequence);
/*
 * The next character. True: the sequence is over; *code is its key, or K_NONE if it is none of
 * ours. A control character in the midst of one ends it and is a key itself. An ESC behind an ESC
 * tells that the first one was the key, and begins another sequence.
 */
bool sequence_put(struct sequence *sequence, int32_t c, int32_t *code);

/*
 * Whether the sequence that is over tells the background's colour (OSC 11: "11;rgb:ffff/ffff/ffff",
 * one to four digits each), and whether that is nearer to white than to black for the eye.
 */
bool sequence_background(const struct sequence *sequence, bool *light);

/*
 * --- leaving the terminal clean ---
 *
 * The modes that curses does not know are turned off, also when the program crashes. Text that a
 * library or a dying program writes to standard error would be lost with the screen: it is kept in
 * memory, and written when the terminal is the shell's again. With the address sanitizer nothing is
 * kept.
 */

/* May be sent if the mouse was never on. */
#define OURS_OFF PASTE_OFF MOUSE_OFF

/* Handlers that somebody else set (a sanitizer) stay. */
void catch_crashes(void);
/* Takes our handlers away again. */
void let_crash(void);

struct held_errors {
    int memory, kept; /* a memory file, and the real standard error; -1: nothing is held */
};

/* Does nothing if standard error is no terminal. */
void errors_hold(struct held_errors *errors);
void errors_release(struct held_errors *errors);

#endif
