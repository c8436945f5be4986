/*
 * The window of a long list: which records it reads as it moves, and where the selection stands.
 */
#include <console/window.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SCREEN_ROWS = 10, RECORDS = 100 };

/* A list of numbers in order, of which those below `first` and from `end` on are gone. */
struct numbers_list {
    int first, end;
    bool fails;
};

static enum err numbers_read(struct console *console, struct arena *arena, const void *about,
                             const struct window_page *page, struct window_rows *out)
{
    (void)console;
    const struct numbers_list *list = about;
    if (list->fails)
        return ERR_IO;
    int from = page->from ? *(const int *)page->from : page->before ? list->end : list->first;
    int limit = (int)page->limit;
    int begin = page->before ? (from < list->end ? from : list->end) - limit : from;
    int end = begin + limit;
    begin = begin < list->first ? list->first : begin;
    end = end > list->end ? list->end : end;
    for (int i = begin; i < end; i++) {
        int *number = arena_alloc(arena, sizeof *number);
        *number = i;
        *vector_push(arena, out) = number;
    }
    return ERR_OK;
}

static bool numbers_same(const void *a, const void *b)
{
    return *(const int *)a == *(const int *)b;
}

struct fixture {
    struct arena *arena;
    struct terminal term;
    struct console console;
    struct numbers_list list;
    struct window_source source;
    struct window window;
    struct show_list show;
};

static int setup(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *fixture = arena_alloc(arena, sizeof *fixture);
    fixture->arena = arena;
    fixture->term.rows = SCREEN_ROWS;
    fixture->console.term = &fixture->term;
    fixture->list.end = RECORDS;
    fixture->source = (struct window_source){numbers_read, numbers_same, &fixture->list};
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct fixture *)*state)->arena);
    return 0;
}

static enum err load(struct fixture *fixture, enum window_move move)
{
    fixture->window.move = move;
    return window_load(&fixture->console, fixture->arena, &fixture->source, &fixture->window,
                       &fixture->show);
}

static int row(const struct fixture *fixture, size_t at)
{
    return *(const int *)fixture->window.rows.items[at];
}

/* The window is [first, end) of the list, and the selected record is this one. */
static void check(const struct fixture *fixture, int first, int end, int selected)
{
    const struct window *window = &fixture->window;
    assert_int_equal(window->rows.count, end - first);
    assert_int_equal(row(fixture, 0), first);
    assert_int_equal(row(fixture, window->rows.count - 1), end - 1);
    assert_int_equal(row(fixture, fixture->show.selected), selected);
    assert_int_equal(window->more_before, first > fixture->list.first);
    assert_int_equal(window->more_behind, end < fixture->list.end);
    assert_int_equal(window->move, WINDOW_STAY);
}

static void select_record(struct fixture *fixture, size_t at, size_t top)
{
    fixture->show.selected = at;
    fixture->show.top = top;
}

static void moves_on_and_back(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, WINDOW_STAY), ERR_OK);
    check(fixture, 0, 30, 0);
    select_record(fixture, 25, 18);
    assert_int_equal(load(fixture, WINDOW_ON), ERR_OK);
    check(fixture, 15, 45, 25);
    assert_int_equal(fixture->show.top, 3); /* the selected record stays in the screen's row 7 */
    assert_int_equal(load(fixture, WINDOW_STAY), ERR_OK);
    check(fixture, 15, 45, 25);
    assert_int_equal(fixture->show.top, 3);
    select_record(fixture, 10, 8); /* a screen stands before it already: the window stays */
    assert_int_equal(load(fixture, WINDOW_ON), ERR_OK);
    check(fixture, 15, 45, 25);
    select_record(fixture, 5, 3);
    assert_int_equal(load(fixture, WINDOW_ON), ERR_OK);
    check(fixture, 15, 45, 20);
    select_record(fixture, 2, 0);
    assert_int_equal(load(fixture, WINDOW_BACK), ERR_OK);
    check(fixture, 5, 35, 17);
    assert_int_equal(fixture->show.top, 10);
    assert_int_equal(load(fixture, WINDOW_BACK), ERR_OK);
    check(fixture, 0, 30, 17);
    assert_int_equal(load(fixture, WINDOW_BACK), ERR_OK); /* nothing is before it */
    check(fixture, 0, 30, 17);
}

static void first_and_last(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, WINDOW_LAST), ERR_OK);
    check(fixture, 70, 100, 99);
    assert_int_equal(load(fixture, WINDOW_FIRST), ERR_OK);
    check(fixture, 0, 30, 0);
    fixture->list.end = 30; /* as many as the window holds: there are no more */
    assert_int_equal(load(fixture, WINDOW_LAST), ERR_OK);
    check(fixture, 0, 30, 29);
    fixture->list.end = 31;
    assert_int_equal(load(fixture, WINDOW_LAST), ERR_OK);
    check(fixture, 1, 31, 30);
    fixture->list.end = 0;
    assert_int_equal(load(fixture, WINDOW_LAST), ERR_OK);
    assert_int_equal(fixture->window.rows.count, 0);
    assert_int_equal(fixture->show.selected, 0);
    assert_false(fixture->window.more_before || fixture->window.more_behind);
    assert_int_equal(load(fixture, WINDOW_ON), ERR_OK); /* of an empty window: from the first */
    fixture->list.end = RECORDS;
    assert_int_equal(load(fixture, WINDOW_BACK), ERR_OK);
    check(fixture, 0, 30, 0);
}

