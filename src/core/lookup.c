/*
 * The life of an ID as the helpdesk sees it: the state, judged from what the store knows. The
 * design, section 2, "The life of an ID, as the helpdesk sees it". (What is said of it is in
 * lookup_say.c.)
 */
#include "lookup_nearness.h"
#include <stdlib.h>
#include <string.h>

const char *id_state_name(enum id_state state)
{
    static const char *const names[] = {"live",     "upcoming", "ended",   "cancelled", "replaced",
                                        "disabled", "retired",  "unknown", "foreign",   "invalid"};
    return names[state];
}

enum nearness occurrence_nearness(const struct occurrence *o, int64_t at)
{
    /* A meeting without length is not over before it began. */
    int64_t end = o->end > o->start ? o->end : o->start + 1;
    if (o->meeting->status == MEETING_CANCELLED)
        return NEAR_CANCELLED;
    if (at >= end)
        return NEAR_OVER;
    return at >= o->start ? NEAR_ON : NEAR_NEXT;
}

int occurrence_compare_nearness(const struct occurrence *a, const struct occurrence *b, int64_t at)
{
    enum nearness near_a = occurrence_nearness(a, at), near_b = occurrence_nearness(b, at);
    if (near_a != near_b)
        return near_a < near_b ? -1 : 1;
    int64_t away_a = llabs(a->start - at), away_b = llabs(b->start - at);
    if (near_a == NEAR_OVER) {
        away_a = at - a->end;
        away_b = at - b->end;
    }
    if (away_a != away_b)
        return away_a < away_b ? -1 : 1;
    return strcmp(a->meeting->uid, b->meeting->uid);
}

static int compare_meetings(const void *left, const void *right, void *at)
{
    return occurrence_compare_nearness(left, right, *(const int64_t *)at);
}

static int compare_moved(const void *left, const void *right, void *at)
{
    const struct moved_meeting *a = left, *b = right;
    return occurrence_compare_nearness(&a->occurrence, &b->occurrence, *(const int64_t *)at);
}

static void sort_nearest_first(struct lookup *lookup)
{
    if (lookup->meetings.count > 1)
        qsort_r(lookup->meetings.items, lookup->meetings.count, sizeof *lookup->meetings.items,
                compare_meetings, &lookup->at);
    if (lookup->moved.count > 1)
        qsort_r(lookup->moved.items, lookup->moved.count, sizeof *lookup->moved.items,
                compare_moved, &lookup->at);
}

/* Retired at the time asked for. Looking back to before it was retired finds it in use. */
static bool retired_at(const struct id_record *record, int64_t at)
{
    return record->retired && (record->retired_at == INSTANT_NEVER || record->retired_at <= at);
}

/* Where the nearest meeting that uses it stands and is not over: sorted, it is the first. */
static enum id_state state_in_use(const struct lookup *lookup, int64_t early)
{
    const struct occurrence *nearest = &lookup->meetings.items[0];
    if (retired_at(lookup->record, lookup->at))
        return ID_STATE_RETIRED;
    if (!lookup->organizer || !organizer_usable(lookup->organizer))
        return ID_STATE_DISABLED;
    return lookup->at >= nearest->start - early ? ID_STATE_LIVE : ID_STATE_UPCOMING;
}

/* Nothing that is to come uses it: what became of it. */
static enum id_state state_out_of_use(const struct lookup *lookup)
{
    const struct id_record *record = lookup->record;
    bool retired = retired_at(record, lookup->at), any = lookup->meetings.count > 0;
    if (lookup->moved.count > 0 || record->replaced_by)
        return ID_STATE_REPLACED;
    if (retired && (record->kind == ID_KIND_STATIC || !any))
        return ID_STATE_RETIRED;
    if (any && lookup->meetings.items[0].meeting->status == MEETING_CANCELLED)
        return ID_STATE_CANCELLED;
    if (!any && (!lookup->organizer || !organizer_usable(lookup->organizer)))
        return ID_STATE_DISABLED;
    return ID_STATE_ENDED;
}

static bool in_use(const struct lookup *lookup)
{
    return lookup->meetings.count > 0 &&
           occurrence_nearness(&lookup->meetings.items[0], lookup->at) <= NEAR_NEXT;
}

void lookup_judge(struct lookup *lookup, int64_t early)
{
    lookup->replaced_by = NULL;
    lookup->early = early;
    lookup->callers_from = INSTANT_NEVER;
    sort_nearest_first(lookup);
    if (!lookup->record) {
        bool readable = lookup->query_kind == QUERY_ID;
        lookup->state = lookup->kind == ID_KIND_FOREIGN ? ID_STATE_FOREIGN
                        : readable                      ? ID_STATE_UNKNOWN
                                                        : ID_STATE_INVALID;
        return;
    }
    lookup->replaced_by =
        lookup->moved.count > 0 ? lookup->moved.items[0].new_id : lookup->record->replaced_by;
    lookup->state = in_use(lookup) ? state_in_use(lookup, early) : state_out_of_use(lookup);
    if (lookup->state == ID_STATE_LIVE || lookup->state == ID_STATE_UPCOMING)
        lookup->callers_from = lookup->meetings.items[0].start - early;
}
