/*
 * Writing iCalendar: what is written is read again as the same meeting; lines keep their length; nothing breaks out of its
 * property; what an imported event had beside is still there.
 */
#include "exchange/ical_block.h"
#include "exchange/ical_property.h"
#include "exchange/ical_read.h"
#include "support/zones_system.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libical/ical.h>

struct bench {
    struct arena *arena;
    struct zones_system *zones;
    struct text out;
    size_t taken; /* of out, by the reader */
    struct VECTOR(struct meeting) read;
    struct meeting *series; /* overrides go here */
    const char *organizer;
};

static int setup(void **state)
{
    struct arena *arena = arena_new();
    struct bench *bench = arena_alloc(arena, sizeof *bench);
    bench->arena = arena;
    bench->zones = zones_system_start();
    bench->out = text_start(arena);
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    zones_system_end(bench->zones);
    arena_free(bench->arena);
    return 0;
}

static struct meeting sample(void)
{
    return (struct meeting){.uid = "sample-1@example.org",
                            .organizer = "ada@example.org",
                            .title = "Budget",
                            .location = "",
                            .notes = "",
                            .start_local = {2026, 11, 24, 9, 0, 0},
                            .tz = "Europe/Berlin",
                            .duration = HOUR};
}

/* By libical's table of what RFC 5545 and RFC 5546 want where, and how often. */
static void assert_valid(const char *text)
{
    icalcomponent *calendar = icalparser_parse_string(text);
    assert_non_null(calendar);
    assert_int_equal(icalcomponent_count_errors(calendar), 0);
    assert_true(icalrestriction_check(calendar));
    assert_int_equal(icalcomponent_count_errors(calendar), 0);
    icalcomponent_free(calendar);
}

static const char *write_item(struct bench *bench, struct ical_item *item, enum ical_method method)
{
    struct ical_writing writing = {
        .method = method, .now = 1763974800, .zones = zones_system_source(bench->zones)};
    struct error error = {0};
    if (!item->zone)
        item->zone = zones_system_zone(bench->zones, item->meeting->tz);
    bench->out.length = 0;
    struct ical_writer *writer = ical_write_begin(bench->arena, &bench->out, &writing);
    assert_int_equal(ical_write_meeting(writer, item, &error), ERR_OK);
    ical_write_end(writer);
    assert_valid(bench->out.bytes);
    return bench->out.bytes;
}

static const char *write_meeting(struct bench *bench, const struct meeting *meeting)
{
    struct ical_item item = {.meeting = meeting};
    return write_item(bench, &item, ICAL_NO_METHOD);
}

/* --- reading back ------------------------------------------------------------------------------ */

static enum err take(void *self, char *bytes, size_t size, size_t *count, struct error *error)
{
    struct bench *bench = self;
    size_t left = bench->out.length - bench->taken;
    (void)error;
    *count = left < size ? left : size;
    memcpy(bytes, bench->out.bytes + bench->taken, *count);
    bench->taken += *count;
    return ERR_OK;
}

/* A copy that outlives the callback. */
static struct meeting keep(struct arena *arena, const struct meeting *from)
{
    struct meeting kept = *from;
    kept.uid = arena_copy(arena, from->uid);
    kept.title = arena_copy(arena, from->title);
    kept.location = arena_copy(arena, from->location);
    kept.notes = arena_copy(arena, from->notes);
    kept.tz = arena_copy(arena, from->tz);
    kept.rrule = arena_copy(arena, from->rrule);
    kept.conference_id = arena_copy(arena, from->conference_id);
    kept.ical = arena_copy(arena, from->ical);
    kept.rdates = kept.exdates = (struct local_times){0};
    for (size_t i = 0; i < from->rdates.count; i++)
        *vector_push(arena, &kept.rdates) = from->rdates.items[i];
    for (size_t i = 0; i < from->exdates.count; i++)
        *vector_push(arena, &kept.exdates) = from->exdates.items[i];
    kept.attendees = (struct attendees){0};
    for (size_t i = 0; i < from->attendees.count; i++)
        *vector_push(arena, &kept.attendees) =
            (struct attendee){arena_copy(arena, from->attendees.items[i].email),
                              arena_copy(arena, from->attendees.items[i].name)};
    return kept;
}

