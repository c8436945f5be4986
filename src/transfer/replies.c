/*
 * What comes back by mail. A delivery report (RFC 3464) makes a message that was sent one that
 * failed. An answer to an invitation (RFC 5546, 3.2.3) is kept with the attendee, and changes
 * nothing else. Mail proves nobody, so an answer is what it is: told, not acted upon.
 */
#include "import.h"
#include <desk/transaction.h>
#include <store/meetings.h>
#include <store/outbox.h>
#include <string.h>
#include <strings.h>

static const struct attendee *attendee_find(const struct meeting *meeting, const char *email)
{
    for (size_t i = 0; i < meeting->attendees.count; i++)
        if (strcasecmp(meeting->attendees.items[i].email, email) == 0)
            return &meeting->attendees.items[i];
    return NULL;
}

/* One attendee's answer. *taken: it is newer than what was known. */
static enum err answer_take(struct import_run *run, struct arena *arena,
                            const struct ical_event *event, const struct meeting *stored,
                            const struct attendee *answer, bool *taken)
{
    const struct attendee *known = attendee_find(stored, answer->email);
    int64_t stamp = event->meeting.stamp;
    *taken = false;
    if (!known) {
        import_note(run, event,
                    arena_format(arena,
                                 "%s answers and is not invited: the invitation came by forwarding",
                                 answer->email));
        return ERR_OK;
    }
    if (known->partstat != PARTSTAT_NONE &&
        revision_older(event->meeting.sequence, stamp, known->reply_sequence, known->replied))
        return ERR_OK;
    if (known->partstat == answer->partstat && known->replied == stamp)
        return ERR_OK;
    if (event->meeting.sequence < stored->sequence)
        import_note(run, event,
                    arena_format(arena, "%s answers an earlier version", answer->email));
    struct attendee now = *answer;
    now.email = known->email;
    now.replied = stamp;
    now.reply_sequence = event->meeting.sequence;
    *taken = true;
    return store_attendee_replied(run->session->store, stored->uid, &now);
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

enum err import_take_bounce(struct import_run *run, struct arena *arena,
                            const struct mail_content *content, bool quiet)
{
    struct message message = {0};
    bool found = false;
    struct import_error line = {.file = run->name, .line = 1};
    enum err err =
        store_outbox_find(arena, run->session->store, content->bounced_id, &message, &found);
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
    return bounce_take(run, arena, content, &message);
}

enum err import_take_reply(struct import_run *run, struct arena *arena,
                           const struct ical_event *event)
{
    struct meeting stored = {0};
    bool found = false, any = false;
    run->report.read++;
    enum err err = store_meeting_find(arena, run->session->store, event->uid, &stored, &found);
    if (err)
        return err;
    if (!found) {
        import_reject(run, event,
                      "it answers an invitation (METHOD:REPLY) to a meeting that is not here");
        return ERR_OK;
    }
    if (event->answers_one) {
        import_note(run, event, "it answers for one occurrence; answers are kept for the series");
        run->report.unchanged++;
        return ERR_OK;
    }
    for (size_t i = 0; i < event->meeting.attendees.count; i++) {
        bool taken;
        err = answer_take(run, arena, event, &stored, &event->meeting.attendees.items[i], &taken);
        if (err)
            return err;
        any = any || taken;
    }
    *(any ? &run->report.replies : &run->report.unchanged) += 1;
    return ERR_OK;
}
