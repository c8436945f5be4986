/*
 * What people do in the console: schedule, edit, cancel, convert, find, copy; and what the store
 * holds afterwards.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static size_t meetings(struct screen *screen, const char *title)
{
    struct found_meetings list = {0};
    assert_int_equal(desk_search(&screen->session, screen->arena, title, zone_utc(), 100, &list),
                     ERR_OK);
    return list.count;
}

/* --- scheduling --- */

static void schedule(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda",
               "nKick-off<Tab>2026-11-30<Tab>9:30<Tab>45m<Tab><Tab><Tab>grace@example.org<^S>");
    struct occurrence made = screen_found(screen, "Kick-off");
    assert_int_equal(made.meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(strlen(made.meeting->conference_id), 8);
    assert_int_equal(made.end - made.start, 45 * MINUTE);
    assert_int_equal(made.meeting->attendees.count, 1);
    screen_has(screen, "Mon 30 Nov 2026 09:30–10:15 UTC");
    screen_has(screen, "Scheduled. Its conference ID is 99999999 (i: invitation, y: copy).");
}

static void copy_after_scheduling(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "nKick-off<Tab>2026-11-30<Tab>9:30<^S>y");
    struct occurrence made = screen_found(screen, "Kick-off");
    assert_string_equal(screen->script.copied, made.meeting->conference_id);
    screen_has(screen, "Copied the conference ID 99999999.");
    screen_run(screen, 80, 24, "agenda", "nSecond<Tab>2026-12-01<Tab>9:30<^S>iy");
    assert_non_null(strstr(screen->script.copied, "Conference ID: "));
    assert_non_null(
        strstr(screen->script.copied, screen_found(screen, "Second").meeting->conference_id));
}

static void enter_saves_on_the_last_field(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda",
               "nKick-off<Enter>2026-11-30<Enter>9<Enter>10:30<Enter><Enter><Enter><Enter>Room "
               "4<Enter>Notes<Enter><Enter>");
    struct occurrence made = screen_found(screen, "Kick-off");
    assert_int_equal(made.end - made.start, 90 * MINUTE);
    assert_string_equal(made.meeting->location, "Room 4");
    assert_string_equal(made.meeting->notes, "Notes");
}

static void overlaps_are_asked_once(void **state)
{
    struct screen *screen = *state;
    const char *keys = "nClash<Tab>2026-11-24<Tab>9:30<^S>";
    screen_run(screen, 80, 24, "agenda", keys);
    assert_int_equal(meetings(screen, "Clash"), 0);
    screen_has(screen, "overlaps with 'Budget review'");
    screen_has(screen, "^S again saves all the same.");
    screen_run(screen, 80, 24, "agenda", "nClash<Tab>2026-11-24<Tab>9:30<^S><^S>");
    assert_int_equal(meetings(screen, "Clash"), 1);
}

static void leaving_a_form_asks(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "n<Esc>");
    screen_has(screen, "Agenda · ");
    screen_run(screen, 80, 24, "agenda", "nKick<Esc>");
    screen_has(screen, "What you typed is not saved. Drop it?");
    screen_run(screen, 80, 24, "agenda", "nKick<Esc>n");
    screen_has(screen, "Title       Kick");
    screen_run(screen, 80, 24, "agenda", "nKick<Esc>y");
    screen_has(screen, "Agenda · ");
}

static void attendees_complete(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda",
               "nKick-off<Tab>2026-11-30<Tab>9<Tab><Tab><Tab><Tab>gra<Right><^S>");
    struct occurrence made = screen_found(screen, "Kick-off");
    assert_int_equal(made.meeting->attendees.count, 1);
    assert_string_equal(made.meeting->attendees.items[0].email, "grace@example.org");
}

/* A name completes with its address; what is not the beginning of either does not. */
static void attendees_complete_by_name(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda",
               "nNew<Tab><Tab><Tab><Tab><Tab><Tab>bob@example.org, Grace H<Dump><Right>");
    assert_non_null(strstr(screen->dumps, "bob@example.org, Grace Hopper <grace@example.org>"));
    screen_has(screen, "bob@example.org, Grace Hopper <grace@example.org>");
    screen_run(screen, 80, 24, "agenda", "nNew<Tab><Tab><Tab><Tab><Tab><Tab>opper<Right>");
    screen_lacks(screen, "grace@example.org");
}

