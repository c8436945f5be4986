/*
 * A terminal without a terminal: keys come from a script, canvases are kept for comparison. For
 * tests.
 */
#ifndef TERM_SCRIPT_H
#define TERM_SCRIPT_H

#include <base/vector.h>
#include <console/term.h>

struct term_script {
    struct terminal term;
    struct arena *arena;
    const char *script, *at;
    bool rested;           /* a turn was drawn since the last key */
    struct canvas *canvas; /* a copy of what was put last */
    struct text dumps;     /* what <Dump> and <Styles> wrote */
    const char *copied;    /* what was copied last */
    int copies;
    bool closed;
    void (*call)(void *context,
                 const char *name); /* <Call name>: the test does something between two keys */
    void *context;
};

/*
 * The script is text: each character is a key, "<Name>" a named one ("<Enter>", "<^S>"), "<lt>" a
 * '<'. "<Paste TEXT>" pastes, "<Size COLSxROWS>" resizes, "<Click ROW COL>" clicks, "<Dump>" and
 * "<Styles>" add the screen to `dumps`, "<Call NAME>" calls back, "<Idle>" is a while without a
 * key. The terminal is lost at the script's end.
 */
void term_script_open(struct term_script *script, struct arena *arena, int cols, int rows,
                      const char *keys);

#endif
