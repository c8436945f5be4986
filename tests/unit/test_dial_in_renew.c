/*
 * Exchanging a conference ID in an event's texts: in a dial-in of ours, and nowhere else.
 */
#include <core/dial_in_renew.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define OLD "8472357"
#define NEW "57559540"

struct renewing {
    const char *text, *wanted; /* wanted NULL: the very same text */
};

static void expect(const struct renewing *cases, size_t count)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        struct dial_in_place place = {.text = cases[i].text};
        dial_in_renew(arena, NULL, &place, 1, OLD, NEW);
        if (cases[i].wanted)
            assert_string_equal(place.text, cases[i].wanted);
        else
            assert_ptr_equal(place.text, cases[i].text);
    }
    arena_free(arena);
}

static void what_a_dial_in_shows_is_exchanged(void **state)
{
    static const struct renewing cases[] = {
        {"Conference ID: 8472357", "Conference ID: 57559540"},
        {"Conference ID: 847-235-7, x", "Conference ID: 575 595 40, x"},
        {"+1 323-849-4874,,8472357# United States\nPhone Conference ID: 847 235 7#",
         "+1 323-849-4874,,57559540# United States\nPhone Conference ID: 575 595 40#"},
        {"ID de conf\xC3\xA9rence :\xC2\xA0"
         "847\xC2\xA0"
         "235\xC2\xA0"
         "7.",
         "ID de conf\xC3\xA9rence :\xC2\xA0"
         "575 595 40."},
        {"https://dialin.example.com/?id=8472357&x=1",
         "https://dialin.example.com/?id=57559540&x=1"},
        {"https://f.example/u=https%3A%2F%2Fdialin.example.com%2F%3Fid%3D8472357&x=1",
         "https://f.example/u=https%3A%2F%2Fdialin.example.com%2F%3Fid%3D57559540&x=1"},
        {"<tel:+13238494874,,8472357#>", "<tel:+13238494874,,57559540#>"},
        {"tel:+13238494874%2C%2C8472357%23", "tel:+13238494874%2C%2C57559540%23"},
        /* as callers enter it, without a label */
        {"Dial 030 901820, enter 8472357#.", "Dial 030 901820, enter 57559540#."},
        {"enter 847 235 7 #", "enter 575 595 40 #"},
        {"enter 8472357%23", "enter 57559540%23"},
        {"030 901820,,8472357", "030 901820,,57559540"},
        {"030 901820;8472357", "030 901820;57559540"},
        /* what is quoted of ours leads nowhere any more, either */
        {"> Conference ID: 8472357\nagreed", "> Conference ID: 57559540\nagreed"},
        {"Conference ID: 8472357\n-----Original Appointment-----\nConference ID: 8472357",
         "Conference ID: 57559540\n-----Original Appointment-----\nConference ID: 57559540"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void the_same_digits_elsewhere_stay(void **state)
{
    static const struct renewing cases[] = {
        {"", NULL},
        {"8472357", NULL},
        {"84 and 23", NULL},
        {"Order 8472357 is late\nConference ID: 8472357",
         "Order 8472357 is late\nConference ID: 57559540"},
        {"https://meet.example.com/ada/8472357", NULL},
        {"https://meet.example.com/ada/8472357#x", NULL},
        {"18472357# 84723571# +8472357# x8472357# 8472357x#", NULL},
        {"%8472357# z8472357# A8472357# 8472357Z#", NULL},
        {"08472357# 98472357#", NULL},
        {"0 8472357# 9-8472357# 5.8472357#", NULL},
        {"+49 30 8472357", NULL},
        {"+49 847 235 7 12", NULL},
        {"847 235 8#", NULL},
        {"rooms 3, 8472357", NULL},
        {"a,8472357", NULL},
        {",8472357", NULL},
        {"Passcode: 8472357", NULL},
        {"Video Conference ID: 8472357", NULL},
        {"Conference ID: 84723570", NULL},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void another_services_text_stays(void **state)
{
    static const struct renewing cases[] = {
        {"Join Zoom Meeting\nhttps://zoom.us/j/8472357\n+16695550133,,8472357#", NULL},
        {"https://bluejeans.com/8472357\nEnter Conference ID: 8472357", NULL},
        {"Conference ID: 8472357\nHost PIN: 1234", NULL},
        {"https://meet.google.com/abc\nPIN: 8472357#", NULL},
        {"https://talk.example/join/8472357\nConference ID: 8472357", NULL},
        /* two services in one event: each digits are of the nearest one before them */
        {"Microsoft Teams meeting\n+4930901820,,8472357#\nJoin Zoom Meeting\n"
         "+16695550133,,8472357#",
         "Microsoft Teams meeting\n+4930901820,,57559540#\nJoin Zoom Meeting\n"
         "+16695550133,,8472357#"},
        {"https://bluejeans.com/numbers\nConference ID: 8472357\nJoin Skype Meeting\n"
         "Conference ID: 8472357#",
         "https://bluejeans.com/numbers\nConference ID: 8472357\nJoin Skype Meeting\n"
         "Conference ID: 57559540#"},
        /* forwarded */
        {"Conference ID: 8472357\n-----Original Message-----\nJoin Zoom Meeting\n"
         "+16695550133,,8472357#",
         "Conference ID: 57559540\n-----Original Message-----\nJoin Zoom Meeting\n"
         "+16695550133,,8472357#"},
        {"> Join Zoom Meeting\n> +16695550133,,8472357#\nConference ID: 8472357",
         "> Join Zoom Meeting\n> +16695550133,,8472357#\nConference ID: 57559540"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void the_whole_event_is_judged(void **state)
{
    struct arena *arena = arena_new();
    struct dial_in_place notes = {.text = "Conference ID: 8472357"},
                         bluejeans = {.text = "https://bluejeans.com/8472357"},
                         teams = {DIAL_IN_PLACE_SIGN, "",
                                  "X-MICROSOFT-SKYPETEAMSMEETINGURL:8472357#"};
    struct dial_in_place foreign[] = {notes, bluejeans}, ours[] = {bluejeans, notes, teams};
    (void)state;
    dial_in_renew(arena, NULL, foreign, 2, OLD, NEW);
    assert_ptr_equal(foreign[0].text, notes.text);
    assert_ptr_equal(foreign[1].text, bluejeans.text);
    dial_in_renew(arena, NULL, ours, 3, OLD, NEW);
    assert_ptr_equal(ours[0].text, bluejeans.text);
    assert_string_equal(ours[1].text, "Conference ID: 57559540");
    assert_ptr_equal(ours[2].text, teams.text);
    arena_free(arena);
}

/* A list of numbers with the ID behind each is longer than what the judging looks at. */
static void every_mention_is_exchanged(void **state)
{
    enum { LINES = 100 };
    struct arena *arena = arena_new();
    struct text old = text_start(arena), new = text_start(arena);
    (void)state;
    for (int i = 0; i < LINES; i++) {
        text_addf(&old, "+49 30 9018%02d,,%s#\n", i, OLD);
        text_addf(&new, "+49 30 9018%02d,,%s#\n", i, NEW);
    }
    struct dial_in_place place = {.text = old.bytes};
    dial_in_renew(arena, NULL, &place, 1, OLD, NEW);
    assert_string_equal(place.text, new.bytes);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_dial_in_shows_is_exchanged),
        cmocka_unit_test(the_same_digits_elsewhere_stay),
        cmocka_unit_test(another_services_text_stays),
        cmocka_unit_test(the_whole_event_is_judged),
        cmocka_unit_test(every_mention_is_exchanged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
