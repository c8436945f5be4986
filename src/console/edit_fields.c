/*
 * The fields of a meeting's form: their checks, what a good value means, and which of them count.
 */
#include "edit_fields.h"
#include "directory.h"
#include <core/series.h>
#include <string.h>

/* --- checks --- */

bool edit_untitled(const struct form *form)
{
    const char *title = field_value(form, EDIT_TITLE);
    return !title[strspn(title, " ")];
}

static const char *check_title(struct console *console, struct form *form, const char *value)
{
    (void)console, (void)value;
    return edit_untitled(form) ? "a meeting needs a title" : NULL;
}

/* NULL: the zone's own field says that it is unknown. */
static const struct zone *form_zone(struct console *console, const struct form *form)
{
    const struct zone *zone;
    const char *name = field_value(form, EDIT_ZONE);
    if (session_zone(console->session, *name ? name : NULL, &zone) != ERR_OK)
        return NULL;
    return zone;
}

/* Reads a field's time. `name` is the field's, for the error. */
static const char *read_time(struct console *console, struct form *form, const char *name,
                             const char *text, struct time_reading *reading)
{
    const struct zone *zone = form_zone(console, form);
    *reading = (struct time_reading){0};
    if (!zone || time_parse(name, text, session_now(console->session), zone, reading,
                            &console->session->error) == ERR_OK)
        return NULL;
    return form_reason(console);
}

static const char *check_date(struct console *console, struct form *form, const char *value)
{
    struct time_reading reading;
    const char *bad = *value ? read_time(console, form, "Date", value, &reading) : time_usage;
    return bad && strcmp(bad, time_usage) == 0
               ? "write a date, as in 2026-11-24, 24 nov, 24.11., fri or tomorrow"
               : bad;
}

static const char *check_start(struct console *console, struct form *form, const char *value)
{
    struct time_reading reading;
    if (draft_all_day(value))
        return NULL;
    const char *text = draft_clock(console->turn, "2026-11-24", value);
    const char *bad = *value ? read_time(console, form, "Start", text, &reading) : "";
    return bad ? "write a time such as 09:00 or 9am, or: all day" : NULL;
}

/* The end as the form has it. */
static const char *read_end(struct console *console, struct form *form, struct draft *draft)
{
    const struct zone *zone = form_zone(console, form);
    *draft = (struct draft){.all_day = draft_all_day(field_value(form, EDIT_START))};
    if (!zone)
        return NULL;
    return draft_make_end(console, form, console->turn, zone, draft) ? NULL : form_reason(console);
}

/* Seconds from the start to the end that the draft names; 0 or less: it is no end. */
static int64_t end_length(struct console *console, struct form *form, const struct draft *draft)
{
    const struct zone *zone = form_zone(console, form);
    struct local_time begin = draft_begin(console, form, zone);
    struct time_reading end;
    int64_t seconds = 0, start;
    struct error unread;
    if (draft->duration)
        return duration_parse(draft->duration, &seconds, &unread) == ERR_OK ? seconds : 0;
    if (time_parse("End", draft->end, session_now(console->session), zone, &end, &unread) != ERR_OK)
        return 0;
    if (draft->all_day)
        return local_seconds(end.local) + DAY - local_seconds(local_midnight(begin));
    zone_instant(zone, begin, &start);
    return end.instant - start;
}

static const char *check_end(struct console *console, struct form *form, const char *value)
{
    struct draft draft;
    const char *bad = read_end(console, form, &draft);
    (void)value;
    if (bad)
        return draft.all_day ? "write 1d or 2d, or the last day"
                             : "write a time such as 10:00, or a length: 45m, 1h30m, 2d";
    if (!form_zone(console, form))
        return NULL;
    int64_t length = end_length(console, form, &draft);
    if (draft.all_day && length % DAY)
        return "an all-day meeting lasts whole days; write 1d, or the last day";
    if (length > 0)
        return NULL;
    return draft.duration ? "the duration must be more than zero"
                          : "the end lies before the start; write a later time, or a length";
}

