/*
 * What comes alone and means a meeting that is here (RFC 5546): its cancellation, and a changed occurrence of a series. Of the meeting that is
 * here only that is changed; the rest of such an event is often cut short, and is not taken.
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

/* Takes those off who are not to come any more. Nobody left: the meeting is cancelled for all of them. */
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
static void raise_revision(struct taking *taking)
{
    const struct meeting *said = &taking->event->meeting;
    if (said->sequence > taking->meeting->sequence)
        taking->meeting->sequence = said->sequence;
    if (said->stamp > taking->meeting->stamp)
        taking->meeting->stamp = said->stamp;
}

enum err taking_cancel(struct taking *taking)
{
    const struct meeting *said = &taking->event->meeting, *stored = &taking->stored;
    if (stored->version == 0)
        return taking_reject(taking, "it cancels a meeting that is not here");
    if (!taking_owned(taking))
        return taking_reject(
            taking,
            arena_format(taking->arena, "its UID is that of a meeting of %s", stored->organizer));
    *taking->meeting = *stored;
    if (taking->event->uninvites)
        uninvite(taking);
    else
        taking->meeting->status = MEETING_CANCELLED;
    if (revision_older(said->sequence, said->stamp, stored->sequence, stored->stamp) ||
        taking_same(stored, taking->meeting))
        return unchanged(taking);
    raise_revision(taking);
    return taking_put(taking, NULL);
}

/* --- a changed occurrence alone ---------------------------------------------------------------- */

/* It was sent before the series became what it is now. A series and its occurrences count apart, so SEQUENCE alone does not tell. */
static bool stale(const struct taking *taking)
{
    const struct meeting *said = &taking->event->meeting, *series = &taking->stored;
    return said->sequence < series->sequence &&
           !(said->stamp && series->stamp && said->stamp >= series->stamp);
}

static struct meeting_overrides overrides_copy(struct arena *arena,
                                               const struct meeting_overrides *overrides)
{
    struct meeting_overrides copy = {0};
    for (size_t i = 0; i < overrides->count; i++)
        *vector_push(arena, &copy) = overrides->items[i];
    return copy;
}

static enum err take_occurrence(struct taking *taking)
{
    struct session *session = taking->run->session;
    const struct zone *zone = NULL;
    const char *why = NULL;
    struct meeting *meeting = taking->meeting;
    *meeting = taking->stored;
    meeting->overrides = overrides_copy(taking->arena, &taking->stored.overrides);
    enum err err = session_zone(session, meeting->tz, &zone);
    if (err == ERR_OK)
        err = import_merge(session, taking->arena, meeting, zone, taking->event, &why);
    if (err != ERR_OK)
        return err;
    if (why)
        return taking_reject(taking, why);
    bool known = meeting->overrides.count == taking->stored.overrides.count;
    if (taking_same(&taking->stored, meeting) || (!known && stale(taking)))
        return unchanged(taking);
    struct ical_event series = *taking->event;
    series.zone = zone;
    raise_revision(taking);
    taking->event = &series;
    err = taking_complete(taking, &why);
    if (err != ERR_OK)
        return err;
    return why ? taking_reject(taking, why) : taking_put(taking, NULL);
}

enum err import_take_late(struct import_run *run, struct arena *arena,
                          const struct ical_event *event)
{
    struct taking taking = {.run = run,
                            .arena = arena,
                            .event = event,
                            .meeting = arena_alloc(arena, sizeof(struct meeting))};
    run->report->read++;
    enum err err = taking_begin(&taking);
    if (err != ERR_OK)
        return err;
    if (taking.stored.version == 0 || !taking_owned(&taking))
        return taking_reject(&taking, "it changes an occurrence of a series that is not here");
    if (!meeting_series(&taking.stored))
        return taking_reject(&taking, "it changes an occurrence of a meeting that does not recur");
    return take_occurrence(&taking);
}
