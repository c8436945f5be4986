/*
 * RFC 5546: which revision of an event counts, cancellations of a meeting, an occurrence and all
 * that follow, what answers an invitation; and what a changed occurrence came with beside what is
 * modelled.
 */
#include "desk_support.h"

#include <stdio.h>
#include <string.h>
#include <transfer/transfer.h>

#define SINGLE(more)                                                                               \
    "BEGIN:VEVENT\nUID:a@x\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z\nSUMMARY:Single\n"    \
    "DESCRIPTION:Conference ID: 93907123\nATTENDEE:mailto:bob@example.org\n"                       \
    "ATTENDEE:mailto:eve@example.org\n" more "END:VEVENT\n"
#define SERIES(rule, more)                                                                         \
    "BEGIN:VEVENT\nUID:s@x\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z\nRRULE:" rule         \
    "\nSUMMARY:Series\n" more "END:VEVENT\n"
#define OCCURRENCE(parameter, day, start, more)                                                    \
    "BEGIN:VEVENT\nUID:s@x\nRECURRENCE-ID" parameter ":202611" day                                 \
    "T090000Z\nDTSTART:202611" start "Z\nDURATION:PT30M\nSUMMARY:Changed\n" more "END:VEVENT\n"
#define FOLLOWING ";RANGE=THISANDFUTURE"

static const char *reported(struct desk *desk, const char *events)
{
    return desk_counts(desk, desk_import_text(desk, events, false));
}

/* SEQUENCE first, DTSTAMP where that is the same, and what is as new as what is here is taken. */
static void revisions(void **state)
{
    static const struct {
        const char *more, *report, *location;
    } steps[] = {
        {"SEQUENCE:2\nDTSTAMP:20261101T120000Z\nLOCATION:A\n", ADDED, "A"},
        {"SEQUENCE:1\nDTSTAMP:20261105T120000Z\nLOCATION:older\n", UNCHANGED, "A"},
        {"SEQUENCE:2\nDTSTAMP:20261101T115959Z\nLOCATION:older\n", UNCHANGED, "A"},
        {"SEQUENCE:2\nDTSTAMP:20261101T120000Z\nLOCATION:B\n", UPDATED, "B"},
        {"SEQUENCE:2\nLOCATION:C\n", UPDATED, "C"},
        {"SEQUENCE:2\nDTSTAMP:20261102T120000Z\nLOCATION:D\n", UPDATED, "D"},
        {"SEQUENCE:2\nDTSTAMP:20261101T120000Z\nLOCATION:older\n", UNCHANGED, "D"},
        {"SEQUENCE:3\nDTSTAMP:20261001T120000Z\nLOCATION:E\n", UPDATED, "E"},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const char *event = arena_format(
            desk->arena, "BEGIN:VEVENT\nUID:a@x\nDTSTART:20261124T090000Z\n%sEND:VEVENT\n",
            steps[i].more);
        assert_string_equal(reported(desk, event), steps[i].report);
        assert_string_equal(desk_show(desk, "a@x").meeting->location, steps[i].location);
    }
    desk_sound(desk);
}

/*
 * What was changed here since is newer than what it was imported from, though nobody had to hear of
 * it.
 */
static void an_edit_here_is_newer(void **state)
{
    struct desk *desk = *state;
    struct scheduled out = {0};
    struct draft draft = {.notes = "Mine"};
    static const char *const event = SINGLE("DTSTAMP:20261101T120000Z\n");
    reported(desk, event);
    const struct meeting *meeting = desk_show(desk, "a@x").meeting;
    assert_ok(desk, desk_change(&desk->session, desk->arena, "a@x", meeting->version, NULL, &draft,
                                false, &out));
    assert_string_equal(reported(desk, event), UNCHANGED);
    assert_string_equal(desk_show(desk, "a@x").meeting->notes, "Mine");
}

/* Twice in one file: the newer one counts, wherever it stands, and keeps its changed occurrence. */
static void twice_in_a_file(void **state)
{
    struct desk *desk = *state;
    reported(desk, SERIES("FREQ=DAILY;COUNT=3", "SEQUENCE:2\n")
                       OCCURRENCE("", "25", "25T150000", "SEQUENCE:2\n")
                           OCCURRENCE("", "25", "25T160000", "SEQUENCE:1\n")
                               SERIES("FREQ=DAILY;COUNT=2", "SEQUENCE:1\n"));
    assert_string_equal(desk_two_weeks(desk),
                        "24 09:00 60 Series | 25 15:00 30 Changed | 26 09:00 60 Series");
    desk_sound(desk);
}

