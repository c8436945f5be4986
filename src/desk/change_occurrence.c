/*
 * One occurrence of a series, changed or cancelled. A changed occurrence is an override of the
 * stored meeting; a cancelled one is an excluded date, which every calendar program understands.
 * The series keeps its conference ID.
 */
#include "calendar.h"
#include "change.h"
#include "draft.h"
#include <desk/transaction.h>
#include <store/directory.h>
#include <string.h>

/* --- finding --- */

enum err occurrence_find(struct session *session, struct arena *arena,
                         const struct meeting *meeting, const struct which *which,
                         struct occurrence *out)
{
    const struct zone *zone = NULL;
    struct time_reading reading = {0};
    if (!meeting_series(meeting))
        return error_set_what(&session->error, ERR_INVALID,
                              "it does not repeat: leave --occurrence out", "meeting %s",
                              meeting_label(arena, meeting));
    enum err err = session_zone(session, meeting->tz, &zone);
    if (err)
        return err;
    if (!which->at)
        return series_find_recurrence(arena, meeting, zone, which->recurrence, out,
                                      &session->error);
    err =
        time_parse("occurrence", which->at, session_now(session), zone, &reading, &session->error);
    return err ? err : series_find(arena, meeting, zone, &reading, out, &session->error);
}

/* Views look for notes in the meeting, so an occurrence's own notes are put into a copy of it. */
static void use_own_notes(struct arena *arena, struct occurrence *occurrence)
{
    struct meeting *copy = meeting_copy(arena, occurrence->meeting);
    const struct meeting_override *override = meeting_override_at(copy, occurrence->recurrence);
    if (!override || !override->notes)
        return;
    copy->notes = override->notes;
    occurrence->meeting = copy;
}

/* Shows the occurrence of `meeting` that is meant in out->meeting. */
static enum err show_occurrence(struct session *session, const struct changing *changing,
                                const struct meeting *meeting)
{
    struct arena *arena = changing->arena;
    struct occurrences one = {0};
    struct which which = {.scope = SCOPE_OCCURRENCE, .recurrence = changing->occurrence.recurrence};
    enum err err = occurrence_find(session, arena, meeting, &which, vector_push(arena, &one));
    if (err)
        return err;
    err = risks_of_occurrences(session, arena, &changing->organization, &one);
    if (err)
        return err;
    use_own_notes(arena, &one.items[0]);
    changing->out->meeting = one.items[0];
    changing->out->one = true;
    return ERR_OK;
}

enum err desk_occurrence(struct session *session, struct arena *arena, const char *reference,
                         const struct which *which, struct occurrence *out)
{
    struct meeting *meeting = arena_alloc(arena, sizeof *meeting);
    struct scheduled scheduled = {0};
    struct changing changing = {.arena = arena, .out = &scheduled};
    enum err err = reading_begin(session);
    if (!err)
        err = store_organization_get(arena, session->store, &changing.organization);
    if (!err)
        err = meeting_resolve(session, arena, reference, meeting);
    if (!err)
        err = occurrence_find(session, arena, meeting, which, &changing.occurrence);
    if (!err)
        err = show_occurrence(session, &changing, meeting);
    *out = scheduled.meeting;
    return reading_end(session, err);
}

/* --- editing --- */

/* Refuses the members that an occurrence cannot have of its own. */
static enum err check_draft(struct session *session, const struct changing *changing)
{
    const struct draft *draft = changing->draft;
    const struct meeting *meeting = changing->before;
    const char *what = NULL;
    if (draft->has_attendees)
        what = "attendees";
    else if (draft->rrule)
        what = "repeat";
    else if (draft->tz && strcmp(draft->tz, meeting->tz) != 0)
        what = "time zone";
    else if (draft->lang)
        what = "language";
    else if (draft->has_all_day && draft->all_day != meeting->all_day)
        what = "whole days";
    if (!what)
        return ERR_OK;
    return error_set(
        &session->error, ERR_REFUSED, what,
        "one occurrence cannot have its own; change this and all following occurrences, or "
        "the whole series");
}

/* The occurrence as a single meeting, so that a draft can be applied to it. */
static struct meeting *as_single(const struct changing *changing)
{
    struct meeting *single = meeting_copy(changing->arena, changing->before);
    const struct meeting_override *override =
        meeting_override_at(single, changing->occurrence.recurrence);
    single->start_local = changing->occurrence.recurrence;
    if (override) {
        single->start_local = override->start;
        single->duration = override->duration;
        single->clock_days = 0;
        single->title = override->title ? override->title : single->title;
        single->location = override->location ? override->location : single->location;
        single->notes = override->notes ? override->notes : single->notes;
    }
    single->rrule = NULL;
    single->rdates = single->exdates = (struct local_times){0};
    single->overrides = (struct meeting_overrides){0};
    return single;
}

