/*
 * Reading the calendar: references, the agenda and its risks with neighbours outside of what is
 * shown, legacy lists, rows.
 */
#include "desk_support.h"

#include <desk/desk.h>
#include <stdlib.h>
#include <string.h>

static void references(void **state)
{
    struct desk *desk = *state;
    struct draft draft = {.title = "A", .start = "2026-11-24 09:00", .uid = "abcdef-1"};
    struct scheduled a = {0};
    struct occurrence out = {0};
    assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, false, &a));
    draft.uid = "abcdef-2";
    assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, false, &a));
    const char *id = a.meeting.meeting->conference_id;
    /* a UID that begins with the digits of another meeting's ID: the ID wins */
    draft.uid = arena_format(desk->arena, "%s-mine", id);
    assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, false, &a));
    desk_static_id(desk, "7654321");
    const struct {
        const char *reference;
        enum err err;
        const char *uid;
    } cases[] = {
        {"abcdef-1", ERR_OK, "abcdef-1"},
        {"abcdef", ERR_INVALID, NULL},
        {"abc", ERR_NOT_FOUND, NULL},
        {"ABCDEF-1", ERR_NOT_FOUND, NULL},
        {"abcd%", ERR_NOT_FOUND, NULL},
        {id, ERR_OK, "abcdef-2"},
        {conference_id_group(desk->arena, id), ERR_OK, "abcdef-2"},
        {draft.uid, ERR_OK, draft.uid},
        {"7654321", ERR_INVALID, NULL},
        {"", ERR_NOT_FOUND, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(desk_meeting(&desk->session, desk->arena, cases[i].reference, &out),
                         cases[i].err);
        if (cases[i].uid)
            assert_string_equal(out.meeting->uid, cases[i].uid);
    }
}

static int64_t at(const char *time)
{
    int64_t instant = 0;
    assert_true(time_parse_rfc3339(time, &instant));
    return instant;
}

static struct occurrences agenda(struct desk *desk, const char *from, const char *to)
{
    struct occurrences list = {0};
    int64_t a = 0, b = 0;
    assert_true(time_parse_rfc3339(from, &a) && time_parse_rfc3339(to, &b));
    assert_ok(desk, desk_agenda(&desk->session, desk->arena, &desk->ada, a, b, false, &list));
    return list;
}

/* What is asked for ends at ten; the neighbour that makes the risk begins then. */
static void neighbours_outside_the_span_count(void **state)
{
    struct desk *desk = *state;
    desk_cut_over(desk, false);
    desk_new(desk, "A", "2026-11-24 09:00", "1h", NULL, NULL);
    struct occurrence b = desk_new(desk, "B", "2026-11-24 10:15", "1h", NULL, NULL);
    struct occurrences list = agenda(desk, "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z");
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].risk, RISK_BACK_TO_BACK);
    assert_string_equal(list.items[0].risk_with.items[0], b.meeting->uid);
    struct organization organization = {0};
    assert_ok(desk, desk_organization(&desk->session, desk->arena, &organization, NULL));
    organization.margin_minutes = 14;
    assert_ok(desk, desk_organization_change(&desk->session, &organization));
    list = agenda(desk, "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z");
    assert_int_equal(list.items[0].risk, RISK_LEGACY);
}

