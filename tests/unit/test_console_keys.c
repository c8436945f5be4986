/*
 * The key table and what is made from it, names of keys, typing in a line, moving in a list.
 */
#include <base/utf8.h>
#include <console/bind.h>
#include <console/console.h>
#include <console/list.h>
#include <console/term.h>
#include <console/view.h>
#include <desk/settings.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <support/styles.h>

#include <cmocka.h>

/* --- the table --- */

static void every_key_has_a_name(void **state)
{
    (void)state;
    for (const struct key_row *row = key_rows; row->keys; row++) {
        assert_true(row->views != 0);
        assert_true(row->help && *row->help);
        assert_true(row->name && *row->name);
        const char *at = row->keys + strspn(row->keys, " ");
        assert_true(*at);
        while (*at) {
            size_t n = strcspn(at, " ");
            int32_t code = key_code_of(at, n);
            char name[16];
            if (code == K_NONE)
                fail_msg("'%.*s' in '%s' is no key", (int)n, at, row->keys);
            key_text(code, name);
            /* ^H and Backspace, ^I and Tab may be told by either name */
            assert_int_equal(key_code_of(name, strlen(name)), code);
            at += n;
            at += strspn(at, " ");
        }
    }
}

/*
 * A key that a row names for a view must reach that row, or an earlier one that means to take it
 * away.
 */
static void no_row_is_dead(void **state)
{
    (void)state;
    for (const struct key_row *row = key_rows; row->keys; row++) {
        bool reached = false;
        for (unsigned bit = 1; bit <= V_SCOPE; bit <<= 1) {
            const char *at = row->keys;
            while ((row->views & bit) && *at && !reached) {
                size_t n = strcspn(at, " ");
                reached = key_row_find(key_rows, key_code_of(at, n), bit) == row;
                at += n;
                at += strspn(at, " ");
            }
        }
        if (!reached)
            fail_msg("no key reaches '%s' (%s)", row->keys, row->help);
    }
}

/*
 * Whatever a key does where there is a palette, the palette does by name; but for itself, and
 * typing in the lookup's field.
 */
static void every_action_has_a_name(void **state)
{
    (void)state;
    for (unsigned bit = 1; bit <= V_SCOPE; bit <<= 1)
        for (const struct key_row *row = key_rows; row->keys; row++) {
            if (!(row->views & bit & (V_COMMANDS | V_LOOKUP)) || row->action == ACT_PALETTE ||
                row->views == V_TYPED)
                continue;
            const struct key_row *named = key_rows;
            while (named->keys && (named->action != row->action || !(named->views & bit)))
                named++;
            if (!named->keys)
                fail_msg("'%s' (%s) is not in the palette of view %x", row->keys, row->help, bit);
        }
}

static void actions_of_each_view(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        unsigned view;
        enum action action;
    } cases[] = {
        {"j", V_AGENDA, ACT_DOWN},        {"Down", V_LEGACY, ACT_DOWN},
        {"c", V_LEGACY, ACT_CONVERT},     {"Space", V_LEGACY, ACT_MARK},
        {"n", V_WEEK, ACT_NEW},           {"n", V_DIALOG, ACT_NO},
        {"y", V_DIALOG, ACT_YES},         {"y", V_LOOKUP, ACT_COPY},
        {"q", V_AGENDA, ACT_CLOSE},       {"q", V_DIALOG, ACT_NO},
        {"Esc", V_FORM, ACT_CLOSE},       {"^S", V_FORM, ACT_SAVE},
        {"Tab", V_FORM, ACT_NEXT_FIELD},  {"6", V_MONTH, ACT_VIEW_LOOKUP},
        {"?", V_LOOKUP, ACT_HELP},        {"F1", V_FORM, ACT_HELP},
        {":", V_LEGACY, ACT_PALETTE},     {"^L", V_FORM, ACT_REDRAW},
        {"^Z", V_PICK, ACT_SUSPEND},      {"D", V_AGENDA, ACT_CANCEL},
        {"i", V_MEETING, ACT_INVITATION},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct key_row *row =
            key_row_find(key_rows, key_code_of(cases[i].key, strlen(cases[i].key)), cases[i].view);
        assert_non_null(row);
        assert_int_equal(row->action, cases[i].action);
    }
    assert_null(key_row_find(key_rows, 'c', V_FORM));
    assert_null(key_row_find(key_rows, 'D', V_LOOKUP));
    assert_null(key_row_find(key_rows, '1', V_LOOKUP));
}

