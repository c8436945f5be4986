/*
 * Mail messages (RFC 5322, MIME) as bytes: an invitation to be handed to sendmail or opened in a
 * mail program. Only transfer calls it. Every text is untrusted: nothing that it holds reaches the
 * message's structure.
 */
#ifndef EXCHANGE_MAIL_H
#define EXCHANGE_MAIL_H

#include <core/meeting.h>
#include <core/zone.h>

struct mail {
    const char *from_name; /* "" if none */
    const char *from_email;
    const struct attendees *to;
    const char *subject;
    int64_t date;
    const struct zone *zone;     /* in which the date is told */
    const char *message_id;      /* with its angle brackets */
    const char *text;            /* UTF-8, lines ended by \n */
    const char *html;            /* NULL: none */
    const char *calendar;        /* iCalendar; NULL: none */
    const char *calendar_method; /* "REQUEST", "CANCEL", "PUBLISH" */
};

/* The message with CRLF line ends, lines of at most 78 bytes, pure ASCII. */
char *mail_compose(struct arena *arena, const struct mail *mail);

#endif
