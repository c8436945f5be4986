/*
 * A series' invitation says in words when it repeats, until when and with which exceptions; every
 * language's file has every sentence, with its placeholders.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <base/embedded.h>

static const char *const LANGUAGES[] = {"en", "de", "fr", "es", "it", "nl", "pt", "sv",
                                        "da", "nb", "fi", "pl", "ru", "ja", "zh", "ko"};
enum { LANGUAGE_COUNT = sizeof LANGUAGES / sizeof *LANGUAGES };

static struct invitation invite(struct fixture *fixture, const char *rrule)
{
    struct sample sample = {
        .uid = "s", .title = "Series", .start = "20261124T090000", .rrule = rrule};
    fixture->list = (struct occurrences){0};
    sample_add(fixture->arena, &fixture->list, &sample);
    struct occurrence *occurrence = &fixture->list.items[0];
    struct meeting *meeting = meeting_copy(fixture->arena, occurrence->meeting);
    meeting->rrule = rrule;
    occurrence->meeting = meeting;
    occurrence->recurrence = meeting->start_local;
    return sample_invitation(fixture->arena, occurrence);
}

/* What an update says that the meeting was before, in the language en. */
static const char *said_before(struct fixture *fixture, const struct invitation *invitation)
{
    char *text = invitation_text(fixture->arena, invitation);
    const char *from = strstr(text, "\nBefore: ");
    return from ? arena_copy_n(fixture->arena, from + 9, strcspn(from + 9, "\n")) : NULL;
}

