/*
 * What is read out of the words that look for people, and which meetings fit their days and times.
 */
#include <core/search.h>
#include <core/telephone.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1800000000 }; /* Fri 15 Jan 2027 08:00 UTC */

/* The terms as "word", "day:...", "clock:...", "weekday:..."; apart by a blank and a stroke. */
static const char *terms_of(struct arena *arena, const char *text)
{
    struct search search = search_parse(arena, text, NOW, zone_utc());
    struct text out = text_start(arena);
    for (size_t i = 0; i < search.terms.count; i++) {
        const struct search_term *term = &search.terms.items[i];
        const char *kind = term->day            ? "day"
                           : term->bare         ? "hour"
                           : term->clock        ? "clock"
                           : term->weekday >= 0 ? "weekday"
                                                : "word";
        text_addf(&out, "%s%s:%s%s", i ? "|" : "", kind, term->text,
                  term->day && term->any_year ? "*" : "");
    }
    return out.bytes;
}

static void words_days_and_times(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Ada 10", "word:ada|hour:10"},
        {"ada 10:00", "word:ada|clock:10:00"},
        {"marc fri", "word:marc|weekday:fri"},
        {"friday 9am", "weekday:friday|clock:9am"},
        {"9 am", "clock:9 am"},
        {"0930", "word:0930"},
        {"x 0930", "word:x|clock:0930"},
        {"noon", "clock:noon"},
        {"budget 4 dec", "word:budget|day:4 dec*"},
        {"4 dec 2026", "day:4 dec 2026"},
        {"2026-12-04 ada", "day:2026-12-04|word:ada"},
        {"sat 4 dec 10:00", "day:sat 4 dec*|clock:10:00"},
        {"tomorrow", "day:tomorrow*"},
        {"marc", "word:marc"},
        {"sprint 23", "word:sprint|hour:23"},
        {"sprint 24", "word:sprint|word:24"},
        {"now", "word:now"},
        {"+2h", "word:+2h"},
        {"fr", "word:fr"},
        {"939 071", "word:939|word:071"},
        {"", ""},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(terms_of(arena, cases[i][0]), cases[i][1]);
    assert_true(search_parse(arena, "939 071-23#", NOW, zone_utc()).digits);
    assert_false(search_parse(arena, "939 x", NOW, zone_utc()).digits);
    assert_true(search_parse(arena, "ada 10", NOW, zone_utc()).times);
    assert_false(search_parse(arena, "ada", NOW, zone_utc()).times);
    arena_free(arena);
}

static bool fits(struct arena *arena, const char *term, int64_t start, bool all_day)
{
    struct search search = search_parse(arena, term, NOW, zone_utc());
    return search_term_fits(&search.terms.items[0], start, all_day, zone_utc());
}

static void times_that_fit(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const int64_t ten = NOW + 2 * HOUR;
    assert_true(fits(arena, "10 x", ten, false));
    assert_true(fits(arena, "10 x", ten + 59 * MINUTE, false));
    assert_false(fits(arena, "10 x", ten + HOUR, false));
    assert_false(fits(arena, "10 x", ten + 12 * HOUR, false));
    assert_false(fits(arena, "10 x", ten, true));
    assert_true(fits(arena, "3 x", ten + 5 * HOUR, false));   /* 15:00 */
    assert_true(fits(arena, "3 x", ten - 7 * HOUR, false));   /* 03:00 */
    assert_true(fits(arena, "7 x", ten + 9 * HOUR, false));   /* 19:00 */
    assert_false(fits(arena, "8 x", ten + 10 * HOUR, false)); /* 20:00 */
    assert_false(fits(arena, "0 x", ten + 2 * HOUR, false));  /* 12:00 */
    assert_true(fits(arena, "10:00", ten, false));
    assert_false(fits(arena, "10:00", ten + MINUTE, false));
    assert_true(fits(arena, "fri", ten, false));
    assert_true(fits(arena, "fri", ten, true));
    assert_false(fits(arena, "fri", ten + DAY, false));
    assert_true(fits(arena, "15 jan", ten, false));
    assert_true(fits(arena, "15 jan", ten - 365 * DAY, false));
    assert_false(fits(arena, "15 jan", ten + DAY, false));
    assert_false(fits(arena, "15 jan", ten + 31 * DAY, false));
    assert_true(fits(arena, "2027-01-15", ten, false));
    assert_false(fits(arena, "2027-01-15", ten - 365 * DAY, false));
    assert_false(fits(arena, "ada", ten, false));
    arena_free(arena);
}

