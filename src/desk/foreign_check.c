/*
 * Stored meetings judged again, by what they still have of their events: the texts, and properties
 * that tell of a service. Whose they are is told where an ORGANIZER was kept, which is one that had
 * parameters beside CN; of all others the next import tells.
 */
#include "foreign_check.h"

#include <core/directory.h>
#include <desk/own_id.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/history.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <store/outbox.h>
#include <string.h>
#include <strings.h>

/* An ID that was drawn here is ours, whatever stands beside it. */
static enum err drawn_here(struct session *session, struct arena *arena, const char *digits,
                           bool *drawn)
{
    struct id_record record = {0};
    bool found = false;
    enum err err = store_id_find(arena, session->store, digits, &record, &found);
    *drawn = found && record.drawn;
    return err;
}

enum err foreign_look(struct session *session, struct arena *arena, const struct numbers *numbers,
                      const struct meeting *stored, struct dial_in *dial_in, bool *found)
{
    struct dial_in_place places[] = {{DIAL_IN_PLACE_TEXT, "notes", stored->notes},
                                     {DIAL_IN_PLACE_TEXT, "place", stored->location},
                                     {DIAL_IN_PLACE_SIGN, "", stored->ical ? stored->ical : ""}};
    bool drawn = false;
    *found = false;
    if (!stored->conference_id)
        return ERR_OK;
    *dial_in = dial_in_judge(arena, numbers, places, sizeof places / sizeof *places);
    if (dial_in->kind != DIAL_IN_FOREIGN ||
        strcmp(dial_in->conference_id, stored->conference_id) != 0)
        return ERR_OK;
    enum err err = drawn_here(session, arena, stored->conference_id, &drawn);
    *found = !err && !drawn;
    return err;
}

char *foreign_tell(struct arena *arena, const struct meeting *stored, const struct dial_in *dial_in)
{
    return arena_format(arena, "%s '%s': %s is %s", stored->uid, stored->title,
                        dial_in->conference_id,
                        dial_in->service ? arena_format(arena, "a number of %s", dial_in->service)
                                         : "another service's number");
}

enum err foreign_put(struct session *session, struct arena *arena,
                     const struct organization *organization, struct meeting *meeting,
                     const struct dial_in *dial_in)
{
    const struct meeting before = *meeting;
    meeting->conference_id = NULL;
    meeting->id_kind = ID_KIND_FOREIGN;
    meeting->foreign_id = dial_in->conference_id;
    meeting->foreign_number = dial_in->number;
    enum err err = store_meeting_put(session->store, meeting);
    if (!err)
        err = store_told_id_left(session->store, before.uid, before.conference_id);
    if (err)
        return err;
    err = history_note(session, HISTORY_ID_LEFT, before.conference_id, before.uid,
                       foreign_tell(arena, &before, dial_in));
    return err ? err : own_id_disown(session, arena, &before, organization);
}

/* The address of the kept ORGANIZER line, which its value is; NULL: there is none. */
static const char *kept_organizer(struct arena *arena, const struct meeting *stored)
{
    static const char name[] = "\nORGANIZER;", lead[] = ":mailto:";
    const char *line = stored->ical ? strstr(stored->ical, name) : NULL, *value = NULL;
    size_t length = line ? strcspn(line + 1, "\r\n") + 1 : 0;
    const char *copy = arena_copy_n(arena, line ? line : "", length);
    for (const char *at = copy; (at = strcasestr(at, lead)) != NULL;)
        value = at += strlen(lead);
    return value && email_parse("address", value, NULL) == ERR_OK ? value : NULL;
}

/* Handed over, it was somebody's of the directory once, whom its file still names. */
static enum err handed_over(struct session *session, struct arena *arena, const char *uid,
                            bool *found)
{
    struct history_entries list = {0};
    enum err err = store_history_list(arena, session->store, NULL, uid, &list);
    for (size_t i = 0; !err && i < list.count; i++)
        *found = *found ||
                 strcmp(list.items[i].event, history_event_name(HISTORY_MEETING_HANDED_OVER)) == 0;
    return err;
}

enum err foreign_organizer(struct session *session, struct arena *arena,
                           const struct meeting *stored, const char **who)
{
    struct organizer organizer = {0};
    bool ours = meeting_foreign(stored) || stored->taken_as_own ||
                meeting_over(stored, session_now(session));
    *who = ours ? NULL : kept_organizer(arena, stored);
    if (!*who)
        return ERR_OK;
    enum err err = store_organizer_find(arena, session->store, *who, &organizer, &ours);
    if (!err && !ours)
        err = handed_over(session, arena, stored->uid, &ours);
    *who = ours ? NULL : *who;
    return err;
}
