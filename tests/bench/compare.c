/*
 * Times whole processes against each other: compare RUNS -- COMMAND ARGUMENT... [-- COMMAND
 * ARGUMENT...]... The commands take turns, so that what the machine does besides hits them alike.
 * Prints the median of each in microseconds, one a line. Their output goes to /dev/null; a command
 * that fails ends it.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

enum { COMMANDS_MAX = 8 };

extern char **environ;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double run(char **command)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t pid;
    int status = 0;
    double began = now();
    int failed = posix_spawnp(&pid, command[0], &actions, NULL, command, environ);
    if (failed || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) { /* 1: nothing was found */
        fprintf(stderr, "compare: %s: %s, status %d\n", command[0], strerror(failed), status);
        exit(1);
    }
    double took = now() - began;
    posix_spawn_file_actions_destroy(&actions);
    return took;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv)
{
    char **commands[COMMANDS_MAX];
    int count = 0, runs = argc > 1 ? atoi(argv[1]) : 0;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0 && i + 1 < argc && count < COMMANDS_MAX) {
            argv[i] = NULL;
            commands[count++] = &argv[i + 1];
        }
    }
    double *times =
        calloc((size_t)(count > 0 ? count : 1) * (size_t)(runs > 0 ? runs : 1), sizeof *times);
    if (runs < 1 || count < 1 || !times) {
        fprintf(stderr, "usage: compare RUNS -- COMMAND...\n");
        return 2;
    }
    for (int turn = -2; turn < runs; turn++) {
        for (int c = 0; c < count; c++) {
            double took = run(commands[c]);
            if (turn >= 0)
                times[c * runs + turn] = took;
        }
    }
    for (int c = 0; c < count; c++) {
        qsort(times + c * runs, (size_t)runs, sizeof *times, by_size);
        printf("%.1f\n", times[c * runs + runs / 2]);
    }
    free(times);
    return 0;
}
