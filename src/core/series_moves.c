/*
 * Occurrences under a zone's old rules and under its new ones, side by side.
 */
#include <core/series_moves.h>
#include <core/series_split.h>
#include <core/zone_changes.h>

static int compare_recurrences(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;
    return local_compare(left->recurrence, right->recurrence);
}

static enum err occurrences_ahead(struct arena *arena, const struct meeting *meeting,
                                  const struct zone *zone, int64_t now, struct occurrences *out,
                                  struct error *error)
{
    int64_t until = now + SERIES_MOVES_REACH;
    if (until > ZONE_CHANGES_TO) /* the old rules are kept until then */
        until = ZONE_CHANGES_TO;
    /* a day more, so that an occurrence that is over by one of the rules only is in both */
    enum err err = series_occurrences(arena, meeting, zone, now - DAY, until + DAY, 0, out, error);
    if (err)
        return err;
    items_sort(out->items, out->count, sizeof *out->items, compare_recurrences);
    return ERR_OK;
}

static void move_add(struct series_moves *moves, const struct occurrence *before,
                     const struct occurrence *after, const struct zone *zone)
{
    bool starts = before->start != after->start;
    int64_t was = starts ? before->start : before->end, is = starts ? after->start : after->end;
    if (moves->count++ > 0 && is >= moves->after)
        return;
    moves->before = was;
    moves->after = is;
    moves->local = zone_read(zone, after->start).local;
}

enum err series_moves_find(struct arena *arena, const struct meeting *before,
                           const struct zone *old_zone, const struct meeting *after,
                           const struct zone *new_zone, int64_t now, struct series_moves *out,
                           struct error *error)
{
    struct occurrences was = {0}, is = {0};
    *out = (struct series_moves){0};
    enum err err = occurrences_ahead(arena, before, old_zone, now, &was, error);
    if (err)
        return err;
    err = occurrences_ahead(arena, after, new_zone, now, &is, error);
    if (err)
        return err;
    for (size_t i = 0, j = 0; i < was.count && j < is.count;) {
        const struct occurrence *old = &was.items[i], *new = &is.items[j];
        int order = compare_recurrences(old, new);
        i += order <= 0;
        j += order >= 0;
        bool over = old->end <= now && new->end <= now;
        if (order == 0 && !over && (old->start != new->start || old->end != new->end))
            move_add(out, old, new, new_zone);
    }
    return ERR_OK;
}

enum err series_renew(struct arena *arena, struct meeting *meeting, const struct zone *old_zone,
                      const struct zone *new_zone, struct error *error)
{
    if (meeting->rrule)
        meeting->rrule = rule_move(arena, meeting->rrule, old_zone, new_zone, meeting->all_day,
                                   meeting->start_local, meeting->start_local);
    return series_resolve(meeting, new_zone, error);
}
