/*
 * Long work in the console: its progress is drawn between whole pieces, Esc stops it, nothing else
 * that is typed counts, and what was done stays done.
 */
#include "screen_support.h"
#include <base/file.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <transfer/transfer.h>

enum { MEETINGS = 170, EVENTS = 2500 };

/* A key that changes nothing: it is read while something works, or it is not. */
#define REST "<Size 80x24>"

/* A calendar of Ada's with this many events, on her static ID or without one. */
static const char *calendar(struct screen *screen, int events, const char *notes)
{
    struct error error = {0};
    struct text text = text_start(screen->arena);
    const char *path = arena_format(screen->arena, "%s/many.ics", screen->folder);
    text_add(&text, "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\n");
    for (int i = 0; i < events; i++)
        text_addf(&text,
                  "BEGIN:VEVENT\nUID:many-%d\nDTSTART:2027%02d%02dT%02d0000Z\nDURATION:PT30M\n"
                  "SUMMARY:Many %d\nDESCRIPTION:%s\nORGANIZER:mailto:ada@example.org\n"
                  "ATTENDEE:mailto:grace@example.org\nEND:VEVENT\n",
                  i, i / 28 % 12 + 1, i % 28 + 1, i / 336 % 24, i, notes);
    text_add(&text, "END:VCALENDAR\n");
    assert_int_equal(file_write(path, text.bytes, text.length, 0600, &error), ERR_OK);
    return path;
}

static int open_many(void **state)
{
    screen_open_calendar(state);
    struct screen *screen = *state;
    struct import_report report = {0};
    const char *path = calendar(screen, MEETINGS - 3, "Conference ID: 7654321");
    assert_int_equal(
        transfer_import(&screen->session, screen->arena, path, (struct import_how){0}, &report),
        ERR_OK);
    assert_int_equal(report.legacy, MEETINGS - 3);
    screen->impatient = true;
    return 0;
}

static size_t legacy(struct screen *screen)
{
    struct occurrences list = {0};
    struct organizer ada = screen_ada(screen);
    assert_int_equal(desk_legacy(&screen->session, screen->arena, &ada, false, false, &list),
                     ERR_OK);
    return list.count;
}

/* --- converting --- */

/*
 * Of many, what it comes to is seen without scrolling, and the box tells its keys only while the
 * work runs.
 */
static void the_question_begins_with_the_sum(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "C<Dump>y<Dump><Esc>");
    assert_non_null(strstr(screen->dumps, "170 meetings will each get a dynamic ID"));
    assert_non_null(strstr(screen->dumps, "169 reminders with the new ID will"));
    const char *work = strstr(screen->dumps, "50 of 170 meetings");
    assert_non_null(work);
    assert_null(strstr(work, "leave as it is"));
    assert_null(strstr(work, "* risks"));
}

static void esc_stops(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "Cy<Dump><Esc><Size 80x24>");
    assert_non_null(strstr(screen->dumps, "50 of 170 meetings"));
    assert_non_null(strstr(screen->dumps, "Esc stops; what is done stays done"));
    assert_non_null(strstr(screen->dumps, "█░"));
    screen_has(screen, "Stopped: 100 of 170 meetings are converted, 99 reminders queued.");
    assert_int_equal(legacy(screen), 70);
    screen_sound(screen);
    screen_run(screen, 40, 12, "legacy", "Cy<Dump>");
    assert_non_null(strstr(screen->dumps, "50 of 70 meetings"));
    assert_int_equal(legacy(screen), 0);
}

static void all_parts_are_one_step(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "Cyxx<Dump><Esc>uy" REST REST REST);
    screen_has(screen, "Undone: 170 meetings are back on their static IDs; 169 reminders");
    assert_int_equal(legacy(screen), MEETINGS);
    screen_sound(screen);
}

static void undoing_stops_and_goes_on(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy",
               "Cy" REST REST REST "<Esc>uy<Dump><Esc>" REST "<Dump>uy" REST REST REST);
    assert_non_null(strstr(screen->dumps, "Undoing"));
    assert_non_null(strstr(screen->dumps, "50 of 170 meetings"));
    assert_non_null(
        strstr(screen->dumps, "Stopped: 100 of 170 meetings are undone; u undoes the rest."));
    screen_has(screen, "Undone: 70 meetings are back on their static IDs; ");
    assert_int_equal(legacy(screen), MEETINGS);
    screen_sound(screen);
}

