/*
 * Themes: every text can be read, by WCAG's contrast of the colours as xterm has them; own looks;
 * what a terminal tells of its background.
 */
#include <base/vector.h>
#include <console/term_curses.h>
#include <console/theme.h>
#include <desk/settings.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- contrast (WCAG 2.1, "relative luminance" and "contrast ratio") --- */

/* 0xRRGGBB of a colour of xterm's palette: 16 standard ones, a cube of 216, 24 greys. */
static int palette(int color)
{
    static const int standard[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                     0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                     0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
    static const int steps[6] = {0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
    if (color < 16)
        return standard[color];
    if (color >= 232)
        return (8 + 10 * (color - 232)) * 0x010101;
    color -= 16;
    return steps[color / 36] << 16 | steps[color / 6 % 6] << 8 | steps[color % 6];
}

static double linear(int part)
{
    double c = part / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(int rgb)
{
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xff) +
           0.0722 * linear(rgb & 0xff);
}

static double contrast(int a, int b)
{
    double one = luminance(a), other = luminance(b);
    return one > other ? (one + 0.05) / (other + 0.05) : (other + 0.05) / (one + 0.05);
}

static void the_formula(void **state)
{
    (void)state;
    assert_float_equal(contrast(0x000000, 0xffffff), 21.0, 0.001);
    assert_float_equal(contrast(0x777777, 0xffffff), 4.48, 0.005);
    assert_float_equal(contrast(0x767676, 0xffffff), 4.54, 0.005);
    assert_int_equal(palette(203), 0xff5f5f);
    assert_int_equal(palette(243), 0x767676);
    assert_int_equal(palette(16), 0x000000);
    assert_int_equal(palette(231), 0xffffff);
}

/* Backgrounds with the text that such a terminal has; -1 ends them. */
static const struct {
    enum theme theme;
    int back, text;
} grounds[] = {
    {THEME_BOTH, 0x000000, 0xe5e5e5},
    {THEME_BOTH, 0xffffff, 0x000000},
    {THEME_DARK, 0x000000, 0xe5e5e5},
    {THEME_DARK, 0x282828, 0xebdbb2}, /* gruvbox */
    {THEME_DARK, 0x300a24, 0xffffff} /* Ubuntu */,
    {THEME_DARK, 0x1e1e2e, 0xcdd6f4} /* catppuccin */,
    {THEME_LIGHT, 0xffffff, 0x000000},
    {THEME_LIGHT, 0xeeeeee, 0x333333},
    {THEME_LIGHT, 0xfdf6e3, 0x586e75} /* solarized */,
};

static void look_check(struct look look, size_t ground, int colors, enum style style, bool bright)
{
    bool bold = look.attributes & LOOK_BOLD && colors < 256 && bright;
    int fg = look.fg < 0 ? grounds[ground].text : palette(look.fg + (bold && look.fg < 8 ? 8 : 0));
    int bg = look.bg < 0 ? grounds[ground].back : palette(look.bg);
    double ratio = contrast(fg, bg);
    if (ratio < 4.5)
        fail_msg("theme %d, %d colours, %s: %06x on %06x is %.2f to 1", grounds[ground].theme,
                 colors, style_name(style), (unsigned)fg, (unsigned)bg, ratio);
    assert_true(look.fg < colors && look.bg < colors);
    /* a style with a background of its own has a text of its own, too */
    assert_true(look.bg < 0 || look.fg >= 0);
    /* how much dimmer a terminal makes dim text, nobody knows */
    assert_false(look.attributes & LOOK_DIM);
}

static void every_text_can_be_read(void **state)
{
    (void)state;
    static const struct own_looks none;
    static const int colors[] = {8, 16, 256};
    for (size_t g = 0; g < sizeof grounds / sizeof *grounds; g++)
        for (size_t c = 0; c < sizeof colors / sizeof *colors; c++)
            for (enum style style = 0; style < STYLE_COUNT; style++)
                for (int bright = 0; bright < 2; bright++) /* bold may be shown bright */
                    look_check(own_look(&none, grounds[g].theme, colors[c], style), g, colors[c],
                               style, bright);
}

/* Without colours the styles that have to be told apart are told by attributes. */
static void without_colours(void **state)
{
    (void)state;
    static const struct own_looks none;
    for (enum theme theme = 0; theme < THEME_COUNT; theme++)
        for (enum style style = 0; style < STYLE_COUNT; style++) {
            struct look look = own_look(&none, theme, 0, style);
            assert_int_equal(look.fg, -1);
            assert_int_equal(look.bg, -1);
        }
    assert_int_equal(own_look(&none, THEME_DARK, 0, STYLE_RISK).attributes,
                     LOOK_BOLD | LOOK_UNDERLINE);
    assert_int_equal(own_look(&none, THEME_DARK, 0, STYLE_BAR).attributes, LOOK_REVERSE);
}

/* --- own looks --- */

static enum err read_looks(struct arena *arena, const char *text, struct own_looks *own,
                           struct error *error)
{
    struct session session = {.arena = arena};
    assert_int_equal(settings_parse(&session, "c", text), ERR_OK);
    return own_looks_read(&session.settings, own, arena, error);
}

static void own_colours(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum style style;
        int colors;
        struct look look;
    } cases[] = {
        {"color.risk = red", STYLE_RISK, 256, {0, 1, -1}},
        {"color.risk = bold underline 203 on bright-white", STYLE_RISK, 256, {5, 203, 15}},
        {"color.risk = 203", STYLE_RISK, 8, {LOOK_BOLD, 7, 1}}, /* the theme's: it has no 203 */
        {"color.risk = bright-red", STYLE_RISK, 8, {LOOK_BOLD, 7, 1}},
        {"color.risk = bright-red", STYLE_RISK, 16, {0, 9, -1}},
        {"color.risk = 7", STYLE_RISK, 8, {0, 7, -1}},
        {"color.risk = 8", STYLE_RISK, 8, {LOOK_BOLD, 7, 1}},
        {"color.risk = 255", STYLE_RISK, 256, {0, 255, -1}},
        {"color.risk = red", STYLE_RISK, 0, {LOOK_BOLD | LOOK_UNDERLINE, -1, -1}},
        {"color.risk = reverse", STYLE_RISK, 0, {LOOK_REVERSE, -1, -1}},
        {"color.risk = reverse", STYLE_RISK, 256, {LOOK_REVERSE, -1, -1}},
        {"color.field-bad = dim", STYLE_FIELD_BAD, 256, {LOOK_DIM, -1, -1}},
        {"color.field-bad = dim", STYLE_FIELD, 256, {LOOK_UNDERLINE, -1, -1}},
        {"color.bar = default on default", STYLE_BAR, 256, {0, -1, -1}},
        {"color.bar = plain", STYLE_BAR, 256, {0, -1, -1}},
        {"color.bar =  on   blue  ", STYLE_BAR, 256, {0, -1, 4}},
        {"color.bar = red\ncolor.bar = blue", STYLE_BAR, 256, {0, 4, -1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct error error = {0};
        struct own_looks own;
        if (read_looks(arena, cases[i].text, &own, &error) != ERR_OK)
            fail_msg("%s: %s", cases[i].text, error.why);
        struct look look = own_look(&own, THEME_DARK, cases[i].colors, cases[i].style);
        if (look.attributes != cases[i].look.attributes || look.fg != cases[i].look.fg ||
            look.bg != cases[i].look.bg)
            fail_msg("%s: %d, %d on %d", cases[i].text, look.attributes, look.fg, look.bg);
        arena_free(arena);
    }
}

static void colours_that_cannot_be(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what, *why;
    } cases[] = {
        {"color.blink = red", "c:1", "there is no style 'blink'; there are text, dim, "},
        {"color.risky = red", "c:1", "there is no style 'risky'"},
        {"color.FIELD = red", "c:1", "there is no style 'FIELD'"},
        {"\ncolor.risk = crimson", "c:2", "'crimson' is no colour"},
        {"color.risk = 256", "c:1", "'256' is no colour"},
        {"color.risk = 1000", "c:1", "'1000' is no colour"},
        {"color.risk = -1", "c:1", "'-1' is no colour"},
        {"color.risk = red blue", "c:1", "'blue' is no colour"},
        {"color.risk = red on", "c:1", "'' is no colour"},
        {"color.risk = red on blue bold", "c:1", "'bold' is no colour"},
        {"color.risk = bright-default", "c:1", "'bright-default' is no colour"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct error error = {0};
        struct own_looks own;
        if (read_looks(arena, cases[i].text, &own, &error) != ERR_INVALID)
            fail_msg("%s is taken", cases[i].text);
        assert_string_equal(error.what, cases[i].what);
        if (!strstr(error.why, cases[i].why))
            fail_msg("%s: %s", cases[i].text, error.why);
        arena_free(arena);
    }
}

/* --- the background --- */

static void what_colorfgbg_tells(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        enum theme theme;
    } cases[] = {{"15;0", THEME_DARK},
                 {"0;15", THEME_LIGHT},
                 {"0;7", THEME_LIGHT},
                 {"7;8", THEME_DARK},
                 {"0;default;15", THEME_LIGHT},
                 {"0;6", THEME_DARK},
                 {"15;default", THEME_BOTH},
                 {"0;9", THEME_LIGHT},
                 {"", THEME_BOTH},
                 {"15", THEME_BOTH},
                 {"15;", THEME_BOTH},
                 {"0;16", THEME_BOTH},
                 {"0;99999999999", THEME_BOTH},
                 {NULL, THEME_BOTH},
                 {"0;1x", THEME_BOTH}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (theme_of_colorfgbg(cases[i].value) != cases[i].theme)
            fail_msg("%s", cases[i].value ? cases[i].value : "NULL");
}

static void what_a_terminal_answers(void **state)
{
    (void)state;
    enum { NOTHING = -1, DARK, LIGHT };
    static const struct {
        const char *sequence;
        int told;
    } cases[] = {{"]11;rgb:ffff/ffff/ffff\a", LIGHT},
                 {"]11;rgb:0000/0000/0000\033\\", DARK},
                 {"]11;rgb:ff/ff/ff\a", LIGHT},
                 {"]11;rgb:f/f/f\a", LIGHT},
                 {"]11;rgb:7575/7575/7575\a", DARK},
                 {"]11;rgb:7676/7676/7676\a", LIGHT},
                 {"]11;rgb:0000/0000/ffff\a", DARK}, /* blue is dark, green is light */
                 {"]11;rgb:0000/ffff/0000\a", LIGHT},
                 {"]11;rgb:3000/0a00/2400\a", DARK},
                 {"]10;rgb:ffff/ffff/ffff\a", NOTHING},
                 {"P11;rgb:ffff/ffff/ffff\033\\", NOTHING},
                 {"]11;rgb:ffff/ffff\a", NOTHING},
                 {"]11;rgb:fffff/ffff/ffff\a", NOTHING},
                 {"]11;rgb:ffff/ffff/ffff/ffff\a", NOTHING},
                 {"]11;rgb:ffff/ffff/\a", NOTHING},
                 {"]11;rgb:ffff-ffff-ffff\a", NOTHING},
                 {"]11;rgb:ffff/ffff/ffff                         \a", NOTHING},
                 {"]\a", NOTHING},
                 {"[11;5R", NOTHING}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sequence sequence;
        int32_t code;
        bool over = false, light = false;
        sequence_begin(&sequence);
        for (const char *c = cases[i].sequence; *c; c++) {
            assert_false(over);
            over = sequence_put(&sequence, *c, &code);
        }
        assert_true(over);
        int told = sequence_background(&sequence, &light) ? (int)light : NOTHING;
        if (told != cases[i].told)
            fail_msg("%s: %d", cases[i].sequence, told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_formula),
        cmocka_unit_test(every_text_can_be_read),
        cmocka_unit_test(without_colours),
        cmocka_unit_test(own_colours),
        cmocka_unit_test(colours_that_cannot_be),
        cmocka_unit_test(what_colorfgbg_tells),
        cmocka_unit_test(what_a_terminal_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
