/*
 * Reading iCalendar without end or sense: memory does not grow with the file, faults are told in
 * short, a source that fails ends the reading, and events outlive their reader.
 */
#include "ical_read_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A source that makes a large file as it goes: an event with one long line, in pieces. */
struct flood {
    struct text head, tail;
    size_t at, middle;
    char fill[32]; /* repeated */
    size_t fill_size;
};

static enum err flood_take(void *self, char *bytes, size_t size, size_t *count, struct error *error)
{
    struct flood *flood = self;
    size_t total = flood->head.length + flood->middle + flood->tail.length;
    (void)error;
    *count = 0;
    while (*count < size && flood->at < total) {
        size_t at = flood->at++;
        if (at < flood->head.length)
            bytes[*count] = flood->head.bytes[at];
        else if (at < flood->head.length + flood->middle)
            bytes[*count] = flood->fill[(at - flood->head.length) % flood->fill_size];
        else
            bytes[*count] = flood->tail.bytes[at - flood->head.length - flood->middle];
        ++*count;
    }
    return ERR_OK;
}

static void test_bounds(void **state)
{
    static const struct {
        const char *head, *fill, *wanted;
        size_t middle;
    } cases[] = {
        {"UID:u\nRRULE:", "x", "2!4:u: it is longer than 1 MiB\n", 8 << 20},
        {"UID:u\nEXDATE:", "\n x", "2!4:u: it is longer than 1 MiB\n", 9 << 20},
        {"UID:u\n", "EXDATE:20261124\n", "larger than 4 MiB", 9 << 20},
    };
    static const char good[] =
        "\nEND:VEVENT\nBEGIN:VEVENT\nUID:g\nSUMMARY:G\nDTSTART:20261124T090000\nEND:VEVENT\n";
    struct reading_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct flood flood = {.head = text_start(bench->arena), .tail = text_start(bench->arena)};
        text_addf(&flood.head, "BEGIN:VCALENDAR\nBEGIN:VEVENT\n%s", cases[i].head);
        text_add(&flood.tail, good);
        flood.middle = cases[i].middle;
        flood.fill_size = strlen(cases[i].fill);
        memcpy(flood.fill, cases[i].fill, flood.fill_size);
        struct ical_source source = {.read = flood_take, .self = &flood};
        assert_int_equal(reading_source(bench, "flood", source), ERR_OK);
        const char *first = strstr(bench->out.bytes, ":u: ");
        assert_non_null(first);
        if (i < 2)
            assert_memory_equal(bench->out.bytes, cases[i].wanted, strlen(cases[i].wanted));
        else
            assert_non_null(strstr(bench->out.bytes, cases[i].wanted));
        assert_non_null(strstr(bench->out.bytes, ":G 20261124T090000"));
    }
}

static void test_nesting(void **state)
{
    struct reading_bench *bench = *state;
    struct text lines = text_start(bench->arena);
    text_add(&lines, READING_EVENT);
    for (int i = 0; i < 9; i++)
        text_addf(&lines, "BEGIN:X%d\n", i);
    for (int i = 8; i >= 0; i--)
        text_addf(&lines, "END:X%d\n", i);
    assert_non_null(strstr(reading_event(bench, lines.bytes), "nested"));
}

/* A megabyte of UID or of a wrong date is told, but not kept: characters stay whole. */
static void test_faults_are_short(void **state)
{
    struct reading_bench *bench = *state;
    struct text umlauts = text_start(bench->arena);
    for (int i = 0; i < 100000; i++)
        text_add(&umlauts, "\xC3\xA4");
    const char *uid =
        arena_format(bench->arena, "UID:x%s\nDTSTART:20261124T090000\n", umlauts.bytes);
    const char *date = arena_format(bench->arena, "UID:u\nDTSTART:%s\n", umlauts.bytes);
    const char *said = reading_event(bench, uid);
    assert_non_null(strstr(said, "its UID is longer than 512 bytes"));
    assert_int_equal(strlen(said), strlen("2!3:x: its UID is longer than 512 bytes\n") + 510);
    said = reading_event(bench, date);
    assert_non_null(strstr(said, "2!4:u: DTSTART '"));
    assert_int_equal(strlen(said), strlen("2!4:u: \n") + 499);
    /* one of the longest kind is kept whole */
    uid = arena_format(bench->arena, "UID:%.512s\nDTSTART:20261124T090000\n", umlauts.bytes);
    assert_string_equal(reading_event(bench, uid),
                        "2:(no title) 20261124T090000 Europe/Berlin 0\n");
}

