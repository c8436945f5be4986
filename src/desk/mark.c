/*
 * The change mark: how the console sees, once a second, that somebody else has changed the store.
 */
#include <desk/desk.h>

enum err desk_change_mark(struct session *session, int64_t *mark)
{
    if (!session->store)
        return error_set(&session->error, ERR_IO, "the store", "it is not open");
    return store_change_mark(session->store, mark);
}
