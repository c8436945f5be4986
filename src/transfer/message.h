/* What invitations that are printed and messages that are sent share. For transfer's own files. */
#ifndef TRANSFER_MESSAGE_H
#define TRANSFER_MESSAGE_H

#include <core/invitation.h>
#include <core/outbox.h>
#include <desk/session.h>
#include <exchange/mail.h>

/*
 * The sender: the organizer if mail may be sent in the name of their domain (mail_domains), else
 * mail_from, with the answers to the organizer.
 */
void mail_from(const struct session *session, struct arena *arena,
               const struct organizer *organizer, struct mail *mail);

/* The invitation as text and as HTML. */
enum err mail_texts(struct session *session, struct arena *arena,
                    const struct invitation *invitation, struct mail *mail);

/*
 * reply.c: the answer to a foreign meeting's organizer, as message->text; *why (else untouched)
 * tells why there is none to be sent any more.
 */
enum err reply_message(struct session *session, struct arena *arena, struct message *message,
                       const struct meeting *meeting, const char **why);

/*
 * The invitation's calendar, made at `now`; sent_by (NULL: nobody) is whose address it comes from
 * in the organizer's name.
 */
enum err invitation_ical(struct session *session, struct arena *arena,
                         const struct invitation *invitation, int64_t now, const char *sent_by,
                         char **ical);

#endif
