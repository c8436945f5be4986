/*
 * The helpdesk's view of an ID: its state in large letters, the sentence to read out, then, for the
 * staff's eyes, the owner, meetings, near misses and history, on a sheet that scrolls.
 */
#include "columns.h"
#include "draw.h"
#include "large.h"
#include "say.h"
#include "when.h"

#include <base/utf8.h>
#include <limits.h>
#include <show/print.h>
#include <string.h>

/* A drawing from the top down. The area shows the sheet from its row `top` on. */
struct sheet {
    struct canvas *canvas;
    struct area area;
    const struct show_context *context;
    const struct show_answer *answer;
    const struct lookup *lookup;
    const struct zone *zone;
    struct arena *arena; /* of this drawing alone */
    int row, top;        /* of the sheet: the next free row, the first visible one */
    size_t item, items;  /* the next meeting with a sentence of its own; how many there are */
    size_t selected;
    int selected_row; /* of the sheet */
};

enum { WIDEST = 120 }; /* longer lines are hard to read out */
enum { HIGH_FOR_LARGE = 16, WIDE_FOR_WORDS = 60, WIDE_FOR_RISK = 110 };

/* The next free row as a row of the area, outside of which nothing is drawn. */
static int row_of(const struct sheet *sheet)
{
    return sheet->row - sheet->top;
}

static enum style state_style(enum id_state state)
{
    static const enum style styles[] = {
        [ID_STATE_LIVE] = STYLE_NOW,        [ID_STATE_UPCOMING] = STYLE_GOOD,
        [ID_STATE_ENDED] = STYLE_PAST,      [ID_STATE_CANCELLED] = STYLE_CANCELLED,
        [ID_STATE_REPLACED] = STYLE_LEGACY, [ID_STATE_DISABLED] = STYLE_ERROR,
        [ID_STATE_RETIRED] = STYLE_PAST,    [ID_STATE_UNKNOWN] = STYLE_ERROR,
        [ID_STATE_FOREIGN] = STYLE_ERROR,   [ID_STATE_INVALID] = STYLE_ERROR,
    };
    return styles[state];
}

/* Digits are still being read out: IDs that begin with them are shown instead of a state. */
static bool unfinished(const struct lookup *lookup)
{
    return lookup->query_kind == QUERY_TOO_SHORT || lookup->beginning.count > 0;
}

