/*
 * Importing: counts, whose an event is, which ID it gets, changed occurrences wherever they stand,
 * and doing it again.
 */
#include "desk_support.h"

#include <stdio.h>
#include <string.h>
#include <transfer/transfer.h>

/* One event of an hour at 9:00 UTC on a day of November 2026; `more` are further lines. */
static const char *event(struct desk *desk, const char *uid, int day, const char *id,
                         const char *more)
{
    return arena_format(
        desk->arena,
        "BEGIN:VEVENT\nUID:%s\nDTSTART:202611%02dT090000Z\nDTEND:202611%02dT100000Z\n"
        "SUMMARY:Meeting\n%s%s%s%sEND:VEVENT\n",
        uid, day, day, id ? "DESCRIPTION:Conference ID: " : "", id ? id : "", id ? "\n" : "",
        more ? more : "");
}

static const char *two(struct desk *desk, const char *a, const char *b)
{
    return arena_format(desk->arena, "%s%s", a, b);
}

static void assert_counts(struct import_report report, int added, int updated, int unchanged,
                          int rejected, int legacy)
{
    for (size_t i = 0; i < report.errors.count && report.rejected != rejected; i++)
        print_message("rejected: %s\n", report.errors.items[i].why);
    assert_int_equal(report.added, added);
    assert_int_equal(report.updated, updated);
    assert_int_equal(report.unchanged, unchanged);
    assert_int_equal(report.rejected, rejected);
    assert_int_equal(report.legacy, legacy);
    assert_int_equal(report.read, added + updated + unchanged + rejected);
}

static void again_changes_nothing(void **state)
{
    struct desk *desk = *state;
    const char *events =
        two(desk, event(desk, "a@x", 24, "7654321", NULL), event(desk, "b@x", 25, NULL, NULL));
    assert_counts(desk_import_text(desk, events, true), 2, 0, 0, 0, 0);
    assert_counts(desk_import_text(desk, events, false), 2, 0, 0, 0, 0);
    assert_counts(desk_import_text(desk, events, false), 0, 0, 2, 0, 0);
    assert_counts(desk_import_text(desk, events, true), 0, 0, 2, 0, 0);
    assert_int_equal(desk_show(desk, "a@x").meeting->id_kind, ID_KIND_DYNAMIC);
    assert_int_equal(desk_show(desk, "b@x").meeting->id_kind, ID_KIND_NONE);
    desk_sound(desk);
}

static void newer_wins_older_does_not(void **state)
{
    struct desk *desk = *state;
    desk_import_text(desk, event(desk, "a@x", 24, NULL, "SEQUENCE:2\nLOCATION:Old\n"), false);
    assert_counts(
        desk_import_text(desk, event(desk, "a@x", 24, NULL, "SEQUENCE:1\nLOCATION:Older\n"), false),
        0, 0, 1, 0, 0);
    assert_string_equal(desk_show(desk, "a@x").meeting->location, "Old");
    assert_counts(
        desk_import_text(desk, event(desk, "a@x", 24, NULL, "SEQUENCE:3\nLOCATION:New\n"), false),
        0, 1, 0, 0, 0);
    assert_string_equal(desk_show(desk, "a@x").meeting->location, "New");
}

static void the_same_id_on_two_is_static(void **state)
{
    struct desk *desk = *state;
    const char *events =
        two(desk, event(desk, "a@x", 24, "7654321", NULL), event(desk, "b@x", 25, "7654321", NULL));
    assert_counts(desk_import_text(desk, events, false), 2, 0, 0, 0, 2);
    assert_int_equal(desk_show(desk, "a@x").meeting->id_kind, ID_KIND_STATIC);
    assert_int_equal(desk_show(desk, "b@x").meeting->id_kind, ID_KIND_STATIC);
    assert_ok(desk,
              desk_organizer_named(&desk->session, desk->arena, "ada@example.org", &desk->ada));
    assert_string_equal(desk->ada.static_id, "7654321");
    assert_counts(desk_import_text(desk, events, false), 0, 0, 2, 0, 2);
    desk_sound(desk);
}

