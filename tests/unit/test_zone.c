/*
 * Zones: what TZif files and POSIX TZ rules say, local times in gaps and twice, and files that are
 * not what they should be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <core/zone.h>
#include <stdlib.h>
#include <string.h>

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

static int64_t utc(const char *basic)
{
    struct local_time local;
    if (!local_parse_basic(basic, &local))
        fail_msg("%s is no time", basic);
    return local_seconds(local);
}

static void rules_are_followed(void **state)
{
    struct arena *arena = *state;
    const struct {
        const char *rule, *instant, *local, *abbreviation;
        int offset;
        bool daylight;
    } cases[] = {
        {SUPPORT_TZ_BERLIN, "20260329T005959", "20260329T015959", "CET", 3600, false},
        {SUPPORT_TZ_BERLIN, "20260329T010000", "20260329T030000", "CEST", 7200, true},
        {SUPPORT_TZ_BERLIN, "20261025T005959", "20261025T025959", "CEST", 7200, true},
        {SUPPORT_TZ_BERLIN, "20261025T010000", "20261025T020000", "CET", 3600, false},
        {SUPPORT_TZ_NEW_YORK, "20260308T065959", "20260308T015959", "EST", -18000, false},
        {SUPPORT_TZ_NEW_YORK, "20260308T070000", "20260308T030000", "EDT", -14400, true},
        {SUPPORT_TZ_NEW_YORK, "20261101T055959", "20261101T015959", "EDT", -14400, true},
        {SUPPORT_TZ_NEW_YORK, "20261101T060000", "20261101T010000", "EST", -18000, false},
        /* the southern hemisphere: daylight time over the new year */
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", "20260101T000000", "20260101T110000", "AEDT", 39600, true},
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", "20260701T000000", "20260701T100000", "AEST", 36000,
         false},
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", "20261231T235959", "20270101T105959", "AEDT", 39600, true},
        /* no daylight time; quoted names; offsets with minutes and seconds */
        {"UTC0", "20260701T120000", "20260701T120000", "UTC", 0, false},
        {"<+0545>-5:45", "20260701T000000", "20260701T054500", "+0545", 20700, false},
        {"<-03>3", "20260701T000000", "20260630T210000", "-03", -10800, false},
        {"LMT-0:53:28", "20260701T000000", "20260701T005328", "LMT", 3208, false},
        /* Ireland's daylight time is the winter's, and an hour back */
        {"IST-1GMT0,M10.5.0,M3.5.0/1", "20260701T120000", "20260701T130000", "IST", 3600, false},
        {"IST-1GMT0,M10.5.0,M3.5.0/1", "20260101T120000", "20260101T120000", "GMT", 0, true},
        /*
         * times before midnight and beyond a day (RFC 8536, 3.3.1): Nuuk, Jerusalem, Gaza's shape
         */
        {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "20260329T005959", "20260328T225959", "-02", -7200,
         false},
        {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "20260329T010000", "20260329T000000", "-01", -3600,
         true},
        {"IST-2IDT,M3.4.4/26,M10.5.0", "20260326T235959", "20260327T015959", "IST", 7200, false},
        {"IST-2IDT,M3.4.4/26,M10.5.0", "20260327T000000", "20260327T030000", "IDT", 10800, true},
        {"EET-2EEST,M3.4.4/50,M10.4.4/50", "20260327T235959", "20260328T015959", "EET", 7200,
         false},
        {"EET-2EEST,M3.4.4/50,M10.4.4/50", "20260328T000000", "20260328T030000", "EEST", 10800,
         true},
        /* days by number: J60 is 1 March in every year, 59 is 29 February in a leap year */
        {"AAA0BBB,J60/0,J300/0", "20240229T235959", "20240229T235959", "AAA", 0, false},
        {"AAA0BBB,J60/0,J300/0", "20240301T000000", "20240301T010000", "BBB", 3600, true},
        {"AAA0BBB,J60/0,J300/0", "20250301T000000", "20250301T010000", "BBB", 3600, true},
        {"AAA0BBB,59/0,300/0", "20240228T235959", "20240228T235959", "AAA", 0, false},
        {"AAA0BBB,59/0,300/0", "20240229T000000", "20240229T010000", "BBB", 3600, true},
        {"AAA0BBB,59/0,300/0", "20250301T000000", "20250301T010000", "BBB", 3600, true},
        /* daylight time all year */
        {"XXX3EDT4,0/0,J365/23", "20260101T040000", "20260101T000000", "EDT", -14400, true},
        {"XXX3EDT4,0/0,J365/23", "20261231T235959", "20261231T195959", "EDT", -14400, true},
        {"XXX3EDT4,0/0,J365/23", "20270101T035959", "20261231T235959", "EDT", -14400, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct zone *zone = support_zone(arena, "Test/Rule", cases[i].rule);
        struct zone_reading reading = zone_read(zone, utc(cases[i].instant));
        if (strcmp(local_format_basic(arena, reading.local), cases[i].local) != 0)
            fail_msg("%s at %s: %s", cases[i].rule, cases[i].instant,
                     local_format_basic(arena, reading.local));
        assert_string_equal(reading.abbreviation, cases[i].abbreviation);
        assert_int_equal(reading.offset, cases[i].offset);
        assert_int_equal(reading.daylight, cases[i].daylight);
    }
}

