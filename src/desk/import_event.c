/*
 * One imported event into the store: whose it is, whether it is new, newer or the same, and what
 * its text says of an ID.
 */
#include "calendar.h"
#include "import_taking.h"
#include "own_id.h"
#include <base/utf8.h>
#include <core/series.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>

/*
 * A hostile file has a million faults: the count goes on, the list ends with a word that it does.
 */
enum { LISTED_MAX = 10000 };

static const char *listed(const struct import_errors *list, const char *why)
{
    if (list->count >= LISTED_MAX)
        return NULL;
    return list->count == LISTED_MAX - 1 ? "there are more like this; the list ends here" : why;
}

void import_reject(struct import_run *run, const struct ical_event *event, const char *why)
{
    struct arena *arena = run->report_arena;
    run->report->rejected++;
    if (!(why = listed(&run->report->errors, why)))
        return;
    *vector_push(arena, &run->report->errors) = (struct import_error){
        .file = arena_copy(arena, run->name),
        .line = (int64_t)(event->why ? event->why_line : event->line),
        .uid = event->uid[0] ? arena_copy(arena, event->uid) : NULL,
        .why = arena_copy(arena, why),
    };
}

void import_note(struct import_run *run, const struct ical_event *event, const char *why)
{
    struct arena *arena = run->report_arena;
    if (!(why = listed(&run->report->notes, why)))
        return;
    *vector_push(arena, &run->report->notes) = (struct import_error){
        .file = arena_copy(arena, run->name),
        .line = (int64_t)event->line,
        .uid = arena_copy(arena, event->uid),
        .why = arena_copy(arena, why),
    };
}

enum err taking_reject(const struct taking *taking, const char *why)
{
    import_reject(taking->run, taking->event, why);
    return ERR_OK;
}

enum err taking_reject_foreign(const struct taking *taking)
{
    return taking_reject(taking, arena_format(taking->arena, "its UID is that of a meeting of %s",
                                              taking->stored.organizer));
}

/*
 * --- whose it is -------------------------------------------------------------------------------
 */

static enum err owner_find(struct import_run *run, const char *email, struct import_owner **owner)
{
    struct arena *arena = run->arena;
    /* Addresses as they stand are compared first: they mostly come in one spelling. */
    for (size_t i = 0; i < run->owners.count; i++) {
        if (strcmp(run->owners.items[i].key, email) == 0) {
            *owner = &run->owners.items[i];
            return ERR_OK;
        }
    }
    struct organizer organizer = {0};
    bool found = false;
    enum err err = store_organizer_find(arena, run->session->store, email, &organizer, &found);
    if (err != ERR_OK)
        return err;
    *owner = vector_push(arena, &run->owners);
    **owner = (struct import_owner){arena_copy(arena, email), organizer, found};
    return ERR_OK;
}

const struct zone *import_zone_of(void *run, const char *email)
{
    struct import_run *importing = run;
    struct import_owner *owner = NULL;
    const struct zone *zone = NULL;
    if (owner_find(importing, email, &owner) != ERR_OK || !owner->found ||
        session_zone(importing->session, owner->organizer.tz, &zone) != ERR_OK)
        return NULL; /* taking the event will tell what is wrong */
    return zone;
}

/*
 * taking->owner stays NULL where the event is nobody's. The static ID is read anew: this run may
 * have set it.
 */
static enum err owner_choose(struct taking *taking)
{
    struct import_run *run = taking->run;
    struct import_owner *owner = NULL;
    enum err err = ERR_OK;
    if (taking->event->organizer[0])
        err = owner_find(run, taking->event->organizer, &owner);
    const struct organizer *found = owner && owner->found ? &owner->organizer
                                    : run->has_fallback   ? &run->fallback
                                                          : NULL;
    if (err != ERR_OK || !found)
        return err;
    taking->owner = arena_alloc(taking->arena, sizeof *taking->owner);
    return store_organizer_by_uid(taking->arena, run->session->store, found->uid, taking->owner);
}

static enum err read_stored(struct taking *taking)
{
    bool found = false; /* else its version is 0, which tells that */
    taking->stored = (struct meeting){0};
    return store_meeting_find(taking->arena, taking->run->session->store, taking->event->uid,
                              &taking->stored, &found);
}

enum err taking_begin(struct taking *taking)
{
    enum err err = read_stored(taking);
    return err == ERR_OK ? owner_choose(taking) : err;
}

bool taking_owned(const struct taking *taking)
{
    return taking->owner && strcmp(taking->stored.organizer_uid, taking->owner->uid) == 0;
}

static const char *nobody(const struct taking *taking)
{
    if (!taking->event->organizer[0])
        return "it names no organizer; say whose it is with --organizer EMAIL";
    return arena_format(taking->arena,
                        "its organizer %s is not in the directory; say whose it is with "
                        "--organizer EMAIL",
                        taking->event->organizer);
}

/*
 * --- is it the same? ---------------------------------------------------------------------------
 */

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_times(const struct local_times *a, const struct local_times *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (local_compare(a->items[i], b->items[i]) != 0)
            return false;
    }
    return true;
}

