/*
 * The helpdesk's view of an ID: its state in letters that are seen across a desk, the sentence to read out, then what
 * staff want to know besides.
 */
#include "columns.h"
#include "draw.h"
#include "large.h"
#include "when.h"

#include <base/utf8.h>
#include <string.h>

/* A drawing from the top down: `row` is the next free one. */
struct sheet {
    struct canvas *canvas;
    struct area area;
    const struct show_context *context;
    const struct lookup *lookup;
    const struct zone *zone;
    struct arena *arena; /* of this drawing alone */
    int row;
};

enum { HIGH_FOR_LARGE = 16, WIDE_FOR_WORDS = 60, WIDE_FOR_RISK = 110 };

static enum style state_style(enum id_state state)
{
    static const enum style styles[] = {
        [ID_STATE_LIVE] = STYLE_NOW,        [ID_STATE_UPCOMING] = STYLE_GOOD,
        [ID_STATE_ENDED] = STYLE_PAST,      [ID_STATE_CANCELLED] = STYLE_CANCELLED,
        [ID_STATE_REPLACED] = STYLE_LEGACY, [ID_STATE_DISABLED] = STYLE_ERROR,
        [ID_STATE_RETIRED] = STYLE_PAST,    [ID_STATE_UNKNOWN] = STYLE_ERROR,
        [ID_STATE_INVALID] = STYLE_ERROR,
    };
    return styles[state];
}

/* Digits are still being read out: what they may become is told instead of what they are not. */
static bool unfinished(const struct lookup *lookup)
{
    return lookup->state == ID_STATE_UNKNOWN && lookup->beginning.count > 0;
}

