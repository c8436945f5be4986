/*
 * What comes alone and means a meeting that is here (RFC 5546): its cancellation, and a changed
 * occurrence of a series. Of the meeting that is here only that is changed; the rest of such an
 * event is often cut short, and is not taken.
 */
#include "import_taking.h"
#include <string.h>
#include <strings.h>

static bool listed(const struct attendees *attendees, const char *email)
{
    for (size_t i = 0; i < attendees->count; i++)
        if (strcasecmp(attendees->items[i].email, email) == 0)
            return true;
    return false;
}

/*
 * Takes those off who are not to come any more. Nobody left: the meeting is cancelled for all of
 * them.
 */
static void uninvite(struct taking *taking)
{
    const struct attendees *gone = &taking->event->meeting.attendees;
    struct attendees left = {0};
    for (size_t i = 0; i < taking->stored.attendees.count; i++)
        if (!listed(gone, taking->stored.attendees.items[i].email))
            *vector_push(taking->arena, &left) = taking->stored.attendees.items[i];
    if (left.count == 0)
        taking->meeting->status = MEETING_CANCELLED;
    else
        taking->meeting->attendees = left;
}

static enum err unchanged(const struct taking *taking)
{
    taking->run->report->unchanged++;
    return ERR_OK;
}

/* The revision that the meeting stands at now: never less than it had. */
static void raise_revision(struct meeting *meeting, int64_t sequence, int64_t stamp)
{
    meeting->sequence = sequence > meeting->sequence ? sequence : meeting->sequence;
    meeting->stamp = stamp > meeting->stamp ? stamp : meeting->stamp;
}

enum err taking_cancel(struct taking *taking)
{
    const struct meeting *said = &taking->event->meeting, *stored = &taking->stored;
    if (stored->version == 0)
        return taking_reject(taking, "it cancels a meeting that is not here");
    if (!taking_owned(taking))
        return taking_reject_foreign(taking);
    *taking->meeting = *stored;
    if (taking->event->uninvites)
        uninvite(taking);
    else
        taking->meeting->status = MEETING_CANCELLED;
    if (revision_older(said->sequence, said->stamp, stored->sequence, stored->stamp) ||
        taking_same(stored, taking->meeting))
        return unchanged(taking);
    raise_revision(taking->meeting, said->sequence, said->stamp);
    return taking_put(taking, NULL);
}

/*
 * --- a changed occurrence alone ----------------------------------------------------------------
 */

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

static enum err enter(struct late *late, const struct ical_event *event)
{
    struct taking *taking = &late->taking;
    struct import_run *run = taking->run;
    const struct meeting *said = &event->meeting;
    struct meeting_overrides *overrides = &taking->meeting->overrides;
    size_t count = overrides->count;
    const char *why = NULL;
    struct ical_event clean = *event;
    bool dropped;
    run->report->read++;
    enum err err = import_block_drop(run, taking->arena, &taking->stored, said->conference_id,
                                     &clean.meeting, &dropped);
    if (err == ERR_OK)
        err = import_merge(run->session, taking->arena, taking->meeting, late->zone, &clean, &why);
    if (err != ERR_OK)
        return err;
    if (why) {
        import_reject(run, event, why);
    } else if (!event->following && overrides->count > count && stale(said, &taking->stored)) {
        overrides->count = count;
        run->report->unchanged++;
    } else {
        late->entered++;
        late->sequence = said->sequence > late->sequence ? said->sequence : late->sequence;
        late->stamp = said->stamp > late->stamp ? said->stamp : late->stamp;
    }
    return ERR_OK;
}

static enum err store_series(struct late *late)
{
    struct taking *taking = &late->taking;
    struct import_report *report = taking->run->report;
    struct ical_event series = *taking->event;
    if (late->entered == 0)
        return ERR_OK;
    if (taking_same(&taking->stored, taking->meeting)) {
        report->unchanged += late->entered;
        return ERR_OK;
    }
    raise_revision(taking->meeting, late->sequence, late->stamp);
    series.zone = late->zone;
    taking->event = &series;
    const char *why = taking_complete(taking);
    *(why ? &report->rejected : &report->updated) += late->entered - 1;
    return why ? taking_reject(taking, why) : taking_put(taking, NULL);
}

/* Takes the events that are of the same series as the first; each is handed to `each`. */
static enum err each_of_series(struct late *late, struct import_batch *batch, size_t first,
                               enum err (*each)(struct late *late, const struct ical_event *event))
{
    const char *uid = batch->items[first].event.uid;
    enum err err = ERR_OK;
    for (size_t i = first; err == ERR_OK && i < batch->count; i++) {
        struct import_event *item = &batch->items[i];
        if (item->taken || strcmp(item->event.uid, uid) != 0)
            continue;
        item->taken = true;
        err = each(late, &item->event);
    }
    return err;
}

static enum err refuse(struct late *late, const struct ical_event *event)
{
    struct import_run *run = late->taking.run;
    run->report->read++;
    import_reject(run, event,
                  late->taking.stored.version == 0 || !taking_owned(&late->taking)
                      ? "it changes an occurrence of a series that is not here"
                      : "it changes an occurrence of a meeting that does not recur");
    return ERR_OK;
}

static void copy_series(struct taking *taking)
{
    *taking->meeting = taking->stored;
    taking->meeting->overrides = (struct meeting_overrides){0};
    for (size_t i = 0; i < taking->stored.overrides.count; i++)
        *vector_push(taking->arena, &taking->meeting->overrides) =
            taking->stored.overrides.items[i];
}

enum err import_take_late(struct import_run *run, struct arena *arena, struct import_batch *batch,
                          size_t first)
{
    struct late late = {.taking = {.run = run,
                                   .arena = arena,
                                   .event = &batch->items[first].event,
                                   .meeting = arena_alloc(arena, sizeof(struct meeting))}};
    struct taking *taking = &late.taking;
    enum err err = taking_begin(taking);
    if (err != ERR_OK)
        return err;
    if (taking->stored.version == 0 || !taking_owned(taking) || !meeting_series(&taking->stored))
        return each_of_series(&late, batch, first, refuse);
    copy_series(taking);
    err = session_zone(run->session, taking->stored.tz, &late.zone);
    if (err == ERR_OK)
        err = each_of_series(&late, batch, first, enter);
    return err == ERR_OK ? store_series(&late) : err;
}
