/*
 * The helpdesk's question: what is this ID? From what was typed to the record, the meetings that
 * use it or left it, the state, near misses and the sentence to read out. It is the most frequent
 * question of all, so it asks the store no more than it needs: a dynamic ID costs a few point
 * reads, and no zone files of other people are opened before a series is met.
 */
#include "lookup.h"
#include "calendar.h"
#include "known.h"
#include <base/random.h>
#include <base/utf8.h>
#include <core/admission.h>
#include <core/telephone.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/history.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

enum {
    RECENT = 31 * DAY, /* how long meetings on a static ID are shown after they are over */
    ON_ID_MAX = 500,
    MOVED_MAX = 100,
    NEAR_MAX = 20,
    BEGINNING_LEAST = 4, /* digits that must be typed before IDs that begin with them are shown */
    BEGINNING_MAX = 12,
    NOTE_MAX = 1000,  /* bytes of what was told */
    APP_ID_LEAST = 9, /* digits; shorter ones are looked for in no text */
    TEXTS_BACK = DAY, /* in the texts of meetings from then */
    TEXTS_ON = 14 * DAY
};

static enum err add_moved(struct session *session, struct arena *arena, struct lookup *lookup,
                          const struct meeting *meeting)
{
    struct moved_meeting *moved = vector_push(arena, &lookup->moved);
    moved->new_id = meeting->conference_id;
    return meeting_nearest(session, arena, meeting, lookup->at, &moved->occurrence);
}

/* The ID's meeting; if that carries another ID by now (a conversion was undone), it moved. */
static enum err read_dynamic(struct session *session, struct arena *arena,
                             const struct lookup *lookup, struct id_uses *uses)
{
    struct meeting *meeting = arena_alloc(arena, sizeof *meeting);
    const char *uid = uses->record->meeting_uid;
    enum err err = lookup->for_bridge ? store_meeting_get_alone(arena, session->store, uid, meeting)
                                      : store_meeting_get(arena, session->store, uid, meeting);
    if (err)
        return err;
    const char *carries = meeting->conference_id;
    bool moved = carries && strcmp(carries, uses->record->digits) != 0;
    *vector_push(arena, moved ? &uses->moved : &uses->meetings) = *meeting;
    return ERR_OK;
}

/* Meetings to come and recent ones (if there are none, all that ever used it), and those moved. */
static enum err read_static(struct session *session, struct arena *arena,
                            const struct lookup *lookup, struct id_uses *uses)
{
    const char *digits = uses->record->digits;
    int64_t since = lookup->at > INT64_MIN + RECENT ? lookup->at - RECENT : INT64_MIN;
    struct meetings *list = &uses->meetings;
    enum err err = store_meetings_on_id(arena, session->store, digits, since, ON_ID_MAX, list);
    if (!err && list->count == 0)
        err = store_meetings_on_id(arena, session->store, digits, INT64_MIN, 0, list);
    return err ? err
               : store_meetings_moved_from(arena, session->store, digits, MOVED_MAX, &uses->moved);
}

/* What the store has of an ID whose record is known. */
static enum err read_uses(struct session *session, struct arena *arena, const struct lookup *lookup,
                          struct id_uses *uses)
{
    struct organizer *organizer = arena_alloc(arena, sizeof *organizer);
    uses->organizer = organizer;
    enum err err =
        store_organizer_by_uid(arena, session->store, uses->record->organizer_uid, organizer);
    if (err)
        return err;
    return uses->record->kind == ID_KIND_STATIC ? read_static(session, arena, lookup, uses)
                                                : read_dynamic(session, arena, lookup, uses);
}

/* Fills in what the judgement needs of these uses at the time that is asked for. */
static enum err take_uses(struct session *session, struct arena *arena, struct lookup *lookup,
                          const struct id_uses *uses)
{
    lookup->record = uses->record;
    lookup->kind = uses->record->kind;
    lookup->organizer = uses->organizer;
    enum err err = meetings_nearest(session, arena, &uses->meetings, lookup->at, &lookup->meetings);
    for (size_t i = 0; !err && i < uses->moved.count; i++)
        err = add_moved(session, arena, lookup, &uses->moved.items[i]);
    return err;
}