static const char *check_weekdays(struct console *console, struct form *form, const char *value)
{
    const struct zone *zone = form_zone(console, form);
    unsigned ticks = form->fields[EDIT_DAYS].ticks;
    (void)value;
    if (!ticks)
        return "tick one weekday at least (Space ticks it)";
    if (!zone || form->fields[EDIT_DATE].note[0])
        return NULL;
    int day = local_weekday(draft_begin(console, form, zone));
    if (ticks & 1U << day)
        return NULL;
    return arena_format(console->turn, "the date is a %s: tick it as well, or change the date",
                        weekday_long_name(day));
}

static const char *check_rule(struct console *console, struct form *form, const char *value)
{
    const struct zone *zone = form_zone(console, form);
    if (!*value)
        return "write a rule of RFC 5545, such as FREQ=MONTHLY;BYDAY=2TU";
    if (!zone)
        zone = zone_utc();
    if (series_check_rule(value, draft_begin(console, form, zone), zone,
                          &console->session->error) != ERR_OK)
        return form_reason(console);
    return NULL;
}

static const char *check_until(struct console *console, struct form *form, const char *value)
{
    struct time_reading reading;
    if (!*value || draft_times(value) > 0)
        return NULL;
    return read_time(console, form, "Until", value, &reading)
               ? "write a date, as in 24 dec or 2026-12-24, or how often: 10 times"
               : NULL;
}

static const char *check_attendees(struct console *console, struct form *form, const char *value)
{
    (void)form;
    struct strings list = {0};
    draft_attendees(console->turn, value, &list);
    for (size_t i = 0; i < list.count; i++)
        if (email_parse("attendee", draft_address(console->turn, list.items[i]),
                        &console->session->error) != ERR_OK)
            return arena_format(console->turn, "%s: %s", list.items[i],
                                console->session->error.why);
    return NULL;
}

static const char *check_lang(struct console *console, struct form *form, const char *value)
{
    (void)console, (void)form;
    return !*value || invitation_language_known(value)
               ? NULL
               : "no invitation is in this language; write en, de, fr …, or nothing";
}

/* --- what a good value means --- */

static const char *date_words(struct console *console, struct local_time day)
{
    char date[DATE_ROOM];
    date_write(date, day, zone_style(console->zone), DATE_WEEKDAY | DATE_YEAR);
    return arena_copy(console->turn, date);
}

/* "Fri 4 Dec 2026, in 11 days". */
static const char *day_words(struct console *console, const struct zone *zone,
                             struct local_time day, bool *unusual)
{
    struct local_time today = local_midnight(zone_read(zone, session_now(console->session)).local);
    int days = (int)((local_seconds(local_midnight(day)) - local_seconds(today)) / DAY);
    enum { FAR = 300, YEAR = 365 };
    const char *when = days == 0     ? "today"
                       : days == 1   ? "tomorrow"
                       : days < 0    ? "in the past"
                       : days > YEAR ? "more than a year away"
                                     : arena_format(console->turn, "in %d days", days);
    *unusual = days < 0 || days > FAR;
    return arena_format(console->turn, "%s, %s", date_words(console, day), when);
}

static const char *tell_date(struct console *console, struct form *form, const char *value,
                             bool *unusual)
{
    struct time_reading reading;
    const struct zone *zone = form_zone(console, form);
    if (!zone || read_time(console, form, "Date", value, &reading))
        return NULL;
    return day_words(console, zone, reading.local, unusual);
}

static const char *clock_words(struct console *console, struct local_time t)
{
    char clock[CLOCK_ROOM];
    clock_write(clock, t, zone_style(console->zone));
    return arena_copy(console->turn, clock);
}

static const char *tell_start(struct console *console, struct form *form, const char *value,
                              bool *unusual)
{
    const struct zone *zone = form_zone(console, form);
    if (!zone || form->fields[EDIT_DATE].note[0])
        return NULL;
    struct local_time begin = draft_begin(console, form, zone);
    struct local_time now = zone_read(zone, session_now(console->session)).local;
    bool today = local_compare(local_midnight(begin), local_midnight(now)) == 0;
    *unusual = today && !draft_all_day(value) && local_compare(begin, now) < 0;
    if (*unusual)
        return arena_format(console->turn, "%s, in the past", clock_words(console, begin));
    if (draft_all_day(value) || strcmp(value, clock_words(console, begin)) == 0)
        return NULL;
    return clock_words(console, begin);
}

