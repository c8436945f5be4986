/*
 * Cancelling several meetings as one change: each by the use case for one, all in its transaction.
 */
#include "transaction.h"
#include <desk/desk.h>

struct cancelling {
    struct arena *arena;
    const struct strings *references;
    const int64_t *versions;
};

static enum err cancel_all(struct session *session, void *context)
{
    const struct cancelling *all = context;
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < all->references->count; i++) {
        struct scheduled now = {0};
        err = desk_cancel(session, all->arena, all->references->items[i], all->versions[i], NULL,
                          false, &now);
    }
    return err;
}

enum err desk_cancel_all(struct session *session, struct arena *arena,
                         const struct strings *references, const int64_t *versions)
{
    struct cancelling all = {arena, references, versions};
    return transaction_write(session, cancel_all, &all);
}
