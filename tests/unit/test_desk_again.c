/*
 * What was taken in once and comes again, from the same file or from one that we wrote of it: nothing is lost, and nothing changes.
 */
#include "desk_support.h"

#include <stdio.h>
#include <string.h>

#define SERIES(more)                                                                               \
    "BEGIN:VEVENT\nUID:s@x\nDTSTAMP:20261101T000000Z\nDTSTART:20261124T090000Z\n"                  \
    "DTEND:20261124T100000Z\nSUMMARY:Series\n" more "END:VEVENT\n"
#define OCCURRENCE(day, start, more)                                                               \
    "BEGIN:VEVENT\nUID:s@x\nDTSTAMP:20261101T000000Z\nRECURRENCE-ID:202611" day                    \
    "T090000Z\nDTSTART:202611" start "Z\nDURATION:PT30M\n" more "END:VEVENT\n"

#define ADDED "1 added, 0 updated, 0 unchanged, 0 rejected"
#define UPDATED "0 added, 1 updated, 0 unchanged, 0 rejected"
#define UNCHANGED "0 added, 0 updated, 1 unchanged, 0 rejected"

static const char *counts(struct desk *desk, struct import_report report)
{
    for (size_t i = 0; i < report.errors.count; i++)
        print_message("rejected: %s\n", report.errors.items[i].why);
    return arena_format(desk->arena, "%lld added, %lld updated, %lld unchanged, %lld rejected",
                        (long long)report.added, (long long)report.updated,
                        (long long)report.unchanged, (long long)report.rejected);
}

static const char *imported(struct desk *desk, const char *events)
{
    return counts(desk, desk_import_text(desk, events, false));
}

static const char *exported(struct desk *desk)
{
    char *ical = NULL;
    assert_ok(desk, desk_export(&desk->session, desk->arena, NULL, NULL, 0, INSTANT_NEVER, &ical));
    return ical;
}

static const char *imported_export(struct desk *desk)
{
    struct import_report report = {0};
    assert_ok(desk, desk_import(&desk->session, desk->arena,
                                desk_file(desk, "out.ics", exported(desk)), false, &report));
    return counts(desk, report);
}

/* The occurrences of two weeks: "24 09:00 60 Series | 25 15:00 30 Changed". */
static const char *agenda(struct desk *desk)
{
    struct occurrences list = {0};
    struct text text = text_start(desk->arena);
    int64_t from = session_now(&desk->session);
    assert_ok(desk,
              desk_agenda(&desk->session, desk->arena, NULL, from, from + 2 * WEEK, false, &list));
    for (size_t i = 0; i < list.count; i++) {
        struct local_time start = zone_read(zone_utc(), list.items[i].start).local;
        text_addf(&text, "%s%d %02d:%02d %lld %s", i ? " | " : "", start.day, start.hour,
                  start.minute, (long long)(list.items[i].end - list.items[i].start) / 60,
                  list.items[i].title);
    }
    return text.bytes;
}

/* --- added periods ----------------------------------------------------------------------------- */

#define PERIODS                                                                                    \
    SERIES("RDATE;VALUE=PERIOD:20261126T140000Z/PT3H,20261127T140000Z/20261127T150000Z\n")

static void a_period_has_its_own_length(void **state)
{
    struct desk *desk = *state;
    static const char *const wanted =
        "24 09:00 60 Series | 26 14:00 180 Series | 27 14:00 60 Series";
    assert_string_equal(imported(desk, PERIODS), ADDED);
    assert_string_equal(agenda(desk), wanted);
    assert_string_equal(imported(desk, PERIODS), UNCHANGED);
    assert_string_equal(imported_export(desk), UNCHANGED);
    assert_string_equal(imported(desk, PERIODS), UNCHANGED);
    assert_string_equal(agenda(desk), wanted);
    desk_sound(desk);
}

/* A changed occurrence goes before the period that it changes, in the file and beside it. */
static void a_period_is_changed(void **state)
{
    static const char *const change =
        "BEGIN:VEVENT\nUID:s@x\nDTSTAMP:20261101T000000Z\nRECURRENCE-ID:20261126T140000Z\n"
        "DTSTART:20261126T160000Z\nDURATION:PT45M\nSUMMARY:Changed\nEND:VEVENT\n";
    static const char *const wanted =
        "24 09:00 60 Series | 26 16:00 45 Changed | 27 14:00 60 Series";
    struct desk *desk = *state;
    const char *both = arena_format(desk->arena, "%s%s", PERIODS, change);
    assert_string_equal(imported(desk, both), ADDED);
    assert_string_equal(agenda(desk), wanted);
    assert_string_equal(imported(desk, both), UNCHANGED);
    assert_string_equal(imported_export(desk), UNCHANGED);
    assert_string_equal(agenda(desk), wanted);
    desk_sound(desk);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_period_has_its_own_length),
        TEST(a_period_is_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
