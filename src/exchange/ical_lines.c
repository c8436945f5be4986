/*
 * Bytes to unfolded lines. Unfolding happens on bytes, because real files fold inside UTF-8
 * sequences. Of a line beyond the limit only the beginning is kept, so a 100 MB line costs one
 * buffer.
 */
#include "ical_lines.h"

#include <base/utf8.h>
#include <stdint.h>
#include <string.h>

void ical_lines_start(struct arena *arena, struct ical_lines *lines, struct ical_source source)
{
    *lines = (struct ical_lines){
        .source = source, .buffer = source.text, .end = source.length, .next_number = 1};
    if (source.read)
        lines->buffer = lines->room = arena_alloc(arena, ICAL_BUFFER);
    lines->text = text_start(arena);
    lines->spare = text_start(arena);
}

static enum err refill(struct ical_lines *lines, struct error *error)
{
    if (lines->at < lines->end || lines->ended)
        return ERR_OK;
    size_t count = 0;
    enum err err = ERR_OK;
    if (lines->room)
        err = lines->source.read(lines->source.self, lines->room, ICAL_BUFFER, &count, error);
    lines->at = 0;
    lines->end = count;
    lines->ended = count == 0;
    return err;
}

static void append(struct ical_lines *lines, const char *bytes, size_t count)
{
    if (lines->fault == ICAL_LINE_TOO_LONG)
        return;
    size_t room = ICAL_LINE_MAX - lines->text.length;
    if (count > room)
        lines->fault = ICAL_LINE_TOO_LONG;
    text_add_n(&lines->text, bytes, count > room ? room : count);
}

/* One physical line's bytes; it ends in LF, CRLF or a CR alone, as old programs write. */
static enum err physical_line_add(struct ical_lines *lines, struct error *error)
{
    for (;;) {
        enum err err = refill(lines, error);
        if (err || lines->ended)
            return err;
        const char *from = lines->buffer + lines->at;
        const char *newline = memchr(from, '\n', lines->end - lines->at);
        size_t count = newline ? (size_t)(newline - from) : lines->end - lines->at;
        const char *cr = memchr(from, '\r', count);
        count = cr ? (size_t)(cr - from) : count;
        append(lines, from, count);
        lines->at += count + (cr || newline ? 1 : 0);
        if (!cr && newline)
            return ERR_OK;
        if (!cr)
            continue;
        err = refill(lines, error); /* the LF of a CRLF may be in the next buffer */
        if (err)
            return err;
        if (!lines->ended && lines->buffer[lines->at] == '\n')
            lines->at++;
        return ERR_OK;
    }
}

static enum err line_unfold(struct ical_lines *lines, struct error *error)
{
    lines->text.length = 0;
    lines->text.bytes[0] = '\0';
    lines->fault = ICAL_LINE_SOUND;
    lines->number = lines->next_number;
    for (;;) {
        enum err err = physical_line_add(lines, error);
        if (err)
            return err;
        lines->next_number++;
        err = refill(lines, error); /* for a look at the next line's first byte */
        if (err || lines->ended)
            return err;
        char first = lines->buffer[lines->at];
        if (first != ' ' && first != '\t')
            return ERR_OK;
        lines->at++;
    }
}

static void skip_byte_order_mark(struct ical_lines *lines)
{
    if (lines->number == 1 && lines->text.length >= 2)
        lines->wide = memcmp(lines->text.bytes, "\xFF\xFE", 2) == 0 ||
                      memcmp(lines->text.bytes, "\xFE\xFF", 2) == 0;
    if (lines->number == 1 && lines->text.length >= 3 &&
        memcmp(lines->text.bytes, "\xEF\xBB\xBF", 3) == 0) {
        lines->text.length -= 3;
        memmove(lines->text.bytes, lines->text.bytes + 3, lines->text.length + 1);
    }
}

/*
 * --- character sets ----------------------------------------------------------------------------
 */

/*
 * True if no byte beyond ASCII is part of a UTF-8 character, and each is a character of
 * Windows-1252.
 */
static bool is_windows(const struct text *text)
{
    const char *end = text->bytes + text->length;
    for (const char *s = text->bytes; s < end;) {
        unsigned char byte = (unsigned char)*s;
        int32_t c = utf8_next(&s, end);
        if (c >= 0x80 || (c < 0 && windows_character(byte) == 0))
            return false;
    }
    return true;
}

/* Into the other of two buffers, so that a whole file of such lines takes no more room than one. */
static void windows_to_utf8(struct ical_lines *lines)
{
    struct text from = lines->text, *to = &lines->spare;
    to->length = 0;
    for (size_t i = 0; i < from.length; i++) {
        char character[4];
        int n = utf8_put(windows_character((unsigned char)from.bytes[i]), character);
        text_add_n(to, character, (size_t)n);
    }
    lines->text = *to;
    lines->spare = from;
}

static void charset_find(struct ical_lines *lines)
{
    lines->charset = ICAL_ASCII;
    for (size_t i = 0; i < lines->text.length && lines->charset == ICAL_ASCII; i++)
        if ((unsigned char)lines->text.bytes[i] >= 0x80)
            lines->charset = ICAL_UTF8;
    if (lines->charset == ICAL_ASCII || lines->fault == ICAL_LINE_NUL ||
        utf8_valid(lines->text.bytes, lines->text.length))
        return;
    if (!is_windows(&lines->text)) {
        lines->fault = ICAL_LINE_NOT_UTF8;
        return;
    }
    lines->charset = ICAL_WINDOWS;
    windows_to_utf8(lines);
}

/* A NUL would hide what stands behind it; the beginning of a line may end within a character. */
static void text_settle(struct ical_lines *lines)
{
    struct text *text = &lines->text;
    if (memchr(text->bytes, '\0', text->length)) {
        lines->fault = ICAL_LINE_NUL;
    } else if (lines->fault == ICAL_LINE_TOO_LONG) {
        text->length = utf8_cut(text->bytes, text->length - 1);
        text->bytes[text->length] = '\0';
    }
}

enum err ical_lines_next(struct ical_lines *lines, bool *more, struct error *error)
{
    do {
        enum err err = refill(lines, error);
        if (err)
            return err;
        *more = !lines->ended;
        if (!*more)
            return ERR_OK;
        err = line_unfold(lines, error);
        if (err)
            return err;
        skip_byte_order_mark(lines);
    } while (lines->text.length == 0 && lines->fault == ICAL_LINE_SOUND);
    text_settle(lines);
    charset_find(lines);
    return ERR_OK;
}
