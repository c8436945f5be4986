/*
 * A changed occurrence entered into its series. It comes as an event of its own, perhaps in another
 * zone than the series.
 */
#include <exchange/ical.h>

#include <core/series.h>
#include <string.h>
#include <strings.h>

static struct local_time in_series_zone(const struct zone *series, const struct zone *zone,
                                        struct local_time local)
{
    int64_t instant;
    if (strcmp(zone_name(series), zone_name(zone)) == 0)
        return local;
    zone_instant(zone, local, &instant);
    return zone_read(series, instant).local;
}

/*
 * The day that an instant means in a series of whole days: one at which a day begins there. Any
 * other was made of the date alone, by a program that knows no dates.
 */
static struct local_time which_day(const struct zone *zone, const struct ical_event *event)
{
    struct local_time at = event->recurrence;
    if (event->recurrence_zone) {
        struct local_time there = in_series_zone(zone, event->recurrence_zone, at);
        if (local_compare(there, local_midnight(there)) == 0)
            return there;
    }
    return local_midnight(at);
}

/* Which occurrence: a date alone means the one of that day, at the series' time of day. */
struct local_time ical_which(const struct meeting *series, const struct zone *zone,
                             const struct ical_event *event)
{
    struct local_time at = event->recurrence;
    if (series->all_day)
        return which_day(zone, event);
    if (event->recurrence_zone)
        return in_series_zone(zone, event->recurrence_zone, at);
    if (!event->recurrence_date)
        return at;
    at.hour = series->start_local.hour;
    at.minute = series->start_local.minute;
    at.second = series->start_local.second;
    return at;
}

static const char *changed_text(struct arena *arena, const char *series, const char *occurrence)
{
    return strcmp(series, occurrence) == 0 ? NULL : arena_copy(arena, occurrence);
}

/*
 * What it came with beside what is modelled: NULL if it is as the series', "" if there is
 * nothing.
 */
static const char *own_rest(struct arena *arena, const char *series, const char *occurrence)
{
    if (strcmp(series ? series : "", occurrence ? occurrence : "") == 0)
        return NULL;
    return arena_copy(arena, occurrence ? occurrence : "");
}

/* In any order; the usual one is looked at first. */
static bool same_people(const struct attendees *a, const struct attendees *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcasecmp(a->items[i].email, b->items[i].email) != 0 &&
            !attendee_find(b, a->items[i].email))
            return false;
    return true;
}

static int64_t exact_length(const struct ical_event *event)
{
    int64_t start;
    zone_instant(event->zone, event->meeting.start_local, &start);
    return series_end(&event->meeting, event->zone, event->meeting.start_local) - start;
}

/* The place of this occurrence's override; NULL if a newer one is there. */
static struct meeting_override *place(struct arena *arena, struct meeting *series,
                                      struct local_time recurrence, const struct meeting *changed)
{
    struct meeting_override *there = meeting_override_at(series, recurrence);
    if (!there)
        return vector_push(arena, &series->overrides);
    bool older = revision_older(changed->sequence, changed->stamp, there->sequence, there->stamp);
    return older ? NULL : there;
}

struct ical_event ical_lone(struct arena *arena, const struct ical_event *event)
{
    struct ical_event series = *event;
    struct meeting *meeting = &series.meeting;
    meeting->start_local = ical_which(&event->meeting, event->zone, event);
    meeting->status = MEETING_SCHEDULED;
    meeting->rrule = NULL;
    meeting->rdates = meeting->exdates = (struct local_times){0};
    *vector_push(arena, &meeting->rdates) = meeting->start_local;
    meeting->overrides = (struct meeting_overrides){0};
    meeting->sequence = meeting->stamp = 0;
    series.is_override = series.following = series.uninvites = false;
    if (series.method == ICAL_CANCEL) /* it cancels an occurrence, not the series */
        series.method = ICAL_NO_METHOD;
    return series;
}

struct local_time ical_merge(struct arena *arena, struct meeting *series, const struct zone *zone,
                             const struct ical_event *event)
{
    const struct meeting *changed = &event->meeting;
    struct local_time recurrence = ical_which(series, zone, event);
    struct local_time start = changed->start_local;
    struct meeting_override *override = place(arena, series, recurrence, changed);
    if (!override)
        return recurrence;
    bool cancelled = changed->status == MEETING_CANCELLED;
    bool of_series = cancelled || same_people(&series->attendees, &changed->attendees);
    if (!series->all_day && !changed->all_day)
        start = in_series_zone(zone, event->zone, start);
    *override = (struct meeting_override){
        .recurrence = recurrence,
        .start = start,
        .duration = changed->all_day ? changed->duration : exact_length(event),
        .title = changed_text(arena, series->title, changed->title),
        .location = changed_text(arena, series->location, changed->location),
        .notes = changed_text(arena, series->notes, changed->notes),
        .cancelled = cancelled,
        .ical = own_rest(arena, series->ical, of_series ? changed->ical : event->ical_own_people),
        .sequence = changed->sequence,
        .stamp = changed->stamp};
    return recurrence;
}
