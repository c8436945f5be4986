/*
 * Undoing: each kind of step goes back whole, and is refused with a reason where it no longer can.
 */
#include "desk_support.h"

#include <desk/outbox.h>
#include <desk/undo.h>
#include <string.h>

static int setup(void **state)
{
    int failed = desk_setup(state);
    struct desk *desk = failed ? NULL : *state;
    if (desk) {
        desk_static_id(desk, "7654321");
        desk->session.undo = undo_journal_new();
    }
    return failed;
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    undo_journal_free(desk->session.undo);
    return desk_teardown(state);
}

static struct undone undo(struct desk *desk)
{
    struct undone out = {0};
    assert_ok(desk, desk_undo(&desk->session, desk->arena, 0, &out));
    desk_sound(desk);
    return out;
}

/* It is refused each time, and let go then. */
static void refused(struct desk *desk, enum err code, const char *why)
{
    for (int i = 0; i < 2; i++) {
        struct undone out = {0};
        assert_int_equal(desk_undo(&desk->session, desk->arena, 0, &out), code);
        if (!strstr(desk->session.error.why, why))
            fail_msg("'%s' is not why: %s", why, desk->session.error.why);
        assert_true((out.refused != NULL) == (undo_next(&desk->session) != NULL));
        assert_int_equal(out.meetings, 0);
        desk_sound(desk);
    }
    undo_let_go(&desk->session, NULL);
}

static void edit(struct desk *desk, const char *uid, const char *title, const char *start)
{
    struct scheduled out = {0};
    struct draft draft = {.title = title, .start = start};
    assert_ok(desk, desk_change(&desk->session, desk->arena, uid, 0, NULL, &draft, false, &out));
}

static void cancel(struct desk *desk, const char *uid)
{
    struct scheduled out = {0};
    assert_ok(desk, desk_cancel(&desk->session, desk->arena, uid, 0, NULL, &out));
}

static struct occurrence legacy(struct desk *desk, const char *title, const char *start)
{
    desk_cut_over(desk, false);
    struct occurrence meeting =
        desk_new(desk, title, start, NULL, NULL, "bob@example.org, eve@example.org");
    desk_cut_over(desk, true);
    return meeting;
}

static struct conversions convert(struct desk *desk, struct session *session, const char *a,
                                  const char *b)
{
    struct strings references = {0};
    struct conversions out = {0};
    *vector_push(desk->arena, &references) = a;
    if (b)
        *vector_push(desk->arena, &references) = b;
    assert_int_equal(desk_convert(session, desk->arena, &references, true, &out), ERR_OK);
    return out;
}

static struct messages reminders_of(struct desk *desk)
{
    struct messages list = {0};
    assert_ok(desk,
              desk_outbox_list(&desk->session, desk->arena, &(struct message_filter){0}, &list));
    return list;
}

/* How often the history of a reference tells this event. */
static size_t told(struct desk *desk, const char *reference, const char *event)
{
    struct history_entries entries = {0};
    size_t count = 0;
    assert_ok(desk, desk_history(&desk->session, desk->arena, reference, &entries));
    for (size_t i = 0; i < entries.count; i++)
        count += strcmp(entries.items[i].event, event) == 0;
    return count;
}

/* --- each kind --- */

static void nothing_to_undo(void **state)
{
    struct desk *desk = *state;
    refused(desk, ERR_NOT_FOUND, "nothing");
    struct undo_journal *journal = desk->session.undo;
    desk->session.undo = NULL;
    desk_new(desk, "Unseen", "2026-11-24 09:00", NULL, NULL, NULL);
    refused(desk, ERR_NOT_FOUND, "nothing");
    desk->session.undo = journal;
    refused(desk, ERR_NOT_FOUND, "nothing");
}

