/*
 * Themes. Every text is at a contrast of 4.5 to 1 or more with its background: its own, or that of
 * the theme (a dark one up to #282828, a light one down to #eeeeee). A style is told by words or
 * signs besides, so that few colours and none do as well. tests/unit/test_theme.c computes it.
 */
#include "theme.h"
#include <base/vector.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, STANDARD = 8, BRIGHT = 16, OWN = -1 };

#define PLAIN                                                                                      \
    {                                                                                              \
        0, OWN, OWN                                                                                \
    }
#define BOLD                                                                                       \
    {                                                                                              \
        LOOK_BOLD, OWN, OWN                                                                        \
    }

/* Without colours. */
static const struct look without[STYLE_COUNT] = {
    [STYLE_TEXT] = PLAIN,
    [STYLE_DIM] = {LOOK_DIM, OWN, OWN},
    [STYLE_HEADING] = BOLD,
    [STYLE_BAR] = {LOOK_REVERSE, OWN, OWN},
    [STYLE_BAR_STRONG] = {LOOK_REVERSE | LOOK_BOLD, OWN, OWN},
    [STYLE_KEY] = BOLD,
    [STYLE_ID] = BOLD,
    [STYLE_BLOCK] = PLAIN,
    [STYLE_LEGACY] = BOLD,
    [STYLE_RISK] = {LOOK_BOLD | LOOK_UNDERLINE, OWN, OWN},
    [STYLE_CANCELLED] = {LOOK_DIM, OWN, OWN},
    [STYLE_PAST] = {LOOK_DIM, OWN, OWN},
    [STYLE_NOW] = BOLD,
    [STYLE_FIELD] = {LOOK_UNDERLINE, OWN, OWN},
    [STYLE_FIELD_BAD] = {LOOK_UNDERLINE | LOOK_BOLD, OWN, OWN},
    [STYLE_GOOD] = PLAIN,
    [STYLE_ERROR] = BOLD,
    [STYLE_BORDER] = {LOOK_DIM, OWN, OWN},
};

/* The looks of a style in THEME_BOTH, THEME_DARK and THEME_LIGHT: all alike, or in three inks. */
#define ALIKE(...)                                                                                 \
    {__VA_ARGS__}, {__VA_ARGS__},                                                                  \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define INK(ATTRIBUTES, BOTH, DARK, LIGHT)                                                         \
    {ATTRIBUTES, BOTH, OWN}, {ATTRIBUTES, DARK, OWN},                                              \
    {                                                                                              \
        ATTRIBUTES, LIGHT, OWN                                                                     \
    }

/*
 * Of 8 colours red is too dark on black, and green, yellow and cyan are too light on white: these
 * stand behind the text there. Bold text may be shown in the bright colour.
 */
static const struct look few[STYLE_COUNT][THEME_COUNT] = {
    [STYLE_TEXT] = {ALIKE(0, OWN, OWN)},
    [STYLE_DIM] = {ALIKE(0, OWN, OWN)},
    [STYLE_HEADING] = {ALIKE(LOOK_BOLD, OWN, OWN)},
    [STYLE_BAR] = {ALIKE(0, WHITE, BLUE)},
    [STYLE_BAR_STRONG] = {ALIKE(LOOK_BOLD, WHITE, BLUE)},
    [STYLE_KEY] = {BOLD, {LOOK_BOLD, CYAN, OWN}, {0, BLUE, OWN}},
    [STYLE_ID] = {BOLD, {LOOK_BOLD, CYAN, OWN}, {0, BLUE, OWN}},
    [STYLE_BLOCK] = {ALIKE(0, WHITE, BLUE)},
    [STYLE_LEGACY] = {{0, BLACK, YELLOW}, {LOOK_BOLD, YELLOW, OWN}, {0, BLACK, YELLOW}},
    [STYLE_RISK] = {ALIKE(LOOK_BOLD, WHITE, RED)},
    [STYLE_CANCELLED] = {ALIKE(0, OWN, OWN)},
    [STYLE_PAST] = {ALIKE(0, OWN, OWN)},
    [STYLE_NOW] = {{0, BLACK, GREEN}, {LOOK_BOLD, GREEN, OWN}, {0, BLACK, GREEN}},
    [STYLE_FIELD] = {ALIKE(LOOK_UNDERLINE, OWN, OWN)},
    [STYLE_FIELD_BAD] = {{LOOK_UNDERLINE, WHITE, RED},
                         {LOOK_UNDERLINE, WHITE, RED},
                         {LOOK_UNDERLINE, RED, OWN}},
    [STYLE_GOOD] = {{0, BLACK, GREEN}, {0, GREEN, OWN}, {0, BLACK, GREEN}},
    [STYLE_ERROR] = {{LOOK_BOLD, WHITE, RED}, {LOOK_BOLD, WHITE, RED}, {0, RED, OWN}},
    [STYLE_BORDER] = {ALIKE(0, OWN, OWN)},
};

