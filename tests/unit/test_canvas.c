/*
 * The canvas: clipping, wide and combined characters, hostile text, wrapping, boxes and dumps.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/utf8.h>
#include <stdio.h>
#include <string.h>

/* The screens as they are. */
/* clang-format off */
static const char wrapped[] =
    " words are kept\n"
    " whole\n"
    " where they fit\n"
    " Donaudampfschifffa\n"
    " hrtsgesellschaft\n"
    " 東京都千代田区丸の\n"
    " 内一丁目\n"
    " what is too much\n"
    " for the rows that\n"
    " are left tells so\n"
    " at its end, and s…\n";
static const char wrapped_styles[] =
    "\n"
    "\n"
    "\n"
    ".dddddddddddddddddd\n"
    ".dddddddddddddddd\n"
    "\n"
    "\n"
    ".wwwwwwwwwwwwwwww\n"
    ".wwwwwwwwwwwwwwwww\n"
    ".wwwwwwwwwwwwwwwww\n"
    ".wwwwwwwwwwwwwwwwww\n";
static const char boxes[] =
    "  ┌─ Title 東京 ─────┐    │\n"
    "  │                  │    │\n"
    "  │                  │    │\n"
    "wh│                  │goes│aw…\n"
    "  └──────────────────┘    │\n"
    "┌─ A… ─┐                  │\n"
    "│      │    ──────────    │\n"
    "└──────┘    7 of nine\n";
static const char boxes_ascii[] =
    "  +- Title ?""? -------+    |\n"
    "  |                  |    |\n"
    "  |                  |    |\n"
    "wh|                  |goes|aw~\n"
    "  +------------------+    |\n"
    "+- A~ -+                  |\n"
    "|      |    ----------    |\n"
    "+------+    7 of nine\n";
static const char table_60[] =
    "E-mail             Name                Dial-in\n"
    "ada@example.org    Ada Lovelace        on\n"
    "grace@example.org  グレース・ホッパー  off\n"
    "alan@example.org   Alan\\x1b[1m Turing  on\n";
static const char table_30[] =
    "E-mail     Name        Dial-in\n"
    "grace@ex…  グレース…   off\n"
    "alan@exa…  Alan\\x1b[…  on\n";
static const char text_scrolled[] =
    "three\n"
    "\n"
    "end\n";
/* clang-format on */

/* What one line of text becomes in so many columns. */
struct line_case {
    const char *text;
    int width;
    bool ascii;
    const char *drawn;
    int used;
};

static const struct line_case LINES[] = {
    {"plain", 10, false, "plain", 5},
    {"", 10, false, "", 0},
    {"exactly ten", 11, false, "exactly ten", 11},
    {"one too long", 11, false, "one too lo…", 11},
    {"one too long", 11, true, "one too lo~", 11},
    {"東京", 4, false, "東京", 4},
    {"東京都", 5, false, "東京…", 5},
    {"東京都", 4, false, "東…", 3}, /* never half of a wide one */
    {"東京", 4, true, "??", 2},
    {"Ame\xCC\x81lie", 6, false, "Ame\xCC\x81lie", 6}, /* a combining accent takes no column */
    {"\xCC\x81lone", 6, false, " \xCC\x81lone", 5},    /* one without a base gets a space */
    {"👩‍👩‍👧 ok", 5, false, "👩‍👩‍👧 ok", 5},
    {"שלום", 4, false, "שלום", 4},
    {"a\033[2Jb", 20, false, "a\\x1b[2Jb", 9},
    {"a\033[2Jb", 4, false, "a…", 2}, /* an escape is not cut in its middle */
    {"x\xE2\x80\xAEy", 20, false, "x\\u{202E}y", 10},
    {"x\xC2\x9B"
     "31my",
     20, false, "x\\x9b31my", 9},
    {"bad\xFF!", 20, false, "bad\\xff!", 8},
    {"cut\xE6\x9D", 20, false, "cut\\xe6\\x9d", 11},
    {"two\nlines\tand", 20, false, "two lines and", 13},
    {"a – b … c → d", 20, true, "a - b ~ c -> d", 14},
    {"zero", 0, false, "", 0},
    {"a\rb", 20, false, "a\\x0db", 6},
    /* a cluster that is too long for a cell is cut at a character */
    {"e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B\u030C!", 20, false,
     "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B!", 2},
    {"\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B\u030C!", 20, false,
     " \u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B!", 2},
};

static void lines_of_text(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        const struct line_case *expect = &LINES[i];
        struct canvas *canvas = canvas_new(arena, 1, 30, expect->ascii);
        int used =
            canvas_text(canvas, canvas_area(canvas), 0, 0, expect->width, STYLE_TEXT, expect->text);
        char *dump = canvas_dump(arena, canvas);
        dump[strlen(dump) - 1] = '\0';
        assert_string_equal(dump, expect->drawn);
        assert_int_equal(used, expect->used);
    }
    arena_free(arena);
}

