/*
 * Converting, resetting and looking up: what becomes of static IDs, and what callers of them are
 * told.
 */
#include "desk_support.h"

#include <desk/outbox.h>
#include <string.h>

/* Two legacy meetings back to back on 7654321, tomorrow at nine and ten; then the cut-over. */
struct story {
    struct occurrence first, second;
};

static struct story story(struct desk *desk)
{
    struct story story;
    desk_static_id(desk, "7654321");
    desk_cut_over(desk, false);
    story.first =
        desk_new(desk, "First", "2026-11-24 09:00", NULL, NULL, "bob@example.org, eve@example.org");
    story.second = desk_new(desk, "Second", "2026-11-24 10:00", NULL, NULL, "bob@example.org");
    desk_cut_over(desk, true);
    return story;
}

static enum err convert(struct desk *desk, const char *a, const char *b, struct conversions *out)
{
    struct strings references = {0};
    *vector_push(desk->arena, &references) = a;
    if (b)
        *vector_push(desk->arena, &references) = b;
    *out = (struct conversions){0};
    return desk_convert(&desk->session, desk->arena, &references, true, out);
}

static size_t reminders_queued(struct desk *desk)
{
    struct messages list = {0};
    assert_ok(desk,
              desk_outbox_list(&desk->session, desk->arena, &(struct message_filter){0}, &list));
    return list.count;
}

static void one_leaves_the_other_stays(void **state)
{
    struct desk *desk = *state;
    struct story s = story(desk);
    struct conversions out;
    assert_ok(desk, convert(desk, s.second.meeting->uid, NULL, &out));
    assert_int_equal(out.count, 1);
    assert_string_equal(out.items[0].old_id, "7654321");
    assert_int_equal(out.items[0].reminders, 1);
    struct occurrence now = desk_show(desk, s.second.meeting->uid);
    assert_string_equal(now.meeting->conference_id, out.items[0].new_id);
    assert_int_equal(now.meeting->sequence, s.second.meeting->sequence + 1);
    assert_int_equal(now.risk, RISK_NONE);
    assert_int_equal(desk_show(desk, s.first.meeting->uid).risk, RISK_LEGACY);
    struct lookup lookup = desk_look(desk, "7654321");
    assert_int_equal(lookup.state, ID_STATE_UPCOMING);
    assert_string_equal(lookup.replaced_by, out.items[0].new_id);
    assert_int_equal(lookup.meetings.count, 1);
    assert_int_equal(lookup.moved.count, 1);
    desk_sound(desk);
}

static void the_last_one_retires_the_id(void **state)
{
    struct desk *desk = *state;
    struct story s = story(desk);
    struct conversions out;
    struct organizer ada = {0};
    assert_ok(desk, convert(desk, s.first.meeting->uid, s.second.meeting->uid, &out));
    assert_int_equal(out.count, 2);
    assert_int_equal(reminders_queued(desk), 3);
    struct lookup lookup = desk_look(desk, "7654321");
    assert_int_equal(lookup.state, ID_STATE_REPLACED);
    assert_string_equal(lookup.record->replaced_by, out.items[0].new_id);
    assert_int_equal(lookup.record->reserved_until,
                     session_now(&desk->session) + 365 * (int64_t)DAY);
    assert_ok(desk, desk_organizer_named(&desk->session, desk->arena, "ada@example.org", &ada));
    assert_null(ada.static_id);
    desk_sound(desk);
}

static void what_is_over_keeps_no_id_alive(void **state)
{
    struct desk *desk = *state;
    struct story s = story(desk);
    struct conversions out;
    desk_at(desk, "2026-11-24T10:00:00Z");
    assert_ok(desk, convert(desk, s.second.meeting->uid, NULL, &out));
    assert_true(desk_look(desk, "7654321").record->retired);
    assert_int_equal(convert(desk, s.first.meeting->uid, NULL, &out), ERR_REFUSED);
    desk_sound(desk);
}

static void all_or_none(void **state)
{
    struct desk *desk = *state;
    struct story s = story(desk);
    struct conversions out;
    struct occurrence dynamic = desk_new(desk, "D", "2026-11-25 09:00", NULL, NULL, NULL);
    assert_int_equal(convert(desk, s.first.meeting->uid, dynamic.meeting->uid, &out), ERR_REFUSED);
    assert_int_equal(convert(desk, s.first.meeting->uid, "nothing-such", &out), ERR_NOT_FOUND);
    assert_string_equal(desk_show(desk, s.first.meeting->uid).meeting->conference_id, "7654321");
    assert_int_equal(reminders_queued(desk), 0);
    assert_ok(desk, convert(desk, s.first.meeting->uid, s.first.meeting->uid, &out));
    assert_int_equal(out.count, 1); /* named twice, converted once */
    desk_sound(desk);
}