static enum err event_taken(void *self, const struct ical_event *event, struct error *error)
{
    struct bench *bench = self;
    (void)error;
    assert_string_equal(event->why ? event->why : "sound", "sound");
    if (event->is_override) {
        assert_true(bench->read.count > 0);
        struct meeting *series = &bench->read.items[bench->read.count - 1];
        ical_merge(bench->arena, series, zones_system_zone(bench->zones, series->tz), event);
        return ERR_OK;
    }
    *vector_push(bench->arena, &bench->read) = keep(bench->arena, &event->meeting);
    bench->organizer = arena_copy(bench->arena, event->organizer);
    return ERR_OK;
}

static const struct meeting *read_back(struct bench *bench)
{
    struct ical_reading reading = {.name = "test",
                                   .floating = zones_system_zone(bench->zones, "Europe/Berlin"),
                                   .zones = zones_system_source(bench->zones)};
    struct error error = {0};
    bench->taken = 0;
    bench->read.count = 0;
    assert_int_equal(ical_read(&reading, (struct ical_source){take, bench},
                               (struct ical_events){event_taken, bench}, &error),
                     ERR_OK);
    assert_int_equal(bench->read.count, 1);
    return &bench->read.items[0];
}

static void assert_same_times(const struct local_times *a, const struct local_times *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_int_equal(local_compare(a->items[i], b->items[i]), 0);
}

static void assert_same(const struct meeting *a, const struct meeting *b)
{
    assert_string_equal(a->uid, b->uid);
    assert_string_equal(a->title, b->title);
    assert_string_equal(a->location, b->location);
    assert_string_equal(a->notes, b->notes);
    assert_string_equal(a->tz, b->tz);
    assert_int_equal(local_compare(a->start_local, b->start_local), 0);
    assert_int_equal(a->duration, b->duration);
    assert_int_equal(a->all_day, b->all_day);
    assert_string_equal(a->rrule ? a->rrule : "", b->rrule ? b->rrule : "");
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->sequence, b->sequence);
    assert_same_times(&a->rdates, &b->rdates);
    assert_same_times(&a->exdates, &b->exdates);
    assert_int_equal(a->attendees.count, b->attendees.count);
    for (size_t i = 0; i < a->attendees.count; i++) {
        assert_string_equal(a->attendees.items[i].email, b->attendees.items[i].email);
        assert_string_equal(a->attendees.items[i].name, b->attendees.items[i].name);
    }
}

/* --- cases ------------------------------------------------------------------------------------- */

static void test_round_trip(void **state)
{
    struct bench *bench = *state;
    struct meeting base = sample(), cases[14];
    for (size_t i = 0; i < 14; i++)
        cases[i] = base;
    cases[1].title = "Komma, Semikolon; Backslash \\ und \xC3\xBC\xE2\x82\xAC\xF0\x9F\x93\x9E";
    cases[2].notes = "Zeile 1\nZeile 2\n\nEND:VEVENT\nBEGIN:VEVENT";
    cases[3].location = "Room \"5\"; 2nd floor, \\left";
    cases[4].tz = "UTC";
    cases[5].all_day = true;
    cases[5].start_local = (struct local_time){2026, 12, 24, 0, 0, 0};
    cases[5].duration = 3 * DAY;
    cases[6].rrule = "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10";
    cases[7].rrule = "FREQ=DAILY;UNTIL=20270301T080000Z";
    cases[8].duration = 0;
    cases[9].status = MEETING_CANCELLED;
    cases[9].sequence = 7;
    cases[10].tz = "America/Los_Angeles";
    cases[10].start_local = (struct local_time){2026, 10, 31, 23, 0, 0};
    cases[10].duration = 26 * HOUR; /* over the change of the clock */
    cases[11].start_local = (struct local_time){2026, 10, 25, 1, 30, 0};
    cases[11].duration = 2 * HOUR; /* ends at the second 02:30 */
    cases[12].tz = "Asia/Kathmandu";
    cases[13].start_local = (struct local_time){2026, 3, 29, 2, 30, 0}; /* there is no such time */
    for (size_t i = 0; i < 14; i++) {
        write_meeting(bench, &cases[i]);
        assert_same(read_back(bench), &cases[i]);
        assert_string_equal(bench->organizer, "ada@example.org");
    }
}