static bool telephone_is(const char *digits, const char *number)
{
    return *digits && number && telephone_same(digits, number);
}

/* A third-party provider's passcode is typed as its invitations print it. */
static bool passcode_is(const struct organizer *organizer, const char *digits)
{
    char passcode[ID_SIZE];
    return organizer->provider == PROVIDER_THIRD_PARTY && organizer->third_party_passcode &&
           conference_id_normalize(organizer->third_party_passcode, passcode) &&
           strcmp(passcode, digits) == 0;
}

/* Whose third-party provider's digits they are: few organizers have one, and few ask this. */
static enum err find_third_party(struct session *session, struct arena *arena,
                                 const char *telephone, struct lookup *out)
{
    struct organizers list = {0};
    enum err err = store_organizers_third_party(arena, session->store, &list);
    for (size_t i = 0; !err && i < list.count && !out->holds; i++) {
        const struct organizer *one = &list.items[i];
        if (out->query_kind == QUERY_ID && passcode_is(one, out->conference_id))
            out->holds = HOLDS_PASSCODE;
        else if (telephone_is(telephone, one->third_party_number) ||
                 telephone_is(telephone, one->third_party_toll_free))
            out->holds = HOLDS_THIRD_PARTY;
        if (out->holds)
            out->organizer = one;
    }
    return err;
}

/* Digits of a foreign dial-in's ID in somebody's calendar. */
static enum err find_foreign_id(struct session *session, struct arena *arena, struct lookup *out)
{
    struct meetings *list = arena_alloc(arena, sizeof *list);
    enum err err =
        store_meetings_foreign(arena, session->store, out->conference_id, ON_ID_MAX, list);
    if (err || list->count == 0)
        return err;
    out->holds = HOLDS_FOREIGN_ID;
    return meetings_nearest(session, arena, list, out->at, &out->meetings);
}

/* Digits of a dial-in that is not ours: in somebody's calendar, or of a third-party provider. */
static enum err find_foreign(struct session *session, struct arena *arena, struct lookup *out)
{
    enum err err = find_foreign_id(session, arena, out);
    if (!err && !out->holds)
        err = find_third_party(session, arena, "", out);
    if (out->holds)
        out->kind = ID_KIND_FOREIGN;
    return err;
}

enum err lookup_read(struct session *session, struct arena *arena, struct lookup *lookup)
{
    const struct id_uses *known =
        lookup->for_bridge ? known_find(session, lookup->conference_id) : NULL;
    if (known)
        return take_uses(session, arena, lookup, known);
    struct arena *kept = lookup->for_bridge ? known_arena(session, arena) : arena;
    struct id_uses *uses = arena_alloc(kept, sizeof *uses);
    struct id_record *record = arena_alloc(kept, sizeof *record);
    bool issued = false;
    enum err err = store_id_find(kept, session->store, lookup->conference_id, record, &issued);
    if (err)
        return err;
    if (!issued)
        return find_foreign(session, arena, lookup);
    uses->record = record;
    err = read_uses(session, kept, lookup, uses);
    if (err)
        return err;
    if (lookup->for_bridge)
        known_add(session, uses);
    return take_uses(session, arena, lookup, uses);
}

static void judge(struct lookup *lookup, const struct organization *organization)
{
    lookup_judge(lookup, (int64_t)organization->early_minutes * MINUTE);
}

