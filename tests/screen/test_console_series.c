/*
 * A series in the console: which part is edited or cancelled, what the form says of it, and what is
 * stored. At Monday 2026-11-23 09:00 UTC.
 */
#include "screen_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <base/file.h>
#include <cmocka.h>
#include <transfer/transfer.h>

static int series_open(void **state)
{
    screen_open_empty(state);
    struct screen *screen = *state;
    struct organization organization = {0};
    struct organizer ada = {.email = "ada@example.org",
                            .name = "Ada Lovelace",
                            .tz = "UTC",
                            .lang = "en",
                            .dial_in = true,
                            .provider = PROVIDER_MICROSOFT};
    struct draft draft = {.title = "Sync",
                          .start = "2026-11-24 09:00",
                          .rrule = "FREQ=DAILY;COUNT=4",
                          .uid = "series-1"};
    struct scheduled scheduled = {0};
    struct session *session = &screen->session;
    assert_int_equal(desk_organization(session, screen->arena, &organization, NULL), ERR_OK);
    organization.dynamic_since = session_now(session) - DAY;
    assert_int_equal(desk_organization_change(session, &organization), ERR_OK);
    assert_int_equal(desk_organizer_put(session, screen->arena, &ada, NULL), ERR_OK);
    assert_int_equal(desk_schedule(session, screen->arena, &ada, &draft, false, &scheduled),
                     ERR_OK);
    return 0;
}

/* "24T09 25T09 ...": day and hour of everything that is on. */
static const char *starts(struct screen *screen)
{
    struct organizer ada = screen_ada(screen);
    struct occurrences list = {0};
    struct text out = text_start(screen->arena);
    int64_t now = session_now(&screen->session);
    assert_int_equal(
        desk_agenda(&screen->session, screen->arena, &ada, now, now + 30 * DAY, false, &list),
        ERR_OK);
    for (size_t i = 0; i < list.count; i++)
        text_addf(&out, "%s%.5s", i ? " " : "",
                  local_format_basic(screen->arena, local_from_seconds(list.items[i].start)) + 6);
    return out.bytes;
}

static size_t findings(struct screen *screen)
{
    struct strings list = {0};
    assert_int_equal(desk_check(&screen->session, screen->arena, &list, NULL), ERR_OK);
    return list.count;
}

static void the_part_is_asked(void **state)
{
    struct screen *screen = *state;
    static const struct {
        int cols, rows;
    } sizes[] = {{40, 12}, {80, 24}, {200, 60}};
    for (size_t i = 0; i < 3; i++) {
        screen_run(screen, sizes[i].cols, sizes[i].rows, "agenda", "je");
        screen_has(screen, "Edit which part of the series?");
        screen_has(screen, "o only this occurrence");
        screen_has(screen, "f this and all following");
        screen_has(screen, "a all: the whole series");
        screen_run(screen, sizes[i].cols, sizes[i].rows, "agenda", "jD");
        screen_has(screen, "Cancel which part of the series?");
    }
    screen_run(screen, 80, 24, "agenda", "je<Esc>");
    screen_lacks(screen, "Edit which part");
    screen_run(screen, 80, 24, "agenda", "je<Down><Enter>");
    screen_has(screen, "Edit this and all following");
    assert_string_equal(starts(screen), "24T09 25T09 26T09 27T09");
}

static void one_occurrence_is_edited(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jeo");
    screen_has(screen, "Edit this occurrence");
    screen_has(screen, "Date        2026-11-25");
    screen_has(screen, "Only this occurrence is changed.");
    screen_lacks(screen, "Repeats");
    screen_lacks(screen, "Attendees ");
    screen_run(screen, 80, 24, "agenda", "je<Enter><End> moved<Tab><Tab>14:00<Tab>15:00<^S>");
    screen_has(screen, "Sync moved");
    assert_string_equal(starts(screen), "24T09 25T14 26T09 27T09");
    /* lists mark it, and say from when it was moved */
    screen_has(screen, "~ moved from Wed 25 Nov 2026 09:00");
    screen_run(screen, 80, 24, "agenda", "");
    screen_has(screen, " ~14:00–15:00");
    screen_has(screen, "  was 09:00");
    screen_run(screen, 200, 24, "agenda", "");
    screen_has(screen, "moved from Wed 25 Nov 2026 09:00");
    screen_has(screen, "  09:00–10:00"); /* the others bear no mark */
    screen_run(screen, 200, 40, "week", "");
    screen_has(screen, "~ Sync moved");
    screen_lacks(screen, "~ Sync  ");
    /* what was moved is found where it is now */
    screen_run(screen, 80, 24, "agenda", "jeo");
    screen_has(screen, "Title       Sync moved");
    screen_has(screen, "Start       14:00");
    assert_int_equal(findings(screen), 0);
}