/*
 * The second one comes in another import: the first becomes legacy with it, but was not read now.
 */
static void the_same_id_later_is_static_too(void **state)
{
    struct desk *desk = *state;
    assert_counts(desk_import_text(desk, event(desk, "a@x", 24, "7654321", NULL), false), 1, 0, 0,
                  0, 0);
    assert_counts(desk_import_text(desk, event(desk, "b@x", 25, "7654321", NULL), false), 1, 0, 0,
                  0, 1);
    assert_int_equal(desk_show(desk, "a@x").meeting->id_kind, ID_KIND_STATIC);
    desk_sound(desk);
}

static void an_id_of_ours_stays_with_its_meeting(void **state)
{
    struct desk *desk = *state;
    struct occurrence o = desk_new(desk, "Ours", "2026-11-24 09:00", NULL, NULL, NULL);
    struct import_report report =
        desk_import_text(desk, event(desk, "copy@x", 25, o.meeting->conference_id, NULL), false);
    assert_counts(report, 1, 0, 0, 0, 0);
    assert_int_equal(report.notes.count, 1);
    assert_non_null(strstr(report.notes.items[0].why, o.meeting->uid));
    assert_null(desk_show(desk, "copy@x").meeting->conference_id);
    desk_sound(desk);
}

/* What callers enter at a third party's bridge is its passcode: no ID of ours comes of it. */
static void a_third_partys_passcode_is_no_id(void **state)
{
    struct desk *desk = *state;
    desk->ada.provider = PROVIDER_THIRD_PARTY;
    desk->ada.third_party_number = "+442079460000";
    desk->ada.third_party_passcode = "1234567";
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, NULL));
    assert_counts(desk_import_text(desk, event(desk, "a@x", 24, "1234567", NULL), false), 1, 0, 0,
                  0, 0);
    assert_int_equal(desk_show(desk, "a@x").meeting->id_kind, ID_KIND_THIRD_PARTY);
    assert_null(desk_show(desk, "a@x").meeting->conference_id);
    assert_int_equal(desk_look(desk, "1234567").state, ID_STATE_FOREIGN);
    assert_counts(desk_import_text(desk, event(desk, "b@x", 25, "7654321", NULL), false), 1, 0, 0,
                  0, 0);
    assert_string_equal(desk_show(desk, "b@x").meeting->conference_id, "7654321");
    desk_sound(desk);
}

static void another_organizers_id_is_left_out(void **state)
{
    struct desk *desk = *state;
    desk_add_organizer(desk, "bob@example.org", PROVIDER_MICROSOFT);
    desk->session.settings.organizer = "ada@example.org";
    desk_static_id(desk, "7654321");
    const char *bobs = event(desk, "b@x", 24, "7654321", "ORGANIZER:mailto:BOB@example.org\n");
    struct import_report report = desk_import_text(desk, bobs, false);
    assert_counts(report, 1, 0, 0, 0, 0);
    assert_int_equal(report.notes.count, 1);
    assert_string_equal(desk_show(desk, "b@x").meeting->organizer, "bob@example.org");
    assert_null(desk_show(desk, "b@x").meeting->conference_id);
    assert_counts(desk_import_text(desk, event(desk, "b@x", 24, NULL, NULL), false), 0, 0, 0, 1, 0);
    desk_sound(desk);
}

static void nobodys_event_is_rejected(void **state)
{
    struct desk *desk = *state;
    desk_add_organizer(desk, "bob@example.org", PROVIDER_MICROSOFT);
    assert_counts(desk_import_text(desk, event(desk, "a@x", 24, NULL, NULL), false), 0, 0, 0, 1, 0);
    desk->session.settings.organizer = "ada@example.org";
    assert_counts(desk_import_text(desk, event(desk, "a@x", 24, NULL, NULL), false), 1, 0, 0, 0, 0);
}

