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
    int32_t code, last; /* `last`: of keys that are numbered from 1 on; 0: it is one key */
} names[] = {
    {"Up", K_UP, 0},
    {"Down", K_DOWN, 0},
    {"Left", K_LEFT, 0},
    {"Right", K_RIGHT, 0},
    {"Home", K_HOME, 0},
    {"End", K_END, 0},
    {"PgUp", K_PAGE_UP, 0},
    {"PgDn", K_PAGE_DOWN, 0},
    {"Insert", K_INSERT, 0},
    {"Delete", K_DELETE, 0},
    {"Backspace", K_BACKSPACE, 0},
    {"S-Tab", K_BACK_TAB, 0},
    {"C-Left", K_WORD_LEFT, 0},
    {"C-Right", K_WORD_RIGHT, 0},
    {"F", K_F1, K_F12},
    {"Alt-", K_ALT_1, K_ALT_9},
    {"Tab", K_TAB, 0},
    {"Enter", K_ENTER, 0},
    {"Esc", K_ESC, 0},
    {"Space", K_SPACE, 0},
    {"Click", K_CLICK, 0},
    {"WheelUp", K_WHEEL_UP, 0},
    {"WheelDown", K_WHEEL_DOWN, 0},
    {"Paste", K_PASTE, 0},
    {"Resize", K_RESIZE, 0},
};

void key_text(int32_t code, char out[16])
{
    out[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].code == code && !names[i].last)
            snprintf(out, 16, "%s", names[i].name);
        else if (names[i].code <= code && code <= names[i].last)
            snprintf(out, 16, "%s%d", names[i].name, (int)(code - names[i].code + 1));
    }
    if (out[0])
        return;
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
    char name[16];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int32_t key = names[i].code;
        do {
            key_text(key, name);
            if (strlen(name) == n && memcmp(name, s, n) == 0)
                return key;
        } while (++key <= names[i].last);
    }
    if (n == 2 && s[0] == '^' && s[1] >= '@' && s[1] <= '_')
        return K_CTRL(s[1]);
    const char *at = s;
    int32_t code = n ? utf8_next(&at, s + n) : 0;
    return code > ' ' && at == s + n ? code : K_NONE;
}