static const char *upper(struct arena *arena, const char *s)
{
    char *copy = arena_copy_n(arena, s, strlen(s));
    for (char *at = copy; *at; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return copy;
}

static const char *state_word(struct arena *arena, const struct lookup *lookup)
{
    return unfinished(lookup) ? "incomplete" : upper(arena, id_state_name(lookup->state));
}

static enum style word_style(const struct lookup *lookup)
{
    return unfinished(lookup) ? STYLE_DIM : state_style(lookup->state);
}

int show_lookup_state(struct canvas *canvas, struct area area, const struct lookup *lookup)
{
    struct arena *arena = arena_new();
    const char *word = arena_format(arena, "[ %s ]", state_word(arena, lookup));
    int columns = (int)strlen(word);
    canvas_text(canvas, area, 0, area.cols - columns, -1, word_style(lookup), word);
    arena_free(arena);
    return columns;
}

/* The ID and its state: both large side by side, or the ID large alone, or both in a line. */
static void draw_state(struct sheet *sheet)
{
    const struct lookup *lookup = sheet->lookup;
    struct canvas *canvas = sheet->canvas;
    const char *id = lookup->conference_id && *lookup->conference_id ? lookup->conference_id : "";
    const char *word = state_word(sheet->arena, lookup);
    enum style style = word_style(lookup);
    int id_columns = large_columns(id, canvas->ascii);
    int word_columns = large_columns(word, canvas->ascii);
    int both = id_columns + (id_columns ? 4 : 0) + word_columns;
    bool high = sheet->area.rows >= HIGH_FOR_LARGE && !sheet->context->plain;
    if (high && word_columns && both <= sheet->area.cols) {
        large_draw(canvas, sheet->area, row_of(sheet), 0, STYLE_ID, id);
        large_draw(canvas, sheet->area, row_of(sheet), both - word_columns, style, word);
        sheet->row += LARGE_ROWS;
        return;
    }
    if (high && id_columns && id_columns <= sheet->area.cols) {
        large_draw(canvas, sheet->area, row_of(sheet), 0, STYLE_ID, id);
        sheet->row += LARGE_ROWS;
        id = "";
    }
    int used = canvas_text(canvas, sheet->area, row_of(sheet), 0, -1, STYLE_ID, id);
    canvas_textf(canvas, sheet->area, row_of(sheet), used + (used ? 2 : 0), -1, style, "[ %s ]",
                 word);
    sheet->row++;
}

static void draw_owner(struct sheet *sheet)
{
    const struct lookup *lookup = sheet->lookup;
    struct area area = sheet->area;
    int row = row_of(sheet);
    int used = canvas_textf(
        sheet->canvas, area, row, 0, -1, STYLE_TEXT, "%s ID of %s", id_kind_name(lookup->kind),
        person_text(sheet->arena, lookup->organizer->name, lookup->organizer->email));
    if (lookup->callers_from != INSTANT_NEVER && sheet->zone) {
        struct local_time from = zone_read(sheet->zone, lookup->callers_from).local;
        used += canvas_textf(sheet->canvas, area, row, used, -1, STYLE_TEXT, ", callers from %s %s",
                             when_near(from, sheet->context).s, when_clock(from, sheet->zone).s);
    }
    if (lookup->replaced_by)
        canvas_textf(sheet->canvas, area, row, used, -1, STYLE_LEGACY, ", now %s",
                     lookup_replaced_words(sheet->arena, lookup));
    sheet->row++;
}

static void draw_say(struct sheet *sheet)
{
    const struct telling *told = sheet->answer->told;
    sheet->row +=
        say_draw(sheet->canvas, sheet->area, row_of(sheet), told ? told->say : sheet->lookup->say,
                 sheet->lookup->lang, told != NULL);
}

/* The heading of a list of meetings and the zone of its times, unless the list is empty. */
static void draw_heading(struct sheet *sheet, const char *heading, size_t count)
{
    if (count == 0)
        return;
    int used =
        canvas_text(sheet->canvas, sheet->area, row_of(sheet), 0, -1, STYLE_HEADING, heading);
    canvas_textf(sheet->canvas, sheet->area, row_of(sheet), used, -1, STYLE_DIM, " (%s)",
                 zone_name(sheet->zone));
    sheet->row++;
}

/* The row is a meeting with a sentence of its own: a click and Enter find it. */
static void mark_item(struct sheet *sheet)
{
    struct area line = {sheet->area.row + row_of(sheet), sheet->area.col, 1, sheet->area.cols};
    bool selected = sheet->item == sheet->selected;
    if (sheet->item >= sheet->items)
        return;
    if (selected)
        sheet->selected_row = sheet->row;
    if (row_of(sheet) >= 0 && row_of(sheet) < sheet->area.rows)
        canvas_item(sheet->canvas, line, sheet->item, selected);
    sheet->item++;
}

/* "Tue 24 Nov 2026 09:00–10:00  Title", and `words` at the right if there is room. */
static void draw_meeting(struct sheet *sheet, const struct occurrence *occurrence,
                         const char *first, const char *words, enum style words_style)
{
    struct canvas *canvas = sheet->canvas;
    struct area area = sheet->area;
    bool wide = area.cols >= WIDE_FOR_WORDS;
    int words_width = wide || *first == '\0' ? utf8_width(words) : 0, col = 2;
    if (words_width > area.cols / 3)
        words_width = area.cols / 3;
    if (*first)
        col += canvas_text(canvas, area, row_of(sheet), col, -1, STYLE_ID, first) + 2;
    struct local_time begin = when_begin(occurrence, sheet->zone);
    struct when date = wide ? when_date(begin, sheet->zone) : when_near(begin, sheet->context);
    struct when hours = wide || occurrence->meeting->all_day ? when_hours(occurrence, sheet->zone)
                                                             : when_clock(begin, sheet->zone);
    const char *when = arena_format(sheet->arena, "%s %s", date.s, hours.s);
    enum style style = occurrence_style(occurrence, sheet->context->now);
    enum style plain = style == STYLE_PAST || style == STYLE_CANCELLED ? style : STYLE_TEXT;
    col += canvas_text(canvas, area, row_of(sheet), col, -1, plain, when) + 2;
    const char *title = title_text(occurrence);
    if (occurrence->meeting->status == MEETING_CANCELLED)
        title = arena_format(sheet->arena, "[%s]", title);
    canvas_text(canvas, area, row_of(sheet), col,
                area.cols - col - words_width - (words_width ? 2 : 0), plain, title);
    if (words_width)
        canvas_text(canvas, area, row_of(sheet), area.cols - words_width, words_width, words_style,
                    words);
    mark_item(sheet);
    sheet->row++;
}

static const char *meeting_words(struct sheet *sheet, const struct occurrence *occurrence,
                                 enum style *style)
{
    *style = risk_style(occurrence->risk);
    if (occurrence->meeting->status == MEETING_CANCELLED) {
        *style = STYLE_CANCELLED;
        return "cancelled";
    }
    bool on = when_on(occurrence, sheet->lookup->at);
    if (occurrence->risk == RISK_NONE) {
        *style = on ? STYLE_NOW : STYLE_DIM;
        if (!on && meeting_foreign(occurrence->meeting))
            return arena_format(sheet->arena, "invited by %s", occurrence->meeting->invited_by);
        return on ? "on now" : "";
    }
    bool wide = sheet->area.cols >= WIDE_FOR_RISK;
    return arena_format(sheet->arena, "%s %s%s", show_risk_sign(occurrence->risk),
                        wide ? show_risk_word(occurrence->risk) : risk_name(occurrence->risk),
                        on ? ", on now" : "");
}

static void draw_meetings(struct sheet *sheet)
{
    const struct occurrences *list = &sheet->lookup->meetings;
    draw_heading(sheet, "Meetings", list->count);
    for (size_t i = 0; i < list->count; i++) {
        enum style style;
        const char *words = meeting_words(sheet, &list->items[i], &style);
        draw_meeting(sheet, &list->items[i], "", words, style);
    }
}

static void draw_moved(struct sheet *sheet)
{
    const struct moved_meetings *list = &sheet->lookup->moved;
    draw_heading(sheet, "Moved to another ID", list->count);
    for (size_t i = 0; i < list->count; i++) {
        const char *new_id = list->items[i].new_id;
        draw_meeting(sheet, &list->items[i].occurrence, "",
                     arena_format(sheet->arena, "→ %s", new_id ? new_id : "no ID"), STYLE_ID);
    }
}

static void draw_slip(struct sheet *sheet, const struct near_miss *near, const char *note)
{
    if (near->occurrence.meeting)
        draw_meeting(sheet, &near->occurrence, near->conference_id, note, STYLE_DIM);
    else {
        canvas_textf(sheet->canvas, sheet->area, row_of(sheet), 2, -1, STYLE_ID, "%s  %s",
                     near->conference_id, note);
        sheet->row++;
    }
}

static void draw_beginning(struct sheet *sheet)
{
    const struct near_misses *list = &sheet->lookup->beginning;
    draw_heading(sheet,
                 arena_format(sheet->arena, "IDs that begin with these digits (keep typing, or %s)",
                              sheet->context->open_key),
                 list->count);
    for (size_t i = 0; i < list->count; i++)
        draw_slip(sheet, &list->items[i], id_state_name(list->items[i].state));
}

static void draw_near(struct sheet *sheet)
{
    static const char *const words[] = {[ID_SLIP_NONE] = "",
                                        [ID_SLIP_DIGIT] = "one digit wrong",
                                        [ID_SLIP_SWAP] = "digits swapped",
                                        [ID_SLIP_MISSING] = "a digit left out",
                                        [ID_SLIP_EXTRA] = "a digit too many"};
    const struct near_misses *list = &sheet->lookup->near;
    draw_heading(sheet, "Near misses, not to be read out", list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct near_miss *near = &list->items[i];
        draw_slip(
            sheet, near,
            arena_format(sheet->arena, "%s, %s", words[near->slip], id_state_name(near->state)));
    }
}

static void draw_history(struct sheet *sheet, const struct history_entries *history)
{
    if (!history || history->count == 0)
        return;
    canvas_text(sheet->canvas, sheet->area, row_of(sheet), 0, -1, STYLE_HEADING,
                "History, the newest first");
    sheet->row++;
    for (size_t i = history->count; i-- > 0; sheet->row++) {
        const struct history_entry *entry = &history->items[i];
        struct when at = when_instant(entry->at, sheet->zone);
        int row = row_of(sheet);
        int col = 2 + canvas_text(sheet->canvas, sheet->area, row, 2, -1, STYLE_DIM, at.s) + 2;
        canvas_textf(sheet->canvas, sheet->area, row, col, -1, STYLE_TEXT, "%s  %s  %s",
                     entry->event, entry->actor, entry->detail ? entry->detail : "");
    }
}

static void draw_for_your_eyes(struct sheet *sheet)
{
    const struct lookup *lookup = sheet->lookup;
    const struct history_entries *history = sheet->answer->history;
    const char *holds = lookup_holds_words(sheet->arena, lookup);
    bool owned = lookup->kind != ID_KIND_NONE && lookup->organizer;
    if (!owned && !holds && !lookup->meetings.count && !lookup->moved.count &&
        !lookup->near.count && !(history && history->count))
        return;
    say_mark_draw(sheet->canvas, sheet->area, row_of(sheet),
                  sheet->items > 0 ? sheet->context->open_key : NULL);
    sheet->row++;
    if (holds)
        canvas_textf(sheet->canvas, sheet->area, row_of(sheet), 0, -1, STYLE_TEXT, "This is %s.",
                     holds);
    sheet->row += holds != NULL;
    if (owned && !holds)
        draw_owner(sheet);
    draw_meetings(sheet);
    draw_moved(sheet);
    draw_near(sheet);
    draw_history(sheet, history);
}

/* Draws the sheet from its row `top` on; returns how many rows it has. */
static int draw_sheet(struct sheet *sheet)
{
    bool bare = sheet->answer->bare, beginning = sheet->lookup->beginning.count > 0;
    canvas_fill(sheet->canvas, sheet->area, STYLE_TEXT);
    sheet->row = 0;
    sheet->item = 0;
    if (!bare)
        draw_state(sheet);
    if (!beginning || sheet->answer->told)
        draw_say(sheet);
    else
        sheet->row += !bare;
    if (beginning)
        draw_beginning(sheet);
    else
        draw_for_your_eyes(sheet);
    return sheet->row;
}

/* Marks that the sheet goes on, beside the area: there they hide no text. */
static void draw_more(struct sheet *sheet, int lines)
{
    struct area edge = {sheet->area.row, sheet->area.col + sheet->area.cols, sheet->area.rows, 1};
    if (sheet->top > 0)
        canvas_text(sheet->canvas, edge, 0, 0, 1, STYLE_DIM, "▲");
    if (lines > sheet->top + edge.rows)
        canvas_text(sheet->canvas, edge, edge.rows - 1, 0, 1, STYLE_DIM, "▼");
}

const struct telling *show_lookup_items(const struct lookup *lookup, size_t *count)
{
    const struct tellings *all = &lookup->tellings;
    size_t first = 0;
    if (lookup->beginning.count && lookup->beginning.count <= all->count)
        first = all->count - lookup->beginning.count;
    *count = all->count - first;
    return all->items + first;
}

/* The first row to show: `top`, or where the selected line is seen. */
static int first_row(const struct sheet *sheet, int lines)
{
    int rows = sheet->area.rows, last = lines > rows ? lines - rows : 0, top = sheet->top;
    if (sheet->answer->follow && sheet->selected_row >= top + rows)
        top = sheet->selected_row - rows + 1;
    if (sheet->answer->follow && sheet->selected_row < top)
        top = sheet->selected_row;
    return top > last ? last : top;
}

void show_lookup(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct show_answer *answer, struct show_list *state)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    area.cols = area.cols < WIDEST ? area.cols : WIDEST;
    const struct lookup *lookup = answer->lookup;
    struct sheet sheet = {.canvas = canvas,
                          .area = area,
                          .context = context,
                          .answer = answer,
                          .lookup = lookup,
                          .zone = lookup->zone ? lookup->zone : context->zone,
                          .arena = arena_new(),
                          .selected = state->selected};
    show_lookup_items(lookup, &sheet.items);
    sheet.top = state->top < INT_MAX ? (int)state->top : 0;
    sheet.selected_row = sheet.top;
    int lines = draw_sheet(&sheet), top = first_row(&sheet, lines);
    if (sheet.top != top) {
        sheet.top = top;
        canvas_items_forget(canvas);
        draw_sheet(&sheet);
    }
    state->top = (size_t)sheet.top;
    draw_more(&sheet, lines);
    arena_free(sheet.arena);
}
