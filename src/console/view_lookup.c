/*
 * The helpdesk's view: digits are typed or pasted, and each key shows the ID's state, its meeting
 * and the sentence for the caller. Letters look for people, titles and times. After the caller
 * check, Enter on the meeting that the caller named gives that meeting's own sentence.
 */
#include "languages.h"
#include "list.h"
#include "open.h"
#include "pick.h"
#include <ctype.h>
#include <show/print.h>
#include <string.h>

struct lookup_state {
    struct line line;
    bool people; /* people are looked for; else an ID is */
    struct lookup lookup;
    struct history_entries history;
    struct found_meetings found; /* if people are looked for */
    const char *say;             /* of people: the question to the caller, or the told sentence */
    struct show_list sheet;      /* the selected meeting, and how far the answer is scrolled */
    bool answered;
    bool follow;      /* the selected meeting is to be seen */
    const char *told; /* UID of the meeting that the caller named, in view->own; NULL: none yet */
    const char *lang; /* the caller's */
    const char *last; /* what was typed before the field was emptied; NULL: nothing */
};

enum {
    QUERY_MAX = 400,
    FOUND_MAX = 100,
    WHOLE_ID = 7 /* digits among words that are an ID and no hour or year */
};

static void lookup_open(struct console *console, struct view *view, const void *given)
{
    (void)given;
    struct lookup_state *state = view->state;
    state->line = line_start(view->own, "", QUERY_MAX);
    state->lang = language_home(console);
}

/* Another question: nobody has passed the caller check for it. */
static void begin_anew(struct lookup_state *state)
{
    state->sheet = (struct show_list){.count = state->sheet.count};
    state->told = NULL;
}

/* For the next caller, who may speak another language. */
static void clear(struct console *console, struct lookup_state *state)
{
    if (state->line.length)
        state->last = arena_copy(state->line.arena, state->line.bytes);
    line_set(&state->line, "");
    begin_anew(state);
    state->lang = language_home(console);
}

/* True if the text asks for people: it has letters or a time of day, and no whole ID. */
static bool asks_for_people(const char *text)
{
    char digits[ID_SIZE];
    bool words = false;
    for (const char *at = text; *at; at++)
        words = words || !strchr("0123456789 -.,#+()/\t", *at);
    return words && (dial_in_query(text, digits) != QUERY_ID || strlen(digits) < WHOLE_ID);
}

/* The sentence of the meeting that the caller named; NULL: none was named, or it is gone. */
static const struct telling *telling_told(const struct lookup_state *state)
{
    size_t count = 0;
    const struct telling *items =
        state->answered ? show_lookup_items(&state->lookup, &count) : NULL;
    for (size_t i = 0; state->told && i < count; i++)
        if (strcmp(items[i].occurrence->meeting->uid, state->told) == 0)
            return &items[i];
    return NULL;
}

/* The found meeting that the caller named; NULL: none was named, or it is found no more. */
static const struct found_meeting *found_told(const struct lookup_state *state,
                                              const struct found_meetings *found)
{
    for (size_t i = 0; state->told && i < found->count; i++)
        if (strcmp(found->items[i].occurrence.meeting->uid, state->told) == 0)
            return &found->items[i];
    return NULL;
}

static enum err load_people(struct console *console, struct view *view)
{
    struct lookup_state *state = view->state;
    struct session *session = console->session;
    struct found_meetings found = {0};
    const char *say = caller_sentence(view->fresh, "say.ask", state->lang);
    enum err err =
        desk_search(session, view->fresh, state->line.bytes, console->zone, FOUND_MAX, &found);
    const struct found_meeting *told = err ? NULL : found_told(state, &found);
    if (told) {
        struct lookup lookup;
        err = desk_lookup_meeting(session, view->fresh, &told->occurrence, session_now(session),
                                  &lookup);
        if (err)
            return err;
        lookup_put_into_words(view->fresh, &lookup, state->lang);
        say = lookup.tellings.items[0].say;
    }
    if (err)
        return err;
    console_say_partly(console, &found);
    state->found = found;
    state->say = say;
    return ERR_OK;
}