static void a_new_meeting_is_cancelled(void **state)
{
    struct desk *desk = *state;
    struct occurrence one = desk_new(desk, "Budget", "2026-11-24 09:00", NULL, NULL, NULL);
    struct undone out = undo(desk);
    assert_int_equal(out.meetings, 1);
    assert_non_null(strstr(out.event, "'Budget' is cancelled"));
    struct occurrence now = desk_show(desk, one.meeting->uid);
    assert_int_equal(now.meeting->status, MEETING_CANCELLED);
    assert_true(now.meeting->sequence > one.meeting->sequence);
    struct lookup lookup = desk_look(desk, one.meeting->conference_id);
    assert_int_equal(lookup.state, ID_STATE_CANCELLED);
    assert_true(lookup.record->retired);
    assert_int_equal(told(desk, one.meeting->uid, "undone"), 1);
    refused(desk, ERR_NOT_FOUND, "nothing");
}

static void edits_go_back_one_by_one(void **state)
{
    struct desk *desk = *state;
    struct occurrence one =
        desk_new(desk, "Budget", "2026-11-24 09:00", "1h", NULL, "bob@example.org");
    edit(desk, one.meeting->uid, "Budget 2027", NULL);
    edit(desk, one.meeting->uid, NULL, "2026-12-24 10:00");
    int64_t sequence = desk_show(desk, one.meeting->uid).meeting->sequence;
    struct undone out = undo(desk);
    assert_non_null(strstr(out.event, "'Budget 2027' is as it was"));
    struct occurrence now = desk_show(desk, one.meeting->uid);
    assert_string_equal(now.meeting->title, "Budget 2027");
    assert_true(now.start == one.start);
    assert_true(now.meeting->sequence == sequence + 1);
    undo(desk);
    now = desk_show(desk, one.meeting->uid);
    assert_string_equal(now.meeting->title, "Budget");
    assert_string_equal(now.meeting->conference_id, one.meeting->conference_id);
    assert_int_equal(now.meeting->attendees.count, 1);
    assert_true(now.meeting->sequence == sequence + 2);
    assert_true(now.meeting->version > one.meeting->version);
    undo(desk);
    assert_int_equal(desk_show(desk, one.meeting->uid).meeting->status, MEETING_CANCELLED);
    refused(desk, ERR_NOT_FOUND, "nothing");
}

/* Whose change attendees do not hear of need not be told when it is undone either. */
static void notes_go_back_quietly(void **state)
{
    struct desk *desk = *state;
    struct scheduled changed = {0};
    struct occurrence one = desk_new(desk, "Budget", "2026-11-24 09:00", NULL, NULL, NULL);
    struct draft draft = {.notes = "bring figures"};
    assert_ok(desk, desk_change(&desk->session, desk->arena, one.meeting->uid, 0, NULL, &draft,
                                false, &changed));
    undo(desk);
    struct occurrence now = desk_show(desk, one.meeting->uid);
    assert_string_equal(now.meeting->notes, "");
    assert_true(now.meeting->sequence == one.meeting->sequence);
}

static void a_series_goes_back(void **state)
{
    struct desk *desk = *state;
    struct occurrence one =
        desk_new(desk, "Weekly", "2026-11-24 09:00", NULL, "FREQ=WEEKLY;COUNT=5", NULL);
    struct scheduled changed = {0};
    struct draft draft = {.rrule = ""};
    assert_ok(desk, desk_change(&desk->session, desk->arena, one.meeting->uid, 0, NULL, &draft,
                                false, &changed));
    assert_null(desk_show(desk, one.meeting->uid).meeting->rrule);
    undo(desk);
    struct occurrence now = desk_show(desk, one.meeting->uid);
    assert_string_equal(now.meeting->rrule, "FREQ=WEEKLY;COUNT=5");
    assert_true(now.meeting->span_end == one.meeting->span_end);
}

