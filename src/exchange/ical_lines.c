/*
 * Bytes to unfolded lines. Unfolding happens on bytes, because real files fold inside UTF-8 sequences. A line beyond the limit
 * is skipped without being kept, so a 100 MB line costs one buffer.
 */
#include "ical_lines.h"

#include <base/utf8.h>
#include <string.h>

void ical_lines_start(struct arena *arena, struct ical_lines *lines, struct ical_source source)
{
    *lines = (struct ical_lines){.source = source, .next_number = 1};
    lines->buffer = arena_alloc(arena, ICAL_BUFFER);
    lines->text = text_start(arena);
}

static enum err refill(struct ical_lines *lines, struct error *error)
{
    if (lines->at < lines->end || lines->ended)
        return ERR_OK;
    size_t count = 0;
    enum err err =
        lines->source.read(lines->source.self, lines->buffer, ICAL_BUFFER, &count, error);
    lines->at = 0;
    lines->end = count;
    lines->ended = count == 0;
    return err;
}

static void append(struct ical_lines *lines, const char *bytes, size_t count)
{
    if (lines->fault == ICAL_LINE_TOO_LONG)
        return;
    if (lines->text.length + count > ICAL_LINE_MAX) {
        lines->fault = ICAL_LINE_TOO_LONG;
        return;
    }
    text_add_n(&lines->text, bytes, count);
}

/* One physical line's bytes; it ends in LF, CRLF or a CR alone, as old programs write. */
static enum err take_physical(struct ical_lines *lines, struct error *error)
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
        if (!err && !lines->ended && lines->buffer[lines->at] == '\n')
            lines->at++;
        return err;
    }
}

static enum err take_folded(struct ical_lines *lines, struct error *error)
{
    lines->text.length = 0;
    lines->text.bytes[0] = '\0';
    lines->fault = ICAL_LINE_SOUND;
    lines->number = lines->next_number;
    for (;;) {
        enum err err = take_physical(lines, error);
        lines->next_number++;
        if (!err)
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

enum err ical_lines_next(struct ical_lines *lines, bool *more, struct error *error)
{
    do {
        enum err err = refill(lines, error);
        *more = !err && !lines->ended;
        if (!*more)
            return err;
        err = take_folded(lines, error);
        if (err)
            return err;
        skip_byte_order_mark(lines);
    } while (lines->text.length == 0 && lines->fault == ICAL_LINE_SOUND);
    if (lines->fault == ICAL_LINE_SOUND && memchr(lines->text.bytes, '\0', lines->text.length))
        lines->fault = ICAL_LINE_NUL;
    if (lines->fault == ICAL_LINE_SOUND && !utf8_valid(lines->text.bytes, lines->text.length))
        lines->fault = ICAL_LINE_NOT_UTF8;
    return ERR_OK;
}
