/*
 * libical's parse of a file, line by line, and nothing else: a peer for importing. parse FILE;
 * prints the number of events, seconds, and the most memory held, in MiB.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (!file)
        return 2;
    double began = now();
    static char event[1 << 20], line[1 << 16];
    size_t length = 0;
    long count = 0;
    int inside = 0;
    while (fgets(line, sizeof line, file)) {
        size_t n = strlen(line);
        if (strncmp(line, "BEGIN:VEVENT", 12) == 0)
            inside = 1, length = 0;
        if (inside && length + n < sizeof event) {
            memcpy(event + length, line, n + 1);
            length += n;
        }
        if (strncmp(line, "END:VEVENT", 10) == 0 && inside) {
            icalcomponent *component = icalparser_parse_string(event);
            if (component)
                count++, icalcomponent_free(component);
            inside = 0;
        }
    }
    fclose(file);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%ld %.3f %.1f\n", count, now() - began, (double)usage.ru_maxrss / 1024);
    return 0;
}