/* Adds the ID to the list if it is live or upcoming. */
static enum err add_open(struct session *session, struct arena *arena,
                         const struct organization *organization, const struct lookup *lookup,
                         const struct id_record *record, struct near_misses *list)
{
    struct lookup near = {.query = record->digits,
                          .query_kind = QUERY_ID,
                          .conference_id = record->digits,
                          .at = lookup->at};
    struct id_uses *uses = arena_alloc(arena, sizeof *uses);
    uses->record = record;
    enum err err = read_uses(session, arena, &near, uses);
    if (!err)
        err = take_uses(session, arena, &near, uses);
    if (err)
        return err;
    judge(&near, organization);
    bool open = near.state == ID_STATE_LIVE || near.state == ID_STATE_UPCOMING;
    if (!open || near.meetings.count == 0)
        return ERR_OK;
    if (near.kind == ID_KIND_STATIC)
        err = risks_of_meetings(session, arena, organization, lookup->at, &near.meetings);
    *vector_push(arena, list) = (struct near_miss){
        .conference_id = record->digits,
        .slip = conference_id_slip(lookup->conference_id, record->digits),
        .state = near.state,
        .occurrence = near.meetings.items[0],
    };
    return err;
}

/* Those of the candidates that are open, as near misses. */
static enum err add_near(struct session *session, struct arena *arena,
                         const struct organization *organization, const struct strings *candidates,
                         struct lookup *out)
{
    struct id_records *records = arena_alloc(arena, sizeof *records);
    enum err err = store_ids_among(arena, session->store, candidates, records);
    for (size_t i = 0; !err && i < records->count && out->near.count < NEAR_MAX; i++)
        err = add_open(session, arena, organization, out, &records->items[i], &out->near);
    return err;
}

static enum err find_near(struct session *session, struct arena *arena,
                          const struct organization *organization, struct lookup *out)
{
    struct strings candidates = {0};
    conference_id_near(arena, out->conference_id, &candidates);
    return add_near(session, arena, organization, &candidates, out);
}

/*
 * IDs that a single slip leads to although they were issued, because one of the two was taken from
 * elsewhere. The mark spares all others the look.
 */
static enum err find_slips(struct session *session, struct arena *arena,
                           const struct organization *organization, struct lookup *out)
{
    char slips[ID_SLIPS_MAX][ID_SIZE];
    struct strings candidates = {0};
    if (!out->record->near)
        return ERR_OK;
    size_t count = conference_id_slips(out->conference_id, slips);
    for (size_t i = 0; i < count; i++)
        *vector_push(arena, &candidates) = slips[i];
    return add_near(session, arena, organization, &candidates, out);
}

/* The digits so far: a caller reads them out one by one, and often the first few are enough. */
static enum err find_beginning(struct session *session, struct arena *arena,
                               const struct organization *organization, struct lookup *out)
{
    struct id_records records = {0};
    size_t length = strlen(out->conference_id);
    if (length < BEGINNING_LEAST || length >= ID_MAX_DIGITS)
        return ERR_OK;
    enum err err = store_ids_beginning(arena, session->store, out->conference_id, out->at,
                                       BEGINNING_MAX, &records);
    for (size_t i = 0; !err && i < records.count; i++)
        err = add_open(session, arena, organization, out, &records.items[i], &out->beginning);
    return err;
}

/* Numbers in the texts of meetings of these days: the app's ID, another service's telephone. */
static enum err find_in_texts(struct session *session, struct arena *arena, const char *telephone,
                              struct lookup *out)
{
    struct strings forms = {0};
    struct meetings found = {0}, *list = arena_alloc(arena, sizeof *list);
    if (strlen(telephone) < APP_ID_LEAST)
        return ERR_OK;
    const char *home = telephone + strspn(telephone, "0");
    number_forms(arena, telephone, &forms);
    enum err err = store_meetings_showing(arena, session->store, &forms, home, out->at - TEXTS_BACK,
                                          out->at + TEXTS_ON, ON_ID_MAX, &found);
    for (size_t i = 0; !err && i < found.count; i++) {
        const struct meeting *meeting = &found.items[i];
        bool number = telephone_is(telephone, meeting->foreign_number);
        bool ours = !meeting_foreign(meeting) && meeting->id_kind != ID_KIND_FOREIGN;
        if (!number && !text_shows_id(arena, meeting->notes, &forms))
            continue;
        out->holds = number ? HOLDS_FOREIGN_NUMBER : ours ? HOLDS_APP_ID : HOLDS_FOREIGN_ID;
        *vector_push(arena, list) = *meeting;
    }
    return err ? err : meetings_nearest(session, arena, list, out->at, &out->meetings);
}

