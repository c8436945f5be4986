/*
 * What is kept of the store between two admissions. The store's mark tells whether anything that
 * was read has changed: that costs a twentieth of reading it. The session's own writes do not
 * change an SQLite store's mark; `serve`, which writes calls alone, keeps none of them here.
 */
#include "known.h"
#include <desk/admit.h>
#include <stdlib.h>
#include <store/directory.h>
#include <string.h>

enum { CHAINS = 256, BYTES_MAX = 16 << 20 };

struct known {
    const struct id_uses *uses;
    struct known *next;
};

struct ids_known {
    struct arena *arena; /* of all that is kept */
    int64_t mark, hour;  /* of the store, and of the clock, when it was read; 0: it is old */
    bool rules_read;
    struct admission_rules rules;
    struct known *chains[CHAINS];
};

void desk_admit_often(struct session *session)
{
    session->known = arena_alloc(session->arena, sizeof *session->known);
    session->known->arena = arena_new();
}

void known_end(struct session *session)
{
    if (session->known)
        arena_free(session->known->arena);
}

void known_outdate(struct session *session)
{
    if (session->known)
        session->known->hour = 0;
}

/* The hour: of a static ID's meetings those are read that are to come, or were not long ago. */
void known_refresh(struct session *session, int64_t now)
{
    struct ids_known *known = session->known;
    int64_t mark = 0, hour = now / HOUR;
    if (!known)
        return;
    bool marked = store_change_mark(session->store, &mark) == ERR_OK;
    if (marked && mark == known->mark && hour == known->hour &&
        arena_used(known->arena) < BYTES_MAX)
        return;
    arena_reset(known->arena);
    *known = (struct ids_known){.arena = known->arena, .mark = mark, .hour = marked ? hour : 0};
    error_clear(&session->error);
}

struct arena *known_arena(const struct session *session, struct arena *arena)
{
    return session->known ? session->known->arena : arena;
}

static struct known **chain_of(struct ids_known *known, const char *digits)
{
    return &known->chains[strtoull(digits, NULL, 10) % CHAINS];
}

const struct id_uses *known_find(const struct session *session, const char *digits)
{
    const struct known *one = session->known ? *chain_of(session->known, digits) : NULL;
    while (one && strcmp(one->uses->record->digits, digits) != 0)
        one = one->next;
    return one ? one->uses : NULL;
}

void known_add(struct session *session, const struct id_uses *uses)
{
    if (!session->known)
        return;
    struct known **chain = chain_of(session->known, uses->record->digits);
    struct known *added = arena_alloc(session->known->arena, sizeof *added);
    *added = (struct known){uses, *chain};
    *chain = added;
}

enum err known_rules(struct session *session, struct arena *arena, struct admission_rules *out)
{
    struct ids_known *known = session->known;
    struct organization organization = {0};
    if (known && known->rules_read) {
        *out = known->rules;
        return ERR_OK;
    }
    enum err err = store_organization_get(arena, session->store, &organization);
    *out = admission_rules(&organization);
    if (known && !err) {
        known->rules = *out;
        known->rules_read = true;
    }
    return err;
}
