/*
 * Which ID an imported meeting gets: the one that its text names, or none. An import never draws
 * one. An ID that stands on several of an organizer's meetings is a static one; one that was drawn
 * here belongs to its meeting alone, and on another event it is a copied invitation block.
 */
#include "import.h"
#include <base/hash.h>
#include <desk/own_id.h>
#include <desk/transaction.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

/* The ID that an event's text names. */
struct named_id {
    const struct taking *taking;
    struct session *session;
    const char *digits;
    struct id_record record; /* if it is known here */
};

static enum err leave_out(const struct named_id *id, const char *why)
{
    import_note(id->taking->run, id->taking->event, why);
    return ERR_OK;
}

static void carry(const struct named_id *id, enum id_kind kind)
{
    id->taking->meeting->conference_id = id->digits;
    id->taking->meeting->id_kind = kind;
}

static enum err note_taken(const struct named_id *id, const char *detail)
{
    return history_note(id->session, HISTORY_ID_TAKEN, id->digits, id->taking->meeting->uid,
                        detail);
}

/* An organizer without a static ID gets the one that the calendar shows. */
static enum err adopt(const struct named_id *id)
{
    struct organizer *owner = id->taking->owner;
    if (owner->static_id)
        return ERR_OK;
    owner->static_id = id->digits;
    return store_organizer_static_id(id->session->store, owner->uid, id->digits);
}

/*
 * --- an ID that is new here --------------------------------------------------------------------
 */

/* Somebody who enters one of them with a single slip gets into the other. */
static enum err tell_near(const struct named_id *id)
{
    struct arena *arena = id->taking->arena;
    struct strings near = {0};
    enum err err =
        store_id_near(arena, id->session->store, id->digits, session_now(id->session), &near);
    for (size_t i = 0; i < near.count && !err; i++)
        import_note(id->taking->run, id->taking->event,
                    arena_format(arena,
                                 "its conference ID %s is a single slip (%s) from %s, which is in "
                                 "use here or was: callers can get into the wrong meeting",
                                 id->digits,
                                 id_slip_name(conference_id_slip(id->digits, near.items[i])),
                                 near.items[i]));
    return err;
}

static enum err take_new(const struct named_id *id)
{
    struct store *store = id->session->store;
    const struct meeting *meeting = id->taking->meeting;
    const struct organization *organization = &id->taking->run->writer->organization;
    int64_t now = session_now(id->session);
    int64_t until = meeting_reserved_until(meeting, organization);
    carry(id, ID_KIND_DYNAMIC);
    enum err err = store_id_take(store, id->digits, ID_KIND_DYNAMIC, id->taking->owner->uid,
                                 meeting->uid, until, now);
    if (err)
        return err;
    err = note_taken(id, "from an imported invitation");
    if (!err)
        err = tell_near(id);
    if (err || meeting->status != MEETING_CANCELLED)
        return err;
    return store_id_retire(store, id->digits, now, quarantine_end(organization, now), NULL);
}

/*
 * --- an ID that is known here ------------------------------------------------------------------
 */

/*
 * A static ID that was retired because its last meeting had been converted lives again with another
 * meeting on it. One that was reset stays dead: that is what a reset is for.
 */
static enum err take_static(const struct named_id *id)
{
    const struct meeting *meeting = id->taking->meeting;
    int64_t now = session_now(id->session);
    bool wanted = meeting->status == MEETING_SCHEDULED && !meeting_over(meeting, now);
    carry(id, ID_KIND_STATIC);
    if (!id->record.retired)
        return adopt(id);
    if (!wanted || !id->record.replaced_by)
        return ERR_OK;
    enum err err = store_id_take(id->session->store, id->digits, ID_KIND_STATIC,
                                 id->taking->owner->uid, NULL, INSTANT_NEVER, now);
    if (err)
        return err;
    err = note_taken(id, "lives again with an imported meeting");
    return err ? err : adopt(id);
}

/* The ID's other meeting, whose dynamic ID it was until now. */
static enum err first_meeting(const struct named_id *id, struct meeting *first)
{
    return store_meeting_get(id->taking->arena, id->session->store, id->record.meeting_uid, first);
}

static enum err make_static(const struct named_id *id)
{
    struct import_run *run = id->taking->run;
    struct meeting first = {0};
    enum err err = first_meeting(id, &first);
    if (err)
        return err;
    err = store_id_make_static(id->session->store, id->digits, session_clock(id->session));
    if (err)
        return err;
    err = note_taken(id, "stands on several meetings: a static ID");
    if (err)
        return err;
    if (first.status == MEETING_SCHEDULED)
        *vector_push(run->arena, &run->made_static) = hash_number(id->digits, strlen(id->digits));
    carry(id, ID_KIND_STATIC);
    return adopt(id);
}

static enum err leave_copied(const struct named_id *id)
{
    struct meeting first = {0};
    enum err err = first_meeting(id, &first);
    if (err)
        return err;
    return leave_out(id, arena_format(id->taking->arena,
                                      "its text shows the conference ID %s of the meeting '%s' "
                                      "(%s): a copied dial-in block; it was taken in without an ID",
                                      id->digits, first.title, first.uid));
}

static enum err take_dynamic(const struct named_id *id)
{
    if (strcmp(id->record.meeting_uid, id->taking->meeting->uid) != 0)
        return id->record.drawn ? leave_copied(id) : make_static(id);
    carry(id, ID_KIND_DYNAMIC);
    return ERR_OK;
}

