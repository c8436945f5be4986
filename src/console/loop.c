/*
 * The loop: wait for the terminal, a signal or the second's timer; answer all keys that are there;
 * draw once.
 */
#include "loop.h"
#include "bind.h"
#include "remember.h"
#include "start.h"
#include "theme.h"
#include <base/module.h>
#include <console/console.h>
#include <desk/undo.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { TICK_MS = 1000, IDLE_MS = 20, PATIENCE_MS = 500, PACE_MS = 100 };

static enum err mark_read(struct console *console, int64_t *mark)
{
    enum err err = desk_change_mark(console->session, mark);
    if (!err)
        return ERR_OK;
    console_error(console);
    console->ailing = true;
    if (err ==
        ERR_BUSY) /* it gave way to a key, or somebody holds the store: the next tick looks */
        return err;
    err = session_again(console->session);
    return err ? err : desk_change_mark(console->session, mark);
}

/*
 * Every second: if somebody else has changed the store, all views are loaded again, those that are
 * covered when they are seen again.
 */
static void tick(struct console *console)
{
    int64_t mark = 0;
    console->background = true;
    enum err err = console->has_store ? mark_read(console, &mark) : ERR_IO;
    if (!console->has_store)
        start_tick(console);
    console->background = false;
    if (err)
        return;
    if (console->probed || mark != console->mark)
        console_watch_calls(console);
    bool again = console->ailing;
    console->ailing = false;
    bool free = !console->message[0] || console->message_style == STYLE_ERROR;
    if (again && free) /* a newer message stays */
        console_say(console, "The store is there again.");
    reminder_look(console, mark != console->mark || again);
    if (!again && mark == console->mark)
        return;
    console->mark = mark;
    console_changed(console);
    zones_again(console);
    console_failed(console, console_who(console));
}

static void reload_stale(struct console *console)
{
    for (int i = console->depth; i-- > 0;) {
        struct view *view = console->stack[i];
        if (view->stale)
            console_load(console, view);
        if (!view->class->small)
            break;
    }
}

static void draw(struct console *console)
{
    reload_stale(console);
    arena_reset(console->turn);
    console->canvas =
        canvas_new(console->turn, console->term->rows, console->term->cols, console->term->ascii);
    frame_draw(console);
    console->term->put(console->term, console->canvas);
}

static void read_signals(struct console *console)
{
    struct key key;
    while (signals_next(console, &key))
        if (key.code != K_NONE)
            console_key(console, &key);
}

/* A scripted terminal never waits. */
static void wait_for_event(struct console *console)
{
    struct pollfd fds[] = {{.fd = console->term->fd, .events = POLLIN},
                           {.fd = console->signals, .events = POLLIN}};
    bool looking = console->has_store && !console->zones.done;
    if (console->term->fd < 0) {
        while (console->term->idle && console->has_store && !console->zones.done)
            zones_step(console);
        console->term->idle = false;
        return;
    }
    int n = poll(fds, 2, looking ? IDLE_MS : TICK_MS);
    if (n == 0 && looking)
        zones_step(console);
    else if (n == 0)
        tick(console);
    else if (n < 0 && errno != EINTR)
        console->quit = true;
    if (n > 0 && fds[1].revents & POLLIN)
        read_signals(console);
    if (n > 0 && fds[0].revents & (POLLHUP | POLLERR | POLLNVAL) && !(fds[0].revents & POLLIN))
        console->quit = true;
}

static void read_keys(struct console *console)
{
    struct key key;
    while (!console->quit) {
        enum term_read got = waiting_key(console, &key);
        if (got == TERM_LOST)
            console->quit = true;
        if (got != TERM_KEY)
            return;
        console_key(console, &key);
    }
}

static void run_loop(struct console *console)
{
    bool real = console->term->fd >= 0;
    int64_t ticked = session_clock(console->session);
    draw(console);
    while (!console->quit) {
        wait_for_event(console);
        read_keys(console);
        if (console->quit)
            break;
        /*
         * poll never times out under keys without a pause: others' changes are shown all the same
         */
        int64_t now = session_clock(console->session);
        if (now != ticked || !real)
            tick(console);
        ticked = now;
        draw(console);
    }
}

/* --- the beginning and the end --- */

static const struct view_class *tab_named(const char *name)
{
    for (enum view_number i = 0; name && i < TAB_COUNT; i++)
        if (strcmp(view_name(i), name) == 0)
            return view_tabs[i];
    return NULL;
}

enum err console_view_check(struct session *session, const char *view)
{
    if (tab_named(view))
        return ERR_OK;
    struct text names = text_start(session->arena);
    for (enum view_number i = 0; i < TAB_COUNT; i++)
        text_addf(&names, "%s%s", i ? ", " : "", view_name(i));
    return error_set_what(&session->error, ERR_INVALID,
                          arena_format(session->arena, "unknown view; there are %s", names.bytes),
                          "view '%s'", view);
}

