/*
 * The screens of tests/screen/scripts: a file tells a store, a view and keys, and what is then to
 * be seen at 40x12, 80x24 and 200x60, and in which styles. The same keys are played in windows of
 * other sizes, where every cell must be sound, and through a storm of resizes, after which the
 * screen must look as if there had been none.
 *
 * SCREEN_WRITE=1 writes down what is seen instead: for a new file (its first lines are enough) or a
 * wanted change, to be read in the difference to the file before.
 */
#include "screen_support.h"
#include <base/file.h>
#include <base/utf8.h>
#include <glob.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <support/styles.h>
#include <time.h>

#include <cmocka.h>

static const char folder[] = "tests/screen/scripts/";

/* History tells the real clock, which stands still here. */
time_t time(time_t *out)
{
    const time_t now = 1795424400; /* 2026-11-23 09:00 UTC */
    if (out)
        *out = now;
    return now;
}

/* What is seen, one part after the other. */
static const struct part {
    const char *name;
    int cols, rows;
    bool styles;
} parts[] = {{"40x12", 40, 12, false},
             {"80x24", 80, 24, false},
             {"80x24 styles", 80, 24, true},
             {"200x60", 200, 60, false}};
enum { PARTS = sizeof parts / sizeof *parts, PLAIN = 1 /* the part of 80x24 */ };

struct script {
    const char *path, *comment, *store, *view, *keys;
    const char *parts[PARTS]; /* NULL: the file does not tell */
};

/* --- stores --- */

/* Titles that are hard to draw. */
static int open_titles(void **state)
{
    static const char *const titles[] = {
        "全体会議 四半期レビュー",
        "Family \xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 day "
        "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa",
        "Cafe\xcc\x81 re\xcc\x81sume\xcc\x81 \xe2\x9d\xa4\xef\xb8\x8f",
        "\xd7\xa4\xd7\x92\xd7\x99\xd7\xa9\xd7\xaa \xd7\xa6\xd7\x95\xd7\x95\xd7\xaa",
        "esc \x1b[31mred \x1b]0;owned\a",
        "bidi \xe2\x80\xae"
        "back \xe2\x81\xa6"
        "isolated",
        "two\nlines\tand a tab"};
    screen_open_calendar(state);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        char start[] = "2026-11-23 10:00";
        start[12] = (char)('0' + i);
        screen_meeting(*state, titles[i], start, "1h");
    }
    return 0;
}

static int open_empty_read(void **state)
{
    screen_open_empty(state);
    struct screen *screen = *state;
    session_end(&screen->session);
    assert_int_equal(session_start(&screen->session), ERR_OK);
    assert_int_equal(session_store(&screen->session, DB_READ, NULL), ERR_OK);
    return 0;
}

