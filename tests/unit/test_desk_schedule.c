/*
 * Scheduling, changing and cancelling: which ID a meeting gets, that it keeps it, and what is told.
 */
#include "desk_support.h"

#include <stdlib.h>
#include <string.h>

static void which_id(void **state)
{
    struct desk *desk = *state;
    static const struct {
        bool dynamic, dial_in;
        enum provider provider;
        enum id_kind kind;
        size_t digits;
    } cases[] = {
        {true, true, PROVIDER_MICROSOFT, ID_KIND_DYNAMIC, 8},
        {false, true, PROVIDER_MICROSOFT, ID_KIND_STATIC, 7},
        {true, false, PROVIDER_MICROSOFT, ID_KIND_NONE, 0},
        {true, true, PROVIDER_NONE, ID_KIND_NONE, 0},
        {false, true, PROVIDER_NONE, ID_KIND_NONE, 0},
        {true, true, PROVIDER_THIRD_PARTY, ID_KIND_THIRD_PARTY, 0},
        {false, true, PROVIDER_THIRD_PARTY, ID_KIND_THIRD_PARTY, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_cut_over(desk, cases[i].dynamic);
        desk->ada.dial_in = cases[i].dial_in;
        desk->ada.provider = cases[i].provider;
        assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, NULL));
        struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, NULL);
        assert_int_equal(o.meeting->id_kind, cases[i].kind);
        const char *id = o.meeting->conference_id;
        assert_int_equal(id ? strlen(id) : 0, cases[i].digits);
    }
    desk_sound(desk);
}

static void static_id_is_shared(void **state)
{
    struct desk *desk = *state;
    desk_cut_over(desk, false);
    struct occurrence a = desk_new(desk, "A", "2026-11-24 09:00", NULL, NULL, NULL);
    struct occurrence b = desk_new(desk, "B", "2026-11-24 10:00", NULL, NULL, NULL);
    assert_string_equal(a.meeting->conference_id, b.meeting->conference_id);
    assert_int_equal(b.risk, RISK_BACK_TO_BACK);
    assert_string_equal(b.risk_with.items[0], a.meeting->uid);
    desk_cut_over(desk, true);
    assert_string_equal(desk_show(desk, a.meeting->uid).meeting->conference_id,
                        a.meeting->conference_id);
}

static void a_dry_run_stores_nothing(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    struct organization_figures figures = {0};
    struct organization organization = {0};
    struct draft draft = {.title = "T", .start = "2026-11-24 09:00"};
    assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, true, &out));
    assert_int_equal(out.meeting.meeting->id_kind, ID_KIND_DYNAMIC);
    assert_null(out.meeting.meeting->conference_id);
    assert_non_null(out.reason);
    assert_ok(desk, desk_organization(&desk->session, desk->arena, &organization, &figures));
    assert_int_equal(figures.live_ids, 0);
}

static void a_failure_stores_nothing(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    struct organization_figures figures = {0};
    struct organization organization = {0};
    desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, NULL);
    static const struct draft bad[] = {
        {.start = "2026-11-24 09:00"},
        {.title = "T"},
        {.title = " ", .start = "2026-11-24 09:00"},
        {.title = "T", .start = "2026-02-30 09:00"},
        {.title = "T", .start = "2026-11-24 09:00", .end = "2026-11-24 08:59"},
        {.title = "T", .start = "2026-11-24 09:00", .end = "10:00", .duration = "1h"},
        {.title = "T", .start = "2026-11-24 09:00", .tz = "../etc/passwd"},
        {.title = "T", .start = "2026-11-24 09:00", .rrule = "FREQ=NEVER"},
        {.title = "T", .start = "2026-11-24 09:00", .uid = "with space"},
        {.title = "\xff", .start = "2026-11-24 09:00"},
        {.title = "T", .start = "2026-11-24 09:00", .lang = "e"},
        {.title = "T",
         .start = "2026-11-24",
         .has_all_day = true,
         .all_day = true,
         .duration = "90m"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        error_clear(&desk->session.error);
        assert_int_equal(
            desk_schedule(&desk->session, desk->arena, &desk->ada, &bad[i], false, &out),
            ERR_INVALID);
        assert_true(desk->session.error.why[0] != '\0');
    }
    assert_ok(desk, desk_organization(&desk->session, desk->arena, &organization, &figures));
    assert_int_equal(figures.live_ids, 1);
    desk_sound(desk);
}

static void whole_days(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *start, *end, *duration;
        int64_t days;
    } cases[] = {
        {"2026-11-24", NULL, NULL, 1},
        {"2026-11-24", "2026-11-25", NULL, 2},
        {"2026-11-24", "2026-11-24", NULL, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scheduled out = {0};
        struct draft draft = {.title = "T", .start = cases[i].start, .end = cases[i].end};
        assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, true, &out));
        assert_true(out.meeting.meeting->all_day);
        assert_int_equal(out.meeting.meeting->duration, cases[i].days * DAY);
    }
}

