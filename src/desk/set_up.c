/*
 * The first run: what makes an empty store one that meetings can be scheduled in, whole or not at
 * all.
 */
#include <desk/desk.h>
#include <desk/transaction.h>

struct setting_up {
    struct arena *arena;
    const struct organizer *organizer;
    bool dynamic;
    const struct number *number; /* NULL: none */
};

static enum err cut_over(struct session *session, struct arena *arena)
{
    struct organization organization = {0};
    enum err err = desk_organization(session, arena, &organization, NULL);
    if (err != ERR_OK || organization_dynamic(&organization, session_now(session)))
        return err;
    organization.dynamic_since = session_now(session);
    return desk_organization_change(session, &organization);
}

/* May run again: what it was given stays as it is. */
static enum err set_up(struct session *session, void *context)
{
    const struct setting_up *work = context;
    struct organizer organizer = *work->organizer;
    enum err err = desk_organizer_put(session, work->arena, &organizer, NULL);
    if (err == ERR_OK && work->dynamic)
        err = cut_over(session, work->arena);
    if (err == ERR_OK && work->number)
        err = desk_number_put(session, work->number);
    return err;
}

enum err desk_set_up(struct session *session, struct arena *arena,
                     const struct organizer *organizer, bool dynamic, const struct number *number)
{
    struct setting_up work = {arena, organizer, dynamic, number};
    return transaction_write(session, set_up, &work);
}
