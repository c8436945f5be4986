/*
 * Tables as text: cells, quotes, line breaks, guards, and which encodings are found out.
 */
#include <exchange/csv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Bytes that come a few at a time, so that a character is cut everywhere. */
struct bytes {
    const char *at;
    size_t left, step;
};

static enum err bytes_read(void *self, char *out, size_t size, size_t *count, struct error *error)
{
    struct bytes *bytes = self;
    (void)error;
    *count = bytes->left < bytes->step ? bytes->left : bytes->step;
    *count = *count < size ? *count : size;
    memcpy(out, bytes->at, *count);
    bytes->at += *count;
    bytes->left -= *count;
    return ERR_OK;
}

/* All records as "line:cell|cell!why", one a line; "error: why" ends them. */
static char *read_all(struct arena *arena, const char *in, size_t size, size_t step,
                      const char *encoding)
{
    struct bytes bytes = {in, size, step};
    struct csv_reader *reader = NULL;
    struct csv_record record;
    struct error error = {0};
    struct text out = text_start(arena);
    bool found = true;
    enum err err =
        csv_start("t", encoding, (struct csv_source){bytes_read, &bytes}, &reader, &error);
    while (!err && found) {
        err = csv_next(reader, arena, ',', &record, &found, &error);
        if (err || !found)
            break;
        text_addf(&out, "%lld:%s%s\n", (long long)record.line,
                  strings_join(arena, &record.cells, "|"), record.why ? "!" : "");
    }
    if (err)
        text_addf(&out, "error: %s: %s", error.what, error.why);
    csv_end(reader);
    return out.bytes;
}

struct reading {
    const char *encoding, *in;
    size_t size; /* 0: up to the terminator */
    const char *out;
};

static void records_are_read(void **state)
{
    static const struct reading cases[] = {
        {NULL, "", 0, ""},
        {NULL, "\n\r\n\r", 0, ""},
        {NULL, "a,b", 0, "1:a|b\n"},
        {NULL, "a,b\n", 0, "1:a|b\n"},
        {NULL, "a,b\r\nc,d\re,f", 0, "1:a|b\n2:c|d\n3:e|f\n"},
        {NULL, "a,,\n,\n", 0, "1:a||\n2:|\n"},
        {NULL, "\"a,b\",\"c\"\"d\"\n", 0, "1:a,b|c\"d\n"},
        {NULL, "\"a\r\nb\",c\nd", 0, "1:a\nb|c\n3:d\n"},
        {NULL, "a\"b,c\"\n", 0, "1:a\"b|c\"\n"},
        {NULL, "\"\",\"\"", 0, "1:|\n"},
        {NULL, "\"a\"b,c\nd\n", 0, "1:ab|c!\n2:d\n"},
        {NULL, "a\n\"b\nc\nd", 0, "1:a\nerror: t:2: a quote is opened there and never closed"},
        {NULL, "a\nb\0c", 5,
         "1:a\nerror: t:2: a zero byte stands there: this is no text, or its encoding must be "
         "named "
         "with --encoding"},
        {NULL, "\xef\xbb\xbf\xc3\xa4,b", 0, "1:\xc3\xa4|b\n"},
        {NULL, "\xe4,b\n\xc3\xa4", 0, "1:\xc3\xa4|b\n2:\xc3\xa4\n"},
        {NULL, "\x81,b\n\x80", 0, "1:|b!\n2:\xe2\x82\xac\n"},
        {"latin-1", "\xe4\x80", 0, "1:\xc3\xa4\xe2\x82\xac\n"},
        {"utf-8", "\xe4,b", 0, "1:|!\n"},
        {NULL, "\xff\xfe\xe4\0,\0b\0\n\0", 10, "1:\xc3\xa4|b\n"},
        {NULL, "\xfe\xff\0\xe4\0,\0b", 8, "1:\xc3\xa4|b\n"},
        {NULL, "a\0,\0b\0", 6, "1:a|b\n"},
        {NULL, "\0a\0,\0b", 6, "1:a|b\n"},
        {"utf-16", "\xfe\xff\0a", 4, "1:a\n"},
        {NULL, "\xff\xfe\x3d\xd8\0\xde", 6, "1:\xf0\x9f\x98\x80\n"},
        {NULL, "\xff\xfe\x00\xde", 4,
         "error: t:1: the file is not in this encoding; name another one with --encoding"},
        {NULL,
         "\xff\xfe\x3d\xd8"
         "a\0",
         6, "error: t:1: the file is not in this encoding; name another one with --encoding"},
        {NULL,
         "\xff\xfe"
         "a\0b",
         5, "error: t:1: the file is not in this encoding; name another one with --encoding"},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t step = 1; step < 20; step += 6) {
            size_t size = cases[i].size ? cases[i].size : strlen(cases[i].in);
            assert_string_equal(read_all(arena, cases[i].in, size, step, cases[i].encoding),
                                cases[i].out);
        }
    arena_free(arena);
}

static void a_record_has_a_limit(void **state)
{
    struct arena *arena = arena_new();
    char *in = arena_alloc(arena, CSV_RECORD_MAX + 3);
    (void)state;
    memset(in, 'x', CSV_RECORD_MAX + 2);
    char *out = read_all(arena, in, CSV_RECORD_MAX, 1 << 16, NULL);
    assert_int_equal(strlen(out), CSV_RECORD_MAX + 3);
    out = read_all(arena, in, CSV_RECORD_MAX + 1, 1 << 16, NULL);
    assert_string_equal(out, "error: t:1: the row is longer than 256 KB");
    in[0] = '\n';
    in[1] = '"';
    out = read_all(arena, in, CSV_RECORD_MAX + 2, 1 << 16, NULL);
    assert_string_equal(out, "error: t:2: a quote is opened there and not closed within 256 KB");
    arena_free(arena);
}

static void cells_are_quoted_and_guarded(void **state)
{
    static const struct {
        const char *cell, *written;
    } cases[] = {
        {"", ""},
        {"a", "a"},
        {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""},
        {" a", "\" a\""},
        {"=1+1", "'=1+1"},
        {"+49", "'+49"},
        {"-1", "'-1"},
        {"@a", "'@a"},
        {"\ta", "'\ta"},
        {"'a", "''a"},
        {"a=1", "a=1"},
        {"=\"a\"", "\"'=\"\"a\"\"\""},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text text = text_start(arena);
        struct strings back = {0};
        csv_put(&text, cases[i].cell, ',');
        assert_string_equal(text.bytes, cases[i].written);
        csv_split(arena, text.bytes, ',', &back);
        assert_int_equal(back.count, 1);
        assert_string_equal(csv_unguard(arena, back.items[0]), cases[i].cell);
    }
    assert_string_equal(csv_unguard(arena, "=\"0123\""), "0123");
    assert_string_equal(csv_unguard(arena, "'0123"), "'0123");
    assert_string_equal(csv_unguard(arena, "=\""), "=\"");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_read),
        cmocka_unit_test(a_record_has_a_limit),
        cmocka_unit_test(cells_are_quoted_and_guarded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
