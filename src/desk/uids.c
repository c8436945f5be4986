/*
 * Short names of meetings in lists: as much of each UID as tells it apart from all others in the
 * store, as git does with its objects.
 */
#include "uids.h"
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/meetings.h>
#include <string.h>

/* A new meeting should not make a name ambiguous at once that somebody has just read. */
enum { SHORTEST = 8 };

enum err uid_shorten(struct session *session, struct uid_names *names, const char *uid,
                     const char **out)
{
    size_t bytes = 0;
    *out = uid;
    if (names->last && strcmp(names->last, uid) == 0) {
        *out = names->last_short;
        return ERR_OK;
    }
    if (strlen(uid) <= SHORTEST || names->asked++ >= UID_NAMES_MOST)
        return ERR_OK;
    enum err err = store_uid_least(names->arena, session->store, uid, &bytes);
    if (err)
        return err;
    size_t shortest = SHORTEST;
    while (((unsigned char)uid[shortest] & 0xc0) == 0x80)
        shortest++;
    *out = arena_copy_n(names->arena, uid, bytes > shortest ? bytes : shortest);
    names->last = uid;
    names->last_short = *out;
    return ERR_OK;
}

static enum err shorten_one(struct session *session, struct uid_names *names, bool all,
                            struct occurrence *one)
{
    if (!all && one->meeting->conference_id && one->meeting->id_kind == ID_KIND_DYNAMIC)
        return ERR_OK;
    return uid_shorten(session, names, one->meeting->uid, &one->uid_short);
}

enum err desk_uids_shorten(struct session *session, struct arena *arena, bool all,
                           struct occurrences *list)
{
    struct uid_names names = {.arena = arena};
    enum err err = reading_begin(session);
    for (size_t i = 0; !err && i < list->count; i++)
        err = shorten_one(session, &names, all, &list->items[i]);
    return reading_end(session, err);
}

enum err desk_found_shorten(struct session *session, struct arena *arena,
                            struct found_meetings *list)
{
    struct uid_names names = {.arena = arena};
    enum err err = reading_begin(session);
    for (size_t i = 0; !err && i < list->count; i++)
        err = shorten_one(session, &names, false, &list->items[i].occurrence);
    return reading_end(session, err);
}
