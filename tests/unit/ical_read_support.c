#include "ical_read_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

int reading_bench_start(void **state)
{
    struct arena *arena = arena_new();
    struct reading_bench *bench = arena_alloc(arena, sizeof *bench);
    bench->arena = arena;
    bench->zones = zones_system_start();
    *state = bench;
    return 0;
}

int reading_bench_end(void **state)
{
    struct reading_bench *bench = *state;
    zones_system_end(bench->zones);
    arena_free(bench->arena);
    return 0;
}

enum err reading_take(void *self, char *bytes, size_t size, size_t *count, struct error *error)
{
    struct reading_bench *bench = self;
    size_t left = bench->size - bench->taken;
    (void)error;
    *count = left < size ? left : size;
    if (bench->portion && *count > bench->portion)
        *count = bench->portion;
    memcpy(bytes, bench->bytes + bench->taken, *count);
    bench->taken += *count;
    return ERR_OK;
}

static void say_times(struct reading_bench *bench, const char *what,
                      const struct local_times *times)
{
    for (size_t i = 0; i < times->count; i++)
        text_addf(&bench->out, " %s=%s", what, local_format_basic(bench->arena, times->items[i]));
}

/* " 20261210T100000:7200": an added PERIOD with a length of its own. */
static void say_periods(struct reading_bench *bench, const struct meeting_overrides *periods)
{
    for (size_t i = 0; i < periods->count; i++) {
        const struct meeting_override *period = &periods->items[i];
        assert_int_equal(local_compare(period->recurrence, period->start), 0);
        assert_true(!period->title && !period->location && !period->notes && !period->ical);
        text_addf(&bench->out, " %s:%lld", local_format_basic(bench->arena, period->start),
                  (long long)period->duration);
    }
}

static void say(struct reading_bench *bench, const struct ical_event *event)
{
    const struct meeting *m = &event->meeting;
    if (event->why) {
        text_addf(&bench->out, "%zu!%zu:%s: %s\n", event->line, event->why_line, event->uid,
                  event->why);
        return;
    }
    text_addf(&bench->out, "%zu:%s %s %s %lld", event->line, m->title,
              local_format_basic(bench->arena, m->start_local), m->tz, (long long)m->duration);
    if (m->clock_days)
        text_addf(&bench->out, " by the clock %lld", (long long)m->clock_days);
    if (m->all_day)
        text_add(&bench->out, " day");
    if (m->rrule)
        text_addf(&bench->out, " %s", m->rrule);
    say_times(bench, "ex", &m->exdates);
    say_times(bench, "add", &m->rdates);
    say_periods(bench, &m->overrides);
    if (event->is_override)
        text_addf(&bench->out, " of=%s", local_format_basic(bench->arena, event->recurrence));
    if (m->status == MEETING_CANCELLED)
        text_add(&bench->out, " cancelled");
    if (m->conference_id)
        text_addf(&bench->out, " id=%s", m->conference_id);
    for (size_t i = 0; i < event->dial_in.asides.count; i++)
        text_addf(&bench->out, " aside=%s", event->dial_in.asides.items[i].conference_id);
    if (event->note && strstr(event->note, "Windows-1252"))
        text_addf(&bench->out, " (%s)", event->note);
    text_add(&bench->out, "\n");
}

enum err reading_source(struct reading_bench *bench, const char *name, struct ical_source source)
{
    struct ical_reading reading = {.name = name,
                                   .floating = zones_system_zone(bench->zones, "Europe/Berlin"),
                                   .zones = zones_system_source(bench->zones)};
    struct ical_reader *reader = ical_reader_start(&reading, source);
    enum err err = ERR_OK;
    bool found = true;
    bench->out = text_start(bench->arena);
    error_clear(&bench->error);
    while (!err && found) {
        struct arena *arena = arena_new();
        struct ical_event event;
        err = ical_next(reader, arena, &event, &found, &bench->error);
        if (found)
            say(bench, &event);
        arena_free(arena);
    }
    ical_reader_end(reader);
    return err;
}

enum err reading_run(struct reading_bench *bench, const char *bytes, size_t size)
{
    struct ical_source source = {.text = bytes, .length = size};
    bench->bytes = bytes;
    bench->size = size;
    bench->taken = 0;
    if (bench->portion)
        source = (struct ical_source){.read = reading_take, .self = bench};
    return reading_source(bench, "test.ics", source);
}

const char *reading_text(struct reading_bench *bench, const char *text)
{
    assert_int_equal(reading_run(bench, text, strlen(text)), ERR_OK);
    return bench->out.bytes;
}

const char *reading_event(struct reading_bench *bench, const char *lines)
{
    return reading_text(
        bench, arena_format(bench->arena,
                            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n",
                            lines));
}
