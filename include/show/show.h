/*
 * Records to cells: the bodies of the views. Pure. The console draws them into its frame, the
 * command line prints some of them. Nothing here loads anything; what a view shows was loaded into
 * its arena before.
 */
#ifndef SHOW_SHOW_H
#define SHOW_SHOW_H

#include <core/history.h>
#include <core/invitation.h>
#include <core/lookup.h>
#include <core/meeting.h>
#include <show/canvas.h>

/* What every drawing needs to know of its surroundings. */
struct show_context {
    int64_t now;
    const struct zone *zone; /* in which times are shown: the viewer's */
    bool ascii;
};

/*
 * The signs: "!!" mixing risk, "!" legacy, "" else; the same in ASCII. The word stands beside it
 * where there is room.
 */
const char *show_risk_sign(enum risk risk);
const char *show_risk_word(enum risk risk);

/*
 * A list's window: `top` is the first row shown, `selected` the item; show functions move `top` so
 * that the selected one is seen.
 */
struct show_list {
    const bool *marked; /* one an item; NULL: nothing is marked */
    size_t selected, top;
    bool more_before, more_behind; /* the list is a window of a longer one */
    /* of a time grid: now is what is to be seen, the selected one as well where both fit */
    bool at_now;
};

/*
 * Agenda: by day, each with a heading that stays at the top while its day is scrolled through; an
 * empty day is left out, an empty list says so. What is on now bears a mark.
 */
void show_agenda(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct occurrences *list, struct show_list *state);

/*
 * Time grid of `days` columns (at most 14) from `first` (local midnight): hours down the side,
 * overlapping meetings side by side, all-day and several-day meetings on top, a line at now, ID and
 * risk on each block that has room. If not all days fit, the page of days around `selected_day` is
 * drawn; of several days its name is marked. `state->top` is the first half hour shown, and moves
 * so that the selected meeting is seen; with `state->at_now` it is an hour before now, or before
 * the meeting that is on by then.
 */
void show_week(struct canvas *canvas, struct area area, const struct show_context *context,
               struct local_time first, int days, struct local_time selected_day,
               const struct occurrences *list, struct show_list *state);

/*
 * Six weeks from the Monday on or before the first of `month`: per day the first meetings and how
 * many more; risky days marked; `selected_day` marked.
 */
void show_month(struct canvas *canvas, struct area area, const struct show_context *context,
                struct local_time month, struct local_time selected_day,
                const struct occurrences *list);

/*
 * The side pane: a meeting with its ID (large where there is room: show_id_large) and dial-in
 * numbers. `invitation` may be NULL while it is not loaded.
 */
void show_meeting(struct canvas *canvas, struct area area, const struct show_context *context,
                  const struct occurrence *occurrence, const struct invitation *invitation);

/*
 * The same in a line, for windows without a side pane: when, title, ID and risk, as much as has
 * room.
 */
void show_meeting_line(struct canvas *canvas, struct area line, const struct show_context *context,
                       const struct occurrence *occurrence);

/* An ID in digits of three rows' height; returns the rows used, 0 where it does not fit. */
int show_id_large(struct canvas *canvas, struct area area, int row, const char *digits);

/* Legacy meetings grouped by static ID, mixing risks first, with whom each would be mixed. */
void show_legacy(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct occurrences *list, struct show_list *state);
/*
 * Sorts for show_legacy: groups by (organizer, static ID), groups with the worst risk first, within
 * a group those with a mixing risk first (both kinds by start, so that who is mixed stands
 * together).
 */
void show_legacy_sort(struct occurrences *list);

/*
 * The helpdesk's answer: state, the sentence, whose, meetings, near misses, history (may be NULL;
 * the newest first). It is a sheet that may be higher than the area, which shows it from line
 * `state->top` on (brought into bounds here); a mark in the column behind the area's right edge
 * tells where there is more. `bare`: the state is told elsewhere (show_lookup_state), and no row is
 * spent on it.
 */
void show_lookup(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct lookup *lookup, const struct history_entries *history, bool bare,
                 struct show_list *state);

/* The state in a word at the right end of the area's first row; returns its columns. */
int show_lookup_state(struct canvas *canvas, struct area area, const struct lookup *lookup);

/*
 * A plain table of text: headings and rows of strings (count a multiple of columns), for
 * organizers, numbers, outbox, history. `least` (NULL: no column is left out): how far each column
 * may be cut; where that does not suffice, the last columns are left out. The first one always
 * stays.
 */
struct show_table {
    size_t columns;
    const char *const *headings;
    const int *least;
    struct strings cells; /* row after row */
};
void show_table(struct canvas *canvas, struct area area, const struct show_table *table,
                struct show_list *state);

/* Lines of text (an invitation, a message), scrolled by state->top. */
void show_text(struct canvas *canvas, struct area area, const char *text, struct show_list *state);

#endif
