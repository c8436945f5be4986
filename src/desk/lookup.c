/*
 * The helpdesk's question: what is this ID? From what was typed to the record, the meetings that
 * use it or left it, the state, near misses and the sentence to read out. It is the most frequent
 * question of all, so it asks the store no more than it needs: a dynamic ID costs a few point
 * reads, and no zone files of other people are opened before a series is met.
 */
#include "lookup.h"
#include "calendar.h"
#include "directory.h"
#include "risks.h"
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

enum {
    RECENT = 31 * DAY, /* meetings on a static ID that are over are told of for so long */
    ON_ID_MAX = 500,
    MOVED_MAX = 100,
    NEAR_MAX = 20,
    BEGINNING_LEAST = 4, /* digits that must be there before those that begin so are told */
    BEGINNING_MAX = 12
};

struct looking {
    struct arena *arena;
    struct organization organization;
    struct lookup *out;
};

static enum err id_find(struct session *session, struct arena *arena, const char *digits,
                        const struct id_record **record)
{
    struct id_record *found = arena_alloc(arena, sizeof *found);
    bool issued = false;
    enum err err = store_id_find(arena, session->store, digits, found, &issued);
    *record = issued ? found : NULL;
    return err;
}

static enum err add_moved(struct session *session, struct arena *arena, struct lookup *lookup,
                          const struct meeting *meeting)
{
    struct moved_meeting *moved = vector_push(arena, &lookup->moved);
    moved->new_id = meeting->conference_id;
    return meeting_nearest(session, arena, meeting, lookup->at, &moved->occurrence);
}

/* Its meeting; where that carries another one by now (a conversion was undone), it moved. */
static enum err read_dynamic(struct session *session, struct arena *arena, struct lookup *lookup,
                             struct meetings *list)
{
    struct meeting *meeting = arena_alloc(arena, sizeof *meeting);
    enum err err = store_meeting_get(arena, session->store, lookup->record->meeting_uid, meeting);
    if (err != ERR_OK)
        return err;
    const char *carries = meeting->conference_id;
    if (carries && strcmp(carries, lookup->record->digits) != 0)
        return add_moved(session, arena, lookup, meeting);
    *vector_push(arena, list) = *meeting;
    return ERR_OK;
}

/* What is to come and what was lately; all that ever was where there is nothing else to tell. */
static enum err read_static(struct session *session, struct arena *arena, struct lookup *lookup,
                            struct meetings *list)
{
    const char *digits = lookup->record->digits;
    int64_t since = lookup->at > INT64_MIN + RECENT ? lookup->at - RECENT : INT64_MIN;
    enum err err = store_meetings_on_id(arena, session->store, digits, since, ON_ID_MAX, list);
    if (err == ERR_OK && list->count == 0)
        err = store_meetings_on_id(arena, session->store, digits, INT64_MIN, 0, list);
    return err;
}

static enum err read_moved(struct session *session, struct arena *arena, struct lookup *lookup)
{
    struct meetings *list = arena_alloc(arena, sizeof *list);
    enum err err =
        store_meetings_moved_from(arena, session->store, lookup->record->digits, MOVED_MAX, list);
    for (size_t i = 0; err == ERR_OK && i < list->count; i++)
        err = add_moved(session, arena, lookup, &list->items[i]);
    return err;
}

static enum err read_owner(struct session *session, struct arena *arena, struct lookup *lookup)
{
    struct organizer *organizer = arena_alloc(arena, sizeof *organizer);
    lookup->organizer = organizer;
    return store_organizer_by_uid(arena, session->store, lookup->record->organizer_uid, organizer);
}

/* Fills what the judgement needs of an ID whose record is known. */
static enum err read_uses(struct session *session, struct arena *arena, struct lookup *lookup)
{
    struct meetings *list = arena_alloc(arena, sizeof *list);
    bool is_static = lookup->record->kind == ID_KIND_STATIC;
    lookup->kind = lookup->record->kind;
    enum err err = read_owner(session, arena, lookup);
    if (err == ERR_OK)
        err = is_static ? read_static(session, arena, lookup, list)
                        : read_dynamic(session, arena, lookup, list);
    if (err == ERR_OK)
        err = meetings_nearest(session, arena, list, lookup->at, &lookup->meetings);
    if (err == ERR_OK && is_static)
        err = read_moved(session, arena, lookup);
    return err;
}

