/*
 * UTF-8 over utf8proc: reading, columns, grapheme clusters, folding for search, escaping for print.
 */
#include <base/utf8.h>
#include <base/vector.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "utf8_escape.h"

int32_t utf8_next(const char **s, const char *end)
{
    if (*s >= end)
        return 0;
    unsigned char first = (unsigned char)**s;
    if (first < 0x80) {
        (*s)++;
        return first;
    }
    utf8proc_int32_t codepoint;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)*s, (utf8proc_ssize_t)(end - *s), &codepoint);
    if (n <= 0) {
        (*s)++;
        return -1;
    }
    *s += n;
    return codepoint;
}

bool utf8_valid(const char *s, size_t n)
{
    const char *end = s + n;
    while (s < end)
        if (utf8_next(&s, end) <= 0)
            return false;
    return true;
}

enum err utf8_check(const char *what, const char *s, size_t limit, struct error *error)
{
    size_t length = s ? strlen(s) : 0;
    if (length > limit)
        return error_set(error, ERR_INVALID, what, "it is %zu bytes long, %zu at most", length,
                         limit);
    if (s && !utf8_valid(s, length))
        return error_set(error, ERR_INVALID, what, "it is not valid UTF-8");
    return ERR_OK;
}

int utf8_put(int32_t codepoint, char out[4])
{
    return (int)utf8proc_encode_char(codepoint, (utf8proc_uint8_t *)out);
}

/* Hangul vowels and finals join the syllable before them. */
static bool is_joining_jamo(int32_t codepoint)
{
    return (codepoint >= 0x1160 && codepoint <= 0x11FF) ||
           (codepoint >= 0xD7B0 && codepoint <= 0xD7FF);
}

int utf8_columns(int32_t codepoint)
{
    if (codepoint >= 0x20 && codepoint < 0x7F)
        return 1;
    switch (utf8proc_category(codepoint)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return -1;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
        return 0;
    case UTF8PROC_CATEGORY_CF:
        return codepoint == 0xAD ? 1 : 0; /* terminals show the soft hyphen */
    default:
        if (is_joining_jamo(codepoint))
            return 0;
        return utf8proc_charwidth(codepoint) == 2 ? 2 : 1;
    }
}

/* Two regional indicators are a flag. */
static bool is_regional(int32_t codepoint)
{
    return codepoint >= 0x1F1E6 && codepoint <= 0x1F1FF;
}

/* The cluster at s, which has at least one byte before end. */
static size_t cluster_length(const char *s, const char *end, int *columns)
{
    const char *at = s;
    int32_t previous = utf8_next(&at, end);
    *columns = utf8_columns(previous < 0 ? '?' : previous) == 2 ? 2 : 1;
    if (previous < 0x20)
        return (size_t)(at - s);
    utf8proc_int32_t state = 0;
    while (at < end) {
        const char *next = at;
        int32_t codepoint = utf8_next(&next, end);
        if (codepoint < 0 || utf8proc_grapheme_break_stateful(previous, codepoint, &state))
            break;
        if (utf8_columns(codepoint) == 2 || (is_regional(previous) && is_regional(codepoint)))
            *columns = 2;
        previous = codepoint;
        at = next;
    }
    return (size_t)(at - s);
}

/*
 * Printable ASCII before a byte that is ASCII too is a cluster by itself: the usual case, taken
 * first.
 */
static bool is_plain(const char *s)
{
    return s[0] >= 0x20 && s[0] < 0x7F && (unsigned char)s[1] < 0x80;
}

size_t utf8_cluster(const char *s, int *columns)
{
    *columns = 1;
    if (!*s)
        return 0;
    if (is_plain(s))
        return 1;
    return cluster_length(s, s + strlen(s), columns);
}

int utf8_width(const char *s)
{
    int width = 0;
    for (const char *end = s + strlen(s); s < end;) {
        int columns = 1;
        s += is_plain(s) ? 1 : cluster_length(s, end, &columns);
        width += columns;
    }
    return width;
}

/*
 * Letters with a stroke and the like that Unicode does not decompose, but that people type without.
 */
static int32_t fold_letter(int32_t codepoint)
{
    switch (codepoint) {
    case 0xF8:
        return 'o';
    case 0x111:
        return 'd';
    case 0x127:
        return 'h';
    case 0x131:
        return 'i';
    case 0x142:
        return 'l';
    case 0x167:
        return 't';
    default:
        return codepoint;
    }
}

