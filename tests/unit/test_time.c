/*
 * Times and durations: the calendar, what people and scripts type, and what is printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <core/time.h>
#include <core/zone.h>
#include <string.h>

#include "support/times.h"
#include "support/zones.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void calendar_counts_seconds(void **state)
{
    struct arena *arena = *state;
    const struct {
        const char *local;
        int64_t seconds;
    } cases[] = {
        {"19700101T000000", 0},
        {"19691231T235959", -1},
        {"20000229T120000", 951825600},
        {"20000301T000000", 951868800},
        {"20261124T090000", 1795510800},
        {"00010101T000000", -62135596800},
        {"99991231T235959", 253402300799},
        {"19000228T000000", -2203977600},
        {"19000301T000000", -2203891200},
        {"20380119T031408", 2147483648},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(local_seconds(support_local(cases[i].local)), cases[i].seconds);
        assert_string_equal(local_format_basic(arena, local_from_seconds(cases[i].seconds)),
                            cases[i].local);
    }
    assert_string_equal(local_format_basic(arena, local_from_seconds(INT64_MIN)),
                        "00010101T000000");
    assert_string_equal(local_format_basic(arena, local_from_seconds(INT64_MAX)),
                        "99991231T235959");
}

/* Each day of 9,999 years follows the one before it. */
static void days_follow_each_other(void **state)
{
    (void)state;
    struct local_time expected = {1, 1, 1, 0, 0, 0};
    int weekday = 0; /* 0001-01-01 was a Monday */
    for (int64_t at = local_seconds(expected); expected.year <= 9999; at += DAY) {
        struct local_time local = local_from_seconds(at);
        if (local_compare(local, expected) != 0 || local_weekday(local) != weekday ||
            local_seconds(local) != at)
            fail_msg("%04d-%02d-%02d is wrong", expected.year, expected.month, expected.day);
        weekday = (weekday + 1) % 7;
        if (++expected.day > days_in_month(expected.year, expected.month)) {
            expected.day = 1;
            if (++expected.month > 12) {
                expected.month = 1;
                expected.year++;
            }
        }
    }
}

static void weeks_are_iso(void **state)
{
    (void)state;
    const struct {
        const char *date;
        int week, weekday;
    } cases[] = {
        {"20261124", 48, 1}, {"20260101", 1, 3},  {"20251229", 1, 0},  {"20251228", 52, 6},
        {"20210103", 53, 6}, {"20210104", 1, 0},  {"20201231", 53, 3}, {"20240101", 1, 0},
        {"20220101", 52, 5}, {"20160103", 53, 6}, {"20270101", 53, 4}, {"00010101", 1, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(local_iso_week(support_local(cases[i].date)), cases[i].week);
        assert_int_equal(local_weekday(support_local(cases[i].date)), cases[i].weekday);
    }
}

static void forms_of_icalendar_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum basic_form form;
        int hour;
    } cases[] = {{"20261124", BASIC_DATE, 0},          {"20261124T093000", BASIC_LOCAL, 9},
                 {"20261124t093000z", BASIC_UTC, 9},   {"20261124T093000Z", BASIC_UTC, 9},
                 {"20261124T093000X", BASIC_NONE, -1}, {"20261124 093000Z", BASIC_NONE, -1},
                 {"20261131", BASIC_NONE, -1},         {"20261124T0930", BASIC_NONE, -1},
                 {"20261124T093000ZZ", BASIC_NONE, -1}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct local_time local = {.hour = -1};
        enum basic_form form = local_read_basic(cases[i].text, strlen(cases[i].text), &local);
        if (form != cases[i].form || local.hour != cases[i].hour)
            fail_msg("'%s' is %d, hour %d", cases[i].text, (int)form, local.hour);
    }
    for (int day = 0; day < 7; day++)
        assert_int_equal(weekday_of_code(weekday_code(day)), day);
    assert_int_equal(weekday_of_code("fr,"), 4);
    assert_int_equal(weekday_of_code("F"), -1);
    int64_t days, seconds;
    assert_true(duration_read_iso("+P1W2DT1H", &days, &seconds));
    assert_int_equal(days, 9);
    assert_int_equal(seconds, HOUR);
    assert_false(duration_read_iso("P1DT", &days, &seconds));
    assert_false(duration_read_iso("1D", &days, &seconds));
}