/* "until 10:00 (1h)", "until Wed 25 Nov 2026 01:00 (2h)". */
static const char *tell_end(struct console *console, struct form *form, const char *value,
                            bool *unusual)
{
    (void)value, (void)unusual;
    struct draft draft;
    const struct zone *zone = form_zone(console, form);
    if (!zone || read_end(console, form, &draft) || form->fields[EDIT_DATE].note[0] ||
        form->fields[EDIT_START].note[0])
        return NULL;
    struct local_time begin = draft_begin(console, form, zone), end;
    int64_t length = end_length(console, form, &draft), start;
    zone_instant(zone, begin, &start);
    end = draft.all_day ? local_from_seconds(local_seconds(local_midnight(begin)) + length - DAY)
                        : zone_read(zone, start + length).local;
    bool same_day = local_compare(local_midnight(begin), local_midnight(end)) == 0;
    const char *day = same_day ? "" : arena_format(console->turn, " %s", date_words(console, end));
    if (draft.all_day)
        return same_day ? "one day" : arena_format(console->turn, "the last day is%s", day);
    return arena_format(console->turn, "until%s %s (%s)", day, clock_words(console, end),
                        duration_format(console->turn, length));
}

static const char *tell_weekdays(struct console *console, struct form *form, const char *value,
                                 bool *unusual)
{
    (void)form, (void)value, (void)unusual;
    return arena_format(console->turn, "Space ticks the day or takes the tick away, %s and %s move",
                        console_key_of(console, ACT_CURSOR_LEFT, V_FORM),
                        console_key_of(console, ACT_CURSOR_RIGHT, V_FORM));
}

static const char *tell_until(struct console *console, struct form *form, const char *value,
                              bool *unusual)
{
    struct time_reading reading;
    const struct zone *zone = form_zone(console, form);
    if (!*value)
        return "without an end";
    if (draft_times(value) > 0 || !zone || read_time(console, form, "Until", value, &reading))
        return NULL;
    struct local_time begin = draft_begin(console, form, zone);
    const char *day = day_words(console, zone, reading.local, unusual);
    *unusual = local_compare(local_midnight(reading.local), local_midnight(begin)) <= 0;
    return *unusual ? arena_format(console->turn, "%.*s: not after the date",
                                   (int)strcspn(day, ","), day)
                    : arena_format(console->turn, "%.*s", (int)strcspn(day, ","), day);
}

/* --- the fields --- */

/* The rest of a known address that begins with the last typed one; else of a name, with address. */
static const char *complete_attendee(struct console *console, const char *value)
{
    const char *part = strrchr(value, ',');
    part = part ? part + 1 : value;
    part += strspn(part, " ");
    size_t length = strlen(part);
    struct attendees found = {0};
    if (length < 2 || desk_attendees_like(console->session, console->turn, &console->organizer,
                                          part, &found) != ERR_OK)
        return NULL;
    for (size_t i = 0; i < found.count; i++)
        if (strncasecmp(found.items[i].email, part, length) == 0)
            return found.items[i].email + length;
    for (size_t i = 0; i < found.count; i++) {
        const struct attendee *one = &found.items[i];
        if (strncmp(one->name, part, length) == 0 && !strpbrk(one->name, ",;<>"))
            return arena_format(console->turn, "%s <%s>", one->name + length, one->email);
    }
    return NULL;
}