static void test_series_with_changes(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct local_time excluded[] = {{2026, 12, 8, 9, 0, 0}}, added[] = {{2026, 12, 10, 14, 0, 0}};
    struct meeting_override changed[] = {{.recurrence = {2026, 12, 1, 9, 0, 0},
                                          .start = {2026, 12, 2, 10, 0, 0},
                                          .duration = 2 * HOUR,
                                          .title = "Moved"}};
    meeting.rrule = "FREQ=WEEKLY";
    meeting.exdates = (struct local_times){excluded, 1, 1};
    meeting.rdates = (struct local_times){added, 1, 1};
    meeting.overrides = (struct meeting_overrides){changed, 1, 1};
    write_meeting(bench, &meeting);
    const struct meeting *back = read_back(bench);
    assert_same(back, &meeting);
    assert_int_equal(back->overrides.count, 1);
    const struct meeting_override *override = &back->overrides.items[0];
    assert_int_equal(local_compare(override->recurrence, changed[0].recurrence), 0);
    assert_int_equal(local_compare(override->start, changed[0].start), 0);
    assert_int_equal(override->duration, 2 * HOUR);
    assert_string_equal(override->title, "Moved");
    assert_null(override->notes);
}

static void test_people(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct attendee people[] = {{"bob@example.org", "Bob \"B.\" M\xC3\xBCller, Jr; CEO: ^n"},
                                {"eve@example.org", ""},
                                {"mallory@example.org", "Mal\nATTENDEE:mailto:x@y"}};
    meeting.attendees = (struct attendees){people, 3, 3};
    write_meeting(bench, &meeting);
    const struct meeting *back = read_back(bench);
    assert_int_equal(back->attendees.count, 3);
    assert_string_equal(back->attendees.items[0].name, people[0].name);
    assert_string_equal(back->attendees.items[2].name, "Mal ATTENDEE:mailto:x@y");
}

static void test_dial_in(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct attendee people[] = {{"bob@example.org", ""}};
    meeting.attendees = (struct attendees){people, 1, 1};
    meeting.conference_id = "93907123";
    meeting.id_kind = ID_KIND_DYNAMIC;
    const char *const notes[] = {"", "Bring the figures.\n\n", "One line"};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        meeting.notes = notes[i];
        struct ical_item item = {.meeting = &meeting,
                                 .dial_in_block =
                                     "Join by phone\n+1 323-849-4874\nConference ID: 939 071 23\n",
                                 .dial_string = "+13238494874,,93907123#",
                                 .dial_label = "Phone, toll",
                                 .join_url = "https://example.org/join/1",
                                 .join_label = ""};
        const char *text = write_item(bench, &item, ICAL_REQUEST);
        assert_non_null(strstr(text, "\r\nMETHOD:REQUEST\r\n"));
        assert_non_null(strstr(
            text, "CONFERENCE;VALUE=URI;LABEL=\"Phone, toll\";FEATURE=PHONE:tel:+13238494874,,93"
                  "\r\n 907123%23\r\n"));
        assert_non_null(strstr(
            text, "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://example.org/join/1\r\n"));
        assert_non_null(strstr(text, "\r\nURL:https://example.org/join/1\r\n"));
        const struct meeting *back = read_back(bench);
        assert_string_equal(back->conference_id, "93907123");
        assert_same(back, &meeting); /* the block is no part of the notes */
    }
}