static bool same_attendees(const struct attendees *a, const struct attendees *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!same_text(a->items[i].email, b->items[i].email) ||
            !same_text(a->items[i].name, b->items[i].name))
            return false;
    }
    return true;
}

static bool same_override(const struct meeting_override *a, const struct meeting_override *b)
{
    return local_compare(a->start, b->start) == 0 && a->duration == b->duration &&
           a->cancelled == b->cancelled && same_text(a->title, b->title) &&
           same_text(a->location, b->location) && same_text(a->notes, b->notes) &&
           (!a->ical || same_text(a->ical, b->ical));
}

static bool same_overrides(const struct meeting_overrides *a, const struct meeting_overrides *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        bool found = false;
        for (size_t k = 0; k < b->count && !found; k++)
            found = local_compare(a->items[i].recurrence, b->items[k].recurrence) == 0 &&
                    same_override(&a->items[i], &b->items[k]);
        if (!found)
            return false;
    }
    return true;
}

/*
 * All but the ID: an import does not change a stored one. Of what we do not model only what came by
 * import before is compared: our own meetings have none, and come back from an export with what
 * belongs to the export.
 */
bool taking_same(const struct meeting *a, const struct meeting *b)
{
    return same_text(a->title, b->title) && same_text(a->location, b->location) &&
           same_text(a->notes, b->notes) && local_compare(a->start_local, b->start_local) == 0 &&
           same_text(a->tz, b->tz) && a->duration == b->duration && a->all_day == b->all_day &&
           same_text(a->rrule, b->rrule) && same_times(&a->rdates, &b->rdates) &&
           same_times(&a->exdates, &b->exdates) && same_overrides(&a->overrides, &b->overrides) &&
           a->status == b->status && a->sequence == b->sequence &&
           same_attendees(&a->attendees, &b->attendees) &&
           (!a->ical || same_text(a->ical, b->ical));
}

/*
 * --- changed occurrences that did not come along -----------------------------------------------
 */

/* True where both have the same occurrences to be changed. */
static bool takes_place_alike(const struct meeting *a, const struct meeting *b)
{
    return local_compare(a->start_local, b->start_local) == 0 && same_text(a->tz, b->tz) &&
           a->all_day == b->all_day && same_text(a->rrule, b->rrule) &&
           same_times(&a->rdates, &b->rdates);
}

static bool same_revision(const struct meeting *a, const struct meeting *b)
{
    return !revision_older(a->sequence, a->stamp, b->sequence, b->stamp) &&
           !revision_older(b->sequence, b->stamp, a->sequence, a->stamp);
}

static bool times_hold(const struct local_times *times, struct local_time at)
{
    for (size_t i = 0; i < times->count; i++)
        if (local_compare(times->items[i], at) == 0)
            return true;
    return false;
}

/*
 * An added period says no more than its length, and is of no revision of its own: what is said of
 * it elsewhere goes before.
 */
static bool only_a_period(const struct meeting_override *override)
{
    return !override->sequence && !override->stamp && !override->title && !override->location &&
           !override->notes && !override->ical && !override->cancelled;
}

/*
 * A series may come apart from its changed occurrences: in another batch, in another file. Of the
 * revision that is here it brings no news of them, so they stand; a newer one is all that there is.
 */
static void keep_changed_occurrences(struct taking *taking)
{
    const struct meeting *stored = &taking->stored;
    struct meeting *meeting = taking->meeting;
    struct meeting_overrides came = meeting->overrides;
    if (taking->run->differs || stored->version == 0 || stored->overrides.count == 0 ||
        !same_revision(stored, meeting) || !takes_place_alike(stored, meeting))
        return;
    meeting->overrides = (struct meeting_overrides){0}; /* the batch's may be asked for again */
    for (size_t i = 0; i < came.count; i++)
        *vector_push(taking->arena, &meeting->overrides) = came.items[i];
    for (size_t i = 0; i < stored->overrides.count; i++) {
        const struct meeting_override *here = &stored->overrides.items[i];
        struct meeting_override *there = meeting_override_at(meeting, here->recurrence);
        if (there ? only_a_period(there) : !times_hold(&meeting->exdates, here->recurrence))
            *(there ? there : vector_push(taking->arena, &meeting->overrides)) = *here;
    }
}

/*
 * --- taking it ---------------------------------------------------------------------------------
 */

const char *taking_complete(struct taking *taking)
{
    struct meeting *meeting = taking->meeting;
    struct error error = {0};
    meeting->organizer_uid = taking->owner->uid;
    meeting->organizer = taking->owner->email;
    if (!meeting->title[strspn(meeting->title, " \t\r\n")])
        meeting->title = "(no title)";
    meeting->lang = taking->stored.lang;
    meeting->conference_id = NULL;
    meeting->id_kind = ID_KIND_NONE;
    if (meeting_validate(meeting, &error) != ERR_OK ||
        series_resolve(meeting, taking->event->zone, &error) != ERR_OK)
        return arena_format(taking->arena, "%s: %s", error.what, error.why);
    return NULL;
}

