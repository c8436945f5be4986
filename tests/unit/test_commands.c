/* The table of commands: every row is whole, and found by its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cli/commands.h"

static void check_options(const struct command_option *options)
{
    for (const struct command_option *option = options; option && option->name; option++) {
        assert_true(option->help && option->help[0]);
        assert_true(option->value || (!option->many && !option->required));
        for (const struct command_option *other = options; other < option; other++)
            assert_string_not_equal(other->name, option->name);
    }
}

static void rows_are_whole(void **state)
{
    (void)state;
    for (const struct command *const *at = commands; *at; at++) {
        const struct command *row = *at;
        assert_ptr_equal(command_find(commands, row->name), row);
        assert_non_null(row->run);
        assert_true(row->least >= 0 && row->more >= -1);
        assert_int_equal(row->operands != NULL, row->least != 0 || row->more != 0);
        /* help begins small: completions show it behind a colon */
        assert_true(row->help[0] >= 'a' && row->help[0] <= 'z');
        assert_true(!row->options || row->options->name);
        check_options(row->options);
    }
    assert_null(command_find(commands, "frobnicate"));
    assert_null(command_find(commands, "organizer"));
    assert_string_equal(commands[0]->name, "console");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
