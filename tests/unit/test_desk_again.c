/*
 * What was taken in once and comes again, from the same file or from one that we wrote of it:
 * nothing is lost, and nothing changes.
 */
#include "desk_support.h"

#include <stdio.h>
#include <string.h>
#include <transfer/transfer.h>

#define SERIES(more)                                                                               \
    "BEGIN:VEVENT\nUID:s@x\nDTSTAMP:20261101T000000Z\nDTSTART:20261124T090000Z\n"                  \
    "DTEND:20261124T100000Z\nSUMMARY:Series\n" more "END:VEVENT\n"
#define OCCURRENCE(day, start, more)                                                               \
    "BEGIN:VEVENT\nUID:s@x\nDTSTAMP:20261101T000000Z\nRECURRENCE-ID:202611" day                    \
    "T090000Z\nDTSTART:202611" start "Z\nDURATION:PT30M\n" more "END:VEVENT\n"

static const char *imported(struct desk *desk, const char *events)
{
    return desk_counts(desk, desk_import_text(desk, events, false));
}

static const char *exported(struct desk *desk)
{
    char *ical = NULL;
    assert_ok(desk,
              transfer_export(&desk->session, desk->arena, NULL, NULL, 0, INSTANT_NEVER, &ical));
    return ical;
}

static const char *imported_export(struct desk *desk)
{
    struct import_report report = {0};
    assert_ok(desk, transfer_import(&desk->session, desk->arena,
                                    desk_file(desk, "out.ics", exported(desk)),
                                    (struct import_how){0}, &report));
    return desk_counts(desk, report);
}

/*
 * --- added periods -----------------------------------------------------------------------------
 */

#define PERIODS                                                                                    \
    SERIES("RDATE;VALUE=PERIOD:20261126T140000Z/PT3H,20261127T140000Z/20261127T150000Z\n")

static void a_period_has_its_own_length(void **state)
{
    struct desk *desk = *state;
    static const char *const wanted =
        "24 09:00 60 Series | 26 14:00 180 Series | 27 14:00 60 Series";
    assert_string_equal(imported(desk, PERIODS), ADDED);
    assert_string_equal(desk_two_weeks(desk), wanted);
    assert_string_equal(imported(desk, PERIODS), UNCHANGED);
    assert_string_equal(imported_export(desk), UNCHANGED);
    assert_string_equal(imported(desk, PERIODS), UNCHANGED);
    assert_string_equal(desk_two_weeks(desk), wanted);
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
    assert_string_equal(desk_two_weeks(desk), wanted);
    assert_string_equal(imported(desk, both), UNCHANGED);
    assert_string_equal(imported_export(desk), UNCHANGED);
    assert_string_equal(desk_two_weeks(desk), wanted);
    desk_sound(desk);
}

/*
 * --- a series and its changed occurrences, parted ----------------------------------------------
 */

#define RULE "RRULE:FREQ=DAILY;COUNT=3\n"
#define MOVED OCCURRENCE("25", "25T150000", "SUMMARY:Changed\n")

/*
 * The series by itself says nothing new of its occurrences, as long as it is of the same revision
 * and takes place as it did.
 */
static void parted_files_change_nothing(void **state)
{
    static const struct {
        const char *events, *report, *agenda;
    } steps[] = {
        {SERIES(RULE), ADDED, "24 09:00 60 Series | 25 09:00 60 Series | 26 09:00 60 Series"},
        {MOVED, UPDATED, "24 09:00 60 Series | 25 15:00 30 Changed | 26 09:00 60 Series"},
        {SERIES(RULE), UNCHANGED, NULL},
        {MOVED, UNCHANGED, NULL},
        {OCCURRENCE("26", "26T150000", "SUMMARY:Too\n"), UPDATED,
         "24 09:00 60 Series | 25 15:00 30 Changed | 26 15:00 30 Too"},
        {SERIES(RULE) MOVED, UNCHANGED, NULL},
        {SERIES(RULE "LOCATION:Room\n"), UPDATED, NULL},
        {MOVED, UNCHANGED, NULL},
        {SERIES(RULE "LOCATION:Room\nEXDATE:20261126T090000Z\n"), UPDATED,
         "24 09:00 60 Series | 25 15:00 30 Changed"},
        {SERIES("RRULE:FREQ=DAILY;COUNT=2\nLOCATION:Room\n"), UPDATED,
         "24 09:00 60 Series | 25 09:00 60 Series"},
    };
    struct desk *desk = *state;
    const char *wanted = NULL;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        wanted = steps[i].agenda ? steps[i].agenda : wanted;
        assert_string_equal(imported(desk, steps[i].events), steps[i].report);
        assert_string_equal(desk_two_weeks(desk), wanted);
    }
    desk_sound(desk);
}

