/*
 * One meeting over the body, and its history.
 */
#include "view_meeting.h"
#include "list.h"
#include "open.h"
#include <base/utf8.h>
#include <desk/admit.h>
#include <desk/outbox.h>
#include <string.h>

static const struct view_class view_meeting;

/* --- the meeting --- */

struct meeting_state {
    struct meeting_opened opened; /* first: meeting_view_open sets it */
    struct occurrence occurrence;
    struct invitation invitation;
    const char *callers; /* who was let in; NULL: nobody */
    const char *replies; /* for one occurrence; NULL or "": none */
    bool there;          /* it has been loaded */
    int skipped, hidden; /* rows scrolled away above; rows that do not fit */
};

struct meeting_opened meeting_opened(struct arena *arena, const struct occurrence *occurrence)
{
    return (struct meeting_opened){.uid = arena_copy(arena, occurrence->meeting->uid),
                                   .recurrence = occurrence->recurrence,
                                   .series = meeting_series(occurrence->meeting)};
}

enum err meeting_opened_load(struct console *console, struct arena *arena,
                             const struct meeting_opened *opened, struct occurrence *occurrence)
{
    struct which which = {.scope = SCOPE_OCCURRENCE, .recurrence = opened->recurrence};
    if (opened->series &&
        desk_occurrence(console->session, arena, opened->uid, &which, occurrence) == ERR_OK)
        return ERR_OK;
    return desk_meeting(console->session, arena, opened->uid, occurrence);
}

void meeting_view_open(struct console *console, struct view *view, const void *given)
{
    (void)console;
    struct meeting_opened *opened = view->state;
    *opened = meeting_opened(view->own, given);
}

static enum err meeting_load(struct console *console, struct view *view)
{
    struct meeting_state *state = view->state;
    struct occurrence occurrence;
    struct invitation invitation = {0};
    size_t callers = 0;
    int64_t last = 0;
    enum err err = meeting_opened_load(console, view->fresh, &state->opened, &occurrence);
    if (err)
        return err;
    if (!meeting_foreign(occurrence.meeting)) /* else it is not ours to invite to */
        err = desk_invitation(console->session, view->fresh, &occurrence, NULL, NULL, &invitation);
    if (err)
        return err;
    struct occurrence_replies replies = {0};
    err = desk_occurrence_replies(console->session, view->fresh, occurrence.meeting->uid, &replies);
    if (err)
        return err;
    err = desk_calls_admitted(console->session, occurrence.meeting->uid, &callers, &last);
    if (err)
        return err;
    state->callers =
        show_callers(view->fresh, callers, last, session_now(console->session), console->zone);
    state->replies = occurrence_replies_text(view->fresh, &replies);
    state->occurrence = occurrence;
    state->invitation = invitation;
    state->there = true;
    return ERR_OK;
}

static bool row_blank(const struct canvas *canvas, int row)
{
    for (int col = 0; col < canvas->cols; col++)
        if (strcmp(canvas_cell(canvas, row, col)->bytes, " ") != 0)
            return false;
    return true;
}

static void draw_more(const struct console *console, struct canvas *canvas, struct area area)
{
    const char *text =
        arena_format(console->turn, "▼ %s more", console_key_of(console, ACT_DOWN, V_MEETING));
    canvas_text(canvas, area, area.rows - 1, area.cols - utf8_width(text), -1, STYLE_DIM, text);
}

/* To scroll, it is drawn whole on a sheet, of which a part is copied to the canvas. */
static void meeting_draw(const struct console *console, struct view *view, struct canvas *canvas,
                         struct area area)
{
    enum { SHEET = 300 };
    struct meeting_state *state = view->state;
    struct show_context context = console_context(console);
    context.callers = state->callers;
    context.replies = state->replies;
    area.col += 1;
    area.cols -= 2;
    if (!state->there)
        return;
    struct canvas *sheet = canvas_new(console->turn, SHEET, area.cols, canvas->ascii);
    show_meeting(sheet, canvas_area(sheet), &context, &state->occurrence, &state->invitation);
    int used = SHEET;
    while (used > 0 && row_blank(sheet, used - 1))
        used--;
    state->hidden = used > area.rows ? used - area.rows : 0;
    if (state->skipped > state->hidden)
        state->skipped = state->hidden;
    canvas_copy(canvas, area, -state->skipped, sheet);
    if (state->skipped < state->hidden)
        draw_more(console, canvas, area);
}

static const struct occurrence *meeting_selected(const struct view *view)
{
    const struct meeting_state *state = view->state;
    return state->there ? &state->occurrence : NULL;
}

static enum reaction meeting_act(struct console *console, struct view *view, enum action action)
{
    (void)console;
    struct meeting_state *state = view->state;
    struct show_list top = {.count = (size_t)state->hidden + 1, .selected = (size_t)state->skipped};
    if (list_move(&top, action, view->area.rows - 1)) {
        state->skipped = (int)top.selected;
        return REACT_STAY;
    }
    return action == ACT_OPEN ? REACT_STAY : REACT_PASS;
}

void meeting_open(struct console *console, const struct occurrence *occurrence)
{
    console_push(console, &view_meeting, occurrence);
}

static const struct view_class view_meeting = {
    .number = VIEW_MEETING,
    .title = "Meeting",
    .size = sizeof(struct meeting_state),
    .open = meeting_view_open,
    .load = meeting_load,
    .draw = meeting_draw,
    .act = meeting_act,
    .selected = meeting_selected,
};

/* --- the history --- */

/* The title names the ID, or the meeting by its title now. */
static enum err history_read(struct console *console, struct arena *arena, const char *reference,
                             const char **title, const char **text)
{
    struct history_entries entries = {0};
    struct occurrence occurrence;
    enum err err = desk_history(console->session, arena, reference, &entries);
    if (err)
        return err;
    *text = text_history(arena, &entries, console->zone);
    bool meeting = desk_meeting(console->session, arena, reference, &occurrence) == ERR_OK &&
                   strcmp(occurrence.meeting->uid, reference) == 0;
    *title = arena_format(arena, meeting ? "History of %s" : "History of the conference ID %s",
                          meeting ? occurrence.title : reference);
    return ERR_OK;
}

void history_open(struct console *console, const char *reference)
{
    text_open_live(console, reference, history_read);
}
