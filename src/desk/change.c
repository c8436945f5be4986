/*
 * Changing and cancelling a meeting. Its conference ID stays what it is, whatever is edited; only
 * its reservation follows the time. Cancelling retires a dynamic ID.
 */
#include "change.h"
#include "calendar.h"
#include "draft.h"
#include "overlap.h"
#include "risks.h"
#include <desk/own_id.h>
#include <desk/transaction.h>
#include <desk/undo.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>

/* --- finding it --- */

enum err change_tell(struct session *session, const struct changing *changing,
                     const struct meeting *meeting)
{
    struct occurrences one = {0};
    int64_t now = session_now(session);
    enum err err =
        meeting_nearest(session, changing->arena, meeting, now, vector_push(changing->arena, &one));
    if (err == ERR_OK)
        err = risks_of_meetings(session, changing->arena, &changing->organization, now, &one);
    changing->out->meeting = one.items[0];
    return err;
}

static enum err changed_since(struct session *session, const struct changing *changing)
{
    enum err err = change_tell(session, changing, changing->before);
    if (err != ERR_OK)
        return err;
    return error_set_what(&session->error, ERR_CONFLICT,
                          "somebody else changed it since you opened it; look at it again",
                          "meeting %s", meeting_label(changing->arena, changing->before));
}

static enum scope change_scope(const struct changing *changing)
{
    return changing->which ? changing->which->scope : SCOPE_SERIES;
}

static enum err find(struct session *session, struct changing *changing)
{
    struct arena *arena = changing->arena;
    *changing->out = (struct scheduled){0};
    changing->before = arena_alloc(arena, sizeof *changing->before);
    enum err err = store_organization_get(arena, session->store, &changing->organization);
    if (err == ERR_OK)
        err = meeting_resolve(session, arena, changing->reference, changing->before);
    if (err == ERR_OK && changing->version != 0 && changing->version != changing->before->version)
        err = changed_since(session, changing);
    if (err == ERR_OK && changing->before->status == MEETING_CANCELLED)
        err = error_set_what(&session->error, ERR_REFUSED,
                             changing->draft ? "it is cancelled; schedule a new one"
                                             : "it is cancelled already",
                             "meeting %s", meeting_label(arena, changing->before));
    if (err != ERR_OK)
        return err;
    changing->after = meeting_copy(arena, changing->before);
    if (change_scope(changing) == SCOPE_SERIES)
        return ERR_OK;
    err = session_zone(session, changing->before->tz, &changing->zone);
    return err == ERR_OK ? occurrence_find(session, arena, changing->before, changing->which,
                                           &changing->occurrence)
                         : err;
}

/* --- editing --- */

enum err change_keep(struct session *session, const struct changing *changing, bool told,
                     enum history_event event, const char *detail)
{
    struct meeting *after = changing->after;
    after->changed = session_clock(session);
    after->stamp = session_now(session);
    after->sequence += told;
    if (changing->dry_run)
        return ERR_OK;
    enum err err = store_meeting_put(session->store, after);
    undo_note(session, changing->before, after);
    if (err == ERR_OK)
        err = own_id_follow(session, changing->arena, after, &changing->organization);
    return err == ERR_OK ? history_note(session, event, after->conference_id, after->uid, detail)
                         : err;
}

enum err change_overlaps(struct session *session, const struct changing *changing,
                         const struct meeting *meeting)
{
    struct scheduled *out = changing->out;
    const struct zone *zone = NULL;
    enum err err = overlaps_find(session, changing->arena, meeting, &out->overlaps);
    if (err == ERR_OK)
        err = session_zone(session, meeting->tz, &zone);
    if (err == ERR_OK)
        overlaps_say(changing->arena, &out->overlaps, zone, &out->warnings);
    return err;
}

