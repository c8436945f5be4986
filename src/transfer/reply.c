/*
 * An answer to somebody outside (RFC 5546, 3.2.3; RFC 6047): a mail with the event as it came, in
 * which its one ATTENDEE is who answers.
 */
#include "message.h"
#include <desk/outbox.h>
#include <desk/transaction.h>
#include <exchange/ical.h>
#include <store/directory.h>
#include <string.h>
#include <strings.h>

/* In the language of who invited, if it is known, else of who answers. */
static enum err answer_words(struct session *session, struct arena *arena,
                             const struct message *message, const struct organizer *organizer,
                             enum partstat partstat, const char **words)
{
    static const char *const keys[] = {[PARTSTAT_NONE] = NULL,
                                       [PARTSTAT_ACCEPTED] = "answer_yes",
                                       [PARTSTAT_DECLINED] = "answer_no",
                                       [PARTSTAT_TENTATIVE] = "answer_maybe"};
    const struct invitation_looks *looks = session->looks;
    struct attendee_known known = {.lang = ""};
    *words = answer_word(partstat);
    if (!looks)
        return ERR_OK;
    enum err err = store_attendee_known(arena, session->store, message->recipient, &known);
    if (err)
        return err;
    struct invitation in = {.lang =
                                looks->language_known(known.lang) ? known.lang : organizer->lang};
    *words = looks->word(arena, &in, keys[partstat]);
    return ERR_OK;
}

/* Of a series one occurrence, as RECURRENCE-ID names it: the series itself is not answered. */
static void occurrence_alone(struct arena *arena, struct meeting *meeting,
                             struct local_time recurrence)
{
    const struct meeting_override *changed = meeting_override_at(meeting, recurrence);
    struct meeting_override one = {
        .recurrence = recurrence, .start = recurrence, .duration = meeting->duration};
    if (changed)
        one = *changed;
    meeting->rrule = NULL;
    meeting->start_local = recurrence;
    meeting->rdates = meeting->exdates = (struct local_times){0};
    meeting->overrides = (struct meeting_overrides){0};
    *vector_push(arena, &meeting->rdates) = recurrence;
    *vector_push(arena, &meeting->overrides) = one;
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
    struct local_time recurrence;
    if (message->recurrence && local_parse_basic(message->recurrence, &recurrence))
        occurrence_alone(arena, alone, recurrence);
    enum err err = session_zone(session, meeting->tz, &zone);
    if (err)
        return err;
    struct ical_writing writing = {.method = ICAL_REPLY, .now = message->queued};
    struct ical_item item = {.meeting = alone, .zone = zone};
    struct ical_writer *writer = ical_write_begin(arena, &out, &writing);
    err = ical_write_meeting(writer, &item, &session->error);
    ical_write_end(writer);
    *ical = out.bytes;
    return err;
}

static enum err compose(struct session *session, struct arena *arena, struct message *message,
                        const struct meeting *meeting, const struct attendee *own)
{
    struct organizer organizer = {0};
    struct attendees to = {0};
    enum err err =
        store_organizer_by_uid(arena, session->store, meeting->organizer_uid, &organizer);
    if (err)
        return err;
    const char *words = NULL;
    err = answer_words(session, arena, message, &organizer, own->partstat, &words);
    if (err)
        return err;
    const char *title = meeting->title;
    if (message->recurrence)
        title = arena_format(arena, "%s (%.4s-%.2s-%.2s)", title, message->recurrence,
                             message->recurrence + 4, message->recurrence + 6);
    const char *name = organizer.name && organizer.name[0] ? organizer.name : own->email;
    *vector_push(arena, &to) =
        (struct attendee){.email = message->recipient,
                          .name = meeting->invited_by_name ? meeting->invited_by_name : ""};
    struct mail mail = {
        .to = &to,
        .subject = arena_format(arena, "%s: %s", words, title),
        .date = message->queued,
        .zone = zone_utc(),
        .message_id = message->message_id,
        .calendar_method = "REPLY",
        .text = arena_format(arena, "%s: %s\n%s\n", words, title, name),
    };
    organizer.email = own->email; /* who was invited answers, also by an alias */
    mail_from(session, arena, &organizer, &mail);
    err = reply_ical(session, arena, message, meeting, own, &mail.calendar);
    if (err)
        return err;
    message->text = mail_compose(arena, &mail);
    return ERR_OK;
}

/* Who answers, as they have answered by now. */
static enum err answer_read(struct session *session, struct arena *arena,
                            const struct message *message, const struct meeting *meeting,
                            struct attendee *answer)
{
    const struct attendee *own = meeting_own_attendee(meeting);
    struct occurrence_replies list = {0};
    struct local_time recurrence;
    *answer = own ? *own : (struct attendee){.email = meeting->organizer, .name = ""};
    if (!message->recurrence)
        return ERR_OK;
    answer->partstat = PARTSTAT_NONE;
    enum err err = desk_occurrence_replies(session, arena, meeting->uid, &list);
    bool read = local_parse_basic(message->recurrence, &recurrence);
    for (size_t i = 0; i < list.count && read; i++)
        if (local_compare(list.items[i].recurrence, recurrence) == 0 &&
            strcasecmp(list.items[i].email, answer->email) == 0)
            answer->partstat = list.items[i].partstat;
    return err;
}

enum err reply_message(struct session *session, struct arena *arena, struct message *message,
                       const struct meeting *meeting, const char **why)
{
    struct attendee own;
    enum err err = answer_read(session, arena, message, meeting, &own);
    if (err)
        return err;
    if (meeting_over(meeting, session_now(session)))
        *why = MESSAGE_OVER;
    else if (meeting->status == MEETING_CANCELLED)
        *why = "the meeting was cancelled";
    else if (own.partstat == PARTSTAT_NONE)
        *why = "there is no answer any more";
    message->sequence = meeting->sequence;
    if (*why || message->text)
        return ERR_OK;
    return compose(session, arena, message, meeting, &own);
}
