/*
 * Mixing risks. Every record that is asked about has a window of time. The windows of one organizer
 * are swept slice by slice: what lies in a slice is read from the store, with a margin around, and
 * assessed by core. So time and memory follow what is asked about and what takes place at one time,
 * not what the store holds.
 */
#include "calendar.h"
#include <core/risk.h>
#include <stdlib.h>
#include <store/meetings.h>
#include <string.h>

enum {
    SERIES_SPAN = 400 * DAY,
    SERIES_LOOKED_AT = 1000, /* occurrences, of a series that recurs more often */
    /* a slice is widened or halved until it holds about so many occurrences */
    SLICE_FEW = 2000,
    SLICE_MANY = 20000
};

/* A record whose risk is asked for, from its meeting's occurrences that touch [from, to). */
struct asked {
    struct occurrence *occurrence;
    int64_t from, to;
    int looked_at;   /* occurrences so far */
    int64_t nothing; /* of a series: as far as is known, nothing of it takes place before */
};

struct question {
    struct session *session;
    struct arena *arena; /* the records' */
    struct arena *own;   /* lives until the question is answered */
    int64_t margin;      /* seconds */
    bool exact; /* the record's own occurrence counts, not all of its meeting's in the window */
    struct asked *items;
    size_t count;
};

struct asked_list VECTOR(struct asked *);
struct series_list VECTOR(const struct meeting *);

/* The sweep over the records of one organizer. */
struct sweep {
    const struct question *question;
    struct arena *arena;       /* lives as long as the sweep */
    struct asked *items;       /* in order of their windows */
    size_t count;              /* of them */
    size_t next;               /* the first whose window the sweep has not reached */
    struct asked_list open;    /* whose windows it has reached, and not left */
    struct asked_list by_uid;  /* all, in order of their meetings' UIDs */
    struct series_list series; /* met so far, in order of UID */
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
    const struct asked *const *a = left, *const *b = right;
    int order = strcmp((*a)->occurrence->meeting->uid, (*b)->occurrence->meeting->uid);
    return order != 0 ? order : compare_instants((*a)->occurrence->start, (*b)->occurrence->start);
}

/* --- the slots of a slice --- */

