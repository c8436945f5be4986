/*
 * Fuzzes recurrence rules: what check lets pass expands in order and in bounds, from its start or
 * from a window on, and has a last one.
 */
#include <core/recurrence.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    struct local_time before, from, to;
    int count;
};

static bool see(void *context, struct local_time at)
{
    struct seen *seen = context;
    if (!local_valid(at) || local_compare(at, seen->from) < 0 || local_compare(at, seen->to) > 0 ||
        (seen->count > 0 && local_compare(at, seen->before) <= 0))
        abort();
    seen->before = at;
    return ++seen->count < 50;
}

static void expand(const char *rule, struct local_time start, struct local_time from,
                   struct local_time to)
{
    struct seen seen = {.from = from, .to = to};
    if (recurrence_each(rule, start, NULL, from, to, see, &seen, NULL) != ERR_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct local_time start = {2024, 2, 29, 9, 30, 0}, last;
    bool open;
    char *rule = strndup((const char *)data, size);
    if (!rule)
        return 0;
    if (recurrence_check(rule, NULL) == ERR_OK) {
        expand(rule, start, start, (struct local_time){2030, 1, 1, 0, 0, 0});
        expand(rule, start, (struct local_time){2026, 11, 23, 0, 0, 0},
               (struct local_time){2026, 11, 30, 0, 0, 0});
        if (recurrence_last(rule, start, NULL, &last, &open, NULL) != ERR_OK ||
            local_compare(last, start) < 0)
            abort();
    }
    free(rule);
    return 0;
}
