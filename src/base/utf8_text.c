/*
 * Whole texts in UTF-8: checked, folded for search, made safe to print.
 */
#include <base/utf8.h>
#include <base/vector.h>
#include <string.h>
#include <utf8proc.h>

#include "utf8_escape.h"

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
 * Nearly all text is ASCII, which needs no tables. Folds a stretch of ASCII and returns its end.
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

enum { PARTS = 32 }; /* the longest decomposition of one character is 18 */

static int fold_parts(int32_t codepoint, utf8proc_int32_t parts[PARTS])
{
    const utf8proc_option_t options = UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    int boundary = 0;
    return (int)utf8proc_decompose_char(codepoint, parts, PARTS, options, &boundary);
}

int32_t utf8_fold_first(int32_t codepoint)
{
    utf8proc_int32_t parts[PARTS];
    return fold_parts(codepoint, parts) > 0 ? fold_letter(parts[0]) : 0;
}

char *utf8_fold(struct arena *arena, const char *s)
{
    struct text text = text_start(arena);
    for (const char *end = s + strlen(s); s < end;) {
        if ((unsigned char)*s < 0x80) {
            s = fold_ascii(&text, s, end);
            continue;
        }
        int32_t codepoint = utf8_next(&s, end);
        if (codepoint < 0)
            codepoint = 0xFFFD;
        utf8proc_int32_t parts[PARTS];
        int n = fold_parts(codepoint, parts);
        for (int i = 0; i < n; i++)
            fold_put(&text, parts[i]);
    }
    if (text.length && text.bytes[text.length - 1] == ' ')
        text.bytes[--text.length] = '\0';
    return text.bytes;
}

int32_t windows_character(unsigned char byte)
{
    static const uint16_t high[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

static bool kept(int32_t codepoint, bool keep_newlines)
{
    return keep_newlines && (codepoint == '\n' || codepoint == '\t');
}

/* True if nothing of the text would be escaped. */
static bool is_printable(const char *s, const char *end, bool keep_newlines, bool shown)
{
    int32_t previous = 0, codepoint = utf8_next(&s, end);
    for (bool more = codepoint != 0; more;) {
        bool last = s >= end;
        int32_t next = utf8_next(&s, end);
        if ((utf8_unsafe(codepoint) && !kept(codepoint, keep_newlines)) ||
            (shown && utf8_hidden(previous, codepoint, next)))
            return false;
        previous = codepoint;
        codepoint = next;
        more = !last;
    }
    return true;
}

static const char *escaped(struct arena *arena, const char *s, bool keep_newlines, bool shown)
{
    const char *end = s + strlen(s);
    int32_t previous = 0;
    if (is_printable(s, end, keep_newlines, shown))
        return s;
    struct text text = text_start(arena);
    while (s < end) {
        char piece[UTF8_ESCAPE_SIZE];
        size_t n = utf8_escape_next(&s, end, keep_newlines, shown ? &previous : NULL, piece);
        text_add_n(&text, piece, n);
    }
    return text.bytes;
}

const char *utf8_printable(struct arena *arena, const char *s, bool keep_newlines)
{
    return escaped(arena, s, keep_newlines, false);
}

const char *utf8_shown(struct arena *arena, const char *s, bool keep_newlines)
{
    return escaped(arena, s, keep_newlines, true);
}
