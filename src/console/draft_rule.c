/*
 * Between the form's fields of repetition and a rule of RFC 5545: a choice, ticked weekdays, an
 * end. A rule that the fields cannot say stands in a field of its own.
 */
#include "draft.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *const draft_repeats[] = {[REPEAT_NEVER] = "no",
                                     [REPEAT_DAILY] = "every day",
                                     [REPEAT_WORKDAYS] = "Monday to Friday",
                                     [REPEAT_WEEKLY] = "every week",
                                     [REPEAT_FORTNIGHTLY] = "every two weeks",
                                     [REPEAT_MONTHLY] = "every month",
                                     [REPEAT_YEARLY] = "every year",
                                     [REPEAT_RULE] = "by a rule (RRULE)",
                                     NULL};

const char *const draft_weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", NULL};

static const char *const rules[] = {
    [REPEAT_DAILY] = "FREQ=DAILY",     [REPEAT_WORKDAYS] = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    [REPEAT_WEEKLY] = "FREQ=WEEKLY",   [REPEAT_FORTNIGHTLY] = "FREQ=WEEKLY;INTERVAL=2",
    [REPEAT_MONTHLY] = "FREQ=MONTHLY", [REPEAT_YEARLY] = "FREQ=YEARLY"};

enum { DAYS = 7, WORKDAYS = 0x1f };

bool draft_has_weekdays(const struct form *form)
{
    size_t repeat = form->fields[EDIT_REPEAT].choice;
    return repeat == REPEAT_WEEKLY || repeat == REPEAT_FORTNIGHTLY;
}

int draft_times(const char *text)
{
    char *end;
    long n = strtol(text, &end, 10);
    end += strspn(end, " ");
    bool word = strcmp(end, "times") == 0 || strcmp(end, "time") == 0 || strcmp(end, "x") == 0;
    return end != text && word && n > 0 && n < 100000 ? (int)n : 0;
}

/* --- from a rule --- */

/* A rule's parts, as far as the form has fields for them. */
struct parts {
    size_t repeat;
    unsigned weekdays;
    bool other; /* it says something that the form has no field for */
    const char *until;
};

/* "MO,WE" as ticks; 0: it is no list of plain weekdays. */
static unsigned weekdays_read(const char *list)
{
    unsigned ticks = 0;
    for (; *list; list += *list == ',') {
        int day = weekday_of_code(list);
        if (day < 0 || strcspn(list, ",") != 2)
            return 0;
        ticks |= 1U << day;
        list += 2;
    }
    return ticks;
}

/* The last day of an UNTIL, in the meeting's zone; NULL: it cannot be read. */
static const char *until_text(struct arena *arena, const char *until, const struct zone *zone)
{
    struct local_time local;
    size_t length = strlen(until);
    if (length != 8 && length != 15 && length != 16)
        return NULL;
    if (!local_parse_basic(arena_copy_n(arena, until, length > 15 ? 15 : length), &local))
        return NULL;
    if (length == 16)
        local = zone_read(zone, local_seconds(local)).local;
    return draft_date(arena, local);
}

static void part_read(struct arena *arena, const char *name, const char *value,
                      const struct zone *zone, struct parts *parts, int *interval)
{
    bool known = false;
    if (strcasecmp(name, "FREQ") == 0) {
        for (size_t i = REPEAT_DAILY; i <= REPEAT_YEARLY; i++)
            if (strcasecmp(value, rules[i] + strlen("FREQ=")) == 0)
                parts->repeat = i;
        known = parts->repeat != REPEAT_NEVER;
    } else if (strcasecmp(name, "INTERVAL") == 0) {
        *interval = (int)strtol(value, NULL, 10);
        known = *interval == 1 || *interval == 2;
    } else if (strcasecmp(name, "BYDAY") == 0) {
        parts->weekdays = weekdays_read(value);
        known = parts->weekdays != 0;
    } else if (strcasecmp(name, "UNTIL") == 0) {
        parts->until = until_text(arena, value, zone);
        known = parts->until != NULL;
    } else if (strcasecmp(name, "COUNT") == 0) {
        parts->until = arena_format(arena, "%s times", value);
        known = draft_times(parts->until) > 0;
    }
    parts->other |= !known;
}

