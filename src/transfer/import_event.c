/*
 * One imported event into the store: whose it is, whether it is new, newer or the same, what its
 * text says of an ID, and what it cancels.
 */
#include "import.h"
#include <base/hash.h>
#include <core/meeting_compare.h>
#include <core/series.h>
#include <desk/own_id.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>

/*
 * --- whose it is -------------------------------------------------------------------------------
 */

/* *owner NULL: nobody in the directory has the address. */
static enum err owner_find(struct import_run *run, const char *email,
                           const struct organizer **owner)
{
    struct arena *arena = run->arena;
    bool known = false, found = false;
    size_t at = vector_place(&run->owners, email, &known);
    if (known) {
        *owner = run->owners.items[at].organizer;
        return ERR_OK;
    }
    struct organizer *organizer = arena_alloc(arena, sizeof *organizer);
    enum err err = store_organizer_find(arena, run->session->store, email, organizer, &found);
    if (err)
        return err;
    *owner = found ? organizer : NULL;
    *vector_insert(arena, &run->owners, at) =
        (struct import_owner){arena_copy(arena, email), *owner};
    return ERR_OK;
}

const struct zone *import_zone_of(void *run, const char *email)
{
    struct import_run *importing = run;
    const struct organizer *owner = NULL;
    const struct zone *zone = NULL;
    if (owner_find(importing, email, &owner) != ERR_OK || !owner ||
        session_zone(importing->session, owner->tz, &zone) != ERR_OK)
        return NULL; /* taking the event will tell what is wrong */
    return zone;
}

bool import_foreign(void *run, const char *email)
{
    struct import_run *importing = run;
    const struct organizer *owner = NULL;
    return !importing->own && owner_find(importing, email, &owner) == ERR_OK && !owner;
}

/*
 * A meeting that was once taken as the calendar's own stays that; an event that gives nobody's
 * address is of whom its meeting was.
 */
static bool is_foreign(const struct taking *taking)
{
    const struct meeting *stored = &taking->stored;
    if (taking->run->own || (stored->version && stored->taken_as_own))
        return false;
    bool named =
        taking->event->organizer[0] && !(stored->version && taking->event->organizer_unusable);
    return named ? taking->event->foreign : stored->version && meeting_foreign(stored);
}

/* As the directory had it when the import first met the address; *found NULL: nobody's. */
static enum err owner_choose(const struct taking *taking, const struct organizer **found)
{
    struct import_run *run = taking->run;
    const struct organizer *owner = NULL;
    if (taking->event->organizer[0] && !taking->event->organizer_unusable) {
        enum err err = owner_find(run, taking->event->organizer, &owner);
        if (err)
            return err;
    }
    *found = owner ? owner : run->has_fallback ? &run->fallback : NULL;
    return ERR_OK;
}

static enum err stored_read(struct taking *taking)
{
    bool found = false; /* else its version is 0, which tells that */
    taking->stored = (struct meeting){0};
    if (taking->fresh)
        return ERR_OK;
    return store_meeting_find(taking->arena, taking->run->session->store, taking->event->uid,
                              &taking->stored, &found);
}

/*
 * taking->owner stays NULL if the event is nobody's. The static ID is read anew: this run may
 * have set it.
 */
enum err taking_begin(struct taking *taking)
{
    struct store *store = taking->run->session->store;
    const struct organizer *owner = NULL;
    enum err err = owner_choose(taking, &owner);
    if (!err)
        err = stored_read(taking);
    if (err)
        return err;
    taking->foreign = is_foreign(taking);
    if (!owner)
        return ERR_OK;
    taking->owner = arena_alloc(taking->arena, sizeof *taking->owner);
    return store_organizer_by_uid(taking->arena, store, owner->uid, taking->owner);
}

static bool same_revision(const struct meeting *a, const struct meeting *b)
{
    return !revision_older(a->sequence, a->stamp, b->sequence, b->stamp) &&
           !revision_older(b->sequence, b->stamp, a->sequence, a->stamp);
}

/*
 * Before an import told foreign meetings apart, they were taken as the calendar's own. One that
 * the very same event comes for again is known by that.
 */
static bool taken_before(const struct taking *taking)
{
    struct meeting stored = taking->stored;
    stored.ical = NULL; /* of a foreign event more is kept */
    return meeting_says_same(&stored, taking->meeting) && same_revision(&stored, taking->meeting);
}

