/*
 * Invitations: everything that one says of a meeting, gathered; and the same as text
 * and HTML.
 */
#include "calendar.h"
#include <desk/transaction.h>
#include <store/directory.h>

struct inviting {
    struct arena *arena;
    const struct occurrence *meeting;
    const char *lang;
    struct invitation *out;
};

static enum err gather(struct session *session, void *context)
{
    struct inviting *inviting = context;
    struct arena *arena = inviting->arena;
    struct organization *organization = arena_alloc(arena, sizeof *organization);
    struct organizer *organizer = arena_alloc(arena, sizeof *organizer);
    struct numbers *numbers = arena_alloc(arena, sizeof *numbers);
    const struct meeting *meeting = inviting->meeting->meeting;
    const struct zone *zone = NULL;
    enum err err = store_organization_get(arena, session->store, organization);
    if (err == ERR_OK)
        err = store_organizer_by_uid(arena, session->store, meeting->organizer_uid, organizer);
    if (err == ERR_OK)
        err = store_numbers_list(arena, session->store, numbers);
    if (err == ERR_OK)
        err = session_zone(session, meeting->tz, &zone);
    if (err == ERR_OK)
        invitation_compose(inviting->out, organization, organizer, inviting->meeting, zone, numbers,
                           inviting->lang);
    return err;
}

enum err desk_invitation(struct session *session, struct arena *arena,
                         const struct occurrence *meeting, const char *lang, struct invitation *out)
{
    struct inviting inviting = {arena, meeting, lang, out};
    return transaction_read(session, gather, &inviting);
}

enum err desk_invitation_text(struct session *session, struct arena *arena,
                              const struct invitation *invitation, bool html, char **out)
{
    const struct invitation_looks *looks = session->looks;
    if (!looks)
        return error_set(&session->error, ERR_BUG, "invitation",
                         "this program was made without its looks");
    *out = html ? looks->html(arena, invitation) : looks->text(arena, invitation);
    return ERR_OK;
}
