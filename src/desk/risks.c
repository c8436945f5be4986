/*
 * Mixing risks. Every record that is asked about has a window of time; windows of one organizer
 * that lie close together are read from the store at once, with a margin around, and assessed by
 * core; then each record takes what fell into its window. So the cost follows what is asked about,
 * not what the store holds.
 */
#include "calendar.h"
#include <core/risk.h>
#include <core/series.h>
#include <stdlib.h>
#include <store/meetings.h>
#include <string.h>

enum { SERIES_SPAN = 400 * DAY, CLUSTER_GAP = 30 * DAY };

/* A record whose risk is asked for, from its meeting's occurrences that touch [from, to). */
struct asked {
    struct occurrence *occurrence;
    int64_t from, to;
};

struct question {
    struct session *session;
    struct arena *arena;
    int64_t margin; /* seconds */
    bool exact;     /* the record's own occurrence counts, not all of its meeting's in the window */
    struct asked *items;
    size_t count;
};

/* Never before the year 1, so that the store can count back from it in turn. */
static int64_t seconds_before(int64_t instant, int64_t seconds)
{
    const int64_t first = local_seconds((struct local_time){1, 1, 1, 0, 0, 0});
    return instant < first + seconds ? first : instant - seconds;
}

static int64_t seconds_after(int64_t instant, int64_t seconds)
{
    return instant > INSTANT_NEVER - seconds ? INSTANT_NEVER : instant + seconds;
}