static void the_manual_has_every_row(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct text out = text_start(arena);
    console_key_table(&out);
    size_t rows = 0, lines = 0;
    for (const struct key_row *row = key_rows; row->keys; row++)
        rows++;
    for (const char *c = out.bytes; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, rows);
    assert_non_null(strstr(out.bytes, "c\tday week month agenda meeting\tconvert\t"));
    assert_non_null(strstr(out.bytes, "^L\teverywhere\tredraw\t"));
    arena_free(arena);
}

static void key_names(void **state)
{
    (void)state;
    assert_int_equal(key_code_of("F12", 3), K_F1 + 11);
    assert_int_equal(key_code_of("F13", 3), K_NONE);
    assert_int_equal(key_code_of("F1", 2), K_F1);
    assert_int_equal(key_code_of("F0", 2), K_NONE);
    assert_int_equal(key_code_of("^A", 2), 1);
    assert_int_equal(key_code_of("^_", 2), 31);
    assert_int_equal(key_code_of("^a", 2), K_NONE);
    assert_int_equal(key_code_of("ü", 2), 0xfc);
    assert_int_equal(key_code_of("Nothing", 7), K_NONE);
    assert_int_equal(key_code_of("", 0), K_NONE);
    char name[16];
    key_text(K_F1 + 9, name);
    assert_string_equal(name, "F10");
    key_text(0x20ac, name);
    assert_string_equal(name, "€");
    const struct key_row long_name = {.keys = "  abcdefghijklmnopq r"}, *row = &key_rows[1];
    key_row_first(&long_name, name);
    assert_string_equal(name, "abcdefghijklmno");
    key_row_first(row, name);
    assert_string_equal(name, "n"); /* of "n q Esc" */
}

static void view_names(void **state)
{
    (void)state;
    assert_string_equal(view_name(VIEW_DAY), "day");
    assert_string_equal(view_name(TAB_COUNT - 1), "outbox");
    assert_string_equal(view_name(TAB_COUNT), "meeting");
    assert_string_equal(view_name(VIEW_COUNT - 1), "scope");
}

/* --- own keys --- */

static enum err bind(struct arena *arena, const char *text, const struct key_row **rows,
                     struct error *error)
{
    struct session session = {.arena = arena};
    assert_int_equal(settings_parse(&session, "c", text), ERR_OK);
    return keys_bind(arena, &session.settings, rows, error);
}

