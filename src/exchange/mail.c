/*
 * A mail message: headers with encoded words (RFC 2047), the text, its HTML form and the calendar
 * as alternatives of one another (RFC 2046). The text is quoted-printable, so that it can be read
 * in a queue, the others are base64: nothing in them can end a line, a part or a header.
 */
#include <base/base64.h>
#include <base/utf8.h>
#include <exchange/mail.h>
#include <string.h>

enum {
    BASE64_LINE = 57, /* bytes in a line of 76 characters */
    WORD_BYTES = 42   /* bytes in an encoded word: 56 characters and its frame of 12 */
};

static void add_body(struct text *out, const char *body)
{
    size_t size = strlen(body);
    for (size_t i = 0; i < size; i += BASE64_LINE) {
        base64_add(out, body + i, size - i < BASE64_LINE ? size - i : BASE64_LINE);
        text_add(out, "\r\n");
    }
}

/* Line ends as mail has them, whatever they were. */
static const char *with_crlf(struct arena *arena, const char *s)
{
    struct text out = text_start(arena);
    for (; *s; s++) {
        if (*s == '\n')
            text_add(&out, "\r\n");
        else if (*s != '\r')
            text_add_byte(&out, *s);
    }
    return out.bytes;
}

/*
 * --- headers -----------------------------------------------------------------------------------
 */

/* What may stand in a quoted string as it is. */
static bool plain(const char *s)
{
    for (; *s; s++) {
        if (*s < ' ' || *s > '~' || *s == '"' || *s == '\\' || *s == '=')
            return false;
    }
    return true;
}

/*
 * Encoded words with a fold between them, cut between characters. Control characters were made
 * visible before.
 */
static void add_encoded(struct text *out, const char *s)
{
    const char *end = s + strlen(s);
    for (bool first = true; s < end; first = false) {
        const char *next = s, *stop = s;
        while (next < end) {
            utf8_next(&next, end);
            if (next - s > WORD_BYTES)
                break;
            stop = next;
        }
        text_add(out, first ? "=?utf-8?B?" : "\r\n =?utf-8?B?");
        base64_add(out, s, (size_t)(stop - s));
        text_add(out, "?=");
        s = stop;
    }
}

/* Short and plain text stands as it is, quoted if it is a name; all else is encoded. */
static void add_words(struct text *out, const char *s, bool quoted)
{
    const char *safe = utf8_printable(out->arena, s, false);
    if (!plain(safe) || strlen(safe) > WORD_BYTES)
        add_encoded(out, safe);
    else
        text_addf(out, quoted ? "\"%s\"" : "%s", safe);
}

static void add_address(struct text *out, const char *name, const char *email)
{
    const char *safe = utf8_printable(out->arena, mail_address(out->arena, email), false);
    if (name && name[0]) {
        add_words(out, name, true);
        text_addf(out, "\r\n <%s>", safe);
    } else {
        text_addf(out, "<%s>", safe);
    }
}

static void add_recipients(struct text *out, const struct attendees *to)
{
    if (!to || to->count == 0)
        return;
    text_add(out, "To: ");
    for (size_t i = 0; i < to->count; i++) {
        text_add(out, i ? ",\r\n " : "");
        add_address(out, to->items[i].name, to->items[i].email);
    }
    text_add(out, "\r\n");
}

static void add_date(struct text *out, int64_t date, const struct zone *zone)
{
    struct zone_reading reading = zone_read(zone, date);
    struct local_time local = reading.local;
    int minutes = reading.offset / MINUTE, size = minutes < 0 ? -minutes : minutes;
    text_addf(out, "Date: %s, %d %s %04d %02d:%02d:%02d %c%02d%02d\r\n",
              weekday_name(local_weekday(local)), local.day, month_name(local.month), local.year,
              local.hour, local.minute, local.second, minutes < 0 ? '-' : '+', size / 60,
              size % 60);
}

