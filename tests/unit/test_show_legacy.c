/*
 * The legacy view as screens: groups with the worst risk first, marks, and who would be mixed with
 * whom.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

/* The screens as they are. */
/* clang-format off */
static const char legacy_80x24[] =
    "7654321  ada@example.org ────── Europe/Berlin ─ 5 meetings, 4 with a mixing risk\n"
    "[x] !! Tue 24 Nov 09:00–10:00  Budget review          overlap: Hiring\n"
    "[ ] !! Tue 24 Nov 09:30–10:30  Hiring                 overlap: Budget review\n"
    "[x] !! Thu 26 Nov 11:00–12:00  Other world            overlap: ffffffff\n"
    "[ ] !! Fri 27 Nov all day      Self                   overlap: itself\n"
    "[ ] !  Wed 25 Nov 11:00–12:00  Vendor call            legacy\n"
    "\n"
    "0042  grace@example.org ─────────────────────── 2 meetings, 2 with a mixing risk\n"
    "[ ] !! Wed 25 Nov 09:00–09:30  Morning call           back-to-back: Follow-up\n"
    "[ ] !! Wed 25 Nov 09:30–10:00  Follow-up              back-to-back: Morning call\n"
    "\n"
    "1112223  alan@example.org ─────────────────────────────────────────── 2 meetings\n"
    "[ ] !  Tue 1 Dec 10:00–11:00   Alone on its ID        legacy\n"
    "[ ] !  Wed 2 Dec 10:00–11:00   Quarterly 予算会議 w…  legacy\n";
static const char legacy_80x24_styles[] =
    "iiiiiii..hhhhhhhhhhhhhhh.aaaaaaddddddddddddddda.dddddddddddddddddddddddddddddddd\n"
    "....rr................................................rrrrrrrrrrrrrrr\n"
    "####RR################################################RRRRRRRRRRRRRRRRRRRRRR####\n"
    "....rr................................................rrrrrrrrrrrrrrrrr\n"
    "....rr................................................rrrrrrrrrrrrrrr\n"
    "....l.................................................llllll\n"
    "\n"
    "iiii..hhhhhhhhhhhhhhhhh.aaaaaaaaaaaaaaaaaaaaaaa.dddddddddddddddddddddddddddddddd\n"
    "....rr................................................rrrrrrrrrrrrrrrrrrrrrrr\n"
    "....rr................................................rrrrrrrrrrrrrrrrrrrrrrrrrr\n"
    "\n"
    "iiiiiii..hhhhhhhhhhhhhhhh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.dddddddddd\n"
    "....l.................................................llllll\n"
    "....l.................................................llllll\n";
static const char legacy_40x12[] =
    "7654321  ada@example.org\n"
    "[x] !! Tue 24 Nov 09:00    Budget review\n"
    "[ ] !! Tue 24 Nov 09:30    Hiring\n"
    "[x] !! Thu 26 Nov 11:00    Other world\n"
    "[ ] !! Fri 27 Nov all day  Self\n"
    "[ ] !  Wed 25 Nov 11:00    Vendor call\n"
    "\n"
    "0042  grace@example.org\n"
    "[ ] !! Wed 25 Nov 09:00    Morning call\n"
    "[ ] !! Wed 25 Nov 09:30    Follow-up\n"
    "\n"
    "1112223  alan@example.org ─── 2 meetings\n";
static const char legacy_200x60[] =
    "7654321  ada@example.org ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── Europe/Berlin ─ 5 meetings, 4 with a mixing risk\n"
    "!! Tue 24 Nov 2026 09:00–10:00  Budget review                                                               mixing risk: overlaps Hiring\n"
    "!! Tue 24 Nov 2026 09:30–10:30  Hiring                                                                      mixing risk: overlaps Budget review\n"
    "!! Thu 26 Nov 2026 11:00–12:00  Other world                                                                 mixing risk: overlaps ffffffff\n"
    "!! Fri 27 Nov 2026 all day      Self                                                                        mixing risk: overlaps itself\n"
    "!  Wed 25 Nov 2026 11:00–12:00  Vendor call                                                                 legacy\n"
    "\n"
    "0042  grace@example.org ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── 2 meetings, 2 with a mixing risk\n"
    "!! Wed 25 Nov 2026 09:00–09:30  Morning call                                                                mixing risk: back-to-back with Follow-up\n"
    "!! Wed 25 Nov 2026 09:30–10:00  Follow-up                                                                   mixing risk: back-to-back with Morning call\n"
    "\n"
    "1112223  alan@example.org ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── 2 meetings\n"
    "!  Tue 1 Dec 2026 10:00–11:00   Alone on its ID                                                             legacy\n"
    "!  Wed 2 Dec 2026 10:00–11:00   Quarterly 予算会議 with everybody                                           legacy\n";