/* A stored dynamic ID follows what became of its meeting. */
static enum err follow_status(const struct taking *taking)
{
    struct session *session = taking->run->session;
    const struct organization *organization = &taking->run->organization;
    const struct meeting *now_is = taking->meeting;
    bool retired = false;
    if (now_is->status == MEETING_SCHEDULED)
        return own_id_follow(session, taking->arena, now_is, organization);
    if (taking->stored.status == MEETING_CANCELLED)
        return ERR_OK;
    return own_id_retire(session, taking->arena, now_is,
                         quarantine_end(organization, session_now(session)), &retired);
}

static enum err keep_id(const struct taking *taking, const char *named)
{
    struct meeting *meeting = taking->meeting;
    meeting->conference_id = taking->stored.conference_id;
    meeting->id_kind = taking->stored.id_kind;
    if (named && strcmp(named, meeting->conference_id) != 0)
        import_note(taking->run, taking->event,
                    arena_format(taking->arena,
                                 "its text shows the conference ID %s; the meeting keeps %s", named,
                                 meeting->conference_id));
    return follow_status(taking);
}

enum err taking_put(const struct taking *taking, const char *named)
{
    struct import_run *run = taking->run;
    struct session *session = run->session;
    struct meeting *meeting = taking->meeting;
    int64_t clock = session_clock(session);
    bool added = taking->stored.version == 0;
    meeting->version = taking->stored.version;
    if (!added || !meeting->changed || meeting->changed > clock)
        meeting->changed =
            /* a new one was changed when its file says, so that it is written again as it came */
            clock;
    if (!added || !meeting->created)
        meeting->created = added ? meeting->changed : taking->stored.created;
    enum err err = taking->stored.conference_id ? keep_id(taking, named)
                                                : import_take_id(run, taking->arena, taking->event,
                                                                 taking->owner, meeting, named);
    if (err == ERR_REFUSED && taking->stored.conference_id) { /* before anything was written */
        const char *why = arena_copy(taking->arena, session->error.why);
        error_clear(&session->error);
        return taking_reject(taking, why);
    }
    if (!meeting->conference_id && !added && taking->stored.id_kind == ID_KIND_THIRD_PARTY)
        meeting->id_kind = ID_KIND_THIRD_PARTY;
    if (err == ERR_OK)
        err = store_meeting_put(session->store, meeting);
    if (err == ERR_OK)
        err = history_note(session, added ? "meeting imported" : "meeting updated by import",
                           meeting->conference_id, meeting->uid, meeting->title);
    if (err == ERR_OK)
        *(added ? &run->report->added : &run->report->updated) += 1;
    return err;
}

/*
 * Counts what is legacy afterwards; the dynamic ones are remembered, as a later event may show that
 * they are not.
 */
static void count_legacy(struct import_run *run, const struct meeting *meeting)
{
    run->report->legacy += meeting_legacy(meeting);
    if (meeting->id_kind == ID_KIND_DYNAMIC && meeting->status == MEETING_SCHEDULED)
        id_set_add(run->arena, &run->dynamic_ids, meeting->conference_id);
}

static enum err take_sound(struct taking *taking)
{
    struct import_run *run = taking->run;
    const struct meeting *stored = &taking->stored;
    const char *named = taking->event->meeting.conference_id;
    enum err err = ERR_OK;
    bool dropped;
    keep_changed_occurrences(taking);
    const char *why = taking_complete(taking);
    if (why)
        return taking_reject(taking, why);
    if (stored->version != 0)
        err = import_block_drop(run, taking->arena, stored, named, taking->meeting, &dropped);
    if (err != ERR_OK)
        return err;
    if (stored->version != 0 && !taking_owned(taking))
        return taking_reject_foreign(taking);
    if (taking->event->disagrees)
        import_note(run, taking->event,
                    arena_format(taking->arena,
                                 "its HTML text shows another conference ID, %s; the plain text's "
                                 "was taken",
                                 taking->event->disagrees));
    if (taking->event->note)
        import_note(run, taking->event, taking->event->note);
    bool older =
        stored->version != 0 && revision_older(taking->meeting->sequence, taking->meeting->stamp,
                                               stored->sequence, stored->stamp);
    if (!run->differs &&
        (older || (stored->version != 0 && taking_same(stored, taking->meeting)))) {
        run->report->unchanged++;
        count_legacy(run, stored);
        return ERR_OK;
    }
    err = taking_put(taking, named);
    if (err == ERR_OK)
        count_legacy(run, taking->meeting);
    return err;
}

enum err import_take(struct import_run *run, struct arena *arena, struct import_event *item)
{
    struct taking taking = {.run = run,
                            .arena = arena,
                            .event = &item->event,
                            .meeting = arena_alloc(arena, sizeof(struct meeting))};
    *taking.meeting = item->event.meeting;
    run->report->read++;
    enum err err = taking_begin(&taking);
    if (err != ERR_OK)
        return err;
    if (!taking.owner)
        return taking_reject(&taking, nobody(&taking));
    return item->event.method == ICAL_CANCEL ? taking_cancel(&taking) : take_sound(&taking);
}
