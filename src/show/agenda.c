/*
 * The agenda: meetings by day, a line each.
 */
#include "columns.h"
#include "draw.h"
#include "when.h"

#include <base/utf8.h>
#include <string.h>

/* One drawing. */
struct agenda {
    struct canvas *canvas;
    struct area area;
    const struct show_context *context;
    const struct occurrences *list;
    const struct show_list *state;
    struct arena *arena; /* of this drawing alone */
    /* 0: the column is left out */
    int when_width, id_width, title_width, organizer_width, remark_width;
};

enum {
    WIDE_FOR_END = 56,
    WIDE_FOR_END_OF_ALL = 90, /* beside the organizers */
    WIDE_FOR_REMARK = 70,
    WIDE_FOR_TITLES = 80, /* more for them than for the remarks */
    WIDE_FOR_WORDS = 110,
    ORGANIZER_MOST = 24,
    SIGN_WIDTH = 2,
    MARK_WIDTH = 2
};

static bool begins_day(const struct agenda *agenda, size_t item)
{
    const struct occurrence *items = agenda->list->items;
    const struct zone *zone = agenda->context->zone;
    return item == 0 ||
           when_days(when_begin(&items[item - 1], zone), when_begin(&items[item], zone)) != 0;
}

/* The first heading names the zone of the times below. */
static void draw_heading(const struct agenda *agenda, int row, size_t item)
{
    const struct zone *zone = agenda->context->zone;
    struct local_time day = when_begin(&agenda->list->items[item], zone);
    int ahead = when_days(zone_read(zone, agenda->context->now).local, day);
    const char *word = ahead == 0    ? "today"
                       : ahead == 1  ? "tomorrow"
                       : ahead == -1 ? "yesterday"
                                     : "";
    struct canvas *canvas = agenda->canvas;
    struct area line = {agenda->area.row + row, agenda->area.col, 1, agenda->area.cols};
    canvas_fill(canvas, line, STYLE_TEXT);
    int used = canvas_text(canvas, line, 0, 0, -1, STYLE_HEADING, when_date(day, zone).s);
    used +=
        1 + canvas_text(canvas, line, 0, used + 1, -1, ahead == 0 ? STYLE_NOW : STYLE_DIM, word);
    used += *word ? 1 : 0;
    struct area rest = {line.row, line.col + used, 1, line.cols - used};
    if (row == 0)
        show_zone_rule(canvas, rest, zone);
    else
        canvas_hline(canvas, rest, 0, STYLE_BORDER);
}

static bool without_end(const struct agenda *agenda)
{
    int wide = agenda->context->everybody ? WIDE_FOR_END_OF_ALL : WIDE_FOR_END;
    return agenda->area.cols < wide;
}

/* In a narrow window the start alone, so that the ID, the title and the remark have room. */
static struct when item_when(const struct agenda *agenda, const struct occurrence *occurrence)
{
    const struct zone *zone = agenda->context->zone;
    return without_end(agenda) && !occurrence->meeting->all_day
               ? when_clock(when_begin(occurrence, zone), zone)
               : when_hours(occurrence, zone);
}

static int item_when_width(const struct agenda *agenda, const struct occurrence *occurrence)
{
    return without_end(agenda) ? (int)strlen(item_when(agenda, occurrence).s)
                               : when_hours_width(occurrence, agenda->context->zone);
}

/* Of a meeting that begins soon, first from when callers are let in. */
static const char *item_remark(const struct agenda *agenda, const struct occurrence *occurrence)
{
    const char *remark =
        agenda_remark_text(agenda->arena, occurrence, agenda->area.cols < WIDE_FOR_WORDS,
                           agenda->context->now, agenda->context->zone);
    const char *early = early_text(agenda->arena, occurrence, agenda->context, HOUR);
    if (!early)
        return remark;
    /* in a small window "legacy" has to be read behind it */
    bool small = agenda->area.cols < WIDE_FOR_WORDS && *remark;
    return arena_format(agenda->arena, "%s %s%s%s", small ? "open" : "callers from", early,
                        *remark ? ", " : "", remark);
}

