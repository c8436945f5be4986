/*
 * Answering an invitation of somebody outside (RFC 5546, 3.2.3): the answer stands beside the own
 * attendee of the foreign meeting, and is owed to its organizer if somebody asks for that.
 */
#include "calendar.h"
#include <desk/outbox.h>
#include <desk/transaction.h>
#include <store/meetings.h>
#include <string.h>

/* NULL, or why it is not answered. */
static const char *why_not(const struct meeting *meeting, bool send, int64_t now)
{
    if (!meeting_foreign(meeting))
        return "it is the calendar's own; only an invitation from outside is answered";
    if (meeting->status == MEETING_CANCELLED)
        return "it is cancelled";
    if (meeting_over(meeting, now))
        return "it is over";
    if (send && !strchr(meeting->invited_by, '@'))
        return "its organizer's address is not known; answer without sending, and tell them "
               "yourself";
    return NULL;
}

/*
 * Written as a change of the meeting, so that a sync writes it into its file. Somebody to whom the
 * invitation was forwarded becomes an attendee by answering.
 */
static enum err answer_put(struct session *session, struct arena *arena, struct meeting *meeting,
                           enum partstat partstat)
{
    const struct attendee *own = meeting_own_attendee(meeting);
    struct attendee answer = {.email = meeting->organizer, .name = ""};
    if (own)
        answer = *own;
    else
        *vector_push(arena, &meeting->attendees) = answer;
    answer.partstat = partstat;
    answer.replied = session_now(session);
    answer.reply_sequence = meeting->sequence;
    meeting->changed = session_clock(session);
    enum err err = store_meeting_put(session->store, meeting);
    return err ? err : store_attendee_replied(session->store, meeting->uid, &answer);
}

/*
 * For one occurrence. That is kept beside the meeting: what its file says of the series stays. If
 * the occurrence is a changed one, the file says the answer there, so it is to be written anew.
 * *recurrence names the occurrence to who invited.
 */
static enum err occurrence_answer_put(struct session *session, struct arena *arena,
                                      struct meeting *meeting, const struct which *which,
                                      enum partstat partstat, const char **recurrence)
{
    const struct attendee *own = meeting_own_attendee(meeting);
    struct occurrence one = {0};
    enum err err = desk_occurrence(session, arena, meeting->uid, which, &one);
    if (!err && one.end <= session_now(session))
        err = meeting_refuse(session, arena, meeting, "this occurrence is over");
    if (err)
        return err;
    *recurrence = local_format_basic(arena, one.recurrence);
    if (meeting_override_at(meeting, one.recurrence)) {
        meeting->changed = session_clock(session);
        err = store_meeting_put(session->store, meeting);
    }
    if (err)
        return err;
    return store_occurrence_replied(
        session->store, meeting->uid,
        &(struct occurrence_reply){.recurrence = one.recurrence,
                                   .email = own ? own->email : meeting->organizer,
                                   .partstat = partstat,
                                   .replied = session_now(session),
                                   .reply_sequence = meeting->sequence});
}

static enum err answer(struct session *session, struct arena *arena, const char *reference,
                       const struct which *which, enum partstat partstat, bool send,
                       const char **uid)
{
    struct meeting meeting = {0};
    enum err err = meeting_resolve(session, arena, reference, &meeting);
    if (err)
        return err;
    const char *why = why_not(&meeting, send, session_now(session));
    if (why)
        return meeting_refuse(session, arena, &meeting, why);
    const char *recurrence = NULL, *said = partstat_name(partstat);
    if (which)
        err = occurrence_answer_put(session, arena, &meeting, which, partstat, &recurrence);
    else
        err = answer_put(session, arena, &meeting, partstat);
    if (err)
        return err;
    *uid = meeting.uid;
    err = history_note(session, HISTORY_MEETING_ANSWERED, NULL, meeting.uid,
                       recurrence ? arena_format(arena, "%s, occurrence of %s", said, recurrence)
                                  : said);
    if (err || !send)
        return err;
    struct message message = {
        .kind = MESSAGE_REPLY, .recipient = meeting.invited_by, .recurrence = recurrence};
    return outbox_queue(session, arena, &meeting, &message);
}

enum err desk_occurrence_replies(struct session *session, struct arena *arena,
                                 const char *meeting_uid, struct occurrence_replies *out)
{
    *out = (struct occurrence_replies){0};
    return READING(session, store_occurrence_replies(arena, session->store, meeting_uid, out));
}

enum err desk_answer(struct session *session, struct arena *arena, const char *reference,
                     const struct which *which, enum partstat partstat, bool send, const char **uid)
{
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = answer(session, arena, reference, which, partstat, send, uid);
    return writing.err;
}