static void add_headers(struct text *out, const struct mail *mail)
{
    text_add(out, "From: ");
    add_address(out, mail->from_name, mail->from_email);
    text_add(out, "\r\n");
    if (mail->reply_email) {
        text_add(out, "Reply-To: ");
        add_address(out, mail->reply_name, mail->reply_email);
        text_add(out, "\r\n");
    }
    add_recipients(out, mail->to);
    text_add(out, "Subject: ");
    add_words(out, mail->subject, false);
    text_add(out, "\r\n");
    add_date(out, mail->date, mail->zone);
    text_addf(out, "Message-ID: %s\r\n", utf8_printable(out->arena, mail->message_id, false));
    if (mail->in_reply_to) {
        const char *thread = utf8_printable(out->arena, mail->in_reply_to, false);
        text_addf(out, "In-Reply-To: %s\r\nReferences: %s\r\n", thread, thread);
    }
    if (mail->generated)
        text_add(out, "Auto-Submitted: auto-generated\r\n"
                      "X-Auto-Response-Suppress: OOF, AutoReply\r\n");
    text_add(out, "MIME-Version: 1.0\r\n");
}

/*
 * --- parts -------------------------------------------------------------------------------------
 */

/* Neither base64 nor quoted-printable holds '=_', so no part can hold a boundary. */
#define BOUNDARY "=_dialdesk_part"
#define OUTER_BOUNDARY "=_dialdesk_whole"

static void add_part(struct text *out, const char *type, const char *body)
{
    text_addf(out,
              "--" BOUNDARY "\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n",
              type);
    add_body(out, body);
}

/* True if the byte stands for itself in quoted-printable (RFC 2045, 6.7): no mailer minds it. */
static bool stands_as_it_is(const char *at, size_t column)
{
    if (*at == ' ' || *at == '\t')
        return at[1] != '\n' && at[1] != '\0';
    if (column == 0 && (*at == '.' || strncmp(at, "From ", 5) == 0))
        return false; /* a dot may end a message, and From begin one */
    return *at > ' ' && *at <= '~' && *at != '=';
}

static void add_quoted_printable(struct text *out, const char *body)
{
    enum { LINE = 72 };
    size_t column = 0;
    for (const char *at = body; *at; at++) {
        if (*at == '\r')
            continue;
        if (*at == '\n') {
            text_add(out, "\r\n");
            column = 0;
            continue;
        }
        if (column >= LINE) {
            text_add(out, "=\r\n");
            column = 0;
        }
        if (stands_as_it_is(at, column)) {
            text_add_byte(out, *at);
            column += 1;
        } else {
            text_addf(out, "=%02X", (unsigned)(unsigned char)*at);
            column += 3;
        }
    }
    if (column)
        text_add(out, "\r\n");
}

static void add_alternatives(struct text *out, const struct mail *mail)
{
    struct arena *arena = out->arena;
    text_add(out, "Content-Type: multipart/alternative;\r\n boundary=\"" BOUNDARY "\"\r\n\r\n"
                  "--" BOUNDARY "\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    add_quoted_printable(out, mail->text);
    if (mail->html)
        add_part(out, "text/html; charset=utf-8", with_crlf(arena, mail->html));
    if (mail->calendar) /* the last one, and without a disposition: else clients show no buttons */
        add_part(out,
                 arena_format(arena, "text/calendar; charset=utf-8; method=%s",
                              mail->calendar_method ? mail->calendar_method : "REQUEST"),
                 with_crlf(arena, mail->calendar));
    text_add(out, "--" BOUNDARY "--\r\n");
}

char *mail_compose(struct arena *arena, const struct mail *mail)
{
    struct text out = text_start(arena);
    add_headers(&out, mail);
    if (!mail->calendar || !mail->calendar_attached) {
        add_alternatives(&out, mail);
        return out.bytes;
    }
    text_add(&out, "Content-Type: multipart/mixed;\r\n boundary=\"" OUTER_BOUNDARY "\"\r\n\r\n"
                   "--" OUTER_BOUNDARY "\r\n");
    add_alternatives(&out, mail);
    text_add(&out, "--" OUTER_BOUNDARY "\r\nContent-Type: application/ics; name=\"invite.ics\"\r\n"
                   "Content-Disposition: attachment; filename=\"invite.ics\"\r\n"
                   "Content-Transfer-Encoding: base64\r\n\r\n");
    add_body(&out, with_crlf(arena, mail->calendar));
    text_add(&out, "--" OUTER_BOUNDARY "--\r\n");
    return out.bytes;
}
