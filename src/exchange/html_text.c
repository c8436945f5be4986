/*
 * A tolerant reader of HTML. Mail programs and calendars write every kind of it, half of it
 * damaged, and only words, lines and links matter here: no tree is made.
 */
#include "html_text.h"

#include <base/ascii.h>
#include <base/embedded.h>
#include <base/utf8.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ENTITY_NAME_MAX = 40, TAG_NAME_MAX = 16 };

struct html_reader {
    struct text out;
    const char *link; /* the address of the <a> that is open; NULL: none */
    size_t link_length;
    int quotes;    /* <blockquote>s that are open */
    bool verbatim; /* in <pre> */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/*
 * --- entities ----------------------------------------------------------------------------------
 */

static void add_codepoint(struct text *out, long codepoint)
{
    char bytes[4];
    if (codepoint >= 0x80 && codepoint < 0xA0) /* the standard: as Windows has them */
        codepoint = windows_character((unsigned char)codepoint);
    bool none =
        codepoint <= 0 || codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF);
    text_add_n(out, bytes, (size_t)utf8_put(none ? 0xFFFD : (int32_t)codepoint, bytes));
}

/* "&#160;" and "&#xA0;", their semicolon or not. The bytes read; 0: no number. */
static size_t add_numeric(struct text *out, const char *s, const char *end)
{
    enum { DIGITS_MAX = 10 };
    bool hex = s + 2 < end && (s[2] == 'x' || s[2] == 'X');
    const char *digits = s + (hex ? 3 : 2), *at = digits;
    long codepoint = 0;
    for (; at < end && at - digits < DIGITS_MAX; at++) {
        int value = hex_value(*at);
        if (value < 0 || (!hex && value > 9))
            break;
        codepoint = codepoint * (hex ? 16 : 10) + value;
    }
    if (at == digits)
        return 0;
    add_codepoint(out, codepoint);
    return (size_t)(at - s) + (at < end && *at == ';');
}

/* The row of the sorted table of entities that begins with this name and a tab, or NULL. */
static const char *entity_row(const char *name, size_t length)
{
    size_t size;
    const char *table = embedded_find("html-entities.tsv", &size);
    size_t low = 0, high = size;
    while (low < high) {
        size_t middle = low + (high - low) / 2, row = middle;
        while (row > low && table[row - 1] != '\n')
            row--;
        size_t n = strcspn(table + row, "\t");
        int order = strncmp(name, table + row, length < n ? length : n);
        if (order == 0 && length == n)
            return table + row + n + 1;
        if (order < 0 || (order == 0 && length < n))
            high = row;
        else
            low = row + strcspn(table + row, "\n") + 1;
    }
    return NULL;
}

/*
 * The row of the name of `n` bytes at s; in words also of a beginning that is one of the oldest
 * names, which are known without their semicolon: "&nbsp4711". *n: the name's length.
 */
static const char *entity_named(const char *s, size_t *n, bool in_words)
{
    enum { OLDEST_LONGEST = 6 };
    const char *row = *n ? entity_row(s, *n) : NULL;
    size_t most = *n <= OLDEST_LONGEST ? *n : OLDEST_LONGEST + 1;
    for (size_t shorter = most; !row && in_words && shorter-- > 2;) {
        row = entity_row(s, shorter);
        if (row && row[strcspn(row, "\t\n")] != '\t')
            row = NULL;
        if (row)
            *n = shorter;
    }
    return row;
}

/*
 * "&nbsp;". The oldest ones are known without their semicolon too, unless a word of an address or a
 * parameter goes on ("&copy=1"). The bytes read; 0: not a known name.
 */
static size_t add_named(struct text *out, const char *s, const char *end, bool in_words)
{
    size_t n = 0;
    while (s + 1 + n < end && n < ENTITY_NAME_MAX && ascii_word(s[1 + n]))
        n++;
    const char *row = entity_named(s + 1, &n, in_words), *behind = s + 1 + n;
    if (!row)
        return 0;
    bool closed = behind < end && *behind == ';';
    if (!closed && (row[strcspn(row, "\t\n")] != '\t' || (behind < end && *behind == '=')))
        return 0;
    char *next = (char *)(uintptr_t)row;
    for (const char *at = row; *at != '\t' && *at != '\n'; at = next + (*next == ' '))
        add_codepoint(out, strtol(at, &next, 16));
    return n + 1 + closed;
}

