/*
 * What is owed to attendees. cli, console and transfer call this. Nobody is mailed unasked: a
 * conversion owes reminders, everything else is owed only if somebody asks, by outbox_owe or
 * desk_outbox_owe.
 */
#ifndef DESK_OUTBOX_H
#define DESK_OUTBOX_H

#include <core/outbox.h>
#include <desk/desk.h>
#include <store/outbox.h>

/*
 * In the transaction of a change: queues, to each attendee who does not know the meeting's present
 * state, the invitation, its update or its cancellation, and a cancellation to whoever was told of
 * it and is invited no more. `before` (NULL: a new meeting, or not known): the meeting as it was.
 */
enum err outbox_owe(struct session *session, struct arena *arena, const struct meeting *before,
                    const char *meeting_uid);
/* The same as a use case of its own: a meeting by its reference. Its UID is in *uid. */
enum err desk_outbox_owe(struct session *session, struct arena *arena, const char *reference,
                         const char **uid);

/* The addresses of those who were told of the meeting, are invited no more and do not know that. */
enum err desk_left_untold(struct session *session, struct arena *arena, const char *meeting_uid,
                          struct strings *out);

/*
 * Answers an invitation of somebody outside, for whose calendar the meeting stands in; `send`: the
 * answer is queued for them. `which` (NULL: the whole meeting): for this occurrence of a series
 * alone. ERR_REFUSED for a meeting of our own, and one that is over or cancelled. The meeting's UID
 * is in *uid.
 */
enum err desk_answer(struct session *session, struct arena *arena, const char *reference,
                     const struct which *which, enum partstat partstat, bool send,
                     const char **uid);
/* What was answered for one occurrence alone, by occurrence and address. */
enum err desk_occurrence_replies(struct session *session, struct arena *arena,
                                 const char *meeting_uid, struct occurrence_replies *out);

/* Oldest first: those that a filter names; a part of them. */
enum err desk_outbox_list(struct session *session, struct arena *arena,
                          const struct message_filter *filter, struct messages *out);
enum err desk_outbox_page(struct session *session, struct arena *arena,
                          const struct messages_page *page, struct messages *out);
/* How many are in each state, counted up to `most`. */
enum err desk_outbox_count(struct session *session, size_t most, size_t counts[MESSAGE_STATES]);
/* With its text if it was tried and is not sent. */
enum err desk_outbox_get(struct session *session, struct arena *arena, int64_t id,
                         struct message *out);

/*
 * The days of the zone from the one of `from` to the last that begins before `to`, 3,660 at most,
 * with their figures: store_outbox_counts.
 */
enum err desk_outbox_report(struct session *session, struct arena *arena, const struct zone *zone,
                            int64_t from, int64_t to, struct report_days *out);

/* What people settle by hand. */
enum settling { SETTLE_RETRY, SETTLE_WITHDRAW, SETTLE_SENT };
/*
 * All of them in one transaction, or none. Retry: what failed, is uncertain, withdrawn or waits for
 * its next try is due at once. Withdraw: what is not sent. Sent: what went another way; its
 * attendee then knows the meeting as it is. ERR_CONFLICT for what is in a sender's hands or is so
 * already.
 */
enum err desk_outbox_settle(struct session *session, struct arena *arena, enum settling settling,
                            const int64_t *ids, size_t count);

#endif
