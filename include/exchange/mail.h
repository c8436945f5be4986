/*
 * Mail messages (RFC 5322, MIME) as bytes: an invitation to be handed to sendmail or opened in a
 * mail program. Only transfer calls it. Every text is untrusted: nothing that it holds reaches the
 * message's structure.
 */
#ifndef EXCHANGE_MAIL_H
#define EXCHANGE_MAIL_H

#include <core/meeting.h>
#include <core/zone.h>
#include <stdbool.h>

struct mail {
    const char *from_name; /* "" if none */
    const char *from_email;
    const char *reply_name, *reply_email; /* to whom answers go; NULL: to the sender */
    const struct attendees *to;
    const char *subject;
    int64_t date;
    const struct zone *zone;     /* in which the date is told */
    const char *message_id;      /* with its angle brackets */
    const char *in_reply_to;     /* the first message of the thread; NULL: this one */
    bool generated;              /* sent by a program of itself: no holiday answers */
    bool calendar_attached;      /* the calendar as an attachment, too, for web mailers */
    const char *text;            /* UTF-8, lines ended by \n */
    const char *html;            /* NULL: none */
    const char *calendar;        /* iCalendar; NULL: none */
    const char *calendar_method; /* "REQUEST", "CANCEL", "PUBLISH" */
};

/*
 * NULL if mail can be sent to this address: one addr-spec with a local part in ASCII and no
 * controls (RFC 5321); else why not, for people.
 */
const char *mail_address_fault(const char *email);

/* The address as it stands in a header: a host in other scripts becomes punycode (RFC 3492). */
char *mail_address(struct arena *arena, const char *email);

/* The message with CRLF line ends, lines of at most 78 bytes, pure ASCII. */
char *mail_compose(struct arena *arena, const struct mail *mail);

/* --- reading --- */

enum { MAIL_MAX = 32 << 20 }; /* bytes of a message that is read */

/* What a message that was received is good for; each NULL if it is not there. */
struct mail_content {
    const char *calendar; /* its first text/calendar part (else an attached .ics), decoded */
    size_t calendar_size;
    /* of a delivery report (RFC 3464): what it is about, and for people what became of that */
    const char *bounced_id;  /* the Message-ID, with its angle brackets; NULL: not returned */
    const char *bounced_at;  /* the report's To, which may name the message (mail_bounce) */
    const char *bounced_to;  /* whom the message did not reach; "" if that is not said */
    const char *bounced_why; /* NULL: it is no delivery report */
    bool bounced_for_good;   /* it failed; else it is late, or came through */
};

/* True if the beginning of a file looks like a message: a header field stands first. */
bool mail_is(const char *bytes, size_t size);

/* Nothing in a damaged message is found; it is never an error. */
void mail_read(struct arena *arena, const char *bytes, size_t size, struct mail_content *out);

#endif
