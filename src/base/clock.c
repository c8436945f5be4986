/*
 * The steady clock: it goes on while the machine's time is set.
 */
#include <base/clock.h>
#include <time.h>

int64_t microseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t milliseconds_now(void)
{
    return microseconds_now() / 1000;
}
