/*
 * A paste in parts: whatever pauses there are in it, it is one text, and what it holds never
 * becomes keys.
 */
#include <console/term_curses.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PAUSE = 1, END = 2, CTRL_C = 3 }; /* among the characters of a play */

struct play {
    const char *parts;
    const char *text; /* NULL: it is still open */
};

static void pastes(void **state)
{
    static const struct play plays[] = {
        {"abc\2", "abc"},           {"\2", ""},
        {"ab\1\1\1cd\2", "abcd"},   {"\1D\1y\1q\2", "Dyq"},
        {"one\rtwo\2", "one\ntwo"}, {"ab\1", NULL},
        {"ab\1cd", NULL},           {"ab\3cd\2", "ab\3cd"},
        {"ab\3\1", NULL},         /* no pause before it: pasted */
        {"ab\1\3cd\2", "ab\3cd"}, /* none behind it: pasted */
        {"ab\1\3\1", "ab"},       /* pressed: the mark was lost */
        {"ab\1\3\3\1", NULL},       {"ab\1\3\2", "ab"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof plays / sizeof *plays; i++) {
        struct paste paste = {.bytes = malloc(PASTE_MAX)};
        assert_non_null(paste.bytes);
        paste_begin(&paste);
        for (const char *at = plays[i].parts; *at && paste.open; at++) {
            if (*at == PAUSE)
                paste_pause(&paste);
            else if (*at == END)
                paste_end(&paste);
            else
                paste_put(&paste, *at);
        }
        if (paste.open != (plays[i].text == NULL))
            fail_msg("play %zu: %s", i, paste.open ? "still open" : "ended");
        if (plays[i].text)
            assert_string_equal(paste.bytes, plays[i].text);
        free(paste.bytes);
    }
}

/* What is more than the room is left out, and still read to its end. */
static void a_paste_is_bounded(void **state)
{
    (void)state;
    struct paste paste = {.bytes = malloc(PASTE_MAX)};
    assert_non_null(paste.bytes);
    paste_begin(&paste);
    for (int i = 0; i < PASTE_MAX + 100; i++)
        paste_put(&paste, i % 2 ? 0x1f600 : 'x');
    assert_true(paste.open);
    paste_end(&paste);
    assert_true(strlen(paste.bytes) == paste.length);
    assert_true(paste.length < PASTE_MAX);
    paste_begin(&paste);
    paste_end(&paste);
    assert_string_equal(paste.bytes, "");
    free(paste.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pastes),
                                       cmocka_unit_test(a_paste_is_bounded)};
    return cmocka_run_group_tests_name("console paste", tests, NULL, NULL);
}
