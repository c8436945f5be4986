/* The reminder in the top line: the next meeting of the organizer, or one that has just begun. */
#ifndef REMINDER_H
#define REMINDER_H

#include <stdbool.h>
#include <stdint.h>

struct console;

/* What it tells of; `title` lives as long as `arena`. */
struct reminder {
    struct arena *arena;
    const char *title, *id; /* title NULL: there is nothing to remind of; id "": it has none */
    int64_t start;
    int64_t minute; /* in which it was looked for */
};

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

#endif
