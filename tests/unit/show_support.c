/*
 * Sample meetings for the tests of show, and the comparison of screens.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct zone *sample_zone(struct arena *arena, const char *name)
{
    enum { ROOM = 65536 };
    char path[256], *bytes = arena_alloc(arena, ROOM);
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t size = fread(bytes, 1, ROOM, file);
    fclose(file);
    const struct zone *zone = NULL;
    if (zone_parse(arena, name, bytes, size, &zone, NULL) != ERR_OK)
        return NULL;
    return zone;
}

static enum err find_zone(void *self, const char *name, const struct zone **zone,
                          struct error *error)
{
    *zone = sample_zone(self, name);
    return *zone ? ERR_OK : error_set(error, ERR_INVALID, "zone", "no zone named %s", name);
}

struct zone_source sample_zones(struct arena *arena)
{
    return (struct zone_source){find_zone, arena};
}

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

/* All-day meetings come as days: their length in days of the calendar, whatever the clock does. */
static void set_times(struct arena *arena, struct meeting *meeting, const struct sample *sample)
{
    const struct zone *zone = sample_zone(arena, "Europe/Berlin");
    assert_non_null(zone);
    assert_true(local_parse_basic(sample->start, &meeting->start_local));
    meeting->tz = "Europe/Berlin";
    meeting->all_day = strlen(sample->start) == 8;
    meeting->duration = (int64_t)(sample->minutes ? sample->minutes : 60) * MINUTE;
    if (meeting->all_day && !sample->minutes)
        meeting->duration = DAY;
    zone_instant(zone, meeting->start_local, &meeting->start);
    meeting->end = meeting->start + meeting->duration;
    meeting->span_start = meeting->start;
    meeting->span_end = meeting->end;
}

/* Tells a record the other's title and start, if its risk is with that one. */
static void tell_title(struct occurrence *occurrence, const struct occurrence *other)
{
    const struct strings *with = &occurrence->risk_with;
    if (with->count == 0 || strcmp(with->items[0], other->meeting->uid) != 0)
        return;
    occurrence->risk_title = other->title;
    occurrence->risk_start = other->start;
}

void sample_add(struct arena *arena, struct occurrences *list, const struct sample *sample)
{
    struct meeting *meeting = arena_alloc(arena, sizeof *meeting);
    meeting->uid = sample->uid
                       ? sample->uid
                       : arena_format(arena, "%08zu-0000-4000-8000-000000000000", list->count);
    meeting->title = sample->title;
    meeting->organizer = sample->organizer ? sample->organizer : "ada@example.org";
    meeting->location = or_empty(sample->location);
    meeting->notes = or_empty(sample->notes);
    meeting->rrule = sample->rrule;
    meeting->conference_id = sample->id;
    meeting->id_kind = sample->id && !sample->kind ? ID_KIND_DYNAMIC : sample->kind;
    meeting->status = sample->cancelled ? MEETING_CANCELLED : MEETING_SCHEDULED;
    set_times(arena, meeting, sample);
    struct occurrence *occurrence = vector_push(arena, list);
    occurrence->meeting = meeting;
    occurrence->start = meeting->start;
    occurrence->end = meeting->end;
    occurrence->recurrence = meeting->start_local;
    occurrence->title = meeting->title;
    occurrence->location = meeting->location;
    occurrence->risk = sample->risk;
    if (sample->with)
        *vector_push(arena, &occurrence->risk_with) = sample->with;
    occurrence->risk_with_count = occurrence->risk_with.count;
    for (size_t i = 0; i < list->count; i++) {
        tell_title(&list->items[i], occurrence);
        tell_title(occurrence, &list->items[i]);
    }
}

