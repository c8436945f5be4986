/*
 * Mixing risk: which meetings on one static ID overlap or follow each other so closely that the
 * callers of one can land in the other. The design, section 2, "Mixing risk".
 *
 * The slots are sorted by conference ID and start. How bad a slot's risk is follows from two
 * neighbours alone: the latest end among those before it, and the start of the one behind it. Whom
 * it is mixed with: of those before it, the few that end last are enough to name as many as are
 * told; those behind it stand next to it. So no crowd is ever walked for each of its members.
 */
#include <core/risk.h>
#include <stdlib.h>
#include <string.h>

enum { AHEAD_MAX = 4 * RISK_WITH_MAX }; /* slots looked at behind one, to name a few meetings */

/* instant + margin, without running past the end of time. */
static int64_t later(int64_t instant, int64_t margin)
{
    return instant > INSTANT_NEVER - margin ? INSTANT_NEVER : instant + margin;
}

static int compare_int64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_instants(const void *left, const void *right)
{
    return compare_int64(*(const int64_t *)left, *(const int64_t *)right);
}

static int compare_by_start(const void *left, const void *right)
{
    const struct risk_slot *a = left, *b = right;
    int order = compare_int64(a->start, b->start);
    if (order == 0)
        order = compare_int64(a->end, b->end);
    return order != 0 ? order : strcmp(a->uid, b->uid);
}

static int compare_by_meeting(const void *left, const void *right)
{
    const struct risk_slot *a = left, *b = right;
    int order = strcmp(a->conference_id, b->conference_id);
    if (order == 0)
        order = strcmp(a->uid, b->uid);
    return order != 0 ? order : compare_int64(a->start, b->start);
}

static bool uids_equal(const struct risk_slot *a, const struct risk_slot *b)
{
    return a->uid == b->uid || strcmp(a->uid, b->uid) == 0;
}

/* The slots of one conference ID. */
struct group {
    struct arena *arena;
    int64_t margin;
    struct risk_slot *slots; /* in order of start */
    size_t count;
    /*
     * When meetings come and go, each in order. Slots of one meeting that lie within twice the
     * margin are one run: whoever meets the gap between them meets them, too.
     */
    int64_t *run_starts, *run_ends;
    size_t runs;
};

/* --- how bad --- */

static void worsen(const struct risk_slot *slot, enum risk risk)
{
    if (slot->asked && slot->asked->risk < risk)
        slot->asked->risk = risk;
}

/* Zero lengths come first among equal starts: compare_by_start. */
static void rate_slots(const struct group *group)
{
    int64_t latest_end = INT64_MIN;
    for (size_t i = 0; i < group->count; i++) {
        const struct risk_slot *slot = &group->slots[i], *next = slot + 1;
        worsen(slot, RISK_LEGACY);
        if (i > 0 && later(latest_end, group->margin) >= slot->start)
            worsen(slot, latest_end > slot->start ? RISK_OVERLAP : RISK_BACK_TO_BACK);
        if (i + 1 < group->count && next->start <= later(slot->end, group->margin))
            worsen(slot, next->start < slot->end ? RISK_OVERLAP : RISK_BACK_TO_BACK);
        if (slot->end > latest_end)
            latest_end = slot->end;
    }
}

/* --- with how many --- */

/* The runs of the slots, which stand in order of their meetings. */
static void find_runs(struct arena *scratch, struct group *group)
{
    group->run_starts = arena_array(scratch, group->count, sizeof *group->run_starts);
    group->run_ends = arena_array(scratch, group->count, sizeof *group->run_ends);
    for (size_t i = 0; i < group->count; i++) {
        const struct risk_slot *slot = &group->slots[i];
        int64_t *end = group->runs > 0 ? &group->run_ends[group->runs - 1] : NULL;
        if (end && uids_equal(slot - 1, slot) && slot->start <= later(*end, 2 * group->margin)) {
            *end = slot->end > *end ? slot->end : *end;
            continue;
        }
        group->run_starts[group->runs] = slot->start;
        group->run_ends[group->runs++] = slot->end;
    }
    items_sort(group->run_starts, group->runs, sizeof *group->run_starts, compare_instants);
    items_sort(group->run_ends, group->runs, sizeof *group->run_ends, compare_instants);
}

