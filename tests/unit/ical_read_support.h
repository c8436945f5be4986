/*
 * What the tests of reading iCalendar share: a text or a source is read, and what was read is said
 * in a line an event.
 */
#ifndef ICAL_READ_SUPPORT_H
#define ICAL_READ_SUPPORT_H

#include <exchange/ical.h>

#include "support/zones_system.h"

struct reading_bench {
    struct arena *arena;
    struct zones_system *zones;
    const char *bytes; /* what is read */
    size_t size, taken;
    size_t portion;  /* bytes a read, 0: as many as wanted */
    struct text out; /* what was said of the events */
    struct error error;
};

/* cmocka's set-up and tear-down. */
int reading_bench_start(void **state);
int reading_bench_end(void **state);

/* A source of bench->bytes. */
enum err reading_take(void *self, char *bytes, size_t size, size_t *count, struct error *error);

/*
 * Says all events in bench->out: "1:TITLE 20261124T090000 Europe/Berlin 3600 ..." a line each,
 * "3!7:UID: why" for a rejected one. What went wrong with the source is in bench->error.
 */
enum err reading_source(struct reading_bench *bench, const char *name, struct ical_source source);
enum err reading_run(struct reading_bench *bench, const char *bytes, size_t size);

/* What is said of a sound text. */
const char *reading_text(struct reading_bench *bench, const char *text);
/*
 * What is said of an event with these lines between BEGIN and END, in a calendar: BEGIN:VEVENT is
 * line 2, the first of them line 3.
 */
const char *reading_event(struct reading_bench *bench, const char *lines);

/* The first lines of an event that needs no more. */
#define READING_EVENT "UID:u\r\nSUMMARY:T\r\nDTSTART:20261124T090000\r\n"

#endif