static void a_cancelled_meeting_stands_again(void **state)
{
    struct desk *desk = *state;
    struct occurrence one = desk_new(desk, "Budget", "2026-11-24 09:00", NULL, NULL, NULL);
    cancel(desk, one.meeting->uid);
    assert_int_equal(desk_look(desk, one.meeting->conference_id).state, ID_STATE_CANCELLED);
    int64_t sequence = desk_show(desk, one.meeting->uid).meeting->sequence;
    struct undone out = undo(desk);
    assert_non_null(strstr(out.event, "'Budget' stands again on "));
    struct occurrence now = desk_show(desk, one.meeting->uid);
    assert_int_equal(now.meeting->status, MEETING_SCHEDULED);
    assert_string_equal(now.meeting->conference_id, one.meeting->conference_id);
    assert_true(now.meeting->sequence == sequence + 1);
    struct lookup lookup = desk_look(desk, one.meeting->conference_id);
    assert_int_equal(lookup.state, ID_STATE_UPCOMING);
    assert_false(lookup.record->retired);
    assert_true(lookup.record->reserved_until == now.meeting->span_end + 365 * (int64_t)DAY);
}

static void a_cancelled_legacy_meeting_stands_again(void **state)
{
    struct desk *desk = *state;
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    cancel(desk, one.meeting->uid);
    undo(desk);
    assert_string_equal(desk_show(desk, one.meeting->uid).meeting->conference_id, "7654321");
    assert_int_equal(desk_look(desk, "7654321").state, ID_STATE_UPCOMING);
}

/* --- conversions --- */

static void the_only_legacy_meeting_goes_back(void **state)
{
    struct desk *desk = *state;
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    struct conversions done = convert(desk, &desk->session, one.meeting->uid, NULL);
    assert_int_equal(desk_look(desk, "7654321").state, ID_STATE_REPLACED);
    assert_int_equal(reminders_of(desk).count, 2);
    struct undone out = undo(desk);
    assert_int_equal(out.withdrawn, 2);
    assert_non_null(strstr(out.event, "'First' is back on 7654321"));
    assert_non_null(strstr(out.event, "2 reminders withdrawn"));
    assert_int_equal(reminders_of(desk).count, 0);

    struct lookup old = desk_look(desk, "7654321");
    assert_int_equal(old.state, ID_STATE_UPCOMING);
    assert_int_equal(old.meetings.count, 1);
    assert_int_equal(old.moved.count, 0);
    assert_null(old.replaced_by);
    struct lookup new = desk_look(desk, done.items[0].new_id);
    assert_int_equal(new.state, ID_STATE_REPLACED);
    assert_string_equal(new.replaced_by, "7654321");
    assert_int_equal(new.meetings.count, 0);
    assert_string_equal(new.moved.items[0].occurrence.title, "First");
    struct organizer ada = {0};
    assert_ok(desk, desk_organizer_named(&desk->session, desk->arena, "ada@example.org", &ada));
    assert_string_equal(ada.static_id, "7654321");
    assert_int_equal(desk_show(desk, one.meeting->uid).risk, RISK_LEGACY);
    assert_int_equal(told(desk, done.items[0].new_id, "id left"), 1);
}

/* It can be converted once more, and both IDs that it had name the third. */
static void converted_undone_and_converted_again(void **state)
{
    struct desk *desk = *state;
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    struct conversions first = convert(desk, &desk->session, one.meeting->uid, NULL);
    undo(desk);
    struct conversions second = convert(desk, &desk->session, one.meeting->uid, NULL);
    desk_sound(desk);
    const char *now = second.items[0].new_id;
    assert_string_not_equal(now, first.items[0].new_id);
    assert_string_equal(desk_look(desk, first.items[0].new_id).replaced_by, now);
    assert_string_equal(desk_look(desk, "7654321").replaced_by, now);
    assert_int_equal(reminders_of(desk).count, 2);
    undo(desk);
    assert_string_equal(desk_look(desk, now).replaced_by, "7654321");
    assert_string_equal(desk_look(desk, first.items[0].new_id).replaced_by, "7654321");
    undo(desk); /* and the scheduling itself */
    assert_int_equal(desk_show(desk, one.meeting->uid).meeting->status, MEETING_CANCELLED);
}

static void many_go_back_as_one_step(void **state)
{
    struct desk *desk = *state;
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    struct occurrence two = legacy(desk, "Second", "2026-11-24 10:00");
    convert(desk, &desk->session, one.meeting->uid, two.meeting->uid);
    assert_int_equal(undo_next(&desk->session)->count, 2);
    struct undone out = undo(desk);
    assert_int_equal(out.meetings, 2);
    assert_non_null(strstr(out.event, "2 meetings are back on their static IDs"));
    assert_int_equal(desk_look(desk, "7654321").meetings.count, 2);
}

