/*
 * The agenda as screens: at three sizes, in ASCII, scrolled, and its style layer.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The screens as they are. */
/* clang-format off */
static const char agenda_80x24[] =
    "Mon 23 Nov 2026 yesterday ────────────────────────────────────── Europe/Berlin ─\n"
    "▸ 3 days                      Offsite                     on now, Lisbon\n"
    "  09:00–09:15       93907123  Stand-up\n"
    "\n"
    "Tue 24 Nov 2026 today ──────────────────────────────────────────────────────────\n"
    "▸ 09:00–10:00    !! 7654321   Budget review               on now, overlap: Hiri…\n"
    "▸ 09:30–11:00    !! 7654321   Hiring: second round of i…  on now, overlap: Budg…\n"
    "  14:00–16:00       16353789  Design review               Room 4\n"
    "  23:00–02:00 +1    48151623  Release night\n"
    "\n"
    "Wed 25 Nov 2026 tomorrow ───────────────────────────────────────────────────────\n"
    "  08:00–08:30       29384756  Sync with 東京オフィス\n"
    "  11:00–12:00    !  7654321   Vendor call                 legacy\n"
    "\n"
    "Thu 26 Nov 2026 ────────────────────────────────────────────────────────────────\n"
    "  10:00–11:00       50505123  Café chat 👩‍👩‍👧 with José\n"
    "  10:00–10:45       61728394  פגישה עם הצוות\n"
    "  10:30–11:30       83726151  evil \\x1b[31mred\\x1b[0m …\n"
    "\n"
    "Fri 27 Nov 2026 ────────────────────────────────────────────────────────────────\n"
    "  15:00–16:30       72635441  [Town hall]                 cancelled\n";
static const char agenda_80x24_styles[] =
    "hhhhhhhhhhhhhhh.ddddddddd.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaddddddddddddddda\n"
    "n.........................................................dddddddddddddd\n"
    "..ppppppppppp.......pppppppp..pppppppp\n"
    "\n"
    "hhhhhhhhhhhhhhh.nnnnn.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    "N################RR#IIIIIII###############################RRRRRRRRRRRRRRRRRRRRRR\n"
    "n................rr.iiiiiii...............................rrrrrrrrrrrrrrrrrrrrrr\n"
    "....................iiiiiiii..............................dddddd\n"
    "....................iiiiiiii\n"
    "\n"
    "hhhhhhhhhhhhhhh.dddddddd.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    "....................iiiiiiii\n"
    ".................l..iiiiiii...............................llllll\n"
    "\n"
    "hhhhhhhhhhhhhhh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    "....................iiiiiiii\n"
    "....................iiiiiiii\n"
    "....................iiiiiiii\n"
    "\n"
    "hhhhhhhhhhhhhhh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    "..xxxxxxxxxxx.......xxxxxxxx..xxxxxxxxxxx.................xxxxxxxxx\n";
static const char agenda_40x12[] =
    "Mon 23 Nov 2026 yesterday ──────────────\n"
    "▸ 3 days              Offsite\n"
    "  09:00     93907123  Stand-up\n"
    "\n"
    "Tue 24 Nov 2026 today ──────────────────\n"
    "▸ 09:00  !! 7654321   Budget review\n"
    "▸ 09:30  !! 7654321   Hiring: second ro…\n"
    "  14:00     16353789  Design review\n"
    "  23:00     48151623  Release night\n"
    "\n"
    "Wed 25 Nov 2026 tomorrow ───────────────\n"
    "  08:00     29384756  Sync with 東京オ…\n";
static const char agenda_40x12_scrolled[] =
    "Tue 24 Nov 2026 today ── Europe/Berlin ─\n"
    "▸ 09:30  !! 7654321   Hiring: second ro…\n"
    "  14:00     16353789  Design review\n"
    "  23:00     48151623  Release night\n"
    "\n"
    "Wed 25 Nov 2026 tomorrow ───────────────\n"
    "  08:00     29384756  Sync with 東京オ…\n"
    "  11:00  !  7654321   Vendor call\n"
    "\n"
    "Thu 26 Nov 2026 ────────────────────────\n"
    "  10:00     50505123  Café chat 👩‍👩‍👧 with…\n"
    "  10:00     61728394  פגישה עם הצוות\n";
static const char agenda_200x60[] =
    "Mon 23 Nov 2026 yesterday ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── Europe/Berlin ─\n"
    "▸ 3 days                      Offsite                                                                                       on now, Lisbon\n"
    "  09:00–09:15       93907123  Stand-up\n"
    "\n"
    "Tue 24 Nov 2026 today ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
    "▸ 09:00–10:00    !! 7654321   Budget review                                                                                 on now, mixing risk: overlaps Hiring: second round of interviews\n"
    "▸ 09:30–11:00    !! 7654321   Hiring: second round of interviews                                                            on now, mixing risk: overlaps Budget review\n"
    "  14:00–16:00       16353789  Design review                                                                                 Room 4\n"
    "  23:00–02:00 +1    48151623  Release night\n"
    "\n"
    "Wed 25 Nov 2026 tomorrow ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
    "  08:00–08:30       29384756  Sync with 東京オフィス\n"
    "  11:00–12:00    !  7654321   Vendor call                                                                                   legacy\n"
    "\n"
    "Thu 26 Nov 2026 ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
    "  10:00–11:00       50505123  Café chat 👩‍👩‍👧 with José\n"
    "  10:00–10:45       61728394  פגישה עם הצוות\n"
    "  10:30–11:30       83726151  evil \\x1b[31mred\\x1b[0m \\u{202E}drowssap\n"
    "\n"
    "Fri 27 Nov 2026 ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
    "  15:00–16:30       72635441  [Town hall]                                                                                   cancelled\n";