/* Adds what stands at the '&' at s, and gives how many bytes were read. */
static size_t add_entity(struct text *out, const char *s, const char *end, bool in_words)
{
    bool numeric = s + 1 < end && s[1] == '#';
    size_t n = numeric ? add_numeric(out, s, end) : add_named(out, s, end, in_words);
    if (n > 0)
        return n;
    text_add_byte(out, '&');
    return 1;
}

/*
 * --- words and lines ---------------------------------------------------------------------------
 */

static char last_byte(const struct text *out)
{
    return out->length > 0 ? out->bytes[out->length - 1] : '\n';
}

static void line_mark(struct html_reader *reader)
{
    if (reader->quotes > 0 && last_byte(&reader->out) == '\n')
        text_add(&reader->out, "> ");
}

static void line_end(struct html_reader *reader)
{
    text_add_byte(&reader->out, '\n');
}

static void add_character(struct html_reader *reader, char c)
{
    bool blank = is_blank(c);
    if (blank && c == '\n' && reader->verbatim) {
        line_end(reader);
    } else if (blank && !reader->verbatim) {
        char last = last_byte(&reader->out);
        if (last != ' ' && last != '\n')
            text_add_byte(&reader->out, ' ');
    } else {
        line_mark(reader);
        text_add_byte(&reader->out, c);
    }
}

static void link_end(struct html_reader *reader)
{
    const char *at = reader->link;
    if (!at)
        return;
    line_mark(reader);
    text_add_byte(&reader->out, '<');
    for (const char *end = at + reader->link_length; at < end;) {
        if (*at == '&')
            at += add_entity(&reader->out, at, end, false);
        else
            text_add_byte(&reader->out, *at++);
    }
    text_add_byte(&reader->out, '>');
    reader->link = NULL;
}

/*
 * --- tags --------------------------------------------------------------------------------------
 */

/* A tag: its name, and where the parameters and the tag end. */
struct tag {
    char name[TAG_NAME_MAX]; /* small letters; cut if it is longer */
    bool closing;
    const char *rest, *end; /* end: behind the '>' */
};

/*
 * Behind the '>' of a tag, whose quoted values may hold one; NULL if there is none. Where quotes
 * leave none to the very end they are damaged, and not looked at again: that would cost a look at
 * all of the text for each tag.
 */
static const char *tag_end(const char *s, bool *quotes_sound)
{
    for (const char *at = s; *quotes_sound && *(at += strcspn(at, ">\"'"));) {
        if (*at == '>')
            return at + 1;
        const char *close = at[-1] == '=' || is_blank(at[-1]) ? strchr(at + 1, *at) : NULL;
        at = close ? close + 1 : at + 1;
    }
    *quotes_sound = false;
    const char *close = strchr(s, '>');
    return close ? close + 1 : NULL;
}

static bool tag_read(const char *s, bool *quotes_sound, struct tag *tag)
{
    size_t n = 0;
    *tag = (struct tag){.closing = s[1] == '/'};
    s += 1 + tag->closing;
    if (!ascii_letter(*s) && *s != '!' && *s != '?')
        return false;
    for (; ascii_word(*s) || *s == ':' || *s == '!' || *s == '?'; s++)
        if (n + 1 < sizeof tag->name)
            tag->name[n++] = ascii_small(*s);
    tag->rest = s;
    tag->end = tag_end(s, quotes_sound);
    return tag->end != NULL;
}

/* Finds the value of href in a tag; its length 0 if there is none. */
static const char *href_find(const struct tag *tag, size_t *length)
{
    for (const char *at = tag->rest; tag->end - at > 5; at++) {
        if (!is_blank(*at) || strncasecmp(at + 1, "href", 4) != 0)
            continue;
        at += 5 + strspn(at + 5, " \t\r\n");
        if (*at != '=')
            continue;
        at += 1 + strspn(at + 1, " \t\r\n");
        bool quoted = *at == '"' || *at == '\'';
        const char *stops = *at == '"' ? "\"" : *at == '\'' ? "'" : " \t\r\n>";
        at += quoted;
        *length = strcspn(at, stops);
        if (at + *length >= tag->end)
            *length = at < tag->end ? (size_t)(tag->end - at) - 1 : 0;
        return at;
    }
    *length = 0;
    return NULL;
}

