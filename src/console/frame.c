/*
 * The frame around the view: top line, tabs, body with the side pane, bottom line. In a window
 * below 40x12 it only asks for a larger one.
 */
#include "loop.h"
#include <base/utf8.h>
#include <string.h>

enum { LEAST_COLS = 40, LEAST_ROWS = 12, PANE_FROM = 100, TABS_WIDE = 76 };

/* The uppermost view that fills the body: all views over it are small. */
static int body_index(const struct console *console)
{
    int i = console->depth - 1;
    while (i > 0 && console->stack[i]->class->small)
        i--;
    return i;
}

/* --- top line --- */

static const char *clock_text(const struct console *console, bool with_day, const char *zone)
{
    struct local_time now = zone_read(console->zone, session_now(console->session)).local;
    const struct time_style *style = zone_style(console->zone);
    char time[CLOCK_ROOM], day[DATE_ROOM];
    clock_write(time, now, style);
    const char *clock = arena_format(console->turn, "%s%s%s", time, *zone ? " " : "", zone);
    if (!with_day)
        return clock;
    date_write(day, now, style, DATE_WEEKDAY);
    return arena_format(console->turn, "%s %s", day, clock);
}

/*
 * The clock; with the zone's name if times are not shown in the reader's own zone. If a title of
 * that width, and `reminder` columns beside it, leave too little room, the zone is abbreviated,
 * then the day goes, then the organizer; beside a reminder the organizer goes first.
 */
static const char *right_text(const struct console *console, int title_width, int reminder)
{
    enum { MARGINS = 4 };
    bool roomy = console->term->cols >= 60;
    const char *name = zone_name(console->zone), *bare = clock_text(console, roomy, "");
    if (strcmp(name, zone_name(console->system_zone)) == 0)
        return bare;
    const char *shorter = zone_read(console->zone, session_now(console->session)).abbreviation;
    int whose = console->has_organizer && !reminder ? utf8_width(console->organizer.email) + 2 : 0;
    const struct {
        bool day;
        const char *zone;
        int whose;
    } tries[] = {{roomy, name, whose},
                 {roomy, shorter, whose},
                 {false, shorter, whose},
                 {false, shorter, 0}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        const char *text = clock_text(console, tries[i].day, tries[i].zone ? tries[i].zone : "");
        if (title_width + reminder + utf8_width(text) + tries[i].whose + MARGINS <=
            console->term->cols)
            return text;
    }
    return reminder ? right_text(console, title_width, 0) : bare;
}

/* Organization and organizer, the organizer alone, or nothing, as there is room. */
static const char *whose_text(const struct console *console, int room)
{
    if (!console->has_store)
        return "";
    const char *email = console->has_organizer ? console->organizer.email : "";
    const char *name = console->organization.name ? console->organization.name : "";
    const char *both =
        arena_format(console->turn, "%s%s%s", name, *name && *email ? ", " : "", email);
    if (utf8_width(both) <= room)
        return both;
    return utf8_width(email) <= room ? email : "";
}

/* Beside the clock, in what the title leaves; organization and organizer give way to it. */
static int draw_reminder(const struct console *console, struct canvas *canvas, int right, int left)
{
    enum { GAP = 2 };
    const char *text = reminder_text(console, canvas->cols - right - left - GAP);
    int width = utf8_width(text);
    if (!width)
        return 0;
    struct area line = {0, canvas->cols - right - GAP - width, 1, width};
    canvas_text(canvas, line, 0, 0, -1, STYLE_BAR_STRONG, text);
    return width + GAP;
}

