/*
 * Reading the calendar: what is on, one meeting, the legacy ones, what a search finds, what
 * happened.
 */
#include "calendar.h"
#include "risks.h"
#include <core/series.h>
#include <desk/transaction.h>
#include <stdlib.h>
#include <store/directory.h>
#include <store/history.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

struct viewing {
    struct arena *arena;
    const struct organizer *organizer; /* NULL: everybody's */
    const char *text;                  /* a reference, words to search, part of an address */
    int64_t from, to;
    bool cancelled_too, risk_only;
    size_t limit;
    struct occurrences *out;
    struct history_entries *history;
    struct attendees *attendees;
    struct reminders *reminders;
    struct organization organization;
    const struct legacy_page *legacy_page;
    const struct reminders_page *reminders_page;
    const struct strings *uids;
    size_t *counts;
};

static const char *organizer_uid(const struct viewing *viewing)
{
    return viewing->organizer ? viewing->organizer->uid : NULL;
}

/* The meetings outlive the function: occurrences point to them. */
static struct meetings *meetings_start(struct viewing *viewing)
{
    *viewing->out = (struct occurrences){0};
    return arena_alloc(viewing->arena, sizeof(struct meetings));
}

static enum err read_organization(struct session *session, struct viewing *viewing)
{
    return store_organization_get(viewing->arena, session->store, &viewing->organization);
}

static enum err nearest_with_risk(struct session *session, struct viewing *viewing,
                                  const struct meetings *list)
{
    int64_t now = session_now(session);
    enum err err = read_organization(session, viewing);
    if (err == ERR_OK)
        err = meetings_nearest(session, viewing->arena, list, now, viewing->out);
    if (err == ERR_OK)
        err = risks_of_meetings(session, viewing->arena, &viewing->organization, now, viewing->out);
    return err;
}

/* --- the agenda --- */

static enum err read_agenda(struct session *session, void *context)
{
    struct viewing *viewing = context;
    struct meetings *list = meetings_start(viewing);
    enum err err = read_organization(session, viewing);
    if (err == ERR_OK)
        err = store_meetings_between(viewing->arena, session->store, organizer_uid(viewing),
                                     viewing->from, viewing->to, viewing->cancelled_too, list);
    for (size_t i = 0; err == ERR_OK && i < list->count; i++)
        err = meeting_expand(session, viewing->arena, &list->items[i], viewing->from, viewing->to,
                             0, viewing->out);
    if (err == ERR_OK)
        err = risks_of_occurrences(session, viewing->arena, &viewing->organization, viewing->out);
    if (err == ERR_OK)
        occurrences_sort(viewing->out);
    return err;
}

enum err desk_agenda(struct session *session, struct arena *arena,
                     const struct organizer *organizer, int64_t from, int64_t to,
                     bool cancelled_too, struct occurrences *out)
{
    struct viewing viewing = {.arena = arena,
                              .organizer = organizer,
                              .from = from,
                              .to = to,
                              .cancelled_too = cancelled_too,
                              .out = out};
    return transaction_read(session, read_agenda, &viewing);
}

/* --- one meeting --- */

static enum err read_meeting(struct session *session, void *context)
{
    struct viewing *viewing = context;
    struct meetings *list = meetings_start(viewing);
    enum err err =
        meeting_resolve(session, viewing->arena, viewing->text, vector_push(viewing->arena, list));
    return err == ERR_OK ? nearest_with_risk(session, viewing, list) : err;
}

