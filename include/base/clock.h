/* The system's steady clock, for how long something takes. Any layer but core may call this. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t microseconds_now(void);
int64_t milliseconds_now(void);

#endif
