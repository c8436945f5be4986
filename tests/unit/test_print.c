/*
 * Text for people: what each command prints, aligned, with hostile text made safe.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

/* The screens as they are. */
/* clang-format off */
static const char meeting_text[] =
    "Budget review\n"
    "When:           Tue 24 Nov 2026 09:00–10:00 CET (Europe/Berlin)\n"
    "Conference ID:  7654321  (static: shared by the organizer's legacy meetings)\n"
    "Risk:           !! mixing risk: overlap with 'Hiring: second round of interviews' "
    "(Tue 24 Nov 2026 09:30 CET)\n"
    "Organizer:      ada@example.org\n"
    "UID:            budget\n";
static const char risk_text[] =
    "Budget review\n"
    "When:           Tue 24 Nov 2026 09:00–10:00 CET (Europe/Berlin)\n"
    "Conference ID:  7654321  (static: shared by the organizer's legacy meetings)\n"
    "Risk:           !! mixing risk: overlap with 'Hiring' (Tue 24 Nov 2026 09:30 CET) and 1 more\n"
    "Organizer:      ada@example.org\n"
    "UID:            budget\n";
static const char series_text[] =
    "Planning\\x0aConference ID: 11111111\n"
    "Status:         cancelled\n"
    "When:           Tue 24 Nov 2026 23:00 – Wed 25 Nov 2026 00:30 CET (Europe/Berlin)\n"
    "Repeats:        every week on Tue\n"
    "Conference ID:  93907123  (dynamic: this meeting's own)\n"
    "Organizer:      ada@example.org\n"
    "Attendees:      Grace Hopper <grace@example.org>, alan@example.org\n"
    "Told:           2 of 2 have not been told; 'dialdesk send 93907123' tells them\n"
    "Location:       Room 4\n"
    "UID:            9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d\n"
    "Notes:\n"
    "  Bring figures.\n"
    "\n"
    "  And \\x1b[31mcoffee.\n";
static const char all_day_text[] =
    "Offsite\n"
    "When:           Mon 23 Nov 2026 – Wed 25 Nov 2026, all day\n"
    "Conference ID:  none\n"
    "Organizer:      ada@example.org\n"
    "Location:       Lisbon\n"
    "UID:            00000000-0000-4000-8000-000000000000\n";
static const char agenda_text[] =
    "Mon 23 Nov 2026, Europe/Berlin\n"
    "  3 days                        Offsite                                   on now, Lisbon\n"
    "  09:00–09:15         93907123  Stand-up\n"
    "\n"
    "Tue 24 Nov 2026 (today), Europe/Berlin\n"
    "  09:00–10:00     !!  7654321   Budget review                             on now, mixing risk: overlaps Hiring: second round of interviews\n"
    "  09:30–11:00     !!  7654321   Hiring: second round of interviews        on now, mixing risk: overlaps Budget review\n"
    "  14:00–16:00         16353789  Design review                             Room 4\n"
    "  23:00–02:00 +1      48151623  Release night\n"
    "\n"
    "Wed 25 Nov 2026, Europe/Berlin\n"
    "  08:00–08:30         29384756  Sync with 東京オフィス\n"
    "  11:00–12:00     !   7654321   Vendor call                               legacy\n"
    "\n"
    "Thu 26 Nov 2026, Europe/Berlin\n"
    "  10:00–11:00         50505123  Café chat 👩‍👩‍👧 with José\n"
    "  10:00–10:45         61728394  פגישה עם הצוות\n"
    "  10:30–11:30         83726151  evil \\x1b[31mred\\x1b[0m \\u{202E}drowssap\n"
    "\n"
    "Fri 27 Nov 2026, Europe/Berlin\n"
    "  15:00–16:30         72635441  Town hall                                 cancelled\n";
