/*
 * Changed occurrences that come alone and mean a series that is in the store (RFC 5546). Of the
 * series only these occurrences are changed; the rest of such an event is often cut short, and is
 * not taken.
 */
#include "import.h"
#include <core/meeting_compare.h>
#include <string.h>

/* Changed occurrences of one series that came apart from it. */
struct late {
    struct taking taking;    /* of the series; its event is the first of them */
    const struct zone *zone; /* the series' */
    int64_t entered;         /* how many say something */
    int64_t sequence, stamp; /* the newest revision of these */
};

/*
 * It was sent before the series became what it is now. A series and its occurrences count apart, so
 * SEQUENCE alone does not tell.
 */
static bool stale(const struct meeting *said, const struct meeting *series)
{
    return said->sequence < series->sequence &&
           !(said->stamp && series->stamp && said->stamp >= series->stamp);
}

static enum err late_enter(struct late *late, const struct ical_event *event)
{
    struct taking *taking = &late->taking;
    struct import_run *run = taking->run;
    const struct meeting *said = &event->meeting;
    struct meeting_overrides *overrides = &taking->meeting->overrides;
    size_t count = overrides->count;
    const char *why = NULL;
    struct ical_event clean = *event;
    bool dropped;
    enum err err = import_block_drop(run, taking->arena, &taking->stored, said->conference_id,
                                     &clean.meeting, &dropped);
    if (err)
        return err;
    err = import_merge(taking->arena, taking->meeting, late->zone, &clean, &why,
                       &run->session->error);
    if (err)
        return err;
    if (why) {
        import_reject(run, event, why);
    } else if (!event->following && overrides->count > count && stale(said, &taking->stored)) {
        overrides->count = count;
        run->report.unchanged++;
    } else {
        late->entered++;
        late->sequence = said->sequence > late->sequence ? said->sequence : late->sequence;
        late->stamp = said->stamp > late->stamp ? said->stamp : late->stamp;
    }
    return ERR_OK;
}

static enum err series_put(struct late *late)
{
    struct taking *taking = &late->taking;
    struct import_report *report = &taking->run->report;
    struct ical_event series = *taking->event;
    if (late->entered == 0)
        return ERR_OK;
    if (meeting_says_same(&taking->stored, taking->meeting)) {
        report->unchanged += late->entered;
        return ERR_OK;
    }
    revision_raise(taking->meeting, late->sequence, late->stamp);
    series.zone = late->zone;
    taking->event = &series;
    const char *why = taking_complete(taking);
    *(why ? &report->rejected : &report->updated) += late->entered - 1;
    if (!why)
        return taking_put(taking, NULL);
    import_reject(taking->run, &series, why);
    return ERR_OK;
}

/* NULL, or why the stored meeting takes no changed occurrences from these events. */
static const char *why_not(const struct taking *taking)
{
    if (!taking_owned(taking))
        return "it changes an occurrence of a series that is not here";
    if (!meeting_series(&taking->stored))
        return "it changes an occurrence of a meeting that does not recur";
    return NULL;
}

static enum err series_begin(struct late *late)
{
    struct taking *taking = &late->taking;
    *taking->meeting = taking->stored;
    vector_copy(taking->arena, &taking->meeting->overrides, &taking->stored.overrides);
    return session_zone(taking->run->session, taking->stored.tz, &late->zone);
}

enum err import_take_late(struct import_run *run, struct arena *arena, struct import_batch *batch,
                          size_t first)
{
    const char *uid = batch->items[first].event.uid;
    struct late late = {.taking = {.run = run,
                                   .arena = arena,
                                   .event = &batch->items[first].event,
                                   .meeting = arena_alloc(arena, sizeof(struct meeting))}};
    enum err err = taking_begin(&late.taking);
    if (err)
        return err;
    const struct meeting *stored = &late.taking.stored;
    const struct ical_event *said = import_lone_first(batch, first);
    if (stored->version ? meeting_lone(stored) : said != NULL)
        return import_take_lone(run, arena, batch, first, said ? said : &batch->items[first].event,
                                stored);
    const char *why = why_not(&late.taking);
    if (!why)
        err = series_begin(&late);
    for (size_t i = first; !err && i < batch->count; i++) {
        struct import_event *item = &batch->items[i];
        if (item->taken || strcmp(item->event.uid, uid) != 0)
            continue;
        item->taken = true;
        run->report.read++;
        if (why)
            import_reject(run, &item->event, why);
        else
            err = late_enter(&late, &item->event);
    }
    return err ? err : series_put(&late);
}
