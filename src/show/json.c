/*
 * The JSON documents of the command line: keys as dialdesk(1) promises them to scripts.
 */
#include "json_value.h"
#include "when.h"

#include <show/print.h>

static void set_cancelled(struct arena *arena, json_t *object, const struct scheduled *scheduled,
                          const struct zone_source *zones)
{
    const struct occurrence *cancelled = &scheduled->cancelled;
    if (!cancelled->meeting)
        return;
    const struct zone *zone = when_zone(zones, cancelled->meeting->tz);
    int64_t by_rule = cancelled->start;
    zone_instant(zone, cancelled->recurrence, &by_rule);
    json_put_time(arena, object, "cancelled_occurrence", by_rule, zone);
    json_object_set_new(object, "cancelled_following",
                        json_boolean(scheduled->cancelled_following));
}

static void set_callers(struct arena *arena, json_t *object, const struct scheduled *scheduled,
                        const struct zone_source *zones)
{
    if (scheduled->admitted == 0)
        return;
    const struct zone *zone = when_zone(zones, scheduled->meeting.meeting->tz);
    json_t *callers = json_object();
    json_object_set_new(callers, "admitted", json_integer((json_int_t)scheduled->admitted));
    json_put_time(arena, callers, "last", scheduled->last_admitted, zone);
    json_object_set_new(object, "callers", callers);
}

static void set_occurrence_replies(struct arena *arena, json_t *object,
                                   const struct scheduled *scheduled,
                                   const struct zone_source *zones)
{
    const struct zone *zone = when_zone(zones, scheduled->meeting.meeting->tz);
    json_t *array = json_array();
    for (size_t i = 0; i < scheduled->occurrence_replies.count; i++) {
        const struct occurrence_reply *reply = &scheduled->occurrence_replies.items[i];
        json_t *one = json_add_object(array);
        int64_t by_rule = 0;
        zone_instant(zone, reply->recurrence, &by_rule);
        json_put_time(arena, one, "occurrence", by_rule, zone);
        json_put_text(arena, one, "attendee", reply->email);
        json_put_text(arena, one, "answer", answer_word(reply->partstat));
    }
    json_object_set_new(object, "occurrence_replies", array);
}

char *json_scheduled(struct arena *arena, const struct scheduled *scheduled,
                     const struct zone_source *zones)
{
    json_t *object = json_meeting_object(arena, &scheduled->meeting, scheduled->one, zones);
    if (scheduled->split_from)
        json_put_text(arena, object, "split_from", scheduled->split_from->uid);
    json_put_texts(arena, object, "left_untold", &scheduled->left_untold);
    set_occurrence_replies(arena, object, scheduled, zones);
    set_cancelled(arena, object, scheduled, zones);
    set_callers(arena, object, scheduled, zones);
    json_put_texts(arena, object, "warnings", &scheduled->warnings);
    return json_finish(arena, object);
}

/* Written meeting by meeting: as values of JSON they would take some ten times the room. */
char *json_meetings(struct arena *arena, const struct occurrences *list, size_t first, size_t most,
                    bool occurrences, const struct zone_source *zones)
{
    struct arena *scratch = arena_new();
    struct text text = text_start(arena);
    size_t end = list->count - first > most ? first + most : list->count;
    text_add(&text, first == 0 ? "[" : "");
    for (size_t i = first; i < end; i++) {
        text_add(&text, i > 0 ? "," : "");
        json_add(&text, json_meeting_object(scratch, &list->items[i], occurrences, zones));
        arena_reset(scratch);
    }
    arena_free(scratch);
    text_add(&text, end == list->count ? "]\n" : "");
    return text.bytes;
}

static json_t *moved_meetings(struct arena *arena, const struct moved_meetings *list,
                              const struct zone_source *zones)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct moved_meeting *moved = &list->items[i];
        json_t *object = json_add_object(array);
        json_object_set_new(object, "meeting",
                            json_meeting_object(arena, &moved->occurrence, false, zones));
        json_put_text(arena, object, "new_id", moved->new_id);
    }
    return array;
}

static json_t *near_misses(struct arena *arena, const struct near_misses *list,
                           const struct zone_source *zones)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct near_miss *near = &list->items[i];
        json_t *object = json_add_object(array);
        json_put_text(arena, object, "conference_id", near->conference_id);
        json_put_text(arena, object, "slip", id_slip_name(near->slip));
        json_put_text(arena, object, "state", id_state_name(near->state));
        json_object_set_new(object, "meeting",
                            near->occurrence.meeting
                                ? json_meeting_object(arena, &near->occurrence, false, zones)
                                : json_null());
    }
    return array;
}

