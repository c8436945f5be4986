/*
 * Randomness from the kernel and identity from libuuid.
 */
#include <base/error.h>
#include <base/random.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <uuid/uuid.h>

static void kernel_fill(void *self, void *bytes, size_t size)
{
    (void)self;
    char *at = bytes;
    while (size > 0) {
        ssize_t n = getrandom(at, size, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            die("the kernel gives no random bytes: %s", strerror(errno));
        at += n;
        size -= (size_t)n;
    }
}

struct random random_kernel(void)
{
    return (struct random){kernel_fill, NULL};
}

uint64_t random_below(struct random source, uint64_t bound)
{
    if (bound == 0)
        die("a random number below 0 was asked for");
    /* 2^64 modulo bound: so many of the lowest values would come once too often. */
    uint64_t surplus = (0 - bound) % bound;
    uint64_t value;
    do {
        source.fill(source.self, &value, sizeof value);
    } while (value < surplus);
    return value % bound;
}

void uid_new(char out[UID_SIZE])
{
    uuid_t uuid;
    uuid_generate_random(uuid);
    uuid_unparse_lower(uuid, out);
}

bool uid_formed(const char *text)
{
    uuid_t uuid;
    return uuid_parse(text, uuid) == 0;
}
