/*
 * The outbox: reminders that are queued, sent or failed, a line each, and below them the reason of
 * the selected one.
 */
#include "view_meeting.h"
#include "window.h"
#include <base/utf8.h>
#include <desk/outbox.h>
#include <string.h>

enum { COUNTED = 1000, COLUMNS = 4, DETAIL_ROWS = 4 };

struct outbox {
    struct window window;          /* of reminders */
    size_t counts[MESSAGE_STATES]; /* of all, up to one more than COUNTED */
    struct show_table table;
    struct show_list show;
    struct strings reasons; /* one a reminder */
};

static const char *const headings[COLUMNS] = {"State", "To", "Meeting", "Why"};

static const int least[COLUMNS] = {6, 17, 10, 24};

static const char *day_text(struct arena *arena, const struct zone *zone, int64_t at, int64_t now)
{
    struct local_time day = zone_read(zone, at).local;
    const char *text = arena_format(arena, "%d %s", day.day, month_long_name(day.month));
    return day.year == zone_read(zone, now).local.year
               ? text
               : arena_format(arena, "%s %d", text, day.year);
}

/* "7654321 became 93907123; owed since the conversion on 3 December" */
static const char *reason(const struct console *console, struct arena *arena,
                          const struct message *one)
{
    int64_t now = session_now(console->session);
    struct text out = text_start(arena);
    bool converted = one->old_id && one->new_id;
    const char *changed = day_text(arena, console->zone, one->changed, now);
    if (converted)
        text_addf(&out, "%s became %s; ", one->old_id, one->new_id);
    switch (one->state) {
    case MESSAGE_SENT:
        text_addf(&out, "sent on %s", changed);
        break;
    case MESSAGE_CLAIMED:
    case MESSAGE_SENDING:
        text_addf(&out, "being sent since %s", changed);
        break;
    case MESSAGE_FAILED:
    case MESSAGE_UNCERTAIN:
    case MESSAGE_WITHDRAWN:
        text_addf(&out, "%s on %s%s%s", message_state_name(one->state), changed,
                  *one->why ? ": " : "", one->why);
        break;
    case MESSAGE_QUEUED:
        text_addf(&out, "owed since %s%s", converted ? "the conversion on " : "",
                  day_text(arena, console->zone, one->queued, now));
        if (one->tries)
            text_addf(&out, "; %lld tries, the last: %s", (long long)one->tries, one->why);
    }
    return out.bytes;
}

static enum err reminders_read(struct console *console, struct arena *arena, const void *about,
                               const struct window_page *page, struct window_rows *out)
{
    (void)about;
    struct messages list = {0};
    enum err err = desk_outbox_page(
        console->session, arena,
        &(struct messages_page){.from = page->from, .before = page->before, .limit = page->limit},
        &list);
    if (err)
        return err;
    for (size_t i = 0; i < list.count; i++)
        *vector_push(arena, out) = &list.items[i];
    return ERR_OK;
}

static bool reminders_same(const void *a, const void *b)
{
    const struct message *left = a, *right = b;
    return left->id == right->id;
}

static const struct window_source reminders_source = {reminders_read, reminders_same, NULL};

static enum err outbox_load(struct console *console, struct view *view)
{
    struct outbox *state = view->state, read = *state;
    state->window.move = WINDOW_STAY;
    enum err err = window_load(console, view->fresh, &reminders_source, &read.window, &read.show);
    if (err)
        return err;
    err = desk_outbox_count(console->session, COUNTED + 1, read.counts);
    if (err)
        return err;
    struct strings cells = {0};
    read.reasons = (struct strings){0};
    for (size_t i = 0; i < read.window.rows.count; i++) {
        const struct message *one = read.window.rows.items[i];
        const char *why = reason(console, view->fresh, one);
        const char *row[COLUMNS] = {message_state_name(one->state), one->recipient,
                                    one->title ? one->title : "", why};
        for (size_t column = 0; column < COLUMNS; column++)
            *vector_push(view->fresh, &cells) = row[column];
        *vector_push(view->fresh, &read.reasons) = why;
    }
    read.table = (struct show_table){
        .columns = COLUMNS, .headings = headings, .least = least, .cells = cells};
    *state = read;
    return ERR_OK;
}

/* Recipient, meeting and reason of the selected reminder, which its line may have cut. */
static void draw_selected(const struct console *console, const struct outbox *state,
                          struct canvas *canvas, struct area area)
{
    const struct message *one = state->window.rows.items[state->show.selected];
    const char *title = utf8_printable(console->turn, one->title ? one->title : "", false);
    canvas_hline(canvas, area, 0, STYLE_BORDER);
    canvas_textf(canvas, area, 1, 0, -1, STYLE_HEADING, "%s, %s", one->recipient, title);
    canvas_wrap(canvas, area, 2, one->state == MESSAGE_FAILED ? STYLE_RISK : STYLE_TEXT,
                state->reasons.items[state->show.selected]);
}

static void outbox_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    struct outbox *state = view->state;
    area.col += 1;
    area.cols -= 2;
    if (!state->window.rows.count) {
        canvas_wrap(
            canvas, area, 1, STYLE_DIM,
            "Nothing is owed to anybody. When a legacy meeting is converted, a reminder for "
            "each of its attendees stands here, with the old conference ID and the new one, "
            "until it is sent.");
        return;
    }
    struct area list = area;
    list.rows -= DETAIL_ROWS;
    show_table(canvas, list, &state->table, &state->show);
    draw_selected(console, state, canvas,
                  (struct area){area.row + list.rows, area.col, DETAIL_ROWS, area.cols});
}

static struct show_list *outbox_rows(struct view *view, size_t *count)
{
    struct outbox *state = view->state;
    *count = state->window.rows.count;
    return &state->show;
}

static enum reaction outbox_act(struct console *console, struct view *view, enum action action)
{
    struct outbox *state = view->state;
    struct occurrence meeting;
    if (action != ACT_OPEN || state->show.selected >= state->window.rows.count)
        return window_act(console, view, &state->window, &state->show, action);
    const struct message *one = state->window.rows.items[state->show.selected];
    if (desk_meeting(console->session, console->turn, one->meeting_uid, &meeting) != ERR_OK)
        console_error(console);
    else
        meeting_open(console, &meeting);
    return REACT_STAY;
}

/* "2 queued, 1 failed, over 1000 sent": the states that there are, counted up to COUNTED. */
static const char *outbox_span(const struct console *console, const struct view *view,
                               struct arena *arena)
{
    (void)console;
    const struct outbox *state = view->state;
    struct text out = text_start(arena);
    for (size_t i = 0; i < MESSAGE_STATES; i++)
        if (state->counts[i])
            text_addf(&out, "%s%s%zu %s", out.length ? ", " : "",
                      state->counts[i] > COUNTED ? "over " : "",
                      state->counts[i] > COUNTED ? (size_t)COUNTED : state->counts[i],
                      message_state_name((enum message_state)i));
    return out.length ? out.bytes : "empty";
}

const struct view_class view_outbox = {
    .number = VIEW_OUTBOX,
    .title = "Outbox",
    .size = sizeof(struct outbox),
    .load = outbox_load,
    .draw = outbox_draw,
    .act = outbox_act,
    .list = outbox_rows,
    .span = outbox_span,
};
