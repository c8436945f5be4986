/*
 * What a click finds: the row or block that is drawn where it lands, in every kind of list, and
 * nothing where nothing is drawn or another view lies over it.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A first click selects, a second one opens. */
static const struct click {
    const char *view, *keys;
    const char *seen, *not_seen; /* on the screen then; not_seen NULL: whatever else there is */
} clicks[] = {
    {"agenda", "<Click 7 20>i", "Invitation · text, en · Supplier call", NULL},
    {"agenda", "<Click 6 20><Click 6 20>", "Budget review", "Supplier call"},
    {"agenda", "<Click 7 20><Click 7 20>", "Supplier call", "Budget review  "},
    {"agenda", "<Click 5 20><Click 5 20>", "Agenda ·", NULL}, /* a day's heading */
    {"legacy", "<Click 5 20><Click 5 20>", "Team meeting", "Supplier call"},
    {"legacy", "<Click 12 20><Click 12 20>", "Legacy ·", NULL}, /* below the list */
    {"week", "<Click 16 10><Click 16 10>", "Helpdesk training", "Budg"},
    {"week", "<Click 9 20><Click 9 20>", "Supplier call", "Helpdesk"},
    {"week", "<Click 8 10><Click 8 10>", "Week ·", NULL}, /* an empty hour */
    {"day", "ll<Click 7 30>v", "History", NULL},
    {"agenda", "/budget<Click 5 10>", "Budget review", NULL},
    /* a question lies over the list: its rows can't be reached */
    {"legacy", "c<Click 3 2><Click 3 2><Esc>", "Legacy ·", NULL},
};

static void a_click_finds_its_row(void **state)
{
    struct screen *screen = *state;
    for (size_t i = 0; i < sizeof clicks / sizeof *clicks; i++) {
        const struct click *click = &clicks[i];
        assert_int_equal(screen_run(screen, 80, 24, click->view, click->keys), ERR_OK);
        screen_has(screen, click->seen);
        if (click->not_seen)
            screen_lacks(screen, click->not_seen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_click_finds_its_row, screen_open_calendar, screen_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