static bool named(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* Behind what a tag hides: a script, a style, a comment. */
static const char *skip_hidden(const char *s, const struct tag *tag)
{
    if (strncmp(s, "<!--", 4) == 0) {
        const char *close = strstr(s + 4, "-->");
        return close ? close + 3 : tag->end + strlen(tag->end);
    }
    if (tag->closing || (strcmp(tag->name, "script") != 0 && strcmp(tag->name, "style") != 0))
        return tag->end;
    const char *close = strcasestr(tag->end, tag->name[1] == 'c' ? "</script" : "</style");
    return close ? close : tag->end + strlen(tag->end);
}

static void tag_take(struct html_reader *reader, const struct tag *tag)
{
    static const char *const blocks[] = {
        "address", "article", "aside", "blockquote", "body",    "br",       "caption",
        "center",  "dd",      "div",   "dl",         "dt",      "fieldset", "footer",
        "form",    "h1",      "h2",    "h3",         "h4",      "h5",       "h6",
        "head",    "header",  "hr",    "html",       "li",      "main",     "nav",
        "ol",      "option",  "p",     "pre",        "section", "table",    "tbody",
        "tfoot",   "thead",   "title", "tr",         "ul",      NULL};
    static const char *const cells[] = {"td", "th", "img", "o:p", "button", "input", NULL};
    bool link = strcmp(tag->name, "a") == 0, quote = strcmp(tag->name, "blockquote") == 0;
    if (link || named(blocks, tag->name))
        link_end(reader);
    if (link && !tag->closing)
        reader->link = href_find(tag, &reader->link_length);
    if (strcmp(tag->name, "pre") == 0)
        reader->verbatim = !tag->closing;
    if (named(blocks, tag->name))
        line_end(reader);
    else if (named(cells, tag->name))
        text_add(&reader->out, "  "); /* two: digits of two cells are not one number's groups */
    if (quote)
        reader->quotes += tag->closing ? -(reader->quotes > 0) : 1;
}

char *html_text(struct arena *arena, const char *html)
{
    struct html_reader reader = {.out = text_start(arena)};
    const char *end = html + strlen(html);
    bool tags = true, quotes_sound = true; /* tags: a '>' is still to come */
    for (const char *s = html; s < end;) {
        struct tag tag = {0};
        if (*s == '<' && tags && tag_read(s, &quotes_sound, &tag)) {
            tag_take(&reader, &tag);
            s = skip_hidden(s, &tag);
        } else if (*s == '&') {
            line_mark(&reader);
            s += add_entity(&reader.out, s, end, true);
        } else {
            if (*s == '<' && tags && tag.rest)
                tags = false;
            add_character(&reader, *s++);
        }
    }
    link_end(&reader);
    return reader.out.bytes;
}

/* The bytes at s that are seen, up to its length: blanks and no-break spaces at the end are not. */
static size_t seen_length(const char *s, size_t length)
{
    for (;;) {
        if (length > 0 && is_blank(s[length - 1]))
            length--;
        else if (length > 1 && strncmp(s + length - 2, "\xC2\xA0", 2) == 0)
            length -= 2;
        else
            return length;
    }
}

char *html_notes(struct arena *arena, const char *html)
{
    struct text out = text_start(arena);
    bool gap = false;
    for (const char *s = html_text(arena, html); *s; s += *s == '\n') {
        while (*s && *s != '\n' && is_blank(*s))
            s++;
        size_t line = strcspn(s, "\n"), length = seen_length(s, line);
        if (length > 0 && out.length > 0)
            text_add(&out, gap ? "\n\n" : "\n");
        text_add_n(&out, s, length);
        gap = length == 0;
        s += line;
    }
    return out.bytes;
}