static void a_converted_meeting_stays_converted(void **state)
{
    struct desk *desk = *state;
    struct strings references = {0};
    struct conversions out = {0};
    desk_static_id(desk, "7654321");
    const char *events = event(desk, "a@x", 24, "7654321", NULL);
    assert_counts(desk_import_text(desk, events, false), 1, 0, 0, 0, 1);
    *vector_push(desk->arena, &references) = "a@x";
    assert_ok(desk, desk_convert(&desk->session, desk->arena, &references, true, &out));
    assert_counts(desk_import_text(desk, events, false), 0, 0, 1, 0, 0);
    /* a newer one with the old text: the meeting changes, its ID does not, and that is told */
    struct import_report report = desk_import_text(
        desk, event(desk, "a@x", 24, "7654321", "SEQUENCE:9\nLOCATION:New\n"), false);
    assert_counts(report, 0, 1, 0, 0, 0);
    assert_int_equal(report.notes.count, 1);
    assert_string_equal(desk_show(desk, "a@x").meeting->conference_id, out.items[0].new_id);
    desk_sound(desk);
}

static void a_reset_id_does_not_come_back(void **state)
{
    struct desk *desk = *state;
    const char *old_id = NULL, *new_id = NULL;
    struct occurrences named = {0};
    desk_static_id(desk, "7654321");
    assert_ok(desk, desk_organizer_reset_id(&desk->session, desk->arena, "ada@example.org", false,
                                            &old_id, &new_id, &named));
    desk_import_text(desk, event(desk, "a@x", 24, "7654321", NULL), false);
    assert_string_equal(desk_show(desk, "a@x").meeting->conference_id, "7654321");
    assert_int_equal(desk_look(desk, "7654321").state, ID_STATE_RETIRED);
    desk_sound(desk);
}

/* One whose meetings were all converted lives again with a meeting that is still to come. */
static void a_converted_id_lives_again(void **state)
{
    struct desk *desk = *state;
    struct strings named = {0};
    struct conversions conversions = {0};
    desk_static_id(desk, "7654321");
    desk_import_text(desk, event(desk, "a@x", 24, "7654321", NULL), false);
    *vector_push(desk->arena, &named) = "a@x";
    assert_ok(desk, desk_convert(&desk->session, desk->arena, &named, false, &conversions));
    assert_int_equal(desk_look(desk, "7654321").state, ID_STATE_REPLACED);
    desk_import_text(desk, event(desk, "over@x", 20, "7654321", NULL), false);
    desk_import_text(desk, event(desk, "off@x", 26, "7654321", "STATUS:CANCELLED\n"), false);
    assert_int_equal(desk_look(desk, "7654321").state, ID_STATE_REPLACED);
    desk_import_text(desk, event(desk, "b@x", 25, "7654321", NULL), false);
    assert_int_not_equal(desk_look(desk, "7654321").state, ID_STATE_REPLACED);
    assert_string_equal(desk_show(desk, "b@x").meeting->conference_id, "7654321");
    desk_sound(desk);
}

static void cancelled_by_the_calendar(void **state)
{
    struct desk *desk = *state;
    desk_import_text(desk, event(desk, "a@x", 24, "93907123", NULL), false);
    assert_int_equal(desk_look(desk, "93907123").state, ID_STATE_UPCOMING);
    assert_counts(
        desk_import_text(desk, event(desk, "a@x", 24, "93907123", "SEQUENCE:1\nSTATUS:CANCELLED\n"),
                         false),
        0, 1, 0, 0, 0);
    assert_int_equal(desk_look(desk, "93907123").state, ID_STATE_CANCELLED);
    assert_counts(desk_import_text(desk, event(desk, "a@x", 24, "93907123", "SEQUENCE:2\n"), false),
                  0, 1, 0, 0, 0);
    assert_int_equal(desk_look(desk, "93907123").state, ID_STATE_UPCOMING);
    desk_import_text(desk, event(desk, "b@x", 25, "16353789", "STATUS:CANCELLED\n"), false);
    assert_int_equal(desk_look(desk, "16353789").state, ID_STATE_CANCELLED);
    desk_sound(desk);
}