/* D and q are typed while it works: neither is done. */
static void other_keys_are_dropped(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "CyDq<Esc>n");
    assert_int_equal(legacy(screen), 0);
    screen_has(screen, "New meeting"); /* what is typed behind it counts again */
    screen_sound(screen);
}

static void the_window_follows(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 120, 40, "legacy", "Cy<Size 40x12><Dump>x<Size 20x5>");
    assert_non_null(strstr(screen->dumps, "100 of 170 meetings"));
    const char *end = strchr(screen->dumps, '\n');
    assert_true(end - screen->dumps <= 40 * 4);
    assert_int_equal(legacy(screen), 0);
}

/*
 * The terminal is lost in the midst of it: the part that was begun is whole, the rest is as it was.
 */
static void a_lost_terminal_stops(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "Cy");
    assert_int_equal(legacy(screen), MEETINGS - 100);
    screen_sound(screen);
}

/* Somebody else converts one of them meanwhile: its part is refused whole, those before stay. */
static void convert_another(void *context, const char *name)
{
    struct screen *screen = context;
    struct session other;
    struct strings one = {0};
    struct conversions done = {0};
    *vector_push(screen->arena, &one) = name;
    assert_int_equal(session_start(&other), ERR_OK);
    assert_int_equal(desk_convert(&other, screen->arena, &one, true, &done), ERR_OK);
    session_end(&other);
}

static void a_part_that_is_refused(void **state)
{
    struct screen *screen = *state;
    screen->script.call = convert_another;
    screen->script.context = screen;
    screen_run(screen, 120, 24, "legacy", "Cy<Call many-166>x<Size 120x24><Size 120x24>");
    screen_has(screen, "then: it has a dynamic ID already");
    size_t left = legacy(screen);
    assert_true(left > 0 && left < 50);
    screen_sound(screen);
}

/* --- importing --- */

static void an_import_is_reported(void **state)
{
    struct screen *screen = *state;
    calendar(screen, 40, "no ID here");
    screen_run(screen, 80, 24, "agenda", ":import<Enter>~/many.ics<Enter>");
    screen_has(screen, "Imported: 40 added, 0 updated, 0 legacy.");
    screen_run(screen, 80, 24, "agenda", "I~/nowhere.ics<Enter>");
    screen_has(screen, "there is no such file");
    screen_has(screen, "File ~/nowhere.ics"); /* what was typed stays */
    screen_run(screen, 80, 24, "agenda", "I<Enter>");
    screen_has(screen, "Write the name of an iCalendar file");
    screen_sound(screen);
}

static void an_import_is_stopped(void **state)
{
    struct screen *screen = *state;
    struct found_meetings list = {0};
    calendar(screen, EVENTS, "no ID here");
    screen->impatient = true;
    screen_run(screen, 80, 24, "agenda", "I~/many.ics<Enter><Dump><Esc><Size 80x24>");
    assert_non_null(strstr(screen->dumps, "Importing"));
    assert_non_null(strstr(screen->dumps, " events read"));
    screen_has(screen, "Stopped; what was read is in: ");
    assert_int_equal(
        desk_search(&screen->session, screen->arena, "many", zone_utc(), EVENTS, &list), ERR_OK);
    assert_true(list.count >= 1000 && list.count < EVENTS);
    screen_sound(screen);
}

/* A search that has not looked at all that may fit says so, in both places. */
static void a_search_leaves_something_aside(void **state)
{
    struct screen *screen = *state;
    struct import_report report = {0};
    const char *path = calendar(screen, EVENTS, "no ID here"), *more = "More meetings may fit than";
    assert_int_equal(
        transfer_import(&screen->session, screen->arena, path, (struct import_how){0}, &report),
        ERR_OK);
    screen_run(screen, 80, 24, "lookup", "many 3:17");
    screen_has(screen, more);
    screen_run(screen, 80, 24, "lookup", "many");
    screen_lacks(screen, more);
    screen_run(screen, 80, 24, "agenda", "/many 3:17");
    screen_has(screen, more);
    screen_run(screen, 80, 24, "agenda", "/many 5:00");
    screen_lacks(screen, more);
}

/* --- sync --- */

static const char *vdir(struct screen *screen)
{
    struct error error = {0};
    const char *folder = arena_format(screen->arena, "%s/vdir", screen->folder);
    assert_int_equal(file_make_folder(folder, &error), ERR_OK);
    return folder;
}