/* An occurrence alone: its own SEQUENCE counts, which may be less than the series'. */
static void an_occurrence_alone(void **state)
{
    static const char *const series =
        SERIES("FREQ=DAILY;COUNT=2", "SEQUENCE:4\nDTSTAMP:20261102T000000Z\n");
    static const struct {
        const char *event, *report, *then;
    } steps[] = {
        {OCCURRENCE("", "25", "25T120000", "DTSTAMP:20261101T000000Z\n"), UNCHANGED,
         "25 09:00 60 Series"},
        {OCCURRENCE("", "25", "25T150000", "SEQUENCE:1\nDTSTAMP:20261102T000000Z\n"), UPDATED,
         "25 15:00 30 Changed"},
        {OCCURRENCE("", "25", "25T120000", "SEQUENCE:0\nDTSTAMP:20261103T000000Z\n"), UNCHANGED,
         "25 15:00 30 Changed"},
        {OCCURRENCE("", "25", "25T120000", "SEQUENCE:1\nDTSTAMP:20261101T000000Z\n"), UNCHANGED,
         "25 15:00 30 Changed"},
        {OCCURRENCE("", "25", "25T170000", "SEQUENCE:2\nDTSTAMP:20261101T000000Z\n"), UPDATED,
         "25 17:00 30 Changed"},
    };
    struct desk *desk = *state;
    assert_string_equal(reported(desk, series), ADDED);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_string_equal(reported(desk, steps[i].event), steps[i].report);
        assert_string_equal(desk_two_weeks(desk),
                            arena_format(desk->arena, "24 09:00 60 Series | %s", steps[i].then));
    }
    assert_int_equal(desk_show(desk, "s@x").meeting->sequence, 4);
    desk_sound(desk);
}

static void an_occurrence_of_a_single_meeting(void **state)
{
    struct desk *desk = *state;
    reported(desk, "BEGIN:VEVENT\nUID:s@x\nDTSTART:20261124T090000Z\nEND:VEVENT\n");
    assert_non_null(strstr(reported(desk, OCCURRENCE("", "24", "24T100000", "")), "not recur"));
    desk_sound(desk);
}

/*
 * --- cancelling --------------------------------------------------------------------------------
 */

/* A cancellation says little; of the meeting only its state changes. */
static void a_meeting_is_cancelled(void **state)
{
    struct desk *desk = *state;
    static const char *const cancel = "METHOD:CANCEL\nBEGIN:VEVENT\nUID:a@x\nSEQUENCE:1\n"
                                      "SUMMARY:Canceled: Single\nSTATUS:CANCELLED\n"
                                      "RRULE:FREQ=DAILY\nEXDATE:20261125T090000Z\nEND:VEVENT\n";
    assert_non_null(strstr(reported(desk, cancel), "not here"));
    reported(desk, SINGLE("SEQUENCE:1\n"));
    assert_string_equal(
        reported(desk, "METHOD:CANCEL\nBEGIN:VEVENT\nUID:a@x\nSEQUENCE:0\nEND:VEVENT\n"),
        UNCHANGED);
    assert_string_equal(reported(desk, cancel), UPDATED);
    assert_string_equal(reported(desk, cancel), UNCHANGED);
    const struct meeting *meeting = desk_show(desk, "a@x").meeting;
    assert_int_equal(meeting->status, MEETING_CANCELLED);
    assert_string_equal(meeting->title, "Single");
    assert_int_equal(meeting->attendees.count, 2);
    assert_int_equal(desk_look(desk, "93907123").state, ID_STATE_CANCELLED);
    desk_sound(desk);
}

/*
 * Without a STATUS it is withdrawn from those whom it names; from the last of them, it is
 * cancelled.
 */