static void records_that_go(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, WINDOW_LAST), ERR_OK);
    select_record(fixture, 29, 20);
    fixture->list.end = 90; /* the selected one is gone: its place has another */
    assert_int_equal(load(fixture, WINDOW_STAY), ERR_OK);
    check(fixture, 70, 90, 89);
    fixture->list.end = 50; /* the whole window is gone: what is before it is shown */
    assert_int_equal(load(fixture, WINDOW_STAY), ERR_OK);
    check(fixture, 20, 50, 39);
    select_record(fixture, 5, 5);
    fixture->list.first = 24;
    assert_int_equal(load(fixture, WINDOW_FIRST), ERR_OK);
    check(fixture, 24, 50, 24);
}

static void failure_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, WINDOW_STAY), ERR_OK);
    select_record(fixture, 25, 18);
    fixture->list.fails = true;
    assert_int_equal(load(fixture, WINDOW_ON), ERR_IO);
    check(fixture, 0, 30, 25);
    assert_int_equal(load(fixture, WINDOW_BACK), ERR_IO);
    check(fixture, 0, 30, 25);
    assert_int_equal(fixture->show.top, 18);
}

/* --- actions --- */

static enum err counted_load(struct console *console, struct view *view)
{
    (void)console;
    ++*(int *)view->state;
    return ERR_OK;
}

/* The move that the action asks for, with a page of so many rows; WINDOW_STAY: nothing is loaded. */
static enum window_move moved_by(struct fixture *fixture, enum action action, size_t selected,
                                 int page, enum reaction reaction)
{
    static const struct view_class class = {.load = counted_load};
    int loads = 0;
    struct view view = {.class = &class,
                        .state = &loads,
                        .arena = arena_new(),
                        .fresh = arena_new(),
                        .area.rows = page};
    fixture->window.move = WINDOW_STAY;
    fixture->show.selected = selected;
    assert_int_equal(window_act(&fixture->console, &view, &fixture->window, &fixture->show, action),
                     reaction);
    enum window_move move = fixture->window.move;
    assert_int_equal(loads, move == WINDOW_ON || move == WINDOW_BACK);
    arena_free(view.arena);
    arena_free(view.fresh);
    return move;
}

static void actions_move_it(void **state)
{
    struct fixture *fixture = *state;
    static const enum action down[] = {ACT_DOWN, ACT_HALF_DOWN, ACT_PAGE_DOWN};
    static const enum action up[] = {ACT_UP, ACT_HALF_UP, ACT_PAGE_UP};
    assert_int_equal(load(fixture, WINDOW_STAY), ERR_OK);
    fixture->window.more_before = true;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(moved_by(fixture, down[i], 22, 8, REACT_PASS), WINDOW_ON);
        assert_int_equal(moved_by(fixture, down[i], 21, 8, REACT_PASS), WINDOW_STAY);
        assert_int_equal(moved_by(fixture, up[i], 7, 8, REACT_PASS), WINDOW_BACK);
        assert_int_equal(moved_by(fixture, up[i], 8, 8, REACT_PASS), WINDOW_STAY);
    }
    assert_int_equal(moved_by(fixture, ACT_DOWN, 28, 0, REACT_PASS), WINDOW_STAY);
    assert_int_equal(moved_by(fixture, ACT_DOWN, 29, 0, REACT_PASS), WINDOW_ON);
    assert_int_equal(moved_by(fixture, ACT_OPEN, 29, 8, REACT_PASS), WINDOW_STAY);
    assert_int_equal(moved_by(fixture, ACT_FIRST, 5, 8, REACT_RELOAD), WINDOW_FIRST);
    assert_int_equal(moved_by(fixture, ACT_LAST, 5, 8, REACT_RELOAD), WINDOW_LAST);
    fixture->window.more_before = fixture->window.more_behind = false;
    assert_int_equal(moved_by(fixture, ACT_DOWN, 29, 8, REACT_PASS), WINDOW_STAY);
    assert_int_equal(moved_by(fixture, ACT_UP, 0, 8, REACT_PASS), WINDOW_STAY);
}

#define WINDOW_TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WINDOW_TEST(moves_on_and_back), WINDOW_TEST(first_and_last),
        WINDOW_TEST(records_that_go),   WINDOW_TEST(failure_changes_nothing),
        WINDOW_TEST(actions_move_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
