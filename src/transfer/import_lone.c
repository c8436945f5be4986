/*
 * Occurrences of a series that is not here: who is asked to single ones gets them without it (RFC
 * 5546, 3.2.2, and RFC 4791, 4.1). All that are known of one series are one meeting, and each is a
 * changed occurrence of it; the series itself, if it comes later, takes them in.
 */
#include "import.h"
#include <string.h>

/* True if an event is one of this series, and not yet taken. */
static bool is_of(const struct import_event *item, const char *uid)
{
    return !item->taken && strcmp(item->event.uid, uid) == 0;
}

const struct ical_event *import_lone_first(const struct import_batch *batch, size_t first)
{
    const char *uid = batch->items[first].event.uid;
    for (size_t i = first; i < batch->count; i++)
        if (is_of(&batch->items[i], uid) &&
            batch->items[i].event.meeting.status != MEETING_CANCELLED)
            return &batch->items[i].event;
    return NULL;
}

/* True if the event says anew what the one occurrence of the stored meeting says. */
static bool replaces(const struct meeting *stored, const struct meeting *lone,
                     const struct ical_event *event)
{
    const struct meeting_override *there = &stored->overrides.items[0];
    return stored->overrides.count == 1 && strcmp(stored->tz, lone->tz) == 0 &&
           local_compare(there->recurrence, lone->start_local) == 0 &&
           !revision_older(event->meeting.sequence, event->meeting.stamp, there->sequence,
                           there->stamp);
}

/* What is stored of the series goes before: its words, and the occurrences that are here. */
static enum err begin_from_stored(struct import_run *run, struct arena *arena,
                                  const struct meeting *stored, struct ical_event *lone)
{
    const struct meeting said = lone->meeting;
    lone->meeting = *stored;
    vector_copy(arena, &lone->meeting.overrides, &stored->overrides);
    lone->meeting.conference_id = said.conference_id;
    lone->meeting.id_kind = said.id_kind;
    return session_zone(run->session, stored->tz, &lone->zone);
}

/* Cancelled if nothing of it takes place any more. */
static enum meeting_status status_of(const struct meeting *lone)
{
    for (size_t i = 0; i < lone->overrides.count; i++)
        if (!lone->overrides.items[i].cancelled)
            return MEETING_SCHEDULED;
    return MEETING_CANCELLED;
}

static void note_alone(struct arena *arena, struct ical_event *lone)
{
    static const char alone[] =
        "the series that it is an occurrence of is not here; it stands alone";
    lone->note = lone->note ? arena_format(arena, "%s; %s", lone->note, alone) : alone;
}

enum err import_take_lone(struct import_run *run, struct arena *arena, struct import_batch *batch,
                          size_t first, const struct ical_event *said, const struct meeting *stored)
{
    struct ical_event lone = ical_lone(arena, said);
    enum err err = ERR_OK;
    if (stored->version && !replaces(stored, &lone.meeting, said))
        err = begin_from_stored(run, arena, stored, &lone);
    const char *uid = batch->items[first].event.uid;
    for (size_t i = first; !err && i < batch->count; i++) {
        struct import_event *item = &batch->items[i];
        const char *why = NULL;
        if (!is_of(item, uid))
            continue;
        item->taken = true;
        err =
            import_merge(arena, &lone.meeting, lone.zone, &item->event, &why, &run->session->error);
        if (!why)
            continue;
        run->report.read++;
        import_reject(run, &item->event, why);
    }
    if (err)
        return err;
    lone.meeting.status = status_of(&lone.meeting);
    note_alone(arena, &lone);
    return import_take(run, arena, &lone, false);
}