static const char legacy_ascii[] =
    "7654321  ada@example.org ------ Europe/Berlin - 5 meetings, 4 with a mixing risk\n"
    "[x] !! Tue 24 Nov 09:00-10:00  Budget review          overlap: Hiring\n"
    "[ ] !! Tue 24 Nov 09:30-10:30  Hiring                 overlap: Budget review\n"
    "[x] !! Thu 26 Nov 11:00-12:00  Other world            overlap: ffffffff\n"
    "[ ] !! Fri 27 Nov all day      Self                   overlap: itself\n"
    "[ ] !  Wed 25 Nov 11:00-12:00  Vendor call            legacy\n"
    "\n"
    "0042  grace@example.org ----------------------- 2 meetings, 2 with a mixing risk\n"
    "[ ] !! Wed 25 Nov 09:00-09:30  Morning call           back-to-back: Follow-up\n"
    "[ ] !! Wed 25 Nov 09:30-10:00  Follow-up              back-to-back: Morning call\n"
    "\n"
    "1112223  alan@example.org ------------------------------------------- 2 meetings\n"
    "[ ] !  Tue 1 Dec 10:00-11:00   Alone on its ID        legacy\n"
    "[ ] !  Wed 2 Dec 10:00-11:00   Quarterly ?""??""? with ~  legacy\n";
/* clang-format on */

static const struct sample SAMPLES[] = {
    {.uid = "a1",
     .title = "Alone on its ID",
     .start = "20261201T100000",
     .id = "1112223",
     .organizer = "alan@example.org",
     .risk = RISK_LEGACY},
    {.uid = "a2",
     .title = "Quarterly 予算会議 with everybody",
     .start = "20261202T100000",
     .id = "1112223",
     .organizer = "alan@example.org",
     .risk = RISK_LEGACY},
    {.uid = "g1",
     .title = "Morning call",
     .start = "20261125T090000",
     .minutes = 30,
     .id = "0042",
     .organizer = "grace@example.org",
     .risk = RISK_BACK_TO_BACK,
     .with = "g2"},
    {.uid = "g2",
     .title = "Follow-up",
     .start = "20261125T093000",
     .minutes = 30,
     .id = "0042",
     .organizer = "grace@example.org",
     .risk = RISK_BACK_TO_BACK,
     .with = "g1"},
    {.uid = "b2",
     .title = "Hiring",
     .start = "20261124T093000",
     .id = "7654321",
     .risk = RISK_OVERLAP,
     .with = "b1"},
    {.uid = "b1",
     .title = "Budget review",
     .start = "20261124T090000",
     .id = "7654321",
     .risk = RISK_OVERLAP,
     .with = "b2"},
    {.uid = "b3",
     .title = "Vendor call",
     .start = "20261125T110000",
     .id = "7654321",
     .risk = RISK_LEGACY},
    {.uid = "b4",
     .title = "Other world",
     .start = "20261126T110000",
     .id = "7654321",
     .risk = RISK_OVERLAP,
     .with = "ffffffff-aaaa"},
    {.uid = "b5",
     .title = "Self",
     .start = "20261127",
     .id = "7654321",
     .risk = RISK_OVERLAP,
     .with = "b5"},
};

static struct canvas *draw(struct fixture *fixture, int cols, int rows, bool ascii,
                           const bool *marked, struct show_list *state)
{
    struct canvas *canvas = fixture_canvas(fixture, cols, rows, ascii);
    state->marked = marked;
    show_legacy(canvas, canvas_area(canvas), &fixture->context, &fixture->list, state);
    return canvas;
}

static void load(struct fixture *fixture)
{
    fixture->list = (struct occurrences){0};
    for (size_t i = 0; i < sizeof SAMPLES / sizeof *SAMPLES; i++)
        sample_add(fixture->arena, &fixture->list, &SAMPLES[i]);
    show_legacy_sort(&fixture->list);
}

static void worst_groups_first(void **state)
{
    static const char *const order[] = {"b1", "b2", "b4", "b5", "b3", "g1", "g2", "a1", "a2"};
    struct fixture *fixture = *state;
    load(fixture);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        assert_string_equal(fixture->list.items[i].meeting->uid, order[i]);
}

static void three_sizes(void **state)
{
    struct fixture *fixture = *state;
    load(fixture);
    bool marked[9] = {true, false, true};
    struct show_list at = {.selected = 1};
    struct canvas *canvas = draw(fixture, 80, 24, false, marked, &at);
    SCREEN(fixture->arena, canvas, legacy_80x24);
    STYLES(fixture->arena, canvas, legacy_80x24_styles);
    at = (struct show_list){.selected = 5};
    SCREEN(fixture->arena, draw(fixture, 40, 12, false, marked, &at), legacy_40x12);
    SCREEN(fixture->arena, draw(fixture, 200, 60, false, NULL, &at), legacy_200x60);
    SCREEN(fixture->arena, draw(fixture, 80, 24, true, marked, &at), legacy_ascii);
}

static void nothing_is_left(void **state)
{
    struct fixture *fixture = *state;
    struct show_list at = {0};
    fixture->list.count = 0;
    show_legacy_sort(&fixture->list);
    SCREEN(fixture->arena, draw(fixture, 80, 24, false, NULL, &at), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(worst_groups_first),
        DRAWING_TEST(three_sizes),
        DRAWING_TEST(nothing_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
