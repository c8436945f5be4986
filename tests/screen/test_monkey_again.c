/*
 * Other keys at random in an organizer's calendar. Nothing may crash, leak, or
 * leave a store that `check` finds fault with.
 */
#include "monkey.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void monkeys(void **state)
{
    (void)state;
    monkey_rounds(screen_open_calendar, 101, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(monkeys)};
    return cmocka_run_group_tests_name("monkey again", tests, NULL, NULL);
}
