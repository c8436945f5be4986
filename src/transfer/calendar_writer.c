/*
 * Meetings as iCalendar, each with its dial-in block, so that another program shows how to join by
 * phone.
 */
#include "calendar_writer.h"
#include <desk/desk.h>
#include <store/directory.h>
#include <store/outbox.h>

enum err calendar_writer_start(struct session *session, struct arena *arena,
                               struct calendar_writer *writer)
{
    *writer = (struct calendar_writer){
        .session = session,
        .arena = arena,
        .writing = {.method = ICAL_NO_METHOD, .now = session_now(session)}};
    enum err err = store_organization_get(arena, session->store, &writer->organization);
    return err ? err : store_numbers_list(arena, session->store, &writer->numbers);
}

void calendar_dial_in(const struct session *session, struct arena *arena,
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

static void add_dial_in(const struct calendar_writer *writer, struct arena *arena,
                        const struct organizer *organizer, struct ical_item *item)
{
    const struct meeting *meeting = item->meeting;
    struct invitation invitation = {0};
    struct occurrence occurrence = {.meeting = meeting,
                                    .start = meeting->start,
                                    .end = meeting->end,
                                    .recurrence = meeting->start_local,
                                    .title = meeting->title,
                                    .location = meeting->location};
    invitation_compose(&invitation, &writer->organization, organizer, &occurrence, item->zone,
                       &writer->numbers, NULL);
    calendar_dial_in(writer->session, arena, &invitation, item);
}

enum err calendar_item(struct calendar_writer *writer, struct arena *arena,
                       const struct meeting *meeting, struct ical_item *item)
{
    const struct organizer *organizer = NULL;
    *item = (struct ical_item){.meeting = meeting};
    enum err err = organizer_known(writer->session, writer->arena, &writer->organizers,
                                   meeting->organizer_uid, &organizer);
    if (err)
        return err;
    err = session_zone(writer->session, meeting->tz, &item->zone);
    if (err)
        return err;
    item->organizer_name = organizer->name;
    if (meeting->overrides.count > 0)
        err = store_occurrence_replies(arena, writer->session->store, meeting->uid, &item->replies);
    if (err)
        return err;
    if (meeting->status != MEETING_CANCELLED && /* nobody is to dial in to it */
        !meeting_foreign(meeting))              /* that is its organizer's to say */
        add_dial_in(writer, arena, organizer, item);
    return ERR_OK;
}

enum err calendar_put(struct calendar_writer *writer, struct ical_writer *ical,
                      const struct meeting *meeting)
{
    struct arena *scratch = arena_new();
    struct ical_item item;
    enum err err = calendar_item(writer, scratch, meeting, &item);
    if (!err)
        err = ical_write_meeting(ical, &item, &writer->session->error);
    arena_free(scratch);
    return err;
}

enum err calendar_of_one(struct calendar_writer *writer, struct arena *arena,
                         const struct meeting *meeting, const struct ical_rest *rest,
                         struct text *out)
{
    struct ical_writer *ical = ical_write_begin(arena, out, &writer->writing);
    if (rest)
        ical_write_lines(ical, rest->properties.bytes);
    enum err err = calendar_put(writer, ical, meeting);
    if (rest)
        ical_write_lines(ical, rest->components.bytes);
    ical_write_end(ical);
    return err;
}