static void nothing_outside_of_the_area(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct canvas *canvas = canvas_new(arena, 5, 12, false);
    struct area area = {1, 2, 3, 6};
    for (int row = -2; row < 8; row++)
        for (int col = -4; col < 16; col++)
            canvas_text(canvas, area, row, col, -1, STYLE_ID, "東京東京東京");
    canvas_fill(canvas, (struct area){-3, -3, 3, 30}, STYLE_ID);
    canvas_select(canvas, (struct area){5, 0, 9, 9});
    canvas_hline(canvas, area, 7, STYLE_ID);
    canvas_vline(canvas, area, -1, STYLE_ID);
    for (int row = 0; row < canvas->rows; row++)
        for (int col = 0; col < canvas->cols; col++) {
            bool inside = row >= 1 && row < 4 && col >= 2 && col < 8;
            if (!inside)
                assert_int_equal(canvas_cell(canvas, row, col)->style, STYLE_TEXT);
        }
    assert_null(canvas_cell(canvas, 5, 0));
    assert_null(canvas_cell(canvas, 0, -1));
    arena_free(arena);
}

/* Whatever is written over whatever, a row's columns stay as many as they are. */
static void halves_are_never_left(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct canvas *canvas = canvas_new(arena, 1, 11, false);
    struct area area = canvas_area(canvas);
    unsigned seed = 7;
    for (int turn = 0; turn < 5000; turn++) {
        seed = seed * 1103515245u + 12345u;
        int col = (int)(seed >> 16) % 13 - 1;
        canvas_text(canvas, area, 0, col, 1 + (int)(seed >> 20) % 5, STYLE_TEXT,
                    turn % 3 ? "東京都" : "abc");
        for (int at = 0; at < canvas->cols; at++) {
            const struct cell *cell = canvas_cell(canvas, 0, at);
            bool wide = utf8_width(cell->bytes) == 2;
            bool behind = at > 0 && utf8_width(canvas_cell(canvas, 0, at - 1)->bytes) == 2;
            assert_int_equal(cell->bytes[0] == '\0', behind);
            assert_false(wide && at == canvas->cols - 1);
        }
    }
    arena_free(arena);
}

static void wrapping(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct canvas *canvas = canvas_new(arena, 12, 20, false);
    struct area area = {0, 1, 11, 18};
    int row = canvas_wrap(canvas, area, 0, STYLE_TEXT, "words are kept whole\nwhere they fit");
    assert_int_equal(row, 3);
    row += canvas_wrap(canvas, area, row, STYLE_DIM, "Donaudampfschifffahrtsgesellschaft");
    row += canvas_wrap(canvas, area, row, STYLE_TEXT, "東京都千代田区丸の内一丁目");
    assert_int_equal(row, 7);
    row += canvas_wrap(canvas, area, row, STYLE_TEXT, "");
    assert_int_equal(row, 7);
    row += canvas_wrap(canvas, area, row, STYLE_ERROR,
                       "what is too much for the rows that are left tells so at its end, and stops "
                       "there");
    assert_int_equal(row, 11);
    SCREEN(arena, canvas, wrapped);
    STYLES(arena, canvas, wrapped_styles);
    arena_free(arena);
}

/* A line ends with "\n" or "\r\n"; narrow ones rather cut a word than stay half empty. */
static void line_ends(void **state)
{
    static const struct {
        int cols;
        const char *text, *lines;
    } cases[] = {
        {20, "one\r\ntwo\nthree", "one\ntwo\nthree\n"},
        {20, "one\n\ntwo", "one\n\ntwo\n"},
        {9, "abcd efghijk", "abcd efgh\nijk\n"}, /* four of nine are not half */
        {9, "abcde fghijk", "abcde\nfghijk\n"},
        {10, "abc defghijk", "abc\ndefghijk\n"},
        {4, " abcdef", " abc\ndef\n"},
        {1, "東京", "…\n…\n"},
        {20, "電話会議 ID 939 071 23 は正しい番号です。",
         "電話会議 ID\n939 071 23 は正しい\n番号です。\n"},
        {21, "電話会議 ID 939 071 は正しい番号です。", "電話会議 ID 939 071\nは正しい番号です。\n"},
        {13, "「In the app」の開始は", "「In the\napp」の開始は\n"},
        {18, "「In the app」の開始は", "「In the app」の開\n始は\n"},
        {12, "入室は明日の午前8時45分", "入室は明日の\n午前8時45分\n"}, /* a number and its unit */
        {12, "会議は終了です。", "会議は終了で\nす。\n"}, /* no full stop begins a line */
        {11, "会議です（東京時間）", "会議です\n（東京時\n間）\n"},
        {9, "한국어 문장입니다", "한국어\n문장입니\n다\n"},
        {12, "한국어 문장입니다", "한국어\n문장입니다\n"},
        /* a number in groups, or with its unit, stays together if it has room on a line */
        {14, "Die ID 765 432 1 ist gut", "Die ID\n765 432 1 ist\ngut\n"},
        {16, "beginnt um 8 Uhr 45 UTC", "beginnt um\n8 Uhr 45 UTC\n"},
        {14, "à partir de 8 h 45, mais", "à partir de\n8 h 45, mais\n"},
        {12, "tomorrow 8:45 am UTC", "tomorrow\n8:45 am UTC\n"},
        {14, "tomorrow 8:45 today", "tomorrow 8:45\ntoday\n"},
        {12, "회의는 8시 45분에", "회의는\n8시 45분에\n"},
        {9, "at 8:45 am UTC", "at 8:45\nam UTC\n"},
        {10, "765 432 198 7", "765 432\n198 7\n"},
        {12, "24, 25 or 26", "24, 25 or 26\n"},
        {10, "am 24, 25, 26", "am 24, 25,\n26\n"},
    };
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct canvas *canvas = canvas_new(arena, 5, cases[i].cols, false);
        canvas_wrap(canvas, canvas_area(canvas), 0, STYLE_TEXT, cases[i].text);
        text_check(cases[i].text, canvas_dump(arena, canvas), cases[i].lines);
    }
    arena_free(arena);
}

