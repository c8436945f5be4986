/* Times for tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "times.h"

struct local_time support_local(const char *basic)
{
    struct local_time local = {0};
    if (!local_parse_basic(basic, &local))
        fail_msg("%s is no time", basic);
    return local;
}

int64_t support_utc(const char *basic)
{
    return local_seconds(support_local(basic));
}
