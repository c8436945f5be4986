/*
 * Writing iCalendar: what is written is read again as the same meeting; lines keep their length;
 * nothing breaks out of its property; what an imported event had beside is still there.
 */
#include "exchange/ical_property.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ical_support.h"

static void test_round_trip(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting base = ical_sample(), cases[14];
    for (size_t i = 0; i < 14; i++)
        cases[i] = base;
    cases[1].title = "Komma, Semikolon; Backslash \\ und \xC3\xBC\xE2\x82\xAC\xF0\x9F\x93\x9E";
    cases[2].notes = "Zeile 1\nZeile 2\n\nEND:VEVENT\nBEGIN:VEVENT";
    cases[3].location = "Room \"5\"; 2nd floor, \\left";
    cases[4].tz = "UTC";
    cases[5].all_day = true;
    cases[5].start_local = (struct local_time){2026, 12, 24, 0, 0, 0};
    cases[5].duration = 3 * DAY;
    cases[6].rrule = "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10";
    cases[7].rrule = "FREQ=DAILY;UNTIL=20270301T080000Z";
    cases[8].duration = 0;
    cases[9].status = MEETING_CANCELLED;
    cases[9].sequence = 7;
    cases[10].tz = "America/Los_Angeles";
    cases[10].start_local = (struct local_time){2026, 10, 31, 23, 0, 0};
    cases[10].duration = 26 * HOUR; /* over the change of the clock */
    cases[11].start_local = (struct local_time){2026, 10, 25, 1, 30, 0};
    cases[11].duration = 2 * HOUR; /* ends at the second 02:30 */
    cases[12].tz = "Asia/Kathmandu";
    cases[13].start_local = (struct local_time){2026, 3, 29, 2, 30, 0}; /* there is no such time */
    for (size_t i = 0; i < 14; i++) {
        ical_meeting_text(bench, &cases[i]);
        assert_same_meeting(ical_read_back(bench), &cases[i]);
        assert_string_equal(bench->organizer, "ada@example.org");
    }
}

static void test_series_with_changes(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct local_time excluded[] = {{2026, 12, 8, 9, 0, 0}}, added[] = {{2026, 12, 10, 14, 0, 0}};
    struct meeting_override changed[] = {{.recurrence = {2026, 12, 1, 9, 0, 0},
                                          .start = {2026, 12, 2, 10, 0, 0},
                                          .duration = 2 * HOUR,
                                          .title = "Moved"}};
    meeting.rrule = "FREQ=WEEKLY";
    meeting.exdates = (struct local_times){excluded, 1, 1};
    meeting.rdates = (struct local_times){added, 1, 1};
    meeting.overrides = (struct meeting_overrides){changed, 1, 1};
    ical_meeting_text(bench, &meeting);
    const struct meeting *back = ical_read_back(bench);
    assert_same_meeting(back, &meeting);
    assert_int_equal(back->overrides.count, 1);
    const struct meeting_override *override = &back->overrides.items[0];
    assert_int_equal(local_compare(override->recurrence, changed[0].recurrence), 0);
    assert_int_equal(local_compare(override->start, changed[0].start), 0);
    assert_int_equal(override->duration, 2 * HOUR);
    assert_string_equal(override->title, "Moved");
    assert_null(override->notes);
}

static void test_people(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct attendee people[] = {
        {.email = "bob@example.org", .name = "Bob \"B.\" M\xC3\xBCller, Jr; CEO: ^n"},
        {.email = "eve@example.org", .name = ""},
        {.email = "mallory@example.org", .name = "Mal\nATTENDEE:mailto:x@y"}};
    meeting.attendees = (struct attendees){people, 3, 3};
    ical_meeting_text(bench, &meeting);
    const struct meeting *back = ical_read_back(bench);
    assert_int_equal(back->attendees.count, 3);
    assert_string_equal(back->attendees.items[0].name, people[0].name);
    assert_string_equal(back->attendees.items[2].name, "Mal ATTENDEE:mailto:x@y");
}

static void test_dial_in(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct attendee people[] = {{.email = "bob@example.org", .name = ""}};
    meeting.attendees = (struct attendees){people, 1, 1};
    meeting.conference_id = "93907123";
    meeting.id_kind = ID_KIND_DYNAMIC;
    const char *const notes[] = {"", "Bring the figures.\n\n", "One line"};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        meeting.notes = notes[i];
        struct ical_item item = {.meeting = &meeting,
                                 .dial_in_block =
                                     "Join by phone\n+1 323-849-4874\nConference ID: 939 071 23\n",
                                 .dial_string = "+13238494874,,93907123#",
                                 .dial_label = "Phone, toll",
                                 .join_url = "https://example.org/join/1",
                                 .join_label = ""};
        const char *text = ical_item_text(bench, &item, ICAL_REQUEST);
        assert_non_null(strstr(text, "\r\nMETHOD:REQUEST\r\n"));
        assert_non_null(strstr(
            text, "CONFERENCE;VALUE=URI;LABEL=\"Phone, toll\";FEATURE=PHONE:tel:+13238494874,,93"
                  "\r\n 907123%23\r\n"));
        assert_non_null(strstr(
            text, "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://example.org/join/1\r\n"));
        assert_non_null(strstr(text, "\r\nURL:https://example.org/join/1\r\n"));
        const struct meeting *back = ical_read_back(bench);
        assert_string_equal(back->conference_id, "93907123");
        assert_same_meeting(back, &meeting); /* the block is no part of the notes */
    }
}