/* Of 256 colours only 5 are at 4.5 to 1 with black and with white. */
static const struct look many[STYLE_COUNT][THEME_COUNT] = {
    [STYLE_TEXT] = {ALIKE(0, OWN, OWN)},
    [STYLE_DIM] = {INK(0, 243, 247, 241)},
    [STYLE_HEADING] = {ALIKE(LOOK_BOLD, OWN, OWN)},
    [STYLE_BAR] = {ALIKE(0, 255, 24)},
    [STYLE_BAR_STRONG] = {ALIKE(LOOK_BOLD, 255, 24)},
    [STYLE_KEY] = {INK(LOOK_BOLD, 98, 80, 24)},
    [STYLE_ID] = {INK(LOOK_BOLD, 98, 80, 24)},
    [STYLE_BLOCK] = {{0, 255, 25}, {0, 255, 25}, {0, 16, 153}},
    [STYLE_LEGACY] = {INK(LOOK_BOLD, 131, 215, 94)},
    [STYLE_RISK] = {INK(LOOK_BOLD, 163, 203, 124)},
    [STYLE_CANCELLED] = {INK(0, 243, 247, 241)},
    [STYLE_PAST] = {INK(0, 243, 247, 241)},
    [STYLE_NOW] = {INK(LOOK_BOLD, 29, 114, 22)},
    [STYLE_FIELD] = {ALIKE(LOOK_UNDERLINE, OWN, OWN)},
    [STYLE_FIELD_BAD] = {INK(LOOK_UNDERLINE, 163, 203, 124)},
    [STYLE_GOOD] = {INK(0, 29, 114, 22)},
    [STYLE_ERROR] = {INK(LOOK_BOLD, 163, 203, 124)},
    [STYLE_BORDER] = {INK(0, 243, 247, 241)},
};

struct look own_look(const struct own_looks *own, enum theme theme, int colors, enum style style)
{
    struct look look = colors >= 256        ? many[style][theme]
                       : colors >= STANDARD ? few[style][theme]
                                            : without[style];
    if (!own->set[style])
        return look;
    const struct look *set = &own->looks[style];
    if (colors < STANDARD) /* what colours tell, the theme's attributes have to */
        look.attributes = set->fg == OWN && set->bg == OWN ? set->attributes : look.attributes;
    else if (set->fg < colors && set->bg < colors)
        look = *set;
    return look;
}

/* --- the settings --- */

const char *style_name(enum style style)
{
#define STYLE_NAME(NAME, name) name,
    static const char *const names[STYLE_COUNT] = {CELL_STYLES(STYLE_NAME)};
#undef STYLE_NAME
    return names[style];
}

static bool is_word(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && strncmp(s, word, n) == 0;
}