static enum err lookup_load(struct console *console, struct view *view)
{
    struct lookup_state *state = view->state;
    bool people = asks_for_people(state->line.bytes);
    if (!state->line.length || people) {
        console->answer_zone = NULL;
        console_zone(console);
        enum err err = people ? load_people(console, view) : ERR_OK;
        if (err)
            return err;
        state->answered = false;
        state->people = people;
        list_clamp(&state->sheet, people ? state->found.count : 0);
        return ERR_OK;
    }
    struct lookup lookup = {0};
    struct history_entries history = {0};
    size_t count;
    enum err err = desk_lookup(console->session, view->fresh, state->line.bytes,
                               session_now(console->session), &lookup, &history);
    if (err)
        return err;
    lookup_put_into_words(view->fresh, &lookup, state->lang);
    state->lookup = lookup;
    state->history = history;
    state->answered = true;
    state->people = false;
    show_lookup_items(&lookup, &count);
    list_clamp(&state->sheet, count);
    /* all times are shown in the zone of the ID's organizer, in the history as well */
    console->answer_zone = lookup.zone;
    console_zone(console);
    return ERR_OK;
}

static void draw_body(const struct console *console, struct lookup_state *state,
                      struct canvas *canvas, struct area area, bool low)
{
    struct show_context context = console_context(console);
    if (state->people) {
        struct show_people people = {.found = &state->found,
                                     .zones = &console->session->zones,
                                     .say = state->say,
                                     .lang = state->lang,
                                     .told = found_told(state, &state->found) != NULL};
        show_people(canvas, area, &context, &people, &state->sheet);
    } else if (state->answered) {
        struct show_answer answer = {.lookup = &state->lookup,
                                     .history = &state->history,
                                     .told = telling_told(state),
                                     .bare = low,
                                     .follow = state->follow};
        show_lookup(canvas, area, &context, &answer, &state->sheet);
        state->follow = false;
    } else {
        canvas_wrap(canvas, area, 0, STYLE_DIM,
                    arena_format(console->turn,
                                 "Type the digits that the caller reads out. Spaces, dashes and a "
                                 "# are forgiven; a whole line of an invitation can be pasted.\n\n"
                                 "Or type whom the caller names: a name, a title, a day, a time "
                                 "(ada 10:00, marc fri). %s shows the day, %s the week, and so on.",
                                 console_key_of(console, ACT_VIEW_DAY, V_LOOKUP),
                                 console_key_of(console, ACT_VIEW_WEEK, V_LOOKUP)));
    }
}

static void lookup_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    struct lookup_state *state = view->state;
    /* A low window keeps its rows for the sentence. */
    enum { HIGH = 14, FIELD = 30 };
    bool low = area.rows < HIGH;
    area.col += 1;
    area.cols -= 2;
    const char *label = low ? "ID " : state->people ? "Name or title " : "Conference ID ";
    int col = canvas_text(canvas, area, 0, 0, -1, STYLE_HEADING, label);
    int room = area.cols - col;
    if (state->answered)
        room -= show_lookup_state(canvas, area, &state->lookup) + 1;
    line_draw(&state->line, canvas, area, 0, col, room < FIELD ? room : FIELD, STYLE_FIELD, true);
    area.row += low ? 1 : 2;
    area.rows -= low ? 1 : 2;
    draw_body(console, state, canvas, area, low);
}

/*
 * Letters are keys over an answer to a whole ID, and while the sentence of a meeting is shown. Else
 * they are typed.
 */
static bool letters_are_keys(const struct lookup_state *state)
{
    return state->told || (state->answered && state->lookup.query_kind == QUERY_ID);
}

/*
 * Whether the character is a key now. Digits and blanks never are. Signs that have a key of the
 * search or the palette are typed in a line that is begun (10:30), that of the help nowhere.
 */
