/* Invitations: reading what an invitation says of a meeting, and writing it as text and HTML. */
#include "calendar.h"
#include <desk/transaction.h>
#include <store/directory.h>

/* The attendee's own language, and a zone that this system knows, if any is known of them. */
static enum err reader_read(struct session *session, struct arena *arena, const char *to,
                            const char **lang, const struct zone **zone)
{
    const struct invitation_looks *looks = session->looks;
    struct attendee_known known;
    enum err err = store_attendee_known(arena, session->store, to, &known);
    if (err)
        return err;
    if (!*lang && looks && looks->language_known(known.lang))
        *lang = known.lang;
    if (known.tz[0] && session->zones.find(session->zones.self, known.tz, zone, NULL))
        *zone = NULL;
    return ERR_OK;
}

enum err desk_invitation(struct session *session, struct arena *arena,
                         const struct occurrence *occurrence, const char *to, const char *lang,
                         struct invitation *out)
{
    struct organization *organization = arena_alloc(arena, sizeof *organization);
    struct organizer *organizer = arena_alloc(arena, sizeof *organizer);
    struct numbers *numbers = arena_alloc(arena, sizeof *numbers);
    const struct meeting *meeting = occurrence->meeting;
    const struct zone *zone = NULL, *reader_zone = NULL;
    enum err err = reading_begin(session);
    if (!err)
        err = meeting_check_own(session, arena, meeting);
    if (!err)
        err = store_organization_get(arena, session->store, organization);
    if (!err)
        err = store_organizer_by_uid(arena, session->store, meeting->organizer_uid, organizer);
    if (!err)
        err = store_numbers_list(arena, session->store, numbers);
    if (!err)
        err = session_zone(session, meeting->tz, &zone);
    if (!err && to)
        err = reader_read(session, arena, to, &lang, &reader_zone);
    err = reading_end(session, err);
    if (err)
        return err;
    invitation_compose(out, organization, organizer, occurrence, zone, numbers, lang);
    out->to = to;
    out->reader_zone = reader_zone;
    return ERR_OK;
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
