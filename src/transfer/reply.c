/*
 * An answer to somebody outside (RFC 5546, 3.2.3; RFC 6047): a mail with the event as it came, in
 * which its one ATTENDEE is who answers.
 */
#include "message.h"
#include <desk/desk.h>
#include <desk/transaction.h>
#include <exchange/ical.h>
#include <store/directory.h>

static const char *answer_words(enum partstat partstat)
{
    static const char *const words[] = {[PARTSTAT_NONE] = NULL,
                                        [PARTSTAT_ACCEPTED] = "Accepted",
                                        [PARTSTAT_DECLINED] = "Declined",
                                        [PARTSTAT_TENTATIVE] = "Tentative"};
    return words[partstat];
}

static enum err reply_ical(struct session *session, struct arena *arena,
                           const struct message *message, const struct meeting *meeting,
                           const struct attendee *own, const char **ical)
{
    const struct zone *zone = NULL;
    struct text out = text_start(arena);
    struct meeting *alone = meeting_copy(arena, meeting);
    alone->attendees = (struct attendees){0};
    *vector_push(arena, &alone->attendees) = *own;
    enum err err = session_zone(session, meeting->tz, &zone);
    if (err)
        return err;
    struct ical_writing writing = {
        .method = ICAL_REPLY, .now = message->queued, .zones = session->zones};
    struct ical_item item = {.meeting = alone, .zone = zone};
    struct ical_writer *writer = ical_write_begin(arena, &out, &writing);
    err = ical_write_meeting(writer, &item, &session->error);
    ical_write_end(writer);
    *ical = out.bytes;
    return err;
}

static enum err organizer_read(struct session *session, struct arena *arena,
                               const struct meeting *meeting, struct organizer *out)
{
    enum err err = reading_begin(session);
    if (!err)
        err = store_organizer_by_uid(arena, session->store, meeting->organizer_uid, out);
    return reading_end(session, err);
}

static enum err compose(struct session *session, struct arena *arena, struct message *message,
                        const struct meeting *meeting, const struct attendee *own)
{
    struct organizer organizer = {0};
    struct attendees to = {0};
    enum err err = organizer_read(session, arena, meeting, &organizer);
    if (err)
        return err;
    const char *words = answer_words(own->partstat);
    const char *name = organizer.name && organizer.name[0] ? organizer.name : own->email;
    *vector_push(arena, &to) =
        (struct attendee){.email = message->recipient,
                          .name = meeting->invited_by_name ? meeting->invited_by_name : ""};
    struct mail mail = {
        .to = &to,
        .subject = arena_format(arena, "%s: %s", words, meeting->title),
        .date = message->queued,
        .zone = zone_utc(),
        .message_id = message->message_id,
        .calendar_method = "REPLY",
        .text = arena_format(arena, "%s: %s\n%s\n", words, meeting->title, name),
    };
    organizer.email = own->email; /* who was invited answers, also by an alias */
    mail_from(session, arena, &organizer, &mail);
    err = reply_ical(session, arena, message, meeting, own, &mail.calendar);
    if (err)
        return err;
    message->text = mail_compose(arena, &mail);
    return ERR_OK;
}

enum err reply_message(struct session *session, struct arena *arena, struct message *message,
                       const struct meeting *meeting, const char **why)
{
    const struct attendee *own = meeting_own_attendee(meeting);
    if (meeting_over(meeting, session_now(session)))
        *why = "the meeting is over";
    else if (meeting->status == MEETING_CANCELLED)
        *why = "the meeting was cancelled";
    else if (!own || own->partstat == PARTSTAT_NONE)
        *why = "there is no answer any more";
    message->sequence = meeting->sequence;
    if (*why || message->text)
        return ERR_OK;
    return compose(session, arena, message, meeting, own);
}
