/*
 * A store that may only be read, or that goes away: the console says so, keeps what was typed, and
 * goes on when it can.
 */
#include "../store/fault_vfs.h"
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static const char *store(const struct screen *screen)
{
    return arena_format(screen->arena, "%s/store.db", screen->folder);
}

/*
 * As a store is opened on which one has no right to write. Root has every right, so the mode alone
 * tells.
 */
static int open_read_only(void **state)
{
    screen_open_calendar(state);
    struct screen *screen = *state;
    session_end(&screen->session);
    assert_int_equal(session_start(&screen->session), ERR_OK);
    assert_int_equal(session_store(&screen->session, DB_READ, NULL), ERR_OK);
    return 0;
}

static size_t meetings(struct screen *screen)
{
    struct found_meetings list = {0};
    assert_int_equal(
        desk_search(&screen->session, screen->arena, "example", zone_utc(), 100, &list), ERR_OK);
    return list.count;
}

static void away(void *context, const char *name)
{
    const struct screen *screen = context;
    const char *there = store(screen);
    const char *hidden = arena_format(screen->arena, "%s.away", there);
    bool back = strcmp(name, "back") == 0;
    assert_int_equal(rename(back ? hidden : there, back ? there : hidden), 0);
}

/*
 * A meeting is typed and saved between two calls, of which the first takes the store's help away;
 * later it is saved as it was typed.
 */
static void saves_later(struct screen *screen, void (*call)(void *, const char *), const char *from,
                        const char *until, const char *told)
{
    size_t before = meetings(screen);
    screen->script.call = call;
    screen->script.context = screen;
    screen_run(screen, 120, 24, "agenda",
               arena_format(screen->arena,
                            "nKick-off<Tab>2026-11-30<Tab>9:30<Call %s><^S><Dump><Call %s><^S>",
                            from, until));
    assert_non_null(strstr(screen->dumps, told));
    assert_non_null(strstr(screen->dumps, "Title       Kick-off"));
    screen_has(screen, "Scheduled. Its conference ID is");
    assert_int_equal(meetings(screen), before + 1);
}

/* --- gone --- */

static void a_store_that_goes_and_comes_back(void **state)
{
    saves_later(*state, away, "away", "back", "it is gone: its file was removed");
}

static void it_is_said_without_a_key(void **state)
{
    struct screen *screen = *state;
    struct stat status;
    screen->script.call = away;
    screen->script.context = screen;
    screen_run(screen, 120, 24, "agenda", "<Call away>t<Dump>t<Call back>t<Size 120x24>");
    assert_non_null(strstr(screen->dumps, "it is gone"));
    screen_has(screen, "Helpdesk training"); /* what was read stays on the screen */
    screen_has(screen, "The store is there again.");
    screen_run(screen, 120, 24, "agenda", "<Call away>u");
    assert_int_not_equal(stat(store(screen), &status), 0); /* none was made in its place */
}

/* --- full --- */

static int open_full(void **state)
{
    fault_vfs_install();
    return screen_open_calendar(state);
}

static int close_full(void **state)
{
    fault_vfs_arm(FAULT_DISK_FULL, 0, false);
    return screen_close(state);
}

static void fill(void *context, const char *name)
{
    (void)context;
    fault_vfs_arm(FAULT_DISK_FULL, strcmp(name, "full") == 0 ? 1 : 0, true);
}

static void what_was_typed_is_saved_when_there_is_room(void **state)
{
    saves_later(*state, fill, "full", "room", "the disk is full, nothing was changed");
}

static void what_is_not_done_can_be_done_later(void **state)
{
    struct screen *screen = *state;
    screen->script.call = fill;
    screen->script.context = screen;
    screen_run(screen, 120, 24, "legacy",
               "<Call full>Cy<Dump><Call room>Cy<Esc><Call full>uy<Dump><Call room>uy");
    const char *first = strstr(screen->dumps, "the disk is full");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "the disk is full"));
    screen_has(screen, "Undone: 3 meetings are back on their static IDs");
}

static void the_first_run_is_done_again(void **state)
{
    struct screen *screen = *state;
    screen->script.call = fill;
    screen->script.context = screen;
    screen_run(screen, 80, 24, "agenda",
               "<Call full>y<Dump><Call room>y<Call full><^S><Dump><Call room><^S>");
    const char *first = strstr(screen->dumps, "the disk is full");
    assert_non_null(first);
    assert_non_null(strstr(first, "Name        Ada Lovelace"));
    screen_has(screen, "New meeting");
}

static int open_full_first(void **state)
{
    fault_vfs_install();
    return screen_open(state);
}

/* --- read-only --- */

/* Root may write everything: so what would be opened for writing is not there at all. */
static void keys_that_change_say_why(void **state)
{
    struct screen *screen = *state;
    screen->session.settings.db = "/nowhere/store.db";
    static const char *const keys[] = {"n", "e", "D", "u", "I", ":cancel<Enter>"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        screen_run(screen, 80, 24, "agenda", keys[i]);
        screen_has(screen, "Nothing can be changed here: ");
        screen_has(screen, "[read-only] Agenda");
    }
    screen_run(screen, 40, 12, "legacy", "C");
    screen_has(screen, "Nothing can be changed here: ");
    screen_has(screen, "[read-only] Legacy");
}

static void it_is_tried_again(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Dump>nKick-off<Tab>2026-11-30<Tab>9:30<^S>");
    assert_non_null(strstr(screen->dumps, "[read-only] Agenda"));
    screen_lacks(screen, "[read-only]"); /* it may be written: that was found at the first n */
    screen_has(screen, "Scheduled. Its conference ID is");
}

static void forms_of_the_directory_show(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "directory", "e");
    screen_has(screen, "Address     ada@example.org");
    screen_has(screen, "[read-only] Organizer");
    screen_run(screen, 80, 24, "directory", "e<Tab>Nobody");
    screen_has(screen, "This store may only be read; nothing can be changed.");
    screen_has(screen, "Name        Ada Lovelace");
    screen_run(screen, 80, 24, "directory", "e<Tab><Tab><Tab><Right><^S>");
    screen_has(screen, "Dial-in     on");
    screen_has(screen, "This store may only be read; nothing can be changed.");
    screen_run(screen, 80, 24, "directory", "e<Tab><Esc>");
    screen_has(screen, "[read-only] Directory");
    screen_run(screen, 80, 24, "directory", "<Tab><Tab>e");
    screen_has(screen, "Quarantine  365");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, screen_open_calendar, screen_close)
#define CASE_READ(name) cmocka_unit_test_setup_teardown(name, open_read_only, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_store_that_goes_and_comes_back),
        CASE(it_is_said_without_a_key),
        CASE_READ(keys_that_change_say_why),
        CASE_READ(it_is_tried_again),
        CASE_READ(forms_of_the_directory_show),
        cmocka_unit_test_setup_teardown(what_was_typed_is_saved_when_there_is_room, open_full,
                                        close_full),
        cmocka_unit_test_setup_teardown(what_is_not_done_can_be_done_later, open_full, close_full),
        cmocka_unit_test_setup_teardown(the_first_run_is_done_again, open_full_first, close_full),
    };
    return cmocka_run_group_tests_name("console faults", tests, NULL, NULL);
}