static const char *upper(struct arena *arena, const char *s)
{
    char *copy = arena_copy_n(arena, s, strlen(s));
    for (char *at = copy; *at; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return copy;
}

/* The ID and its state: large side by side, large the one and plain the other, or a line. */
static void draw_state(struct sheet *sheet)
{
    const struct lookup *lookup = sheet->lookup;
    struct canvas *canvas = sheet->canvas;
    const char *id = lookup->conference_id && *lookup->conference_id ? lookup->conference_id : "";
    const char *word =
        unfinished(lookup) ? "read on" : upper(sheet->arena, id_state_name(lookup->state));
    enum style style = unfinished(lookup) ? STYLE_DIM : state_style(lookup->state);
    int id_columns = large_columns(id, canvas->ascii);
    int word_columns = large_columns(word, canvas->ascii);
    int both = id_columns + (id_columns ? 4 : 0) + word_columns;
    bool high = sheet->area.rows >= HIGH_FOR_LARGE;
    if (high && word_columns && both <= sheet->area.cols) {
        large_draw(canvas, sheet->area, sheet->row, 0, STYLE_ID, id);
        large_draw(canvas, sheet->area, sheet->row, both - word_columns, style, word);
        sheet->row += LARGE_ROWS;
        return;
    }
    if (high && id_columns && id_columns <= sheet->area.cols) {
        large_draw(canvas, sheet->area, sheet->row, 0, STYLE_ID, id);
        sheet->row += LARGE_ROWS;
        id = "";
    }
    int used = canvas_text(canvas, sheet->area, sheet->row, 0, -1, STYLE_ID, id);
    canvas_textf(canvas, sheet->area, sheet->row, used + (used ? 2 : 0), -1, style, "[ %s ]", word);
    sheet->row++;
}

static void draw_owner(struct sheet *sheet)
{
    const struct lookup *lookup = sheet->lookup;
    if (lookup->kind == ID_KIND_NONE || !lookup->organizer)
        return;
    int used =
        canvas_textf(sheet->canvas, sheet->area, sheet->row, 0, -1, STYLE_TEXT, "%s ID of %s",
                     id_kind_name(lookup->kind),
                     person_text(sheet->arena, lookup->organizer->name, lookup->organizer->email));
    if (lookup->replaced_by)
        canvas_textf(sheet->canvas, sheet->area, sheet->row, used, -1, STYLE_LEGACY, ", now %s",
                     lookup->replaced_by);
    sheet->row++;
}

/* The sentence in a frame, as high as it needs to be. */
static void draw_say(struct sheet *sheet)
{
    const char *say = sheet->lookup->say;
    if (!say || !*say)
        return;
    struct area inside = {0, 0, 8, sheet->area.cols - 4};
    struct canvas *measure =
        canvas_new(sheet->arena, inside.rows, inside.cols, sheet->canvas->ascii);
    int lines = canvas_wrap(measure, inside, 0, STYLE_TEXT, say);
    struct area frame = {sheet->area.row + sheet->row, sheet->area.col, lines + 2,
                         sheet->area.cols};
    if (sheet->row + frame.rows > sheet->area.rows || lines == 0) {
        sheet->row += canvas_wrap(sheet->canvas, sheet->area, sheet->row, STYLE_TEXT, say);
        return;
    }
    canvas_box(sheet->canvas, frame, STYLE_BORDER, "Say");
    inside = (struct area){frame.row + 1, frame.col + 2, lines, frame.cols - 4};
    canvas_wrap(sheet->canvas, inside, 0, STYLE_TEXT, say);
    sheet->row += frame.rows;
}

static int rows_left(const struct sheet *sheet)
{
    return sheet->area.rows - sheet->row;
}

/*
 * The heading of a section, and how many of its items fit into `share` rows, the heading included. Where not all do, the
 * heading says so.
 */
static int section_begin(struct sheet *sheet, const char *heading, size_t count, int share)
{
    int room = (share < rows_left(sheet) ? share : rows_left(sheet)) - 1;
    if (count == 0 || room < 1)
        return 0;
    int shown = count < (size_t)room ? (int)count : room;
    int used = canvas_text(sheet->canvas, sheet->area, sheet->row, 0, -1, STYLE_HEADING, heading);
    if ((size_t)shown < count)
        canvas_textf(sheet->canvas, sheet->area, sheet->row, used + 1, -1, STYLE_DIM, "%d of %zu",
                     shown, count);
    sheet->row++;
    return shown;
}

/* "Tue 24 Nov 2026 09:00–10:00  Title", and words at the right where there is room. */
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
        col += canvas_text(canvas, area, sheet->row, col, -1, STYLE_ID, first) + 2;
    struct local_time begin = when_begin(occurrence, sheet->zone);
    struct when date = wide ? when_date(begin) : when_day(begin);
    struct when hours = wide || occurrence->meeting->all_day ? when_hours(occurrence, sheet->zone)
                                                             : when_clock(begin);
    const char *when = arena_format(sheet->arena, "%s %s", date.s, hours.s);
    enum style style = occurrence_style(occurrence, sheet->context->now);
    enum style plain = style == STYLE_PAST || style == STYLE_CANCELLED ? style : STYLE_TEXT;
    col += canvas_text(canvas, area, sheet->row, col, -1, plain, when) + 2;
    const char *title = title_text(occurrence);
    if (occurrence->meeting->status == MEETING_CANCELLED)
        title = arena_format(sheet->arena, "[%s]", title);
    canvas_text(canvas, area, sheet->row, col,
                area.cols - col - words_width - (words_width ? 2 : 0), plain, title);
    if (words_width)
        canvas_text(canvas, area, sheet->row, area.cols - words_width, words_width, words_style,
                    words);
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
        return on ? "on now" : "";
    }
    bool wide = sheet->area.cols >= WIDE_FOR_RISK;
    return arena_format(sheet->arena, "%s %s%s", show_risk_sign(occurrence->risk),
                        wide ? show_risk_word(occurrence->risk) : risk_name(occurrence->risk),
                        on ? ", on now" : "");
}

static void draw_meetings(struct sheet *sheet, int share)
{
    const struct occurrences *list = &sheet->lookup->meetings;
    int shown = section_begin(sheet, "Meetings", list->count, share);
    for (int i = 0; i < shown; i++) {
        enum style style;
        const char *words = meeting_words(sheet, &list->items[i], &style);
        draw_meeting(sheet, &list->items[i], "", words, style);
    }
}

