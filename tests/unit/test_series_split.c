/*
 * A series cut in two, as a table: rules and dates of both parts; that no occurrence is lost or
 * added; which occurrence a time means; rules that move. With the real engine, in Europe/Berlin.
 */
#include "support/times.h"
#include "support/zones_system.h"

#include <core/series_split.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static struct local_times dates(struct arena *arena, const char *list)
{
    struct local_times out = {0};
    for (; *list; list += strcspn(list, " "), list += *list == ' ')
        *vector_push(arena, &out) = support_local(arena_copy_n(arena, list, strcspn(list, " ")));
    return out;
}

static const char *dates_text(struct arena *arena, const struct local_times *list)
{
    struct text out = text_start(arena);
    for (size_t i = 0; i < list->count; i++)
        text_addf(&out, "%s%s", i ? " " : "", local_format_basic(arena, list->items[i]));
    return out.bytes;
}

struct split_case {
    const char *start, *rrule, *exdates, *rdates, *at;
    const char *before, *after_start, *after; /* rules; NULL: none */
    bool first;
};

static const struct split_case cases[] = {
    /* COUNT is counted down, excluded ones included */
    {"20261201T090000", "FREQ=DAILY;COUNT=6", "20261202T090000", "", "20261204T090000",
     "FREQ=DAILY;COUNT=3", "20261204T090000", "FREQ=DAILY;COUNT=3", false},
    {"20261201T090000", "COUNT=6;FREQ=DAILY;", "", "", "20261206T090000", "FREQ=DAILY;COUNT=5",
     "20261206T090000", "FREQ=DAILY;COUNT=1", false},
    /* UNTIL in UTC, whatever form it had; the rest keeps its own */
    {"20261201T090000", "FREQ=WEEKLY", "", "", "20261215T090000",
     "FREQ=WEEKLY;UNTIL=20261208T080000Z", "20261215T090000", "FREQ=WEEKLY", false},
    {"20261201T090000", "FREQ=WEEKLY;UNTIL=20270101", "", "", "20261215T090000",
     "FREQ=WEEKLY;UNTIL=20261208T080000Z", "20261215T090000", "FREQ=WEEKLY;UNTIL=20270101", false},
    {"20261201T090000", "FREQ=WEEKLY;until=20270101T090000;WKST=SU", "", "", "20261208T090000",
     "FREQ=WEEKLY;WKST=SU;UNTIL=20261201T080000Z", "20261208T090000",
     "FREQ=WEEKLY;until=20270101T090000;WKST=SU", false},
    /* the phase of intervals, positions in a set, the 31st, 29 February */
    {"20261201T090000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "", "", "20261217T090000",
     "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20261215T080000Z", "20261217T090000",
     "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", false},
    {"20261130T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", "", "",
     "20261231T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1;UNTIL=20261201T080000Z",
     "20261231T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", false},
    {"20260131T090000", "FREQ=MONTHLY;COUNT=4", "", "", "20260531T090000", "FREQ=MONTHLY;COUNT=2",
     "20260531T090000", "FREQ=MONTHLY;COUNT=2", false},
    {"20240229T090000", "FREQ=YEARLY", "", "", "20320229T090000",
     "FREQ=YEARLY;UNTIL=20280229T080000Z", "20320229T090000", "FREQ=YEARLY", false},
    /* a start that the rule does not name counts as the first */
    {"20261202T090000", "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "", "", "20261208T090000",
     "FREQ=WEEKLY;BYDAY=TU;COUNT=1", "20261208T090000", "FREQ=WEEKLY;BYDAY=TU;COUNT=2", false},
    /* added dates alone */
    {"20261201T090000", NULL, "", "20261203T090000 20261208T090000 20261210T090000",
     "20261208T090000", NULL, "20261208T090000", NULL, false},
    /* an added date between two of the rule's, and one behind its end */
    {"20261201T090000", "FREQ=WEEKLY;COUNT=3", "", "20261210T090000", "20261210T090000",
     "FREQ=WEEKLY;COUNT=2", "20261215T090000", "FREQ=WEEKLY;COUNT=1", false},
    {"20261201T090000", "FREQ=WEEKLY;COUNT=2", "", "20261210T090000", "20261210T090000",
     "FREQ=WEEKLY;COUNT=2", "20261210T090000", NULL, false},
    /* nothing takes place before it */
    {"20261201T090000", "FREQ=DAILY;COUNT=6", "", "", "20261201T090000", NULL, "20261201T090000",
     "FREQ=DAILY;COUNT=6", true},
    {"20261201T090000", "FREQ=DAILY;COUNT=6", "20261201T090000 20261202T090000", "",
     "20261203T090000", "FREQ=DAILY;COUNT=2", "20261203T090000", "FREQ=DAILY;COUNT=4", true},
};

