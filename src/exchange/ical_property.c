/*
 * Content lines (RFC 5545, 3.1 and 3.2) taken apart and put together.
 *
 * Our own, since libical drops lines that it can't read without naming them, and an import owes
 * every rejected event its line.
 */
#include "ical_property.h"

#include <base/ascii.h>
#include <base/utf8.h>
#include <string.h>
#include <strings.h>

enum { FOLD_AT = 75, NAME_TOLD = 60 };

static bool name_byte(char c)
{
    return ascii_word(c) || c == '-' || c == '_' || c == '.';
}

static const char *name_end(const char *s)
{
    while (name_byte(*s))
        s++;
    return s;
}

static char *upper_copy(struct arena *arena, const char *s, size_t n)
{
    char *copy = arena_copy_n(arena, s, n);
    for (char *p = copy; *p; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 'a' + 'A');
    return copy;
}

/* RFC 6868: ^n, ^' and ^^ in a parameter's value; the quotes go. In place, it only gets shorter. */
static void parameter_decode(char *s)
{
    char *to = s;
    for (const char *p = s; *p; p++) {
        if (*p == '"')
            continue;
        if (*p == '^' && (p[1] == 'n' || p[1] == 'N' || p[1] == '\'' || p[1] == '^')) {
            p++;
            *to++ = (*p == '\'') ? '"' : (*p == '^') ? '^' : '\n';
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
}

/*
 * The end of a parameter's value: the next ';' or ':' outside quotes; NULL if a quote stays
 * open.
 */
static const char *parameter_end(const char *s)
{
    bool quoted = false;
    for (; *s; s++) {
        if (*s == '"')
            quoted = !quoted;
        else if (!quoted && (*s == ';' || *s == ':'))
            return s;
    }
    return quoted ? NULL : s;
}

/*
 * Outlook and others write TZID=tzone://Microsoft/Utc and TZID=GMT+01:00 without the quotes that a
 * colon needs. What stands behind a zone is a date: the first colon before one ends it.
 */
static const char *zone_end(const char *s)
{
    const char *end = parameter_end(s);
    if (*s == '"')
        return end;
    for (const char *at = end; at && *at == ':'; at = parameter_end(at + 1)) {
        const char *behind = at + 1;
        if (strspn(behind, "0123456789") == 8)
            return at;
        behind = parameter_end(behind);
        if (behind && *behind == ';')
            return behind;
    }
    return end;
}

const char *ical_property_read(struct arena *arena, const char *line,
                               struct ical_property *property)
{
    const char *at = name_end(line);
    property->raw = line;
    if (at == line)
        return "it does not begin with a property's name";
    property->name = upper_copy(arena, line, (size_t)(at - line));
    while (*at == ';') {
        const char *name = at + 1, *equals = name_end(name);
        if (equals == name || *equals != '=')
            return "a parameter of it is no NAME=VALUE";
        bool zone = equals - name == 4 && strncasecmp(name, "TZID", 4) == 0;
        at = zone ? zone_end(equals + 1) : parameter_end(equals + 1);
        if (!at)
            return "a quotation mark in it is not closed";
        struct ical_parameter *parameter = vector_push(arena, &property->parameters);
        char *value = arena_copy_n(arena, equals + 1, (size_t)(at - equals - 1));
        parameter_decode(value);
        parameter->name = upper_copy(arena, name, (size_t)(equals - name));
        parameter->value = value;
    }
    if (*at != ':')
        return "it has no ':' behind the property's name";
    property->value = at + 1;
    return NULL;
}

bool ical_line_named(const char *line, const char *name)
{
    size_t n = strlen(name);
    return strncasecmp(line, name, n) == 0 && !name_byte(line[n]);
}

const char *ical_line_name(struct arena *arena, const char *line)
{
    size_t n = (size_t)(name_end(line) - line);
    return upper_copy(arena, line, n > NAME_TOLD ? NAME_TOLD : n);
}

const char *ical_parameter(const struct ical_property *property, const char *name)
{
    for (size_t i = 0; i < property->parameters.count; i++)
        if (strcmp(property->parameters.items[i].name, name) == 0)
            return property->parameters.items[i].value;
    return NULL;
}

char *ical_text_read(struct arena *arena, const char *value)
{
    char *copy = arena_copy_n(arena, value, strlen(value)), *to = copy;
    for (const char *p = value; *p; p++) {
        if (*p == '\\' && p[1]) {
            p++;
            *to++ = (*p == 'n' || *p == 'N') ? '\n' : *p;
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
    return copy;
}

void ical_text_write(struct text *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '\n') {
            text_add(out, "\\n");
        } else if (*s != '\r') {
            if (*s == '\\' || *s == ',' || *s == ';')
                text_add_byte(out, '\\');
            bool control = ((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7f;
            text_add_byte(out, control ? ' ' : *s); /* TEXT has no room for control characters */
        }
    }
}

void ical_parameter_write(struct text *out, const char *s)
{
    bool quote = strpbrk(s, ",;:") != NULL;
    if (quote)
        text_add_byte(out, '"');
    for (; *s; s++) {
        if (*s == '\n')
            text_add(out, "^n");
        else if (*s == '"')
            text_add(out, "^'");
        else if (*s == '^')
            text_add(out, "^^");
        else if ((unsigned char)*s >= 0x20 && *s != 0x7f)
            text_add_byte(out, *s);
    }
    if (quote)
        text_add_byte(out, '"');
}

bool ical_dial_string(const char *s)
{
    static const char digits[] = "0123456789";
    if (!s || *s != '+' || strspn(++s, digits) < 4)
        return false;
    s += strspn(s, digits);
    if (*s == ',') {
        s += strspn(s, ",");
        s += strspn(s, digits);
        s += *s == '#';
    }
    return *s == '\0';
}

/*
 * Adds bytes of a line. A control character among them (of a kept line, or of a value that was not
 * checked) has no place in iCalendar (RFC 5545, 3.1), and a line break would start a new property.
 */
static void add_within_line(struct text *out, const char *s, size_t n)
{
    size_t from = out->length;
    text_add_n(out, s, n);
    for (size_t i = from; i < out->length; i++)
        if (((unsigned char)out->bytes[i] < 0x20 && out->bytes[i] != '\t') || out->bytes[i] == 0x7f)
            out->bytes[i] = ' ';
}

void ical_line_write(struct text *out, const char *line)
{
    size_t left = strlen(line), room = FOLD_AT;
    while (left > room) {
        size_t n = utf8_cut(line, room);
        add_within_line(out, line, n);
        text_add(out, "\r\n ");
        line += n;
        left -= n;
        room = FOLD_AT - 1; /* the space counts */
    }
    add_within_line(out, line, left);
    text_add(out, "\r\n");
}
