/*
 * Series: a meeting's occurrences and span. The rule's starts are read in local time and each is
 * turned into an instant by itself, so that a clock change moves none of them.
 */
#include <core/series.h>
#include <stdlib.h>
#include <string.h>

enum { OCCURRENCES_MAX = 10000 };

/* A meeting, and the zone that its local times are read in. */
struct series {
    const struct meeting *meeting;
    const struct zone *zone;
};

static int compare_locals(const void *a, const void *b)
{
    const struct local_time *left = a, *right = b;
    return local_compare(*left, *right);
}

/* `days` of the duration are by the clock, however long they are; `instant` is that of `start`. */
static int64_t end_of(const struct zone *zone, struct local_time start, int64_t instant,
                      int64_t duration, int64_t days)
{
    if (days == 0)
        return instant + duration;
    zone_instant(zone, local_add_days(start, (int)days), &instant);
    return instant + duration - days * DAY;
}

int64_t series_end(const struct meeting *meeting, const struct zone *zone, struct local_time start)
{
    int64_t instant;
    zone_instant(zone, start, &instant);
    return end_of(zone, start, instant, meeting->duration,
                  meeting->all_day ? meeting->duration / DAY : meeting->clock_days);
}

static struct occurrence occurrence_at(const struct series *series, struct local_time start)
{
    const struct meeting *meeting = series->meeting;
    struct occurrence occurrence = {.meeting = meeting,
                                    .recurrence = start,
                                    .title = meeting->title,
                                    .location = meeting->location};
    zone_instant(series->zone, start, &occurrence.start);
    occurrence.end = end_of(series->zone, start, occurrence.start, meeting->duration,
                            meeting->all_day ? meeting->duration / DAY : meeting->clock_days);
    return occurrence;
}

static struct occurrence occurrence_overridden(const struct series *series,
                                               const struct meeting_override *override)
{
    struct occurrence occurrence = occurrence_at(series, override->recurrence);
    zone_instant(series->zone, override->start, &occurrence.start);
    occurrence.end = end_of(series->zone, override->start, occurrence.start, override->duration,
                            series->meeting->all_day ? override->duration / DAY : 0);
    if (override->title)
        occurrence.title = override->title;
    if (override->location)
        occurrence.location = override->location;
    return occurrence;
}

/*
 * A walk over the occurrences that touch [from, to). It gathers them in `out`, or keeps only the
 * last one there.
 */
struct walk {
    struct series series;
    struct arena *arena;
    /* the starts of the rule that are excluded or overridden, sorted */
    const struct local_time *taken;
    size_t taken_count;
    int64_t from, to;
    size_t limit;
    bool last_only;
    bool rule_only; /* without the added dates and the changed occurrences */
    struct occurrences *out;
};

static bool touches(const struct walk *walk, const struct occurrence *occurrence)
{
    if (occurrence->start >= walk->to)
        return false;
    return occurrence->end > walk->from || occurrence->start >= walk->from;
}

/* Adds the occurrence, or keeps it as the last one, if it touches [from, to). */
static void walk_add(struct walk *walk, struct occurrence occurrence)
{
    if (!touches(walk, &occurrence))
        return;
    if (!walk->last_only || walk->out->count == 0)
        *vector_push(walk->arena, walk->out) = occurrence;
    else if (occurrence.start >= walk->out->items[0].start)
        walk->out->items[0] = occurrence;
}

/* recurrence_visit: one start of the rule. */
static bool walk_visit(void *context, struct local_time start)
{
    struct walk *walk = context;
    if (!walk->taken_count ||
        !bsearch(&start, walk->taken, walk->taken_count, sizeof start, compare_locals))
        walk_add(walk, occurrence_at(&walk->series, start));
    return walk->last_only || walk->out->count < walk->limit;
}

