/*
 * What comes back by mail. A delivery report (RFC 3464) makes a message that was sent one that
 * failed. An answer to an invitation (RFC 5546, 3.2.3) is kept with the attendee, and changes
 * nothing else. Mail proves nobody, so an answer is what it is: told, not acted upon.
 */
#include "import.h"
#include <desk/desk.h>
#include <stdlib.h>
#include <store/meetings.h>
#include <store/outbox.h>
#include <string.h>
#include <strings.h>

/*
 * NULL, and a note: who was not invited does not become an attendee by answering, and who says
 * neither yes, no nor maybe (DELEGATED, NEEDS-ACTION, a word of their own) takes no answer back.
 */
static const struct attendee *attendee_invited(struct import_run *run, struct arena *arena,
                                               const struct ical_event *event,
                                               const struct meeting *stored,
                                               const struct attendee *answer)
{
    const struct attendee *known = attendee_find(&stored->attendees, answer->email);
    if (!known)
        import_note(run, event,
                    arena_format(arena,
                                 "%s answers and is not invited: the invitation came by forwarding",
                                 answer->email));
    if (!known || answer->partstat != PARTSTAT_NONE)
        return known;
    import_note(run, event,
                arena_format(arena, "%s answers neither yes, no nor maybe", answer->email));
    return NULL;
}

/* True if what was answered stands: it is newer, or the same. */
static bool answer_stands(const struct ical_event *event, enum partstat said,
                          const struct attendee *known)
{
    int64_t stamp = event->meeting.stamp;
    if (known->partstat == said && known->replied == stamp)
        return true;
    return known->partstat != PARTSTAT_NONE &&
           revision_older(event->meeting.sequence, stamp, known->reply_sequence, known->replied);
}

static void note_earlier(struct import_run *run, struct arena *arena,
                         const struct ical_event *event, const struct meeting *stored,
                         const char *email)
{
    if (event->meeting.sequence < stored->sequence)
        import_note(run, event, arena_format(arena, "%s answers an earlier version", email));
}

/* One attendee's answer. *taken: it is newer than what was known. */
static enum err answer_take(struct import_run *run, struct arena *arena,
                            const struct ical_event *event, const struct meeting *stored,
                            const struct attendee *answer, bool *taken)
{
    const struct attendee *known = attendee_invited(run, arena, event, stored, answer);
    *taken = known && !answer_stands(event, answer->partstat, known);
    if (!*taken)
        return ERR_OK;
    note_earlier(run, arena, event, stored, answer->email);
    struct attendee now = *answer;
    now.email = known->email;
    now.replied = event->meeting.stamp;
    now.reply_sequence = event->meeting.sequence;
    return store_attendee_replied(run->session->store, stored->uid, &now);
}

/* --- for one occurrence --- */

/*
 * *found false, and the event rejected: the meeting has no such occurrence. One that does not
 * repeat has that of its start.
 */
static enum err occurrence_answered(struct import_run *run, struct arena *arena,
                                    const struct ical_event *event, const struct meeting *stored,
                                    struct local_time *recurrence, bool *found)
{
    struct session *session = run->session;
    const struct zone *zone = NULL;
    struct occurrence one;
    enum err err = session_zone(session, stored->tz, &zone);
    if (err)
        return err;
    *recurrence = ical_which(stored, zone, event);
    *found = !meeting_series(stored) && local_compare(*recurrence, stored->start_local) == 0;
    if (*found)
        return ERR_OK;
    struct which which = {.scope = SCOPE_OCCURRENCE, .recurrence = *recurrence};
    err = desk_occurrence(session, arena, stored->uid, &which, &one);
    *found = err == ERR_OK;
    if (!err || (err != ERR_NOT_FOUND && err != ERR_INVALID && err != ERR_REFUSED))
        return err;
    error_clear(&session->error);
    import_reject(run, event, "it answers for an occurrence that this meeting does not have");
    return ERR_OK;
}

static enum err occurrence_answer_take(struct import_run *run, struct arena *arena,
                                       const struct ical_event *event, const struct meeting *stored,
                                       struct local_time recurrence, const struct attendee *answer,
                                       bool *taken)
{
    struct store *store = run->session->store;
    const struct attendee *invited = attendee_invited(run, arena, event, stored, answer);
    struct occurrence_replies known = {0};
    *taken = false;
    if (!invited)
        return ERR_OK;
    enum err err = store_occurrence_replies(arena, store, stored->uid, &known);
    for (size_t i = 0; i < known.count && !err; i++) {
        const struct occurrence_reply *reply = &known.items[i];
        struct attendee then = {.partstat = reply->partstat,
                                .replied = reply->replied,
                                .reply_sequence = reply->reply_sequence};
        if (local_compare(reply->recurrence, recurrence) == 0 &&
            strcasecmp(reply->email, answer->email) == 0 &&
            answer_stands(event, answer->partstat, &then))
            return ERR_OK;
    }
    if (err)
        return err;
    note_earlier(run, arena, event, stored, answer->email);
    *taken = true;
    return store_occurrence_replied(store, stored->uid,
                                    &(struct occurrence_reply){
                                        .recurrence = recurrence,
                                        .email = invited->email,
                                        .partstat = answer->partstat,
                                        .replied = event->meeting.stamp,
                                        .reply_sequence = event->meeting.sequence,
                                    });
}

