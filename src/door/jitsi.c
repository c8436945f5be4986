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
        visit_json(visit, 400, json_message(visit->arena, "Name the id or the conference."));
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

/* The room of these digits, if it may be open now: who reserves it makes no try. */
static void answer_reservation(struct visit *visit, const struct room *room, const char *name,
                               int refused)
{
    struct admission admission = {0};
    int64_t now = session_now(visit->gate->session);
    struct asking asking = {
        .digits = room->digits ? room->digits : "", .at = now, .unlogged = true};
    if (visit_admit(visit, &asking, &admission) != ERR_OK)
        return;
    visit->answer->delay = 0;
    if (admission.verdict != ADMISSION_ADMIT || strcmp(admission.room, name) != 0)
        visit_json(visit, refused,
                   json_message(visit->arena, admission.verdict == ADMISSION_EARLY
                                                  ? "The meeting has not begun."
                                                  : "There is no meeting of this name now."));
    else
        visit_json(visit, 200,
                   json_reservation(visit->arena, room->digits, name, room->organizer, now,
                                    admission.until));
}

void visit_reserve(struct visit *visit)
{
    const char *name = http_pair_find(&visit->form, "name");
    struct room room = {0};
    enum err err = ERR_OK;
    if (!name) {
        visit_json(visit, 400, json_message(visit->arena, "Name the room."));
        return;
    }
    name = room_of(visit, name);
    err = desk_room(visit->gate->session, visit->arena, name, &room);
    if (err)
        visit_error(visit, err);
    else
        answer_reservation(visit, &room, name, 403);
}

void visit_reservation(struct visit *visit)
{
    const char *digits = visit->request->path + strlen("/conference/");
    struct admission admission = {0};
    struct room room = {0};
    struct asking asking = {
        .digits = digits, .at = session_now(visit->gate->session), .unlogged = true};
    if (visit_admit(visit, &asking, &admission) != ERR_OK)
        return;
    enum err err = ERR_OK;
    if (admission.room)
        err = desk_room(visit->gate->session, visit->arena, admission.room, &room);
    if (err)
        visit_error(visit, err);
    else
        answer_reservation(visit, &room, admission.room ? admission.room : "", 404);
}

/* A room is open as long as its meeting is on: closing it early needs nothing of us. */
void visit_release(struct visit *visit)
{
    visit_json(visit, 200, json_message(visit->arena, "The room is closed."));
}
