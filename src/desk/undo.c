/*
 * Undoing the last step. The journal has each meeting's old record; whether it may be restored is
 * checked in the transaction that writes it: all meetings of the step go back, or none.
 */
#include "undo_journal.h"
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <store/outbox.h>
#include <string.h>

struct undoing {
    struct arena *arena;
    const struct undo_changes *changes;
    struct organization organization;
    int64_t now;
    size_t first;      /* the first change to take back, with all behind it */
    int64_t *versions; /* the version at which each change leaves its meeting */
    size_t withdrawn;
    struct meeting changed; /* the last one that was looked at, as the change had left it */
    const struct undo_change *refused;
};

/* One meeting that is being restored. */
struct taking_back {
    struct undoing *undoing;
    const struct undo_change *change;
    struct meeting restored; /* what it was, with a higher version and SEQUENCE */
};

static enum err refuse(struct session *session, enum err code, const struct undo_change *change,
                       const char *why)
{
    return error_set_what(&session->error, code, why, "undo '%s'", change->title);
}

/* --- conference IDs --- */

/*
 * True if conversions retired the ID: a dynamic ID took its place. A reset or another static ID was
 * somebody's decision.
 */
static enum err left_by_conversion(struct session *session, struct arena *arena,
                                   const struct id_record *record, bool *by_conversion)
{
    struct id_record next = {0};
    *by_conversion = false;
    if (!record->replaced_by)
        return ERR_OK;
    enum err err = store_id_get(arena, session->store, record->replaced_by, &next);
    *by_conversion = !err && next.kind == ID_KIND_DYNAMIC;
    return err;
}

static enum err revive(struct session *session, const struct taking_back *back,
                       int64_t reserved_until)
{
    const char *digits = back->restored.conference_id;
    enum err err = store_id_revive(session->store, digits, reserved_until, back->undoing->now);
    return err ? err
               : history_note(session, HISTORY_ID_LIVE_AGAIN, digits, back->restored.uid,
                              "what retired it was undone");
}

/* If the organizer has no static ID any more, this becomes the current one again. */
static enum err revive_static(struct session *session, const struct taking_back *back)
{
    struct organizer owner = {0};
    enum err err = revive(session, back, INSTANT_NEVER);
    if (err)
        return err;
    err = store_organizer_by_uid(back->undoing->arena, session->store, back->restored.organizer_uid,
                                 &owner);
    if (err)
        return err;
    if (!owner.static_id)
        err = store_organizer_static_id(session->store, owner.uid, back->restored.conference_id);
    return err;
}

static enum err static_back(struct session *session, const struct taking_back *back,
                            const struct id_record *record)
{
    bool by_conversion = false;
    if (record->kind != ID_KIND_STATIC ||
        strcmp(record->organizer_uid, back->restored.organizer_uid) != 0)
        return refuse(session, ERR_REFUSED, back->change,
                      "its conference ID is another organizer's by now");
    if (!record->retired)
        return ERR_OK;
    enum err err = left_by_conversion(session, back->undoing->arena, record, &by_conversion);
    if (err)
        return err;
    if (!by_conversion)
        err = refuse(session, ERR_REFUSED, back->change, "its static ID was reset since");
    return err ? err : revive_static(session, back);
}

static enum err dynamic_back(struct session *session, const struct taking_back *back,
                             const struct id_record *record)
{
    int64_t until = meeting_reserved_until(&back->restored, &back->undoing->organization);
    if (record->kind != ID_KIND_DYNAMIC || strcmp(record->meeting_uid, back->restored.uid) != 0)
        return refuse(session, ERR_REFUSED, back->change,
                      "its conference ID belongs to another meeting by now");
    if (record->retired)
        return revive(session, back, until);
    return store_id_revive(session->store, record->digits, until, back->undoing->now);
}

/* The ID that the meeting had must still be its own; it is made live again. */
static enum err id_back(struct session *session, const struct taking_back *back)
{
    struct id_record record = {0};
    const char *digits = back->restored.conference_id;
    if (!digits)
        return ERR_OK;
    enum err err = store_id_get(back->undoing->arena, session->store, digits, &record);
    if (err)
        return err;
    return back->restored.id_kind == ID_KIND_DYNAMIC ? dynamic_back(session, back, &record)
                                                     : static_back(session, back, &record);
}

/* --- what a conversion left --- */

/*
 * Some attendees may know the new ID: it rests as long as a cancelled meeting's, and a lookup of it
 * names the restored ID.
 */
