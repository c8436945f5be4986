/*
 * Vectors and growing text: what was put in stays, in order, however much it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/vector.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    int number;
    const char *name;
};

struct pairs VECTOR(struct pair);

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void items_stay_in_order(void **state)
{
    struct arena *arena = *state;
    struct pairs pairs = {0};
    for (int i = 0; i < 1000; i++) {
        struct pair *pair = vector_push(arena, &pairs);
        assert_int_equal(pair->number, 0);
        assert_null(pair->name);
        *pair = (struct pair){i + 1, "x"};
    }
    assert_int_equal(pairs.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(pairs.items[i].number, i + 1);
}

/* Its owner may cut a vector; what is pushed then is zeroed all the same. */
static void cut_vectors_are_pushed_zeroed(void **state)
{
    struct arena *arena = *state;
    struct pairs pairs = {0};
    for (int i = 0; i < 5; i++)
        *vector_push(arena, &pairs) = (struct pair){i + 1, "x"};
    pairs.count = 2;
    struct pair *pair = vector_push(arena, &pairs);
    assert_int_equal(pair->number, 0);
    assert_null(pair->name);
    assert_int_equal(pairs.count, 3);
}

static void strings_are_found(void **state)
{
    struct arena *arena = *state;
    struct strings list = {0};
    assert_false(strings_hold(&list, "en"));
    *vector_push(arena, &list) = "en";
    *vector_push(arena, &list) = "de";
    assert_true(strings_hold(&list, "de"));
    assert_false(strings_hold(&list, "d"));
    assert_false(strings_hold(&list, ""));
}

/* Of every small count, in items of several sizes. */
static void vectors_are_reversed(void **state)
{
    struct arena *arena = *state;
    struct pairs none = {0};
    vector_reverse(&none);
    assert_int_equal(none.count, 0);
    for (int count = 1; count < 6; count++) {
        struct pairs pairs = {0};
        struct text bytes = text_start(arena);
        for (int i = 0; i < count; i++) {
            *vector_push(arena, &pairs) = (struct pair){i, "x"};
            text_add_byte(&bytes, (char)('a' + i));
        }
        vector_reverse(&pairs);
        items_reverse(bytes.bytes, bytes.length, 1);
        for (int i = 0; i < count; i++) {
            assert_int_equal(pairs.items[i].number, count - 1 - i);
            assert_string_equal(pairs.items[i].name, "x");
            assert_int_equal(bytes.bytes[i], 'a' + count - 1 - i);
        }
        assert_int_equal(bytes.bytes[count], 0);
    }
}

static int compared;

static int compare_numbers(const void *left, const void *right)
{
    compared++;
    return *(const int *)left - *(const int *)right;
}

/* Equal ones are in order; a list in order is gone through once. */
static void items_are_sorted(void **state)
{
    (void)state;
    static const struct {
        const char *given, *sorted;
        bool in_order;
    } cases[] = {{"", "", true},         {"a", "a", true},        {"abbc", "abbc", true},
                 {"ba", "ab", false},    {"abca", "aabc", false}, {"bac", "abc", false},
                 {"cbab", "abbc", false}};
    items_sort(NULL, 0, sizeof(int), compare_numbers);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int numbers[8] = {0};
        size_t count = strlen(cases[i].given);
        for (size_t k = 0; k < count; k++)
            numbers[k] = cases[i].given[k];
        compared = 0;
        items_sort(numbers, count, sizeof *numbers, compare_numbers);
        for (size_t k = 0; k < count; k++)
            assert_int_equal(numbers[k], cases[i].sorted[k]);
        if (cases[i].in_order)
            assert_int_equal(compared, count ? count - 1 : 0);
    }
}

static void strings_are_split(void **state)
{
    struct arena *arena = *state;
    struct strings words = {0};
    strings_split(arena, "", &words);
    strings_split(arena, "   ", &words);
    assert_int_equal(words.count, 0);
    strings_split(arena, "  en  de-CH", &words);
    strings_split(arena, "fr ", &words);
    assert_int_equal(words.count, 3);
    assert_string_equal(words.items[0], "en");
    assert_string_equal(words.items[1], "de-CH");
    assert_string_equal(words.items[2], "fr");
}

