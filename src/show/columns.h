/*
 * Text in columns for pipes and terminals: every cell made safe, columns aligned by their width on
 * a screen; and the remarks that lists put beside a meeting.
 */
#ifndef SHOW_COLUMNS_H
#define SHOW_COLUMNS_H

#include <base/vector.h>
#include <core/meeting.h>
#include <show/show.h>

struct columns {
    struct arena *arena;
    size_t count;      /* columns a row */
    struct text cells; /* one behind the other, row after row, safe to print, each terminated */
    size_t added;      /* how many cells */
    int *widths;       /* of the widest cells so far */
    size_t printed;    /* bytes of the cells, while they are printed */
};

struct columns columns_start(struct arena *arena, size_t count);
/* Adds these cells, a row or a part of it. They are copied; NULL as "". */
#define columns_add(columns, ...)                                                                  \
    columns_add_all((columns), (const char *const[]){__VA_ARGS__},                                 \
                    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
/* The helper behind columns_add. */
void columns_add_all(struct columns *columns, const char *const *cells, size_t count);

/*
 * Forgets the cells, but not how wide they are. A long list adds its rows twice: each is measured
 * first and printed then, so that one row is kept at a time.
 */
void columns_measured(struct columns *columns);
/*
 * Adds the rows to the text, and forgets their cells: columns two spaces apart, each line behind
 * `indent`, none at its end.
 */
void columns_print(struct columns *columns, const char *indent, struct text *out);
char *columns_text(struct columns *columns);

/* Adds a line "Label:        value"; nothing if the value is NULL or empty. */
void line_add(struct text *text, const char *label, const char *value);

/*
 * Notes line by line, safe to print, each behind `indent`; blank lines stay blank, and none stands
 * at the end.
 */
void notes_add(struct text *text, const char *notes, const char *indent);

/* "Ada Lovelace <ada@example.org>", or the address alone. */
const char *person_text(struct arena *arena, const char *name, const char *email);

/*
 * The remark beside a meeting's title: "mixing risk: overlaps Budget" (or, brief, "overlap:
 * Budget"), "legacy", "cancelled", how an occurrence was changed, its location, or "".
 */
const char *remark_text(struct arena *arena, const struct occurrence *occurrence, bool brief,
                        const struct zone *reader);

/* The same in an agenda, which tells of meetings to come who has not been told, too. */
const char *agenda_remark_text(struct arena *arena, const struct occurrence *occurrence, bool brief,
                               int64_t now, const struct zone *reader);

/*
 * "09:45", from when callers of a meeting with an ID of ours are let in, if it is `ahead` seconds
 * before that or later and the meeting has not begun; else NULL.
 */
const char *early_text(struct arena *arena, const struct occurrence *occurrence,
                       const struct show_context *context, int64_t ahead);

/*
 * "09:00–10:00 CET": rows far apart in the year may differ in the zone's abbreviation, so each has
 * its own.
 */
const char *hours_and_zone(struct arena *arena, const struct occurrence *item,
                           const struct zone *zone);

/* Whether an occurrence of a series differs from its rule. */
bool occurrence_changed(const struct occurrence *occurrence);
/*
 * "moved from Tue 24 Nov 2026 09:00" by the clock of the meeting's zone, which is named if it is
 * not the reader's, in the style of the reader's (brief: "was Tue 24 Nov 09:00", on the same day
 * "was 09:00"), "changed", or "".
 */
const char *changed_text(struct arena *arena, const struct occurrence *occurrence, bool brief,
                         const struct zone *reader);

/* The occurrence's title, or "(no title)". */
const char *title_text(const struct occurrence *occurrence);

#endif
