/*
 * The helpdesk's view: digits are typed or pasted, and each key shows the ID's state, its meeting
 * and the sentence for the caller.
 */
#include "stack.h"
#include "view_meeting.h"
#include <show/print.h>
#include <string.h>

struct lookup_state {
    struct line line;
    struct lookup lookup;
    struct history_entries history;
    struct show_list sheet; /* how far the answer is scrolled */
    bool answered;
};

enum { QUERY_MAX = 400 };

static enum err lookup_open(struct console *console, struct view *view, const void *given)
{
    (void)console, (void)given;
    struct lookup_state *state = view->state;
    state->line = line_start(view->own, "", QUERY_MAX);
    return ERR_OK;
}

static enum err lookup_load(struct console *console, struct view *view)
{
    struct lookup_state *state = view->state;
    if (!state->line.length) {
        state->answered = false;
        console->answer_zone = NULL;
        console_zone(console);
        return ERR_OK;
    }
    struct lookup lookup = {0};
    struct history_entries history = {0};
    enum err err = desk_lookup_with_history(console->session, view->fresh, state->line.bytes,
                                            session_now(console->session), &lookup, &history);
    if (err)
        return err;
    lookup_put_into_words(view->fresh, &lookup, "en");
    state->lookup = lookup;
    state->history = history;
    state->answered = true;
    /* all times are shown in the zone of the ID's organizer, in the history as well */
    console->answer_zone = lookup.zone;
    console_zone(console);
    return ERR_OK;
}

static void lookup_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    struct lookup_state *state = view->state;
    struct show_context context = console_context(console);
    /* A low window keeps its rows for the sentence: the state stands beside the field. */
    enum { HIGH = 14, FIELD = 30 };
    bool low = area.rows < HIGH;
    area.col += 1;
    area.cols -= 2;
    int col = canvas_text(canvas, area, 0, 0, -1, STYLE_HEADING, low ? "ID " : "Conference ID ");
    int room = area.cols - col;
    if (low && state->answered)
        room -= show_lookup_state(canvas, area, &state->lookup) + 1;
    line_draw(&state->line, canvas, area, 0, col, room < FIELD ? room : FIELD, STYLE_FIELD, true);
    area.row += low ? 1 : 2;
    area.rows -= low ? 1 : 2;
    if (state->answered) {
        show_lookup(canvas, area, &context, &state->lookup, &state->history, low, &state->sheet);
        return;
    }
    canvas_wrap(canvas, area, 0, STYLE_DIM,
                "Type the digits that the caller reads out. Spaces, dashes and a # are forgiven; "
                "a whole line of an invitation can be pasted.");
}

static bool lookup_type(struct console *console, struct view *view, const struct key *key)
{
    struct lookup_state *state = view->state;
    if (key->code == K_PASTE) {
        line_set(&state->line, "");
        if (!line_insert(&state->line, key->text, false))
            console_say(console, "That is too long for a conference ID's line.");
    } else if (strchr("0123456789 -.#+()", key->code < 128 ? (int)key->code : 'x')) {
        line_put(&state->line, key->code);
    } else {
        return false;
    }
    state->sheet.top = 0;
    console_load(console, view);
    return true;
}

static void copy_sentence(struct console *console, const struct lookup_state *state)
{
    if (state->answered && state->lookup.beginning.count)
        console_say(console, "The caller is to read on: these digits are not whole yet.");
    else if (state->answered && state->lookup.say)
        console_copy(console, "the sentence to read out", state->lookup.say);
    else
        console_say(console, "There is no answer to copy yet.");
}

static const struct occurrence *lookup_selected(const struct view *view)
{
    const struct lookup_state *state = view->state;
    if (!state->answered)
        return NULL;
    if (state->lookup.meetings.count)
        return &state->lookup.meetings.items[0];
    if (state->lookup.moved.count)
        return &state->lookup.moved.items[0].occurrence;
    return state->lookup.beginning.count ? &state->lookup.beginning.items[0].occurrence : NULL;
}

/* Scrolls the sheet (its end is known when it is drawn); false: the action scrolls nothing. */
static bool scroll(struct lookup_state *state, enum action action, size_t page)
{
    size_t by = action == ACT_PAGE_DOWN || action == ACT_PAGE_UP ? page : 1, top = state->sheet.top;
    if (action == ACT_DOWN || action == ACT_PAGE_DOWN)
        state->sheet.top = top + by;
    else if (action == ACT_UP || action == ACT_PAGE_UP)
        state->sheet.top = top > by ? top - by : 0;
    else
        return false;
    return true;
}

static enum reaction lookup_act(struct console *console, struct view *view, enum action action)
{
    struct lookup_state *state = view->state;
    bool changed;
    size_t page = view->area.rows > 3 ? (size_t)view->area.rows - 3 : 1;
    if (line_act(&state->line, action, &changed)) {
        state->sheet.top = changed ? 0 : state->sheet.top;
        return changed ? REACT_RELOAD : REACT_STAY;
    }
    if (scroll(state, action, page))
        return REACT_STAY;
    switch ((int)action) {
    case ACT_CLEAR:
        if (!state->line.length)
            console_say(console, "The field is empty. Tab shows the next view, q leaves.");
        line_set(&state->line, "");
        return REACT_RELOAD;
    case ACT_CLOSE:
        if (!state->line.length)
            return REACT_PASS;
        line_set(&state->line, "");
        return REACT_RELOAD;
    case ACT_COPY:
        copy_sentence(console, state);
        return REACT_STAY;
    case ACT_HISTORY:
        if (state->answered && state->lookup.record)
            history_open(console, state->lookup.conference_id);
        else
            console_say(console, "This ID has no history.");
        return REACT_STAY;
    default:
        return REACT_PASS;
    }
}

const struct view_class view_lookup = {
    .number = VIEW_LOOKUP,
    .title = "Lookup",
    .size = sizeof(struct lookup_state),
    .open = lookup_open,
    .load = lookup_load,
    .draw = lookup_draw,
    .act = lookup_act,
    .type = lookup_type,
    .selected = lookup_selected,
};
