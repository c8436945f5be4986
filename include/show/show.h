/*
 * Records to cells: the bodies of the views. Pure: the records are loaded before. The console draws
 * these bodies into its frame, the command line prints some of them.
 */
#ifndef SHOW_SHOW_H
#define SHOW_SHOW_H

#include <core/history.h>
#include <core/invitation.h>
#include <core/lookup.h>
#include <core/meeting.h>
#include <core/search.h>
#include <show/canvas.h>

/* The surroundings of a drawing. */
struct show_context {
    int64_t now;
    const struct zone *zone; /* the viewer's, in which times are shown */
    bool plain;              /* nothing is drawn in large characters */
    int64_t early;           /* callers are let in so many seconds before a meeting; 0: not told */
    bool everybody;          /* several organizers' meetings: each names whose it is */
    const char *open_key;    /* the key that opens a line of a list, as sentences name it */
    const char *replies;     /* for show_meeting: answers for one occurrence; NULL or "": none */
    const char *callers;     /* for show_meeting: who was let in (show_callers); NULL: nobody */
};

/* "1 meeting", "3 meetings". */
const char *show_count(struct arena *arena, size_t count, const char *noun);

/* "3 callers admitted, last at 09:58"; NULL if there was none. */
const char *show_callers(struct arena *arena, size_t count, int64_t last, int64_t now,
                         const struct zone *zone);

/* "!!" for a mixing risk, "!" for legacy, else "". The word stands beside it if there is room. */
const char *show_risk_sign(enum risk risk);
const char *show_risk_word(enum risk risk);

/*
 * A scrolled list of `count` items, which the console counts: `selected` is an item, `top` the
 * first row that is shown; show functions move `top` so that the selected item is visible.
 */
struct show_list {
    const bool *marked; /* whether each item is; NULL: no marks are shown */
    size_t count, selected, top;
    bool more_before, more_behind; /* the list is a window of a longer one, which goes on there */
    bool at_now; /* time grid: shows the present time, and the selected meeting only if both fit */
};

/*
 * Agenda: meetings by day. A day's heading stays at the top while the day is scrolled through; days
 * without meetings are left out. Meetings that are on now bear a mark.
 */
void show_agenda(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct occurrences *list, struct show_list *state);

/*
 * Time grid of `days` columns (at most 14) from `first` (local midnight): hours down the side,
 * overlapping meetings side by side, all-day and several-day meetings on top, a line at now, ID and
 * risk on each block that has room. If not all days fit, the page of days around `selected_day` is
 * drawn; of several days its name is marked. `state->top` is the first half hour shown, and moves
 * so that the selected meeting is seen; with `state->at_now` it is an hour before now, or before
 * the meeting that is on by then, or before the first meeting if none would be seen.
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
 * The side pane: a meeting with its ID (large if there is room) and dial-in numbers. `invitation`
 * may be NULL while it is not loaded.
 */
void show_meeting(struct canvas *canvas, struct area area, const struct show_context *context,
                  const struct occurrence *occurrence, const struct invitation *invitation);

/* The same in a line, for windows without a side pane: time, title, ID, and the risk if it fits. */
void show_meeting_line(struct canvas *canvas, struct area line, const struct show_context *context,
                       const struct occurrence *occurrence);

/* An ID in digits of three rows' height; returns the rows used, 0 if it does not fit. */
int show_id_large(struct canvas *canvas, struct area area, int row, const char *digits);

/* Legacy meetings grouped by static ID, mixing risks first, with whom each would be mixed. */
void show_legacy(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct occurrences *list, struct show_list *state);
/*
 * Sorts for show_legacy: groups by organizer and static ID, the groups with the worst risk first;
 * within a group the meetings with a mixing risk first, then by start.
 */
void show_legacy_sort(struct occurrences *list);

/* The helpdesk's answer to digits. */
struct show_answer {
    const struct lookup *lookup;           /* in the words of a language */
    const struct history_entries *history; /* may be NULL; the newest first */
    /* the meeting that the caller named, whose sentence is then shown; NULL: none yet */
    const struct telling *told;
    bool bare;   /* without the state, which show_lookup_state draws elsewhere */
    bool follow; /* the sheet is scrolled so that the selected meeting is seen */
};

/*
 * Draws state, the sentence for the caller, and for the staff's eyes the owner, meetings, near
 * misses and history. Its items are those of show_lookup_items. The sheet may be higher than the
 * area, which shows it from line `state->top` on (brought into bounds here); marks in the column
 * behind the area's right edge show that it goes on.
 */
void show_lookup(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct show_answer *answer, struct show_list *state);

/* The meetings that the sheet lists and that have a sentence of their own, in its order. */
const struct telling *show_lookup_items(const struct lookup *lookup, size_t *count);

/* What a search for people found, and what is said meanwhile. */
struct show_people {
    const struct found_meetings *found;
    const struct zone_source *zones; /* the meetings' */
    const char *say, *lang;
    bool told; /* the sentence is that of the meeting that the caller named */
};

/*
 * The sentence, and for the staff's eyes the meetings that were found: when (in the meeting's zone,
 * named if it is not the reader's), title, organizer, what matched. Its items are those of the
 * list.
 */
void show_people(struct canvas *canvas, struct area area, const struct show_context *context,
                 const struct show_people *people, struct show_list *state);

/* The state in a word at the right end of the area's first row; returns its columns. */
int show_lookup_state(struct canvas *canvas, struct area area, const struct lookup *lookup);

/* A rule with the name of the zone of a list's times near its end, if there is room. */
void show_zone_rule(struct canvas *canvas, struct area line, const struct zone *zone);

/*
 * A table of text, for organizers, numbers and the outbox. Columns are cut down to their `least`
 * width; if that is too wide, the last columns are left out, but never the first.
 */
struct show_table {
    size_t columns;
    const char *const *headings;
    const int *least;     /* NULL: columns are cut to any width, and none is left out */
    struct strings cells; /* row after row: a multiple of `columns` */
};
/* Adds these cells, a row or a part of it; NULL as "". */
#define show_table_add(arena, table, ...)                                                          \
    show_table_add_all((arena), (table), (const char *const[]){__VA_ARGS__},                       \
                       sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
/* The helper behind show_table_add. */
void show_table_add_all(struct arena *arena, struct show_table *table, const char *const *cells,
                        size_t count);
void show_table(struct canvas *canvas, struct area area, const struct show_table *table,
                struct show_list *state);

/* Lines of text (an invitation, a message), scrolled by state->top. */
void show_text(struct canvas *canvas, struct area area, const char *text, struct show_list *state);

#endif