const struct field_spec edit_fields[] = {
    [EDIT_TITLE] = {"Title", "its subject", NULL, MEETING_TITLE_MAX, check_title},
    [EDIT_DATE] = {"Date", "2026-11-24, 4 dec, tomorrow, fri", NULL, 40, check_date, tell_date},
    [EDIT_START] = {"Start", "09:00, or: all day", NULL, 40, check_start, tell_start},
    [EDIT_END] = {"End", "10:00, or a length: 45, 1h30m", NULL, 40, check_end, tell_end},
    [EDIT_ZONE] = {"Time zone", "the organizer's", NULL, 64, check_zone, .complete = complete_zone},
    [EDIT_REPEAT] = {"Repeats", NULL, draft_repeats, 0},
    [EDIT_DAYS] = {"Weekdays", NULL, NULL, 0, check_weekdays, tell_weekdays, draft_weekdays},
    [EDIT_RULE] = {"Rule", "FREQ=MONTHLY;BYDAY=2TU", NULL, 400, check_rule},
    [EDIT_UNTIL] = {"Until", "a date, or: 10 times", NULL, 40, check_until, tell_until},
    [EDIT_ATTENDEES] = {"Attendees", "ada@example.org, Grace <grace@example.org>", NULL, 65536,
                        check_attendees, .complete = complete_attendee},
    [EDIT_LOCATION] = {"Location", NULL, NULL, MEETING_LOCATION_MAX},
    [EDIT_NOTES] = {"Notes", NULL, NULL, MEETING_NOTES_MAX},
    [EDIT_LANG] = {"Language", "of the invitation: en, de, fr; empty: the organizer's", NULL, 16,
                   check_lang},
    {0},
};

/* --- fields that follow others --- */

/*
 * An End that was not typed follows Start: a meeting that becomes one of whole days lasts a day,
 * any other as long as before. It is as it was when Start is.
 */
static void arrange_end(struct form *form)
{
    struct edit *edit = form->context;
    struct field *field = &form->fields[EDIT_END];
    int64_t length;
    struct error unread;
    if (edit->end && strcmp(field_value(form, EDIT_END), edit->end) == 0)
        line_set(&field->line, field->original);
    edit->end = NULL;
    if (field_changed(form, EDIT_END))
        return;
    bool lasts = duration_parse(field->original, &length, &unread) == ERR_OK;
    if (!draft_all_day(field_value(form, EDIT_START)))
        edit->end = lasts || !field_changed(form, EDIT_START) ? NULL : edit->lasts;
    else if (!lasts || length % DAY)
        edit->end = "1d";
    if (edit->end)
        line_set(&field->line, edit->end);
}

/* Weekdays that were not touched move with the date, as the rule does. */
static void arrange_weekdays(struct console *console, struct form *form)
{
    const struct edit *edit = form->context;
    const struct zone *zone = form_zone(console, form);
    if (field_changed(form, EDIT_DAYS) || !zone)
        return;
    enum { DAYS = 7 };
    int by = (local_weekday(draft_begin(console, form, zone)) - edit->weekday + DAYS) % DAYS;
    unsigned turned = edit->weekdays << by;
    field_tick(form, EDIT_DAYS, (turned | turned >> DAYS) & 0x7f);
}

void edit_arrange(struct console *console, struct form *form)
{
    size_t repeat = form->fields[EDIT_REPEAT].choice;
    arrange_end(form);
    arrange_weekdays(console, form);
    form->fields[EDIT_DAYS].hidden = !draft_has_weekdays(form);
    form->fields[EDIT_RULE].hidden = repeat != REPEAT_RULE;
    form->fields[EDIT_UNTIL].hidden = repeat == REPEAT_NEVER || repeat == REPEAT_RULE;
    const struct edit *edit = form->context;
    if (edit->which.scope != SCOPE_OCCURRENCE)
        return;
    /* an occurrence cannot have these of its own */
    static const enum edit_field of_series[] = {EDIT_ZONE,  EDIT_REPEAT,    EDIT_DAYS, EDIT_RULE,
                                                EDIT_UNTIL, EDIT_ATTENDEES, EDIT_LANG};
    for (size_t i = 0; i < sizeof of_series / sizeof *of_series; i++)
        form->fields[of_series[i]].hidden = true;
}

void edit_filled(struct console *console, struct form *form)
{
    struct edit *edit = form->context;
    const struct zone *zone = form_zone(console, form);
    struct draft draft;
    if (!read_end(console, form, &draft))
        edit->lasts = duration_format(form->arena, end_length(console, form, &draft));
    edit->weekdays = form->fields[EDIT_DAYS].ticks;
    edit->weekday = local_weekday(draft_begin(console, form, zone ? zone : zone_utc()));
}
