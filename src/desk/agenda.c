/*
 * Reading the calendar: what is on, one meeting, the legacy ones, what a search finds, what
 * happened.
 */
#include "calendar.h"
#include "uids.h"
#include <core/series.h>
#include <desk/transaction.h>
#include <stdlib.h>
#include <store/directory.h>
#include <store/history.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

/* NULL: everybody's. */
static const char *uid_of(const struct organizer *organizer)
{
    return organizer ? organizer->uid : NULL;
}

/* The list outlives the function that fills it: occurrences point to its meetings. */
static struct meetings *meetings_new(struct arena *arena)
{
    return arena_alloc(arena, sizeof(struct meetings));
}

static enum err nearest_with_risk(struct session *session, struct arena *arena,
                                  const struct meetings *list, struct occurrences *out)
{
    int64_t now = session_now(session);
    struct organization organization = {0};
    enum err err = store_organization_get(arena, session->store, &organization);
    if (err)
        return err;
    err = meetings_nearest(session, arena, list, now, out);
    if (err)
        return err;
    return risks_of_meetings(session, arena, &organization, now, out);
}

/* --- the agenda --- */

enum err desk_agenda(struct session *session, struct arena *arena,
                     const struct organizer *organizer, int64_t from, int64_t to,
                     bool cancelled_too, struct occurrences *out)
{
    struct meetings *list = meetings_new(arena);
    struct organization organization = {0};
    *out = (struct occurrences){0};
    enum err err = reading_begin(session);
    if (!err)
        err = store_organization_get(arena, session->store, &organization);
    if (!err)
        err = store_meetings_between(arena, session->store, uid_of(organizer), from, to,
                                     cancelled_too, list);
    out->items = arena_array(arena, out->capacity = list->count, sizeof *out->items);
    for (size_t i = 0; !err && i < list->count; i++)
        err = meeting_expand(session, arena, &list->items[i], from, to, 0, out);
    if (!err)
        err = risks_of_occurrences(session, arena, &organization, out);
    occurrences_sort(out);
    return reading_end(session, err);
}

/* --- one meeting --- */

enum err desk_meeting(struct session *session, struct arena *arena, const char *reference,
                      struct occurrence *out)
{
    struct meetings *list = meetings_new(arena);
    struct occurrences one = {0};
    enum err err = reading_begin(session);
    if (!err)
        err = meeting_resolve(session, arena, reference, vector_push(arena, list));
    if (!err)
        err = nearest_with_risk(session, arena, list, &one);
    if (!err)
        *out = one.items[0];
    return reading_end(session, err);
}

/* --- legacy meetings --- */

static int compare_legacy(const void *left, const void *right)
{
    const struct occurrence *a = left, *b = right;
    int order = strcmp(a->meeting->organizer, b->meeting->organizer);
    if (order == 0)
        order = strcmp(a->meeting->conference_id, b->meeting->conference_id);
    if (order == 0)
        order = (a->start > b->start) - (a->start < b->start);
    return order != 0 ? order : strcmp(a->meeting->uid, b->meeting->uid);
}

static void keep_risky(struct occurrences *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].risk > RISK_LEGACY)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

enum err desk_legacy(struct session *session, struct arena *arena,
                     const struct organizer *organizer, bool risk_only, bool attendees,
                     struct occurrences *out)
{
    struct meetings *list = meetings_new(arena);
    *out = (struct occurrences){0};
    enum err err = reading_begin(session);
    if (!err)
        err = store_meetings_legacy(arena, session->store, uid_of(organizer), session_now(session),
                                    0, attendees, list);
    if (!err)
        err = nearest_with_risk(session, arena, list, out);
    if (risk_only)
        keep_risky(out);
    items_sort(out->items, out->count, sizeof *out->items, compare_legacy);
    return reading_end(session, err);
}

enum err desk_legacy_count(struct session *session, const struct organizer *organizer, size_t most,
                           size_t *count)
{
    return READING(session, store_meetings_legacy_count(session->store, uid_of(organizer),
                                                        session_now(session), most, count));
}

enum err desk_legacy_page(struct session *session, struct arena *arena,
                          const struct organizer *organizer, const struct legacy_page *page,
                          struct occurrences *out)
{
    struct meetings *list = meetings_new(arena);
    int64_t now = session_now(session);
    *out = (struct occurrences){0};
    enum err err = reading_begin(session);
    if (!err)
        err = store_meetings_legacy_page(arena, session->store, uid_of(organizer), now, page, list);
    if (!err)
        err = page->plain ? meetings_nearest(session, arena, list, now, out)
                          : nearest_with_risk(session, arena, list, out);
    return reading_end(session, err);
}

enum err desk_meetings(struct session *session, struct arena *arena, const struct strings *uids,
                       struct occurrences *out)
{
    struct meetings *list = meetings_new(arena);
    *out = (struct occurrences){0};
    enum err err = reading_begin(session);
    for (size_t i = 0; !err && i < uids->count; i++) {
        struct meeting meeting;
        bool found = false;
        err = store_meeting_find(arena, session->store, uids->items[i], &meeting, &found);
        if (found)
            *vector_push(arena, list) = meeting;
    }
    if (!err)
        err = nearest_with_risk(session, arena, list, out);
    return reading_end(session, err);
}

/* --- attendees --- */

enum err desk_attendees_like(struct session *session, struct arena *arena,
                             const struct organizer *organizer, const char *part,
                             struct attendees *out)
{
    enum { ATTENDEES_OFFERED = 8 };
    *out = (struct attendees){0};
    return READING(session, store_attendees_like(arena, session->store, uid_of(organizer), part,
                                                 ATTENDEES_OFFERED, out));
}

/* --- history and reminders --- */

static enum err history_read(struct session *session, struct arena *arena, const char *reference,
                             struct history_entries *out)
{
    struct meeting meeting = {0};
    struct id_record record;
    char digits[ID_SIZE];
    bool issued = false;
    enum err err = ERR_OK;
    if (conference_id_normalize(reference, digits))
        err = store_id_find(arena, session->store, digits, &record, &issued);
    if (err)
        return err;
    if (issued)
        return store_history_list(arena, session->store, digits, NULL, out);
    err = meeting_resolve(session, arena, reference, &meeting);
    return err ? err : store_history_list(arena, session->store, NULL, meeting.uid, out);
}

enum err desk_history(struct session *session, struct arena *arena, const char *reference,
                      struct history_entries *out)
{
    *out = (struct history_entries){0};
    enum err err = reading_begin(session);
    if (!err)
        err = history_read(session, arena, reference, out);
    struct uid_names names = {.arena = arena};
    for (size_t i = 0; !err && i < out->count; i++)
        if (out->items[i].meeting_uid)
            err = uid_shorten(session, &names, out->items[i].meeting_uid, &out->items[i].uid_short);
    return reading_end(session, err);
}
