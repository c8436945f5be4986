/*
 * Keys to actions, and what an action does where the view on top leaves it to the console.
 */
#include "view.h"
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const struct view_class *const by_action[] = {&view_day,       &view_week,   &view_month,
                                                     &view_agenda,    &view_legacy, &view_lookup,
                                                     &view_directory, &view_outbox};

void console_copy(struct console *console, const char *what, const char *text)
{
    if (console->term->copy(console->term, text))
        console_say(console, "Copied %s.", what);
    else
        console_say(console, "%s is too long to be copied through the terminal.", what);
}

void job_stop(void)
{
    struct sigaction stop = {.sa_handler = SIG_DFL}, before;
    sigset_t set, mask;
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    sigaction(SIGTSTP, &stop, &before);
    kill(0, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &set, &mask); /* here it stops */
    sigprocmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &before, NULL);
}

/* Comes back with a clean screen. */
static void suspend(struct console *console)
{
    if (console->term->fd < 0)
        return;
    console->term->suspend(console->term);
    job_stop();
    console->term->resume(console->term);
}

/* --- what concerns the selected meeting --- */

static void copy_id(struct console *console, const struct occurrence *selected)
{
    const char *id = selected->meeting->conference_id;
    if (id)
        console_copy(console, arena_format(console->turn, "the conference ID %s", id), id);
    else
        console_say(console, "This meeting has no conference ID.");
}

static void convert_one(struct console *console, const struct occurrence *selected)
{
    struct occurrences one = {0};
    *vector_push(console->turn, &one) = *selected;
    convert_ask(console, &one);
}

static bool meeting_act(struct console *console, enum action action)
{
    const struct occurrence *selected = console_selected(console);
    switch ((int)action) {
    case ACT_OPEN:
    case ACT_EDIT:
    case ACT_CANCEL:
    case ACT_INVITATION:
    case ACT_COPY:
    case ACT_CONVERT:
    case ACT_HISTORY:
        break;
    default:
        return false;
    }
    if (!selected) {
        console_say(console, "No meeting is selected.");
        return true;
    }
    if (action == ACT_OPEN)
        meeting_open(console, selected);
    else if (action == ACT_EDIT)
        edit_open(console, selected);
    else if (action == ACT_CANCEL)
        cancel_ask(console, selected);
    else if (action == ACT_INVITATION)
        invitation_open(console, selected);
    else if (action == ACT_COPY)
        copy_id(console, selected);
    else if (action == ACT_CONVERT)
        convert_one(console, selected);
    else
        history_open(console, selected->meeting->uid);
    return true;
}

/* --- what concerns the console --- */

static void redraw(struct console *console)
{
    for (int i = 0; i < console->depth; i++)
        console->stack[i]->stale = true;
    console->pane.ready = false;
    console->term->suspend(console->term);
    console->term->resume(console->term);
}

static bool open_act(struct console *console, struct view *view, enum action action)
{
    switch ((int)action) {
    case ACT_NEW:
        edit_open(console, NULL);
        return true;
    case ACT_IMPORT:
        pick_import(console);
        return true;
    case ACT_SYNC:
        pick_sync(console);
        return true;
    case ACT_UNDO:
        undo_ask(console);
        return true;
    case ACT_ZONES:
        zones_ask(console);
        return true;
    case ACT_ORGANIZER:
        pick_organizer(console);
        return true;
    case ACT_SEARCH:
        pick_search(console);
        return true;
    case ACT_PALETTE:
        pick_palette(console);
        return true;
    case ACT_GO_TO:
        pick_day(console);
        return true;
    case ACT_HELP:
        help_open(console, view->class->bit);
        return true;
    default:
        return false;
    }
}

/* The view of the tab beside the current one, round and round. */
static void show_beside(struct console *console, int by)
{
    enum { TABS = sizeof by_action / sizeof *by_action };
    int at = 0;
    while (at < TABS - 1 && by_action[at] != console->stack[0]->class)
        at++;
    console_show(console, by_action[(at + by + TABS) % TABS]);
}

enum reaction console_act(struct console *console, struct view *view, enum action action)
{
    if (action == ACT_VIEW_NEXT || action == ACT_VIEW_PREVIOUS) {
        show_beside(console, action == ACT_VIEW_NEXT ? 1 : -1);
        return REACT_STAY;
    }
    if (action >= ACT_VIEW_DAY && action <= ACT_VIEW_OUTBOX) {
        console_show(console, by_action[action - ACT_VIEW_DAY]);
        return REACT_STAY;
    }
    if (action == ACT_CLOSE || action == ACT_NO)
        return REACT_CLOSE;
    if (action == ACT_LEAVE)
        return REACT_QUIT;
    if (action == ACT_REDRAW)
        redraw(console);
    else if (action == ACT_SUSPEND)
        suspend(console);
    else if (!open_act(console, view, action) && view->class->list) {
        size_t count;
        struct show_list *list = view->class->list(view, &count);
        if (!list || !list_move(list, count, action, view->area.rows - 1))
            meeting_act(console, action);
    } else {
        meeting_act(console, action);
    }
    return REACT_STAY;
}

bool console_may(struct console *console, const struct view *view, enum action action)
{
    bool shown = view->class == &view_directory; /* its forms show what may not be changed */
    switch ((int)action) {
    case ACT_EDIT:
        if (shown)
            return true;
        break;
    case ACT_NEW:
    case ACT_CANCEL:
    case ACT_CONVERT:
    case ACT_CONVERT_ALL:
    case ACT_UNDO:
    case ACT_IMPORT:
    case ACT_SYNC:
    case ACT_ZONES:
        break;
    default:
        return true;
    }
    /* It may have become writable since it was opened. */
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
    if (!console_may(console, view, action))
        return;
    enum reaction reaction =
        view->class->act ? view->class->act(console, view, action) : REACT_PASS;
    if (reaction == REACT_PASS)
        reaction = console_act(console, view, action);
    console_react(console, view, reaction);
    /* Until the next frame nobody sees what is where now. */
    if (console->canvas)
        canvas_items_forget(console->canvas);
}

/* --- the mouse --- */

static void click(struct console *console, const struct key *key)
{
    struct view *view = console_top(console);
    const struct view_class *tab = frame_tab_at(console, key->row, key->col);
    if (tab && !(view->class->bit & (V_FORM | V_DIALOG | V_START))) {
        console_show(console, tab);
        return;
    }
    size_t count = 0;
    struct show_list *list = view->class->list ? view->class->list(view, &count) : NULL;
    size_t at = canvas_item_at(console->canvas, key->row, key->col, count);
    if (!list || at >= count)
        return;
    if (at == list->selected)
        act(console, ACT_OPEN);
    else
        list->selected = at;
}

static void wheel(struct console *console, enum action action)
{
    enum { LINES = 3 };
    for (int i = 0; i < LINES && console_top(console); i++)
        act(console, action);
}

/* --- one key --- */

static bool typed(struct console *console, struct view *view, const struct key *key)
{
    bool text = key->code == K_PASTE || (key->code >= ' ' && key->code < 0x110000);
    return text && view->class->type && view->class->type(console, view, key);
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
    if (typed(console, view, key))
        return;
    if (key->code == K_PASTE) {
        console_say(console, "A paste goes into a field only; nothing was done.");
        return;
    }
    const struct key_row *row = key_row_find(key->code, view->class->bit);
    if (row) {
        act(console, row->action);
        return;
    }
    char name[16];
    key_text(key->code, name);
    if (*name)
        console_say(console, "%s does nothing here. ? shows the keys.", name);
}
