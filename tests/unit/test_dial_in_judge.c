/*
 * Whose dial-in an event has: other services by name, address, label and PIN form, own before
 * forwarded, two IDs, machine-readable places, labels of the languages.
 */
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
    if (dial_in->heading)
        text_add(&out, " under a heading");
    for (size_t i = 0; i < dial_in->asides.count; i++) {
        const struct dial_in_aside *aside = &dial_in->asides.items[i];
        text_addf(&out, " (%s%s%s in %s)", aside->foreign ? "foreign " : "",
                  aside->quoted ? "quoted " : "", aside->conference_id, aside->place);
    }
    return out.bytes;
}

/* The organization's numbers. */
static struct number our_numbers[] = {{.e164 = "+4930901820"}, {.e164 = "+18005550199"}};
static const struct numbers OURS = {.items = our_numbers, .count = COUNT(our_numbers)};

struct judging_case {
    struct dial_in_place places[4];
    const char *said;
};

static void expect(const struct judging_case *cases, size_t count)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        size_t places = 0;
        while (places < COUNT(cases[i].places) && cases[i].places[places].text)
            places++;
        struct dial_in dial_in = dial_in_judge(arena, &OURS, cases[i].places, places);
        if (strcmp(said(arena, &dial_in), cases[i].said) != 0)
            fail_msg("%s: %s", cases[i].places[0].text, said(arena, &dial_in));
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
        {{TEXT(
             "https://talk.acme.example/482913/x\nConference ID: 482913\nSkype for Business app")},
         "foreign 482913"},
        {{TEXT("https://dialin.acme.example/?id=482913\nSkype for Business app")}, "ours 482913"},
        {{TEXT("https://acme.example/dialin/?id=482913\nSkype for Business app")}, "ours 482913"},
        {{TEXT("https://talk.acme.example/482913\nJoin Skype Meeting\nConference ID: 482913")},
         "ours 482913"},
        /* a line for our family's users is a line of the service that it stands in */
        {{TEXT("Pexip room of Ada\nConference ID: 482913\nSkype for Business: a@vc.example")},
         "foreign 482913 of Pexip"},
        {{TEXT("Zoom Meeting\nConference ID: 482913\nSkype for Business (Lync)\nuse the link")},
         "foreign 482913 of Zoom"},
        {{TEXT("Skype for Business, no Zoom meeting\nConference ID: 482913")}, "ours 482913"},
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

