/*
 * What a search for people and titles found, for the staff's eyes, below the sentence to read out.
 */
#include "draw.h"
#include "say.h"
#include "when.h"

#include <base/utf8.h>
#include <string.h>

enum { WIDE = 60, WIDE_FOR_ID = 110, ORGANIZER_MOST = 24, TITLE_LEAST = 24, WORDS_LEAST = 10 };

/* "Tue 24 Nov 09:00–10:00 CET": in the meeting's zone, which is named if the reader's differs. */
static const char *when_words(struct arena *arena, const struct show_people *people,
                              const struct show_context *context, const struct occurrence *one,
                              bool wide)
{
    const struct zone *zone = when_zone(people->zones, one->meeting->tz);
    struct zone_reading own = zone_read(zone, one->start);
    bool same = own.offset == zone_read(context->zone, one->start).offset;
    struct local_time begin = when_begin(one, zone);
    bool named = !same && !one->meeting->all_day;
    return arena_format(arena, "%s %s%s%s", when_near(begin, context).s,
                        wide || one->meeting->all_day ? when_hours(one, zone).s
                                                      : when_clock(begin, zone).s,
                        named ? " " : "", named ? own.abbreviation : "");
}

static const char *state_words(struct arena *arena, const struct found_meeting *found, int64_t now)
{
    const struct occurrence *one = &found->occurrence;
    const char *state = when_on(one, now) ? "on now" : one->end <= now ? "over" : "";
    if (one->meeting->status == MEETING_CANCELLED)
        state = "cancelled";
    return arena_format(arena, "%s%s%s", state, *state && *found->matched ? ", " : "",
                        found->matched);
}

struct widths {
    int when, organizer, words;
};

static struct widths measure(struct arena *arena, const struct show_people *people,
                             const struct show_context *context, int cols)
{
    struct widths widths = {0};
    for (size_t i = 0; i < people->found->count; i++) {
        const struct found_meeting *found = &people->found->items[i];
        int when = utf8_width(when_words(arena, people, context, &found->occurrence, cols >= WIDE));
        int organizer = utf8_width(found->organizer);
        int words = utf8_width(state_words(arena, found, context->now));
        widths.when = when > widths.when ? when : widths.when;
        widths.organizer = organizer > widths.organizer ? organizer : widths.organizer;
        widths.words = words > widths.words ? words : widths.words;
    }
    int most = cols / 4 < ORGANIZER_MOST ? cols / 4 : ORGANIZER_MOST;
    widths.organizer = widths.organizer < most ? widths.organizer : most;
    most = cols >= WIDE_FOR_ID ? cols / 4 : cols >= WIDE ? cols / 5 : 0;
    widths.words = widths.words < most ? widths.words : most;
    /* what matched gives way to the title, which callers name */
    int lack = TITLE_LEAST - (cols - widths.when - widths.organizer - widths.words - 8);
    if (lack > 0 && widths.words > WORDS_LEAST)
        widths.words -= lack < widths.words - WORDS_LEAST ? lack : widths.words - WORDS_LEAST;
    return widths;
}

static void draw_found(struct canvas *canvas, struct area line, struct arena *arena,
                       const struct show_people *people, const struct show_context *context,
                       const struct found_meeting *found, const struct widths *widths)
{
    const struct occurrence *one = &found->occurrence;
    bool on = when_on(one, context->now);
    enum style style = occurrence_style(one, context->now);
    enum style plain = style == STYLE_PAST || style == STYLE_CANCELLED ? style : STYLE_TEXT;
    int end = line.cols, col = 2;
    if (widths->words) {
        end -= widths->words + 2;
        canvas_text(canvas, line, 0, end + 2, -1, on ? STYLE_NOW : STYLE_DIM,
                    state_words(arena, found, context->now));
    }
    if (line.cols >= WIDE_FOR_ID) {
        end -= ID_MAX_DIGITS + 2;
        canvas_text(canvas, line, 0, end + 2, ID_MAX_DIGITS, STYLE_ID,
                    one->meeting->conference_id ? one->meeting->conference_id : "no ID");
    }
    end -= widths->organizer + 2;
    canvas_text(canvas, line, 0, end + 2, widths->organizer, plain, found->organizer);
    canvas_text(canvas, line, 0, col, -1, plain,
                when_words(arena, people, context, one, line.cols >= WIDE));
    col += widths->when + 2;
    bool cancelled = one->meeting->status == MEETING_CANCELLED;
    canvas_text(canvas, line, 0, col, end - col, plain,
                cancelled ? arena_format(arena, "[%s]", one->title) : one->title);
}

void show_people(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct show_people *people, struct show_list *state)
{
    struct arena *arena = arena_new();
    const struct found_meetings *list = people->found;
    canvas_fill(canvas, area, STYLE_TEXT);
    int row = say_draw(canvas, area, 0, people->say, people->lang, people->told);
    say_mark_draw(canvas, area, row++, list->count > 0 ? context->open_key : NULL);
    struct area rows = {area.row + row, area.col, area.rows - row, area.cols};
    if (list->count == 0 && rows.rows > 0)
        canvas_wrap(canvas, rows, 0, STYLE_DIM,
                    "Nothing is found. Names, words of a title, a day or a time are looked for, as "
                    "in: ada 10:00, marc fri, budget 4 dec.");
    struct widths widths = measure(arena, people, context, area.cols);
    list_scroll(state, list->count, rows.rows);
    for (size_t i = state->top; i < list->count && (int)(i - state->top) < rows.rows; i++) {
        struct area line = {rows.row + (int)(i - state->top), rows.col, 1, rows.cols};
        draw_found(canvas, line, arena, people, context, &list->items[i], &widths);
        canvas_item(canvas, line, i, i == state->selected);
    }
    arena_free(arena);
}
