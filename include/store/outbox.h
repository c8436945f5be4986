/*
 * The outbox in the store, and what attendees were told and replied. For desk and transfer. See
 * store/store.h for transactions and arenas.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include <core/outbox.h>
#include <store/store.h>

/*
 * Puts a message into the outbox, in whose making message->id is set: in the place of one to the
 * same recipient about the same meeting that is not sent yet (queued, claimed or failed), else as a
 * new one. What the replaced one said of an old ID, and of what its recipient knew before, stays.
 */
enum err store_outbox_put(struct store *store, struct message *message);

/* ERR_NOT_FOUND: "message 17: there is none; ..." */
enum err store_outbox_get(struct arena *arena, struct store *store, int64_t id,
                          struct message *out);
/*
 * Oldest first, without their texts. Here and in all that reads, a message in the hands of a sender
 * that is gone is queued or uncertain, as store_outbox_expire makes it.
 */
enum err store_outbox_list(struct arena *arena, struct store *store,
                           const struct message_filter *filter, struct messages *out);
/* A part of all of them: reads as many of each state as the page has at most. *out is set. */
enum err store_outbox_page(struct arena *arena, struct store *store,
                           const struct messages_page *page, struct messages *out);
/* How many there are in a state, counted up to `most`. */
enum err store_outbox_count(struct store *store, enum message_state state, size_t most,
                            size_t *count);
/* The message with this Message-ID. *found false if there is none. */
enum err store_outbox_find(struct arena *arena, struct store *store, const char *message_id,
                           struct message *out, bool *found);
/*
 * Messages that were sent to this recipient about this meeting: the first one (the head of the
 * thread), and the last one. *found false if there is none.
 */
enum err store_outbox_sent(struct arena *arena, struct store *store, const char *meeting_uid,
                           const char *recipient, struct message *first, struct message *last,
                           bool *found);

/*
 * From one of the states `from` (bits) to another. Back to queued: it is due at once, and its tries
 * begin anew. ERR_CONFLICT if it is in none of them.
 */
enum err store_outbox_state(struct store *store, int64_t id, unsigned from, enum message_state to,
                            const char *why, int64_t at);
/* Takes it out of the outbox, as if it had never been owed: only what is queued or failed. */
enum err store_outbox_remove(struct store *store, int64_t id);

/* --- for a sender; `owner` is a word that no other sender has --- */

/* What is in the hands of senders that are gone: claimed is queued again, sending is uncertain. */
enum err store_outbox_expire(struct store *store, int64_t now);
/* Claims at most filter->limit queued messages that are due, the oldest first. */
enum err store_outbox_claim(struct arena *arena, struct store *store, const char *owner,
                            int64_t now, int64_t lease, const struct message_filter *filter,
                            struct messages *out);
/*
 * Right before the mailer is started: message->text and what it tells are kept, one try is counted.
 * *ours false, and nothing done, if the message is not this owner's any more.
 */
enum err store_outbox_sending(struct store *store, const char *owner, const struct message *message,
                              int64_t now, int64_t lease, bool *ours);
/*
 * What became of a message that was this owner's. Sent: its attendee knows what it told. Queued:
 * due at `due`.
 */
enum err store_outbox_settle(struct store *store, const char *owner, const struct message *message,
                             enum message_state state, const char *why, int64_t due, int64_t now);
/* A message that was claimed, or handed to a mailer that cannot work, is queued as it was. */
enum err store_outbox_release(struct store *store, const char *owner, int64_t id);
/* Adds what waits and what is uncertain, of one meeting (NULL: of all). */
enum err store_outbox_left(struct store *store, const char *meeting_uid, int64_t now,
                           struct outbox_left *left);
/* How many messages were handed to a mailer in the minute before `now`, by whomever. */
enum err store_outbox_tried(struct store *store, int64_t now, size_t *count);

/*
 * Fills in the days' figures; the days follow each other, the earliest first. Queued by when they
 * were, the others by when they got their state; and how many meetings were converted, and were
 * left on static IDs at the day's end. Each table is read once.
 */
enum err store_outbox_counts(struct store *store, const struct report_days *days);

/* --- attendees --- */

/*
 * The message's recipient got it: an attendee knows the meeting's state of this SEQUENCE and ID
 * (NULL: none), who is invited no more knows that by a cancellation, and is owed one by any other.
 */
enum err store_message_told(struct store *store, const struct message *message, int64_t sequence,
                            const char *conference_id);
/* A message did not come through: its recipient does not know what it told, if it was the last. */
enum err store_message_untold(struct store *store, const struct message *message);
/* Who was told of the meeting, is invited no more and does not know that, by address. */
enum err store_left_out(struct arena *arena, struct store *store, const char *meeting_uid,
                        struct attendees *out);
/* What the attendee (found in any case) replied. */
enum err store_attendee_replied(struct store *store, const char *meeting_uid,
                                const struct attendee *attendee);
/* The same for one occurrence; in the place of an earlier answer. */
enum err store_occurrence_replied(struct store *store, const char *meeting_uid,
                                  const struct occurrence_reply *reply);
/* By occurrence and address. */
enum err store_occurrence_replies(struct arena *arena, struct store *store, const char *meeting_uid,
                                  struct occurrence_replies *out);
/* What the meeting said at this earlier SEQUENCE, if an attendee was told that (out->known). */
enum err store_meeting_was(struct arena *arena, struct store *store, const char *meeting_uid,
                           int64_t sequence, struct message_told *out);
/*
 * Nothing changes for attendees who know the meeting by this ID, which is taken off it as never
 * having been ours.
 */
enum err store_told_id_left(struct store *store, const char *meeting_uid, const char *id);
/* When the meeting left this ID for another one; *at 0: it did not. */
enum err store_moved_at(struct store *store, const char *meeting_uid, const char *old_id,
                        int64_t *at);

#endif
