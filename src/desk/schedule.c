/*
 * Scheduling: a draft becomes a stored meeting with the conference ID that the rules give it, all
 * in one transaction. The design, section 2, "Which ID a new meeting gets".
 */
#include "schedule.h"
#include "calendar.h"
#include "directory.h"
#include "draft.h"
#include "undo_journal.h"
#include <base/utf8.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

static enum err uid_check(struct session *session, struct arena *arena, const char *uid)
{
    struct meeting there = {0};
    bool found = false;
    bool sound = uid[0] && strlen(uid) <= MEETING_UID_MAX && utf8_valid(uid, strlen(uid));
    for (const char *c = uid; sound && *c; c++)
        sound = (unsigned char)*c > ' ' && *c != 0x7f;
    if (!sound)
        return error_set(&session->error, ERR_INVALID, "UID",
                         "it is empty, too long, or holds spaces or control characters");
    enum err err = store_meeting_find(arena, session->store, uid, &there, &found);
    if (err || !found)
        return err;
    return error_set_what(&session->error, ERR_REFUSED, "another meeting has this UID already",
                          "UID '%s'", uid);
}

static enum err meeting_start(struct session *session, struct arena *arena,
                              const struct organizer *organizer, const struct draft *draft,
                              struct meeting *meeting, struct strings *warnings)
{
    char *uid = arena_alloc(arena, UID_SIZE);
    uid_new(uid);
    *meeting = (struct meeting){
        .uid = draft->uid ? draft->uid : uid,
        .organizer_uid = organizer->uid,
        .organizer = organizer->email,
        .location = "",
        .notes = "",
        .created = session_clock(session),
        .changed = session_clock(session),
        .stamp = session_now(session),
    };
    const struct zone *zone = NULL;
    enum err err = desk_reader_zone(session, organizer, &zone);
    if (err)
        return err;
    if (draft->uid)
        err = uid_check(session, arena, draft->uid);
    if (err)
        return err;
    return draft_apply(session, arena, draft, zone_name(zone), meeting, warnings);
}

/* --- its ID --- */

static enum err issue_dynamic(struct session *session, struct arena *arena,
                              const struct new_meeting *new)
{
    struct meeting *meeting = new->meeting;
    char digits[ID_SIZE];
    enum err err = store_id_issue(session->store, session->random, new->organization->id_digits,
                                  meeting->organizer_uid, meeting->uid,
                                  meeting_reserved_until(meeting, new->organization),
                                  session_now(session), digits, NULL);
    if (err)
        return err;
    meeting->conference_id = arena_copy(arena, digits);
    return history_note(session, HISTORY_ID_ISSUED, meeting->conference_id, meeting->uid,
                        "dynamic ID");
}

/*
 * The organizer's static ID, issued on first need. A dry run issues none and may leave the meeting
 * without an ID.
 */
static enum err use_static(struct session *session, struct arena *arena,
                           const struct new_meeting *new)
{
    new->meeting->conference_id = new->organizer->static_id;
    if (new->organizer->static_id || new->dry_run)
        return ERR_OK;
    return static_id_issue(session, arena, new->organizer, new->meeting->uid,
                           &new->meeting->conference_id);
}

static enum err assign_id(struct session *session, struct arena *arena, struct new_meeting *new)
{
    struct meeting *meeting = new->meeting;
    meeting->id_kind =
        assign_id_kind(new->organization, new->organizer, session_now(session), &new->reason);
    if (meeting->id_kind == ID_KIND_STATIC)
        return use_static(session, arena, new);
    if (meeting->id_kind == ID_KIND_DYNAMIC && !new->dry_run)
        return issue_dynamic(session, arena, new);
    return ERR_OK;
}

enum err meeting_schedule(struct session *session, struct arena *arena, struct new_meeting *new)
{
    struct meeting *meeting = new->meeting;
    enum err err = assign_id(session, arena, new);
    if (err || new->dry_run)
        return err;
    if (new->old_id && meeting->conference_id) {
        struct numbers numbers = {0};
        err = store_numbers_list(arena, session->store, &numbers);
        if (err)
            return err;
        meeting_texts_renew(arena, &numbers, meeting, new->old_id, meeting->conference_id);
    }
    err = store_meeting_put(session->store, meeting);
    undo_note(session, NULL, meeting);
    return err ? err
               : history_note(session, HISTORY_MEETING_SCHEDULED, meeting->conference_id,
                              meeting->uid, new->detail);
}

/* --- the use case --- */

/* Read again: a static ID may have been issued or reset since the caller read the record. */
static enum err organizer_read(struct session *session, struct arena *arena, bool dry_run,
                               struct organization *organization, struct organizer *organizer)
{
    struct store *store = session->store;
    enum err err = store_organization_ahead(store);
    if (!err)
        err = store_organizer_ahead(store, organizer->uid);
    if (!err && !dry_run)
        err = store_id_issue_ahead(store, session_now(session));
    if (!err)
        err = store_organization_get(arena, store, organization);
    return err ? err : store_organizer_by_uid(arena, store, organizer->uid, organizer);
}

static enum err schedule(struct session *session, struct arena *arena, struct organizer organizer,
                         const struct draft *draft, bool dry_run, struct scheduled *out)
{
    struct organization organization = {0};
    struct meeting *meeting = arena_alloc(arena, sizeof *meeting);
    struct new_meeting new = {&organization, &organizer, meeting, .dry_run = dry_run};
    *out = (struct scheduled){0};
    enum err err = organizer_read(session, arena, dry_run, &organization, &organizer);
    if (err)
        return err;
    err = meeting_start(session, arena, &organizer, draft, meeting, &out->warnings);
    if (err)
        return err;
    err = overlaps_warn(session, arena, meeting, &out->warnings);
    if (err)
        return err;
    new.detail = meeting->title;
    err = meeting_schedule(session, arena, &new);
    out->reason = new.reason;
    if (err)
        return err;
    return meeting_with_risk(session, arena, &organization, meeting, &out->meeting);
}

enum err desk_schedule(struct session *session, struct arena *arena,
                       const struct organizer *organizer, const struct draft *draft, bool dry_run,
                       struct scheduled *out)
{
    struct writing writing = {.only_reads = dry_run};
    while (writing_next(session, &writing))
        writing.err = schedule(session, arena, *organizer, draft, dry_run, out);
    return writing.err;
}
