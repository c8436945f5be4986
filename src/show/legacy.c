/*
 * The legacy view: meetings on static IDs by organizer and ID, and which would be mixed with which.
 */
#include "columns.h"
#include "draw.h"
#include "when.h"

#include <base/utf8.h>
#include <string.h>

struct legacy {
    struct canvas *canvas;
    struct area area;
    const struct show_context *context;
    const struct occurrences *list;
    const struct show_list *state;
    struct arena *arena; /* of this drawing alone */
    int when_width, title_width, remark_width;
};

enum {
    WIDE_FOR_REMARK = 58,
    WIDE_FOR_HOURS = 70,
    WIDE_FOR_WORDS = 110,
    WIDE_FOR_YEAR = 100,
    SIGN_WIDTH = 2,
    MARK_WIDTH = 4
};

/*
 * "4 meetings, 2 with a mixing risk" of the item's group; "" if the group goes on beyond the list.
 */
static const char *group_words(const struct legacy *legacy, size_t item)
{
    const struct occurrence *items = legacy->list->items;
    size_t first = item, count = 0, risky = 0;
    while (first > 0 && legacy_same_group(&items[first - 1], &items[item]))
        first--;
    for (size_t i = first; i < legacy->list->count; i++) {
        if (!legacy_same_group(&items[i], &items[item]))
            break;
        count++;
        risky += items[i].risk >= RISK_BACK_TO_BACK;
    }
    if ((first == 0 && legacy->state->more_before) ||
        (first + count == legacy->list->count && legacy->state->more_behind))
        return "";
    const char *meetings = show_count(legacy->arena, count, "meeting");
    if (risky == 0)
        return meetings;
    return arena_format(legacy->arena, "%s, %zu with a mixing risk", meetings, risky);
}

/* The first heading names the zone of the times below. */
static void draw_heading(const struct legacy *legacy, int row, size_t item)
{
    const struct meeting *meeting = legacy->list->items[item].meeting;
    struct canvas *canvas = legacy->canvas;
    struct area line = {legacy->area.row + row, legacy->area.col, 1, legacy->area.cols};
    canvas_fill(canvas, line, STYLE_TEXT);
    const char *id = meeting->conference_id ? meeting->conference_id : "";
    int col = canvas_text(canvas, line, 0, 0, -1, STYLE_ID, id) + 2;
    const char *words = group_words(legacy, item);
    int words_width = utf8_width(words);
    const char *organizer = meeting->organizer ? meeting->organizer : "";
    int room = line.cols - col - words_width - 4;
    if (room < 10) {
        canvas_text(canvas, line, 0, col, -1, STYLE_HEADING, organizer);
        return;
    }
    col += canvas_text(canvas, line, 0, col, room, STYLE_HEADING, organizer) + 1;
    int gap = words_width ? 1 : 0;
    struct area rule = {line.row, line.col + col, 1, line.cols - words_width - gap - col};
    if (row == 0)
        show_zone_rule(canvas, rule, legacy->context->zone);
    else
        canvas_hline(canvas, rule, 0, STYLE_BORDER);
    canvas_text(canvas, line, 0, line.cols - words_width, -1, STYLE_DIM, words);
}

static struct when item_when(const struct legacy *legacy, const struct occurrence *occurrence)
{
    const struct zone *zone = legacy->context->zone;
    struct local_time begin = when_begin(occurrence, zone);
    struct when when = legacy->area.cols >= WIDE_FOR_YEAR ? when_date(begin, zone)
                                                          : when_near(begin, legacy->context);
    bool start_alone = legacy->area.cols < WIDE_FOR_HOURS && !occurrence->meeting->all_day;
    struct when hours = start_alone ? when_clock(begin, zone) : when_hours(occurrence, zone);
    size_t n = strlen(when.s), more = strlen(hours.s);
    if (n + 1 + more < sizeof when.s) {
        when.s[n] = ' ';
        memcpy(when.s + n + 1, hours.s, more);
        when.s[n + 1 + more] = '\0';
    }
    return when;
}

static void draw_item(const struct legacy *legacy, int row, size_t item)
{
    const struct occurrence *occurrence = &legacy->list->items[item];
    struct canvas *canvas = legacy->canvas;
    struct area line = {legacy->area.row + row, legacy->area.col, 1, legacy->area.cols};
    enum style style = occurrence_style(occurrence, legacy->context->now);
    enum style plain = style == STYLE_PAST || style == STYLE_CANCELLED ? style : STYLE_TEXT;
    int col = 0;
    if (legacy->state->marked) {
        canvas_text(canvas, line, 0, 0, 3, STYLE_TEXT, legacy->state->marked[item] ? "[x]" : "[ ]");
        col = MARK_WIDTH;
    }
    canvas_text(canvas, line, 0, col, SIGN_WIDTH, style, show_risk_sign(occurrence->risk));
    col += SIGN_WIDTH + 1;
    canvas_text(canvas, line, 0, col, legacy->when_width, plain, item_when(legacy, occurrence).s);
    col += legacy->when_width + 2;
    canvas_textf(canvas, line, 0, col, legacy->title_width, plain, "%s%s",
                 occurrence_changed(occurrence) ? "~ " : "", title_text(occurrence));
    col += legacy->title_width + 2;
    if (legacy->remark_width)
        canvas_text(canvas, line, 0, col, legacy->remark_width, style,
                    remark_text(legacy->arena, occurrence, legacy->area.cols < WIDE_FOR_WORDS,
                                legacy->context->zone));
    canvas_item(canvas, line, item, item == legacy->state->selected);
}

static void measure(struct legacy *legacy)
{
    for (size_t i = 0; i < legacy->list->count; i++) {
        int width = utf8_width(item_when(legacy, &legacy->list->items[i]).s);
        if (width > legacy->when_width)
            legacy->when_width = width;
    }
    int room = legacy->area.cols - (legacy->state->marked ? MARK_WIDTH : 0) - SIGN_WIDTH - 1;
    room -= legacy->when_width + 2;
    legacy->title_width = room;
    if (legacy->area.cols >= WIDE_FOR_REMARK) {
        legacy->title_width = (room - 2) * 9 / 20;
        legacy->remark_width = room - 2 - legacy->title_width;
    }
}

void show_legacy(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct occurrences *list, struct show_list *state)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    if (list->count == 0)
        return;
    struct legacy legacy = {
        .canvas = canvas, .area = area, .context = context, .list = list, .state = state};
    legacy.arena = arena_new();
    measure(&legacy);
    bool *begins = arena_array(legacy.arena, list->count, sizeof *begins);
    for (size_t i = 0; i < list->count; i++)
        begins[i] = i == 0 || !legacy_same_group(&list->items[i - 1], &list->items[i]);
    const struct group_row *rows = group_rows(legacy.arena, begins, list->count, area.rows, state);
    for (int row = 0; row < area.rows; row++)
        if (rows[row].kind == GROUP_HEADING)
            draw_heading(&legacy, row, rows[row].item);
        else if (rows[row].kind == GROUP_ITEM)
            draw_item(&legacy, row, rows[row].item);
    arena_free(legacy.arena);
}
