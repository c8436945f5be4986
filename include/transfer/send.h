/*
 * Sending the outbox: each message is composed, given to the configured mail command, and settled
 * by its answer. cli and console call it.
 */
#ifndef TRANSFER_SEND_H
#define TRANSFER_SEND_H

#include <core/outbox.h>
#include <desk/session.h>

struct send_options {
    const struct strings *meetings; /* UIDs: only messages about these; NULL or none: all */
    bool reminders;                 /* only those of conversions, if meetings are named */
    bool retry_uncertain;           /* what is uncertain is tried again, too */
    size_t limit;                   /* at most so many; 0: all that are due */
    int rate;                       /* messages a minute, counting other senders'; 0: no limit */
    int parallel;                   /* mailers at once, 1 to SEND_PARALLEL_MAX */
};
enum { SEND_RATE = 30, SEND_PARALLEL = 4, SEND_PARALLEL_MAX = 64 };
/* As the configuration has it: its rate, everything that is queued. */
struct send_options send_usual(const struct session *session);
/* The program of mail_command is there; nothing is said of whether it works. */
bool send_possible(const struct session *session);

/*
 * session->progress is told how many messages are done, and may stop the run: mailers that are at
 * work are waited for, so that every message is settled. ERR_INVALID if mail_command cannot be
 * read, ERR_IO if it cannot work: then the messages stay queued, and *report tells what was done
 * before.
 */
enum err transfer_send(struct session *session, struct arena *arena,
                       const struct send_options *options, struct send_report *report);

/*
 * message->text as it was first tried or would be sent now; of a message that is not owed any more,
 * and of one that was sent, a line that says so.
 */
enum err transfer_message_text(struct session *session, struct arena *arena, int64_t id,
                               struct message *message);

/*
 * A message of the outbox as it would be sent, or was first tried, all of one moment. *why (NULL:
 * it is owed) tells why it is not owed any more. message->kind, sequence and so on become those of
 * the meeting's present state.
 */
enum err transfer_message(struct session *session, struct arena *arena, int64_t id,
                          struct message *message, const char **why);

#endif
