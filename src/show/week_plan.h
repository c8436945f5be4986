/*
 * Where a time grid's meetings stand, before anything is drawn: days, half hours and lanes.
 */
#ifndef SHOW_WEEK_PLAN_H
#define SHOW_WEEK_PLAN_H

#include <base/vector.h>
#include <core/meeting.h>
#include <core/zone.h>

enum { SLOTS_A_DAY = 48, PLAN_DAYS_MAX = 14 };

/*
 * A meeting's part of one day. Meetings of one day that touch the same slots share its width in
 * lanes.
 */
struct week_block {
    size_t item;        /* index into the list */
    int day;            /* 0 is the first day of the span */
    int from, to;       /* half hours of the day, `to` not included */
    int lane, lanes;    /* this one, and into how many the width is cut */
    bool before, after; /* it began the day before, goes on the day after */
    bool leads;         /* the first of those that touch each other, which stand behind it */
};

/* A meeting of whole days, across the top. */
struct week_bar {
    size_t item;
    int first, last; /* days of the span, both included */
    int row;
    bool before, after; /* it began before the span, goes on behind it */
};

struct week_plan {
    struct VECTOR(struct week_block) blocks;
    struct VECTOR(struct week_bar) bars;
    int bar_rows;
    int lanes[PLAN_DAYS_MAX]; /* the most lanes that the day needs; 0: nothing is on */
};

/* `days` at most PLAN_DAYS_MAX, from the local midnight `first` as the viewer in `zone` sees it. */
void week_plan_make(struct arena *arena, struct week_plan *plan, struct local_time first, int days,
                    const struct occurrences *list, const struct zone *zone);

#endif
