/*
 * Reading TZif files (RFC 8536), versions 1 to 4. The bytes are not trusted: every count is checked
 * against the file's size.
 */
#include <base/hash.h>
#include <string.h>

#include "zone_data.h"

enum { HEADER_SIZE = 44, OFFSET_LEAST = -89999, OFFSET_MOST = 93599 };

/* What is left of the file, and the header's counts. */
struct reader {
    const unsigned char *at, *end;
    size_t utc_indicators, standard_indicators, leaps, transitions, types, letters;
    int version;
};

static uint32_t read_u32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t read_time(const unsigned char *at, size_t width)
{
    if (width == 4)
        return (int32_t)read_u32(at);
    return (int64_t)((uint64_t)read_u32(at) << 32 | read_u32(at + 4));
}

static size_t left(const struct reader *reader)
{
    return (size_t)(reader->end - reader->at);
}

static bool read_header(struct reader *reader)
{
    if (left(reader) < HEADER_SIZE || memcmp(reader->at, "TZif", 4) != 0)
        return false;
    const unsigned char *at = reader->at;
    reader->version = at[4] ? at[4] - '0' : 1;
    reader->utc_indicators = read_u32(at + 20);
    reader->standard_indicators = read_u32(at + 24);
    reader->leaps = read_u32(at + 28);
    reader->transitions = read_u32(at + 32);
    reader->types = read_u32(at + 36);
    reader->letters = read_u32(at + 40);
    reader->at += HEADER_SIZE;
    return reader->version >= 1 && reader->types >= 1 && reader->types <= 256 &&
           reader->letters >= 1;
}

/* The bytes of the block behind the header. The counts have 32 bits, so nothing overflows in 64. */
static uint64_t block_size(const struct reader *reader, size_t width)
{
    return (uint64_t)reader->transitions * (width + 1) + (uint64_t)reader->types * 6 +
           reader->letters + (uint64_t)reader->leaps * (width + 4) + reader->standard_indicators +
           reader->utc_indicators;
}

static bool is_abbreviation(const char *s)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
    return s[strspn(s, allowed)] == '\0';
}

static bool read_types(struct arena *arena, const struct reader *reader, const unsigned char *at,
                       struct zone_type *types)
{
    const unsigned char *letters = at + reader->types * 6;
    for (size_t i = 0; i < reader->types; i++, at += 6) {
        types[i].offset = (int32_t)read_u32(at);
        types[i].daylight = at[4] != 0;
        size_t from = at[5];
        if (from >= reader->letters || types[i].offset < OFFSET_LEAST ||
            types[i].offset > OFFSET_MOST || !memchr(letters + from, 0, reader->letters - from))
            return false;
        types[i].abbreviation = arena_copy(arena, (const char *)letters + from);
        if (!is_abbreviation(types[i].abbreviation))
            return false;
    }
    return true;
}

/* The transitions, their kinds and the types; moves behind the block. */
static bool read_block(struct arena *arena, struct reader *reader, size_t width, struct zone *zone)
{
    if (block_size(reader, width) > left(reader))
        return false;
    size_t count = reader->transitions;
    int64_t *transitions = arena_array(arena, count, sizeof *transitions);
    unsigned char *kinds = arena_array(arena, count, 1);
    struct zone_type *types = arena_array(arena, reader->types, sizeof *types);
    const unsigned char *at = reader->at;
    for (size_t i = 0; i < count; i++) {
        transitions[i] = read_time(at + i * width, width);
        kinds[i] = at[count * width + i];
        if (kinds[i] >= reader->types || (i > 0 && transitions[i] <= transitions[i - 1]))
            return false;
    }
    if (!read_types(arena, reader, at + count * (width + 1), types))
        return false;
    zone->count = count;
    zone->transitions = transitions;
    zone->kinds = kinds;
    zone->types = types;
    zone->first = types[0]; /* RFC 8536, 3.2: in force before the first transition */
    reader->at += block_size(reader, width);
    return true;
}

/* A line feed, the rule or nothing, a line feed. */
static bool read_footer(struct arena *arena, struct reader *reader, struct zone *zone)
{
    if (left(reader) < 2 || *reader->at != '\n')
        return false;
    const unsigned char *start = reader->at + 1;
    const unsigned char *stop = memchr(start, '\n', left(reader) - 1);
    if (!stop || memchr(start, 0, (size_t)(stop - start)))
        return false;
    char *text = arena_copy_n(arena, (const char *)start, (size_t)(stop - start));
    return !*text || zone_rule_parse(arena, text, &zone->rule);
}

static const char *parse(struct arena *arena, struct reader *reader, struct zone *zone)
{
    static const char broken[] = "that is no time zone file (TZif), or it is cut off";
    if (!read_header(reader))
        return broken;
    size_t width = 4;
    if (reader->version >= 2) { /* the first block is for readers of version 1 */
        if (block_size(reader, width) > left(reader))
            return broken;
        reader->at += block_size(reader, width);
        width = 8;
        if (!read_header(reader))
            return broken;
    }
    if (reader->leaps > 0)
        return "the file counts leap seconds, which calendars do not";
    if (!read_block(arena, reader, width, zone))
        return broken;
    if (width == 8 && !read_footer(arena, reader, zone))
        return "the rule at the file's end is no POSIX TZ string";
    return NULL;
}

enum err zone_parse(struct arena *arena, const char *name, const void *bytes, size_t size,
                    const struct zone **zone, struct error *error)
{
    struct reader reader = {.at = bytes, .end = (const unsigned char *)bytes + size};
    struct zone *read = arena_alloc(arena, sizeof *read);
    const char *why = parse(arena, &reader, read);
    if (why)
        return error_set_what(error, ERR_DAMAGED, why, "time zone '%s'", name);
    read->name = arena_copy(arena, name);
    read->fingerprint = hash_number(bytes, size);
    *zone = read;
    return ERR_OK;
}