/* Notes of an imported meeting carry the dial-in block: it names the static ID again. */
static void texts_go_back(void **state)
{
    struct desk *desk = *state;
    desk_import_text(desk,
                     "BEGIN:VEVENT\nUID:old\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z\n"
                     "SUMMARY:Old\nORGANIZER:mailto:ada@example.org\n"
                     "DESCRIPTION:Conference ID: 7654321\nEND:VEVENT\n",
                     false);
    struct conversions done = convert(desk, &desk->session, "old", NULL);
    assert_non_null(strstr(desk_show(desk, "old").meeting->notes, done.items[0].new_id));
    undo(desk);
    assert_non_null(strstr(desk_show(desk, "old").meeting->notes, "7654321"));
}

static void transactions_are_joined(void **state)
{
    struct desk *desk = *state;
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    struct occurrence two = legacy(desk, "Second", "2026-11-24 10:00");
    struct conversions nothing = {0};
    struct strings twice = {0};
    undo_join(&desk->session, true);
    convert(desk, &desk->session, one.meeting->uid, NULL);
    *vector_push(desk->arena, &twice) = two.meeting->uid;
    *vector_push(desk->arena, &twice) = one.meeting->uid; /* has a dynamic ID already */
    assert_int_equal(desk_convert(&desk->session, desk->arena, &twice, true, &nothing),
                     ERR_REFUSED);
    convert(desk, &desk->session, two.meeting->uid, NULL);
    undo_join(&desk->session, false);
    assert_int_equal(undo_next(&desk->session)->count, 2);
    undo(desk);
    assert_int_equal(desk_look(desk, "7654321").meetings.count, 2);
    undo(desk); /* the scheduling of the second: the joined step is gone as one */
    assert_int_equal(desk_show(desk, two.meeting->uid).meeting->status, MEETING_CANCELLED);
}

/* --- what stands in the way --- */

static void a_sent_reminder_refuses(void **state)
{
    struct desk *desk = *state;
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    struct occurrence two = legacy(desk, "Second", "2026-11-24 10:00");
    struct conversions done = convert(desk, &desk->session, one.meeting->uid, two.meeting->uid);
    struct messages list = reminders_of(desk);
    struct session *session = &desk->session;
    assert_int_equal(store_begin(session->store, true), ERR_OK);
    assert_int_equal(store_outbox_state(session->store, list.items[0].id, 1U << MESSAGE_QUEUED,
                                        MESSAGE_UNCERTAIN, NULL, 1),
                     ERR_OK);
    assert_int_equal(store_commit(session->store), ERR_OK);
    refused(desk, ERR_REFUSED, "was sent already");
    assert_int_equal(reminders_of(desk).count, 4);
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(desk_show(desk, done.items[i].uid).meeting->conference_id,
                            done.items[i].new_id);
    /* The step before is the scheduling of the second, which the conversion changed. */
    refused(desk, ERR_CONFLICT, "changed again since");
}

static void a_change_of_somebody_else_refuses(void **state)
{
    struct desk *desk = *state;
    struct session other;
    struct scheduled changed = {0};
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    struct occurrence two = legacy(desk, "Second", "2026-11-24 10:00");
    struct conversions done = convert(desk, &desk->session, one.meeting->uid, two.meeting->uid);
    desk_second(desk, &other);
    struct draft draft = {.title = "Theirs"};
    assert_int_equal(
        desk_change(&other, desk->arena, one.meeting->uid, 0, NULL, &draft, false, &changed),
        ERR_OK);
    refused(desk, ERR_CONFLICT, "changed again since");
    assert_string_equal(desk_show(desk, two.meeting->uid).meeting->conference_id,
                        done.items[1].new_id);
    assert_string_equal(desk_show(desk, one.meeting->uid).meeting->title, "Theirs");
    assert_int_equal(told(desk, two.meeting->uid, "undone"), 0);
    session_end(&other);
}

