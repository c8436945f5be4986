/*
 * One drawing of a time grid, shared by its files: week_plan.c finds the places of its meetings, as
 * days, half hours and lanes, week.c draws the frame with days and hours, week_blocks.c the
 * meetings in it.
 */
#ifndef SHOW_WEEK_H
#define SHOW_WEEK_H

#include <base/vector.h>
#include <core/zone.h>
#include <show/show.h>

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

/* --- the drawing --- */

struct week {
    struct canvas *canvas;
    struct area area;
    const struct show_context *context;
    const struct occurrences *list;
    struct show_list *state;
    struct arena *arena;     /* of this drawing alone */
    struct local_time first; /* of the days that are drawn */
    struct week_plan plan;
    int shown;                  /* how many days are drawn */
    int col[PLAN_DAYS_MAX + 1]; /* the columns of the days' separators, and of the grid's end */
    int bar_rows;               /* how many rows of whole-day meetings are drawn */
    int grid_row, grid_rows;
    int today, marked; /* the drawn day that is today, and the selected one; -1: none */
};

int week_least(int a, int b); /* the smaller one */
/* The inside of a drawn day's column. */
struct area week_day_area(const struct week *week, int index, int row, int rows);
enum style week_style(const struct week *week, const struct occurrence *occurrence);
/* Risk sign and title, which is in brackets if the meeting is cancelled. */
const char *week_title(const struct week *week, const struct occurrence *occurrence);
/* Draws the meetings that are no bars. */
void week_blocks_draw(struct week *week);

#endif
