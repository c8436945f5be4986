/*
 * Schedules meetings in one process, each durably in its own transaction, as `new` does it:
 * schedule STORE ORGANIZER COUNT; prints the median of one in microseconds.
 */
#include <desk/desk.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void must(struct session *session, enum err err)
{
    if (err != ERR_OK) {
        fprintf(stderr, "schedule: %s: %s\n", session->error.what, session->error.why);
        exit(1);
    }
}

static double schedule(struct session *session, const struct organizer *organizer, int number)
{
    struct arena *arena = arena_new();
    char start[40];
    snprintf(start, sizeof start, "2027-%02d-%02d %02d:%02d", 1 + number / 28 % 12, 1 + number % 28,
             8 + number % 9, number % 4 * 15);
    struct draft draft = {.title = "A meeting of some people",
                          .start = start,
                          .duration = "30m",
                          .has_attendees = true};
    *vector_push(arena, &draft.attendees) = "eve@example.org";
    struct scheduled scheduled = {0};
    double began = now();
    must(session, desk_schedule(session, arena, organizer, &draft, false, &scheduled));
    double took = now() - began;
    arena_free(arena);
    return took;
}

int main(int argc, char **argv)
{
    int count = argc > 3 ? atoi(argv[3]) : 0;
    struct session session = {0};
    struct organizer organizer = {0};
    double *times = calloc((size_t)(count > 0 ? count : 1), sizeof *times);
    if (count < 1 || !times)
        return 2;
    must(&session, session_start(&session));
    session.settings.db = argv[1];
    session.settings.organizer = argv[2];
    must(&session, session_store(&session, DB_WRITE, NULL));
    must(&session, desk_organizer(&session, session.arena, &organizer));
    for (int i = -5; i < count; i++) {
        double took = schedule(&session, &organizer, i + 5);
        if (i >= 0)
            times[i] = took;
    }
    qsort(times, (size_t)count, sizeof *times, by_size);
    printf("%.1f\n", times[count / 2]);
    session_end(&session);
    free(times);
    return 0;
}
