/*
 * A zone's rules as a text and back; and what a change of rules moves, as a table. With the real
 * engine.
 */
#include "support/times.h"
#include "support/zones.h"
#include "support/zones_system.h"

#include <core/series_moves.h>
#include <core/zone_changes.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

/*
 * --- rules as a text
 * --------------------------------------------------------------------------------
 */

static void changes_are_written(void **state)
{
    assert_string_equal(zone_changes(*state, zone_utc()), "0");
    assert_string_equal(zone_changes(*state, support_zone(*state, "Test/Fixed", "<+0545>-5:45")),
                        "20700");
    const char *berlin =
        zone_changes(*state, support_zone(*state, "Test/Berlin", SUPPORT_TZ_BERLIN));
    const char *begin = "3600 -12205206000:7200 "; /* 27 March 1583 */
    assert_memory_equal(berlin, begin, strlen(begin));
    assert_non_null(strstr(berlin, ":3600 7520400:7200 25664400:3600 ")); /* 29 March 1970 */
    const char *end = " 4078429200:7200 4096573200:3600";                 /* 2099's */
    assert_string_equal(berlin + strlen(berlin) - strlen(end), end);
}

/*
 * Every zone here, read again from its text, has every local time and instant where the zone itself
 * has it.
 */
static void changes_come_back(void **state)
{
    struct arena *arena = *state;
    struct zones_system *zones = zones_system_start();
    static const char *const names[] = {
        "Europe/Berlin",      "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca",
        "Pacific/Apia",       "Antarctica/Troll", "America/Asuncion",    "Asia/Gaza",
        "Pacific/Kiritimati", "Asia/Kathmandu",   "Europe/Dublin",       "Africa/Monrovia"};
    for (size_t i = 0; i < COUNT(names); i++) {
        const struct zone *zone = zones_system_zone(zones, names[i]), *back = NULL;
        const char *text = zone_changes(arena, zone);
        assert_int_equal(zone_from_changes(arena, names[i], text, &back, NULL), ERR_OK);
        assert_string_equal(zone_name(back), names[i]);
        assert_string_equal(zone_changes(arena, back), text);
        for (int64_t at = ZONE_CHANGES_FROM; at < ZONE_CHANGES_TO; at += 20 * DAY + 3601) {
            struct local_time local = zone_read(zone, at).local;
            int64_t one = 0, other = 0;
            assert_int_equal(local_compare(local, zone_read(back, at).local), 0);
            assert_int_equal(zone_instant(zone, local, &one), zone_instant(back, local, &other));
            assert_int_equal(one, other);
        }
    }
    zones_system_end(zones);
}

static void broken_changes_are_refused(void **state)
{
    static const char *const texts[] = {"",
                                        "x",
                                        "3600 ",
                                        "3600 1",
                                        "3600 1:",
                                        "3600 1:2 ",
                                        "3600  1:2",
                                        "3600 2:0 1:60",
                                        "3600 1:0 1:60",
                                        "999999",
                                        "3600 1:2x",
                                        "3600;1:2",
                                        "+3600",
                                        " 3600",
                                        "3600 1:-99999",
                                        "3600 99999999999999999999:0",
                                        "noise"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        const struct zone *zone = NULL;
        struct error error = {0};
        if (zone_from_changes(*state, "Test/Bad", texts[i], &zone, &error) != ERR_DAMAGED)
            fail_msg("'%s' was taken", texts[i]);
        assert_string_equal(error.what, "time zone 'Test/Bad'");
        assert_null(zone);
    }
    struct text many = text_start(*state); /* more offsets than a zone can tell apart */
    text_add(&many, "0");
    for (int i = 1; i < 300; i++)
        text_addf(&many, " %d:%d", i * 1000, i);
    const struct zone *zone = NULL;
    assert_int_equal(zone_from_changes(*state, "Test/Many", many.bytes, &zone, NULL), ERR_DAMAGED);
}

