/*
 * The directory: which ID a new meeting gets, who is let in, numbers and addresses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <core/directory.h>
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

enum { NOW = 1000 };

static void meetings_get_the_right_kind_of_id(void **state)
{
    (void)state;
    const struct {
        bool dial_in;
        enum provider provider;
        int64_t since;
        const char *passcode;
        enum id_kind kind;
        const char *reason;
    } cases[] = {
        {false, PROVIDER_MICROSOFT, 0, NULL, ID_KIND_NONE, "not enabled"},
        {false, PROVIDER_THIRD_PARTY, 0, "1234", ID_KIND_NONE, "not enabled"},
        {false, PROVIDER_NONE, INSTANT_NEVER, NULL, ID_KIND_NONE, "not enabled"},
        {true, PROVIDER_NONE, 0, NULL, ID_KIND_NONE, "no dial-in conferencing provider"},
        {true, PROVIDER_THIRD_PARTY, 0, "1234", ID_KIND_THIRD_PARTY, "that provider's number"},
        {true, PROVIDER_THIRD_PARTY, INSTANT_NEVER, NULL, ID_KIND_THIRD_PARTY, "not recorded"},
        {true, PROVIDER_MICROSOFT, INSTANT_NEVER, NULL, ID_KIND_STATIC, "static ID"},
        {true, PROVIDER_MICROSOFT, NOW + 1, NULL, ID_KIND_STATIC, "static ID"},
        {true, PROVIDER_MICROSOFT, NOW, NULL, ID_KIND_DYNAMIC, "of its own"},
        {true, PROVIDER_MICROSOFT, 0, NULL, ID_KIND_DYNAMIC, "of its own"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct organization organization = {.name = "Contoso", .dynamic_since = cases[i].since};
        struct organizer organizer = {.email = "ada@example.com",
                                      .dial_in = cases[i].dial_in,
                                      .provider = cases[i].provider,
                                      .third_party_passcode = cases[i].passcode};
        const char *reason = NULL;
        if (assign_id_kind(&organization, &organizer, NOW, &reason) != cases[i].kind)
            fail_msg("case %zu: %s", i, reason);
        if (!strstr(reason, cases[i].reason))
            fail_msg("case %zu: %s", i, reason);
        assert_int_equal(reason[strlen(reason) - 1], '.');
        assert_int_equal(assign_id_kind(&organization, &organizer, NOW, NULL), cases[i].kind);
    }
}

static void the_cut_over_is_a_moment(void **state)
{
    (void)state;
    struct organization organization = {.dynamic_since = 100};
    assert_false(organization_dynamic(&organization, 99));
    assert_true(organization_dynamic(&organization, 100));
    organization.dynamic_since = INSTANT_NEVER;
    assert_false(organization_dynamic(&organization, INSTANT_NEVER));
}

/* Usable is exactly: no obstacle. */
static void obstacles_are_told(void **state)
{
    (void)state;
    for (int dial_in = 0; dial_in < 2; dial_in++)
        for (int provider = PROVIDER_NONE; provider <= PROVIDER_THIRD_PARTY; provider++) {
            struct organizer organizer = {.dial_in = dial_in, .provider = (enum provider)provider};
            bool usable = dial_in && provider == PROVIDER_MICROSOFT;
            const char *obstacle = organizer_obstacle(&organizer);
            assert_int_equal(organizer_usable(&organizer), usable);
            assert_int_equal(obstacle == NULL, usable);
            if (obstacle && !dial_in)
                assert_non_null(strstr(obstacle, "is off"));
            if (obstacle && provider == PROVIDER_THIRD_PARTY)
                assert_non_null(strstr(obstacle, "third party"));
        }
}

static void providers_have_names(void **state)
{
    (void)state;
    const char *const names[] = {"none", "microsoft", "third-party"};
    for (size_t i = 0; i < COUNT(names); i++) {
        enum provider provider;
        assert_true(provider_parse(names[i], &provider));
        assert_string_equal(provider_name(provider), names[i]);
    }
    enum provider provider;
    assert_false(provider_parse("", &provider));
    assert_false(provider_parse("Microsoft", &provider));
    assert_string_equal(provider_name((enum provider)9), "none");
}

