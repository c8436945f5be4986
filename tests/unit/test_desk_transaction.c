/*
 * Transactions: what is read between begin and end is of one moment, use cases within use cases
 * join, and what fails leaves nothing behind.
 */
#include "desk_support.h"

#include <desk/admit.h>
#include <desk/transaction.h>
#include <string.h>

static const char *title_of(struct session *session, struct arena *arena, const char *uid)
{
    struct occurrence o = {0};
    if (desk_meeting(session, arena, uid, &o) != ERR_OK)
        fail_msg("%s: %s", session->error.what, session->error.why);
    return o.title;
}

static void rename_meeting(struct session *session, struct arena *arena, const char *uid,
                           const char *title)
{
    struct scheduled out = {0};
    const struct draft draft = {.title = title};
    if (desk_change(session, arena, uid, 0, NULL, &draft, false, &out) != ERR_OK)
        fail_msg("%s: %s", session->error.what, session->error.why);
}

static void a_reading_is_of_one_moment(void **state)
{
    struct desk *desk = *state;
    struct session other;
    const char *uid = desk_new(desk, "Budget", "2026-11-24 09:00", "1h", NULL, NULL).meeting->uid;
    desk_second(desk, &other);
    assert_ok(desk, reading_begin(&desk->session));
    assert_string_equal(title_of(&desk->session, desk->arena, uid), "Budget");
    rename_meeting(&other, desk->arena, uid, "Plans");
    assert_string_equal(title_of(&desk->session, desk->arena, uid), "Budget");
    assert_ok(desk, reading_end(&desk->session, ERR_OK));
    assert_string_equal(title_of(&desk->session, desk->arena, uid), "Plans");
    session_end(&other);
}

static void a_use_case_that_fails_within_leaves_the_reading_open(void **state)
{
    struct desk *desk = *state;
    struct session *session = &desk->session;
    struct session other;
    struct occurrence o = {0};
    const char *uid = desk_new(desk, "Budget", "2026-11-24 09:00", "1h", NULL, NULL).meeting->uid;
    desk_second(desk, &other);
    assert_ok(desk, reading_begin(session));
    assert_string_equal(title_of(session, desk->arena, uid), "Budget");
    assert_int_equal(desk_meeting(session, desk->arena, "nobody", &o), ERR_NOT_FOUND);
    rename_meeting(&other, desk->arena, uid, "Plans");
    assert_string_equal(title_of(session, desk->arena, uid), "Budget");
    assert_int_equal(reading_end(session, ERR_INVALID), ERR_INVALID);
    assert_string_equal(title_of(session, desk->arena, uid), "Plans");
    session_end(&other);
}

static void a_reading_of_no_store_ends_with_why(void **state)
{
    (void)state;
    struct session session;
    assert_int_equal(session_start(&session), ERR_OK);
    session.settings.db = "/nowhere/at/all.db";
    enum err err = reading_begin(&session);
    assert_int_equal(err, ERR_IO);
    assert_int_equal(reading_end(&session, err), ERR_IO);
    assert_int_equal(session.transaction_depth, 0);
    struct numbers numbers = {0};
    assert_int_equal(desk_numbers(&session, session.arena, &numbers), ERR_IO);
    assert_int_equal(session.error.code, ERR_IO);
    assert_int_equal(session.transaction_depth, 0);
    session_end(&session);
}

/* Renames the meeting, looks at it within, and ends with this error. */
static enum err rename_and_look(struct session *session, struct arena *arena, const char *uid,
                                struct writing writing, enum err err)
{
    while (writing_next(session, &writing)) {
        rename_meeting(session, arena, uid, "Plans");
        assert_string_equal(title_of(session, arena, uid), "Plans");
        writing.err = err;
    }
    return writing.err;
}

static void what_is_written_is_read_within_and_kept_by_the_outer_end(void **state)
{
    struct desk *desk = *state;
    struct session *session = &desk->session;
    struct arena *arena = desk->arena;
    const struct writing kept = {0}, trial = {.dry_run = true}, faulty = {.err = ERR_INVALID};
    const char *uid = desk_new(desk, "Budget", "2026-11-24 09:00", "1h", NULL, NULL).meeting->uid;
    assert_int_equal(rename_and_look(session, arena, uid, kept, ERR_REFUSED), ERR_REFUSED);
    assert_string_equal(title_of(session, arena, uid), "Budget");
    assert_int_equal(rename_and_look(session, arena, uid, trial, ERR_OK), ERR_OK);
    assert_string_equal(title_of(session, arena, uid), "Budget");
    assert_int_equal(rename_and_look(session, arena, uid, faulty, ERR_OK), ERR_INVALID);
    assert_string_equal(title_of(session, arena, uid), "Budget");
    assert_int_equal(rename_and_look(session, arena, uid, kept, ERR_OK), ERR_OK);
    assert_string_equal(title_of(session, arena, uid), "Plans");
    assert_int_equal(session->transaction_depth, 0);
}

