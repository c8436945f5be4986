/*
 * The legacy view of more meetings than it holds: a window that moves by ID, marks that stay where
 * they are not seen, risks that are looked for in all of them, and conversions of what no list in
 * memory holds.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 1100 };

static int open_many(void **state)
{
    screen_open_calendar(state);
    screen_add_legacy(*state, 1, MANY);
    return 0;
}

static size_t legacy(struct screen *screen)
{
    size_t count = 0;
    assert_int_equal(desk_legacy_count(&screen->session, NULL, 0, &count), ERR_OK);
    return count;
}

static const char *times(struct screen *screen, const char *key, int count)
{
    struct text keys = text_start(screen->arena);
    for (int i = 0; i < count; i++)
        text_add(&keys, key);
    return keys.bytes;
}

/* The pages are the whole list, each meeting once, whichever way they are read. */
static void pages_are_the_list(void **state)
{
    struct screen *screen = *state;
    struct strings seen = {0};
    for (int before = 0; before < 2; before++) {
        struct occurrence last = {0};
        size_t met = 0;
        for (;;) {
            struct occurrences list = {0};
            struct legacy_page page = {.from = last.meeting, .before = before, .limit = 97};
            assert_int_equal(desk_legacy_page(&screen->session, screen->arena, NULL, &page, &list),
                             ERR_OK);
            bool again = !before && last.meeting; /* `from` itself comes once more */
            for (size_t i = again; i < list.count; i++, met++) {
                const char *uid = list.items[i].meeting->uid;
                if (!before)
                    *vector_push(screen->arena, &seen) = uid;
                else
                    assert_string_equal(uid, seen.items[seen.count - met - list.count + 2 * i]);
            }
            if (list.count < page.limit)
                break;
            last = list.items[before ? 0 : list.count - 1];
        }
        assert_int_equal(met, MANY + 3);
        assert_int_equal(seen.count, MANY + 3);
    }
}

/* Down through the groups to the last, and back: each group's heading stands over its own. */
static void the_window_moves(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy",
               arena_format(screen->arena, "A%s", times(screen, "j", 150)));
    screen_has(screen, "over 1000, everybody");
    screen_has(screen, "o12@example.org");
    screen_has(screen, "11 meetings");
    screen_run(
        screen, 80, 24, "legacy",
        arena_format(screen->arena, "A%s%s", times(screen, "j", 300), times(screen, "k", 305)));
    screen_has(screen, "7654321  ada@example.org");
    screen_run(screen, 80, 24, "legacy", "AG");
    screen_has(screen, "5001089");
    screen_has(screen, "Legacy 001099");
    screen_run(screen, 40, 12, "legacy", "AGg");
    screen_lacks(screen, "5001089");
}

/* Marks of one window are there when it comes back, and what is converted is what is marked. */
static void marks_outlast_the_window(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "A G g<Dump>c<Dump>y");
    assert_non_null(strstr(screen->dumps, "over 1000, 2 marked, everybody"));
    assert_non_null(strstr(screen->dumps, "[x]"));
    assert_non_null(strstr(screen->dumps, "2 meetings will each get a dynamic ID"));
    assert_non_null(strstr(screen->dumps, "2 static IDs no longer reach these meetings; those"));
    screen_has(screen, "Converted 2 meetings");
    assert_int_equal(legacy(screen), MANY + 1);
    screen_run(screen, 80, 24, "legacy", "A  A<Dump>A");
    screen_has(screen, "over 1000, everybody"); /* another list, and no marks that nobody sees */
    screen_sound(screen);
}

static void risks_are_found_in_all(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "A*<Dump>cy<Esc>");
    assert_non_null(strstr(screen->dumps, "4 at risk, 4 marked, everybody"));
    assert_non_null(strstr(screen->dumps, "Marked 4 with a mixing risk; c converts them."));
    assert_non_null(strstr(screen->dumps, "Legacy 000500"));
    assert_null(strstr(screen->dumps, "Legacy 000001"));
    screen_has(screen, "over 1000, everybody");
    assert_int_equal(legacy(screen), MANY - 1);
    screen_run(screen, 80, 24, "legacy", "A*");
    screen_has(screen, "No meeting here has a mixing risk.");
    screen_sound(screen);
}

static void a_second_star_shows_all_again(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "A**");
    screen_has(screen, "over 1000, everybody");
    screen_lacks(screen, "[x]");
}

static void looking_for_risks_stops(void **state)
{
    struct screen *screen = *state;
    screen->impatient = true;
    screen_run(screen, 80, 24, "legacy", "A*<Dump><Esc><Size 80x24>");
    assert_non_null(strstr(screen->dumps, "Looking for mixing risks"));
    assert_non_null(strstr(screen->dumps, "201 of 1103 meetings"));
    screen_has(screen, "Stopped: 4 with a mixing risk are found and marked so far.");
}

static void all_are_converted_in_parts(void **state)
{
    struct screen *screen = *state;
    screen->impatient = true;
    screen_run(screen, 80, 24, "legacy", "AC<Dump>y<Dump><Esc><Size 80x24>");
    assert_non_null(strstr(screen->dumps, "1103 meetings will each get a dynamic ID"));
    assert_non_null(strstr(screen->dumps, "dynamic ID, in batches; Esc"));
    assert_non_null(strstr(screen->dumps, "50 of 1103 meetings"));
    screen_has(screen, "Stopped: 100 of 1103 meetings are converted");
    assert_int_equal(legacy(screen), MANY + 3 - 100);
    screen_sound(screen);
}

/*
 * All that were converted page by page are one step; its undoing stops between two parts, and goes
 * on.
 */
static void undoing_all_stops_and_goes_on(void **state)
{
    struct screen *screen = *state;
    const char *rest = times(screen, "<Size 80x24>", 25);
    screen->impatient = true;
    screen_run(screen, 80, 24, "legacy",
               arena_format(screen->arena, "ACy%s<Dump><Esc>uy%s<Esc><Size 80x24><Dump>uy%s", rest,
                            times(screen, "<Size 80x24>", 10), rest));
    assert_non_null(strstr(screen->dumps, "Converted 1103 meetings"));
    assert_non_null(strstr(screen->dumps, "Stopped: 600 of 1103 meetings are undone"));
    screen_has(screen, "Undone: 503 meetings are back on their static IDs");
    assert_int_equal(legacy(screen), MANY + 3);
    screen_sound(screen);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_many, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(pages_are_the_list),
        CASE(the_window_moves),
        CASE(marks_outlast_the_window),
        CASE(risks_are_found_in_all),
        CASE(a_second_star_shows_all_again),
        CASE(looking_for_risks_stops),
        CASE(all_are_converted_in_parts),
        CASE(undoing_all_stops_and_goes_on),
    };
    return cmocka_run_group_tests_name("console legacy", tests, NULL, NULL);
}