static void instants_are_counted_before_a_bound(void **state)
{
    (void)state;
    const int64_t instants[] = {10, 20, 20, 30};
    const size_t before[] = {0, 0, 1, 1, 3, 3, 4};
    for (size_t i = 0; i < COUNT(before); i++)
        assert_int_equal(instants_before(instants, 4, 5 + 5 * (int64_t)i), before[i]);
    assert_int_equal(instants_before(NULL, 0, 1), 0);
}

static void local_times_are_checked(void **state)
{
    (void)state;
    const char *const bad[] = {
        "",
        "2026",
        "20260230",
        "20261301",
        "20260001",
        "20260100",
        "20261124T",
        "20261124T250000",
        "20261124T096000",
        "20261124T090061",
        "00000101",
        "20261124T090000Z",
        "20261124 090000",
        "2026112x",
        "20261124T0900",
        "20250229",
        "19000229",
        "-0010101",
    };
    struct local_time local = {1, 2, 3, 4, 5, 6};
    for (size_t i = 0; i < COUNT(bad); i++)
        if (local_parse_basic(bad[i], &local))
            fail_msg("'%s' was taken", bad[i]);
    assert_int_equal(local.year, 1);
    assert_int_equal(support_local("20240229").hour, 0);
    assert_int_equal(support_local("20161231T235960").second, 59);
    assert_int_equal(local_compare(local_add_days(support_local("20240228T101112"), 2),
                                   support_local("20240301T101112")),
                     0);
    assert_int_equal(
        local_compare(local_add_days(support_local("20240301"), -1), support_local("20240229")), 0);
    assert_int_equal(
        local_compare(local_midnight(support_local("20240301T235959")), support_local("20240301")),
        0);
    assert_int_equal(local_compare(support_local("20240301"), support_local("20240302")), -1);
    assert_int_equal(local_compare(support_local("20240301T000001"), support_local("20240301")), 1);
}

static void durations_are_read(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"30m", 1800},   {"1h", 3600},      {"1h30m", 5400},     {"90", 5400},     {"2d", 172800},
        {"0", 0},        {"0m", 0},         {"1d2h3m4s", 93784}, {"1w", 604800},   {"45s", 45},
        {"1H30M", 5400}, {"30min", 1800},   {"2hr", 7200},       {"1h 30m", 5400}, {" 90 m ", 5400},
        {"PT45M", 2700}, {"P1DT2H", 93600}, {"PT1H30M", 5400},   {"P2W", 1209600}, {"P1D", 86400},
        {"pt15m", 900},  {"PT0S", 0},       {"PT90M", 5400},     {"1440", 86400},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t seconds = -1;
        if (duration_parse(cases[i].text, &seconds, NULL) != ERR_OK || seconds != cases[i].seconds)
            fail_msg("'%s': %lld", cases[i].text, (long long)seconds);
    }
}

static void broken_durations_are_refused(void **state)
{
    (void)state;
    const char *const bad[] = {
        "",
        " ",
        "m",
        "h1",
        "1x",
        "1h1h",
        "1m1h",
        "-30m",
        "+30m",
        "1.5h",
        "1h30",
        "P",
        "PT",
        "P1",
        "PT1",
        "P1H",
        "PT1D",
        "P1DT",
        "PT1M1H",
        "P-1D",
        "-P1D",
        "1h,",
        "9223372036854775807",
        "9223372036854775808m",
        "99999999999999999999",
        "153722867280912931",
        "106751991167301d",
        "P106751991167301D",
        "15250284452472w",
        "1 2",
        "١h",
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        int64_t seconds = 7;
        struct error error = {0};
        if (duration_parse(bad[i], &seconds, &error) != ERR_INVALID || seconds != 7)
            fail_msg("'%s' was taken as %lld", bad[i], (long long)seconds);
        assert_memory_equal(error.what, "duration '", 10);
        assert_non_null(strstr(error.why, "1h30m"));
    }
}