static void walk_prepare(struct walk *walk)
{
    const struct meeting *meeting = walk->series.meeting;
    struct local_times taken = {0};
    for (size_t i = 0; i < meeting->exdates.count; i++)
        *vector_push(walk->arena, &taken) = meeting->exdates.items[i];
    for (size_t i = 0; i < meeting->overrides.count; i++)
        *vector_push(walk->arena, &taken) = meeting->overrides.items[i].recurrence;
    items_sort(taken.items, taken.count, sizeof *taken.items, compare_locals);
    walk->taken = taken.items;
    walk->taken_count = taken.count;
}

/*
 * The rule's part of the walk. The local bounds are a day wider than any clock change moves them.
 */
static enum err walk_rule(struct walk *walk, struct error *error)
{
    const struct series *series = &walk->series;
    const struct meeting *meeting = series->meeting;
    if (!meeting->rrule) {
        walk_visit(walk, meeting->start_local);
        return ERR_OK;
    }
    const int64_t slack = 2 * DAY, bound = INT64_C(1) << 40;
    int64_t from = walk->from < -bound ? -bound : walk->from;
    int64_t to = walk->to > bound ? bound : walk->to;
    struct local_time first = zone_read(series->zone, from - meeting->duration - slack).local;
    struct local_time last = zone_read(series->zone, to + slack).local;
    return recurrence_each(meeting->rrule, meeting->start_local, series->zone, first, last,
                           walk_visit, walk, error);
}

/* Orders by which occurrence of the series it is, to find added dates that the rule has too. */
static int compare_recurrences(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;
    return local_compare(left->recurrence, right->recurrence);
}

static void drop_twins(struct occurrences *list)
{
    size_t kept = 0;
    qsort(list->items, list->count, sizeof *list->items, compare_recurrences);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || compare_recurrences(&list->items[kept - 1], &list->items[i]) != 0)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/*
 * Added dates, then the occurrences that differ: these stand even if the rule does not have their
 * starts.
 */
static void walk_extras(struct walk *walk)
{
    const struct meeting *meeting = walk->series.meeting;
    size_t limit = walk->limit;
    walk->limit = SIZE_MAX;
    for (size_t i = 0; i < meeting->rdates.count; i++)
        walk_visit(walk, meeting->rdates.items[i]);
    if (meeting->rdates.count && walk->out->count > 1)
        drop_twins(walk->out);
    for (size_t i = 0; i < meeting->overrides.count; i++)
        if (!meeting->overrides.items[i].cancelled)
            walk_add(walk, occurrence_overridden(&walk->series, &meeting->overrides.items[i]));
    walk->limit = limit;
}

static enum err walk_run(struct walk *walk, struct error *error)
{
    walk_prepare(walk);
    enum err err = walk_rule(walk, error);
    if (err)
        return err;
    if (!walk->rule_only)
        walk_extras(walk);
    return ERR_OK;
}

/*
 * True if a start by the rule (or an added date) does not exist on the clock, and so is read with
 * the offset before the gap.
 */
static bool in_gap(const struct series *series, const struct occurrence *occurrence)
{
    int64_t instant;
    return zone_instant(series->zone, occurrence->recurrence, &instant) == ZONE_FIT_GAP &&
           instant == occurrence->start;
}

/*
 * A start in a gap may be the same instant as a start behind the gap: these are one occurrence
 * (RFC 5545, 3.8.5), the one that the clock shows.
 */
static void drop_gap_twins(const struct series *series, struct occurrences *sorted)
{
    size_t kept = 0;
    for (size_t i = 0; i < sorted->count; i++) {
        const struct occurrence *this = &sorted->items[i];
        struct occurrence *last = kept ? &sorted->items[kept - 1] : NULL;
        bool twins = last && last->start == this->start && last->end == this->end;
        if (twins && in_gap(series, this))
            continue;
        if (twins && in_gap(series, last))
            kept--;
        sorted->items[kept++] = *this;
    }
    sorted->count = kept;
}