static void put_file(struct screen *screen, const char *name, const char *uid, const char *title)
{
    struct error error = {0};
    const char *text = arena_format(
        screen->arena,
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:%s\r\n"
        "DTSTAMP:20261123T090000Z\r\nDTSTART:20261201T090000Z\r\nDURATION:PT30M\r\nSUMMARY:%s\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        uid, title);
    assert_int_equal(file_write(arena_format(screen->arena, "%s/vdir/%s", screen->folder, name),
                                text, strlen(text), 0600, &error),
                     ERR_OK);
}

static void a_sync_is_reported_and_its_folder_remembered(void **state)
{
    struct screen *screen = *state;
    const char *keys = arena_format(screen->arena, ":sync<Enter>%s<Enter>", vdir(screen));
    put_file(screen, "one.ics", "one", "From a file");
    screen_run(screen, 120, 24, "agenda", keys);
    screen_has(screen, "Synced: 7 files written, 0 removed; 1 meetings added, 0 updated");
    screen_run(screen, 120, 24, "agenda", "S<Enter>"); /* the folder stands there */
    screen_has(screen, "Synced: 0 files written, 0 removed; 0 meetings added");
    screen_sound(screen);
}

static void changed_there(void *context, const char *name)
{
    struct screen *screen = context;
    put_file(screen, "one.ics", "one", name);
}

static void a_conflict_is_told(void **state)
{
    struct screen *screen = *state;
    const char *folder = vdir(screen);
    put_file(screen, "one.ics", "one", "From a file");
    screen->script.call = changed_there;
    screen->script.context = screen;
    screen_run(
        screen, 120, 24, "agenda",
        arena_format(screen->arena,
                     "S%s<Enter>/From a<Enter>eChanged here<^S>q<Call Changed there>S<Enter>",
                     folder));
    screen_has(screen, "Conflicts (both versions are kept):");
    screen_has(screen, "one.ics: ");
    screen_has(screen, "without a conference ID");
    screen_has(screen, "1 conflict.");
    screen_sound(screen);
}

static void a_sync_that_cannot_be_done_stays(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 120, 24, "agenda", "S<Enter>");
    screen_has(screen, "Write the name of a folder");
    screen_run(screen, 120, 24, "agenda", "S/nowhere/at/all<Enter>");
    screen_has(screen, "there is no such directory");
    screen_has(screen, "/nowhere/at/all"); /* and is still to be corrected */
}

static void a_sync_is_stopped(void **state)
{
    struct screen *screen = *state;
    struct import_report report = {0};
    const char *path = calendar(screen, 450, "");
    assert_int_equal(
        transfer_import(&screen->session, screen->arena, path, (struct import_how){0}, &report),
        ERR_OK);
    screen->impatient = true;
    const char *folder = vdir(screen);
    screen_run(screen, 120, 24, "agenda",
               arena_format(screen->arena, "S%s<Enter><Dump><Esc>" REST REST, folder));
    assert_non_null(strstr(screen->dumps, "200 meetings settled"));
    screen_has(screen, "Stopped; what was settled is done: 400 files written");
    screen_run(screen, 120, 24, "agenda", "S<Enter>" REST REST REST);
    screen_has(screen, "Synced: 57 files written, 0 removed; 0 meetings added, 0 updated");
    screen_sound(screen);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_many, screen_close)
#define CASE_FEW(name) cmocka_unit_test_setup_teardown(name, screen_open_calendar, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_question_begins_with_the_sum),
        CASE(esc_stops),
        CASE(undoing_stops_and_goes_on),
        CASE(all_parts_are_one_step),
        CASE(other_keys_are_dropped),
        CASE(the_window_follows),
        CASE(a_lost_terminal_stops),
        CASE(a_part_that_is_refused),
        CASE_FEW(an_import_is_reported),
        CASE_FEW(an_import_is_stopped),
        CASE_FEW(a_search_leaves_something_aside),
        CASE_FEW(a_sync_is_reported_and_its_folder_remembered),
        CASE_FEW(a_conflict_is_told),
        CASE_FEW(a_sync_that_cannot_be_done_stays),
        CASE_FEW(a_sync_is_stopped),
    };
    return cmocka_run_group_tests_name("console long", tests, NULL, NULL);
}
