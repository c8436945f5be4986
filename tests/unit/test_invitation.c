/*
 * The invitation as a value: which numbers, ID and language it shows, and whose.
 */
#include <core/invitation.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *english[] = {"en-US", "es"}, *german[] = {"de"}, *british[] = {"en-GB"};

static struct number list[] = {
    {.e164 = "+4969904010", .langs = {german, 1, 1}},
    {.e164 = "+442033213200", .langs = {british, 1, 1}},
    {.e164 = "+13238494874", .langs = {english, 2, 2}, .is_default = true},
    {.e164 = "+18005550100", .langs = {english, 2, 2}, .toll_free = true},
    {.e164 = "+498001234567", .langs = {german, 1, 1}, .toll_free = true, .is_default = true},
};
static const struct numbers numbers = {list, 5, 5};
static const struct organization organization = {.name = "Example", .join_url = ""};

static struct invitation compose(const struct meeting *meeting, const struct organizer *organizer,
                                 const char *lang)
{
    struct occurrence occurrence = {.meeting = meeting, .title = "T"};
    struct invitation invitation;
    invitation_compose(&invitation, &organization, organizer, &occurrence, zone_utc(), &numbers,
                       lang);
    return invitation;
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *organizer, *meeting, *asked, *lang, *toll, *toll_free;
    } cases[] = {
        {"en", NULL, NULL, "en", "+13238494874", "+18005550100"},
        {"de", NULL, NULL, "de", "+4969904010", "+498001234567"},
        {"de", "en", NULL, "en", "+13238494874", "+18005550100"},
        {"de", "en", "es", "es", "+13238494874", "+18005550100"},
        {"fr", NULL, NULL, "fr", "+13238494874", "+498001234567"},
        {"", NULL, "", "en", "+13238494874", "+18005550100"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct organizer organizer = {.lang = cases[i].organizer, .provider = PROVIDER_MICROSOFT};
        struct meeting meeting = {
            .conference_id = "93907123", .id_kind = ID_KIND_DYNAMIC, .lang = cases[i].meeting};
        struct invitation invitation = compose(&meeting, &organizer, cases[i].asked);
        assert_string_equal(invitation.lang, cases[i].lang);
        assert_true(invitation.has_dial_in);
        assert_string_equal(invitation.conference_id, "93907123");
        assert_string_equal(invitation.toll->e164, cases[i].toll);
        assert_string_equal(invitation.toll_free->e164, cases[i].toll_free);
        assert_null(invitation.join_url);
    }
}

static void test_no_dial_in(void **state)
{
    (void)state;
    struct organizer organizer = {
        .lang = "en", .third_party_number = "+15550100", .third_party_passcode = "42"};
    struct meeting meeting = {.id_kind = ID_KIND_NONE};
    struct invitation invitation = compose(&meeting, &organizer, NULL);
    assert_false(invitation.has_dial_in);
    assert_null(invitation.toll);
    assert_null(invitation.third_party_number);
}

static void test_lacks_number(void **state)
{
    (void)state;
    struct organizer organizer = {.dial_in = true, .provider = PROVIDER_MICROSOFT};
    struct meeting meeting = {.id_kind = ID_KIND_DYNAMIC, .conference_id = "93907123"};
    struct invitation invitation = compose(&meeting, &organizer, NULL);
    assert_false(invitation_lacks_number(&invitation));
    invitation.toll = invitation.toll_free = NULL;
    assert_true(invitation_lacks_number(&invitation));
    meeting.status = MEETING_CANCELLED; /* nobody is to dial in to it */
    assert_false(invitation_lacks_number(&invitation));
}

static void test_third_party(void **state)
{
    (void)state;
    struct organizer organizer = {
        .lang = "en", .third_party_number = "+15550100", .third_party_passcode = "42"};
    struct meeting meeting = {.id_kind = ID_KIND_THIRD_PARTY};
    struct invitation invitation = compose(&meeting, &organizer, NULL);
    assert_true(invitation.has_dial_in);
    assert_null(invitation.conference_id);
    assert_null(invitation.toll);
    assert_string_equal(invitation.third_party_number, "+15550100");
    assert_string_equal(invitation.third_party_passcode, "42");
    organizer.third_party_number = "";
    invitation = compose(&meeting, &organizer, NULL);
    assert_false(invitation.has_dial_in);
    assert_null(invitation.third_party_passcode);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_no_dial_in),
        cmocka_unit_test(test_lacks_number),
        cmocka_unit_test(test_third_party),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