static struct meeting meeting_of(struct arena *arena, const struct split_case *c)
{
    return (struct meeting){.uid = "uid",
                            .title = "Sync",
                            .location = "",
                            .notes = "",
                            .start_local = support_local(c->start),
                            .tz = "Europe/Berlin",
                            .duration = HOUR,
                            .rrule = c->rrule,
                            .exdates = dates(arena, c->exdates),
                            .rdates = dates(arena, c->rdates)};
}

static void starts_add(struct arena *arena, const struct zone *zone, const struct meeting *meeting,
                       struct occurrences *list)
{
    struct error error = {0};
    int64_t end = local_seconds(support_local("20400101"));
    if (series_occurrences(arena, meeting, zone, INT64_MIN, end, 0, list, &error))
        fail_msg("%s: %s", error.what, error.why);
}

static const char *starts(struct arena *arena, struct occurrences *list)
{
    struct local_times times = {0};
    occurrences_sort(list);
    for (size_t i = 0; i < list->count; i++)
        *vector_push(arena, &times) = local_from_seconds(list->items[i].start);
    return dates_text(arena, &times);
}

static void check_rule(const char *got, const char *wanted)
{
    if (wanted)
        assert_string_equal(got, wanted);
    else
        assert_null(got);
}

static void cuts(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct zones_system *zones = zones_system_start();
    const struct zone *zone = zones_system_zone(zones, "Europe/Berlin");
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct split_case *c = &cases[i];
        struct meeting meeting = meeting_of(arena, c);
        struct series_cut cut;
        struct error error = {0};
        struct occurrences whole = {0}, parts = {0};
        if (series_split(arena, &meeting, zone, support_local(c->at), &cut, &error))
            fail_msg("case %zu: %s: %s", i, error.what, error.why);
        assert_int_equal(cut.first, c->first);
        if (!c->first)
            check_rule(cut.before.rrule, c->before);
        check_rule(cut.after.rrule, c->after);
        assert_string_equal(local_format_basic(arena, cut.after.start_local), c->after_start);
        starts_add(arena, zone, &meeting, &whole);
        if (!c->first)
            starts_add(arena, zone, &cut.before, &parts);
        starts_add(arena, zone, &cut.after, &parts);
        assert_string_equal(starts(arena, &parts), starts(arena, &whole));
    }
    zones_system_end(zones);
    arena_free(arena);
}

static void whole_days_end_by_a_date(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct zones_system *zones = zones_system_start();
    const struct zone *zone = zones_system_zone(zones, "Europe/Berlin");
    struct meeting meeting = meeting_of(
        arena, &(struct split_case){
                   .start = "20261201", .rrule = "FREQ=DAILY", .exdates = "", .rdates = ""});
    struct series_cut cut;
    meeting.all_day = true;
    meeting.duration = DAY;
    assert_int_equal(series_split(arena, &meeting, zone, support_local("20261204"), &cut, NULL),
                     ERR_OK);
    assert_string_equal(cut.before.rrule, "FREQ=DAILY;UNTIL=20261203");
    zones_system_end(zones);
    arena_free(arena);
}

/* By which recurrence it is, wherever it lies now. */
static void overrides_go_by_their_recurrence(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct zones_system *zones = zones_system_start();
    const struct zone *zone = zones_system_zone(zones, "Europe/Berlin");
    struct meeting meeting = meeting_of(arena, &cases[0]);
    struct series_cut cut;
    *vector_push(arena, &meeting.overrides) =
        (struct meeting_override){.recurrence = support_local("20261203T090000"),
                                  .start = support_local("20261220T090000"),
                                  .duration = HOUR};
    *vector_push(arena, &meeting.overrides) =
        (struct meeting_override){.recurrence = support_local("20261206T090000"),
                                  .start = support_local("20261125T090000"),
                                  .duration = HOUR};
    assert_int_equal(
        series_split(arena, &meeting, zone, support_local("20261204T090000"), &cut, NULL), ERR_OK);
    assert_int_equal(cut.before.overrides.count, 1);
    assert_int_equal(cut.before.overrides.items[0].recurrence.day, 3);
    assert_int_equal(cut.after.overrides.count, 1);
    assert_int_equal(cut.after.overrides.items[0].recurrence.day, 6);
    assert_int_equal(cut.before.exdates.count, 1);
    assert_int_equal(cut.after.exdates.count, 0);
    zones_system_end(zones);
    arena_free(arena);
}

/*
 * Two that changed places, and one that was moved onto another: each can be named by its start by
 * the rule.
 */
