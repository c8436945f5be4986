/*
 * Bare durable one-row inserts into a SQLite file, each in a transaction of its own (WAL,
 * synchronous=FULL): a peer for scheduling. insert FILE COUNT; prints the median of one insert in
 * microseconds.
 */
#include <sqlite3.h>
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

int main(int argc, char **argv)
{
    int count = argc > 2 ? atoi(argv[2]) : 0;
    sqlite3 *db;
    sqlite3_stmt *insert;
    double *times = calloc((size_t)(count > 0 ? count : 1), sizeof *times);
    if (count < 1 || !times || sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 2;
    const char *setup =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE IF NOT EXISTS bare (uid TEXT PRIMARY KEY, title TEXT, at BIGINT)";
    if (sqlite3_exec(db, setup, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "INSERT INTO bare VALUES ($1, 'A meeting of some people', 1)", -1,
                           &insert, NULL) != SQLITE_OK)
        return 1;
    for (int i = 0; i < count; i++) {
        char uid[64];
        snprintf(uid, sizeof uid, "%08x-%08x", (unsigned)i * 2654435761U, (unsigned)now());
        double began = now();
        sqlite3_bind_text(insert, 1, uid, -1, SQLITE_TRANSIENT);
        if (sqlite3_step(insert) != SQLITE_DONE)
            return 1;
        sqlite3_reset(insert);
        times[i] = now() - began;
    }
    qsort(times, (size_t)count, sizeof *times, by_size);
    printf("%.1f\n", times[count / 2]);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    free(times);
    return 0;
}