/* `start` is the weekday on which a weekly rule without BYDAY takes place. */
static struct parts rule_read(struct arena *arena, const char *rrule, const struct zone *zone,
                              int start)
{
    struct parts parts = {.repeat = REPEAT_NEVER, .until = ""};
    int interval = 1;
    char *part, *rest = arena_copy(arena, rrule);
    while ((part = strtok_r(NULL, ";", &rest))) {
        char *value = strchr(part, '=');
        if (value)
            *value++ = '\0';
        part_read(arena, part, value ? value : "", zone, &parts, &interval);
    }
    bool weekly = parts.repeat == REPEAT_WEEKLY;
    parts.other |= !weekly && (parts.weekdays || interval != 1);
    if (weekly && interval == 1 && parts.weekdays == WORKDAYS)
        parts.repeat = REPEAT_WORKDAYS;
    if (weekly && interval == 2)
        parts.repeat = REPEAT_FORTNIGHTLY;
    if (!parts.weekdays || parts.repeat == REPEAT_WORKDAYS)
        parts.weekdays = 1U << start;
    return parts;
}

void draft_fill_rule(struct console *console, struct form *form, const struct meeting *meeting)
{
    const struct zone *zone;
    struct parts parts = {.repeat = REPEAT_NEVER,
                          .weekdays = 1U << local_weekday(meeting->start_local)};
    if (meeting->rrule) {
        bool known = session_zone(console->session, meeting->tz, &zone) == ERR_OK;
        parts = rule_read(console->turn, meeting->rrule, known ? zone : zone_utc(),
                          local_weekday(meeting->start_local));
        if (parts.other)
            parts.repeat = REPEAT_RULE;
    }
    field_choose(form, EDIT_REPEAT, parts.repeat);
    field_tick(form, EDIT_DAYS, parts.weekdays);
    field_fill(form, EDIT_RULE, meeting->rrule);
    field_fill(form, EDIT_UNTIL, parts.other ? "" : parts.until);
}

/* --- to a rule --- */

/* The rule of the choice, with the ticked weekdays; the start's weekday alone needs no saying. */
static const char *base_rule(const struct form *form, struct arena *arena, int start)
{
    size_t repeat = form->fields[EDIT_REPEAT].choice;
    unsigned ticks = form->fields[EDIT_DAYS].ticks;
    if (!draft_has_weekdays(form) || ticks == 1U << start)
        return rules[repeat];
    struct text out = text_start(arena);
    text_add(&out, rules[repeat]);
    const char *before = ";BYDAY=";
    for (int day = 0; day < DAYS; day++) {
        if (!(ticks & 1U << day))
            continue;
        text_addf(&out, "%s%s", before, weekday_code(day));
        before = ",";
    }
    return out.bytes;
}

/*
 * "FREQ=WEEKLY;UNTIL=...": the end of that day in the meeting's zone, in UTC, or of whole days the
 * date alone (RFC 5545, section 3.3.10).
 */
bool draft_make_rule(struct console *console, const struct form *form, struct arena *arena,
                     const struct zone *zone, struct draft *draft)
{
    size_t repeat = form->fields[EDIT_REPEAT].choice;
    const char *until = field_value(form, EDIT_UNTIL);
    if (repeat == REPEAT_NEVER || repeat == REPEAT_RULE) {
        draft->rrule = repeat == REPEAT_RULE ? field_value(form, EDIT_RULE) : "";
        return true;
    }
    draft->rrule = base_rule(form, arena, local_weekday(draft_begin(console, form, zone)));
    if (draft_times(until)) {
        draft->rrule = arena_format(arena, "%s;COUNT=%d", draft->rrule, draft_times(until));
    } else if (*until) {
        struct time_reading reading;
        int64_t last;
        if (time_parse("Until", until, session_now(console->session), zone, &reading,
                       &console->session->error) != ERR_OK)
            return false;
        struct local_time day_end = reading.local;
        day_end.hour = 23, day_end.minute = 59, day_end.second = 59;
        zone_instant(zone, day_end, &last);
        draft->rrule = draft_all_day(field_value(form, EDIT_START))
                           ? arena_format(arena, "%s;UNTIL=%.8s", draft->rrule,
                                          local_format_basic(arena, day_end))
                           : arena_format(arena, "%s;UNTIL=%sZ", draft->rrule,
                                          local_format_basic(arena, local_from_seconds(last)));
    }
    return true;
}