static void a_time_means_one(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct zones_system *zones = zones_system_start();
    const struct zone *zone = zones_system_zone(zones, "Europe/Berlin");
    struct meeting meeting = meeting_of(arena, &cases[13]);
    static const struct {
        const char *recurrence, *start;
    } moved[] = {{"20261202T090000", "20261203T090000"},
                 {"20261203T090000", "20261202T090000"},
                 {"20261204T090000", "20261205T090000"},
                 {"20261206T090000", "20270103T120000"}};
    for (size_t i = 0; i < COUNT(moved); i++)
        *vector_push(arena, &meeting.overrides) =
            (struct meeting_override){.recurrence = support_local(moved[i].recurrence),
                                      .start = support_local(moved[i].start),
                                      .duration = HOUR};
    static const struct {
        const char *said;
        enum err err;
        int day; /* of the recurrence */
    } said[] = {
        {"2026-12-01 09:00", ERR_OK, 1},
        {"2026-12-02 09:00", ERR_OK, 2},
        {"2026-12-03 09:00", ERR_OK, 3},
        {"2026-12-04 09:00", ERR_OK, 4},
        {"2026-12-05 09:00", ERR_OK, 5},
        {"2026-12-06 09:00", ERR_OK, 6},
        {"2027-01-03 12:00", ERR_OK, 6},
        {"2027-01-03", ERR_OK, 6},
        {"2026-12-06", ERR_OK, 6},
        {"2026-12-01T08:00:00Z", ERR_OK, 1},
        {"2026-12-01", ERR_OK, 1},
        {"2026-12-05", ERR_INVALID, 0},
        {"2026-12-01 10:00", ERR_NOT_FOUND, 0},
        {"2026-11-30", ERR_NOT_FOUND, 0},
    };
    for (size_t i = 0; i < COUNT(said); i++) {
        struct time_reading reading;
        struct occurrence found = {0};
        assert_int_equal(time_parse("T", said[i].said, 0, zone, &reading, NULL), ERR_OK);
        assert_int_equal(series_find(arena, &meeting, zone, &reading, &found, NULL), said[i].err);
        if (said[i].err == ERR_OK)
            assert_int_equal(found.recurrence.day, said[i].day);
    }
    zones_system_end(zones);
    arena_free(arena);
}

static void rules_move(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct zones_system *zones = zones_system_start();
    const struct zone *berlin = zones_system_zone(zones, "Europe/Berlin"),
                      *york = zones_system_zone(zones, "America/New_York");
    static const struct {
        const char *rrule, *from, *to;
        bool york;
        const char *wanted;
    } moves[] = {
        {"FREQ=DAILY;COUNT=3", "20261201T090000", "20261202T100000", false, "FREQ=DAILY;COUNT=3"},
        {"FREQ=DAILY;UNTIL=20261204T080000Z", "20261201T090000", "20261201T100000", false,
         "FREQ=DAILY;UNTIL=20261204T090000Z"},
        {"FREQ=DAILY;UNTIL=20261204T080000Z", "20261201T090000", "20261201T090000", true,
         "FREQ=DAILY;UNTIL=20261204T140000Z"},
        {"FREQ=DAILY;UNTIL=20261204", "20261201T090000", "20261201T100000", false,
         "FREQ=DAILY;UNTIL=20261204"},
        {"FREQ=DAILY;UNTIL=20261204", "20261201T090000", "20261203T100000", false,
         "FREQ=DAILY;UNTIL=20261206"},
        {"FREQ=DAILY;UNTIL=20261204", "20261201T090000", "20261202T090000", false,
         "FREQ=DAILY;UNTIL=20261205"},
        {"FREQ=DAILY;UNTIL=20261204", "20261202T090000", "20261201T090000", false,
         "FREQ=DAILY;UNTIL=20261203"},
        {"FREQ=WEEKLY;BYDAY=MO,SU;WKST=SU", "20261130T090000", "20261201T090000", false,
         "FREQ=WEEKLY;WKST=SU;BYDAY=TU,MO"},
        {"FREQ=WEEKLY;BYDAY=TU", "20261201T090000", "20261129T090000", false,
         "FREQ=WEEKLY;BYDAY=SU"},
        {"FREQ=MONTHLY;BYDAY=1TU", "20261201T090000", "20261202T090000", false,
         "FREQ=MONTHLY;BYDAY=1TU"},
    };
    for (size_t i = 0; i < COUNT(moves); i++)
        assert_string_equal(rule_move(arena, moves[i].rrule, berlin, moves[i].york ? york : berlin,
                                      false, support_local(moves[i].from),
                                      support_local(moves[i].to)),
                            moves[i].wanted);
    zones_system_end(zones);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts),
        cmocka_unit_test(whole_days_end_by_a_date),
        cmocka_unit_test(overrides_go_by_their_recurrence),
        cmocka_unit_test(a_time_means_one),
        cmocka_unit_test(rules_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
