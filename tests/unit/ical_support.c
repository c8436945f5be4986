/* Writing meetings as iCalendar and reading them back, for tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libical/ical.h>

#include "ical_support.h"

int bench_start(void **state)
{
    struct arena *arena = arena_new();
    struct ical_bench *bench = arena_alloc(arena, sizeof *bench);
    bench->arena = arena;
    bench->zones = zones_system_start();
    bench->out = text_start(arena);
    *state = bench;
    return 0;
}

int bench_end(void **state)
{
    struct ical_bench *bench = *state;
    zones_system_end(bench->zones);
    arena_free(bench->arena);
    return 0;
}

struct meeting ical_sample(void)
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

const char *ical_item_text(struct ical_bench *bench, struct ical_item *item,
                           enum ical_method method)
{
    struct ical_writing writing = {.method = method, .now = 1763974800};
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

const char *ical_meeting_text(struct ical_bench *bench, const struct meeting *meeting)
{
    struct ical_item item = {.meeting = meeting};
    return ical_item_text(bench, &item, ICAL_NO_METHOD);
}

/*
 * --- reading back ------------------------------------------------------------------------------
 */

static void read_event(struct ical_bench *bench, const struct ical_event *event)
{
    assert_string_equal(event->why ? event->why : "sound", "sound");
    if (event->is_override) {
        assert_true(bench->read.count > 0);
        struct meeting *series = &bench->read.items[bench->read.count - 1];
        ical_merge(bench->arena, series, zones_system_zone(bench->zones, series->tz), event);
        return;
    }
    *vector_push(bench->arena, &bench->read) = event->meeting;
    bench->organizer = event->organizer;
}

const struct meeting *ical_read_back(struct ical_bench *bench)
{
    struct ical_reading reading = {.name = "test",
                                   .floating = zones_system_zone(bench->zones, "Europe/Berlin"),
                                   .zones = zones_system_source(bench->zones)};
    struct ical_source source = {.text = bench->out.bytes, .length = bench->out.length};
    struct ical_reader *reader = ical_reader_start(&reading, source);
    struct ical_event event;
    struct error error = {0};
    bool found = true;
    bench->read.count = 0;
    while (found) {
        assert_int_equal(ical_next(reader, bench->arena, &event, &found, &error), ERR_OK);
        if (found)
            read_event(bench, &event);
    }
    ical_reader_end(reader);
    assert_int_equal(bench->read.count, 1);
    return &bench->read.items[0];
}

static void assert_same_times(const struct local_times *a, const struct local_times *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_int_equal(local_compare(a->items[i], b->items[i]), 0);
}

void assert_same_meeting(const struct meeting *a, const struct meeting *b)
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
