/* Exporting meetings as one calendar. */
#include "calendar_writer.h"
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/meetings.h>
#include <transfer/transfer.h>

/* Each once, however often it is named. */
static enum err write_named(struct calendar_writer *writer, struct ical_writer *ical,
                            const struct strings *references)
{
    struct strings written = {0};
    for (size_t i = 0; i < references->count; i++) {
        struct meeting meeting = {0};
        enum err err =
            meeting_resolve(writer->session, writer->arena, references->items[i], &meeting);
        if (err)
            return err;
        if (strings_hold(&written, meeting.uid))
            continue;
        *vector_push(writer->arena, &written) = meeting.uid;
        err = calendar_put(writer, ical, &meeting);
        if (err)
            return err;
    }
    return ERR_OK;
}

static enum err write_span(struct calendar_writer *writer, struct ical_writer *ical,
                           const struct organizer *organizer, int64_t from, int64_t to)
{
    struct meetings list = {0};
    struct arena *scratch = arena_new();
    enum err err = store_meetings_between(scratch, writer->session->store,
                                          organizer ? organizer->uid : NULL, from, to, true, &list);
    for (size_t i = 0; !err && i < list.count; i++)
        err = calendar_put(writer, ical, &list.items[i]);
    arena_free(scratch);
    return err;
}

enum err transfer_export(struct session *session, struct arena *arena,
                         const struct organizer *organizer, const struct strings *references,
                         int64_t from, int64_t to, char **ical)
{
    struct calendar_writer writer;
    struct text out = text_start(arena);
    enum err err = reading_begin(session);
    if (!err)
        err = calendar_writer_start(session, arena, &writer);
    if (err)
        return reading_end(session, err);
    struct ical_writer *calendar = ical_write_begin(arena, &out, &writer.writing);
    err = references && references->count > 0 ? write_named(&writer, calendar, references)
                                              : write_span(&writer, calendar, organizer, from, to);
    ical_write_end(calendar);
    *ical = out.bytes;
    return reading_end(session, err);
}