/* Where a meeting has no place of its own, calendars show the number to dial; a place that somebody enters is one. */
static void test_dial_in_location(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct meeting_override changed[] = {{.recurrence = {2026, 12, 1, 9, 0, 0},
                                          .start = {2026, 12, 2, 10, 0, 0},
                                          .duration = HOUR,
                                          .location = "Room 5"}};
    struct ical_item item = {.meeting = &meeting,
                             .dial_in_block = "Conference ID: 93907123",
                             .dial_string = "+13238494874,,93907123#"};
    meeting.conference_id = "93907123";
    meeting.rrule = "FREQ=WEEKLY";
    meeting.overrides = (struct meeting_overrides){changed, 1, 1};
    const char *text = write_item(bench, &item, ICAL_NO_METHOD);
    assert_non_null(strstr(text, "\r\nLOCATION:+13238494874\\,\\,93907123#\r\n"));
    assert_non_null(strstr(text, "\r\nLOCATION:Room 5\r\n"));
    const struct meeting *back = read_back(bench);
    assert_string_equal(back->location, "");
    assert_string_equal(back->overrides.items[0].location, "Room 5");
    meeting.location = "Room 4";
    assert_null(strstr(write_item(bench, &item, ICAL_NO_METHOD), "LOCATION:+"));
    assert_string_equal(read_back(bench)->location, "Room 4");
    meeting.location = "";
    meeting.notes =
        "Conference ID: 93907123"; /* it came with a block: the event is not ours to fill */
    assert_null(strstr(write_item(bench, &item, ICAL_NO_METHOD), "LOCATION:+"));
    item.dial_string = "ask the desk";
    meeting.notes = "";
    assert_null(strstr(write_item(bench, &item, ICAL_NO_METHOD), "LOCATION:ask"));
    static const char *const none[] = {
        "", "+", "+123", "4711", "+1 323", "+13238494874, Room 4", "+13238494874,,1#x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(ical_dial_string(none[i]));
    assert_true(ical_dial_string("+442079460000"));
}

/* The telephone of another conference stays, until a meeting has a number of its own; an ID that is not its own goes. */
static void test_dial_in_kept(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct ical_item item = {.meeting = &meeting};
    meeting.ical = "BEGIN:VEVENT\nCONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+14125550123\n"
                   "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+14125550123,,1234567%23\n"
                   "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.example/1\nEND:VEVENT\n";
    const char *text = write_item(bench, &item, ICAL_NO_METHOD);
    assert_non_null(strstr(text, "FEATURE=PHONE:tel:+14125550123\r\n"));
    assert_null(strstr(text, "1234567"));
    meeting.ical = read_back(bench)->ical;
    assert_non_null(strstr(write_item(bench, &item, ICAL_NO_METHOD), "tel:+14125550123\r\n"));
    item.dial_string = "+13238494874";
    text = write_item(bench, &item, ICAL_NO_METHOD);
    assert_null(strstr(text, "+14125550123"));
    assert_non_null(strstr(text, "FEATURE=PHONE:tel:+13238494874\r\n"));
    assert_non_null(strstr(text, "FEATURE=VIDEO:https://video.example/1\r\n"));
}

/* An address of its own stays in URL; the join URL of before does not stay beside the new one. */
static void test_join_url_kept(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct ical_item item = {.meeting = &meeting, .join_url = "https://example.org/new"};
    meeting.ical = "BEGIN:VEVENT\nURL:https://other.example/page\nEND:VEVENT\n";
    const char *text = write_item(bench, &item, ICAL_NO_METHOD);
    assert_non_null(strstr(text, "\r\nURL:https://other.example/page\r\n"));
    assert_non_null(strstr(text, "FEATURE=AUDIO,VIDEO:https://example.org/new\r\n"));
    meeting.ical = "BEGIN:VEVENT\nURL:https://example.org/old\nCONFERENCE;VALUE=URI:https://"
                   "example.org/old\nEND:VEVENT\n";
    text = write_item(bench, &item, ICAL_NO_METHOD);
    assert_null(strstr(text, "/old"));
    assert_non_null(strstr(text, "\r\nURL:https://example.org/new\r\n"));
    item.join_url = NULL;
    assert_non_null(
        strstr(write_item(bench, &item, ICAL_NO_METHOD), "\r\nURL:https://example.org/old\r\n"));
}

/* What is kept is stamped with its revision, else its last change; what is sent with the sending. */
static void test_stamp(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct ical_item item = {.meeting = &meeting};
    struct attendee people[] = {{"bob@example.org", ""}};
    meeting.attendees = (struct attendees){people, 1, 1};
    meeting.changed = 1763884800;
    assert_non_null(
        strstr(write_item(bench, &item, ICAL_NO_METHOD), "\r\nDTSTAMP:20251123T080000Z\r\n"));
    meeting.stamp = 1763888400;
    assert_non_null(
        strstr(write_item(bench, &item, ICAL_NO_METHOD), "\r\nDTSTAMP:20251123T090000Z\r\n"));
    assert_non_null(
        strstr(write_item(bench, &item, ICAL_REQUEST), "\r\nDTSTAMP:20251124T090000Z\r\n"));
    meeting.changed = meeting.stamp = 0;
    assert_non_null(
        strstr(write_item(bench, &item, ICAL_NO_METHOD), "\r\nDTSTAMP:20251124T090000Z\r\n"));
}

/* --- our block in other programs' hands -------------------------------------------------------- */

#define BLOCK                                                                                      \
    "________________________________________________________________\n"                           \
    "\xE9\x9B\xBB\xE8\xA9\xB1\xE3\x81\xA7\xE5\x8F\x82\xE5\x8A\xA0\n"                               \
    "+49 30 901820,,93907123#  Deutschland, Berlin (Deutsch)\n"                                    \
    "\xE4\xBC\x9A\xE8\xAD\xB0 ID: 939 071 23\n"                                                    \
    "________________________________________________________________\n"
#define REWRAPPED                                                                                  \
    "________________________________________________________________\n\n"                         \
    "\xE9\x9B\xBB\xE8\xA9\xB1\xE3\x81\xA7\n\xE5\x8F\x82\xE5\x8A\xA0\r\n"                           \
    "+49 30\n901820,,93907123#\xC2\xA0 Deutschland, \nBerlin (Deutsch)\n \n"                       \
    "\xE4\xBC\x9A\xE8\xAD\xB0 ID: 939 071\n23\n"                                                   \
    "________________________________\n________________________________"

/* Writes the item, puts `text` in the place of its DESCRIPTION, and reads that. */
static const struct meeting *read_edited(struct bench *bench, struct ical_item *item,
                                         const char *text)
{
    struct text edited = text_start(bench->arena);
    const char *out = write_item(bench, item, ICAL_NO_METHOD);
    const char *from = strstr(out, "\r\nDESCRIPTION:") + 2, *to = strstr(from, "\r\nX-DIALDESK");
    assert_non_null(to);
    text_add_n(&edited, out, (size_t)(from - out));
    text_add(&edited, "DESCRIPTION:");
    ical_text_write(&edited, text);
    text_add(&edited, to);
    bench->out = edited;
    return read_back(bench);
}

static size_t times_in(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}

/* What somebody writes before and behind the block stays, only the block goes; written again, each is there once. */
static void test_text_around_the_block(void **state)
{
    static const struct {
        const char *text, *notes;
    } cases[] = {
        {"Mine\n\n" BLOCK, "Mine"},
        {"Mine\n\n" BLOCK "Yours", "Mine\n\nYours"},
        {"Mine\n\n" BLOCK "\n\nYours\n", "Mine\n\nYours\n"},
        {"Yours\nMine\n\n" BLOCK, "Yours\nMine"},
        {"Front\n\nMine\n\n" BLOCK "\n  Back", "Front\n\nMine\n\n  Back"},
        {BLOCK "Yours", "Yours"},
        {BLOCK, ""},
        {"Mine\n" BLOCK "Yours", "Mine\n\nYours"},
        {"Mine " BLOCK "Yours", "Mine \n\nYours"},
        {"Mine\r\n\r\n" REWRAPPED "Yours", "Mine\n\nYours"},
        {"Mine\n\n\n" REWRAPPED "\n\n \n", "Mine\n"},
        {"Old: Conference ID: 1234567\n\n" BLOCK, "Old: Conference ID: 1234567"},
    };
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct ical_item item = {.meeting = &meeting, .dial_in_block = BLOCK};
    meeting.conference_id = "93907123";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        meeting.notes = "Mine";
        struct meeting back = *read_edited(bench, &item, cases[i].text);
        assert_string_equal(back.notes, cases[i].notes);
        assert_string_equal(back.conference_id, "93907123");
        meeting.notes = cases[i].notes;
        const char *again = write_item(bench, &item, ICAL_NO_METHOD);
        assert_int_equal(times_in(again, "X-DIALDESK"), 1);
        assert_string_equal(read_back(bench)->notes, cases[i].notes);
    }
}

