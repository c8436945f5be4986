/*
 * Exchanging a conference ID in a text: every mention of it, and nothing else.
 */
#include <core/dial_in_renew.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *text, *wanted;
} cases[] = {
    {"Conference ID: 8472357", "Conference ID: 57559540"},
    {"8472357", "57559540"},
    {"+1 323-849-4874,,8472357# United States\nPhone Conference ID: 847 235 7#",
     "+1 323-849-4874,,57559540# United States\nPhone Conference ID: 575 595 40#"},
    {"ID:\xC2\xA0"
     "847\xC2\xA0"
     "235\xC2\xA0"
     "7.",
     "ID:\xC2\xA0"
     "575 595 40."},
    {"https://dialin.example.com/?id=8472357&x=1", "https://dialin.example.com/?id=57559540&x=1"},
    {"https://meet.example.com/ada/8472357", "https://meet.example.com/ada/8472357"},
    {"18472357 84723571 +8472357 x8472357 8472357x",
     "18472357 84723571 +8472357 x8472357 8472357x"},
    {"+49 30 8472357", "+49 30 8472357"},
    {"+49 847 235 7 12", "+49 847 235 7 12"},
    {"847 235 8", "847 235 8"},
    {"847 235 7 x 847-235-7, 847.235.7 a", "575 595 40 x 575 595 40, 575 595 40 a"},
    {"8472357 12", "57559540 12"},
    {"x 8472357", "x 57559540"},
    {"%8472357 z8472357 A8472357 8472357Z", "%8472357 z8472357 A8472357 8472357Z"},
    {"08472357 98472357, 8472357", "08472357 98472357, 57559540"},
    {" 8472357 -8472357 .8472357", " 57559540 -57559540 .57559540"},
    {"0 8472357 9-8472357 5.8472357", "0 8472357 9-8472357 5.8472357"},
    {"", ""},
};

static void test_renew(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(dial_in_renew(arena, cases[i].text, "8472357", "57559540"),
                            cases[i].wanted);
    assert_ptr_equal(dial_in_renew(arena, cases[5].text, "8472357", "57559540"), cases[5].text);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_renew)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
