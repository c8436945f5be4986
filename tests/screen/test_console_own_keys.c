/*
 * With keys of their own: wherever a sentence names a key, it is the one that the configuration
 * gives.
 */
#include "screen_support.h"
#include <desk/settings.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char config[] = "key.undo = U\n"
                             "key.down = J\n"
                             "key.up = K\n"
                             "key.question.down = J\n"
                             "key.question.up = K\n"
                             "key.question.no = N Esc\n"
                             "key.new = N\n"
                             "key.edit = E\n"
                             "key.convert = none\n"
                             "key.invitation = V\n"
                             "key.copy = Y\n"
                             "key.filter = !\n"
                             "key.everybody = B\n"
                             "key.directory = ,\n"
                             "key.next-section = ;\n"
                             "key.renew-times = z\n"
                             "key.leave = ^X\n"
                             "key.scope.occurrence = 1\n"
                             "key.scope.series = 3\n"
                             "key.form.save = F2\n"
                             "key.form.editor = ^O\n"
                             "key.form.next-field = F3\n"
                             "key.list.open = F4\n"
                             "key.start.open = F4\n"
                             "key.start.back = Q\n"
                             "key.lookup.day = ^G\n"
                             "key.lookup.tell = F11\n"
                             "key.lookup.copy = c\n"
                             "key.lookup.note-call = m\n"
                             "key.lookup.up = ^R\n"
                             "key.lookup.next-view = F12\n";

static int bound(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(settings_parse(&screen->session, "config", config), ERR_OK);
    return 0;
}

static int open_bound(void **state)
{
    return screen_open_calendar(state) || bound(state);
}

static int open_bound_empty(void **state)
{
    return screen_open_empty(state) || bound(state);
}

struct told {
    const char *view, *keys;
    const char *words[4];
};

static void tell(struct screen *screen, int cols, int rows, const struct told *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (screen_run(screen, cols, rows, cases[i].view, cases[i].keys))
            fail_msg("%s: %s", screen->session.error.what, screen->session.error.why);
        for (size_t n = 0; n < 4 && cases[i].words[n]; n++)
            screen_has(screen, cases[i].words[n]);
    }
}

/* Without changes to the store, so that each window shows the same. */
static const struct told shown[] = {
    {"legacy", "*", {"Marked 2 with a mixing risk; :convert converts them."}},
    {"legacy", "B", {"everybody"}},
    {"outbox", "!", {"! shows those in others."}},
    {"directory", ";;N", {"only: E changes its settings."}},
    {"lookup", "", {"F11 tell  c copy", "^G shows the day, Alt-2 the week"}},
    {"lookup", "<Esc>", {"^R brings back what stood there, F12 shows the next", "^X leaves."}},
    {"lookup", "7654321", {"For your eyes (F11: the sentence of the meeting"}},
    {"lookup", "7654321c", {"Copied the sentence to read out."}},
    {"lookup", "1523", {"(keep typing, or F11)"}},
    {"lookup", "7654321m", {"F4 note call  ", "a name or a number, or nothing"}},
    {"lookup", "budgetm", {"Name or title budgetm"}},
    {"agenda", "I", {"F4 read file  ", "as in ~/calendar.ics"}},
    {"agenda", "S", {"F4 sync  ", "as in ~/calendars/work"}},
    {"agenda", "o", {"F4 show  "}},
    {"agenda", ".", {"F4 go there  "}},
    {"agenda", "/", {"F4 open  "}},
    {"agenda", ":", {"F4 do it  "}},
    {"agenda", "VW", {"F4 write file  "}},
    {"agenda", "N", {"(^O opens your editor)"}},
    {"agenda", "NX<F2>", {"(V: invitation, Y: copy)"}},
};

static void sentences_name_the_bound_keys(void **state)
{
    tell(*state, 80, 24, shown, sizeof shown / sizeof *shown);
}

static void and_in_a_large_window(void **state)
{
    tell(*state, 140, 45, shown, sizeof shown / sizeof *shown);
}

static void cancelled_and_undone(void **state)
{
    struct screen *screen = *state;
    const struct told cases[] = {
        {"agenda", "Dy", {"Cancelled Helpdesk training (U: undo)."}},
        {"agenda", "JD", {"Budget review", "N keep it"}},
        {"agenda", "JDyU", {"Undone: 'Budget review' stands again on 7654321."}},
    };
    tell(screen, 80, 24, cases, sizeof cases / sizeof *cases);
}

/* What does not fit is scrolled with the key that is named. */
static void more_is_below(void **state)
{
    struct screen *screen = *state;
    const struct told cases[] = {
        {"agenda", "J<Enter>", {"▼ J more"}},
        {"agenda", "<Space><Space><Space><Space><Space>D", {" J more "}},
        {"agenda", "<Space><Space><Space><Space><Space>DJJJJJJJJJJJJJJJ", {" K more "}},
    };
    tell(screen, 40, 12, cases, sizeof cases / sizeof *cases);
}

static void parts_of_a_series(void **state)
{
    struct screen *screen = *state;
    struct told cases[] = {
        {"agenda", "<Space><Space>D", {"1 only the marked occurrences", "3 all: the whole of"}},
        {"agenda", "<Space><Space>Df", {"is not for marked occurrences; press 1 or 3."}},
    };
    screen_run(screen, 80, 24, "agenda", "NDaily<F3><F3>10<F3><F3><F3><Right><F2>");
    tell(screen, 80, 24, cases, sizeof cases / sizeof *cases);
}

static void the_first_start(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "");
    screen_has(screen, "F4 goes on, Q leaves.");
    screen_run(screen, 80, 24, "agenda", "<F4><F2>");
    screen_has(screen, "Saved. Now the first meeting: a title, then F2.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sentences_name_the_bound_keys, open_bound, screen_close),
        cmocka_unit_test_setup_teardown(and_in_a_large_window, open_bound, screen_close),
        cmocka_unit_test_setup_teardown(cancelled_and_undone, open_bound, screen_close),
        cmocka_unit_test_setup_teardown(more_is_below, open_bound, screen_close),
        cmocka_unit_test_setup_teardown(parts_of_a_series, open_bound, screen_close),
        cmocka_unit_test_setup_teardown(the_first_start, open_bound_empty, screen_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
