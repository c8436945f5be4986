/*
 * Invitations: everything that one says of a meeting, gathered; and the same as text, HTML,
 * iCalendar and mail.
 */
#include "calendar.h"
#include "export.h"
#include <desk/transaction.h>
#include <exchange/ical.h>
#include <exchange/mail.h>
#include <store/directory.h>
#include <string.h>

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

/*
 * REQUEST and CANCEL are to somebody (RFC 5546, 3.2): where nobody is invited, the meeting is
 * published.
 */
static enum ical_method invitation_method(const struct invitation *invitation)
{
    if (invitation->meeting->attendees.count == 0)
        return ICAL_PUBLISH;
    return invitation->meeting->status == MEETING_CANCELLED ? ICAL_CANCEL : ICAL_REQUEST;
}

static const char *method_name(enum ical_method method)
{
    return method == ICAL_PUBLISH ? "PUBLISH" : method == ICAL_CANCEL ? "CANCEL" : "REQUEST";
}

enum err desk_invitation_ical(struct session *session, struct arena *arena,
                              const struct invitation *invitation, char **ical)
{
    struct text out = text_start(arena);
    struct ical_writing writing = {.method = invitation_method(invitation),
                                   .now = session_now(session),
                                   .zones = session->zones};
    struct ical_item item = {.meeting = invitation->meeting,
                             .zone = invitation->zone,
                             .organizer_name = invitation->organizer->name};
    if (invitation->meeting->status != MEETING_CANCELLED) /* nobody is to dial in to it */
        exporter_dial_in(session, arena, invitation, &item);
    struct ical_writer *writer = ical_write_begin(arena, &out, &writing);
    enum err err = ical_write_meeting(writer, &item, &session->error);
    if (err != ERR_OK)
        return err;
    ical_write_end(writer);
    *ical = out.bytes;
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

enum err desk_invitation_mail(struct session *session, struct arena *arena,
                              const struct invitation *invitation, char **out)
{
    const struct meeting *meeting = invitation->meeting;
    const char *host = strrchr(invitation->organizer->email, '@');
    char *text = NULL, *html = NULL, *ical = NULL;
    char uid[UID_SIZE];
    enum err err = desk_invitation_text(session, arena, invitation, false, &text);
    if (err == ERR_OK)
        err = desk_invitation_text(session, arena, invitation, true, &html);
    if (err == ERR_OK)
        err = desk_invitation_ical(session, arena, invitation, &ical);
    if (err != ERR_OK)
        return err;
    uid_new(uid);
    struct mail mail = {
        .from_name = invitation->organizer->name,
        .from_email = invitation->organizer->email,
        .to = &meeting->attendees,
        .subject = meeting->title,
        .date = session_clock(session),
        .zone = invitation->zone,
        .message_id = arena_format(arena, "<%s%s>", uid, host ? host : "@localhost"),
        .text = text,
        .html = html,
        .calendar = ical,
        .calendar_method = method_name(invitation_method(invitation)),
    };
    *out = mail_compose(arena, &mail);
    return ERR_OK;
}
