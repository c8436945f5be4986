/*
 * A meeting keeps its conference ID in its record for ever, but the ID may be issued again once its
 * quarantine is over. So each change of an ID first looks whose the ID is now.
 */
#include "calendar.h"
#include <desk/own_id.h>
#include <desk/transaction.h>
#include <store/ids.h>
#include <string.h>

/*
 * none: the meeting has no dynamic ID; own: the ID is still the meeting's; held: and it is live or
 * in quarantine.
 */
struct hold {
    bool none, own, held;
};

static enum err hold_find(struct session *session, struct arena *arena,
                          const struct meeting *meeting, struct hold *hold)
{
    struct id_record record = {0};
    *hold = (struct hold){.none = meeting->id_kind != ID_KIND_DYNAMIC || !meeting->conference_id};
    if (hold->none)
        return ERR_OK;
    enum err err = store_id_get(arena, session->store, meeting->conference_id, &record);
    if (err)
        return err;
    hold->own = record.kind == ID_KIND_DYNAMIC && strcmp(record.meeting_uid, meeting->uid) == 0;
    hold->held = hold->own && (record.live || record.reserved_until > session_now(session));
    return ERR_OK;
}

enum err own_id_follow(struct session *session, struct arena *arena, const struct meeting *meeting,
                       const struct organization *organization)
{
    struct hold hold;
    int64_t now = session_now(session), until = meeting_reserved_until(meeting, organization);
    bool over = meeting_over(meeting, now);
    enum err err = hold_find(session, arena, meeting, &hold);
    if (err || hold.none || (over && !hold.own))
        return err;
    if (!hold.own)
        return meeting_refuse(session, arena, meeting,
                              "its conference ID was issued again since it was over; schedule a "
                              "new meeting");
    if (over && !hold.held && until <= now)
        return store_id_correct(session->store, meeting->conference_id, until);
    return store_id_revive(session->store, meeting->conference_id, until, now);
}

enum err own_id_retire(struct session *session, struct arena *arena, const struct meeting *meeting,
                       int64_t reserved_until, bool *retired)
{
    struct hold hold;
    enum err err = hold_find(session, arena, meeting, &hold);
    *retired = !err && hold.held;
    return *retired ? store_id_retire(session->store, meeting->conference_id, session_now(session),
                                      reserved_until, NULL)
                    : err;
}

/* Retires a static ID that nobody has any more; *retired tells whether it did. */
static enum err static_retire(struct session *session, struct arena *arena, const char *digits,
                              int64_t until, bool *retired)
{
    struct id_record record = {0};
    int64_t users = 0;
    enum err err = store_id_get(arena, session->store, digits, &record);
    if (!err)
        err = store_id_users(session->store, digits, &users);
    *retired = !err && users == 0 && record.kind == ID_KIND_STATIC && !record.retired;
    return *retired ? store_id_retire(session->store, digits, session_now(session), until, NULL)
                    : err;
}

enum err own_id_disown(struct session *session, struct arena *arena, const struct meeting *before,
                       const struct organization *organization)
{
    int64_t until = quarantine_end(organization, session_now(session));
    bool retired = false;
    enum err err = before->id_kind == ID_KIND_STATIC
                       ? static_retire(session, arena, before->conference_id, until, &retired)
                       : own_id_retire(session, arena, before, until, &retired);
    if (err || !retired)
        return err;
    return history_note(session, HISTORY_ID_RETIRED, before->conference_id, before->uid,
                        "its meeting's dial-in is not ours");
}
