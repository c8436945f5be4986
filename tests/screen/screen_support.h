/*
 * What the screen tests share: a session on a store of its own at Monday 2026-11-23 09:00 UTC, and
 * the console on a scripted terminal.
 */
#ifndef SCREEN_SUPPORT_H
#define SCREEN_SUPPORT_H

#include "support/folder.h"
#include <desk/desk.h>
#include <support/term_script.h>

struct screen {
    char folder[SUPPORT_FOLDER_SIZE];
    struct session session;
    struct arena *arena;
    uint64_t seed;             /* of what is drawn at random */
    int meetings;              /* how many screen_meeting made: their UIDs count on */
    struct term_script script; /* of the last run */
    bool impatient;            /* long work shows its progress, and reads keys, at each step */
    const char *text;          /* its last screen; IDs that were drawn stand as 99999999 */
    const char *dumps;         /* what <Dump> wrote, the same way */
};

/* Setup and teardown for cmocka: *state is a struct screen. */
int screen_open(void **state);       /* no store at all */
int screen_open_empty(void **state); /* a store without an organizer */
int screen_open_calendar(
    void **state); /* Ada's calendar, after the cut-over, with legacy meetings on 7654321 */
int screen_close(void **state);

/*
 * Runs the console in a window of this size on these keys (see term_script.h), and keeps the last
 * screen. What the test set in screen->script.call, .context and .term.ascii holds.
 */
enum err screen_run(struct screen *screen, int cols, int rows, const char *view, const char *keys);
/* Schedules one of Ada's meetings; gives its record. */
struct occurrence screen_meeting(struct screen *screen, const char *title, const char *start,
                                 const char *duration);
struct organizer screen_ada(struct screen *screen);
/* The one meeting of this title in the store, as it is now; fails where there is none or more. */
struct occurrence screen_found(struct screen *screen, const char *title);
/* Does this to the store behind the program's back. */
void screen_sql(const struct screen *screen, const char *sql);
/*
 * Rows `from` to `to` of other people's legacy meetings, on a static ID for each of a hundred
 * organizers, two hours after each other; of a thousand two overlap on their ID.
 */
void screen_add_legacy(const struct screen *screen, int from, int to);
/* Fails, saying what the check of the store found. */
void screen_sound(struct screen *screen);
/* Fails, showing the screen, where the text is not (is) on it. */
void screen_has(const struct screen *screen, const char *part);
void screen_lacks(const struct screen *screen, const char *part);
/* Fails, showing both and the first line that differs. */
void screen_is(const char *got, const char *wanted);

#endif
