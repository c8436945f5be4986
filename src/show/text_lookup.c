/*
 * The helpdesk's answer as text; history; what conversions, imports, syncs and checks came to.
 */
#include "columns.h"
#include "when.h"

#include <base/utf8.h>
#include <show/print.h>
#include <show/show.h>
#include <string.h>

static const struct zone *lookup_zone(const struct lookup *lookup)
{
    return lookup->zone ? lookup->zone : zone_utc();
}

static void add_meeting(struct columns *columns, const struct occurrence *occurrence,
                        const struct zone *zone, const char *first, const char *last)
{
    columns_add(columns, first, when_date(when_begin(occurrence, zone), zone).s,
                hours_and_zone(columns->arena, occurrence, zone));
    const struct meeting *meeting = occurrence->meeting;
    columns_add(columns, occurrence->title ? occurrence->title : meeting->title,
                meeting_foreign(meeting)
                    ? arena_format(columns->arena, "invited by %s", meeting->invited_by)
                    : meeting->organizer,
                last);
}

static void add_section(struct text *text, const char *heading, struct columns *columns)
{
    if (columns->added == 0)
        return;
    text_addf(text, "\n%s\n", heading);
    columns_print(columns, "  ", text);
}

static const char *meeting_state(const struct occurrence *occurrence, int64_t at)
{
    if (occurrence->meeting->status == MEETING_CANCELLED)
        return "cancelled";
    if (when_on(occurrence, at))
        return "on now";
    return occurrence->end <= at ? "ended" : "";
}

static void add_meetings(struct arena *arena, struct text *text, const struct lookup *lookup)
{
    const struct zone *zone = lookup_zone(lookup);
    struct columns meetings = columns_start(arena, 6), moved = columns_start(arena, 6);
    for (size_t i = 0; i < lookup->meetings.count; i++) {
        const struct occurrence *item = &lookup->meetings.items[i];
        const char *risk = risk_name(item->risk);
        const char *words = meeting_state(item, lookup->at);
        if (risk)
            words = arena_format(arena, "%s%s%s %s", words, *words ? ", " : "",
                                 show_risk_sign(item->risk), risk);
        add_meeting(&meetings, item, zone, "", words);
    }
    for (size_t i = 0; i < lookup->moved.count; i++) {
        const struct moved_meeting *item = &lookup->moved.items[i];
        add_meeting(&moved, &item->occurrence, zone, "",
                    arena_format(arena, "now %s", item->new_id ? item->new_id : "without an ID"));
    }
    add_section(text, "Meetings", &meetings);
    add_section(text, "Moved to another ID", &moved);
}

static void add_near(struct arena *arena, struct text *text, const struct lookup *lookup)
{
    static const char *const slips[] = {[ID_SLIP_NONE] = "",
                                        [ID_SLIP_DIGIT] = "one digit wrong",
                                        [ID_SLIP_SWAP] = "two digits swapped",
                                        [ID_SLIP_MISSING] = "a digit left out",
                                        [ID_SLIP_EXTRA] = "a digit too many"};
    struct columns near = columns_start(arena, 6);
    for (size_t i = 0; i < lookup->near.count; i++) {
        const struct near_miss *miss = &lookup->near.items[i];
        const char *words =
            arena_format(arena, "%s, %s", id_state_name(miss->state), slips[miss->slip]);
        if (miss->occurrence.meeting) {
            add_meeting(&near, &miss->occurrence, lookup_zone(lookup), miss->conference_id, words);
            continue;
        }
        columns_add(&near, miss->conference_id, "", "", "", "", words);
    }
    add_section(text, "Near misses (for your eyes, not to be read out)", &near);
}

static void add_record(struct text *text, const struct lookup *lookup)
{
    const struct id_record *record = lookup->record;
    if (!record)
        return;
    const struct zone *zone = lookup_zone(lookup);
    line_add(text, "Kind", id_kind_name(lookup->kind));
    if (lookup->callers_from != INSTANT_NEVER)
        line_add(text, "Callers from", when_instant(lookup->callers_from, zone).s);
    line_add(text, "Issued", when_instant(record->issued, zone).s);
    if (record->retired_at != INSTANT_NEVER)
        line_add(text, "Retired", when_instant(record->retired_at, zone).s);
    if (record->reserved_until != INSTANT_NEVER)
        line_add(text, "Reserved until", when_instant(record->reserved_until, zone).s);
}