static void own_keys(void **state)
{
    (void)state;
    static const struct {
        const char *text, *key;
        unsigned view;
        enum action action; /* ACT_NONE: the key does nothing there */
    } cases[] = {
        {"", "n", V_AGENDA, ACT_NEW},
        {"key.new = ^N", "^N", V_AGENDA, ACT_NEW},
        {"key.new = ^N", "^N", V_MEETING, ACT_NEW},
        {"key.new = ^N", "n", V_AGENDA, ACT_NONE},
        {"key.new = ^N", "n", V_DIALOG, ACT_NO},
        {"key.new = ^N", "^N", V_LOOKUP, ACT_NOTE}, /* where text is typed all stays */
        {"key.new = n ^N", "n", V_AGENDA, ACT_NEW},
        {"key.agenda.new = x", "x", V_AGENDA, ACT_NEW},
        {"key.agenda.new = x", "n", V_AGENDA, ACT_NONE},
        {"key.agenda.new = x", "n", V_WEEK, ACT_NEW},
        {"key.agenda.new = x\nkey.agenda.new = z", "x", V_AGENDA, ACT_NONE},
        {"key.copy = Y", "Y", V_LEGACY, ACT_COPY},
        {"key.copy = Y", "Y", V_LOOKUP, ACT_NONE},
        {"key.copy = Y", "^Y", V_LOOKUP, ACT_COPY},
        {"key.lookup.copy = F11", "F11", V_LOOKUP, ACT_COPY},
        {"key.lookup.copy = F11", "y", V_AGENDA, ACT_COPY},
        {"key.page-down = J", "J", V_AGENDA, ACT_PAGE_DOWN},
        {"key.save = F2", "F2", V_FORM, ACT_SAVE},
        {"key.redraw = ^R", "^R", V_FORM, ACT_REDRAW},
        {"key.redraw = ^R", "^L", V_WEEK, ACT_NONE},
        {"key.question.yes = Y", "Y", V_DIALOG, ACT_YES},
        {"key.question.no = ^C", "^C", V_DIALOG, ACT_NO},
        {"key.question.no = ^C", "q", V_DIALOG, ACT_NONE},
        {"key.cancel = none", "D", V_AGENDA, ACT_NONE},
        {"key.edit = n\nkey.new = e", "e", V_AGENDA, ACT_NEW},
        {"key.edit = n\nkey.new = e", "n", V_AGENDA, ACT_EDIT},
        {"key.palette = F12 :", "F12", V_MONTH, ACT_PALETTE},
        {"key.back = Esc Q", "Q", V_TEXT, ACT_CLOSE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct error error = {0};
        const struct key_row *rows = NULL;
        if (bind(arena, cases[i].text, &rows, &error) != ERR_OK)
            fail_msg("%s: %s: %s", cases[i].text, error.what, error.why);
        const struct key_row *row =
            key_row_find(rows, key_code_of(cases[i].key, strlen(cases[i].key)), cases[i].view);
        if ((row ? row->action : ACT_NONE) != cases[i].action)
            fail_msg("%s: %s does %s", cases[i].text, cases[i].key, row ? row->name : "nothing");
        arena_free(arena);
    }
}

static void keys_that_cannot_be(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what, *why;
    } cases[] = {
        {"key.fly = x", "c:1", "there is no action 'fly'"},
        {"key.nowhere.new = x", "c:1", "there is no action 'nowhere.new'"},
        {"key.outbox.new = x", "c:1", "there is no action 'new' in the view 'outbox'"},
        {"key.new = Foo", "c:1", "there is no key 'Foo'"},
        {"#\nkey.new = n Click", "c:2", "there is no key 'Click'"},
        {"key.new = Paste", "c:1", "there is no key 'Paste'"},
        {"key.form.save = s", "c:1", "'s' is typed as text there"},
        {"key.editor = Space", "c:1", "'Space' is typed as text there"},
        {"key.new = e", "c:1", "the key 'e' of 'new' is 'edit' in the view 'day'; give"},
        {"key.new = ^L", "c:1", "the key '^L' of 'new' is 'redraw'"},
        {"key.calls.copy = v", "c:1", "is 'history' in the view 'calls'"},
        {"key.redraw = ^S", "c:1", "the key '^S' of 'redraw' is 'save' in the view 'form'"},
        {"key.new = X\nkey.edit = X", "c:2",
         "the key 'X' of 'edit' is 'new' in the view 'day' (line 1)"},
        {"key.day.edit = X\nkey.new = X", "c:2", "in the view 'day' (line 1)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct error error = {0};
        const struct key_row *rows = NULL;
        if (bind(arena, cases[i].text, &rows, &error) != ERR_INVALID)
            fail_msg("%s is taken", cases[i].text);
        assert_string_equal(error.what, cases[i].what);
        if (!strstr(error.why, cases[i].why))
            fail_msg("%s: %s", cases[i].text, error.why);
        arena_free(arena);
    }
}

/* Whatever is the first key of a row may be said again: the table has no clash with itself. */
static void every_row_can_be_bound(void **state)
{
    (void)state;
    for (const struct key_row *row = key_rows; row->keys; row++)
        for (enum view_number view = 0; view < VIEW_COUNT; view++) {
            if (!(row->views & 1U << view))
                continue;
            struct arena *arena = arena_new();
            struct text text = text_start(arena);
            struct error error = {0};
            const struct key_row *rows = NULL;
            text_addf(&text, "key.%s.", view_name(view));
            for (const char *c = row->name; *c; c++)
                text_add_byte(&text, *c == ' ' ? '-' : *c);
            text_add(&text, " = F11");
            if (bind(arena, text.bytes, &rows, &error) != ERR_OK)
                fail_msg("%s: %s", text.bytes, error.why);
            const struct key_row *found = key_row_find(rows, K_F1 + 10, 1U << view);
            assert_non_null(found);
            assert_string_equal(found->name, row->name);
            arena_free(arena);
        }
}

/* --- typing --- */

static void act(struct line *line, enum action action)
{
    bool changed;
    assert_true(line_act(line, action, &changed));
}

static void typing(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct line line = line_start(arena, "ab", 20);
    assert_true(line_put(&line, 'c'));
    act(&line, ACT_CURSOR_HOME);
    assert_true(line_put(&line, 0x20ac));
    assert_string_equal(line.bytes, "€abc");
    act(&line, ACT_DELETE_BACK);
    assert_string_equal(line.bytes, "abc");
    act(&line, ACT_DELETE_BACK); /* nothing is before the cursor */
    act(&line, ACT_DELETE);
    assert_string_equal(line.bytes, "bc");
    act(&line, ACT_CURSOR_END);
    act(&line, ACT_DELETE);
    assert_string_equal(line.bytes, "bc");
    assert_true(line_insert(&line, "x\ny\tz\x1b", false)); /* controls become blanks */
    assert_string_equal(line.bytes, "bcx y z ");
    assert_false(line_insert(&line, "more than there is room for", false));
    assert_false(line_insert(&line, "\xff", false));
    assert_false(line_insert(&line, "thirteen here", false)); /* one byte too many */
    assert_string_equal(line.bytes, "bcx y z ");
    assert_true(line_insert(&line, "\x7ftwelve\nhere", true));
    assert_string_equal(line.bytes, "bcx y z  twelve\nhere");
    act(&line, ACT_DELETE_LINE);
    assert_string_equal(line.bytes, "");
    bool changed;
    assert_false(line_act(&line, ACT_OPEN, &changed));
    assert_true(line_act(&line, ACT_DELETE_LINE, &changed) && !changed);
    assert_true(line_act(&line, ACT_CURSOR_LEFT, &changed) && !changed);
    assert_int_equal(line.cursor, 0);
    arena_free(arena);
}

/* One step over, and one deletion of, what people see as one character. */
static void clusters(void **state)
{
    (void)state;
    static const char *const one[] = {"e\xcc\x81", "全", "👩‍👩‍👧", "🇩🇪"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
        struct line line = line_start(arena, "", 100);
        line_insert(&line, "a", false);
        line_insert(&line, one[i], false);
        act(&line, ACT_CURSOR_LEFT);
        assert_int_equal(line.cursor, 1);
        act(&line, ACT_CURSOR_RIGHT);
        assert_int_equal(line.cursor, line.length);
        act(&line, ACT_DELETE_BACK);
        assert_string_equal(line.bytes, "a");
    }
    arena_free(arena);
}

static void words(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct line line = line_start(arena, "one two  three", 100);
    act(&line, ACT_CURSOR_WORD_LEFT);
    assert_int_equal(line.cursor, 9);
    act(&line, ACT_DELETE_WORD);
    assert_string_equal(line.bytes, "one three");
    act(&line, ACT_CURSOR_WORD_RIGHT);
    assert_int_equal(line.cursor, line.length);
    act(&line, ACT_CURSOR_HOME);
    act(&line, ACT_CURSOR_WORD_RIGHT);
    assert_int_equal(line.cursor, 3);
    act(&line, ACT_CURSOR_RIGHT);
    act(&line, ACT_CURSOR_WORD_LEFT); /* over the blank, to the word's beginning */
    assert_int_equal(line.cursor, 0);
    act(&line, ACT_CURSOR_WORD_LEFT);
    assert_int_equal(line.cursor, 0);
    line_set(&line, "  ");
    act(&line, ACT_DELETE_WORD);
    assert_string_equal(line.bytes, "");
    arena_free(arena);
}

/* Long text moves along under a narrow field, the cursor always in it. */
static void long_lines(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct canvas *canvas = canvas_new(arena, 1, 20, false);
    struct line line = line_start(arena, "", 1000);
    for (int i = 0; i < 100; i++) {
        line_put(&line, i % 7 == 0 ? 0x5168 : 'a' + i % 26);
        line_draw(&line, canvas, canvas_area(canvas), 0, 5, 10, STYLE_FIELD, true);
        assert_in_range(canvas->cursor_col, 5, 14);
    }
    act(&line, ACT_CURSOR_HOME);
    line_draw(&line, canvas, canvas_area(canvas), 0, 5, 10, STYLE_FIELD, true);
    assert_int_equal(canvas->cursor_col, 5);
    arena_free(arena);
}

/* A line at (0, 5), 10 columns wide with the focus in an area of 20 columns, and without. */
static void drawn_lines(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int width;
        bool focus;
        const char *screen, *styles;
        int cursor;
    } cases[] = {
        {"abc", 10, true, "     abc\n", ".....ffffffffff\n", 8},
        {"abc", 10, false, "     abc\n", ".....ffffffffff\n", -1},
        {"abcdefghi", 10, true, "     abcdefghi\n", ".....ffffffffff\n", 14},
        {"abcdefghij", 10, true, "     bcdefghij\n", ".....ffffffffff\n", 14},
        {"abcdefghijkl", 10, false, "     abcdefghi…\n", ".....ffffffffff\n", -1},
        {"abc", 30, true, "     abc\n", ".....fffffffffffffff\n", 8},
        {"abc", 0, true, "\n", "\n", -1},
        {"abc", 1, true, "\n", ".....f\n", 5},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct canvas *canvas = canvas_new(arena, 1, 20, false);
        struct line line = line_start(arena, cases[i].text, 100);
        line_draw(&line, canvas, canvas_area(canvas), 0, 5, cases[i].width, STYLE_FIELD,
                  cases[i].focus);
        assert_string_equal(canvas_dump(arena, canvas), cases[i].screen);
        assert_string_equal(canvas_dump_styles(arena, canvas), cases[i].styles);
        assert_int_equal(canvas->cursor_col, cases[i].cursor);
    }
    struct canvas *canvas = canvas_new(arena, 2, 20, false);
    struct line line = line_start(arena, "abc", 100);
    line_draw(&line, canvas, (struct area){0, 0, 1, 20}, 1, 0, 10, STYLE_FIELD, true);
    line_draw(&line, canvas, (struct area){1, 0, 1, 20}, -1, 0, 10, STYLE_FIELD, true);
    assert_string_equal(canvas_dump(arena, canvas), "\n\n");
    line_draw(&line, canvas, (struct area){0, 2, 1, 10}, 0, 5, 10, STYLE_FIELD, true);
    assert_string_equal(canvas_dump_styles(arena, canvas), ".......fffff\n\n");
    arena_free(arena);
}