static const char *own_text(const char *series, const char *own)
{
    return strcmp(series, own) == 0 ? NULL : own;
}

/* An occurrence that differs ends by no other clock than its own. */
static int64_t exact_length(const struct changing *changing, const struct meeting *single)
{
    int64_t start;
    zone_instant(changing->zone, single->start_local, &start);
    return series_end(single, changing->zone, single->start_local) - start;
}

static void override_put(const struct changing *changing, const struct meeting *single, bool told,
                         int64_t now)
{
    struct meeting *after = changing->after;
    struct meeting_override *override = meeting_override_at(after, changing->occurrence.recurrence);
    if (!override)
        override = vector_push(changing->arena, &after->overrides);
    *override = (struct meeting_override){
        .ical = override->ical,
        .sequence = after->sequence + told,
        .stamp = now,
        .recurrence = changing->occurrence.recurrence,
        .start = single->start_local,
        .duration = single->all_day ? single->duration : exact_length(changing, single),
        .title = own_text(after->title, single->title),
        .location = own_text(after->location, single->location),
        .notes = own_text(after->notes, single->notes),
    };
}

static enum err check_after(struct session *session, const struct changing *changing)
{
    enum err err = meeting_validate(changing->after, &session->error);
    return err ? err : series_resolve(changing->after, changing->zone, &session->error);
}

static const char *detail_of_occurrence(const struct changing *changing, const char *detail)
{
    return arena_format(changing->arena, "%s: %s",
                        local_format_basic(changing->arena, changing->occurrence.recurrence),
                        detail);
}

enum err change_occurrence(struct session *session, struct changing *changing)
{
    struct arena *arena = changing->arena;
    struct meeting *old = as_single(changing), *new = as_single(changing);
    struct draft draft = draft_on_day(arena, changing->draft, old->start_local);
    enum err err = check_draft(session, changing);
    if (err)
        return err;
    err = draft_apply(session, arena, &draft, new->tz, new, &changing->out->warnings);
    if (err)
        return err;
    struct meeting_difference difference = meeting_difference(arena, old, new);
    if (difference.detail.length == 0) {
        *vector_push(arena, &changing->out->warnings) = "nothing was changed";
        return show_occurrence(session, changing, changing->before);
    }
    override_put(changing, new, difference.told, session_now(session));
    err = check_after(session, changing);
    if (err)
        return err;
    err = change_keep(session, changing, difference.told, HISTORY_OCCURRENCE_EDITED,
                      detail_of_occurrence(changing, difference.detail.bytes));
    if (err)
        return err;
    err = overlaps_warn(session, changing->arena, new, &changing->out->warnings);
    return err ? err : show_occurrence(session, changing, changing->after);
}

/* --- cancelling --- */

static void occurrence_exclude(const struct changing *changing)
{
    struct meeting *after = changing->after;
    struct local_time gone = changing->occurrence.recurrence;
    size_t kept = 0;
    /* an added date is removed, except the last one: without it the meeting would be no series */
    for (size_t i = 0; i < after->rdates.count; i++)
        if (local_compare(after->rdates.items[i], gone) != 0)
            after->rdates.items[kept++] = after->rdates.items[i];
    if (kept > 0 || after->rrule)
        after->rdates.count = kept;
    kept = 0;
    for (size_t i = 0; i < after->overrides.count; i++)
        if (local_compare(after->overrides.items[i].recurrence, gone) != 0)
            after->overrides.items[kept++] = after->overrides.items[i];
    after->overrides.count = kept;
    *vector_push(changing->arena, &after->exdates) = gone;
}

enum err cancel_occurrence(struct session *session, struct changing *changing)
{
    struct arena *arena = changing->arena;
    struct occurrences left = {0};
    occurrence_exclude(changing);
    enum err err = series_occurrences(arena, changing->after, changing->zone, INT64_MIN,
                                      INSTANT_NEVER, 1, &left, &session->error);
    if (err)
        return err;
    if (left.count == 0) {
        changing->after = meeting_copy(arena, changing->before);
        *vector_push(arena, &changing->out->warnings) =
            "it was the only occurrence that was left: the whole series is cancelled";
        return cancel_whole(session, changing);
    }
    err = check_after(session, changing);
    if (err)
        return err;
    err = change_keep(session, changing, true, HISTORY_OCCURRENCE_CANCELLED,
                      detail_of_occurrence(changing, changing->occurrence.title));
    return err ? err : change_show(session, changing, changing->after);
}
