/*
 * Times for tests, as they are read most easily: "20261124T090000".
 */
#ifndef SUPPORT_TIMES_H
#define SUPPORT_TIMES_H

#include <core/time.h>

/* A wall clock's reading. Fails the test where the text is none. */
struct local_time support_local(const char *basic);

/* The instant at which a clock in UTC reads so. */
int64_t support_utc(const char *basic);

#endif
