/*
 * The month and the side pane of a meeting as screens.
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
static const char month_80x24[] =
    "    Mon       Tue        Wed        Thu        Fri        Sat        Sun\n"
    "W44 26 ────── 27 ─────── 28 ─────── 29 ─────── 30 ─────── 31 ─────── 1 Nov ────\n"
    "\n"
    "\n"
    "W45 2 ─────── 3 ──────── 4 ──────── 5 ──────── 6 ──────── 7 ──────── 8 ────────\n"
    "\n"
    "\n"
    "\n"
    "W46 9 ─────── 10 ─────── 11 ─────── 12 ─────── 13 ─────── 14 ─────── 15 ───────\n"
    "\n"
    "\n"
    "\n"
    "W47 16 ────── 17 ─────── 18 ─────── 19 ─────── 20 ─────── 21 ─────── 22 ───────\n"
    "\n"
    "\n"
    "\n"
    "W48 23 ────── [24]─+2 !! 25 ───+1 ! 26 ─────── 27 ─────── 28 ─────── 29 ───────\n"
    "    ● Offsite ◂ Offsite  ◂ Offsite  Café chat… [Town hal…\n"
    "    Stand-up  !! Budget… ◂ Release… פגישה עם … 15:00\n"
    "    09:00     !! Hiring… Sync with… evil \\x1b… 72635441\n"
    "W49 30 ────── 1 Dec ──── 2 ──────── 3 ──────── 4 ──────── 5 ──────── 6 ────────\n";
static const char month_80x24_styles[] =
    "....hhh.......hhh........hhh........hhh........hhh........hhh........hhh\n"
    "ddd.dddaaaaaa.dddaaaaaaa.dddaaaaaaa.dddaaaaaaa.dddaaaaaaa.dddaaaaaaa.hhhhhhaaaa\n"
    "\n"
    "\n"
    "ddd.hhaaaaaaa.hhaaaaaaaa.hhaaaaaaaa.hhaaaaaaaa.hhaaaaaaaa.hhaaaaaaaa.hhaaaaaaaa\n"
    "\n"
    "\n"
    "\n"
    "ddd.hhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa\n"
    "\n"
    "\n"
    "\n"
    "ddd.hhhaaaaaa.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa\n"
    "\n"
    "\n"
    "\n"
    "ddd.hhhaaaaaa.nnnnarrrrr.hhhaaallll.HHHAAAAAAA.hhhaaaaaaa.hhhaaaaaaa.hhhaaaaaaa\n"
    "....d.........d..........d..........##########.xxxxxxxxxx\n"
    "....pppppppp..rrrrrrrrrr.d..........##########.xxxxx\n"
    "....ppppp.....rrrrrrrrrr............##########.xxxxxxxx\n"
    "ddd.hhhaaaaaa.ddddddaaaa.ddaaaaaaaa.ddaaaaaaaa.ddaaaaaaaa.ddaaaaaaaa.ddaaaaaaaa\n";
static const char month_40x12[] =
    "Mon  Tue   Wed   Thu  Fri   Sat   Sun\n"
    "26   27    28    29   30    31    1\n"
    "2    3     4     5    6     7     8\n"
    "\n"
    "9    10    11    12   13    14    15\n"
    "\n"
    "16   17    18    19   20    21    22\n"
    "\n"
    "23   ▸24!! 25  ! 26   27    28    29\n"
    "● O… ◂ Of… ◂ Of… Caf… [Tow…\n"
    "30   1     2     3    4     5     6\n";
static const char month_200x60[] =
    "    Monday                      Tuesday                     Wednesday                   Thursday                    Friday                      Saturday                    Sunday\n"
    "W44 26 ──────────────────────── 27 ──────────────────────── 28 ──────────────────────── 29 ──────────────────────── 30 ──────────────────────── 31 ──────────────────────── 1 Nov ─────────────────────\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "W45 2 ───────────────────────── 3 ───────────────────────── 4 ───────────────────────── 5 ───────────────────────── 6 ───────────────────────── 7 ───────────────────────── 8 ─────────────────────────\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "W46 9 ───────────────────────── 10 ──────────────────────── 11 ──────────────────────── 12 ──────────────────────── 13 ──────────────────────── 14 ──────────────────────── 15 ────────────────────────\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "W47 16 ──────────────────────── 17 ──────────────────────── 18 ──────────────────────── 19 ──────────────────────── 20 ──────────────────────── 21 ──────────────────────── 22 ────────────────────────\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "W48 23 ──────────────────────── [24]─────────────────────!! 25 ───────────────────────! 26 ──────────────────────── 27 ──────────────────────── 28 ──────────────────────── 29 ────────────────────────\n"
    "    ● Offsite                   ◂ Offsite                   ◂ Offsite                   10:00 Café chat 👩‍👩‍👧 with Jo… 15:00 [Town hall]  72635441\n"
    "    09:00 Stand-up     93907123 09:00 !! Budget review      ◂ Release night    48151623       50505123\n"
    "                                      7654321               08:00 Sync with 東京オフィ… 10:00 פגישה עם הצוות\n"
    "                                09:30 !! Hiring: second ro…       29384756                    61728394\n"
    "                                      7654321               11:00 ! Vendor call 7654321 10:30 evil \\x1b[31mred\\x1b…\n"
    "                                14:00 Design review                                           83726151\n"
    "                                      16353789\n"
    "                                23:00 Release night\n"
    "                                      48151623\n"
    "W49 30 ──────────────────────── 1 Dec ───────────────────── 2 ───────────────────────── 3 ───────────────────────── 4 ───────────────────────── 5 ───────────────────────── 6 ─────────────────────────\n";
static const char month_ascii[] =
    "    Mon       Tue        Wed        Thu        Fri        Sat        Sun\n"
    "W44 26 ------ 27 ------- 28 ------- 29 ------- 30 ------- 31 ------- 1 Nov ----\n"
    "\n"
    "\n"
    "W45 2 ------- 3 -------- 4 -------- 5 -------- 6 -------- 7 -------- 8 --------\n"
    "\n"
    "\n"
    "\n"
    "W46 9 ------- 10 ------- 11 ------- 12 ------- 13 ------- 14 ------- 15 -------\n"
    "\n"
    "\n"
    "\n"
    "W47 16 ------ 17 ------- 18 ------- 19 ------- 20 ------- 21 ------- 22 -------\n"
    "\n"
    "\n"
    "\n"
    "W48 23 ------ [24]-+2 !! 25 ---+1 ! 26 ------- 27 ------- 28 ------- 29 -------\n"
    "    * Offsite < Offsite  < Offsite  Caf? chat~ [Town hal~\n"
    "    Stand-up  !! Budget~ < Release~ ?""?""?""?""? ?""? ~ 15:00\n"
    "    09:00     !! Hiring~ Sync with~ evil \\x1b~ 72635441\n"
    "W49 30 ------ 1 Dec ---- 2 -------- 3 -------- 4 -------- 5 -------- 6 --------\n";
static const char pane_38x22[] =
    "Planning with a title that takes two\n"
    "lines\n"
    "Tue 24 Nov 2026 09:00–10:00 CET\n"
    "(Europe/Berlin)\n"
    "▸ on now\n"
    "Room 4\n"
    "\n"
    "┌─┐ ╶─┐ ┌─┐  ┌─┐ ╶─┐  ╷   ╶─┐ ╶─┐\n"
    "└─┤ ╶─┤ └─┤  │ │   │  │   ┌─┘ ╶─┤\n"
    "╶─┘ ╶─┘ ╶─┘  └─┘   ╵  ╵   └─╴ ╶─┘\n"
    "Conference ID 93907123\n"
    "dynamic: this meeting's own\n"
    "\n"
    "Dial-in\n"
    "+1 323-849-4874,,93907123#\n"
    "  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#\n"
    "  United States, toll-free\n"
    "\n"
    "Organizer\n"
    "Ada Lovelace <ada@example.org>\n"
    "\n"
    "Notes\n"
    "Bring figures.\n"
    "\n"
    "And \\x1b[31mcoffee.\n";
static const char pane_38x22_styles[] =
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh\n"
    "hhhhh\n"
    "\n"
    "\n"
    "nnnnnnnn\n"
    "\n"
    "\n"
    "iii.iii.iii..iii.iii.iii..iii.iii\n"
    "iii.iii.iii..iii.iii.iii..iii.iii\n"
    "iii.iii.iii..iii.iii.iii..iii.iii\n"
    "iiiiiiiiiiiiiiiiiiiiii\n"
    "ddddddddddddddddddddddddddd\n"
    "\n"
    "hhhhhhh\n"
    "\n"
    "dddddddddddddddddddddddddddddddddddddd\n"
    "\n"
    "dddddddddddddddddddddddddd\n"
    "\n"
    "hhhhhhhhh\n"
    "\n"
    "\n"
    "hhhhh\n";
static const char pane_risk[] =
    "Budget review\n"
    "Tue 24 Nov 2026 09:00–10:00 CET\n"
    "(Europe/Berlin)\n"
    "▸ on now\n"
    "\n"
    "╶─┐ ┌─╴ ┌─╴  ╷ ╷ ╶─┐ ╶─┐   ╷\n"
    "  │ ├─┐ └─┐  └─┤ ╶─┤ ┌─┘   │\n"
    "  ╵ └─┘ ╶─┘    ╵ ╶─┘ └─╴   ╵\n"
    "Conference ID 7654321\n"
    "static: shared by the organizer's\n"
    "legacy meetings\n"
    "!! mixing risk: overlap\n"
    "\n"
    "Dial-in\n"
    "+1 323-849-4874,,7654321#\n"
    "  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,7654321#\n"
    "  United States, toll-free\n"
    "\n"
    "Organizer\n"
    "Ada Lovelace <ada@example.org>\n";
static const char pane_40x12[] =
    "Planning with a title that takes two\n"
    "lines\n"
    "Tue 24 Nov 2026 09:00–10:00 CET\n"
    "(Europe/Berlin)\n"
    "▸ on now\n"
    "Room 4\n"
    "\n"
    "Conference ID 93907123\n"
    "dynamic: this meeting's own\n"
    "\n"
    "Dial-in\n"
    "+1 323-849-4874,,93907123#\n";
static const char pane_ascii[] =
    "Planning with a title that takes two\n"
    "lines\n"
    "Tue 24 Nov 2026 09:00-10:00 CET\n"
    "(Europe/Berlin)\n"
    "> on now\n"
    "Room 4\n"
    "\n"
    " _   _   _    _   _        _   _\n"
    "|_|  _| |_|  | |   |   |   _|  _|\n"
    " _|  _|  _|  |_|   |   |  |_   _|\n"
    "Conference ID 93907123\n"
    "dynamic: this meeting's own\n"
    "\n"
    "Dial-in\n"
    "+1 323-849-4874,,93907123#\n"
    "  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#\n"
    "  United States, toll-free\n"
    "\n"
    "Organizer\n"
    "Ada Lovelace <ada@example.org>\n";
static const char pane_other_zone[] =
    "Planning with a title that takes two lines\n"
    "Tue 24 Nov 2026 03:00–04:00 EST (America/New_York)\n"
    "Tue 24 Nov 2026 09:00–10:00 CET (Europe/Berlin)\n"
    "▸ on now\n"
    "Room 4\n"
    "\n"
    "┌─┐ ╶─┐ ┌─┐  ┌─┐ ╶─┐  ╷   ╶─┐ ╶─┐\n"
    "└─┤ ╶─┤ └─┤  │ │   │  │   ┌─┘ ╶─┤\n"
    "╶─┘ ╶─┘ ╶─┘  └─┘   ╵  ╵   └─╴ ╶─┘\n"
    "Conference ID 93907123\n"
    "dynamic: this meeting's own\n"
    "\n"
    "Dial-in\n"
    "+1 323-849-4874,,93907123#\n"
    "  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#\n"
    "  United States, toll-free\n"
    "\n"
    "Organizer\n"
    "Ada Lovelace <ada@example.org>\n"
    "\n"
    "Notes\n"
    "Bring figures.\n"
    "\n"
    "And \\x1b[31mcoffee.\n";
/* clang-format on */

