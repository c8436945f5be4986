/*
 * The console's state: the stack of views, and the data that they share. Any view may call these
 * functions; they call views only through their records.
 */
#ifndef STACK_H
#define STACK_H

#include "term.h"
#include "view.h"

enum { STACK_MAX = 16, MESSAGE_MAX = 1024 };

/* The meeting in the side pane, and the contents of its invitation. */
struct pane {
    struct arena *arena;
    struct occurrence occurrence;
    struct invitation invitation;
    const char *uid;
    int64_t start, version;
    bool ready;
};

/* What the reminder in the top line tells of; `title` lives as long as `arena`. */
struct reminder {
    struct arena *arena;
    const char *title, *id; /* title NULL: there is nothing to remind of; id "": it has none */
    int64_t start;
    int64_t minute; /* in which it was looked for */
};

struct console {
    struct session *session;
    struct terminal *term;
    const struct key_row *keys; /* the key table, with the settings' keys in it */
    struct arena *arena, *turn; /* live as long as the console; as one turn of the loop */
    struct canvas *canvas;
    const struct view_class *const *tabs; /* view_tabs: who names it calls every view */
    struct view *stack[STACK_MAX];
    int depth;
    struct arena *who; /* holds organizer and organization */
    struct organizer organizer;
    struct organization organization;
    bool has_organizer, has_store;
    bool everybody;                 /* the bottom view lists all organizers' meetings */
    const struct zone *zone;        /* in which times are shown: see console_zone */
    const struct zone *answer_zone; /* of the lookup's answer; NULL: no answer is shown */
    const struct zone *system_zone; /* the zone of the reader's own clock */
    struct local_time day;          /* the day that the calendar views stand on */
    struct pane pane;
    char message[MESSAGE_MAX];
    enum style message_style;
    int64_t mark;                   /* the store's change mark at the last tick */
    bool ailing;                    /* the store could not be read at the last tick */
    int signals;                    /* the signalfd that the loop reads; -1: none */
    struct VECTOR(struct key) kept; /* typed while the store was waited for */
    size_t kept_taken;              /* so many of them were answered */
    struct arena *kept_arena;
    bool background; /* nobody asked for what is done now: it gives way to any key */
    bool working;    /* progress is drawn: nothing is loaded meanwhile */
    bool quit;
    struct zones_look zones; /* the search for meetings that move, done while nobody types */
    size_t zones_told;       /* how many meetings that move were announced */
    bool probed;             /* many wrong IDs come over a trunk just now */
    struct reminder reminder;
    int changes; /* how often this console has changed the store */
};

struct view *console_top(const struct console *console);
/* Opens a view on the stack and loads it, unless too much is open, which is said. */
void console_push(struct console *console, const struct view_class *class, const void *given);
/* The same for a view that takes this arena as its own; if it does not open, the arena is freed. */
void console_push_in(struct console *console, const struct view_class *class, const void *given,
                     struct arena *own);
void console_pop(struct console *console);
/*
 * Takes the top view off the stack but leaves it open, so that its answer may open another view in
 * its place. view_close frees it then.
 */
struct view *console_lift(struct console *console);
void view_close(struct console *console, struct view *view);
/* Closes all views and opens this one; keeps it open if it is the lowest. */
void console_show(struct console *console, const struct view_class *class);
/* Loads the view; an error is shown, and the view keeps its data and loads again next turn. */
void console_load(struct console *console, struct view *view);
/* This console changed the store: all views have to load again. */
void console_changed(struct console *console);
void console_say(struct console *console, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* If a search has not looked at all that may fit. */
void console_say_partly(struct console *console, const struct found_meetings *found);
/*
 * The first key of the action in a view with these bits; "" if it has none there. Lives as long as
 * the turn.
 */
const char *console_own_key(const struct console *console, enum action action, unsigned bits);
/*
 * How to ask for the action, in sentences: its first key in the top view, else in the views with
 * these bits, else its name in the palette (":undo"), or 'NAME' if those views have no palette.
 * Lives as long as the turn.
 */
const char *console_key_of(const struct console *console, enum action action, unsigned bits);
void console_error(struct console *console); /* shows session->error */
/* Whether this is an error; session->error is shown then. */
bool console_failed(struct console *console, enum err err);
enum err console_who(struct console *console); /* reads organizer and organization again */
/* The organizer's zone, by the rule of the command line: --tz, the organizer's, the system's. */
const struct zone *console_organizer_zone(struct console *console);
/*
 * Chooses console->zone: the lookup's, else the organizer's; the reader's own if everybody's
 * meetings are listed.
 */
void console_zone(struct console *console);
void console_pane(struct console *console); /* loads the pane for the selected meeting */
/* Does what the reaction of this view asks for. */
void console_react(struct console *console, struct view *view, enum reaction reaction);
struct show_context console_context(const struct console *console);
/* The instant at which the day begins in the console's zone. */
int64_t console_midnight(const struct console *console, struct local_time day);
struct local_time console_today(const struct console *console);
/* The selected meeting of the uppermost view, or of the view below small ones; NULL: none. */
const struct occurrence *console_selected(const struct console *console);
/* The uppermost view of this kind on the stack, or NULL. */
struct view *console_find(const struct console *console, enum view_number number);
/* Copies the text through the terminal; the message calls it `name`. */
void console_copy(struct console *console, const char *name, const char *text);
/*
 * Opens an existing store, only for reading if writing is not allowed, and reads organizer and
 * organization. It is an error if there is no store.
 */
enum err console_open_store(struct console *console);
/* Looks whether a trunk is being probed, which the top line tells. */
void console_watch_calls(struct console *console);

#endif
