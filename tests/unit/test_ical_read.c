/*
 * Reading iCalendar: what other programs write is taken, what is damaged is rejected with its line
 * and the reason, and the events around it go in all the same.
 */
#include "ical_read_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define AT READING_EVENT

static void test_sound(void **state)
{
    static const struct {
        const char *lines, *wanted;
    } cases[] = {
        {AT, "2:T 20261124T090000 Europe/Berlin 0\n"},
        {AT "DTEND:20261124T100000\r\n", "2:T 20261124T090000 Europe/Berlin 3600\n"},
        {AT "DURATION:PT1H30M\r\n", "2:T 20261124T090000 Europe/Berlin 5400\n"},
        {AT "DURATION:P1W\r\n", "2:T 20261124T090000 Europe/Berlin 604800 by the clock 7\n"},
        {"UID:u\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z\n",
         "2:(no title) 20261124T090000 UTC 3600\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;VALUE=DATE:20261124\n",
         "2:T 20261124T000000 Europe/Berlin 86400 day\n"},
        {"UID:u\nSUMMARY:T\nDTSTART:20261124\nDTEND:20261127\n",
         "2:T 20261124T000000 Europe/Berlin 259200 day\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261124\n",
         "2:T 20261124T000000 Europe/Berlin 86400 day\n"},
        {"UID:u\nSUMMARY:T\nDTSTART:20261124T000000\nDTEND:20261125T000000\nX-MICROSOFT-CDO-"
         "ALLDAYEVENT:TRUE\n",
         "2:T 20261124T000000 Europe/Berlin 86400 day\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=America/New_York:20261124T090000\nDTEND;TZID=Europe/"
         "Berlin:20261124T160000\n",
         "2:T 20261124T090000 America/New_York 3600\n"},
        /* a day over the change of the clock: DURATION's days follow the clock */
        {"UID:u\nSUMMARY:T\nDTSTART:20261024T120000\nDURATION:P1D\n",
         "2:T 20261024T120000 Europe/Berlin 86400 by the clock 1\n"},
        /* in the hour that comes twice, an end before its start is in its second time */
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=America/New_York:20271107T014500\nDTEND;TZID=America/"
         "New_York:20271107T013000\n",
         "2:T 20271107T014500 America/New_York 2700\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=America/New_York:20271107T013000\nDTEND;TZID=America/"
         "New_York:20271107T013000\n",
         "2:T 20271107T013000 America/New_York 0\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=W. Europe Standard Time:20261124T090000\n",
         "2:T 20261124T090000 Europe/Berlin 0\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=\"pacific standard time\":20261124T090000\n",
         "2:T 20261124T090000 America/Los_Angeles 0\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, "
         "Vienna\":20261124T090000\n",
         "2:T 20261124T090000 Europe/Berlin 0\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=tzone://Microsoft/Utc:20261124T090000\n",
         "2:T 20261124T090000 UTC 0\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=\"tzone://Microsoft/Olson/Europe/"
         "Paris\":20261124T090000\n",
         "2:T 20261124T090000 Europe/Paris 0\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;TZID=/vendor.example/20101023_1/Asia/Tokyo:20261124T090000\n",
         "2:T 20261124T090000 Asia/Tokyo 0\n"},
        {AT "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE:20261201T090000,20261208T080000Z\r\nRDATE;VALUE="
            "DATE:20261210\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 FREQ=WEEKLY;COUNT=3 ex=20261201T090000 "
         "ex=20261208T090000 "
         "add=20261210T090000\n"},
        {AT "RDATE;VALUE=PERIOD:20261210T090000Z/PT1H\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 add=20261210T100000 20261210T100000:3600\n"},
        {AT "DURATION:PT1H\r\nRDATE;VALUE=PERIOD;TZID=America/New_York:20261210T090000/"
            "20261210T113000,20261211T090000/PT1H,20261212T090000/20261212T160000Z\r\n",
         "2:T 20261124T090000 Europe/Berlin 3600 add=20261210T150000 add=20261211T150000 "
         "add=20261212T150000 20261210T150000:9000 20261212T150000:7200\n"},
        /* what is excluded does not take place, whatever its length; of twins the last counts */
        {AT "EXDATE:20261210T090000\r\nRDATE;VALUE=PERIOD:20261210T090000/PT1H,20261211T090000/"
            "PT1H\r\nRDATE;VALUE=PERIOD:20261211T090000/PT2H\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 ex=20261210T090000 add=20261210T090000 "
         "add=20261211T090000 add=20261211T090000 20261211T090000:7200\n"},
        /* a day of a period follows the clock; one beside whole days is of whole days */
        {AT "RDATE;VALUE=PERIOD:20261024T120000/P1D\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 add=20261024T120000 20261024T120000:90000\n"},
        {"UID:u\nSUMMARY:T\nDTSTART;VALUE=DATE:20261124\n"
         "RDATE;VALUE=PERIOD:20261024T000000/P2D,20261201T090000/PT3H,20261205T220000/PT3H\n",
         "2:T 20261124T000000 Europe/Berlin 86400 day add=20261024T000000 add=20261201T000000 "
         "add=20261205T000000 20261024T000000:172800 20261205T000000:172800\n"},
        {AT "RECURRENCE-ID:20261117T090000\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 of=20261117T090000\n"},
        {AT "STATUS:CANCELLED\r\n", "2:T 20261124T090000 Europe/Berlin 0 cancelled\n"},
        {"UID:u\r\nDTSTART:20261124T090000\r\nSUMMARY:Sch\xC3\r\n \xB6n\\, und\\n "
         "lang\\;\r\n\tT\\\\\r\n",
         "2:Sch\xC3\xB6n, und  lang;T\\ 20261124T090000 Europe/Berlin 0\n"},
        {AT "SUMMARY:second\r\nlocation;language=de:x\r\n",
         "2:T 20261124T090000 Europe/Berlin 0\n"},
        {AT "DESCRIPTION:Join\\nConference ID: 93907123\\n\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 id=93907123\n"},
        {AT "LOCATION:Conference ID: 0123456\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 id=0123456\n"},
        {AT "CONFERENCE;VALUE=URI:tel:+13238494874\\,\\,766918553#\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 id=766918553\n"},
        {AT "DESCRIPTION:Conference ID: "
            "93907123\r\nX-ALT-DESC;FMTTYPE=text/html:<p>Conference&nbsp;ID: "
            "<b>16353789</b></p>\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 id=93907123 aside=16353789\n"},
        {AT "X-ALT-DESC;FMTTYPE=text/html:<p>&#43;1 323-849-4874\\,\\,766918553&#35;</p>\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 id=766918553\n"},
        {AT "X-ALT-DESC;FMTTYPE=text/html:<p>Video&Conference ID: 93907123</p>\r\n",
         "2:T 20261124T090000 Europe/Berlin 0 id=93907123\n"},
        {AT "DESCRIPTION:Meeting ID: 123 456 789\\nPasscode: 4711\r\n",
         "2:T 20261124T090000 Europe/Berlin 0\n"},
        {AT "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDURATION:PT9H\r\nEND:VALARM\r\n",
         "2:T 20261124T090000 Europe/Berlin 0\n"},
        {AT "LOCATION:\r\nX-EMPTY:\r\nCATEGORIES:\r\n", "2:T 20261124T090000 Europe/Berlin 0\n"},
    };
    struct reading_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(reading_event(bench, cases[i].lines), cases[i].wanted);
}