/* The sentences of the nearest meetings, each below its title. */
static void add_tellings(struct text *text, const struct lookup *lookup)
{
    enum { TOLD_MAX = 5 };
    const struct tellings *list = &lookup->tellings;
    struct arena *arena = text->arena;
    if (list->count)
        text_add(text, "\nAfter the caller check (who organizes it, and when or its title)\n");
    for (size_t i = 0; i < list->count && i < TOLD_MAX; i++)
        text_addf(text, "  %s\n", utf8_shown(arena, list->items[i].say, false));
    if (list->count > TOLD_MAX)
        text_addf(text, "  and %zu more (--json lists them)\n", list->count - TOLD_MAX);
}

char *text_lookup(struct arena *arena, const struct lookup *lookup)
{
    struct text text = text_start(arena);
    const char *id =
        lookup->conference_id && *lookup->conference_id ? lookup->conference_id : lookup->query;
    text_addf(&text, "%s: %s\n", utf8_shown(arena, id ? id : "", false),
              id_state_name(lookup->state));
    if (lookup->organizer)
        line_add(&text, "Organizer",
                 person_text(arena, lookup->organizer->name, lookup->organizer->email));
    line_add(&text, "What it is", lookup_holds_words(arena, lookup));
    line_add(&text, "Replaced by", lookup_replaced_words(arena, lookup));
    add_record(&text, lookup);
    add_meetings(arena, &text, lookup);
    add_near(arena, &text, lookup);
    add_tellings(&text, lookup);
    /* last, because that is where the eye is while the caller waits */
    text_addf(&text, "\nSay: %s\n", utf8_shown(arena, lookup->say ? lookup->say : "", false));
    return text.bytes;
}

/* How many are left of all, and which is the last one. */
static void add_legacy_sum(struct text *text, const struct legacy_lines *list,
                           const struct zone *zone)
{
    const struct legacy_line *last = &list->items[0];
    int meetings = 0, at_risk = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct legacy_line *line = &list->items[i];
        meetings += line->meetings;
        at_risk += line->at_risk;
        if (line->last > last->last)
            last = line;
    }
    text_addf(text, "In all %s, %d at risk.", show_count(text->arena, (size_t)meetings, "meeting"),
              at_risk);
    if (last->last_meeting)
        text_addf(text, " The last one is '%s' of %s, %s%s.",
                  utf8_shown(text->arena, last->last_meeting->title, false), last->organizer,
                  last->last == INSTANT_NEVER ? "without end" : "until ",
                  last->last == INSTANT_NEVER ? "" : when_instant(last->last, zone).s);
    text_add(text, "\n");
}

char *text_legacy_lines(struct arena *arena, const struct legacy_lines *list,
                        const struct zone *zone)
{
    if (list->count == 0)
        return arena_copy(arena, "No meeting is left on a static ID.\n");
    struct columns columns = columns_start(arena, 6);
    for (size_t i = 0; i < list->count; i++) {
        const struct legacy_line *line = &list->items[i];
        columns_add(&columns, line->organizer, line->static_id,
                    show_count(arena, (size_t)line->meetings, "meeting"),
                    arena_format(arena, "%d at risk", line->at_risk),
                    arena_format(arena, "%d outside", line->outside),
                    line->last == INSTANT_NEVER
                        ? "without end"
                        : arena_format(arena, "until %s", when_instant(line->last, zone).s));
    }
    struct text text = text_start(arena);
    text_add(&text, columns_text(&columns));
    add_legacy_sum(&text, list, zone);
    return text.bytes;
}

char *text_conversions(struct arena *arena, const struct conversions *list)
{
    if (list->count == 0)
        return arena_copy(arena, "Nothing was left to convert.\n");
    struct columns columns = columns_start(arena, 4);
    for (size_t i = 0; i < list->count; i++) {
        const struct conversion *item = &list->items[i];
        const char *old_id = item->old_id ? item->old_id : "none";
        const char *new_id = item->new_id ? item->new_id : "a dynamic ID";
        columns_add(&columns, arena_format(arena, "%s → %s", old_id, new_id), item->title,
                    show_count(arena, (size_t)item->reminders, "reminder"), item->uid);
    }
    return columns_text(&columns);
}

char *text_history(struct arena *arena, const struct history_entries *list, const struct zone *zone)
{
    struct columns columns = columns_start(arena, 6);
    for (size_t i = 0; i < list->count; i++) {
        const struct history_entry *entry = &list->items[i];
        columns_add(&columns, when_instant(entry->at, zone).s, entry->actor, entry->event,
                    entry->conference_id, entry->uid_short, entry->detail);
    }
    return columns_text(&columns);
}