static void attendees_are_uninvited(void **state)
{
    struct desk *desk = *state;
    reported(desk, SINGLE(""));
    assert_string_equal(reported(desk, "METHOD:CANCEL\nBEGIN:VEVENT\nUID:a@x\nSEQUENCE:1\n"
                                       "ATTENDEE:mailto:BOB@example.org\nEND:VEVENT\n"),
                        UPDATED);
    const struct meeting *meeting = desk_show(desk, "a@x").meeting;
    assert_int_equal(meeting->status, MEETING_SCHEDULED);
    assert_int_equal(meeting->attendees.count, 1);
    assert_string_equal(meeting->attendees.items[0].email, "eve@example.org");
    reported(desk, "METHOD:CANCEL\nBEGIN:VEVENT\nUID:a@x\nSEQUENCE:2\n"
                   "ATTENDEE:mailto:eve@example.org\nEND:VEVENT\n");
    assert_int_equal(desk_show(desk, "a@x").meeting->status, MEETING_CANCELLED);
    desk_sound(desk);
}

#define CANCEL_ONE(parameter, day)                                                                 \
    "METHOD:CANCEL\nBEGIN:VEVENT\nUID:s@x\nRECURRENCE-ID" parameter ":202611" day                  \
    "T090000Z\nSEQUENCE:1\nEND:VEVENT\n"

static void occurrences_are_cancelled(void **state)
{
    static const struct {
        const char *event, *report, *agenda;
    } steps[] = {
        {SERIES("FREQ=DAILY;COUNT=4", ""), ADDED,
         "24 09:00 60 Series | 25 09:00 60 Series | 26 09:00 60 Series | 27 09:00 60 Series"},
        {CANCEL_ONE("", "25"), UPDATED,
         "24 09:00 60 Series | 26 09:00 60 Series | 27 09:00 60 Series"},
        {CANCEL_ONE("", "25"), UNCHANGED,
         "24 09:00 60 Series | 26 09:00 60 Series | 27 09:00 60 Series"},
        {CANCEL_ONE(FOLLOWING, "27"), UPDATED, "24 09:00 60 Series | 26 09:00 60 Series"},
        {CANCEL_ONE(FOLLOWING, "27"), UNCHANGED, "24 09:00 60 Series | 26 09:00 60 Series"},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_string_equal(reported(desk, steps[i].event), steps[i].report);
        assert_string_equal(desk_two_weeks(desk), steps[i].agenda);
    }
    assert_int_equal(desk_show(desk, "s@x").meeting->status, MEETING_SCHEDULED);
    assert_string_equal(reported(desk, CANCEL_ONE(FOLLOWING, "24")), UPDATED);
    assert_int_equal(desk_show(desk, "s@x").meeting->status, MEETING_CANCELLED);
    desk_sound(desk);
}

/*
 * --- this and all following --------------------------------------------------------------------
 */

/*
 * In one file with the series, in any order, or alone behind it; what is said of one occurrence
 * goes before; again changes nothing.
 */
static void all_that_follow_are_changed(void **state)
{
#define RULE "FREQ=DAILY;COUNT=5"
#define RANGE OCCURRENCE(FOLLOWING, "25", "25T100000", "SEQUENCE:1\n")
#define ONE OCCURRENCE("", "27", "27T170000", "SEQUENCE:1\n")
    static const char *const files[][3] = {
        {SERIES(RULE, "EXDATE:20261126T090000Z\n") RANGE ONE, "", ""},
        {ONE RANGE SERIES(RULE, "EXDATE:20261126T090000Z\n"), "", ""},
        {SERIES(RULE, "EXDATE:20261126T090000Z\n"), RANGE, ONE},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 3; k++)
            desk_import_text(desk, files[i][k], false);
        assert_string_equal(desk_two_weeks(desk), "24 09:00 60 Series | 25 10:00 30 Changed | "
                                                  "27 17:00 30 Changed | 28 10:00 30 Changed");
        if (i < 2)
            assert_string_equal(reported(desk, files[i][0]), UNCHANGED);
    }
    desk_sound(desk);
}

/*
 * A series without an end: told, and nothing of it is lost; its end can be cancelled all the same.
 */
