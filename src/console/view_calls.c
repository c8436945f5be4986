/*
 * The call log, the newest call first: what bridges asked and were told, as it comes. What looks
 * like a misprinted ID or like somebody who is guessing stands out by a word, and is explained
 * below the list.
 */
#include "open.h"
#include <desk/admit.h>
#include <string.h>

enum { SHOWN = 500, COLUMNS = 5, DETAIL_ROWS = 4 };

struct calls_state {
    struct calls calls; /* the newest first */
    struct show_table table;
    struct show_list show;
    size_t signs;
};

static const struct view_class view_calls;

static const char *const headings[COLUMNS] = {"When", "ID", "Answer", "Why", "Caller"};

static const int least[COLUMNS] = {14, 8, 9, 8, 8};

static const char *answer_text(struct arena *arena, const struct call *call)
{
    const char *sign = call_sign_name(call->sign);
    return sign ? arena_format(arena, "! %s?", sign) : call->why;
}

static void row_add(const struct console *console, struct arena *arena, const struct call *call,
                    struct show_table *table)
{
    show_table_add(arena, table, time_format(arena, call->at, console->zone, false),
                   *call->digits ? call->digits : "-", call->verdict, answer_text(arena, call),
                   call_caller(arena, call));
}

static bool same_call(const struct call *a, const struct call *b)
{
    return a->seq == b->seq && a->at == b->at;
}

/* The selection stays on its call; on the newest one it stays with what is newest. */
static size_t selection(const struct calls_state *state, const struct calls *read)
{
    size_t was = state->show.selected;
    for (size_t i = 0; was > 0 && was < state->calls.count && i < read->count; i++)
        if (same_call(&state->calls.items[was], &read->items[i]))
            return i;
    return 0;
}

static enum err calls_load(struct console *console, struct view *view)
{
    struct calls_state *state = view->state;
    struct calls_state read = {
        .show = state->show,
        .table = {.columns = COLUMNS, .headings = headings, .least = least},
    };
    enum err err = desk_calls(console->session, view->fresh, INT64_MIN, NULL, SHOWN, &read.calls);
    if (err)
        return err;
    vector_reverse(&read.calls);
    for (size_t i = 0; i < read.calls.count; i++) {
        row_add(console, view->fresh, &read.calls.items[i], &read.table);
        read.signs += read.calls.items[i].sign != CALL_SIGN_NONE;
    }
    read.show.count = read.calls.count;
    read.show.selected = selection(state, &read.calls);
    *state = read;
    return ERR_OK;
}

static const char *explanation(const struct call *call)
{
    static const char *const words[] = {
        [CALL_SIGN_NONE] = "",
        [CALL_SIGN_MISPRINT] =
            "Several callers entered this wrong ID within a day: it may be misprinted somewhere.",
        [CALL_SIGN_PROBING] =
            "This caller entered several wrong IDs within a day: somebody may be guessing."};
    return words[call->sign];
}

static void draw_selected(const struct console *console, const struct call *call,
                          struct canvas *canvas, struct area area)
{
    const char *number = *call->number ? call->number : "an unknown number";
    const char *trunk = *call->trunk ? call->trunk : "an unknown trunk";
    show_zone_rule(canvas, (struct area){area.row, area.col, 1, area.cols}, console->zone);
    canvas_textf(canvas, area, 1, 0, -1, STYLE_HEADING, "%s (%s): %s called %s over %s",
                 call->verdict, call->why, call_caller(console->turn, call), number, trunk);
    canvas_wrap(canvas, area, 2, STYLE_RISK, explanation(call));
}

static void calls_draw(const struct console *console, struct view *view, struct canvas *canvas,
                       struct area area)
{
    struct calls_state *state = view->state;
    area.col += 1;
    area.cols -= 2;
    if (!state->calls.count) {
        canvas_wrap(canvas, area, 1, STYLE_DIM,
                    "No bridge has asked yet. When one does, each call stands here: which ID was "
                    "entered, and what was answered.");
        return;
    }
    struct area list = area;
    list.rows -= DETAIL_ROWS;
    show_table(canvas, list, &state->table, &state->show);
    draw_selected(console, &state->calls.items[state->show.selected], canvas,
                  (struct area){area.row + list.rows, area.col, DETAIL_ROWS, area.cols});
}

/* Enter opens the meeting; y and v are about the ID. */
static enum reaction calls_act(struct console *console, struct view *view, enum action action)
{
    const struct calls_state *state = view->state;
    struct occurrence meeting;
    bool mine = action == ACT_OPEN || action == ACT_COPY || action == ACT_HISTORY;
    if (!mine || state->show.selected >= state->calls.count)
        return REACT_PASS;
    const struct call *call = &state->calls.items[state->show.selected];
    if (action == ACT_COPY)
        console_copy(console, arena_format(console->turn, "the digits %s", call->digits),
                     call->digits);
    else if (action == ACT_HISTORY)
        history_open(console, call->digits);
    else if (!call->meeting_uid)
        console_say(console, "This call was for no meeting.");
    else if (desk_meeting(console->session, console->turn, call->meeting_uid, &meeting) != ERR_OK)
        console_error(console);
    else
        meeting_open(console, &meeting);
    return REACT_STAY;
}

static const char *calls_span(const struct console *console, const struct view *view)
{
    const struct calls_state *state = view->state;
    if (!state->calls.count)
        return "none";
    return arena_format(console->turn, "%s%zu%s", state->calls.count == SHOWN ? "the last " : "",
                        state->calls.count,
                        state->signs ? arena_format(console->turn, ", %zu to look at", state->signs)
                                     : "");
}

static const struct view_class view_calls = {
    .number = VIEW_CALLS,
    .title = "Calls",
    .size = sizeof(struct calls_state),
    .load = calls_load,
    .draw = calls_draw,
    .act = calls_act,
    .list = offsetof(struct calls_state, show),
    .span = calls_span,
};

void calls_open(struct console *console)
{
    if (console_top(console)->class != &view_calls)
        console_push(console, &view_calls, NULL);
}
