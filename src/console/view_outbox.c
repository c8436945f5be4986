/*
 * The outbox: reminders that are queued, sent or failed, the newest first.
 */
#include "view.h"

enum { OUTBOX_LIMIT = 1000, COLUMNS = 6 };

struct outbox {
    struct reminders list;
    struct show_table table;
    struct show_list show;
};

static const char *const headings[COLUMNS] = {"State", "To", "Old ID", "New ID", "Meeting", "Why"};

static const int least[COLUMNS] = {6, 20, 8, 8, 10, 10};

static enum err outbox_load(struct console *console, struct view *view)
{
    struct outbox *state = view->state;
    struct reminders list = {0};
    enum err err = desk_reminders(console->session, view->fresh, OUTBOX_LIMIT, &list);
    if (err != ERR_OK)
        return err;
    struct strings cells = {0};
    for (size_t i = 0; i < list.count; i++) {
        const struct reminder *one = &list.items[i];
        const char *row[COLUMNS] = {reminder_state_name(one->state), one->recipient,
                                    one->old_id ? one->old_id : "",  one->new_id ? one->new_id : "",
                                    one->title ? one->title : "",    one->why ? one->why : ""};
        for (size_t column = 0; column < COLUMNS; column++)
            *vector_push(view->fresh, &cells) = row[column];
    }
    state->list = list;
    state->table = (struct show_table){
        .columns = COLUMNS, .headings = headings, .least = least, .cells = cells};
    list_clamp(&state->show, list.count);
    return ERR_OK;
}

static void outbox_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    (void)console;
    struct outbox *state = view->state;
    area.col += 1;
    area.cols -= 2;
    if (state->list.count)
        show_table(canvas, area, &state->table, &state->show);
    else
        canvas_wrap(canvas, area, 1, STYLE_DIM,
                    "No reminders. Converting a legacy meeting queues one for each attendee.");
}

static struct show_list *outbox_rows(struct view *view, size_t *count)
{
    struct outbox *state = view->state;
    *count = state->list.count;
    return &state->show;
}

static enum reaction outbox_act(struct console *console, struct view *view, enum action action)
{
    struct outbox *state = view->state;
    struct occurrence meeting;
    if (action != ACT_OPEN || state->show.selected >= state->list.count)
        return REACT_PASS;
    const char *uid = state->list.items[state->show.selected].meeting_uid;
    if (desk_meeting(console->session, console->turn, uid, &meeting) != ERR_OK)
        console_error(console);
    else
        meeting_open(console, &meeting);
    return REACT_STAY;
}

static const char *outbox_span(const struct console *console, const struct view *view,
                               struct arena *arena)
{
    (void)console;
    const struct outbox *state = view->state;
    size_t counts[REMINDER_FAILED + 1] = {0};
    for (size_t i = 0; i < state->list.count; i++)
        counts[state->list.items[i].state]++;
    return arena_format(arena, "%zu queued, %zu sent, %zu failed",
                        counts[REMINDER_QUEUED] + counts[REMINDER_SENDING], counts[REMINDER_SENT],
                        counts[REMINDER_FAILED]);
}

const struct view_class view_outbox = {
    .name = "outbox",
    .title = "Outbox",
    .bit = V_OUTBOX,
    .size = sizeof(struct outbox),
    .load = outbox_load,
    .draw = outbox_draw,
    .act = outbox_act,
    .list = outbox_rows,
    .span = outbox_span,
};