static void paste(void **state)
{
    struct screen *screen = *state;
    /* in the agenda a paste does nothing: the q in it does not leave, the D does not cancel */
    screen_run(screen, 80, 24, "agenda", "<Paste Dyq>");
    screen_has(screen, "A paste goes into a field only; nothing was done.");
    screen_has(screen, "Helpdesk training");
    screen_run(screen, 80, 24, "agenda", "n<Paste Pasted title>");
    screen_has(screen, "Title       Pasted title");
    screen_run(screen, 80, 24, "lookup", "12<Paste +1 323-849-4874,,7654321# United States>");
    screen_has(screen, "static ID of Ada Lovelace");
}

/* --- editing --- */

static void edit(void **state)
{
    struct screen *screen = *state;
    struct occurrence before = screen_found(screen, "Roadmap");
    screen_run(screen, 80, 24, "agenda", "jjje<End> 2027<Tab><Tab>11:00<Tab>12:30<^S>");
    struct occurrence after = screen_found(screen, "Roadmap 2027");
    assert_string_equal(after.meeting->uid, before.meeting->uid);
    assert_string_equal(after.meeting->conference_id, before.meeting->conference_id);
    assert_int_equal(after.start - before.start, 2 * HOUR);
    assert_int_equal(after.end - after.start, 90 * MINUTE);
    assert_int_equal(after.meeting->attendees.count, 1);
    screen_has(screen, "Saved.");
}

/* Somebody else, with a session of their own. */
static void change_title(void *context, const char *title)
{
    struct screen *screen = context;
    struct session other;
    assert_int_equal(session_start(&other), ERR_OK);
    assert_int_equal(session_store(&other, DB_WRITE, NULL), ERR_OK);
    struct occurrence roadmap = screen_found(screen, "Roadmap");
    struct draft draft = {.title = title};
    struct scheduled scheduled = {0};
    assert_int_equal(desk_change(&other, screen->arena, roadmap.meeting->uid, 0, NULL, &draft,
                                 false, &scheduled),
                     ERR_OK);
    session_end(&other);
}

static void conflict(void **state)
{
    struct screen *screen = *state;
    screen->script.call = change_title;
    screen->script.context = screen;
    screen_run(screen, 80, 24, "agenda", "jjje<End> of mine<Call Roadmap of theirs><^S>");
    screen_has(screen,
               "Somebody else changed this meeting since you opened it. Nothing was saved.");
    screen_has(screen, "Title       Roadmap of mine");
    screen_has(screen, "Roadmap of theirs");
    assert_string_equal(screen_found(screen, "Roadmap").title, "Roadmap of theirs");
    /* to save over it is a decision */
    screen_run(screen, 80, 24, "agenda", "jjje<^U>Roadmap of mine<Call Roadmap of others><^S><^S>");
    assert_string_equal(screen_found(screen, "Roadmap").title, "Roadmap of mine");
}

static void others_are_seen(void **state)
{
    struct screen *screen = *state;
    screen->script.call = change_title;
    screen->script.context = screen;
    screen_run(screen, 80, 24, "agenda", "j<Call Roadmap by somebody else>k");
    screen_has(screen, "Roadmap by somebody else");
}

/* --- cancelling and converting --- */

static void cancel(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "jjjDn");
    assert_int_equal(screen_found(screen, "Roadmap").meeting->status, MEETING_SCHEDULED);
    screen_run(screen, 80, 24, "agenda", "jjjD");
    screen_has(screen, "Its conference ID 99999999 is retired");
    screen_run(screen, 80, 24, "agenda", "jjjDy");
    assert_int_equal(screen_found(screen, "Roadmap").meeting->status, MEETING_CANCELLED);
    screen_has(screen, "Cancelled Roadmap (u: undo).");
    screen_has(screen, "[Roadmap]");
    screen_run(screen, 80, 24, "agenda", "jjjD");
    screen_has(screen, "This meeting is cancelled already.");
}

static void convert_one(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "cy");
    assert_int_equal(screen_found(screen, "Budget review").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(screen_found(screen, "Supplier call").meeting->id_kind, ID_KIND_STATIC);
    screen_has(screen, "Converted: 7654321 gave way to 99999999; 1 reminder in the outbox.");
    screen_has(screen, "Legacy · 2, 0 at risk");
}

