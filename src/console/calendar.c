/*
 * Shared by the calendar views: loading, keeping the selection, the span in words.
 */
#include "calendar.h"
#include "list.h"
#include <string.h>

enum err calendar_fetch(struct console *console, struct arena *arena, struct local_time from,
                        struct local_time to, struct occurrences *list)
{
    return desk_agenda(console->session, arena, console->everybody ? NULL : &console->organizer,
                       console_midnight(console, from), console_midnight(console, to), true, list);
}

void calendar_replace(struct calendar *calendar, const struct occurrences *list)
{
    size_t at = list_find(list, list_selected(&calendar->show, &calendar->list));
    if (at < list->count)
        calendar->show.selected = at;
    calendar->list = *list;
    list_clamp(&calendar->show, list->count);
}

struct local_time calendar_day(const struct console *console, const struct occurrence *occurrence)
{
    return local_midnight(zone_read(console->zone, occurrence->start).local);
}

struct local_time calendar_add_months(struct local_time day, int months)
{
    int count = day.year * 12 + day.month - 1 + months;
    day.year = count / 12;
    day.month = count % 12 + 1;
    int last = days_in_month(day.year, day.month);
    day.day = day.day > last ? last : day.day;
    return day;
}

const struct occurrence *calendar_selected(const struct view *view)
{
    const struct calendar *calendar = view->state;
    return list_selected(&calendar->show, &calendar->list);
}

enum reaction calendar_act(struct console *console, struct view *view, enum action action)
{
    if (action != ACT_EVERYBODY)
        return REACT_PASS;
    console->everybody = !console->everybody;
    console_zone(console);
    if (console->everybody)
        console_say(console, "All organizers' meetings; %s shows one's own again.",
                    console_own_key(console, ACT_EVERYBODY, view_bit(view)));
    else
        console_say(console, "The meetings of the organizer alone.");
    return REACT_RELOAD;
}

/* One end of a span. Only where the day comes first, month and year may stand at the end alone. */
static const char *day_text(const struct console *console, struct local_time day, bool month,
                            bool year)
{
    const struct time_style *style = zone_style(console->zone);
    char date[DATE_ROOM];
    if (style->order == DATE_DAY_FIRST && !month && !year)
        return arena_format(console->turn, "%s %d", weekday_name(local_weekday(day)), day.day);
    year = year || style->order == DATE_YEAR_FIRST;
    date_write(date, day, style, year ? DATE_WEEKDAY | DATE_YEAR : DATE_WEEKDAY);
    return arena_copy(console->turn, date);
}

const char *calendar_span(const struct console *console, struct local_time first, int days)
{
    const char *whose = console->everybody ? ", everybody" : "";
    const char *dash = console->term->ascii ? "-" : "–";
    struct local_time last = local_add_days(first, days - 1);
    const char *end = day_text(console, days <= 1 ? first : last, true, true);
    if (days <= 1)
        return arena_format(console->turn, "%s%s", end, whose);
    const char *begin =
        day_text(console, first, first.month != last.month, first.year != last.year);
    return arena_format(console->turn, "%s %s %s%s", begin, dash, end, whose);
}
