/*
 * The short forms that people type for dates, times of day, ends and attendees, read without the
 * rest of the form.
 */
#include "draft.h"
#include <stdlib.h>
#include <string.h>

const char *draft_date(struct arena *arena, struct local_time t)
{
    return arena_format(arena, "%04d-%02d-%02d", t.year, t.month, t.day);
}

bool draft_all_day(const char *start)
{
    return strncasecmp(start, "all", 3) == 0;
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

struct local_time draft_begin(struct console *console, const struct form *form,
                              const struct zone *zone)
{
    const char *start = field_value(form, EDIT_START), *date = field_value(form, EDIT_DATE);
    struct time_reading reading;
    struct error error = {0};
    int64_t now = session_now(console->session);
    if (time_parse("date", date, now, zone, &reading, &error) != ERR_OK)
        return zone_read(zone, now).local;
    if (draft_all_day(start))
        return reading.local;
    const char *day = draft_date(console->turn, reading.local);
    const char *text = draft_clock(console->turn, day, *start ? start : "0:00");
    struct time_reading begin;
    return time_parse("start", text, now, zone, &begin, &error) == ERR_OK ? begin.local
                                                                          : reading.local;
}