static bool is_key(const struct console *console, const struct lookup_state *state, int32_t code)
{
    const struct key_row *row = key_row_find(console->keys, code, V_LOOKUP);
    if (!row || code == K_SPACE || (code >= '0' && code <= '9'))
        return false;
    bool letter = code > 127 || isalpha((unsigned char)code);
    bool sign = !letter && (row->action == ACT_HELP || !state->line.length);
    return sign || letters_are_keys(state);
}

static bool lookup_type(struct console *console, struct view *view, const struct key *key)
{
    struct lookup_state *state = view->state;
    if (key->code == K_PASTE) {
        line_set(&state->line, "");
        if (!line_insert(&state->line, key->text, false))
            console_say(console, "That is too long for a conference ID's line.");
    } else {
        if (is_key(console, state, key->code))
            return false;
        line_put(&state->line, key->code);
    }
    begin_anew(state);
    console_load(console, view);
    return true;
}

static const struct occurrence *lookup_selected(const struct view *view)
{
    const struct lookup_state *state = view->state;
    size_t at = state->sheet.selected, count;
    if (at >= state->sheet.count)
        return NULL;
    return state->people ? &state->found.items[at].occurrence
                         : show_lookup_items(&state->lookup, &count)[at].occurrence;
}

/* --- what is told, and noted --- */

/* The sentence on the screen; NULL, with a message: there is none. */
static const char *sentence(struct console *console, const struct lookup_state *state)
{
    const struct telling *told = telling_told(state);
    if (told)
        return told->say;
    if (state->people)
        return state->say;
    if (state->answered && state->lookup.beginning.count)
        console_say(console, "The ID is incomplete: ask the caller for the other digits.");
    else if (state->answered && state->lookup.say)
        return state->lookup.say;
    else
        console_say(console, "There is no answer yet.");
    return NULL;
}

static void copy_sentence(struct console *console, const struct lookup_state *state)
{
    const char *say = sentence(console, state);
    if (say)
        console_copy(console, "the sentence to read out", say);
}

/* The sentence that is shown is the selected meeting's. */
static bool selected_told(const struct view *view)
{
    const struct lookup_state *state = view->state;
    const struct occurrence *selected = lookup_selected(view);
    return selected && state->told && strcmp(state->told, selected->meeting->uid) == 0;
}

static const char *lookup_enter(const struct view *view)
{
    return selected_told(view) ? "open" : "tell";
}

/* Enter on a meeting: its sentence. On the meeting whose sentence is shown: the meeting itself. */
static enum reaction tell_selected(struct view *view)
{
    struct lookup_state *state = view->state;
    const struct occurrence *selected = lookup_selected(view);
    if (!selected || selected_told(view))
        return REACT_PASS;
    state->told = arena_copy(view->own, selected->meeting->uid);
    if (!state->people)
        state->sheet.top = 0;
    return REACT_RELOAD;
}

/* The ID in whose history the call stands: the digits', else that of the named meeting. */
static const char *noted_id(const struct lookup_state *state, const struct meeting *told)
{
    if (state->answered && state->lookup.record)
        return state->lookup.conference_id;
    return told ? told->conference_id : NULL;
}

/* The meeting that the caller named, or NULL. */
static const struct meeting *meeting_told(const struct lookup_state *state)
{
    const struct telling *told = telling_told(state);
    const struct found_meeting *found = state->people ? found_told(state, &state->found) : NULL;
    return told ? told->occurrence->meeting : found ? found->occurrence.meeting : NULL;
}

static bool note_choose(struct console *console, const void *typed)
{
    struct view *view = console_find(console, VIEW_LOOKUP);
    struct lookup_state *state = view->state;
    const struct meeting *told = meeting_told(state);
    const char *say = sentence(console, state), *id = noted_id(state, told);
    if (!say || !id)
        return true;
    struct call_note note = {
        .typed = id, .told = say, .caller = typed, .meeting_uid = told ? told->uid : NULL};
    if (console_failed(console, desk_note(console->session, console->turn, &note)))
        return false;
    console_changed(console);
    console_say(console, "Noted in the history of %s.", id);
    return true;
}

