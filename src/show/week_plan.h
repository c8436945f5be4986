/*
 * The places of a time grid's meetings, as days, half hours and lanes.
 */
#ifndef SHOW_WEEK_PLAN_H
#define SHOW_WEEK_PLAN_H

#include <base/vector.h>
#include <core/meeting.h>
#include <core/zone.h>

enum { SLOTS_A_DAY = 48, PLAN_DAYS_MAX = 14 };

/*
 * A meeting's part of a day. Meetings that touch the same half hours share the day's width in
 * lanes.
 */
struct week_block {
    size_t item;        /* index into the list */
    int day;            /* 0 is the first day of the span */
    int from, to;       /* half hours of the day, `to` not included */
    int lane, lanes;    /* the block's lane, of so many */
    bool before, after; /* it began on an earlier day, goes on on a later one */
    bool leads;         /* the first of a cluster: blocks that touch each other follow it */
};

/* A meeting of whole days, across the top. */
struct week_bar {
    size_t item;
    int first, last; /* days of the span, both included */
    int row;
    bool before, after; /* it began before the span, goes on after it */
};

struct week_plan {
    struct VECTOR(struct week_block) blocks;
    struct VECTOR(struct week_bar) bars;
    int bar_rows;
    int lanes[PLAN_DAYS_MAX]; /* the most lanes that the day needs; 0: it has no meeting */
};

/* `days` at most PLAN_DAYS_MAX, from the local midnight `first` as the viewer in `zone` sees it. */
void week_plan_make(struct arena *arena, struct week_plan *plan, struct local_time first, int days,
                    const struct occurrences *list, const struct zone *zone);

#endif
