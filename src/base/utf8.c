/*
 * UTF-8 over utf8proc, a character at a time: reading, columns, grapheme clusters, escaping. No
 * arena and no error record here, since error.c escapes its messages by these functions.
 */
#include <base/ascii.h>
#include <base/utf8.h>
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

bool utf8_trigram(const char **from, const char **to)
{
    enum { TRIGRAM = 3 };
    const char *start = *to, *at = *to, *end = at + strlen(at);
    int characters = 0;
    for (; characters < TRIGRAM && at < end; characters++)
        utf8_next(&at, end);
    if (characters == 0 || (characters < TRIGRAM && !*from))
        return false;
    if (characters < TRIGRAM)
        for (start = *from; characters > 0; characters--)
            utf8_next(&start, end);
    *from = start;
    *to = at;
    return true;
}

bool utf8_valid(const char *s, size_t n)
{
    const char *end = s + n;
    while (s < end)
        if (utf8_next(&s, end) <= 0)
            return false;
    return true;
}

/* A byte of a character behind its first. */
static bool is_inside(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

size_t utf8_cut(const char *s, size_t limit)
{
    size_t n = limit;
    while (n > 0 && limit - n < 3 && is_inside(s[n]))
        n--;
    return is_inside(s[n]) ? limit : n;
}

int utf8_put(int32_t codepoint, char out[4])
{
    return (int)utf8proc_encode_char(codepoint, (utf8proc_uint8_t *)out);
}

/* Of a flag of a region: they spell its name behind a black flag. */
static bool is_tag(int32_t codepoint)
{
    return codepoint >= 0xE0020 && codepoint <= 0xE007F;
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

bool utf8_regional(int32_t codepoint)
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
        if (utf8_columns(codepoint) == 2 || (utf8_regional(previous) && utf8_regional(codepoint)))
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

bool utf8_unsafe(int32_t codepoint)
{
    return codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0) || codepoint == 0x61C ||
           codepoint == 0x200E || codepoint == 0x200F ||
           (codepoint >= 0x2028 && codepoint <= 0x202E) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069);
}

/*
 * --- characters that show as nothing -----------------------------------------------------------
 */

/* Behind these, and before them, a joiner makes one sign of several. */
static bool is_pictographic(int32_t codepoint)
{
    return utf8proc_get_property(codepoint)->boundclass ==
           UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool joins_emoji(int32_t previous)
{
    bool tone = previous >= 0x1F3FB && previous <= 0x1F3FF;
    return is_pictographic(previous) || previous == 0xFE0F || tone || is_tag(previous);
}

/* Letters and marks whose shape depends on their neighbours: Arabic to Mongolian, and others. */
static bool is_joined_script(int32_t codepoint)
{
    bool range = (codepoint >= 0x600 && codepoint < 0x1D00) ||
                 (codepoint >= 0xA800 && codepoint < 0xAC00) ||
                 (codepoint >= 0xFB50 && codepoint < 0xFE00) ||
                 (codepoint >= 0xFE70 && codepoint < 0xFEFF) ||
                 (codepoint >= 0x10A00 && codepoint < 0x12000) ||
                 (codepoint >= 0x1E900 && codepoint < 0x1EF00);
    utf8proc_category_t category = range ? utf8proc_category(codepoint) : UTF8PROC_CATEGORY_CN;
    return category == UTF8PROC_CATEGORY_LO || category == UTF8PROC_CATEGORY_LM ||
           category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

/* Fillers are letters by name, and blank. */
static bool is_blank(int32_t codepoint)
{
    static const int32_t blanks[] = {0x34F,  0x115F, 0x1160, 0x17B4, 0x17B5,
                                     0x180E, 0x2800, 0x3164, 0xFFA0};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (codepoint == blanks[i])
            return true;
    return false;
}

/* They choose a form of the character before them; letters have no forms. */
static bool is_variation(int32_t codepoint)
{
    return (codepoint >= 0xFE00 && codepoint <= 0xFE0F) ||
           (codepoint >= 0xE0100 && codepoint <= 0xE01EF);
}

static bool has_variations(int32_t codepoint)
{
    return codepoint > ' ' && !ascii_letter(codepoint) && !is_variation(codepoint);
}

bool utf8_hidden(int32_t previous, int32_t codepoint, int32_t next)
{
    enum { FLAG = 0x1F3F4, SOFT_HYPHEN = 0xAD, ZWNJ = 0x200C, ZWJ = 0x200D };
    if (codepoint < SOFT_HYPHEN || utf8_unsafe(codepoint))
        return false;
    if (codepoint == ZWNJ)
        return !is_joined_script(previous);
    if (codepoint == ZWJ)
        return !is_joined_script(previous) && !(joins_emoji(previous) && is_pictographic(next));
    if (is_tag(codepoint))
        return previous != FLAG && !is_tag(previous);
    if (is_variation(codepoint))
        return !has_variations(previous);
    /* signs before a number and the like have a shape; the soft hyphen is shown by terminals */
    bool shaped = (codepoint >= 0x600 && codepoint < 0x900) || codepoint == SOFT_HYPHEN ||
                  codepoint == 0x110BD || codepoint == 0x110CD;
    return is_blank(codepoint) || (utf8proc_category(codepoint) == UTF8PROC_CATEGORY_CF && !shaped);
}

size_t utf8_escape_next(const char **s, const char *end, bool keep_newlines, int32_t *previous,
                        char out[UTF8_ESCAPE_SIZE])
{
    const char *start = *s;
    int32_t codepoint = utf8_next(s, end);
    const char *behind = *s;
    bool hidden = previous && utf8_hidden(*previous, codepoint, utf8_next(&behind, end));
    if (previous)
        *previous = hidden ? 0 : codepoint;
    if (hidden)
        return (size_t)snprintf(out, UTF8_ESCAPE_SIZE, "<U+%04X>", (unsigned)codepoint);
    if (codepoint < 0)
        return (size_t)snprintf(out, UTF8_ESCAPE_SIZE, "\\x%02x", (unsigned char)*start);
    bool kept = keep_newlines && (codepoint == '\n' || codepoint == '\t');
    if (utf8_unsafe(codepoint) && !kept)
        return (size_t)snprintf(out, UTF8_ESCAPE_SIZE, codepoint < 0x100 ? "\\x%02x" : "\\u{%04X}",
                                (unsigned)codepoint);
    size_t n = (size_t)(*s - start);
    memcpy(out, start, n);
    return n;
}
