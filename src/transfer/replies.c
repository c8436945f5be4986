/*
 * Answers to invitations (RFC 5546, 3.2.3): what an attendee says is kept with the attendee, and
 * changes nothing else. Mail proves nobody, so an answer is what it is: told, not acted upon.
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