static void convert_marked(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "<Space>j<Space>cy");
    assert_int_equal(screen_found(screen, "Budget review").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(screen_found(screen, "Supplier call").meeting->id_kind, ID_KIND_STATIC);
    assert_int_equal(screen_found(screen, "Team meeting").meeting->id_kind, ID_KIND_DYNAMIC);
}

/* The day of the cut-over: those that callers are mixed in, and nothing else, in three keys. */
static void convert_the_risks(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "*<Dump>cy");
    assert_non_null(strstr(screen->dumps, "Legacy · 3, 2 at risk, 2 marked"));
    assert_non_null(strstr(screen->dumps, "Marked 2 with a mixing risk; c converts them."));
    assert_int_equal(screen_found(screen, "Budget review").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(screen_found(screen, "Supplier call").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(screen_found(screen, "Team meeting").meeting->id_kind, ID_KIND_STATIC);
    screen_run(screen, 80, 24, "legacy", "*");
    screen_has(screen, "No meeting here has a mixing risk.");
}

static void marks_are_taken_away(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "**");
    screen_has(screen, "Legacy · 3, 2 at risk ");
    screen_lacks(screen, "[x]");
}

static void convert_all(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "Cn");
    assert_int_equal(screen_found(screen, "Budget review").meeting->id_kind, ID_KIND_STATIC);
    screen_run(screen, 80, 24, "legacy", "Cy");
    screen_has(screen, " 7654321 → 99999999  1 reminder   Budget review\n");
    screen_has(screen, " 7654321 → 99999999  0 reminders  Team meeting\n");
    assert_int_equal(screen_found(screen, "Budget review").meeting->id_kind, ID_KIND_DYNAMIC);
    screen_run(screen, 80, 24, "legacy", "");
    assert_int_equal(screen_found(screen, "Budget review").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(screen_found(screen, "Team meeting").meeting->id_kind, ID_KIND_DYNAMIC);
    screen_has(screen, "nothing to convert");
    screen_run(screen, 80, 24, "outbox", "");
    screen_has(screen, "Outbox · 2 queued");
    screen_has(screen, "grace@example.org");
}

static void dynamic_is_not_converted(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "c");
    screen_has(screen, "This is no legacy meeting");
}

/* "1530" and "10" are times of day; "45" is none, so it is minutes. */
static void ends_in_digits(void **state)
{
    static const struct {
        const char *typed;
        int64_t minutes;
    } cases[] = {{"45", 45}, {"90", 90}, {"1015", 45}, {"10", 30}, {"24", 24}, {"8", 22 * 60 + 30}};
    struct screen *screen = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char title[16], keys[128];
        snprintf(title, sizeof title, "Ends%sx", cases[i].typed);
        snprintf(keys, sizeof keys, "n%s<Tab>2026-11-30<Tab>930<Tab>%s<^S><^S>", title,
                 cases[i].typed);
        screen_run(screen, 80, 24, "agenda", keys);
        assert_int_equal(screen_found(screen, title).meeting->duration, cases[i].minutes * 60);
    }
}

/* --- finding --- */

/* Enter on an organizer opens the form; what is typed next must not end up in the address. */
static void organizer_form_begins_at_the_name(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "directory", "<Enter>e");
    screen_has(screen, "Address     ada@example.org\n Name        Ada Lovelacee\n");
}

/* A form that did not know them took them away. */
static void organizer_form_keeps_aliases(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "directory",
               "<Enter><Tab><Tab><Tab><Tab><Tab><Tab>a.l@example.com, al@example.net<^S><Enter>");
    screen_has(screen, " Aliases     a.l@example.com, al@example.net\n");
    screen_run(screen, 80, 24, "directory", "<Enter>y<^S><Enter>");
    screen_has(screen, " Name        Ada Lovelacey\n");
    screen_has(screen, " Aliases     a.l@example.com, al@example.net\n");
    screen_run(screen, 80, 24, "directory",
               "<Enter><Tab><Tab><Tab><Tab><Tab><Tab>, no address<^S>");
    screen_has(screen, "address");
    assert_string_equal(screen_ada(screen).email, "ada@example.org");
    assert_int_equal(screen_ada(screen).aliases.count, 2);
}

/* --- zones --- */

/*
 * Ada's zone is UTC, the reader's clock shows an hour more: times are hers, everybody's are the
 * reader's.
 */