/* What a transaction within another one does stays with the outer one, whichever is a dry run. */
static void the_outer_transaction_decides(void **state)
{
    struct desk *desk = *state;
    struct session *session = &desk->session;
    const struct writing kept = {0}, trial = {.dry_run = true};
    const struct {
        struct writing outer, inner;
        const char *title; /* in the end */
    } cases[] = {{trial, kept, "Budget"}, {kept, trial, "Plans"}};
    const char *uid = desk_new(desk, "Budget", "2026-11-24 09:00", "1h", NULL, NULL).meeting->uid;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct writing outer = cases[i].outer;
        while (writing_next(session, &outer)) {
            assert_ok(desk, rename_and_look(session, desk->arena, uid, cases[i].inner, ERR_OK));
            assert_int_equal(session->transaction_depth, 1);
        }
        assert_ok(desk, outer.err);
        assert_string_equal(title_of(session, desk->arena, uid), cases[i].title);
    }
}

static void a_dry_run_that_writes_nothing_waits_for_nobody(void **state)
{
    struct desk *desk = *state;
    struct session other;
    struct writing busy = {0};
    struct scheduled out = {0};
    const struct draft draft = {.title = "Budget", .start = "2026-11-24 09:00"};
    desk_second(desk, &other);
    desk->session.wait.limit = 1;
    while (writing_next(&other, &busy))
        assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, true, &out));
    assert_ok(desk, busy.err);
    session_end(&other);
}

/* How often the work is run if the store refuses it so many times. */
static int times_run(struct session *session, int refused, struct writing *writing)
{
    int times = 0;
    while (writing_next(session, writing))
        if (times++ < refused)
            writing->err = error_set(&session->error, ERR_AGAIN, "rows", "others changed them");
    return times;
}

static void a_refused_transaction_is_tried_again_but_not_for_ever(void **state)
{
    struct desk *desk = *state;
    struct session *session = &desk->session;
    struct writing twice = {0}, always = {0}, outer = {0};
    assert_int_equal(times_run(session, 2, &twice), 3);
    assert_ok(desk, twice.err);
    assert_int_equal(session->error.code, ERR_OK);
    assert_int_equal(times_run(session, 1000, &always), 20);
    assert_int_equal(always.err, ERR_AGAIN);
    while (writing_next(session, &outer)) { /* within another one, that one is tried again */
        struct writing inner = {0};
        assert_int_equal(times_run(session, 1000, &inner), 1);
        assert_int_equal(inner.err, ERR_AGAIN);
    }
    assert_ok(desk, outer.err);
}

static void a_lookup_tells_what_happened_to_the_id(void **state)
{
    struct desk *desk = *state;
    struct session *session = &desk->session;
    struct lookup lookup = {0};
    struct history_entries with = {0}, alone = {0};
    struct occurrence o = desk_new(desk, "Budget", "2026-11-24 09:00", "1h", NULL, NULL);
    assert_ok(desk, desk_lookup(session, desk->arena, o.meeting->conference_id,
                                session_now(session), &lookup, &with));
    assert_ok(desk, desk_history(session, desk->arena, o.meeting->conference_id, &alone));
    assert_string_equal(lookup.meetings.items[0].title, "Budget");
    assert_int_equal(with.count, alone.count);
    assert_int_not_equal(with.count, 0);
    for (size_t i = 0; i < with.count; i++)
        assert_string_equal(with.items[i].event, alone.items[i].event);
    assert_ok(desk, desk_lookup(session, desk->arena, "99", session_now(session), &lookup, &with));
    assert_int_equal(with.count, 0);
}

/* What was kept of the old store goes with the next reading: till then an answer borrows from it. */
static void an_answer_outlives_its_store_till_the_next_one(void **state)
{
    struct desk *desk = *state;
    struct session *session = &desk->session, other;
    const struct meeting *meeting =
        desk_new(desk, "Budget", "2026-11-23 09:00", "1h", NULL, NULL).meeting;
    const struct asking asking = {
        .digits = meeting->conference_id, .at = session_now(session), .unlogged = true};
    struct admission out = {0}, then = {0};
    desk_admit_often(session);
    assert_ok(desk, desk_admit(session, desk->arena, &asking, NULL, &out));
    assert_int_equal(out.verdict, ADMISSION_ADMIT);

    struct scheduled cancelled = {0};
    desk_second(desk, &other);
    assert_ok(desk, desk_cancel(&other, desk->arena, meeting->uid, 0, NULL, &cancelled));
    session_end(&other);
    assert_ok(desk, session_again(session));
    assert_string_equal(out.meeting->uid, meeting->uid);
    assert_string_equal(out.lang, desk->ada.lang);
    assert_ok(desk, desk_admit(session, desk->arena, &asking, NULL, &then));
    assert_int_equal(then.verdict, ADMISSION_REFUSE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_reading_is_of_one_moment),
        TEST(a_use_case_that_fails_within_leaves_the_reading_open),
        TEST(a_reading_of_no_store_ends_with_why),
        TEST(what_is_written_is_read_within_and_kept_by_the_outer_end),
        TEST(the_outer_transaction_decides),
        TEST(a_dry_run_that_writes_nothing_waits_for_nobody),
        TEST(a_refused_transaction_is_tried_again_but_not_for_ever),
        TEST(a_lookup_tells_what_happened_to_the_id),
        TEST(an_answer_outlives_its_store_till_the_next_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
