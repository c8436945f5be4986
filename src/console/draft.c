/*
 * A meeting's form and its draft: filling the one, making the other.
 */
#include "draft.h"
#include <core/series.h>
#include <string.h>

/* --- filling --- */

static const char *clock_text(struct arena *arena, struct local_time t)
{
    return arena_format(arena, "%02d:%02d", t.hour, t.minute);
}

void draft_fill_new(struct console *console, struct form *form)
{
    struct arena *turn = console->turn;
    const struct zone *zone = console_organizer_zone(console);
    struct local_time now = zone_read(zone, session_now(console->session)).local;
    struct local_time day = console->day;
    struct local_time start = {day.year, day.month, day.day, 9, 0, 0};
    if (local_compare(local_midnight(day), local_midnight(now)) <= 0) {
        /* the next full hour, perhaps tomorrow's first */
        start = local_from_seconds(local_seconds(now) / HOUR * HOUR + HOUR);
    }
    field_fill(form, EDIT_DATE, draft_date(turn, start));
    field_fill(form, EDIT_START, clock_text(turn, start));
    field_fill(form, EDIT_END, "1h");
    field_fill(form, EDIT_ZONE, zone_name(zone));
    field_tick(form, EDIT_DAYS, 1U << local_weekday(start));
}

static const char *attendees_text(struct arena *arena, const struct attendees *list)
{
    struct text out = text_start(arena);
    for (size_t i = 0; i < list->count; i++) {
        const struct attendee *one = &list->items[i];
        text_add(&out, i ? ", " : "");
        if (*one->name && !strpbrk(one->name, ",;<>"))
            text_addf(&out, "%s <%s>", one->name, one->email);
        else
            text_add(&out, one->email);
    }
    return out.bytes;
}

/*
 * The time of day at which it ends, if that is on the day of the start and is read as the same
 * instant again (of a time that happens twice the first one is meant); else how long it lasts.
 */
static const char *end_text(struct console *console, const struct meeting *meeting)
{
    struct local_time start = meeting->start_local;
    const char *length = duration_format(console->turn, meeting->duration);
    const struct zone *zone;
    int64_t again;
    if (meeting->all_day || session_zone(console->session, meeting->tz, &zone) != ERR_OK)
        return length;
    int64_t end = series_end(meeting, zone, start);
    struct local_time clock = zone_read(zone, end).local;
    zone_instant(zone, clock, &again);
    bool one_day = local_compare(local_midnight(start), local_midnight(clock)) == 0;
    return one_day && again == end && local_compare(clock, start) > 0
               ? clock_text(console->turn, clock)
               : length;
}

void draft_fill(struct console *console, struct form *form, const struct meeting *meeting)
{
    struct arena *turn = console->turn;
    struct local_time start = meeting->start_local;
    field_fill(form, EDIT_TITLE, meeting->title);
    field_fill(form, EDIT_DATE, draft_date(turn, start));
    field_fill(form, EDIT_START, meeting->all_day ? "all day" : clock_text(turn, start));
    field_fill(form, EDIT_END, end_text(console, meeting));
    field_fill(form, EDIT_ZONE, meeting->tz);
    draft_fill_rule(console, form, meeting);
    field_fill(form, EDIT_ATTENDEES, attendees_text(turn, &meeting->attendees));
    field_fill(form, EDIT_LOCATION, meeting->location);
    field_fill(form, EDIT_NOTES, meeting->notes);
    field_fill(form, EDIT_LANG, meeting->lang);
}

/* --- making --- */

bool draft_make_end(struct console *console, const struct form *form, struct arena *arena,
                    const struct zone *zone, struct draft *draft)
{
    struct error *error = &console->session->error;
    struct local_time start = draft_begin(console, form, zone);
    const char *end = draft_end(arena, field_value(form, EDIT_END));
    const char *clock = draft_clock(arena, draft_date(arena, start), end);
    struct time_reading reading;
    int64_t now = session_now(console->session), length;
    end += *end == '+';
    if (!*end) {
        draft->duration = draft->all_day ? "1d" : "1h";
    } else if (duration_parse(end, &length, error) == ERR_OK) {
        draft->duration = end;
    } else if (time_parse("End", clock, now, zone, &reading, error) == ERR_OK) {
        if (local_compare(reading.local, start) <= 0)
            clock = draft_clock(arena, draft_date(arena, local_add_days(start, 1)), end);
        draft->end = clock;
    } else if (time_parse("End", end, now, zone, &reading, error) == ERR_OK) {
        draft->end = draft_date(arena, reading.local);
        if (!reading.date_only && !draft->all_day)
            draft->end = arena_format(arena, "%s %02d:%02d", draft->end, reading.local.hour,
                                      reading.local.minute);
    } else {
        return false;
    }
    return true;
}

static bool make_when(struct console *console, const struct form *form, struct arena *arena,
                      const struct zone *zone, struct draft *draft)
{
    struct error *error = &console->session->error;
    int64_t now = session_now(console->session);
    struct time_reading date, start;
    const char *clock = field_value(form, EDIT_START);
    if (time_parse("Date", field_value(form, EDIT_DATE), now, zone, &date, error) != ERR_OK)
        return false;
    draft->has_all_day = true;
    draft->all_day = draft_all_day(clock);
    draft->start = draft_date(arena, date.local);
    if (!draft->all_day)
        draft->start = draft_clock(arena, draft->start, clock);
    if (time_parse("Start", draft->start, now, zone, &start, error) != ERR_OK)
        return false;
    return draft_make_end(console, form, arena, zone, draft);
}

/* The field's text; NULL if it was not changed or, in the form of a new meeting, is empty. */
static const char *field_draft(const struct form *form, bool fresh, enum edit_field field)
{
    const char *value = field_value(form, field);
    return (fresh ? *value != '\0' : field_changed(form, field)) ? value : NULL;
}

bool draft_make(struct console *console, const struct form *form, bool fresh, struct arena *arena,
                struct draft *draft)
{
    const struct zone *zone;
    const char *tz = field_value(form, EDIT_ZONE);
    if (session_zone(console->session, *tz ? tz : NULL, &zone) != ERR_OK)
        return false;
    draft->title = field_draft(form, fresh, EDIT_TITLE);
    draft->tz = field_draft(form, fresh, EDIT_ZONE);
    draft->location = field_draft(form, fresh, EDIT_LOCATION);
    draft->notes = field_draft(form, fresh, EDIT_NOTES);
    draft->lang = field_draft(form, fresh, EDIT_LANG);
    if ((fresh || fields_changed(form, EDIT_DATE, EDIT_ZONE)) &&
        !make_when(console, form, arena, zone, draft))
        return false;
    if ((fresh || fields_changed(form, EDIT_REPEAT, EDIT_UNTIL)) &&
        !draft_make_rule(console, form, arena, zone, draft))
        return false;
    if (fresh && !*draft->rrule)
        draft->rrule = NULL;
    if (fresh || field_changed(form, EDIT_ATTENDEES)) {
        draft_attendees(arena, field_value(form, EDIT_ATTENDEES), &draft->attendees);
        draft->has_attendees = true;
    }
    return true;
}