static void broken_rules_are_refused(void **state)
{
    struct arena *arena = *state;
    const char *const rules[] = {
        "C",
        "CE-1",
        "CET",
        "CET-",
        "CET-25",
        "<CET-1",
        "<>-1",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST",
        "CET-1CEST,",
        "CET-1CEST,M3.5.0,",
        "CET-1CEST,M3.0.0,M10.5.0",
        "CET-1:60",
        "CET-1 ",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,J0,J300",
        "CET-1CEST,J366,J300",
        "CET-1CEST,366,300",
        "CET-1CEST,M3.5.0/168,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0x",
        "CET-99999999999999999999",
        "CET-1CEST,M3.5.0/2:99,M10.5.0",
        ":Europe/Berlin",
    };
    for (size_t i = 0; i < COUNT(rules); i++) {
        size_t size;
        char *bytes =
            support_tzif(arena, (struct support_tzif){.version = 2, .footer = rules[i]}, &size);
        const struct zone *zone = NULL;
        struct error error = {0};
        if (zone_parse(arena, "Test/Bad", bytes, size, &zone, &error) != ERR_DAMAGED)
            fail_msg("%s was taken", rules[i]);
        assert_string_equal(error.what, "time zone 'Test/Bad'");
        assert_non_null(strstr(error.why, "POSIX TZ"));
        assert_null(zone);
    }
}