static json_t *numbers_array(struct arena *arena, const struct numbers *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, json_number_object(arena, &list->items[i]));
    return array;
}

static json_t *tellings_array(struct arena *arena, const struct tellings *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        json_t *object = json_add_object(array);
        json_put_text(arena, object, "uid", list->items[i].occurrence->meeting->uid);
        json_put_text(arena, object, "say", list->items[i].say);
    }
    return array;
}

/* What the ID's own row adds: when it was issued, retired, and until when it rests. */
static void set_record(struct arena *arena, json_t *object, const struct id_record *record)
{
    int64_t issued = record ? record->issued : INSTANT_NEVER;
    int64_t retired = record ? record->retired_at : INSTANT_NEVER;
    int64_t reserved = record ? record->reserved_until : INSTANT_NEVER;
    json_put_time(arena, object, "issued", issued, zone_utc());
    json_put_time(arena, object, "retired", retired, zone_utc());
    json_put_time(arena, object, "reserved_until", reserved, zone_utc());
}

char *json_lookup(struct arena *arena, const struct lookup *lookup, const struct zone_source *zones)
{
    const char *id = lookup->conference_id && *lookup->conference_id ? lookup->conference_id : NULL;
    json_t *meetings = json_array();
    for (size_t i = 0; i < lookup->meetings.count; i++)
        json_array_append_new(meetings,
                              json_meeting_object(arena, &lookup->meetings.items[i], false, zones));
    json_t *object = json_object();
    json_put_text(arena, object, "query", lookup->query);
    json_put_text(arena, object, "conference_id", id);
    json_put_text(arena, object, "state", id_state_name(lookup->state));
    json_put_text(arena, object, "id_kind", id_kind_name(lookup->kind));
    json_put_text(arena, object, "organizer", lookup->organizer ? lookup->organizer->email : NULL);
    json_put_text(arena, object, "holds", lookup_holds_words(arena, lookup));
    json_object_set_new(object, "meetings", meetings);
    json_object_set_new(object, "moved", moved_meetings(arena, &lookup->moved, zones));
    json_put_text(arena, object, "replaced_by", lookup->replaced_by);
    json_object_set_new(object, "near", near_misses(arena, &lookup->near, zones));
    json_put_text(arena, object, "say", lookup->say);
    json_put_text(arena, object, "lang", lookup->lang);
    json_object_set_new(object, "tell", tellings_array(arena, &lookup->tellings));
    json_put_time(arena, object, "callers_from", lookup->callers_from,
                  lookup->zone ? lookup->zone : zone_utc());
    json_object_set_new(object, "dial_in", numbers_array(arena, &lookup->dial_in));
    json_put_time(arena, object, "at", lookup->at, lookup->zone ? lookup->zone : zone_utc());
    set_record(arena, object, lookup->record);
    return json_finish(arena, object);
}

char *json_legacy_lines(struct arena *arena, const struct legacy_lines *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct legacy_line *line = &list->items[i];
        json_t *object = json_add_object(array);
        json_put_text(arena, object, "organizer", line->organizer);
        json_put_text(arena, object, "static_id", line->static_id);
        json_object_set_new(object, "meetings", json_integer(line->meetings));
        json_object_set_new(object, "at_risk", json_integer(line->at_risk));
        json_object_set_new(object, "outside", json_integer(line->outside));
        json_put_time(arena, object, "last", line->last, zone_utc());
        json_put_text(arena, object, "last_uid",
                      line->last_meeting ? line->last_meeting->uid : NULL);
    }
    return json_finish(arena, array);
}

char *json_conversions(struct arena *arena, const struct conversions *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct conversion *conversion = &list->items[i];
        json_t *object = json_add_object(array);
        json_put_text(arena, object, "uid", conversion->uid);
        json_put_text(arena, object, "title", conversion->title);
        json_put_text(arena, object, "old_id", conversion->old_id);
        json_put_text(arena, object, "new_id", conversion->new_id);
        json_object_set_new(object, "reminders", json_integer(conversion->reminders));
    }
    return json_finish(arena, array);
}