static const char agenda_of_all[] =
    "Mon 23 Nov 2026, Europe/Berlin\n"
    "  3 days                        Offsite                                   ada@example.org  on now, Lisbon\n"
    "  09:00–09:15         93907123  Stand-up                                  ada@example.org\n"
    "\n"
    "Tue 24 Nov 2026 (today), Europe/Berlin\n"
    "  09:00–10:00     !!  7654321   Budget review                             ada@example.org  on now, mixing risk: overlaps Hiring: second round of interviews\n"
    "  09:30–11:00     !!  7654321   Hiring: second round of interviews        ada@example.org  on now, mixing risk: overlaps Budget review\n"
    "  14:00–16:00         16353789  Design review                             ada@example.org  Room 4\n"
    "  23:00–02:00 +1      48151623  Release night                             ada@example.org\n"
    "\n"
    "Wed 25 Nov 2026, Europe/Berlin\n"
    "  08:00–08:30         29384756  Sync with 東京オフィス                    ada@example.org\n"
    "  11:00–12:00     !   7654321   Vendor call                               ada@example.org  legacy\n"
    "\n"
    "Thu 26 Nov 2026, Europe/Berlin\n"
    "  10:00–11:00         50505123  Café chat 👩‍👩‍👧 with José                    ada@example.org\n"
    "  10:00–10:45         61728394  פגישה עם הצוות                            ada@example.org\n"
    "  10:30–11:30         83726151  evil \\x1b[31mred\\x1b[0m \\u{202E}drowssap  ada@example.org\n"
    "\n"
    "Fri 27 Nov 2026, Europe/Berlin\n"
    "  15:00–16:30         72635441  Town hall                                 ada@example.org  cancelled\n";
static const char found_text[] =
    "Mon 23 Nov 2026  3 days                        Offsite                                   Ada Lovelace  on now\n"
    "Mon 23 Nov 2026  09:00–09:15 CET     93907123  Stand-up                                  Ada Lovelace             with grace@example.org\n"
    "Tue 24 Nov 2026  09:00–10:00 CET     7654321   Budget review                             Ada Lovelace  on now\n"
    "Tue 24 Nov 2026  09:30–11:00 CET     7654321   Hiring: second round of interviews        Ada Lovelace  on now\n"
    "Tue 24 Nov 2026  14:00–16:00 CET     16353789  Design review                             Ada Lovelace\n"
    "Tue 24 Nov 2026  23:00–02:00 +1 CET  48151623  Release night                             Ada Lovelace\n"
    "Wed 25 Nov 2026  08:00–08:30 CET     29384756  Sync with 東京オフィス                    Ada Lovelace\n"
    "Wed 25 Nov 2026  11:00–12:00 CET     7654321   Vendor call                               Ada Lovelace\n"
    "Thu 26 Nov 2026  10:00–11:00 CET     50505123  Café chat 👩‍👩‍👧 with José                    Ada Lovelace\n"
    "Thu 26 Nov 2026  10:00–10:45 CET     61728394  פגישה עם הצוות                            Ada Lovelace\n"
    "Thu 26 Nov 2026  10:30–11:30 CET     83726151  evil \\x1b[31mred\\x1b[0m \\u{202E}drowssap  Ada Lovelace\n"
    "Fri 27 Nov 2026  15:00–16:30 CET     72635441  Town hall                                 Ada Lovelace  cancelled\n";
static const char legacy_text[] =
    "Static ID 7654321  ada@example.org\n"
    "  !!  Tue 24 Nov 2026  09:00–10:00 CET  budget    Budget review                       mixing risk: overlaps Hiring: second round of interviews\n"
    "  !!  Tue 24 Nov 2026  09:30–11:00 CET  hiring    Hiring: second round of interviews  mixing risk: overlaps Budget review\n"
    "  !   Wed 25 Nov 2026  11:00–12:00 CET  00000007  Vendor call                         legacy\n";
static const char lookup_text[] =
    "7654321: live\n"
    "Organizer:      Ada Lovelace <ada@example.org>\n"
    "Kind:           static\n"
    "Callers from:   Tue 24 Nov 2026 08:45 CET\n"
    "Issued:         Mon 21 Sep 2026 16:13 CEST\n"
    "Retired:        Wed 18 Nov 2026 12:06 CET\n"
    "Reserved until: Thu 18 Nov 2027 12:06 CET\n"
    "\n"
    "Meetings\n"
    "  Mon 23 Nov 2026  09:00–09:15 CET  Stand-up                            ada@example.org  ended\n"
    "  Tue 24 Nov 2026  09:00–10:00 CET  Budget review                       ada@example.org  on now, !! overlap\n"
    "  Tue 24 Nov 2026  09:30–11:00 CET  Hiring: second round of interviews  ada@example.org  on now, !! overlap\n"
    "\n"
    "Moved to another ID\n"
    "  Tue 24 Nov 2026  14:00–16:00 CET  Design review  ada@example.org  now 16353789\n"
    "\n"
    "Say: It is on now.\n";