static void times_in_the_organizers_zone(void **state)
{
    struct screen *screen = *state;
    setenv("TZ", "Europe/Berlin", 1);
    screen_run(screen, 80, 24, "agenda", "");
    screen_has(screen, "Mon 23 Nov 09:00 UTC\n");
    screen_has(screen, "  09:00–10:00    !! 7654321   Budget review");
    screen_run(screen, 80, 24, "agenda", "A");
    screen_has(screen, "Mon 23 Nov 10:00\n");
    screen_has(screen, "  10:00 !! 7654321   Budget review");
    screen_run(screen, 80, 24, "agenda", "AA");
    screen_has(screen, "  09:00–10:00    !! 7654321   Budget review");
    screen_run(screen, 80, 24, "legacy", "A<Dump>4");
    assert_non_null(strstr(screen->dumps, "Tue 24 Nov 10:00–11:00  Budget review"));
    screen_has(screen, "  09:00–10:00    !! 7654321   Budget review");
    screen_run(screen, 80, 24, "agenda", "jn");
    screen_has(screen, "Start       10:00");
    screen_has(screen, "Time zone   UTC");
    screen_run(screen, 80, 24, "lookup", "<Dump>7654321");
    screen_has(screen, "Mon 23 Nov 09:00 UTC\n");
    screen_has(screen, "Tue 24 Nov 2026 09:00–10:00  Budget review");
    screen_run(screen, 80, 24, "week", "j<Enter>");
    screen_has(screen, " Tue 24 Nov 2026 09:00–10:00 UTC\n");
    screen_run(screen, 40, 12, "agenda", "");
    screen_has(screen, " Agenda · Mon 23 Nov 2026     09:00 UTC\n");
    /* what the reader asks for comes before either, and is named */
    screen->session.settings.tz = "America/New_York";
    screen_run(screen, 120, 24, "agenda", "");
    screen_has(screen, "Mon 23 Nov 04:00 America/New_York\n");
    screen_run(screen, 80, 24, "week", "");
    screen_has(screen,
               " Example, ada@example.org  Week · 48, Mon 23 – Sun 29 Nov 2026 [Mon]  04:00 EST\n");
    screen_run(screen, 80, 24, "agenda", "n");
    screen_has(screen, "Time zone   America/New_York");
    screen->session.settings.tz = NULL;
    setenv("TZ", "UTC", 1);
}

static void search(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "/supp");
    screen_has(screen, "!! Supplier call  Tue 24 Nov 2026 10:00  7654321      Ada Lovelace");
    screen_lacks(screen, "Budget review  ");
    screen_run(screen, 80, 24, "agenda", "/supp<Enter>");
    screen_has(screen, " Supplier call\n Tue 24 Nov 2026 10:00–11:00 UTC");
    screen_run(screen, 80, 24, "agenda", "/nothing like it");
    screen_has(screen, "Nothing found.");
}

/*
 * Results are read as they are scrolled through, and parts of an ID found as they are typed, in
 * groups too.
 */
static void search_reads_on(void **state)
{
    struct screen *screen = *state;
    struct text keys = text_start(screen->arena);
    for (int i = 1; i <= 120; i++)
        screen_meeting(screen, arena_format(screen->arena, "Round %03d", i), "2026-12-01 09:00",
                       "30m");
    for (int i = 1; i < 120; i++)
        text_add(&keys, "<Down>");
    screen_run(screen, 80, 24, "agenda", arena_format(screen->arena, "/roun%s", keys.bytes));
    for (int i = 1, seen = 0; i <= 120; i++) {
        seen += strstr(screen->text, arena_format(screen->arena, "Round %03d", i)) != NULL;
        if (i == 120)
            assert_int_equal(seen, 17);
    }
    screen_run(screen, 80, 24, "agenda", "/roun<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><Enter>");
    screen_has(screen, "Round 120");
    screen_lacks(screen, "Search people");
    screen_run(screen, 80, 24, "agenda", "/76-543.21");
    screen_has(screen, "Budget review");
    screen_run(screen, 80, 24, "agenda", "/765 4321");
    screen_has(screen, "Budget review");
    /* beside a word, digits are no part of an ID */
    screen_run(screen, 80, 24, "agenda", "/765 4 review");
    screen_has(screen, "Nothing found.");
}

