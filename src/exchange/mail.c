/*
 * A mail message: headers with encoded words (RFC 2047), the text, its HTML form and the calendar
 * as alternatives of one another (RFC 2046), each in base64, so that nothing in them can end a
 * line, a part or a header.
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
    const char *safe = utf8_printable(out->arena, email, false);
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
    add_recipients(out, mail->to);
    text_add(out, "Subject: ");
    add_words(out, mail->subject, false);
    text_add(out, "\r\n");
    add_date(out, mail->date, mail->zone);
    text_addf(out, "Message-ID: %s\r\n", utf8_printable(out->arena, mail->message_id, false));
    text_add(out, "MIME-Version: 1.0\r\n");
}

/*
 * --- parts -------------------------------------------------------------------------------------
 */

/* Base64 holds no '=_', so no part can hold the boundary. */
#define BOUNDARY "=_dialdesk_part"

static void add_part(struct text *out, const char *type, const char *body)
{
    text_addf(out,
              "--" BOUNDARY "\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n",
              type);
    add_body(out, body);
}

char *mail_compose(struct arena *arena, const struct mail *mail)
{
    struct text out = text_start(arena);
    add_headers(&out, mail);
    text_add(&out, "Content-Type: multipart/alternative;\r\n boundary=\"" BOUNDARY "\"\r\n\r\n");
    add_part(&out, "text/plain; charset=utf-8", with_crlf(arena, mail->text));
    if (mail->html)
        add_part(&out, "text/html; charset=utf-8", with_crlf(arena, mail->html));
    if (mail->calendar)
        add_part(&out,
                 arena_format(arena, "text/calendar; charset=utf-8; method=%s",
                              mail->calendar_method ? mail->calendar_method : "REQUEST"),
                 with_crlf(arena, mail->calendar));
    text_add(&out, "--" BOUNDARY "--\r\n");
    return out.bytes;
}
