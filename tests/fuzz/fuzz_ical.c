/*
 * Fuzzes iCalendar: any bytes are read without harm; what is taken as sound, written and read
 * again, is sound and has the same start, length, title and rule's presence.
 */
#include <exchange/ical.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct fuzzing {
    struct arena *arena;
    const struct meeting *wanted; /* NULL: the first reading */
    size_t seen;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err no_zone(void *self, const char *name, const struct zone **zone, struct error *error)
{
    (void)self;
    (void)zone;
    return error_set(error, ERR_INVALID, name, "no such zone here");
}

static void event_seen(struct fuzzing *fuzzing, const struct ical_event *event);

static void read_bytes(struct fuzzing *fuzzing, const char *bytes, size_t size)
{
    struct ical_reading reading = {
        .name = "fuzz", .floating = zone_utc(), .zones = (struct zone_source){no_zone, NULL}};
    struct ical_source source = {.text = bytes, .length = size};
    struct ical_reader *reader = ical_reader_start(&reading, source);
    enum err err = ERR_OK;
    bool found = true;
    while (!err && found) {
        struct arena *arena = arena_new();
        struct ical_event event;
        err = ical_next(reader, arena, &event, &found, NULL);
        if (found)
            event_seen(fuzzing, &event);
        arena_free(arena);
    }
    ical_reader_end(reader);
}

static void compare(const struct meeting *a, const struct meeting *b)
{
    if (local_compare(a->start_local, b->start_local) != 0 || a->duration != b->duration ||
        a->all_day != b->all_day || !a->rrule != !b->rrule ||
        a->exdates.count != b->exdates.count || a->attendees.count != b->attendees.count)
        abort();
}

static void write_again(struct fuzzing *fuzzing, const struct ical_event *event)
{
    struct text out = text_start(fuzzing->arena);
    struct ical_writing writing = {.now = 1};
    struct ical_item item = {.meeting = &event->meeting, .zone = event->zone};
    struct fuzzing again = {.arena = arena_new(), .wanted = &event->meeting};
    struct ical_writer *writer = ical_write_begin(fuzzing->arena, &out, &writing);
    if (ical_write_meeting(writer, &item, NULL) != ERR_OK)
        abort();
    ical_write_end(writer);
    read_bytes(&again, out.bytes, out.length);
    if (again.seen != 1)
        abort();
    arena_free(again.arena);
}

static void event_seen(struct fuzzing *fuzzing, const struct ical_event *event)
{
    fuzzing->seen++;
    if (fuzzing->wanted) {
        if (event->why)
            abort();
        compare(fuzzing->wanted, &event->meeting);
    } else if (!event->why) {
        write_again(fuzzing, event);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzzing fuzzing = {.arena = arena_new()};
    read_bytes(&fuzzing, (const char *)data, size);
    arena_free(fuzzing.arena);
    return 0;
}