/* True if the organizer whom the directory has by now is the one who invited to the meeting. */
static bool taken_over(const struct taking *taking)
{
    const struct organizer *owner = NULL;
    const struct meeting *stored = &taking->stored;
    return meeting_foreign(stored) && !taking->foreign && strchr(stored->invited_by, '@') &&
           owner_find(taking->run, stored->invited_by, &owner) == ERR_OK && owner &&
           strcmp(owner->uid, taking->owner->uid) == 0;
}

/*
 * Only whose meeting it is may change it: nobody makes another's meeting a foreign one, or a
 * foreign one another's.
 */
bool taking_owned(const struct taking *taking)
{
    const struct meeting *stored = &taking->stored;
    if (stored->version == 0 || !taking->owner)
        return false;
    if (strcmp(stored->organizer_uid, taking->owner->uid) != 0)
        return taken_over(taking);
    return !taking->foreign || meeting_foreign(stored) || taken_before(taking);
}

/* Why it is nobody's. */
static const char *why_ownerless(const struct taking *taking)
{
    if (!taking->event->organizer[0])
        return "it names no organizer; say whose it is with --organizer EMAIL";
    return arena_format(taking->arena,
                        "its organizer %s is not in the directory; say whose it is with "
                        "--organizer EMAIL",
                        taking->event->organizer);
}

static enum err reject(const struct taking *taking, const char *why)
{
    import_reject(taking->run, taking->event, why);
    return ERR_OK;
}

/*
 * What stands in one calendar as foreign may come in another one's file too: a meeting has one
 * calendar, and that is no fault of the file.
 */
static enum err refuse_others(const struct taking *taking)
{
    if (taking->foreign && meeting_foreign(&taking->stored)) {
        taking->run->report.unchanged++;
        import_note(taking->run, taking->event,
                    arena_format(taking->arena, "it stands in the calendar of %s already",
                                 taking->stored.organizer));
        return ERR_OK;
    }
    if (taking->foreign && strcmp(taking->stored.organizer_uid, taking->owner->uid) == 0)
        return reject(taking, arena_format(taking->arena,
                                           "its UID is that of %s's own meeting, and its organizer "
                                           "%s is not in the directory; import it with --own, if "
                                           "that is another address of the organizer",
                                           taking->stored.organizer, taking->event->organizer));
    return reject(taking, arena_format(taking->arena, "its UID is that of a meeting of %s",
                                       taking->stored.organizer));
}

/*
 * --- changed occurrences that did not come along -----------------------------------------------
 */

/*
 * An added period says no more than its length, and is of no revision of its own: what is said of
 * it elsewhere goes before.
 */
static bool only_a_period(const struct meeting_override *override)
{
    return !override->sequence && !override->stamp && !override->title && !override->location &&
           !override->notes && !override->ical && !override->cancelled;
}

/* What an occurrence has of one series, as its own beside another one. */
static const char *own_words(const char *own, const char *had, const char *has)
{
    return own || strcmp(had, has) == 0 ? own : had;
}

static void words_fill(struct meeting_override *override, const struct meeting *had,
                       const struct meeting *has)
{
    override->title = own_words(override->title, had->title, has->title);
    override->location = own_words(override->location, had->location, has->location);
    override->notes = own_words(override->notes, had->notes, has->notes);
    if (!override->ical)
        override->ical = had->ical ? had->ical : "";
}

/*
 * A series may come apart from its changed occurrences: in another batch, in another file. Of the
 * revision that is here it brings no news of them, so they stand; a newer one is all that there is.
 */
static void keep_changed_occurrences(struct taking *taking)
{
    const struct meeting *stored = &taking->stored;
    struct meeting *meeting = taking->meeting;
    if (taking->run->differs || stored->version == 0 || stored->overrides.count == 0 ||
        meeting_lone(meeting))
        return;
    bool comes = meeting_lone(stored) && strcmp(stored->tz, meeting->tz) == 0; /* it was not here */
    bool alike = same_revision(stored, meeting) && meeting_recurs_alike(stored, meeting);
    if (!alike && !comes)
        return;
    vector_copy(taking->arena, &meeting->overrides, &meeting->overrides);
    for (size_t i = 0; i < stored->overrides.count; i++) {
        struct meeting_override here = stored->overrides.items[i];
        struct meeting_override *there = meeting_override_at(meeting, here.recurrence);
        if (comes)
            words_fill(&here, stored, meeting);
        if (there ? only_a_period(there) : !local_times_hold(&meeting->exdates, here.recurrence))
            *(there ? there : vector_push(taking->arena, &meeting->overrides)) = here;
    }
}

