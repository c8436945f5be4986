/*
 * Keys and clicks to actions, and the answers to the actions that the top view leaves to the
 * console.
 */
#include "list.h"
#include "loop.h"
#include "open.h"
#include "pick.h"
#include <base/utf8.h>
#include <string.h>

/* Stops the job; when it is continued the screen is drawn whole. */
static void suspend(struct console *console)
{
    if (console->term->fd < 0)
        return;
    console->term->suspend(console->term);
    job_stop();
    console->term->resume(console->term);
}

static void redraw(struct console *console)
{
    for (int i = 0; i < console->depth; i++)
        console->stack[i]->stale = true;
    console->pane.ready = false;
    console->term->suspend(console->term);
    console->term->resume(console->term);
}

static void help(struct console *console)
{
    help_open(console, view_bit(console_top(console)));
}

/* --- the selected meeting --- */

static void copy_id(struct console *console, const struct occurrence *selected)
{
    const char *id = selected->meeting->conference_id;
    if (id)
        console_copy(console, arena_format(console->turn, "the conference ID %s", id), id);
    else
        console_say(console, "This meeting has no conference ID.");
}

static void convert_selected(struct console *console, const struct occurrence *selected)
{
    struct occurrences one = {0};
    *vector_push(console->turn, &one) = *selected;
    convert_ask(console, &one);
}

static void send_selected(struct console *console, const struct occurrence *selected)
{
    send_ask(console, selected->meeting->uid);
}

static void history_of_selected(struct console *console, const struct occurrence *selected)
{
    history_open(console, selected->meeting->uid);
}

/* --- the answers --- */

static void palette_open(struct console *console);

/* The console's answer to each action, and what the action needs. */
static const struct answer {
    bool changes; /* it needs a store that may be written, whichever view answers */
    enum reaction reaction;
    void (*run)(struct console *console);
    void (*about)(struct console *console, const struct occurrence *selected);
} answers[ACT_COUNT] = {
    [ACT_NEW] = {.changes = true, .run = edit_new},
    [ACT_IMPORT] = {.changes = true, .run = pick_import},
    [ACT_SYNC] = {.changes = true, .run = pick_sync},
    [ACT_UNDO] = {.changes = true, .run = undo_ask},
    [ACT_ZONES] = {.changes = true, .run = zones_ask},
    [ACT_CONVERT_ALL] = {.changes = true},
    [ACT_ORGANIZER] = {.run = pick_organizer},
    [ACT_SEARCH] = {.run = pick_search},
    [ACT_PALETTE] = {.run = palette_open},
    [ACT_CALLS] = {.run = calls_open},
    [ACT_GO_TO] = {.run = pick_day},
    [ACT_HELP] = {.run = help},
    [ACT_REDRAW] = {.run = redraw},
    [ACT_SUSPEND] = {.run = suspend},
    [ACT_CLOSE] = {.reaction = REACT_CLOSE},
    [ACT_NO] = {.reaction = REACT_CLOSE},
    [ACT_LEAVE] = {.reaction = REACT_QUIT},
    [ACT_OPEN] = {.about = meeting_open},
    [ACT_EDIT] = {.changes = true, .about = edit_open},
    [ACT_CANCEL] = {.changes = true, .about = cancel_ask},
    [ACT_REMOVE] = {.changes = true},
    [ACT_CONVERT] = {.changes = true, .about = convert_selected},
    [ACT_SEND] = {.changes = true, .about = send_selected},
    [ACT_ANSWER] = {.changes = true, .about = answer_pick},
    [ACT_RETRY] = {.changes = true},
    [ACT_WITHDRAW] = {.changes = true},
    [ACT_SENT] = {.changes = true},
    [ACT_INVITATION] = {.about = invitation_open},
    [ACT_COPY] = {.about = copy_id},
    [ACT_NOTE] = {.changes = true},
    [ACT_HISTORY] = {.about = history_of_selected},
};

/* The tab that the action shows, or NULL. Behind the last tab comes the first. */
static const struct view_class *tab_shown(const struct console *console, enum action action)
{
    if (action > ACT_VIEW_TABS && action <= ACT_VIEW_TABS + TAB_COUNT)
        return console->tabs[action - ACT_VIEW_TABS - 1];
    if (action != ACT_VIEW_NEXT && action != ACT_VIEW_PREVIOUS)
        return NULL;
    int at = 0, by = action == ACT_VIEW_NEXT ? 1 : -1;
    while (at < TAB_COUNT - 1 && console->tabs[at] != console->stack[0]->class)
        at++;
    return console->tabs[(at + by + TAB_COUNT) % TAB_COUNT];
}

static enum reaction console_answer(struct console *console, struct view *view, enum action action)
{
    const struct answer *answer = &answers[action];
    const struct view_class *tab = tab_shown(console, action);
    const struct occurrence *selected = answer->about ? console_selected(console) : NULL;
    if (tab)
        console_show(console, tab);
    else if (answer->run)
        answer->run(console);
    else if (selected)
        answer->about(console, selected);
    else if (answer->about)
        console_say(console, "No meeting is selected.");
    else if (view->list)
        list_move(view->list, action, view->area.rows - 1);
    return answer->reaction;
}

/* False if the action would change a store that may only be read; the message says why. */
static bool allowed(struct console *console, const struct view *view, enum action action)
{
    if (!answers[action].changes || (action == ACT_EDIT && view->class->fixed_forms))
        return true;
    /* the store may have become writable since it was opened */
    if (!console->has_store || console->session->mode != DB_READ ||
        session_store(console->session, DB_WRITE, NULL) == ERR_OK)
        return true;
    console_say(console, "Nothing can be changed here: %s.", console->session->error.why);
    console->message_style = STYLE_ERROR;
    return false;
}

