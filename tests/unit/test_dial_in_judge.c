/*
 * Whose dial-in an event has: other services by name, address, label and PIN form, own before
 * forwarded, two IDs, machine-readable places, labels of the languages.
 */
#include <base/embedded.h>
#include <core/dial_in_judge.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* "ours 93907123 +493012345 (other in place)": what a judgement says, in one line. */
static const char *said(struct arena *arena, const struct dial_in *dial_in)
{
    static const char *const kinds[] = {"none", "ours", "foreign"};
    struct text out = text_start(arena);
    text_add(&out, kinds[dial_in->kind]);
    if (dial_in->conference_id)
        text_addf(&out, " %s", dial_in->conference_id);
    if (dial_in->number)
        text_addf(&out, " %s", dial_in->number);
    if (dial_in->service)
        text_addf(&out, " of %s", dial_in->service);
    for (size_t i = 0; i < dial_in->asides.count; i++) {
        const struct dial_in_aside *aside = &dial_in->asides.items[i];
        text_addf(&out, " (%s%s%s in %s)", aside->foreign ? "foreign " : "",
                  aside->quoted ? "quoted " : "", aside->conference_id, aside->place);
    }
    return out.bytes;
}

struct judging_case {
    struct dial_in_place places[4];
    const char *said;
};

static void expect(const struct judging_case *cases, size_t count)
{
    struct arena *arena = arena_new();
    const struct dial_in_services *services =
        dial_in_services_read(arena, embedded_find("services.tsv", NULL));
    for (size_t i = 0; i < count; i++) {
        size_t places = 0;
        while (places < COUNT(cases[i].places) && cases[i].places[places].text)
            places++;
        struct dial_in dial_in = dial_in_judge(arena, services, cases[i].places, places);
        assert_string_equal(said(arena, &dial_in), cases[i].said);
    }
    arena_free(arena);
}

#define TEXT(words)                                                                                \
    {                                                                                              \
        DIAL_IN_PLACE_TEXT, "text", words                                                          \
    }
#define PLACE(words)                                                                               \
    {                                                                                              \
        DIAL_IN_PLACE_TEXT, "place", words                                                         \
    }

