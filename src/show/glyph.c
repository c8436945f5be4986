/*
 * Glyphs: stored text, one grapheme cluster at a time, safe for a terminal and of known width; and
 * line breaking.
 */
#include "glyph.h"

#include <base/utf8.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct ascii_form {
    int32_t first, last;
    const char *form;
};

/* Signs and lines that this program draws itself, and the usual typography in titles. */
static const struct ascii_form ASCII_FORMS[] = {
    {0x00A0, 0x00A0, " "},  {0x00AB, 0x00AB, "<<"}, {0x00B7, 0x00B7, "."}, {0x00BB, 0x00BB, ">>"},
    {0x00D7, 0x00D7, "x"},  {0x2010, 0x2015, "-"},  {0x2018, 0x201B, "'"}, {0x201C, 0x201F, "\""},
    {0x2022, 0x2022, "*"},  {0x2026, 0x2026, "~"},  {0x202F, 0x202F, " "}, {0x2190, 0x2190, "<-"},
    {0x2192, 0x2192, "->"}, {0x2500, 0x2501, "-"},  {0x2502, 0x2503, "|"}, {0x250C, 0x254B, "+"},
    {0x254C, 0x254D, "-"},  {0x254E, 0x254F, "|"},  {0x2550, 0x2550, "="}, {0x2551, 0x2551, "|"},
    {0x2552, 0x256C, "+"},  {0x256D, 0x2570, "+"},  {0x2574, 0x2574, "-"}, {0x2575, 0x2575, "|"},
    {0x2576, 0x2576, "-"},  {0x2577, 0x2577, "|"},  {0x2578, 0x2578, "-"}, {0x2579, 0x2579, "|"},
    {0x257A, 0x257A, "-"},  {0x257B, 0x257B, "|"},  {0x25B2, 0x25B2, "^"}, {0x25B8, 0x25B8, ">"},
    {0x25BC, 0x25BC, "v"},  {0x25C2, 0x25C2, "<"},  {0x25CF, 0x25CF, "*"}, {0x2713, 0x2713, "x"},
};

/* The character's substitute in ASCII ("-" for a dash, "->" for an arrow); NULL: it has none. */
static const char *glyph_ascii(int32_t codepoint)
{
    for (size_t i = 0; i < sizeof ASCII_FORMS / sizeof *ASCII_FORMS; i++)
        if (codepoint >= ASCII_FORMS[i].first && codepoint <= ASCII_FORMS[i].last)
            return ASCII_FORMS[i].form;
    return NULL;
}

static void glyph_escape(struct glyph *out, int32_t codepoint, char byte)
{
    if (codepoint < 0)
        out->columns =
            snprintf(out->bytes, sizeof out->bytes, "\\x%02x", (unsigned)(unsigned char)byte);
    else
        out->columns = snprintf(out->bytes, sizeof out->bytes,
                                codepoint < 0x100 ? "\\x%02x" : "\\u{%04X}", (unsigned)codepoint);
    out->spread = true;
}

static void glyph_hidden(struct glyph *out, int32_t codepoint)
{
    out->columns = snprintf(out->bytes, sizeof out->bytes, "<U+%04X>", (unsigned)codepoint);
    out->spread = true;
}

/* How much of a cluster is seen: it ends before what is hidden in it. */
static size_t seen_length(const char *s, size_t n)
{
    const char *end = s + n, *at = s, *next = s;
    int32_t previous = utf8_next(&next, end), codepoint;
    while (next < end) {
        at = next;
        codepoint = utf8_next(&next, end);
        const char *behind = next;
        if (utf8_hidden(previous, codepoint, utf8_next(&behind, end)))
            return (size_t)(at - s);
        previous = codepoint;
    }
    return n;
}

static void glyph_plain(struct glyph *out, const char *s)
{
    snprintf(out->bytes, sizeof out->bytes, "%s", s);
    out->columns = (int)strlen(out->bytes);
    out->spread = true;
}

/* The cluster's bytes, cut at a code point to fit a cell; a mark without a base gets a space. */
static void glyph_cluster(struct glyph *out, const char *s, size_t n, int32_t codepoint)
{
    size_t at = 0;
    if (utf8_columns(codepoint) == 0)
        out->bytes[at++] = ' ';
    if (n > CELL_BYTES - at) {
        n = CELL_BYTES - at;
        while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80)
            n--;
    }
    memcpy(out->bytes + at, s, n);
    out->bytes[at + n] = '\0';
    out->spread = false;
}

bool glyph_next(const char **s, const char *end, bool ascii, struct glyph *out)
{
    if (*s >= end)
        return false;
    const char *start = *s;
    /* The fast way for most text: ASCII before ASCII is a cluster of its own. */
    if (*start >= 0x20 && *start < 0x7F && (start + 1 == end || (unsigned char)start[1] < 0x80)) {
        *s = start + 1;
        out->bytes[0] = *start;
        out->bytes[1] = '\0';
        out->columns = 1;
        out->spread = false;
        return true;
    }
    int32_t codepoint = utf8_next(s, end);
    if (codepoint == '\n' || codepoint == '\t') {
        glyph_plain(out, " ");
        return true;
    }
    if (utf8_unsafe(codepoint)) {
        glyph_escape(out, codepoint, *start);
        return true;
    }
    if (utf8_hidden(0, codepoint, 0)) {
        glyph_hidden(out, codepoint);
        return true;
    }
    size_t n = utf8_cluster(start, &out->columns);
    if (n > (size_t)(end - start))
        n = (size_t)(end - start);
    n = seen_length(start, n);
    *s = start + n;
    if (ascii && (codepoint >= 0x80 || n > 1)) {
        const char *form = codepoint < 0x80 ? NULL : glyph_ascii(codepoint);
        glyph_plain(out, form ? form : "?");
        return true;
    }
    glyph_cluster(out, start, n, codepoint);
    return true;
}

