/*
 * What happened, as records: the names that go with them. The records themselves are plain structs.
 */
#include <core/history.h>

const char *reminder_state_name(enum reminder_state state)
{
    static const char *const names[] = {"queued", "sending", "sent", "failed"};
    return names[state];
}