static void what_follows_without_end(void **state)
{
    struct desk *desk = *state;
    const char *report = reported(
        desk, SERIES("FREQ=WEEKLY", "") OCCURRENCE(FOLLOWING, "24", "24T100000", "SEQUENCE:1\n"));
    assert_non_null(strstr(report, "1 added, 0 updated, 0 unchanged, 1 rejected: it changes this"));
    assert_string_equal(desk_two_weeks(desk), "24 09:00 60 Series | 1 09:00 60 Series");
    assert_non_null(
        strstr(reported(desk, OCCURRENCE(FOLLOWING, "24", "24T100000", "")), "THISANDFUTURE"));
    assert_string_equal(desk_two_weeks(desk), "24 09:00 60 Series | 1 09:00 60 Series");
    reported(desk, "METHOD:CANCEL\nBEGIN:VEVENT\nUID:s@x\nSEQUENCE:1\n"
                   "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T090000Z\nEND:VEVENT\n");
    assert_string_equal(desk_two_weeks(desk), "24 09:00 60 Series");
    assert_non_null(strstr(reported(desk, OCCURRENCE(";RANGE=THISANDPRIOR", "24", "24T100000", "")),
                           "RANGE=THISANDPRIOR"));
    desk_sound(desk);
}

/*
 * --- what is no meeting ------------------------------------------------------------------------
 */

static void answers_are_told(void **state)
{
    static const char *const methods[] = {"REPLY", "COUNTER",        "REFRESH",
                                          "ADD",   "DECLINECOUNTER", "MOVE"};
    struct desk *desk = *state;
    struct occurrence none = {0};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        const char *text = arena_format(desk->arena, "METHOD:%s\n%s", methods[i], SINGLE(""));
        const char *report = reported(desk, text);
        assert_non_null(strstr(report, "1 rejected"));
        assert_non_null(strstr(report, methods[i]));
        assert_int_equal(desk_meeting(&desk->session, desk->arena, "a@x", &none), ERR_NOT_FOUND);
    }
    /* a refresh need not say when the meeting is */
    assert_non_null(strstr(reported(desk, "METHOD:REFRESH\nBEGIN:VEVENT\nUID:a@x\nEND:VEVENT\n"),
                           "it asks for the latest invitation"));
    reported(desk, SINGLE(""));
    reported(desk, "METHOD:REPLY\n" SINGLE("SEQUENCE:5\nLOCATION:theirs\n"));
    assert_string_equal(desk_show(desk, "a@x").meeting->location, "");
}

/*
 * --- what occurrences came with ----------------------------------------------------------------
 */

static size_t times_in(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}

static const char *exported(struct desk *desk)
{
    char *ical = NULL;
    assert_ok(desk,
              transfer_export(&desk->session, desk->arena, NULL, NULL, 0, INSTANT_NEVER, &ical));
    return ical;
}

/*
 * Each has its own, one that came without any has none, and one that is changed here keeps what it
 * had.
 */
static void what_is_not_modelled_survives(void **state)
{
    static const char *const file =
        SERIES("FREQ=DAILY;COUNT=4", "X-WHOSE:the series\nCATEGORIES:A\n") OCCURRENCE(
            "", "25", "25T150000",
            "X-WHOSE;P=1:the second\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT7M\nEND:VALARM\n")
            OCCURRENCE("", "26", "26T150000", "");
    struct desk *desk = *state;
    reported(desk, file);
    for (int turn = 0; turn < 2; turn++) {
        const char *ical = exported(desk);
        const char *second = strstr(ical, "RECURRENCE-ID:20261125T090000Z");
        const char *third = strstr(ical, "RECURRENCE-ID:20261126T090000Z");
        assert_int_equal(times_in(ical, "X-WHOSE"), 2);
        assert_int_equal(times_in(ical, "CATEGORIES:A"), 1);
        assert_int_equal(times_in(ical, "TRIGGER:-PT7M"), 1);
        assert_true(strstr(ical, "X-WHOSE:the series") < second);
        assert_in_range(strstr(ical, "X-WHOSE;P=1:the second") - second, 0, third - second);
        struct import_report report = {0};
        assert_ok(desk,
                  transfer_import(&desk->session, desk->arena, desk_file(desk, "out.ics", ical),
                                  (struct import_how){0}, &report));
        assert_int_equal(report.unchanged, 1);
        if (turn == 1)
            break;
        struct scheduled out = {0};
        struct draft draft = {.title = "Here"};
        struct which which = {.scope = SCOPE_OCCURRENCE, .at = "2026-11-25 09:00"};
        const struct meeting *meeting = desk_show(desk, "s@x").meeting;
        assert_ok(desk, desk_change(&desk->session, desk->arena, "s@x", meeting->version, &which,
                                    &draft, false, &out));
    }
    reported(desk, SERIES("FREQ=DAILY;COUNT=4", "SEQUENCE:9\nX-WHOSE:the series\n")
                       OCCURRENCE("", "25", "25T150000", "SEQUENCE:9\nX-WHOSE:another\n"));
    assert_int_equal(times_in(exported(desk), "X-WHOSE:another"), 1);
    desk_sound(desk);
}