/* In 80 columns it is read whole, before who has not been told. */
static void a_moved_occurrence_tells_its_day_first(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda",
               "ea<Tab><Tab><Tab><Tab><Tab><Tab><Tab>bo@example.org<^S><Esc>");
    screen_run(screen, 80, 24, "agenda", "jeo<Tab>2026-11-26<Tab>14:00<Tab>1h<^S>");
    screen_run(screen, 80, 24, "agenda", "");
    screen_has(screen, "  was Wed 25 Nov 09:00; …");
    screen_run(screen, 80, 24, "agenda", "jjeo<Tab>2026-11-25<^S><^S>");
    screen_run(screen, 80, 24, "agenda", "");
    screen_has(screen, "  was 09:00; 1 not told\n");
}

/* A title of its own is a change, too, but nothing was moved. */
static void a_changed_occurrence_is_marked(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jeo<End> renamed<^S><Esc>");
    screen_has(screen, " ~09:00–10:00");
    screen_has(screen, "changed");
    screen_lacks(screen, "moved from");
}

static void the_rest_becomes_a_meeting(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jjef");
    screen_has(screen, "Date        2026-11-26");
    screen_has(screen, "The series ends before this occurrence");
    screen_has(screen, "Conference ID: dynamic, once it is saved");
    screen_run(screen, 80, 24, "agenda", "jjef<Tab><Tab>11:00<Tab>12:00<^S>");
    screen_has(screen, "Saved. The rest has the conference ID 99999999");
    assert_string_equal(starts(screen), "24T09 25T09 26T11 27T11");
    /* the first occurrence of what is left is the whole of it */
    screen_run(screen, 80, 24, "agenda", "ef");
    screen_has(screen, "This is the first occurrence: the whole series is changed.");
    assert_int_equal(findings(screen), 0);
}

static void parts_are_cancelled(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jDo");
    screen_has(screen, "Only this occurrence is cancelled.");
    screen_run(screen, 80, 24, "agenda", "jDon");
    assert_string_equal(starts(screen), "24T09 25T09 26T09 27T09");
    screen_run(screen, 80, 24, "agenda", "jDoy");
    screen_has(screen, "Cancelled one occurrence of Sync (u: undo).");
    assert_string_equal(starts(screen), "24T09 26T09 27T09");
    screen_run(screen, 80, 24, "agenda", "jDfy");
    screen_has(screen, "Cancelled this and all following of Sync (u: undo).");
    assert_string_equal(starts(screen), "24T09");
    screen_run(screen, 80, 24, "agenda", "D<Enter>y");
    screen_has(screen, "Cancelled Sync, the whole series (u: undo).");
    assert_int_equal(findings(screen), 0);
}

/* Marks are on occurrences: those are cancelled, or their whole series where that is asked for. */
static void marked_occurrences_are_cancelled(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space>j<Space>");
    screen_has(screen, "2 marked");
    screen_has(screen, "* 09:00");
    screen_run(screen, 80, 24, "agenda", "<Space>j<Space>Df");
    screen_has(screen, "\"All following\" is not for marked");
    screen_run(screen, 80, 24, "agenda", "<Space>j<Space>D<Dump>o<Dump>y");
    assert_non_null(strstr(screen->dumps, "only the marked occurrences"));
    assert_non_null(strstr(screen->dumps, "Cancel 2 occurrences?"));
    assert_non_null(strstr(screen->dumps, "Thu 26 Nov 2026 09:00  Sync (this occurrence)"));
    screen_has(screen, "Cancelled 2 occurrences (u: undo).");
    screen_lacks(screen, "marked");
    assert_string_equal(starts(screen), "25T09 27T09");
    assert_int_equal(findings(screen), 0);
}

static void one_is_undone_by_its_day(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jDoyu");
    screen_has(screen, "Undone: the occurrence of 25 November is back ('Sync').");
    assert_string_equal(starts(screen), "24T09 25T09 26T09 27T09");
    assert_int_equal(findings(screen), 0);
}

static void and_are_undone_as_one(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space>j<Space>Doyu");
    screen_has(screen, "Undone: ");
    assert_string_equal(starts(screen), "24T09 25T09 26T09 27T09");
    assert_int_equal(findings(screen), 0);
}

static void marked_occurrences_with_a_meeting(void **state)
{
    struct screen *screen = *state;
    screen_meeting(screen, "Alone", "2026-11-24 12:00", "1h");
    screen_run(screen, 80, 24, "agenda", "<Space><Space>D<Down><Enter><Dump>n");
    assert_non_null(strstr(screen->dumps, "Cancel 2 meetings?"));
    assert_non_null(strstr(screen->dumps, "Sync (the whole series)"));
    screen_has(screen, "2 marked");
    screen_run(screen, 80, 24, "agenda", "<Space><Space>Doy");
    screen_has(screen, "Cancelled 1 occurrence and 1 meeting (u: undo).");
    assert_string_equal(starts(screen), "25T09 26T09 27T09");
    /* all that is left of the series: it is cancelled as a whole, once */
    screen_run(screen, 80, 24, "agenda", "j<Space><Space><Space>Doy");
    screen_has(screen, "Cancelled 3 occurrences (u: undo).");
    assert_string_equal(starts(screen), "");
    assert_int_equal(screen_found(screen, "Sync").meeting->status, MEETING_CANCELLED);
    assert_int_equal(findings(screen), 0);
}

