/*
 * The loop, and what it calls in files of their own.
 */
#ifndef LOOP_H
#define LOOP_H

#include "stack.h"
#include <signal.h>

/* The console on a terminal that is open: what console_run does after opening one. For tests. */
enum err console_run_on(struct session *session, struct terminal *term, const char *view);

/* Keys and clicks to actions; what the top view leaves to the console is done as well. */
void console_key(struct console *console, const struct key *key);

/* The frame around the views: top line, tabs, body, bottom line. */
void frame_draw(struct console *console);
/* The view whose tab is at this place, or NULL. */
const struct view_class *frame_tab_at(const struct console *console, int row, int col);

/* --- the next meeting of the organizer, or one that has just begun, in the top line --- */

/*
 * Looks for the meeting in the store, at most once a minute or when `changed`. A store that cannot
 * be read takes the reminder away; whoever reads next tells the error.
 */
void reminder_look(struct console *console, bool changed);
/* The columns, with a gap, in which it names the meeting; 0: there is nothing to remind of. */
int reminder_least(const struct console *console);
/*
 * "Standup in 5 min · 12345678" in at most `room` columns, or less of it: without the ID, with a
 * cut title; "" if there is nothing to remind of or no room. In the turn's arena.
 */
const char *reminder_text(const struct console *console, int room);

/* --- signals as events, and stopping as a job of the shell --- */

/* The signals that are read as events, and so have to be blocked. */
sigset_t signals_set(void);
/*
 * Takes one waiting signal; false: there is none. Answers it (a new size, the end), or sets *key to
 * the key that it stands for (^C, ^Z); the key's code is K_NONE otherwise.
 */
bool signals_next(struct console *console, struct key *key);
/*
 * Stops the whole job, as the shell expects, and returns when it is continued. The terminal must be
 * in the shell's modes.
 */
void job_stop(void);

/* --- the store lets us wait: the console says for what, and takes keys meanwhile --- */

/*
 * From here on the session's waits are watched. Esc and ^C end a wait; what else is typed comes
 * from waiting_key afterwards. While console->background or ailing is set, any key ends it.
 */
void waiting_watch(struct console *console);
/* The next key: one that was typed during a wait, else the terminal's. */
enum term_read waiting_key(struct console *console, struct key *key);

/* --- meetings that move as the rules of their time zones have changed --- */

/* A step of the search for them, unless it is done; at its end their number is announced. */
void zones_step(struct console *console);
/* Begins the search anew: others may have renewed their times. */
void zones_again(struct console *console);

#endif