static void what_matched(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct meeting meeting = {.title = "Budget",
                              .location = "Room 4",
                              .conference_id = "93907123",
                              .invited_by = "eve@elsewhere.example",
                              .invited_by_name = "Eve"};
    *vector_push(arena, &meeting.attendees) =
        (struct attendee){.email = "grace@example.org", .name = "Grace"};
    static const char *const cases[][2] = {
        {"budget ada", ""},
        {"grace", "with grace@example.org"},
        {"room", "at Room 4"},
        {"eve", "invited by eve@elsewhere.example"},
        {"grace example.org", "with grace@example.org"},
        {"grace room", "with grace@example.org, at Room 4"},
        {"93907123", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct search search = search_parse(arena, cases[i][0], NOW, zone_utc());
        assert_string_equal(search_matched(arena, &search, &meeting, "Ada ada@here.example"),
                            cases[i][1]);
    }
    const char *text = search_text(arena, &meeting, "Ada ada@here.example");
    assert_non_null(strstr(text, "ada@here.example"));
    assert_non_null(strstr(text, "grace"));
    assert_null(strstr(text, "93907123")); /* a number in a name is no part of an ID */
    arena_free(arena);
}

/* --- what callers hold that is no conference ID --- */

static void telephone_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *digits;
    } typed[] = {
        {"+1 323-849-4874", "13238494874"},
        {"(0323) 849.4874#", "03238494874"},
        {"849 4874", "8494874"},
        {"849487", ""},
        {"call 8494874", ""},
        {"12345678901234567", "12345678901234567"},
        {"123456789012345678", ""},
    };
    char digits[TELEPHONE_SIZE];
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        assert_int_equal(telephone_digits(typed[i].typed, digits), *typed[i].digits != '\0');
        assert_string_equal(digits, typed[i].digits);
    }
    assert_true(telephone_same("13238494874", "+13238494874"));
    assert_true(telephone_same("03238494874", "+13238494874"));
    assert_true(telephone_same("0013238494874", "+1 323 849 4874"));
    assert_true(telephone_same("8494874", "+13238494874"));
    assert_false(telephone_same("494874", "+13238494874"));
    assert_false(telephone_same("3238494875", "+13238494874"));
    assert_false(telephone_same("913238494874", "+13238494874"));
    assert_false(telephone_same("0", "+13238494874"));
}

static void ids_of_apps(void **state)
{
    (void)state;
    static const struct {
        const char *text, *digits;
        bool shown;
    } cases[] = {
        {"Meeting ID: 254 123 456 789", "254123456789", true},
        {"Meeting ID: 254123456789\nPasscode", "254123456789", true},
        {"会议号：254-123-456-789", "254123456789", true},
        {"Meeting ID: 863 1234 5678", "86312345678", true},
        {"Meeting ID: 863 1234 56789", "86312345678", false},
        {"Meeting ID: 1863 1234 5678", "86312345678", false},
        {"Order 254 123 456 789", "254123456789", false},
        {"ID or call +254 123 456 789", "254123456789", false},
        {"", "254123456789", false},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct strings forms = {0};
        number_forms(arena, cases[i].digits, &forms);
        assert_int_equal(forms.count, 4);
        if (text_shows_id(arena, cases[i].text, &forms) != cases[i].shown)
            fail_msg("%s", cases[i].text);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_days_and_times), cmocka_unit_test(times_that_fit),
        cmocka_unit_test(what_matched),         cmocka_unit_test(telephone_numbers),
        cmocka_unit_test(ids_of_apps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