/* Runs of white space become one space, none at the beginning. */
static void fold_put(struct text *text, int32_t codepoint)
{
    if (codepoint < 0x20 || utf8proc_category(codepoint) == UTF8PROC_CATEGORY_ZS)
        codepoint = ' ';
    if (codepoint == ' ' && (text->length == 0 || text->bytes[text->length - 1] == ' '))
        return;
    char bytes[4];
    text_add_n(text, bytes, (size_t)utf8_put(fold_letter(codepoint), bytes));
}

/*
 * Nearly all text is ASCII, which needs no tables. Takes a stretch of it and gives where it ends.
 */
static const char *fold_ascii(struct text *text, const char *s, const char *end)
{
    char run[128];
    size_t n = 0;
    bool blank = text->length == 0 || text->bytes[text->length - 1] == ' ';
    for (; s < end && (unsigned char)*s < 0x80 && n < sizeof run; s++) {
        char c = *s;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 0x20);
        else if (c < 0x20)
            c = ' ';
        if (c != ' ' || !blank)
            run[n++] = c;
        blank = c == ' ';
    }
    text_add_n(text, run, n);
    return s;
}

char *utf8_fold(struct arena *arena, const char *s)
{
    enum { ROOM = 32 }; /* the longest decomposition of one character is 18 */
    const utf8proc_option_t options = UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    struct text text = text_start(arena);
    for (const char *end = s + strlen(s); s < end;) {
        if ((unsigned char)*s < 0x80) {
            s = fold_ascii(&text, s, end);
            continue;
        }
        int32_t codepoint = utf8_next(&s, end);
        if (codepoint < 0)
            codepoint = 0xFFFD;
        utf8proc_int32_t parts[ROOM];
        int boundary = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char(codepoint, parts, ROOM, options, &boundary);
        for (utf8proc_ssize_t i = 0; i < n && i < ROOM; i++)
            fold_put(&text, parts[i]);
    }
    if (text.length && text.bytes[text.length - 1] == ' ')
        text.bytes[--text.length] = '\0';
    return text.bytes;
}

/* Characters that move text about on a screen or break a line: bidi controls and separators. */
static bool is_unsafe(int32_t codepoint)
{
    return codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0) || codepoint == 0x61C ||
           codepoint == 0x200E || codepoint == 0x200F ||
           (codepoint >= 0x2028 && codepoint <= 0x202E) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069);
}

size_t utf8_escape_next(const char **s, const char *end, bool keep_newlines,
                        char out[UTF8_ESCAPE_SIZE])
{
    const char *start = *s;
    int32_t codepoint = utf8_next(s, end);
    if (codepoint < 0)
        return (size_t)snprintf(out, UTF8_ESCAPE_SIZE, "\\x%02x", (unsigned char)*start);
    bool kept = keep_newlines && (codepoint == '\n' || codepoint == '\t');
    if (is_unsafe(codepoint) && !kept)
        return (size_t)snprintf(out, UTF8_ESCAPE_SIZE, codepoint < 0x100 ? "\\x%02x" : "\\u{%04X}",
                                (unsigned)codepoint);
    size_t n = (size_t)(*s - start);
    memcpy(out, start, n);
    return n;
}

/* The first byte that must be escaped, or end. */
static const char *first_unsafe(const char *s, const char *end, bool keep_newlines)
{
    while (s < end) {
        const char *start = s;
        int32_t codepoint = utf8_next(&s, end);
        if (is_unsafe(codepoint) && !(keep_newlines && (codepoint == '\n' || codepoint == '\t')))
            return start;
    }
    return end;
}

const char *utf8_printable(struct arena *arena, const char *s, bool keep_newlines)
{
    const char *end = s + strlen(s);
    const char *at = first_unsafe(s, end, keep_newlines);
    if (at == end)
        return s;
    struct text text = text_start(arena);
    text_add_n(&text, s, (size_t)(at - s));
    while (at < end) {
        char piece[UTF8_ESCAPE_SIZE];
        size_t n = utf8_escape_next(&at, end, keep_newlines, piece);
        text_add_n(&text, piece, n);
    }
    return text.bytes;
}