/* What digits are that were never issued here as an ID. */
static enum err find_holds(struct session *session, struct arena *arena, struct lookup *out)
{
    char telephone[TELEPHONE_SIZE];
    telephone_digits(out->query, telephone);
    for (size_t i = 0; i < out->dial_in.count && !out->holds; i++)
        if (telephone_is(telephone, out->dial_in.items[i].e164)) {
            out->holds = HOLDS_OUR_NUMBER;
            out->number = &out->dial_in.items[i];
        }
    enum err err = out->holds ? ERR_OK : find_third_party(session, arena, telephone, out);
    if (!err && !out->holds)
        err = find_in_texts(session, arena, telephone, out);
    if (out->holds >= HOLDS_FOREIGN_ID)
        out->kind = ID_KIND_FOREIGN;
    return err;
}

static enum err look_at_id(struct session *session, struct arena *arena,
                           const struct organization *organization, struct lookup *out)
{
    enum err err = lookup_read(session, arena, out);
    if (err)
        return err;
    if (out->kind == ID_KIND_FOREIGN)
        return ERR_OK;
    if (!out->record) {
        err = find_holds(session, arena, out);
        if (err || out->holds)
            return err;
        err = find_near(session, arena, organization, out);
        return err ? err : find_beginning(session, arena, organization, out);
    }
    err = find_slips(session, arena, organization, out);
    if (err || out->kind != ID_KIND_STATIC)
        return err;
    return risks_of_meetings(session, arena, organization, out->at, &out->meetings);
}

static const struct meeting *near_meeting(const struct near_misses *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].occurrence.meeting)
            return list->items[i].occurrence.meeting;
    return NULL;
}

/* The organizer's zone; that of the meeting if other digits than its ID led to it. */
static enum err read_zone(struct session *session, struct lookup *out)
{
    const struct meeting *first =
        out->meetings.count ? out->meetings.items[0].meeting : near_meeting(&out->near);
    if (!first)
        first = near_meeting(&out->beginning);
    if (!out->organizer && first && !session->settings.tz &&
        session_zone(session, first->tz, &out->zone) == ERR_OK)
        return ERR_OK;
    error_clear(&session->error);
    return desk_reader_zone(session, out->organizer, &out->zone);
}

/*
 * A meeting's UID is no ID, whatever digits stand in it. Digits alone are an ID, even if they are
 * some meeting's UID as well.
 */
static enum err find_uid(struct session *session, struct arena *arena, const char *typed,
                         struct lookup *out)
{
    struct meeting meeting;
    char digits[ID_SIZE];
    bool found = uid_formed(typed);
    enum err err = ERR_OK;
    if (!found && !conference_id_normalize(typed, digits))
        err = store_meeting_find(arena, session->store, typed, &meeting, &found);
    if (!found)
        return err;
    out->query_kind = QUERY_NOT_DIGITS;
    out->conference_id = "";
    out->holds = HOLDS_UID;
    return err;
}

enum err desk_lookup(struct session *session, struct arena *arena, const char *typed, int64_t at,
                     struct lookup *out, struct history_entries *history)
{
    struct organization organization = {0};
    char *digits = arena_alloc(arena, ID_SIZE);
    *out = (struct lookup){.query = typed, .conference_id = digits, .at = at};
    out->query_kind = dial_in_query(typed, digits);
    if (history)
        *history = (struct history_entries){0};
    enum err err = reading_begin(session);
    if (!err)
        err = store_organization_get(arena, session->store, &organization);
    if (!err)
        err = store_numbers_list(arena, session->store, &out->dial_in);
    if (!err)
        err = find_uid(session, arena, typed, out);
    if (!err && out->query_kind == QUERY_ID)
        err = look_at_id(session, arena, &organization, out);
    else if (!err && out->query_kind == QUERY_TOO_LONG)
        err = find_holds(session, arena, out);
    if (!err)
        err = read_zone(session, out);
    if (!err && history && out->record)
        err = store_history_list(arena, session->store, out->record->digits, NULL, history);
    if (!err) {
        judge(out, &organization);
        out->tell = organization.tell;
    }
    return reading_end(session, err);
}

