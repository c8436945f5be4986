/*
 * A meeting's form and its draft: the short forms that people type for dates, ends and repetition.
 */
#include "draft.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const draft_repeats[] = {[REPEAT_NEVER] = "no",
                                     [REPEAT_DAILY] = "every day",
                                     [REPEAT_WORKDAYS] = "Monday to Friday",
                                     [REPEAT_WEEKLY] = "every week",
                                     [REPEAT_FORTNIGHTLY] = "every two weeks",
                                     [REPEAT_MONTHLY] = "every month",
                                     [REPEAT_YEARLY] = "every year",
                                     [REPEAT_RULE] = "by a rule (RRULE)",
                                     NULL};

static const char *const rules[] = {
    [REPEAT_DAILY] = "FREQ=DAILY",     [REPEAT_WORKDAYS] = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    [REPEAT_WEEKLY] = "FREQ=WEEKLY",   [REPEAT_FORTNIGHTLY] = "FREQ=WEEKLY;INTERVAL=2",
    [REPEAT_MONTHLY] = "FREQ=MONTHLY", [REPEAT_YEARLY] = "FREQ=YEARLY"};

bool draft_all_day(const char *start)
{
    return strncasecmp(start, "all", 3) == 0;
}

bool draft_is_clock(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (text[digits] == ':' && digits >= 1 && digits <= 2)
        return text[digits + 1 + strspn(text + digits + 1, "0123456789")] == '\0';
    return false;
}

const char *draft_clock(struct arena *arena, const char *date, const char *clock)
{
    size_t digits = strspn(clock, "0123456789");
    if (digits && !clock[digits]) {
        int value = digits <= 4 ? (int)strtol(clock, NULL, 10) : 9999;
        if (digits <= 2)
            value *= 100;
        return arena_format(arena, "%s %02d:%02d", date, value / 100, value % 100);
    }
    if (digits == 1)
        return arena_format(arena, "%s 0%s", date, clock);
    return arena_format(arena, "%s %s", date, clock);
}

const char *draft_end(struct arena *arena, const char *typed)
{
    size_t digits = strspn(typed, "0123456789");
    if (digits == 0 || digits > 4 || typed[digits])
        return typed;
    if (digits <= 2 && strtol(typed, NULL, 10) >= DAY / HOUR)
        return arena_format(arena, "%sm", typed);
    return draft_clock(arena, "", typed) + 1; /* without the blank between date and time */
}

int draft_times(const char *text)
{
    char *end;
    long n = strtol(text, &end, 10);
    end += strspn(end, " ");
    bool word = strcmp(end, "times") == 0 || strcmp(end, "time") == 0 || strcmp(end, "x") == 0;
    return end != text && word && n > 0 && n < 100000 ? (int)n : 0;
}

void draft_attendees(struct arena *arena, const char *text, struct strings *out)
{
    while (*text) {
        text += strspn(text, ",; \n\t");
        size_t n = strcspn(text, ",;\n");
        while (n && text[n - 1] == ' ')
            n--;
        if (n)
            *vector_push(arena, out) = arena_copy_n(arena, text, n);
        text += n;
        text += strspn(text, " ");
    }
}

const char *draft_address(struct arena *arena, const char *attendee)
{
    const char *open = strrchr(attendee, '<');
    const char *end = open ? strchr(open, '>') : NULL;
    return end ? arena_copy_n(arena, open + 1, (size_t)(end - open - 1)) : attendee;
}

/* --- filling --- */

static const char *date_text(struct arena *arena, struct local_time t)
{
    return arena_format(arena, "%04d-%02d-%02d", t.year, t.month, t.day);
}

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
    field_fill(form, EDIT_DATE, date_text(turn, start));
    field_fill(form, EDIT_START, clock_text(turn, start));
    field_fill(form, EDIT_END, "1h");
    field_fill(form, EDIT_ZONE, zone_name(zone));
}

