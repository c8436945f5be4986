/*
 * Converting: a legacy meeting leaves its static ID for a dynamic one of its own, and its attendees
 * are owed a reminder. All meetings that are named are converted in one transaction, or none. The
 * design, section 2, "Conversion and its reminders".
 */
#include "calendar.h"
#include "directory.h"
#include "undo_journal.h"
#include <core/history.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

struct converting {
    struct arena *arena;
    bool remind;
    struct conversions *out;

    int64_t now;
    struct organization organization;
    struct numbers numbers;
    struct known_organizers organizers;
    struct strings done; /* UIDs: a meeting named twice is converted once */
    struct strings left; /* static IDs that were left */
};

/* NULL, or why the meeting is not converted. */
static const char *why_not(const struct meeting *meeting, int64_t now)
{
    if (meeting->status == MEETING_CANCELLED)
        return "it is cancelled";
    if (meeting->id_kind == ID_KIND_DYNAMIC)
        return "it has a dynamic ID already";
    if (meeting->id_kind != ID_KIND_STATIC)
        return "it has no static ID that could be converted";
    return meeting_over(meeting, now) ? "it is over; nobody will dial in any more" : NULL;
}

static enum err check_meeting(struct session *session, struct converting *converting,
                              const struct meeting *meeting)
{
    struct arena *arena = converting->arena;
    const struct organizer *organizer = NULL;
    const char *why = why_not(meeting, converting->now);
    enum err err = meeting_check_own(session, arena, meeting);
    if (!err && !why)
        err = organizer_known(session, arena, &converting->organizers, meeting->organizer_uid,
                              &organizer);
    if (err)
        return err;
    why = why ? why : organizer_obstacle(organizer);
    return why ? meeting_refuse(session, arena, meeting, why) : ERR_OK;
}

/* --- one meeting --- */

static enum err id_exchange(struct session *session, const struct converting *converting,
                            struct meeting *meeting)
{
    char digits[ID_SIZE];
    enum err err = store_id_issue(
        session->store, session->random, converting->organization.id_digits, meeting->organizer_uid,
        meeting->uid, meeting_reserved_until(meeting, &converting->organization), converting->now,
        digits, NULL);
    if (err)
        return err;
    meeting_texts_renew(converting->arena, &converting->numbers, meeting, meeting->conference_id,
                        digits);
    meeting->conference_id = arena_copy(converting->arena, digits);
    meeting->id_kind = ID_KIND_DYNAMIC;
    meeting->sequence++;
    meeting->changed = session_clock(session);
    meeting->stamp = session_now(session);
    return store_meeting_put(session->store, meeting);
}

static enum err note_conversion(struct session *session, const struct converting *converting,
                                const struct conversion *conversion)
{
    struct arena *arena = converting->arena;
    enum err err = store_move_add(session->store, conversion->uid, conversion->old_id,
                                  conversion->new_id, session_clock(session));
    if (err)
        return err;
    err =
        history_note(session, HISTORY_ID_ISSUED, conversion->new_id, conversion->uid, "dynamic ID");
    if (err)
        return err;
    err = history_note(session, HISTORY_MEETING_CONVERTED, conversion->new_id, conversion->uid,
                       arena_format(arena, "%s -> %s", conversion->old_id, conversion->new_id));
    if (err)
        return err;
    return history_note(
        session, HISTORY_ID_LEFT, conversion->old_id, conversion->uid,
        arena_format(arena, "'%s' moved to %s", conversion->title, conversion->new_id));
}

static enum err queue_reminders(struct session *session, const struct converting *converting,
                                const struct meeting *meeting, struct conversion *conversion)
{
    enum err err = ERR_OK;
    if (!converting->remind)
        return ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < meeting->attendees.count; i++) {
        struct message reminder = {.kind = MESSAGE_REMINDER,
                                   .recipient = meeting->attendees.items[i].email,
                                   .old_id = conversion->old_id,
                                   .new_id = conversion->new_id};
        err = outbox_queue(session, converting->arena, meeting, &reminder);
        conversion->reminders++;
    }
    return err;
}