/* Where records of this meeting begin: all, or those of the occurrence that starts then. */
static size_t first_asked(const struct asked_list *by_uid, const char *uid, int64_t start)
{
    size_t low = 0, high = by_uid->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct occurrence *o = by_uid->items[middle]->occurrence;
        int order = strcmp(o->meeting->uid, uid);
        if (order < 0 || (order == 0 && o->start < start))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* True if a series has been looked at for long enough. */
static bool series_seen_enough(const struct asked *asked)
{
    return asked->looked_at >= SERIES_LOOKED_AT && meeting_series(asked->occurrence->meeting);
}

/* Whether this occurrence of the asked meeting counts for the answer. */
static bool slot_counts(const struct sweep *sweep, const struct asked *asked,
                        const struct risk_slot *slot)
{
    if (sweep->question->exact)
        return slot->start == asked->occurrence->start;
    if (series_seen_enough(asked))
        return false;
    return slot->start < asked->to && (slot->end > asked->from || slot->start >= asked->from);
}

static void add_slot(struct sweep *sweep, struct arena *arena, struct risk_slot slot,
                     struct risk_slots *slots)
{
    if (slot.end < slot.start)
        slot.end = slot.start;
    int64_t start = sweep->question->exact ? slot.start : INT64_MIN;
    for (size_t i = first_asked(&sweep->by_uid, slot.uid, start); i < sweep->by_uid.count; i++) {
        struct asked *asked = sweep->by_uid.items[i];
        if (strcmp(asked->occurrence->meeting->uid, slot.uid) != 0)
            break;
        if (!slot_counts(sweep, asked, &slot))
            continue;
        slot.asked = asked->occurrence;
        asked->looked_at++;
        break;
    }
    *vector_push(arena, slots) = slot;
}

/* A single meeting's slot. The texts of a record that is asked for are borrowed, not copied. */
static void add_single(struct sweep *sweep, struct arena *arena, const struct legacy_span *span,
                       struct risk_slots *slots)
{
    size_t at = first_asked(&sweep->by_uid, span->uid, INT64_MIN);
    bool asked = at < sweep->by_uid.count;
    struct risk_slot slot = {.start = span->start, .end = span->end};
    if (asked && strcmp(sweep->by_uid.items[at]->occurrence->meeting->uid, span->uid) == 0) {
        const struct meeting *known = sweep->by_uid.items[at]->occurrence->meeting;
        slot.conference_id = known->conference_id;
        slot.uid = known->uid;
        slot.title = known->title;
    } else {
        slot.conference_id = arena_copy(arena, span->conference_id);
        slot.uid = arena_copy(arena, span->uid);
        slot.title = arena_copy(arena, span->title);
    }
    add_slot(sweep, arena, slot, slots);
}

/* A series in full, read once in a sweep. */
static enum err find_series(struct sweep *sweep, const char *uid, const struct meeting **out)
{
    struct series_list *series = &sweep->series;
    size_t low = 0, high = series->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(series->items[middle]->uid, uid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < series->count && strcmp(series->items[low]->uid, uid) == 0) {
        *out = series->items[low];
        return ERR_OK;
    }
    struct meeting *meeting = arena_alloc(sweep->arena, sizeof *meeting);
    enum err err = store_meeting_get(sweep->arena, sweep->question->session->store, uid, meeting);
    if (err)
        return err;
    vector_push(sweep->arena, series);
    for (size_t i = series->count - 1; i > low; i--)
        series->items[i] = series->items[i - 1];
    series->items[low] = *out = meeting;
    return ERR_OK;
}

static enum err add_series(struct sweep *sweep, struct arena *arena, const char *uid, int64_t from,
                           int64_t to, struct risk_slots *slots)
{
    const struct meeting *meeting = NULL;
    struct occurrences list = {0};
    enum err err = find_series(sweep, uid, &meeting);
    if (err)
        return err;
    err = meeting_expand(sweep->question->session, arena, meeting, from, to, 0, &list);
    if (err)
        return err;
    for (size_t i = 0; i < list.count; i++) {
        const struct occurrence *o = &list.items[i];
        add_slot(sweep, arena,
                 (struct risk_slot){.conference_id = meeting->conference_id,
                                    .uid = meeting->uid,
                                    .title = o->title,
                                    .start = o->start,
                                    .end = o->end},
                 slots);
    }
    return ERR_OK;
}

/* The slots of what touches [from, to). */
static enum err read_slots(struct sweep *sweep, struct arena *arena, int64_t from, int64_t to,
                           struct risk_slots *slots)
{
    const struct occurrence *first = sweep->items[0].occurrence;
    struct arena *scratch = arena_new();
    struct legacy_spans spans = {0};
    enum err err = store_legacy_between(scratch, sweep->question->session->store,
                                        first->meeting->organizer_uid, from, to, &spans);
    slots->items = arena_array(arena, slots->capacity = spans.count, sizeof *slots->items);
    for (size_t i = 0; !err && i < spans.count; i++) {
        if (spans.items[i].series)
            err = add_series(sweep, arena, spans.items[i].uid, from, to, slots);
        else
            add_single(sweep, arena, &spans.items[i], slots);
    }
    arena_free(scratch);
    return err;
}

/* Reads and assesses what touches the slice and the margin around it. *count: how much that was. */
static enum err assess_slice(struct sweep *sweep, struct arena *arena, int64_t from, int64_t to,
                             size_t *count)
{
    const struct question *question = sweep->question;
    struct risk_slots slots = {0};
    enum err err = read_slots(sweep, arena, seconds_before(from, question->margin + 1),
                              seconds_after(to, question->margin + 1), &slots);
    if (err)
        return err;
    risk_assess(question->arena, arena, &slots, question->margin);
    *count = slots.count;
    return ERR_OK;
}

/* --- the sweep --- */

/* True if the rest of a series would tell nothing more, or is not looked at any more. */
static bool series_settled(const struct asked *asked)
{
    const struct occurrence *o = asked->occurrence;
    return series_seen_enough(asked) || (meeting_series(o->meeting) && o->risk == RISK_OVERLAP &&
                                         o->risk_with.count == RISK_WITH_MAX);
}

/* Opens the windows that begin before `to`, and gives the end of the last one to close. */
static int64_t open_windows(struct sweep *sweep, int64_t to)
{
    int64_t last = INT64_MIN;
    while (sweep->next < sweep->count && sweep->items[sweep->next].from < to)
        *vector_push(sweep->arena, &sweep->open) = &sweep->items[sweep->next++];
    for (size_t i = 0; i < sweep->open.count; i++)
        last = sweep->open.items[i]->to > last ? sweep->open.items[i]->to : last;
    return last;
}

static void close_windows(struct sweep *sweep, int64_t at)
{
    size_t kept = 0;
    for (size_t i = 0; i < sweep->open.count; i++)
        if (sweep->open.items[i]->to > at && !series_settled(sweep->open.items[i]))
            sweep->open.items[kept++] = sweep->open.items[i];
    sweep->open.count = kept;
}

/* Looks ahead for the next occurrence; a day less, for what a clock's change puts out of order. */
static enum err look_ahead(struct sweep *sweep, struct asked *asked, int64_t at)
{
    struct arena *arena = arena_new();
    struct occurrences next = {0};
    enum err err = meeting_expand(sweep->question->session, arena, asked->occurrence->meeting, at,
                                  asked->to, 1, &next);
    asked->nothing = next.count ? next.items[0].start - DAY : asked->to;
    arena_free(arena);
    return err;
}

/* On to where one of the open windows may have an occurrence, or the next window begins. */
static enum err skip_nothing(struct sweep *sweep, int64_t *at)
{
    int64_t to = sweep->next < sweep->count ? sweep->items[sweep->next].from : INT64_MAX;
    for (size_t i = 0; i < sweep->open.count && to > *at; i++) {
        struct asked *asked = sweep->open.items[i];
        if (sweep->question->exact || !meeting_series(asked->occurrence->meeting))
            return ERR_OK;
        enum err err = asked->nothing > *at ? ERR_OK : look_ahead(sweep, asked, *at);
        if (err)
            return err;
        to = asked->nothing < to ? asked->nothing : to;
    }
    if (to > *at && sweep->open.count > 0)
        close_windows(sweep, *at = to);
    return ERR_OK;
}

static enum err sweep_run(struct sweep *sweep)
{
    int64_t at = 0, width = DAY;
    while (sweep->open.count > 0 || sweep->next < sweep->count) {
        if (sweep->open.count == 0)
            at = sweep->items[sweep->next].from;
        int64_t to = seconds_after(at, width), last = open_windows(sweep, to);
        to = last < to ? last : to;
        struct arena *slice = arena_new();
        size_t count = 0;
        enum err err = assess_slice(sweep, slice, at, to, &count);
        arena_free(slice);
        if (err)
            return err;
        close_windows(sweep, to);
        at = to;
        err = skip_nothing(sweep, &at);
        if (err)
            return err;
        if (count < SLICE_FEW)
            width *= 2;
        else if (count > SLICE_MANY && width > HOUR)
            width /= 2;
    }
    return ERR_OK;
}

/* A record that was asked for twice: the second one learns what the first one did. */
static void answer_twins(const struct sweep *sweep)
{
    for (size_t i = 1; i < sweep->by_uid.count; i++) {
        const struct occurrence *first = sweep->by_uid.items[i - 1]->occurrence;
        struct occurrence *twin = sweep->by_uid.items[i]->occurrence;
        if (strcmp(first->meeting->uid, twin->meeting->uid) != 0 ||
            (sweep->question->exact && first->start != twin->start))
            continue;
        twin->risk = first->risk;
        twin->risk_with = first->risk_with;
        twin->risk_with_count = first->risk_with_count;
        twin->risk_title = first->risk_title;
        twin->risk_start = first->risk_start;
    }
}

static enum err answer_organizer(const struct question *question, struct asked *items, size_t count)
{
    struct sweep sweep = {
        .question = question, .arena = arena_new(), .items = items, .count = count};
    for (size_t i = 0; i < count; i++)
        *vector_push(sweep.arena, &sweep.by_uid) = &items[i];
    items_sort(sweep.by_uid.items, count, sizeof *sweep.by_uid.items, compare_by_uid);
    enum err err = sweep_run(&sweep);
    if (!err)
        answer_twins(&sweep);
    arena_free(sweep.arena);
    return err;
}

static bool organizers_equal(const struct asked *a, const struct asked *b)
{
    return strcmp(a->occurrence->meeting->organizer_uid, b->occurrence->meeting->organizer_uid) ==
           0;
}

static enum err question_answer(struct question *question)
{
    struct asked *items = question->items;
    enum err err = ERR_OK;
    items_sort(items, question->count, sizeof *items, compare_asked);
    for (size_t first = 0, next; !err && first < question->count; first = next) {
        for (next = first + 1; next < question->count; next++)
            if (!organizers_equal(&items[first], &items[next]))
                break;
        err = answer_organizer(question, items + first, next - first);
    }
    arena_free(question->own);
    return err;
}

static struct question question_start(struct session *session, struct arena *arena,
                                      const struct organization *organization, size_t most)
{
    struct arena *own = arena_new();
    return (struct question){
        .session = session,
        .arena = arena,
        .own = own,
        .margin = (int64_t)organization->margin_minutes * MINUTE,
        .items = arena_array(own, most, sizeof(struct asked)),
    };
}

static void question_add(struct question *question, struct occurrence *occurrence, int64_t from,
                         int64_t to)
{
    occurrence->risk = RISK_LEGACY;
    question->items[question->count++] = (struct asked){.occurrence = occurrence,
                                                        .from = from,
                                                        .to = to > from ? to : from + 1,
                                                        .nothing = INT64_MIN};
}

static void forget_risk(struct occurrence *occurrence)
{
    occurrence->risk = RISK_NONE;
    occurrence->risk_with = (struct strings){0};
    occurrence->risk_with_count = 0;
    occurrence->risk_title = NULL;
}

enum err risks_of_occurrences(struct session *session, struct arena *arena,
                              const struct organization *organization, struct occurrences *list)
{
    struct question question = question_start(session, arena, organization, list->count);
    question.exact = true;
    for (size_t i = 0; i < list->count; i++) {
        struct occurrence *o = &list->items[i];
        forget_risk(o);
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
        forget_risk(&list->items[i]);
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