static void test_damaged(void **state)
{
    static const struct {
        const char *lines, *where, *why;
    } cases[] = {
        {"UID:u\nSUMMARY:T\n", "2!2:u:", "no DTSTART"},
        {"UID:u\nDTSTART:20261399T090000\n",
         "2!4:u:", "DTSTART '20261399T090000' is no date or time"},
        {"UID:u\nDTSTART:2026-11-24T09:00:00\n", "2!4:u:", "no date or time"},
        {"UID:u\nDTSTART:20260229\n", "2!4:u:", "no date or time"},
        {"UID:u\nDTSTART:20261124T250000\n", "2!4:u:", "no date or time"},
        {"UID:u\nDTSTART:\n", "2!4:u:", "no date or time"},
        {"UID:u\nDTSTART;TZID=Middle Earth:20261124T090000\n", "2!4:u:", "Middle Earth"},
        {"UID:u\nDTSTART:20261124T090000\nDTEND:20261124T080000\n", "2!5:u:", "before DTSTART"},
        {"UID:u\nDTSTART:20261124\nDTEND:20261120\n", "2!5:u:", "before DTSTART"},
        {"UID:u\nDTSTART:20261025T024500\nDTEND:20261025T013000\n", "2!5:u:", "before DTSTART"},
        {"UID:u\nDTSTART:20261124T090000\nDTEND:soon\n", "2!5:u:", "DTEND 'soon'"},
        {"UID:u\nDTSTART:20261124T090000\nDURATION:1 hour\n", "2!5:u:", "no duration"},
        {"UID:u\nDTSTART:20261124T090000\nDURATION:-PT1H\n", "2!5:u:", "no duration"},
        {"UID:u\nDTSTART:20261124T090000\nDURATION:PT\n", "2!5:u:", "no duration"},
        {"UID:u\nDTSTART:20261124T090000\nDTEND:20261124T100000\nDURATION:PT1H\n",
         "2!6:u:", "both"},
        {"UID:u\nDTSTART:20261124T090000\nDTEND:20991124T100000\n", "2!5:u:", "longer than a year"},
        {"UID:u\nDTSTART:20261124T090000\nRDATE;VALUE=PERIOD:20261125T090000/soon\n",
         "2!5:u:", "RDATE 'soon' is no date or time"},
        {"UID:u\nDTSTART:20261124T090000\nRDATE;VALUE=PERIOD:20261125T090000/PT1\n",
         "2!5:u:", "RDATE 'PT1' is no duration"},
        {"UID:u\nDTSTART:20261124T090000\nRDATE;VALUE=PERIOD:20261125T090000/-PT1H\n",
         "2!5:u:", "RDATE '-PT1H' is no date or time"},
        {"UID:u\nDTSTART:20261124T090000\nRDATE;VALUE=PERIOD:20261125T090000/20261125T080000\n",
         "2!5:u:", "RDATE '20261125T090000/20261125T080000' ends before it starts"},
        {"UID:u\nDTSTART:20261124T090000\nRDATE;VALUE=PERIOD:20261125T090000/P400D\n",
         "2!5:u:", "RDATE '20261125T090000/P400D' lasts longer than a year"},
        {"UID:u\nDTSTART:20261124T090000\nRRULE:FREQ=SOMETIMES\n", "2!5:u:", "repeat rule"},
        {"UID:u\nDTSTART:20261124T090000\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY\n",
         "2!6:u:", "second RRULE"},
        {"UID:u\nDTSTART:20261124T090000\nEXDATE:20261124T090000,tomorrow\n",
         "2!5:u:", "EXDATE 'tomorrow'"},
        {"UID:u\nDTSTART:20261124T090000\nEXRULE:FREQ=DAILY\n", "2!5:u:", "EXRULE"},
        {"UID:u\nDTSTART:20261124T090000\nRECURRENCE-ID;RANGE=THISANDPRIOR:20261124T090000\n",
         "2!5:u:", "RANGE"},
        {"UID:u\nUID:v\nDTSTART:20261124T090000\n", "2!4:u:", "second UID"},
        {"UID:u\nDTSTART;X=\"open:20261124T090000\n", "2!4:u:", "quotation"},
        {"UID:u\nDTSTART:20261124T090000\nRRULE;X:FREQ=DAILY\n", "2!5:u:", "NAME=VALUE"},
        {"UID:u\nDTSTART:20261124T090000\nEXDATE 20261125T090000\n", "2!5:u:", "':'"},
        {"UID:u\nDTSTART:20261124T090000\nORGANIZER;CN=\x81\x8D:mailto:a@b.example\n",
         "2!5:u:", "UTF-8"},
        {"UID:u\nSUMMARY:M\xC3\xBCller\nDTSTART:20261124T090000\nSTATUS;X=\xF6:CONFIRMED\n",
         "2!6:u:", "UTF-8"},
        {"UID:u\nORGANIZER;CN=\xF6:mailto:a@b.example\nSUMMARY:M\xC3\xBCller\n"
         "DTSTART:20261124T090000\n",
         "2!4:u:", "UTF-8"},
        {"UID:u\nDTSTART:20261124T090000\nBEGIN VALARM\n", "2!5:u:", "':'"},
        {"UID:u\nDTSTART:20261124T090000\nEND:VALARM\n", "2!5:u:", "END"},
        {"UID:u\nDTSTART:20261124T090000\nBEGIN:VALARM\n", "2!6:u:", "open"},
    };
    struct reading_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = reading_event(bench, cases[i].lines);
        if (strncmp(got, cases[i].where, strlen(cases[i].where)) != 0 || !strstr(got, cases[i].why))
            fail_msg("case %zu: wanted %s ... %s, got %s", i, cases[i].where, cases[i].why, got);
        assert_null(strchr(strchr(got, '\n') + 1, '\n')); /* said once */
    }
}

