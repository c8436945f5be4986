/*
 * Meetings to iCalendar. Not there yet: it refuses.
 */
#include "ical_read.h"

struct ical_writer {
    struct text *out;
};

struct ical_writer *ical_write_begin(struct arena *arena, struct text *out, const struct ical_writing *writing)
{
    (void)writing;
    struct ical_writer *writer = arena_alloc(arena, sizeof *writer);
    writer->out = out;
    return writer;
}

enum err ical_write_meeting(struct ical_writer *writer, const struct ical_item *item, struct error *error)
{
    (void)writer;
    (void)item;
    return error_set(error, ERR_REFUSED, "iCalendar", "writing it is not there yet");
}

void ical_write_end(struct ical_writer *writer)
{
    (void)writer;
}
