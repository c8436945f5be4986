/*
 * The invitation's view: its forms and languages, what is copied, and the file that is written.
 */
#include "screen_support.h"
#include <base/file.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* What stands in a file of the test's folder; fails if there is none. */
static const char *file_in(struct screen *screen, const char *name)
{
    char *bytes = NULL;
    size_t size;
    struct error error = {0};
    const char *path = arena_format(screen->arena, "%s/%s", screen->folder, name);
    if (file_read(screen->arena, path, 100000, &bytes, &size, &error) != ERR_OK)
        fail_msg("%s: %s", error.what, error.why);
    return bytes;
}

/* Opens the invitation, gives the keys, and writes it to this file of the test's folder. */
static void write_file(struct screen *screen, const char *keys, const char *name, const char *then)
{
    screen_run(screen, 80, 24, "agenda",
               arena_format(screen->arena, "ji%sW<^U><Paste %s/%s><Enter>%s", keys, screen->folder,
                            name, then));
}

static void each_form_is_copied(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jiy");
    screen_has(screen, "Copied the invitation as text, 11 lines.");
    assert_int_equal(strncmp(screen->script.copied, "Budget review\n", 14), 0);
    screen_run(screen, 80, 24, "agenda", "ji<Tab>y");
    screen_has(screen, "Copied the invitation as HTML");
    assert_int_equal(strncmp(screen->script.copied, "<!DOCTYPE html>", 15), 0);
    screen_run(screen, 80, 24, "agenda", "ji<Tab><Tab>y");
    screen_has(screen, "Copied the invitation as iCalendar");
    assert_int_equal(strncmp(screen->script.copied, "BEGIN:VCALENDAR\r\n", 17), 0);
    screen_run(screen, 80, 24, "agenda", "ji<Tab><Tab><Tab>y");
    screen_has(screen, "Copied the invitation as text");
}

/* The meeting's own language comes first, so that one key leads to the next one. */
static void languages_are_gone_through(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "ji");
    screen_has(screen, "Invitation · text, en · Budget review");
    screen_run(screen, 80, 24, "agenda", "jily");
    screen_has(screen, "text, da");
    assert_non_null(strstr(screen->script.copied, "Konference-id"));
    screen_run(screen, 80, 24, "agenda", "jil<Tab>y");
    screen_has(screen, "HTML, da");
    assert_non_null(strstr(screen->script.copied, "lang=\"da\""));
}

static void a_file_is_written(void **state)
{
    struct screen *screen = *state;
    struct stat status;
    mode_t before = umask(022);
    write_file(screen, "<Tab><Tab>", "review.ics", "");
    umask(before);
    screen_has(screen, "review.ics: ");
    assert_non_null(strstr(file_in(screen, "review.ics"), "SUMMARY:Budget review\r\n"));
    assert_int_equal(stat(arena_format(screen->arena, "%s/review.ics", screen->folder), &status),
                     0);
    assert_int_equal(status.st_mode & 0777, 0644);
}

/* What is there is kept unless the question is answered with y. */
static void another_file_is_kept(void **state)
{
    struct screen *screen = *state;
    const char *path = arena_format(screen->arena, "%s/taken", screen->folder);
    assert_int_equal(file_write(path, "mine", 4, 0600, NULL), ERR_OK);
    write_file(screen, "", "taken", "");
    screen_has(screen, "Overwrite the file?");
    write_file(screen, "", "taken", "<Enter>");
    assert_string_equal(file_in(screen, "taken"), "mine");
    write_file(screen, "", "taken", "n");
    assert_string_equal(file_in(screen, "taken"), "mine");
    write_file(screen, "", "taken", "y");
    screen_has(screen, "Written to ");
    assert_int_equal(strncmp(file_in(screen, "taken"), "Budget review\n", 14), 0);
}

/* The name stays in the field, to be mended. */
static void a_bad_name_is_told(void **state)
{
    struct screen *screen = *state;
    write_file(screen, "", "none/file", "");
    screen_has(screen, "there is no such file or folder");
    screen_has(screen, "Write the invitation as text");
    write_file(screen, "", "", "");
    screen_has(screen, "it is a folder, not a file");
    screen_run(screen, 80, 24, "agenda", "jiW<^U><Enter>");
    screen_has(screen, "The file's name is empty");
}

/* Lines that are wrapped count when a text is scrolled. */
static void texts_are_scrolled_to_their_end(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 40, 12, "agenda", "jiG");
    screen_has(screen, " conference ID and #.");
    screen_run(screen, 40, 12, "agenda", "?G");
    screen_has(screen, "on now.");
}

static void a_name_is_made_of_the_title(void **state)
{
    static const struct {
        const char *title, *start, *name; /* each the first of the agenda */
    } cases[] = {{"../../etc/passwd & co.", "2026-11-23 09:50", " etc-passwd-co..txt "},
                 {"--help", "2026-11-23 09:40", " help.txt "},
                 {"会議 \xe2\x80\xae", "2026-11-23 09:30", " 会議.txt "},
                 {"***", "2026-11-23 09:20", " invitation.txt "}};
    struct screen *screen = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        screen_meeting(screen, cases[i].title, cases[i].start, "5m");
        screen_run(screen, 80, 24, "agenda", "giW");
        screen_has(screen, cases[i].name);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, screen_open_calendar, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(each_form_is_copied),
        CASE(languages_are_gone_through),
        CASE(a_file_is_written),
        CASE(another_file_is_kept),
        CASE(a_bad_name_is_told),
        CASE(a_name_is_made_of_the_title),
        CASE(texts_are_scrolled_to_their_end),
    };
    return cmocka_run_group_tests_name("console invitation", tests, NULL, NULL);
}
