/*
 * The JSON documents of the command line: keys as dialdesk(1) promises them to scripts.
 */
#include "columns.h"
#include "json_write.h"
#include "when.h"

#include <show/print.h>

/* --- meetings --- */

/* When the meeting is; with `each`, which occurrence of its series this is. */
static void put_span(struct text *json, const struct occurrence *occurrence, bool each,
                     const struct zone *zone)
{
    const struct meeting *meeting = occurrence->meeting;
    json_time(json, "start", each ? occurrence->start : meeting->start, zone);
    json_time(json, "end", each ? occurrence->end : meeting->end, zone);
    bool series = meeting->rrule || meeting->rdates.count > 0;
    if (!series)
        return;
    if (each) {
        int64_t by_rule = occurrence->start;
        if (occurrence->recurrence.month)
            zone_instant(zone, occurrence->recurrence, &by_rule);
        json_time(json, "occurrence", by_rule, zone);
        json_bool(json, "changed", occurrence_changed(occurrence));
    } else if (occurrence->start) {
        json_open(json, "nearest", '{');
        json_time(json, "start", occurrence->start, zone);
        json_time(json, "end", occurrence->end, zone);
        json_close(json, '}');
    }
}

static void put_foreign_dial_in(struct text *json, const struct meeting *meeting)
{
    if (!meeting->foreign_number && !meeting->foreign_id) {
        json_null(json, "foreign_dial_in");
        return;
    }
    json_open(json, "foreign_dial_in", '{');
    json_text(json, "number", meeting->foreign_number);
    json_text(json, "conference_id", meeting->foreign_id);
    json_close(json, '}');
}

/* Everybody; what they answered; who does not know the meeting's present state. */
static void put_attendees(struct text *json, const struct meeting *meeting)
{
    const struct attendees *list = &meeting->attendees;
    struct reply_counts counts = meeting_replies(meeting);
    json_open(json, "attendees", '[');
    for (size_t i = 0; i < list->count; i++)
        json_text(json, NULL, list->items[i].email);
    json_close(json, ']');
    json_open(json, "replies", '{');
    json_int(json, "yes", (int64_t)counts.yes);
    json_int(json, "no", (int64_t)counts.no);
    json_int(json, "maybe", (int64_t)counts.maybe);
    json_int(json, "open", (int64_t)counts.open);
    json_close(json, '}');
    json_open(json, "untold", '[');
    for (size_t i = 0; i < list->count; i++)
        if (attendee_untold(meeting, &list->items[i]))
            json_text(json, NULL, list->items[i].email);
    json_close(json, ']');
}

/* A meeting's; with `each`, of a series the occurrence: its start, its end and which one it is. */
static void put_members(struct text *json, const struct occurrence *occurrence, bool each,
                        const struct zone_source *zones)
{
    const struct meeting *meeting = occurrence->meeting;
    const char *title = occurrence->title && each ? occurrence->title : meeting->title;
    const char *location = occurrence->location && each ? occurrence->location : meeting->location;
    json_text(json, "uid", meeting->uid);
    json_text(json, "title", title);
    json_text(json, "organizer", meeting->organizer);
    put_span(json, occurrence, each, when_zone(zones, meeting->tz));
    json_text(json, "tz", meeting->tz);
    json_bool(json, "all_day", meeting->all_day);
    json_text(json, "status", meeting_status_name(meeting->status));
    json_text(json, "conference_id", meeting->conference_id);
    json_text(json, "id_kind", id_kind_name(meeting->id_kind));
    put_foreign_dial_in(json, meeting);
    json_text(json, "invited_by", meeting->invited_by);
    json_text(json, "answer", meeting_answer(meeting));
    json_text(json, "risk", risk_name(occurrence->risk));
    json_texts(json, "risk_with", &occurrence->risk_with);
    json_int(json, "risk_with_count", (int64_t)occurrence->risk_with_count);
    json_text(json, "recurrence", meeting->rrule);
    put_attendees(json, meeting);
    json_text(json, "location", location);
    json_text(json, "notes", meeting->notes);
    json_int(json, "sequence", meeting->sequence);
}

static void put_meeting(struct text *json, const struct occurrence *occurrence,
                        const struct zone_source *zones)
{
    json_open(json, "meeting", '{');
    put_members(json, occurrence, false, zones);
    json_close(json, '}');
}

static void put_cancelled(struct text *json, const struct scheduled *scheduled,
                          const struct zone_source *zones)
{
    const struct occurrence *cancelled = &scheduled->cancelled;
    if (!cancelled->meeting)
        return;
    const struct zone *zone = when_zone(zones, cancelled->meeting->tz);
    int64_t by_rule = cancelled->start;
    zone_instant(zone, cancelled->recurrence, &by_rule);
    json_time(json, "cancelled_occurrence", by_rule, zone);
    json_bool(json, "cancelled_following", scheduled->cancelled_following);
}

