/*
 * UTF-8: what is valid, how wide it is, what folds to the same, and what must never reach a
 * terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/utf8.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

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

static void code_points_are_read(void **state)
{
    (void)state;
    const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xFF\xE2\x82z";
    const int32_t expected[] = {'a', 0xE9, 0x20AC, 0x1F600, -1, -1, -1, 'z', 0, 0};
    const char *at = text, *end = text + sizeof text - 1;
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_int_equal(utf8_next(&at, end), expected[i]);
    assert_ptr_equal(at, end);
}

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (int32_t codepoint = 1; codepoint <= 0x10FFFF; codepoint++) {
        if (codepoint == 0xD800)
            codepoint = 0xE000;
        char bytes[4];
        int n = utf8_put(codepoint, bytes);
        const char *at = bytes;
        if (n < 1 || n > 4 || utf8_next(&at, bytes + n) != codepoint || at != bytes + n)
            fail_msg("U+%04X", (unsigned)codepoint);
    }
}

static void validity_is_strict(void **state)
{
    (void)state;
    const struct {
        const char *bytes;
        size_t size;
        bool valid;
    } cases[] = {
        {"", 0, true},
        {"plain", 5, true},
        {"\xC3\xA9", 2, true},
        {"\xF4\x8F\xBF\xBF", 4, true},
        {"a\0b", 3, false},
        {"\xC3", 1, false},
        {"\xA9", 1, false},
        {"\xC0\xAF", 2, false},             /* overlong */
        {"\xE0\x80\xAF", 3, false},         /* overlong */
        {"\xED\xA0\x80", 3, false},         /* a surrogate */
        {"\xF4\x90\x80\x80", 4, false},     /* beyond U+10FFFF */
        {"\xF8\x88\x80\x80\x80", 5, false}, /* five bytes */
        {"\xFF", 1, false},
        {"ab\xE2\x82", 4, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (utf8_valid(cases[i].bytes, cases[i].size) != cases[i].valid)
            fail_msg("case %zu", i);
}