static void ends_are_read_from_the_start(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *start, *end;
        int64_t minutes;
    } cases[] = {
        {"2026-11-24 09:00", "10:30", 90},
        {"2026-11-24 23:00", "01:00", 120},
        {"2026-11-24 09:00", "+45m", 45},
        {"tomorrow 09:00", "tomorrow 09:20", 20},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scheduled out = {0};
        struct draft draft = {.title = "T", .start = cases[i].start, .end = cases[i].end};
        assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, true, &out));
        assert_int_equal(out.meeting.meeting->duration, cases[i].minutes * MINUTE);
    }
}

static void clock_changes_are_told(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *start;
        const char *utc;
        size_t warnings;
    } cases[] = {
        {"2027-03-28 01:30", "2027-03-28T00:30:00Z", 0},
        {"2027-03-28 02:30", "2027-03-28T01:30:00Z", 1}, /* does not exist */
        {"2026-10-25 02:30", "2026-10-25T00:30:00Z", 1}, /* exists twice: the first */
        {"2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z", 0},
        {"2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z",
         1}, /* the second, which a local time cannot say */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scheduled out = {0};
        int64_t utc = 0;
        struct draft draft = {.title = "T", .start = cases[i].start, .tz = "Europe/Berlin"};
        assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, true, &out));
        assert_true(time_parse_rfc3339(cases[i].utc, &utc));
        assert_int_equal(out.meeting.meeting->start, utc);
        assert_int_equal(out.warnings.count, cases[i].warnings);
    }
}

static void attendees_are_read(void **state)
{
    struct desk *desk = *state;
    struct occurrence o =
        desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL,
                 "bob@example.org, Lovelace, Ada <ada@example.org>; BOB@example.org,"
                 "\"Eve\" <mailto:eve@example.org>");
    const struct attendees *list = &o.meeting->attendees;
    assert_int_equal(list->count, 3);
    assert_string_equal(list->items[0].email, "bob@example.org");
    assert_string_equal(list->items[1].name, "Lovelace, Ada");
    assert_string_equal(list->items[1].email, "ada@example.org");
    assert_string_equal(list->items[2].name, "Eve");
}

static void overlaps_are_told(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    desk_new(desk, "Weekly", "2026-11-24 09:00", "1h", "FREQ=WEEKLY;COUNT=100", NULL);
    static const struct {
        const char *start, *rrule;
        size_t overlaps;
    } cases[] = {
        {"2026-11-24 09:30", NULL, 1},
        {"2026-11-24 10:00", NULL, 0},
        {"2027-11-23 09:30", NULL, 1},
        {"2026-11-25 09:30", NULL, 0},
        {"2026-11-23 09:30", "FREQ=DAILY;COUNT=3", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct draft draft = {.title = "T", .start = cases[i].start, .rrule = cases[i].rrule};
        assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, true, &out));
        assert_int_equal(out.warnings.count, cases[i].overlaps);
    }
}

/*
 * --- changing ----------------------------------------------------------------------------------
 */

static void sequence_is_raised_where_it_matters(void **state)
{
    struct desk *desk = *state;
    struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, "bob@example.org");
    const struct {
        struct draft draft;
        int64_t raised;
    } cases[] = {
        {{.notes = "private"}, 0},
        {{.title = "T"}, 0},
        {{.lang = "de"}, 0},
        {{.title = "U"}, 1},
        {{.start = "2026-11-25 09:00"}, 1},
        {{.duration = "2h"}, 1},
        {{.location = "Room"}, 1},
        {{.tz = "Europe/Berlin"}, 1},
        {{.rrule = "FREQ=DAILY;COUNT=2"}, 1},
        {{.rrule = ""}, 1},
        {{.has_attendees = true}, 1},
    };
    int64_t sequence = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scheduled out = {0};
        assert_ok(desk, desk_change(&desk->session, desk->arena, o.meeting->uid, 0, NULL,
                                    &cases[i].draft, false, &out));
        sequence += cases[i].raised;
        assert_int_equal(out.meeting.meeting->sequence, sequence);
        assert_string_equal(out.meeting.meeting->conference_id, o.meeting->conference_id);
    }
    desk_sound(desk);
}

static void somebody_else_was_faster(void **state)
{
    struct desk *desk = *state;
    struct session other;
    struct scheduled out = {0};
    struct scheduled cancelled = {0};
    struct draft first = {.title = "First"}, second = {.title = "Second"};
    struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, NULL);
    int64_t version = o.meeting->version;
    desk_second(desk, &other);
    assert_int_equal(
        desk_change(&other, desk->arena, o.meeting->uid, version, NULL, &first, false, &out),
        ERR_OK);
    assert_int_equal(desk_change(&desk->session, desk->arena, o.meeting->uid, version, NULL,
                                 &second, false, &out),
                     ERR_CONFLICT);
    assert_string_equal(out.meeting.meeting->title, "First");
    assert_int_equal(
        desk_cancel(&desk->session, desk->arena, o.meeting->uid, version, NULL, &cancelled),
        ERR_CONFLICT);
    assert_string_equal(desk_show(desk, o.meeting->uid).meeting->title, "First");
    session_end(&other);
}