static void numbers_are_read(void **state)
{
    (void)state;
    const struct {
        const char *text, *e164;
    } cases[] = {
        {"+13238494874", "+13238494874"},
        {"+1 323-849-4874", "+13238494874"},
        {"+1 (323) 849.4874", "+13238494874"},
        {"  +49 69 9040 1001 ", "+496990401001"},
        {"+49 (0)69/90401001", "+496990401001"},
        {"+44\xC2\xA0"
         "20\xE2\x80\x91"
         "3321 5238",
         "+442033215238"},
        {"+1234567", "+1234567"},
        {"+1 323\xE2\x88\x92"
         "849\xE2\x80\xAC"
         "4874",
         "+13238494874"}, /* a minus sign, a direction mark */
        {"+49 1(0)69 1234", "+491691234"},
        {"+123456789012345", "+123456789012345"},
        {"+39 06 1234567", "+39061234567"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[17] = "x";
        struct error error = {0};
        if (number_parse(cases[i].text, out, &error))
            fail_msg("%s: %s", cases[i].text, error.why);
        assert_string_equal(out, cases[i].e164);
    }
}

static void broken_numbers_are_refused(void **state)
{
    (void)state;
    const struct {
        const char *text, *why;
    } cases[] = {
        {"", "+ and the country"},
        {"13238494874", "+ and the country"},
        {"0013238494874", "+ and the country"},
        {"+1 323 849 487x", "+ and the country"},
        {"++13238494874", "+ and the country"},
        {"+1323849\x1B"
         "4874",
         "+ and the country"},
        {"+", "7 digits"},
        {"+123456", "7 digits"},
        {"+1234567890123456", "15 digits"},
        {"+0123456789", "begins with 0"},
        {"+1 323 849 4874,,766918553#", "+ and the country"},
        {"+1323849487\xD9\xA4", "+ and the country"},
        {"+\xFF", "+ and the country"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[17] = "x";
        struct error error = {0};
        if (number_parse(cases[i].text, out, &error) != ERR_INVALID ||
            !strstr(error.why, cases[i].why))
            fail_msg("%s: %s, %s", cases[i].text, out, error.why);
        assert_string_equal(out, "");
    }
}

static void numbers_are_grouped(void **state)
{
    struct arena *arena = *state;
    const struct {
        const char *e164, *text;
    } cases[] = {
        {"+13238494874", "+1 323-849-4874"},
        {"+496990401001", "+49 699 040 1001"},
        {"+442033215238", "+44 203 321 5238"},
        {"+3225884600", "+32 2588 4600"},
        {"+35315262200", "+353 1526 2200"},
        {"+74952550000", "+7 495 255 0000"},
        {"+123456789", "+1 2345 6789"},
        {"+33170700000", "+33 170 700 000"},
        {"+358923123456", "+358 923 123 456"},
        {"+2721123", "+27 211 23"},
        {"+4312345", "+43 123 45"},
        {"+1 23", "+1 23"},
        {"garbage", "garbage"},
        {"", ""},
        {"+8613800138000", "+86 138 0013 8000"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(number_format(arena, cases[i].e164), cases[i].text);
}

static void numbers_are_shown_as_typed(void **state)
{
    static const struct {
        const char *typed, *kept, *shown;
    } cases[] = {
        {"+49691234567", "", "+49 691 234 567"},
        {"+49 69 1234567", "+49 69 1234567", "+49 69 1234567"},
        {"  +49\t69  1234567 ", "+49 69 1234567", "+49 69 1234567"},
        {"+49 (0)69/1234567", "+49 (0)69/1234567", "+49 (0)69/1234567"},
        {"+49\u00a069\u20111234567", "+49 69 1234567", "+49 69 1234567"},
        {"+49 69 1234567                                     ", "+49 69 1234567", "+49 69 1234567"},
        {"+49 69 1-2-3-4-5-6-7-----------------------", "", "+49 691 234 567"},
        {"+49 69 1-2-3-4-5-6-7--------------------", "+49 69 1-2-3-4-5-6-7--------------------",
         "+49 69 1-2-3-4-5-6-7--------------------"},
        {"", "", "+49 691 234 567"},
    };
    struct arena *arena = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct number number = {.e164 = "+49691234567",
                                .typed = number_typed(arena, cases[i].typed)};
        assert_string_equal(number.typed, cases[i].kept);
        assert_string_equal(number_shown(arena, &number), cases[i].shown);
    }
}

/* What is printed for people is read back as the same number, whatever the country. */
static void grouped_numbers_are_read_back(void **state)
{
    struct arena *arena = *state;
    for (int country = 1; country < 1000; country++)
        for (int length = 7; length <= 12; length++) {
            char *e164 = arena_format(arena, "+%d%.*s", country, length, "987654321098");
            char back[17];
            if (strlen(e164) > 16)
                continue;
            if (number_parse(number_format(arena, e164), back, NULL) || strcmp(back, e164) != 0)
                fail_msg("%s: %s", e164, number_format(arena, e164));
        }
}

static void addresses_are_checked(void **state)
{
    struct arena *arena = *state;
    const char *const good[] = {
        "ada@example.com",
        "a@b",
        "Ada.Lovelace+calls@mail.example.co.uk",
        "o'hara@example.com",
        "j\303\274rgen@b\303\274cher.example",
        "x@127.0.0.1",
        "root@localhost",
        "a_b@xn--bcher-kva.example",
    };
    for (size_t i = 0; i < COUNT(good); i++)
        if (email_parse("attendee", good[i], NULL))
            fail_msg("%s was refused", good[i]);
    const struct {
        const char *text, *why;
    } bad[] = {
        {NULL, "empty"},
        {"", "empty"},
        {"ada", "one @"},
        {"ada@", "host name"},
        {"@example.com", "before the @"},
        {"a@b@c", "one @"},
        {"ada@example..com", "host name"},
        {"ada@.example.com", "host name"},
        {"ada@example.com.", "host name"},
        {"ada@-example.com", "host name"},
        {"ada@example-.com", "host name"},
        {"ada@exam_ple.com", "host name"},
        {"ada lovelace@example.com", "no spaces"},
        {"ada@example.com\nBcc: eve@example.com", "no spaces"},
        {"ada\r@example.com", "no spaces"},
        {"ada@example.com\x7F", "no spaces"},
        {"ada\xE2\x80\xAE@example.com", "no spaces"},
        {"ada\xC2\xA0@example.com", "no spaces"},
        {"ada\xC2\xAD@example.com", "no spaces"},
        {"ada\xE1\x9A\x80@example.com", "no spaces"},
        {"ada\xE1\xA0\x8E@example.com", "no spaces"},
        {"ada\xE2\x81\xAF@example.com", "no spaces"},
        {"ada\xE2\x80\xA8@example.com", "no spaces"},
        {"ada\xFF@example.com", "UTF-8"},
        {"Ada<ada@example.com>", "alone"},
        {"ada@example.com,eve@example.com", "alone"},
        {"\"ada\"@example.com", "alone"},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct error error = {0};
        if (email_parse("attendee", bad[i].text, &error) != ERR_INVALID ||
            !strstr(error.why, bad[i].why))
            fail_msg("%s: %s", bad[i].text ? bad[i].text : "NULL", error.why);
        assert_memory_equal(error.what, "attendee", 8);
    }
    char *long_one = arena_format(arena, "%0*d@example.com", 242, 1);
    assert_int_equal(email_parse("attendee", long_one, NULL), ERR_OK);
    long_one = arena_format(arena, "%0*d@example.com", 243, 1);
    assert_int_equal(email_parse("attendee", long_one, NULL), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meetings_get_the_right_kind_of_id),
        cmocka_unit_test(the_cut_over_is_a_moment),
        cmocka_unit_test(obstacles_are_told),
        cmocka_unit_test(providers_have_names),
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(broken_numbers_are_refused),
        cmocka_unit_test(numbers_are_grouped),
        cmocka_unit_test(grouped_numbers_are_read_back),
        cmocka_unit_test(numbers_are_shown_as_typed),
        cmocka_unit_test(addresses_are_checked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
