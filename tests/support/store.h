/*
 * A new store, as the product makes it. It is made once in a program and then copied: going
 * through all schemas takes longer than most tests.
 */
#ifndef SUPPORT_STORE_H
#define SUPPORT_STORE_H

#include <stdbool.h>

/* Puts it at the path, in a folder that is made if need be; false if that failed. */
bool support_store(const char *path);

#endif