/* A newer series that comes without a changed occurrence has it no more. */
static void a_newer_series_is_all_of_it(void **state)
{
    struct desk *desk = *state;
    static const char *const newer =
        "BEGIN:VEVENT\nUID:s@x\nDTSTAMP:20261102T000000Z\nDTSTART:20261124T090000Z\n"
        "DTEND:20261124T100000Z\nSUMMARY:Series\n" RULE "END:VEVENT\n";
    assert_string_equal(imported(desk, SERIES(RULE) MOVED), ADDED);
    assert_string_equal(imported(desk, newer), UPDATED);
    assert_string_equal(desk_two_weeks(desk),
                        "24 09:00 60 Series | 25 09:00 60 Series | 26 09:00 60 Series");
    assert_string_equal(imported(desk, newer), UNCHANGED);
    desk_sound(desk);
}

static void a_period_and_its_change_parted(void **state)
{
    static const char *const change =
        "BEGIN:VEVENT\nUID:s@x\nDTSTAMP:20261101T000000Z\nRECURRENCE-ID:20261126T140000Z\n"
        "DTSTART:20261126T160000Z\nDURATION:PT45M\nSUMMARY:Changed\nEND:VEVENT\n";
    struct desk *desk = *state;
    assert_string_equal(imported(desk, PERIODS), ADDED);
    assert_string_equal(imported(desk, change), UPDATED);
    for (int turn = 0; turn < 2; turn++) {
        assert_string_equal(imported(desk, PERIODS), UNCHANGED);
        assert_string_equal(imported(desk, change), UNCHANGED);
    }
    assert_string_equal(desk_two_weeks(desk),
                        "24 09:00 60 Series | 26 16:00 45 Changed | 27 14:00 60 Series");
    desk_sound(desk);
}

/*
 * --- attendees of one occurrence ---------------------------------------------------------------
 */

#define INVITED "ATTENDEE;CN=Bob:mailto:bob@example.org\nATTENDEE:mailto:eve@example.org\n"

static const char *unfolded(struct desk *desk, const char *ical)
{
    struct text text = text_start(desk->arena);
    for (const char *at = ical; *at;) {
        size_t n = strncmp(at, "\r\n ", 3) == 0 ? 3 : 0;
        if (!n)
            text_add_byte(&text, *at);
        at += n ? n : 1;
    }
    return text.bytes;
}

/* The ATTENDEEs of the event that has this line, "bob eve". */
static const char *people(struct desk *desk, const char *ical, const char *line)
{
    struct text text = text_start(desk->arena);
    const char *end = strstr(strstr(ical, line), "END:VEVENT");
    for (const char *at = strstr(ical, line); (at = strstr(at, "\r\nATTENDEE")) && at < end; at++) {
        const char *email = strstr(at, "mailto:") + strlen("mailto:");
        text_addf(&text, "%s%.*s", text.length ? " " : "", (int)strcspn(email, "@"), email);
    }
    return text.bytes;
}

/*
 * One more, one less, others, none, the same in another order: each occurrence keeps whom it came
 * with.
 */
static void an_occurrence_keeps_its_attendees(void **state)
{
    static const char *const events = SERIES("RRULE:FREQ=DAILY;COUNT=7\n" INVITED)
        OCCURRENCE("25", "25T150000",
                   INVITED
                   "ATTENDEE;CN=\"Zoe, guest\";ROLE=OPT-PARTICIPANT:mailto:zoe@example.org\n")
            OCCURRENCE("26", "26T150000", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Bob@example.org\n")
                OCCURRENCE("27", "27T150000", "ATTENDEE:mailto:zoe@example.org\n")
                    OCCURRENCE("28", "28T150000", "X-OTHER:1\n")
                        OCCURRENCE("29", "29T150000",
                                   "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.org\n"
                                   "ATTENDEE:mailto:bob@example.org\nX-DIALDESK-ATTENDEES:OWN\n");
    static const char *const wanted[][2] = {{"UID", "bob eve"},
                                            {"RECURRENCE-ID:20261125", "bob eve zoe"},
                                            {"RECURRENCE-ID:20261126", "Bob"},
                                            {"RECURRENCE-ID:20261127", "zoe"},
                                            {"RECURRENCE-ID:20261128", ""},
                                            {"RECURRENCE-ID:20261129", "bob eve"}};
    struct desk *desk = *state;
    assert_string_equal(imported(desk, events), ADDED);
    for (int turn = 0; turn < 2; turn++) {
        const char *ical = unfolded(desk, exported(desk));
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            assert_string_equal(people(desk, ical, wanted[i][0]), wanted[i][1]);
        assert_non_null(strstr(ical, "CN=\"Zoe, guest\";ROLE=OPT-PARTICIPANT"));
        assert_non_null(strstr(ical, "PARTSTAT=ACCEPTED:mailto:eve"));
        assert_null(strstr(ical, "X-DIALDESK-ATTENDEES"));
        assert_string_equal(imported_export(desk), UNCHANGED);
        assert_string_equal(imported(desk, events), UNCHANGED);
    }
    desk_sound(desk);
}

/*
 * --- a third party's dial-in block -------------------------------------------------------------
 */

static void set_third_party(struct desk *desk, const char *number, const char *passcode)
{
    desk->ada.provider = PROVIDER_THIRD_PARTY;
    desk->ada.third_party_number = number;
    desk->ada.third_party_passcode = passcode;
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, NULL));
}