static void boxes_and_lines(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int ascii = 0; ascii < 2; ascii++) {
        struct canvas *canvas = canvas_new(arena, 8, 30, ascii);
        struct area area = canvas_area(canvas);
        canvas_text(canvas, area, 3, 0, -1, STYLE_TEXT, "what was there before goes away");
        canvas_box(canvas, (struct area){0, 2, 5, 20}, "Title 東京");
        canvas_box(canvas, (struct area){5, 0, 3, 8}, "A long title");
        canvas_box(canvas, (struct area){5, 10, 1, 8}, "too flat");
        canvas_hline(canvas, (struct area){6, 12, 1, 10}, 0, STYLE_BORDER);
        canvas_vline(canvas, (struct area){0, 25, 7, 3}, 1, STYLE_BORDER);
        canvas_textf(canvas, area, 7, 12, -1, STYLE_TEXT, "%d of %s", 7, "nine");
        if (ascii)
            SCREEN(arena, canvas, boxes_ascii);
        else
            SCREEN(arena, canvas, boxes);
    }
    arena_free(arena);
}

/* The item at each cell of a row, as a digit; '-': no item. */
static const char *items_of(struct arena *arena, const struct canvas *canvas, int row)
{
    struct text out = text_start(arena);
    for (int col = 0; col < canvas->cols; col++) {
        size_t item = canvas_item_at(canvas, row, col, 99);
        text_add_byte(&out, item == 99 ? '-' : (char)('0' + item));
    }
    return out.bytes;
}

static void items_stand_in_cells(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct canvas *canvas = canvas_new(arena, 3, 8, false);
    canvas_item(canvas, (struct area){0, 1, 2, 5}, 0, false);
    canvas_item(canvas, (struct area){1, 6, 1, 5}, 3, true);
    assert_string_equal(items_of(arena, canvas, 0), "-00000--");
    assert_string_equal(items_of(arena, canvas, 1), "-0000033");
    assert_string_equal(items_of(arena, canvas, 2), "--------");
    TEXT(canvas_dump_styles(arena, canvas), "\n......##\n");
    canvas_text(canvas, canvas_area(canvas), 0, 2, -1, STYLE_TEXT, "ab"); /* over the item */
    canvas_fill(canvas, (struct area){1, 0, 1, 3}, STYLE_TEXT);
    assert_string_equal(items_of(arena, canvas, 0), "-0--00--");
    assert_string_equal(items_of(arena, canvas, 1), "---00033");
    assert_int_equal(canvas_item_at(canvas, -1, 0, 99), 99);
    assert_int_equal(canvas_item_at(canvas, 0, 8, 99), 99);
    struct canvas *copy = canvas_new(arena, 1, 8, false);
    canvas_copy(copy, canvas_area(copy), -1, canvas);
    assert_string_equal(items_of(arena, copy, 0), "---00033");
    canvas_items_forget(canvas);
    assert_string_equal(items_of(arena, canvas, 0), "--------");
    assert_string_equal(items_of(arena, canvas, 1), "--------");
    arena_free(arena);
}

static void style_letters_are_distinct(void **state)
{
    (void)state;
    for (int a = 0; a < STYLE_COUNT; a++)
        for (int b = 0; b < a; b++)
            assert_int_not_equal(canvas_style_letter((enum style)a),
                                 canvas_style_letter((enum style)b));
}

