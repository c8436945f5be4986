/* Sequences behind an ESC: which are keys, which are none, and where each ends. */
#include <console/term.h>
#include <console/term_curses.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Behind the ESC: one sequence, then an 'x' that must not belong to it. */
static const struct {
    const char *bytes;
    int32_t code;
} whole[] = {
    /* application and normal cursor keys, and keys of the keypad */
    {"[A", K_UP},
    {"OB", K_DOWN},
    {"[C", K_RIGHT},
    {"OD", K_LEFT},
    {"[H", K_HOME},
    {"OF", K_END},
    {"[1H", K_HOME},
    {"[Z", K_BACK_TAB},
    {"[E", K_NONE},
    {"OE", K_NONE},
    {"OM", K_ENTER},
    {"Oj", '*'},
    {"Op", '0'},
    {"Oy", '9'},
    {"Oz", K_NONE},
    {"Oi", K_NONE},
    /* numbers: VT220, PuTTY, rxvt, the Linux console */
    {"[1~", K_HOME},
    {"[2~", K_INSERT},
    {"[3~", K_DELETE},
    {"[6~", K_PAGE_DOWN},
    {"[7~", K_HOME},
    {"[8~", K_END},
    {"[11~", K_F1},
    {"[15~", K_F1 + 4},
    {"[16~", K_NONE},
    {"[24~", K_F12},
    {"[25~", K_NONE},
    {"[0~", K_NONE},
    {"[~", K_NONE},
    {"[99999999999999999999~", K_NONE},
    {"OP", K_F1},
    {"OS", K_F1 + 3},
    {"OT", K_NONE},
    {"[[A", K_F1},
    {"[[E", K_F1 + 4},
    {"[[F", K_NONE},
    {"[7$", K_NONE},
    /* modifiers */
    {"[1;5C", K_WORD_RIGHT},
    {"[1;5D", K_WORD_LEFT},
    {"[1;5A", K_NONE},
    {"[1;3D", K_NONE},
    {"[3;5~", K_NONE},
    {"Oc", K_WORD_RIGHT},
    {"Od", K_WORD_LEFT},
    {"[d", K_NONE},
    /* reports */
    {"[I", K_NONE},
    {"[O", K_NONE},
    {"[?62;22c", K_NONE},
    {"[12;1R", K_NONE},
    {"[?2026;2$y", K_NONE},
    {"[<0;3;4M", K_NONE},
    {"]11;rgb:1e1e/1e1e/1e1e\033\\", K_NONE},
    {"]0;n q y\a", K_NONE},
    {"P>|XTerm(370)\033\\", K_NONE},
    {"_a\033b\033\\", K_NONE},
    {"[1111111111111111111111111111111111111;1A", K_NONE},
    /* Alt */
    {"x", K_NONE},
    {"\r", K_NONE},
    {"\303\244", K_NONE},
    /* what ends one in its midst */
    {"[1\x03", 3},
    {"]11;q\x03", 3},
    {"[1\x18", K_NONE},
    {"[1\x1a", K_NONE},
};

static void each_ends_where_it_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        struct sequence sequence;
        int32_t code = -1;
        sequence_begin(&sequence);
        const char *at = whole[i].bytes;
        bool wide = (unsigned char)*at >= 0x80; /* two bytes, one character */
        size_t last = strlen(at) - 1;
        for (size_t k = 0; k < last && !wide; k++)
            if (sequence_put(&sequence, (unsigned char)at[k], &code))
                fail_msg("ESC %s ends at %zu", at, k);
        if (!sequence_put(&sequence, wide ? 0xe4 : (unsigned char)at[last], &code))
            fail_msg("ESC %s does not end", at);
        if (code != whole[i].code || sequence.state != SEQUENCE_NONE)
            fail_msg("ESC %s: %d, not %d", at, (int)code, (int)whole[i].code);
    }
}

static void an_esc_behind_an_esc(void **state)
{
    (void)state;
    struct sequence sequence;
    int32_t code;
    sequence_begin(&sequence);
    assert_true(sequence_put(&sequence, K_ESC, &code));
    assert_int_equal(code, K_ESC);
    assert_int_equal(sequence.state, SEQUENCE_ESC);
    assert_false(sequence_put(&sequence, '[', &code));
    assert_false(sequence_put(&sequence, K_ESC, &code)); /* that one never ended */
    assert_int_equal(sequence.state, SEQUENCE_ESC);
    assert_false(sequence_put(&sequence, '[', &code));
    assert_true(sequence_put(&sequence, 'B', &code));
    assert_int_equal(code, K_DOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_ends_where_it_ends),
        cmocka_unit_test(an_esc_behind_an_esc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