static enum err break_off(void *self, char *bytes, size_t size, size_t *count, struct error *error)
{
    struct reading_bench *bench = self;
    if (bench->taken == bench->size)
        return error_set(error, ERR_IO, "test", "the disk is gone");
    return reading_take(self, bytes, size, count, error);
}

/* What was read before the source failed is given, and its failure is what the reading ends with. */
static void test_source_fails(void **state)
{
    struct reading_bench *bench = *state;
    static const char text[] = "BEGIN:VEVENT\nUID:a\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\n";
    bench->bytes = text;
    bench->size = sizeof text - 1;
    struct ical_source source = {.read = break_off, .self = bench};
    assert_int_equal(reading_source(bench, "test", source), ERR_IO);
    assert_string_equal(bench->out.bytes, "1!1:a: it has no DTSTART\n");
    assert_string_equal(bench->error.why, "the disk is gone");
}

/* Events live on in their arena when the reader has gone on, and is gone. */
static void test_events_outlive(void **state)
{
    struct reading_bench *bench = *state;
    static const char text[] =
        "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Asia/Tokyo:20261124T090000\n"
        "RRULE:FREQ=DAILY;COUNT=2\nORGANIZER;CN=Ada:mailto:ada@example.org\n"
        "ATTENDEE:mailto:bob@example.org\nX-REST:rest\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nDTSTART:never\nEND:VEVENT\n";
    struct ical_reading reading = {.name = "test",
                                   .floating = zones_system_zone(bench->zones, "Europe/Berlin"),
                                   .zones = zones_system_source(bench->zones)};
    struct ical_source source = {.text = text, .length = sizeof text - 1};
    struct ical_reader *reader = ical_reader_start(&reading, source);
    struct ical_event a, b, none;
    bool found;
    assert_int_equal(ical_next(reader, bench->arena, &a, &found, NULL), ERR_OK);
    assert_true(found);
    assert_int_equal(ical_next(reader, bench->arena, &b, &found, NULL), ERR_OK);
    assert_true(found);
    for (int i = 0; i < 2; i++) { /* the end stays the end */
        assert_int_equal(ical_next(reader, bench->arena, &none, &found, NULL), ERR_OK);
        assert_false(found);
    }
    ical_reader_end(reader);
    assert_string_equal(a.meeting.title, "A");
    assert_string_equal(a.meeting.tz, "Asia/Tokyo");
    assert_string_equal(a.meeting.rrule, "FREQ=DAILY;COUNT=2");
    assert_string_equal(a.organizer, "ada@example.org");
    assert_string_equal(a.organizer_name, "Ada");
    assert_string_equal(a.meeting.attendees.items[0].email, "bob@example.org");
    assert_string_equal(a.meeting.ical, "BEGIN:VEVENT\nX-REST:rest\nEND:VEVENT\n");
    assert_string_equal(b.uid, "b");
    assert_string_equal(b.why, "DTSTART 'never' is no date or time");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_bounds, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_nesting, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_faults_are_short, reading_bench_start,
                                        reading_bench_end),
        cmocka_unit_test_setup_teardown(test_source_fails, reading_bench_start, reading_bench_end),
        cmocka_unit_test_setup_teardown(test_events_outlive, reading_bench_start,
                                        reading_bench_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
