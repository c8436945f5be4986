/*
 * Copies of events that outlive the reading, and the set of IDs that an import has met.
 */
#include "import.h"
#include <string.h>

static const char *copy_or_empty(struct arena *arena, const char *s)
{
    return s ? arena_copy(arena, s) : "";
}

static struct local_times copy_times(struct arena *arena, const struct local_times *times)
{
    struct local_times copy = {0};
    for (size_t i = 0; i < times->count; i++)
        *vector_push(arena, &copy) = times->items[i];
    return copy;
}

/* Of added periods: they have no texts yet. */
static struct meeting_overrides copy_overrides(struct arena *arena,
                                               const struct meeting_overrides *overrides)
{
    struct meeting_overrides copy = {0};
    for (size_t i = 0; i < overrides->count; i++)
        *vector_push(arena, &copy) = overrides->items[i];
    return copy;
}

static struct attendees copy_attendees(struct arena *arena, const struct attendees *list)
{
    struct attendees copy = {0};
    for (size_t i = 0; i < list->count; i++)
        *vector_push(arena, &copy) = (struct attendee){copy_or_empty(arena, list->items[i].email),
                                                       copy_or_empty(arena, list->items[i].name)};
    return copy;
}

struct ical_event import_copy(struct arena *arena, const struct ical_event *event)
{
    struct ical_event copy = *event;
    struct meeting *meeting = &copy.meeting;
    copy.why = arena_copy(arena, event->why);
    copy.uid = copy_or_empty(arena, event->uid);
    copy.organizer = copy_or_empty(arena, event->organizer);
    copy.organizer_name = copy_or_empty(arena, event->organizer_name);
    copy.note = arena_copy(arena, event->note);
    copy.ical_own_people = arena_copy(arena, event->ical_own_people);
    copy.dial_in_block = arena_copy(arena, event->dial_in_block);
    copy.disagrees = arena_copy(arena, event->disagrees);
    meeting->uid = copy.uid;
    meeting->title = copy_or_empty(arena, meeting->title);
    meeting->location = copy_or_empty(arena, meeting->location);
    meeting->notes = copy_or_empty(arena, meeting->notes);
    meeting->lang = NULL;
    meeting->tz = arena_copy(arena, meeting->tz);
    meeting->rrule = arena_copy(arena, meeting->rrule);
    meeting->rdates = copy_times(arena, &meeting->rdates);
    meeting->exdates = copy_times(arena, &meeting->exdates);
    meeting->overrides = copy_overrides(arena, &meeting->overrides);
    meeting->conference_id = arena_copy(arena, meeting->conference_id);
    meeting->attendees = copy_attendees(arena, &meeting->attendees);
    meeting->ical = arena_copy(arena, meeting->ical);
    return copy;
}

/*
 * --- a set of IDs ------------------------------------------------------------------------------
 */

/*
 * The ID as a number with a 1 in front, so that leading zeros count and no ID is 0, which marks a
 * free slot.
 */
static uint64_t id_number(const char *digits)
{
    uint64_t number = 1;
    for (; *digits; digits++)
        number = number * 10 + (uint64_t)(*digits - '0');
    return number;
}

static uint64_t *id_slot(const struct id_set *set, uint64_t number)
{
    size_t at = (size_t)((number * UINT64_C(0x9E3779B97F4A7C15)) >> 16) % set->size;
    while (set->slots[at] != 0 && set->slots[at] != number)
        at = (at + 1) % set->size;
    return &set->slots[at];
}

static void id_set_grow(struct arena *arena, struct id_set *set)
{
    struct id_set old = *set;
    set->size = old.size ? old.size * 2 : 1024;
    set->slots = arena_array(arena, set->size, sizeof *set->slots);
    for (size_t i = 0; i < old.size; i++) {
        if (old.slots[i] != 0)
            *id_slot(set, old.slots[i]) = old.slots[i];
    }
}

void id_set_add(struct arena *arena, struct id_set *set, const char *digits)
{
    if (set->count * 2 >= set->size)
        id_set_grow(arena, set);
    uint64_t number = id_number(digits), *slot = id_slot(set, number);
    set->count += *slot == 0;
    *slot = number;
}

bool id_set_has(const struct id_set *set, const char *digits)
{
    return set->size > 0 && *id_slot(set, id_number(digits)) != 0;
}