static void texts_are_cut_between_characters(void **state)
{
    (void)state;
    const struct {
        const char *text;
        size_t limit, cut;
    } cases[] = {
        {"", 0, 0},
        {"abc", 0, 0},
        {"abc", 2, 2},
        {"abc", 3, 3},
        {"a\xC3\xA9", 2, 1},
        {"a\xC3\xA9", 3, 3},
        {"\xC3\xA9", 1, 0},
        {"ab\xE2\x82\xAC", 3, 2},
        {"ab\xE2\x82\xAC", 4, 2},
        {"a\xF0\x9F\x98\x80z", 2, 1},
        {"a\xF0\x9F\x98\x80z", 4, 1},
        {"a\xF0\x9F\x98\x80z", 5, 5},
        {"\xF0\x9F\x98\x80z", 3, 0},
        {"\xA9\xA9", 1, 1}, /* no character begins before it */
        {"ab\xA9\xA9\xA9\xA9\xA9", 6, 6},
        {"ab\xA9\xA9\xA9\xA9", 5, 5},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (utf8_cut(cases[i].text, cases[i].limit) != cases[i].cut)
            fail_msg("case %zu: %zu", i, utf8_cut(cases[i].text, cases[i].limit));
}

/* Each range's ends, and the characters beside them. */
static void unsafe_characters(void **state)
{
    (void)state;
    const int32_t unsafe[] = {-1,     0,      0x1B,   0x1F,   0x7F,   0x80,   0x9F,  0x61C,
                              0x200E, 0x200F, 0x2028, 0x202A, 0x202E, 0x2066, 0x2069};
    const int32_t safe[] = {0x20,   0x7E,   0xA0,   0xE9,   0x61B,  0x61D,
                            0x200D, 0x2010, 0x2027, 0x202F, 0x2065, 0x206A};
    for (size_t i = 0; i < COUNT(unsafe); i++)
        assert_true(utf8_unsafe(unsafe[i]));
    for (size_t i = 0; i < COUNT(safe); i++)
        assert_false(utf8_unsafe(safe[i]));
    assert_true(utf8_regional(0x1F1E6) && utf8_regional(0x1F1FF));
    assert_false(utf8_regional(0x1F1E5) || utf8_regional(0x1F200));
}

static void lengths_and_validity_are_checked(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(utf8_check("city", NULL, 0, &error), ERR_OK);
    assert_int_equal(utf8_check("city", "abc", 3, &error), ERR_OK);
    assert_int_equal(utf8_check("city", "abc", 2, &error), ERR_INVALID);
    assert_string_equal(error.what, "city");
    assert_string_equal(error.why, "it is 3 bytes long, 2 at most");
    assert_int_equal(utf8_check("city", "a\xFF", 9, &error), ERR_INVALID);
    assert_string_equal(error.why, "it is not valid UTF-8");
}

static void columns_of_code_points(void **state)
{
    (void)state;
    const struct {
        int32_t codepoint;
        int columns;
    } cases[] = {
        {'a', 1},     {' ', 1},    {'~', 1},    {0x00, -1},  {0x1B, -1},  {0x7F, -1},   {0x9B, -1},
        {0xE9, 1},    {0x301, 0},  {0x20DD, 0}, {0x200D, 0}, {0x200B, 0}, {0xAD, 1},    {0x4E00, 2},
        {0x3042, 2},  {0xFF21, 2}, {0xFF71, 1}, {0xAC00, 2}, {0x1160, 0}, {0x1F600, 2}, {0x5D0, 1},
        {0x2028, -1}, {0xE000, 1}, {0xFE0F, 0}, {0x20AC, 1}, {0x2500, 1}, {0x202E, 0},  {0xFFFD, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (utf8_columns(cases[i].codepoint) != cases[i].columns)
            fail_msg("U+%04X: %d", (unsigned)cases[i].codepoint, utf8_columns(cases[i].codepoint));
}

static void clusters_are_whole(void **state)
{
    (void)state;
    const struct {
        const char *text;
        size_t length;
        int columns;
    } cases[] = {
        {"", 0, 1},
        {"ab", 1, 1},
        {"e\xCC\x81x", 3, 1},                                     /* e and an acute accent */
        {"\xE6\x97\xA5\xE6\x9C\xAC", 3, 2},                       /* two ideographs */
        {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAAx", 8, 2},              /* a flag */
        {"\xF0\x9F\x87\xA9x", 4, 1},                              /* half a flag */
        {"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9x", 11, 2}, /* two people joined */
        {"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBDx", 8, 2},              /* a thumb and its skin */
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xABx", 9, 2},          /* a syllable of three jamo */
        {"\xCC\x81x", 2, 1},                                      /* an accent alone */
        {"\xFFx", 1, 1},
        {"\x1B[m", 1, 1},
        {"\n\xCC\x81", 1, 1},
        {"a\xFF", 1, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int columns = 0;
        size_t length = utf8_cluster(cases[i].text, &columns);
        if (length != cases[i].length || columns != cases[i].columns)
            fail_msg("case %zu: %zu bytes, %d columns", i, length, columns);
    }
}

static void widths_of_strings(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int width;
    } cases[] = {
        {"", 0},
        {"Daily sync", 10},
        {"caf\xC3\xA9", 4},
        {"cafe\xCC\x81", 4},
        {"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 6},
        {"a\xF0\x9F\x98\x80z", 4},
        {"\xFF\xFE", 2},
        {"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", 4},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(utf8_width(cases[i].text), cases[i].width);
}

static void folding_brings_together(void **state)
{
    struct arena *arena = *state;
    const struct {
        const char *text, *folded;
    } cases[] = {
        {"", ""},
        {"Daily Sync", "daily sync"},
        {"  a \t\n b  ", "a b"},
        {"a\xC2\xA0 b", "a b"},
        {"a\xE3\x80\x80\xE2\x80\x83 b", "a b"},
        {"\xC3\x84RGER", "arger"},
        {"A\xCC\x88rger", "arger"},
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"\xC5\x81\xC3\xB3\xC5\xBA", "loz"},
        {"\xC3\x98ystein", "oystein"},
        {"\xEF\xAC\x81n", "fin"},
        {"\xEF\xBC\xA1\xEF\xBC\x91", "a1"},
        {"\xC4\xB0stanbul", "istanbul"},
        {"d\xC4\xB1\xC5\x9F", "dis"},
        {"\xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1", "\xCE\xB1\xCE\xB8\xCE\xB7\xCE\xBD\xCE\xB1"},
        {"soft\xC2\xADhyphen", "softhyphen"},
        {"bad\xFF", "bad\xEF\xBF\xBD"},
        {"\xFF", "\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(utf8_fold(arena, cases[i].text), cases[i].folded);
}

/* Folding a folded text changes nothing, whatever the character. */
static void folding_twice_is_folding_once(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int32_t codepoint = 1; codepoint < 0x30000; codepoint++) {
        if (codepoint == 0xD800)
            codepoint = 0xE000;
        char text[8] = "x";
        text[1 + utf8_put(codepoint, text + 1)] = '\0';
        char *once = utf8_fold(arena, text);
        if (!utf8_valid(once, strlen(once)) || strcmp(utf8_fold(arena, once), once) != 0)
            fail_msg("U+%04X folds to %s and then to %s", (unsigned)codepoint, once,
                     utf8_fold(arena, once));
        arena_reset(arena);
    }
    arena_free(arena);
}

static void printable_text_is_safe(void **state)
{
    struct arena *arena = *state;
    const struct {
        const char *text, *printable, *with_newlines;
    } cases[] = {
        {"", "", ""},
        {"plain", "plain", "plain"},
        {"\xC3\xA9\xE6\x97\xA5", "\xC3\xA9\xE6\x97\xA5", "\xC3\xA9\xE6\x97\xA5"},
        {"a\x1B[31mb", "a\\x1b[31mb", "a\\x1b[31mb"},
        {"a\nb\tc\r", "a\\x0ab\\x09c\\x0d", "a\nb\tc\\x0d"},
        {"\x7F", "\\x7f", "\\x7f"},
        {"\xC2\x9B"
         "1m",
         "\\x9b1m", "\\x9b1m"},
        {"\xFF\xC3", "\\xff\\xc3", "\\xff\\xc3"},
        {"a\xE2\x80\xAE"
         "b",
         "a\\u{202E}b", "a\\u{202E}b"},
        {"\xE2\x81\xA6\xE2\x81\xA9", "\\u{2066}\\u{2069}", "\\u{2066}\\u{2069}"},
        {"\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C", "\\u{200E}\\u{200F}\\u{061C}",
         "\\u{200E}\\u{200F}\\u{061C}"},
        {"\xE2\x80\xA8\xE2\x80\xA9", "\\u{2028}\\u{2029}", "\\u{2028}\\u{2029}"},
        {"e\xCC\x81", "e\xCC\x81", "e\xCC\x81"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(utf8_printable(arena, cases[i].text, false), cases[i].printable);
        assert_string_equal(utf8_printable(arena, cases[i].text, true), cases[i].with_newlines);
    }
    const char *safe = "as it is";
    assert_ptr_equal(utf8_printable(arena, safe, false), safe);
}

/* Characters that show as nothing are named; joiners, tags and variations stay where they belong. */
static void hidden_characters_are_shown(void **state)
{
    struct arena *arena = *state;
    const struct {
        const char *text, *shown;
    } cases[] = {
        {"pay\u200Bpal", "pay<U+200B>pal"},
        {"\u200B", "<U+200B>"},
        {"a\u2060b\uFEFFc\u2063d\u180E", "a<U+2060>b<U+FEFF>c<U+2063>d<U+180E>"},
        {"a\u200Db\u200Cc", "a<U+200D>b<U+200C>c"},
        {"\u3164\uFFA0\u2800\u034F", "<U+3164><U+FFA0><U+2800><U+034F>"},
        {"a\U000E0061\U000E0062\U000E0001", "a<U+E0061><U+E0062><U+E0001>"},
        {"a\uFE0F \uFE0F", "a<U+FE0F> <U+FE0F>"},
        {"a\U000E0100\u5317\uFE0F\U000E0101", "a<U+E0100>\u5317\uFE0F<U+E0101>"},
        {"\u202E\u200B", "\\u{202E}<U+200B>"},
        /* a family, a woman technologist with a skin tone, a heart on fire, England's flag */
        {"\U0001F468\u200D\U0001F469\u200D\U0001F467", NULL},
        {"\U0001F469\U0001F3FD\u200D\U0001F4BB", NULL},
        {"\u2764\uFE0F\u200D\U0001F525", NULL},
        {"\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", NULL},
        {"1\uFE0F\u20E3 \u845B\U000E0100", NULL},
        /* Persian with ZWNJ, Hindi with ZWJ and ZWNJ, an Arabic number sign, a soft hyphen */
        {"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", NULL},
        {"\u0915\u094D\u200D\u0937 \u0915\u094D\u200C\u0937", NULL},
        {"\u0600\u0661 Donau\u00ADdampf", NULL},
        /* an emoji's joiner before a letter joins nothing */
        {"\U0001F468\u200Da", "\U0001F468<U+200D>a"},
        {"\U0001F468\u200D", "\U0001F468<U+200D>"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *shown = cases[i].shown ? cases[i].shown : cases[i].text;
        assert_string_equal(utf8_shown(arena, cases[i].text, false), shown);
        if (!strchr(shown, '{'))
            assert_string_equal(utf8_printable(arena, cases[i].text, false), cases[i].text);
    }
    assert_string_equal(utf8_shown(arena, "a\nb\tc", true), "a\nb\tc");
}

/* Any bytes at all come out as valid UTF-8 without a control character. */
static void printable_text_of_any_bytes(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char bytes[17] = "";
        for (int i = 0; i < 16; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (char)(seed >> 24 ? seed >> 24 : 1);
        }
        const char *printable =
            round % 2 ? utf8_shown(arena, bytes, false) : utf8_printable(arena, bytes, false);
        assert_true(utf8_valid(printable, strlen(printable)));
        for (const char *at = printable, *end = at + strlen(at); at < end;)
            assert_int_not_equal(utf8_columns(utf8_next(&at, end)), -1);
        arena_reset(arena);
    }
    arena_free(arena);
}

/* As few trigrams as cover a word: each character is in one of them, a last one reaches back. */
static void a_word_is_covered_by_trigrams(void **state)
{
    static const struct {
        const char *word, *trigrams;
    } table[] = {
        {"", ""},
        {"a", ""},
        {"ab", ""},
        {"abc", "abc "},
        {"abcd", "abc bcd "},
        {"abcde", "abc cde "},
        {"abcdef", "abc def "},
        {"abcdefg", "abc def efg "},
        {"äöüß", "äöü öüß "},
        {"東京a", "東京a "},
        {"\xff\xffz", "\xff\xffz "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char found[64] = "";
        size_t length = 0;
        for (const char *from = NULL, *to = table[i].word; utf8_trigram(&from, &to);)
            length += (size_t)snprintf(found + length, sizeof found - length, "%.*s ",
                                       (int)(to - from), from);
        assert_string_equal(found, table[i].trigrams);
    }
}

static void windows_characters_are_known(void **state)
{
    (void)state;
    assert_int_equal(windows_character('A'), 'A');
    assert_int_equal(windows_character(0x80), 0x20AC);
    assert_int_equal(windows_character(0x81), 0);
    assert_int_equal(windows_character(0x9F), 0x178);
    assert_int_equal(windows_character(0xA0), 0xA0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_are_read),
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(texts_are_cut_between_characters),
        cmocka_unit_test(unsafe_characters),
        cmocka_unit_test(lengths_and_validity_are_checked),
        cmocka_unit_test(validity_is_strict),
        cmocka_unit_test(columns_of_code_points),
        cmocka_unit_test(clusters_are_whole),
        cmocka_unit_test(widths_of_strings),
        cmocka_unit_test(folding_brings_together),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(printable_text_is_safe),
        cmocka_unit_test(hidden_characters_are_shown),
        cmocka_unit_test(printable_text_of_any_bytes),
        cmocka_unit_test(a_word_is_covered_by_trigrams),
        cmocka_unit_test(windows_characters_are_known),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