/* Damage of one event leaves the others whole, whatever of BEGIN and END is missing. */
static void test_structure(void **state)
{
    static const char good[] =
        "BEGIN:VEVENT\nUID:g\nSUMMARY:G\nDTSTART:20261124T090000\nEND:VEVENT\n";
    static const struct {
        const char *before, *after, *wanted;
    } cases[] = {
        {"BEGIN:VCALENDAR\n", "END:VCALENDAR\n", "2:G 20261124T090000 Europe/Berlin 0\n"},
        {"\xEF\xBB\xBF"
         "begin:vcalendar\n\n",
         "", "3:G 20261124T090000 Europe/Berlin 0\n"},
        {"", "", "1:G 20261124T090000 Europe/Berlin 0\n"},
        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b\n", "END:VCALENDAR\n",
         "2!4:b: it has no END before this line\n4:G 20261124T090000 Europe/Berlin 0\n"},
        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b\nEND:VCALENDAR\nBEGIN:VCALENDAR\n",
         "END:VCALENDAR\n",
         "2!4:b: it has no END before this line\n6:G 20261124T090000 Europe/Berlin 0\n"},
        {"BEGIN:VCALENDAR\n", "BEGIN:VEVENT\nUID:b\nSUMMARY:cut o",
         "2:G 20261124T090000 Europe/Berlin 0\n7!9:b: the file ends before it does\n"},
        {"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nBEGIN:VALARM\nEND:VALARM\nEND:VTODO\n",
         "END:VCALENDAR\n", "7:G 20261124T090000 Europe/Berlin 0\n"},
        {"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\n", "END:VCALENDAR\n",
         "4:G 20261124T090000 Europe/Berlin 0\n"},
        {"BEGIN:VCALENDAR\nX-WR-TIMEZONE:Asia/Tokyo\n", "END:VCALENDAR\n",
         "3:G 20261124T090000 Asia/Tokyo 0\n"},
        {"BEGIN:VCALENDAR\nMETHOD:CANCEL\n", "END:VCALENDAR\n",
         "3:G 20261124T090000 Europe/Berlin 0 cancelled\n"},
    };
    struct reading_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text =
            arena_format(bench->arena, "%s%s%s", cases[i].before, good, cases[i].after);
        assert_string_equal(reading_text(bench, text), cases[i].wanted);
        bench->portion = 1; /* the same, byte by byte */
        assert_string_equal(reading_text(bench, text), cases[i].wanted);
        bench->portion = 0;
    }
}