/* Each occurrence has its own risk, the meeting its worst. */
static void an_occurrence_has_its_own_risk(void **state)
{
    struct desk *desk = *state;
    desk_cut_over(desk, false);
    struct occurrence s = desk_new(desk, "S", "2026-11-24 09:00", "1h", "FREQ=DAILY;COUNT=3", NULL);
    struct occurrence b = desk_new(desk, "B", "2026-11-25 09:30", "1h", NULL, NULL);
    struct occurrences list = agenda(desk, "2026-11-24T00:00:00Z", "2026-11-28T00:00:00Z");
    static const enum risk risks[] = {RISK_LEGACY, RISK_OVERLAP, RISK_OVERLAP, RISK_LEGACY};
    assert_int_equal(list.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(list.items[i].risk, risks[i]);
    assert_int_equal(desk_show(desk, s.meeting->uid).risk, RISK_OVERLAP);
    assert_string_equal(desk_show(desk, s.meeting->uid).risk_with.items[0], b.meeting->uid);
    /* what of the series is to come bears none any more; the single one's stays what it was */
    desk_at(desk, "2026-11-26T00:00:00Z");
    assert_int_equal(desk_show(desk, s.meeting->uid).risk, RISK_LEGACY);
    assert_int_equal(desk_show(desk, b.meeting->uid).risk, RISK_OVERLAP);
}

/*
 * A lookup asks for the risk at the time that it is asked about, and the other meeting is named
 * though it is over.
 */
static void a_lookup_tells_the_risk_at_its_time(void **state)
{
    struct desk *desk = *state;
    struct lookup lookup = {0};
    desk_cut_over(desk, false);
    struct occurrence s = desk_new(desk, "S", "2026-11-24 09:00", "1h", "FREQ=DAILY;COUNT=3", NULL);
    desk_new(desk, "B", "2026-11-24 09:30", "1h", NULL, NULL);
    assert_ok(desk, desk_lookup(&desk->session, desk->arena, s.meeting->conference_id,
                                at("2026-11-24T08:00:00Z"), &lookup, NULL));
    assert_int_equal(lookup.meetings.items[0].risk, RISK_OVERLAP);
    assert_string_equal(lookup.meetings.items[0].risk_title, "B");
    assert_ok(desk, desk_lookup(&desk->session, desk->arena, s.meeting->conference_id,
                                at("2026-11-25T08:00:00Z"), &lookup, NULL));
    assert_string_equal(lookup.meetings.items[0].title, "S");
    assert_int_equal(lookup.meetings.items[0].risk, RISK_LEGACY);
}

static void legacy_is_what_is_not_over(void **state)
{
    struct desk *desk = *state;
    struct occurrences list = {0};
    struct scheduled cancelled = {0};
    desk_cut_over(desk, false);
    desk_new(desk, "Over", "2026-11-22 09:00", "1h", NULL, NULL);
    struct occurrence c = desk_new(desk, "Cancelled", "2026-11-24 09:00", "1h", NULL, NULL);
    desk_new(desk, "Alone", "2026-11-26 09:00", "1h", NULL, NULL);
    desk_new(desk, "Left", "2026-11-25 09:00", "1h", NULL, NULL);
    desk_new(desk, "Right", "2026-11-25 10:00", "1h", NULL, NULL);
    assert_ok(desk, desk_cancel(&desk->session, desk->arena, c.meeting->uid, 0, NULL, &cancelled));
    assert_ok(desk, desk_legacy(&desk->session, desk->arena, &desk->ada, false, false, &list));
    static const char *const titles[] = {"Left", "Right", "Alone"};
    assert_int_equal(list.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(list.items[i].title, titles[i]);
    assert_ok(desk, desk_legacy(&desk->session, desk->arena, &desk->ada, true, false, &list));
    assert_int_equal(list.count, 2);
}

static void the_demo_is_sound(void **state)
{
    struct desk *desk = *state;
    const char *summary = NULL;
    struct occurrences risky = {0};
    struct organizers organizers = {0};
    assert_int_equal(desk_demo(&desk->session, desk->arena, &summary), ERR_REFUSED);
    session_end(&desk->session);
    setenv("DIALDESK_DB", arena_format(desk->arena, "%s/demo.db", desk->folder), 1);
    assert_ok(desk, session_start(&desk->session));
    assert_ok(desk, desk_demo(&desk->session, desk->arena, &summary));
    assert_ok(desk, desk_legacy(&desk->session, desk->arena, NULL, true, false, &risky));
    assert_int_equal(risky.count, 4);
    assert_ok(desk, desk_organizers(&desk->session, desk->arena, 0, &organizers));
    assert_int_equal(organizers.count, 4);
    desk_sound(desk);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(references),
        TEST(neighbours_outside_the_span_count),
        TEST(an_occurrence_has_its_own_risk),
        TEST(a_lookup_tells_the_risk_at_its_time),
        TEST(legacy_is_what_is_not_over),
        TEST(the_demo_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
