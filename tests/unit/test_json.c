/*
 * The JSON documents: every promised key, texts that need escaping, times in the meeting's own
 * zone.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <string.h>

/* The screens as they are. */
/* clang-format off */
static const char meeting_document[] =
    "{\"uid\":\"budget\",\"title\":\"Budget review\",\"organizer\":\"ada@example.org\",\"start\":\"2026-11-24T09:00:00+01:00\",\"end\":\"2026-11-24T10:00:00+01:00\",\"tz\":\"Europe/Berlin\",\"all_day\":false,\"status\":\"scheduled\",\"conference_id\":\"7654321\",\"id_kind\":\"static\",\"foreign_dial_in\":null,\"invited_by\":null,\"answer\":null,\"risk\":\"overlap\",\"risk_with\":[\"hiring\"],\"risk_with_count\":1,\"recurrence\":null,\"attendees\":[],\"replies\":{\"yes\":0,\"no\":0,\"maybe\":0,\"open\":0},\"untold\":[],\"location\":\"\",\"notes\":\"\",\"sequence\":0,\"left_untold\":[],\"occurrence_replies\":[],\"warnings\":[\"overlaps \\\"Hiring\\\"\"]}\n";
static const char series_document[] =
    "[{\"uid\":\"00000000-0000-4000-8000-000000000000\",\"title\":\"Weekly\",\"organizer\":\"ada@example.org\",\"start\":\"2026-10-20T09:00:00+02:00\",\"end\":\"2026-10-20T10:00:00+02:00\",\"nearest\":{\"start\":\"2026-10-27T10:00:00+01:00\",\"end\":\"2026-10-27T11:00:00+01:00\"},\"tz\":\"Europe/Berlin\",\"all_day\":false,\"status\":\"scheduled\",\"conference_id\":\"93907123\",\"id_kind\":\"dynamic\",\"foreign_dial_in\":null,\"invited_by\":null,\"answer\":null,\"risk\":null,\"risk_with\":[],\"risk_with_count\":0,\"recurrence\":\"FREQ=WEEKLY\",\"attendees\":[],\"replies\":{\"yes\":0,\"no\":0,\"maybe\":0,\"open\":0},\"untold\":[],\"location\":\"Room 4\",\"notes\":\"\",\"sequence\":0}]\n";
static const char series_occurrence[] =
    "[{\"uid\":\"00000000-0000-4000-8000-000000000000\",\"title\":\"Weekly, moved\",\"organizer\":\"ada@example.org\",\"start\":\"2026-10-27T10:00:00+01:00\",\"end\":\"2026-10-27T11:00:00+01:00\",\"occurrence\":\"2026-10-27T09:00:00+01:00\",\"changed\":false,\"tz\":\"Europe/Berlin\",\"all_day\":false,\"status\":\"scheduled\",\"conference_id\":\"93907123\",\"id_kind\":\"dynamic\",\"foreign_dial_in\":null,\"invited_by\":null,\"answer\":null,\"risk\":null,\"risk_with\":[],\"risk_with_count\":0,\"recurrence\":\"FREQ=WEEKLY\",\"attendees\":[],\"replies\":{\"yes\":0,\"no\":0,\"maybe\":0,\"open\":0},\"untold\":[],\"location\":\"Room 4\",\"notes\":\"\",\"sequence\":0}]\n";
static const char hostile_title[] =
    "[{\"uid\":\"00000010-0000-4000-8000-000000000000\",\"title\":\"evil \\u001B[31mred\\u001B[0m \\u202edrowssap\",\"organizer\":\"ada@example.org\",\"start\":\"2026-11-26T10:30:00+01:00\",\"end\":\"2026-11-26T11:30:00+01:00\",\"tz\":\"Europe/Berlin\",\"all_day\":false,\"status\":\"scheduled\",\"conference_id\":\"83726151\",\"id_kind\":\"dynamic\",\"foreign_dial_in\":null,\"invited_by\":null,\"answer\":null,\"risk\":null,\"risk_with\":[],\"risk_with_count\":0,\"recurrence\":null,\"attendees\":[],\"replies\":{\"yes\":0,\"no\":0,\"maybe\":0,\"open\":0},\"untold\":[],\"location\":\"\",\"notes\":\"\",\"sequence\":0}]\n";
