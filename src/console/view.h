/*
 * What the console's files share: a view as a record, the stack of views, the key table's actions,
 * and the services that views call. Views load through desk/ into an arena of their own, draw by
 * show/ into the canvas, and answer actions.
 */
#ifndef VIEW_H
#define VIEW_H

#include "keys.h"
#include "line.h"
#include "term.h"
#include <desk/desk.h>
#include <show/canvas.h>
#include <show/print.h>
#include <show/show.h>

struct console;
struct view;

/* What is to happen after an action: the view says, the loop does. */
enum reaction {
    REACT_STAY,
    REACT_PASS,   /* not mine: the console's own answer, if it has one */
    REACT_RELOAD, /* what is shown is out of date */
    REACT_CLOSE,
    REACT_QUIT
};

struct view_class {
    const char *name, *title;
    unsigned bit; /* its bit in the key table */
    size_t size;  /* of its state, zeroed before open */
    bool pane;    /* a side pane shows its selected meeting */
    bool small;   /* drawn over the view below it, which stays seen */
    enum err (*open)(struct console *console, struct view *view,
                     const void *given); /* may be NULL, as all below but draw */
    enum err (*load)(struct console *console,
                     struct view *view); /* into view->fresh; state is changed only on success */
    void (*draw)(const struct console *console, struct view *view, struct canvas *canvas,
                 struct area area);
    enum reaction (*act)(struct console *console, struct view *view, enum action action);
    /*
     * Whether the action does something as the view stands now: only such are on the bottom line.
     * NULL: all do.
     */
    bool (*offers)(const struct view *view, enum action action);
    bool (*type)(struct console *console, struct view *view,
                 const struct key *key); /* text and pastes; true: taken */
    const struct occurrence *(*selected)(const struct view *view);
    struct show_list *(*list)(struct view *view,
                              size_t *count); /* what arrows, the wheel and clicks move in */
    const char *(*span)(const struct console *console, const struct view *view,
                        struct arena *arena);
    void (*close)(struct console *console, struct view *view);
};

struct view {
    const struct view_class *class;
    void *state;
    struct arena *own;   /* lives as long as the view */
    struct arena *arena; /* what was loaded; swapped with `fresh` by each good load */
    struct arena *fresh;
    struct area area; /* where it was drawn last */
    bool stale;
};

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

/* --- console.c: the stack --- */
struct view *console_top(const struct console *console);
/* Opens a view on the stack and loads it. ERR: it did not open, the message is shown. */
enum err console_push(struct console *console, const struct view_class *class, const void *given);
void console_pop(struct console *console);
/* Makes this the only view. */
enum err console_show(struct console *console, const struct view_class *class);
void console_load(struct console *console, struct view *view);
void console_changed(
    struct console *console); /* this console changed the store: everything is stale */
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
/* The next view of this class on the stack, or NULL. */
struct view *console_find(const struct console *console, const struct view_class *class);

/* --- loop.c --- */
enum err console_loop(struct console *console);
/*
 * Opens the store that is there, for reading where nothing else is allowed, and reads whose it is.
 * What is not there is an error.
 */
enum err console_open_store(struct console *console);
void console_take_signals(struct console *console, bool keys_too);
enum err console_run_on(struct session *session, struct terminal *term,
                        const char *view); /* console_run on a terminal that is open */

/* --- actions.c: what an action does where the view leaves it to the console --- */
enum reaction console_act(struct console *console, struct view *view, enum action action);
void console_key(struct console *console, const struct key *key);
/*
 * Whether what this action does may be done: nothing is changed in a store that may only be read
 * (said why).
 */
bool console_may(struct console *console, const struct view *view, enum action action);
void console_copy(struct console *console, const char *what, const char *text);
/*
 * Stops the whole job, as the shell expects, and returns when it is continued. The terminal has to
 * be the shell's.
 */
void job_stop(void);

/* --- frame.c --- */
void frame_draw(struct console *console);
/* The view whose tab is at this place, or NULL; `body`: whether the place is in the top view. */
const struct view_class *frame_tab_at(const struct console *console, int row, int col);

/* --- progress.c: long work shows how far it is, and can be stopped --- */
struct progress {
    struct console *console;
    struct arena *arena;
    const char *doing, *unit; /* "Converting", "meetings" */
    int64_t total;            /* 0: nobody knows */
    int64_t begun, drawn;     /* milliseconds */
    bool stopped;
    bool (*before)(void *context, int64_t done); /* what the session told its progress until then */
    void *before_context;
};
/* From here to progress_end, which must follow, the session tells its progress to this one. */
void progress_begin(struct progress *progress, struct console *console, const char *doing,
                    const char *unit, int64_t total);
/*
 * Between two whole pieces of work that does not tell it itself. `context` is the progress. False:
 * Esc was pressed, or the console has to end.
 */
