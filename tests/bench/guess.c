/*
 * How long until somebody who guesses gets in: guess MEETINGS TRIES SEED. So many meetings are
 * spread over the office hours of a year, each with an ID of the length that the design asks for;
 * then numbers of that length are tried over one trunk, so many a minute, with a caller's number that
 * changes with every tenth try, so that the caller's limit never holds. Simulated time, seeded;
 * what is let in is the real decision's (core/admission) to say.
 */
#include <core/admission.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "idset.h"

enum { START = 1795392000, YEAR = 365 * DAY, RUNS = 60 };
#define SLOWED 2.15 /* seconds that a wrong answer takes over a trunk that is beyond its limit */

struct trial {
    const char *name;
    bool gate; /* IDs are valid around their meeting only */
    bool
        limits; /* wrong tries are counted: over the trunk's limit an answer takes two seconds more */
    int lines; /* on which the guesser calls at once */
};

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* What the decision says of an ID that was issued, whose meeting begins at `start`. */
static bool admitted(struct arena *arena, int64_t start, int64_t at, int64_t wrong_on_trunk)
{
    struct admission_rules rules = {.early = 15 * MINUTE,
                                    .grace = 30 * MINUTE,
                                    .reveal = ADMISSION_REVEAL,
                                    .caller_limit = ADMISSION_CALLER_LIMIT,
                                    .trunk_limit = ADMISSION_TRUNK_LIMIT};
    struct meeting meeting = {.uid = "m", .status = MEETING_SCHEDULED};
    struct occurrence o = {.meeting = &meeting, .start = start, .end = start + 45 * MINUTE};
    struct organizer organizer = {.uid = "o"};
    struct id_record record = {.digits = "12345678", .organizer_uid = "o", .live = true};
    struct occurrences around = {&o, 1, 1};
    struct lookup lookup = {.conference_id = "12345678",
                            .kind = ID_KIND_DYNAMIC,
                            .record = &record,
                            .organizer = &organizer,
                            .at = at,
                            .state = at < start - rules.early ? ID_STATE_UPCOMING
                                     : at < o.end             ? ID_STATE_LIVE
                                                              : ID_STATE_ENDED};
    struct admission_tries tries = {.trunk = wrong_on_trunk};
    struct admission out = admission_decide(arena, &lookup, &around, &rules, tries);
    return out.verdict == ADMISSION_ADMIT;
}

/* In office hours, by the number of the meeting alone. */
static int64_t start_of(uint64_t number)
{
    uint64_t state = number * 7919 + 17;
    int64_t day = (int64_t)(idset_next(&state) % 365), slot = (int64_t)(idset_next(&state) % 40);
    return START + day * DAY + 8 * HOUR + slot * 15 * MINUTE;
}

/* How many tries it takes to draw something of this chance, drawn. */
static double tries_until(double chance, uint64_t *state)
{
    double even = (double)(idset_next(state) >> 11) / 9007199254740992.0;
    return ceil(log1p(-even) / log1p(-chance)) + (even <= 0);
}

/*
 * Hours until the first guess that lets in. Between two guesses that are some meeting's ID, all
 * are wrong: only how many is drawn. Each of those that are is put to the decision.
 */
static double hours_to_hit(struct arena *arena, const struct trial *trial, uint64_t meetings,
                           uint64_t space, int tries_a_minute, uint64_t *state)
{
    bool slowed = trial->limits && tries_a_minute >= ADMISSION_TRUNK_LIMIT;
    double pace = 60.0 / tries_a_minute, slow = SLOWED / trial->lines;
    double seconds = (double)(idset_next(state) % YEAR), begun = seconds;
    pace = slowed && slow > pace ? slow : pace;
    for (;;) {
        arena_reset(arena);
        seconds += pace * tries_until((double)meetings / (double)space, state);
        int64_t now = START + (int64_t)fmod(seconds, YEAR);
        if (!trial->gate || admitted(arena, start_of(idset_next(state) % meetings), now,
                                     trial->limits ? (int64_t)(60 / pace) : 0))
            return (seconds - begun) / HOUR;
    }
}

int main(int argc, char **argv)
{
    static const struct trial trials[] = {
        {"every issued ID let in at any time", false, false, 1},
        {"let in around its meeting (time gate)", true, false, 1},
        {"time gate and limits, on one line", true, true, 1},
        {"time gate and limits, on 8 lines", true, true, 8},
    };
    uint64_t meetings = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    int tries = argc > 2 ? atoi(argv[2]) : 60;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1, space = 90000000;
    struct arena *arena = arena_new();
    if (meetings < 1 || tries < 1)
        return 2;
    while (meetings * 1000 > space) /* at most one number in a thousand is an ID */
        space *= 10;
    printf("%llu meetings, IDs among %llu numbers, %d wrong tries a minute; %d guessers each\n",
           (unsigned long long)meetings, (unsigned long long)space, tries, RUNS);
    for (size_t t = 0; t < sizeof trials / sizeof *trials; t++) {
        double hits[RUNS], sum = 0;
        uint64_t state = seed;
        for (int run = 0; run < RUNS; run++) {
            hits[run] = hours_to_hit(arena, &trials[t], meetings, space, tries, &state);
            sum += hits[run];
        }
        qsort(hits, RUNS, sizeof *hits, by_size);
        printf("%-40s first hit after %8.1f hours on average, %8.1f in the middle, one in twenty "
               "within %6.1f\n",
               trials[t].name, sum / RUNS, hits[RUNS / 2], hits[RUNS / 20]);
    }
    arena_free(arena);
    return 0;
}
