/*
 * Mixing risk: which meetings on one static ID overlap or follow each other so closely that the
 * callers of one can land in the other. The design, section 2, "Mixing risk".
 *
 * Occurrences are sorted by conference ID and start. How bad each one's risk is follows from two
 * neighbours alone: the latest end among those before it, and the start of the one behind it. Whom
 * it is mixed with is found by a sweep.
 */
#include <core/risk.h>
#include <core/series.h>
#include <stdlib.h>
#include <string.h>

enum {
    WITH_MAX = 100, /* UIDs an occurrence is told to be mixed with */
    SWEEP_MAX =
        /*
         * occurrences that are looked at for one: keeps a hostile calendar from costing n squared
         */
    1000
};

struct entry {
    struct occurrence *occurrence;
    int64_t start, end;
};

/* instant + margin, without running past the end of time. */
static int64_t later(int64_t instant, int64_t margin)
{
    return instant > INSTANT_NEVER - margin ? INSTANT_NEVER : instant + margin;
}

static int compare_int64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order =
        strcmp(a->occurrence->meeting->conference_id, b->occurrence->meeting->conference_id);
    if (order == 0)
        order = compare_int64(a->start, b->start);
    if (order == 0)
        order = compare_int64(a->end, b->end);
    return order != 0 ? order : strcmp(a->occurrence->meeting->uid, b->occurrence->meeting->uid);
}

static bool same_id(const struct entry *a, const struct entry *b)
{
    return strcmp(a->occurrence->meeting->conference_id, b->occurrence->meeting->conference_id) ==
           0;
}

static void worsen(struct occurrence *occurrence, enum risk risk)
{
    if (occurrence->risk < risk)
        occurrence->risk = risk;
}

/*
 * The risks of entries with one ID, in order of start (and of end among equals, so that zero
 * lengths come first).
 */
static void rate_group(struct entry *entries, size_t count, int64_t margin)
{
    int64_t latest_end = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        struct entry *entry = &entries[i];
        if (i > 0 && later(latest_end, margin) >= entry->start)
            worsen(entry->occurrence, latest_end > entry->start ? RISK_OVERLAP : RISK_BACK_TO_BACK);
        if (i + 1 < count && entries[i + 1].start <= later(entry->end, margin))
            worsen(entry->occurrence,
                   entries[i + 1].start < entry->end ? RISK_OVERLAP : RISK_BACK_TO_BACK);
        if (entry->end > latest_end)
            latest_end = entry->end;
    }
}

static void add_with(struct arena *arena, struct occurrence *occurrence,
                     const struct occurrence *other)
{
    struct strings *with = &occurrence->risk_with;
    if (with->count >= WITH_MAX || strings_hold(with, other->meeting->uid))
        return;
    if (with->count == 0) {
        occurrence->risk_title = other->title ? other->title : other->meeting->title;
        occurrence->risk_start = other->start;
    }
    *vector_push(arena, with) = other->meeting->uid;
}

/*
 * Tells each entry whom it is mixed with. `active` holds the indices of those before it that had
 * not been over for longer than the margin, the latest last; what is over for longer is dropped
 * when it is met.
 */
static void sweep_group(struct arena *arena, struct entry *entries, size_t count, int64_t margin,
                        size_t *active)
{
    size_t actives = 0;
    for (size_t i = 0; i < count; i++) {
        size_t from = actives > SWEEP_MAX ? actives - SWEEP_MAX : 0, kept = from;
        for (size_t k = from; k < actives; k++) {
            struct entry *other = &entries[active[k]], *entry = &entries[i];
            if (later(other->end, margin) < entry->start)
                continue;
            add_with(arena, entry->occurrence, other->occurrence);
            add_with(arena, other->occurrence, entry->occurrence);
            active[kept++] = active[k];
        }
        active[kept++] = i;
        actives = kept;
    }
}

void risk_assess(struct arena *arena, struct occurrences *list, int64_t margin)
{
    struct entry *entries = arena_array(arena, list->count, sizeof *entries);
    size_t *active = arena_array(arena, list->count, sizeof *active);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct occurrence *o = &list->items[i];
        o->risk = RISK_NONE;
        o->risk_with = (struct strings){0};
        o->risk_title = NULL;
        if (!meeting_legacy(o->meeting))
            continue;
        o->risk = RISK_LEGACY;
        entries[count++] = (struct entry){o, o->start, o->end > o->start ? o->end : o->start};
    }
    qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && same_id(&entries[first], &entries[next]); next++)
            ;
        rate_group(entries + first, next - first, margin);
        sweep_group(arena, entries + first, next - first, margin, active);
    }
}