static void draw_top(const struct console *console, struct canvas *canvas)
{
    struct area line = {0, 0, 1, canvas->cols};
    struct arena *turn = console->turn;
    canvas_fill(canvas, line, STYLE_BAR);
    const struct view *view = console->stack[body_index(console)];
    const char *span = view->class->span ? view->class->span(console, view) : "";
    const char *between =
        *view->class->title && *span ? (console->term->ascii ? " - " : " · ") : "";
    bool fixed = console->has_store && console->session->mode == DB_READ;
    const char *title =
        arena_format(turn, "%s%s%s%s%s%s", fixed ? "[read-only] " : "",
                     console->zones_told ? "[zones moved] " : "",
                     console->probed ? "[trunk probed] " : "", view->class->title, between, span);
    const char *right = right_text(console, utf8_width(title), reminder_least(console));
    int right_width = utf8_width(right);
    right_width += draw_reminder(console, canvas, right_width + 1, utf8_width(title) + 3);
    int room = canvas->cols - right_width - 3;
    const char *whose = whose_text(console, room - utf8_width(title) - 2);
    int used = 1;
    if (*whose)
        used += canvas_text(canvas, line, 0, 1, -1, STYLE_BAR, whose) + 2;
    canvas_text(canvas, line, 0, used, room - used + 1, STYLE_BAR_STRONG, title);
    canvas_text(canvas, line, 0, canvas->cols - utf8_width(right) - 1, -1, STYLE_BAR, right);
}

/* --- tabs --- */

/* Where the tab stands. In a narrow window only the current tab shows its name. */
static void tab_place(const struct console *console, size_t index, int *col, int *width)
{
    const struct view_class *current = console->stack[0]->class;
    bool wide = console->term->cols >= TABS_WIDE;
    int at = 1;
    for (size_t i = 0; i <= index; i++) {
        *col = at;
        *width = wide || console->tabs[i] == current ? (int)strlen(console->tabs[i]->title) + 2 : 1;
        at += *width + 2 - (console->term->cols < TABS_WIDE + 4);
    }
}

static void draw_tabs(const struct console *console, struct canvas *canvas)
{
    bool typed = view_bit(console_top(console)) & V_TYPED;
    struct area line = {1, 0, 1, canvas->cols};
    for (size_t i = 0; i < TAB_COUNT; i++) {
        int col, width;
        tab_place(console, i, &col, &width);
        bool current = console->tabs[i] == console->stack[0]->class;
        /* In the lookup digits are typed, and select no tab. */
        enum action action = ACT_VIEW_TABS + 1 + (enum action)i;
        const char *key = console_own_key(console, action, V_COMMANDS);
        bool shown = utf8_width(key) == 1;
        if (!shown)
            key = arena_format(console->turn, "%zu", i + 1);
        canvas_text(canvas, line, 0, col, width, typed || !shown ? STYLE_DIM : STYLE_KEY, key);
        if (width > 1)
            canvas_text(canvas, line, 0, col + 2, width - 2, current ? STYLE_HEADING : STYLE_DIM,
                        console->tabs[i]->title);
        if (current)
            canvas_select(canvas, (struct area){1, col, 1, width});
    }
}

const struct view_class *frame_tab_at(const struct console *console, int row, int col)
{
    for (size_t i = 0; row == 1 && i < TAB_COUNT; i++) {
        int start, width;
        tab_place(console, i, &start, &width);
        if (col >= start && col < start + width)
            return console->tabs[i];
    }
    return NULL;
}

/* --- bottom line --- */

static const char *hint_words(const struct view *view, const struct key_row *row)
{
    const char *(*enter)(const struct view *view) = view->class->enter;
    return row->action == ACT_OPEN && enter ? enter(view) : row->hint;
}

static int hint_draw(const struct view *view, struct canvas *canvas, struct area line, int col,
                     const struct key_row *row)
{
    char key[16];
    key_row_first(row, key);
    col += canvas_text(canvas, line, 0, col, -1, STYLE_KEY, key) + 1;
    return col + canvas_text(canvas, line, 0, col, -1, STYLE_DIM, hint_words(view, row)) + 2;
}

static int hint_width(const struct view *view, const struct key_row *row)
{
    char key[16];
    key_row_first(row, key);
    return utf8_width(key) + 1 + utf8_width(hint_words(view, row));
}

/*
 * First the keys that only this view has, then those that it shares with others, as many as there
 * is room for; at the end always the key of the help, which lists the rest.
 */
