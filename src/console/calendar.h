/*
 * Shared by the day, week, month and agenda: the occurrences of one organizer or of everybody, the
 * selected one, the day that the view stands on.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "stack.h"

/* The first member of each calendar view's state. */
struct calendar {
    struct occurrences list;
    struct show_list show;
    struct local_time day; /* console->day when it was loaded */
};

enum err calendar_fetch(struct console *console, struct arena *arena, struct local_time from,
                        struct local_time to, struct occurrences *list);
/* Puts a new list in and selects the same meeting in it. */
void calendar_replace(struct calendar *calendar, const struct occurrences *list);
/* The day on which the occurrence begins, in the console's zone. */
struct local_time calendar_day(const struct console *console, const struct occurrence *occurrence);
/* The same day some months later or, if that month is shorter, the month's last day. */
struct local_time calendar_add_months(struct local_time day, int months);
enum reaction calendar_act(struct console *console, struct view *view, enum action action);
const struct occurrence *calendar_selected(const struct view *view);
/*
 * "Mon 23 - Sun 29 Nov 2026", with ", everybody" behind it if all organizers' meetings are shown.
 */
const char *calendar_span(const struct console *console, struct local_time first, int days);

#endif