enum err console_settings_check(struct session *session)
{
    const struct key_row *rows;
    struct own_looks own;
    enum err err = keys_bind(session->arena, &session->settings, &rows, &session->error);
    return err ? err : own_looks_read(&session->settings, &own, session->arena, &session->error);
}

static enum err first_view(struct console *console, const char *view,
                           const struct view_class **class)
{
    const char *asked = view ? view : console->session->settings.view;
    *class = tab_named(asked);
    if (*class)
        return ERR_OK;
    if (asked)
        return console_view_check(console->session, asked);
    *class = tab_named(remembered(console->arena, REMEMBER_VIEW));
    if (!*class)
        *class = console->term->cols >= 120 ? view_tabs[VIEW_WEEK] : view_tabs[VIEW_AGENDA];
    return ERR_OK;
}

/* Opens the start view instead, if there is no store or no organizer yet. */
static enum err open_first_view(struct console *console, const char *view)
{
    const struct view_class *class;
    enum err err = first_view(console, view, &class);
    if (err)
        return err;
    enum err opened = console_open_store(console);
    console->day = console_today(console);
    if (opened || !console->has_organizer)
        start_open(console, class);
    else
        console_push(console, class, NULL);
    return ERR_OK;
}

static void console_close(struct console *console)
{
    if (console->depth && console->stack[0]->class->number < TAB_COUNT)
        remember(REMEMBER_VIEW, view_name(console->stack[0]->class->number));
    while (console->depth)
        console_pop(console);
    arena_free(console->pane.arena);
    arena_free(console->reminder.arena);
    arena_free(console->zones.arena);
    arena_free(console->who);
    arena_free(console->turn);
    arena_free(console->kept_arena);
    arena_free(console->arena);
    if (console->signals >= 0)
        close(console->signals);
    console->session->wait.watch = NULL;
}

enum err console_run_on(struct session *session, struct terminal *term, const char *view)
{
    struct console console = {.session = session,
                              .keys = key_rows,
                              .term = term,
                              .tabs = view_tabs,
                              .arena = arena_new(),
                              .turn = arena_new()};
    sigset_t set = signals_set();
    console.signals = term->fd >= 0 ? signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC) : -1;
    waiting_watch(&console);
    session->undo = undo_journal_new();
    const char *asked = session->settings.tz;
    session->settings.tz = NULL;
    console.system_zone = session_own_zone(session);
    session->settings.tz = asked;
    console.zone = session_own_zone(session);
    enum err err = keys_bind(console.arena, &session->settings, &console.keys, &session->error);
    if (!err)
        err = open_first_view(&console, view);
    if (!err)
        run_loop(&console);
    console_close(&console);
    undo_journal_free(session->undo);
    session->undo = NULL;
    return err;
}

/* The settings' theme; else the terminal is asked, and until it answers $COLORFGBG counts. */
static struct term_looks looks_of(const struct session *session, const struct own_looks *own)
{
    const struct settings *settings = &session->settings;
    struct term_looks looks = {.color = settings->color, .own = own, .look = own_look};
    looks.ask = settings->theme != THEME_SET_DARK && settings->theme != THEME_SET_LIGHT;
    if (looks.ask)
        looks.theme = theme_of_colorfgbg(getenv("COLORFGBG"));
    else
        looks.theme = settings->theme == THEME_SET_DARK ? THEME_DARK : THEME_LIGHT;
    return looks;
}

/* Drawn before the store is opened, which may take a while. */
static void draw_opening(struct terminal *term)
{
    struct arena *arena = arena_new();
    struct canvas *canvas = canvas_new(arena, term->rows, term->cols, term->ascii);
    canvas_text(canvas, canvas_area(canvas), 0, 1, -1, STYLE_DIM,
                term->ascii ? "Opening the store..." : "Opening the store…");
    term->put(term, canvas);
    arena_free(arena);
}

enum err console_run(struct session *session, const char *view)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(&session->error, ERR_IO, "the console", "it needs a terminal");
    const void *record;
    enum err err = module_open("curses", &record, &session->error);
    if (err)
        return err;
    const struct term_module *module = record;
    struct terminal *term;
    struct arena *arena = arena_new();
    /*
     * Blocked before the terminal is touched, and never unblocked: curses's own handlers would
     * leave our modes of the terminal on, and whoever ends a session often sends its signal twice.
     */
    sigset_t set = signals_set();
    sigprocmask(SIG_BLOCK, &set, NULL);
    struct own_looks own;
    err = own_looks_read(&session->settings, &own, arena, &session->error);
    struct term_looks looks = looks_of(session, &own);
    if (!err)
        err = module->open(arena, &looks, &term, &session->error);
    if (!err) {
        term->patience_ms = PATIENCE_MS;
        term->pace_ms = PACE_MS;
        draw_opening(term);
        err = console_run_on(session, term, view);
        term->close(term);
    }
    arena_free(arena);
    return err;
}