/* --- lists --- */

static void moving(void **state)
{
    (void)state;
    static const struct {
        size_t count, from;
        enum action action;
        size_t to;
    } cases[] = {
        {10, 0, ACT_DOWN, 1},    {10, 9, ACT_DOWN, 9},      {10, 0, ACT_UP, 0},
        {10, 5, ACT_UP, 4},      {10, 0, ACT_PAGE_DOWN, 4}, {10, 8, ACT_PAGE_DOWN, 9},
        {10, 8, ACT_PAGE_UP, 4}, {10, 2, ACT_PAGE_UP, 0},   {10, 3, ACT_HALF_DOWN, 5},
        {10, 3, ACT_HALF_UP, 1}, {10, 3, ACT_FIRST, 0},     {10, 3, ACT_LAST, 9},
        {0, 0, ACT_DOWN, 0},     {0, 0, ACT_LAST, 0},       {1, 0, ACT_PAGE_DOWN, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct show_list list = {.count = cases[i].count, .selected = cases[i].from};
        assert_true(list_move(&list, cases[i].action, 4));
        assert_int_equal(list.selected, cases[i].to);
    }
    /* a page of one row, and of none, moves by two rows; the half of it by one */
    for (int page = 0; page <= 2; page++) {
        struct show_list low = {.count = 10, .selected = 5};
        assert_true(list_move(&low, ACT_PAGE_DOWN, page));
        assert_int_equal(low.selected, 7);
        assert_true(list_move(&low, ACT_HALF_UP, page));
        assert_int_equal(low.selected, 6);
    }
    struct show_list list = {.count = 10, .selected = 3};
    assert_false(list_move(&list, ACT_OPEN, 4));
    list_clamp(&list, 4);
    assert_int_equal(list.selected, 3);
    list_clamp(&list, 3);
    assert_int_equal(list.selected, 2);
    list_clamp(&list, 2);
    assert_int_equal(list.selected, 1);
    list_clamp(&list, 0);
    assert_int_equal(list.selected, 0);
}

static void finding(void **state)
{
    (void)state;
    struct meeting one = {.uid = "one"}, two = {.uid = "two"}, three = {.uid = "three"};
    struct occurrence items[] = {{.meeting = &one, .start = 10},
                                 {.meeting = &two, .start = 10},
                                 {.meeting = &two, .start = 20},
                                 {.meeting = &two, .start = 30}};
    const struct occurrences list = {.items = items, .count = 4};
    assert_int_equal(list_find(&list, &(struct occurrence){.meeting = &two, .start = 30}), 3);
    assert_int_equal(list_find(&list, &(struct occurrence){.meeting = &two, .start = 25}), 1);
    assert_int_equal(list_find(&list, &(struct occurrence){.meeting = &three, .start = 10}), 4);
    assert_int_equal(list_find(&list, &(struct occurrence){.meeting = &one, .start = 99}), 0);
    assert_int_equal(list_find(&list, NULL), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_has_a_name),
        cmocka_unit_test(no_row_is_dead),
        cmocka_unit_test(every_action_has_a_name),
        cmocka_unit_test(actions_of_each_view),
        cmocka_unit_test(the_manual_has_every_row),
        cmocka_unit_test(key_names),
        cmocka_unit_test(view_names),
        cmocka_unit_test(own_keys),
        cmocka_unit_test(keys_that_cannot_be),
        cmocka_unit_test(every_row_can_be_bound),
        cmocka_unit_test(typing),
        cmocka_unit_test(clusters),
        cmocka_unit_test(words),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(drawn_lines),
        cmocka_unit_test(moving),
        cmocka_unit_test(finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
