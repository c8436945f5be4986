/*
 * Keys at random where there is no store yet. Nothing may crash, leak, or
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
    monkey_rounds(screen_open, 301, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(monkeys)};
    return cmocka_run_group_tests_name("monkey first_run", tests, NULL, NULL);
}