static void draw_hints(const struct console *console, struct canvas *canvas, struct area line)
{
    const struct view *view = console_top(console);
    unsigned bit = view_bit(view);
    const struct key_row *help = NULL;
    for (const struct key_row *row = console->keys; row->keys; row++)
        if (*row->keys && row->hint && row->views & bit && row->action == ACT_HELP)
            help = row;
    int col = 1, room = line.cols - (help ? hint_width(view, help) + 2 : 0);
    for (int shared = 0; shared < 2; shared++)
        for (const struct key_row *row = console->keys; row->keys; row++)
            if (*row->keys && row->hint && row->views & bit && row != help &&
                (row->views != bit) == shared &&
                (!view->class->offers || view->class->offers(view, row->action)) &&
                col + hint_width(view, row) < room)
                col = hint_draw(view, canvas, line, col, row);
    if (help)
        hint_draw(view, canvas, line, col, help);
}

/*
 * A message that is too long for the line covers rows above it: the end of a sentence often says
 * what to do.
 */
static void draw_message(const struct console *console, struct canvas *canvas)
{
    int cols = canvas->cols - 2, most = canvas->rows / 2;
    int rows = canvas_wrap_rows(console->message, cols, canvas->ascii);
    if (rows > most)
        rows = most;
    struct area area = {canvas->rows - rows, 0, rows, canvas->cols};
    canvas_fill(canvas, area, console->message_style);
    area.col = 1;
    area.cols = cols;
    canvas_wrap(canvas, area, 0, console->message_style, console->message);
}

static void draw_bottom(const struct console *console, struct canvas *canvas)
{
    struct area line = {canvas->rows - 1, 0, 1, canvas->cols};
    canvas_fill(canvas, line, STYLE_TEXT);
    if (console->message[0] != '\0')
        draw_message(console, canvas);
    else if (!console->working) /* the progress box names its own key */
        draw_hints(console, canvas, line);
}

/* --- the body --- */

static void draw_pane(struct console *console, struct canvas *canvas, struct area *body)
{
    int width = body->cols / 3;
    if (width > 56)
        width = 56;
    if (width < 38)
        width = 38;
    struct area pane = {body->row, body->col + body->cols - width, body->rows, width};
    body->cols -= width + 1;
    canvas_vline(canvas, (struct area){body->row, body->col + body->cols, body->rows, 1}, 0,
                 STYLE_BORDER);
    console_pane(console);
    struct show_context context = console_context(console);
    pane.col += 1;
    pane.cols -= 2;
    if (console->pane.ready)
        show_meeting(canvas, pane, &context, &console->pane.occurrence, &console->pane.invitation);
    else
        canvas_text(canvas, pane, 1, 0, -1, STYLE_DIM, "No meeting is selected.");
}

static void draw_too_small(const struct console *console, struct canvas *canvas)
{
    struct area all = canvas_area(canvas);
    canvas_wrap(canvas, all, 0, STYLE_TEXT,
                arena_format(console->turn,
                             "This window of %dx%d is too small; dialdesk needs %dx%d.",
                             canvas->cols, canvas->rows, LEAST_COLS, LEAST_ROWS));
}

void frame_draw(struct console *console)
{
    struct canvas *canvas = console->canvas;
    if (canvas->cols < LEAST_COLS || canvas->rows < LEAST_ROWS) {
        draw_too_small(console, canvas);
        return;
    }
    if (!console->depth)
        return;
    struct area body = {2, 0, canvas->rows - 3, canvas->cols};
    int lowest = body_index(console);
    draw_top(console, canvas);
    if (console->stack[0]->class->number < TAB_COUNT)
        draw_tabs(console, canvas);
    if (console->stack[lowest]->class->pane && canvas->cols >= PANE_FROM)
        draw_pane(console, canvas, &body);
    for (int i = lowest; i < console->depth; i++) {
        struct view *view = console->stack[i];
        view->area = body;
        canvas->cursor_row = canvas->cursor_col = -1;
        canvas_items_forget(canvas); /* a click is for the uppermost view */
        view->class->draw(console, view, canvas, body);
    }
    draw_bottom(console, canvas);
}
