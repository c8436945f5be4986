/*
 * A digit left out of a longer ID, and '#': whether that is somebody else's shorter ID. IDs are
 * drawn as the store draws them until there are three lengths of them or so, some of the shortest
 * are given back and drawn anew, and every digit of every longer one is left out once.
 * DIALDESK_IDS: how many IDs; from 900,000 on there are ten digits.
 */
#include <base/arena.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "bench/idset.h"
#include <cmocka.h>

enum { IDS = 150000 };

/* Every digit of the ID left out once: how often that is an ID of the set. */
static int64_t reached(const struct idset *set, const char *digits, int64_t *tries)
{
    char list[ID_LENGTHS_MAX][ID_SIZE];
    size_t count = conference_id_lengths(digits, true, false, list);
    int64_t hits = 0;
    for (size_t i = 0; i < count; i++)
        hits += idset_holds(set, list[i]);
    *tries += (int64_t)count;
    return hits;
}

/* The same of numbers that are drawn without a look at other lengths: a guess's measure. */
static int64_t guessed(struct idset *set, int64_t draws, int64_t *tries)
{
    struct random source = {idset_fill, &set->state};
    int64_t hits = 0;
    for (int64_t i = 0; i < draws; i++) {
        char digits[ID_SIZE];
        conference_id_draw(source, ID_DYNAMIC_MIN_DIGITS + 1, digits);
        hits += reached(set, digits, tries);
    }
    return hits;
}

static void test_no_digit_left_out_reaches_another(void **state)
{
    (void)state;
    const char *said = getenv("DIALDESK_IDS");
    int64_t count = said ? atoll(said) : IDS, back = count / 20, tries = 0, hits = 0, guesses = 0;
    struct idset set = idset_new(count + back, 20261129);
    char(*ids)[ID_SIZE] = calloc((size_t)(count + back), sizeof *ids);
    assert_non_null(ids);
    for (int64_t i = 0; i < count; i++)
        idset_draw(&set, ids[i]);
    assert_true(set.live[9] > 0);
    for (int64_t i = 0; i < back; i++) { /* the first ones are the shortest */
        idset_remove(&set, ids[i]);
        idset_draw(&set, ids[i]);
    }
    for (int64_t i = 0; i < count; i++)
        if (strlen(ids[i]) > ID_DYNAMIC_MIN_DIGITS)
            hits += reached(&set, ids[i], &tries);
    int64_t by_guess = guessed(&set, 200000, &guesses);
    printf("# %lld IDs of %d to %d digits, %.4f draws an ID; a digit left out reaches another "
           "meeting in %lld of %lld; without distances between lengths in %lld of %lld\n",
           (long long)count, ID_DYNAMIC_MIN_DIGITS,
           conference_id_length(ID_DYNAMIC_MIN_DIGITS, set.live),
           (double)set.draws / (double)(count + back), (long long)hits, (long long)tries,
           (long long)by_guess, (long long)guesses);
    assert_int_equal(hits, 0);
    /* and a guess is what it must be: at most one in a thousand, and not much less here */
    assert_true(by_guess * ID_GUESS_LIMIT <= guesses + guesses / 10);
    assert_true(by_guess * ID_GUESS_LIMIT >= guesses / 2);
    free(ids);
    free(set.slots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_digit_left_out_reaches_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
