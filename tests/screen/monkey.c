/* The monkey: making its keys, and playing them. */
#include "monkey.h"
#include <console/keys.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

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

/*
 * Mostly usual windows, as nothing is to be seen in the smallest ones, and the largest ones take
 * their time; at times any.
 */
static void add_size(struct text *script, unsigned *seed)
{
    static const char *const usual[] = {"40x12", "80x24", "80x24", "110x30"};
    if (next(seed, 6))
        text_addf(script, "<Size %s>", usual[next(seed, 4)]);
    else
        text_addf(script, "<Size %ux%u>", 1 + next(seed, 300), 1 + next(seed, 100));
}

static void add_beside(struct text *script, unsigned *seed)
{
    static const char *const texts[] = {"2026-11-30",
                                        "all day",
                                        "9:30",
                                        "全",
                                        "7654321",
                                        "<Paste q\x1b[31m D y>",
                                        "<Paste one\ntwo\tthree>",
                                        "grace@example.org, x",
                                        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
                                        "e\xcc\x81\xcc\x82\xcc\x83",
                                        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
                                        "<WheelDown>",
                                        "<WheelUp>",
                                        "<Enter>",
                                        "<Enter>",
                                        "<Esc>",
                                        "y",
                                        "n",
                                        "+2w",
                                        "12 times",
                                        "FREQ=DAILY;COUNT=3",
                                        "0.1.2-3#"};
    enum { TEXTS = sizeof texts / sizeof *texts };
    switch (next(seed, 8)) {
    case 0:
        add_size(script, seed);
        break;
    case 1:
        text_addf(script, "<Click %u %u>", next(seed, 60), next(seed, 200));
        break;
    case 2:
        text_addf(script, "<Click %u %u>", 1 + next(seed, 3), next(seed, 80));
        break;
    default:
        text_add(script, texts[next(seed, TEXTS)]);
    }
}

static const char *monkey_script(struct arena *arena, unsigned seed)
{
    struct text script = text_start(arena);
    size_t rows = 0;
    while (key_rows[rows].keys)
        rows++;
    text_add(&script, "");
    for (int i = 0; i < MONKEY_ROUND; i++) {
        if (next(&seed, 5))
            add_row_key(&script, &seed, rows);
        else
            add_beside(&script, &seed);
    }
    return script.bytes;
}

void monkey_play(struct screen *screen, unsigned seed)
{
    const char *script = monkey_script(screen->arena, seed * 2654435761U + 1);
    while (*script) {
        const char *before = script;
        enum err err =
            screen_run(screen, 80, 24, view_name((enum view_number)(seed % TAB_COUNT)), script);
        if (err != ERR_OK)
            fail_msg("seed %u: %s: %s", seed, screen->session.error.what,
                     screen->session.error.why);
        script = screen->script.at;
        assert_true(script > before);
    }
    struct strings findings = {0};
    enum err err = desk_check(&screen->session, screen->arena, &findings, NULL);
    if (err != ERR_OK || findings.count)
        fail_msg("seed %u: %s", seed,
                 findings.count ? findings.items[0] : screen->session.error.why);
}

void monkey_rounds(int (*open_store)(void **state), unsigned seed, bool ascii)
{
    const char *from = getenv("MONKEY_FROM"), *to = getenv("MONKEY_TO");
    unsigned first = from ? (unsigned)strtoul(from, NULL, 10) : seed;
    const char *keys = getenv("DIALDESK_KEYS");
    unsigned rounds = (keys ? (unsigned)strtoul(keys, NULL, 10) : MONKEY_KEYS) / MONKEY_ROUND;
    unsigned last = to ? (unsigned)strtoul(to, NULL, 10) : first + (rounds ? rounds : 1) - 1;
    int here = open(".", O_RDONLY | O_DIRECTORY);
    assert_true(here >= 0);
    setenv("VISUAL", "true", 1);
    for (unsigned round = first; round <= last; round++) {
        void *state;
        if (from)
            print_message("seed %u\n", round);
        open_store(&state);
        struct screen *screen = state;
        screen->script.term.ascii = ascii;
        assert_int_equal(chdir(screen->folder),
                         0); /* a monkey syncs with any folder that it can name */
        monkey_play(screen, round);
        assert_int_equal(fchdir(here), 0);
        screen_close(&state);
    }
    close(here);
}
