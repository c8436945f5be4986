/*
 * Inside the iCalendar module: what its record is made of.
 */
#ifndef ICAL_READ_H
#define ICAL_READ_H

#include <exchange/ical.h>

enum err ical_read(const struct ical_reading *reading, struct ical_source source,
                   struct ical_events events, struct error *error);
struct local_time ical_merge(struct arena *arena, struct meeting *series, const struct zone *zone,
                             const struct ical_event *event);
char *ical_canonical(struct arena *arena, const char *ical);

struct ical_writer *ical_write_begin(struct arena *arena, struct text *out,
                                     const struct ical_writing *writing);
enum err ical_write_meeting(struct ical_writer *writer, const struct ical_item *item,
                            struct error *error);
void ical_write_end(struct ical_writer *writer);

#endif
