/*
 * Arenas: memory that lives as long as a view's load, a command or a session, and goes at once.
 *
 * Any layer may call this. Every function that returns records takes its arena first; the records
 * borrow from it and are never freed one by one. Running out of memory aborts through die().
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */

/* Gives everything back but keeps the largest block of at most 1 MiB for the next use. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type. A size of 0 gives a valid, unique pointer. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((returns_nonnull, malloc));

/* `count` zeroed items of `size` bytes; the product is checked. */
void *arena_array(struct arena *arena, size_t count, size_t size)
    __attribute__((returns_nonnull, malloc));

/*
 * A piece of `size` bytes with room for `wanted`, no less, of which the new ones are not zeroed.
 * What is large is moved without a copy, so that what grows is in memory once.
 */
void *arena_grow(struct arena *arena, void *piece, size_t size, size_t wanted)
    __attribute__((returns_nonnull));

/* Copies. arena_copy(a, NULL) is NULL; arena_copy_n takes at most n bytes and terminates. */
char *arena_copy(struct arena *arena, const char *s);
char *arena_copy_n(struct arena *arena, const char *s, size_t n) __attribute__((returns_nonnull));

char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));
char *arena_vformat(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), returns_nonnull));

/* Bytes handed out since the last reset (for tests and the bench). */
size_t arena_used(const struct arena *arena);

#endif
