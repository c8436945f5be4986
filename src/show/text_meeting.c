/* Meetings as text: a meeting, the agenda, the lists of search and of legacy meetings. */
#include "columns.h"
#include "draw.h"
#include "when.h"

#include <base/utf8.h>
#include <core/outbox.h>
#include <core/recurrence.h>
#include <show/print.h>
#include <show/show.h>
#include <string.h>

static const char *id_words(struct arena *arena, const struct meeting *meeting)
{
    if (meeting->id_kind == ID_KIND_FOREIGN)
        return arena_format(arena, "none of ours (foreign dial-in:%s%s%s%s)",
                            meeting->foreign_number ? " " : "",
                            meeting->foreign_number ? meeting->foreign_number : "",
                            meeting->foreign_id ? ", ID " + !meeting->foreign_number : "",
                            meeting->foreign_id ? meeting->foreign_id : "");
    if (meeting->id_kind == ID_KIND_THIRD_PARTY)
        return "none of ours (a third party's dial-in)";
    if (!meeting->conference_id)
        return "none";
    if (meeting->id_kind == ID_KIND_STATIC)
        return arena_format(arena, "%s  (static: shared by the organizer's legacy meetings)",
                            meeting->conference_id);
    return arena_format(arena, "%s  (dynamic: this meeting's own)", meeting->conference_id);
}

/* "!! mixing risk: overlap with 'Budget review' (Tue 24 Nov 2026 09:00 UTC) and 2 more" */
static const char *risk_words(struct arena *arena, const struct occurrence *occurrence,
                              const struct zone *zone)
{
    if (occurrence->risk == RISK_NONE)
        return NULL;
    const struct strings *with = &occurrence->risk_with;
    struct text text = text_start(arena);
    text_addf(&text, "%s %s", show_risk_sign(occurrence->risk), show_risk_word(occurrence->risk));
    if (with->count && occurrence->risk_title)
        text_addf(&text, " with '%s' (%s)",
                  *occurrence->risk_title ? occurrence->risk_title : "(no title)",
                  time_format(arena, occurrence->risk_start, zone, true));
    else if (with->count)
        text_addf(&text, " with %s", with->items[0]);
    if (occurrence->risk_with_count > 1)
        text_addf(&text, " and %zu more", occurrence->risk_with_count - 1);
    return text.bytes;
}

static const char *attendees_words(struct arena *arena, const struct attendees *list)
{
    struct text text = text_start(arena);
    for (size_t i = 0; i < list->count; i++)
        text_addf(&text, "%s%s", i == 0 ? "" : ", ",
                  person_text(arena, list->items[i].name, list->items[i].email));
    return text.bytes;
}

/* Who is not told, and how to tell them. */
static const char *untold_words(struct arena *arena, const struct meeting *meeting,
                                const struct strings *left_untold)
{
    const char *untold = untold_text(arena, meeting);
    const char *left = left_untold_text(arena, left_untold);
    if (!untold[0] && !left[0])
        return NULL;
    return arena_format(arena, "%s%s%s; 'dialdesk send %s' tells them", untold,
                        untold[0] && left[0] ? "; " : "", left,
                        meeting->id_kind == ID_KIND_DYNAMIC && meeting->conference_id
                            ? meeting->conference_id
                            : meeting->uid);
}

static const char *split_words(struct arena *arena, const struct meeting *series)
{
    if (!series)
        return NULL;
    return arena_format(arena, "%s (%s)", series->uid,
                        series->rrule ? recurrence_describe(arena, series->rrule) : "added dates");
}

static const char *cancelled_words(struct arena *arena, const struct scheduled *scheduled,
                                   const struct zone *zone)
{
    if (!scheduled->cancelled.meeting)
        return NULL;
    return arena_format(arena, "%s%s", when_span(&scheduled->cancelled, zone).s,
                        scheduled->cancelled_following ? " and all that follow" : "");
}

char *text_meeting(struct arena *arena, const struct occurrence *meeting,
                   const struct zone_source *zones)
{
    return text_scheduled(arena, &(struct scheduled){.meeting = *meeting},
                          when_zone(zones, meeting->meeting->tz));
}

