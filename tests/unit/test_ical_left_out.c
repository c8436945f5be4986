/*
 * Reading iCalendar that is damaged in part: a line that a meeting can do without is left out of
 * it and told, and an event without a UID is known again by what it says.
 */
#include "ical_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct ical_event one_of(struct ical_bench *bench, const char *text)
{
    struct ical_reading reading = {.name = "test",
                                   .floating = zones_system_zone(bench->zones, "Europe/Berlin"),
                                   .zones = zones_system_source(bench->zones)};
    struct ical_source source = {.text = text, .length = strlen(text)};
    struct ical_reader *reader = ical_reader_start(&reading, source);
    struct ical_event event;
    bool found;
    assert_int_equal(ical_next(reader, bench->arena, &event, &found, NULL), ERR_OK);
    assert_true(found);
    ical_reader_end(reader);
    return event;
}

/* BEGIN:VEVENT is line 2, the first of these lines line 3. */
static struct ical_event one_event(struct ical_bench *bench, const char *lines)
{
    return one_of(
        bench, arena_format(bench->arena,
                            "BEGIN:VCALENDAR\nBEGIN:VEVENT\n%sEND:VEVENT\nEND:VCALENDAR\n", lines));
}

/*
 * A line that a meeting can do without is left out and told, whatever is wrong with it; an event
 * without a UID gets one from what it says.
 */
static void test_left_out(void **state)
{
    static const char at[] = "UID:u\nDTSTART:20261124T090000\nSUMMARY:T\n";
    static const struct {
        const char *lines, *told;
        bool lossy;
    } cases[] = {
        {"CLASS:PRIVATE\n", NULL, false},
        {"COMMENT;X=\"open:T\n",
         "its line 6, COMMENT was left out: a quotation mark in it is not closed", true},
        {"comment;X:T\n", "its line 6, COMMENT was left out: a parameter of it is no NAME=VALUE",
         true},
        {"the line before was not folded\n",
         "its line 6, THE was left out: it has no ':' behind the property's name", true},
        {":no name\n", "its line 6 was left out: it does not begin with a property's name", true},
        {"LOCATION:\x81\x8D\n", "its line 6, LOCATION was left out: it is not UTF-8", true},
        {"LOCATION:K\xF6ln\nCOMMENT:M\xC3\xBCller\n",
         "its line 6, LOCATION was left out: it is not UTF-8", true},
        {"COMMENT:M\xC3\xBCller\nLOCATION:K\xF6ln\n",
         "its line 7, LOCATION was left out: it is not UTF-8", true},
        {"BEGIN:VALARM\nDTSTART\nEND:VALARM\n",
         "its line 7, DTSTART was left out: it has no ':' behind the property's name", true},
        {"A\nB\nC\nD\nE\n",
         "its line 6, A was left out: it has no ':' behind the property's name; "
         "its line 7, B was left out: it has no ':' behind the property's name; "
         "its line 8, C was left out: it has no ':' behind the property's name; "
         "2 lines more were left out",
         true},
        {"SEQUENCE:many\n", "its SEQUENCE 'many' is no number from 0; it was taken as 0", false},
        {"SEQUENCE:-1\n", "its SEQUENCE '-1' is no number from 0; it was taken as 0", false},
    };
    struct ical_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ical_event event =
            one_event(bench, arena_format(bench->arena, "%s%s", at, cases[i].lines));
        assert_null(event.why);
        assert_string_equal(event.meeting.title, "T");
        assert_string_equal(event.note ? event.note : "", cases[i].told ? cases[i].told : "");
        assert_int_equal(event.lossy, cases[i].lossy);
    }
}

