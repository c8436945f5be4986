/* Exporting meetings as one calendar. */
#include "calendar_writer.h"
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/meetings.h>
#include <transfer/transfer.h>

struct exporting {
    struct arena *arena; /* of what comes out */
    const struct organizer *organizer;
    const struct strings *references;
    int64_t from, to;
    char **out;

    struct calendar_writer writer;
    struct ical_writer *ical;
};

/* Each once, however often it is named. */
static enum err write_named(struct session *session, struct exporting *exporting)
{
    struct strings written = {0};
    for (size_t i = 0; i < exporting->references->count; i++) {
        struct meeting meeting = {0};
        enum err err =
            meeting_resolve(session, exporting->arena, exporting->references->items[i], &meeting);
        if (err)
            return err;
        if (strings_hold(&written, meeting.uid))
            continue;
        *vector_push(exporting->arena, &written) = meeting.uid;
        err = calendar_put(&exporting->writer, exporting->ical, &meeting);
        if (err)
            return err;
    }
    return ERR_OK;
}

static enum err write_span(struct session *session, struct exporting *exporting)
{
    struct meetings list = {0};
    struct arena *scratch = arena_new();
    enum err err = store_meetings_between(scratch, session->store,
                                          exporting->organizer ? exporting->organizer->uid : NULL,
                                          exporting->from, exporting->to, true, &list);
    for (size_t i = 0; !err && i < list.count; i++)
        err = calendar_put(&exporting->writer, exporting->ical, &list.items[i]);
    arena_free(scratch);
    return err;
}

static enum err export_meetings(struct session *session, void *context)
{
    struct exporting *exporting = context;
    struct text out = text_start(exporting->arena);
    enum err err = calendar_writer_start(session, exporting->arena, &exporting->writer);
    if (err)
        return err;
    exporting->ical = ical_write_begin(exporting->arena, &out, &exporting->writer.writing);
    err = exporting->references->count > 0 ? write_named(session, exporting)
                                           : write_span(session, exporting);
    ical_write_end(exporting->ical);
    *exporting->out = out.bytes;
    return err;
}

enum err transfer_export(struct session *session, struct arena *arena,
                         const struct organizer *organizer, const struct strings *references,
                         int64_t from, int64_t to, char **ical)
{
    static const struct strings none;
    struct exporting exporting = {.arena = arena,
                                  .organizer = organizer,
                                  .references = references ? references : &none,
                                  .from = from,
                                  .to = to,
                                  .out = ical};
    return transaction_read(session, export_meetings, &exporting);
}
