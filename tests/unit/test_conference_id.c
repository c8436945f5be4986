/*
 * Conference IDs: shape, forgiving reading, the length policy, slips, as tables of cases.
 */
#include <core/conference_id.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_valid(void **state)
{
    (void)state;
    assert_true(conference_id_valid("0123"));
    assert_true(conference_id_valid("123456789012"));
    static const char *const bad[] = {"", "123", "1234567890123", "12 34", "12a4", "-123"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(conference_id_valid(bad[i]));
}

static void test_normalize(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *id;
    } cases[] = {
        {"93907123", "93907123"},
        {" 939 071 23# ", "93907123"},
        {"939-071-23", "93907123"},
        {"939.071.23", "93907123"},
        {"(939) 071\xC2\xA0"
         "23",
         "93907123"},
        {"0123", "0123"},
        {"９３９０７１２３＃", "93907123"},
        {"٩٣٩٠٧١٢٣", "93907123"},
        {"\xE2\x80\x8E"
         "939\xE2\x80\x93"
         "07123",
         "93907123"},
        {"1\xE1\x9A\x80"
         "2\xE1\xA0\x8E"
         "3\xE2\x81\xAF"
         "4",
         "1234"}, /* an Ogham space, a Mongolian separator, a deprecated mark */
        {"1234\r\n", "1234"},
        {"1234/5", NULL},
        {"123", NULL},
        {"1234567890123", NULL},
        {"93907123#4", NULL},
        {"#93907123", NULL},
        {"939x07123", NULL},
        {"+93907123", NULL},
        {"93907123\xFF", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[ID_SIZE] = "x";
        assert_int_equal(conference_id_normalize(cases[i].typed, out), cases[i].id != NULL);
        assert_string_equal(out, cases[i].id ? cases[i].id : "");
    }
}

static void test_group(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(conference_id_group(arena, "93907123"), "939 071 23");
    assert_string_equal(conference_id_group(arena, "766918553"), "766 918 553");
    assert_string_equal(conference_id_group(arena, ""), "");
    arena_free(arena);
}

static void test_weak(void **state)
{
    (void)state;
    static const char *const weak[] = {"11111111", "12345678",     "87654321",  "89012345",
                                       "21098765", "12121212",     "123412341", "12312312",
                                       "12341234", "121212121212", "10101010",  "9090909090"};
    static const char *const strong[] = {"93907123", "16353789", "12345679",
                                         "12341235", "11111112", "22345678"};
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        assert_true(conference_id_weak(weak[i]));
    for (size_t i = 0; i < sizeof strong / sizeof *strong; i++)
        assert_false(conference_id_weak(strong[i]));
}

static void test_length(void **state)
{
    (void)state;
    static const struct {
        int configured;
        int64_t live8, live9;
        int length;
    } cases[] = {
        {8, 0, 0, 8},           {8, 89999, 0, 8},      {8, 90000, 0, 9},   {8, 90000, 899999, 9},
        {8, 90000, 900000, 10}, {8, 89999, 900000, 8}, {9, 0, 900000, 10}, {10, 500000, 900000, 10},
        {3, 0, 0, 8},           {99, 0, 0, 12},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t live[ID_SIZE] = {[8] = cases[i].live8, [9] = cases[i].live9};
        assert_int_equal(conference_id_length(cases[i].configured, live), cases[i].length);
    }
    int64_t full[ID_SIZE];
    for (int i = 0; i < ID_SIZE; i++)
        full[i] = INT64_MAX;
    assert_int_equal(conference_id_length(8, full), 12);
}

/* A thousandth of all numbers of a length may be live; then the next one gets a digit more. */
static void test_static_length(void **state)
{
    (void)state;
    static const struct {
        int configured;
        int64_t live4, live7, live8;
        int length;
    } cases[] = {
        {4, 0, 0, 0, 4},    {4, 8, 0, 0, 4},        {4, 9, 0, 0, 5},   {7, 0, 8999, 0, 7},
        {7, 0, 9000, 0, 8}, {7, 0, 9000, 90000, 9}, {3, 0, 0, 0, 4},   {3, 9, 0, 0, 5},
        {8, 0, 9000, 0, 8}, {12, 0, 0, 0, 12},      {13, 0, 0, 0, 12},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t live[ID_SIZE] = {[4] = cases[i].live4, [7] = cases[i].live7, [8] = cases[i].live8};
        assert_int_equal(conference_id_static_length(cases[i].configured, live), cases[i].length);
        double guess = conference_id_guess_probability(cases[i].length, live[cases[i].length] + 1);
        assert_true(guess <= 1.0 / ID_GUESS_LIMIT);
    }
    int64_t full[ID_SIZE];
    for (int i = 0; i < ID_SIZE; i++)
        full[i] = INT64_MAX;
    assert_int_equal(conference_id_static_length(4, full), 12);
}

static void test_probability(void **state)
{
    (void)state;
    assert_true(conference_id_guess_probability(8, 90000) == 0.001);
    assert_true(conference_id_guess_probability(8, 0) == 0);
    assert_true(conference_id_guess_probability(4, 1000000) == 1);
}

static void test_slip(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *true_id;
        enum id_slip slip;
    } cases[] = {
        {"93907123", "93907123", ID_SLIP_NONE},   {"93907124", "93907123", ID_SLIP_DIGIT},
        {"39907123", "93907123", ID_SLIP_SWAP},   {"93907132", "93907123", ID_SLIP_SWAP},
        {"9390712", "93907123", ID_SLIP_MISSING}, {"3907123", "93907123", ID_SLIP_MISSING},
        {"939907123", "93907123", ID_SLIP_EXTRA}, {"939071234", "93907123", ID_SLIP_EXTRA},
        {"93907223", "93907132", ID_SLIP_NONE},   {"03907123", "93907123", ID_SLIP_DIGIT},
        {"12", "93907123", ID_SLIP_NONE},         {"90937123", "93907123", ID_SLIP_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(conference_id_slip(cases[i].typed, cases[i].true_id), cases[i].slip);
}

static void test_names(void **state)
{
    (void)state;
    for (int i = ID_KIND_NONE; i <= ID_KIND_THIRD_PARTY; i++) {
        enum id_kind kind = ID_KIND_NONE;
        assert_true(id_kind_parse(id_kind_name((enum id_kind)i), &kind));
        assert_int_equal(kind, i);
    }
    enum id_kind kind;
    assert_false(id_kind_parse("Dynamic", &kind));
    assert_string_equal(id_slip_name(ID_SLIP_SWAP), "swap");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),       cmocka_unit_test(test_normalize),
        cmocka_unit_test(test_group),       cmocka_unit_test(test_weak),
        cmocka_unit_test(test_length),      cmocka_unit_test(test_static_length),
        cmocka_unit_test(test_probability), cmocka_unit_test(test_slip),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