static void put_callers(struct text *json, const struct scheduled *scheduled,
                        const struct zone_source *zones)
{
    if (scheduled->admitted == 0)
        return;
    json_open(json, "callers", '{');
    json_int(json, "admitted", (int64_t)scheduled->admitted);
    json_time(json, "last", scheduled->last_admitted,
              when_zone(zones, scheduled->meeting.meeting->tz));
    json_close(json, '}');
}

static void put_occurrence_replies(struct text *json, const struct scheduled *scheduled,
                                   const struct zone_source *zones)
{
    const struct zone *zone = when_zone(zones, scheduled->meeting.meeting->tz);
    for (size_t i = 0;
         json_each(json, "occurrence_replies", i, scheduled->occurrence_replies.count); i++) {
        const struct occurrence_reply *reply = &scheduled->occurrence_replies.items[i];
        int64_t by_rule = 0;
        zone_instant(zone, reply->recurrence, &by_rule);
        json_time(json, "occurrence", by_rule, zone);
        json_text(json, "attendee", reply->email);
        json_text(json, "answer", answer_word(reply->partstat));
    }
}

char *json_scheduled(struct arena *arena, const struct scheduled *scheduled,
                     const struct zone_source *zones)
{
    struct text *json = json_start(arena, '{');
    put_members(json, &scheduled->meeting, scheduled->one, zones);
    if (scheduled->split_from)
        json_text(json, "split_from", scheduled->split_from->uid);
    json_texts(json, "left_untold", &scheduled->left_untold);
    put_occurrence_replies(json, scheduled, zones);
    put_cancelled(json, scheduled, zones);
    put_callers(json, scheduled, zones);
    json_texts(json, "warnings", &scheduled->warnings);
    return json_finish(json, '}');
}

char *json_meetings(struct arena *arena, const struct occurrences *list, size_t first, size_t most,
                    bool occurrences, const struct zone_source *zones)
{
    struct text *json = json_start(arena, first == 0 ? '[' : ',');
    size_t end = list->count - first > most ? first + most : list->count;
    for (size_t i = 0; json_each(json, NULL, i, end - first); i++)
        put_members(json, &list->items[first + i], occurrences, zones);
    return end == list->count ? json_finish(json, ']') : json->bytes;
}

/* --- lookups --- */

static void put_near(struct text *json, const struct near_misses *list,
                     const struct zone_source *zones)
{
    for (size_t i = 0; json_each(json, "near", i, list->count); i++) {
        const struct near_miss *near = &list->items[i];
        json_text(json, "conference_id", near->conference_id);
        json_text(json, "slip", id_slip_name(near->slip));
        json_text(json, "state", id_state_name(near->state));
        if (near->occurrence.meeting)
            put_meeting(json, &near->occurrence, zones);
        else
            json_null(json, "meeting");
    }
}

static void put_numbers(struct text *json, const char *key, const struct numbers *list)
{
    for (size_t i = 0; json_each(json, key, i, list->count); i++) {
        const struct number *number = &list->items[i];
        json_text(json, "number", number->e164);
        json_text(json, "shown", number_shown(json->arena, number));
        json_bool(json, "toll_free", number->toll_free);
        json_text(json, "city", number->city);
        json_text(json, "country", number->country);
        json_texts(json, "langs", &number->langs);
        json_bool(json, "default", number->is_default);
    }
}

char *json_lookup(struct arena *arena, const struct lookup *lookup, const struct zone_source *zones)
{
    const char *id = lookup->conference_id && *lookup->conference_id ? lookup->conference_id : NULL;
    const struct zone *zone = lookup->zone ? lookup->zone : zone_utc();
    const struct id_record *record = lookup->record;
    struct text *json = json_start(arena, '{');
    json_text(json, "query", lookup->query);
    json_text(json, "conference_id", id);
    json_text(json, "state", id_state_name(lookup->state));
    json_text(json, "id_kind", id_kind_name(lookup->kind));
    json_text(json, "organizer", lookup->organizer ? lookup->organizer->email : NULL);
    json_text(json, "holds", lookup_holds_words(arena, lookup));
    for (size_t i = 0; json_each(json, "meetings", i, lookup->meetings.count); i++)
        put_members(json, &lookup->meetings.items[i], false, zones);
    for (size_t i = 0; json_each(json, "moved", i, lookup->moved.count); i++) {
        put_meeting(json, &lookup->moved.items[i].occurrence, zones);
        json_text(json, "new_id", lookup->moved.items[i].new_id);
    }
    json_text(json, "replaced_by", lookup->replaced_by);
    put_near(json, &lookup->near, zones);
    json_text(json, "say", lookup->say);
    json_text(json, "lang", lookup->lang);
    for (size_t i = 0; json_each(json, "tell", i, lookup->tellings.count); i++) {
        json_text(json, "uid", lookup->tellings.items[i].occurrence->meeting->uid);
        json_text(json, "say", lookup->tellings.items[i].say);
    }
    json_time(json, "callers_from", lookup->callers_from, zone);
    put_numbers(json, "dial_in", &lookup->dial_in);
    json_time(json, "at", lookup->at, zone);
    json_time(json, "issued", record ? record->issued : INSTANT_NEVER, zone_utc());
    json_time(json, "retired", record ? record->retired_at : INSTANT_NEVER, zone_utc());
    json_time(json, "reserved_until", record ? record->reserved_until : INSTANT_NEVER, zone_utc());
    return json_finish(json, '}');
}