static void a_series_takes_its_exceptions_along(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    struct occurrences list = {0};
    desk_import_text(
        desk,
        "BEGIN:VEVENT\nUID:s@x\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z\n"
        "RRULE:FREQ=DAILY;COUNT=4\nEXDATE:20261125T090000Z\nSUMMARY:S\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:s@x\nRECURRENCE-ID:20261126T090000Z\n"
        "DTSTART:20261126T140000Z\nDTEND:20261126T150000Z\nSUMMARY:Moved\nEND:VEVENT\n",
        false);
    struct draft draft = {.start = "2026-11-24 10:00"};
    assert_ok(desk, desk_change(&desk->session, desk->arena, "s@x", 0, NULL, &draft, false, &out));
    int64_t from = session_now(&desk->session);
    assert_ok(desk, desk_agenda(&desk->session, desk->arena, &desk->ada, from, from + WEEK, false,
                                &list));
    static const char *const starts[] = {"2026-11-24T10:00:00Z", "2026-11-26T15:00:00Z",
                                         "2026-11-27T10:00:00Z"};
    assert_int_equal(list.count, 3);
    for (size_t i = 0; i < 3; i++) {
        int64_t start = 0;
        assert_true(time_parse_rfc3339(starts[i], &start));
        assert_int_equal(list.items[i].start, start);
    }
    assert_string_equal(list.items[1].title, "Moved");
}

static void cancelling_retires(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    struct scheduled scheduled = {0};
    struct draft draft = {.title = "U"};
    struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, NULL);
    assert_ok(desk,
              desk_cancel(&desk->session, desk->arena, o.meeting->conference_id, 0, NULL, &out));
    assert_int_equal(out.meeting.meeting->status, MEETING_CANCELLED);
    assert_int_equal(out.meeting.meeting->sequence, 1);
    struct lookup lookup = desk_look(desk, o.meeting->conference_id);
    assert_int_equal(lookup.state, ID_STATE_CANCELLED);
    assert_true(lookup.record->retired);
    assert_int_equal(lookup.record->reserved_until, o.end + 365 * (int64_t)DAY);
    assert_int_equal(desk_cancel(&desk->session, desk->arena, o.meeting->uid, 0, NULL, &out),
                     ERR_REFUSED);
    assert_int_equal(desk_change(&desk->session, desk->arena, o.meeting->uid, 0, NULL, &draft,
                                 false, &scheduled),
                     ERR_REFUSED);
    desk_sound(desk);
}

static void a_static_id_outlives_a_cancelled_meeting(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    desk_cut_over(desk, false);
    struct occurrence a = desk_new(desk, "A", "2026-11-24 09:00", NULL, NULL, NULL);
    desk_new(desk, "B", "2026-11-25 09:00", NULL, NULL, NULL);
    assert_ok(desk, desk_cancel(&desk->session, desk->arena, a.meeting->uid, 0, NULL, &out));
    assert_int_equal(desk_look(desk, a.meeting->conference_id).state, ID_STATE_UPCOMING);
    desk_sound(desk);
}

static void an_edit_moves_the_reservation(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, NULL);
    struct draft draft = {.start = "2027-11-24 09:00"};
    desk_at(desk, "2026-12-24T09:00:00Z");
    desk_new(desk, "Puts the other to rest", "2026-12-25 09:00", NULL, NULL, NULL);
    assert_int_equal(desk_look(desk, o.meeting->conference_id).state, ID_STATE_ENDED);
    assert_ok(desk, desk_change(&desk->session, desk->arena, o.meeting->uid, 0, NULL, &draft, false,
                                &out));
    struct lookup lookup = desk_look(desk, o.meeting->conference_id);
    assert_int_equal(lookup.state, ID_STATE_UPCOMING);
    assert_int_equal(lookup.record->reserved_until,
                     out.meeting.meeting->span_end + 365 * (int64_t)DAY);
    desk_sound(desk);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(which_id),
        TEST(static_id_is_shared),
        TEST(a_dry_run_stores_nothing),
        TEST(a_failure_stores_nothing),
        TEST(whole_days),
        TEST(ends_are_read_from_the_start),
        TEST(clock_changes_are_told),
        TEST(attendees_are_read),
        TEST(overlaps_are_told),
        TEST(sequence_is_raised_where_it_matters),
        TEST(somebody_else_was_faster),
        TEST(a_series_takes_its_exceptions_along),
        TEST(cancelling_retires),
        TEST(a_static_id_outlives_a_cancelled_meeting),
        TEST(an_edit_moves_the_reservation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