static void refused_where_it_makes_no_sense(void **state)
{
    struct desk *desk = *state;
    struct story s = story(desk);
    struct conversions out;
    struct scheduled cancelled = {0};
    assert_ok(desk,
              desk_cancel(&desk->session, desk->arena, s.first.meeting->uid, 0, NULL, &cancelled));
    assert_int_equal(convert(desk, s.first.meeting->uid, NULL, &out), ERR_REFUSED);
    desk_cut_over(desk, false);
    assert_int_equal(convert(desk, s.second.meeting->uid, NULL, &out), ERR_REFUSED);
    desk_cut_over(desk, true);
    assert_ok(desk,
              desk_organizer_named(&desk->session, desk->arena, "ada@example.org", &desk->ada));
    desk->ada.dial_in = false;
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, NULL));
    assert_int_equal(convert(desk, s.second.meeting->uid, NULL, &out), ERR_REFUSED);
    assert_string_equal(desk_show(desk, s.second.meeting->uid).meeting->conference_id, "7654321");
}

/* Each meeting is judged by its own organizer, also if the one before it was another's. */
static void each_by_its_own_organizer(void **state)
{
    struct desk *desk = *state;
    struct organizer grace = desk_add_organizer(desk, "grace@example.org", PROVIDER_MICROSOFT);
    struct scheduled hers = {0};
    struct conversions out;
    desk_cut_over(desk, false);
    const struct draft draft = {.title = "Hers", .start = "2026-11-24 12:00"};
    assert_ok(desk, desk_schedule(&desk->session, desk->arena, &grace, &draft, false, &hers));
    const char *her_uid = hers.meeting.meeting->uid;
    struct story s = story(desk);
    assert_ok(desk, desk_organizer_named(&desk->session, desk->arena, grace.email, &grace));
    grace.dial_in = false;
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &grace, NULL));
    assert_int_equal(convert(desk, s.first.meeting->uid, her_uid, &out), ERR_REFUSED);
    assert_non_null(strstr(desk->session.error.what, "Hers"));
    assert_ok(desk, convert(desk, s.first.meeting->uid, s.second.meeting->uid, &out));
    assert_int_equal(out.count, 2);
}

static void all_of_an_organizer(void **state)
{
    struct desk *desk = *state;
    struct conversions out = {0};
    struct occurrences legacy = {0};
    story(desk);
    assert_ok(desk, desk_convert_all(&desk->session, desk->arena, &desk->ada, false, &out));
    assert_int_equal(out.count, 2);
    assert_int_equal(reminders_queued(desk), 0);
    assert_ok(desk, desk_legacy(&desk->session, desk->arena, NULL, false, false, &legacy));
    assert_int_equal(legacy.count, 0);
    assert_ok(desk, desk_convert_all(&desk->session, desk->arena, &desk->ada, false, &out));
    assert_int_equal(out.count, 0);
}

static void the_history_tells_it(void **state)
{
    struct desk *desk = *state;
    struct story s = story(desk);
    struct conversions out;
    struct history_entries entries = {0};
    assert_ok(desk, convert(desk, s.first.meeting->uid, NULL, &out));
    static const char *const wanted[] = {"meeting scheduled", "id issued", "meeting converted",
                                         "id left"};
    assert_ok(desk, desk_history(&desk->session, desk->arena, s.first.meeting->uid, &entries));
    assert_int_equal(entries.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(entries.items[i].event, wanted[i]);
        assert_true(entries.items[i].actor[0] != '\0');
    }
    assert_ok(desk, desk_history(&desk->session, desk->arena, out.items[0].new_id, &entries));
    assert_int_equal(entries.count, 2);
    assert_int_equal(desk_history(&desk->session, desk->arena, "12345670", &entries),
                     ERR_NOT_FOUND);
}

static void a_reset_strands_what_names_it(void **state)
{
    struct desk *desk = *state;
    struct story s = story(desk);
    const char *old_id = NULL, *new_id = NULL;
    struct occurrences named = {0};
    struct conversions out;
    assert_ok(desk, desk_organizer_reset_id(&desk->session, desk->arena, "ADA@example.org", false,
                                            &old_id, &new_id, &named));
    assert_string_equal(old_id, "7654321");
    assert_int_equal(strlen(new_id), 7);
    assert_int_equal(named.count, 2);
    assert_int_equal(desk_look(desk, "7654321").state, ID_STATE_RETIRED);
    assert_string_equal(desk_show(desk, s.first.meeting->uid).meeting->conference_id, "7654321");
    assert_ok(desk, convert(desk, s.first.meeting->uid, s.second.meeting->uid, &out));
    assert_int_equal(desk_look(desk, "7654321").state, ID_STATE_REPLACED);
    desk_sound(desk);
}

static void another_static_id_by_hand(void **state)
{
    struct desk *desk = *state;
    struct strings notes = {0};
    story(desk);
    desk->ada.static_id = "0123456";
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, &notes));
    assert_int_equal(notes.count, 1); /* the old one stays for its meetings */
    assert_int_equal(desk_look(desk, "7654321").state, ID_STATE_UPCOMING);
    assert_ok(desk,
              desk_organizer_named(&desk->session, desk->arena, "ada@example.org", &desk->ada));
    desk->ada.static_id = "5550001"; /* nothing uses 0123456 */
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, &notes));
    assert_int_equal(notes.count, 0);
    assert_true(desk_look(desk, "0123456").record->retired);
    struct organizer bob = desk_add_organizer(desk, "bob@example.org", PROVIDER_MICROSOFT);
    bob.static_id = "5550001";
    assert_int_equal(desk_organizer_put(&desk->session, desk->arena, &bob, &notes), ERR_REFUSED);
    desk_sound(desk);
}