static void durations_are_written(void **state)
{
    struct arena *arena = *state;
    const struct {
        int64_t seconds;
        const char *text, *iso;
    } cases[] = {
        {0, "0m", "PT0S"},
        {1800, "30m", "PT30M"},
        {5400, "1h30m", "PT1H30M"},
        {86400, "1d", "PT24H"},
        {93784, "1d2h3m4s", "PT26H3M4S"},
        {45, "45s", "PT45S"},
        {604800, "7d", "PT168H"},
        {-5, "0m", "PT0S"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t back = -1;
        assert_string_equal(duration_format(arena, cases[i].seconds), cases[i].text);
        assert_string_equal(duration_format_iso(arena, cases[i].seconds), cases[i].iso);
        assert_int_equal(duration_parse(cases[i].iso, &back, NULL), ERR_OK);
        assert_int_equal(back, cases[i].seconds < 0 ? 0 : cases[i].seconds);
    }
}

/* Now is Tuesday, 24 November 2026, 09:00 in Berlin. */
static const int64_t now = 1795507200;

enum { DATE = 1, OFFSET = 2, GAP = 4, TWICE = 8 };

static void typed_times_are_read(void **state)
{
    struct arena *arena = *state;
    const struct zone *zone = support_zone(arena, "Europe/Berlin", SUPPORT_TZ_BERLIN);
    const struct {
        const char *text, *local;
        int flags;
    } cases[] = {
        {"2026-11-24 09:00", "20261124T090000", 0},
        {"2026-11-24T09:00", "20261124T090000", 0},
        {"2026-11-24t09:00:30", "20261124T090030", 0},
        {"2026-11-24 9:05", "20261124T090500", 0},
        {"  2026-11-24   09:00  ", "20261124T090000", 0},
        {"2026-11-24", "20261124T000000", DATE},
        {"2026-1-5", "20260105T000000", DATE},
        {"2024-02-29", "20240229T000000", DATE},
        {"2026-11-24T09:00:00Z", "20261124T100000", OFFSET},
        {"2026-11-24 09:00Z", "20261124T100000", OFFSET},
        {"2026-11-24T09:00:00.123456+05:30", "20261124T043000", OFFSET},
        {"2026-07-01T00:00:00-08:00", "20260701T100000", OFFSET},
        {"2026-11-24 09:00 +01:00", "20261124T090000", OFFSET},
        {"2016-12-31T23:59:60Z", "20170101T005959", OFFSET},
        {"now", "20261124T090000", 0},
        {"NOW", "20261124T090000", 0},
        {"today", "20261124T000000", DATE},
        {"Tomorrow", "20261125T000000", DATE},
        {"yesterday", "20261123T000000", DATE},
        {"today 08:00", "20261124T080000", 0},
        {"tomorrow 14:30", "20261125T143000", 0},
        {"yesterday 23:59:59", "20261123T235959", 0},
        /*
         * a weekday is the next one, today's included; with a time only while that is still ahead
         */
        {"tue", "20261124T000000", DATE},
        {"tue 09:01", "20261124T090100", 0},
        {"tue 09:00", "20261201T090000", 0},
        {"tue 08:00", "20261201T080000", 0},
        {"wed", "20261125T000000", DATE},
        {"mon 10:00", "20261130T100000", 0},
        {"Sunday 10:00", "20261129T100000", 0},
        {"FRI", "20261127T000000", DATE},
        /* a time of day is the next one to come */
        {"09:01", "20261124T090100", 0},
        {"09:00", "20261125T090000", 0},
        {"8:59", "20261125T085900", 0},
        {"23:59", "20261124T235900", 0},
        {"00:00", "20261125T000000", 0},
        {"+2h", "20261124T110000", 0},
        {"+1d", "20261125T090000", 0},
        {"-30m", "20261124T083000", 0},
        {"+90", "20261124T103000", 0},
        {"+PT45M", "20261124T094500", 0},
        {"+150d", "20270423T100000", 0},
        /* the hour that is not there, and the one that is there twice */
        {"2026-03-29 02:30", "20260329T023000", GAP},
        {"2026-10-25 02:30", "20261025T023000", TWICE},
        {"2026-10-25T02:30:00+01:00", "20261025T023000", OFFSET},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct time_reading reading = {0};
        struct error error = {0};
        if (time_parse("start", cases[i].text, now, zone, &reading, &error))
            fail_msg("'%s': %s: %s", cases[i].text, error.what, error.why);
        int flags = reading.date_only * DATE + reading.has_offset * OFFSET + reading.in_gap * GAP +
                    reading.twice * TWICE;
        if (strcmp(local_format_basic(arena, reading.local), cases[i].local) != 0 ||
            flags != cases[i].flags)
            fail_msg("'%s': %s, flags %d", cases[i].text, local_format_basic(arena, reading.local),
                     flags);
        if (flags & OFFSET || flags & TWICE || flags & GAP)
            continue;
        int64_t instant;
        zone_instant(zone, reading.local, &instant);
        assert_int_equal(instant, reading.instant);
    }
}

static void instants_of_typed_times(void **state)
{
    const struct zone *zone = support_zone(*state, "Europe/Berlin", SUPPORT_TZ_BERLIN);
    const struct {
        const char *text;
        int64_t instant;
    } cases[] = {
        {"2026-11-24 09:00", now},
        {"2026-11-24T09:00:00Z", now + HOUR},
        {"2026-10-25T02:30:00+01:00", 1792891800},
        {"2026-10-25 02:30", 1792888200}, /* the first of two */
        {"2026-03-29 02:30", 1774747800}, /* by the offset before: 03:30 on the wall */
        {"1970-01-01T00:00:00Z", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct time_reading reading = {0};
        assert_int_equal(time_parse("start", cases[i].text, now, zone, &reading, NULL), ERR_OK);
        assert_int_equal(reading.instant, cases[i].instant);
    }
}

static void broken_times_are_refused(void **state)
{
    const struct zone *zone = support_zone(*state, "Europe/Berlin", SUPPORT_TZ_BERLIN);
    static const char usage[] = "write it as 2026-11-24 09:00";
    const struct {
        const char *text, *why;
    } cases[] = {
        {"", usage},
        {"   ", usage},
        {"soon", usage},
        {"2026-02-30", "February 2026 has 28 days"},
        {"2025-02-29 10:00", "February 2025 has 28 days"},
        {"2026-04-31", "April 2026 has 30 days"},
        {"2026-04-00", "April 2026 has 30 days"},
        {"2026-13-01", "there is no month 13"},
        {"2026-00-01", "there is no month 0"},
        {"0000-01-01", "years begin with 0001"},
        {"2026-11-24 24:00", "there is no such time of day"},
        {"2026-11-24 09:60", "there is no such time of day"},
        {"25:00", "there is no such time of day"},
        {"tomorrow 09:99", "there is no such time of day"},
        {"2026-11-24T09:00:00+25:00", "there is no such offset"},
        {"2026-11-24 09", usage},
        {"2026-11-24 0960", "there is no such time of day"},
        {"2026-11-24T", usage},
        {"2026-11-24x", usage},
        {"2026-11-24 09:00 XYZ", "leave the zone out"},
        {"2026-11-24 09:00 +1", usage},
        {"20261124", usage},
        {"32.11.2026", "November 2026 has 30 days"},
        {"02026-11-24", usage},
        {"today 9", usage},
        {"today tomorrow", usage},
        {"now 09:00", usage},
        {"tuez", usage},
        {"t", usage},
        {"+", "a duration follows"},
        {"+2x", "a duration follows"},
        {"+ -2h", "a duration follows"},
        {"+9223372036854775807s", "outside of the years"},
        {"-9223372036854775807s", "outside of the years"},
        {"+999999999d", "outside of the years"},
        {"9:0", usage},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct time_reading reading = {.instant = 7};
        struct error error = {0};
        if (time_parse("--from", cases[i].text, now, zone, &reading, &error) != ERR_INVALID)
            fail_msg("'%s' was taken", cases[i].text);
        if (!strstr(error.why, cases[i].why))
            fail_msg("'%s': %s", cases[i].text, error.why);
        assert_memory_equal(error.what, "--from '", 8);
        assert_int_equal(reading.instant, 7);
    }
}

static void rfc3339_is_strict(void **state)
{
    (void)state;
    const char *const bad[] = {
        "2026-11-24 09:00:00Z",
        "2026-11-24T09:00Z",
        "2026-11-24T09:00:00",
        "2026-11-24",
        "2026-11-24T9:00:00Z",
        "2026-11-24T09:00:00+01",
        "2026-11-24T09:00:00+0100",
        "2026-11-24T09:00:00Zx",
        "2026-02-30T09:00:00Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T09:00:00+24:00",
        "2026-11-24T09:00:00.Z",
        "",
        " 2026-11-24T09:00:00Z",
        "2026-11-24T09:00:61Z",
        "2026-11-24T09:00:00+01:60",
    };
    int64_t instant = 7;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (time_parse_rfc3339(bad[i], &instant))
            fail_msg("'%s' was taken", bad[i]);
    assert_int_equal(instant, 7);
    const char *const good[] = {"2026-11-24T08:00:00Z",      "2026-11-24t08:00:00z",
                                "2026-11-24T09:00:00+01:00", "2026-11-24T08:00:00.999Z",
                                "2026-11-23T20:00:00-12:00", "2026-11-24T08:00:00-00:00"};
    for (size_t i = 0; i < COUNT(good); i++) {
        assert_true(time_parse_rfc3339(good[i], &instant));
        assert_int_equal(instant, now);
    }
}

static void times_are_written(void **state)
{
    struct arena *arena = *state;
    const struct {
        const char *name, *rule, *rfc, *text;
    } cases[] = {
        {"Europe/Berlin", SUPPORT_TZ_BERLIN, "2026-11-24T09:00:00+01:00",
         "Tue 24 Nov 2026 09:00 CET"},
        {"America/New_York", SUPPORT_TZ_NEW_YORK, "2026-11-24T03:00:00-05:00",
         "Tue 24 Nov 2026 03:00 EST"},
        {"Asia/Kathmandu", "<+0545>-5:45", "2026-11-24T13:45:00+05:45",
         "Tue 24 Nov 2026 13:45 Asia/Kathmandu"},
        {"America/St_Johns", "NST3:30", "2026-11-24T04:30:00-03:30", "Tue 24 Nov 2026 04:30 NST"},
        {"Etc/UTC", "UTC0", "2026-11-24T08:00:00+00:00", "Tue 24 Nov 2026 08:00 UTC"},
        /* offsets of old have seconds: what is written still names the same instant */
        {"Test/Old", "LMT-0:53:28", "2026-11-24T08:53:00+00:53", "Tue 24 Nov 2026 08:53 LMT"},
        {"Test/Old", "LMT+0:53:28", "2026-11-24T07:07:00-00:53", "Tue 24 Nov 2026 07:06 LMT"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct zone *zone = support_zone(arena, cases[i].name, cases[i].rule);
        int64_t back = 0;
        assert_string_equal(time_format_rfc3339(arena, now, zone), cases[i].rfc);
        assert_true(time_parse_rfc3339(cases[i].rfc, &back));
        assert_int_equal(back, now);
        assert_string_equal(time_format(arena, now, zone, true), cases[i].text);
    }
    assert_string_equal(time_format_rfc3339(arena, now, zone_utc()), "2026-11-24T08:00:00+00:00");
    assert_string_equal(time_format(arena, now, zone_utc(), false), "Tue 24 Nov 2026 08:00");
    assert_string_equal(time_format_rfc3339(arena, -1, zone_utc()), "1969-12-31T23:59:59+00:00");
}

static void names_have_bounds(void **state)
{
    (void)state;
    assert_string_equal(weekday_name(0), "Mon");
    assert_string_equal(weekday_long_name(6), "Sunday");
    assert_string_equal(month_name(12), "Dec");
    assert_string_equal(month_long_name(1), "January");
    assert_string_equal(weekday_name(7), "?");
    assert_string_equal(weekday_long_name(-1), "?");
    assert_string_equal(month_name(0), "?");
    assert_string_equal(month_long_name(13), "?");
    assert_int_equal(days_in_month(2026, 0), 0);
    assert_int_equal(days_in_month(2000, 2), 29);
    assert_int_equal(days_in_month(2100, 2), 28);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_counts_seconds),
        cmocka_unit_test(days_follow_each_other),
        cmocka_unit_test(weeks_are_iso),
        cmocka_unit_test(forms_of_icalendar_are_told_apart),
        cmocka_unit_test(instants_are_counted_before_a_bound),
        cmocka_unit_test(local_times_are_checked),
        cmocka_unit_test(durations_are_read),
        cmocka_unit_test(broken_durations_are_refused),
        cmocka_unit_test(durations_are_written),
        cmocka_unit_test(typed_times_are_read),
        cmocka_unit_test(instants_of_typed_times),
        cmocka_unit_test(broken_times_are_refused),
        cmocka_unit_test(rfc3339_is_strict),
        cmocka_unit_test(times_are_written),
        cmocka_unit_test(names_have_bounds),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