static const char agenda_ascii[] =
    "Mon 23 Nov 2026 yesterday -------------------------------------- Europe/Berlin -\n"
    "> 3 days                      Offsite                     on now, Lisbon\n"
    "  09:00-09:15       93907123  Stand-up\n"
    "\n"
    "Tue 24 Nov 2026 today ----------------------------------------------------------\n"
    "> 09:00-10:00    !! 7654321   Budget review               on now, overlap: Hiri~\n"
    "> 09:30-11:00    !! 7654321   Hiring: second round of i~  on now, overlap: Budg~\n"
    "  14:00-16:00       16353789  Design review               Room 4\n"
    "  23:00-02:00 +1    48151623  Release night\n"
    "\n"
    "Wed 25 Nov 2026 tomorrow -------------------------------------------------------\n"
    "  08:00-08:30       29384756  Sync with ?""??""??""?\n"
    "  11:00-12:00    !  7654321   Vendor call                 legacy\n"
    "\n"
    "Thu 26 Nov 2026 ----------------------------------------------------------------\n"
    "  10:00-11:00       50505123  Caf? chat ? with Jos?\n"
    "  10:00-10:45       61728394  ?""??""?? ?""? ?""??""??\n"
    "  10:30-11:30       83726151  evil \\x1b[31mred\\x1b[0m ~\n"
    "\n"
    "Fri 27 Nov 2026 ----------------------------------------------------------------\n"
    "  15:00-16:30       72635441  [Town hall]                 cancelled\n";
static const char agenda_empty[] =
    "Nothing is scheduled here.\n";
/* clang-format on */

static struct canvas *draw(struct fixture *fixture, int cols, int rows, bool ascii,
                           struct show_list *state)
{
    struct canvas *canvas = fixture_canvas(fixture, cols, rows, ascii);
    show_agenda(canvas, canvas_area(canvas), &fixture->context, &fixture->list, state);
    return canvas;
}

static void three_sizes(void **state)
{
    struct fixture *fixture = *state;
    struct show_list at = {.selected = 2};
    struct canvas *canvas = draw(fixture, 80, 24, false, &at);
    SCREEN(fixture->arena, canvas, agenda_80x24);
    STYLES(fixture->arena, canvas, agenda_80x24_styles);
    at = (struct show_list){0};
    SCREEN(fixture->arena, draw(fixture, 40, 12, false, &at), agenda_40x12);
    at = (struct show_list){0};
    SCREEN(fixture->arena, draw(fixture, 200, 60, false, &at), agenda_200x60);
}

static void in_ascii(void **state)
{
    struct fixture *fixture = *state;
    struct show_list at = {0};
    SCREEN(fixture->arena, draw(fixture, 80, 24, true, &at), agenda_ascii);
}

static void selected_is_seen_below_its_day(void **state)
{
    struct fixture *fixture = *state;
    struct show_list at = {.selected = 9};
    SCREEN(fixture->arena, draw(fixture, 40, 12, false, &at), agenda_40x12_scrolled);
    for (size_t i = fixture->list.count; i-- > 0;) {
        at.selected = i;
        struct canvas *canvas = draw(fixture, 40, 5, false, &at);
        bool seen = false;
        for (int row = 0; row < canvas->rows; row++)
            seen |= (canvas_cell(canvas, row, 0)->style & STYLE_SELECTED) != 0;
        assert_true(seen);
    }
}

/* How many are not told is read whole beside "legacy", everybody's list in a small window included. */
static void untold_beside_legacy(void **state)
{
    static const struct {
        int cols;
        bool everybody, soon;
        const char *words;
    } wanted[] = {{80, false, false, "legacy, 3 not told\n"},
                  {80, true, false, "legacy, 3 not told\n"},
                  {93, true, false, "legacy, 3 not told\n"},
                  {71, false, true, "  open 10:45, legacy"}, /* before callers are let in */
                  {80, false, true, "  open 10:45, legacy"},
                  {80, true, true, "  open 10:45, legacy"},
                  {120, false, true, "  callers from 10:45, legacy, 3 of 3 not"},
                  {120, false, false, "legacy, 3 of 3 not told\n"},
                  {140, true, false, "legacy, 3 of 3 not told\n"}};
    struct fixture *fixture = *state;
    struct meeting legacy;
    int64_t start = 0;
    for (size_t i = 0; i < fixture->list.count; i++) {
        struct occurrence *item = &fixture->list.items[i];
        if (item->risk != RISK_LEGACY)
            continue;
        legacy = *item->meeting;
        for (int attendee = 0; attendee < 3; attendee++)
            *vector_push(fixture->arena, &legacy.attendees) =
                (struct attendee){.email = "eve@example.net", .name = ""};
        item->meeting = &legacy;
        start = item->start;
    }
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct show_list at = {0};
        fixture->context.everybody = wanted[i].everybody;
        fixture->context.early = 15 * MINUTE;
        fixture->context.now = wanted[i].soon ? start - 30 * MINUTE : SAMPLE_NOW;
        struct canvas *canvas = draw(fixture, wanted[i].cols, 24, false, &at);
        if (!strstr(canvas_dump(fixture->arena, canvas), wanted[i].words))
            fail_msg("%zu: %s", i, canvas_dump(fixture->arena, canvas));
    }
}

static void nothing_to_show(void **state)
{
    struct fixture *fixture = *state;
    struct show_list at = {.selected = 7, .top = 3};
    fixture->list.count = 0;
    SCREEN(fixture->arena, draw(fixture, 40, 12, false, &at), agenda_empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(three_sizes),
        DRAWING_TEST(in_ascii),
        DRAWING_TEST(selected_is_seen_below_its_day),
        DRAWING_TEST(untold_beside_legacy),
        DRAWING_TEST(nothing_to_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