/*
 * iTIP: a cancellation of what is here cancels it, of what is not is told; a reply is no meeting.
 */
static void methods(void **state)
{
    struct desk *desk = *state;
    const char *a = event(desk, "a@x", 24, "93907123", NULL);
    assert_counts(desk_import_text(desk, two(desk, "METHOD:CANCEL\n", a), false), 0, 0, 0, 1, 0);
    assert_counts(desk_import_text(desk, two(desk, "METHOD:REQUEST\n", a), false), 1, 0, 0, 0, 0);
    assert_counts(desk_import_text(desk, two(desk, "METHOD:CANCEL\n", a), false), 0, 1, 0, 0, 0);
    assert_int_equal(desk_look(desk, "93907123").state, ID_STATE_CANCELLED);
    desk_sound(desk);
}

/*
 * --- series ------------------------------------------------------------------------------------
 */

#define SERIES                                                                                     \
    "BEGIN:VEVENT\nUID:s@x\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z\n"                    \
    "RRULE:FREQ=DAILY;COUNT=3\nSUMMARY:S\nEND:VEVENT\n"
#define CHANGED                                                                                    \
    "BEGIN:VEVENT\nUID:s@x\nRECURRENCE-ID:20261125T090000Z\nDTSTART:20261125T150000Z\n"            \
    "DTEND:20261125T160000Z\nSUMMARY:Changed\nEND:VEVENT\n"

static void assert_changed(struct desk *desk)
{
    struct occurrences list = {0};
    int64_t from = session_now(&desk->session);
    assert_ok(desk,
              desk_agenda(&desk->session, desk->arena, NULL, from, from + WEEK, false, &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[1].title, "Changed");
    assert_int_equal(zone_read(zone_utc(), list.items[1].start).local.hour, 15);
}

static void changed_occurrences(void **state)
{
    static const char *const orders[] = {SERIES CHANGED, CHANGED SERIES};
    struct desk *desk = *state;
    for (size_t i = 0; i < 2; i++) {
        struct import_report report = desk_import_text(desk, orders[i], false);
        assert_counts(report, i == 0, 0, i != 0, 0, 0);
        assert_changed(desk);
    }
    /* alone, once the series is there */
    assert_counts(desk_import_text(desk, CHANGED, false), 0, 0, 1, 0, 0);
    assert_counts(desk_import_text(desk, SERIES, false), 0, 0, 1, 0, 0);
    assert_counts(desk_import_text(desk, CHANGED, false), 0, 0, 1, 0, 0);
    assert_changed(desk);
    desk_sound(desk);
}

/* What is cancelled of a series that is not here leaves nothing; what is changed stands alone. */
static void an_orphan_stands_alone(void **state)
{
    static const char cancelled[] = "BEGIN:VEVENT\nUID:s@x\nRECURRENCE-ID:20261125T090000Z\n"
                                    "DTSTART:20261125T150000Z\nSTATUS:CANCELLED\nEND:VEVENT\n";
    struct desk *desk = *state;
    struct import_report report = desk_import_text(desk, cancelled, false);
    assert_counts(report, 0, 0, 0, 1, 0);
    assert_string_equal(report.errors.items[0].uid, "s@x");
    assert_int_equal(report.errors.items[0].line, 4);
    assert_counts(desk_import_text(desk, CHANGED, false), 1, 0, 0, 0, 0);
    assert_counts(desk_import_text(desk, CHANGED, false), 0, 0, 1, 0, 0);
    assert_true(meeting_lone(desk_show(desk, "s@x").meeting));
    desk_sound(desk);
}

/*
 * A batch's border between the two, whichever comes first, and a series that begins with the last
 * place of a batch.
 */
static void across_batches(void **state)
{
    static const struct {
        const char *first, *last;
        int before, between;
    } cases[] = {{SERIES, CHANGED, 0, 1100}, {CHANGED, SERIES, 0, 1100}, {SERIES, CHANGED, 999, 0}};
    struct desk *desk = *state;
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        struct text text = text_start(desk->arena);
        for (int i = 0; i < cases[n].before + cases[n].between; i++) {
            text_add(&text, i == cases[n].before ? cases[n].first : "");
            text_add(&text,
                     event(desk, arena_format(desk->arena, "n%d@x", i), 1 + i % 20, NULL, NULL));
        }
        text_add(&text, cases[n].between ? "" : cases[n].first);
        text_add(&text, cases[n].last);
        struct import_report report = desk_import_text(desk, text.bytes, false);
        assert_int_equal(report.rejected, 0);
        assert_int_equal(report.added, n == 0 ? 1101 : 0);
        assert_int_equal(report.updated, n == 0);
        assert_changed(desk);
    }
    desk_sound(desk);
}