static void fill_repeat(struct form *form, const char *rrule)
{
    size_t choice = REPEAT_NEVER;
    if (rrule) {
        choice = REPEAT_RULE;
        for (size_t i = REPEAT_DAILY; i < REPEAT_RULE; i++)
            if (strcmp(rules[i], rrule) == 0)
                choice = i;
    }
    field_choose(form, EDIT_REPEAT, choice);
    field_fill(form, EDIT_RULE, rrule);
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

void draft_fill(struct console *console, struct form *form, const struct meeting *meeting)
{
    struct arena *turn = console->turn;
    struct local_time start = meeting->start_local;
    struct local_time end = local_from_seconds(local_seconds(start) + meeting->duration);
    bool one_day = local_compare(local_midnight(start), local_midnight(end)) == 0;
    field_fill(form, EDIT_TITLE, meeting->title);
    field_fill(form, EDIT_DATE, date_text(turn, start));
    field_fill(form, EDIT_START, meeting->all_day ? "all day" : clock_text(turn, start));
    field_fill(form, EDIT_END,
               one_day && !meeting->all_day ? clock_text(turn, end)
                                            : duration_format(turn, meeting->duration));
    field_fill(form, EDIT_ZONE, meeting->tz);
    fill_repeat(form, meeting->rrule);
    field_fill(form, EDIT_ATTENDEES, attendees_text(turn, &meeting->attendees));
    field_fill(form, EDIT_LOCATION, meeting->location);
    field_fill(form, EDIT_NOTES, meeting->notes);
    field_fill(form, EDIT_LANG, meeting->lang);
}

/* --- making --- */

/*
 * The draft's end, or its duration. A time of day that is not behind the start's is meant on the
 * day after.
 */
static bool make_end(struct console *console, const struct form *form, struct arena *arena,
                     const struct zone *zone, const struct time_reading *start, struct draft *draft)
{
    const char *end = draft_end(arena, field_value(form, EDIT_END));
    struct time_reading reading;
    if (!*end) {
        draft->duration = draft->all_day ? "1d" : "1h";
    } else if (draft_is_clock(end)) {
        struct error *error = &console->session->error;
        int64_t now = session_now(console->session);
        const char *text = draft_clock(arena, date_text(arena, start->local), end);
        if (time_parse("end", text, now, zone, &reading, error) != ERR_OK)
            return false;
        if (local_compare(reading.local, start->local) <= 0)
            text = draft_clock(arena, date_text(arena, local_add_days(start->local, 1)), end);
        draft->end = text;
    } else if (strchr(end, ' ') || strchr(end, '-')) {
        draft->end = end;
    } else {
        draft->duration = end;
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
    if (time_parse("date", field_value(form, EDIT_DATE), now, zone, &date, error) != ERR_OK)
        return false;
    draft->has_all_day = true;
    draft->all_day = draft_all_day(clock);
    draft->start = date_text(arena, date.local);
    if (!draft->all_day)
        draft->start = draft_clock(arena, draft->start, clock);
    if (time_parse("start", draft->start, now, zone, &start, error) != ERR_OK)
        return false;
    return make_end(console, form, arena, zone, &start, draft);
}

/*
 * "FREQ=WEEKLY;UNTIL=...": the end of that day in the meeting's zone, in UTC (RFC 5545, section
 * 3.3.10).
 */
static bool make_rule(struct console *console, const struct form *form, struct arena *arena,
                      const struct zone *zone, struct draft *draft)
{
    size_t repeat = form->fields[EDIT_REPEAT].choice;
    const char *until = field_value(form, EDIT_UNTIL);
    if (repeat == REPEAT_NEVER || repeat == REPEAT_RULE) {
        draft->rrule = repeat == REPEAT_RULE ? field_value(form, EDIT_RULE) : "";
        return true;
    }
    draft->rrule = rules[repeat];
    if (draft_times(until)) {
        draft->rrule = arena_format(arena, "%s;COUNT=%d", rules[repeat], draft_times(until));
    } else if (*until) {
        struct time_reading reading;
        int64_t last;
        if (time_parse("until", until, session_now(console->session), zone, &reading,
                       &console->session->error) != ERR_OK)
            return false;
        struct local_time day_end = reading.local;
        day_end.hour = 23, day_end.minute = 59, day_end.second = 59;
        zone_instant(zone, day_end, &last);
        draft->rrule = arena_format(arena, "%s;UNTIL=%sZ", rules[repeat],
                                    local_format_basic(arena, local_from_seconds(last)));
    }
    return true;
}

static bool any_changed(const struct form *form, enum edit_field from, enum edit_field to)
{
    for (size_t i = from; i <= to; i++)
        if (field_changed(form, i))
            return true;
    return false;
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
    if ((fresh || any_changed(form, EDIT_DATE, EDIT_ZONE)) &&
        !make_when(console, form, arena, zone, draft))
        return false;
    if ((fresh || any_changed(form, EDIT_REPEAT, EDIT_UNTIL)) &&
        !make_rule(console, form, arena, zone, draft))
        return false;
    if (fresh && !*draft->rrule)
        draft->rrule = NULL;
    if (fresh || field_changed(form, EDIT_ATTENDEES)) {
        draft_attendees(arena, field_value(form, EDIT_ATTENDEES), &draft->attendees);
        draft->has_attendees = true;
    }
    return true;
}
