/*
 * The outbox: what is owed to whom, queued in the transaction that owes it; looking at it, and
 * settling by hand.
 */
#include "calendar.h"
#include <core/outbox.h>
#include <desk/desk.h>
#include <desk/outbox.h>
#include <desk/transaction.h>
#include <store/meetings.h>
#include <string.h>

#define BIT(state) (1U << MESSAGE_##state)

/* --- what is owed --- */

/* What a Message-ID ends in: the host of the organizer's address. */
static const char *host_of(const char *email)
{
    const char *at = email ? strrchr(email, '@') : NULL;
    return at && at[1] ? at + 1 : "localhost";
}

enum err outbox_queue(struct session *session, struct arena *arena, const struct meeting *meeting,
                      struct message *message)
{
    char uid[UID_SIZE];
    uid_new(uid);
    message->meeting_uid = meeting->uid;
    message->title = meeting->title;
    message->sequence = meeting->sequence;
    message->conference_id = meeting->conference_id;
    message->message_id = arena_format(arena, "<%s@%s>", uid, host_of(meeting->organizer));
    message->queued = message->changed = session_clock(session);
    return store_outbox_put(session->store, message);
}

/*
 * What the attendee knew: by the last message that was sent; else, if they know the state before
 * this change, that one; else the one that they were told.
 */
static enum err known_before(struct session *session, struct arena *arena,
                             const struct meeting *before, const struct meeting *meeting,
                             const struct attendee *attendee, struct message_told *was)
{
    struct message first, last;
    bool found = false;
    enum err err = store_outbox_sent(arena, session->store, meeting->uid, attendee->email, &first,
                                     &last, &found);
    if (err)
        return err;
    const struct attendee *then =
        before ? attendee_find(&before->attendees, attendee->email) : NULL;
    if (found && last.told.known)
        *was = last.told;
    else if (then && !attendee_untold(before, then))
        *was = message_tells(before);
    else if (attendee->told)
        return store_meeting_was(arena, session->store, meeting->uid, attendee->told_sequence, was);
    return ERR_OK;
}

/*
 * True if a message that waits, is being sent or is uncertain tells the recipient this very state
 * (or, if they are left out, of any cancellation): it is not owed a second time.
 */
static enum err owed_already(struct session *session, struct arena *arena,
                             const struct meeting *meeting, const char *recipient, bool left_out,
                             bool *owed)
{
    const struct message_filter filter = {.states = BIT(QUEUED) | BIT(CLAIMED) | BIT(SENDING) |
                                                    BIT(UNCERTAIN),
                                          .meeting_uid = meeting->uid,
                                          .recipient = recipient};
    const char *id = meeting->conference_id ? meeting->conference_id : "";
    struct messages list = {0};
    enum err err = store_outbox_list(arena, session->store, &filter, &list);
    *owed = false;
    for (size_t i = 0; i < list.count && !err; i++) {
        const struct message *message = &list.items[i];
        bool present = message->sequence == meeting->sequence &&
                       strcmp(message->conference_id ? message->conference_id : "", id) == 0;
        *owed = *owed || (left_out ? message->kind == MESSAGE_CANCELLATION : present);
    }
    return err;
}

static enum err owe_attendee(struct session *session, struct arena *arena,
                             const struct meeting *before, const struct meeting *meeting,
                             const struct attendee *attendee)
{
    struct message message = {.recipient = attendee->email};
    if (meeting->status == MEETING_CANCELLED)
        message.kind = MESSAGE_CANCELLATION;
    else
        message.kind = attendee->told ? MESSAGE_UPDATE : MESSAGE_INVITATION;
    enum err err = known_before(session, arena, before, meeting, attendee, &message.was);
    return err ? err : outbox_queue(session, arena, meeting, &message);
}

/* Who was told of the meeting, and is invited no more. */
static enum err owe_left_out(struct session *session, struct arena *arena,
                             const struct meeting *meeting)
{
    struct attendees left = {0};
    enum err err = store_left_out(arena, session->store, meeting->uid, &left);
    for (size_t i = 0; i < left.count && !err; i++) {
        struct message message = {.kind = MESSAGE_CANCELLATION, .recipient = left.items[i].email};
        bool owed = false;
        err = owed_already(session, arena, meeting, left.items[i].email, true, &owed);
        if (!err && !owed)
            err = outbox_queue(session, arena, meeting, &message);
    }
    return err;
}

enum err outbox_owe(struct session *session, struct arena *arena, const struct meeting *before,
                    const char *meeting_uid)
{
    struct meeting meeting = {0};
    enum err err = store_meeting_get(arena, session->store, meeting_uid, &meeting);
    for (size_t i = 0; i < meeting.attendees.count && !err; i++) {
        const struct attendee *attendee = &meeting.attendees.items[i];
        if (!attendee_untold(&meeting, attendee))
            continue;
        bool owed = false;
        err = owed_already(session, arena, &meeting, attendee->email, false, &owed);
        if (!err && !owed)
            err = owe_attendee(session, arena, before, &meeting, attendee);
    }
    return err ? err : owe_left_out(session, arena, &meeting);
}

