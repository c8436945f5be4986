/*
 * Exporting meetings as iCalendar, each with its dial-in block, so that another program shows how to join by phone.
 */
#include "calendar.h"
#include "transaction.h"
#include <exchange/ical.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>

struct exporting {
    struct arena *arena; /* what comes out */
    const struct organizer *organizer;
    const struct strings *references;
    int64_t from, to;
    char **ical;

    const struct ical_engine *engine;
    struct ical_writer *writer;
    struct organization organization;
    struct numbers numbers;
    struct organizers organizers; /* met so far */
};

static enum err find_organizer(struct session *session, struct exporting *exporting,
                               const char *uid, size_t *index)
{
    struct organizers *known = &exporting->organizers;
    for (*index = 0; *index < known->count; ++*index) {
        if (strcmp(known->items[*index].uid, uid) == 0)
            return ERR_OK;
    }
    return store_organizer_by_uid(exporting->arena, session->store, uid,
                                  vector_push(exporting->arena, known), &session->error);
}

static void add_dial_in(struct session *session, struct exporting *exporting, struct arena *arena,
                        const struct organizer *organizer, struct ical_item *item)
{
    struct invitation invitation = {0};
    struct occurrence occurrence = {.meeting = item->meeting,
                                    .start = item->meeting->start,
                                    .end = item->meeting->end,
                                    .recurrence = item->meeting->start_local,
                                    .title = item->meeting->title,
                                    .location = item->meeting->location};
    invitation_compose(&invitation, &exporting->organization, organizer, &occurrence, item->zone,
                       &exporting->numbers, NULL);
    item->join_url = invitation.join_url;
    if (!session->looks || !invitation.has_dial_in)
        return;
    item->dial_in_block = session->looks->dial_in_block(arena, &invitation);
    item->dial_string = session->looks->dial_string(arena, &invitation);
}

static enum err write_meeting(struct session *session, struct exporting *exporting,
                              const struct meeting *meeting)
{
    struct arena *scratch = arena_new();
    struct ical_item item = {.meeting = meeting};
    size_t owner = 0;
    enum err err = find_organizer(session, exporting, meeting->organizer_uid, &owner);
    if (err == ERR_OK)
        err = session_zone(session, meeting->tz, &item.zone);
    if (err == ERR_OK) {
        const struct organizer *organizer = &exporting->organizers.items[owner];
        item.organizer_name = organizer->name;
        add_dial_in(session, exporting, scratch, organizer, &item);
        err = exporting->engine->write_meeting(exporting->writer, &item, &session->error);
    }
    arena_free(scratch);
    return err;
}

static enum err write_named(struct session *session, struct exporting *exporting)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < exporting->references->count; i++) {
        struct meeting meeting = {0};
        err = meeting_resolve(session, exporting->arena, exporting->references->items[i], &meeting);
        if (err == ERR_OK)
            err = write_meeting(session, exporting, &meeting);
    }
    return err;
}

static enum err write_span(struct session *session, struct exporting *exporting)
{
    struct meetings list = {0};
    struct arena *scratch = arena_new();
    enum err err = store_meetings_between(
        scratch, session->store, exporting->organizer ? exporting->organizer->uid : NULL,
        exporting->from, exporting->to, true, &list, &session->error);
    for (size_t i = 0; err == ERR_OK && i < list.count; i++)
        err = write_meeting(session, exporting, &list.items[i]);
    arena_free(scratch);
    return err;
}

static enum err export(struct session *session, void *context) {
    struct exporting *exporting = context; struct text out = text_start(exporting->arena);
    struct ical_writing writing = {.method = ICAL_NO_METHOD,
                                   .now = session_now(session),
                                   .zones = session->zones};
    exporting->numbers = (struct numbers){0};
    exporting->organizers = (struct organizers){0};
    enum err err = session_ical(session, &exporting->engine);
    if (err == ERR_OK) err = store_organization_get(exporting->arena, session->store,
                                                    &exporting->organization, &session->error);
    if (err == ERR_OK) err = store_numbers_list(exporting->arena, session->store,
                                                &exporting->numbers, &session->error);
    if (err != ERR_OK) return err;
    exporting->writer = exporting->engine->write_begin(exporting->arena, &out, &writing);
    err = exporting->references->count > 0 ? write_named(session, exporting)
                                           : write_span(session, exporting);
    if (err == ERR_OK) exporting->engine->write_end(exporting->writer);
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
