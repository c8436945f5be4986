/*
 * Names of keys: one table, read both ways, so that the key table, the help, the manual and the
 * tests' scripts write keys alike.
 */
#include "term.h"
#include <base/utf8.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int32_t code;
} names[] = {
    {"Up", K_UP},
    {"Down", K_DOWN},
    {"Left", K_LEFT},
    {"Right", K_RIGHT},
    {"Home", K_HOME},
    {"End", K_END},
    {"PgUp", K_PAGE_UP},
    {"PgDn", K_PAGE_DOWN},
    {"Insert", K_INSERT},
    {"Delete", K_DELETE},
    {"Backspace", K_BACKSPACE},
    {"S-Tab", K_BACK_TAB},
    {"C-Left", K_WORD_LEFT},
    {"C-Right", K_WORD_RIGHT},
    {"F1", K_F1},
    {"F2", K_F1 + 1},
    {"F3", K_F1 + 2},
    {"F4", K_F1 + 3},
    {"F5", K_F1 + 4},
    {"F6", K_F1 + 5},
    {"F7", K_F1 + 6},
    {"F8", K_F1 + 7},
    {"F9", K_F1 + 8},
    {"F10", K_F1 + 9},
    {"F11", K_F1 + 10},
    {"F12", K_F12},
    {"Alt-1", K_ALT_1},
    {"Alt-2", K_ALT_1 + 1},
    {"Alt-3", K_ALT_1 + 2},
    {"Alt-4", K_ALT_1 + 3},
    {"Alt-5", K_ALT_1 + 4},
    {"Alt-6", K_ALT_1 + 5},
    {"Alt-7", K_ALT_1 + 6},
    {"Alt-8", K_ALT_1 + 7},
    {"Alt-9", K_ALT_9},
    {"Tab", K_TAB},
    {"Enter", K_ENTER},
    {"Esc", K_ESC},
    {"Space", K_SPACE},
    {"Click", K_CLICK},
    {"WheelUp", K_WHEEL_UP},
    {"WheelDown", K_WHEEL_DOWN},
    {"Paste", K_PASTE},
    {"Resize", K_RESIZE},
};

void key_text(int32_t code, char out[16])
{
    out[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].code == code) {
            snprintf(out, 16, "%s", names[i].name);
            return;
        }
    }
    if (code > 0 && code < ' ') {
        snprintf(out, 16, "^%c", (int)(code + '@'));
    } else if (code > ' ' && code < 0x110000) {
        char bytes[4];
        int n = utf8_put(code, bytes);
        snprintf(out, 16, "%.*s", n, bytes);
    }
}

int32_t key_code_of(const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == n && memcmp(names[i].name, s, n) == 0)
            return names[i].code;
    if (n == 2 && s[0] == '^' && s[1] >= '@' && s[1] <= '_')
        return K_CTRL(s[1]);
    const char *at = s;
    int32_t code = n ? utf8_next(&at, s + n) : 0;
    return code > ' ' && at == s + n ? code : K_NONE;
}
