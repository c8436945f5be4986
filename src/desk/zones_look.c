/*
 * Whether meetings move by new rules of their zones, looked for a slice at a time, so that a
 * console can do so while nobody types.
 */
#include "times_check.h"
#include <core/zone.h>
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/zone_rules.h>

enum { SLICE = 500 };

struct looking {
    struct zones_look *look;
    struct arena *arena; /* of this slice */
    struct times_check check;
};

/* Which file a zone has now is known without reading a meeting. */
static bool rules_changed(struct session *session, const struct zone_use *use)
{
    const struct zone *today = NULL;
    if (!use->tz || use->fingerprint == 0 || session_zone(session, use->tz, &today) != ERR_OK) {
        error_clear(&session->error);
        return false;
    }
    return zone_fingerprint(today) != use->fingerprint;
}

static enum err look_at(struct session *session, struct looking *looking,
                        const struct meeting *meeting)
{
    struct zones_look *look = looking->look;
    struct times_verdict verdict;
    enum err err = times_look(session, &looking->check, looking->arena, meeting, &verdict);
    if (err != ERR_OK || verdict.state != TIMES_MOVED)
        return err;
    if (look->moved++ < ZONES_TOLD)
        *vector_push(look->arena, &look->lines) = times_tell(look->arena, meeting, &verdict);
    return ERR_OK;
}

static enum err look_at_slice(struct session *session, void *context)
{
    struct looking *looking = context;
    struct zone_uses uses = {0};
    int64_t after = looking->look->after, last = 0;
    enum err err = store_zone_uses(looking->arena, session->store, after, SLICE, &uses, &last);
    for (size_t i = 0; err == ERR_OK && i < uses.count; i++) {
        struct meetings list = {0};
        if (!rules_changed(session, &uses.items[i]))
            continue;
        err = store_zone_users(looking->arena, session->store, after, last, &uses.items[i], &list);
        for (size_t k = 0; err == ERR_OK && k < list.count; k++)
            err = look_at(session, looking, &list.items[k]);
    }
    if (err == ERR_OK) {
        looking->look->done = last == 0;
        looking->look->after = last;
    }
    return err;
}

enum err desk_zones_look(struct session *session, struct zones_look *look)
{
    struct arena *arena = arena_new();
    struct zones_look tried = *look; /* what fails is looked at again */
    struct looking looking = {.look = &tried, .arena = arena, .check = {.arena = arena}};
    enum err err = transaction_read(session, look_at_slice, &looking);
    if (err == ERR_OK)
        *look = tried;
    arena_free(arena);
    return err;
}