static struct canvas *draw(struct fixture *fixture, int cols, int rows, bool ascii)
{
    struct canvas *canvas = fixture_canvas(fixture, cols, rows, ascii);
    const struct local_time day = {2026, 11, 26, 0, 0, 0};
    show_month(canvas, canvas_area(canvas), &fixture->context, day, day, &fixture->list);
    return canvas;
}

static void three_sizes(void **state)
{
    struct fixture *fixture = *state;
    struct canvas *canvas = draw(fixture, 80, 24, false);
    SCREEN(fixture->arena, canvas, month_80x24);
    STYLES(fixture->arena, canvas, month_80x24_styles);
    SCREEN(fixture->arena, draw(fixture, 40, 12, false), month_40x12);
    SCREEN(fixture->arena, draw(fixture, 200, 60, false), month_200x60);
    SCREEN(fixture->arena, draw(fixture, 80, 24, true), month_ascii);
}

static struct canvas *draw_pane(struct fixture *fixture, size_t item, int cols, int rows,
                                bool ascii)
{
    struct canvas *canvas = fixture_canvas(fixture, cols, rows, ascii);
    const struct occurrence *occurrence = &fixture->list.items[item];
    struct invitation invitation = sample_invitation(fixture->arena, occurrence);
    show_meeting(canvas, canvas_area(canvas), &fixture->context, occurrence, &invitation);
    return canvas;
}