struct occurrences sample_week(struct arena *arena)
{
    static const struct sample samples[] = {
        {.title = "Offsite", .start = "20261123", .minutes = 3 * 1440, .location = "Lisbon"},
        {.title = "Stand-up", .start = "20261123T090000", .minutes = 15, .id = "93907123"},
        {.uid = "budget",
         .title = "Budget review",
         .start = "20261124T090000",
         .id = "7654321",
         .kind = ID_KIND_STATIC,
         .risk = RISK_OVERLAP,
         .with = "hiring"},
        {.uid = "hiring",
         .title = "Hiring: second round of interviews",
         .start = "20261124T093000",
         .minutes = 90,
         .id = "7654321",
         .kind = ID_KIND_STATIC,
         .risk = RISK_OVERLAP,
         .with = "budget"},
        {.title = "Design review",
         .start = "20261124T140000",
         .minutes = 120,
         .id = "16353789",
         .location = "Room 4"},
        {.title = "Release night", .start = "20261124T230000", .minutes = 180, .id = "48151623"},
        {.title = "Sync with 東京オフィス",
         .start = "20261125T080000",
         .minutes = 30,
         .id = "29384756"},
        {.title = "Vendor call",
         .start = "20261125T110000",
         .id = "7654321",
         .kind = ID_KIND_STATIC,
         .risk = RISK_LEGACY},
        {.title = "Café chat 👩‍👩‍👧 with José",
         .start = "20261126T100000",
         .id = "50505123"},
        {.title = "פגישה עם הצוות", .start = "20261126T100000", .minutes = 45, .id = "61728394"},
        {.title = "evil \033[31mred\033[0m \342\200\256drowssap",
         .start = "20261126T103000",
         .id = "83726151"},
        {.title = "Town hall",
         .start = "20261127T150000",
         .minutes = 90,
         .id = "72635441",
         .cancelled = true},
    };
    struct occurrences list = {0};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        sample_add(arena, &list, &samples[i]);
    return list;
}

struct organization sample_organization(void)
{
    return (struct organization){.name = "Example",
                                 .dynamic_since = 1790000000,
                                 .id_digits = 8,
                                 .quarantine_days = 365,
                                 .margin_minutes = 15,
                                 .early_minutes = 15,
                                 .grace_minutes = 30,
                                 .join_url = "https://meet.example.org/join?a=1&b=2"};
}

struct organizer sample_organizer(void)
{
    return (struct organizer){.uid = "ada",
                              .email = "ada@example.org",
                              .name = "Ada Lovelace",
                              .tz = "Europe/Berlin",
                              .lang = "en",
                              .dial_in = true,
                              .provider = PROVIDER_MICROSOFT,
                              .static_id = "7654321"};
}

struct invitation sample_invitation(struct arena *arena, const struct occurrence *occurrence)
{
    struct organization *organization = arena_alloc(arena, sizeof *organization);
    struct organizer *organizer = arena_alloc(arena, sizeof *organizer);
    struct number *numbers = arena_array(arena, 2, sizeof *numbers);
    *organization = sample_organization();
    *organizer = sample_organizer();
    numbers[0] = (struct number){
        .e164 = "+13238494874", .city = "Los Angeles", .country = "US", .is_default = true};
    *vector_push(arena, &numbers[0].langs) = "en";
    numbers[1] = (struct number){.e164 = "+18005551234", .toll_free = true, .country = "US"};
    return (struct invitation){.organization = organization,
                               .organizer = organizer,
                               .meeting = occurrence->meeting,
                               .occurrence = *occurrence,
                               .zone = sample_zone(arena, "Europe/Berlin"),
                               .lang = "en",
                               .has_dial_in = occurrence->meeting->conference_id != NULL,
                               .conference_id = occurrence->meeting->conference_id,
                               .toll = &numbers[0],
                               .toll_free = &numbers[1],
                               .join_url = organization->join_url};
}

int fixture_setup(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *fixture = arena_alloc(arena, sizeof *fixture);
    fixture->arena = arena;
    fixture->context = (struct show_context){
        .now = SAMPLE_NOW, .zone = sample_zone(arena, "Europe/Berlin"), .open_key = "Enter"};
    fixture->list = sample_week(arena);
    *state = fixture;
    return 0;
}

int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    return 0;
}

struct canvas *fixture_canvas(struct fixture *fixture, int cols, int rows, bool ascii)
{
    return canvas_new(fixture->arena, rows, cols, ascii);
}

/* Without blank rows at the end. */
static size_t trimmed(const char *s)
{
    size_t n = strlen(s);
    while (n > 0 && s[n - 1] == '\n')
        n--;
    return n;
}

void text_check(const char *name, const char *actual, const char *expected)
{
    size_t n = trimmed(actual);
    if (getenv("SHOW_DUMP")) {
        printf("@@ %s\n%.*s\n@@\n", name, (int)n, actual);
        return;
    }
    if (n == trimmed(expected) && memcmp(actual, expected, n) == 0)
        return;
    print_error("%s: expected\n%s\nbut got\n%s\n", name, expected, actual);
    fail();
}