#define WINDOWS(n)                                                                                 \
    "(its line " n " is not UTF-8; it was read as Windows-1252, as old programs write it)"

/*
 * A file of old programs, told with the first line of an event; beside UTF-8 in the same calendar
 * it is damage.
 */
static void test_windows(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nSUMMARY:M\xFCller \x80 5 \x96 K\r\n "
         "\xF6ln\nLOCATION:"
         "\xC4\nDTSTART:20261124T090000\nEND:VEVENT\nBEGIN:VEVENT\nUID:v\nSUMMARY:plain\nDTSTART:"
         "20261124T090000\nEND:VEVENT\nEND:VCALENDAR\n",
         "2:M\xC3\xBCller \xE2\x82\xAC 5 \xE2\x80\x93 K\xC3\xB6ln 20261124T090000 Europe/Berlin "
         "0 " WINDOWS("4") "\n9:plain 20261124T090000 Europe/Berlin 0\n"},
        {"BEGIN:VCALENDAR\nX-WR-CALNAME:K\xC3\xB6ln\nBEGIN:VEVENT\nUID:u\nSUMMARY:"
         "M\xFCller\nDTSTART:"
         "20261124T090000\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:"
         "v\nSUMMARY:"
         "M\xFCller\nDTSTART:20261124T090000\nEND:VEVENT\nEND:VCALENDAR\n",
         "3:(no title) 20261124T090000 Europe/Berlin 0\n10:M\xC3\xBCller 20261124T090000 "
         "Europe/Berlin 0 " WINDOWS("12") "\n"},
    };
    struct reading_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(reading_text(bench, cases[i].text), cases[i].wanted);
}

static void test_no_calendar(void **state)
{
    static const char *const cases[] = {"", "\r\n\r\n", "hello\n", "PK\003\004",
                                        "From: a@b\n\nBEGIN:VCARD\nEND:VCARD\n"};
    struct reading_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(reading_run(bench, cases[i], strlen(cases[i])), ERR_INVALID);
        assert_string_equal(bench->error.what, "test.ics");
    }
    assert_string_equal(reading_text(bench, "BEGIN:VCALENDAR\nEND:VCALENDAR\n"), "");
}