static void files_have_fingerprints(void **state)
{
    const struct zone *berlin = support_zone(*state, "Test/Zone", SUPPORT_TZ_BERLIN);
    const struct zone *again = support_zone(*state, "Test/Other", SUPPORT_TZ_BERLIN);
    const struct zone *other = support_zone(*state, "Test/Zone", SUPPORT_TZ_NEW_YORK);
    assert_int_equal(zone_fingerprint(zone_utc()), 0);
    assert_true(zone_fingerprint(berlin) != 0);
    assert_true(zone_fingerprint(berlin) == zone_fingerprint(again));
    assert_true(zone_fingerprint(berlin) != zone_fingerprint(other));
}

/*
 * --- moves
 * ------------------------------------------------------------------------------------------
 */

#define ALWAYS_WINTER "CET-1"
#define ALWAYS_SUMMER "CEST-2"
#define LATER "CET-1CEST,M4.5.0,M10.5.0/3" /* a month later in spring */

static void moves_are_found(void **state)
{
    static const struct {
        const char *rules, *start, *rrule, *now; /* the rules that come after Berlin's */
        size_t count;
        const char *local, *before, *after, *until; /* the renewed rule's UNTIL; NULL: none */
    } cases[] = {
        {SUPPORT_TZ_BERLIN, "20270401T090000", "FREQ=DAILY", "20261124", 0, NULL, NULL, NULL, NULL},
        {LATER, "20270401T090000", NULL, "20261124", 1, "20270401T090000", "20270401T070000",
         "20270401T080000", NULL},
        {LATER, "20270501T090000", NULL, "20261124", 0, NULL, NULL, NULL, NULL},
        /* over by both, over by one of them, just on */
        {LATER, "20270401T090000", NULL, "20270401T090000", 0, NULL, NULL, NULL, NULL},
        {LATER, "20270401T090000", NULL, "20270401T083000", 1, "20270401T090000", "20270401T070000",
         "20270401T080000", NULL},
        {ALWAYS_SUMMER, "20270101T090000", NULL, "20270101T073000", 1, "20270101T090000",
         "20270101T080000", "20270101T070000", NULL},
        /* series: the first that moves, and how many; ten years are looked at */
        {LATER, "20261201T090000", "FREQ=WEEKLY;BYDAY=TU;COUNT=20", "20261124", 3,
         "20270330T090000", "20270330T070000", "20270330T080000", NULL},
        {ALWAYS_WINTER, "20261201T090000", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1", "20261124", 10,
         "20270701T090000", "20270701T070000", "20270701T080000", NULL},
        {LATER, "20200101T090000", "FREQ=DAILY;UNTIL=20270329T070000Z", "20261124", 2,
         "20270328T090000", "20270328T070000", "20270328T080000", "UNTIL=20270329T080000Z"},
        {LATER, "20200101T090000", "FREQ=DAILY;UNTIL=20270329", "20261124", 2, "20270328T090000",
         "20270328T070000", "20270328T080000", "UNTIL=20270329"},
        /* in a gap: the offset before it was and is the same; the hour behind it moves */
        {LATER, "20270328T023000", NULL, "20261124", 0, NULL, NULL, NULL, NULL},
        {LATER, "20270328T030000", NULL, "20261124", 1, "20270328T030000", "20270328T010000",
         "20270328T020000", NULL},
        /* twice there, then once: the first of the two is an hour before */
        {ALWAYS_WINTER, "20271031T023000", NULL, "20261124", 1, "20271031T023000",
         "20271031T003000", "20271031T013000", NULL},
    };
    struct arena *arena = *state;
    const struct zone *old = support_zone(arena, "Test/Zone", SUPPORT_TZ_BERLIN);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct zone *new = support_zone(arena, "Test/Zone", cases[i].rules);
        struct meeting was = {.uid = "uid",
                              .title = "Sync",
                              .location = "",
                              .notes = "",
                              .start_local = support_local(cases[i].start),
                              .tz = "Test/Zone",
                              .duration = HOUR,
                              .rrule = cases[i].rrule};
        struct meeting is = was;
        struct series_moves moves;
        assert_int_equal(series_resolve(&was, old, NULL), ERR_OK);
        assert_int_equal(series_renew(arena, &is, old, new, NULL), ERR_OK);
        assert_int_equal(
            series_moves_find(arena, &was, old, &is, new, support_utc(cases[i].now), &moves, NULL),
            ERR_OK);
        if (moves.count != cases[i].count)
            fail_msg("case %zu: %zu move", i, moves.count);
        if (cases[i].until)
            assert_non_null(strstr(is.rrule, cases[i].until));
        assert_true(is.zone_rules == zone_fingerprint(new));
        assert_ptr_equal(is.zone, new);
        if (!moves.count)
            continue;
        assert_string_equal(local_format_basic(arena, moves.local), cases[i].local);
        assert_int_equal(moves.before, support_utc(cases[i].before));
        assert_int_equal(moves.after, support_utc(cases[i].after));
    }
}

