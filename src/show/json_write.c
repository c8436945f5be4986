/*
 * JSON as it is written: brackets, keys and values, with the commas between them, and what of a
 * text has to be escaped.
 */
#include "json_write.h"

#include <base/utf8.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes at the beginning of s that stand for themselves: mostly all. */
static size_t plain_bytes(const char *s)
{
    size_t n = 0;
    while (s[n] >= ' ' && s[n] <= '~' && s[n] != '"' && s[n] != '\\')
        n++;
    return n;
}

static void add_escaped(struct text *json, int32_t codepoint)
{
    static const char signs[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *sign = codepoint <= '\\' ? strchr(signs, codepoint) : NULL;
    if (sign)
        text_addf(json, "\\%c", letters[sign - signs]);
    else
        text_addf(json, codepoint < ' ' ? "\\u%04X" : "\\u%04x", (unsigned)codepoint);
}

/*
 * JSON itself asks only for quotes, backslashes and C0 to be escaped. A terminal obeys C1 and bidi
 * controls too, so they are escaped as well; all are below U+10000.
 */
static void add_with_escapes(struct text *json, const char *s)
{
    /* The store takes no invalid UTF-8; the document stays valid even if it holds some. */
    if (!utf8_valid(s, strlen(s)))
        s = utf8_printable(json->arena, s, true);
    const char *kept = s, *end = s + strlen(s);
    while (s < end) {
        const char *start = s;
        int32_t codepoint = utf8_next(&s, end);
        if (codepoint == '"' || codepoint == '\\' || utf8_unsafe(codepoint)) {
            text_add_n(json, kept, (size_t)(start - kept));
            add_escaped(json, codepoint);
            kept = s;
        }
        s += plain_bytes(s);
    }
    text_add_n(json, kept, (size_t)(end - kept));
}

static void add_string(struct text *json, const char *s)
{
    size_t plain = plain_bytes(s);
    text_add_byte(json, '"');
    text_add_n(json, s, plain);
    if (s[plain])
        add_with_escapes(json, s + plain);
    text_add_byte(json, '"');
}

/* What stands before a value. */
static void begin(struct text *json, const char *key)
{
    char last = json->bytes[json->length - 1];
    if (last != '{' && last != '[' && last != ',')
        text_add_byte(json, ',');
    if (key) {
        add_string(json, key);
        text_add_byte(json, ':');
    }
}

struct text *json_start(struct arena *arena, char bracket)
{
    struct text *json = arena_alloc(arena, sizeof *json);
    *json = text_start(arena);
    text_add_byte(json, bracket);
    return json;
}

char *json_finish(struct text *json, char bracket)
{
    text_add_byte(json, bracket);
    text_add_byte(json, '\n');
    return json->bytes;
}

void json_open(struct text *json, const char *key, char bracket)
{
    begin(json, key);
    text_add_byte(json, bracket);
}

void json_close(struct text *json, char bracket)
{
    text_add_byte(json, bracket);
}

bool json_each(struct text *json, const char *key, size_t i, size_t count)
{
    if (i > 0)
        json_close(json, '}');
    else if (key)
        json_open(json, key, '[');
    if (i < count)
        json_open(json, NULL, '{');
    else if (key)
        json_close(json, ']');
    return i < count;
}

void json_null(struct text *json, const char *key)
{
    begin(json, key);
    text_add(json, "null");
}

void json_bool(struct text *json, const char *key, bool value)
{
    begin(json, key);
    text_add(json, value ? "true" : "false");
}

void json_int(struct text *json, const char *key, int64_t value)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        *--at = '-';
    begin(json, key);
    text_add_n(json, at, (size_t)(digits + sizeof digits - at));
}

void json_real(struct text *json, const char *key, double value)
{
    char digits[32];
    if (!isfinite(value)) {
        json_null(json, key);
        return;
    }
    begin(json, key);
    snprintf(digits, sizeof digits, "%.17g", value);
    /* A number without these would be read as an integer; an exponent loses its zeros. */
    size_t n = strcspn(digits, "e");
    text_add_n(json, digits, n);
    if (digits[n])
        text_addf(json, "e%d", atoi(digits + n + 1));
    else if (!strchr(digits, '.'))
        text_add(json, ".0");
}

void json_text(struct text *json, const char *key, const char *s)
{
    if (!s) {
        json_null(json, key);
        return;
    }
    begin(json, key);
    add_string(json, s);
}

void json_texts(struct text *json, const char *key, const struct strings *list)
{
    json_open(json, key, '[');
    for (size_t i = 0; i < list->count; i++)
        json_text(json, NULL, list->items[i]);
    json_close(json, ']');
}

void json_time(struct text *json, const char *key, int64_t instant, const struct zone *zone)
{
    json_text(json, key,
              instant == INSTANT_NEVER ? NULL : time_format_rfc3339(json->arena, instant, zone));
}
