/*
 * The loop: wait for the terminal, a signal or the second's timer; read all keys that are there;
 * act; draw once. Signals are blocked and read as events, so that no handler runs beside the code
 * and nothing needs a global.
 */
#include "remember.h"
#include "start.h"
#include "view.h"
#include <base/module.h>
#include <console/console.h>
#include <desk/undo.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { TICK_MS = 1000, IDLE_MS = 20, PATIENCE_MS = 500, PACE_MS = 100 };

/* The signals that are events here. */
static sigset_t loop_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGWINCH);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGQUIT);
    sigaddset(&set, SIGTSTP);
    sigaddset(&set, SIGCONT);
    return set;
}

/* In the midst of work, what would be a key asks for an end of it: that is the progress' to see. */
static void take_signal(struct console *console, int number, bool keys_too)
{
    switch (number) {
    case SIGWINCH:
        console->term->resize(console->term);
        break;
    case SIGCONT: /* stopped by SIGSTOP, which nobody sees coming: the screen may be anybody's */
        console->term->suspend(console->term);
        console->term->resume(console->term);
        break;
    case SIGTSTP:
        if (keys_too)
            console_key(console, &(struct key){.code = K_CTRL('Z')});
        break;
    case SIGINT:
        if (keys_too)
            console_key(console, &(struct key){.code = K_CTRL('C')});
        break;
    default:
        console->quit = true;
    }
}

void console_take_signals(struct console *console, bool keys_too)
{
    struct signalfd_siginfo info;
    while (console->signals >= 0 &&
           read(console->signals, &info, sizeof info) == (ssize_t)sizeof info)
        take_signal(console, (int)info.ssi_signo, keys_too);
}

/*
 * The timer: has somebody else changed the store? The view on top reloads at once, those below when
 * they are seen again.
 */
static void tick(struct console *console)
{
    int64_t mark;
    if (!console->has_store) {
        start_tick(console);
        return;
    }
    enum err err = desk_change_mark(console->session, &mark);
    if (err != ERR_OK) {
        console_error(console);
        console->ailing = true;
        if (session_again(console->session) == ERR_OK)
            err = desk_change_mark(console->session, &mark);
    }
    if (err != ERR_OK)
        return;
    bool again = console->ailing;
    console->ailing = false;
    bool free = !console->message[0] || console->message_style == STYLE_ERROR;
    if (again && free) /* nothing newer was said */
        console_say(console, "The store is there again.");
    if (!again && mark == console->mark)
        return;
    console->mark = mark;
    console_changed(console);
    zones_again(console);
    if (console_who(console) != ERR_OK)
        console_error(console);
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

/* Waits for something to do. A scripted terminal never waits. */
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
        console_take_signals(console, true);
    if (n > 0 && fds[0].revents & (POLLHUP | POLLERR | POLLNVAL) && !(fds[0].revents & POLLIN))
        console->quit = true;
}

static void read_keys(struct console *console)
{
    struct key key;
    while (!console->quit) {
        enum term_read got = console->term->read(console->term, &key);
        if (got == TERM_LOST)
            console->quit = true;
        if (got != TERM_KEY)
            return;
        console_key(console, &key);
    }
}

enum err console_loop(struct console *console)
{
    sigset_t set = loop_signals();
    bool real = console->term->fd >= 0;
    console->signals = real ? signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC) : -1;
    int64_t ticked = session_clock(console->session);
    draw(console);
    while (!console->quit) {
        wait_for_event(console);
        read_keys(console);
        if (console->quit)
            break;
        /* Somebody who types without a pause is still shown what others do. */
        int64_t now = session_clock(console->session);
        if (now != ticked || !real)
            tick(console);
        ticked = now;
        draw(console);
    }
    if (real)
        close(console->signals);
    return ERR_OK;
}

/* --- the beginning and the end --- */

static const struct view_class *const tabs[] = {&view_day,       &view_week,   &view_month,
                                                &view_agenda,    &view_legacy, &view_lookup,
                                                &view_directory, &view_outbox};