enum err desk_lookup_meeting(struct session *session, struct arena *arena,
                             const struct occurrence *occurrence, int64_t at, struct lookup *out)
{
    const struct meeting *meeting = occurrence->meeting;
    const char *id = meeting->conference_id ? meeting->conference_id : "";
    struct organization organization = {0};
    struct organizer *organizer = arena_alloc(arena, sizeof *organizer);
    struct id_record *record = arena_alloc(arena, sizeof *record);
    bool issued = false;
    *out = (struct lookup){.query = id,
                           .conference_id = id,
                           .query_kind = QUERY_ID,
                           .kind = meeting->id_kind,
                           .at = at};
    enum err err = reading_begin(session);
    if (!err)
        err = store_organization_get(arena, session->store, &organization);
    if (!err)
        err = store_organizer_by_uid(arena, session->store, meeting->organizer_uid, organizer);
    if (!err && *id)
        err = store_id_find(arena, session->store, id, record, &issued);
    if (!err)
        err = desk_reader_zone(session, organizer, &out->zone);
    out->organizer = organizer;
    out->record = issued ? record : NULL;
    *vector_push(arena, &out->meetings) = *occurrence;
    if (!err)
        judge(out, &organization);
    return reading_end(session, err);
}

/* Copies the digits of a number at the beginning of s; returns where its last digit ends. */
static size_t number_digits(const char *s, char *digits)
{
    size_t end = 0, count = 0;
    for (size_t i = 0; s[i] && strchr("0123456789 +()-./", s[i]); i++) {
        if (s[i] >= '0' && s[i] <= '9') {
            digits[count++] = s[i];
            end = i + 1;
        }
    }
    digits[count] = '\0';
    return end;
}

/* The caller as the history keeps them: of each telephone number the last digits alone. */
static const char *caller_kept(struct arena *arena, const char *caller)
{
    enum { NUMBER_LEAST = 6 };
    char *digits = arena_copy(arena, caller);
    struct text text = text_start(arena);
    while (*caller) {
        bool begins = *caller == '+' || (*caller >= '0' && *caller <= '9');
        size_t length = begins ? number_digits(caller, digits) : 0;
        bool number = length > 0 && strlen(digits) >= NUMBER_LEAST;
        if (number)
            text_add(&text, caller_mask(arena, digits));
        else
            text_add_byte(&text, *caller);
        caller += number ? length : 1;
    }
    return text.bytes;
}

static enum err note_put(struct session *session, struct arena *arena, const struct call_note *note)
{
    struct id_record record;
    char digits[ID_SIZE];
    bool issued = false;
    if (!conference_id_normalize(note->typed, digits))
        return error_set_what(&session->error, ERR_INVALID, "is not a conference ID", "'%s'",
                              note->typed);
    enum err err = store_id_find(arena, session->store, digits, &record, &issued);
    if (err)
        return err;
    if (!issued)
        return error_set_what(&session->error, ERR_NOT_FOUND, "was never issued here", "ID %s",
                              digits);
    const char *from = note->caller && *note->caller
                           ? arena_format(arena, "; caller %s", caller_kept(arena, note->caller))
                           : "";
    return history_note(session, HISTORY_CALL_NOTED, digits,
                        note->meeting_uid ? note->meeting_uid : record.meeting_uid,
                        arena_format(arena, "told: %s%s", note->told, from));
}

enum err desk_note(struct session *session, struct arena *arena, const struct call_note *note)
{
    enum { CALLER_MAX = 200 };
    struct writing writing = {.err = utf8_check("told", note->told, NOTE_MAX, &session->error)};
    if (!writing.err && note->caller)
        writing.err = utf8_check("caller", note->caller, CALLER_MAX, &session->error);
    while (writing_next(session, &writing))
        writing.err = note_put(session, arena, note);
    return writing.err;
}
