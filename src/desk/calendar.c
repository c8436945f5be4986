/*
 * Meetings and their occurrences: the time that a meeting comes to, and which meeting a reference
 * names.
 */
#include "calendar.h"
#include <core/series.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

enum { PREFIX_MIN = 4 };

static struct occurrence first_by_rule(const struct meeting *meeting)
{
    return (struct occurrence){
        .meeting = meeting,
        .start = meeting->start,
        .end = meeting->end,
        .recurrence = meeting->start_local,
        .title = meeting->title,
        .location = meeting->location,
    };
}

/*
 * A meeting whose rule or zone can't be read has one occurrence, at the instants that were stored.
 * `check` reports the meeting, and the rest of the calendar stays readable.
 */
static enum err settle_unreadable(struct session *session, enum err err)
{
    if (err == ERR_INVALID)
        error_clear(&session->error);
    return err == ERR_INVALID ? ERR_OK : err;
}

enum err meeting_expand(struct session *session, struct arena *arena, const struct meeting *meeting,
                        int64_t from, int64_t to, size_t limit, struct occurrences *out)
{
    const struct zone *zone = NULL;
    enum err err = session_zone(session, meeting->tz, &zone);
    if (!err)
        err = series_occurrences(arena, meeting, zone, from, to, limit, out, &session->error);
    if (err == ERR_INVALID && meeting->start < to && meeting->end > from)
        *vector_push(arena, out) = first_by_rule(meeting);
    return settle_unreadable(session, err);
}

enum err meeting_nearest(struct session *session, struct arena *arena,
                         const struct meeting *meeting, int64_t at, struct occurrence *out)
{
    const struct zone *zone = NULL;
    bool found = false;
    *out = first_by_rule(meeting);
    if (meeting_single(meeting)) /* a lookup of it needs no zone file */
        return ERR_OK;
    enum err err = session_zone(session, meeting->tz, &zone);
    if (!err)
        err = series_nearest(arena, meeting, zone, at, out, &found, &session->error);
    if (err || !found)
        *out = first_by_rule(meeting);
    return settle_unreadable(session, err);
}

enum err meetings_nearest(struct session *session, struct arena *arena, const struct meetings *list,
                          int64_t at, struct occurrences *out)
{
    if (out->count == 0)
        out->items = arena_array(arena, out->capacity = list->count, sizeof *out->items);
    for (size_t i = 0; i < list->count; i++) {
        enum err err =
            meeting_nearest(session, arena, &list->items[i], at, vector_push(arena, out));
        if (err)
            return err;
    }
    return ERR_OK;
}

/* --- which meeting a reference names --- */

static enum err static_reference(struct session *session, struct arena *arena,
                                 const char *reference, const char *digits)
{
    int64_t users = 0;
    enum err err = store_id_users(session->store, digits, &users);
    if (err)
        return err;
    return error_set_what(&session->error, ERR_INVALID,
                          arena_format(arena,
                                       "is a static ID, shared by %lld meeting%s; name one by its "
                                       "UID (see 'dialdesk lookup %s')",
                                       (long long)users, users == 1 ? "" : "s", digits),
                          "meeting '%s'", reference);
}

/* *is_static: the digits are a static ID; they may be the beginning of a UID all the same. */
static enum err resolve_digits(struct session *session, struct arena *arena, const char *digits,
                               struct meeting *out, bool *found, bool *is_static)
{
    struct id_record record = {0};
    bool issued = false;
    *found = false;
    enum err err = store_id_find(arena, session->store, digits, &record, &issued);
    if (err || !issued)
        return err;
    *is_static = record.kind == ID_KIND_STATIC;
    if (*is_static || !record.meeting_uid)
        return ERR_OK;
    return store_meeting_find(arena, session->store, record.meeting_uid, out, found);
}

static enum err resolve_prefix(struct session *session, struct arena *arena, const char *prefix,
                               struct meeting *out, bool *found)
{
    struct meetings list = {0};
    *found = false;
    if (strlen(prefix) < PREFIX_MIN)
        return ERR_OK;
    enum err err = store_meetings_by_prefix(arena, session->store, prefix, 3, &list);
    if (err || list.count == 0)
        return err;
    if (list.count > 1)
        return error_set_what(&session->error, ERR_INVALID,
                              arena_format(arena, "several UIDs begin with this: %s and %s%s",
                                           list.items[0].uid, list.items[1].uid,
                                           list.count > 2 ? " and others" : ""),
                              "meeting '%s'", prefix);
    *out = list.items[0];
    *found = true;
    return ERR_OK;
}

enum err meeting_resolve(struct session *session, struct arena *arena, const char *reference,
                         struct meeting *out)
{
    bool found = false, is_static = false;
    char digits[ID_SIZE];
    enum err err = store_meeting_find(arena, session->store, reference, out, &found);
    if (err)
        return err;
    if (!found && conference_id_normalize(reference, digits))
        err = resolve_digits(session, arena, digits, out, &found, &is_static);
    if (err)
        return err;
    if (!found)
        err = resolve_prefix(session, arena, reference, out, &found);
    if (err || found)
        return err;
    if (is_static)
        return static_reference(session, arena, reference, digits);
    return error_set_what(
        &session->error, ERR_NOT_FOUND,
        strlen(reference) < PREFIX_MIN
            ? "no meeting has this UID; the beginning of one has 4 characters or more"
            : "no meeting has this UID or dynamic ID; 'dialdesk search TEXT' finds it by its "
              "title",
        "meeting '%s'", reference);
}

enum err meeting_refuse(struct session *session, struct arena *arena, const struct meeting *meeting,
                        const char *why)
{
    return error_set_what(&session->error, ERR_REFUSED, why, "meeting %s",
                          meeting_label(arena, meeting));
}

enum err meeting_check_own(struct session *session, struct arena *arena,
                           const struct meeting *meeting)
{
    if (!meeting_foreign(meeting))
        return ERR_OK;
    return meeting_refuse(session, arena, meeting,
                          arena_format(arena,
                                       "it is not ours: %s invited to it, and is not in the "
                                       "directory",
                                       meeting->invited_by));
}
