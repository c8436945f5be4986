/*
 * What happened, as records: the names that go with them. The records themselves are plain structs.
 */
#include <core/history.h>

const char *history_event_name(enum history_event event)
{
#define HISTORY_WORD(name, word) word,
    static const char *const words[] = {HISTORY_EVENTS(HISTORY_WORD)};
    return words[event];
}