/*
 * Where a meeting has no place of its own, calendars show the number to dial; a place that somebody
 * enters is one.
 */
static void test_dial_in_location(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct meeting_override changed[] = {{.recurrence = {2026, 12, 1, 9, 0, 0},
                                          .start = {2026, 12, 2, 10, 0, 0},
                                          .duration = HOUR,
                                          .location = "Room 5"}};
    struct ical_item item = {.meeting = &meeting,
                             .dial_in_block = "Conference ID: 93907123",
                             .dial_string = "+13238494874,,93907123#"};
    meeting.conference_id = "93907123";
    meeting.rrule = "FREQ=WEEKLY";
    meeting.overrides = (struct meeting_overrides){changed, 1, 1};
    const char *text = ical_item_text(bench, &item, ICAL_NO_METHOD);
    assert_non_null(strstr(text, "\r\nLOCATION:+13238494874\\,\\,93907123#\r\n"));
    assert_non_null(strstr(text, "\r\nLOCATION:Room 5\r\n"));
    const struct meeting *back = ical_read_back(bench);
    assert_string_equal(back->location, "");
    assert_string_equal(back->overrides.items[0].location, "Room 5");
    meeting.location = "Room 4";
    assert_null(strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "LOCATION:+"));
    assert_string_equal(ical_read_back(bench)->location, "Room 4");
    meeting.location = "";
    meeting.notes =
        "Conference ID: 93907123"; /* it came with a block: the event is not ours to fill */
    assert_null(strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "LOCATION:+"));
    item.dial_string = "ask the desk";
    meeting.notes = "";
    assert_null(strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "LOCATION:ask"));
    static const char *const none[] = {
        "", "+", "+123", "4711", "+1 323", "+13238494874, Room 4", "+13238494874,,1#x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(ical_dial_string(none[i]));
    assert_true(ical_dial_string("+442079460000"));
}

/*
 * The telephone of another conference stays, until a meeting has a number of its own; an ID that is
 * not its own goes.
 */
static void test_dial_in_kept(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct ical_item item = {.meeting = &meeting};
    meeting.ical = "BEGIN:VEVENT\nCONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+14125550123\n"
                   "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+14125550123,,1234567%23\n"
                   "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.example/1\nEND:VEVENT\n";
    const char *text = ical_item_text(bench, &item, ICAL_NO_METHOD);
    assert_non_null(strstr(text, "FEATURE=PHONE:tel:+14125550123\r\n"));
    assert_null(strstr(text, "1234567"));
    meeting.ical = ical_read_back(bench)->ical;
    assert_non_null(strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "tel:+14125550123\r\n"));
    item.dial_string = "+13238494874";
    text = ical_item_text(bench, &item, ICAL_NO_METHOD);
    assert_null(strstr(text, "+14125550123"));
    assert_non_null(strstr(text, "FEATURE=PHONE:tel:+13238494874\r\n"));
    assert_non_null(strstr(text, "FEATURE=VIDEO:https://video.example/1\r\n"));
}

/* An address of its own stays in URL; the join URL of before does not stay beside the new one. */
static void test_join_url_kept(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct ical_item item = {.meeting = &meeting, .join_url = "https://example.org/new"};
    meeting.ical = "BEGIN:VEVENT\nURL:https://other.example/page\nEND:VEVENT\n";
    const char *text = ical_item_text(bench, &item, ICAL_NO_METHOD);
    assert_non_null(strstr(text, "\r\nURL:https://other.example/page\r\n"));
    assert_non_null(strstr(text, "FEATURE=AUDIO,VIDEO:https://example.org/new\r\n"));
    meeting.ical = "BEGIN:VEVENT\nURL:https://example.org/old\nCONFERENCE;VALUE=URI:https://"
                   "example.org/old\nEND:VEVENT\n";
    text = ical_item_text(bench, &item, ICAL_NO_METHOD);
    assert_null(strstr(text, "/old"));
    assert_non_null(strstr(text, "\r\nURL:https://example.org/new\r\n"));
    item.join_url = NULL;
    assert_non_null(strstr(ical_item_text(bench, &item, ICAL_NO_METHOD),
                           "\r\nURL:https://example.org/old\r\n"));
}

/*
 * What is kept is stamped with its revision, else its last change; what is sent with the sending.
 */
static void test_stamp(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct ical_item item = {.meeting = &meeting};
    struct attendee people[] = {{.email = "bob@example.org", .name = ""}};
    meeting.attendees = (struct attendees){people, 1, 1};
    meeting.changed = 1763884800;
    assert_non_null(
        strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "\r\nDTSTAMP:20251123T080000Z\r\n"));
    meeting.stamp = 1763888400;
    assert_non_null(
        strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "\r\nDTSTAMP:20251123T090000Z\r\n"));
    assert_non_null(
        strstr(ical_item_text(bench, &item, ICAL_REQUEST), "\r\nDTSTAMP:20251124T090000Z\r\n"));
    meeting.changed = meeting.stamp = 0;
    assert_non_null(
        strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "\r\nDTSTAMP:20251124T090000Z\r\n"));
}

