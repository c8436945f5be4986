/*
 * The pickers: search as one types, change of organizer, go to a day.
 */
#include "calendar.h"
#include "open.h"
#include "pick.h"
#include <base/utf8.h>
#include <stdio.h>
#include <string.h>

/* --- search --- */

/* An ID's digits may be typed in groups, as invitations show them: then each group is a word. */
static const char *search_words(struct arena *arena, const char *typed)
{
    char *words = arena_copy(arena, typed);
    if (words[strspn(words, "0123456789 -.#")])
        return words;
    for (char *at = words; *at; at++)
        if (strchr("-.#", *at))
            *at = ' ';
    return words;
}

static enum err search_find(struct console *console, struct arena *arena, const char *typed,
                            size_t limit, struct pick_rows *rows)
{
    struct found_meetings found = {0};
    const char *words = search_words(arena, typed);
    if (!words[strspn(words, " ")])
        return ERR_OK;
    enum err err = desk_search(console->session, arena, words, console->zone, limit, &found);
    if (err)
        return err;
    console_say_partly(console, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct found_meeting *item = &found.items[i];
        const struct occurrence *one = &item->occurrence;
        bool cancelled = one->meeting->status == MEETING_CANCELLED;
        const char *id = one->meeting->conference_id ? one->meeting->conference_id : "no ID";
        const char *sign = show_risk_sign(one->risk);
        *vector_push(arena, rows) = (struct pick_row){
            .label = arena_format(arena, "%s%s%s%s%s", sign, *sign ? " " : "", cancelled ? "[" : "",
                                  one->title, cancelled ? "]" : ""),
            .detail = arena_format(arena, "%s  %-12s %s%s%s",
                                   time_format(arena, one->start, console->zone, false), id,
                                   item->organizer, *item->matched ? ", " : "", item->matched),
            .item = one};
    }
    return ERR_OK;
}

static bool search_choose(struct console *console, const void *chosen)
{
    meeting_open(console, chosen);
    return true;
}

void pick_search(struct console *console)
{
    const char *title =
        arena_format(console->arena, "Search people, titles, days, times, parts of IDs (%s)",
                     zone_name(console->zone));
    pick_open(console, &(struct pick){.title = title,
                                      .prompt = "/",
                                      .empty = "Nothing found.",
                                      .enter = "open",
                                      .find = search_find,
                                      .choose = search_choose});
}

/* --- whose calendar --- */

enum err organizer_find(struct console *console, struct arena *arena, const char *typed,
                        size_t limit, struct pick_rows *rows)
{
    struct organizers found = {0};
    enum err err = desk_organizers_page(
        console->session, arena, &(struct organizers_page){.part = typed, .limit = limit}, &found);
    if (err)
        return err;
    for (size_t i = 0; i < found.count; i++)
        *vector_push(arena, rows) = (struct pick_row){
            .label = found.items[i].email, .detail = found.items[i].name, .item = &found.items[i]};
    return ERR_OK;
}

static bool organizer_choose(struct console *console, const void *chosen)
{
    const struct organizer *organizer = chosen;
    console->session->settings.organizer = arena_copy(console->session->arena, organizer->email);
    if (!console_failed(console, console_who(console)))
        console_say(console, "This is %s's calendar now.", console->organizer.email);
    console_changed(console);
    return true;
}

void pick_organizer(struct console *console)
{
    pick_open(console, &(struct pick){.title = "Whose calendar?",
                                      .prompt = "Organizer",
                                      .empty = "No organizer matches.",
                                      .enter = "show",
                                      .find = organizer_find,
                                      .choose = organizer_choose});
}

/* --- a day --- */

/* "+2w", "-3d", "+1m": weeks, days, months (or years, "y") from the day that the calendars show. */
static bool day_offset(const struct console *console, const char *typed, struct local_time *day)
{
    int n, used = 0;
    char unit = 'd';
    if ((typed[0] != '+' && typed[0] != '-') ||
        sscanf(typed, "%5d%n%c%n", &n, &used, &unit, &used) < 1 || typed[used])
        return false;
    *day = console->day;
    if (unit == 'd' || unit == 'w') {
        *day = local_add_days(*day, n * (unit == 'w' ? 7 : 1));
    } else if (unit == 'm' || unit == 'y') {
        *day = calendar_add_months(*day, n * (unit == 'y' ? 12 : 1));
    } else {
        return false;
    }
    return local_valid(*day);
}

static bool day_choose(struct console *console, const void *typed)
{
    struct local_time day;
    if (!day_offset(console, typed, &day)) {
        struct time_reading reading;
        if (console_failed(console, time_parse("day", typed, session_now(console->session),
                                               console->zone, &reading, &console->session->error)))
            return false;
        day = reading.local;
    }
    console->day = local_midnight(day);
    console_changed(console);
    return true;
}

void pick_day(struct console *console)
{
    pick_open(console, &(struct pick){.title = "Go to a day",
                                      .prompt = "Day",
                                      .empty = "2026-12-24, fri, tomorrow, +2w, -1m",
                                      .enter = "go there",
                                      .choose = day_choose});
}