bool progress_step(void *context, int64_t done);
void progress_end(struct progress *progress);

/* --- list.c --- */
/* Moves by an action; false where it is none that moves. `page` is the rows of a page. */
bool list_move(struct show_list *list, size_t count, enum action action, int page);
/* Keeps the selection in bounds. */
void list_clamp(struct show_list *list, size_t count);
/* The index of this occurrence in a new list, or `count`. */
size_t list_find(const struct occurrences *list, const struct occurrence *wanted);

/* --- dialog.c: a question and a message over the view --- */
typedef void dialog_answer(struct console *console, void *context);
struct dialog {
    const char *title, *text, *yes, *no; /* `no` NULL: a message, any key closes it */
    bool guarded;                        /* what `yes` does cannot be had back: Enter means no */
    dialog_answer *run;
    void *context;
    struct show_list scroll;
};
/*
 * The caller allocates the context in *arena, which lives as long as the dialog (it is handed
 * over). NULL: none.
 */
void dialog_ask(struct console *console, struct arena *arena, const struct dialog *dialog);

/* --- scope.c: which part of a series --- */
struct scope_question {
    const char *title, *text;
    bool marked; /* about several that are marked: those alone, or their whole series */
    void (*run)(struct console *console, void *context, enum scope scope);
    void *context;
};
/* As dialog_ask: the arena holds texts and context, and is handed over. */
void scope_ask(struct console *console, struct arena *arena, const struct scope_question *question);

/* --- pick.c: a line of input over a list that it narrows --- */
struct pick_row {
    const char *label, *detail;
    const void *item;
};
struct pick_rows VECTOR(struct pick_row);
struct pick {
    const char *title, *prompt, *empty;
    bool free_text; /* Enter takes what was typed, not a row */
    const char *initial;
    /* At most `limit` rows; it is asked for more when they are scrolled through. */
    enum err (*find)(struct console *console, struct arena *arena, const char *typed, size_t limit,
                     struct pick_rows *rows);
    /* False: stays open (its message is shown). The row is NULL with free_text. */
    bool (*choose)(struct console *console, const struct pick_row *row, const char *typed);
};
enum err pick_open(struct console *console, const struct pick *pick);
enum err pick_palette(struct console *console);
enum err pick_search(struct console *console);
enum err pick_organizer(struct console *console);
enum err pick_day(struct console *console);
enum err pick_import(struct console *console);
enum err pick_sync(struct console *console);
const char *console_path(struct arena *arena, const char *typed); /* "~/" is the home folder */

/* --- help.c --- */
enum err help_open(struct console *console, unsigned bit);
/* Text over the whole body, with a title. */
enum err text_open(struct console *console, const char *title, const char *text);
/* Reads title and text of what it is about, into the arena. */
typedef enum err text_read(struct console *console, struct arena *arena, const char *about,
                           const char **title, const char **text);
/* The same, read again whenever the store has changed. */
enum err text_open_live(struct console *console, const char *about, text_read *read);

/* --- meetings --- */
enum err meeting_open(struct console *console, const struct occurrence *occurrence);
enum err invitation_open(struct console *console, const struct occurrence *occurrence);
enum err edit_open(
    struct console *console,
    const struct occurrence *occurrence); /* NULL: a new meeting; of a series it asks which part */
enum err history_open(struct console *console, const char *reference);
void cancel_ask(struct console *console, const struct occurrence *occurrence);
/* The same for several, with a summary: all in one transaction. */
void cancel_ask_all(struct console *console, const struct occurrences *list);
/* Asks, with a summary, and converts the meetings with these UIDs. */
void convert_ask(struct console *console, const struct occurrences *list);
/*
 * The same for more than are read at once: those with these UIDs, or (NULL) all of the list that
 * the legacy view shows. `total` says how many, `some` holds the first of them, up to
 * CONVERT_LISTED of which are told.
 */
enum { CONVERT_LISTED = 12 };
void convert_ask_many(struct console *console, const struct strings *uids, size_t total,
                      const struct occurrences *some);
/* Takes the last change of this console back; asks first where it was of several meetings. */
void undo_ask(struct console *console);
/* --- zones.c: meetings that move by new rules of their time zones --- */
/* A step of the look for them, where it is not done; tells what it came to. */
void zones_step(struct console *console);
/* Looks once more from the beginning: others may have renewed them. */
void zones_again(struct console *console);
/* Asks, with a summary, and renews their times. */
void zones_ask(struct console *console);
enum err organizer_form_open(struct console *console,
                             const struct organizer *organizer); /* NULL: a new one */

extern const struct view_class view_day, view_week, view_month, view_agenda, view_legacy,
    view_lookup, view_directory, view_outbox, view_meeting, view_invitation, view_form, view_pick,
    view_dialog, view_text, view_start, view_scope;

#endif