/*
 * --- storing it --------------------------------------------------------------------------------
 */

static void name_inviter(const struct taking *taking)
{
    const struct meeting *stored = &taking->stored;
    bool known = taking->event->organizer_unusable && stored->version && meeting_foreign(stored);
    bool named = taking->event->organizer[0] && !known;
    struct meeting *meeting = taking->meeting;
    meeting->invited_by = named ? taking->event->organizer : taking->stored.invited_by;
    meeting->invited_by_name =
        named ? taking->event->organizer_name : taking->stored.invited_by_name;
}

/* True if another ORGANIZER, whom the directory does not have, is passed over. */
static bool taken_as_own(const struct taking *taking)
{
    const struct organizer *owner = NULL;
    bool unusable = taking->event->organizer_unusable != NULL;
    if (taking->foreign || !taking->event->organizer[0] || (unusable && taking->stored.version))
        return !taking->foreign && taking->stored.version && taking->stored.taken_as_own;
    return unusable ||
           (owner_find(taking->run, taking->event->organizer, &owner) == ERR_OK && !owner);
}

const char *taking_complete(struct taking *taking)
{
    struct meeting *meeting = taking->meeting;
    struct error error = {0};
    meeting->organizer_uid = taking->owner->uid;
    meeting->organizer = taking->owner->email;
    if (!meeting->title[strspn(meeting->title, " \t\r\n")])
        meeting->title = "(no title)";
    meeting->lang = taking->stored.lang;
    meeting->invited_by = meeting->invited_by_name = NULL;
    if (taking->foreign)
        name_inviter(taking);
    meeting->taken_as_own = taken_as_own(taking);
    meeting->conference_id = NULL;
    meeting->id_kind = ID_KIND_NONE;
    if (meeting_validate(meeting, &error) != ERR_OK ||
        series_resolve(meeting, taking->event->zone, &error) != ERR_OK)
        return arena_format(taking->arena, "%s: %s", error.what, error.why);
    return NULL;
}

/* The dynamic ID of a stored meeting follows what became of the meeting. */
static enum err id_follow(const struct taking *taking)
{
    struct session *session = taking->run->session;
    const struct organization *organization = &taking->run->writer->organization;
    const struct meeting *meeting = taking->meeting;
    bool retired = false;
    if (meeting->status == MEETING_SCHEDULED)
        return own_id_follow(session, taking->arena, meeting, organization);
    if (taking->stored.status == MEETING_CANCELLED)
        return ERR_OK;
    return own_id_retire(session, taking->arena, meeting,
                         quarantine_end(organization, session_now(session)), &retired);
}

static enum err id_keep(const struct taking *taking, const char *named)
{
    struct meeting *meeting = taking->meeting;
    meeting->conference_id = taking->stored.conference_id;
    meeting->id_kind = taking->stored.id_kind;
    if (named && strcmp(named, meeting->conference_id) != 0)
        import_note(taking->run, taking->event,
                    arena_format(taking->arena,
                                 "its text shows the conference ID %s; the meeting keeps %s", named,
                                 meeting->conference_id));
    return id_follow(taking);
}

/* A new meeting was changed when its file says, so that it is written again as it came. */
static void stamp(const struct taking *taking)
{
    struct meeting *meeting = taking->meeting;
    int64_t clock = session_clock(taking->run->session);
    bool added = taking->stored.version == 0;
    if (!added || !meeting->changed || meeting->changed > clock)
        meeting->changed = clock;
    if (!added || !meeting->created)
        meeting->created = added ? meeting->changed : taking->stored.created;
}

