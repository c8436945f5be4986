/*
 * The terminal as the console sees it: a record of functions over a size, keys and canvases.
 * term_curses.c makes a real terminal, the tests a scripted one.
 */
#ifndef TERM_H
#define TERM_H

#include "theme.h"
#include <base/error.h>
#include <desk/session.h>
#include <show/canvas.h>

/* Codes of keys that are no Unicode code points; a control key is its ASCII control character. */
enum {
    K_NONE = 0,
    K_TAB = 9,
    K_ENTER = 13,
    K_ESC = 27,
    K_SPACE = 32,
    K_UP = 0x110000,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_INSERT,
    K_DELETE,
    K_BACKSPACE,
    K_BACK_TAB,
    K_WORD_LEFT,
    K_WORD_RIGHT,
    K_F1,
    K_F12 = K_F1 + 11,
    K_ALT_1, /* Alt and a digit */
    K_ALT_9 = K_ALT_1 + 8,
    K_CLICK, /* at row and col */
    K_WHEEL_UP,
    K_WHEEL_DOWN,
    K_PASTE, /* `text` is the pasted text */
    K_RESIZE
};

#define K_CTRL(letter) ((letter)&0x1f)

struct key {
    int32_t code;
    int row, col;     /* of a mouse event */
    const char *text; /* of a paste: UTF-8, valid until the next key is read */
};

/* The key's name as the key table and the help write it ("Up", "^D", "n"); out holds 16 bytes. */
void key_text(int32_t code, char out[16]);
/* The code of the key whose name is the `n` bytes at s; K_NONE: no key has this name. */
int32_t key_code_of(const char *s, size_t n);

enum term_read { TERM_NOTHING, TERM_KEY, TERM_LOST };

struct terminal {
    int rows, cols;
    bool ascii;      /* the locale has no UTF-8 */
    int fd;          /* to wait on; -1: never wait (a script) */
    bool idle;       /* a script says that nothing is typed for a while */
    int patience_ms; /* after this time, progress of long work is shown; -1: never */
    int pace_ms;     /* and drawn again after this time */
    void *self;
    enum term_read (*read)(struct terminal *term, struct key *key);
    void (*put)(struct terminal *term, const struct canvas *canvas); /* one write */
    void (*resize)(struct terminal *term);                           /* asks the size again */
    void (*suspend)(struct terminal *term); /* leaves the screen to somebody else */
    void (*resume)(struct terminal *term);
    bool (*copy)(struct terminal *term, const char *text); /* to the clipboard (OSC 52) */
    void (*close)(struct terminal *term);
};

/* What a terminal looks like: see theme.h. */
struct term_looks {
    enum color color;
    enum theme theme; /* at first, if `ask`ed for */
    bool ask;         /* the terminal is asked for its background, and the theme follows */
    const struct own_looks *own;
    /* own_look: a module sees no function of the console */
    struct look (*look)(const struct own_looks *own, enum theme theme, int colors,
                        enum style style);
};

/* The record that the module "curses" exports. */
struct term_module {
    const char *stamp;
    enum err (*open)(struct arena *arena, const struct term_looks *looks, struct terminal **term,
                     struct error *error);
};

#endif
