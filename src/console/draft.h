/*
 * Between the fields of a meeting's form and the draft that desk/ takes: dates, ends, repetition,
 * attendees as people type them.
 */
#ifndef DRAFT_H
#define DRAFT_H

#include "form.h"

enum edit_field {
    EDIT_TITLE,
    EDIT_DATE,
    EDIT_START,
    EDIT_END,
    EDIT_ZONE,
    EDIT_REPEAT,
    EDIT_DAYS,
    EDIT_RULE,
    EDIT_UNTIL,
    EDIT_ATTENDEES,
    EDIT_LOCATION,
    EDIT_NOTES,
    EDIT_LANG
};

enum {
    REPEAT_NEVER,
    REPEAT_DAILY,
    REPEAT_WORKDAYS,
    REPEAT_WEEKLY,
    REPEAT_FORTNIGHTLY,
    REPEAT_MONTHLY,
    REPEAT_YEARLY,
    REPEAT_RULE
};
extern const char *const draft_repeats[], *const draft_weekdays[];

bool draft_all_day(const char *start); /* "all day" */
/* "DATE HH:MM" of a date text and a clock text ("930" is 09:30). */
const char *draft_clock(struct arena *arena, const char *date, const char *clock);
/*
 * An end as people type it: "1530" is 15:30, "10" is 10:00, "45" (no hour of the day) is 45m; any
 * other text stays as it is.
 */
const char *draft_end(struct arena *arena, const char *typed);
const char *draft_date(struct arena *arena, struct local_time day); /* "2026-11-24" */
/* The meeting's start by the form; the day's beginning, or now, if its fields are not valid. */
struct local_time draft_begin(struct console *console, const struct form *form,
                              const struct zone *zone);
/*
 * The draft's end, or its duration; its `all_day` is set before. A time of day that is not behind
 * the start's is meant on the day after; of whole days a date is the last one. False: it cannot be
 * read; session->error says why.
 */
bool draft_make_end(struct console *console, const struct form *form, struct arena *arena,
                    const struct zone *zone, struct draft *draft);
bool draft_has_weekdays(const struct form *form); /* it repeats every week or two */
/* The fields of repetition, from a meeting's rule and to a draft's (draft_rule.c). */
void draft_fill_rule(struct console *console, struct form *form, const struct meeting *meeting);
bool draft_make_rule(struct console *console, const struct form *form, struct arena *arena,
                     const struct zone *zone, struct draft *draft);
int draft_times(const char *text); /* the 10 of "10 times" or "10x"; 0: it is neither */
/* Split at commas, semicolons and newlines. */
void draft_attendees(struct arena *arena, const char *text, struct strings *out);
const char *draft_address(struct arena *arena, const char *attendee); /* of "Name <address>" */

void draft_fill_new(struct console *console, struct form *form);
void draft_fill(struct console *console, struct form *form, const struct meeting *meeting);
/*
 * The form's values as a draft, of a new meeting (`fresh`) or of the changed fields alone: a field
 * that was not touched keeps its stored value, to the second. False: a value is bad; session->error
 * says which.
 */
bool draft_make(struct console *console, const struct form *form, bool fresh, struct arena *arena,
                struct draft *draft);

#endif