/* Every line at most 75 bytes, no line cut inside a character, every line ended by CRLF. */
static void test_folding(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct text notes = text_start(bench->arena);
    static const char *const pieces[] = {"a", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x93\x9E",
                                         ",", "\n"};
    for (int i = 0; i < 3000; i++)
        text_add(&notes, pieces[(i * 7 + i / 6) % 6]);
    meeting.notes = notes.bytes;
    const char *line = ical_meeting_text(bench, &meeting);
    while (*line) {
        const char *end = strstr(line, "\r\n");
        assert_non_null(end);
        assert_true(end - line <= 75);
        assert_null(memchr(line, '\n', (size_t)(end - line)));
        assert_true(((unsigned char)line[*line == ' '] & 0xC0) != 0x80);
        line = end + 2;
    }
    assert_same_meeting(ical_read_back(bench), &meeting);
}

static void test_kept(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct attendee people[] = {{.email = "bob@example.org", .name = "Bob"}};
    meeting.attendees = (struct attendees){people, 1, 1};
    meeting.conference_id = "93907123";
    meeting.ical = "BEGIN:VEVENT\n"
                   "X-OTHER;P=1:kept\\, as it was\n"
                   "CATEGORIES:Work,Money\n"
                   "ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@example.org\n"
                   "STATUS:TENTATIVE\n"
                   "X-OLD-DIAL-IN:Conference ID: 1234567\n"
                   "no line at all\n"
                   "BEGIN:VALARM\nTRIGGER:-PT15M\nACTION:DISPLAY\nDESCRIPTION:x\nEND:VALARM\n"
                   "END:VEVENT\n";
    const char *text = ical_meeting_text(bench, &meeting);
    static const char *const there[] = {
        "\r\nX-OTHER;P=1:kept\\, as it was\r\n", "\r\nCATEGORIES:Work,Money\r\n",
        "PARTSTAT=ACCEPTED", "\r\nSTATUS:TENTATIVE\r\n", "\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\n"};
    static const char *const gone[] = {"1234567", "no line", "NEEDS-ACTION", "STATUS:CONFIRMED"};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        assert_non_null(strstr(text, there[i]));
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        assert_null(strstr(text, gone[i]));
    ical_read_back(bench);
}

/* Text of an import that would close the event early is not written at all. */
static void test_kept_unpaired(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    meeting.ical = "BEGIN:VEVENT\nX-A:1\nEND:VEVENT\nEND:VCALENDAR\nX-B:2\n";
    assert_null(strstr(ical_meeting_text(bench, &meeting), "X-A"));
    ical_read_back(bench);
}

static void test_until_is_utc(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    static const struct {
        const char *rule, *written;
        bool all_day;
    } cases[] = {
        {"FREQ=DAILY;UNTIL=20261130T090000", "RRULE:FREQ=DAILY;UNTIL=20261130T080000Z\r\n", false},
        {"FREQ=DAILY;UNTIL=20261130;INTERVAL=2",
         "RRULE:FREQ=DAILY;UNTIL=20261130T225959Z;INTERVAL=2\r\n", false},
        {"FREQ=DAILY;UNTIL=20261130T080000Z", "RRULE:FREQ=DAILY;UNTIL=20261130T080000Z\r\n", false},
        {"FREQ=DAILY;UNTIL=20261130", "RRULE:FREQ=DAILY;UNTIL=20261130\r\n", true},
        {"FREQ=DAILY;UNTIL=20261129T230000Z", "RRULE:FREQ=DAILY;UNTIL=20261130\r\n", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        meeting.rrule = cases[i].rule;
        meeting.all_day = cases[i].all_day;
        meeting.duration = cases[i].all_day ? DAY : HOUR;
        meeting.start_local.hour = cases[i].all_day ? 0 : 9;
        assert_non_null(strstr(ical_meeting_text(bench, &meeting), cases[i].written));
    }
}

/* Rules where they hold for good, single dates where they changed. */
static void test_vtimezone(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    meeting.tz = "America/New_York";
    struct attendee people[] = {{.email = "bob@example.org", .name = ""}};
    meeting.attendees = (struct attendees){people, 1, 1};
    struct ical_item item = {.meeting = &meeting};
    const char *text = ical_item_text(bench, &item, ICAL_REQUEST);
    assert_non_null(strstr(text, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n"));
    assert_non_null(strstr(text, "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n"));
    assert_null(strstr(text, "RDATE"));
    ical_meeting_text(bench, &meeting); /* from 1970: other rules before 2007 */
    assert_non_null(strstr(bench->out.bytes, "RDATE:19990404T020000\r\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_series_with_changes, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_people, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_dial_in, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_dial_in_location, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_dial_in_kept, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_join_url_kept, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_stamp, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_folding, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_kept, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_kept_unpaired, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_until_is_utc, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_vtimezone, bench_start, bench_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