static void draw_moved(struct sheet *sheet, int share)
{
    const struct moved_meetings *list = &sheet->lookup->moved;
    int shown = section_begin(sheet, "Moved to another ID", list->count, share);
    for (int i = 0; i < shown; i++) {
        const char *new_id = list->items[i].new_id;
        draw_meeting(sheet, &list->items[i].occurrence, "",
                     arena_format(sheet->arena, "→ %s", new_id ? new_id : "no ID"), STYLE_ID);
    }
}

static void draw_slip(struct sheet *sheet, const struct near_miss *near, const char *note)
{
    if (near->occurrence.meeting)
        draw_meeting(sheet, &near->occurrence, near->conference_id, note, STYLE_DIM);
    else
        canvas_textf(sheet->canvas, sheet->area, sheet->row++, 2, -1, STYLE_ID, "%s  %s",
                     near->conference_id, note);
}

static void draw_beginning(struct sheet *sheet)
{
    const struct near_misses *list = &sheet->lookup->beginning;
    sheet->row++;
    int shown = section_begin(sheet, "Begin so (read on, or open the first)", list->count,
                              rows_left(sheet));
    for (int i = 0; i < shown; i++)
        draw_slip(sheet, &list->items[i], id_state_name(list->items[i].state));
}

static void draw_near(struct sheet *sheet, int share)
{
    static const char *const words[] = {[ID_SLIP_NONE] = "",
                                        [ID_SLIP_DIGIT] = "one digit wrong",
                                        [ID_SLIP_SWAP] = "digits swapped",
                                        [ID_SLIP_MISSING] = "a digit left out",
                                        [ID_SLIP_EXTRA] = "a digit too many"};
    const struct near_misses *list = &sheet->lookup->near;
    int shown =
        section_begin(sheet, "Near misses (for your eyes, not to be read out)", list->count, share);
    for (int i = 0; i < shown; i++) {
        const struct near_miss *near = &list->items[i];
        draw_slip(
            sheet, near,
            arena_format(sheet->arena, "%s, %s", words[near->slip], id_state_name(near->state)));
    }
}

/* The newest entries, in the order in which they happened. */
static void draw_history(struct sheet *sheet, const struct history_entries *history)
{
    int shown = section_begin(sheet, "History", history->count, rows_left(sheet));
    for (int i = 0; i < shown; i++) {
        const struct history_entry *entry = &history->items[history->count - (size_t)(shown - i)];
        struct when at = when_instant(entry->at, sheet->zone);
        int col =
            2 + canvas_text(sheet->canvas, sheet->area, sheet->row, 2, -1, STYLE_DIM, at.s) + 2;
        canvas_textf(sheet->canvas, sheet->area, sheet->row++, col, -1, STYLE_TEXT, "%s  %s  %s",
                     entry->event, entry->actor, entry->detail ? entry->detail : "");
    }
}

void show_lookup(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct lookup *lookup, const struct history_entries *history)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    struct sheet sheet = {.canvas = canvas,
                          .area = area,
                          .context = context,
                          .lookup = lookup,
                          .zone = lookup->zone ? lookup->zone : context->zone,
                          .arena = arena_new()};
    draw_state(&sheet);
    if (unfinished(lookup)) {
        draw_beginning(&sheet);
        arena_free(sheet.arena);
        return;
    }
    draw_owner(&sheet);
    draw_say(&sheet);
    /* Meetings come first; where the room is short, the rest gets what they leave. */
    int left = rows_left(&sheet);
    bool others = lookup->moved.count || lookup->near.count || (history && history->count);
    draw_meetings(&sheet, others && left >= 12 ? left / 2 : left);
    draw_moved(&sheet, left >= 12 ? left / 3 : left);
    draw_near(&sheet, history && history->count && left >= 12 ? left / 2 : left);
    if (history)
        draw_history(&sheet, history);
    arena_free(sheet.arena);
}
