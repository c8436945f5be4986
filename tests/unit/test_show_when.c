/*
 * Times in words: spans over midnight, whole days whatever the clock does, zones by their names.
 */
#include "show_support.h"
#include <base/utf8.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "show/when.h"

struct span_case {
    const char *start;
    int minutes;
    const char *zone, *span, *hours;
};

static const struct span_case SPANS[] = {
    {"20261124T090000", 60, "Europe/Berlin", "Tue 24 Nov 2026 09:00–10:00 CET (Europe/Berlin)",
     "09:00–10:00"},
    {"20260724T090000", 60, "Europe/Berlin", "Fri 24 Jul 2026 09:00–10:00 CEST (Europe/Berlin)",
     "09:00–10:00"},
    {"20261124T090000", 60, "UTC", "Tue 24 Nov 2026 08:00–09:00 UTC", "08:00–09:00"},
    {"20261124T090000", 60, "America/New_York",
     "Tue 24 Nov 2026 03:00–04:00 EST (America/New_York)", "03:00–04:00"},
    /* a zone without letters for itself is told by its name alone */
    {"20261124T090000", 60, "America/Sao_Paulo", "Tue 24 Nov 2026 05:00–06:00 America/Sao_Paulo",
     "05:00–06:00"},
    {"20261124T230000", 60, "Europe/Berlin",
     "Tue 24 Nov 2026 23:00 – Wed 25 Nov 2026 00:00 CET (Europe/Berlin)", "23:00–00:00 +1"},
    {"20261124T230000", 1440 * 12, "Europe/Berlin",
     "Tue 24 Nov 2026 23:00 – Sun 6 Dec 2026 23:00 CET (Europe/Berlin)", "23:00–23:00 +12"},
    /* the hour that comes twice, and the one that does not come */
    {"20261025T023000", 60, "Europe/Berlin",
     "Sun 25 Oct 2026 02:30 CEST – 02:30 CET (Europe/Berlin)", "02:30–02:30"},
    {"20260329T013000", 60, "Europe/Berlin",
     "Sun 29 Mar 2026 01:30 CET – 03:30 CEST (Europe/Berlin)", "01:30–03:30"},
    {"20261124", 0, "America/New_York", "Tue 24 Nov 2026, all day", "all day"},
    {"20261124", 1440 * 3, "Pacific/Kiritimati", "Tue 24 Nov 2026 – Thu 26 Nov 2026, all day",
     "3 days"},
    /* days of 25 and 23 hours */
    {"20261025", 25 * 60, "Europe/Berlin", "Sun 25 Oct 2026, all day", "all day"},
    {"20260328", 47 * 60, "Europe/Berlin", "Sat 28 Mar 2026 – Sun 29 Mar 2026, all day", "2 days"},
};

static void spans(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof SPANS / sizeof *SPANS; i++) {
        const struct span_case *expect = &SPANS[i];
        struct occurrences list = {0};
        sample_add(
            fixture->arena, &list,
            &(struct sample){.title = "x", .start = expect->start, .minutes = expect->minutes});
        const struct zone *zone = sample_zone(fixture->arena, expect->zone);
        assert_non_null(zone);
        assert_string_equal(when_span(&list.items[0], zone).s, expect->span);
        assert_string_equal(when_hours(&list.items[0], zone).s, expect->hours);
    }
}

static void a_moved_whole_day(void **state)
{
    struct fixture *fixture = *state;
    struct occurrences list = {0};
    sample_add(fixture->arena, &list, &(struct sample){.title = "x", .start = "20261124"});
    struct meeting meeting = *list.items[0].meeting;
    struct meeting_override override = {.recurrence = {2026, 12, 1, 0, 0, 0},
                                        .start = {2026, 12, 3, 0, 0, 0}};
    meeting.overrides.items = &override;
    meeting.overrides.count = 1;
    list.items[0].meeting = &meeting;
    list.items[0].recurrence = override.recurrence;
    assert_string_equal(when_span(&list.items[0], zone_utc()).s, "Thu 3 Dec 2026, all day");
    list.items[0].recurrence.day = 8;
    assert_string_equal(when_span(&list.items[0], zone_utc()).s, "Tue 8 Dec 2026, all day");
}

static void the_last_day(void **state)
{
    struct fixture *fixture = *state;
    const struct zone *zone = fixture->context.zone;
    static const struct {
        const char *start;
        int minutes, day;
    } cases[] = {{"20261124T230000", 60, 24},
                 {"20261124T230000", 61, 25},
                 {"20261124T000000", 1440, 24},
                 {"20261124", 1440 * 2, 25}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct occurrences list = {0};
        sample_add(
            fixture->arena, &list,
            &(struct sample){.title = "x", .start = cases[i].start, .minutes = cases[i].minutes});
        assert_int_equal(when_last_day(&list.items[0], zone).day, cases[i].day);
    }
}