static void a_change_of_provider_tells_whom_it_hits(void **state)
{
    struct desk *desk = *state;
    struct strings notes = {0};
    struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, NULL);
    desk->ada.provider = PROVIDER_NONE;
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, &notes));
    assert_int_equal(notes.count, 1);
    assert_int_equal(desk_look(desk, o.meeting->conference_id).state, ID_STATE_DISABLED);
    desk->ada.provider = PROVIDER_MICROSOFT;
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, &notes));
    assert_int_equal(notes.count, 1);
    assert_int_equal(desk_look(desk, o.meeting->conference_id).state, ID_STATE_UPCOMING);
}

static void the_states_of_a_dynamic_id(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *at;
        enum id_state state;
    } cases[] = {
        {"2026-11-24T08:44:59Z", ID_STATE_UPCOMING}, {"2026-11-24T08:45:00Z", ID_STATE_LIVE},
        {"2026-11-24T09:59:59Z", ID_STATE_LIVE},     {"2026-11-24T10:00:00Z", ID_STATE_UPCOMING},
        {"2026-11-25T09:30:00Z", ID_STATE_LIVE},     {"2026-11-25T10:00:00Z", ID_STATE_ENDED},
    };
    struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, "FREQ=DAILY;COUNT=2", NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lookup lookup = {0};
        int64_t at = 0;
        assert_true(time_parse_rfc3339(cases[i].at, &at));
        assert_ok(desk, desk_lookup(&desk->session, desk->arena, o.meeting->conference_id, at,
                                    &lookup, NULL));
        assert_int_equal(lookup.state, cases[i].state);
        int64_t from;
        bool open = lookup.state != ID_STATE_ENDED;
        assert_true(
            time_parse_rfc3339(i < 3 ? "2026-11-24T08:45:00Z" : "2026-11-25T08:45:00Z", &from));
        assert_true(lookup.callers_from == (open ? from : INSTANT_NEVER));
    }
}

static void near_misses_are_live_or_upcoming(void **state)
{
    struct desk *desk = *state;
    struct scheduled cancelled = {0};
    struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, NULL);
    char typed[ID_SIZE];
    strcpy(typed, o.meeting->conference_id);
    typed[7] = typed[7] == '9' ? '8' : '9';
    struct lookup lookup = desk_look(desk, typed);
    assert_int_equal(lookup.state, ID_STATE_UNKNOWN);
    assert_int_equal(lookup.near.count, 1);
    assert_int_equal(lookup.near.items[0].slip, ID_SLIP_DIGIT);
    assert_string_equal(lookup.near.items[0].occurrence.meeting->uid, o.meeting->uid);
    assert_true(lookup.callers_from == INSTANT_NEVER);
    assert_ok(desk, desk_cancel(&desk->session, desk->arena, o.meeting->uid, 0, NULL, &cancelled));
    assert_int_equal(desk_look(desk, typed).near.count, 0);
}

/*
 * While digits are still read out, those that begin so are told; never what nobody can enter any
 * more.
 */
static void the_first_digits_tell_which_begin_so(void **state)
{
    struct desk *desk = *state;
    struct scheduled cancelled = {0};
    struct occurrence o = desk_new(desk, "T", "2026-11-24 09:00", NULL, NULL, NULL);
    const char *id = o.meeting->conference_id;
    char typed[ID_SIZE];
    for (size_t length = 1; length <= strlen(id); length++) {
        memcpy(typed, id, length);
        typed[length] = '\0';
        struct lookup lookup = desk_look(desk, typed);
        assert_int_equal(lookup.beginning.count, length >= 4 && length < strlen(id));
        if (lookup.beginning.count)
            assert_string_equal(lookup.beginning.items[0].conference_id, id);
    }
    assert_int_equal(desk_look(desk, "999999999").beginning.count, 0);
    typed[5] = '\0';
    assert_ok(desk, desk_cancel(&desk->session, desk->arena, o.meeting->uid, 0, NULL, &cancelled));
    assert_int_equal(desk_look(desk, typed).beginning.count, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(one_leaves_the_other_stays),
        TEST(the_last_one_retires_the_id),
        TEST(what_is_over_keeps_no_id_alive),
        TEST(all_or_none),
        TEST(refused_where_it_makes_no_sense),
        TEST(each_by_its_own_organizer),
        TEST(all_of_an_organizer),
        TEST(the_history_tells_it),
        TEST(a_reset_strands_what_names_it),
        TEST(another_static_id_by_hand),
        TEST(a_change_of_provider_tells_whom_it_hits),
        TEST(the_states_of_a_dynamic_id),
        TEST(near_misses_are_live_or_upcoming),
        TEST(the_first_digits_tell_which_begin_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