/* Late changes of two series, mixed: each series is written once, at its newest revision. */
static void changes_of_two_series_alone(void **state)
{
    struct desk *desk = *state;
    static const char series[] = "BEGIN:VEVENT\nUID:%s\nDTSTART:20261124T090000Z\n"
                                 "RRULE:FREQ=DAILY;COUNT=5\nEND:VEVENT\n";
    static const char change[] = "BEGIN:VEVENT\nUID:%s\nRECURRENCE-ID:202611%dT090000Z\n"
                                 "DTSTART:202611%dT150000Z\nSEQUENCE:%d\n"
                                 "DTSTAMP:2026110%dT000000Z\nEND:VEVENT\n";
    static const struct {
        const char *uid;
        int day, sequence;
    } changes[] = {{"s@x", 24, 3}, {"t@x", 24, 2}, {"s@x", 25, 1}, {"t@x", 25, 4}, {"s@x", 26, 2}};
    struct text text = text_start(desk->arena);
    reported(desk, arena_format(desk->arena, series, "s@x"));
    reported(desk, arena_format(desk->arena, series, "t@x"));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        text_addf(&text, change, changes[i].uid, changes[i].day, changes[i].day,
                  changes[i].sequence, changes[i].sequence);
    struct import_report report = desk_import_text(desk, text.bytes, false);
    assert_string_equal(desk_counts(desk, report), "0 added, 5 updated, 0 unchanged, 0 rejected");
    assert_int_equal(report.read, 5);
    const struct meeting *s = desk_show(desk, "s@x").meeting, *t = desk_show(desk, "t@x").meeting;
    assert_int_equal(s->overrides.count, 3);
    assert_int_equal(t->overrides.count, 2);
    assert_int_equal(s->version, 2);
    assert_int_equal(s->sequence, 3);
    assert_int_equal(t->sequence, 4);
    assert_int_equal(s->stamp, local_seconds((struct local_time){2026, 11, 3, 0, 0, 0}));
    assert_int_equal(t->stamp, local_seconds((struct local_time){2026, 11, 4, 0, 0, 0}));
}

/* Added dates follow too, those before the first one do not; the first one itself counts once. */
static void added_dates_that_follow(void **state)
{
    struct desk *desk = *state;
    reported(desk, SERIES("FREQ=DAILY;COUNT=2", "RDATE:20261122T090000Z,20261201T090000Z\n"));
    assert_string_equal(reported(desk, OCCURRENCE(FOLLOWING, "25", "25T150000", "SEQUENCE:1\n")),
                        UPDATED);
    const struct meeting *series = desk_show(desk, "s@x").meeting;
    assert_int_equal(series->overrides.count, 2);
    assert_non_null(meeting_override_at(series, (struct local_time){2026, 11, 25, 9, 0, 0}));
    assert_non_null(meeting_override_at(series, (struct local_time){2026, 12, 1, 9, 0, 0}));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(changes_of_two_series_alone),
        TEST(added_dates_that_follow),
        TEST(revisions),
        TEST(an_edit_here_is_newer),
        TEST(twice_in_a_file),
        TEST(an_occurrence_alone),
        TEST(an_occurrence_of_a_single_meeting),
        TEST(a_meeting_is_cancelled),
        TEST(attendees_are_uninvited),
        TEST(occurrences_are_cancelled),
        TEST(all_that_follow_are_changed),
        TEST(what_follows_without_end),
        TEST(answers_are_told),
        TEST(what_is_not_modelled_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
