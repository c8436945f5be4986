/* A meeting's invitation in its forms: text, HTML, iCalendar, and a mail with all three. */
#include "calendar_writer.h"
#include "message.h"
#include <desk/desk.h>
#include <exchange/mail.h>
#include <string.h>
#include <strings.h>
#include <transfer/transfer.h>

/*
 * A REQUEST or CANCEL names who is asked (RFC 5546, 3.2): if nobody is invited, the meeting is
 * published.
 */
static enum ical_method invitation_method(const struct invitation *invitation)
{
    if (invitation->meeting->attendees.count == 0)
        return ICAL_PUBLISH;
    return invitation->meeting->status == MEETING_CANCELLED ? ICAL_CANCEL : ICAL_REQUEST;
}

static const char *method_name(enum ical_method method)
{
    return method == ICAL_PUBLISH ? "PUBLISH" : method == ICAL_CANCEL ? "CANCEL" : "REQUEST";
}

enum err invitation_ical(struct session *session, struct arena *arena,
                         const struct invitation *invitation, int64_t now, const char *sent_by,
                         char **ical)
{
    const struct meeting *meeting = invitation->meeting;
    struct text out = text_start(arena);
    struct ical_writing writing = {.method = invitation_method(invitation), .now = now};
    struct ical_item item = {.meeting = meeting,
                             .zone = invitation->zone,
                             .organizer_name = invitation->organizer->name,
                             .sent_by = sent_by};
    if (meeting->status != MEETING_CANCELLED) /* nobody is to dial in to it */
        calendar_dial_in(session, arena, invitation, &item);
    struct ical_writer *writer = ical_write_begin(arena, &out, &writing);
    enum err err = ical_write_meeting(writer, &item, &session->error);
    ical_write_end(writer);
    *ical = out.bytes;
    return err;
}

enum err transfer_invitation_recipients(struct session *session, struct arena *arena,
                                        const struct invitation *invitation, struct attendees *to)
{
    const struct attendees *all = &invitation->meeting->attendees;
    *to = (struct attendees){0};
    if (!invitation->to) {
        *to = *all;
        return ERR_OK;
    }
    for (size_t i = 0; i < all->count; i++)
        if (strcasecmp(all->items[i].email, invitation->to) == 0)
            *vector_push(arena, to) = all->items[i];
    if (to->count)
        return ERR_OK;
    return error_set_what(&session->error, ERR_NOT_FOUND, "not an attendee of this meeting", "'%s'",
                          invitation->to);
}

static enum err invitation_mail(struct session *session, struct arena *arena,
                                const struct invitation *invitation, char **out)
{
    const char *host = strrchr(invitation->organizer->email, '@');
    char *ical = NULL;
    char uid[UID_SIZE];
    struct attendees to;
    enum err err = transfer_invitation_recipients(session, arena, invitation, &to);
    if (err)
        return err;
    err = invitation_ical(session, arena, invitation, session_now(session), NULL, &ical);
    if (err)
        return err;
    uid_new(uid);
    struct mail mail = {
        .to = &to,
        .subject = invitation->meeting->title,
        .date = session_clock(session),
        .zone = invitation->zone,
        .message_id = arena_format(arena, "<%s%s>", uid, host ? host : "@localhost"),
        .calendar = ical,
        .calendar_method = method_name(invitation_method(invitation)),
    };
    mail_from(session, arena, invitation->organizer, &mail);
    err = mail_texts(session, arena, invitation, &mail);
    if (err)
        return err;
    *out = mail_compose(arena, &mail);
    return ERR_OK;
}

const char *invitation_format_name(enum invitation_format format)
{
    static const char *const names[INVITATION_FORMATS] = {"text", "html", "ics", "eml"};
    return names[format];
}

enum err transfer_invitation(struct session *session, struct arena *arena,
                             const struct invitation *invitation, enum invitation_format format,
                             char **out)
{
    if (format == INVITATION_ICS)
        return invitation_ical(session, arena, invitation, session_now(session), NULL, out);
    if (format == INVITATION_EML)
        return invitation_mail(session, arena, invitation, out);
    return desk_invitation_text(session, arena, invitation, format == INVITATION_HTML, out);
}
