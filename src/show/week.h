/*
 * One drawing of a time grid, shared by its two files: week.c draws the frame with days and hours,
 * week_blocks.c the meetings in it.
 */
#ifndef SHOW_WEEK_H
#define SHOW_WEEK_H

#include "week_plan.h"
#include <show/show.h>

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
