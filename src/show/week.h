/*
 * What the time grid's files share while one is drawn: the frame with its days and hours (week.c),
 * the meetings in it (week_blocks.c).
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
    int col[PLAN_DAYS_MAX + 1]; /* where a drawn day's separator stands; one more for the end */
    int bar_rows;               /* rows of whole-day meetings that are drawn */
    int grid_row, grid_rows;
    int today, marked; /* the drawn day that is today, and the selected one; -1: none */
};

int week_least(int a, int b); /* the smaller one */
/* The inside of a drawn day's column. */
struct area week_day_area(const struct week *week, int index, int row, int rows);
enum style week_style(const struct week *week, const struct occurrence *occurrence);
/* Sign and title, a cancelled one in brackets. */
const char *week_title(const struct week *week, const struct occurrence *occurrence);
/* All that stands in the grid. */
void week_blocks_draw(struct week *week);

#endif
