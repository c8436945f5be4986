/*
 * The reminder of the next meeting. It is looked for beside the second's timer, never before the
 * first frame.
 */
#include "loop.h"
#include <base/utf8.h>
#include <string.h>

/* A meeting that began so long ago is still told: people look up when they are late. */
enum { LATE = 5 * MINUTE };

static int64_t minutes_ahead(const struct console *console)
{
    enum { USUAL = 15 };
    int set = console->session->settings.reminder;
    return set == 0 ? USUAL : set < 0 ? 0 : set;
}

/* The first meeting of the list that has not begun long ago and takes place at a time of day. */
static const struct occurrence *next_of(const struct occurrences *list, int64_t now, int64_t until)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct occurrence *one = &list->items[i];
        if (one->start > now - LATE && one->start <= until && !one->meeting->all_day &&
            one->meeting->status != MEETING_CANCELLED)
            return one;
    }
    return NULL;
}

void reminder_look(struct console *console, bool changed)
{
    struct reminder *reminder = &console->reminder;
    int64_t now = session_now(console->session), ahead = minutes_ahead(console);
    if (!changed && reminder->arena && reminder->minute == now / MINUTE)
        return;
    if (!reminder->arena)
        reminder->arena = arena_new();
    arena_reset(reminder->arena);
    reminder->title = NULL;
    reminder->minute = now / MINUTE;
    if (!console->has_store || !console->has_organizer || !ahead)
        return;
    struct occurrences list = {0};
    int64_t until = now + ahead * MINUTE;
    if (desk_agenda(console->session, reminder->arena, &console->organizer, now - LATE, until + 1,
                    false, &list) != ERR_OK)
        return;
    const struct occurrence *next = next_of(&list, now, until);
    if (!next)
        return;
    reminder->title = next->title ? next->title : next->meeting->title;
    reminder->title = reminder->title ? reminder->title : "";
    reminder->id = next->meeting->conference_id ? next->meeting->conference_id : "";
    reminder->start = next->start;
}

/* "in 5 min", "now", "2 min ago": whole minutes, of which one that has begun counts. */
static const char *when_text(const struct console *console)
{
    int64_t seconds = console->reminder.start - session_now(console->session);
    if (seconds > 0)
        return arena_format(console->turn, "in %d min", (int)((seconds + MINUTE - 1) / MINUTE));
    if (seconds > -MINUTE)
        return "now";
    return arena_format(console->turn, "%d min ago", (int)(-seconds / MINUTE));
}

/* The title in at most `width` columns, with an ellipsis if it is cut. */
static const char *title_cut(const struct console *console, int width)
{
    bool ascii = console->term->ascii;
    struct canvas *line = canvas_new(console->turn, 1, width, ascii);
    canvas_text(line, canvas_area(line), 0, 0, -1, STYLE_TEXT, console->reminder.title);
    char *text = canvas_dump(console->turn, line);
    text[strcspn(text, "\n")] = '\0';
    return text;
}

enum { TITLE_LEAST = 8, TITLE_MOST = 32 };

int reminder_least(const struct console *console)
{
    return console->reminder.title ? utf8_width(title_cut(console, TITLE_LEAST)) + 1 +
                                         utf8_width(when_text(console)) + 2
                                   : 0;
}

const char *reminder_text(const struct console *console, int room)
{
    const struct reminder *reminder = &console->reminder;
    if (!reminder->title)
        return "";
    const char *when = when_text(console);
    const char *between = console->term->ascii ? " - " : " · ";
    const char *id =
        *reminder->id ? arena_format(console->turn, "%s%s", between, reminder->id) : "";
    int title = utf8_width(title_cut(console, TITLE_MOST)), fixed = utf8_width(when) + 1;
    int least = title < TITLE_LEAST ? title : TITLE_LEAST;
    if (fixed + least + utf8_width(id) > room)
        id = "";
    if (fixed + least + utf8_width(id) > room)
        return utf8_width(when) <= room ? when : "";
    int width = room - fixed - utf8_width(id);
    return arena_format(console->turn, "%s %s%s", title_cut(console, width < title ? width : title),
                        when, id);
}
