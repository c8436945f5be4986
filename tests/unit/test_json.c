/*
 * The JSON documents: every promised key, texts that need escaping, times in the meeting's own
 * zone. And that what is written is JSON, whatever the texts are.
 */
#include "show/json_write.h"
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/utf8.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
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

/*
 * --- a strict reader (RFC 8259): each part gives the place behind it, or NULL --------------------
 */

static const char *read_string(const char *s, struct text *out)
{
    static const char letters[] = "\"\\bfnrt", signs[] = "\"\\\b\f\n\r\t";
    if (*s++ != '"')
        return NULL;
    while (*s && *s != '"') {
        const char *letter = *s == '\\' && s[1] ? strchr(letters, s[1]) : NULL;
        unsigned codepoint = 0;
        char utf8[4];
        if (*s != '\\') {
            text_add_byte(out, *s++);
        } else if (letter) {
            text_add_byte(out, signs[letter - letters]);
            s += 2;
        } else if (strspn(s + 2, "0123456789abcdefABCDEF") >= 4 &&
                   sscanf(s, "\\u%4x", &codepoint) == 1) {
            text_add_n(out, utf8, (size_t)utf8_put((int32_t)codepoint, utf8));
            s += 6;
        } else {
            return NULL;
        }
    }
    return *s ? s + 1 : NULL;
}

static const char *read_word(const char *s)
{
    static const char digits[] = "0123456789", *const words[] = {"null", "true", "false"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(s, words[i], strlen(words[i])) == 0)
            return s + strlen(words[i]);
    s += *s == '-';
    size_t whole = strspn(s, digits), part = 0;
    if (whole == 0 || (*s == '0' && whole > 1))
        return NULL;
    s += whole;
    if (*s == '.') {
        part = strspn(s + 1, digits);
        s += part ? 1 + part : 0;
    }
    if (*s == 'e') {
        s += s[1] == '-' ? 2 : 1;
        part = strspn(s, digits);
        s += part;
        return part ? s : NULL;
    }
    return s;
}

static const char *read_value(struct arena *arena, const char *s)
{
    char end = *s == '{' ? '}' : ']';
    struct strings keys = {0};
    struct text text = text_start(arena);
    if (*s == '"')
        return read_string(s, &text);
    if (*s != '{' && *s != '[')
        return read_word(s);
    if (s[1] == end)
        return s + 2;
    do {
        s++;
        if (end == '}') {
            text = text_start(arena);
            s = read_string(s, &text);
            if (!s || *s++ != ':' || strings_hold(&keys, text.bytes))
                return NULL;
            *vector_push(arena, &keys) = text.bytes;
        }
        s = read_value(arena, s);
    } while (s && *s == ',');
    return s && *s == end ? s + 1 : NULL;
}

/* One line of JSON in which nothing drives a terminal. */
static bool is_document(const char *document)
{
    struct arena *arena = arena_new();
    const char *s = document, *end = read_value(arena, document);
    bool sound = end && strcmp(end, "\n") == 0;
    while (sound && s < end)
        sound = !utf8_unsafe(utf8_next(&s, end));
    arena_free(arena);
    return sound;
}

static void check_document(const char *name, const char *actual, const char *expected)
{
    assert_true(is_document(actual));
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

static void admissions(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct admission admission = {.verdict = ADMISSION_ADMIT,
                                  .why = ADMISSION_WHY_ON,
                                  .room = "m-budget",
                                  .until = 60,
                                  .lang = "en"};
    DOCUMENT(json_admission(arena, &admission),
             "{\"verdict\":\"admit\",\"room\":\"m-budget\",\"until\":60,"
             "\"from\":null,\"lang\":\"en\",\"why\":\"on\"}\n");
    admission = (struct admission){
        .verdict = ADMISSION_EARLY, .why = ADMISSION_WHY_BEFORE, .from = 1795425300, .lang = "en"};
    DOCUMENT(json_admission(arena, &admission),
             "{\"verdict\":\"early\",\"room\":null,\"until\":null,"
             "\"from\":\"2026-11-23T09:15:00+00:00\",\"lang\":\"en\",\"why\":\"before\"}\n");
}

/* A long list is printed in parts: they are the whole, however many meetings each has. */
static void a_list_in_parts(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct zone_source zones = sample_zones(arena);
    const struct occurrences *list = &fixture->list;
    const char *whole = json_meetings(arena, list, 0, list->count, true, &zones);
    assert_true(is_document(whole));
    for (size_t part = 1; part <= list->count + 1; part++) {
        struct text parts = text_start(arena);
        for (size_t first = 0; first < list->count; first += part)
            text_add(&parts, json_meetings(arena, list, first, part, true, &zones));
        assert_string_equal(parts.bytes, whole);
    }
}

/* Several columns may have a title of which nothing counts. A member of an object has a name. */
static void columns_without_a_title(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    static const char *const titles[] = {"Mail", "", "a\xFF\n", ""}, *const uses[4] = {"email"};
    struct directory_report report = {.encoding = "UTF-8", .separator = ';'};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        *vector_push(arena, &report.columns) = titles[i];
        *vector_push(arena, &report.uses) = uses[i];
    }
    DOCUMENT(json_directory_import(arena, &report),
             "{\"read\":0,\"added\":0,\"changed\":0,\"unchanged\":0,\"rejected\":0,\"disabled\":0,"
             "\"encoding\":\"UTF-8\",\"separator\":\";\",\"columns\":{\"Mail\":\"email\",\"\":null,"
             "\"a\\\\xff\\\\x0a\":null},\"changes\":[],\"errors\":[],\"notes\":[]}\n");
}

