/*
 * Encodings: UTF-16 and Windows-1252, which spreadsheets write, are read here; what else an option
 * names is iconv's, whose tables are files of the system that may not be there.
 */
#include "csv_bytes.h"

#include <base/utf8.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

char *csv_from_1252(struct arena *arena, const char *s)
{
    struct text text = text_start(arena);
    for (; *s; s++) {
        char utf8[4];
        int32_t codepoint = windows_character((unsigned char)*s);
        if (codepoint == 0)
            return NULL;
        text_add_n(&text, utf8, (size_t)utf8_put(codepoint, utf8));
    }
    return text.bytes;
}

/* --- beginning and end --- */

static const struct {
    const char *name;
    enum csv_encoding encoding;
} names[] = {
    {"utf-8", CSV_UTF8},          {"utf8", CSV_UTF8},
    {"utf-16", CSV_UTF16_LITTLE}, {"utf-16le", CSV_UTF16_LITTLE},
    {"utf-16be", CSV_UTF16_BIG},  {"iso-8859-1", CSV_1252},
    {"latin-1", CSV_1252},        {"latin1", CSV_1252},
    {"windows-1252", CSV_1252},   {"cp1252", CSV_1252},
};

enum err csv_bytes_start(struct csv_bytes *bytes, const char *encoding, struct error *error)
{
    bytes->encoding = CSV_FIND_OUT;
    if (!encoding)
        return ERR_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(encoding, names[i].name) == 0) {
            bytes->encoding = names[i].encoding;
            return ERR_OK;
        }
    bytes->converter = iconv_open("UTF-8", encoding);
    if (bytes->converter == (iconv_t)-1)
        return error_set(error, ERR_INVALID, "encoding",
                         "'%s' is unknown; write UTF-8, UTF-16, Windows-1252 or a name that "
                         "'iconv -l' lists",
                         encoding);
    bytes->encoding = CSV_ICONV;
    return ERR_OK;
}

void csv_bytes_end(struct csv_bytes *bytes)
{
    if (bytes->encoding == CSV_ICONV)
        iconv_close(bytes->converter);
}

/* A byte order mark says it; without one, zero bytes beside ASCII letters do. */
static void find_out(struct csv_bytes *bytes)
{
    const char *in = bytes->in;
    bool two = bytes->in_count >= 2;
    bytes->found_out = true;
    bytes->encoding = CSV_UTF8;
    if (two && (memcmp(in, "\xff\xfe", 2) == 0 || (in[0] && !in[1])))
        bytes->encoding = CSV_UTF16_LITTLE;
    else if (two && (memcmp(in, "\xfe\xff", 2) == 0 || (!in[0] && in[1])))
        bytes->encoding = CSV_UTF16_BIG;
}

static void drop(struct csv_bytes *bytes, size_t n)
{
    bytes->in_count -= n;
    memmove(bytes->in, bytes->in + n, bytes->in_count);
}

static void drop_mark(struct csv_bytes *bytes)
{
    bool big = memcmp(bytes->in, "\xfe\xff", 2) == 0;
    bool little = memcmp(bytes->in, "\xff\xfe", 2) == 0;
    bool wide = bytes->encoding == CSV_UTF16_LITTLE || bytes->encoding == CSV_UTF16_BIG;
    if (bytes->in_count >= 3 && memcmp(bytes->in, "\xef\xbb\xbf", 3) == 0) {
        drop(bytes, 3);
    } else if (wide && bytes->in_count >= 2 && (big || little)) {
        bytes->encoding = big ? CSV_UTF16_BIG : CSV_UTF16_LITTLE;
        drop(bytes, 2);
    }
}

/* --- piece by piece --- */

static enum err no_character(const struct csv_bytes *bytes, int64_t line, struct error *error)
{
    return error_set_what(error, ERR_INVALID,
                          "the file is not in this encoding; name another one with --encoding",
                          "%s:%lld", bytes->name, (long long)line);
}

