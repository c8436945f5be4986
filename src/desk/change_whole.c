/*
 * A whole meeting changed or cancelled, and what its parts have in common with that: storing,
 * telling, overlaps. Its conference ID stays what it is, whatever is edited; only its reservation
 * follows the time. Cancelling retires a dynamic ID.
 */
#include "calendar.h"
#include "change.h"
#include "undo_journal.h"
#include <desk/own_id.h>
#include <desk/transaction.h>
#include <store/meetings.h>

enum err change_show(struct session *session, const struct changing *changing,
                     const struct meeting *meeting)
{
    return meeting_with_risk(session, changing->arena, &changing->organization, meeting,
                             &changing->out->meeting);
}

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
    if (err)
        return err;
    err = own_id_follow(session, changing->arena, after, &changing->organization);
    return err ? err : history_note(session, event, after->conference_id, after->uid, detail);
}

enum err change_whole(struct session *session, struct changing *changing)
{
    struct meeting_difference difference =
        meeting_difference(changing->arena, changing->before, changing->after);
    if (difference.detail.length == 0) {
        *vector_push(changing->arena, &changing->out->warnings) = "nothing was changed";
        return change_show(session, changing, changing->after);
    }
    enum err err = change_keep(session, changing, difference.told, HISTORY_MEETING_EDITED,
                               difference.detail.bytes);
    if (err)
        return err;
    err = overlaps_warn(session, changing->arena, changing->after, &changing->out->warnings);
    return err ? err : change_show(session, changing, changing->after);
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
    if (err || !retired)
        return err;
    return history_note(session, HISTORY_ID_RETIRED, meeting->conference_id, meeting->uid,
                        "its meeting was cancelled");
}

enum err cancel_whole(struct session *session, struct changing *changing)
{
    struct meeting *after = changing->after;
    after->status = MEETING_CANCELLED;
    after->sequence++;
    after->changed = session_clock(session);
    after->stamp = session_now(session);
    if (changing->dry_run)
        return change_show(session, changing, after);
    enum err err = store_meeting_put(session->store, after);
    undo_note(session, changing->before, after);
    if (err)
        return err;
    err = history_note(session, HISTORY_MEETING_CANCELLED, after->conference_id, after->uid,
                       after->title);
    if (err)
        return err;
    err = retire_id(session, changing);
    return err ? err : change_show(session, changing, after);
}
