/*
 * The data files that the program carries: each is found by its name, whole, and the names are
 * sorted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/embedded.h>
#include <stdio.h>
#include <string.h>

static void names_are_sorted_and_found(void **state)
{
    (void)state;
    for (size_t i = 0; embedded_name(i); i++) {
        size_t size = 0;
        const char *content = embedded_find(embedded_name(i), &size);
        assert_non_null(content);
        assert_int_equal(content[size], 0);
        if (i > 0)
            assert_true(strcmp(embedded_name(i - 1), embedded_name(i)) < 0);
    }
}

static void content_is_the_files(void **state)
{
    (void)state;
    for (size_t i = 0; embedded_name(i); i++) {
        char path[512];
        snprintf(path, sizeof path, "data/%s", embedded_name(i));
        FILE *file = fopen(path, "rb");
        if (!file)
            skip(); /* not run from the checkout */
        size_t size = 0;
        const char *content = embedded_find(embedded_name(i), &size);
        for (size_t at = 0; at < size; at++)
            assert_int_equal(fgetc(file), (unsigned char)content[at]);
        assert_int_equal(fgetc(file), EOF);
        fclose(file);
    }
}

static void unknown_names_are_not_found(void **state)
{
    (void)state;
    size_t size = 7;
    assert_null(embedded_find("", &size));
    assert_null(embedded_find("schema", &size));
    assert_null(embedded_find("no/such/file", NULL));
    assert_int_equal(size, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_sorted_and_found),
        cmocka_unit_test(content_is_the_files),
        cmocka_unit_test(unknown_names_are_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