static void strings_are_trimmed(void **state)
{
    const char *const cases[][2] = {
        {"", ""}, {" ", ""}, {"a", "a"}, {" \ta b\t ", "a b"}, {"\na ", "\na"}, {"a", "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(string_trim(arena_copy(*state, cases[i][0]), " \t"), cases[i][1]);
}

static void no_string_is_an_empty_one(void **state)
{
    (void)state;
    assert_true(string_same("a", "a"));
    assert_true(string_same(NULL, ""));
    assert_true(string_same("", NULL));
    assert_true(string_same(NULL, NULL));
    assert_false(string_same("a", NULL));
    assert_false(string_same("", "a"));
    assert_false(string_same("a", "ab"));
}

static void text_grows(void **state)
{
    struct arena *arena = *state;
    struct text text = text_start(arena);
    assert_string_equal(text.bytes, "");
    text_add(&text, NULL);
    text_add_n(&text, "abc", 0);
    assert_string_equal(text.bytes, "");
    for (int i = 0; i < 1000; i++) {
        text_add(&text, "ab");
        text_add_byte(&text, 'c');
        text_add_n(&text, "defgh", 2);
        text_addf(&text, "%s", "f,");
    }
    assert_int_equal(text.length, 7000);
    assert_int_equal(strlen(text.bytes), 7000);
    for (size_t i = 0; i < 7000; i++)
        assert_int_equal(text.bytes[i], "abcdef,"[i % 7]);
}

/* A formatted piece that ends right at, before and behind the end of the room. */
static void formats_meet_the_edge(void **state)
{
    struct arena *arena = *state;
    for (int length = 0; length < 300; length++) {
        struct text text = text_start(arena);
        text_add(&text, "=");
        text_addf(&text, "%0*d", length, 0);
        text_add(&text, "=");
        size_t digits = length ? (size_t)length : 1;
        assert_int_equal(text.length, digits + 2);
        assert_int_equal(strlen(text.bytes), digits + 2);
        assert_int_equal(text.bytes[text.length - 1], '=');
    }
}

static void text_takes_nul_bytes(void **state)
{
    struct text text = text_start(*state);
    text_add_n(&text, "a\0b", 3);
    assert_int_equal(text.length, 3);
    assert_memory_equal(text.bytes, "a\0b", 4);
}

static void words_are_found_in_tables_and_lists(void **state)
{
    (void)state;
    static const char *const words[] = {NULL, "yes", "no"};
    assert_int_equal(word_find(words, 3, "no"), 2);
    assert_int_equal(word_find(words, 2, "no"), -1);
    assert_int_equal(word_find(words, 3, "NO"), -1);
    assert_true(list_has("Amsterdam, New York", ",", "new york"));
    assert_true(list_has("Amsterdam, New York", ",", "Amsterdam, Bern"));
    assert_false(list_has("Amsterdam, New York", ",", "New"));
    assert_true(list_has("a@x.org  b@x.org", " ", "B@x.org"));
    assert_false(list_has("", " ", "b@x.org"));
}

/* Texts in any order come into order, and each is found or placed where it belongs. */
static void places_are_found_and_made(void **state)
{
    struct entry {
        const char *name;
        int number;
    };
    struct VECTOR(struct entry) list = {0};
    struct arena *arena = arena_new();
    bool found;
    (void)state;
    assert_int_equal(vector_place(&list, "a", &found), 0);
    assert_false(found);
    for (int i = 0; i < 200; i++) {
        const char *name = arena_format(arena, "%d", i * 37 % 200);
        size_t at = vector_place(&list, name, &found);
        assert_false(found);
        *vector_insert(arena, &list, at) = (struct entry){name, i};
    }
    assert_int_equal(list.count, 200);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(vector_place(&list, list.items[i].name, &found), i);
        assert_true(found);
        assert_int_equal(list.items[i].number * 37 % 200, atoi(list.items[i].name));
        assert_true(i == 0 || strcmp(list.items[i - 1].name, list.items[i].name) < 0);
    }
    assert_int_equal(vector_place(&list, "zz", &found), 200);
    assert_int_equal(vector_place(&list, "", &found), 0);
    assert_false(found);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stay_in_order),
        cmocka_unit_test(cut_vectors_are_pushed_zeroed),
        cmocka_unit_test(strings_are_found),
        cmocka_unit_test(text_grows),
        cmocka_unit_test(vectors_are_reversed),
        cmocka_unit_test(items_are_sorted),
        cmocka_unit_test(strings_are_split),
        cmocka_unit_test(strings_are_trimmed),
        cmocka_unit_test(no_string_is_an_empty_one),
        cmocka_unit_test(formats_meet_the_edge),
        cmocka_unit_test(text_takes_nul_bytes),
        cmocka_unit_test(words_are_found_in_tables_and_lists),
        cmocka_unit_test(places_are_found_and_made),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
