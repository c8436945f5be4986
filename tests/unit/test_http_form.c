/* Forms as FreeSWITCH and Prosody send them, and as others do. */
#include "door/http.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *body;
    const char *pairs; /* "name=value|" each */
} cases[] = {
    {"", ""},
    {"a=1", "a=1|"},
    {"a=1&b=2", "a=1|b=2|"},
    {"a=%2B1+2&b%20c=d", "a=+1 2|b c=d|"},
    {"a&b=&=c&&d=e=f", "a=|b=|d=e=f|"},
    {"a=%&b=%4&c=%4g&d=%g4&e=%41", "a=%|b=%4|c=%4g|d=%g4|e=A|"},
    {"a=%0041&b=%aF%Af", "a=41|b=\xaf\xaf|"},
    {"a=%40%3a%2F%5b%60%7b", "a=@:/[`{|"},
    {"%=1&a=1&a=2", "%=1|a=1|a=2|"},
};

static void test_forms(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http_pairs pairs = {0};
        struct text text = text_start(arena);
        http_form_read(arena, cases[i].body, &pairs);
        for (size_t j = 0; j < pairs.count; j++)
            text_addf(&text, "%s=%s|", pairs.items[j].name, pairs.items[j].value);
        assert_string_equal(text.bytes, cases[i].pairs);
    }
    arena_free(arena);
}

static void test_find(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct http_pairs pairs = {0};
    http_form_read(arena, "a=1&b=2&a=3", &pairs);
    assert_string_equal(http_pair_find(&pairs, "a"), "3");
    assert_string_equal(http_pair_find(&pairs, "b"), "2");
    assert_null(http_pair_find(&pairs, "c"));
    arena_free(arena);
}

static void test_many(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct http_pairs pairs = {0};
    struct text text = text_start(arena);
    for (int i = 0; i < HTTP_ARGUMENTS_MAX + 5; i++)
        text_addf(&text, "a%d=%d&", i, i);
    http_form_read(arena, text.bytes, &pairs);
    assert_int_equal(pairs.count, HTTP_ARGUMENTS_MAX);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
