/*
 * A monkey at the keyboard: keys at random, from the key table and beside it, in windows of changing size. Nothing may crash, leak,
 * or leave a store that `check` finds fault with.
 */
#include "screen_support.h"
#include <console/console.h>
#include <console/keys.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { KEYS = 250 };

/* xorshift: the same keys in every run. */
static unsigned next(unsigned *seed, unsigned bound)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % bound;
}

static void add_row_key(struct text *script, unsigned *seed, size_t rows)
{
    const struct key_row *row = &key_rows[next(seed, (unsigned)rows)];
    char name[16];
    key_row_first(row, name);
    /* what would end the run is left out: the last view's q is enough of an end */
    if (row->action == ACT_LEAVE || (row->action == ACT_CLOSE && next(seed, 3)))
        return;
    if (strlen(name) > 1)
        text_addf(script, "<%s>", name);
    else
        text_add(script, strcmp(name, "<") == 0 ? "<lt>" : name);
}

static const char *monkey_script(struct arena *arena, unsigned seed)
{
    static const char *const texts[] = {"2026-11-30",
                                        "all day",
                                        "9:30",
                                        "全",
                                        "7654321",
                                        "<Paste q\x1b[31m D y>",
                                        "grace@example.org, x",
                                        "<Size 40x12>",
                                        "<Size 120x40>",
                                        "<Size 20x5>",
                                        "<Size 80x24>",
                                        "<Click 5 20>",
                                        "<Click 1 30>",
                                        "<WheelDown>",
                                        "+2w",
                                        "12 times"};
    enum { TEXTS = sizeof texts / sizeof *texts };
    struct text script = text_start(arena);
    size_t rows = 0;
    while (key_rows[rows].keys)
        rows++;
    text_add(&script, "");
    for (int i = 0; i < KEYS; i++) {
        if (next(&seed, 5))
            add_row_key(&script, &seed, rows);
        else
            text_add(&script, texts[next(&seed, TEXTS)]);
    }
    return script.bytes;
}

static void monkey(struct screen *screen, unsigned seed)
{
    setenv("VISUAL", "true", 1);
    const char *script = monkey_script(screen->arena, seed * 2654435761U + 1);
    /* where it left early, the rest is played again */
    for (int runs = 0; *script && runs < 40; runs++) {
        assert_int_equal(screen_run(screen, 80, 24, console_view_name(seed % 8), script), ERR_OK);
        script = screen->script.at;
    }
    struct strings findings = {0};
    assert_int_equal(desk_check(&screen->session, screen->arena, &findings), ERR_OK);
    if (findings.count)
        fail_msg("seed %u: %s", seed, findings.items[0]);
}

static void monkeys(void **state)
{
    const char *from = getenv("MONKEY_FROM"), *to = getenv("MONKEY_TO");
    unsigned first = from ? (unsigned)strtoul(from, NULL, 10) : 1,
             last = to ? (unsigned)strtoul(to, NULL, 10) : 6;
    for (unsigned seed = first; seed <= last; seed++) {
        if (from)
            print_message("seed %u\n", seed);
        monkey(*state, seed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(monkeys, screen_open_calendar, screen_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
