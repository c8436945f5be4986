/*
 * Looks of the styles, by theme: a table of attributes and colours, which terminal and test read
 * alike, and the looks of the configuration file. Pure; knows nothing of curses.
 */
#ifndef THEME_H
#define THEME_H

#include <base/error.h>
#include <desk/session.h>
#include <show/canvas.h>

/* Both: while the background is not known, looks that can be read on black and on white. */
enum theme { THEME_BOTH, THEME_DARK, THEME_LIGHT, THEME_COUNT };

enum { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_UNDERLINE = 4, LOOK_REVERSE = 8 };

struct look {
    unsigned char attributes;
    short fg, bg; /* of xterm's 256 colours; -1: the terminal's own */
};

/* What the configuration file says of a style; it counts in every theme. */
struct own_looks {
    bool set[STYLE_COUNT];
    struct look looks[STYLE_COUNT];
};

/* The theme's look, or the own one, unless it is in a colour that the terminal does not have. */
struct look own_look(const struct own_looks *own, enum theme theme, int colors, enum style style);

/*
 * The settings' lines "color.STYLE" into *own. ERR_INVALID with file and line: there is no such
 * style, colour or attribute.
 */
enum err own_looks_read(const struct settings *settings, struct own_looks *own, struct arena *arena,
                        struct error *error);
/* A style's name there: "legacy", "field-bad". */
const char *style_name(enum style style);

/* The theme by $COLORFGBG ("15;0", "0;default;15"); THEME_BOTH: it does not tell. */
enum theme theme_of_colorfgbg(const char *value);

#endif