static void a_series_that_is_marked_twice_is_cancelled_once(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space><Space><Space>Day");
    screen_has(screen, "Cancelled 1 meeting (u: undo).");
    assert_string_equal(starts(screen), "");
    assert_int_equal(findings(screen), 0);
}

/* Its ID is copied once. */
static void a_series_has_one_id(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "<Space><Space>y");
    screen_has(screen, "Copied 1 conference ID.");
    assert_string_equal(screen->script.copied, screen_found(screen, "Sync").meeting->conference_id);
}

static void the_whole_series_is_edited(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jea<Tab><Tab>10:00<Tab>11:00<^S>");
    assert_string_equal(starts(screen), "24T10 25T10 26T10 27T10");
}

/* Somebody else, with a session of their own, while the form is open. */
static void cancel_one(void *context)
{
    struct screen *screen = context;
    struct session other;
    struct which which = {.scope = SCOPE_OCCURRENCE, .at = "2026-11-27"};
    struct scheduled scheduled = {0};
    assert_int_equal(session_start(&other), ERR_OK);
    assert_int_equal(desk_cancel(&other, screen->arena, "series-1", 0, &which, &scheduled), ERR_OK);
    session_end(&other);
}

static void an_older_version_is_not_overwritten(void **state)
{
    struct screen *screen = *state;
    struct occurrence series = {0};
    struct scheduled out = {0};
    struct which which = {.scope = SCOPE_FOLLOWING, .at = "2026-11-26"};
    struct draft draft = {.title = "Mine"};
    assert_int_equal(desk_meeting(&screen->session, screen->arena, "series-1", &series), ERR_OK);
    cancel_one(screen);
    assert_int_equal(desk_change(&screen->session, screen->arena, "series-1",
                                 series.meeting->version, &which, &draft, false, &out),
                     ERR_CONFLICT);
    assert_int_equal(desk_cancel(&screen->session, screen->arena, "series-1",
                                 series.meeting->version, &which, &out),
                     ERR_CONFLICT);
    assert_string_equal(starts(screen), "24T09 25T09 26T09");
}

/* Of a series that is not here one occurrence stands: nothing follows, and its own time is changed. */
static void an_occurrence_without_its_series(void **state)
{
    static const char lone[] = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:lone-1\n"
                               "RECURRENCE-ID:20261124T080000Z\nDTSTART:20261124T070000Z\n"
                               "DURATION:PT1H\nSUMMARY:Lone\nORGANIZER:mailto:ada@example.org\n"
                               "END:VEVENT\nEND:VCALENDAR\n";
    struct screen *screen = *state;
    struct error error = {0};
    struct import_report report = {0};
    const char *path = arena_format(screen->arena, "%s/lone.ics", screen->folder);
    assert_int_equal(file_write(path, lone, strlen(lone), 0600, &error), ERR_OK);
    assert_int_equal(
        transfer_import(&screen->session, screen->arena, path, (struct import_how){0}, &report),
        ERR_OK);
    screen_run(screen, 80, 24, "agenda", "e");
    screen_has(screen, "o only this occurrence");
    screen_has(screen, "a all that are here of the series");
    screen_lacks(screen, "f this and all following");
    screen_run(screen, 80, 24, "agenda", "ef");
    screen_has(screen, "The series is not here, so nothing follows");
    screen_run(screen, 80, 24, "agenda", "Df");
    screen_has(screen, "The series is not here, so nothing follows");
    screen_run(screen, 80, 24, "agenda", "ea<Tab><Tab>06:00<Tab>07:00<^S>");
    screen_has(screen, "only this occurrence");
    assert_string_equal(starts(screen), "24T07 24T09 25T09 26T09 27T09");
    screen_run(screen, 80, 24, "agenda", "eo<Tab><Tab>06:00<Tab>07:00<^S>");
    assert_string_equal(starts(screen), "24T06 24T09 25T09 26T09 27T09");
    assert_int_equal(findings(screen), 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, series_open, screen_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_part_is_asked),
        TEST(one_occurrence_is_edited),
        TEST(a_moved_occurrence_tells_its_day_first),
        TEST(a_changed_occurrence_is_marked),
        TEST(the_rest_becomes_a_meeting),
        TEST(parts_are_cancelled),
        TEST(the_whole_series_is_edited),
        TEST(an_older_version_is_not_overwritten),
        TEST(marked_occurrences_are_cancelled),
        TEST(one_is_undone_by_its_day),
        TEST(and_are_undone_as_one),
        TEST(marked_occurrences_with_a_meeting),
        TEST(a_series_that_is_marked_twice_is_cancelled_once),
        TEST(a_series_has_one_id),
        TEST(an_occurrence_without_its_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