static void instants(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(when_instant(SAMPLE_NOW, fixture->context.zone).s,
                        "Tue 24 Nov 2026 09:40 CET");
    struct zone_source none = {0};
    assert_ptr_equal(when_zone(&none, "Europe/Berlin"), zone_utc());
    struct zone_source zones = sample_zones(fixture->arena);
    assert_ptr_equal(when_zone(&zones, "No/Such_Zone"), zone_utc());
    assert_string_equal(zone_name(when_zone(&zones, "Asia/Tokyo")), "Asia/Tokyo");
}

static void the_readers_style(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *start;
        int minutes;
        struct time_style style;
        const char *span, *hours;
    } cases[] = {
        {"20261124T090000",
         60,
         {DATE_MONTH_FIRST, true, 6},
         "Tue Nov 24 2026 9:00am–10:00am CET (Europe/Berlin)",
         "9:00–10:00am"},
        {"20261124T113000",
         60,
         {DATE_MONTH_FIRST, true, 6},
         "Tue Nov 24 2026 11:30am–12:30pm CET (Europe/Berlin)",
         "11:30am–12:30pm"},
        {"20261124T123000",
         60,
         {DATE_DAY_FIRST, true, 0},
         "Tue 24 Nov 2026 12:30pm–1:30pm CET (Europe/Berlin)",
         "12:30–1:30pm"},
        {"20261124T000000",
         60,
         {DATE_DAY_FIRST, true, 0},
         "Tue 24 Nov 2026 12:00am–1:00am CET (Europe/Berlin)",
         "12:00–1:00am"},
        {"20261124T093000",
         1440,
         {DATE_YEAR_FIRST, true, 0},
         "Tue 2026-11-24 9:30am – Wed 2026-11-25 9:30am CET (Europe/Berlin)",
         "9:30am–9:30am +1"},
        {"20261124", 0, {DATE_YEAR_FIRST, false, 0}, "Tue 2026-11-24, all day", "all day"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct occurrences list = {0};
        sample_add(
            fixture->arena, &list,
            &(struct sample){.title = "x", .start = cases[i].start, .minutes = cases[i].minutes});
        const struct zone *zone = zone_styled(
            fixture->arena, sample_zone(fixture->arena, "Europe/Berlin"), &cases[i].style);
        assert_string_equal(when_span(&list.items[0], zone).s, cases[i].span);
        assert_string_equal(when_hours(&list.items[0], zone).s, cases[i].hours);
        assert_int_equal(when_hours_width(&list.items[0], zone), utf8_width(cases[i].hours));
    }
    static const struct time_style year_first = {.order = DATE_YEAR_FIRST};
    struct local_time day = {2026, 12, 3, 9, 0, 0};
    fixture->context.zone = zone_styled(fixture->arena, fixture->context.zone, &year_first);
    assert_string_equal(when_near(day, &fixture->context).s, "Thu Dec 3");
    day.year = 2027;
    assert_string_equal(when_near(day, &fixture->context).s, "2027-12-03");
}

static void weeks_begin_as_the_reader_has_it(void **state)
{
    (void)state;
    static const struct {
        int begins, day, first; /* of November 2026; the 23rd is a Monday */
    } cases[] = {{0, 23, 23}, {0, 29, 23}, {0, 22, 16}, {6, 22, 22},
                 {6, 23, 22}, {6, 28, 22}, {5, 27, 21}, {5, 28, 28}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct time_style style = {.week_begins = cases[i].begins};
        struct local_time day = {2026, 11, cases[i].day, 0, 0, 0};
        assert_int_equal(local_week_first(day, &style).day, cases[i].first);
    }
}

/* Another year than this one is told, in the reader's zone. */
static void near_days(void **state)
{
    struct fixture *fixture = *state;
    struct local_time day = {2026, 12, 31, 9, 0, 0};
    assert_string_equal(when_near(day, &fixture->context).s, "Thu 31 Dec");
    day.year = 2027;
    assert_string_equal(when_near(day, &fixture->context).s, "31 Dec 2027");
    day.year = 2025;
    assert_string_equal(when_near(day, &fixture->context).s, "31 Dec 2025");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(near_days),
        DRAWING_TEST(spans),
        DRAWING_TEST(a_moved_whole_day),
        DRAWING_TEST(the_last_day),
        DRAWING_TEST(instants),
        DRAWING_TEST(the_readers_style),
        DRAWING_TEST(weeks_begin_as_the_reader_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