static const char lookup_document[] =
    "{\"query\":\"765-4321#\",\"conference_id\":\"7654321\",\"state\":\"live\",\"id_kind\":\"static\",\"organizer\":\"ada@example.org\",\"holds\":null,\"meetings\":[{\"uid\":\"budget\",\"title\":\"Budget review\",\"organizer\":\"ada@example.org\",\"start\":\"2026-11-24T09:00:00+01:00\",\"end\":\"2026-11-24T10:00:00+01:00\",\"tz\":\"Europe/Berlin\",\"all_day\":false,\"status\":\"scheduled\",\"conference_id\":\"7654321\",\"id_kind\":\"static\",\"foreign_dial_in\":null,\"invited_by\":null,\"answer\":null,\"risk\":\"overlap\",\"risk_with\":[\"hiring\"],\"risk_with_count\":1,\"recurrence\":null,\"attendees\":[],\"replies\":{\"yes\":0,\"no\":0,\"maybe\":0,\"open\":0},\"untold\":[],\"location\":\"\",\"notes\":\"\",\"sequence\":0}],\"moved\":[{\"meeting\":{\"uid\":\"00000004-0000-4000-8000-000000000000\",\"title\":\"Design review\",\"organizer\":\"ada@example.org\",\"start\":\"2026-11-24T14:00:00+01:00\",\"end\":\"2026-11-24T16:00:00+01:00\",\"tz\":\"Europe/Berlin\",\"all_day\":false,\"status\":\"scheduled\",\"conference_id\":\"16353789\",\"id_kind\":\"dynamic\",\"foreign_dial_in\":null,\"invited_by\":null,\"answer\":null,\"risk\":null,\"risk_with\":[],\"risk_with_count\":0,\"recurrence\":null,\"attendees\":[],\"replies\":{\"yes\":0,\"no\":0,\"maybe\":0,\"open\":0},\"untold\":[],\"location\":\"Room 4\",\"notes\":\"\",\"sequence\":0},\"new_id\":\"16353789\"}],\"replaced_by\":null,\"near\":[{\"conference_id\":\"7654312\",\"slip\":\"swap\",\"state\":\"upcoming\",\"meeting\":{\"uid\":\"00000007-0000-4000-8000-000000000000\",\"title\":\"Vendor call\",\"organizer\":\"ada@example.org\",\"start\":\"2026-11-25T11:00:00+01:00\",\"end\":\"2026-11-25T12:00:00+01:00\",\"tz\":\"Europe/Berlin\",\"all_day\":false,\"status\":\"scheduled\",\"conference_id\":\"7654321\",\"id_kind\":\"static\",\"foreign_dial_in\":null,\"invited_by\":null,\"answer\":null,\"risk\":\"legacy\",\"risk_with\":[],\"risk_with_count\":0,\"recurrence\":null,\"attendees\":[],\"replies\":{\"yes\":0,\"no\":0,\"maybe\":0,\"open\":0},\"untold\":[],\"location\":\"\",\"notes\":\"\",\"sequence\":0}}],\"say\":\"It is on now.\",\"lang\":\"en\",\"tell\":[{\"uid\":\"budget\",\"say\":\"It is open.\"}],\"callers_from\":\"2026-11-24T08:45:00+01:00\",\"dial_in\":[{\"number\":\"+13238494874\",\"shown\":\"+1 323-849-4874\",\"toll_free\":false,\"city\":\"Los Angeles\",\"country\":\"US\",\"langs\":[\"en\"],\"default\":true}],\"at\":\"2026-11-24T09:40:00+01:00\",\"issued\":\"2026-09-21T14:13:20+00:00\",\"retired\":null,\"reserved_until\":null}\n";
