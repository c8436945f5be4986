/*
 * Cancelling several meetings or occurrences as one change: each by the use case for one, all in
 * its transaction.
 */
#include <desk/desk.h>
#include <desk/transaction.h>

struct cancelling {
    struct arena *arena;
    const struct strings *references;
    const int64_t *versions;
    const struct which *whiches; /* NULL: whole meetings */
};

/*
 * Whether an earlier one of the list is of the same meeting: this transaction changed it, and
 * nobody else could since.
 */
static bool seen_before(const struct strings *references, size_t at)
{
    const struct strings before = {.items = references->items, .count = at};
    return strings_hold(&before, references->items[at]);
}

static enum err cancel_all(struct session *session, void *context)
{
    const struct cancelling *all = context;
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < all->references->count; i++) {
        struct scheduled now = {0};
        int64_t version = seen_before(all->references, i) ? 0 : all->versions[i];
        err = desk_cancel(session, all->arena, all->references->items[i], version,
                          all->whiches ? &all->whiches[i] : NULL, false, &now);
    }
    return err;
}

enum err desk_cancel_all(struct session *session, struct arena *arena,
                         const struct strings *references, const int64_t *versions,
                         const struct which *whiches)
{
    struct cancelling all = {arena, references, versions, whiches};
    return transaction_write(session, cancel_all, &all);
}