static json_t *organizer_object(struct arena *arena, const struct organizer *organizer)
{
    json_t *object = json_object();
    json_put_text(arena, object, "email", organizer->email);
    json_put_texts(arena, object, "aliases", &organizer->aliases);
    json_put_text(arena, object, "name", organizer->name);
    json_put_text(arena, object, "tz", organizer->tz);
    json_object_set_new(object, "dial_in", json_boolean(organizer->dial_in));
    json_put_text(arena, object, "provider", provider_name(organizer->provider));
    json_put_text(arena, object, "static_id", organizer->static_id);
    json_put_text(arena, object, "lang", organizer->lang);
    json_put_text(arena, object, "obstacle", organizer_obstacle(organizer));
    if (organizer->provider == PROVIDER_THIRD_PARTY) {
        json_t *third = json_object();
        json_put_text(arena, third, "name", organizer->third_party_name);
        json_put_text(arena, third, "number", organizer->third_party_number);
        json_put_text(arena, third, "toll_free", organizer->third_party_toll_free);
        json_put_text(arena, third, "passcode", organizer->third_party_passcode);
        json_object_set_new(object, "third_party", third);
    }
    return object;
}

char *json_organizer(struct arena *arena, const struct organizer *organizer)
{
    return json_finish(arena, organizer_object(arena, organizer));
}

char *json_organizers(struct arena *arena, const struct organizers *list,
                      const struct legacy_lines *legacy)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct legacy_line *line = legacy_find(legacy, list->items[i].email);
        json_t *object = organizer_object(arena, &list->items[i]);
        json_object_set_new(object, "legacy", json_integer(line ? line->meetings : 0));
        json_object_set_new(object, "at_risk", json_integer(line ? line->at_risk : 0));
        json_put_time(arena, object, "last", line ? line->last : INSTANT_NEVER, zone_utc());
        json_array_append_new(array, object);
    }
    return json_finish(arena, array);
}

char *json_numbers(struct arena *arena, const struct numbers *list)
{
    return json_finish(arena, numbers_array(arena, list));
}

static json_t *attendee_known_object(struct arena *arena, const struct attendee_known *known)
{
    json_t *object = json_object();
    const char *const lang = known->lang[0] ? known->lang : NULL;
    const char *const tz = known->tz[0] ? known->tz : NULL;
    const char *const number = known->number[0] ? known->number : NULL;
    json_put_text(arena, object, "email", known->email);
    json_put_text(arena, object, "lang", lang);
    json_put_text(arena, object, "tz", tz);
    json_put_text(arena, object, "number", number);
    return object;
}

char *json_attendee_known(struct arena *arena, const struct attendee_known *known)
{
    return json_finish(arena, attendee_known_object(arena, known));
}

char *json_attendees_known(struct arena *arena, const struct attendees_known *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, attendee_known_object(arena, &list->items[i]));
    return json_finish(arena, array);
}

char *json_organization(struct arena *arena, const struct organization *organization,
                        const struct organization_figures *figures, const struct zone *zone)
{
    json_t *object = json_object();
    json_put_text(arena, object, "name", organization->name);
    json_put_time(arena, object, "dynamic_ids_since", organization->dynamic_since, zone);
    json_object_set_new(object, "id_digits", json_integer(organization->id_digits));
    json_object_set_new(object, "quarantine_days", json_integer(organization->quarantine_days));
    json_object_set_new(object, "margin_minutes", json_integer(organization->margin_minutes));
    json_object_set_new(object, "early_minutes", json_integer(organization->early_minutes));
    json_object_set_new(object, "grace_minutes", json_integer(organization->grace_minutes));
    json_put_text(arena, object, "tell", tell_name(organization->tell));
    json_put_text(arena, object, "join_url", organization->join_url);
    json_object_set_new(object, "live_ids", json_integer(figures->live_ids));
    json_object_set_new(object, "guess_probability", json_real(figures->guess_probability));
    return json_finish(arena, object);
}

char *json_history(struct arena *arena, const struct history_entries *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct history_entry *entry = &list->items[i];
        json_t *object = json_add_object(array);
        json_put_time(arena, object, "at", entry->at, zone_utc());
        json_put_text(arena, object, "actor", entry->actor);
        json_put_text(arena, object, "event", entry->event);
        json_put_text(arena, object, "conference_id", entry->conference_id);
        json_put_text(arena, object, "uid", entry->meeting_uid);
        json_put_text(arena, object, "detail", entry->detail);
    }
    return json_finish(arena, array);
}

