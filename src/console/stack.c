/*
 * The console's stack of views, and the data that they share: organizer and organization, messages,
 * the side pane.
 */
#include "stack.h"
#include <desk/admit.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct view *console_top(const struct console *console)
{
    return console->depth ? console->stack[console->depth - 1] : NULL;
}

struct show_context console_context(const struct console *console)
{
    return (struct show_context){.now = session_now(console->session),
                                 .zone = console->zone,
                                 .everybody = console->everybody,
                                 .open_key =
                                     console_key_of(console, ACT_OPEN, V_COMMANDS | V_LOOKUP),
                                 .plain = console->session->settings.large_never,
                                 .early = (int64_t)console->organization.early_minutes * MINUTE};
}

int64_t console_midnight(const struct console *console, struct local_time day)
{
    int64_t instant;
    zone_instant(console->zone, local_midnight(day), &instant);
    return instant;
}

struct local_time console_today(const struct console *console)
{
    return local_midnight(zone_read(console->zone, session_now(console->session)).local);
}

void console_say(struct console *console, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(console->message, sizeof console->message, format, args);
    va_end(args);
    console->message_style = STYLE_BAR;
}

void console_say_partly(struct console *console, const struct found_meetings *found)
{
    if (found->partly)
        console_say(console, "More meetings may fit than were looked at: add a name or a word.");
}

const char *console_own_key(const struct console *console, enum action action, unsigned bits)
{
    char key[16] = "";
    for (const struct key_row *row = console->keys; row->keys && !*key; row++)
        if (row->action == action && row->views & bits)
            key_row_first(row, key);
    return arena_copy(console->turn, key);
}

const char *console_key_of(const struct console *console, enum action action, unsigned bits)
{
    const char *key = "";
    if (console->depth && view_bit(console_top(console)) & bits)
        key = console_own_key(console, action, view_bit(console_top(console)));
    if (!*key)
        key = console_own_key(console, action, bits);
    if (*key)
        return key;
    if (!(bits & (V_COMMANDS | V_LOOKUP)))
        return arena_format(console->turn, "'%s'", action_name(action));
    return arena_format(console->turn, "%s%s", console_own_key(console, ACT_PALETTE, bits),
                        action_name(action));
}

void console_error(struct console *console)
{
    const struct error *error = &console->session->error;
    snprintf(console->message, sizeof console->message, "%s: %s", error->what, error->why);
    console->message_style = STYLE_ERROR;
}

bool console_failed(struct console *console, enum err err)
{
    if (err)
        console_error(console);
    return err;
}

void console_copy(struct console *console, const char *name, const char *text)
{
    if (console->term->copy(console->term, text))
        console_say(console, "Copied %s.", name);
    else
        console_say(console, "%s is too long to be copied through the terminal.", name);
}

/* --- the stack --- */

void view_close(struct console *console, struct view *view)
{
    if (view->class->close)
        view->class->close(console, view);
    arena_free(view->arena);
    arena_free(view->fresh);
    arena_free(view->own);
}

void console_load(struct console *console, struct view *view)
{
    view->stale = false;
    if (!view->class->load)
        return;
    arena_reset(view->fresh);
    view->stale = console_failed(console, view->class->load(console, view));
    if (view->stale)
        return;
    struct arena *loaded = view->fresh;
    view->fresh = view->arena;
    view->arena = loaded;
}

void console_push(struct console *console, const struct view_class *class, const void *given)
{
    console_push_in(console, class, given, arena_new());
}

void console_push_in(struct console *console, const struct view_class *class, const void *given,
                     struct arena *own)
{
    if (console->depth == STACK_MAX) {
        arena_free(own);
        error_set(&console->session->error, ERR_REFUSED, "the screen",
                  "too much is open; close something first");
        console_error(console);
        return;
    }
    struct view *view = arena_alloc(own, sizeof *view);
    *view = (struct view){.class = class, .own = own, .arena = arena_new(), .fresh = arena_new()};
    view->state = arena_alloc(own, class->size);
    if (class->list)
        view->list = (void *)((char *)view->state + class->list);
    if (given)
        memcpy(view->state, given, class->given);
    view->area = (struct area){2, 0, console->term->rows - 3, console->term->cols};
    if (class->open)
        class->open(console, view, given);
    console->stack[console->depth++] = view;
    console_load(console, view);
}

struct view *console_lift(struct console *console)
{
    return console->stack[--console->depth];
}

void console_pop(struct console *console)
{
    if (console->depth)
        view_close(console, console_lift(console));
    struct view *top = console_top(console);
    if (top && top->stale)
        console_load(console, top);
}

void console_show(struct console *console, const struct view_class *class)
{
    while (console->depth > 1)
        view_close(console, console_lift(console));
    if (console->depth && console->stack[0]->class == class) {
        if (console->stack[0]->stale)
            console_load(console, console->stack[0]);
        return;
    }
    while (console->depth)
        view_close(console, console_lift(console));
    console->everybody = false;
    console->answer_zone = NULL;
    console_zone(console);
    console_push(console, class, NULL);
}

