/*
 * The store as a whole: making it, checking it, copying it.
 */
#include "transaction.h"
#include <desk/desk.h>

enum err desk_init(struct session *session, bool *created)
{
    return session_store(session, DB_CREATE, created);
}

struct checking {
    struct arena *arena;
    struct strings *findings;
};

static enum err check(struct session *session, void *context)
{
    struct checking *checking = context;
    *checking->findings = (struct strings){0};
    return store_check(checking->arena, session->store, checking->findings, &session->error);
}

enum err desk_check(struct session *session, struct arena *arena, struct strings *findings)
{
    struct checking checking = {arena, findings};
    return transaction_read(session, check, &checking);
}

enum err desk_backup(struct session *session, const char *path)
{
    enum err err = session_store(session, DB_READ, NULL);
    return err == ERR_OK ? store_backup(session->store, path, &session->error) : err;
}