static const char invalid_lookup[] =
    "{\"query\":\"hello\",\"conference_id\":null,\"state\":\"invalid\",\"id_kind\":\"none\",\"organizer\":null,\"holds\":null,\"meetings\":[],\"moved\":[],\"replaced_by\":null,\"near\":[],\"say\":\"Please read the digits.\",\"lang\":\"ja\",\"tell\":[],\"callers_from\":null,\"dial_in\":[],\"at\":\"2026-11-24T08:40:00+00:00\",\"issued\":null,\"retired\":null,\"reserved_until\":null}\n";
static const char conversions_document[] =
    "[{\"uid\":\"budget\",\"title\":\"Budget review\",\"old_id\":\"7654321\",\"new_id\":\"93907123\",\"reminders\":12}]\n";
static const char organizer_document[] =
    "{\"email\":\"ada@example.org\",\"aliases\":[],\"name\":\"Ada Lovelace\",\"tz\":\"Europe/Berlin\",\"dial_in\":true,\"provider\":\"microsoft\",\"static_id\":\"7654321\",\"lang\":\"en\",\"obstacle\":null}\n";
static const char third_party_document[] =
    "[{\"email\":\"ada@example.org\",\"aliases\":[],\"name\":\"Ada Lovelace\",\"tz\":\"Europe/Berlin\",\"dial_in\":true,\"provider\":\"third-party\",\"static_id\":null,\"lang\":\"en\",\"obstacle\":\"Dial-in conferencing is on, but the provider is a third party and not Microsoft.\",\"third_party\":{\"name\":null,\"number\":\"+4930123456\",\"toll_free\":null,\"passcode\":null},\"legacy\":0,\"at_risk\":0,\"last\":null}]\n";
static const char numbers_document[] =
    "[{\"number\":\"+13238494874\",\"shown\":\"+1 323-849-4874\",\"toll_free\":false,\"city\":\"Los Angeles\",\"country\":\"US\",\"langs\":[\"en\"],\"default\":true}]\n";
static const char organization_document[] =
    "{\"name\":\"Example\",\"dynamic_ids_since\":\"2026-09-21T16:13:20+02:00\",\"id_digits\":8,\"quarantine_days\":365,\"margin_minutes\":15,\"early_minutes\":15,\"grace_minutes\":30,\"tell\":\"nothing\",\"join_url\":\"https://meet.example.org/join?a=1&b=2\",\"live_ids\":90000,\"guess_probability\":0.001}\n";
static const char before_cut_over[] =
    "{\"name\":\"Example\",\"dynamic_ids_since\":null,\"id_digits\":8,\"quarantine_days\":365,\"margin_minutes\":15,\"early_minutes\":15,\"grace_minutes\":30,\"tell\":\"nothing\",\"join_url\":null,\"live_ids\":90000,\"guess_probability\":0.001}\n";
static const char history_document[] =
    "[{\"at\":\"2026-09-21T14:13:20+00:00\",\"actor\":\"root\",\"event\":\"id issued\",\"conference_id\":\"7654321\",\"uid\":null,\"detail\":\"for ada@example.org\"}]\n";
static const char import_document[] =
    "{\"read\":5,\"added\":3,\"updated\":1,\"unchanged\":0,\"rejected\":1,\"legacy\":2,\"foreign\":0,\"with_id\":0,\"without_id\":0,\"numbers\":[],\"replies\":0,\"other_messages\":0,\"stopped\":false,\"errors\":[{\"file\":\"a.ics\",\"line\":17,\"uid\":null,\"why\":\"no DTSTART\"}],\"notes\":[]}\n";
static const char findings_document[] =
    "{\"findings\":[\"the ID 93907123 is within a slip of 93907132\"]}\n";
static const char error_document[] =
    "{\"error\":{\"what\":\"convert\",\"why\":\"it is not a legacy meeting\",\"status\":3}}\n";
/* clang-format on */

