/*
 * Which ID an imported meeting gets: the one that its text names, or none. An import never draws
 * one. An ID that stands on several of an organizer's meetings is a static one; one that was drawn
 * here belongs to its meeting alone, and on another event it is a copied invitation block.
 */
#include "calendar.h"
#include "import.h"
#include <desk/transaction.h>
#include <store/history.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

struct id_taking {
    struct import_run *run;
    struct arena *arena;
    const struct ical_event *event;
    struct organizer *owner;
    struct meeting *meeting;
    const char *digits;
    struct id_record record;
};

static enum err leave_out(const struct id_taking *taking, const char *why)
{
    import_note(taking->run, taking->event, why);
    return ERR_OK;
}

static void carry(const struct id_taking *taking, enum id_kind kind)
{
    taking->meeting->conference_id = taking->digits;
    taking->meeting->id_kind = kind;
}

static enum err note_taken(const struct id_taking *taking, const char *detail)
{
    return history_note(taking->run->session, "id taken", taking->digits, taking->meeting->uid,
                        detail);
}

/* An organizer without a static ID gets the one that the calendar shows. */
static enum err adopt(const struct id_taking *taking)
{
    struct session *session = taking->run->session;
    struct organizer *owner = taking->owner;
    if (owner->static_id)
        return ERR_OK;
    owner->static_id = arena_copy(taking->run->arena, taking->digits);
    return store_organizer_static_id(session->store, owner->uid, taking->digits);
}

/*
 * --- an ID that is new here --------------------------------------------------------------------
 */

static enum err take_new(const struct id_taking *taking)
{
    struct session *session = taking->run->session;
    const struct meeting *meeting = taking->meeting;
    const struct organization *organization = &taking->run->organization;
    int64_t now = session_now(session);
    int64_t until = meeting_reserved_until(meeting, organization);
    enum err err = store_id_take(session->store, taking->digits, ID_KIND_DYNAMIC,
                                 taking->owner->uid, meeting->uid, until, now);
    if (err == ERR_OK)
        err = note_taken(taking, "from an imported invitation");
    if (err == ERR_OK && meeting->status == MEETING_CANCELLED)
        err = store_id_retire(session->store, taking->digits, now,
                              quarantine_end(organization, now), NULL);
    carry(taking, ID_KIND_DYNAMIC);
    return err;
}

/*
 * --- an ID that is known here ------------------------------------------------------------------
 */

/*
 * A static ID that was retired because its last meeting had been converted lives again with another
 * meeting on it. One that was reset stays dead: that is what a reset is for.
 */
static enum err take_static(const struct id_taking *taking)
{
    struct session *session = taking->run->session;
    int64_t now = session_now(session);
    bool wanted =
        taking->meeting->status == MEETING_SCHEDULED && !meeting_over(taking->meeting, now);
    carry(taking, ID_KIND_STATIC);
    if (!taking->record.retired)
        return adopt(taking);
    if (!wanted || !taking->record.replaced_by)
        return ERR_OK;
    enum err err = store_id_take(session->store, taking->digits, ID_KIND_STATIC, taking->owner->uid,
                                 NULL, INSTANT_NEVER, now);
    if (err == ERR_OK)
        err = note_taken(taking, "lives again with an imported meeting");
    return err == ERR_OK ? adopt(taking) : err;
}

static enum err make_static(const struct id_taking *taking)
{
    struct import_run *run = taking->run;
    struct session *session = run->session;
    struct meeting first = {0};
    enum err err =
        store_meeting_get(taking->arena, session->store, taking->record.meeting_uid, &first);
    if (err == ERR_OK)
        err = store_id_make_static(session->store, taking->digits, session_clock(session));
    if (err == ERR_OK)
        err = note_taken(taking, "stands on several meetings: a static ID");
    if (err != ERR_OK)
        return err;
    if (first.status == MEETING_SCHEDULED && id_set_has(&run->dynamic_ids, taking->digits))
        run->report->legacy++;
    carry(taking, ID_KIND_STATIC);
    return adopt(taking);
}

static enum err copied_block(const struct id_taking *taking)
{
    struct meeting owner = {0};
    struct session *session = taking->run->session;
    enum err err =
        store_meeting_get(taking->arena, session->store, taking->record.meeting_uid, &owner);
    if (err != ERR_OK)
        return err;
    return leave_out(taking,
                     arena_format(taking->arena,
                                  "its text shows the conference ID %s of the meeting '%s' (%s): a "
                                  "copied dial-in block; it was taken in without an ID",
                                  taking->digits, owner.title, owner.uid));
}

static enum err take_dynamic(const struct id_taking *taking)
{
    if (strcmp(taking->record.meeting_uid, taking->meeting->uid) == 0) {
        carry(taking, ID_KIND_DYNAMIC);
        return ERR_OK;
    }
    return taking->record.drawn ? copied_block(taking) : make_static(taking);
}

static enum err take_known(const struct id_taking *taking)
{
    if (strcmp(taking->record.organizer_uid, taking->owner->uid) != 0)
        return leave_out(taking,
                         arena_format(taking->arena,
                                      "its text shows the conference ID %s, which is another "
                                      "organizer's; it was taken in without an ID",
                                      taking->digits));
    return taking->record.kind == ID_KIND_STATIC ? take_static(taking) : take_dynamic(taking);
}

static const char *digits_of(struct arena *arena, const char *s)
{
    struct text digits = text_start(arena);
    for (; *s; s++)
        if (*s >= '0' && *s <= '9')
            text_add_byte(&digits, *s);
    return digits.bytes;
}

/* Numbers are grouped where they are shown; what is no number stands as it is. */
static bool shows_number(struct arena *arena, const char *block, const char *number)
{
    enum { NUMBER_DIGITS = 4 };
    const char *digits = digits_of(arena, number ? number : "");
    if (strlen(digits) >= NUMBER_DIGITS)
        return strstr(digits_of(arena, block), digits) != NULL;
    return number && number[0] && strstr(block, number);
}

/*
 * What a third party's callers enter is its passcode and no ID of ours; it may have none, and is
 * known by its number in our block then.
 */
static bool third_party(const struct id_taking *taking)
{
    const struct organizer *owner = taking->owner;
    const char *block = taking->event->dial_in_block, *passcode = owner->third_party_passcode;
    if (owner->provider != PROVIDER_THIRD_PARTY)
        return false;
    if (taking->digits && passcode && strcmp(passcode, taking->digits) == 0)
        return true;
    return block && (shows_number(taking->arena, block, owner->third_party_number) ||
                     shows_number(taking->arena, block, owner->third_party_toll_free));
}

enum err import_take_id(struct import_run *run, struct arena *arena, const struct ical_event *event,
                        struct organizer *owner, struct meeting *meeting, const char *digits)
{
    struct id_taking taking = {run, arena, event, owner, meeting, digits, {0}};
    bool found = false;
    meeting->conference_id = NULL;
    meeting->id_kind = ID_KIND_NONE;
    if (third_party(&taking)) {
        meeting->id_kind = ID_KIND_THIRD_PARTY;
        return ERR_OK;
    }
    if (!digits)
        return ERR_OK;
    enum err err = store_id_find(arena, run->session->store, digits, &taking.record, &found);
    if (err != ERR_OK)
        return err;
    return found ? take_known(&taking) : take_new(&taking);
}
