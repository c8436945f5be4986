/*
 * Meetings: what makes one valid, told field by field.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <core/meeting.h>
#include <string.h>

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

static struct meeting sample(void)
{
    return (struct meeting){.uid = "5f0c1b0e-0000-4000-8000-000000000001",
                            .title = "Daily sync",
                            .location = "",
                            .notes = "",
                            .start_local = {2026, 11, 24, 9, 0, 0},
                            .tz = "Europe/Berlin",
                            .duration = HOUR};
}

/* n bytes of 'x'. */
static char *bytes(struct arena *arena, size_t n)
{
    char *text = arena_alloc(arena, n + 1);
    memset(text, 'x', n);
    return text;
}

static void refuse(const struct meeting *meeting, const char *what, const char *why)
{
    struct error error = {0};
    if (meeting_validate(meeting, &error) != ERR_INVALID)
        fail_msg("a bad %s was taken", what);
    if (!strstr(error.what, what) || !strstr(error.why, why))
        fail_msg("%s: %s, not %s: %s", error.what, error.why, what, why);
}

static void accept(const struct meeting *meeting)
{
    struct error error = {0};
    if (meeting_validate(meeting, &error))
        fail_msg("%s: %s", error.what, error.why);
}

static void a_sound_meeting_passes(void **state)
{
    struct arena *arena = *state;
    struct meeting meeting = sample();
    accept(&meeting);
    meeting.duration = 0;
    meeting.uid = NULL; /* not yet given */
    accept(&meeting);
    meeting.title = bytes(arena, MEETING_TITLE_MAX);
    meeting.location = bytes(arena, MEETING_LOCATION_MAX);
    meeting.notes = bytes(arena, MEETING_NOTES_MAX);
    meeting.duration = MEETING_DURATION_MAX;
    meeting.conference_id = "0123";
    accept(&meeting);
}

static void texts_are_checked(void **state)
{
    struct arena *arena = *state;
    const struct {
        size_t member;
        const char *what;
        size_t limit;
    } texts[] = {
        {offsetof(struct meeting, title), "title", MEETING_TITLE_MAX},
        {offsetof(struct meeting, location), "location", MEETING_LOCATION_MAX},
        {offsetof(struct meeting, notes), "notes", MEETING_NOTES_MAX},
        {offsetof(struct meeting, uid), "UID", MEETING_UID_MAX},
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct meeting meeting = sample();
        const char **text = (const char **)((char *)&meeting + texts[i].member);
        *text = bytes(arena, texts[i].limit + 1);
        refuse(&meeting, texts[i].what, "at most");
        *text = "bad \xFF";
        refuse(&meeting, texts[i].what, "UTF-8");
    }
    const char *const blanks[] = {NULL, "", "  \t\n"};
    for (size_t i = 0; i < COUNT(blanks); i++) {
        struct meeting meeting = sample();
        meeting.title = blanks[i];
        refuse(&meeting, "title", "empty");
    }
}