/* --- the rest --- */

char *json_legacy_lines(struct arena *arena, const struct legacy_lines *list)
{
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, list->count); i++) {
        const struct legacy_line *line = &list->items[i];
        json_text(json, "organizer", line->organizer);
        json_text(json, "static_id", line->static_id);
        json_int(json, "meetings", line->meetings);
        json_int(json, "at_risk", line->at_risk);
        json_int(json, "outside", line->outside);
        json_time(json, "last", line->last, zone_utc());
        json_text(json, "last_uid", line->last_meeting ? line->last_meeting->uid : NULL);
    }
    return json_finish(json, ']');
}

char *json_conversions(struct arena *arena, const struct conversions *list)
{
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, list->count); i++) {
        const struct conversion *conversion = &list->items[i];
        json_text(json, "uid", conversion->uid);
        json_text(json, "title", conversion->title);
        json_text(json, "old_id", conversion->old_id);
        json_text(json, "new_id", conversion->new_id);
        json_int(json, "reminders", conversion->reminders);
    }
    return json_finish(json, ']');
}

static void put_organizer(struct text *json, const struct organizer *organizer)
{
    json_text(json, "email", organizer->email);
    json_texts(json, "aliases", &organizer->aliases);
    json_text(json, "name", organizer->name);
    json_text(json, "tz", organizer->tz);
    json_bool(json, "dial_in", organizer->dial_in);
    json_text(json, "provider", provider_name(organizer->provider));
    json_text(json, "static_id", organizer->static_id);
    json_text(json, "lang", organizer->lang);
    json_text(json, "obstacle", organizer_obstacle(organizer));
    if (organizer->provider == PROVIDER_THIRD_PARTY) {
        json_open(json, "third_party", '{');
        json_text(json, "name", organizer->third_party_name);
        json_text(json, "number", organizer->third_party_number);
        json_text(json, "toll_free", organizer->third_party_toll_free);
        json_text(json, "passcode", organizer->third_party_passcode);
        json_close(json, '}');
    }
}

char *json_organizer(struct arena *arena, const struct organizer *organizer)
{
    struct text *json = json_start(arena, '{');
    put_organizer(json, organizer);
    return json_finish(json, '}');
}

char *json_organizers(struct arena *arena, const struct organizers *list,
                      const struct legacy_lines *legacy)
{
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, list->count); i++) {
        const struct legacy_line *line = legacy_find(legacy, list->items[i].email);
        put_organizer(json, &list->items[i]);
        json_int(json, "legacy", line ? line->meetings : 0);
        json_int(json, "at_risk", line ? line->at_risk : 0);
        json_time(json, "last", line ? line->last : INSTANT_NEVER, zone_utc());
    }
    return json_finish(json, ']');
}

char *json_numbers(struct arena *arena, const struct numbers *list)
{
    struct text *json = json_start(arena, '[');
    put_numbers(json, NULL, list);
    return json_finish(json, ']');
}

static void put_attendee_known(struct text *json, const struct attendee_known *known)
{
    json_text(json, "email", known->email);
    json_text(json, "lang", known->lang[0] ? known->lang : NULL);
    json_text(json, "tz", known->tz[0] ? known->tz : NULL);
    json_text(json, "number", known->number[0] ? known->number : NULL);
}

char *json_attendee_known(struct arena *arena, const struct attendee_known *known)
{
    struct text *json = json_start(arena, '{');
    put_attendee_known(json, known);
    return json_finish(json, '}');
}

char *json_attendees_known(struct arena *arena, const struct attendees_known *list)
{
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, list->count); i++) {
        put_attendee_known(json, &list->items[i]);
    }
    return json_finish(json, ']');
}