struct view *console_find(const struct console *console, enum view_number number)
{
    for (int i = console->depth; i-- > 0;)
        if (console->stack[i]->class->number == number)
            return console->stack[i];
    return NULL;
}

void console_changed(struct console *console)
{
    console->changes++;
    console->pane.ready = false;
    for (int i = 0; i < console->depth; i++)
        console->stack[i]->stale = true;
}

void console_react(struct console *console, struct view *view, enum reaction reaction)
{
    switch (reaction) {
    case REACT_RELOAD:
        console_load(console, view);
        break;
    case REACT_CLOSE:
        if (console->depth == 1)
            console->quit = true; /* the lowest view stays open: it is remembered at the end */
        else if (view == console_top(console))
            console_pop(console);
        break;
    case REACT_QUIT:
        console->quit = true;
        break;
    case REACT_STAY:
    case REACT_PASS:
        break;
    }
}

const struct occurrence *console_selected(const struct console *console)
{
    for (int i = console->depth; i-- > 0;) {
        const struct view *view = console->stack[i];
        if (view->class->selected)
            return view->class->selected(view);
        if (!view->class->small)
            return NULL;
    }
    return NULL;
}

/* --- whose calendar --- */

const struct zone *console_organizer_zone(struct console *console)
{
    const char *name = console->session->settings.tz;
    const struct zone *zone;
    if (!name && console->has_organizer && console->organizer.tz && *console->organizer.tz)
        name = console->organizer.tz;
    /* A stored zone that this system does not know must not keep the calendar from being seen. */
    if (session_zone(console->session, name, &zone) != ERR_OK)
        zone = session_own_zone(console->session);
    return zone;
}

void console_zone(struct console *console)
{
    console->zone = console->answer_zone;
    if (console->zone)
        return;
    if (!console->everybody || session_zone(console->session, NULL, &console->zone) != ERR_OK)
        console->zone = console_organizer_zone(console);
}

/*
 * The organizer that the settings name; if they name none, or a wrong one (which is shown), the
 * first of the list.
 */
static enum err read_organizer(struct console *console, struct arena *arena,
                               struct organizer *organizer)
{
    struct organizers all = {0};
    enum err err = desk_organizers(console->session, arena, 1, &all);
    console->has_organizer = !err && all.count > 0;
    if (!console->has_organizer)
        return err;
    if (console->session->settings.organizer)
        err = desk_organizer(console->session, arena, organizer);
    if (console_failed(console, err) || !organizer->email)
        *organizer = all.items[0];
    return ERR_OK;
}

enum err console_who(struct console *console)
{
    struct arena *arena = arena_new();
    struct organization organization = {0};
    struct organizer organizer = {0};
    enum err err = desk_organization(console->session, arena, &organization, NULL);
    if (!err)
        err = read_organizer(console, arena, &organizer);
    if (err) {
        arena_free(arena);
        return err;
    }
    arena_free(console->who);
    console->who = arena;
    console->organization = organization;
    console->organizer = organizer;
    console_zone(console);
    return ERR_OK;
}

void console_watch_calls(struct console *console)
{
    const char *trunk = NULL;
    console_failed(console, desk_trunk_probed(console->session, console->turn, &trunk));
    console->probed = trunk != NULL;
}

enum err console_open_store(struct console *console)
{
    struct session *session = console->session;
    enum err err = session->store ? ERR_OK : session_store(session, DB_WRITE, NULL);
    if (err == ERR_DENIED)
        err = session_store(session, DB_READ, NULL);
    console->has_store = !err;
    if (err)
        return err;
    console_failed(console, desk_change_mark(session, &console->mark));
    console_watch_calls(console);
    return console_who(console);
}

/* --- the side pane --- */

void console_pane(struct console *console)
{
    struct pane *pane = &console->pane;
    if (console->working)
        return;
    const struct occurrence *selected = console_selected(console);
    if (!selected) {
        pane->ready = false;
        return;
    }
    const struct meeting *meeting = selected->meeting;
    if (pane->ready && strcmp(pane->uid, meeting->uid) == 0 && pane->start == selected->start &&
        pane->version == meeting->version)
        return;
    if (!pane->arena)
        pane->arena = arena_new();
    arena_reset(pane->arena);
    pane->ready = false;
    struct occurrence whole;
    if (desk_meeting(console->session, pane->arena, meeting->uid, &whole) != ERR_OK)
        return;
    pane->invitation = (struct invitation){0};
    if (!meeting_foreign(whole.meeting) && /* else it is not ours to invite to */
        desk_invitation(console->session, pane->arena, &whole, NULL, NULL, &pane->invitation) !=
            ERR_OK)
        return;
    /* the selected occurrence, with the details of its meeting */
    pane->occurrence = whole;
    pane->occurrence.start = selected->start;
    pane->occurrence.end = selected->end;
    pane->occurrence.title = arena_copy(pane->arena, selected->title);
    pane->occurrence.location = arena_copy(pane->arena, selected->location);
    pane->uid = whole.meeting->uid;
    pane->start = selected->start;
    pane->version = whole.meeting->version;
    pane->ready = true;
}