enum err lookup_read(struct session *session, struct arena *arena, struct lookup *lookup)
{
    enum err err = id_find(session, arena, lookup->conference_id, &lookup->record);
    return err == ERR_OK && lookup->record ? read_uses(session, arena, lookup) : err;
}

/* Adds the ID to the list where it is live or upcoming. */
static enum err add_open(struct session *session, const struct looking *looking,
                         const struct id_record *record, struct near_misses *list)
{
    struct arena *arena = looking->arena;
    struct lookup *out = looking->out;
    struct lookup near = {.query = record->digits,
                          .query_kind = QUERY_ID,
                          .conference_id = record->digits,
                          .record = record,
                          .at = out->at};
    enum err err = read_uses(session, arena, &near);
    if (err != ERR_OK)
        return err;
    lookup_judge(&near, (int64_t)looking->organization.early_minutes * MINUTE);
    bool open = near.state == ID_STATE_LIVE || near.state == ID_STATE_UPCOMING;
    if (!open || near.meetings.count == 0)
        return ERR_OK;
    if (near.kind == ID_KIND_STATIC)
        err = risks_of_meetings(session, arena, &looking->organization, out->at, &near.meetings);
    *vector_push(arena, list) = (struct near_miss){
        .conference_id = record->digits,
        .slip = conference_id_slip(out->conference_id, record->digits),
        .state = near.state,
        .occurrence = near.meetings.items[0],
    };
    return err;
}

static enum err find_near(struct session *session, const struct looking *looking)
{
    struct strings candidates = {0};
    struct id_records *records = arena_alloc(looking->arena, sizeof *records);
    conference_id_near(looking->arena, looking->out->conference_id, &candidates);
    enum err err = store_ids_among(looking->arena, session->store, &candidates, records);
    for (size_t i = 0; err == ERR_OK && i < records->count && looking->out->near.count < NEAR_MAX;
         i++)
        err = add_open(session, looking, &records->items[i], &looking->out->near);
    return err;
}

/* The digits so far: a caller reads them out one by one, and often the first few are enough. */
static enum err find_beginning(struct session *session, const struct looking *looking)
{
    struct lookup *out = looking->out;
    struct id_records records = {0};
    size_t length = strlen(out->conference_id);
    if (length < BEGINNING_LEAST || length >= ID_MAX_DIGITS)
        return ERR_OK;
    enum err err = store_ids_beginning(looking->arena, session->store, out->conference_id, out->at,
                                       BEGINNING_MAX, &records);
    for (size_t i = 0; err == ERR_OK && i < records.count; i++)
        err = add_open(session, looking, &records.items[i], &out->beginning);
    return err;
}

static enum err look_at_id(struct session *session, struct looking *looking)
{
    struct lookup *out = looking->out;
    enum err err = lookup_read(session, looking->arena, out);
    if (err == ERR_OK && !out->record) {
        err = find_near(session, looking);
        return err == ERR_OK ? find_beginning(session, looking) : err;
    }
    if (err == ERR_OK && out->kind == ID_KIND_STATIC)
        err = risks_of_meetings(session, looking->arena, &looking->organization, out->at,
                                &out->meetings);
    return err;
}

static enum err look(struct session *session, void *context)
{
    struct looking *looking = context;
    struct lookup *out = looking->out;
    struct arena *arena = looking->arena;
    char *digits = arena_alloc(arena, ID_SIZE);
    *out = (struct lookup){.query = out->query, .conference_id = digits, .at = out->at};
    out->query_kind = dial_in_query(out->query, digits);
    enum err err = store_organization_get(arena, session->store, &looking->organization);
    if (err == ERR_OK && out->query_kind == QUERY_ID)
        err = look_at_id(session, looking);
    if (err == ERR_OK)
        err = store_numbers_list(arena, session->store, &out->dial_in);
    if (err == ERR_OK)
        err = desk_reader_zone(session, out->organizer, &out->zone);
    if (err != ERR_OK)
        return err;
    lookup_judge(out, (int64_t)looking->organization.early_minutes * MINUTE);
    out->say = lookup_say(arena, out);
    return ERR_OK;
}

enum err desk_lookup(struct session *session, struct arena *arena, const char *typed, int64_t at,
                     struct lookup *out)
{
    struct looking looking = {.arena = arena, .out = out};
    *out = (struct lookup){.query = typed, .at = at};
    return transaction_read(session, look, &looking);
}