/* The export with another UID in it, as it comes into another store. */
static const char *for_elsewhere(struct desk *desk, const char *ical, const char *uid, int n)
{
    struct text text = text_start(desk->arena);
    const char *at = strstr(ical, uid);
    text_add_n(&text, ical, (size_t)(at - ical));
    text_addf(&text, "elsewhere-%d%s", n, at + strlen(uid));
    return text.bytes;
}

/* Nothing in such a block has the shape of an ID, so the number tells whose it is. */
static void a_third_partys_block_comes_back(void **state)
{
    static const struct {
        const char *number, *passcode;
    } cases[] = {{"+442079460958", NULL},
                 {"+442079460958", "42"},
                 {"+442079460958", "1234567"},
                 {"ask the desk", NULL}};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_third_party(desk, cases[i].number, cases[i].passcode);
        const char *uid = desk_new(desk, "Call", "2026-11-24 09:00", NULL, NULL, NULL).meeting->uid;
        struct strings named = {0};
        struct import_report report = {0};
        char *first = NULL, *second = NULL;
        *vector_push(desk->arena, &named) = uid;
        assert_ok(desk, transfer_export(&desk->session, desk->arena, NULL, &named, 0, 0, &first));
        assert_non_null(strstr(first, "X-DIALDESK-BLOCK"));
        const char *moved = for_elsewhere(desk, first, uid, (int)i);
        assert_ok(desk,
                  transfer_import(&desk->session, desk->arena, desk_file(desk, "m.ics", moved),
                                  (struct import_how){0}, &report));
        assert_int_equal(report.added, 1);
        named.items[0] = arena_format(desk->arena, "elsewhere-%zu", i);
        assert_int_equal(desk_show(desk, named.items[0]).meeting->id_kind, ID_KIND_THIRD_PARTY);
        assert_string_equal(desk_show(desk, named.items[0]).meeting->notes, "");
        assert_ok(desk, transfer_export(&desk->session, desk->arena, NULL, &named, 0, 0, &second));
        assert_string_equal(strstr(second, "X-DIALDESK-BLOCK"), strstr(first, "X-DIALDESK-BLOCK"));
    }
    desk_sound(desk);
}

/*
 * A block of another number, or of none of ours, makes no third party's meeting. From four digits
 * on a number is the same however it is grouped; a shorter one must stand there as it is written.
 */
static void a_strangers_number_is_no_third_partys(void **state)
{
    static const struct {
        const char *then, *now;
        enum id_kind kind;
    } cases[] = {{"+442079460958", "+493012345678", ID_KIND_NONE},
                 {"+442079460958", "tel. 442 0794 60958", ID_KIND_THIRD_PARTY},
                 {"room 4711", "47-11", ID_KIND_THIRD_PARTY},
                 {"room 4711", "47-12", ID_KIND_NONE},
                 {"room 4711", "4-0711", ID_KIND_NONE},
                 {"room 471", "4-71", ID_KIND_NONE},
                 {"room 471", "471", ID_KIND_THIRD_PARTY},
                 {"room 471", "", ID_KIND_NONE},
                 {"ask the desk", "the desk", ID_KIND_THIRD_PARTY},
                 {"ask the desk", "ask a desk", ID_KIND_NONE}};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_third_party(desk, cases[i].then, NULL);
        const char *uid = desk_new(desk, "Call", "2026-11-24 09:00", NULL, NULL, NULL).meeting->uid;
        struct strings named = {0};
        struct import_report report = {0};
        char *ical = NULL;
        *vector_push(desk->arena, &named) = uid;
        assert_ok(desk, transfer_export(&desk->session, desk->arena, NULL, &named, 0, 0, &ical));
        const char *moved = for_elsewhere(desk, ical, uid, (int)i);
        set_third_party(desk, cases[i].now, NULL);
        assert_ok(desk,
                  transfer_import(&desk->session, desk->arena, desk_file(desk, "m.ics", moved),
                                  (struct import_how){0}, &report));
        const char *elsewhere = arena_format(desk->arena, "elsewhere-%zu", i);
        assert_int_equal(desk_show(desk, elsewhere).meeting->id_kind, cases[i].kind);
    }
    desk_import_text(desk,
                     "BEGIN:VEVENT\nUID:a@x\nDTSTART:20261124T090000Z\nDESCRIPTION:Call "
                     "+493012345678 today\nEND:VEVENT\n",
                     false);
    assert_int_equal(desk_show(desk, "a@x").meeting->id_kind, ID_KIND_NONE);
}