/*
 * The other one's conversion retired the static ID: this one's undoing needs it, and nobody reset
 * it.
 */
static void another_retired_the_static_id(void **state)
{
    struct desk *desk = *state;
    struct session other;
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    struct occurrence two = legacy(desk, "Second", "2026-11-24 10:00");
    convert(desk, &desk->session, one.meeting->uid, NULL);
    desk_second(desk, &other);
    convert(desk, &other, two.meeting->uid, NULL);
    assert_true(desk_look(desk, "7654321").record->retired);
    undo(desk);
    struct lookup lookup = desk_look(desk, "7654321");
    assert_int_equal(lookup.state, ID_STATE_UPCOMING);
    assert_int_equal(lookup.meetings.count, 1);
    assert_int_equal(lookup.moved.count, 1);
    session_end(&other);
}

static void a_reset_static_id_refuses(void **state)
{
    struct desk *desk = *state;
    const char *old_id, *new_id;
    struct occurrences named = {0};
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    struct occurrence two = legacy(desk, "Second", "2026-11-25 09:00");
    convert(desk, &desk->session, two.meeting->uid, NULL);
    cancel(desk, one.meeting->uid);
    assert_ok(desk, desk_organizer_reset_id(&desk->session, desk->arena, "ada@example.org", false,
                                            &old_id, &new_id, &named));
    refused(desk, ERR_REFUSED, "reset since");
    assert_int_equal(desk_show(desk, one.meeting->uid).meeting->status, MEETING_CANCELLED);
    refused(desk, ERR_REFUSED, "reset since");
    assert_int_equal(reminders_of(desk).count, 2);
}

/* Two at once: the first takes it back, the second is told that it was changed. */
static void two_journals_of_one_meeting(void **state)
{
    struct desk *desk = *state;
    struct session other;
    struct undone out = {0};
    struct scheduled now = {0};
    struct occurrence one = desk_new(desk, "Budget", "2026-11-24 09:00", NULL, NULL, NULL);
    desk_second(desk, &other);
    other.undo = undo_journal_new();
    assert_int_equal(desk_cancel(&other, desk->arena, one.meeting->uid, 0, NULL, &now), ERR_OK);
    refused(desk, ERR_CONFLICT, "changed again since");
    assert_int_equal(desk_undo(&other, desk->arena, 0, &out), ERR_OK);
    assert_int_equal(desk_show(desk, one.meeting->uid).meeting->status, MEETING_SCHEDULED);
    desk_sound(desk);
    undo_journal_free(other.undo);
    session_end(&other);
}

/* --- in parts, and around what is refused --- */

static struct conversions convert_five(struct desk *desk)
{
    struct strings uids = {0};
    struct conversions done = {0};
    for (int i = 0; i < 5; i++)
        *vector_push(desk->arena, &uids) = legacy(desk, arena_format(desk->arena, "M%d", i),
                                                  arena_format(desk->arena, "2026-11-24 1%d:00", i))
                                               .meeting->uid;
    assert_ok(desk, desk_convert(&desk->session, desk->arena, &uids, true, &done));
    return done;
}

static void a_step_goes_back_in_parts(void **state)
{
    struct desk *desk = *state;
    struct undone out = {0};
    struct conversions done = convert_five(desk);
    static const size_t left[] = {3, 1, 0};
    for (size_t i = 0; i < 3; i++) {
        assert_ok(desk, desk_undo(&desk->session, desk->arena, 2, &out));
        assert_int_equal(out.left, left[i]);
        assert_int_equal(out.meetings, 5 - left[i]);
        desk_sound(desk);
        for (size_t m = 0; m < 5; m++)
            assert_int_equal(desk_show(desk, done.items[m].uid).meeting->id_kind,
                             m < left[i] ? ID_KIND_DYNAMIC : ID_KIND_STATIC);
    }
    assert_int_equal(out.withdrawn, 10);
    assert_string_equal(out.event,
                        "5 meetings are back on their static IDs; 10 reminders withdrawn");
    assert_int_equal(undo_next(&desk->session)->items[0].kind, UNDO_NEW); /* the step before */
}