enum err desk_meeting(struct session *session, struct arena *arena, const char *reference,
                      struct occurrence *out)
{
    struct occurrences one = {0};
    struct viewing viewing = {.arena = arena, .text = reference, .out = &one};
    enum err err = transaction_read(session, read_meeting, &viewing);
    if (err == ERR_OK)
        *out = one.items[0];
    return err;
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

static enum err read_legacy(struct session *session, void *context)
{
    struct viewing *viewing = context;
    struct meetings *list = meetings_start(viewing);
    enum err err = store_meetings_legacy(viewing->arena, session->store, organizer_uid(viewing),
                                         session_now(session), 0, list);
    if (err == ERR_OK)
        err = nearest_with_risk(session, viewing, list);
    if (err == ERR_OK && viewing->risk_only)
        keep_risky(viewing->out);
    if (err == ERR_OK && viewing->out->count > 0)
        qsort(viewing->out->items, viewing->out->count, sizeof *viewing->out->items,
              compare_legacy);
    return err;
}

enum err desk_legacy(struct session *session, struct arena *arena,
                     const struct organizer *organizer, bool risk_only, struct occurrences *out)
{
    struct viewing viewing = {
        .arena = arena, .organizer = organizer, .risk_only = risk_only, .out = out};
    return transaction_read(session, read_legacy, &viewing);
}

static enum err read_legacy_count(struct session *session, void *context)
{
    struct viewing *viewing = context;
    return store_meetings_legacy_count(session->store, organizer_uid(viewing), session_now(session),
                                       viewing->limit, viewing->counts);
}

enum err desk_legacy_count(struct session *session, const struct organizer *organizer, size_t most,
                           size_t *count)
{
    struct viewing viewing = {.organizer = organizer, .limit = most, .counts = count};
    return transaction_read(session, read_legacy_count, &viewing);
}

static enum err read_legacy_page(struct session *session, void *context)
{
    struct viewing *viewing = context;
    struct meetings *list = meetings_start(viewing);
    enum err err =
        store_meetings_legacy_page(viewing->arena, session->store, organizer_uid(viewing),
                                   session_now(session), viewing->legacy_page, list);
    if (err == ERR_OK && viewing->legacy_page->plain)
        return meetings_nearest(session, viewing->arena, list, session_now(session), viewing->out);
    return err == ERR_OK ? nearest_with_risk(session, viewing, list) : err;
}

enum err desk_legacy_page(struct session *session, struct arena *arena,
                          const struct organizer *organizer, const struct legacy_page *page,
                          struct occurrences *out)
{
    struct viewing viewing = {
        .arena = arena, .organizer = organizer, .legacy_page = page, .out = out};
    return transaction_read(session, read_legacy_page, &viewing);
}

static enum err read_meetings(struct session *session, void *context)
{
    struct viewing *viewing = context;
    struct meetings *list = meetings_start(viewing);
    for (size_t i = 0; i < viewing->uids->count; i++) {
        struct meeting meeting;
        bool found = false;
        enum err err = store_meeting_find(viewing->arena, session->store, viewing->uids->items[i],
                                          &meeting, &found);
        if (err != ERR_OK)
            return err;
        if (found)
            *vector_push(viewing->arena, list) = meeting;
    }
    return nearest_with_risk(session, viewing, list);
}

enum err desk_meetings(struct session *session, struct arena *arena, const struct strings *uids,
                       struct occurrences *out)
{
    struct viewing viewing = {.arena = arena, .uids = uids, .out = out};
    return transaction_read(session, read_meetings, &viewing);
}

/* --- searching --- */

static enum err read_search(struct session *session, void *context)
{
    struct viewing *viewing = context;
    struct meetings *list = meetings_start(viewing);
    enum err err =
        store_meetings_search(viewing->arena, session->store, viewing->text, viewing->limit, list);
    return err == ERR_OK ? nearest_with_risk(session, viewing, list) : err;
}

enum err desk_search(struct session *session, struct arena *arena, const char *text, size_t limit,
                     struct occurrences *out)
{
    struct viewing viewing = {.arena = arena, .text = text, .limit = limit, .out = out};
    return transaction_read(session, read_search, &viewing);
}

static enum err read_attendees(struct session *session, void *context)
{
    struct viewing *viewing = context;
    *viewing->attendees = (struct attendees){0};
    return store_attendees_like(viewing->arena, session->store, organizer_uid(viewing),
                                viewing->text, viewing->limit, viewing->attendees);
}

enum err desk_attendees_like(struct session *session, struct arena *arena,
                             const struct organizer *organizer, const char *part,
                             struct attendees *out)
{
    enum { ATTENDEES_OFFERED = 8 };
    struct viewing viewing = {.arena = arena,
                              .organizer = organizer,
                              .text = part,
                              .limit = ATTENDEES_OFFERED,
                              .attendees = out};
    return transaction_read(session, read_attendees, &viewing);
}

/* --- history and reminders --- */

static enum err read_history(struct session *session, void *context)
{
    struct viewing *viewing = context;
    struct arena *arena = viewing->arena;
    struct meeting meeting = {0};
    struct id_record record;
    char digits[ID_SIZE];
    bool known = false;
    enum err err = ERR_OK;
    *viewing->history = (struct history_entries){0};
    if (conference_id_normalize(viewing->text, digits))
        err = store_id_find(arena, session->store, digits, &record, &known);
    if (err == ERR_OK && !known)
        err = meeting_resolve(session, arena, viewing->text, &meeting);
    if (err != ERR_OK)
        return err;
    return store_history_list(arena, session->store, known ? digits : NULL,
                              known ? NULL : meeting.uid, 0, viewing->history);
}

enum err desk_history(struct session *session, struct arena *arena, const char *reference,
                      struct history_entries *out)
{
    struct viewing viewing = {.arena = arena, .text = reference, .history = out};
    return transaction_read(session, read_history, &viewing);
}

static enum err read_reminders(struct session *session, void *context)
{
    struct viewing *viewing = context;
    *viewing->reminders = (struct reminders){0};
    return store_reminders_list(viewing->arena, session->store, 0, NULL, viewing->limit,
                                viewing->reminders);
}

enum err desk_reminders(struct session *session, struct arena *arena, size_t limit,
                        struct reminders *out)
{
    struct viewing viewing = {.arena = arena, .limit = limit, .reminders = out};
    return transaction_read(session, read_reminders, &viewing);
}

static enum err read_reminders_page(struct session *session, void *context)
{
    struct viewing *viewing = context;
    return store_reminders_page(viewing->arena, session->store, viewing->reminders_page,
                                viewing->reminders);
}

enum err desk_reminders_page(struct session *session, struct arena *arena,
                             const struct reminders_page *page, struct reminders *out)
{
    struct viewing viewing = {.arena = arena, .reminders_page = page, .reminders = out};
    return transaction_read(session, read_reminders_page, &viewing);
}

static enum err read_reminders_count(struct session *session, void *context)
{
    struct viewing *viewing = context;
    enum err err = ERR_OK;
    for (int i = REMINDER_QUEUED; err == ERR_OK && i <= REMINDER_FAILED; i++)
        err = store_reminders_count(session->store, (enum reminder_state)i, viewing->limit,
                                    &viewing->counts[i]);
    return err;
}

enum err desk_reminders_count(struct session *session, size_t most,
                              size_t counts[REMINDER_FAILED + 1])
{
    struct viewing viewing = {.limit = most, .counts = counts};
    return transaction_read(session, read_reminders_count, &viewing);
}