/* A block that somebody wrote into, another program's, or a mark that means nothing: all of the text is kept. */
static void test_no_block_of_ours(void **state)
{
    static const char *const texts[] = {
        "Mine\n\n"
        "________________________________________________________________\n"
        "+49 30 901820,,93907123#  Deutschland, Berlin (Deutsch) RING TWICE\n"
        "________________________________________________________________\n",
        "Mine\n\n________________\nPhone Conference ID: 123 456 789#\n________________\nYours", "",
        "short"};
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct ical_item item = {.meeting = &meeting, .dial_in_block = BLOCK};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(read_edited(bench, &item, texts[i])->notes, texts[i]);
    static const char *const marks[] = {"",
                                        "0-0000000000000000",
                                        "12",
                                        "-1-0000000000000000",
                                        "99999999999999999999999-0123456789abcdef",
                                        "5-XYZ3456789abcdef",
                                        "5-0123456789abcdef0"};
    struct ical_block block;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        assert_false(ical_block_find("short", marks[i], &block));
}

/* Notes as long as they may be, with the block behind them, come back whole. */
static void test_block_behind_long_notes(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct ical_item item = {.meeting = &meeting, .dial_in_block = BLOCK};
    char *notes = arena_alloc(bench->arena, MEETING_NOTES_MAX + 1);
    memset(notes, 'n', MEETING_NOTES_MAX);
    notes[MEETING_NOTES_MAX] = '\0';
    meeting.notes = notes;
    write_item(bench, &item, ICAL_NO_METHOD);
    assert_same(read_back(bench), &meeting);
}