/* An event that comes again without the block leaves the meeting what it is. */
static void a_meeting_stays_a_third_partys(void **state)
{
    struct desk *desk = *state;
    set_third_party(desk, "room 4711", NULL);
    const char *uid = desk_new(desk, "Call", "2026-11-24 09:00", NULL, NULL, NULL).meeting->uid;
    const char *bare = arena_format(
        desk->arena, "BEGIN:VEVENT\nUID:%s\nDTSTART:20261124T100000Z\nSEQUENCE:9\nEND:VEVENT\n",
        uid);
    assert_string_equal(imported(desk, bare), UPDATED);
    assert_int_equal(desk_show(desk, uid).meeting->id_kind, ID_KIND_THIRD_PARTY);
    static const char none[] = "BEGIN:VEVENT\nUID:n@x\nDTSTART:20261124T100000Z\n%sEND:VEVENT\n";
    imported(desk, arena_format(desk->arena, none, ""));
    assert_string_equal(imported(desk, arena_format(desk->arena, none, "SEQUENCE:1\n")), UPDATED);
    assert_int_equal(desk_show(desk, "n@x").meeting->id_kind, ID_KIND_NONE);
}

/* Whatever a changed occurrence says beside its length goes before the one that is stored. */
static void an_occurrence_that_says_more(void **state)
{
    static const char *const says[] = {
        "SUMMARY:Old\nSTATUS:CANCELLED\n", "SUMMARY:New\n", "SUMMARY:Series\nLOCATION:There\n",
        "SUMMARY:Series\nDESCRIPTION:Notes\n", "SUMMARY:Series\nX-MORE:1\n"};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        static const char events[] =
            "BEGIN:VEVENT\nUID:m%zu@x\nDTSTART:20261124T090000Z\nDURATION:PT1H\nSUMMARY:Series\n"
            "RRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\nBEGIN:VEVENT\nUID:m%zu@x\n"
            "RECURRENCE-ID:20261125T090000Z\nDTSTART:20261125T090000Z\nDURATION:PT1H\n%s"
            "END:VEVENT\n";
        assert_string_equal(
            imported(desk, arena_format(desk->arena, events, i, i, "SUMMARY:Old\n")), ADDED);
        const char *news = arena_format(desk->arena, events, i, i, says[i]);
        assert_string_equal(imported(desk, news), UPDATED);
        assert_string_equal(imported(desk, news), UNCHANGED);
    }
}

/* A new meeting was changed when its file says; one that comes again, now. */
static void when_it_was_changed(void **state)
{
    struct desk *desk = *state;
    static const char event[] = "BEGIN:VEVENT\nUID:%s\nDTSTART:20261124T090000Z\n%sEND:VEVENT\n";
    int64_t then = local_seconds((struct local_time){2020, 1, 2, 3, 4, 5});
    imported(desk, arena_format(desk->arena, event, "a@x",
                                "CREATED:20200102T030405Z\nLAST-MODIFIED:20200102T030405Z\n"));
    assert_int_equal(desk_show(desk, "a@x").meeting->changed, then);
    imported(desk, arena_format(desk->arena, event, "b@x", "LAST-MODIFIED:99990102T030405Z\n"));
    assert_in_range(desk_show(desk, "b@x").meeting->changed, session_clock(&desk->session) - 60,
                    session_clock(&desk->session));
    imported(desk, arena_format(desk->arena, event, "a@x",
                                "SEQUENCE:1\nLAST-MODIFIED:20200102T030405Z\n"));
    assert_in_range(desk_show(desk, "a@x").meeting->changed, session_clock(&desk->session) - 60,
                    session_clock(&desk->session));
    assert_int_equal(desk_show(desk, "a@x").meeting->created, then);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_period_has_its_own_length),
        TEST(a_period_is_changed),
        TEST(parted_files_change_nothing),
        TEST(a_newer_series_is_all_of_it),
        TEST(a_period_and_its_change_parted),
        TEST(an_occurrence_keeps_its_attendees),
        TEST(a_third_partys_block_comes_back),
        TEST(a_strangers_number_is_no_third_partys),
        TEST(a_meeting_stays_a_third_partys),
        TEST(an_occurrence_that_says_more),
        TEST(when_it_was_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
