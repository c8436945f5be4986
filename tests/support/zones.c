/*
 * Writes TZif files (RFC 8536) for tests.
 */
#include <base/error.h>
#include <base/vector.h>
#include <string.h>

#include "zones.h"

static void put_number(struct text *text, int64_t value, int width)
{
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
        text_add_byte(text, (char)((uint64_t)value >> shift & 0xFF));
}

static void put_block(struct text *text, const struct support_tzif *contents, int width)
{
    size_t letters = 0;
    for (size_t i = 0; i < contents->type_count; i++)
        letters += strlen(contents->types[i].abbreviation) + 1;
    text_add(text, "TZif");
    text_add_byte(text, contents->version == 1 ? '\0' : (char)('0' + contents->version));
    for (int i = 0; i < 15; i++)
        text_add_byte(text, '\0');
    const size_t counts[] = {0, 0, 0, contents->transition_count, contents->type_count, letters};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        put_number(text, (int64_t)counts[i], 4);
    for (size_t i = 0; i < contents->transition_count; i++)
        put_number(text, contents->transitions[i].at, width);
    for (size_t i = 0; i < contents->transition_count; i++)
        text_add_byte(text, (char)contents->transitions[i].kind);
    size_t at = 0;
    for (size_t i = 0; i < contents->type_count; i++) {
        put_number(text, contents->types[i].offset, 4);
        text_add_byte(text, (char)contents->types[i].daylight);
        text_add_byte(text, (char)at);
        at += strlen(contents->types[i].abbreviation) + 1;
    }
    for (size_t i = 0; i < contents->type_count; i++)
        text_add_n(text, contents->types[i].abbreviation,
                   strlen(contents->types[i].abbreviation) + 1);
}

char *support_tzif(struct arena *arena, struct support_tzif contents, size_t *size)
{
    static const struct support_type utc = {0, false, "UTC"};
    if (!contents.types) {
        contents.types = &utc;
        contents.type_count = 1;
    }
    struct text text = text_start(arena);
    put_block(&text, &contents, 4);
    if (contents.version > 1) {
        put_block(&text, &contents, 8);
        text_addf(&text, "\n%s\n", contents.footer ? contents.footer : "");
    }
    *size = text.length;
    return text.bytes;
}

const struct zone *support_zone(struct arena *arena, const char *name, const char *rule)
{
    size_t size;
    char *bytes = support_tzif(arena, (struct support_tzif){.version = 2, .footer = rule}, &size);
    const struct zone *zone = NULL;
    struct error error;
    if (zone_parse(arena, name, bytes, size, &zone, &error))
        die("%s: %s", error.what, error.why);
    return zone;
}