static void other_services_are_foreign(void **state)
{
    static const struct judging_case cases[] = {
        {{TEXT("")}, "none"},
        {{TEXT("Conference ID: 93907123")}, "ours 93907123"},
        /* known by an address, in another place, escaped, in a filter's address */
        {{TEXT("Conference ID: 93907123"), PLACE("https://acme.webex.com/meet/ada")},
         "foreign 93907123 of Webex"},
        {{TEXT("https://f.example/?url=https%3A%2F%2Fus02web.zoom.us%2Fj%2F812&x "
               "+1 669 555 0133,,812345678#")},
         "foreign 812345678 +1 669 555 0133 of Zoom"},
        {{TEXT("https-3A__us02web.zoom.us_j_812345678 Conference ID: 812345678")},
         "foreign 812345678 of Zoom"},
        {{TEXT("https://meeting.tencent.com/dm/abc\n+86 755 3655 0000,,123456789#")},
         "foreign 123456789 +86 755 3655 0000 of Tencent"},
        /* known by a label or a PIN form, by no name */
        {{TEXT("Dial +44 20 5550 0101\nParticipant code: 482913#")},
         "foreign 482913 +44 20 5550 0101"},
        {{TEXT("Conference ID: 482913\nHost PIN: 1234")}, "foreign 482913"},
        {{TEXT("+1 650 555 0108,,264109234## US")}, "foreign 264109234 +1 650 555 0108"},
        {{TEXT("+1 650 555 0108,,264109234#,,,,*5512# US")}, "foreign 264109234 +1 650 555 0108"},
        /* an address leads to the same digits */
        {{TEXT("https://talk.acme.example/join/482913\nConference ID: 482913")}, "foreign 482913"},
        {{TEXT("https://talk.acme.example/join/4829131\nConference ID: 482913")}, "ours 482913"},
        {{TEXT("rooms/482913\nConference ID: 482913")}, "ours 482913"},
        /* a service's own label, and none of its digits */
        {{TEXT("https://meet.google.com/abc-defg-hij\n+49 30 5550 0101 PIN: 482 913 55#")},
         "foreign 48291355 +49 30 5550 0101 of Google Meet"},
        {{TEXT("Meeting ID: 812 3456 7890")}, "none"},
        {{TEXT("https://us02web.zoom.us/j/812")}, "none"},
        /* a line for users of another service */
        {{TEXT("Join Zoom Meeting\nMeeting ID: 812 345 678\nJoin using Lync\nConference ID: 5512")},
         "foreign 5512 of Zoom"},
        {{TEXT("Microsoft Teams meeting\n+49 30 5550,,48192037#\nJoin with a video device\n"
               "https://www.webex.com/msteams?confid=1")},
         "ours 48192037 +49 30 5550"},
        {{TEXT("Agenda: why zoom.us and not Webex meeting\nJoin Skype Meeting\n"
               "Conference ID: 5312874")},
         "ours 5312874"},
        {{TEXT("Microsoft Teams, not zoom.us: +13238494874,,766918553#")},
         "ours 766918553 +13238494874"},
        {{TEXT("Ask for a Zoom meeting next time\nConference ID: 5312874")},
         "foreign 5312874 of Zoom"},
        /* two services side by side: the nearest sign before an ID */
        {{TEXT("Join Zoom Meeting\nhttps://zoom.us/j/812345678\n+16695550133,,812345678#\n"
               "Microsoft Teams meeting\n+49 30 5550 0101,,48192037#")},
         "ours 48192037 +49 30 5550 0101 (foreign 812345678 in text)"},
        {{TEXT("Microsoft Teams meeting\nConference ID: 48192037\nJoin Zoom Meeting\n"
               "+16695550133,,812345678#")},
         "ours 48192037 +16695550133 (foreign 812345678 in text)"},
        {{TEXT("lynch zoom.usa webex.community Conference ID: 5312874")}, "ours 5312874"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void own_goes_before_forwarded(void **state)
{
    static const struct judging_case cases[] = {
        {{TEXT("> +1 323-849-4874,,766918553#\nConference ID: 93907123")},
         "ours 93907123 (quoted 766918553 in text)"},
        {{TEXT("> > Conference ID: 93907123\n> ")}, "ours 93907123"},
        {{TEXT("Conference ID: 93907123\n---------- Forwarded message ---------\n"
               "+1 323-849-4874,,766918553#")},
         "ours 93907123 (quoted 766918553 in text)"},
        {{TEXT("Conference ID: 93907123\n\nVon: Carol\nGesendet: Montag\nAn: Ada\n"
               "+1 323-849-4874,,766918553#")},
         "ours 93907123 (quoted 766918553 in text)"},
        {{TEXT("Conference ID: 93907123\n*From:* Carol\n*Sent:* Monday\n"
               "Join Zoom Meeting\n+16695550133,,812345678#")},
         "ours 93907123 (foreign quoted 812345678 in text)"},
        {{TEXT("Join Zoom Meeting\n+16695550133,,812345678#\n-----Original Appointment-----\n"
               "Microsoft Teams meeting\nConference ID: 93907123")},
         "foreign 812345678 +16695550133 of Zoom (quoted 93907123 in text)"},
        {{TEXT("fyi\n-----Ursprünglicher Termin-----\nConference ID: 93907123")}, "ours 93907123"},
        {{TEXT("From: 10:00\nall day\nConference ID: 93907123\n+1 323-849-4874,,766918553#")},
         "ours 766918553 +1 323-849-4874 (93907123 in text)"},
        {{TEXT("-- \nAda\n--- x\nConference ID: 93907123\n> Conference ID: 4711")},
         "ours 93907123 (quoted 4711 in text)"},
        {{TEXT("________\n+1 323-849-4874,,766918553#\n________\nConference ID: 93907123")},
         "ours 766918553 +1 323-849-4874 (93907123 in text)"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void what_is_left_aside_is_told(void **state)
{
    static const struct judging_case cases[] = {
        {{TEXT("Conference ID: 93907123\nhttps://dialin.example.org/?id=16353789")},
         "ours 16353789 (93907123 in text)"},
        {{TEXT("Conference ID: 93907123\nConference ID: 16353789\nConference ID: 16353789")},
         "ours 93907123 (16353789 in text)"},
        {{TEXT("Conference ID: 93907123"), PLACE("+4930555010,,16353789#")},
         "ours 93907123 (16353789 in place)"},
        {{TEXT("Conference ID: 939 071 23#"), PLACE("Konferenz-ID: 93907123")}, "ours 93907123"},
        {{TEXT("Conference ID: 93907123\nPhone conference ID: 16353789")},
         "ours 16353789 (93907123 in text)"},
        {{TEXT("+49 30 5550 0101 or +49 69 5550 0102\nConference ID: 93907123\n+49 89 5550 0103")},
         "ours 93907123 +49 69 5550 0102"},
        {{TEXT("Conference ID: 93907123 at +49 89 5550 0103")}, "ours 93907123 +49 89 5550 0103"},
        {{TEXT("Conference ID: 93907123 at +49 89 55")}, "ours 93907123"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void places_for_machines_count(void **state)
{
    static const struct judging_case cases[] = {
        {{{DIAL_IN_PLACE_ID, "id", "896 312 457"},
          {DIAL_IN_PLACE_NUMBER, "number", "+1 347 555 0147"},
          TEXT("Conference ID: 4711")},
         "ours 896312457 +1 347 555 0147 (4711 in text)"},
        {{{DIAL_IN_PLACE_ID, "id", "none"}, TEXT("Conference ID: 4711")}, "ours 4711"},
        {{{DIAL_IN_PLACE_ID, "id", "896312457"}, TEXT("https://zoom.us/j/896312457")},
         "ours 896312457"},
        {{{DIAL_IN_PLACE_SIGN, "conference", "tel:+14125550123,,654321#"}}, "none"},
        {{{DIAL_IN_PLACE_SIGN, "conference", "https://meet.google.com/a"},
          TEXT("Conference ID: 4711")},
         "foreign 4711 of Google Meet"},
        {{{DIAL_IN_PLACE_OURS, "block", "Conference ID: 4711"}, TEXT("https://zoom.us/j/4711")},
         "ours 4711"},
        {{TEXT("X-GOOGLE-CONFERENCE:x"), TEXT("Conference ID: 4711")},
         "foreign 4711 of Google Meet"},
        {{{DIAL_IN_PLACE_NUMBER, "number", "+1 347 555 0147"}}, "none"},
    };
    struct arena *arena = arena_new();
    const struct dial_in_services *services =
        dial_in_services_read(arena, embedded_find("services.tsv", NULL));
    (void)state;
    expect(cases, COUNT(cases));
    assert_int_equal(dial_in_place_of(services, "X-MICROSOFT-ONLINEMEETINGCONFERENCEID"),
                     DIAL_IN_PLACE_ID);
    assert_int_equal(dial_in_place_of(services, "X-MICROSOFT-ONLINEMEETINGTOLLNUMBER"),
                     DIAL_IN_PLACE_NUMBER);
    assert_int_equal(dial_in_place_of(services, "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
                     DIAL_IN_PLACE_TEXT);
    arena_free(arena);
}

static void a_table_that_is_damaged_is_read(void **state)
{
    struct arena *arena = arena_new();
    const struct dial_in_services *services =
        dial_in_services_read(arena, "# x\n\nother\tsure\nother\tsure\tX\taddress\tx.example");
    struct dial_in_place places[] = {TEXT("x.example conference id 4711")};
    (void)state;
    assert_int_equal(dial_in_judge(arena, services, places, 1).kind, DIAL_IN_FOREIGN);
    services = dial_in_services_read(arena, NULL);
    assert_int_equal(dial_in_judge(arena, services, places, 1).kind, DIAL_IN_OURS);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_services_are_foreign),
        cmocka_unit_test(own_goes_before_forwarded),
        cmocka_unit_test(what_is_left_aside_is_told),
        cmocka_unit_test(places_for_machines_count),
        cmocka_unit_test(a_table_that_is_damaged_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