enum err series_occurrences(struct arena *arena, const struct meeting *meeting,
                            const struct zone *zone, int64_t from, int64_t to, size_t limit,
                            struct occurrences *out, struct error *error)
{
    struct arena *scratch = arena_new();
    struct occurrences found = {0};
    struct walk walk = {.series = {meeting, zone},
                        .arena = scratch,
                        .from = from,
                        .to = to,
                        .limit = limit ? limit : OCCURRENCES_MAX,
                        .out = &found};
    enum err err = walk_run(&walk, error);
    if (!err) {
        occurrences_sort(&found);
        drop_gap_twins(&walk.series, &found);
    }
    for (size_t i = 0; !err && i < found.count && i < walk.limit; i++)
        *vector_push(arena, out) = found.items[i];
    arena_free(scratch);
    return err;
}

/* The earliest instant that any occurrence may start at. */
static int64_t earliest(const struct series *series)
{
    const struct meeting *meeting = series->meeting;
    int64_t first = occurrence_at(series, meeting->start_local).start, instant;
    for (size_t i = 0; i < meeting->rdates.count; i++)
        if (zone_instant(series->zone, meeting->rdates.items[i], &instant), instant < first)
            first = instant;
    for (size_t i = 0; i < meeting->overrides.count; i++) {
        const struct meeting_override *override = &meeting->overrides.items[i];
        if (!override->cancelled &&
            (zone_instant(series->zone, override->start, &instant), instant < first))
            first = instant;
    }
    return first;
}

/*
 * The last occurrence (of the rule's own, or of all) that starts before `at`, looked for in ever
 * longer stretches of time before it.
 */
static enum err last_before(struct arena *arena, const struct series *series, bool rule_only,
                            int64_t at, struct occurrences *found, struct error *error)
{
    const int64_t first = earliest(series), bound = INT64_C(1) << 40;
    if (at > bound)
        at = bound;
    for (int64_t reach = DAY;; reach *= 4) {
        struct walk walk = {.series = *series,
                            .arena = arena,
                            .from = at - reach,
                            .to = at,
                            .last_only = true,
                            .rule_only = rule_only,
                            .out = found};
        enum err err = walk_run(&walk, error);
        if (err || found->count || at - reach <= first)
            return err;
    }
}

enum err series_nearest(struct arena *arena, const struct meeting *meeting, const struct zone *zone,
                        int64_t at, struct occurrence *out, bool *found, struct error *error)
{
    const struct series series = {meeting, zone};
    struct occurrences near = {0};
    enum err err = series_occurrences(arena, meeting, zone, at, INSTANT_NEVER, 1, &near, error);
    if (err)
        return err;
    if (near.count == 0)
        err = last_before(arena, &series, false, at, &near, error);
    if (err)
        return err;
    *found = near.count > 0;
    if (*found)
        *out = near.items[0];
    return ERR_OK;
}

/* Widens the meeting's span by an occurrence. */
static void span_add(struct meeting *meeting, int64_t start, int64_t end)
{
    if (start < meeting->span_start)
        meeting->span_start = start;
    if (end > meeting->span_end)
        meeting->span_end = end;
}

static void span_add_extras(struct meeting *meeting, const struct series *series)
{
    for (size_t i = 0; i < meeting->rdates.count; i++) {
        struct occurrence added = occurrence_at(series, meeting->rdates.items[i]);
        span_add(meeting, added.start, added.end);
    }
    for (size_t i = 0; i < meeting->overrides.count; i++) {
        if (meeting->overrides.items[i].cancelled)
            continue;
        struct occurrence moved = occurrence_overridden(series, &meeting->overrides.items[i]);
        span_add(meeting, moved.start, moved.end);
    }
}

enum { STARTS_LOOKED_AT = 72, STARTS_A_DAY_MAX = 24 };

/* The last STARTS_A_DAY_MAX starts, in a ring. */
struct pace {
    int64_t ring[STARTS_A_DAY_MAX];
    int count;
    bool too_often;
};