static void act(struct console *console, enum action action)
{
    struct view *view = console_top(console);
    if (!allowed(console, view, action))
        return;
    enum reaction reaction =
        view->class->act ? view->class->act(console, view, action) : REACT_PASS;
    if (reaction == REACT_PASS)
        reaction = console_answer(console, view, action);
    console_react(console, view, reaction);
    /* the items on the canvas may be gone: no click finds them before the next frame */
    if (console->canvas)
        canvas_items_forget(console->canvas);
}

static bool matches(struct arena *arena, const char *text, const char *folded_part)
{
    return strstr(utf8_fold(arena, text), folded_part) != NULL;
}

/* --- the palette --- */

/*
 * Where the typed part is: 0 at the name's beginning, 1 in the name, 2 in the sentence, 3 nowhere.
 */
static int palette_rank(struct arena *arena, const struct key_row *row, const char *part)
{
    if (strncmp(utf8_fold(arena, row->name), part, strlen(part)) == 0)
        return 0;
    return matches(arena, row->name, part) ? 1 : matches(arena, row->help, part) ? 2 : 3;
}

/* Each action of the view once, but for itself and for typing. */
static bool palette_lists(const struct key_row *rows, const struct key_row *row, unsigned bit)
{
    if (!(row->views & bit) || row->action == ACT_PALETTE || row->action >= ACT_CURSOR_LEFT)
        return false;
    while (rows != row && (rows->action != row->action || !(rows->views & bit)))
        rows++;
    return rows == row;
}

static enum err palette_find(struct console *console, struct arena *arena, const char *typed,
                             size_t limit, struct pick_rows *rows)
{
    (void)limit; /* the actions are few */
    const char *part = utf8_fold(arena, typed);
    unsigned bit = 0;
    for (int i = console->depth; i-- > 0 && !bit;)
        if (!console->stack[i]->class->small)
            bit = view_bit(console->stack[i]);
    for (int rank = 0; rank < 3; rank++)
        for (const struct key_row *row = console->keys; row->keys; row++) {
            if (!palette_lists(console->keys, row, bit) || palette_rank(arena, row, part) != rank)
                continue;
            char key[16];
            key_row_first(row, key);
            *vector_push(arena, rows) =
                (struct pick_row){.label = arena_format(arena, "%-16s %-6s", row->name, key),
                                  .detail = row->help,
                                  .item = row};
        }
    return ERR_OK;
}

static bool palette_choose(struct console *console, const void *chosen)
{
    const struct key_row *row = chosen;
    act(console, row->action);
    return true;
}

static void palette_open(struct console *console)
{
    pick_open(console, &(struct pick){.title = "Actions",
                                      .prompt = ":",
                                      .empty = "No action has such a name.",
                                      .enter = "do it",
                                      .find = palette_find,
                                      .choose = palette_choose});
}

/* --- the mouse --- */

static void click(struct console *console, const struct key *key)
{
    struct view *view = console_top(console);
    const struct view_class *tab = frame_tab_at(console, key->row, key->col);
    if (tab && !(view_bit(view) & (V_FORM | V_DIALOG | V_START))) {
        console_show(console, tab);
        return;
    }
    size_t at = canvas_item_at(console->canvas, key->row, key->col, SIZE_MAX);
    if (!view->list || at >= view->list->count)
        return;
    if (at == view->list->selected)
        act(console, ACT_OPEN);
    else
        view->list->selected = at;
}

static void wheel(struct console *console, enum action action)
{
    enum { LINES = 3 };
    for (int i = 0; i < LINES && console_top(console); i++)
        act(console, action);
}

/* --- one key --- */

/* Esc closes what is open over a view with a tab. It never leaves: it is pressed once too often. */
static void escape(struct console *console, struct view *view)
{
    act(console, ACT_CLOSE);
    if (!console->quit)
        return;
    console->quit = false;
    const char *key = "";
    if (!(view_bit(view) & V_LOOKUP))
        key = console_own_key(console, ACT_CLOSE, view_bit(view));
    if (!*key || strcmp(key, "Esc") == 0)
        key = console_own_key(console, ACT_LEAVE, view_bit(view));
    console_say(console, "Nothing is open over this view; %s leaves.", key);
}

void console_key(struct console *console, const struct key *key)
{
    struct view *view = console_top(console);
    if (!view || key->code == K_RESIZE)
        return;
    console->message[0] = '\0';
    if (key->code == K_CLICK) {
        click(console, key);
        return;
    }
    if (key->code == K_WHEEL_UP || key->code == K_WHEEL_DOWN) {
        wheel(console, key->code == K_WHEEL_UP ? ACT_UP : ACT_DOWN);
        return;
    }
    bool text = key->code == K_PASTE || (key->code >= ' ' && key->code < 0x110000);
    if (text && view->class->type && view->class->type(console, view, key))
        return;
    if (key->code == K_PASTE) {
        console_say(console, "A paste goes into a field only; nothing was done.");
        return;
    }
    const struct key_row *row = key_row_find(console->keys, key->code, view_bit(view));
    if (row && row->action == ACT_CLOSE && key->code == K_ESC) {
        escape(console, view);
        return;
    }
    if (row) {
        act(console, row->action);
        return;
    }
    char name[16];
    key_text(key->code, name);
    const char *help_key = console_own_key(console, ACT_HELP, view_bit(view));
    if (*name && *help_key)
        console_say(console, "%s does nothing here. %s shows the keys.", name, help_key);
    else if (*name)
        console_say(console, "%s does nothing here.", name);
}
