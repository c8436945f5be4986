/*
 * What the tests of written iCalendar share: meetings that are written, checked against libical's
 * table of what may stand where, and read back.
 */
#ifndef ICAL_SUPPORT_H
#define ICAL_SUPPORT_H

#include <base/vector.h>
#include <exchange/ical.h>

#include "support/zones_system.h"

struct ical_bench {
    struct arena *arena;
    struct zones_system *zones;
    struct text out; /* what was written last */
    struct VECTOR(struct meeting) read;
    const char *organizer;
};

/* cmocka's set-up and tear-down. */
int bench_start(void **state);
int bench_end(void **state);

/* An hour on 24 November 2026, 9:00 in Berlin; everything else is to be added. */
struct meeting ical_sample(void);

/*
 * What is written, as bench->out: valid by RFC 5545 and RFC 5546. item->zone NULL: the meeting's
 * own.
 */
const char *ical_item_text(struct ical_bench *bench, struct ical_item *item,
                           enum ical_method method);
const char *ical_meeting_text(struct ical_bench *bench, const struct meeting *meeting);

/*
 * The one sound meeting that bench->out holds, its changed occurrences entered. Until the next
 * call.
 */
const struct meeting *ical_read_back(struct ical_bench *bench);

void assert_same_meeting(const struct meeting *a, const struct meeting *b);

#endif