static enum err retire_new_id(struct session *session, const struct taking_back *back)
{
    const struct meeting *meeting = &back->restored;
    const char *new_id = back->change->conference_id;
    struct undoing *undoing = back->undoing;
    int64_t over = meeting->span_end == INSTANT_NEVER || meeting->span_end < undoing->now
                       ? undoing->now
                       : meeting->span_end;
    enum err err =
        store_id_retire(session->store, new_id, undoing->now,
                        quarantine_end(&undoing->organization, over), meeting->conference_id);
    if (err)
        return err;
    err = history_note(session, HISTORY_ID_RETIRED, new_id, meeting->uid,
                       "its conversion was undone");
    if (err)
        return err;
    err = store_move_remove(session->store, meeting->uid, meeting->conference_id);
    if (err)
        return err;
    err = store_move_add(session->store, meeting->uid, new_id, meeting->conference_id,
                         session_clock(session));
    if (err)
        return err;
    return history_note(session, HISTORY_ID_LEFT, new_id, meeting->uid,
                        arena_format(undoing->arena, "'%s' moved back to %s", meeting->title,
                                     meeting->conference_id));
}

static enum err withdraw_reminders(struct session *session, const struct taking_back *back)
{
    struct messages list = {0};
    const char *new_id = back->change->conference_id;
    enum err err = store_outbox_list(
        back->undoing->arena, session->store,
        &(struct message_filter){.meeting_uid = back->restored.uid, .reminders = true}, &list);
    for (size_t i = 0; err == ERR_OK && i < list.count; i++) {
        const struct message *one = &list.items[i];
        if (!one->new_id || strcmp(one->new_id, new_id) != 0)
            continue;
        if (one->state == MESSAGE_WITHDRAWN)
            continue;
        if (one->state == MESSAGE_SENDING || one->state == MESSAGE_SENT ||
            one->state == MESSAGE_UNCERTAIN)
            return refuse(session, ERR_REFUSED, back->change,
                          "a reminder with its new conference ID was sent already");
        err = store_outbox_remove(session->store, one->id);
        back->undoing->withdrawn++;
    }
    return err;
}

static enum err conversion_back(struct session *session, const struct taking_back *back)
{
    enum err err = withdraw_reminders(session, back);
    return err ? err : retire_new_id(session, back);
}

/* --- one meeting --- */

static const char *const events[] = {"scheduling", "edit", "cancelling", "conversion"};

static enum err put_back(struct session *session, struct taking_back *back, int64_t *version)
{
    const struct undo_change *change = back->change;
    struct meeting *meeting = &back->restored;
    enum err err = ERR_OK;
    if (change->kind == UNDO_CONVERT)
        err = conversion_back(session, back);
    if (err)
        return err;
    err = id_back(session, back);
    if (err)
        return err;
    err = store_meeting_put(session->store, meeting);
    *version = meeting->version;
    return err;
}

/* A new meeting is cancelled, not deleted: its ID was issued, and somebody may know it. */
static enum err cancel_again(struct session *session, const struct taking_back *back,
                             int64_t *version)
{
    struct scheduled now = {0};
    undo_hold(session, true);
    enum err err = desk_cancel(session, back->undoing->arena, back->change->uid,
                               back->change->version, NULL, &now);
    undo_hold(session, false);
    *version = !err ? now.meeting.meeting->version : 0;
    return err;
}

static enum err take_back(struct session *session, struct undoing *undoing, size_t at)
{
    struct taking_back back = {.undoing = undoing, .change = &undoing->changes->items[at]};
    const struct undo_change *change = back.change;
    struct meeting now = {0};
    enum err err = store_meeting_get(undoing->arena, session->store, change->uid, &now);
    if (err)
        return err;
    undoing->changed = now;
    if (now.version != change->version)
        return refuse(session, ERR_CONFLICT, change, "it was changed again since");
    if (change->before) {
        back.restored = *change->before;
        back.restored.version = now.version;
        back.restored.sequence = now.sequence + (now.sequence > change->before->sequence);
        back.restored.changed = session_clock(session);
        back.restored.stamp = session_now(session);
        err = put_back(session, &back, &undoing->versions[at]);
    } else {
        err = cancel_again(session, &back, &undoing->versions[at]);
    }
    const char *id = change->before ? change->before->conference_id : change->conference_id;
    return err ? err : history_note(session, HISTORY_UNDONE, id, change->uid, events[change->kind]);
}

/* --- a step, or a part of it --- */

static const char *day_words(struct arena *arena, struct local_time day)
{
    return arena_format(arena, "%d %s", day.day, month_long_name(day.month));
}

/*
 * The one occurrence that the change had cancelled or changed, told as it is now; NULL: the change
 * was of the whole series, or of a single meeting.
 */