static const char unknown_text[] =
    "123\\x1b[4 45: unknown\n"
    "\n"
    "Near misses (for your eyes, not to be read out)\n"
    "  93907123  Mon 23 Nov 2026  08:00–08:15 UTC  Stand-up                            ada@example.org  upcoming, one digit wrong\n"
    "  93907123  Tue 24 Nov 2026  08:00–09:00 UTC  Budget review                       ada@example.org  upcoming, two digits swapped\n"
    "  93907123  Tue 24 Nov 2026  08:30–10:00 UTC  Hiring: second round of interviews  ada@example.org  upcoming, a digit left out\n"
    "  93907123  Tue 24 Nov 2026  13:00–15:00 UTC  Design review                       ada@example.org  upcoming, a digit too many\n"
    "\n"
    "Say: Please read it again.\n";
static const char conversions_text[] =
    "7654321 → 93907123  Budget review  12 reminders  budget\n"
    "0042 → 16353789     Hiring         1 reminder    hiring\n";
static const char organizer_text[] =
    "E-mail:         grace@example.org\n"
    "Name:           グレース\n"
    "Time zone:      Europe/Berlin\n"
    "Language:       en\n"
    "Dial-in:        on\n"
    "Provider:       third-party\n"
    "Static ID:      none\n"
    "Third party:    Acme\n"
    "Its passcode:   4711\n"
    "Callers:        Dial-in conferencing is on, but the provider is a third party and not Microsoft.\n";
static const char organizers_text[] =
    "ada@example.org    Ada Lovelace  dial-in on  microsoft    7654321  Europe/Berlin  3 legacy, "
    "1 at risk, without end\n"
    "grace@example.org  グレース      dial-in on  third-party  -        Europe/Berlin\n";
static const char numbers_text[] =
    "+1 323-849-4874  toll       US  Los Angeles  en  default\n"
    "+1 800-555-1234  toll-free  US\n";
static const char organization_text[] =
    "Name:           Example\n"
    "Dynamic IDs:    since Mon 21 Sep 2026 16:13 CEST\n"
    "ID digits:      8\n"
    "Quarantine:     365 days\n"
    "Risk margin:    15 minutes\n"
    "Early entry:    15 minutes\n"
    "Grace:          30 minutes\n"
    "Told unasked:   nothing\n"
    "Join URL:       https://meet.example.org/join?a=1&b=2\n"
    "Live IDs:       1234  (a random guess hits 1 time in 72933)\n";
static const char history_text[] =
    "Mon 21 Sep 2026 16:13 CEST  root  id issued       7654321            for ada@example.org\n"
    "Wed 18 Nov 2026 12:06 CET   ada   meeting edited  7654321  budget-r  title: a\\x0a\\x1b[2J\n";
static const char import_text[] =
    "5 read: 3 added, 1 updated, 0 unchanged, 1 rejected\n"
    "2 of them on a static ID (see: dialdesk legacy)\n"
    "Rejected:\n"
    "  a.ics:17: no DTSTART (x@y)\n"
    "Worth a look:\n"
    "  a.ics:40: a copied dial-in block\n";
/* clang-format on */

static void one_meeting(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct zone_source zones = sample_zones(arena);
    sample_add(arena, &fixture->list,
               &(struct sample){.uid = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
                                .title = "Planning\nConference ID: 11111111",
                                .start = "20261124T230000",
                                .minutes = 90,
                                .id = "93907123",
                                .location = "Room 4",
                                .cancelled = true,
                                .rrule = "FREQ=WEEKLY;BYDAY=TU",
                                .notes = "Bring figures.\n\nAnd \033[31mcoffee.\n"});
    struct attendee attendees[] = {{.email = "grace@example.org", .name = "Grace Hopper"},
                                   {.email = "alan@example.org", .name = ""}};
    struct meeting meeting = *fixture->list.items[12].meeting;
    meeting.attendees.items = attendees;
    meeting.attendees.count = 2;
    fixture->list.items[12].meeting = &meeting;
    TEXT(text_meeting(arena, &fixture->list.items[2], &zones), meeting_text);
    struct occurrence mixed = fixture->list.items[2];
    *vector_push(arena, &mixed.risk_with) = "another";
    mixed.risk_with_count = mixed.risk_with.count;
    mixed.risk_title = "Hiring";
    mixed.risk_start = mixed.start + 30 * MINUTE;
    TEXT(text_meeting(arena, &mixed, &zones), risk_text);
    TEXT(text_meeting(arena, &fixture->list.items[12], &zones), series_text);
    TEXT(text_meeting(arena, &fixture->list.items[0], &zones), all_day_text);
}