/* Meetings that the slot meets: those that have come before it is over, less those gone by then. */
static size_t count_met(const struct group *group, const struct risk_slot *slot)
{
    int64_t until = later(slot->end, group->margin);
    size_t come = until == INSTANT_NEVER
                      ? group->runs
                      : instants_before(group->run_starts, group->runs, until + 1);
    size_t gone = instants_before(group->run_ends, group->runs, slot->start - group->margin);
    return come - gone - 1; /* less its own */
}

/* --- with whom --- */

/* Of the meetings that have begun so far, the slots of those few that end last. */
struct latest {
    struct risk_slot *slots[RISK_WITH_MAX];
    size_t count;
};

static void latest_add(struct latest *latest, struct risk_slot *slot)
{
    size_t place = 0;
    for (size_t i = 0; i < latest->count; i++) {
        if (uids_equal(latest->slots[i], slot)) {
            if (slot->end > latest->slots[i]->end)
                latest->slots[i] = slot;
            return;
        }
        if (latest->slots[i]->end < latest->slots[place]->end)
            place = i;
    }
    if (latest->count < RISK_WITH_MAX)
        latest->slots[latest->count++] = slot;
    else if (slot->end > latest->slots[place]->end)
        latest->slots[place] = slot;
}

static void add_with(struct arena *arena, struct occurrence *asked, struct risk_slot *other)
{
    struct strings *with = &asked->risk_with;
    if (with->count >= RISK_WITH_MAX || strings_hold(with, other->uid))
        return;
    if (!other->uid_kept) {
        other->uid_kept = arena_copy(arena, other->uid);
        other->title_kept = arena_copy(arena, other->title);
    }
    if (with->count == 0) {
        asked->risk_title = other->title_kept;
        asked->risk_start = other->start;
    }
    *vector_push(arena, with) = other->uid_kept;
}

static void name_others(const struct group *group)
{
    struct latest latest = {.count = 0};
    for (size_t i = 0; i < group->count; i++) {
        struct risk_slot *slot = &group->slots[i];
        struct occurrence *asked = slot->asked;
        for (size_t k = 0; asked && k < latest.count; k++)
            if (later(latest.slots[k]->end, group->margin) >= slot->start)
                add_with(group->arena, asked, latest.slots[k]);
        for (size_t k = i + 1; asked && k < group->count && k - i <= AHEAD_MAX; k++) {
            if (group->slots[k].start > later(slot->end, group->margin))
                break;
            add_with(group->arena, asked, &group->slots[k]);
        }
        latest_add(&latest, slot);
    }
}

static void count_others(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        struct occurrence *asked = group->slots[i].asked;
        if (!asked)
            continue;
        size_t met = asked->risk_with.count;
        if (met == RISK_WITH_MAX && count_met(group, &group->slots[i]) > met)
            met = count_met(group, &group->slots[i]);
        if (met > asked->risk_with_count)
            asked->risk_with_count = met;
    }
}

static void assess_group(struct arena *scratch, struct group *group)
{
    find_runs(scratch, group);
    items_sort(group->slots, group->count, sizeof *group->slots, compare_by_start);
    rate_slots(group);
    name_others(group);
    count_others(group);
}

void risk_assess(struct arena *arena, struct arena *scratch, struct risk_slots *slots,
                 int64_t margin)
{
    items_sort(slots->items, slots->count, sizeof *slots->items, compare_by_meeting);
    for (size_t first = 0, next; first < slots->count; first = next) {
        const char *digits = slots->items[first].conference_id;
        for (next = first + 1; next < slots->count; next++)
            if (strcmp(slots->items[next].conference_id, digits) != 0)
                break;
        struct group group = {
            .arena = arena, .margin = margin, .slots = slots->items + first, .count = next - first};
        assess_group(scratch, &group);
    }
}