static void spans_are_checked(void **state)
{
    (void)state;
    const struct {
        struct local_time start;
        int64_t duration;
        const char *tz;
        bool all_day;
        const char *what, *why; /* NULL: sound */
    } cases[] = {
        {{1970, 1, 1, 0, 0, 0}, HOUR, "UTC", false, NULL, NULL},
        {{9999, 12, 31, 22, 59, 59}, HOUR, "UTC", false, NULL, NULL},
        {{1969, 12, 31, 23, 59, 59}, HOUR, "UTC", false, NULL, NULL},
        {{1583, 1, 1, 0, 0, 0}, HOUR, "UTC", false, NULL, NULL},
        {{1582, 12, 31, 23, 59, 59}, HOUR, "UTC", false, "start", "1582"},
        {{2026, 2, 30, 9, 0, 0}, HOUR, "UTC", false, "start", "no such date"},
        {{2026, 2, 1, 24, 0, 0}, HOUR, "UTC", false, "start", "no such date"},
        {{10000, 1, 1, 0, 0, 0}, HOUR, "UTC", false, "start", "no such date"},
        {{2026, 2, 1, 9, 0, 0}, -1, "UTC", false, "duration", "end before"},
        {{2026, 2, 1, 9, 0, 0}, MEETING_DURATION_MAX + 1, "UTC", false, "duration", "366 days"},
        {{2026, 2, 1, 9, 0, 0}, INT64_MAX, "UTC", false, "duration", "366 days"},
        {{9999, 12, 31, 23, 0, 0}, HOUR, "UTC", false, "duration", "year 9999"},
        {{2026, 2, 1, 9, 0, 0}, HOUR, "", false, "time zone", "missing"},
        {{2026, 2, 1, 9, 0, 0}, HOUR, NULL, false, "time zone", "missing"},
        {{2026, 2, 1, 0, 0, 0}, DAY, "UTC", true, NULL, NULL},
        {{2026, 2, 1, 9, 0, 0}, DAY, "UTC", true, "start", "midnight"},
        {{2026, 2, 1, 0, 0, 0}, HOUR, "UTC", true, "duration", "whole days"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct meeting meeting = sample();
        meeting.start_local = cases[i].start;
        meeting.duration = cases[i].duration;
        meeting.tz = cases[i].tz;
        meeting.all_day = cases[i].all_day;
        if (cases[i].what)
            refuse(&meeting, cases[i].what, cases[i].why);
        else
            accept(&meeting);
    }
}

static void attendees_are_checked(void **state)
{
    struct arena *arena = *state;
    struct meeting meeting = sample();
    for (int i = 0; i < MEETING_ATTENDEES_MAX; i++)
        *vector_push(arena, &meeting.attendees) =
            (struct attendee){.email = arena_format(arena, "a%d@example.com", i), .name = ""};
    accept(&meeting);
    meeting.attendees.items[4999].email = "nobody";
    refuse(&meeting, "attendee 'nobody'", "one @");
    meeting.attendees.items[4999].email = "a@example.com";
    meeting.attendees.items[4999].name = "\xFF";
    refuse(&meeting, "attendee's name", "UTF-8");
    *vector_push(arena, &meeting.attendees) =
        (struct attendee){.email = "b@example.com", .name = ""};
    refuse(&meeting, "attendees", "5001");
}

static void exceptions_are_checked(void **state)
{
    struct arena *arena = *state;
    struct meeting meeting = sample();
    const struct local_time good = {2026, 12, 1, 9, 0, 0}, bad = {2026, 13, 1, 9, 0, 0};
    *vector_push(arena, &meeting.exdates) = good;
    *vector_push(arena, &meeting.rdates) = good;
    struct meeting_override *override = vector_push(arena, &meeting.overrides);
    *override = (struct meeting_override){.recurrence = good, .start = good, .duration = HOUR};
    accept(&meeting);
    meeting.exdates.items[0] = bad;
    refuse(&meeting, "excluded date", "no such date");
    meeting.exdates.items[0] = good;
    meeting.rdates.items[0] = bad;
    refuse(&meeting, "added date", "no such date");
    meeting.rdates.items[0] = good;
    override->start = bad;
    refuse(&meeting, "occurrence's start", "no such date");
    override->cancelled = true; /* then nobody asks where it would be */
    accept(&meeting);
    override->cancelled = false;
    override->start = good;
    override->duration = -1;
    refuse(&meeting, "occurrence's duration", "end before");
    override->duration = HOUR;
    override->title = "\xFF";
    refuse(&meeting, "occurrence's title", "UTF-8");
}

static void conference_ids_are_checked(void **state)
{
    (void)state;
    const char *const bad[] = {"", "123", "1234567890123", "93907 123", "9390712x"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct meeting meeting = sample();
        meeting.conference_id = bad[i];
        refuse(&meeting, "conference ID", "4 to 12 digits");
    }
}

static void legacy_is_scheduled_and_static(void **state)
{
    (void)state;
    for (int kind = ID_KIND_NONE; kind <= ID_KIND_THIRD_PARTY; kind++) {
        struct meeting meeting = {.id_kind = (enum id_kind)kind, .status = MEETING_SCHEDULED};
        assert_int_equal(meeting_legacy(&meeting), kind == ID_KIND_STATIC);
        meeting.status = MEETING_CANCELLED;
        assert_false(meeting_legacy(&meeting));
    }
}

static void states_have_names(void **state)
{
    (void)state;
    assert_string_equal(meeting_status_name(MEETING_SCHEDULED), "scheduled");
    assert_string_equal(meeting_status_name(MEETING_CANCELLED), "cancelled");
    assert_null(risk_name(RISK_NONE));
    assert_string_equal(risk_name(RISK_LEGACY), "legacy");
    assert_string_equal(risk_name(RISK_BACK_TO_BACK), "back-to-back");
    assert_string_equal(risk_name(RISK_OVERLAP), "overlap");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_meeting_passes),
        cmocka_unit_test(texts_are_checked),
        cmocka_unit_test(spans_are_checked),
        cmocka_unit_test(attendees_are_checked),
        cmocka_unit_test(exceptions_are_checked),
        cmocka_unit_test(conference_ids_are_checked),
        cmocka_unit_test(legacy_is_scheduled_and_static),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