/* A day of 23 hours becomes one of 24: its start stays, its end moves. */
static void ends_move_too(void **state)
{
    struct arena *arena = *state;
    const struct zone *old = support_zone(arena, "Test/Zone", SUPPORT_TZ_BERLIN);
    const struct zone *new = support_zone(arena, "Test/Zone", LATER);
    struct meeting meeting = {.uid = "uid",
                              .title = "Day",
                              .location = "",
                              .notes = "",
                              .start_local = support_local("20270328"),
                              .tz = "Test/Zone",
                              .duration = DAY,
                              .all_day = true};
    struct series_moves moves;
    assert_int_equal(series_moves_find(arena, &meeting, old, &meeting, new, support_utc("20270101"),
                                       &moves, NULL),
                     ERR_OK);
    assert_int_equal(moves.count, 1);
    assert_int_equal(moves.before, support_utc("20270328T220000"));
    assert_int_equal(moves.after, support_utc("20270328T230000"));
}

/*
 * What an occurrence has of its own, and what was added, moves like the others; what was cancelled
 * does not count.
 */
static void extras_move_too(void **state)
{
    struct arena *arena = *state;
    const struct zone *old = support_zone(arena, "Test/Zone", SUPPORT_TZ_BERLIN);
    const struct zone *new = support_zone(arena, "Test/Zone", LATER);
    struct meeting meeting = {.uid = "uid",
                              .title = "Sync",
                              .location = "",
                              .notes = "",
                              .start_local = support_local("20270301T090000"),
                              .tz = "Test/Zone",
                              .duration = HOUR,
                              .rrule = "FREQ=MONTHLY;COUNT=4"};
    *vector_push(arena, &meeting.overrides) =
        (struct meeting_override){.recurrence = support_local("20270301T090000"),
                                  .start = support_local("20270410T100000"),
                                  .duration = HOUR};
    *vector_push(arena, &meeting.overrides) = (struct meeting_override){
        .recurrence = support_local("20270401T090000"), .cancelled = true};
    *vector_push(arena, &meeting.rdates) = support_local("20270415T090000");
    *vector_push(arena, &meeting.exdates) = support_local("20270501T090000");
    struct series_moves moves;
    assert_int_equal(series_moves_find(arena, &meeting, old, &meeting, new, support_utc("20270101"),
                                       &moves, NULL),
                     ERR_OK);
    assert_int_equal(moves.count, 2);
    assert_int_equal(moves.after, support_utc("20270410T090000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_written),
        cmocka_unit_test(changes_come_back),
        cmocka_unit_test(broken_changes_are_refused),
        cmocka_unit_test(files_have_fingerprints),
        cmocka_unit_test(moves_are_found),
        cmocka_unit_test(ends_move_too),
        cmocka_unit_test(extras_move_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