static bool stop(void *context, int64_t done)
{
    (void)done;
    return --*(int *)context > 0;
}

static void stopped_keeps_what_was_taken(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    struct import_report report = {0};
    int calls = 1;
    text_add(&text, "BEGIN:VCALENDAR\n");
    for (int i = 0; i < 1200; i++)
        text_add(&text, event(desk, arena_format(desk->arena, "n%d@x", i), 1 + i % 20, NULL, NULL));
    text_add(&text, "END:VCALENDAR\n");
    desk->session.progress = stop;
    desk->session.progress_context = &calls;
    assert_ok(desk,
              transfer_import(&desk->session, desk->arena, desk_file(desk, "in.ics", text.bytes),
                              (struct import_how){0}, &report));
    desk->session.progress = NULL;
    assert_in_range(report.added, 1, 1199);
    desk_show(desk, arena_format(desk->arena, "n%d@x", (int)report.added - 1));
    struct occurrence none = {0};
    const char *next = arena_format(desk->arena, "n%d@x", (int)report.added);
    assert_int_equal(desk_meeting(&desk->session, desk->arena, next, &none), ERR_NOT_FOUND);
    desk_sound(desk);
}

/*
 * --- what is bad -------------------------------------------------------------------------------
 */

static void bad_events(void **state)
{
    struct desk *desk = *state;
    static const char *const bad[] = {
        "BEGIN:VEVENT\nUID:a@x\nDTSTART:20261399T090000Z\nSUMMARY:T\nEND:VEVENT\n",
        "BEGIN:VEVENT\nUID:a@x\nSUMMARY:T\nEND:VEVENT\n",
        "BEGIN:VEVENT\nUID:a@x\nDTSTART:20261124T090000Z\nDTEND:20261124T080000Z\nEND:VEVENT\n",
        "BEGIN:VEVENT\nUID:a@x\nDTSTART:20261124T090000Z\nRRULE:FREQ=NEVER\nEND:VEVENT\n",
        "BEGIN:VEVENT\nUID:a@x\nDTSTART;TZID=Mars/Olympus:20261124T090000\nEND:VEVENT\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct import_report report =
            desk_import_text(desk, two(desk, bad[i], event(desk, "good@x", 24, NULL, NULL)), true);
        assert_counts(report, 1, 0, 0, 1, 0);
        assert_true(report.errors.items[0].why[0] != '\0');
        assert_in_range(report.errors.items[0].line, 4, 9);
    }
}

static void bad_sources(void **state)
{
    struct desk *desk = *state;
    struct import_report report = {0};
    const char *text = desk_file(desk, "a.txt", "hello\n");
    assert_int_equal(
        transfer_import(&desk->session, desk->arena, text, (struct import_how){0}, &report),
        ERR_INVALID);
    assert_int_equal(transfer_import(&desk->session, desk->arena, "/nothing/here.ics",
                                     (struct import_how){0}, &report),
                     ERR_INVALID);
    assert_int_equal(
        transfer_import(&desk->session, desk->arena, desk->folder, (struct import_how){0}, &report),
        ERR_INVALID);
}