/* The end before a change is reckoned as the meeting's own is, also over a change of the clock. */
static void ends_before_a_change(void **state)
{
    static const struct {
        bool all_day;
        int64_t clock_days, duration;
        const char *before;
    } cases[] = {
        {false, 2, 2 * DAY,
         "Saturday, 27 March 2027, 12:00 – Monday, 29 March 2027, 12:00 (Europe/Berlin)"},
        {false, 0, 2 * DAY,
         "Saturday, 27 March 2027, 12:00 – Monday, 29 March 2027, 13:00 (Europe/Berlin)"},
        {true, 0, 2 * DAY, "Saturday, 27 March 2027 – Sunday, 28 March 2027, all day"},
        {true, 0, DAY, "Saturday, 27 March 2027, all day"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct invitation invitation = invite(fixture, NULL);
        struct meeting meeting = *invitation.meeting;
        struct local_time start = {2027, 3, 27, cases[i].all_day ? 0 : 12, 0, 0};
        int64_t instant;
        zone_instant(invitation.zone, start, &instant);
        meeting.all_day = cases[i].all_day;
        meeting.clock_days = cases[i].clock_days;
        meeting.duration = cases[i].duration;
        invitation.meeting = invitation.occurrence.meeting = &meeting;
        invitation.updated = true;
        invitation.was = (struct message_told){.known = true,
                                               .start = instant,
                                               .duration = cases[i].duration,
                                               .title = meeting.title,
                                               .location = meeting.location};
        assert_string_equal(said_before(fixture, &invitation), cases[i].before);
    }
}

/* The lines between "When" and "Organizer". */
static const char *said(struct fixture *fixture, const struct invitation *invitation)
{
    char *text = invitation_text(fixture->arena, invitation);
    char *from = strstr(strstr(text, "\nWhen: ") + 1, "\n") + 1,
         *to = strstr(text, "\nOrganizer: ");
    return from > to ? "" : arena_copy_n(fixture->arena, from, (size_t)(to - from));
}

static void rules_in_words(void **state)
{
    static const struct {
        const char *rrule, *words;
    } cases[] = {
        {"FREQ=DAILY;COUNT=3", "every day, until Thursday, 26 November 2026"},
        {"FREQ=DAILY;INTERVAL=2", "every 2 days, with no end"},
        {"FREQ=DAILY;INTERVAL=1;UNTIL=20261201", "every day, until Tuesday, 1 December 2026"},
        {"FREQ=WEEKLY", "every week (Tuesday), with no end"},
        {"INTERVAL=3;FREQ=WEEKLY;WKST=SU;BYDAY=TH,TU",
         "every 3 weeks (Tuesday, Thursday), with no end"},
        {"FREQ=WEEKLY;UNTIL=20261207T230000Z",
         "every week (Tuesday), until Tuesday, 1 December 2026"},
        {"FREQ=MONTHLY", "every month (day 24), with no end"},
        {"FREQ=MONTHLY;BYMONTHDAY=-1", "every month (the last day), with no end"},
        {"FREQ=MONTHLY;BYDAY=4TU", "every month (fourth\u00a0Tuesday), with no end"},
        {"FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", "every month (last\u00a0Tuesday), with no end"},
        {"FREQ=MONTHLY;INTERVAL=6;BYDAY=1MO", "every 6 months (first\u00a0Monday), with no end"},
        {"FREQ=YEARLY;INTERVAL=2", "every 2 years, with no end"},
        {"FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24;COUNT=2",
         "every year, until Wednesday, 24 November 2027"},
        /* of no such shape: the dates */
        {"FREQ=YEARLY;BYMONTH=12;COUNT=3",
         "Tuesday, 24 November 2026; Thursday, 24 December 2026; Friday, 24 December 2027"},
        {"FREQ=MONTHLY;BYMONTHDAY=1,24;COUNT=3",
         "Tuesday, 24 November 2026; Tuesday, 1 December 2026; Thursday, 24 December 2026"},
        {"FREQ=MONTHLY;BYDAY=5TU;COUNT=2", "Tuesday, 24 November 2026; Tuesday, 29 December 2026"},
        {"FREQ=WEEKLY;BYMONTH=12;COUNT=2", "Tuesday, 24 November 2026; Tuesday, 1 December 2026"},
        {"FREQ=HOURLY;INTERVAL=24;COUNT=2",
         "Tuesday, 24 November 2026; Wednesday, 25 November 2026"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct invitation invitation = invite(fixture, cases[i].rrule);
        const char *wanted = arena_format(fixture->arena, "Repeats: %s", cases[i].words);
        assert_string_equal(said(fixture, &invitation), wanted);
    }
    struct invitation single = invite(fixture, NULL);
    assert_string_equal(said(fixture, &single), "");
    struct invitation many = invite(fixture, "FREQ=DAILY;BYDAY=TU");
    const char *text = said(fixture, &many);
    assert_non_null(strstr(text, "Tuesday, 26 January 2027; and further dates"));
    many = invite(fixture, "FREQ=DAILY;BYDAY=TU;COUNT=10");
    assert_null(strstr(said(fixture, &many), "further"));
}

static struct local_time at(const char *text)
{
    struct local_time local;
    assert_true(local_parse_basic(text, &local));
    return local;
}

static void exceptions_in_words(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct invitation invitation = invite(fixture, "FREQ=DAILY");
    struct meeting *meeting = meeting_copy(arena, invitation.meeting);
    invitation.meeting = invitation.occurrence.meeting = meeting;
    *vector_push(arena, &meeting->exdates) = at("20261126T090000");
    *vector_push(arena, &meeting->exdates) = at("20261123T090000"); /* over */
    *vector_push(arena, &meeting->rdates) = at("20261205T110000");
    *vector_push(arena, &meeting->overrides) = (struct meeting_override){
        .recurrence = at("20261125T090000"), .start = at("20261125T090000"), .cancelled = true};
    *vector_push(arena, &meeting->overrides) = (struct meeting_override){
        .recurrence = at("20261127T090000"), .start = at("20261128T100000"), .duration = 3600};
    *vector_push(arena, &meeting->overrides) = (struct meeting_override){
        .recurrence = at("20261130T090000"), .start = at("20261130T090000"), .title = "Other"};
    assert_string_equal(
        said(fixture, &invitation),
        "Repeats: every day, with no end\n"
        "Not on: Wednesday, 25 November 2026; Thursday, 26 November 2026\n"
        "Also on: Saturday, 5 December 2026\n"
        "Moved: Friday, 27 November 2026, 09:00 → Saturday, 28 November 2026, 10:00");
    const char *html = invitation_html(arena, &invitation);
    assert_non_null(strstr(html, "Not on"));
    meeting->rrule = NULL;
    assert_null(strstr(said(fixture, &invitation), "Repeats"));
    assert_non_null(strstr(said(fixture, &invitation), "Also on"));
    meeting->status = MEETING_CANCELLED;
    assert_string_equal(said(fixture, &invitation), "");
    for (int day = 0; day < 20; day++)
        *vector_push(arena, &meeting->exdates) = local_add_days(at("20261201T090000"), day);
    meeting->status = MEETING_SCHEDULED;
    assert_non_null(strstr(said(fixture, &invitation), "; and further dates\n"));
}

/* The value behind a key, or NULL. */
static const char *value(struct arena *arena, const char *lang, const char *key)
{
    const char *words = embedded_find(arena_format(arena, "invitation/%s.labels", lang), NULL);
    const char *line = words ? strstr(words, arena_format(arena, "\n%s = ", key)) : NULL;
    if (!line)
        return NULL;
    line += strlen(key) + strlen("\n = ");
    return arena_copy_n(arena, line, strcspn(line, "\n"));
}

/* The placeholders of a phrase, in their order of the alphabet. */
static const char *placeholders(struct arena *arena, const char *phrase)
{
    static const char *const names[] = {"{date}", "{day}", "{month}", "{n}", "{weekday}", "{year}"};
    struct text text = text_start(arena);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (const char *s = phrase; (s = strstr(s, names[i])); s++)
            text_add(&text, names[i]);
    return text.bytes;
}

static size_t spaces(const char *s)
{
    size_t count = 0;
    for (; *s; s++)
        count += *s == ' ';
    return count;
}

static void languages_are_whole(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    size_t keys = 0;
    const char *english = embedded_find("invitation/en.labels", NULL);
    for (const char *line = english; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *equals = strstr(line, " = ");
        if (*line == '#' || !equals)
            continue;
        const char *key = arena_copy_n(arena, line, (size_t)(equals - line));
        if (strcmp(key, "name") == 0)
            continue;
        keys++;
        for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
            const char *own = value(arena, LANGUAGES[i], key), *model = value(arena, "en", key);
            if (!own || !own[0])
                fail_msg("%s has no %s", LANGUAGES[i], key);
            if (strcmp(placeholders(arena, own), placeholders(arena, model)) != 0)
                fail_msg("%s: %s has other placeholders: %s", LANGUAGES[i], key, own);
            bool list = strncmp(key, "nth_", 4) == 0 || strcmp(key, "weekdays") == 0;
            if (list && spaces(own) != 6)
                fail_msg("%s: %s has not seven words: %s", LANGUAGES[i], key, own);
        }
    }
    assert_true(keys > 60);
}

static void each_language_says_it(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        struct invitation invitation =
            invite(fixture, "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1TU;UNTIL=20270601");
        invitation.lang = LANGUAGES[i];
        const char *text = invitation_text(fixture->arena, &invitation);
        const char *label = value(fixture->arena, LANGUAGES[i], "repeats");
        assert_non_null(strstr(text, arena_format(fixture->arena, "\n%s: ", label)));
        assert_null(strchr(text, '{'));
        assert_non_null(strstr(text, "2027"));
    }
}