char *json_organization(struct arena *arena, const struct organization *organization,
                        const struct organization_figures *figures, const struct zone *zone)
{
    struct text *json = json_start(arena, '{');
    json_text(json, "name", organization->name);
    json_time(json, "dynamic_ids_since", organization->dynamic_since, zone);
    json_int(json, "id_digits", organization->id_digits);
    json_int(json, "quarantine_days", organization->quarantine_days);
    json_int(json, "margin_minutes", organization->margin_minutes);
    json_int(json, "early_minutes", organization->early_minutes);
    json_int(json, "grace_minutes", organization->grace_minutes);
    json_text(json, "tell", tell_name(organization->tell));
    json_text(json, "join_url", organization->join_url);
    json_int(json, "live_ids", figures->live_ids);
    json_real(json, "guess_probability", figures->guess_probability);
    return json_finish(json, '}');
}

char *json_history(struct arena *arena, const struct history_entries *list)
{
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, list->count); i++) {
        const struct history_entry *entry = &list->items[i];
        json_time(json, "at", entry->at, zone_utc());
        json_text(json, "actor", entry->actor);
        json_text(json, "event", entry->event);
        json_text(json, "conference_id", entry->conference_id);
        json_text(json, "uid", entry->meeting_uid);
        json_text(json, "detail", entry->detail);
    }
    return json_finish(json, ']');
}

static void put_import_errors(struct text *json, const char *key, const struct import_errors *list)
{
    for (size_t i = 0; json_each(json, key, i, list->count); i++) {
        const struct import_error *error = &list->items[i];
        json_text(json, "file", error->file);
        json_int(json, "line", error->line);
        json_text(json, "uid", error->uid);
        json_text(json, "why", error->why);
    }
}

static void put_import_numbers(struct text *json, const struct import_numbers *list)
{
    for (size_t i = 0; json_each(json, "numbers", i, list->count); i++) {
        const struct import_number *number = &list->items[i];
        json_text(json, "number", number->number);
        json_text(json, "shown", number->shown);
        json_bool(json, "ours", number->ours);
        json_text(json, "service", number->service);
        json_int(json, "events", number->events);
    }
}

char *json_import(struct arena *arena, const struct import_report *report)
{
    struct text *json = json_start(arena, '{');
    json_int(json, "read", report->read);
    json_int(json, "added", report->added);
    json_int(json, "updated", report->updated);
    json_int(json, "unchanged", report->unchanged);
    json_int(json, "rejected", report->rejected);
    json_int(json, "legacy", report->legacy);
    json_int(json, "foreign", report->foreign);
    json_int(json, "with_id", report->with_id);
    json_int(json, "without_id", report->without_id);
    put_import_numbers(json, &report->numbers);
    json_int(json, "replies", report->replies);
    json_int(json, "other_messages", report->other_messages);
    json_bool(json, "stopped", report->stopped);
    put_import_errors(json, "errors", &report->errors);
    put_import_errors(json, "notes", &report->notes);
    return json_finish(json, '}');
}

char *json_sync(struct arena *arena, const struct sync_report *report)
{
    struct text *json = json_start(arena, '{');
    json_text(json, "directory", report->directory);
    json_int(json, "written", report->written);
    json_int(json, "removed", report->removed);
    json_int(json, "added", report->added);
    json_int(json, "updated", report->updated);
    json_int(json, "cancelled", report->cancelled);
    json_int(json, "unchanged", report->unchanged);
    for (size_t i = 0; json_each(json, "conflicts", i, report->conflicts.count); i++) {
        const struct sync_conflict *conflict = &report->conflicts.items[i];
        json_text(json, "uid", conflict->uid);
        json_text(json, "file", conflict->file);
        json_text(json, "copy_uid", conflict->copy_uid);
        json_text(json, "copy_file", conflict->copy_file);
        json_text(json, "why", conflict->why);
    }
    json_int(json, "rejected", report->rejected);
    put_import_errors(json, "errors", &report->errors);
    put_import_errors(json, "notes", &report->notes);
    return json_finish(json, '}');
}

char *json_findings(struct arena *arena, const struct strings *findings,
                    const struct strings *notes, const struct strings *repaired)
{
    struct text *json = json_start(arena, '{');
    if (repaired)
        json_texts(json, "repaired", repaired);
    json_texts(json, "findings", findings);
    if (notes->count)
        json_texts(json, "notes", notes);
    return json_finish(json, '}');
}

char *json_error(struct arena *arena, const struct error *error)
{
    struct text *json = json_start(arena, '{');
    json_open(json, "error", '{');
    json_text(json, "what", error->what);
    json_text(json, "why", error->why);
    json_int(json, "status", error_exit_status(error->code));
    json_close(json, '}');
    return json_finish(json, '}');
}

char *json_message(struct arena *arena, const char *message)
{
    struct text *json = json_start(arena, '{');
    json_text(json, "message", message);
    return json_finish(json, '}');
}