static void test_nul(void **state)
{
    struct reading_bench *bench = *state;
    static const char bytes[] =
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nSUMMARY:a\0b\nDTSTART:20261124T090000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:v\nDTSTART:20261124T09\0000\nEND:VEVENT\n";
    assert_int_equal(reading_run(bench, bytes, sizeof bytes - 1), ERR_OK);
    assert_string_equal(bench->out.bytes, "2:(no title) 20261124T090000 Europe/Berlin 0\n"
                                          "7!9:v: it holds a NUL byte\n");
}

/* A zone that only its VTIMEZONE explains, with a start in 1601, as Windows has it. */
static void test_foreign_zone(void **state)
{
    static const char text[] =
        "BEGIN:VCALENDAR\n"
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n"
        "BEGIN:STANDARD\nDTSTART:16011104T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\n"
        "TZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD\n"
        "BEGIN:DAYLIGHT\nDTSTART:16010311T020000\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\n"
        "TZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
        "BEGIN:VTIMEZONE\nTZID:Mine\nX-LIC-LOCATION:Asia/Kolkata\nEND:VTIMEZONE\n"
        "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "TZOFFSETFROM:+0017\nTZOFFSETTO:+0017\nEND:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Customized Time "
        "Zone:20261124T090000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nSUMMARY:B\nDTSTART;TZID=Mine:20261124T090000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:c\nSUMMARY:C\nDTSTART;TZID=Odd:20261124T090000\nEND:VEVENT\n"
        "END:VCALENDAR\n";
    struct reading_bench *bench = *state;
    const char *got = reading_text(bench, text);
    static const char wanted[] =
        "29:A 20261124T090000 America/New_York 0\n34:B 20261124T090000 Asia/Kolkata 0\n"
        "39:C 20261124T090000 UTC+0017 0\n"; /* no place has it */
    assert_memory_equal(got, wanted, sizeof wanted - 1);
}

/* Onsets named one by one, as several programs write them; and events from before the first. */
static void test_zone_of_dates(void **state)
{
    static const char text[] =
        "BEGIN:VCALENDAR\n"
        "BEGIN:VTIMEZONE\nTZID:Dates\n"
        "BEGIN:STANDARD\nDTSTART:20251102T020000\nRDATE:20261101T020000,20271107T020000\n"
        "TZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD\n"
        "BEGIN:DAYLIGHT\nDTSTART:20260308T020000\nRDATE:20260308T020000\nRDATE:20270314T020000\n"
        "TZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
        "BEGIN:VTIMEZONE\nTZID:Odd dates\n"
        "BEGIN:STANDARD\nDTSTART:20260101T000000\nRDATE:20270101T000000\n"
        "TZOFFSETFROM:+0033\nTZOFFSETTO:+0017\nEND:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VTIMEZONE\nTZID:Broken dates\n"
        "BEGIN:STANDARD\nDTSTART:20260101T000000\nRDATE:20270101T000000,never\n"
        "TZOFFSETFROM:+0033\nTZOFFSETTO:+0017\nEND:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Dates:20261124T090000\n"
        "RRULE:FREQ=WEEKLY\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nSUMMARY:B\nDTSTART;TZID=Dates:20270701T090000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:c\nSUMMARY:C\nDTSTART;TZID=Odd dates:20261124T090000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:d\nSUMMARY:D\nDTSTART;TZID=Odd dates:20251124T090000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:e\nSUMMARY:E\nDTSTART;TZID=Broken dates:20261124T090000\nEND:VEVENT\n"
        "END:VCALENDAR\n";
    struct reading_bench *bench = *state;
    const char *got = reading_text(bench, text);
    static const char wanted[] =
        "36:A 20261124T090000 America/New_York 0 FREQ=WEEKLY\n42:B 20270701T090000 "
        "America/New_York "
        "0\n47:C 20261124T090000 UTC+0017 0\n52:D 20251124T090000 UTC+0033 0\n57!60:e: ";
    if (strncmp(got, wanted, sizeof wanted - 1) != 0)
        fail_msg("%s", got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sound, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_damaged, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_structure, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_windows, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_no_calendar, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_nul, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_foreign_zone, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_zone_of_dates, reading_bench_start, reading_bench_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