static void lists(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    const struct zone *zone = fixture->context.zone;
    TEXT(text_agenda(arena, &fixture->list, false, SAMPLE_NOW, zone), agenda_text);
    TEXT(text_agenda(arena, &fixture->list, true, SAMPLE_NOW, zone), agenda_of_all);
    struct zone_source zones = sample_zones(arena);
    struct found_meetings found = {0}, nothing = {0};
    for (size_t i = 0; i < fixture->list.count; i++)
        *vector_push(arena, &found) = (struct found_meeting){
            fixture->list.items[i], "Ada Lovelace", i == 1 ? "with grace@example.org" : ""};
    TEXT(text_found(arena, &found, SAMPLE_NOW, &zones), found_text);
    struct occurrences legacy = {0};
    for (size_t i = 0; i < fixture->list.count; i++)
        if (fixture->list.items[i].meeting->id_kind == ID_KIND_STATIC) {
            struct occurrence *item = vector_push(arena, &legacy);
            *item = fixture->list.items[i];
            item->uid_short = arena_format(arena, "%.8s", item->meeting->uid);
        }
    TEXT(text_legacy(arena, &legacy, zone), legacy_text);
    struct occurrences none = {0};
    assert_string_equal(text_agenda(arena, &none, false, SAMPLE_NOW, zone),
                        "Nothing is scheduled.\n");
    assert_string_equal(text_found(arena, &nothing, SAMPLE_NOW, &zones), "");
    assert_string_equal(text_legacy(arena, &none, zone), "No meeting is left on a static ID.\n");
}

static void lookups(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct organizer organizer = sample_organizer();
    struct id_record record = {.digits = "7654321",
                               .issued = 1790000000,
                               .retired_at = 1795000000,
                               .reserved_until = 1826536000};
    struct lookup lookup = {.query = "765-4321#",
                            .conference_id = "7654321",
                            .state = ID_STATE_LIVE,
                            .kind = ID_KIND_STATIC,
                            .organizer = &organizer,
                            .record = &record,
                            .say = "It is on now.",
                            .callers_from = fixture->list.items[2].start - 15 * MINUTE,
                            .at = SAMPLE_NOW,
                            .zone = fixture->context.zone};
    for (size_t i = 1; i < 4; i++)
        *vector_push(arena, &lookup.meetings) = fixture->list.items[i];
    *vector_push(arena, &lookup.moved) = (struct moved_meeting){fixture->list.items[4], "16353789"};
    TEXT(text_lookup(arena, &lookup), lookup_text);
    lookup = (struct lookup){.query = "123\033[4 45",
                             .conference_id = "",
                             .state = ID_STATE_UNKNOWN,
                             .say = "Please read it again.",
                             .callers_from = INSTANT_NEVER,
                             .at = SAMPLE_NOW};
    for (int slip = ID_SLIP_DIGIT; slip <= ID_SLIP_EXTRA; slip++)
        *vector_push(arena, &lookup.near) = (struct near_miss){
            "93907123", (enum id_slip)slip, ID_STATE_UPCOMING, fixture->list.items[slip]};
    TEXT(text_lookup(arena, &lookup), unknown_text);
}