static void add_import_lines(struct text *text, const char *heading,
                             const struct import_errors *list)
{
    if (list->count)
        text_addf(text, "%s\n", heading);
    for (size_t i = 0; i < list->count; i++) {
        const struct import_error *item = &list->items[i];
        struct arena *arena = text->arena;
        text_addf(text, "  %s", utf8_shown(arena, item->file ? item->file : "", false));
        if (item->line > 0)
            text_addf(text, ":%lld", (long long)item->line);
        text_addf(text, ": %s", utf8_shown(arena, item->why ? item->why : "", false));
        if (item->uid && *item->uid)
            text_addf(text, " (%s)", utf8_shown(arena, item->uid, false));
        text_add_byte(text, '\n');
    }
}

/* By organizer, with the way to make one's meetings ours. */
static void add_foreign(struct text *text, const struct import_report *report)
{
    if (report->foreign == 0)
        return;
    text_addf(text, "%lld foreign, of organizers who are not in the directory:\n",
              (long long)report->foreign);
    for (size_t i = 0; i < report->inviters.count; i++)
        text_addf(text, "  %5lld  %s\n", (long long)report->inviters.items[i].events,
                  utf8_shown(text->arena, report->inviters.items[i].email, false));
    text_add(text, "To make one's meetings ours: 'dialdesk organizer add EMAIL' (or 'organizer set "
                   "EMAIL --alias ADDRESS'), and import again; or --own, if all are the "
                   "calendar's own.\n");
}

static void add_dial_in_numbers(struct text *text, const struct import_report *report)
{
    if (report->numbers.count)
        text_add(text, "Dial-in numbers:\n");
    for (size_t i = 0; i < report->numbers.count; i++) {
        const struct import_number *number = &report->numbers.items[i];
        const char *whose = number->service
                                ? arena_format(text->arena, "  (not one of the organization's: %s)",
                                               number->service)
                                : "  (not one of the organization's)";
        text_addf(text, "  %5lld  %s%s\n", (long long)number->events,
                  utf8_printable(text->arena, number->shown, false), number->ours ? "" : whose);
    }
}

char *text_import(struct arena *arena, const struct import_report *report)
{
    struct text text = text_start(arena);
    text_addf(&text, "%lld read: %lld added, %lld updated, %lld unchanged, %lld rejected\n",
              (long long)report->read, (long long)report->added, (long long)report->updated,
              (long long)report->unchanged, (long long)report->rejected);
    int64_t answers = report->replies - report->bounces;
    if (answers)
        text_addf(&text, "%lld answer%s taken\n", (long long)answers, answers == 1 ? "" : "s");
    if (report->bounces)
        text_addf(&text, "%lld message%s came back (see: dialdesk outbox --state failed)\n",
                  (long long)report->bounces, report->bounces == 1 ? "" : "s");
    if (report->other_messages)
        text_addf(&text, "%lld messages are about something else\n",
                  (long long)report->other_messages);
    if (report->legacy)
        text_addf(&text, "%lld of them on a static ID (see: dialdesk legacy)\n",
                  (long long)report->legacy);
    if (report->with_id || report->without_id)
        text_addf(&text, "%lld with a conference ID, %lld without\n", (long long)report->with_id,
                  (long long)report->without_id);
    add_foreign(&text, report);
    add_dial_in_numbers(&text, report);
    add_import_lines(&text, "Rejected:", &report->errors);
    add_import_lines(&text, "Worth a look:", &report->notes);
    return text.bytes;
}

char *text_sync(struct arena *arena, const struct sync_report *report)
{
    struct text text = text_start(arena);
    text_addf(&text, "Files: %lld written, %lld removed. Meetings: %lld added, %lld updated, ",
              (long long)report->written, (long long)report->removed, (long long)report->added,
              (long long)report->updated);
    text_addf(&text, "%lld cancelled. %lld unchanged, %s, %lld rejected\n",
              (long long)report->cancelled, (long long)report->unchanged,
              show_count(arena, report->conflicts.count, "conflict"), (long long)report->rejected);
    if (report->cancelled)
        text_add(&text,
                 "Cancelled: their files had been deleted; their dynamic IDs are retired.\n");
    add_import_lines(&text, "Rejected:", &report->errors);
    add_import_lines(&text, "Worth a look:", &report->notes);
    return text.bytes;
}

char *text_findings(struct arena *arena, const struct strings *findings,
                    const struct strings *notes, const struct strings *repaired)
{
    struct text text = text_start(arena);
    for (size_t i = 0; repaired && i < repaired->count; i++)
        text_addf(&text, "Brought right: %s\n", utf8_shown(arena, repaired->items[i], false));
    for (size_t i = 0; i < findings->count; i++)
        text_addf(&text, "%s\n", utf8_shown(arena, findings->items[i], false));
    if (findings->count == 0)
        text_add(&text, "The store is sound.\n");
    for (size_t i = 0; i < notes->count; i++)
        text_addf(&text, "Worth a look: %s\n", utf8_shown(arena, notes->items[i], false));
    return text.bytes;
}