/* `after` is what it is to become. */
enum err change_whole(struct session *session, struct changing *changing)
{
    struct meeting_difference difference =
        meeting_difference(changing->arena, changing->before, changing->after);
    if (difference.detail.length == 0) {
        *vector_push(changing->arena, &changing->out->warnings) = "nothing was changed";
        return change_tell(session, changing, changing->after);
    }
    enum err err = change_keep(session, changing, difference.told, HISTORY_MEETING_EDITED,
                               difference.detail.bytes);
    if (err == ERR_OK)
        err = change_overlaps(session, changing, changing->after);
    return err == ERR_OK ? change_tell(session, changing, changing->after) : err;
}

static enum err edit(struct session *session, void *context)
{
    struct changing *changing = context;
    struct arena *arena = changing->arena;
    enum err err = find(session, changing);
    if (err != ERR_OK)
        return err;
    struct meeting *after = changing->after;
    if (changing->draft->uid && strcmp(changing->draft->uid, after->uid) != 0)
        return error_set(&session->error, ERR_INVALID, "UID", "a meeting keeps the one it has");
    if (change_scope(changing) == SCOPE_OCCURRENCE)
        return change_occurrence(session, changing);
    if (change_scope(changing) == SCOPE_FOLLOWING)
        return change_following(session, changing);
    err = draft_apply(session, arena, changing->draft, after->tz, after, &changing->out->warnings);
    return err == ERR_OK ? change_whole(session, changing) : err;
}

enum err desk_change(struct session *session, struct arena *arena, const char *reference,
                     int64_t version, const struct which *which, const struct draft *draft,
                     bool dry_run, struct scheduled *out)
{
    struct changing changing = {.arena = arena,
                                .reference = reference,
                                .version = version,
                                .which = which,
                                .draft = draft,
                                .dry_run = dry_run,
                                .out = out};
    return dry_run ? transaction_read(session, edit, &changing)
                   : transaction_write(session, edit, &changing);
}

/* --- cancelling --- */

/*
 * The quarantine counts from when the meeting would have been over, so that nobody who missed the
 * news reaches others.
 */
static enum err retire_id(struct session *session, const struct changing *changing)
{
    const struct meeting *meeting = changing->after;
    int64_t now = session_now(session);
    int64_t over =
        meeting->span_end == INSTANT_NEVER || meeting->span_end < now ? now : meeting->span_end;
    bool retired = false;
    enum err err = own_id_retire(session, changing->arena, meeting,
                                 quarantine_end(&changing->organization, over), &retired);
    return retired && err == ERR_OK
               ? history_note(session, HISTORY_ID_RETIRED, meeting->conference_id, meeting->uid,
                              "its meeting was cancelled")
               : err;
}

enum err cancel_whole(struct session *session, struct changing *changing)
{
    struct meeting *after = changing->after;
    after->status = MEETING_CANCELLED;
    after->sequence++;
    after->changed = session_clock(session);
    after->stamp = session_now(session);
    if (changing->dry_run)
        return change_tell(session, changing, after);
    enum err err = store_meeting_put(session->store, after);
    undo_note(session, changing->before, after);
    if (err == ERR_OK)
        err = history_note(session, HISTORY_MEETING_CANCELLED, after->conference_id, after->uid,
                           after->title);
    if (err == ERR_OK)
        err = retire_id(session, changing);
    return err == ERR_OK ? change_tell(session, changing, after) : err;
}

static enum err cancel(struct session *session, void *context)
{
    struct changing *changing = context;
    enum err err = find(session, changing);
    if (err != ERR_OK)
        return err;
    if (change_scope(changing) == SCOPE_SERIES)
        return cancel_whole(session, changing);
    bool following = change_scope(changing) == SCOPE_FOLLOWING;
    changing->out->cancelled = changing->occurrence;
    changing->out->cancelled_following = following;
    return following ? cancel_following(session, changing) : cancel_occurrence(session, changing);
}

enum err desk_cancel(struct session *session, struct arena *arena, const char *reference,
                     int64_t version, const struct which *which, bool dry_run,
                     struct scheduled *out)
{
    struct changing changing = {.arena = arena,
                                .reference = reference,
                                .version = version,
                                .which = which,
                                .dry_run = dry_run,
                                .out = out};
    return dry_run ? transaction_read(session, cancel, &changing)
                   : transaction_write(session, cancel, &changing);
}
