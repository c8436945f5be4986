/*
 * What actions open: questions, pickers, forms and views. Each stands in a file of its own, whose
 * opening comment tells of it.
 */
#ifndef OPEN_H
#define OPEN_H

#include "stack.h"

/* --- of a meeting --- */

void meeting_open(struct console *console, const struct occurrence *occurrence);
void invitation_open(struct console *console, const struct occurrence *occurrence);
/* The history of an ID (digits) or of a meeting (UID). */
void history_open(struct console *console, const char *reference);
void edit_new(struct console *console);
/* Of a series it asks first which part is meant. */
void edit_open(struct console *console, const struct occurrence *occurrence);
/* Asks what is answered; says so if the meeting is nobody else's. */
void answer_pick(struct console *console, const struct occurrence *selected);

void cancel_ask(struct console *console, const struct occurrence *occurrence);
/* The same for several meetings and occurrences, in one transaction. */
void cancel_ask_all(struct console *console, const struct occurrences *list);

/* Asks, with a summary, and converts the legacy meetings of the list. */
void convert_ask(struct console *console, const struct occurrences *list);
/*
 * The same for more meetings than are read at once: those with these UIDs, or (NULL) all that the
 * legacy view lists. `total` is how many they are, `some` the first of them, of which the summary
 * names up to CONVERT_LISTED.
 */
enum { CONVERT_LISTED = 12 };
void convert_ask_many(struct console *console, const struct strings *uids, size_t total,
                      const struct occurrences *some);

/*
 * Asks whether those are mailed who have not been told of the meeting; says so if there are none.
 */
void send_ask(struct console *console, const char *uid);
/*
 * The question after a change of these meetings: as send_ask, but without a word if nobody is to be
 * told or there is no mail command.
 */
void send_offer(struct console *console, const struct strings *uids);
/* Asks whether everything that is queued is sent. */
void send_ask_queued(struct console *console);

/* --- text over the whole body --- */

/* The keys of the view with this bit. */
void help_open(struct console *console, unsigned bit);
void text_open(struct console *console, const char *title, const char *text);
/* Reads title and text into the arena; `about` names their subject. */
typedef enum err text_read(struct console *console, struct arena *arena, const char *about,
                           const char **title, const char **text);
/* A text that is read again whenever the store has changed; `about` is copied. */
void text_open_live(struct console *console, const char *about, text_read *read);

/* --- of the calendar and the store --- */

void pick_search(struct console *console);
void pick_organizer(struct console *console);
void pick_day(struct console *console);
void pick_import(struct console *console);
void pick_sync(struct console *console);
/* The call log, unless it stands on top already. */
void calls_open(struct console *console);
/* Undoes the last change of this console; asks first if it was of several meetings. */
void undo_ask(struct console *console);
/* Searches meetings that move by new rules of time zones, asks, and renews their times. */
void zones_ask(struct console *console);

#endif