/* Each document is one line that a strict reader takes. */
static void check_document(const char *name, const char *actual, const char *expected)
{
    json_t *root = json_loads(actual, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    json_decref(root);
    assert_ptr_equal(strchr(actual, '\n'), actual + strlen(actual) - 1);
    text_check(name, actual, expected);
}
#define DOCUMENT(actual, name) check_document(#name, actual, name)

static void meetings(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct zone_source zones = sample_zones(arena);
    struct strings warnings = {0};
    *vector_push(arena, &warnings) = "overlaps \"Hiring\"";
    struct scheduled scheduled = {.meeting = fixture->list.items[2], .warnings = warnings};
    DOCUMENT(json_scheduled(arena, &scheduled, &zones), meeting_document);
    struct occurrences one = {&fixture->list.items[10], 1, 1};
    DOCUMENT(json_meetings(arena, &one, 0, 9, true, &zones), hostile_title);
    one.count = 0;
    assert_string_equal(json_meetings(arena, &one, 0, 9, true, &zones), "[]\n");
}

static void a_series(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct zone_source zones = sample_zones(arena);
    struct occurrences list = {0};
    sample_add(arena, &list,
               &(struct sample){.title = "Weekly",
                                .start = "20261020T090000",
                                .id = "93907123",
                                .rrule = "FREQ=WEEKLY",
                                .location = "Room 4"});
    /* The occurrence of the week after the clocks went back, moved by an hour. */
    struct occurrence *occurrence = &list.items[0];
    occurrence->recurrence = (struct local_time){2026, 10, 27, 9, 0, 0};
    zone_instant(fixture->context.zone, (struct local_time){2026, 10, 27, 10, 0, 0},
                 &occurrence->start);
    occurrence->end = occurrence->start + HOUR;
    occurrence->title = "Weekly, moved";
    DOCUMENT(json_meetings(arena, &list, 0, 9, true, &zones), series_occurrence);
    DOCUMENT(json_meetings(arena, &list, 0, 9, false, &zones), series_document);
}

static void lookups(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct zone_source zones = sample_zones(arena);
    struct organizer organizer = sample_organizer();
    struct id_record record = {.digits = "7654321",
                               .issued = 1790000000,
                               .retired_at = INSTANT_NEVER,
                               .reserved_until = INSTANT_NEVER};
    struct lookup lookup = {.query = "765-4321#",
                            .conference_id = "7654321",
                            .state = ID_STATE_LIVE,
                            .kind = ID_KIND_STATIC,
                            .organizer = &organizer,
                            .record = &record,
                            .lang = "en",
                            .say = "It is on now.",
                            .callers_from = fixture->list.items[2].start - 15 * MINUTE,
                            .at = SAMPLE_NOW,
                            .zone = fixture->context.zone};
    *vector_push(arena, &lookup.meetings) = fixture->list.items[2];
    *vector_push(arena, &lookup.moved) = (struct moved_meeting){fixture->list.items[4], "16353789"};
    *vector_push(arena, &lookup.near) =
        (struct near_miss){"7654312", ID_SLIP_SWAP, ID_STATE_UPCOMING, fixture->list.items[7]};
    *vector_push(arena, &lookup.tellings) =
        (struct telling){&lookup.meetings.items[0], "It is open."};
    *vector_push(arena, &lookup.dial_in) = *sample_invitation(arena, &fixture->list.items[2]).toll;
    DOCUMENT(json_lookup(arena, &lookup, &zones), lookup_document);
    lookup = (struct lookup){.query = "hello",
                             .conference_id = "",
                             .state = ID_STATE_INVALID,
                             .lang = "ja",
                             .say = "Please read the digits.",
                             .callers_from = INSTANT_NEVER,
                             .at = SAMPLE_NOW};
    DOCUMENT(json_lookup(arena, &lookup, &zones), invalid_lookup);
}

static void conversions(void **state)
{
    struct fixture *fixture = *state;
    struct conversions list = {0};
    *vector_push(fixture->arena, &list) =
        (struct conversion){"budget", "Budget review", "7654321", "93907123", 12};
    DOCUMENT(json_conversions(fixture->arena, &list), conversions_document);
}

static void the_directory(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct organizer organizer = sample_organizer();
    DOCUMENT(json_organizer(arena, &organizer), organizer_document);
    organizer.provider = PROVIDER_THIRD_PARTY;
    organizer.static_id = NULL;
    organizer.third_party_number = "+4930123456";
    struct organizers list = {&organizer, 1, 1};
    struct legacy_lines legacy = {0};
    DOCUMENT(json_organizers(arena, &list, &legacy), third_party_document);
    struct numbers numbers = {0};
    *vector_push(arena, &numbers) = *sample_invitation(arena, &fixture->list.items[2]).toll;
    DOCUMENT(json_numbers(arena, &numbers), numbers_document);
    struct organization organization = sample_organization();
    struct organization_figures figures = {90000, 0.001};
    DOCUMENT(json_organization(arena, &organization, &figures, fixture->context.zone),
             organization_document);
    organization.dynamic_since = INSTANT_NEVER;
    organization.join_url = NULL;
    DOCUMENT(json_organization(arena, &organization, &figures, fixture->context.zone),
             before_cut_over);
}

static void what_happened(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct history_entries list = {0};
    *vector_push(arena, &list) = (struct history_entry){
        1790000000, "root", "id issued", "7654321", NULL, NULL, "for ada@example.org"};
    DOCUMENT(json_history(arena, &list), history_document);
    struct import_report report = {.read = 5, .added = 3, .updated = 1, .rejected = 1, .legacy = 2};
    *vector_push(arena, &report.errors) = (struct import_error){"a.ics", 17, NULL, "no DTSTART"};
    DOCUMENT(json_import(arena, &report), import_document);
    struct strings findings = {0};
    *vector_push(arena, &findings) = "the ID 93907123 is within a slip of 93907132";
    DOCUMENT(json_findings(arena, &findings, &(struct strings){0}, NULL), findings_document);
    struct error error = {.code = ERR_REFUSED};
    error_set(&error, ERR_REFUSED, "convert", "it is not a legacy meeting");
    DOCUMENT(json_error(arena, &error), error_document);
    assert_string_equal(json_message(arena, "done"), "{\"message\":\"done\"}\n");
}

/* In pieces by hand: whatever the language is called, the document is valid. */
static void admissions(void **state)
{
    static const char *const langs[][2] = {
        {"en", "\"en\""},      {NULL, "null"},          {"", "\"\""},
        {"~ }", "\"~ }\""},    {"a\"b", "\"a\\\"b\""},  {"a\\b", "\"a\\\\b\""},
        {"a\nb", "\"a\\nb\""}, {"\x7f", "\"\\u007f\""}, {"français", "\"français\""},
    };
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct admission admission = {
        .verdict = ADMISSION_ADMIT, .why = ADMISSION_WHY_ON, .room = "m-budget", .until = 60};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        admission.lang = langs[i][0];
        DOCUMENT(json_admission(arena, &admission),
                 arena_format(arena,
                              "{\"verdict\":\"admit\",\"room\":\"m-budget\",\"until\":60,"
                              "\"from\":null,\"lang\":%s,\"why\":\"on\"}\n",
                              langs[i][1]));
    }
    admission = (struct admission){
        .verdict = ADMISSION_EARLY, .why = ADMISSION_WHY_BEFORE, .from = 1795425300, .lang = "en"};
    DOCUMENT(json_admission(arena, &admission),
             "{\"verdict\":\"early\",\"room\":null,\"until\":null,"
             "\"from\":\"2026-11-23T09:15:00+00:00\",\"lang\":\"en\",\"why\":\"before\"}\n");
}

/* The store lets none in; the document would stay valid all the same. */
static void invalid_utf8(void **state)
{
    struct fixture *fixture = *state;
    char *document = json_message(fixture->arena, "a\xFF z");
    assert_string_equal(document, "{\"message\":\"a\\\\xff z\"}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(meetings),    DRAWING_TEST(a_series),      DRAWING_TEST(lookups),
        DRAWING_TEST(conversions), DRAWING_TEST(the_directory), DRAWING_TEST(what_happened),
        DRAWING_TEST(admissions),  DRAWING_TEST(invalid_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
