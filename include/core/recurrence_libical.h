/*
 * The one implementation of core/recurrence.h. It needs libical, so it is linked into the module "ical" only, and only
 * that module's record (exchange/ical.h) and tests name it; everybody else is handed the engine.
 */
#ifndef CORE_RECURRENCE_LIBICAL_H
#define CORE_RECURRENCE_LIBICAL_H

#include <core/recurrence.h>

enum err recurrence_libical_check(const char *rrule, struct error *error);
enum err recurrence_libical_each(const char *rrule, struct local_time start,
                                 const struct zone *zone, struct local_time from,
                                 struct local_time to, recurrence_visit *visit, void *context,
                                 struct error *error);
enum err recurrence_libical_last(const char *rrule, struct local_time start,
                                 const struct zone *zone, struct local_time *last, bool *open,
                                 struct error *error);

#define RECURRENCE_LIBICAL                                                                         \
    {                                                                                              \
        .check = recurrence_libical_check, .each = recurrence_libical_each,                        \
        .last = recurrence_libical_last                                                            \
    }

#endif