static json_t *import_errors_array(struct arena *arena, const struct import_errors *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct import_error *error = &list->items[i];
        json_t *object = json_add_object(array);
        json_put_text(arena, object, "file", error->file);
        json_object_set_new(object, "line", json_integer(error->line));
        json_put_text(arena, object, "uid", error->uid);
        json_put_text(arena, object, "why", error->why);
    }
    return array;
}

static json_t *import_numbers_array(struct arena *arena, const struct import_numbers *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct import_number *number = &list->items[i];
        json_t *object = json_add_object(array);
        json_put_text(arena, object, "number", number->number);
        json_put_text(arena, object, "shown", number->shown);
        json_object_set_new(object, "ours", json_boolean(number->ours));
        json_put_text(arena, object, "service", number->service);
        json_object_set_new(object, "events", json_integer(number->events));
    }
    return array;
}

char *json_import(struct arena *arena, const struct import_report *report)
{
    json_t *object = json_object();
    json_object_set_new(object, "read", json_integer(report->read));
    json_object_set_new(object, "added", json_integer(report->added));
    json_object_set_new(object, "updated", json_integer(report->updated));
    json_object_set_new(object, "unchanged", json_integer(report->unchanged));
    json_object_set_new(object, "rejected", json_integer(report->rejected));
    json_object_set_new(object, "legacy", json_integer(report->legacy));
    json_object_set_new(object, "foreign", json_integer(report->foreign));
    json_object_set_new(object, "with_id", json_integer(report->with_id));
    json_object_set_new(object, "without_id", json_integer(report->without_id));
    json_object_set_new(object, "numbers", import_numbers_array(arena, &report->numbers));
    json_object_set_new(object, "replies", json_integer(report->replies));
    json_object_set_new(object, "other_messages", json_integer(report->other_messages));
    json_object_set_new(object, "stopped", json_boolean(report->stopped));
    json_object_set_new(object, "errors", import_errors_array(arena, &report->errors));
    json_object_set_new(object, "notes", import_errors_array(arena, &report->notes));
    return json_finish(arena, object);
}

char *json_sync(struct arena *arena, const struct sync_report *report)
{
    json_t *object = json_object(), *conflicts = json_array();
    for (size_t i = 0; i < report->conflicts.count; i++) {
        const struct sync_conflict *conflict = &report->conflicts.items[i];
        json_t *item = json_add_object(conflicts);
        json_put_text(arena, item, "uid", conflict->uid);
        json_put_text(arena, item, "file", conflict->file);
        json_put_text(arena, item, "copy_uid", conflict->copy_uid);
        json_put_text(arena, item, "copy_file", conflict->copy_file);
        json_put_text(arena, item, "why", conflict->why);
    }
    json_put_text(arena, object, "directory", report->directory);
    json_object_set_new(object, "written", json_integer(report->written));
    json_object_set_new(object, "removed", json_integer(report->removed));
    json_object_set_new(object, "added", json_integer(report->added));
    json_object_set_new(object, "updated", json_integer(report->updated));
    json_object_set_new(object, "cancelled", json_integer(report->cancelled));
    json_object_set_new(object, "unchanged", json_integer(report->unchanged));
    json_object_set_new(object, "conflicts", conflicts);
    json_object_set_new(object, "rejected", json_integer(report->rejected));
    json_object_set_new(object, "errors", import_errors_array(arena, &report->errors));
    json_object_set_new(object, "notes", import_errors_array(arena, &report->notes));
    return json_finish(arena, object);
}

char *json_findings(struct arena *arena, const struct strings *findings,
                    const struct strings *notes, const struct strings *repaired)
{
    json_t *object = json_object();
    if (repaired)
        json_put_texts(arena, object, "repaired", repaired);
    json_put_texts(arena, object, "findings", findings);
    if (notes->count)
        json_put_texts(arena, object, "notes", notes);
    return json_finish(arena, object);
}

char *json_error(struct arena *arena, const struct error *error)
{
    json_t *inner = json_object();
    json_put_text(arena, inner, "what", error->what);
    json_put_text(arena, inner, "why", error->why);
    json_object_set_new(inner, "status", json_integer(error_exit_status(error->code)));
    json_t *object = json_object();
    json_object_set_new(object, "error", inner);
    return json_finish(arena, object);
}

char *json_message(struct arena *arena, const char *message)
{
    json_t *object = json_object();
    json_put_text(arena, object, "message", message);
    return json_finish(arena, object);
}
