/*
 * What a TZID means by its VTIMEZONE: at its onsets to the second, in years far apart, and when it
 * is defined again.
 */
#include "support/zones_system.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <exchange/ical.h>

/* "20261124T084300 UTC" for each event in turn, ", " between them; '!' behind one with a note. */
static char *starts_read(struct arena *arena, const char *calendar)
{
    struct zones_system *zones = zones_system_start();
    struct ical_reading reading = {.name = "test.ics",
                                   .floating = zones_system_zone(zones, "Europe/Berlin"),
                                   .zones = zones_system_source(zones)};
    struct ical_source source = {.text = calendar, .length = strlen(calendar)};
    struct ical_reader *reader = ical_reader_start(&reading, source);
    struct text out = text_start(arena);
    struct ical_event event;
    bool found = true;
    while (found) {
        assert_int_equal(ical_next(reader, arena, &event, &found, NULL), ERR_OK);
        if (!found)
            break;
        if (event.why)
            fail_msg("%s", event.why);
        text_addf(&out, "%s%s %s%s", out.length ? ", " : "",
                  local_format_basic(arena, event.meeting.start_local), event.meeting.tz,
                  event.note ? "!" : "");
    }
    ical_reader_end(reader);
    zones_system_end(zones);
    return out.bytes;
}

static void add_zone(struct text *calendar, const char *id, const char *observances)
{
    text_addf(calendar, "BEGIN:VTIMEZONE\nTZID:%s\n%sEND:VTIMEZONE\n", id, observances);
}

static void add_event(struct text *calendar, const char *id, const char *start)
{
    text_addf(calendar, "BEGIN:VEVENT\nUID:%zu\nDTSTART;TZID=%s:%s\nEND:VEVENT\n", calendar->length,
              id, start);
}

#define ODD                                                                                        \
    "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0017\nTZOFFSETTO:+0017\n"              \
    "END:STANDARD\n"
#define LATER_FROM(start, more)                                                                    \
    "BEGIN:STANDARD\nDTSTART:" start "\n" more                                                     \
    "TZOFFSETFROM:+0017\nTZOFFSETTO:+0530\nEND:STANDARD\n"

/* What was found out about a VTIMEZONE is forgotten if any of its rules is another one. */
static void test_defined_again(void **state)
{
    static const char odd[] = "20261124T090000 UTC+0017", later[] = "20261124T090000 UTC+0530";
    static const struct {
        const char *first, *second;
        const char *first_start, *second_start;
    } cases[] = {
        {ODD, ODD, odd, odd},
        {ODD, LATER_FROM("16010101T000000", ""), odd, later},
        {ODD, ODD LATER_FROM("20200101T000000", ""), odd, later},
        {ODD LATER_FROM("20200101T000000", ""), ODD, later, odd},
        {ODD LATER_FROM("20300101T000000", "RDATE:20310101T000000\n"),
         ODD LATER_FROM("20300101T000000", "RDATE:20200101T000000\n"), odd, later},
        {ODD LATER_FROM("20300101T000000", ""),
         ODD LATER_FROM("20300101T000000", "RDATE:20200101T000000\n"), odd, later},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text calendar = text_start(arena);
        add_zone(&calendar, "Mine", cases[i].first);
        add_event(&calendar, "Mine", "20261124T090000");
        add_zone(&calendar, "Mine", cases[i].second);
        add_event(&calendar, "Mine", "20261124T090000");
        add_event(&calendar, "Mine", "20261124T090000");
        assert_string_equal(starts_read(arena, calendar.bytes),
                            arena_format(arena, "%s, %s, %s", cases[i].first_start,
                                         cases[i].second_start, cases[i].second_start));
    }
    arena_free(arena);
}

/* Each year has its own answer, however far apart they are and in whatever order they come. */
static void test_years(void **state)
{
    struct arena *arena = arena_new();
    struct text calendar = text_start(arena);
    (void)state;
    add_zone(&calendar, "Mine", ODD LATER_FROM("20300101T000000", ""));
    add_event(&calendar, "Mine", "20260701T090000");
    for (int year = 2030; year < 2050; year++)
        add_event(&calendar, "Mine", arena_format(arena, "%d0701T090000", year));
    add_event(&calendar, "Mine", "20260701T090000");
    struct text wanted = text_start(arena);
    text_add(&wanted, "20260701T090000 UTC+0017");
    for (int year = 2030; year < 2050; year++)
        text_addf(&wanted, ", %d0701T090000 UTC+0530", year);
    text_add(&wanted, ", 20260701T090000 UTC+0017");
    assert_string_equal(starts_read(arena, calendar.bytes), wanted.bytes);
    arena_free(arena);
}

/* An onset holds from its very second on; of two at once the one that stands first. */
static void test_onsets(void **state)
{
    static const char zone[] =
        ODD "BEGIN:DAYLIGHT\nDTSTART:20200601T020000\nRRULE:FREQ=YEARLY\nTZOFFSETFROM:+0017\n"
            "TZOFFSETTO:+0100\nEND:DAYLIGHT\n"
            "BEGIN:STANDARD\nDTSTART:20200601T020000\nRRULE:FREQ=YEARLY\nTZOFFSETFROM:+0017\n"
            "TZOFFSETTO:+0200\nEND:STANDARD\n"
            "BEGIN:STANDARD\nDTSTART:20210901T020000\nRDATE:20250901T020000,20260901T020000\n"
            "TZOFFSETFROM:+0100\nTZOFFSETTO:+0030\nEND:STANDARD\n";
    static const struct {
        const char *start, *wanted;
    } cases[] = {{"20260601T015959", "20260601T012959 UTC!"},
                 {"20260601T020000", "20260601T010000 UTC!"},
                 {"20260901T015959", "20260901T005959 UTC!"},
                 {"20260901T020000", "20260901T013000 UTC!"},
                 {"16010101T000000", "16010101T000000 UTC+0017"},
                 {"15990101T000000", "15990101T000000 UTC+0017"}};
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text calendar = text_start(arena);
        add_zone(&calendar, "Mine", zone);
        add_event(&calendar, "Mine", cases[i].start);
        assert_string_equal(starts_read(arena, calendar.bytes), cases[i].wanted);
    }
    arena_free(arena);
}