/* Notes that came with a dial-in block of the same ID get no second one; a block of another ID does not count. */
static void test_dial_in_once(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct ical_item item = {.meeting = &meeting,
                             .dial_in_block = "OUR BLOCK Conference ID: 93907123"};
    meeting.conference_id = "93907123";
    meeting.notes = "Join by phone\nConference ID: 939 071 23\n";
    assert_null(strstr(write_item(bench, &item, ICAL_NO_METHOD), "OUR BLOCK"));
    assert_same(read_back(bench), &meeting);
    meeting.notes = "Join by phone\nConference ID: 1234567\n";
    assert_non_null(strstr(write_item(bench, &item, ICAL_NO_METHOD), "OUR BLOCK"));
}

/* Every line at most 75 bytes, no line cut inside a character, every line ended by CRLF. */
static void test_folding(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct text notes = text_start(bench->arena);
    static const char *const pieces[] = {"a", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x93\x9E",
                                         ",", "\n"};
    for (int i = 0; i < 3000; i++)
        text_add(&notes, pieces[(i * 7 + i / 6) % 6]);
    meeting.notes = notes.bytes;
    const char *line = write_meeting(bench, &meeting);
    while (*line) {
        const char *end = strstr(line, "\r\n");
        assert_non_null(end);
        assert_true(end - line <= 75);
        assert_null(memchr(line, '\n', (size_t)(end - line)));
        assert_true(((unsigned char)line[*line == ' '] & 0xC0) != 0x80);
        line = end + 2;
    }
    assert_same(read_back(bench), &meeting);
}

