/*
 * Jitsi's questions: the conference mapper and the list of numbers, as its pages and its voice
 * response ask; and reservations, as Prosody's mod_reservations does: who may open a room, and for
 * how long.
 */
#include "routes.h"
#include <desk/desk.h>
#include <show/print.h>
#include <string.h>

/* "m-uid@conference.example.org" is the room "m-uid". */
static const char *room_of(const struct visit *visit, const char *conference)
{
    return arena_copy_n(visit->arena, conference, strcspn(conference, "@"));
}

static const char *conference_of(const struct visit *visit, const char *room)
{
    const char *domain = visit->gate->jitsi_domain;
    return domain ? arena_format(visit->arena, "%s@%s", room, domain) : room;
}

static void mapper_by_id(struct visit *visit, const char *id)
{
    struct admission admission;
    struct asking asking = {.digits = id,
                            .caller = visit_value(visit, "caller"),
                            .trunk = "jitsi",
                            .at = session_now(visit->gate->session)};
    if (visit_admit(visit, &asking, &admission) != ERR_OK)
        return;
    bool admit = admission.verdict == ADMISSION_ADMIT;
    bool early = admission.verdict == ADMISSION_EARLY;
    visit_json(visit, 200,
               json_mapping(visit->arena,
                            admit   ? "Successfully retrieved conference mapping"
                            : early ? "The conference has not begun"
                                    : "No conference mapping was found",
                            id, admit ? conference_of(visit, admission.room) : NULL));
}

void visit_mapper(struct visit *visit)
{
    const char *id = http_pair_find(&visit->request->arguments, "id");
    const char *conference = http_pair_find(&visit->request->arguments, "conference");
    struct room room = {0};
    if (id) {
        mapper_by_id(visit, id);
        return;
    }
    if (!conference) {
        visit_message(visit, 400, "Name the id or the conference.");
        return;
    }
    enum err err = desk_room(visit->gate->session, visit->arena, room_of(visit, conference), &room);
    if (err)
        visit_error(visit, err);
    else if (room.id_kind == ID_KIND_DYNAMIC)
        visit_json(visit, 200,
                   json_mapping(visit->arena, "Successfully retrieved conference mapping",
                                room.digits, conference));
    else
        visit_json(visit, 200,
                   json_mapping(visit->arena, "No conference mapping was found", NULL, NULL));
}

void visit_numbers(struct visit *visit)
{
    struct numbers numbers = {0};
    enum err err = desk_numbers(visit->gate->session, visit->arena, &numbers);
    if (err)
        visit_error(visit, err);
    else
        visit_json(visit, 200, json_phone_numbers(visit->arena, &numbers));
}

/* --- reservations --- */

/* Of the room with this ID; NULL: nobody holds it. */
static struct reservation *reservation_find(struct gate *gate, const char *digits, int64_t now)
{
    for (size_t i = 0; i < gate->reserved.count; i++) {
        struct reservation *reservation = &gate->reserved.items[i];
        if (reservation->until > now && strcmp(reservation->digits, digits) == 0)
            return reservation;
    }
    return NULL;
}

/* In the place of one that is over, if any is: there are as many as rooms were open at once. */
static struct reservation *reservation_new(struct gate *gate, const char *digits, int64_t now)
{
    struct reservation *place = NULL;
    for (size_t i = 0; i < gate->reserved.count && !place; i++)
        if (gate->reserved.items[i].until <= now)
            place = &gate->reserved.items[i];
    if (!place)
        place = vector_push(gate->session->arena, &gate->reserved);
    *place = (struct reservation){.start = now};
    memcpy(place->digits, digits, strlen(digits) + 1);
    return place;
}

/*
 * True if the room of these digits may be open now; else that was answered by the status `refused`.
 * Who reserves a room makes no try.
 */
static bool may_open(struct visit *visit, const char *digits, const char *name, int refused,
                     struct admission *admission)
{
    struct asking asking = {
        .digits = digits, .at = session_now(visit->gate->session), .unlogged = true};
    if (visit_admit(visit, &asking, admission) != ERR_OK)
        return false;
    visit->answer->delay = 0;
    if (admission->verdict == ADMISSION_ADMIT && (!name || strcmp(admission->room, name) == 0))
        return true;
    visit_message(visit, refused,
                  admission->verdict == ADMISSION_EARLY ? "The meeting has not begun."
                                                        : "There is no meeting of this name now.");
    return false;
}

/* It lasts as long as the meeting does by now, which may have been moved since. */
static void answer_reservation(struct visit *visit, struct reservation *reservation,
                               const char *name, const char *organizer, int64_t until)
{
    reservation->until = until;
    visit_json(visit, 200,
               json_reservation(visit->arena, reservation->digits, name, organizer,
                                reservation->start, until - reservation->start));
}

/*
 * A room that is reserved is a conflict, behind which Prosody asks for the reservation and opens
 * the room by it: so it recovers after a failure of its own.
 */
void visit_reserve(struct visit *visit)
{
    struct gate *gate = visit->gate;
    int64_t now = session_now(gate->session);
    const char *name = http_pair_find(&visit->form, "name");
    struct admission admission = {0};
    struct room room = {0};
    if (!name) {
        visit_message(visit, 400, "Name the room.");
        return;
    }
    name = room_of(visit, name);
    enum err err = desk_room(gate->session, visit->arena, name, &room);
    if (err) {
        visit_error(visit, err);
        return;
    }
    const char *digits = room.digits ? room.digits : "";
    if (!may_open(visit, digits, name, 403, &admission))
        return;
    if (reservation_find(gate, digits, now))
        visit_json(visit, 409, json_conflict(visit->arena, digits));
    else
        answer_reservation(visit, reservation_new(gate, digits, now), name, room.organizer,
                           now + admission.until);
}

/* The reservation that the address names; NULL: there is none, which was answered. */
static struct reservation *reservation_named(struct visit *visit)
{
    const char *digits = visit->request->path + strlen("/conference/");
    struct reservation *found =
        reservation_find(visit->gate, digits, session_now(visit->gate->session));
    if (!found)
        visit_message(visit, 404, "No room is reserved by this ID.");
    return found;
}

void visit_reservation(struct visit *visit)
{
    struct session *session = visit->gate->session;
    struct reservation *reservation = reservation_named(visit);
    struct admission admission = {0};
    struct room room = {0};
    if (!reservation || !may_open(visit, reservation->digits, NULL, 404, &admission))
        return;
    enum err err = desk_room(session, visit->arena, admission.room, &room);
    if (err)
        visit_error(visit, err);
    else
        answer_reservation(visit, reservation, admission.room, room.organizer,
                           session_now(session) + admission.until);
}

void visit_release(struct visit *visit)
{
    struct reservation *reservation = reservation_named(visit);
    if (!reservation)
        return;
    reservation->until = INT64_MIN;
    visit_message(visit, 200, "The room is free.");
}
