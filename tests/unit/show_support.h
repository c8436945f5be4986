/*
 * For the tests of show: a zone, sample meetings, and comparing a canvas with a screen written down
 * in the test.
 */
#ifndef UNIT_SHOW_SUPPORT_H
#define UNIT_SHOW_SUPPORT_H

#include <show/print.h>
#include <show/show.h>
#include <support/styles.h>

/*
 * A screen is longer than the 4,095 bytes of a literal that the standard promises; gcc and clang
 * take it.
 */
#pragma GCC diagnostic ignored "-Woverlength-strings"

/* The sample's 'now': Tue 24 Nov 2026 09:40 in Berlin. */
#define SAMPLE_NOW 1795509600

const struct zone *sample_zone(struct arena *arena, const char *name);

/* A source that knows the system's zones; it keeps them in the arena. */
struct zone_source sample_zones(struct arena *arena);

/* What a sample meeting is made of; what is left out gets a plain value. */
struct sample {
    const char *uid, *title;
    const char *start; /* local, "20261124T090000", in Europe/Berlin; of 8 characters: all day */
    int minutes;       /* 60 where 0 */
    const char *id;    /* a conference ID */
    enum id_kind kind; /* DYNAMIC where 0 and there is an ID */
    enum risk risk;
    const char *with; /* UID of the meeting that it is mixed with */
    const char *location, *organizer, *notes, *rrule;
    bool cancelled;
};

void sample_add(struct arena *arena, struct occurrences *list, const struct sample *sample);

/*
 * A week with one of everything: risks, legacy, cancelled, past midnight, all day, wide and hostile
 * titles.
 */
struct occurrences sample_week(struct arena *arena);

/* The sample organization, organizer and an invitation to a meeting. */
struct organization sample_organization(void);
struct organizer sample_organizer(void);
struct invitation sample_invitation(struct arena *arena, const struct occurrence *occurrence);

/* What most tests of drawings start from: the sample week at the sample's now. */
struct fixture {
    struct arena *arena;
    struct show_context context;
    struct occurrences list;
};

int fixture_setup(void **state);
int fixture_teardown(void **state);

/* A canvas of that size, and the context told whether it is ASCII. */
struct canvas *fixture_canvas(struct fixture *fixture, int cols, int rows, bool ascii);

#define DRAWING_TEST(function)                                                                     \
    cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

/*
 * Fails the test where the text is not the expected one; blank rows at the end do not count. With
 * SHOW_DUMP in the environment it prints what came instead, so that a screen can be looked at and
 * written down.
 */
void text_check(const char *name, const char *actual, const char *expected);
#define TEXT(actual, name) text_check(#name, actual, name)
#define SCREEN(arena, canvas, name) text_check(#name, canvas_dump(arena, canvas), name)
#define STYLES(arena, canvas, name) text_check(#name, canvas_dump_styles(arena, canvas), name)

#endif