/* The first of a month has a word of its own in some languages. */
static void the_first_of_a_month(void **state)
{
    struct fixture *fixture = *state;
    struct invitation invitation =
        invite(fixture, "FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20270301T235959");
    invitation.lang = "fr";
    assert_non_null(strstr(invitation_text(fixture->arena, &invitation),
                           "tous les mois (le 1er), jusqu’au lundi 1er mars 2027"));
    invitation.lang = "it";
    assert_non_null(strstr(invitation_text(fixture->arena, &invitation), "lunedì 1º marzo 2027"));
}

/* Where a noun's form would hang on the number, it is an ordinal; and Chinese has its own commas. */
static void words_fit_the_language(void **state)
{
    static const struct {
        const char *lang, *words;
    } cases[] = {
        {"pl", "co 5. rok"},
        {"ru", "каждый 5-й год"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct invitation invitation = invite(fixture, "FREQ=YEARLY;INTERVAL=5");
        invitation.lang = cases[i].lang;
        if (!strstr(invitation_text(fixture->arena, &invitation), cases[i].words))
            fail_msg("%s: %s", cases[i].lang, cases[i].words);
    }
    assert_null(strpbrk(value(fixture->arena, "zh", "series"), ",;"));
    assert_null(strpbrk(value(fixture->arena, "zh", "hint"), ",;"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(ends_before_a_change),   DRAWING_TEST(rules_in_words),
        DRAWING_TEST(exceptions_in_words),    DRAWING_TEST(languages_are_whole),
        DRAWING_TEST(each_language_says_it),  DRAWING_TEST(the_first_of_a_month),
        DRAWING_TEST(words_fit_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