/* A colour: "red", "bright-red", "default", or a number from 0 to 255. */
static bool read_color(const char *s, size_t n, short *out)
{
    static const char *const names[STANDARD] = {"black", "red",     "green", "yellow",
                                                "blue",  "magenta", "cyan",  "white"};
    enum { PREFIX = sizeof "bright-" - 1 };
    bool bright = n > PREFIX && strncmp(s, "bright-", PREFIX) == 0;
    for (short i = 0; i < STANDARD; i++)
        if (is_word(bright ? s + PREFIX : s, bright ? n - PREFIX : n, names[i])) {
            *out = (short)(i + (bright ? STANDARD : 0));
            return true;
        }
    if (is_word(s, n, "default")) {
        *out = OWN;
        return true;
    }
    if (n == 0 || n > 3 || strspn(s, "0123456789") < n)
        return false;
    *out = (short)strtol(s, NULL, 10);
    return *out < 256;
}

static bool read_attribute(const char *s, size_t n, unsigned char *out)
{
    static const struct {
        const char *name;
        unsigned char bit;
    } names[] = {{"bold", LOOK_BOLD},
                 {"dim", LOOK_DIM},
                 {"underline", LOOK_UNDERLINE},
                 {"reverse", LOOK_REVERSE}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_word(s, n, names[i].name)) {
            *out |= names[i].bit;
            return true;
        }
    return is_word(s, n, "plain");
}

/* "bold red on white". False: *at is the word that is wrong, "" if a colour is missing. */
static bool read_look(const char **at, struct look *look)
{
    bool behind = false, fg = false;
    *look = (struct look){0, OWN, OWN};
    for (*at += strspn(*at, " "); **at; *at += strspn(*at, " ")) {
        size_t n = strcspn(*at, " ");
        if (behind) {
            if (!read_color(*at, n, &look->bg))
                return false;
            *at += n;
            *at += strspn(*at, " ");
            return !**at;
        }
        behind = is_word(*at, n, "on");
        bool attribute = behind || read_attribute(*at, n, &look->attributes);
        if (!attribute && (fg || !read_color(*at, n, &look->fg)))
            return false;
        fg = fg || !attribute;
        *at += n;
    }
    return !behind;
}

static enum err line_bad(const struct settings *settings, const struct config_line *line,
                         const char *why, struct error *error)
{
    return error_set_what(error, ERR_INVALID, why, "%s:%d", settings->config, line->number);
}

static enum err line_read(const struct settings *settings, const struct config_line *line,
                          struct own_looks *own, struct arena *arena, struct error *error)
{
    enum style style = 0;
    while (style < STYLE_COUNT && strcmp(line->name, style_name(style)) != 0)
        style++;
    if (style == STYLE_COUNT) {
        struct text why = text_start(arena);
        text_addf(&why, "there is no style '%s'; there are", line->name);
        for (style = 0; style < STYLE_COUNT; style++)
            text_addf(&why, "%s %s", style ? "," : "", style_name(style));
        return line_bad(settings, line, why.bytes, error);
    }
    const char *at = line->value;
    if (!read_look(&at, &own->looks[style]))
        return line_bad(settings, line,
                        arena_format(arena,
                                     "'%.*s' is no colour or attribute here; write it as in 'bold "
                                     "red on white', 'bright-blue', '203' or 'underline'",
                                     (int)strcspn(at, " "), at),
                        error);
    own->set[style] = true;
    return ERR_OK;
}

enum err own_looks_read(const struct settings *settings, struct own_looks *own, struct arena *arena,
                        struct error *error)
{
    enum err err = ERR_OK;
    *own = (struct own_looks){0};
    for (size_t i = 0; i < settings->colors.count && !err; i++)
        err = line_read(settings, &settings->colors.items[i], own, arena, error);
    return err;
}

/* --- the background --- */

enum theme theme_of_colorfgbg(const char *value)
{
    const char *last = value ? strrchr(value, ';') : NULL;
    if (!last || !last[1] || strspn(last + 1, "0123456789") != strlen(last + 1) ||
        strlen(last + 1) > 2)
        return THEME_BOTH;
    long color = strtol(last + 1, NULL, 10);
    if (color >= BRIGHT)
        return THEME_BOTH;
    /* the greys: 7 is light, 8 is dark */
    return color < WHITE || color == STANDARD ? THEME_DARK : THEME_LIGHT;
}
