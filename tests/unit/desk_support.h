/* A session on a store of its own in a folder of its own, for the tests of desk. */
#ifndef DESK_SUPPORT_H
#define DESK_SUPPORT_H

#include "support/folder.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <desk/desk.h>

struct desk {
    struct session session;
    struct arena *arena;
    char folder[SUPPORT_FOLDER_SIZE];
    struct organizer ada; /* Microsoft, dial-in on, UTC */
};

/*
 * For cmocka_unit_test_setup_teardown: *state is a struct desk. Monday 2026-11-23 09:00 UTC; the
 * cut-over has been. The store is a file, or where DIALDESK_TEST_DB names a server a schema there.
 */
int desk_setup(void **state);
int desk_teardown(void **state);

/* Another session on the same store. */
void desk_second(const struct desk *desk, struct session *other);

void desk_at(struct desk *desk, const char *now); /* RFC 3339 */
void desk_cut_over(struct desk *desk, bool dynamic);
struct organizer desk_add_organizer(struct desk *desk, const char *email, enum provider provider);
/* Sets the static ID; desk->ada is read again. */
void desk_static_id(struct desk *desk, const char *digits);
/* As stored. rrule and attendee may be NULL. */
struct occurrence desk_new(struct desk *desk, const char *title, const char *start,
                           const char *duration, const char *rrule, const char *attendee);
struct lookup desk_look(struct desk *desk, const char *digits);
struct occurrence desk_show(struct desk *desk, const char *reference);

/* Writes a file into the folder; its path. */
const char *desk_file(struct desk *desk, const char *name, const char *text);
/* Imports a calendar of these events ("BEGIN:VEVENT..." lines parted by \n). */
struct import_report desk_import_text(struct desk *desk, const char *events, bool dry_run);

/* "1 added, 0 updated, 0 unchanged, 0 rejected", and why the first one was rejected: ": why". */
const char *desk_counts(struct desk *desk, struct import_report report);
#define ADDED "1 added, 0 updated, 0 unchanged, 0 rejected"
#define UPDATED "0 added, 1 updated, 0 unchanged, 0 rejected"
#define UNCHANGED "0 added, 0 updated, 1 unchanged, 0 rejected"
/* Everybody's occurrences of two weeks: "24 09:00 60 Series | 25 15:00 30 Changed". */
const char *desk_two_weeks(struct desk *desk);

/* The store's check has nothing to say. */
void desk_sound(struct desk *desk);

/* Fails with the session's message. */
#define assert_ok(desk, outcome)                                                                   \
    do {                                                                                           \
        if ((outcome) != ERR_OK)                                                                   \
            fail_msg("%s: %s", (desk)->session.error.what, (desk)->session.error.why);             \
    } while (0)

#endif