static void the_pane(void **state)
{
    struct fixture *fixture = *state;
    sample_add(fixture->arena, &fixture->list,
               &(struct sample){.title = "Planning with a title that takes two lines",
                                .start = "20261124T090000",
                                .id = "93907123",
                                .location = "Room 4",
                                .notes = "Bring figures.\n\nAnd \033[31mcoffee."});
    struct canvas *canvas = draw_pane(fixture, 12, 38, 26, false);
    SCREEN(fixture->arena, canvas, pane_38x22);
    STYLES(fixture->arena, canvas, pane_38x22_styles);
    SCREEN(fixture->arena, draw_pane(fixture, 2, 38, 22, false), pane_risk);
    SCREEN(fixture->arena, draw_pane(fixture, 12, 40, 12, false), pane_40x12);
    SCREEN(fixture->arena, draw_pane(fixture, 12, 38, 22, true), pane_ascii);
    fixture->context.zone = sample_zone(fixture->arena, "America/New_York");
    SCREEN(fixture->arena, draw_pane(fixture, 12, 60, 25, false), pane_other_zone);
}

static void any_size(void **state)
{
    struct fixture *fixture = *state;
    for (int rows = 0; rows < 40; rows += 3)
        for (int cols = 0; cols < 130; cols += 5) {
            draw(fixture, cols, rows, false);
            draw_pane(fixture, 8, cols, rows, true);
        }
}

static void weeks_from_sunday_on(void **state)
{
    struct fixture *fixture = *state;
    static const struct time_style style = {DATE_MONTH_FIRST, true, 6};
    fixture->context.zone = zone_styled(fixture->arena, fixture->context.zone, &style);
    struct canvas *canvas = canvas_new(fixture->arena, 40, 140, false);
    const struct local_time day = {2026, 11, 26, 0, 0, 0};
    show_month(canvas, canvas_area(canvas), &fixture->context, day, day, &fixture->list);
    const char *dump = canvas_dump(fixture->arena, canvas);
    assert_non_null(strstr(dump, "    Sunday             Monday "));
    assert_non_null(strstr(dump, "\nW45 Nov 1 ─")); /* most of its days are in that week */
    assert_non_null(strstr(dump, "\nW48 22 ─"));
    assert_non_null(strstr(dump, " Dec 1 ─"));
    assert_non_null(strstr(dump, " 2:00pm Design r"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(three_sizes),
        DRAWING_TEST(the_pane),
        DRAWING_TEST(any_size),
        DRAWING_TEST(weeks_from_sunday_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
