/*
 * Bytes as other bytes: base64 and fingerprints.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/base64.h>
#include <base/hash.h>
#include <string.h>

/* The examples of RFC 4648, section 10, and bytes beyond ASCII. */
static void base64_is_the_standards(void **state)
{
    (void)state;
    const char *const cases[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xFB\xFF\xFE", "+//+"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = text_start(arena);
        base64_add(&text, cases[i][0], strlen(cases[i][0]));
        assert_string_equal(text.bytes, cases[i][1]);
        size_t size;
        assert_string_equal(base64_read(arena, cases[i][1], &size), cases[i][0]);
        assert_int_equal(size, strlen(cases[i][0]));
    }
    size_t size;
    assert_string_equal(base64_read(arena, "Zm9v.Zm9v", &size), "foo"); /* to what is none */
    assert_int_equal(size, 3);
    arena_free(arena);
}

/* Stores keep fingerprints: they must stay what they are. */
static void fingerprints_stay(void **state)
{
    (void)state;
    char out[HASH_SIZE];
    hash_bytes("", 0, out);
    assert_string_equal(out, "efd01f60ba9929268589ecf7a90fccf1");
    hash_bytes("dialdesk", 8, out);
    assert_string_equal(out, "e9d042cc2d795aaa6c0b60af1f6eaeee");
    hash_bytes("dialdesl", 8, out);
    assert_string_equal(out, "7405ce4b7c672b3795260d1219fd5e8a");
    hash_bytes("\xFF\0", 2, out);
    assert_string_equal(out, "6367248228eb837a20343ec5454619bc");
    assert_int_equal(hash_number("dialdesk", 8), INT64_C(8424019825348357461));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_is_the_standards),
        cmocka_unit_test(fingerprints_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