/* The message failed after all, and its recipient does not know what it told. */
static enum err bounce_take(struct import_run *run, struct arena *arena,
                            const struct mail_content *content, const struct message *message)
{
    struct store *store = run->session->store;
    const unsigned from = 1U << MESSAGE_SENT | 1U << MESSAGE_UNCERTAIN;
    enum err err = store_outbox_state(store, message->id, from, MESSAGE_FAILED,
                                      arena_format(arena, "it came back: %s", content->bounced_why),
                                      session_now(run->session));
    return err ? err : store_message_untold(store, message);
}

/* The number in "bounce+17@example.org", of mail_bounce's own host and name; 0: none. */
static int64_t bounce_tag(const char *bounce, const char *at)
{
    const char *host = bounce ? strrchr(bounce, '@') : NULL;
    size_t length = host ? (size_t)(host - bounce) : 0;
    const char *tag = host && at ? strcasestr(at, host) : NULL;
    const char *digits = tag;
    while (digits && digits > at && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    if (!digits || digits == tag || tag - digits > 18 || (size_t)(digits - at) < length + 1 ||
        digits[-1] != '+' || strncasecmp(digits - 1 - length, bounce, length) != 0)
        return 0;
    return strtoll(digits, NULL, 10);
}

/*
 * By the Message-ID that it returns, which was drawn at random; without one by the number in the
 * address that it came to. Anybody can count, so the recipient must be the message's.
 */
static enum err bounced_find(struct import_run *run, struct arena *arena,
                             const struct mail_content *content, struct message *out, bool *found)
{
    struct session *session = run->session;
    if (content->bounced_id)
        return store_outbox_find(arena, session->store, content->bounced_id, out, found);
    int64_t id = bounce_tag(session->settings.mail_bounce, content->bounced_at);
    *found = false;
    if (!id)
        return ERR_OK;
    enum err err = store_outbox_get(arena, session->store, id, out);
    if (err == ERR_NOT_FOUND) {
        error_clear(&session->error);
        return ERR_OK;
    }
    size_t length = err ? 0 : strlen(out->recipient);
    *found = !err && strncasecmp(content->bounced_to, out->recipient, length) == 0 &&
             !content->bounced_to[length + strspn(content->bounced_to + length, "> \t")];
    return err;
}

enum err import_take_bounce(struct import_run *run, struct arena *arena,
                            const struct mail_content *content, bool quiet)
{
    struct message message = {0};
    bool found = false;
    struct import_error line = {.file = run->name, .line = 1};
    enum err err = bounced_find(run, arena, content, &message, &found);
    if (err)
        return err;
    if (!found && quiet) {
        run->report.other_messages++;
        return ERR_OK;
    }
    run->report.read++;
    line.uid = found ? message.meeting_uid : NULL;
    if (!found) {
        run->report.rejected++;
        line.why = "it reports on the delivery of a message that was not sent from here";
        import_line_add(&run->report.errors, run->report_arena, line);
        return ERR_OK;
    }
    if (!content->bounced_for_good) {
        run->report.unchanged++;
        line.why =
            arena_format(arena, "the message to %s: %s", message.recipient, content->bounced_why);
        import_line_add(&run->report.notes, run->report_arena, line);
        return ERR_OK;
    }
    if (message.state != MESSAGE_SENT && message.state != MESSAGE_UNCERTAIN) {
        run->report.unchanged++;
        return ERR_OK;
    }
    run->report.replies++;
    run->report.bounces++;
    return bounce_take(run, arena, content, &message);
}

/* The meeting that the event is about; *found false: it is rejected with this reason. */
static enum err about_find(struct import_run *run, struct arena *arena,
                           const struct ical_event *event, const char *not_here,
                           struct meeting *stored, bool *found)
{
    run->report.read++;
    enum err err = store_meeting_find(arena, run->session->store, event->uid, stored, found);
    if (!err && !*found)
        import_reject(run, event, not_here);
    return err;
}

enum err import_take_reply(struct import_run *run, struct arena *arena,
                           const struct ical_event *event)
{
    struct meeting stored = {0};
    bool found = false, any = false;
    enum err err = about_find(
        run, arena, event, "it answers an invitation (METHOD:REPLY) to a meeting that is not here",
        &stored, &found);
    if (err || !found)
        return err;
    struct local_time recurrence = {0};
    bool of_series = event->answers_one && meeting_series(&stored);
    if (event->answers_one) {
        err = occurrence_answered(run, arena, event, &stored, &recurrence, &found);
        if (err || !found)
            return err;
    }
    for (size_t i = 0; i < event->meeting.attendees.count; i++) {
        bool taken;
        const struct attendee *answer = &event->meeting.attendees.items[i];
        err = of_series
                  ? occurrence_answer_take(run, arena, event, &stored, recurrence, answer, &taken)
                  : answer_take(run, arena, event, &stored, answer, &taken);
        if (err)
            return err;
        any = any || taken;
    }
    *(any ? &run->report.replies : &run->report.unchanged) += 1;
    return ERR_OK;
}

enum err import_take_counter(struct import_run *run, struct arena *arena,
                             const struct ical_event *event)
{
    struct meeting stored = {0};
    bool found = false;
    enum err err =
        about_find(run, arena, event,
                   "it proposes another time (METHOD:COUNTER) for a meeting that is not here",
                   &stored, &found);
    if (err || !found)
        return err;
    run->report.unchanged++;
    import_note(run, event, arena_format(arena, "'%s': %s", stored.title, event->why));
    return ERR_OK;
}