enum err taking_put(const struct taking *taking, const char *named)
{
    struct import_run *run = taking->run;
    struct session *session = run->session;
    struct meeting *meeting = taking->meeting;
    const struct meeting *stored = &taking->stored;
    bool added = stored->version == 0;
    meeting->version = stored->version;
    stamp(taking);
    bool leaves = taking->foreign || import_taken_before(taking);
    enum err err = ERR_OK;
    if (leaves)
        import_leave_id(taking);
    else
        err = stored->conference_id ? id_keep(taking, named) : import_take_id(taking, named);
    if (err == ERR_REFUSED && stored->conference_id) { /* before anything was written */
        const char *why = arena_copy(taking->arena, session->error.why);
        error_clear(&session->error);
        return reject(taking, why);
    }
    if (err)
        return err;
    if (!meeting->conference_id && !added && stored->id_kind == ID_KIND_THIRD_PARTY)
        meeting->id_kind = ID_KIND_THIRD_PARTY;
    /* an event was mailed by whoever wrote it; a vdir's file may be somebody's own note */
    meeting->attendees_know = !run->differs;
    err = store_meeting_put(session->store, meeting);
    if (!err && leaves)
        err = import_disown_id(taking);
    if (err)
        return err;
    *(added ? &run->report.added : &run->report.updated) += 1;
    return history_note(session,
                        added ? HISTORY_MEETING_IMPORTED : HISTORY_MEETING_UPDATED_BY_IMPORT,
                        meeting->conference_id, meeting->uid, meeting->title);
}

/*
 * --- a cancellation ----------------------------------------------------------------------------
 */

/* Takes those off who are not to come any more; if nobody is left, the meeting is cancelled. */
static void uninvite(struct taking *taking)
{
    const struct attendees *gone = &taking->event->meeting.attendees;
    struct attendees left = {0};
    for (size_t i = 0; i < taking->stored.attendees.count; i++)
        if (!attendee_find(gone, taking->stored.attendees.items[i].email))
            *vector_push(taking->arena, &left) = taking->stored.attendees.items[i];
    if (left.count == 0)
        taking->meeting->status = MEETING_CANCELLED;
    else
        taking->meeting->attendees = left;
}

void revision_raise(struct meeting *meeting, int64_t sequence, int64_t stamp)
{
    meeting->sequence = sequence > meeting->sequence ? sequence : meeting->sequence;
    meeting->stamp = stamp > meeting->stamp ? stamp : meeting->stamp;
}

/* A METHOD:CANCEL of a whole meeting (RFC 5546, 3.2.5): its state is changed, and nothing else. */
static enum err cancel_take(struct taking *taking)
{
    const struct meeting *said = &taking->event->meeting, *stored = &taking->stored;
    if (stored->version == 0)
        return reject(taking, "it cancels a meeting that is not here");
    if (!taking_owned(taking))
        return refuse_others(taking);
    *taking->meeting = *stored;
    if (taking->event->uninvites)
        uninvite(taking);
    else
        taking->meeting->status = MEETING_CANCELLED;
    if (revision_older(said->sequence, said->stamp, stored->sequence, stored->stamp) ||
        meeting_says_same(stored, taking->meeting)) {
        taking->run->report.unchanged++;
        return ERR_OK;
    }
    revision_raise(taking->meeting, said->sequence, said->stamp);
    return taking_put(taking, NULL);
}

/*
 * --- a meeting ---------------------------------------------------------------------------------
 */

/* A dynamic ID is remembered, as a later event may show that it is none. */
static void count_kind(struct import_run *run, const struct meeting *meeting)
{
    import_count(run, meeting);
    if (meeting->id_kind == ID_KIND_DYNAMIC && meeting->status == MEETING_SCHEDULED)
        *vector_push(run->arena, &run->dynamic) =
            hash_number(meeting->conference_id, strlen(meeting->conference_id));
}

/* What was left aside: an ID in a quoted part, in the HTML text, of another service. */
static void note_aside(const struct taking *taking, const struct dial_in_aside *aside)
{
    const char *taken = taking->event->dial_in.conference_id;
    import_note(taking->run, taking->event,
                arena_format(taking->arena,
                             "its %s%s shows another%s conference ID, %s; %s was taken",
                             aside->place, aside->quoted ? ", in a quoted part," : "",
                             aside->foreign ? " service's" : "", aside->conference_id,
                             taken ? taken : "none"));
}

/* Whose an event was taken for whose ORGANIZER gives no address. */
static void note_unaddressed(const struct taking *taking)
{
    const struct ical_event *event = taking->event;
    if (!event->organizer_unusable || taking->run->own)
        return;
    const char *who = event->organizer[0]
                          ? arena_format(taking->arena, ", %s,", event->organizer)
                          : arena_format(taking->arena, " '%s'", event->organizer_unusable);
    import_note(taking->run, event,
                arena_format(taking->arena, "its ORGANIZER%s gives no e-mail address; %s", who,
                             taking->foreign
                                 ? "it was taken for a meeting of somebody outside the directory; "
                                   "import it with --own if it is the calendar's own"
                                 : "it was taken for the calendar's own meeting"));
}

