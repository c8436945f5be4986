/*
 * Draws conference IDs the way the store does, but against a set in memory: how many draws one ID takes, and how likely a
 * guess is, as the number of live IDs grows. ids COUNT [SEED]; prints a table. Seeded: the same run every time.
 */
#include <core/conference_id.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct set {
    uint64_t *slots; /* 0: free; else the digits as a number with a leading 1 */
    size_t mask, count;
};

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebU;
    return x ^ x >> 31;
}

static void seeded_fill(void *self, void *bytes, size_t size)
{
    uint64_t *state = self;
    for (unsigned char *to = bytes; size > 0;) {
        uint64_t value = mix(*state += 0x9e3779b97f4a7c15U);
        size_t n = size < sizeof value ? size : sizeof value;
        memcpy(to, &value, n);
        to += n;
        size -= n;
    }
}

static uint64_t key_of(const char *digits)
{
    uint64_t key = 1;
    for (; *digits; digits++)
        key = key * 10 + (uint64_t)(*digits - '0');
    return key;
}

static size_t slot_of(const struct set *set, uint64_t key)
{
    size_t at = mix(key) & set->mask;
    while (set->slots[at] && set->slots[at] != key)
        at = (at + 1) & set->mask;
    return at;
}

static int is_safe(const struct set *set, const char *digits)
{
    static char slips[ID_SLIPS_MAX][ID_SIZE];
    if (set->slots[slot_of(set, key_of(digits))])
        return 0;
    size_t count = conference_id_slips(digits, slips);
    for (size_t i = 0; i < count; i++) {
        if (set->slots[slot_of(set, key_of(slips[i]))])
            return 0;
    }
    return 1;
}

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void print_row(int64_t live, const int64_t *of, int64_t draws, int64_t ids, double took)
{
    int longest = 8;
    double worst = 0;
    for (int n = ID_DYNAMIC_MIN_DIGITS; n <= ID_MAX_DIGITS; n++) {
        double p = conference_id_guess_probability(n, of[n]);
        if (of[n] > 0)
            longest = n;
        if (p > worst)
            worst = p;
    }
    printf("%12lld live  %2d digits  %.4f draws an ID  guess 1 in %.0f  %.2f us an ID\n",
           (long long)live, longest, (double)draws / (double)ids, worst > 0 ? 1 / worst : 0,
           took / (double)ids * 1e6);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int64_t count = argc > 1 ? atoll(argv[1]) : 1000000, next = 1000, of[ID_SIZE] = {0};
    uint64_t state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    struct random source = {seeded_fill, &state};
    struct set set = {.mask = 1};
    while (set.mask < (size_t)count * 2)
        set.mask = set.mask * 2 + 1;
    set.slots = calloc(set.mask + 1, sizeof *set.slots);
    if (!set.slots)
        return 1;
    int64_t draws = 0, ids = 0;
    double began = seconds();
    for (int64_t live = 1; live <= count; live++) {
        char digits[ID_SIZE];
        int length = conference_id_length(ID_DYNAMIC_MIN_DIGITS, of);
        do {
            conference_id_draw(source, length, digits);
            draws++;
        } while (!is_safe(&set, digits));
        set.slots[slot_of(&set, key_of(digits))] = key_of(digits);
        of[length]++;
        ids++;
        if (live == next || live == 90000 || live == 900000 || live == 9000000) {
            print_row(live, of, draws, ids, seconds() - began);
            next = live == next ? next * 10 : next;
            draws = ids = 0;
            began = seconds();
        }
    }
    free(set.slots);
    return 0;
}