static enum err owe(struct session *session, struct arena *arena, const char *reference,
                    const char **uid)
{
    struct meeting meeting = {0};
    enum err err = meeting_resolve(session, arena, reference, &meeting);
    if (err)
        return err;
    *uid = meeting.uid;
    err = meeting_check_own(session, arena, &meeting);
    return err ? err : outbox_owe(session, arena, NULL, meeting.uid);
}

enum err desk_outbox_owe(struct session *session, struct arena *arena, const char *reference,
                         const char **uid)
{
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = owe(session, arena, reference, uid);
    return writing.err;
}

/* --- looking --- */

enum err desk_left_untold(struct session *session, struct arena *arena, const char *meeting_uid,
                          struct strings *out)
{
    struct attendees left = {0};
    *out = (struct strings){0};
    enum err err = READING(session, store_left_out(arena, session->store, meeting_uid, &left));
    for (size_t i = 0; i < left.count; i++)
        *vector_push(arena, out) = left.items[i].email;
    return err;
}

enum err desk_outbox_list(struct session *session, struct arena *arena,
                          const struct message_filter *filter, struct messages *out)
{
    *out = (struct messages){0};
    return READING(session, store_outbox_list(arena, session->store, filter, out));
}

enum err desk_outbox_page(struct session *session, struct arena *arena,
                          const struct messages_page *page, struct messages *out)
{
    return READING(session, store_outbox_page(arena, session->store, page, out));
}

enum err desk_outbox_count(struct session *session, size_t most, size_t counts[MESSAGE_STATES])
{
    enum err err = reading_begin(session);
    for (int i = 0; i < MESSAGE_STATES && !err; i++)
        err = store_outbox_count(session->store, (enum message_state)i, most, &counts[i]);
    return reading_end(session, err);
}

enum err desk_outbox_get(struct session *session, struct arena *arena, int64_t id,
                         struct message *out)
{
    return READING(session, store_outbox_get(arena, session->store, id, out));
}

enum err desk_outbox_report(struct session *session, struct arena *arena, const struct zone *zone,
                            int64_t from, int64_t to, struct report_days *out)
{
    enum { MOST = 3660 };
    struct local_time day = local_midnight(zone_read(zone, from).local);
    struct report_day row = {0};
    *out = (struct report_days){0};
    zone_instant(zone, day, &row.start);
    for (; row.start < to && out->count < MOST; row.start = row.end) {
        row.day = day;
        day = local_add_days(day, 1);
        zone_instant(zone, day, &row.end);
        *vector_push(arena, out) = row;
    }
    return READING(session, store_outbox_counts(session->store, out));
}

/* --- settling by hand --- */

static const struct {
    unsigned from;
    enum message_state to;
    const char *why, *refused;
} settlings[] = {
    [SETTLE_RETRY] = {BIT(QUEUED) | BIT(FAILED) | BIT(UNCERTAIN) | BIT(WITHDRAWN), MESSAGE_QUEUED,
                      "", "only what waits, failed, is uncertain or withdrawn can be tried again"},
    [SETTLE_WITHDRAW] = {BIT(QUEUED) | BIT(FAILED) | BIT(UNCERTAIN), MESSAGE_WITHDRAWN,
                         "withdrawn by hand",
                         "only what waits, failed or is uncertain can be withdrawn"},
    [SETTLE_SENT] = {BIT(QUEUED) | BIT(FAILED) | BIT(UNCERTAIN) | BIT(WITHDRAWN), MESSAGE_SENT,
                     "marked by hand", "it is being sent, or is marked as sent already"},
};

/* Marked as sent by hand: the attendee knows the meeting as it is. */
static enum err tell_attendee(struct session *session, struct arena *arena,
                              const struct message *message)
{
    struct meeting meeting = {0};
    enum err err = store_meeting_get(arena, session->store, message->meeting_uid, &meeting);
    if (err)
        return err;
    return store_message_told(session->store, message, meeting.sequence, meeting.conference_id);
}

static enum err settle_one(struct session *session, struct arena *arena, enum settling settling,
                           int64_t id)
{
    struct message message = {0};
    unsigned from = settlings[settling].from;
    enum err err = store_outbox_get(arena, session->store, id, &message);
    if (err)
        return err;
    if (!(from & 1U << message.state))
        return error_set_what(&session->error, ERR_REFUSED, settlings[settling].refused,
                              "message %lld", (long long)id);
    err = store_outbox_state(session->store, id, from, settlings[settling].to,
                             settlings[settling].why, session_clock(session));
    if (err || settling != SETTLE_SENT)
        return err;
    return tell_attendee(session, arena, &message);
}

enum err desk_outbox_settle(struct session *session, struct arena *arena, enum settling settling,
                            const int64_t *ids, size_t count)
{
    struct writing writing = {0};
    while (writing_next(session, &writing))
        for (size_t i = 0; i < count && !writing.err; i++)
            writing.err = settle_one(session, arena, settling, ids[i]);
    return writing.err;
}