static void note_event(const struct taking *taking)
{
    const struct ical_event *event = taking->event;
    note_unaddressed(taking);
    if (!taking->foreign && event->dial_in.kind == DIAL_IN_OURS &&
        !import_third_party(taking, event->meeting.conference_id))
        import_note_numbers(taking->run, event);
    for (size_t i = 0; i < event->dial_in.asides.count; i++)
        note_aside(taking, &event->dial_in.asides.items[i]);
    import_count_numbers(taking->run, &event->dial_in);
    if (event->note)
        import_note(taking->run, event, event->note);
}

static bool same_whose(const struct meeting *a, const struct meeting *b)
{
    return string_same(a->organizer_uid, b->organizer_uid) &&
           string_same(a->invited_by, b->invited_by) &&
           string_same(a->invited_by_name, b->invited_by_name) &&
           a->taken_as_own == b->taken_as_own;
}

/*
 * What the event shows of a dial-in that is not ours; of a foreign meeting none is, whosever signs
 * it bears.
 */
static void foreign_dial_in(const struct taking *taking)
{
    struct meeting *meeting = taking->meeting;
    const struct dial_in *dial_in = &taking->event->dial_in;
    bool foreign = (dial_in->kind == DIAL_IN_FOREIGN && !taking->drawn_here) ||
                   (taking->foreign && dial_in->kind != DIAL_IN_NONE);
    meeting->foreign_number = foreign ? dial_in->number : NULL;
    meeting->foreign_id = foreign ? dial_in->conference_id : NULL;
}

static bool same_dial_in(const struct meeting *stored, const struct meeting *meeting)
{
    return string_same(stored->foreign_number, meeting->foreign_number) &&
           string_same(stored->foreign_id, meeting->foreign_id);
}

/* True if the stored meeting is newer, or says the same and has the ID that its event shows. */
static bool nothing_new(const struct taking *taking, bool takes_id)
{
    const struct meeting *stored = &taking->stored, *meeting = taking->meeting;
    if (stored->version == 0 || taking->run->differs)
        return false;
    return revision_older(meeting->sequence, meeting->stamp, stored->sequence, stored->stamp) ||
           (meeting_says_same(stored, meeting) && same_whose(stored, meeting) &&
            same_dial_in(stored, meeting) && !takes_id);
}

/* Languages that the event tells of its attendees, and that there are invitations in. */
static enum err keep_languages(const struct taking *taking)
{
    const struct session *session = taking->run->session;
    const struct attendees *people = &taking->event->meeting.attendees;
    enum err err = ERR_OK;
    for (size_t i = 0; i < people->count && session->looks && !err; i++)
        if (people->items[i].lang && session->looks->language_known(people->items[i].lang))
            err = store_attendee_language(session->store, people->items[i].email,
                                          people->items[i].lang);
    return err;
}

static enum err meeting_take(struct taking *taking)
{
    struct import_run *run = taking->run;
    const struct meeting *stored = &taking->stored;
    const char *named = taking->event->meeting.conference_id;
    bool dropped;
    keep_changed_occurrences(taking);
    const char *why = taking_complete(taking);
    if (why)
        return reject(taking, why);
    if (stored->version != 0) {
        if (!taking_owned(taking))
            return refuse_others(taking);
        enum err err =
            import_block_drop(run, taking->arena, stored, named, taking->meeting, &dropped);
        if (err)
            return err;
    }
    bool takes_id = false;
    enum err err = keep_languages(taking);
    if (!err)
        err = import_drawn_here(taking);
    if (!err)
        err = import_takes_id(taking, named, &takes_id);
    if (err)
        return err;
    foreign_dial_in(taking);
    note_event(taking);
    if (nothing_new(taking, takes_id)) {
        run->report.unchanged++;
        count_kind(run, stored);
        return ERR_OK;
    }
    err = taking_put(taking, named);
    if (!err)
        count_kind(run, taking->meeting);
    return err;
}

enum err import_take(struct import_run *run, struct arena *arena, const struct ical_event *event,
                     bool fresh)
{
    struct meeting meeting = event->meeting;
    struct taking taking = {
        .run = run, .arena = arena, .event = event, .meeting = &meeting, .fresh = fresh};
    run->report.read++;
    enum err err = taking_begin(&taking);
    if (err)
        return err;
    if (!taking.owner)
        return reject(&taking, why_ownerless(&taking));
    return event->method == ICAL_CANCEL ? cancel_take(&taking) : meeting_take(&taking);
}
