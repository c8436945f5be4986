/*
 * The console's state: the stack of views, and what they share. Any view may call this; it calls
 * views only through their records.
 */
#ifndef STACK_H
#define STACK_H

#include "term.h"
#include "view.h"

enum { STACK_MAX = 16, MESSAGE_MAX = 1024 };

/* The meeting in the side pane, with what its invitation says. */
struct pane {
    struct arena *arena;
    struct occurrence occurrence;
    struct invitation invitation;
    const char *uid;
    int64_t start, version;
    bool ready;
};

struct console {
    struct session *session;
    struct terminal *term;
    struct arena *arena, *turn; /* the console's life; one turn of the loop */
    struct canvas *canvas;
    const struct view_class *const *tabs; /* TAB_COUNT of them */
    struct view *stack[STACK_MAX];
    int depth;
    struct arena *who; /* holds organizer and organization */
    struct organizer organizer;
    struct organization organization;
    bool has_organizer, has_store;
    bool everybody;                 /* the bottom view lists all organizers' meetings */
    const struct zone *zone;        /* in which times are shown: see console_zone */
    const struct zone *answer_zone; /* of the lookup's answer; NULL: none is shown */
    const struct zone *system_zone; /* what a clock beside the screen shows */
    struct local_time day;          /* where the calendars stand; they share it */
    struct pane pane;
    char message[MESSAGE_MAX];
    enum style message_style;
    int64_t mark;
    bool ailing;  /* the store could not be asked at the last tick */
    int signals;  /* what the loop reads them from; -1: none */
    bool working; /* progress is drawn: nothing is loaded for it */
    bool quit;
    struct zones_look zones; /* looked for while nobody types */
    size_t zones_told;       /* so many meetings that move were told */
    int changes; /* how often this console changed the store: calendars reload when it moves on */
};

struct view *console_top(const struct console *console);
/* Opens a view on the stack and loads it. ERR: it did not open, the message is shown. */
enum err console_push(struct console *console, const struct view_class *class, const void *given);
void console_pop(struct console *console);
/*
 * Takes the top view off the stack but leaves it open, so that its answer may open another view in
 * its place. view_close frees it then.
 */
struct view *console_lift(struct console *console);
void view_close(struct console *console, struct view *view);
/* Makes this the only view. */
enum err console_show(struct console *console, const struct view_class *class);
void console_load(struct console *console, struct view *view);
/* This console changed the store: everything is stale. */
void console_changed(struct console *console);
void console_say(struct console *console, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void console_error(struct console *console);   /* says session->error */
enum err console_who(struct console *console); /* reads organizer and organization again */
/*
 * The zone in which the organizer's times are told, by the rule of the command line: --tz, the
 * organizer's, the system's.
 */
const struct zone *console_organizer_zone(struct console *console);
/*
 * Chooses console->zone: the lookup's, the organizer's, or the reader's own where everybody's
 * meetings are listed.
 */
void console_zone(struct console *console);
void console_pane(struct console *console); /* loads the pane for the selected meeting */
/* A view that belongs over this one on the stack answered a key: what to do with the reaction. */
void console_react(struct console *console, struct view *view, enum reaction reaction);
struct show_context console_context(const struct console *console);
int64_t console_midnight(const struct console *console,
                         struct local_time day); /* the instant it begins */
struct local_time console_today(const struct console *console);
/* The selected meeting of the uppermost view that has one; NULL: none. */
const struct occurrence *console_selected(const struct console *console);
/* The uppermost view of this kind on the stack, or NULL. */
struct view *console_find(const struct console *console, enum view_number number);
/* Copies through the terminal, and says so of `what`. */
void console_copy(struct console *console, const char *what, const char *text);
/*
 * Opens the store that is there, for reading if nothing else is allowed, and reads whose it is. A
 * store that is not there is an error.
 */
enum err console_open_store(struct console *console);

#endif