static void an_export_comes_back(void **state)
{
    struct desk *desk = *state;
    char *ical = NULL;
    struct import_report report = {0};
    desk_new(desk, "Comma, semicolon; and \\", "2026-11-24 09:00", NULL, NULL,
             "Eve <eve@example.org>");
    desk_new(desk, "全体会議", "2026-11-25 09:00", "90m", "FREQ=WEEKLY;COUNT=4", NULL);
    desk_import_text(
        desk, two(desk, SERIES CHANGED, event(desk, "b@x", 25, NULL, "X-OTHER:kept\n")), false);
    assert_ok(desk,
              transfer_export(&desk->session, desk->arena, NULL, NULL, 0, INSTANT_NEVER, &ical));
    assert_non_null(strstr(ical, "X-OTHER:kept"));
    assert_ok(desk, transfer_import(&desk->session, desk->arena, desk_file(desk, "out.ics", ical),
                                    (struct import_how){0}, &report));
    assert_counts(report, 0, 0, 4, 0, 0);
}

/*
 * A batch ends behind the changed occurrences of the series that is its last one: they go in with
 * it, and not as changes that come alone.
 */
static void a_batch_ends_behind_its_series(void **state)
{
    struct desk *desk = *state;
    static const int before[] = {998, 999, 1000};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        struct text text = text_start(desk->arena);
        struct import_report report = {0};
        for (int k = 0; k < before[i]; k++)
            text_addf(&text, "BEGIN:VEVENT\nUID:%d@x\nDTSTART:20261124T090000Z\nEND:VEVENT\n", k);
        text_addf(&text,
                  "BEGIN:VEVENT\nUID:series%zu@x\nDTSTART:20261124T090000Z\n"
                  "RRULE:FREQ=DAILY;COUNT=4\nEND:VEVENT\n",
                  i);
        for (int k = 24; k < 27; k++)
            text_addf(&text,
                      "BEGIN:VEVENT\nUID:series%zu@x\nRECURRENCE-ID:202611%dT090000Z\n"
                      "DTSTART:202611%dT150000Z\nEND:VEVENT\n",
                      i, k, k);
        text_addf(&text, "BEGIN:VEVENT\nUID:last%zu@x\nDTSTART:20261124T090000Z\nEND:VEVENT\n", i);
        report = desk_import_text(desk, text.bytes, false);
        assert_int_equal(report.read, before[i] + 2);
        assert_int_equal(report.updated, 0);
        assert_int_equal(report.added + report.unchanged, before[i] + 2);
        const char *series = arena_format(desk->arena, "series%zu@x", i);
        assert_int_equal(desk_show(desk, series).meeting->overrides.count, 3);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(again_changes_nothing),
        TEST(newer_wins_older_does_not),
        TEST(the_same_id_on_two_is_static),
        TEST(the_same_id_later_is_static_too),
        TEST(an_id_of_ours_stays_with_its_meeting),
        TEST(a_third_partys_passcode_is_no_id),
        TEST(another_organizers_id_is_left_out),
        TEST(nobodys_event_is_rejected),
        TEST(a_converted_meeting_stays_converted),
        TEST(a_reset_id_does_not_come_back),
        TEST(a_converted_id_lives_again),
        TEST(cancelled_by_the_calendar),
        TEST(methods),
        TEST(changed_occurrences),
        TEST(an_orphan_stands_alone),
        TEST(across_batches),
        TEST(stopped_keeps_what_was_taken),
        TEST(bad_events),
        TEST(bad_sources),
        TEST(an_export_comes_back),
        TEST(a_batch_ends_behind_its_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
