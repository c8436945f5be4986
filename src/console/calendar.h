/*
 * What the calendar views share: occurrences of one organizer or of everybody, a selected one, a
 * place in time.
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
/* Puts a new list in, the same meeting selected. */
void calendar_replace(struct calendar *calendar, const struct occurrences *list);
struct local_time calendar_day(const struct console *console,
                               const struct occurrence *occurrence); /* it begins on */
enum reaction calendar_act(struct console *console, struct view *view, enum action action);
const struct occurrence *calendar_selected(const struct view *view);
struct show_list *calendar_list(struct view *view, size_t *count);
/* "Mon 23 - Sun 29 Nov 2026", and whose where it is everybody's. */
const char *calendar_span(const struct console *console, struct arena *arena,
                          struct local_time first, int days);

#endif