static enum err take_known(const struct named_id *id)
{
    if (strcmp(id->record.organizer_uid, id->taking->owner->uid) != 0)
        return leave_out(id, arena_format(id->taking->arena,
                                          "its text shows the conference ID %s, which is another "
                                          "organizer's; it was taken in without an ID",
                                          id->digits));
    return id->record.kind == ID_KIND_STATIC ? take_static(id) : take_dynamic(id);
}

/*
 * --- a third party's meeting -------------------------------------------------------------------
 */

static const char *digits_of(struct arena *arena, const char *s)
{
    struct text digits = text_start(arena);
    for (; *s; s++)
        if (*s >= '0' && *s <= '9')
            text_add_byte(&digits, *s);
    return digits.bytes;
}

/*
 * Numbers are grouped in the block, so only digits are compared; fewer than four may be any
 * number's, and stand there as they are written, with what is beside them ("ext. 12").
 */
static bool shows_number(struct arena *arena, const char *block, const char *number)
{
    enum { NUMBER_DIGITS = 4 };
    if (!number || !number[0])
        return false;
    const char *digits = digits_of(arena, number);
    if (strlen(digits) < NUMBER_DIGITS)
        return strstr(block, number) != NULL;
    return strstr(digits_of(arena, block), digits) != NULL;
}

bool import_third_party(const struct taking *taking, const char *digits)
{
    const struct organizer *owner = taking->owner;
    const char *block = taking->event->dial_in_block, *passcode = owner->third_party_passcode;
    if (owner->provider != PROVIDER_THIRD_PARTY)
        return false;
    if (digits && passcode && strcmp(passcode, digits) == 0)
        return true;
    return block && (shows_number(taking->arena, block, owner->third_party_number) ||
                     shows_number(taking->arena, block, owner->third_party_toll_free));
}

/* The kind of a meeting that has no ID of ours. */
static enum id_kind foreign_kind(const struct meeting *meeting)
{
    return meeting->foreign_id || meeting->foreign_number ? ID_KIND_FOREIGN : ID_KIND_NONE;
}

enum err import_take_id(const struct taking *taking, const char *digits)
{
    struct named_id id = {.taking = taking, .session = taking->run->session, .digits = digits};
    bool is_third_party = import_third_party(taking, digits), found = false;
    taking->meeting->conference_id = NULL;
    taking->meeting->id_kind = is_third_party ? ID_KIND_THIRD_PARTY : foreign_kind(taking->meeting);
    if (is_third_party || !digits)
        return ERR_OK;
    enum err err = store_id_find(taking->arena, id.session->store, digits, &id.record, &found);
    if (err)
        return err;
    return found ? take_known(&id) : take_new(&id);
}

enum err import_takes_id(const struct taking *taking, const char *digits, bool *takes)
{
    const struct meeting *stored = &taking->stored;
    const struct organizer *owner = taking->owner;
    struct id_record record = {0};
    bool found = false;
    *takes = false;
    if (!digits || stored->version == 0 || stored->conference_id || taking->foreign ||
        stored->id_kind != ID_KIND_NONE || owner->provider == PROVIDER_THIRD_PARTY)
        return ERR_OK;
    enum err err =
        store_id_find(taking->arena, taking->run->session->store, digits, &record, &found);
    *takes = !err && (!found || (record.kind == ID_KIND_STATIC && !record.retired &&
                                 strcmp(record.organizer_uid, owner->uid) == 0));
    return err;
}

/*
 * --- a foreign meeting -------------------------------------------------------------------------
 */

/* True if what the event shows as another service's is the stored meeting's ID. */
static bool shows_own_as_foreign(const struct taking *taking)
{
    const char *ours = taking->stored.conference_id;
    const struct dial_in *dial_in = &taking->event->dial_in;
    return ours && dial_in->kind == DIAL_IN_FOREIGN && dial_in->conference_id &&
           strcmp(ours, dial_in->conference_id) == 0;
}

enum err import_drawn_here(struct taking *taking)
{
    struct id_record record = {0};
    bool found = false;
    if (!shows_own_as_foreign(taking))
        return ERR_OK;
    enum err err = store_id_find(taking->arena, taking->run->session->store,
                                 taking->stored.conference_id, &record, &found);
    taking->drawn_here = found && record.drawn;
    return err;
}

bool import_taken_before(const struct taking *taking)
{
    return shows_own_as_foreign(taking) && !taking->drawn_here;
}

void import_leave_id(const struct taking *taking)
{
    struct meeting *meeting = taking->meeting;
    meeting->conference_id = NULL;
    meeting->id_kind = foreign_kind(meeting);
}

/*
 * Another service's digits are nobody's static ID. The static ID of an event that somebody else
 * organizes may still be our organizer's: an invitation from another address of theirs.
 */
enum err import_disown_id(const struct taking *taking)
{
    const struct meeting *stored = &taking->stored;
    const struct organizer *owner = taking->owner;
    if (!stored->conference_id)
        return ERR_OK;
    if (stored->id_kind != ID_KIND_STATIC || import_taken_before(taking))
        return own_id_disown(taking->run->session, taking->arena, stored,
                             &taking->run->writer->organization);
    if (!owner->static_id || strcmp(owner->static_id, stored->conference_id) != 0)
        return ERR_OK;
    import_note(taking->run, taking->event,
                arena_format(taking->arena,
                             "its conference ID %s stays the static ID of %s; if it is %s's, see "
                             "'dialdesk organizer reset-id --dry-run'",
                             owner->static_id, owner->email, taking->meeting->invited_by));
    return ERR_OK;
}
