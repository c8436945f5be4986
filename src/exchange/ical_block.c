/*
 * Our dial-in block in another program's hands: it comes back wrapped anew, with text before and
 * behind it, in any language, with the ID that it had when it was written. So it is known by what
 * it looked like when we wrote it (a hash over all but white space), not by what we would write
 * now; one that somebody typed into is a block of ours no more, and stays in the notes with what
 * was typed.
 */
#include "ical_block.h"

#include <exchange/ical.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A hash that can be rolled along a text: bytes as digits of a number to this base, modulo 2^64. */
static const uint64_t base = UINT64_C(0x9E3779B97F4A7C15);

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

/*
 * Behind the white space at s, no-break spaces too: programs put them in where lines began with
 * spaces.
 */
static const char *skip_blanks(const char *s)
{
    for (;;) {
        if (*s && is_blank(*s))
            s++;
        else if (strncmp(s, "\xC2\xA0", 2) == 0)
            s += 2;
        else
            return s;
    }
}

static uint64_t power(size_t n)
{
    uint64_t product = 1, square = base;
    for (; n > 0; n >>= 1, square *= square)
        if (n & 1)
            product *= square;
    return product;
}

const char *ical_block_mark(struct arena *arena, const char *block)
{
    uint64_t hash = 0;
    size_t seen = 0;
    for (const char *s = skip_blanks(block); *s; s = skip_blanks(s + 1)) {
        hash = hash * base + (unsigned char)*s;
        seen++;
    }
    return arena_format(arena, "%zu-%016" PRIx64, seen, hash);
}

static bool mark_read(const char *mark, size_t *seen, uint64_t *hash)
{
    char *end;
    if (*mark < '1' || *mark > '9')
        return false;
    *seen = strtoul(mark, &end, 10);
    if (*end != '-' || strlen(end + 1) != 16 || strspn(end + 1, "0123456789abcdef") != 16)
        return false;
    *hash = strtoull(end + 1, NULL, 16);
    return true;
}

bool ical_block_find(const char *text, const char *mark, struct ical_block *block)
{
    size_t wanted, seen = 0;
    uint64_t hash = 0, marked;
    if (!mark_read(mark, &wanted, &marked) || wanted > strlen(text))
        return false;
    uint64_t leaving = power(wanted);
    const char *first = skip_blanks(text);
    for (const char *s = first; *s; s = skip_blanks(s + 1)) {
        hash = hash * base + (unsigned char)*s;
        if (++seen > wanted) {
            hash -= leaving * (unsigned char)*first;
            first = skip_blanks(first + 1);
        }
        if (seen >= wanted && hash == marked) {
            *block = (struct ical_block){(size_t)(first - text), (size_t)(s + 1 - text)};
            return true;
        }
    }
    return false;
}

/*
 * The empty line that we put between the notes and the block; what more there is belongs to the
 * notes.
 */
static size_t without_our_line(const char *text, size_t length)
{
    for (int lines = 0; lines < 2; lines++) {
        size_t n = length;
        while (n > 0 && is_blank(text[n - 1]) && text[n - 1] != '\n')
            n--;
        if (n == 0 || text[n - 1] != '\n')
            break;
        length = n - 1;
    }
    return length;
}

char *ical_block_cut(struct arena *arena, const char *text, const struct ical_block *block)
{
    size_t before = without_our_line(text, block->from);
    const char *behind = text + block->to;
    while (*behind == '\n' || *behind == '\r')
        behind++;
    if (*skip_blanks(behind) == '\0')
        return arena_copy_n(arena, text, before);
    struct text out = text_start(arena);
    text_add_n(&out, text, before);
    text_addf(&out, "%s%s", *skip_blanks(out.bytes) ? "\n\n" : "", behind);
    return out.bytes;
}

char *ical_block_drop(struct arena *arena, const char *text, const char *block)
{
    struct ical_block found;
    return ical_block_find(text, ical_block_mark(arena, block), &found)
               ? ical_block_cut(arena, text, &found)
               : NULL;
}
