/*
 * Arenas: blocks that are filled from the front and given back together.
 *
 * Memory is zeroed when it is handed out, not by the block: most arenas live shortly and use little
 * of theirs. Under AddressSanitizer what was not handed out is poisoned, so that a record that
 * outlives its arena's reset, or an overrun, is found by the tests.
 */
#include <base/arena.h>
#include <base/error.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONED 1
#endif
#endif

#ifdef ARENA_POISONED
#include <sanitizer/asan_interface.h>
enum { ARENA_GAP = 16 }; /* between two pieces, so that an overrun meets poison */
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
enum { ARENA_GAP = 0 };
#endif

enum { BLOCK_FIRST = 8 * 1024, BLOCK_LARGEST = 1024 * 1024 };

struct block {
    struct block *older;
    size_t size, filled;
    _Alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *newest;
    size_t used;
};

static struct block *block_new(size_t size, struct block *older)
{
    if (size > PTRDIFF_MAX - sizeof(struct block))
        die("out of memory: %zu bytes asked for", size);
    struct block *block = malloc(sizeof *block + size);
    if (!block)
        die("out of memory: no block of %zu bytes", size);
    block->older = older;
    block->size = size;
    block->filled = 0;
    ASAN_POISON_MEMORY_REGION(block->bytes, size);
    return block;
}

static void block_free(struct block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
    free(block);
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        die("out of memory: no arena");
    arena->newest = block_new(BLOCK_FIRST, NULL);
    return arena;
}

/* Frees all blocks but `kept` (NULL: all). */
static void blocks_free(struct block *block, const struct block *kept)
{
    while (block) {
        struct block *older = block->older;
        if (block != kept)
            block_free(block);
        block = older;
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->newest, NULL);
    free(arena);
}

/*
 * What is filled again and again, as a screen is with each key, soon finds its place in one block
 * that stays.
 */
static struct block *block_to_keep(struct block *newest)
{
    struct block *kept = newest;
    for (struct block *block = newest->older; block; block = block->older)
        if ((block->size > kept->size && block->size <= BLOCK_LARGEST) ||
            kept->size > BLOCK_LARGEST)
            kept = block;
    return kept;
}

void arena_reset(struct arena *arena)
{
    struct block *kept = block_to_keep(arena->newest);
    blocks_free(arena->newest, kept);
    ASAN_POISON_MEMORY_REGION(kept->bytes, kept->size);
    kept->older = NULL;
    kept->filled = 0;
    arena->newest = kept;
    arena->used = 0;
}

/*
 * A block of its own behind the newest one for what is large, so that the rest of the newest stays
 * in use; else a new newest one, twice as large as the last.
 */
static struct block *arena_room(struct arena *arena, size_t size)
{
    struct block *newest = arena->newest;
    if (size > BLOCK_LARGEST / 4 && newest->older) {
        newest->older = block_new(size, newest->older);
        return newest->older;
    }
    size_t wanted = newest->size < BLOCK_LARGEST / 2 ? newest->size * 2 : BLOCK_LARGEST;
    arena->newest = block_new(size > wanted ? size : wanted, newest);
    return arena->newest;
}

static char *arena_take(struct arena *arena, size_t size, size_t align)
{
    if (size > PTRDIFF_MAX / 2)
        die("out of memory: %zu bytes asked for", size);
    if (size == 0)
        size = 1;
    struct block *block = arena->newest;
    size_t at = (block->filled + align - 1) & ~(align - 1);
    if (at > block->size || block->size - at < size + ARENA_GAP) {
        block = arena_room(arena, size + ARENA_GAP);
        at = 0;
    }
    block->filled = at + size + ARENA_GAP;
    arena->used += size;
    ASAN_UNPOISON_MEMORY_REGION(block->bytes + at, size);
    return block->bytes + at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_take(arena, size, _Alignof(max_align_t)), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t product;
    if (__builtin_mul_overflow(count, size, &product))
        die("out of memory: %zu items of %zu bytes asked for", count, size);
    return arena_alloc(arena, product);
}

/*
 * The way to the block that holds this piece alone: a link to it that can be changed. NULL: it
 * shares its block.
 */
static struct block **own_block(struct arena *arena, const void *piece, size_t size)
{
    for (struct block **link = &arena->newest->older; *link; link = &(*link)->older)
        if ((*link)->bytes == piece && (*link)->filled == size + ARENA_GAP)
            return link;
    return NULL;
}

void *arena_grow(struct arena *arena, void *piece, size_t size, size_t wanted)
{
    struct block **link = size > BLOCK_LARGEST / 4 ? own_block(arena, piece, size) : NULL;
    if (!link) {
        char *grown = arena_take(arena, wanted, _Alignof(max_align_t));
        return size ? memcpy(grown, piece, size) : grown;
    }
    if (wanted > PTRDIFF_MAX / 2)
        die("out of memory: %zu bytes asked for", wanted);
    struct block *block = realloc(*link, sizeof *block + wanted + ARENA_GAP);
    if (!block)
        die("out of memory: no block of %zu bytes", wanted);
    block->size = block->filled = wanted + ARENA_GAP;
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, wanted);
    ASAN_POISON_MEMORY_REGION(block->bytes + wanted, ARENA_GAP);
    *link = block;
    arena->used += wanted - size;
    return block->bytes;
}

char *arena_copy(struct arena *arena, const char *s)
{
    if (!s)
        return NULL;
    size_t size = strlen(s) + 1;
    return memcpy(arena_take(arena, size, 1), s, size);
}

char *arena_copy_n(struct arena *arena, const char *s, size_t n)
{
    size_t length = strnlen(s, n);
    char *copy = memcpy(arena_take(arena, length + 1, 1), s, length);
    copy[length] = '\0';
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *s = arena_vformat(arena, format, args);
    va_end(args);
    return s;
}

char *arena_vformat(struct arena *arena, const char *format, va_list args)
{
    char small[256];
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(small, sizeof small, format, args);
    if (length < 0)
        die("a text could not be formatted: \"%s\"", format);
    size_t size = (size_t)length + 1;
    char *s = arena_take(arena, size, 1);
    if (size <= sizeof small)
        memcpy(s, small, size);
    else
        vsnprintf(s, size, format, again);
    va_end(again);
    return s;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
