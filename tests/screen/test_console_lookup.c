/*
 * The helpdesk at the console: an answer with each digit, the sentence to read out, and a field
 * that Esc clears and never leaves.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void lookup_copies_the_sentence(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "7654321y");
    assert_string_equal(
        strncmp(screen->script.copied, "The conference ID 765 432 1 is right", 36) == 0
            ? ""
            : screen->script.copied,
        "");
    screen_has(screen, "Copied the sentence to read out.");
    screen_run(screen, 80, 24, "lookup", "1y");
    screen_has(screen, "Copied");
    screen_run(screen, 80, 24, "lookup", "y");
    screen_has(screen, "There is no answer to copy yet.");
}

static void lookup_answers_each_key(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "765432<Dump>1<Backspace><Backspace>");
    assert_non_null(strstr(screen->dumps, "765432"));
    screen_has(screen, "Conference ID 76543\n");
    screen_run(screen, 80, 24, "lookup", "7654321<Esc>");
    screen_has(screen, "Type the digits that the caller reads out.");
}

/* Nobody waits for the last digit: what begins so stands there, and Enter opens it. */
static void lookup_tells_what_begins_so(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "76543y");
    screen_has(screen, " [ read on ]\n");
    screen_has(screen, " Begin so (read on, or open the first)\n"
                       "   7654321  Tue 24 Nov 2026 09:00–10:00  Budget review");
    screen_lacks(screen, "not known here");
    screen_has(screen, "The caller is to read on: these digits are not whole yet.");
    screen_run(screen, 80, 24, "lookup", "76543<Enter>");
    screen_has(screen, "Budget review");
    screen_has(screen, "static: shared by the organizer's legacy");
}

/* A helpdesk clears with Esc between two callers, and must not find itself at the shell for it. */
static void lookup_never_leaves_by_escape(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "7654321<Esc><Esc><Esc><Dump>46<Dump><Tab>");
    assert_non_null(
        strstr(screen->dumps, "The field is empty. Tab shows the next view, q leaves."));
    assert_non_null(strstr(screen->dumps, "Conference ID 46"));
    screen_has(screen, " Organizers  Numbers  Organization\n");
    screen_run(screen, 80, 24, "lookup", "<S-Tab><Dump><S-Tab>");
    assert_non_null(strstr(screen->dumps, "Legacy · "));
    screen_has(screen, "Agenda · ");
    screen_run(screen, 80, 24, "outbox", "<Tab>");
    screen_has(screen, "Day · ");
    screen_run(screen, 40, 12, "lookup", "");
    screen_has(screen, " Esc clear  Tab next view  ? help");
    /* q leaves: what follows is not typed any more */
    screen_run(screen, 80, 24, "lookup", "q46");
    screen_lacks(screen, "46 ");
}

int main(void)
{
#define CASE(NAME) cmocka_unit_test_setup_teardown(NAME, screen_open_calendar, screen_close)
    const struct CMUnitTest tests[] = {
        CASE(lookup_copies_the_sentence),
        CASE(lookup_answers_each_key),
        CASE(lookup_tells_what_begins_so),
        CASE(lookup_never_leaves_by_escape),
    };
#undef CASE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