static void palette(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", ":outb<Enter>");
    screen_has(screen, "Outbox · empty");
    screen_run(screen, 80, 24, "agenda", ":go to<Enter>2026-12-24<Enter>");
    screen_has(screen, "Thu 24 Dec 2026");
    screen_run(screen, 80, 24, "week", ".+2w<Enter>");
    screen_has(screen, "Mon 7 – Sun 13 Dec 2026");
    screen_run(screen, 80, 24, "week", ":next day<Enter>");
    screen_has(screen, "[Tue]");
    screen_run(screen, 80, 24, "lookup", "7654321:back<Dump><Enter>");
    screen_has(screen, "Type the digits");
    /* a name that begins so comes before one that holds it, and that before a sentence */
    screen_run(screen, 80, 24, "agenda", ":last");
    assert_true(strstr(screen->text, "last ") < strstr(screen->text, "undo "));
    /* over a meeting: not the actions of the agenda below it */
    assert_int_equal(screen_run(screen, 80, 24, "agenda", "j<Enter>:import"), ERR_OK);
    screen_has(screen, "No action has such a name.");
    assert_int_equal(screen_run(screen, 80, 24, "agenda", "j:import"), ERR_OK);
    screen_has(screen, "Take in an iCalendar file");
}

/* --- the first run --- */

static void store_is_asked_for(void **state)
{
    struct screen *screen = *state;
    struct stat info;
    screen_run(screen, 80, 24, "agenda", "n");
    screen_has(screen, "Shall a new store be made there?");
    assert_int_not_equal(stat(getenv("DIALDESK_DB"), &info), 0);
    screen_run(screen, 80, 24, "agenda", "y<^S><Dump>Kick-off<^S>");
    assert_int_equal(stat(getenv("DIALDESK_DB"), &info), 0);
    struct organizer ada = screen_ada(screen);
    assert_true(ada.dial_in);
    struct organization organization;
    desk_organization(&screen->session, screen->arena, &organization, NULL);
    assert_true(organization_dynamic(&organization, session_now(&screen->session)));
    assert_non_null(strstr(screen->dumps, "ada@example.org  New meeting"));
    screen_has(screen, "Scheduled. Its conference ID is 99999999");
    screen_has(screen, "dynamic: this meeting's own");
    screen_run(screen, 80, 24, "agenda", "");
    screen_has(screen, "Kick-off");
}

static void view_is_remembered(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "legacy", "");
    screen_run(screen, 80, 24, NULL, "");
    screen_has(screen, "Legacy · 3, 2 at risk");
    assert_int_equal(screen_run(screen, 80, 24, "weeek", ""), ERR_INVALID);
    assert_string_equal(screen->session.error.what, "view 'weeek'");
}

static void organizer_changes(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "directory", "ngrace@example.org<Tab>Grace Hopper<^S>");
    screen_has(screen, "Saved grace@example.org.");
    screen_run(screen, 80, 24, "agenda", "ograce<Enter>");
    screen_has(screen, "grace@example.org  Agenda");
    screen_has(screen, "Nothing is scheduled here.");
    screen_run(screen, 80, 24, "agenda", "A");
    screen_has(screen, "Helpdesk training");
}

/* A click may come before the window is drawn again in its new size. */
static void a_click_in_a_window_too_small(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "week", "<Size 20x5><Click 3 10>"), ERR_OK);
    screen_has(screen, "is too small");
}

int main(void)
{
#define CASE(NAME) cmocka_unit_test_setup_teardown(NAME, screen_open_calendar, screen_close)
    const struct CMUnitTest tests[] = {
        CASE(schedule),
        CASE(copy_after_scheduling),
        CASE(enter_saves_on_the_last_field),
        CASE(overlaps_are_asked_once),
        CASE(leaving_a_form_asks),
        CASE(attendees_complete),
        CASE(attendees_complete_by_name),
        CASE(paste),
        CASE(edit),
        CASE(conflict),
        CASE(others_are_seen),
        CASE(cancel),
        CASE(convert_one),
        CASE(convert_marked),
        CASE(convert_the_risks),
        CASE(marks_are_taken_away),
        CASE(convert_all),
        CASE(dynamic_is_not_converted),
        CASE(ends_in_digits),
        CASE(organizer_form_begins_at_the_name),
        CASE(organizer_form_keeps_aliases),
        CASE(times_in_the_organizers_zone),
        CASE(search),
        CASE(search_reads_on),
        CASE(palette),
        CASE(view_is_remembered),
        CASE(organizer_changes),
        CASE(a_click_in_a_window_too_small),
        cmocka_unit_test_setup_teardown(store_is_asked_for, screen_open, screen_close),
    };
#undef CASE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
