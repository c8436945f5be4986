/*
 * Randomness and identity from the system: getrandom(2) and libuuid. The only place that asks
 * either. desk and transfer make UIDs by it. A session holds one `struct random`; core and store
 * are handed it, so that tests can hand them a seeded one.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A source of random bytes. `fill` never fails (it aborts if the kernel gives nothing). */
struct random {
    void (*fill)(void *self, void *bytes, size_t size);
    void *self;
};

/* The kernel's source. */
struct random random_kernel(void);

/* A number in [0, bound) without modulo bias (rejection). bound must be at least 1. */
uint64_t random_below(struct random source, uint64_t bound);

enum { UID_SIZE = 37 };

/* A random UUID, lower case, with its terminator. */
void uid_new(char out[UID_SIZE]);
/* Whether the text has the form of those that uid_new makes, in any case. */
bool uid_formed(const char *text);

#endif
