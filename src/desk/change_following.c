/*
 * This and all following occurrences: the series ends before the first of them, and the rest is a
 * meeting of its own, with a UID and the ID that a new meeting gets; or it is cancelled. Both in
 * one transaction, each named in the other's history.
 */
#include "calendar.h"
#include "change.h"
#include "draft.h"
#include "schedule.h"
#include <store/directory.h>
#include <string.h>

static enum err span_resolve(struct session *session, struct meeting *meeting)
{
    const struct zone *zone = NULL;
    enum err err = session_zone(session, meeting->tz, &zone);
    return err ? err : series_resolve(meeting, zone, &session->error);
}

static enum err split_before_occurrence(struct session *session, const struct changing *changing,
                                        struct series_cut *cut)
{
    enum err err = series_split(changing->arena, changing->before, changing->zone,
                                changing->occurrence.recurrence, cut, &session->error);
    if (err || cut->first)
        return err;
    return span_resolve(session, &cut->before);
}

/* --- what is typed for an occurrence, for the series that begins with it --- */

static bool times_said(const struct draft *draft)
{
    return draft->start || draft->end || draft->duration || draft->has_all_day;
}

/*
 * The draft's times are said of the occurrence as it stands in the calendar, which may have been
 * moved. What they move it by, and the length that it gets, hold for the whole rest.
 */
static enum err draft_for_rest(struct session *session, const struct changing *changing,
                               struct meeting *rest, struct draft *draft)
{
    struct arena *arena = changing->arena;
    struct strings ignored = {0}; /* applying the draft to the rest warns of the same */
    struct meeting single = *rest;
    struct meeting_override *own = meeting_override_at(rest, changing->occurrence.recurrence);
    single.start_local = own ? own->start : changing->occurrence.recurrence;
    single.duration = own ? own->duration : rest->duration;
    single.clock_days = own ? 0 : rest->clock_days;
    single.rrule = NULL;
    single.rdates = single.exdates = (struct local_times){0};
    single.overrides = (struct meeting_overrides){0};
    struct local_time before = single.start_local;
    *draft = draft_on_day(arena, draft, before);
    draft->rrule = NULL;
    enum err err = draft_apply(session, arena, draft, single.tz, &single, &ignored);
    draft->rrule = changing->draft->rrule;
    if (err || !times_said(draft))
        return err;
    int64_t by = local_seconds(single.start_local) - local_seconds(before);
    struct local_time start = local_from_seconds(local_seconds(rest->start_local) + by);
    draft->start = arena_format(arena, "%04d-%02d-%02d %02d:%02d:%02d", start.year, start.month,
                                start.day, start.hour, start.minute, start.second);
    bool length_said = own || draft->end || draft->duration;
    draft->end = NULL;
    draft->duration = length_said ? duration_format_iso(arena, single.duration) : NULL;
    if (own)
        own->duration = single.duration;
    return ERR_OK;
}

/* A text that is typed for the rest replaces the own text of its first occurrence. */
static void forget_own_texts(const struct changing *changing, struct meeting *rest)
{
    const struct draft *draft = changing->draft;
    struct meeting_override *own = meeting_override_at(rest, changing->occurrence.recurrence);
    if (!own)
        return;
    own->title = draft->title ? NULL : own->title;
    own->location = draft->location ? NULL : own->location;
    own->notes = draft->notes ? NULL : own->notes;
}

/* --- editing --- */

static enum err rest_make(struct session *session, const struct changing *changing,
                          struct meeting *rest)
{
    struct arena *arena = changing->arena;
    struct draft draft = *changing->draft;
    enum err err = draft_for_rest(session, changing, rest, &draft);
    if (err)
        return err;
    forget_own_texts(changing, rest);
    return draft_apply(session, arena, &draft, rest->tz, rest, &changing->out->warnings);
}

/* The rest becomes a new meeting: UID, version and conference ID stay with the old one. */
static void rest_begin(struct session *session, struct arena *arena, struct meeting *rest)
{
    char *uid = arena_alloc(arena, UID_SIZE);
    uid_new(uid);
    rest->uid = uid;
    rest->version = 0;
    rest->sequence = 0;
    rest->created = rest->changed = session_clock(session);
    rest->stamp = session_now(session);
    rest->conference_id = NULL;
    rest->id_kind = ID_KIND_NONE;
}

static const char *split_detail(const struct changing *changing, const struct meeting *rest)
{
    return arena_format(changing->arena, "ends before %s; the rest is meeting %s%s%s",
                        local_format_basic(changing->arena, changing->occurrence.recurrence),
                        rest->uid, rest->conference_id ? ", conference ID " : "",
                        rest->conference_id ? rest->conference_id : "");
}

static enum err rest_schedule(struct session *session, const struct changing *changing,
                              struct meeting *rest)
{
    struct organizer *organizer = arena_alloc(changing->arena, sizeof *organizer);
    struct new_meeting new = {
        .organization = &changing->organization,
        .organizer = organizer,
        .meeting = rest,
        .detail = arena_format(changing->arena, "%s; the rest of the series %s", rest->title,
                               changing->before->uid),
        .old_id = changing->before->conference_id,
        .dry_run = changing->dry_run,
    };
    enum err err =
        store_organizer_by_uid(changing->arena, session->store, rest->organizer_uid, organizer);
    if (err)
        return err;
    err = meeting_schedule(session, changing->arena, &new);
    changing->out->reason = new.reason;
    return err;
}

enum err change_following(struct session *session, struct changing *changing)
{
    struct arena *arena = changing->arena;
    struct series_cut cut;
    struct meeting *rest = arena_alloc(arena, sizeof *rest);
    enum err err = split_before_occurrence(session, changing, &cut);
    if (err)
        return err;
    *rest = cut.after;
    if (cut.first) {
        /* nothing is before it: the whole series is meant, its start where it really begins */
        *changing->after = *rest;
        err = rest_make(session, changing, changing->after);
        return err ? err : change_whole(session, changing);
    }
    int64_t version = rest->version;
    /* with its old version, so that no member gets the default of a new meeting */
    err = rest_make(session, changing, rest);
    if (err)
        return err;
    rest_begin(session, arena, rest);
    *changing->after = cut.before;
    changing->after->version = version;
    changing->out->split_from = changing->after;
    err = rest_schedule(session, changing, rest);
    if (err)
        return err;
    err =
        change_keep(session, changing, true, HISTORY_MEETING_EDITED, split_detail(changing, rest));
    if (err)
        return err;
    err = overlaps_warn(session, arena, rest, &changing->out->warnings);
    if (err)
        return err;
    return change_show(session, changing, rest);
}

/* --- cancelling --- */

enum err cancel_following(struct session *session, struct changing *changing)
{
    struct series_cut cut;
    enum err err = split_before_occurrence(session, changing, &cut);
    if (err && err != ERR_REFUSED) /* cancelling needs no rule for the rest */
        return err;
    if (cut.first)
        return cancel_whole(session, changing);
    if (err == ERR_REFUSED)
        err = span_resolve(session, &cut.before);
    if (err)
        return err;
    *changing->after = cut.before;
    err = change_keep(
        session, changing, true, HISTORY_OCCURRENCES_CANCELLED,
        arena_format(changing->arena, "%s: that of %s and all following", changing->before->title,
                     local_format_basic(changing->arena, changing->occurrence.recurrence)));
    return err ? err : change_show(session, changing, changing->after);
}
