/*
 * A message of the outbox, from the meeting as it is now: who it is from, what it says, and its
 * calendar. The same row gives the same bytes: the date is when it was queued.
 */
#include "message.h"
#include <desk/desk.h>
#include <desk/outbox.h>
#include <desk/transaction.h>
#include <exchange/mail.h>
#include <store/outbox.h>
#include <string.h>
#include <transfer/send.h>

/* --- what is owed --- */

/* NULL, or why nobody is to hear this any more. The kind follows the meeting's state. */
static const char *settle_kind(struct message *message, const struct meeting *meeting, int64_t now)
{
    bool cancelled = meeting->status == MEETING_CANCELLED;
    bool invited = attendee_find(&meeting->attendees, message->recipient) != NULL;
    if (meeting_over(meeting, now))
        return MESSAGE_OVER;
    if (message->kind == MESSAGE_CANCELLATION) {
        if (!cancelled && invited)
            message->kind = MESSAGE_UPDATE;
        return NULL;
    }
    if (cancelled)
        return "the meeting was cancelled";
    return invited ? NULL : "the attendee is not invited any more";
}

/* Who is invited no more gets a cancellation for themselves alone. */
static const struct meeting *meeting_for(struct arena *arena, const struct message *message,
                                         const struct meeting *meeting)
{
    if (message->kind != MESSAGE_CANCELLATION ||
        attendee_find(&meeting->attendees, message->recipient))
        return meeting;
    struct meeting *copy = meeting_copy(arena, meeting);
    copy->status = MEETING_CANCELLED;
    copy->attendees = (struct attendees){0};
    *vector_push(arena, &copy->attendees) =
        (struct attendee){.email = message->recipient, .name = ""};
    return copy;
}

/* --- the message --- */

static enum err thread(struct session *session, struct arena *arena, const struct message *message,
                       struct mail *mail)
{
    struct message first = {0}, last = {0};
    bool found = false;
    enum err err = store_outbox_sent(arena, session->store, message->meeting_uid,
                                     message->recipient, &first, &last, &found);
    if (found)
        mail->in_reply_to = first.message_id;
    return err;
}

static const char *subject(const struct session *session, struct arena *arena,
                           const struct invitation *invitation, enum message_kind kind)
{
    const char *key = kind == MESSAGE_CANCELLATION                         ? "subject_cancelled"
                      : kind == MESSAGE_UPDATE || kind == MESSAGE_REMINDER ? "subject_updated"
                                                                           : NULL;
    if (!key || !session->looks)
        return invitation->meeting->title;
    return arena_format(arena, "%s: %s", session->looks->word(arena, invitation, key),
                        invitation->meeting->title);
}

static enum err compose(struct session *session, struct arena *arena, struct message *message,
                        const struct invitation *invitation)
{
    char *ical = NULL;
    const struct attendee *known =
        attendee_find(&invitation->meeting->attendees, message->recipient);
    struct attendees to = {0};
    if (!known) /* settle_kind and meeting_for see to it */
        return error_set(&session->error, ERR_BUG, "message", "its recipient is no attendee");
    *vector_push(arena, &to) = *known;
    struct mail mail = {
        .to = &to,
        .subject = subject(session, arena, invitation, message->kind),
        .date = message->queued,
        .zone = invitation->zone,
        .message_id = message->message_id,
        .generated = message->kind == MESSAGE_REMINDER,
        .calendar_attached = session->settings.mail_attach_ics,
    };
    mail_from(session, arena, invitation->organizer, &mail);
    enum err err = thread(session, arena, message, &mail);
    if (err)
        return err;
    err = mail_texts(session, arena, invitation, &mail);
    if (err)
        return err;
    err = invitation_ical(session, arena, invitation, message->queued,
                          mail.reply_email ? mail.from_email : NULL, &ical);
    if (err)
        return err;
    mail.calendar = ical;
    mail.calendar_method = message->kind == MESSAGE_CANCELLATION ? "CANCEL" : "REQUEST";
    message->text = mail_compose(arena, &mail);
    return ERR_OK;
}

static enum err message_make(struct session *session, struct arena *arena, struct message *message,
                             const char **why)
{
    struct occurrence meeting = {0};
    struct invitation invitation = {0};
    if (message->state == MESSAGE_SENT) {
        *why = "it was sent, and its text is kept no longer";
        return ERR_OK;
    }
    enum err err = desk_meeting(session, arena, message->meeting_uid, &meeting);
    if (err)
        return err;
    *why = mail_address_fault(message->recipient);
    if (!*why && message->kind == MESSAGE_REPLY)
        return reply_message(session, arena, message, meeting.meeting, why);
    if (!*why)
        *why = settle_kind(message, meeting.meeting, session_now(session));
    if (*why)
        return ERR_OK;
    message->sequence = meeting.meeting->sequence;
    message->conference_id = meeting.meeting->conference_id;
    message->told = message_tells(meeting.meeting);
    if (message->text) /* as it was first tried */
        return ERR_OK;
    meeting.meeting = meeting_for(arena, message, meeting.meeting);
    err = desk_invitation(session, arena, &meeting, message->recipient, NULL, &invitation);
    if (err)
        return err;
    if (message->old_id && message->new_id && message->conference_id &&
        strcmp(message->new_id, message->conference_id) == 0) {
        invitation.old_id = message->old_id;
        err = store_moved_at(session->store, message->meeting_uid, message->old_id,
                             &invitation.new_id_since);
    }
    if (err)
        return err;
    invitation.updated = message->kind == MESSAGE_UPDATE;
    invitation.was = message->was;
    invitation.now = invitation.updated ? session_now(session) : 0;
    return compose(session, arena, message, &invitation);
}

enum err transfer_message(struct session *session, struct arena *arena, int64_t id,
                          struct message *message, const char **why)
{
    *why = NULL;
    enum err err = reading_begin(session);
    if (!err)
        err = store_outbox_get(arena, session->store, id, message);
    if (!err)
        err = message_make(session, arena, message, why);
    return reading_end(session, err);
}

enum err transfer_message_text(struct session *session, struct arena *arena, int64_t id,
                               struct message *message)
{
    const char *why = NULL;
    enum err err = desk_outbox_get(session, arena, id, message);
    if (err || message->text)
        return err;
    err = transfer_message(session, arena, id, message, &why);
    if (!err && why)
        message->text = arena_format(arena, "(no text: %s)\n", why);
    return err;
}