enum { TABS = sizeof tabs / sizeof *tabs };

const char *console_view_name(size_t index)
{
    return index < TABS ? tabs[index]->name : NULL;
}

static const struct view_class *tab_named(const char *name)
{
    for (size_t i = 0; name && i < TABS; i++)
        if (strcmp(tabs[i]->name, name) == 0)
            return tabs[i];
    return NULL;
}

enum err console_view_check(struct session *session, const char *view)
{
    if (tab_named(view))
        return ERR_OK;
    struct text names = text_start(session->arena);
    for (size_t i = 0; i < TABS; i++)
        text_addf(&names, "%s%s", i ? ", " : "", tabs[i]->name);
    return error_set_what(
        &session->error, ERR_INVALID,
        arena_format(session->arena, "there is no such view; there are %s", names.bytes),
        "view '%s'", view);
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
        *class = console->term->cols >= 120 ? &view_week : &view_agenda;
    return ERR_OK;
}

enum err console_open_store(struct console *console)
{
    struct session *session = console->session;
    enum err err = ERR_OK;
    if (!session->store) {
        err = session_store(session, DB_WRITE, NULL);
        if (err == ERR_DENIED)
            err = session_store(session, DB_READ, NULL);
    }
    console->has_store = err == ERR_OK;
    if (err != ERR_OK)
        return err;
    if (desk_change_mark(session, &console->mark) != ERR_OK)
        console_error(console);
    return console_who(console);
}

static void console_close(struct console *console)
{
    if (console->depth && console->stack[0]->class != &view_start)
        remember(REMEMBER_VIEW, console->stack[0]->class->name);
    while (console->depth)
        console_pop(console);
    arena_free(console->pane.arena);
    arena_free(console->zones.arena);
    arena_free(console->who);
    arena_free(console->turn);
    arena_free(console->arena);
}

enum err console_run_on(struct session *session, struct terminal *term, const char *view)
{
    struct console console = {
        .session = session, .term = term, .arena = arena_new(), .turn = arena_new()};
    session->undo = undo_journal_new();
    const char *asked = session->settings.tz;
    session->settings.tz = NULL;
    console.system_zone = session_own_zone(session);
    session->settings.tz = asked;
    console.zone = session_own_zone(session);
    const struct view_class *class;
    enum err err = first_view(&console, view, &class);
    if (err == ERR_OK) {
        enum err opened = console_open_store(&console);
        console.day = console_today(&console);
        if (opened != ERR_OK || !console.has_organizer)
            err = console_push(&console, &view_start, class);
        else
            err = console_push(&console, class, NULL);
    }
    if (err == ERR_OK)
        err = console_loop(&console);
    console_close(&console);
    undo_journal_free(session->undo);
    session->undo = NULL;
    return err;
}

/*
 * The store may be far away, or held by somebody: what is waited for is said before it is waited
 * for.
 */
static void draw_opening(struct terminal *term)
{
    struct arena *arena = arena_new();
    struct canvas *canvas = canvas_new(arena, term->rows, term->cols, term->ascii);
    canvas_clear(canvas);
    canvas->cursor_row = canvas->cursor_col = -1;
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
    if (err != ERR_OK)
        return err;
    const struct term_module *module = record;
    struct terminal *term;
    struct arena *arena = arena_new();
    /*
     * Held from before the terminal is touched, for good: curses's own handlers know nothing of the
     * modes that are ours, and who ends a session often says so more than once. What comes behind
     * the end has come too late to matter.
     */
    sigset_t set = loop_signals();
    sigprocmask(SIG_BLOCK, &set, NULL);
    err = module->open(arena, session->settings.color, &term, &session->error);
    if (err == ERR_OK) {
        term->patience_ms = PATIENCE_MS;
        term->pace_ms = PACE_MS;
        draw_opening(term);
        err = console_run_on(session, term, view);
        term->close(term);
    }
    arena_free(arena);
    return err;
}