static enum err convert_meeting(struct session *session, struct converting *converting,
                                const char *reference)
{
    struct arena *arena = converting->arena;
    struct meeting meeting = {0};
    enum err err = meeting_resolve(session, arena, reference, &meeting);
    bool again = meeting.id_kind == ID_KIND_DYNAMIC && strings_hold(&converting->done, meeting.uid);
    if (err || again)
        return err;
    *vector_push(arena, &converting->done) = meeting.uid;
    const struct meeting before = meeting;
    struct conversion conversion = {
        .uid = meeting.uid, .title = meeting.title, .old_id = meeting.conference_id};
    err = check_meeting(session, converting, &meeting);
    if (err)
        return err;
    err = id_exchange(session, converting, &meeting);
    if (err)
        return err;
    conversion.new_id = meeting.conference_id;
    undo_note(session, &before, &meeting);
    err = note_conversion(session, converting, &conversion);
    if (err)
        return err;
    err = queue_reminders(session, converting, &meeting, &conversion);
    if (err)
        return err;
    if (!strings_hold(&converting->left, conversion.old_id))
        *vector_push(arena, &converting->left) = conversion.old_id;
    *vector_push(arena, converting->out) = conversion;
    return ERR_OK;
}

/* --- what was left --- */

/*
 * The ID that took a static one's place: that of its only meeting, else of the first that left it.
 */
static const char *id_in_its_place(const struct converting *converting, const char *old_id)
{
    for (size_t i = 0; i < converting->out->count; i++) {
        if (strcmp(converting->out->items[i].old_id, old_id) == 0)
            return converting->out->items[i].new_id;
    }
    return NULL;
}

static enum err retire_where_unused(struct session *session, const struct converting *converting,
                                    const char *old_id)
{
    struct meetings using = {0};
    enum err err = meetings_on_id(session, converting->arena, old_id, &using);
    if (err || using.count > 0)
        return err;
    err = store_id_retire(session->store, old_id, converting->now,
                          quarantine_end(&converting->organization, converting->now),
                          id_in_its_place(converting, old_id));
    return err ? err
               : history_note(session, HISTORY_ID_RETIRED, old_id, NULL,
                              "its last meeting was converted");
}

/* Fills in organization, numbers and now. ERR_REFUSED before the cut-over. */
static enum err check_cut_over(struct session *session, struct converting *converting)
{
    enum err err =
        store_organization_get(converting->arena, session->store, &converting->organization);
    if (err)
        return err;
    err = store_numbers_list(converting->arena, session->store, &converting->numbers);
    if (err)
        return err;
    converting->now = session_now(session);
    if (organization_dynamic(&converting->organization, converting->now))
        return ERR_OK;
    return error_set(
        &session->error, ERR_REFUSED, "convert",
        "the organization issues no dynamic IDs yet; see 'dialdesk org --dynamic-ids'");
}

enum err desk_convert_check(struct session *session, struct arena *arena)
{
    return READING(session, check_cut_over(session, &(struct converting){.arena = arena}));
}

static enum err convert(struct session *session, struct converting *converting,
                        const struct strings *references)
{
    *converting->out = (struct conversions){0};
    enum err err = check_cut_over(session, converting);
    for (size_t i = 0; !err && i < references->count; i++)
        err = convert_meeting(session, converting, references->items[i]);
    for (size_t i = 0; !err && i < converting->left.count; i++)
        err = retire_where_unused(session, converting, converting->left.items[i]);
    return err;
}

enum err desk_convert(struct session *session, struct arena *arena,
                      const struct strings *references, bool remind, struct conversions *out)
{
    struct writing writing = {0};
    while (writing_next(session, &writing)) {
        struct converting converting = {.arena = arena, .remind = remind, .out = out};
        writing.err = convert(session, &converting, references);
    }
    return writing.err;
}

/* --- all of an organizer's --- */

static enum err convert_all(struct session *session, struct arena *arena,
                            const struct organizer *organizer, bool remind, struct conversions *out)
{
    struct meetings legacy = {0};
    struct strings references = {0};
    store_bulk(session->store, true);
    enum err err = store_meetings_legacy(arena, session->store, organizer ? organizer->uid : NULL,
                                         session_now(session), 0, false, &legacy);
    for (size_t i = 0; !err && i < legacy.count; i++)
        *vector_push(arena, &references) = legacy.items[i].uid;
    return err ? err : desk_convert(session, arena, &references, remind, out);
}

enum err desk_convert_all(struct session *session, struct arena *arena,
                          const struct organizer *organizer, bool remind, struct conversions *out)
{
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = convert_all(session, arena, organizer, remind, out);
    if (session->store) /* it could be opened */
        store_bulk(session->store, false);
    return writing.err;
}