static int compare_instants(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_asked(const void *left, const void *right)
{
    const struct asked *a = left, *b = right;
    int order =
        strcmp(a->occurrence->meeting->organizer_uid, b->occurrence->meeting->organizer_uid);
    return order != 0 ? order : compare_instants(a->from, b->from);
}

static int compare_by_uid(const void *left, const void *right)
{
    const struct occurrence *a = left, *b = right;
    int order = strcmp(a->meeting->uid, b->meeting->uid);
    return order != 0 ? order : compare_instants(a->start, b->start);
}

/* The first of the occurrences (sorted by UID) that belongs to this meeting. */
static size_t first_of_meeting(const struct occurrences *all, const char *uid)
{
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(all->items[middle].meeting->uid, uid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* True if this occurrence of the asked meeting counts for the answer. */
static bool occurrence_counts(const struct question *question, const struct asked *asked,
                              const struct occurrence *o)
{
    if (question->exact)
        return o->start == asked->occurrence->start;
    return o->start < asked->to && (o->end > asked->from || o->start >= asked->from);
}

static void set_worst_risk(const struct question *question, const struct asked *asked,
                           const struct occurrences *all)
{
    struct occurrence *target = asked->occurrence;
    const char *uid = target->meeting->uid;
    target->risk = RISK_LEGACY;
    target->risk_with = (struct strings){0};
    target->risk_title = NULL;
    for (size_t i = first_of_meeting(all, uid); i < all->count; i++) {
        const struct occurrence *o = &all->items[i];
        if (strcmp(o->meeting->uid, uid) != 0)
            break;
        if (!occurrence_counts(question, asked, o))
            continue;
        if (o->risk > target->risk)
            target->risk = o->risk;
        for (size_t k = 0; k < o->risk_with.count; k++) {
            if (strings_hold(&target->risk_with, o->risk_with.items[k]))
                continue;
            if (target->risk_with.count == 0) {
                target->risk_title = o->risk_title;
                target->risk_start = o->risk_start;
            }
            *vector_push(question->arena, &target->risk_with) = o->risk_with.items[k];
        }
    }
}

/*
 * Reads and assesses what lies around the windows items[first..next), all of one organizer, and
 * answers them.
 */
static enum err answer_cluster(const struct question *question, size_t first, size_t next)
{
    int64_t from = question->items[first].from, to = from;
    for (size_t i = first; i < next; i++)
        to = question->items[i].to > to ? question->items[i].to : to;
    from = seconds_before(from, question->margin + 1);
    to = seconds_after(to, question->margin + 1);

    struct session *session = question->session;
    const char *organizer = question->items[first].occurrence->meeting->organizer_uid;
    struct meetings *near = arena_alloc(question->arena, sizeof *near);
    struct occurrences all = {0};
    enum err err =
        store_meetings_between(question->arena, session->store, organizer, from, to, false, near);
    for (size_t i = 0; !err && i < near->count; i++) {
        if (meeting_legacy(&near->items[i]))
            err = meeting_expand(session, question->arena, &near->items[i], from, to, 0, &all);
    }
    if (err)
        return err;
    risk_assess(question->arena, &all, question->margin);
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, compare_by_uid);
    for (size_t i = first; i < next; i++)
        set_worst_risk(question, &question->items[i], &all);
    return ERR_OK;
}

static bool window_joins(const struct question *question, size_t first, size_t next, int64_t to)
{
    const struct asked *a = &question->items[first], *b = &question->items[next];
    return strcmp(a->occurrence->meeting->organizer_uid, b->occurrence->meeting->organizer_uid) ==
               0 &&
           b->from <= seconds_after(to, CLUSTER_GAP);
}

static enum err question_answer(struct question *question)
{
    enum err err = ERR_OK;
    if (question->count > 0)
        qsort(question->items, question->count, sizeof *question->items, compare_asked);
    for (size_t first = 0, next; !err && first < question->count; first = next) {
        int64_t to = question->items[first].to;
        for (next = first + 1; next < question->count && window_joins(question, first, next, to);
             next++)
            to = question->items[next].to > to ? question->items[next].to : to;
        err = answer_cluster(question, first, next);
    }
    return err;
}

static struct question question_start(struct session *session, struct arena *arena,
                                      const struct organization *organization, size_t most)
{
    return (struct question){
        .session = session,
        .arena = arena,
        .margin = (int64_t)organization->margin_minutes * MINUTE,
        .items = arena_array(arena, most, sizeof(struct asked)),
    };
}

static void question_add(struct question *question, struct occurrence *occurrence, int64_t from,
                         int64_t to)
{
    question->items[question->count++] =
        (struct asked){occurrence, from, to > from ? to : from + 1};
}

enum err risks_of_occurrences(struct session *session, struct arena *arena,
                              const struct organization *organization, struct occurrences *list)
{
    struct question question = question_start(session, arena, organization, list->count);
    question.exact = true;
    for (size_t i = 0; i < list->count; i++) {
        struct occurrence *o = &list->items[i];
        o->risk = RISK_NONE;
        if (meeting_legacy(o->meeting))
            question_add(&question, o, o->start, o->end);
    }
    return question_answer(&question);
}

/*
 * The window of a meeting: all of a single one; of a series 400 days from now, or its last 400 days
 * if it is over.
 */
static void question_add_meeting(struct question *question, struct occurrence *occurrence,
                                 int64_t now)
{
    const struct meeting *meeting = occurrence->meeting;
    int64_t from = meeting->span_start, to = meeting->span_end;
    if (meeting->rrule || meeting->rdates.count > 0) {
        int64_t since = meeting_over(meeting, now) ? seconds_before(to, SERIES_SPAN) : now;
        from = since > from ? since : from;
        to = to > seconds_after(from, SERIES_SPAN) ? seconds_after(from, SERIES_SPAN) : to;
    }
    question_add(question, occurrence, from, to);
}

enum err risks_of_meetings(struct session *session, struct arena *arena,
                           const struct organization *organization, int64_t now,
                           struct occurrences *list)
{
    struct question question = question_start(session, arena, organization, list->count);
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].risk = RISK_NONE;
        if (meeting_legacy(list->items[i].meeting))
            question_add_meeting(&question, &list->items[i], now);
    }
    return question_answer(&question);
}

enum err meeting_with_risk(struct session *session, struct arena *arena,
                           const struct organization *organization, const struct meeting *meeting,
                           struct occurrence *out)
{
    struct occurrences one = {0};
    int64_t now = session_now(session);
    enum err err = meeting_nearest(session, arena, meeting, now, vector_push(arena, &one));
    if (!err && meeting->conference_id)
        err = risks_of_meetings(session, arena, organization, now, &one);
    *out = one.items[0];
    return err;
}