/* A VTIMEZONE under a known name is told of at each time at which it does not agree with that zone. */
static void test_lies(void **state)
{
    struct arena *arena = arena_new();
    struct text calendar = text_start(arena);
    (void)state;
    add_zone(&calendar, "Europe/Berlin", ODD);
    add_event(&calendar, "Europe/Berlin", "20260101T090000");
    add_event(&calendar, "Europe/Berlin", "20270101T090000");
    add_zone(&calendar, "Europe/Berlin", ODD);
    add_event(&calendar, "Europe/Berlin", "20260101T090000");
    add_zone(&calendar, "Europe/Berlin",
             "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0200\n"
             "END:STANDARD\n");
    add_event(&calendar, "Europe/Berlin", "20260101T090000");
    add_event(&calendar, "Europe/Berlin", "20260701T090000");
    assert_string_equal(starts_read(arena, calendar.bytes),
                        "20260101T090000 Europe/Berlin!, 20270101T090000 Europe/Berlin!, "
                        "20260101T090000 Europe/Berlin!, 20260101T090000 Europe/Berlin!, "
                        "20260701T090000 Europe/Berlin");
    arena_free(arena);
}

/* So too if it stands behind the event: under a place's name nothing but a note waits for it. */
static void test_behind(void **state)
{
    struct arena *arena = arena_new();
    struct text calendar = text_start(arena);
    (void)state;
    add_event(&calendar, "Europe/Berlin", "20260101T090000");
    add_event(&calendar, "Europe/Paris", "20260101T090000");
    add_zone(&calendar, "Europe/Berlin", ODD);
    add_event(&calendar, "Europe/Berlin", "20260701T090000");
    assert_string_equal(starts_read(arena, calendar.bytes),
                        "20260101T090000 Europe/Berlin!, 20260101T090000 Europe/Paris, "
                        "20260701T090000 Europe/Berlin!");
    arena_free(arena);
}

/* The names under which Exchange shows zones, whole or in part; NULL: read as no zone. */
static void test_displayed(void **state)
{
    static const struct {
        const char *id, *zone;
    } cases[] = {
        {"(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Stockholm\\, Vienna", NULL},
        {"\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "Europe/Berlin"},
        {"\"(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "Europe/Berlin"},
        {"\"(UTC+01:00) Amsterdam\"", "Europe/Amsterdam"},
        {"(UTC+01:00) Amsterdam", "Europe/Amsterdam"},
        {"(gmt +1:00)  amsterdam", NULL},
        {"(GMT +1:00)  Zurich", "Europe/Zurich"},
        {"\"(UTC+01:00) Madrid, Paris\"", "Europe/Paris"},
        {"\"(UTC+02:00) Athens, Bucharest, Istanbul\"", "Europe/Bucharest"},
        {"\"(UTC) Dublin, Edinburgh\"", "Europe/London"},
        {"\"(GMT) Lisbon\"", "Europe/Lisbon"},
        {"\"(UTC+08:00) Hong Kong\"", "Asia/Hong_Kong"},
        {"\"(UTC-05:00) Eastern Time (US & Canada)\"", "America/New_York"},
        {"\"(GMT-05:00) Eastern Time (US & Canada)\"", "America/New_York"},
        {"\"(UTC+05:30) Mumbai\"", "Asia/Calcutta"},
        {"\"(UTC+10:00) Canberra\"", "Australia/Canberra"},
        {"\"(UTC+01:00) Europe/Berlin\"", "Europe/Berlin"},
        {"\"(UTC+01:00) London\"", NULL},
        {"\"(UTC+01:00) Nowhere\"", NULL},
        {"\"(UTC+01:00) Amster\"", NULL},
        {"\"(UTC+01:00)\"", NULL},
        {"\"(UTC+01:00 Amsterdam\"", NULL},
        {"\"(UTC+99:00) Amsterdam\"", NULL},
        {"\"(UTC+01:00) ../../etc/passwd\"", NULL},
    };
    struct arena *arena = arena_new();
    struct zones_system *zones = zones_system_start();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text calendar = text_start(arena);
        add_event(&calendar, cases[i].id, "20260701T090000");
        struct ical_reading reading = {.name = "test.ics",
                                       .floating = zones_system_zone(zones, "Europe/Berlin"),
                                       .zones = zones_system_source(zones)};
        struct ical_source source = {.text = calendar.bytes, .length = calendar.length};
        struct ical_reader *reader = ical_reader_start(&reading, source);
        struct ical_event event;
        bool found;
        assert_int_equal(ical_next(reader, arena, &event, &found, NULL), ERR_OK);
        const char *zone = event.why ? "none" : event.meeting.tz;
        if (strcmp(zone, cases[i].zone ? cases[i].zone : "none") != 0)
            fail_msg("%s: %s", cases[i].id, zone);
        ical_reader_end(reader);
    }
    zones_system_end(zones);
    arena_free(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defined_again), cmocka_unit_test(test_years),
        cmocka_unit_test(test_onsets),        cmocka_unit_test(test_lies),
        cmocka_unit_test(test_behind),        cmocka_unit_test(test_displayed),
    };
    return cmocka_run_group_tests_name("ical_zone", tests, NULL, NULL);
}
