/*
 * Vectors and growing text: both double their room in the arena, so that adding stays cheap.
 */
#include <base/error.h>
#include <base/vector.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VECTOR_FIRST = 8, TEXT_FIRST = 64 };

void *vector_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count == *capacity) {
        size_t wanted = count ? count : VECTOR_FIRST / 2, bytes;
        if (__builtin_mul_overflow(wanted, 2, &wanted) ||
            __builtin_mul_overflow(wanted, size, &bytes))
            die("out of memory: a vector of %zu items grows", count);
        items = arena_grow(arena, items, count * size, bytes);
        *capacity = wanted;
    }
    /* The owner may have cut the vector: an old item may stand here. */
    memset((char *)items + count * size, 0, size);
    return items;
}

void *items_copy(struct arena *arena, const void *items, size_t count, size_t size)
{
    return count ? memcpy(arena_array(arena, count, size), items, count * size) : NULL;
}

size_t items_place(const void *items, size_t count, size_t size, const char *text, bool *found)
{
    size_t low = 0, high = count;
    *found = false;
    while (low < high && !*found) {
        size_t middle = low + (high - low) / 2;
        const char *const *item = (const void *)((const char *)items + middle * size);
        int order = strcmp(*item, text);
        *found = order == 0;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return *found ? high : low;
}

void items_open(void *items, size_t count, size_t size, size_t at)
{
    char *place = (char *)items + at * size;
    memmove(place + size, place, (count - 1 - at) * size);
}

void items_reverse(void *items, size_t count, size_t size)
{
    char *low = items, *high = low + count * size;
    for (size_t pair = 0; pair < count / 2; pair++) {
        high -= size;
        for (size_t i = 0; i < size; i++) {
            char kept = low[i];
            low[i] = high[i];
            high[i] = kept;
        }
        low += size;
    }
}

void items_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    const char *at = items;
    size_t sorted = 1;
    while (sorted < count && compare(at + (sorted - 1) * size, at + sorted * size) <= 0)
        sorted++;
    if (sorted < count)
        qsort(items, count, size, compare);
}

bool strings_hold(const struct strings *list, const char *s)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], s) == 0)
            return true;
    return false;
}

int word_find(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (words[i] && strcmp(words[i], word) == 0)
            return (int)i;
    return -1;
}

bool list_has(const char *list, const char *part, const char *word)
{
    size_t length = strcspn(word, part), n;
    for (; *list; list += n, list += strspn(list, ", ")) {
        n = strcspn(list, part);
        if (n == length && strncasecmp(list, word, n) == 0)
            return true;
    }
    return false;
}

void strings_split(struct arena *arena, const char *text, struct strings *out)
{
    while (*text) {
        size_t n = strcspn(text, " ");
        if (n)
            *vector_push(arena, out) = arena_copy_n(arena, text, n);
        text += n + (text[n] == ' ');
    }
}

char *strings_join(struct arena *arena, const struct strings *list, const char *between)
{
    struct text text = text_start(arena);
    for (size_t i = 0; i < list->count; i++) {
        text_add(&text, i ? between : "");
        text_add(&text, list->items[i]);
    }
    return text.bytes;
}

bool string_same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

char *string_trim(char *s, const char *blanks)
{
    s += strspn(s, blanks);
    size_t length = strlen(s);
    while (length > 0 && strchr(blanks, s[length - 1]))
        length--;
    s[length] = '\0';
    return s;
}

struct text text_start(struct arena *arena)
{
    struct text text = {arena, arena_alloc(arena, TEXT_FIRST), 0, TEXT_FIRST};
    return text;
}

/* Room for n more bytes and the terminator. */
static void text_reserve(struct text *text, size_t n)
{
    if (n < text->capacity - text->length)
        return;
    size_t wanted;
    if (__builtin_add_overflow(text->length + 1, n, &wanted) || wanted > SIZE_MAX / 4)
        die("out of memory: a text of %zu bytes grows by %zu", text->length, n);
    size_t capacity = text->capacity;
    while (capacity < wanted)
        capacity *= 2;
    text->bytes = arena_grow(text->arena, text->bytes, text->capacity, capacity);
    text->capacity = capacity;
}

void text_add(struct text *text, const char *s)
{
    if (s)
        text_add_n(text, s, strlen(s));
}

void text_add_n(struct text *text, const char *s, size_t n)
{
    if (n == 0)
        return;
    text_reserve(text, n);
    memcpy(text->bytes + text->length, s, n);
    text->length += n;
    text->bytes[text->length] = '\0';
}

void text_add_byte(struct text *text, char c)
{
    text_reserve(text, 1);
    text->bytes[text->length++] = c;
    text->bytes[text->length] = '\0';
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = text->capacity - text->length;
    int length = vsnprintf(text->bytes + text->length, room, format, args);
    if (length < 0)
        die("a text could not be formatted: \"%s\"", format);
    if ((size_t)length >= room) {
        text_reserve(text, (size_t)length);
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    }
    text->length += (size_t)length;
    va_end(again);
    va_end(args);
}