/*
 * --- the writer ----------------------------------------------------------------------------------
 */

static void texts(void **state)
{
    static const char *const cases[][2] = {
        {NULL, "null"},
        {"", "\"\""},
        {"~ }", "\"~ }\""},
        {"a\"b", "\"a\\\"b\""},
        {"a\\", "\"a\\\\\""},
        {"\b\f\n\r\t/", "\"\\b\\f\\n\\r\\t/\""},
        {"\x01\x1f\x7f", "\"\\u0001\\u001F\\u007f\""},
        {"\xC2\x9B\u202e\u2028", "\"\\u009b\\u202e\\u2028\""},
        {"français \U0001F600", "\"français \U0001F600\""},
        {"é\"é\n", "\"é\\\"é\\n\""},
        /* the store lets none of these in; the document would stay valid all the same */
        {"a\xFF z", "\"a\\\\xff z\""},
        {"\"é\n\xC2\x9B\xED\xA0\x80", "\"\\\"é\\n\\\\x9b\\\\xed\\\\xa0\\\\x80\""},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text *json = json_start(fixture->arena, '{');
        const char *key = cases[i][0] ? cases[i][0] : "";
        json_text(json, key, cases[i][0]);
        DOCUMENT(json_finish(json, '}'),
                 arena_format(fixture->arena, "{%s:%s}\n",
                              key == cases[i][0] ? cases[i][1] : "\"\"", cases[i][1]));
    }
}

/* What is read is what was written. */
static void every_character(void **state)
{
    struct fixture *fixture = *state;
    struct text all = text_start(fixture->arena), read = text_start(fixture->arena);
    for (int32_t codepoint = 1; codepoint < 0x30000; codepoint++) {
        char utf8[4];
        if (codepoint < 0xD800 || codepoint > 0xDFFF)
            text_add_n(&all, utf8, (size_t)utf8_put(codepoint, utf8));
    }
    const char *document = json_message(fixture->arena, all.bytes);
    assert_true(is_document(document));
    assert_non_null(read_string(document + strlen("{\"message\":"), &read));
    assert_string_equal(read.bytes, all.bytes);
}

static void any_bytes(void **state)
{
    struct fixture *fixture = *state;
    unsigned drawn = 1;
    for (int i = 0; i < 3000; i++) {
        char s[12] = "";
        for (size_t n = 0; n < sizeof s - 1; n++) {
            drawn = drawn * 1103515245 + 12345;
            s[n] = (char)(drawn >> 16);
        }
        assert_true(is_document(json_message(fixture->arena, s)));
    }
}

static void numbers(void **state)
{
    struct fixture *fixture = *state;
    static const int64_t whole[] = {0, 7, -1, 10, 1234567890, INT64_MAX, INT64_MIN};
    static const double real[] = {0,     1,    0.5,     0.001,   1 / 9e7,  9e-5,
                                  1e-10, 1e20, DBL_MAX, DBL_MIN, INFINITY, NAN};
    struct text *json = json_start(fixture->arena, '[');
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        json_int(json, NULL, whole[i]);
    for (size_t i = 0; i < sizeof real / sizeof *real; i++)
        json_real(json, NULL, real[i]);
    DOCUMENT(json_finish(json, ']'),
             "[0,7,-1,10,1234567890,9223372036854775807,-9223372036854775808,"
             "0.0,1.0,0.5,0.001,1.1111111111111112e-8,9.0000000000000006e-5,1e-10,"
             "1e20,1.7976931348623157e308,2.2250738585072014e-308,null,null]\n");
}

static void nesting(void **state)
{
    struct fixture *fixture = *state;
    struct strings words = {0};
    struct text *json = json_start(fixture->arena, '{');
    json_texts(json, "none", &words);
    *vector_push(fixture->arena, &words) = ",";
    *vector_push(fixture->arena, &words) = "[";
    *vector_push(fixture->arena, &words) = NULL;
    json_texts(json, "{", &words);
    for (size_t i = 0; json_each(json, "no objects", i, 0); i++)
        fail();
    for (size_t i = 0; json_each(json, "objects", i, 2); i++)
        for (size_t k = 0; json_each(json, "each", k, i); k++)
            json_text(json, "key", "value");
    json_open(json, ",", '{');
    json_close(json, '}');
    json_open(json, "in", '[');
    json_open(json, NULL, '[');
    json_close(json, ']');
    json_open(json, NULL, '{');
    json_null(json, "a");
    json_bool(json, "b", true);
    json_time(json, "c", INSTANT_NEVER, zone_utc());
    json_time(json, "d", SAMPLE_NOW, zone_utc());
    json_close(json, '}');
    json_bool(json, NULL, false);
    json_close(json, ']');
    DOCUMENT(json_finish(json, '}'),
             "{\"none\":[],\"{\":[\",\",\"[\",null],\"no objects\":[],"
             "\"objects\":[{\"each\":[]},{\"each\":[{\"key\":\"value\"}]}],\",\":{},\"in\":[[],{"
             "\"a\":null,"
             "\"b\":true,\"c\":null,\"d\":\"2026-11-24T08:40:00+00:00\"},false]}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(meetings),        DRAWING_TEST(a_series),
        DRAWING_TEST(lookups),         DRAWING_TEST(conversions),
        DRAWING_TEST(the_directory),   DRAWING_TEST(what_happened),
        DRAWING_TEST(admissions),      DRAWING_TEST(a_list_in_parts),
        DRAWING_TEST(texts),           DRAWING_TEST(columns_without_a_title),
        DRAWING_TEST(every_character), DRAWING_TEST(any_bytes),
        DRAWING_TEST(numbers),         DRAWING_TEST(nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