static unsigned unit_at(const struct csv_bytes *bytes, size_t i)
{
    unsigned one = (unsigned char)bytes->in[i], two = (unsigned char)bytes->in[i + 1];
    return bytes->encoding == CSV_UTF16_BIG ? one << 8 | two : two << 8 | one;
}

static enum err from_utf16(struct csv_bytes *bytes, int64_t line, struct error *error)
{
    size_t i = 0;
    while (i + 2 <= bytes->in_count) {
        int32_t codepoint = (int32_t)unit_at(bytes, i);
        size_t size = 2;
        if (codepoint >= 0xD800 && codepoint < 0xDC00) {
            if (i + 4 > bytes->in_count)
                break;
            int32_t low = (int32_t)unit_at(bytes, i + 2);
            if (low < 0xDC00 || low > 0xDFFF)
                return no_character(bytes, line, error);
            codepoint = 0x10000 + ((codepoint - 0xD800) << 10) + (low - 0xDC00);
            size = 4;
        } else if (codepoint >= 0xDC00 && codepoint <= 0xDFFF) {
            return no_character(bytes, line, error);
        }
        bytes->count += (size_t)utf8_put(codepoint, bytes->out + bytes->count);
        i += size;
    }
    drop(bytes, i);
    if (bytes->ended && bytes->in_count > 0)
        return no_character(bytes, line, error);
    return ERR_OK;
}

static enum err from_iconv(struct csv_bytes *bytes, int64_t line, struct error *error)
{
    char *in = bytes->in, *out = bytes->out;
    size_t in_left = bytes->in_count, out_left = sizeof bytes->out;
    size_t done = iconv(bytes->converter, &in, &in_left, &out, &out_left);
    bool stopped = done == (size_t)-1 && errno == EILSEQ;
    bytes->count = sizeof bytes->out - out_left;
    bytes->in_count = in_left;
    memmove(bytes->in, in, in_left);
    if (stopped || (bytes->ended && in_left > 0 && bytes->count == 0))
        return no_character(bytes, line, error);
    return ERR_OK;
}

static enum err convert(struct csv_bytes *bytes, int64_t line, struct error *error)
{
    bytes->count = 0;
    if (bytes->encoding == CSV_UTF16_LITTLE || bytes->encoding == CSV_UTF16_BIG)
        return from_utf16(bytes, line, error);
    if (bytes->encoding == CSV_ICONV)
        return from_iconv(bytes, line, error);
    for (size_t i = 0; bytes->encoding == CSV_1252 && i < bytes->in_count; i++) {
        int32_t codepoint = windows_character((unsigned char)bytes->in[i]);
        if (codepoint == 0 && bytes->in[i])
            return no_character(bytes, line, error);
        bytes->count += (size_t)utf8_put(codepoint, bytes->out + bytes->count);
    }
    if (bytes->encoding == CSV_UTF8) {
        memcpy(bytes->out, bytes->in, bytes->in_count);
        bytes->count = bytes->in_count;
    }
    bytes->in_count = 0;
    return ERR_OK;
}

/* Reads until the buffer is full or the source ends, so that the first piece shows enough. */
static enum err read_piece(struct csv_bytes *bytes, struct error *error)
{
    while (!bytes->ended && bytes->in_count < CSV_PIECE / 2) {
        size_t n = 0;
        enum err err = bytes->source.read(bytes->source.self, bytes->in + bytes->in_count,
                                          CSV_PIECE - bytes->in_count, &n, error);
        if (err)
            return err;
        bytes->in_count += n;
        bytes->ended = n == 0;
    }
    return ERR_OK;
}

enum err csv_bytes_fill(struct csv_bytes *bytes, int64_t line, struct error *error)
{
    bytes->at = bytes->count = 0;
    while (bytes->count == 0 && !(bytes->ended && bytes->in_count == 0)) {
        enum err err = read_piece(bytes, error);
        if (err)
            return err;
        if (!bytes->begun && bytes->encoding == CSV_FIND_OUT)
            find_out(bytes);
        if (!bytes->begun)
            drop_mark(bytes);
        bytes->begun = true;
        err = convert(bytes, line, error);
        if (err)
            return err;
    }
    return ERR_OK;
}
