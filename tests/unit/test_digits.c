/*
 * The characters of conference IDs, kind by kind: what is of a kind, and its neighbours that are
 * not.
 */
#include "core/digits.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* The characters from first to last are of the kind, those before and behind are not. */
struct range {
    int32_t first, last;
};

static void expect_ranges(bool (*is)(int32_t codepoint), const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (int32_t c = ranges[i].first - 1; c <= ranges[i].last + 1; c++)
            if (is(c) != (c >= ranges[i].first && c <= ranges[i].last))
                fail_msg("U+%04X is %sof the kind", (unsigned)c, is(c) ? "" : "not ");
    }
}

static bool is_digit(int32_t codepoint)
{
    return digits_value(codepoint) >= 0;
}

static void digits_have_their_values(void **state)
{
    (void)state;
    static const struct range ranges[] = {
        {'0', '9'}, {0xFF10, 0xFF19}, {0x0660, 0x0669}, {0x06F0, 0x06F9}, {0x0966, 0x096F}};
    expect_ranges(is_digit, ranges, COUNT(ranges));
    for (size_t i = 0; i < COUNT(ranges); i++)
        for (int value = 0; value < 10; value++)
            assert_int_equal(digits_value(ranges[i].first + value), value);
}

static void spaces_are_known(void **state)
{
    (void)state;
    static const struct range ranges[] = {{' ', ' '},       {'\t', '\t'},     {0x00A0, 0x00A0},
                                          {0x1680, 0x1680}, {0x2000, 0x200A}, {0x202F, 0x202F},
                                          {0x205F, 0x205F}, {0x3000, 0x3000}};
    expect_ranges(digits_space, ranges, COUNT(ranges));
}

static void dashes_are_known(void **state)
{
    (void)state;
    static const struct range ranges[] = {
        {'-', '-'}, {0x2010, 0x2015}, {0x2212, 0x2212}, {0xFE63, 0xFE63}, {0xFF0D, 0xFF0D}};
    expect_ranges(digits_dash, ranges, COUNT(ranges));
}

static void unseen_marks_are_known(void **state)
{
    (void)state;
    static const struct range ranges[] = {{0x00AD, 0x00AD}, {0x061C, 0x061C}, {0x180E, 0x180E},
                                          {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},
                                          {0xFEFF, 0xFEFF}};
    expect_ranges(digits_unseen, ranges, COUNT(ranges));
}

static void separators_and_hashes_are_known(void **state)
{
    (void)state;
    static const struct range separators[] = {{' ', ' '}, {'-', '.'}, {'(', ')'}, {0x200B, 0x200F}};
    static const struct range hashes[] = {{'#', '#'}, {0xFF03, 0xFF03}};
    for (size_t i = 0; i < COUNT(separators); i++)
        assert_true(digits_separator(separators[i].first) && digits_separator(separators[i].last));
    assert_false(digits_separator('/') || digits_separator(',') || digits_separator('#'));
    expect_ranges(digits_hash, hashes, COUNT(hashes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_have_their_values),
        cmocka_unit_test(spaces_are_known),
        cmocka_unit_test(dashes_are_known),
        cmocka_unit_test(unseen_marks_are_known),
        cmocka_unit_test(separators_and_hashes_are_known),
    };
    return cmocka_run_group_tests_name("digits", tests, NULL, NULL);
}