static void the_directory(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct organizer items[2] = {sample_organizer(), sample_organizer()};
    items[1].email = "grace@example.org";
    items[1].name = "グレース";
    items[1].provider = PROVIDER_THIRD_PARTY;
    items[1].static_id = NULL;
    items[1].third_party_name = "Acme";
    items[1].third_party_passcode = "4711";
    struct organizers list = {items, 2, 2};
    TEXT(text_organizer(arena, &items[1]), organizer_text);
    struct legacy_lines legacy = {0};
    *vector_push(arena, &legacy) = (struct legacy_line){
        .organizer = "ada@example.org", .meetings = 3, .at_risk = 1, .last = INSTANT_NEVER};
    TEXT(text_organizers(arena, &list, &legacy, zone_utc()), organizers_text);
    struct numbers numbers = {0};
    struct invitation invitation = sample_invitation(arena, &fixture->list.items[2]);
    *vector_push(arena, &numbers) = *invitation.toll;
    *vector_push(arena, &numbers) = *invitation.toll_free;
    TEXT(text_numbers(arena, &numbers), numbers_text);
    struct organization organization = sample_organization();
    struct organization_figures figures = {1234, 1234 / 90000000.0};
    TEXT(text_organization(arena, &organization, &figures, fixture->context.zone),
         organization_text);
}

static void what_happened(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct conversions conversions = {0};
    *vector_push(arena, &conversions) =
        (struct conversion){"budget", "Budget review", "7654321", "93907123", 12};
    *vector_push(arena, &conversions) =
        (struct conversion){"hiring", "Hiring", "0042", "16353789", 1};
    TEXT(text_conversions(arena, &conversions), conversions_text);
    struct history_entries history = {0};
    *vector_push(arena, &history) = (struct history_entry){
        1790000000, "root", "id issued", "7654321", NULL, NULL, "for ada@example.org"};
    *vector_push(arena, &history) =
        (struct history_entry){1795000000,      "ada",      "meeting edited",   "7654321",
                               "budget-review", "budget-r", "title: a\n\033[2J"};
    TEXT(text_history(arena, &history, fixture->context.zone), history_text);
    struct import_report report = {.read = 5, .added = 3, .updated = 1, .rejected = 1, .legacy = 2};
    *vector_push(arena, &report.errors) = (struct import_error){"a.ics", 17, "x@y", "no DTSTART"};
    *vector_push(arena, &report.notes) =
        (struct import_error){"a.ics", 40, NULL, "a copied dial-in block"};
    TEXT(text_import(arena, &report), import_text);
}

static void brought_down_to_ascii(void **state)
{
    struct fixture *fixture = *state;
    static const char *const cases[][2] = {
        {"plain\n", "plain\n"},
        {"09:00–10:00 … 1 → 2\n", "09:00-10:00 ... 1 -> 2\n"},
        {"“Café” · 東京 👩‍👩‍👧\n", "\"Caf?\" . ?? ?\n"},
        {"e\xCC\x81\n\nx", "?\n\nx"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(text_to_ascii(fixture->arena, cases[i][0]), cases[i][1]);
}

/* \033 is written as ^ here. */
static void in_colours(void **state)
{
    struct fixture *fixture = *state;
    static const char *const cases[][2] = {
        {"", ""},
        {"plain\n", "plain\n"},
        {"Tue 24 Nov 2026\n  09:00  !!  7654321  Budget  mixing risk: overlaps Hiring\n",
         "^[1mTue 24 Nov 2026^[0m\n  09:00  ^[1;31m!!^[0m  7654321  Budget  "
         "^[1;31mmixing risk: overlaps Hiring^[0m\n"},
        {"  10:00  !  7654321  Vendor  legacy\n",
         "  10:00  ^[33m!^[0m  7654321  Vendor  ^[33mlegacy^[0m\n"},
        {"  11:00  legacy code  cancelled", "  11:00  legacy code  ^[2mcancelled^[0m"},
        {"Conference ID:  93907123\nRisk:  !! mixing risk\n",
         "^[1mConference ID:^[0m  93907123\n^[1mRisk:^[0m  ^[1;31m!!^[0m mixing risk\n"},
        {"Notes:\n  x\n", "^[1mNotes:^[0m\n  x\n"},
        {"http://x\n", "http://x\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *colored = text_color(fixture->arena, cases[i][0]);
        for (char *at = colored; *at; at++)
            if (*at == '\033')
                *at = '^';
        assert_string_equal(colored, cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(one_meeting),   DRAWING_TEST(lists),
        DRAWING_TEST(lookups),       DRAWING_TEST(the_directory),
        DRAWING_TEST(what_happened), DRAWING_TEST(brought_down_to_ascii),
        DRAWING_TEST(in_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
