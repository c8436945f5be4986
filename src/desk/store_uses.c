/*
 * The store as a whole: making it, checking it, copying it.
 */
#include <desk/desk.h>

enum err desk_init(struct session *session, bool *created)
{
    return session_store(session, DB_CREATE, created);
}

/* The store looks at all of it in a transaction of its own. */
enum err desk_check(struct session *session, struct arena *arena, struct strings *findings)
{
    enum err err = session_store(session, DB_READ, NULL);
    return err == ERR_OK ? store_check(arena, session->store, findings, &session->error) : err;
}

enum err desk_backup(struct session *session, const char *path)
{
    enum err err = session_store(session, DB_READ, NULL);
    return err == ERR_OK ? store_backup(session->store, path, &session->error) : err;
}