static void note_call(struct console *console, const struct lookup_state *state)
{
    if (!sentence(console, state))
        return;
    if (!noted_id(state, meeting_told(state))) {
        if (state->people)
            console_say(console,
                        "%s on the meeting that the caller named comes first; a meeting without an "
                        "ID has no history to note the call in.",
                        console_key_of(console, ACT_OPEN, V_LOOKUP));
        else
            console_say(console,
                        "An ID that was never issued here has no history to note the call in.");
        return;
    }
    pick_open(console, &(struct pick){.title = "Note this call: what was told is noted with it",
                                      .prompt = "Caller",
                                      .empty = "a name or a number, or nothing",
                                      .enter = "note call",
                                      .choose = note_choose});
}

/* --- the caller's language --- */

/* Those of the home, of the organizer and of the meetings come first. */
static void change_language(struct console *console, struct view *view)
{
    struct lookup_state *state = view->state;
    struct arena *turn = console->turn;
    struct strings likely = {0};
    size_t count = 0;
    const struct telling *items =
        state->answered ? show_lookup_items(&state->lookup, &count) : NULL;
    language_add(turn, &likely, language_home(console));
    if (state->answered && state->lookup.organizer)
        language_add(turn, &likely, state->lookup.organizer->lang);
    for (size_t i = 0; i < count; i++)
        language_add(turn, &likely, items[i].occurrence->meeting->lang);
    if (state->people && lookup_selected(view))
        language_add(turn, &likely, lookup_selected(view)->meeting->lang);
    state->lang = arena_copy(view->own, language_next(turn, &likely, state->lang));
}

/*
 * Selects another meeting or, behind the last one and by pages, scrolls the sheet (its end is known
 * when it is drawn); false: the action does neither.
 */
static bool move(struct view *view, enum action action)
{
    struct lookup_state *state = view->state;
    struct show_list *sheet = &state->sheet;
    int page = view->area.rows - 3;
    if (state->people)
        return list_move(sheet, action, page);
    if (action == ACT_DOWN && sheet->selected + 1 < sheet->count) {
        sheet->selected++;
        state->follow = true;
    } else if (action == ACT_UP && sheet->selected > 0 && sheet->selected < sheet->count) {
        sheet->selected--;
        state->follow = true;
    } else {
        return text_move(sheet, action, page);
    }
    return true;
}

static enum reaction lookup_act(struct console *console, struct view *view, enum action action)
{
    struct lookup_state *state = view->state;
    bool changed;
    if (line_act(&state->line, action, &changed)) {
        if (changed)
            begin_anew(state);
        return changed ? REACT_RELOAD : REACT_STAY;
    }
    if (action == ACT_UP && !state->line.length && state->last) {
        line_set(&state->line, state->last);
        return REACT_RELOAD;
    }
    if (move(view, action))
        return REACT_STAY;
    switch ((int)action) {
    case ACT_CLEAR:
        if (!state->line.length)
            console_say(console,
                        "The field is empty. %s brings back what stood there, %s shows the next "
                        "view, %s leaves.",
                        console_key_of(console, ACT_UP, V_LOOKUP),
                        console_key_of(console, ACT_VIEW_NEXT, V_LOOKUP),
                        console_key_of(console, ACT_LEAVE, V_LOOKUP));
        clear(console, state);
        return REACT_RELOAD;
    case ACT_CLOSE:
        if (!state->line.length)
            return REACT_PASS;
        clear(console, state);
        return REACT_RELOAD;
    case ACT_OPEN:
        return tell_selected(view);
    case ACT_COPY:
        copy_sentence(console, state);
        return REACT_STAY;
    case ACT_NOTE:
        note_call(console, state);
        return REACT_STAY;
    case ACT_LANGUAGE:
        change_language(console, view);
        return REACT_RELOAD;
    case ACT_HISTORY:
        if (state->people && lookup_selected(view))
            history_open(console, lookup_selected(view)->meeting->uid);
        else if (state->answered && state->lookup.record)
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
    .enter = lookup_enter,
    .type = lookup_type,
    .selected = lookup_selected,
    .list = offsetof(struct lookup_state, sheet),
};