static void local_times_become_instants(void **state)
{
    struct arena *arena = *state;
    const struct {
        const char *rule, *local, *instant;
        enum zone_fit fit;
    } cases[] = {
        {SUPPORT_TZ_BERLIN, "20261124T090000", "20261124T080000", ZONE_FIT_ONCE},
        {SUPPORT_TZ_BERLIN, "20260724T090000", "20260724T070000", ZONE_FIT_ONCE},
        /* forward: the hour from 02:00 does not exist and is read by the offset before */
        {SUPPORT_TZ_BERLIN, "20260329T015959", "20260329T005959", ZONE_FIT_ONCE},
        {SUPPORT_TZ_BERLIN, "20260329T020000", "20260329T010000", ZONE_FIT_GAP},
        {SUPPORT_TZ_BERLIN, "20260329T023000", "20260329T013000", ZONE_FIT_GAP},
        {SUPPORT_TZ_BERLIN, "20260329T025959", "20260329T015959", ZONE_FIT_GAP},
        {SUPPORT_TZ_BERLIN, "20260329T030000", "20260329T010000", ZONE_FIT_ONCE},
        /* back: the hour from 02:00 is there twice and the first is taken */
        {SUPPORT_TZ_BERLIN, "20261025T015959", "20261024T235959", ZONE_FIT_ONCE},
        {SUPPORT_TZ_BERLIN, "20261025T020000", "20261025T000000", ZONE_FIT_TWICE},
        {SUPPORT_TZ_BERLIN, "20261025T023000", "20261025T003000", ZONE_FIT_TWICE},
        {SUPPORT_TZ_BERLIN, "20261025T025959", "20261025T005959", ZONE_FIT_TWICE},
        {SUPPORT_TZ_BERLIN, "20261025T030000", "20261025T020000", ZONE_FIT_ONCE},
        /* the examples of RFC 5545, 3.3.5 */
        {SUPPORT_TZ_NEW_YORK, "20071104T013000", "20071104T053000", ZONE_FIT_TWICE},
        {SUPPORT_TZ_NEW_YORK, "20070311T023000", "20070311T073000", ZONE_FIT_GAP},
        /* half an hour (Lord Howe), the ends of the calendar */
        {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "20261004T021500", "20261003T154500",
         ZONE_FIT_GAP},
        {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "20260405T014500", "20260404T144500",
         ZONE_FIT_TWICE},
        {SUPPORT_TZ_BERLIN, "00010101T120000", "00010101T110000", ZONE_FIT_ONCE},
        {SUPPORT_TZ_BERLIN, "99991231T120000", "99991231T110000", ZONE_FIT_ONCE},
        {"UTC0", "20261124T090000", "20261124T090000", ZONE_FIT_ONCE},
        {"XXX3EDT4,0/0,J365/23", "20270101T000000", "20270101T040000", ZONE_FIT_ONCE},
        /* skipped by one change, and shown after the next one an hour later: it is there once */
        {"XXX0EDT2,0/0,364/21", "20261231T213000", "20261231T233000", ZONE_FIT_GAP},
        {"XXX0EDT2,0/0,364/21", "20261231T223000", "20270101T003000", ZONE_FIT_ONCE},
        {"XXX0EDT2,0/0,364/21", "20261231T233000", "20261231T233000", ZONE_FIT_TWICE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct zone *zone = support_zone(arena, "Test/Rule", cases[i].rule);
        struct local_time local;
        int64_t instant = 0;
        assert_true(local_parse_basic(cases[i].local, &local));
        enum zone_fit fit = zone_instant(zone, local, &instant);
        if (fit != cases[i].fit || instant != utc(cases[i].instant))
            fail_msg("%s in %s: %lld, fit %d", cases[i].local, cases[i].rule, (long long)instant,
                     fit);
    }
}

/* Whatever exists once is found again, at every quarter of an hour of some years. */
static void readings_come_back(void **state)
{
    const struct zone *zones[] = {
        support_zone(*state, "Test/Berlin", SUPPORT_TZ_BERLIN),
        support_zone(*state, "Test/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    };
    for (size_t z = 0; z < COUNT(zones); z++) {
        for (int64_t at = utc("20260101"); at < utc("20270301"); at += 15 * MINUTE) {
            struct zone_reading reading = zone_read(zones[z], at);
            int64_t back = 0;
            enum zone_fit fit = zone_instant(zones[z], reading.local, &back);
            assert_int_not_equal(fit, ZONE_FIT_GAP);
            if (fit == ZONE_FIT_ONCE)
                assert_int_equal(back, at);
            else
                assert_true(back == at || back == at - HOUR);
        }
    }
}

/* New York in 1967, two changes, no rule; and Berlin's change of 1996 with its rule after. */
static void transitions_are_read(void **state)
{
    struct arena *arena = *state;
    const struct support_type types[] = {
        {-17762, false, "LMT"}, {-18000, false, "EST"}, {-14400, true, "EDT"}};
    const struct support_transition transitions[] = {
        {-2717650800, 1}, {-84387600, 2}, {-68666400, 1}};
    struct support_tzif file = {2, transitions, 3, types, 3, ""};
    size_t size;
    const struct zone *zone = NULL;
    char *bytes = support_tzif(arena, file, &size);
    assert_int_equal(zone_parse(arena, "America/New_York", bytes, size, &zone, NULL), ERR_OK);
    memset(bytes, 'x', size); /* the zone does not borrow from the bytes */
    assert_string_equal(zone_name(zone), "America/New_York");
    assert_string_equal(zone_read(zone, -2717650801).abbreviation, "LMT");
    assert_int_equal(zone_read(zone, -2717650801).offset, -17762);
    assert_string_equal(zone_read(zone, -2717650800).abbreviation, "EST");
    assert_true(zone_read(zone, -84387600).daylight);
    assert_false(zone_read(zone, -68666400).daylight);
    assert_string_equal(zone_read(zone, INSTANT_NEVER).abbreviation, "EST");
    assert_int_equal(zone_read(zone, INSTANT_NEVER).local.year, 9999);
    assert_int_equal(zone_read(zone, INT64_MIN).local.year, 1);
    assert_int_equal(zone_next_change(zone, INT64_MIN), -2717650800);
    assert_int_equal(zone_next_change(zone, -84387601), -84387600);
    assert_int_equal(zone_next_change(zone, -84387600), -68666400);
    assert_true(zone_next_change(zone, -68666400) == INSTANT_NEVER);
}

static void version_1_is_read(void **state)
{
    struct arena *arena = *state;
    const struct support_type types[] = {{0, false, "UTC"}, {3600, false, "CET"}};
    const struct support_transition transitions[] = {{-100, 1}};
    size_t size;
    const struct zone *zone = NULL;
    char *bytes =
        support_tzif(arena, (struct support_tzif){1, transitions, 1, types, 2, NULL}, &size);
    assert_int_equal(zone_parse(arena, "Test/Old", bytes, size, &zone, NULL), ERR_OK);
    assert_int_equal(zone_read(zone, -101).offset, 0);
    assert_int_equal(zone_read(zone, -100).offset, 3600);
}

static void changes_follow_each_other(void **state)
{
    const struct zone *zone = support_zone(*state, "Test/Berlin", SUPPORT_TZ_BERLIN);
    int64_t at = utc("20260101");
    const char *const expected[] = {"20260329T010000", "20261025T010000", "20270328T010000"};
    for (size_t i = 0; i < COUNT(expected); i++) {
        at = zone_next_change(zone, at);
        assert_int_equal(at, utc(expected[i]));
    }
    assert_true(zone_next_change(zone_utc(), at) == INSTANT_NEVER);
    const struct zone *all_year = support_zone(*state, "Test/AllYear", "XXX3EDT4,0/0,J365/23");
    assert_true(zone_next_change(all_year, at) == INSTANT_NEVER);
    assert_true(zone_next_change(zone, INSTANT_NEVER) == INSTANT_NEVER);
}

/*
 * Reads a copy in a block of exactly its size, so that a byte too far is seen, and uses what was
 * read.
 */
static enum err parse_exactly(const char *bytes, size_t size)
{
    struct arena *arena = arena_new();
    char *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    const struct zone *zone = NULL;
    enum err err = zone_parse(arena, "Test/Bytes", copy, size, &zone, NULL);
    free(copy);
    if (err == ERR_OK) {
        int64_t instant;
        const struct local_time local = {2026, 3, 29, 2, 30, 0};
        zone_read(zone, utc("20260329T010000"));
        zone_instant(zone, local, &instant);
        zone_next_change(zone, instant);
    }
    arena_free(arena);
    return err;
}

static char *sample_file(struct arena *arena, size_t *size)
{
    static const struct support_type types[] = {
        {3208, false, "LMT"}, {3600, false, "CET"}, {7200, true, "CEST"}};
    static const struct support_transition transitions[] = {
        {-2422054408, 1}, {828234000, 2}, {846378000, 1}};
    return support_tzif(
        arena, (struct support_tzif){2, transitions, 3, types, 3, SUPPORT_TZ_BERLIN}, size);
}

static void cut_files_are_refused(void **state)
{
    size_t size;
    char *bytes = sample_file(*state, &size);
    assert_int_equal(parse_exactly(bytes, size), ERR_OK);
    for (size_t n = 0; n < size; n++)
        if (parse_exactly(bytes, n) != ERR_DAMAGED)
            fail_msg("a file cut to %zu of %zu bytes was taken", n, size);
}

/*
 * One or two bytes changed: taken or refused, but nothing is read that is not there (the sanitizers
 * watch).
 */
static void damaged_files_do_no_harm(void **state)
{
    size_t size, refused = 0;
    char *bytes = sample_file(*state, &size);
    uint32_t seed = 20261124;
    for (int round = 0; round < 20000; round++) {
        char *copy = malloc(size);
        assert_non_null(copy);
        memcpy(copy, bytes, size);
        for (int i = 0; i < 1 + round % 2; i++) {
            seed = seed * 1664525 + 1013904223;
            copy[(seed >> 8) % size] = (char)(seed >> 24);
        }
        refused += parse_exactly(copy, size) == ERR_DAMAGED;
        free(copy);
    }
    assert_true(refused > 1000);
}

static void leap_seconds_are_refused(void **state)
{
    size_t size;
    char *bytes = sample_file(*state, &size);
    char *second = bytes + 1;
    while (memcmp(second, "TZif", 4) != 0)
        second++;
    second[31] = 1; /* the count of leap seconds */
    const struct zone *zone = NULL;
    struct error error = {0};
    assert_int_equal(zone_parse(*state, "right/UTC", bytes, size, &zone, &error), ERR_DAMAGED);
    assert_non_null(strstr(error.why, "leap seconds"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_followed),          cmocka_unit_test(broken_rules_are_refused),
        cmocka_unit_test(local_times_become_instants), cmocka_unit_test(readings_come_back),
        cmocka_unit_test(transitions_are_read),        cmocka_unit_test(version_1_is_read),
        cmocka_unit_test(changes_follow_each_other),   cmocka_unit_test(cut_files_are_refused),
        cmocka_unit_test(damaged_files_do_no_harm),    cmocka_unit_test(leap_seconds_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