int glyph_columns(const char *s, const char *end, bool ascii)
{
    int columns = 0;
    struct glyph glyph = {0};
    while (glyph_next(&s, end, ascii, &glyph))
        columns += glyph.columns;
    return columns;
}

enum { NARROW = 10 };

static bool stands_in(int32_t codepoint, const char *list)
{
    const char *end = list + strlen(list);
    while (list < end)
        if (utf8_next(&list, end) == codepoint)
            return true;
    return false;
}

/* Chinese and Japanese, which put no spaces between words; Korean does. */
static bool without_spaces(int32_t codepoint)
{
    return (codepoint >= 0x2E80 && codepoint <= 0x30FF) || /* radicals, punctuation, kana */
           (codepoint >= 0x3400 && codepoint <= 0x9FFF) ||
           (codepoint >= 0xF900 && codepoint <= 0xFAFF) ||
           (codepoint >= 0xFF01 && codepoint <= 0xFF60) ||
           (codepoint >= 0x20000 && codepoint <= 0x3FFFF);
}

/* A line may end between the two though no space is there. */
static bool breaks_between(int32_t before, int32_t after)
{
    if (!without_spaces(before) && !without_spaces(after))
        return false;
    if (before >= '0' && before <= '9')
        return false; /* a number stays with its unit */
    return !stands_in(before, " (“‘（〔［｛〈《「『【") &&
           !stands_in(after, " ),.:;!?”’、。，．・：；？！）〕］｝〉》」』】々ーゝゞヽヾ"
                             "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ");
}

/* A word of at most three letters, as "h", "am" or "Uhr"; none of a script without spaces. */
static bool short_word(const char *s, const char *end)
{
    enum { MOST = 3 };
    int letters = 0;
    while (s < end && *s != ' ' && *s != '\n' && !strchr(".,;:!?", *s)) {
        int32_t codepoint = utf8_next(&s, end);
        if (++letters > MOST || without_spaces(codepoint) || codepoint < 'A')
            return false;
    }
    return letters > 0;
}

/*
 * The blank stands within a number: in the groups of an ID, between a number and its short unit, or
 * between that and the next number ("765 432 1", "8:45 am", "8 Uhr 45", "8시 45분").
 */
static bool within_number(const char *line, const char *blank, const char *end)
{
    const char *word = blank, *next = blank + 1;
    while (word > line && word[-1] != ' ')
        word--;
    if (word == blank || next >= end)
        return false;
    bool digit = isdigit((unsigned char)blank[-1]);
    if (!isdigit((unsigned char)*next))
        return digit && short_word(next, end);
    if (digit || (isdigit((unsigned char)*word) && (unsigned char)blank[-1] >= 0x80))
        return true;
    return word - line > 1 && isdigit((unsigned char)word[-2]) && short_word(word, blank);
}

const char *glyph_wrap(const char **s, const char *end, int width, bool ascii, const char **line)
{
    const char *at = *s;
    *line = at < end ? at : NULL;
    const char *break_end = NULL, *break_next = NULL, *last_blank = NULL;
    int columns = 0, break_columns = 0;
    /* a narrow line cuts a word rather than stay nearly empty */
    int least = width < NARROW ? width / 2 + 1 : 0;
    int32_t previous = ' ';
    struct glyph glyph = {0};
    while (at < end) {
        const char *start = at;
        if (*at == '\n' || (*at == '\r' && at + 1 < end && at[1] == '\n')) {
            *s = at + (*at == '\r' ? 2 : 1);
            return start;
        }
        const char *behind = start;
        int32_t codepoint = utf8_next(&behind, end);
        glyph_next(&at, end, ascii, &glyph);
        last_blank = codepoint == ' ' ? start : last_blank;
        if (codepoint == ' ' ? !within_number(*line, start, end)
                             : breaks_between(previous, codepoint)) {
            break_end = start;
            break_next = codepoint == ' ' ? at : start;
            break_columns = columns;
        }
        previous = codepoint;
        columns += glyph.columns;
        if (columns <= width)
            continue;
        if (break_end && break_end > *line && break_columns >= least) {
            *s = break_next;
            return break_end;
        }
        if (last_blank && last_blank > *line && last_blank - *line >= least) {
            *s = last_blank + 1;
            return last_blank;
        }
        *s = start > *line ? start : at; /* a glyph wider than the line has one to itself */
        return *s;
    }
    *s = end;
    return end;
}

size_t glyph_lines(const char *text, int width, bool ascii)
{
    const char *end = text + strlen(text), *line;
    size_t count = 0;
    for (; glyph_wrap(&text, end, width, ascii, &line), line; count++)
        ;
    return count;
}