/* Words that are too long are cut, whatever they are too long for; all else of a megabyte goes. */
static void test_left_out_long(void **state)
{
    static const struct {
        const char *name, *told;
    } cases[] = {
        {"SUMMARY", "its SUMMARY is too long; the first 1000 bytes were taken"},
        {"DESCRIPTION", "its DESCRIPTION is too long; the first 65535 bytes were taken"},
        {"ATTACH", "its line 5, ATTACH was left out: it is longer than 1 MiB"},
        {"X-ALT-DESC", "its line 5, X-ALT-DESC was left out: it is longer than 1 MiB"},
        {"ATTENDEE", "its line 5, ATTENDEE was left out: it is longer than 1 MiB"},
    };
    struct ical_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text lines = text_start(bench->arena);
        text_addf(&lines, "UID:u\nDTSTART:20261124T090000\n%s:", cases[i].name);
        for (size_t n = 0; n < 700000; n++)
            text_add(&lines, i == 1 ? "\xE2\x82\xAC" : "xy");
        text_add(&lines, "\nLOCATION:L\n");
        struct ical_event event = one_event(bench, lines.bytes);
        assert_null(event.why);
        assert_string_equal(event.note, cases[i].told);
        assert_string_equal(event.meeting.location, "L");
        assert_true(event.lossy);
    }
}

static void test_uid_made(void **state)
{
    static const struct {
        const char *lines;
        bool same; /* as the first one's */
    } cases[] = {
        {"DTSTART:20261124T090000\nSUMMARY:T\n", true},
        {"SUMMARY:T\nDTSTART:20261124T090000\n", true},
        {"UID:\nDTSTART:20261124T090000\nSUMMARY:T\n", true},
        {"DTSTAMP:20260101T000000Z\nDTSTART:20261124T090000\nCREATED:20260101T000000Z\n"
         "LAST-MODIFIED:20260101T000000Z\nSUMMARY:T\nSEQUENCE:3\nX-MOZ-GENERATION:2\n"
         "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM\n",
         true},
        {"DTSTART:20261124T090000\nSUMMARY:\n T\n", true},
        {"DTSTART:20261124T090000\nSUMMARY:U\n", false},
        {"DTSTART:20261124T090001\nSUMMARY:T\n", false},
        {"DTSTART:20261124T090000Z\nSUMMARY:T\n", false},
        {"DTSTART:20261124T090000\nSUMMARY:T\nLOCATION:L\n", false},
        {"DTSTART:20261124T090000\nSUMMARY:T\nRRULE:FREQ=DAILY\n", false},
        {"DTSTART:20261124T090000\nSUMMARY:T\nRECURRENCE-ID:20261124T090000\n", false},
    };
    struct ical_bench *bench = *state;
    const char *first = one_event(bench, cases[0].lines).uid;
    assert_int_equal(strlen(first), 32 + strlen("@no-uid.dialdesk"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ical_event event = one_event(bench, cases[i].lines);
        assert_null(event.why);
        assert_true(event.uid_made);
        assert_non_null(strstr(event.note, "it has no UID"));
        assert_int_equal(strcmp(event.uid, first) == 0, cases[i].same);
        assert_string_equal(event.uid, event.meeting.uid);
    }
    assert_false(one_event(bench, "UID:u\nDTSTART:20261124T090000\n").uid_made);
    struct ical_event damaged = one_event(bench, "SUMMARY:T\n");
    assert_string_equal(damaged.why, "it has no DTSTART");
    assert_string_equal(damaged.uid, "");
}

/* What answers or cancels a meeting must name it. */
static void test_uid_needed(void **state)
{
    static const struct {
        const char *method, *why;
    } cases[] = {
        {"PUBLISH", NULL},
        {"REQUEST", NULL},
        {"CANCEL", "it has no UID, and so names no meeting that is here"},
        {"REPLY", "it has no UID, and so names no meeting that is here"},
    };
    struct ical_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = arena_format(bench->arena,
                                        "BEGIN:VCALENDAR\nMETHOD:%s\nBEGIN:VEVENT\n"
                                        "DTSTART:20261124T090000\nATTENDEE:mailto:a@b.example\n"
                                        "END:VEVENT\n",
                                        cases[i].method);
        struct ical_event event = one_of(bench, text);
        assert_string_equal(event.why ? event.why : "", cases[i].why ? cases[i].why : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_left_out, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_left_out_long, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_uid_made, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_uid_needed, bench_start, bench_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
