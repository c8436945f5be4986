/*
 * Who sits here, as far as the system tells: what is taken for a name and an address, and what is
 * not.
 */
#include <base/arena.h>
#include <console/start.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    struct guess_sources sources; /* email, login, gecos, mailname */
    const char *email, *name;
} cases[] = {
    {{"Ada Lovelace <ada@example.org>", "al", "A. L.", NULL}, "ada@example.org", "Ada Lovelace"},
    {{"\"Ada Lovelace\" <ada@example.org>", NULL, NULL, NULL}, "ada@example.org", "Ada Lovelace"},
    {{" ada@example.org ", "al", "Ada Lovelace,,,", NULL}, "ada@example.org", "Ada Lovelace"},
    {{NULL, "ada", "Ada Lovelace", "example.org"}, "ada@example.org", "Ada Lovelace"},
    {{"", "ada", "", "example.org"}, "ada@example.org", ""},
    /* what is none */
    {{NULL, NULL, NULL, NULL}, "", ""},
    {{"nobody", "ada", NULL, NULL}, "", ""},
    {{"<>", "ada", NULL, NULL}, "", ""},
    {{"<ada@example.org", NULL, NULL, NULL}, "ada@example.org", ""},
    {{"a@b@c", "ada", NULL, "laptop"}, "", ""},
    {{NULL, "two words", NULL, "example.org"}, "", ""},
    {{NULL, "root", "root", "laptop"}, "", ""},
    {{NULL, "ada", "& Lovelace", NULL}, "", ""},
    {{NULL, "ada", ",room 4,,", NULL}, "", ""},
};

static void guesses(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct guess guess = guess_make(arena, &cases[i].sources);
        assert_string_equal(guess.email, cases[i].email);
        assert_string_equal(guess.name, cases[i].name);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(guesses)};
    return cmocka_run_group_tests_name("guess", tests, NULL, NULL);
}
