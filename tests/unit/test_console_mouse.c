/*
 * What terminals report of the mouse, byte for byte: what is a click, where it was, and what is
 * left for the next key.
 */
#include <console/term_curses.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct report {
    const char *bytes; /* after the beginning */
    int32_t code;      /* K_NONE: no click, no wheel */
    int row, col;
    const char *rest; /* has to be left */
};

/* Where nothing follows, the writer is gone: nobody waits for it. */
static void play(const struct report *report, bool take(int fd, struct key *key))
{
    int ends[2];
    char rest[64] = {0};
    struct key key = {0};
    size_t length = strlen(report->bytes);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], report->bytes, length), length);
    close(ends[1]);
    bool got = take(ends[0], &key);
    if (got != (report->code != K_NONE))
        fail_msg("'%s': %s", report->bytes, got ? "taken" : "not taken");
    if (got) {
        assert_int_equal(key.code, report->code);
        assert_int_equal(key.row, report->row);
        assert_int_equal(key.col, report->col);
    }
    assert_int_equal(read(ends[0], rest, sizeof rest - 1), strlen(report->rest));
    assert_string_equal(rest, report->rest);
    close(ends[0]);
}

static void sgr(void **state)
{
    (void)state;
    static const struct report reports[] = {
        {"0;1;1M", K_CLICK, 0, 0, ""},
        {"0;224;1M", K_CLICK, 0, 223, ""},
        {"0;300;100Mq", K_CLICK, 99, 299, "q"},
        {"0;9999;9999M", K_CLICK, 9998, 9998, ""},
        {"64;290;90M", K_WHEEL_UP, 89, 289, ""},
        {"65;290;90M", K_WHEEL_DOWN, 89, 289, ""},
        {"4;7;8M", K_CLICK, 7, 6, ""}, /* with Shift */
        {"80;7;8M", K_WHEEL_UP, 7, 6, ""},
        {"0;300;100mq", K_NONE, 0, 0, "q"}, /* let go */
        {"1;5;5Mq", K_NONE, 0, 0, "q"},     /* another button */
        {"32;5;5Mq", K_NONE, 0, 0, "q"},    /* moved */
        {"128;5;5Mq", K_NONE, 0, 0, "q"},
        {"0;0;5Mq", K_NONE, 0, 0, "q"}, /* nowhere */
        {"0;5;0Mq", K_NONE, 0, 0, "q"},
        {";;Mq", K_NONE, 0, 0, "q"},
        {"0;5Mq", K_NONE, 0, 0, "q"},
        {"0;10000;5Mq", K_NONE, 0, 0, "q"},
        {"99999999999999999999;99999999999999999999;99999999999999999999Mq", K_NONE, 0, 0, "q"},
        {"0;5;5;5Mq", K_NONE, 0, 0, "5Mq"}, /* no report at all */
        {"0;5;5x", K_NONE, 0, 0, ""},
        {"-1;5;5M", K_NONE, 0, 0, "1;5;5M"},
        {"0;5;", K_NONE, 0, 0, ""},
        {"", K_NONE, 0, 0, ""},
    };
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        play(&reports[i], mouse_read_sgr);
}

static void old(void **state)
{
    (void)state;
    static const struct report reports[] = {
        {" !!", K_CLICK, 0, 0, ""},
        {" \x7f!q", K_CLICK, 0, 94, "q"},
        {" \xc3\x84q", K_CLICK, 99, 162, "q"}, /* bytes that are no UTF-8 by themselves, or are */
        {" \xff!", K_CLICK, 0, 222, ""},
        {"`!!", K_WHEEL_UP, 0, 0, ""},
        {"a!\"", K_WHEEL_DOWN, 1, 0, ""},
        {"#!!q", K_NONE, 0, 0, "q"}, /* let go */
        {"  !q", K_NONE, 0, 0, "q"}, /* a place beyond 223 */
        {" ! q", K_NONE, 0, 0, "q"},
        {"\x01!!q", K_NONE, 0, 0, "q"},
        {" !", K_NONE, 0, 0, ""},
        {"", K_NONE, 0, 0, ""},
    };
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        play(&reports[i], mouse_read_old);
}

/* A sequence that ends midway: the terminal stays open, and nothing comes. */
static void midway(void **state)
{
    (void)state;
    int ends[2];
    struct key key = {0};
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "0;5", 3), 3);
    assert_false(mouse_read_sgr(ends[0], &key));
    assert_int_equal(write(ends[1], " !", 2), 2);
    assert_false(mouse_read_old(ends[0], &key));
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sgr), cmocka_unit_test(old),
                                       cmocka_unit_test(midway)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