static void tables_and_texts(void **state)
{
    (void)state;
    static const char *const headings[] = {"E-mail", "Name", "Dial-in"};
    static const char *const cells[] = {"ada@example.org",   "Ada Lovelace",       "on",
                                        "grace@example.org", "グレース・ホッパー", "off",
                                        "alan@example.org",  "Alan\033[1m Turing", "on"};
    struct arena *arena = arena_new();
    struct show_table table = {.columns = 3, .headings = headings};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        *vector_push(arena, &table.cells) = cells[i];
    struct show_list at = {.selected = 9};
    struct canvas *canvas = canvas_new(arena, 5, 60, false);
    show_table(canvas, canvas_area(canvas), &table, &at);
    assert_int_equal(at.selected, 2);
    SCREEN(arena, canvas, table_60);
    canvas = canvas_new(arena, 3, 30, false);
    show_table(canvas, canvas_area(canvas), &table, &at);
    assert_int_equal(at.top, 1);
    SCREEN(arena, canvas, table_30);
    at = (struct show_list){.top = 100};
    canvas = canvas_new(arena, 3, 10, false);
    show_text(canvas, canvas_area(canvas), "one\ntwo\nthree three three\n\nend", &at);
    assert_int_equal(at.top, 4);
    SCREEN(arena, canvas, text_scrolled);
    arena_free(arena);
}

/*
 * Every code point: what the canvas draws is safe, and escaped exactly where text output escapes.
 */
static void every_character_is_safe(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int32_t codepoint = 1; codepoint < 0x110000; codepoint++) {
        if (codepoint >= 0xD800 && codepoint < 0xE000)
            continue;
        char s[8] = {0};
        utf8_put(codepoint, s);
        struct canvas *canvas = canvas_new(arena, 1, 12, false);
        canvas_text(canvas, canvas_area(canvas), 0, 0, -1, STYLE_TEXT, s);
        const char *drawn = canvas_cell(canvas, 0, 0)->bytes;
        const char *safe = utf8_shown(arena, s, true);
        bool escaped =
            (drawn[0] == '\\' && codepoint != '\\') || (drawn[0] == '<' && codepoint != '<');
        assert_int_equal(escaped, safe != s);
        assert_true((unsigned char)drawn[0] >= 0x20);
        arena_reset(arena);
    }
    arena_free(arena);
}

/*
 * Bytes by chance, among them what begins sequences: rows stay whole, and nothing unsafe is in a
 * cell.
 */
static void random_bytes(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",
                                         " ",
                                         "\n",
                                         "\033[",
                                         "東",
                                         "e\xCC\x81",
                                         "\xFF",
                                         "\xE6",
                                         "\x9D",
                                         "👩‍👩‍👧",
                                         "\xE2\x80\xAE",
                                         "ש",
                                         "\xCC\x81",
                                         "\xC2\x85",
                                         "🇩🇪",
                                         "\xF0\x9F",
                                         "\t",
                                         "—"};
    struct arena *arena = arena_new();
    unsigned seed = 11;
    for (int turn = 0; turn < 3000; turn++) {
        char s[200] = "";
        for (int i = 0; i < 24; i++) {
            seed = seed * 1103515245u + 12345u;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(s + strlen(s), piece, strlen(piece) + 1);
        }
        struct canvas *canvas = canvas_new(arena, 4, 1 + turn % 23, turn % 5 == 0);
        int rows = canvas_wrap(canvas, canvas_area(canvas), 0, STYLE_TEXT, s);
        int needed = canvas_wrap_rows(s, canvas->cols, canvas->ascii);
        assert_int_equal(rows, needed < canvas->rows ? needed : canvas->rows);
        assert_in_range(rows, 1, 4);
        canvas_text(canvas, canvas_area(canvas), turn % 4, turn % 7, -1, STYLE_ID, s);
        for (int row = 0; row < canvas->rows; row++) {
            int columns = 0;
            for (int col = 0; col < canvas->cols; col++) {
                const char *bytes = canvas_cell(canvas, row, col)->bytes;
                assert_ptr_equal(utf8_printable(arena, bytes, false), bytes);
                columns += utf8_width(bytes);
                for (; canvas->ascii && *bytes; bytes++)
                    assert_in_range((unsigned char)*bytes, 0x20, 0x7E);
            }
            assert_int_equal(columns, canvas->cols);
        }
        arena_reset(arena);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_text),
        cmocka_unit_test(nothing_outside_of_the_area),
        cmocka_unit_test(halves_are_never_left),
        cmocka_unit_test(wrapping),
        cmocka_unit_test(line_ends),
        cmocka_unit_test(boxes_and_lines),
        cmocka_unit_test(items_stand_in_cells),
        cmocka_unit_test(style_letters_are_distinct),
        cmocka_unit_test(tables_and_texts),
        cmocka_unit_test(every_character_is_safe),
        cmocka_unit_test(random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