/* As an update of dialdesk that has gone back leaves it. */
static int open_newer(void **state)
{
    screen_open_empty(state);
    struct screen *screen = *state;
    sqlite3 *db = NULL;
    session_end(&screen->session);
    assert_int_equal(sqlite3_open(getenv("DIALDESK_DB"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "INSERT INTO schema_migration (number, name, program, at)"
                                  " VALUES (9999, 'x', 'dialdesk 99', 0)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(session_start(&screen->session), ERR_OK);
    return 0;
}

static const struct store {
    const char *name;
    int (*open)(void **state);
} stores[] = {
    {"none", screen_open}, {"empty", screen_open_empty},       {"empty_read", open_empty_read},
    {"newer", open_newer}, {"calendar", screen_open_calendar}, {"titles", open_titles}};

static struct screen *open_store(const struct script *script)
{
    void *state = NULL;
    for (size_t i = 0; i < sizeof stores / sizeof *stores; i++)
        if (strcmp(stores[i].name, script->store) == 0)
            stores[i].open(&state);
    if (!state)
        fail_msg("%s: there is no store '%s'", script->path, script->store);
    return state;
}

/* --- files --- */

static const char *header(struct arena *arena, const char *text, const char *name)
{
    const char *at = strstr(text, arena_format(arena, "\n%s ", name));
    if (!at)
        return "";
    at += strlen(name) + 2;
    return arena_copy_n(arena, at, strcspn(at, "\n"));
}

static struct script script_read(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    struct text text = text_start(arena);
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        text_add_n(&text, bytes, n);
    fclose(file);
    struct script script = {.path = path,
                            .comment = arena_copy_n(arena, text.bytes, strcspn(text.bytes, "\n")),
                            .store = header(arena, text.bytes, "store"),
                            .view = header(arena, text.bytes, "view"),
                            .keys = header(arena, text.bytes, "keys")};
    for (size_t i = 0; i < PARTS; i++) {
        const char *title = arena_format(arena, "\n--- %s\n", parts[i].name);
        const char *at = strstr(text.bytes, title);
        if (!at)
            continue;
        at += strlen(title);
        const char *end = strstr(at, "\n--- ");
        script.parts[i] = end ? arena_copy_n(arena, at, (size_t)(end + 1 - at)) : at;
    }
    return script;
}

static void script_write(const struct script *script)
{
    FILE *file = fopen(script->path, "w");
    assert_non_null(file);
    fprintf(file, "%s\nstore %s\nview %s\nkeys %s\n", script->comment, script->store, script->view,
            script->keys);
    for (size_t i = 0; i < PARTS; i++)
        fprintf(file, "--- %s\n%s", parts[i].name, script->parts[i]);
    assert_int_equal(fclose(file), 0);
}

/* --- playing --- */

static void play(struct screen *screen, const struct script *script, int cols, int rows,
                 const char *keys)
{
    if (screen_run(screen, cols, rows, script->view, keys) != ERR_OK)
        fail_msg("%s: %s: %s", script->path, screen->session.error.what, screen->session.error.why);
}

/* Compares a part, or takes down what is there, into the arena. */
static void compare(struct arena *arena, struct script *script, size_t part, const char *got)
{
    if (getenv("SCREEN_WRITE")) {
        script->parts[part] = arena_copy(arena, got);
    } else if (!script->parts[part]) {
        fail_msg("%s does not tell what is seen at %s", script->path, parts[part].name);
    } else if (strcmp(got, script->parts[part]) != 0) {
        print_error("%s at %s:\n", script->path, parts[part].name);
        screen_is(got, script->parts[part]);
    }
}

/*
 * A wide character has an empty cell behind it, and nothing else has; nothing moves the cursor or
 * the text about.
 */
static void check_cells(const struct script *script, const struct canvas *canvas)
{
    for (int row = 0; row < canvas->rows; row++)
        for (int col = 0; col < canvas->cols; col++) {
            const struct cell *cell = canvas_cell(canvas, row, col);
            const struct cell *behind = canvas_cell(canvas, row, col + 1);
            int columns = 1;
            bool wide = cell->bytes[0] && utf8_cluster(cell->bytes, &columns) && columns == 2;
            bool unsafe = cell->bytes[0] && (unsigned char)cell->bytes[0] < ' ';
            bool halved = wide != (behind && !behind->bytes[0]) && cell->bytes[0];
            if (unsafe || halved || (cell->style & ~STYLE_SELECTED) >= STYLE_COUNT)
                fail_msg("%s at %dx%d: the cell %d,%d is '%s'", script->path, canvas->cols,
                         canvas->rows, row, col, cell->bytes);
        }
}

static void check_canvas(void *context, const char *path)
{
    const struct screen *screen = context;
    const struct canvas *canvas = screen->script.canvas;
    const struct script script = {.path = path};
    check_cells(&script, canvas);
    if (canvas->cols < 40 || canvas->rows < 12)
        return;
    const char *text = canvas_dump(screen->arena, canvas);
    assert_int_not_equal(text[strlen(text) - 2], '\n'); /* the bottom line */
}

/* What the keys led to, in windows of all sizes, and drawn again in each. */
static void see_sizes(struct arena *arena, struct script *script)
{
    static const char *const sizes[] = {"300x100", "132x43", "100x12", "99x30",  "41x13",
                                        "39x12",   "40x11",  "1x1",    "300x100"};
    struct text keys = text_start(arena);
    text_add(&keys, script->keys);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        text_addf(&keys, "<Size %s><Call %s>", sizes[i], script->path);
    struct screen *screen = open_store(script);
    screen->script.call = check_canvas;
    screen->script.context = screen;
    play(screen, script, 80, 24, keys.bytes);
    assert_int_equal(screen->script.canvas->cols, 300);
    screen_close((void *[]){screen});
}

/* Between two keys the window changes twice; it ends at 80x24. */
static const char *stormy(struct arena *arena, const char *keys)
{
    static const int sizes[][2] = {{1, 1},   {300, 100}, {40, 12}, {20, 50}, {200, 60},
                                   {80, 24}, {39, 11},   {120, 2}, {99, 99}, {100, 30}};
    enum { SIZES = sizeof sizes / sizeof *sizes };
    struct text out = text_start(arena);
    text_add(&out, "");
    size_t turn = 0;
    while (*keys) {
        size_t n = *keys == '<' ? strcspn(keys, ">") + 1 : 1;
        while (((unsigned char)keys[n] & 0xC0) == 0x80)
            n++;
        text_add_n(&out, keys, n);
        keys += n;
        for (int i = 0; i < 2; i++, turn = (turn + 7) % SIZES)
            text_addf(&out, "<Size %dx%d>", sizes[turn][0], sizes[turn][1]);
        text_add(&out, "<Size 80x24>");
    }
    return out.bytes;
}

/* The store's folder is another one in each run: it is FOLDER in the expected screens. */
static const char *settle_folder(const struct screen *screen, const char *dump)
{
    struct text out = text_start(screen->arena);
    text_add(&out, "");
    for (const char *at; (at = strstr(dump, screen->folder)); dump = at + strlen(screen->folder))
        text_addf(&out, "%.*sFOLDER", (int)(at - dump), dump);
    text_add(&out, dump);
    return out.bytes;
}

static void see_storm(struct arena *arena, struct script *script)
{
    (void)arena;
    struct screen *screen = open_store(script);
    play(screen, script, 80, 24, stormy(screen->arena, script->keys));
    const char *got = settle_folder(screen, canvas_dump(screen->arena, screen->script.canvas));
    if (strcmp(got, script->parts[PLAIN]) != 0) {
        print_error("%s after a storm of resizes:\n", script->path);
        screen_is(got, script->parts[PLAIN]);
    }
    screen_close((void *[]){screen});
}

static void each_script(void (*run)(struct arena *arena, struct script *script))
{
    glob_t found;
    const char *only = getenv("SCREEN_ONLY");
    struct arena *arena = arena_new();
    assert_int_equal(glob(arena_format(arena, "%s*.screen", folder), 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct script script = script_read(arena, found.gl_pathv[i]);
        if (!only || strstr(script.path, only))
            run(arena, &script);
    }
    globfree(&found);
    arena_free(arena);
}

static void see(struct arena *arena, struct script *script)
{
    for (size_t i = 0; i < PARTS; i++) {
        if (parts[i].styles)
            continue; /* seen with the part before */
        struct screen *screen = open_store(script);
        play(screen, script, parts[i].cols, parts[i].rows, script->keys);
        const struct canvas *canvas = screen->script.canvas;
        compare(arena, script, i, settle_folder(screen, canvas_dump(screen->arena, canvas)));
        if (i == PLAIN)
            compare(arena, script, i + 1, canvas_dump_styles(screen->arena, canvas));
        screen_close((void *[]){screen});
    }
    if (getenv("SCREEN_WRITE"))
        script_write(script);
}

static void screens_look_as_written(void **state)
{
    (void)state;
    each_script(see);
}

static void any_size_is_sound(void **state)
{
    (void)state;
    each_script(see_sizes);
}

static void a_storm_of_resizes_changes_nothing(void **state)
{
    (void)state;
    each_script(see_storm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(screens_look_as_written),
                                       cmocka_unit_test(any_size_is_sound),
                                       cmocka_unit_test(a_storm_of_resizes_changes_nothing)};
    return cmocka_run_group_tests_name("scripts", tests, NULL, NULL);
}