static bool pace_visit(void *context, struct local_time start)
{
    struct pace *pace = context;
    int64_t now = local_seconds(start), *before = &pace->ring[pace->count % STARTS_A_DAY_MAX];
    pace->too_often = pace->count >= STARTS_A_DAY_MAX && now - *before < DAY;
    *before = now;
    return !pace->too_often && ++pace->count < STARTS_LOOKED_AT;
}

/* No meeting takes place more often than hourly; such a rule would drown every calendar. */
enum err series_check_rule(const char *rrule, struct local_time start, const struct zone *zone,
                           struct error *error)
{
    struct pace pace = {.count = 0};
    struct local_time end = start;
    end.year += 400; /* the calendar's cycle: what it shows comes again */
    enum err err = recurrence_each(rrule, start, zone, start, end, pace_visit, &pace, error);
    if (err || !pace.too_often)
        return err;
    return error_set(error, ERR_INVALID, "repeat", "'%s' recurs more than %d times a day", rrule,
                     STARTS_A_DAY_MAX);
}

/*
 * Widens the span to the end of the rule's last occurrence. Its last starts may be excluded: then
 * the last occurrence that is left counts; if none is left, the meeting's own end stands.
 */
static enum err span_add_rule(struct meeting *meeting, const struct series *series,
                              struct error *error)
{
    struct local_time last = meeting->start_local;
    bool open = false;
    enum err err = series_check_rule(meeting->rrule, meeting->start_local, series->zone, error);
    if (err)
        return err;
    err = recurrence_last(meeting->rrule, meeting->start_local, series->zone, &last, &open, error);
    if (err)
        return err;
    if (open) {
        span_add(meeting, meeting->start, INSTANT_NEVER);
        return ERR_OK;
    }
    struct occurrence final = occurrence_at(series, last);
    if (meeting->exdates.count == 0 && meeting->overrides.count == 0) {
        span_add(meeting, final.start, final.end);
        return ERR_OK;
    }
    struct arena *arena = arena_new();
    struct occurrences left = {0};
    err = last_before(arena, series, true, final.start + DAY, &left, error);
    if (!err && left.count)
        span_add(meeting, left.items[0].start, left.items[0].end);
    arena_free(arena);
    return err;
}

/* The first occurrence by the rule; of single occurrences of a series the first one that stands. */
static struct occurrence first_occurrence(const struct series *series)
{
    const struct meeting *meeting = series->meeting;
    struct occurrence first = occurrence_at(series, meeting->start_local);
    bool found = false;
    if (!meeting_lone(meeting))
        return first;
    for (size_t i = 0; i < meeting->overrides.count; i++) {
        struct occurrence one = occurrence_overridden(series, &meeting->overrides.items[i]);
        if (meeting->overrides.items[i].cancelled || (found && one.start >= first.start))
            continue;
        first = one;
        found = true;
    }
    return first;
}

enum err series_resolve(struct meeting *meeting, const struct zone *zone, struct error *error)
{
    const struct series series = {meeting, zone};
    struct occurrence first = first_occurrence(&series);
    meeting->start = meeting->span_start = first.start;
    meeting->end = meeting->span_end = first.end;
    meeting->zone = zone;
    meeting->zone_rules = zone_fingerprint(zone);
    enum err err = meeting->rrule ? span_add_rule(meeting, &series, error) : ERR_OK;
    if (err)
        return err;
    span_add_extras(meeting, &series);
    return ERR_OK;
}

static int compare_strings(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare_occurrences(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    if (left->end != right->end)
        return left->end < right->end ? -1 : 1;
    int order = compare_strings(left->title, right->title);
    if (order)
        return order;
    order = compare_strings(left->meeting->uid, right->meeting->uid);
    return order ? order : local_compare(left->recurrence, right->recurrence);
}

void occurrences_sort(struct occurrences *list)
{
    items_sort(list->items, list->count, sizeof *list->items, compare_occurrences);
}
