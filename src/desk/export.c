/*
 * Exporting meetings as iCalendar, each with its dial-in block, so that another program shows how
 * to join by phone.
 */
#include "export.h"
#include "calendar.h"
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>

static enum err find_organizer(struct session *session, struct exporter *exporter, const char *uid,
                               size_t *index)
{
    struct organizers *known = &exporter->organizers;
    for (*index = 0; *index < known->count; ++*index) {
        if (strcmp(known->items[*index].uid, uid) == 0)
            return ERR_OK;
    }
    return store_organizer_by_uid(exporter->arena, session->store, uid,
                                  vector_push(exporter->arena, known));
}

void exporter_dial_in(const struct session *session, struct arena *arena,
                      const struct invitation *invitation, struct ical_item *item)
{
    const struct invitation_looks *looks = session->looks;
    item->join_url = invitation->join_url;
    if (!looks)
        return;
    item->join_label = looks->word(arena, invitation, "join");
    item->dial_label = looks->word(arena, invitation, "phone");
    if (!invitation->has_dial_in)
        return;
    item->dial_in_block = looks->dial_in_block(arena, invitation);
    item->dial_string = looks->dial_string(arena, invitation);
}

static void add_dial_in(struct session *session, struct exporter *exporter, struct arena *arena,
                        const struct organizer *organizer, struct ical_item *item)
{
    struct invitation invitation = {0};
    struct occurrence occurrence = {.meeting = item->meeting,
                                    .start = item->meeting->start,
                                    .end = item->meeting->end,
                                    .recurrence = item->meeting->start_local,
                                    .title = item->meeting->title,
                                    .location = item->meeting->location};
    invitation_compose(&invitation, &exporter->organization, organizer, &occurrence, item->zone,
                       &exporter->numbers, NULL);
    exporter_dial_in(session, arena, &invitation, item);
}

enum err exporter_item(struct session *session, struct exporter *exporter, struct arena *arena,
                       const struct meeting *meeting, struct ical_item *item)
{
    size_t owner = 0;
    *item = (struct ical_item){.meeting = meeting};
    enum err err = find_organizer(session, exporter, meeting->organizer_uid, &owner);
    if (err == ERR_OK)
        err = session_zone(session, meeting->tz, &item->zone);
    if (err != ERR_OK)
        return err;
    const struct organizer *organizer = &exporter->organizers.items[owner];
    item->organizer_name = organizer->name;
    if (meeting->status != MEETING_CANCELLED) /* nobody is to dial in to it */
        add_dial_in(session, exporter, arena, organizer, item);
    return ERR_OK;
}

enum err exporter_write(struct session *session, struct exporter *exporter,
                        struct ical_writer *writer, const struct meeting *meeting)
{
    struct arena *scratch = arena_new();
    struct ical_item item;
    enum err err = exporter_item(session, exporter, scratch, meeting, &item);
    if (err == ERR_OK)
        err = ical_write_meeting(writer, &item, &session->error);
    arena_free(scratch);
    return err;
}

enum err exporter_start(struct session *session, struct arena *arena, struct exporter *exporter)
{
    *exporter = (struct exporter){.arena = arena,
                                  .writing = {.method = ICAL_NO_METHOD,
                                              .now = session_now(session),
                                              .zones = session->zones}};
    enum err err = store_organization_get(arena, session->store, &exporter->organization);
    if (err == ERR_OK)
        err = store_numbers_list(arena, session->store, &exporter->numbers);
    return err;
}

enum err exporter_calendar(struct session *session, struct exporter *exporter, struct arena *arena,
                           const struct meeting *meeting, struct text *out)
{
    struct ical_writer *writer = ical_write_begin(arena, out, &exporter->writing);
    enum err err = exporter_write(session, exporter, writer, meeting);
    ical_write_end(writer);
    return err;
}

/*
 * --- many of them ------------------------------------------------------------------------------
 */

struct exporting {
    struct arena *arena; /* what comes out */
    const struct organizer *organizer;
    const struct strings *references;
    int64_t from, to;
    char **ical;

    struct exporter exporter;
    struct ical_writer *writer;
};

/* Each once, however often it is named. */
static enum err write_named(struct session *session, struct exporting *exporting)
{
    struct strings written = {0};
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < exporting->references->count; i++) {
        struct meeting meeting = {0};
        err = meeting_resolve(session, exporting->arena, exporting->references->items[i], &meeting);
        if (err != ERR_OK || strings_hold(&written, meeting.uid))
            continue;
        *vector_push(exporting->arena, &written) = meeting.uid;
        err = exporter_write(session, &exporting->exporter, exporting->writer, &meeting);
    }
    return err;
}

static enum err write_span(struct session *session, struct exporting *exporting)
{
    struct meetings list = {0};
    struct arena *scratch = arena_new();
    enum err err = store_meetings_between(scratch, session->store,
                                          exporting->organizer ? exporting->organizer->uid : NULL,
                                          exporting->from, exporting->to, true, &list);
    for (size_t i = 0; err == ERR_OK && i < list.count; i++)
        err = exporter_write(session, &exporting->exporter, exporting->writer, &list.items[i]);
    arena_free(scratch);
    return err;
}

static enum err export(struct session *session, void *context) {
    struct exporting *exporting = context; struct text out = text_start(exporting->arena);
    enum err err = exporter_start(session, exporting->arena, &exporting->exporter);
    if (err != ERR_OK) return err;
    exporting->writer = ical_write_begin(exporting->arena, &out, &exporting->exporter.writing);
    err = exporting->references->count > 0 ? write_named(session, exporting)
                                           : write_span(session, exporting);
    ical_write_end(exporting->writer);
    *exporting->ical = out.bytes;
    return err;
}

enum err desk_export(struct session *session, struct arena *arena,
                     const struct organizer *organizer, const struct strings *references,
                     int64_t from, int64_t to, char **ical)
{
    static const struct strings none;
    struct exporting exporting = {.arena = arena,
                                  .organizer = organizer,
                                  .references = references ? references : &none,
                                  .from = from,
                                  .to = to,
                                  .ical = ical};
    return transaction_read(session, export, &exporting);
}
