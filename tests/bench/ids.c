/*
 * How many draws one conference ID takes, and how likely a guess is, as the number of live IDs
 * grows. ids COUNT [SEED]; prints a table. Seeded: the same every time.
 */
#include <stdio.h>
#include <time.h>

#include "idset.h"

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void print_row(const struct idset *set, int64_t live, int64_t ids, double took)
{
    int longest = ID_DYNAMIC_MIN_DIGITS;
    double worst = 0;
    for (int n = ID_DYNAMIC_MIN_DIGITS; n <= ID_MAX_DIGITS; n++) {
        double p = conference_id_guess_probability(n, set->live[n]);
        longest = set->live[n] > 0 ? n : longest;
        worst = p > worst ? p : worst;
    }
    printf("%9lld live: %2d digits, %.4f draws an ID, a guess hits 1 in %.0f, %.2f us an ID\n",
           (long long)live, longest, (double)set->draws / (double)ids, worst > 0 ? 1 / worst : 0,
           took / (double)ids * 1e6);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int64_t count = argc > 1 ? atoll(argv[1]) : 1000000, next = 1000, ids = 0;
    struct idset set = idset_new(count, argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
    double began = seconds();
    for (int64_t live = 1; live <= count; live++) {
        char digits[ID_SIZE];
        idset_draw(&set, digits);
        ids++;
        if (live == next || live == 90000 || live == 900000 || live == 9000000) {
            print_row(&set, live, ids, seconds() - began);
            next = live == next ? next * 10 : next;
            set.draws = ids = 0;
            began = seconds();
        }
    }
    free(set.slots);
    return 0;
}