static void draw_item(const struct agenda *agenda, int row, size_t item)
{
    const struct occurrence *occurrence = &agenda->list->items[item];
    const struct show_context *context = agenda->context;
    struct canvas *canvas = agenda->canvas;
    struct area line = {agenda->area.row + row, agenda->area.col, 1, agenda->area.cols};
    enum style style = occurrence_style(occurrence, context->now);
    enum style plain = style == STYLE_PAST || style == STYLE_CANCELLED ? style : STYLE_TEXT;
    int col = MARK_WIDTH;
    if (when_on(occurrence, context->now))
        canvas_text(canvas, line, 0, 0, 1, STYLE_NOW, "▸");
    if (agenda->state->marked && agenda->state->marked[item])
        canvas_text(canvas, line, 0, 0, 1, STYLE_KEY, "*");
    if (occurrence_changed(occurrence))
        canvas_text(canvas, line, 0, 1, 1, STYLE_KEY, "~");
    canvas_text(canvas, line, 0, col, agenda->when_width, plain, item_when(agenda, occurrence).s);
    col += agenda->when_width + 1;
    canvas_text(canvas, line, 0, col, SIGN_WIDTH, style, show_risk_sign(occurrence->risk));
    col += SIGN_WIDTH + 1;
    const char *id = occurrence->meeting->conference_id;
    if (agenda->id_width) {
        canvas_text(canvas, line, 0, col, agenda->id_width, plain == STYLE_TEXT ? STYLE_ID : plain,
                    id ? id : "");
        col += agenda->id_width + 2;
    }
    const char *title = title_text(occurrence);
    if (occurrence->meeting->status == MEETING_CANCELLED)
        title = arena_format(agenda->arena, "[%s]", title);
    canvas_text(canvas, line, 0, col, agenda->title_width, plain, title);
    col += agenda->title_width + 2;
    if (agenda->organizer_width) {
        canvas_text(canvas, line, 0, col, agenda->organizer_width, plain,
                    occurrence->meeting->organizer);
        col += agenda->organizer_width + 2;
    }
    if (agenda->remark_width)
        canvas_text(canvas, line, 0, col, agenda->remark_width,
                    style == STYLE_TEXT || style == STYLE_PAST ? STYLE_DIM : style,
                    item_remark(agenda, occurrence));
    canvas_item(canvas, line, item, item == agenda->state->selected);
}

/* Each column is as wide as the widest of its texts, so that the lines align. */
static void measure(struct agenda *agenda)
{
    int cols = agenda->area.cols;
    agenda->when_width = without_end(agenda) ? 5 : 11;
    for (size_t i = 0; i < agenda->list->count; i++) {
        const struct occurrence *occurrence = &agenda->list->items[i];
        const char *id = occurrence->meeting->conference_id;
        int when = item_when_width(agenda, occurrence);
        if (when > agenda->when_width)
            agenda->when_width = when;
        if (id && (int)strlen(id) > agenda->id_width)
            agenda->id_width = (int)strlen(id);
    }
    int room = cols - MARK_WIDTH - agenda->when_width - 1 - SIGN_WIDTH - 1;
    room -= agenda->id_width ? agenda->id_width + 2 : 0;
    if (agenda->context->everybody) {
        agenda->organizer_width = cols / 5 < ORGANIZER_MOST ? cols / 5 : ORGANIZER_MOST;
        room -= agenda->organizer_width + 2;
    }
    agenda->title_width = room;
    if (cols >= WIDE_FOR_REMARK) {
        bool tight = agenda->organizer_width || cols < WIDE_FOR_TITLES;
        agenda->title_width = (room - 2) * (tight ? 10 : 11) / 20;
        agenda->remark_width = room - 2 - agenda->title_width;
    }
}

void show_agenda(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct occurrences *list, struct show_list *state)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    if (list->count == 0) {
        canvas_text(canvas, area, 0, 0, -1, STYLE_DIM, "Nothing is scheduled here.");
        return;
    }
    struct agenda agenda = {
        .canvas = canvas, .area = area, .context = context, .list = list, .state = state};
    agenda.arena = arena_new();
    measure(&agenda);
    bool *begins = arena_array(agenda.arena, list->count, sizeof *begins);
    for (size_t i = 0; i < list->count; i++)
        begins[i] = begins_day(&agenda, i);
    const struct group_row *rows = group_rows(agenda.arena, begins, list->count, area.rows, state);
    for (int row = 0; row < area.rows; row++)
        if (rows[row].kind == GROUP_HEADING)
            draw_heading(&agenda, row, rows[row].item);
        else if (rows[row].kind == GROUP_ITEM)
            draw_item(&agenda, row, rows[row].item);
    arena_free(agenda.arena);
}