static void the_rest_goes_back_without_what_is_refused(void **state)
{
    struct desk *desk = *state;
    struct undone out = {0};
    struct session other;
    struct scheduled changed = {0};
    struct draft draft = {.title = "Theirs"};
    struct conversions done = convert_five(desk);
    desk_second(desk, &other);
    assert_int_equal(
        desk_change(&other, desk->arena, done.items[2].uid, 0, NULL, &draft, false, &changed),
        ERR_OK);
    session_end(&other);
    assert_ok(desk, desk_undo(&desk->session, desk->arena, 2, &out));
    assert_int_equal(desk_undo(&desk->session, desk->arena, 2, &out), ERR_CONFLICT);
    assert_string_equal(out.refused->uid, done.items[2].uid);
    assert_int_equal(out.meetings, 2);
    assert_int_equal(out.left, 3);
    undo_let_go(&desk->session, out.refused);
    assert_ok(desk, desk_undo(&desk->session, desk->arena, 2, &out));
    assert_int_equal(out.meetings, 4);
    assert_int_equal(out.left, 0);
    for (size_t m = 0; m < 5; m++)
        assert_int_equal(desk_show(desk, done.items[m].uid).meeting->id_kind,
                         m == 2 ? ID_KIND_DYNAMIC : ID_KIND_STATIC);
    desk_sound(desk);
}

/* --- the journal --- */

static void what_failed_or_was_tried_leaves_no_step(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    struct conversions nothing = {0};
    struct strings references = {0};
    struct draft draft = {.title = "Tried", .start = "2026-11-24 09:00"};
    struct occurrence one = legacy(desk, "First", "2026-11-24 09:00");
    *vector_push(desk->arena, &references) = one.meeting->uid;
    *vector_push(desk->arena, &references) = "nowhere";
    assert_int_not_equal(desk_convert(&desk->session, desk->arena, &references, true, &nothing),
                         ERR_OK);
    assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, true, &out));
    assert_int_equal(undo_next(&desk->session)->count, 1);
    assert_int_equal(undo_next(&desk->session)->items[0].kind, UNDO_NEW);
    undo(desk);
    refused(desk, ERR_NOT_FOUND, "nothing");
}

static void the_oldest_steps_are_forgotten(void **state)
{
    struct desk *desk = *state;
    struct undone out = {0};
    size_t count = 0;
    struct occurrence one = desk_new(desk, "Title", "2026-11-24 09:00", NULL, NULL, NULL);
    for (int i = 0; i < 60; i++)
        edit(desk, one.meeting->uid, arena_format(desk->arena, "Title %d", i), NULL);
    for (; desk_undo(&desk->session, desk->arena, 0, &out) == ERR_OK; out = (struct undone){0})
        count++;
    assert_int_equal(desk->session.error.code, ERR_NOT_FOUND);
    assert_int_equal(count, 50);
    assert_string_equal(desk_show(desk, one.meeting->uid).meeting->title, "Title 9");
    desk_sound(desk);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(nothing_to_undo),
        CASE(a_new_meeting_is_cancelled),
        CASE(edits_go_back_one_by_one),
        CASE(notes_go_back_quietly),
        CASE(a_series_goes_back),
        CASE(a_cancelled_meeting_stands_again),
        CASE(a_cancelled_legacy_meeting_stands_again),
        CASE(the_only_legacy_meeting_goes_back),
        CASE(converted_undone_and_converted_again),
        CASE(many_go_back_as_one_step),
        CASE(texts_go_back),
        CASE(transactions_are_joined),
        CASE(a_sent_reminder_refuses),
        CASE(a_change_of_somebody_else_refuses),
        CASE(another_retired_the_static_id),
        CASE(a_reset_static_id_refuses),
        CASE(two_journals_of_one_meeting),
        CASE(a_step_goes_back_in_parts),
        CASE(the_rest_goes_back_without_what_is_refused),
        CASE(what_failed_or_was_tried_leaves_no_step),
        CASE(the_oldest_steps_are_forgotten),
    };
    return cmocka_run_group_tests_name("undo", tests, NULL, NULL);
}