/* How other services' invitations are written, in words of our own. */
static void forms_of_the_field_are_foreign(void **state)
{
    static const struct judging_case cases[] = {
        {{TEXT("Zoom-Meeting beitreten\nhttps://eu01web.zoom.us/j/61234567890?pwd=x\n"
               "Meeting-ID: 612 3456 7890\nKenncode: 4711\nSchnelleinwahl mobil\n"
               "+496955550100,,61234567890#,,,,*4711# Deutschland\nEinwahl nach Ort")},
         "foreign 61234567890 +496955550100 of Zoom"},
        {{TEXT("R\xC3\xA9union Zoom\nID de r\xC3\xA9union : 712 345 678\n"
               "+33155550100,,712345678# France")},
         "foreign 712345678 +33155550100 of Zoom"},
        {{TEXT("https://meet.acme.example/j/81234567\nMeeting ID: 812 345 67\n"
               "Conference ID: 812 345 67")},
         "foreign 81234567"},
        {{TEXT("Rejoindre avec Google Meet\nParticiper par t\xC3\xA9l\xC3\xA9phone\n"
               "(FR) +33 1 55 55 01 00 Code PIN : 123 456 789#")},
         "foreign 123456789 +33 1 55 55 01 00 of Google Meet"},
        {{TEXT("https://global.gotomeeting.com/join/123456789\nUnited States: +1 571 555 0122\n"
               "Access Code: 123-456-789")},
         "foreign 123456789 +1 571 555 0122 of GoTo"},
        {{TEXT("https://meet.goto.com/123456789\nConference ID: 123456789")},
         "foreign 123456789 of GoTo"},
        {{TEXT("https://v.ringcentral.com/join/148392123\n+1 650 555 0140,,148392123#")},
         "foreign 148392123 +1 650 555 0140 of RingCentral"},
        {{TEXT("Chime meeting ID: 1234 56 7890\nOne-click Mobile Dial-in\n"
               "+1 206 555 0169,,1234567890#")},
         "foreign 1234567890 +1 206 555 0169 of Amazon Chime"},
        {{TEXT("https://meet.starleaf.com/4712345678/app\nDial +44 330 555 0100, then 4712345678#\n"
               "Conference ID: 4712345678")},
         "foreign 4712345678 +44 330 555 0100 of StarLeaf"},
        {{TEXT("https://vc.acme.example/webapp/conference/ada\n+47 21 55 50 10,,774455#")},
         "foreign 774455 +47 21 55 50 10 of Pexip"},
        {{TEXT("https://call.lifesizecloud.com/1234567\nMeeting extension: 1234567#\n"
               "+1 877 555 0134,,1234567#")},
         "foreign 1234567 +1 877 555 0134 of Lifesize"},
        {{TEXT("https://meetings.dialpad.com/room/ada\nConference ID: 5551234")},
         "foreign 5551234 of Dialpad"},
        {{TEXT("Dial-in number: +1 605 555 0100\nAccess code: 123456#\n"
               "https://join.freeconferencecall.com/ada\nConference ID: 123456")},
         "foreign 123456 +1 605 555 0100 of FreeConferenceCall"},
        {{TEXT("https://8x8.vc/acme/planning\n+1 512 555 0118,,885926191#")},
         "foreign 885926191 +1 512 555 0118 of Jitsi"},
        {{TEXT("https://acme.webex.com/acme/j.php?MTID=m1\n"
               "Meeting-Kennnummer (Zugriffscode): 264 109 234\n+49-619-555-0112,,264109234##")},
         "foreign 264109234 +49-619-555-0112 of Webex"},
        /* white labels: a known form under an unknown name */
        {{TEXT("https://web.acme.example/acme/j.php?MTID=m1\n+1-650-555-0108,,264109234#")},
         "foreign 264109234 +1-650-555-0108 of Webex"},
        {{TEXT("Conference call\n+44 20 5550 0199\nConference ID: 7001234\nLeader PIN: 9911")},
         "foreign 7001234 +44 20 5550 0199"},
        {{TEXT("Audio\n+1 303 555 0100,,5551212#,,1234#\nConference code: 5551212")},
         "foreign 5551212 +1 303 555 0100"},
        {{TEXT("https://rooms.acme.example/enter?pin=482913\nKonferenz-ID: 482913")},
         "foreign 482913"},
        {{TEXT("https://rooms.acme.example/#482913\nKonferenz-ID: 482913")}, "foreign 482913"},
        {{TEXT("Konferenz-ID: 482913\nKonferenz-PIN: 11")}, "foreign 482913"},
        {{TEXT("ID de conf\xC3\xA9rence : 482913\nCode participant : 482913#")}, "foreign 482913"},
        {{TEXT("+49 30 5550 0101,,482913#,,#,,99#")}, "foreign 482913 +49 30 5550 0101"},
        {{TEXT("+49 30 5550 0101,,482913#,#")}, "foreign 482913 +49 30 5550 0101"},
        {{TEXT("+49 30 5550 0101,,482913# 99#")}, "ours 482913 +49 30 5550 0101"},
        {{TEXT("Conference ID: 482913\nPIN: 99 11#")}, "foreign 482913"},
        {{TEXT("Conference ID: 482913\nPasscode: 482913#")}, "foreign 482913"},
        {{TEXT("Conference ID: 482913\nDoor PIN: 99")}, "ours 482913"},
        {{TEXT("Conference ID: 482913\nPIN: #")}, "ours 482913"},
        {{TEXT("https://acme.webex.com/acme/j.php?MTID=m\n"
               "Meeting number (access code): 2374 118 2290")},
         "foreign 23741182290 of Webex"},
        {{TEXT("https://meet.google.com/a\nPIN: 123 456 789 0123#")}, "none"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

/* The family's own invitations in the languages of the field, in words of our own. */
static void forms_of_the_family_are_ours(void **state)
{
    static const struct judging_case cases[] = {
        {{TEXT("Microsoft Teams-Besprechung\nBesprechungs-ID: 263 741 908 55\n"
               "Oder rufen Sie an (nur Audio)\n+49 69 5550 0147,,481920373# Germany\n"
               "Telefonkonferenz-ID: 481 920 373#")},
         "ours 481920373 +49 69 5550 0147"},
        {{TEXT("R\xC3\xA9union Microsoft Teams\nID de r\xC3\xA9union : 263 741 908 55\n"
               "Code secret : ab\nID de conf\xC3\xA9rence t\xC3\xA9l\xC3\xA9phonique : 481 920 "
               "373#")},
         "ours 481920373"},
        {{TEXT("Microsoft Teams 会議\n会議 ID: 263 741 908\nパスコード: x1\n"
               "電話会議 ID: 481 920 373#")},
         "ours 481920373"},
        {{TEXT("Microsoft Teams 会议\n会议 ID: 263 741 908\n密码: x1\n电话会议 ID: 481 920 37#")},
         "ours 48192037"},
        {{TEXT("Microsoft Teams-kokous\nKokoustunnus: 263 741 908\nTunnuskoodi: x1\n"
               "Puhelinneuvottelun tunnus: 481 920 373#")},
         "ours 481920373"},
        {{TEXT("Kokoustunnus: 263 741 908\nSalasana: x1")}, "none"},
        {{TEXT("Kokoustunnus: 263 741 908")}, "ours 263741908"},
        {{TEXT("Skype-möte\nKonferens-ID: 5312874\nMicrosoft Lync på acme.zoom.us")},
         "ours 5312874"},
        {{TEXT("Microsoft Teams meeting\nTenant key: t@m.webex.com\nVideo ID: 114 528 109 8\n"
               "https://www.webex.com/msteams?confid=1145281098\n+1 347 555 0147,,481920373#")},
         "ours 481920373 +1 347 555 0147"},
        {{TEXT("Meeting at https://acme.webex.com/meet/ada if Teams fails\n"
               "Microsoft Teams meeting\nPhone Conference ID: 481 920 373#")},
         "ours 481920373"},
        {{TEXT("Konferenzkennung: 5312874\nHaben Sie Ihre Einwahl-PIN vergessen?")},
         "ours 5312874"},
        {{TEXT("ID telefonní konference: 481 920 373#")}, "ours 481920373"},
        {{TEXT("Telefonkonferencia azonosítója: 481 920 373#")}, "ours 481920373"},
        {{TEXT("Telefon konferansı kimliği: 481 920 373#")}, "ours 481920373"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void a_heading_over_nothing_is_told(void **state)
{
    static const struct judging_case cases[] = {
        {{TEXT("Join by phone\n+49 30 901820\nsee the intranet")}, "none under a heading"},
        {{TEXT("Per Telefon teilnehmen\nKonferenz-ID:")}, "none under a heading"},
        {{TEXT("Or call in\n(audio only)")}, "none under a heading"},
        {{TEXT("Teilnahme per Telefon\n+49 30 901820")}, "none under a heading"},
        {{TEXT("Einwahl per Telefon: Nummer folgt")}, "none under a heading"},
        {{TEXT("通过电话加入")}, "none under a heading"},
        {{TEXT("Microsoft Teams meeting\nDial in by phone\nAsk Ada")}, "none under a heading"},
        {{TEXT("x"), PLACE("Join by phone")}, "none under a heading"},
        {{TEXT("Join by phone\nConference ID: 5312874")}, "ours 5312874"},
        {{TEXT("Join by phone\nhttps://meet.google.com/abc-defg-hij")}, "none"},
        {{TEXT("Join by phones")}, "none"},
        {{TEXT("> Join by phone")}, "none"},
        {{TEXT("Call me by phone")}, "none"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

/* Where callers dial a number of the organization, the ID is the organization's. */
static void an_id_behind_our_number_is_ours(void **state)
{
    static const struct judging_case cases[] = {
        {{TEXT("+49 30 901820,,5312874#"), TEXT("X-GOOGLE-CONFERENCE:x")},
         "ours 5312874 +49 30 901820"},
        {{TEXT("+49 (0)30 901820,,5312874#\nhttps://meet.google.com/a")},
         "ours 5312874 +49 (0)30 901820"},
        {{TEXT("030 901820,,5312874#"), PLACE("https://zoom.us/j/1")}, "ours 5312874 030 901820"},
        {{TEXT("0049 30 901820,,5312874#"), PLACE("https://zoom.us/j/1")},
         "ours 5312874 0049 30 901820"},
        {{TEXT("Join by phone\n+1 800 555 0199 (toll-free)\nConference ID: 5312874"),
          PLACE("https://zoom.us/j/1")},
         "ours 5312874 +1 800 555 0199"},
        {{TEXT("+49 30 901821,,5312874#"), PLACE("https://zoom.us/j/1")},
         "foreign 5312874 +49 30 901821 of Zoom"},
        {{TEXT("30 901820,,5312874#"), PLACE("https://zoom.us/j/1")},
         "foreign 5312874 30 901820 of Zoom"},
        {{TEXT("01820,,5312874# 0901820,,5312875#"), PLACE("https://zoom.us/j/1")},
         "foreign 5312875 0901820 of Zoom"},
        {{TEXT("+49 30 901820 is our office\n+49 69 5550177\nConference ID: 5312874"),
          PLACE("https://zoom.us/j/1")},
         "foreign 5312874 +49 69 5550177 of Zoom"},
        {{TEXT("Conference ID: 5312874\nOffice: +49 30 901820"), PLACE("https://zoom.us/j/1")},
         "foreign 5312874 +49 30 901820 of Zoom"},
        {{TEXT("https://bluejeans.com/1\n+49 30 901820\nConference ID: 5312874\n"
               "+1 408 555 0156\nConference ID: 908675361")},
         "ours 5312874 +49 30 901820 (foreign 908675361 in text)"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

/* A PIN or a code without a service's name is the organization's own beside its number. */
static void a_pin_beside_our_number_is_ours(void **state)
{
    static const struct judging_case cases[] = {
        {{TEXT("+49 30 901820\nConference ID: 5312874\nPIN: 1234#")}, "ours 5312874 +49 30 901820"},
        {{TEXT("Telefon: 030 901820\nKonferenz-ID: 5312874\nModerator-PIN: 4321")}, "ours 5312874"},
        {{TEXT("+49 30 901820 (DE)\n+44 20 7946 0000 (UK)\nConference ID: 5312874\nPIN: 1234#")},
         "ours 5312874 +44 20 7946 0000"},
        {{TEXT("Conference ID: 5312874\nHost PIN: 1234\nPhone: +49 (0)30 901820")},
         "ours 5312874 +49 (0)30 901820"},
        {{TEXT("Conference ID: 5312874\nPIN: 1234#\nPhone: 0044 30 901820")}, "foreign 5312874"},
        {{TEXT("Conference ID: 5312874\nPIN: 1234#\nPhone: 130 901820")}, "foreign 5312874"},
        {{TEXT("Conference ID: 5312874\nPIN: 1234#"), PLACE("Telefon: 030 901820")},
         "ours 5312874"},
        {{TEXT("Conference ID: 5312874\nPIN: 1234#"), PLACE("Telefon: 030 901821")},
         "foreign 5312874"},
        {{TEXT("+44 20 7946 0000\nConference ID: 5312874\nPIN: 1234#"), PLACE("+49 30 901820")},
         "foreign 5312874 +44 20 7946 0000"},
        {{TEXT("Conference ID: 5312874\nPIN: 1234#"), PLACE("+49 30 901820,,93907123#")},
         "ours 93907123 +49 30 901820 (foreign 5312874 in text)"},
        /* the number is another ID's */
        {{TEXT("+44 20 7946 0000\nConference ID: 5312874\nPIN: 1234#\n+49 30 901820\n"
               "Conference ID: 93907123")},
         "ours 93907123 +49 30 901820 (foreign 5312874 in text)"},
        {{TEXT("+49 30 901820\nConference ID: 93907123\n+44 20 7946 0000\n"
               "Conference ID: 5312874\nGuest PIN: 1234")},
         "ours 93907123 +49 30 901820 (foreign 5312874 in text)"},
        {{TEXT("+44 20 7946 0000,,5312874#\nPIN: 1234#\n+49 30 901820 is our office")},
         "foreign 5312874 +44 20 7946 0000"},
        /* the service is known */
        {{TEXT("Conference ID: 5312874\nPIN: 1234#\nPhone: +49 30 901820"),
          PLACE("https://zoom.us/j/1")},
         "foreign 5312874 +49 30 901820 of Zoom"},
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
        {{TEXT("Conference ID: 93907123\n\nDe\xC2\xA0: Carol\nEnvoy\xC3\xA9\xC2\xA0: lundi\n"
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

/* A line that names who wrote what follows, as mail programs put it above a reply's quotation. */
static void own_goes_before_replied_to(void **state)
{
#define OWN "Conference ID: 93907123\n\n"
#define REPLIED_TO "\n\n+1 323-849-4874,,766918553#"
#define QUOTED "ours 93907123 (quoted 766918553 in text)"
#define NOT_QUOTED "ours 766918553 +1 323-849-4874 (93907123 in text)"
    static const struct judging_case cases[] = {
        {{TEXT(OWN "On Mon, 2 Nov 2026 at 10:00 Bob wrote:" REPLIED_TO)}, QUOTED},
        {{TEXT(OWN "Am 02.11.2026 um 10:00 schrieb Bob <bob@example.org>: \r" REPLIED_TO)}, QUOTED},
        {{TEXT(OWN "Le 2 nov. 2026, Bob a écrit\xC2\xA0:" REPLIED_TO)}, QUOTED},
        {{TEXT(OWN "bob@example.org wrote:" REPLIED_TO)}, QUOTED},
        {{TEXT(OWN "Op 2 nov. 2026 schreef Bob:\n \n> +1 323-849-4874,,766918553#")}, QUOTED},
        {{TEXT("On 2 November Bob wrote:\n\n> +1 323-849-4874,,766918553#\n\n" OWN)}, QUOTED},
        {{TEXT("> On 2 November Bob wrote:\n" OWN "> +1 323-849-4874,,766918553#")}, QUOTED},
        {{TEXT("On 2 November Bob wrote:" REPLIED_TO)}, "ours 766918553 +1 323-849-4874"},
        {{TEXT(OWN "As Bob wrote:" REPLIED_TO)}, NOT_QUOTED},
        {{TEXT(OWN "On 2 November Bob wrote a plan." REPLIED_TO)}, NOT_QUOTED},
        {{TEXT(OWN "On 2 November Bob said:" REPLIED_TO)}, NOT_QUOTED},
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
    (void)state;
    expect(cases, COUNT(cases));
    assert_int_equal(dial_in_place_of("X-MICROSOFT-ONLINEMEETINGCONFERENCEID"), DIAL_IN_PLACE_ID);
    assert_int_equal(dial_in_place_of("X-MICROSOFT-ONLINEMEETINGTOLLNUMBER"), DIAL_IN_PLACE_NUMBER);
    assert_int_equal(dial_in_place_of("X-MICROSOFT-SKYPETEAMSMEETINGURL"), DIAL_IN_PLACE_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_services_are_foreign),
        cmocka_unit_test(forms_of_the_field_are_foreign),
        cmocka_unit_test(forms_of_the_family_are_ours),
        cmocka_unit_test(a_heading_over_nothing_is_told),
        cmocka_unit_test(an_id_behind_our_number_is_ours),
        cmocka_unit_test(a_pin_beside_our_number_is_ours),
        cmocka_unit_test(own_goes_before_forwarded),
        cmocka_unit_test(own_goes_before_replied_to),
        cmocka_unit_test(what_is_left_aside_is_told),
        cmocka_unit_test(places_for_machines_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