static const char *occurrence_words(struct arena *arena, const struct meeting *changed,
                                    const struct meeting *before)
{
    for (size_t i = 0; i < changed->exdates.count; i++)
        if (!local_times_hold(&before->exdates, changed->exdates.items[i]))
            return arena_format(arena, "the occurrence of %s is back",
                                day_words(arena, changed->exdates.items[i]));
    for (size_t i = 0; i < changed->overrides.count; i++) {
        const struct meeting_override *one = &changed->overrides.items[i];
        const struct meeting_override *old = meeting_override_at(before, one->recurrence);
        const char *day = day_words(arena, one->recurrence);
        if (one->cancelled && !(old && old->cancelled))
            return arena_format(arena, "the occurrence of %s is back", day);
        if (!old)
            return arena_format(arena, "the occurrence of %s is as the series has it", day);
    }
    return NULL;
}

static const char *sentence_for_edit(const struct undoing *undoing,
                                     const struct undo_change *change)
{
    const struct meeting *before = change->before;
    struct arena *arena = undoing->arena;
    const char *occurrence = before ? occurrence_words(arena, &undoing->changed, before) : NULL;
    const char *title = before ? before->title : change->title;
    return occurrence ? arena_format(arena, "%s ('%s')", occurrence, title)
                      : arena_format(arena, "'%s' is as it was before the edit", title);
}

static const char *sentence_for_one(const struct undoing *undoing, const struct undo_change *change)
{
    const char *id = change->before ? change->before->conference_id : change->conference_id;
    struct arena *arena = undoing->arena;
    switch (change->kind) {
    case UNDO_NEW:
        return arena_format(arena, "'%s' is cancelled%s%s", change->title,
                            id ? "; it had the ID " : "", id ? id : "");
    case UNDO_EDIT:
        return sentence_for_edit(undoing, change);
    case UNDO_CANCEL:
        return arena_format(arena, "'%s' stands again%s%s", change->title, id ? " on " : "",
                            id ? id : "");
    case UNDO_CONVERT:
        break;
    }
    return arena_format(arena, "'%s' is back on %s; %s is retired", change->title, id,
                        change->conference_id);
}

static const char *sentence_for_many(struct arena *arena, const struct undone *out)
{
    static const char *const becomes[] = {"are cancelled", "are as they were before the edit",
                                          "stand again", "are back on their static IDs"};
    return arena_format(arena, "%zu meetings %s", out->meetings,
                        out->mixed ? "are as they were" : becomes[out->kind]);
}

/* Adds the changes that were just taken back to what earlier calls reported. */
static void report_step(const struct undoing *undoing, struct undone *out)
{
    const struct undo_change *changes = undoing->changes->items;
    size_t count = undoing->changes->count - undoing->first;
    for (size_t i = undoing->first; i < undoing->changes->count; i++) {
        out->mixed = out->mixed || (out->meetings > 0 && changes[i].kind != out->kind);
        out->kind = changes[i].kind;
        out->meetings++;
    }
    out->withdrawn += undoing->withdrawn;
    out->left = undoing->first;
    const char *told = out->meetings == 1 && count == 1
                           ? sentence_for_one(undoing, &changes[undoing->first])
                           : sentence_for_many(undoing->arena, out);
    out->event = out->withdrawn ? arena_format(undoing->arena, "%s; %zu reminder%s withdrawn", told,
                                               out->withdrawn, out->withdrawn == 1 ? "" : "s")
                                : told;
}

static enum err undo_step(struct session *session, struct undoing *undoing)
{
    undoing->now = session_now(session);
    undoing->withdrawn = 0;
    undoing->refused = NULL;
    enum err err = store_organization_get(undoing->arena, session->store, &undoing->organization);
    /* The last change first: what a step did later may stand on what it did before. */
    for (size_t i = undoing->changes->count; !err && i-- > undoing->first;) {
        err = take_back(session, undoing, i);
        if (err == ERR_CONFLICT || err == ERR_REFUSED || err == ERR_NOT_FOUND)
            undoing->refused = &undoing->changes->items[i];
    }
    return err;
}

enum err desk_undo(struct session *session, struct arena *arena, size_t most, struct undone *out)
{
    const struct undo_changes *changes = undo_next(session);
    out->refused = NULL;
    if (!changes)
        return error_set(&session->error, ERR_NOT_FOUND, "undo",
                         "nothing was changed in this console that can be undone");
    struct undoing undoing = {.arena = arena, .changes = changes};
    undoing.first = most && most < changes->count ? changes->count - most : 0;
    undoing.versions = arena_array(arena, changes->count, sizeof *undoing.versions);
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = undo_step(session, &undoing);
    out->refused = undoing.refused;
    out->left = changes->count;
    if (writing.err)
        return writing.err;
    report_step(&undoing, out);
    for (size_t i = undoing.first; i < changes->count; i++)
        undo_rebase(session, &changes->items[i], undoing.versions[i]);
    undo_shorten(session, undoing.first);
    return ERR_OK;
}
