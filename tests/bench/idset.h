/*
 * Draws conference IDs as the store does, but against a set in memory, from a seeded source: the
 * same every time. For the programs of the bench.
 */
#ifndef BENCH_IDSET_H
#define BENCH_IDSET_H

#include <core/conference_id.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct idset {
    /* open addressing; 0: free, IDSET_GONE: was an ID, else the digits behind a leading 1 */
    uint64_t *slots;
    size_t mask;
    uint64_t state; /* of the seeded source */
    int64_t live[ID_SIZE];
    int64_t draws;
};

enum { IDSET_GONE = 1 };

static inline uint64_t idset_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebU;
    return x ^ x >> 31;
}

static inline uint64_t idset_next(uint64_t *state)
{
    return idset_mix(*state += 0x9e3779b97f4a7c15U);
}

static void idset_fill(void *self, void *bytes, size_t size)
{
    unsigned char *to = bytes;
    while (size > 0) {
        uint64_t value = idset_next(self);
        size_t n = size < sizeof value ? size : sizeof value;
        memcpy(to, &value, n);
        to += n;
        size -= n;
    }
}

static inline struct idset idset_new(int64_t count, uint64_t seed)
{
    struct idset set = {.mask = 1, .state = seed};
    while (set.mask < (size_t)count * 2)
        set.mask = set.mask * 2 + 1;
    set.slots = calloc(set.mask + 1, sizeof *set.slots);
    if (!set.slots)
        abort();
    return set;
}

static inline size_t idset_slot(const struct idset *set, const char *digits)
{
    uint64_t key = 1;
    for (; *digits; digits++)
        key = key * 10 + (uint64_t)(*digits - '0');
    size_t at = idset_mix(key) & set->mask;
    while (set->slots[at] && set->slots[at] != key)
        at = (at + 1) & set->mask;
    return at;
}

static inline int idset_holds(const struct idset *set, const char *digits)
{
    return set->slots[idset_slot(set, digits)] != 0;
}

static inline void idset_add(struct idset *set, const char *digits)
{
    uint64_t key = 1;
    for (const char *d = digits; *d; d++)
        key = key * 10 + (uint64_t)(*d - '0');
    set->slots[idset_slot(set, digits)] = key;
    set->live[strlen(digits)]++;
}

static inline void idset_remove(struct idset *set, const char *digits)
{
    set->slots[idset_slot(set, digits)] = IDSET_GONE;
    set->live[strlen(digits)]--;
}

static inline int idset_free_of(const struct idset *set, char ids[][ID_SIZE], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (idset_holds(set, ids[i]))
            return 0;
    }
    return 1;
}

/* As src/store/ids.c: no slip of the same length, and no digit less or more, is somebody's. */
static inline int idset_safe(const struct idset *set, const char *digits)
{
    char slips[ID_SLIPS_MAX][ID_SIZE], lengths[ID_LENGTHS_MAX][ID_SIZE];
    size_t n = strlen(digits);
    if (idset_holds(set, digits) || !idset_free_of(set, slips, conference_id_slips(digits, slips)))
        return 0;
    bool shorter = set->live[n - 1] > 0, longer = n < ID_MAX_DIGITS && set->live[n + 1] > 0;
    return idset_free_of(set, lengths, conference_id_lengths(digits, shorter, longer, lengths));
}

/* Draws one that nothing is within a slip of, and adds it. */
static inline void idset_draw(struct idset *set, char out[ID_SIZE])
{
    struct random source = {idset_fill, &set->state};
    int length = conference_id_length(ID_DYNAMIC_MIN_DIGITS, set->live);
    do {
        conference_id_draw(source, length, out);
        set->draws++;
    } while (!idset_safe(set, out));
    idset_add(set, out);
}

#endif
