/*
 * Conference IDs at random: a million draws keep their shape and an even spread; slips and near
 * misses are what brute force finds. The draws come from a seeded source, so that a failure is one
 * for everybody; fewer from the kernel.
 */
#include <core/conference_id.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DRAWS = 1000000, KERNEL_DRAWS = 100000 };

/* splitmix64, byte by byte. */
static void seeded_fill(void *self, void *bytes, size_t size)
{
    uint64_t *seed = self;
    unsigned char *out = bytes;
    for (size_t i = 0; i < size; i++) {
        uint64_t z = *seed += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        out[i] = (unsigned char)((z ^ (z >> 31)) >> 56);
    }
}

static double chi_squared(const int64_t *counts, int cells, int64_t total)
{
    double expected = (double)total / cells, sum = 0;
    for (int i = 0; i < cells; i++)
        sum += ((double)counts[i] - expected) * ((double)counts[i] - expected) / expected;
    return sum;
}

/*
 * Limits lie eight standard deviations above the mean (df + 8 * sqrt(2 df), rounded up): 8 cells
 * 40, 9 cells 43, 99 cells 212. The IDs that are too weak are one in 10,000: they do not show.
 */
static void check_draws(struct random source, int length, int64_t draws)
{
    static int64_t digits[ID_MAX_DIGITS][10], pairs[ID_MAX_DIGITS][100];
    memset(digits, 0, sizeof digits);
    memset(pairs, 0, sizeof pairs);
    for (int64_t n = 0; n < draws; n++) {
        char id[ID_SIZE];
        conference_id_draw(source, length, id);
        assert_int_equal(strlen(id), length);
        assert_true(conference_id_valid(id) && id[0] != '0' && !conference_id_weak(id));
        for (int i = 0; i < length; i++) {
            digits[i][id[i] - '0']++;
            if (i > 1)
                pairs[i][(id[i - 1] - '0') * 10 + id[i] - '0']++;
        }
    }
    assert_true(chi_squared(digits[0] + 1, 9, draws) < 40);
    for (int i = 1; i < length; i++)
        assert_true(chi_squared(digits[i], 10, draws) < 43);
    for (int i = 2; i < length; i++)
        assert_true(chi_squared(pairs[i], 100, draws) < 212);
}

static void test_draw_seeded(void **state)
{
    (void)state;
    uint64_t seed = 20261124;
    struct random source = {seeded_fill, &seed};
    check_draws(source, 8, DRAWS);
    for (int length = 9; length <= ID_MAX_DIGITS; length++)
        check_draws(source, length, DRAWS / 10);
}

static void test_draw_kernel(void **state)
{
    (void)state;
    check_draws(random_kernel(), 8, KERNEL_DRAWS);
}

static bool holds(char list[][ID_SIZE], size_t count, const char *id)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += strcmp(list[i], id) == 0;
    assert_true(found <= 1);
    return found == 1;
}

/*
 * Every ID of five digits against the slips of one: exactly those that slip_of says are one digit
 * or swap away.
 */
static void test_slips_brute_force(void **state)
{
    (void)state;
    static const char *const ids[] = {"12345", "11111", "90210", "00700", "12121"};
    for (size_t k = 0; k < sizeof ids / sizeof *ids; k++) {
        char slips[ID_SLIPS_MAX][ID_SIZE];
        size_t count = conference_id_slips(ids[k], slips), expected = 0;
        for (int n = 0; n < 100000; n++) {
            char other[ID_SIZE];
            for (int i = 4, rest = n; i >= 0; i--, rest /= 10)
                other[i] = (char)('0' + rest % 10);
            other[5] = '\0';
            int differ = 0, first = 5;
            for (int i = 4; i >= 0; i--) {
                if (other[i] != ids[k][i]) {
                    differ++;
                    first = i;
                }
            }
            bool swap = differ == 2 && first < 4 && other[first] == ids[k][first + 1] &&
                        other[first + 1] == ids[k][first];
            bool slip = differ == 1 || swap;
            expected += slip;
            assert_int_equal(holds(slips, count, other), slip);
            enum id_slip name = slip ? (swap ? ID_SLIP_SWAP : ID_SLIP_DIGIT) : ID_SLIP_NONE;
            assert_int_equal(conference_id_slip(other, ids[k]), name);
        }
        assert_int_equal(count, expected);
    }
    char slips[ID_SLIPS_MAX][ID_SIZE];
    assert_int_equal(conference_id_slips("101010101010", slips), ID_SLIPS_MAX);
    assert_int_equal(conference_id_slips("12", slips), 0);
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Near misses: each one slip away, none twice, and as many as there are. */
static void test_near(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct random source = {seeded_fill, &seed};
    for (int round = 0; round < 300; round++) {
        struct arena *arena = arena_new();
        struct strings near = {0};
        char id[ID_SIZE] = "", slips[ID_SLIPS_MAX][ID_SIZE];
        size_t n = 4 + random_below(source, 9), runs = 1;
        for (size_t i = 0; i < n; i++) {
            id[i] = (char)('0' + random_below(source, round % 2 ? 10 : 2));
            runs += i > 0 && id[i] != id[i - 1];
        }
        conference_id_near(arena, id, &near);
        size_t expected = conference_id_slips(id, slips);
        expected += n < ID_MAX_DIGITS ? 9 * n + 10 : 0;
        expected += n > ID_MIN_DIGITS ? runs : 0;
        assert_int_equal(near.count, expected);
        qsort(near.items, near.count, sizeof *near.items, compare_strings);
        for (size_t i = 0; i < near.count; i++) {
            assert_true(conference_id_valid(near.items[i]));
            assert_int_not_equal(conference_id_slip(id, near.items[i]), ID_SLIP_NONE);
            assert_true(i == 0 || strcmp(near.items[i - 1], near.items[i]) != 0);
        }
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draw_seeded),
        cmocka_unit_test(test_draw_kernel),
        cmocka_unit_test(test_slips_brute_force),
        cmocka_unit_test(test_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
