/*
 * Removing an organizer: meetings to come go to somebody else with the IDs that their invitations
 * name, so that no call breaks; static IDs that nobody needs retire; what is over stays.
 */
#include "directory.h"
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

struct removing {
    struct arena *arena;
    const char *email, *to_email;
    struct removal *out;
    struct organizer organizer, to;
};

/* Own meetings that are not over into out->meetings; those of others are counted. */
static enum err meetings_to_come(struct session *session, const struct removing *removing)
{
    struct meetings list = {0};
    int64_t now = session_now(session);
    enum err err = store_meetings_between(removing->arena, session->store, removing->organizer.uid,
                                          now, INSTANT_NEVER, false, &list);
    for (size_t i = 0; !err && i < list.count; i++) {
        const struct meeting *meeting = &list.items[i];
        if (meeting_over(meeting, now))
            continue;
        if (meeting_foreign(meeting))
            removing->out->foreign++;
        else
            *vector_push(removing->arena, &removing->out->meetings) = *meeting;
    }
    return err;
}

/* Who takes over: another organizer, whose callers the bridge lets in if the meetings have IDs. */
static enum err heir_find(struct session *session, struct removing *removing)
{
    const struct removal *out = removing->out;
    size_t count = out->meetings.count;
    if (count > 0 && !removing->to_email)
        return error_set(&session->error, ERR_REFUSED, removing->organizer.email,
                         "%zu meeting%s to come: hand %s over with --to EMAIL, or cancel %s first",
                         count, count == 1 ? " is" : "s are", count == 1 ? "it" : "them",
                         count == 1 ? "it" : "them");
    if (!removing->to_email)
        return ERR_OK;
    enum err err = store_organizer_by_email(removing->arena, session->store, removing->to_email,
                                            &removing->to);
    if (err)
        return err;
    if (strcmp(removing->to.uid, removing->organizer.uid) == 0)
        return error_set(&session->error, ERR_INVALID, "to",
                         "%s is who is removed; name somebody else", removing->to_email);
    const char *obstacle = organizer_obstacle(&removing->to);
    for (size_t i = 0; i < count && obstacle; i++)
        if (out->meetings.items[i].conference_id)
            return error_set(&session->error, ERR_REFUSED, removing->to.email,
                             "callers of the meetings would not be let in: %s", obstacle);
    return ERR_OK;
}

static enum err hand_over(struct session *session, const struct removing *removing,
                          struct meeting *meeting)
{
    meeting->organizer_uid = removing->to.uid;
    meeting->organizer = removing->to.email;
    meeting->sequence++;
    meeting->changed = session_clock(session);
    meeting->stamp = session_now(session);
    enum err err = store_meeting_put(session->store, meeting);
    if (err)
        return err;
    if (meeting->id_kind == ID_KIND_DYNAMIC)
        err = store_id_hand_over(session->store, meeting->conference_id, removing->to.uid);
    if (err)
        return err;
    return history_note(
        session, HISTORY_MEETING_HANDED_OVER, meeting->conference_id, meeting->uid,
        arena_format(removing->arena, "%s -> %s", removing->organizer.email, removing->to.email));
}

static bool is_carried(const struct meetings *meetings, const char *digits)
{
    for (size_t i = 0; i < meetings->count; i++)
        if (meetings->items[i].id_kind == ID_KIND_STATIC &&
            strcmp(meetings->items[i].conference_id, digits) == 0)
            return true;
    return false;
}

/* A static ID goes with the meetings that carry it; without any it retires. */
static enum err settle_static_ids(struct session *session, const struct removing *removing)
{
    struct arena *arena = removing->arena;
    struct strings ids = {0};
    struct organization organization = {0};
    int64_t now = session_now(session);
    enum err err = store_organization_get(arena, session->store, &organization);
    if (err)
        return err;
    err = store_ids_static(arena, session->store, removing->organizer.uid, &ids);
    for (size_t i = 0; !err && i < ids.count; i++) {
        const char *digits = ids.items[i];
        if (is_carried(&removing->out->meetings, digits)) {
            *vector_push(arena, &removing->out->static_ids) = digits;
            err = store_id_hand_over(session->store, digits, removing->to.uid);
            continue;
        }
        *vector_push(arena, &removing->out->retired) = digits;
        err =
            store_id_retire(session->store, digits, now, quarantine_end(&organization, now), NULL);
        if (!err)
            err = history_note(
                session, HISTORY_ID_RETIRED, digits, NULL,
                arena_format(arena, "static ID of %s, who was removed", removing->organizer.email));
    }
    return err;
}

static enum err organizer_remove(struct session *session, struct removing *removing)
{
    struct removal *out = removing->out;
    *out = (struct removal){0};
    enum err err = store_organizer_by_email(removing->arena, session->store, removing->email,
                                            &removing->organizer);
    if (err)
        return err;
    err = meetings_to_come(session, removing);
    if (err)
        return err;
    err = heir_find(session, removing);
    for (size_t i = 0; !err && i < out->meetings.count; i++)
        err = hand_over(session, removing, &out->meetings.items[i]);
    if (err)
        return err;
    err = settle_static_ids(session, removing);
    if (err)
        return err;
    err = store_organizer_remove(session->store, removing->organizer.uid);
    out->email = removing->organizer.email;
    out->to = out->meetings.count ? removing->to.email : NULL;
    if (err)
        return err;
    return history_note(session, HISTORY_ORGANIZER_REMOVED, NULL, NULL,
                        out->to ? arena_format(removing->arena, "%s; %zu meetings to %s",
                                               out->email, out->meetings.count, out->to)
                                : out->email);
}

enum err desk_organizer_remove(struct session *session, struct arena *arena, const char *email,
                               const char *to, bool dry_run, struct removal *out)
{
    struct writing writing = {.dry_run = dry_run};
    while (writing_next(session, &writing)) {
        struct removing removing = {.arena = arena, .email = email, .to_email = to, .out = out};
        writing.err = organizer_remove(session, &removing);
    }
    return writing.err;
}