static void test_kept(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    struct attendee people[] = {{"bob@example.org", "Bob"}};
    meeting.attendees = (struct attendees){people, 1, 1};
    meeting.conference_id = "93907123";
    meeting.ical = "BEGIN:VEVENT\n"
                   "X-OTHER;P=1:kept\\, as it was\n"
                   "CATEGORIES:Work,Money\n"
                   "ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@example.org\n"
                   "STATUS:TENTATIVE\n"
                   "X-OLD-DIAL-IN:Conference ID: 1234567\n"
                   "no line at all\n"
                   "BEGIN:VALARM\nTRIGGER:-PT15M\nACTION:DISPLAY\nDESCRIPTION:x\nEND:VALARM\n"
                   "END:VEVENT\n";
    const char *text = write_meeting(bench, &meeting);
    static const char *const there[] = {
        "\r\nX-OTHER;P=1:kept\\, as it was\r\n", "\r\nCATEGORIES:Work,Money\r\n",
        "PARTSTAT=ACCEPTED", "\r\nSTATUS:TENTATIVE\r\n", "\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\n"};
    static const char *const gone[] = {"1234567", "no line", "NEEDS-ACTION", "STATUS:CONFIRMED"};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        assert_non_null(strstr(text, there[i]));
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        assert_null(strstr(text, gone[i]));
    read_back(bench);
}

/* Text of an import that would close the event early is not written at all. */
static void test_kept_unpaired(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    meeting.ical = "BEGIN:VEVENT\nX-A:1\nEND:VEVENT\nEND:VCALENDAR\nX-B:2\n";
    assert_null(strstr(write_meeting(bench, &meeting), "X-A"));
    read_back(bench);
}

static void test_until_is_utc(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    static const struct {
        const char *rule, *written;
        bool all_day;
    } cases[] = {
        {"FREQ=DAILY;UNTIL=20261130T090000", "RRULE:FREQ=DAILY;UNTIL=20261130T080000Z\r\n", false},
        {"FREQ=DAILY;UNTIL=20261130;INTERVAL=2",
         "RRULE:FREQ=DAILY;UNTIL=20261130T225959Z;INTERVAL=2\r\n", false},
        {"FREQ=DAILY;UNTIL=20261130T080000Z", "RRULE:FREQ=DAILY;UNTIL=20261130T080000Z\r\n", false},
        {"FREQ=DAILY;UNTIL=20261130", "RRULE:FREQ=DAILY;UNTIL=20261130\r\n", true},
        {"FREQ=DAILY;UNTIL=20261129T230000Z", "RRULE:FREQ=DAILY;UNTIL=20261130\r\n", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        meeting.rrule = cases[i].rule;
        meeting.all_day = cases[i].all_day;
        meeting.duration = cases[i].all_day ? DAY : HOUR;
        meeting.start_local.hour = cases[i].all_day ? 0 : 9;
        assert_non_null(strstr(write_meeting(bench, &meeting), cases[i].written));
    }
}

/* Rules where they hold for good, single dates where they changed. */
static void test_vtimezone(void **state)
{
    struct bench *bench = *state;
    struct meeting meeting = sample();
    meeting.tz = "America/New_York";
    struct attendee people[] = {{"bob@example.org", ""}};
    meeting.attendees = (struct attendees){people, 1, 1};
    struct ical_item item = {.meeting = &meeting};
    const char *text = write_item(bench, &item, ICAL_REQUEST);
    assert_non_null(strstr(text, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n"));
    assert_non_null(strstr(text, "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n"));
    assert_null(strstr(text, "RDATE"));
    write_meeting(bench, &meeting); /* from 1970: other rules before 2007 */
    assert_non_null(strstr(bench->out.bytes, "RDATE:19990404T020000\r\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, setup, teardown),
        cmocka_unit_test_setup_teardown(test_series_with_changes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_people, setup, teardown),
        cmocka_unit_test_setup_teardown(test_dial_in, setup, teardown),
        cmocka_unit_test_setup_teardown(test_text_around_the_block, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_block_of_ours, setup, teardown),
        cmocka_unit_test_setup_teardown(test_block_behind_long_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_dial_in_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_dial_in_location, setup, teardown),
        cmocka_unit_test_setup_teardown(test_dial_in_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_join_url_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stamp, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folding, setup, teardown),
        cmocka_unit_test_setup_teardown(test_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_kept_unpaired, setup, teardown),
        cmocka_unit_test_setup_teardown(test_until_is_utc, setup, teardown),
        cmocka_unit_test_setup_teardown(test_vtimezone, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
