/*
 * What the store knows of attendees beyond a meeting: language, zone, and the number that they call
 * from. For both engines.
 */
#include "store_support.h"

#include <string.h>

static void put_known(struct world *w, const char *email, const char *lang, const char *tz,
                      const char *number)
{
    OK(store_begin(w->store, true));
    OK(store_attendee_known_put(w->store, &(struct attendee_known){email, lang, tz, number}));
    OK(store_commit(w->store));
}

static void known_is(struct world *w, const char *email, const char *lang, const char *tz,
                     const char *number)
{
    struct attendee_known known;
    OK(store_attendee_known(w->arena, w->store, email, &known));
    assert_string_equal(known.lang, lang);
    assert_string_equal(known.tz, tz);
    assert_string_equal(known.number, number);
}

static void test_known(void **state)
{
    struct world *w = *state;
    struct attendees_known all = {0};
    known_is(w, "bob@example.org", "", "", "");
    put_known(w, "Bob@Example.org", "de", "Europe/Berlin", "+493012345678");
    known_is(w, "bob@example.ORG", "de", "Europe/Berlin", "+493012345678");
    put_known(w, "bob@example.org", "", "Europe/Vienna", "");
    known_is(w, "bob@example.org", "", "Europe/Vienna", "");
    put_known(w, "amy@example.org", "fr", "", "");
    OK(store_attendees_known(w->arena, w->store, &all));
    assert_int_equal(all.count, 2);
    assert_string_equal(all.items[0].email, "amy@example.org");
    put_known(w, "BOB@example.org", "", "", "");
    all = (struct attendees_known){0};
    OK(store_attendees_known(w->arena, w->store, &all));
    assert_int_equal(all.count, 1);
    assert_string_equal(check_text(w), "");
}

/* The directory has a language and a zone; what is known of the attendee goes before it. */
static void test_of_the_directory(void **state)
{
    struct world *w = *state;
    struct organizer ada = {0};
    OK(store_organizer_by_uid(w->arena, w->store, "org-ada", &ada));
    assert_string_not_equal(ada.lang, "fr");
    known_is(w, ada.email, ada.lang, ada.tz, "");
    put_known(w, ada.email, "fr", "", "+33123456789");
    known_is(w, ada.email, "fr", ada.tz, "+33123456789");
    put_known(w, ada.email, "", "Asia/Tokyo", "");
    known_is(w, ada.email, ada.lang, "Asia/Tokyo", "");
}

/* An event's word never goes before what somebody has set. */
static void test_language(void **state)
{
    struct world *w = *state;
    OK(store_begin(w->store, true));
    OK(store_attendee_language(w->store, "Bob@example.org", "da"));
    OK(store_attendee_language(w->store, "bob@example.org", "sv"));
    OK(store_commit(w->store));
    known_is(w, "bob@example.org", "da", "", "");
    put_known(w, "bob@example.org", "", "Europe/Oslo", "+4721234567");
    OK(store_begin(w->store, true));
    OK(store_attendee_language(w->store, "bob@example.org", "nb"));
    OK(store_commit(w->store));
    known_is(w, "bob@example.org", "nb", "Europe/Oslo", "+4721234567");
}

static void test_by_number(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *number, *who;
    } cases[] = {
        {"+493012345678", "amy@example.org bob@example.org "},
        {"00493012345678", "amy@example.org bob@example.org "},
        {"030 1234 5678", "amy@example.org bob@example.org "},
        {"12345678", "amy@example.org bob@example.org cid@example.org "}, /* whose number ends so */
        {"+4917012345678", "cid@example.org "},
        {"0170-12345678", "cid@example.org "},
        {"+493012345679", ""}, /* the last digit differs */
        {"+4993012345678", ""},
        {"5678", ""}, /* too short to name anybody */
        {"0000000000005678", ""},
        {"cid@example.org", ""},
        {"", ""},
    };
    put_known(w, "bob@example.org", "", "", "+493012345678");
    put_known(w, "amy@example.org", "", "", "+493012345678");
    put_known(w, "cid@example.org", "de", "", "+4917012345678");
    put_known(w, "dan@example.org", "de", "", "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct attendees_known found = {0};
        struct text text = text_start(w->arena);
        OK(store_attendees_by_number(w->arena, w->store, cases[i].number, &found));
        for (size_t n = 0; n < found.count; n++)
            text_addf(&text, "%s ", found.items[n].email);
        assert_string_equal(text.bytes, cases[i].who);
    }
}

/* Behind a switchboard's number stand many: so many are told, and no more. */
static void test_switchboard(void **state)
{
    struct world *w = *state;
    struct attendees_known found = {0};
    for (int i = 0; i < ATTENDEES_CALLING + 3; i++)
        put_known(w, arena_format(w->arena, "p%02d@example.org", i), "", "", "+493012345678");
    OK(store_attendees_by_number(w->arena, w->store, "+493012345678", &found));
    assert_int_equal(found.count, ATTENDEES_CALLING);
    assert_string_equal(found.items[0].email, "p00@example.org");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_known),     CASE(test_of_the_directory), CASE(test_language),
        CASE(test_by_number), CASE(test_switchboard),
    };
    return cmocka_run_group_tests_name("attendees", tests, NULL, NULL);
}