char *text_scheduled(struct arena *arena, const struct scheduled *scheduled,
                     const struct zone *zone)
{
    const struct occurrence *occurrence = &scheduled->meeting;
    const struct meeting *meeting = occurrence->meeting;
    struct text text = text_start(arena);
    text_addf(&text, "%s\n", utf8_shown(arena, title_text(occurrence), false));
    if (meeting->status == MEETING_CANCELLED)
        line_add(&text, "Status", "cancelled");
    line_add(&text, "When", when_span(occurrence, zone).s);
    line_add(&text, "Occurrence", changed_text(arena, occurrence, false, zone));
    if (meeting->rrule)
        line_add(&text, "Repeats", recurrence_describe(arena, meeting->rrule));
    line_add(&text, "Conference ID", id_words(arena, meeting));
    line_add(&text, "Risk", risk_words(arena, occurrence, zone));
    line_add(&text, meeting_foreign(meeting) ? "Calendar" : "Organizer", meeting->organizer);
    if (meeting_foreign(meeting))
        line_add(&text, "Invited by", meeting_inviter(arena, meeting));
    line_add(&text, "Answer", meeting_answer(meeting));
    line_add(&text, "Callers", scheduled->callers);
    line_add(&text, "Attendees", attendees_words(arena, &meeting->attendees));
    line_add(&text, "Replies", replies_text(arena, meeting));
    line_add(&text, "One alone", occurrence_replies_text(arena, &scheduled->occurrence_replies));
    line_add(&text, "Told", untold_words(arena, meeting, &scheduled->left_untold));
    line_add(&text, "Location", occurrence->location ? occurrence->location : meeting->location);
    line_add(&text, "UID", meeting->uid);
    line_add(&text, "Split from", split_words(arena, scheduled->split_from));
    line_add(&text, "Cancelled", cancelled_words(arena, scheduled, zone));
    if (*meeting->notes)
        text_add(&text, "Notes:\n");
    notes_add(&text, meeting->notes, "  ");
    return text.bytes;
}

static const char *meeting_id_cell(const struct meeting *meeting)
{
    return meeting->conference_id ? meeting->conference_id : "";
}

static void agenda_row(struct columns *columns, const struct occurrence *item, bool with_organizer,
                       int64_t now, const struct zone *zone)
{
    struct arena *scratch = arena_new();
    columns_add(columns, when_hours(item, zone).s, show_risk_sign(item->risk),
                item->meeting->conference_id, item->uid_short, title_text(item),
                with_organizer ? item->meeting->organizer : "",
                agenda_remark_text(scratch, item, false, now, zone));
    arena_free(scratch);
}

char *text_agenda(struct arena *arena, const struct occurrences *list, bool with_organizer,
                  int64_t now, const struct zone *zone)
{
    if (list->count == 0)
        return arena_copy(arena, "Nothing is scheduled.\n");
    struct columns columns = columns_start(arena, 7);
    for (size_t i = 0; i < list->count; i++) {
        agenda_row(&columns, &list->items[i], with_organizer, now, zone);
        columns_measured(&columns);
    }
    struct local_time today = zone_read(zone, now).local, previous = {0};
    struct text text = text_start(arena);
    for (size_t i = 0; i < list->count; i++) {
        struct local_time day = local_midnight(when_begin(&list->items[i], zone));
        if (i == 0 || local_compare(day, previous) != 0)
            text_addf(&text, "%s%s%s, %s\n", i ? "\n" : "", when_date(day, zone).s,
                      when_days(today, day) == 0 ? " (today)" : "", zone_name(zone));
        previous = day;
        agenda_row(&columns, &list->items[i], with_organizer, now, zone);
        columns_print(&columns, "  ", &text);
    }
    return text.bytes;
}

static const char *found_state(const struct occurrence *occurrence, int64_t now)
{
    if (occurrence->meeting->status == MEETING_CANCELLED)
        return "cancelled";
    return when_on(occurrence, now) ? "on now" : "";
}

char *text_found(struct arena *arena, const struct found_meetings *list, int64_t now,
                 const struct zone_source *zones)
{
    struct columns columns = columns_start(arena, 8);
    for (size_t i = 0; i < list->count; i++) {
        const struct occurrence *item = &list->items[i].occurrence;
        const struct zone *zone = when_zone(zones, item->meeting->tz);
        columns_add(&columns, when_date(when_begin(item, zone), zone).s,
                    hours_and_zone(arena, item, zone), meeting_id_cell(item->meeting),
                    item->uid_short ? item->uid_short : "", title_text(item),
                    list->items[i].organizer, found_state(item, now), list->items[i].matched);
    }
    return columns_text(&columns);
}

static void legacy_row(struct columns *columns, const struct occurrence *item,
                       const struct zone *zone)
{
    struct arena *scratch = arena_new();
    columns_add(columns, show_risk_sign(item->risk), when_date(when_begin(item, zone), zone).s,
                hours_and_zone(scratch, item, zone),
                item->uid_short ? item->uid_short : item->meeting->uid, title_text(item),
                remark_text(scratch, item, false, zone));
    arena_free(scratch);
}

char *text_legacy(struct arena *arena, struct occurrences *list, const struct zone *zone)
{
    if (list->count == 0)
        return arena_copy(arena, "No meeting is left on a static ID.\n");
    show_legacy_sort(list);
    struct columns columns = columns_start(arena, 6);
    for (size_t i = 0; i < list->count; i++) {
        legacy_row(&columns, &list->items[i], zone);
        columns_measured(&columns);
    }
    struct text text = text_start(arena);
    for (size_t i = 0; i < list->count; i++) {
        const struct meeting *meeting = list->items[i].meeting;
        if (i == 0 || !legacy_same_group(&list->items[i - 1], &list->items[i]))
            text_addf(&text, "%sStatic ID %s  %s\n", i ? "\n" : "", meeting_id_cell(meeting),
                      utf8_shown(arena, meeting->organizer ? meeting->organizer : "", false));
        legacy_row(&columns, &list->items[i], zone);
        columns_print(&columns, "  ", &text);
    }
    return text.bytes;
}
