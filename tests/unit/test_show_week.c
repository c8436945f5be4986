/*
 * The time grid as screens: three sizes, ASCII, meetings side by side, past midnight and of whole
 * days, clock changes.
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
static const char week_80x24[] =
    "       │Mon 23   │[Tue 24 Nov]│Wed 25   │Thu 26 Nov     │Fri 27   │Sat 28│Sun 29\n"
    "all day│╺ Offsite ━━━━━━━━━━━━━━━━━━━━━╸│               │         │      │\n"
    "───────┼─────────┼────────────┼─ ▲ 1 ───┼───────────────┼─────────┼──────┼──────\n"
    " 08:00 │         │            │╺Sync wi…│               │         │      │\n"
    "       │         │            │         │               │         │      │\n"
    " 09:00 │╺Stand-up│┏!! Budget …│         │               │         │      │\n"
    "▸09:40 │         │┗┏!! Hiring:│         │               │         │      │\n"
    " 10:00 │         │ ┃second ro…│         │┏Café chat … ┏ │         │      │\n"
    "       │         │ ┗7654321   │         │┗┗פגישה עם הצ…┏│         │      │\n"
    " 11:00 │         │            │┏! Vendo…│  ┗evil \\x1b[3…│         │      │\n"
    "       │         │            │┗7654321 │               │         │      │\n"
    " 12:00 │         │            │         │               │         │      │\n"
    "       │         │            │         │               │         │      │\n"
    " 13:00 │         │            │         │               │         │      │\n"
    "       │         │            │         │               │         │      │\n"
    " 14:00 │         │┏Design     │         │               │         │      │\n"
    "       │         │┃review     │         │               │         │      │\n"
    " 15:00 │         │┃16353789   │         │               │┏[Town   │      │\n"
    "       │         │┗14:00–16:00│         │               │┃hall]   │      │\n"
    " 16:00 │         │            │         │               │┗72635441│      │\n"
    "       │         │            │         │               │         │      │\n"
    " 17:00 │         │            │         │               │         │      │\n"
    "       │         │            │         │               │         │      │\n"
    "───────┴─────────┴─ ▼ 1 ──────┴─────────┴───────────────┴─────────┴──────┴──────\n";
static const char week_80x24_styles[] =
    ".......ahhhhhh...anNNNnnnnnnnnahhhhhh...ahhhhhhhhhh.....ahhhhhh...ahhhhhhahhhhhh\n"
    "dddddddammmmmmmmmmmmmmmmmmmmmmmmmmmmmmmma...............a.........a......a\n"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaadddddaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    ".ddddd.a.........a............ammmmmmmmma...............a.........a......a\n"
    ".......a.........a............a.........a...............a.........a......a\n"
    ".ddddd.apppppppppaRRRRRRRRRRRRa.........a...............a.........a......a\n"
    "nnnnnnna.........aRrrrrrrrrrrra.........a...............a.........a......a\n"
    ".ddddd.a.........a.rrrrrrrrrrra.........ammmmmmmmmmmmmm.a.........a......a\n"
    ".......a.........a.rrrrrrrrrrra.........ammmmmmmmmmmmmmma.........a......a\n"
    ".ddddd.a.........a............allllllllla..mmmmmmmmmmmmma.........a......a\n"
    ".......a.........a............allllllllla...............a.........a......a\n"
    ".ddddd.a.........a............a.........a...............a.........a......a\n"
    ".......a.........a............a.........a...............a.........a......a\n"
    ".ddddd.a.........a............a.........a...............a.........a......a\n"
    ".......a.........a............a.........a...............a.........a......a\n"
    ".ddddd.a.........ammmmmmmmmmmma.........a...............a.........a......a\n"
    ".......a.........ammmmmmmmmmmma.........a...............a.........a......a\n"
    ".ddddd.a.........ammmmmmmmmmmma.........a...............axxxxxxxxxa......a\n"
    ".......a.........ammmmmmmmmmmma.........a...............axxxxxxxxxa......a\n"
    ".ddddd.a.........a............a.........a...............axxxxxxxxxa......a\n"
    ".......a.........a............a.........a...............a.........a......a\n"
    ".ddddd.a.........a............a.........a...............a.........a......a\n"
    ".......a.........a............a.........a...............a.........a......a\n"
    "aaaaaaaaaaaaaaaaaaadddddaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";
static const char week_40x12[] =
    "       │[Tue 24 Nov]\n"
    "all day│━ Offsite ━━━━━━━━━━━━━━━━━━━━━━\n"
    "───────┼────────────────────────────────\n"
    " 08:00 │\n"
    "       │\n"
    " 09:00 │┏!! Budget revi…\n"
    "▸09:40 │┗7654321 overlap┏!! Hiring:\n"
    " 10:00 │                ┃second round o…\n"
    "       │                ┗7654321 overlap\n"
    " 11:00 │\n"
    "       │\n"
    "───────┴─ ▼ 2 ──────────────────────────\n";
static const char week_40x12_next_day[] =
    "       │Thu 26 Nov\n"
    "───────┼────────────────────────────────\n"
    "       │\n"
    " 07:00 │\n"
    "       │\n"
    " 08:00 │\n"
    "       │\n"
    " 09:00 │\n"
    "       │\n"
    " 10:00 │┏Café cha…┏פגישה עם …\n"
    "       │┗50505123 ┗61728394  ┏evil \\x1b…\n"
    "───────┴────────────────────────────────\n";
static const char week_200x60[] =
    "       │Mon 23 Nov                   │[Tue 24 Nov]                        │Wed 25 Nov                   │Thu 26 Nov                           │Fri 27 Nov                   │Sat 28 Nov   │Sun 29 Nov\n"
    "all day│╺ Offsite ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╸│                                     │                             │             │\n"
    "───────┼─────────────────────────────┼────────────────────────────────────┼─────────────────────────────┼─────────────────────────────────────┼─────────────────────────────┼─────────────┼─────────────\n"
    " 00:00 │                             │                                    │┃Release night               │                                     │                             │             │\n"
    "       │                             │                                    │┃48151623                    │                                     │                             │             │\n"
    " 01:00 │                             │                                    │┃23:00–02:00 +1              │                                     │                             │             │\n"
    "       │                             │                                    │┗                            │                                     │                             │             │\n"
    " 02:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 03:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 04:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 05:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 06:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 07:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 08:00 │                             │                                    │╺Sync with 東京オフィス      │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 09:00 │╺Stand-up  93907123          │┏!! Budget review                   │                             │                                     │                             │             │\n"
    "▸09:40 │                             │┗7654321 overlap  ┏!! Hiring: second│                             │                                     │                             │             │\n"
    " 10:00 │                             │                  ┃round of intervi…│                             │┏Café chat …┏פגישה עם ה…             │                             │             │\n"
    "       │                             │                  ┗7654321 overlap  │                             │┗50505123   ┗61728394   ┏evil \\x1b[3…│                             │             │\n"
    " 11:00 │                             │                                    │┏! Vendor call               │                        ┗83726151    │                             │             │\n"
    "       │                             │                                    │┗7654321 legacy              │                                     │                             │             │\n"
    " 12:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 13:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 14:00 │                             │┏Design review                      │                             │                                     │                             │             │\n"
    "       │                             │┃16353789                           │                             │                                     │                             │             │\n"
    " 15:00 │                             │┃14:00–16:00                        │                             │                                     │┏[Town hall]                 │             │\n"
    "       │                             │┗Room 4                             │                             │                                     │┃72635441                    │             │\n"
    " 16:00 │                             │                                    │                             │                                     │┗15:00–16:30                 │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 17:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 18:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 19:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 20:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 21:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 22:00 │                             │                                    │                             │                                     │                             │             │\n"
    "       │                             │                                    │                             │                                     │                             │             │\n"
    " 23:00 │                             │┏Release night                      │                             │                                     │                             │             │\n"
    "       │                             │┃48151623                           │                             │                                     │                             │             │\n"
    "───────┴─────────────────────────────┴────────────────────────────────────┴─────────────────────────────┴─────────────────────────────────────┴─────────────────────────────┴─────────────┴─────────────\n";
static const char week_ascii[] =
    "       |Mon 23   |[Tue 24 Nov]|Wed 25   |Thu 26 Nov     |Fri 27   |Sat 28|Sun 29\n"
    "all day|- Offsite ----------------------|               |         |      |\n"
    "-------+---------+------------+- ^ 1 ---+---------------+---------+------+------\n"
    " 08:00 |         |            |-Sync wi~|               |         |      |\n"
    "       |         |            |         |               |         |      |\n"
    " 09:00 |-Stand-up|+!! Budget ~|         |               |         |      |\n"
    ">09:40 |         |++!! Hiring:|         |               |         |      |\n"
    " 10:00 |         | |second ro~|         |+Caf? chat ?~+ |         |      |\n"
    "       |         | +7654321   |         |++????? ?? ??~+|         |      |\n"
    " 11:00 |         |            |+! Vendo~|  +evil \\x1b[3~|         |      |\n"
    "       |         |            |+7654321 |               |         |      |\n"
    " 12:00 |         |            |         |               |         |      |\n"
    "       |         |            |         |               |         |      |\n"
    " 13:00 |         |            |         |               |         |      |\n"
    "       |         |            |         |               |         |      |\n"
    " 14:00 |         |+Design     |         |               |         |      |\n"
    "       |         ||review     |         |               |         |      |\n"
    " 15:00 |         ||16353789   |         |               |+[Town   |      |\n"
    "       |         |+14:00-16:00|         |               ||hall]   |      |\n"
    " 16:00 |         |            |         |               |+72635441|      |\n"
    "       |         |            |         |               |         |      |\n"
    " 17:00 |         |            |         |               |         |      |\n"
    "       |         |            |         |               |         |      |\n"
    "-------+---------+- v 1 ------+---------+---------------+---------+------+------\n";
static const char week_crowded[] =
    "       │Mon 23 Nov  │[Tue 24 Nov]   │Wed 25   │Thu 26   │Fri 27   │Sat 28│Sun 29\n"
    "all day│━ Long ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╸│\n"
    "       │━ Long ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╸│      │\n"
    "       │━ Long ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╸│         │      │\n"
    "+2 more│━ Long ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╸│         │         │      │\n"
    "───────┼────────────┼───────────────┼─────────┼─────────┼─────────┼──────┼──────\n"
    " 08:00 │            │               │         │         │         │      │\n"
    "       │            │               │         │         │         │      │\n"
    " 09:00 │╺Number 0   │┏09:15 Number 1│         │         │         │      │\n"
    "▸09:40 │┏Number 2   │┗93907123      │         │         │         │      │\n"
    " 10:00 │┃┏Number 4  │┏10:15 Number 5│         │         │         │      │\n"
    "       │┗┃93907123  │┃┏Number 3     │         │         │         │      │\n"
    " 11:00 │┏Number 8 ┃ │┃┃93907123     │         │         │         │      │\n"
    "       │┃┗┏Number 6 │┃┃┏Number 7    │         │         │         │      │\n"
    " 12:00 │┃ ┃93907123 │┃┗┃┏Number 9   │         │         │         │      │\n"
    "       │┃┏Number 10┃│┗┏Number 11  ┃┃│         │         │         │      │\n"
    " 13:00 │┃┃93907123 ┃│ ┃93907123   ┃┃│         │         │         │      │\n"
    "       │┃┃         ┃│ ┃12:45–17:35┃┃│         │         │         │      │\n"
    " 14:00 │┃┃         ┗│ ┃           ┃┃│         │         │         │      │\n"
    "       │┗┃          │ ┃           ┗┃│         │         │         │      │\n"
    " 15:00 │ ┃          │ ┃            ┃│         │         │         │      │\n"
    "       │ ┃          │ ┃            ┃│         │         │         │      │\n"
    " 16:00 │ ┃          │ ┃            ┗│         │         │         │      │\n"
    "───────┴────────────┴───────────────┴─────────┴─────────┴─────────┴──────┴──────\n";
static const char week_empty[] =
    "       │Mon 23 Nov│[Tue 24]  │Wed 25 Nov│Thu 26 Nov │Fri 27 Nov│Sat 28 │Sun 29\n"
    "───────┼──────────┼──────────┼──────────┼───────────┼──────────┼───────┼────────\n"
    "       │          │          │          │           │          │       │\n"
    " 14:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 15:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 16:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 17:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 18:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 19:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 20:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 21:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 22:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 23:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    "───────┴──────────┴──────────┴──────────┴───────────┴──────────┴───────┴────────\n";
static const char week_line_at_now[] =
    "       │Mon 23 Nov│[Tue 24]  │Wed 25 Nov│Thu 26 Nov │Fri 27 Nov│Sat 28 │Sun 29\n"
    "───────┼──────────┼──────────┼──────────┼───────────┼──────────┼───────┼────────\n"
    " 08:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 09:00 │          │          │          │           │          │       │\n"
    "▸09:40 │          │──────────│          │           │          │       │\n"
    " 10:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 11:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 12:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 13:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 14:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 15:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 16:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 17:00 │          │          │          │           │          │       │\n"
    "       │          │          │          │           │          │       │\n"
    " 18:00 │          │          │          │           │          │       │\n"
    "───────┴──────────┴──────────┴──────────┴───────────┴──────────┴───────┴────────\n";
static const char week_line_at_now_styles[] =
    ".......ahhhhhhhhhhanNNNnnnn..ahhhhhhhhhhahhhhhhhhhh.ahhhhhhhhhhahhhhhh.ahhhhhh\n"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    "nnnnnnna..........annnnnnnnnna..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    ".......a..........a..........a..........a...........a..........a.......a\n"
    ".ddddd.a..........a..........a..........a...........a..........a.......a\n"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";
static const char week_clocks_back[] =
    "       │Sun 25 Oct\n"
    "───────┼────────────────────────────────\n"
    " 00:00 │\n"
    "       │\n"
    " 01:00 │\n"
    "       │\n"
    " 02:00 │\n"
    "       │╺Night shift  93907123\n"
    " 03:00 │\n"
    "       │\n"
    " 04:00 │\n"
    "───────┴────────────────────────────────\n";
static const char week_shared[] =
    "       │Mon 23 Nov         │[Tue 24 Nov]            │Wed 25 Nov             │Thu 26 Nov              │Fri 27 Nov         │Sat 28 Nov│Sun 29 Nov\n";
/* clang-format on */

static const struct local_time MONDAY = {2026, 11, 23, 0, 0, 0};

static struct canvas *draw(struct fixture *fixture, int cols, int rows, bool ascii,
                           struct show_list *state)
{
    struct canvas *canvas = fixture_canvas(fixture, cols, rows, ascii);
    bool some = state->selected < fixture->list.count;
    int64_t at = some ? fixture->list.items[state->selected].start : fixture->context.now;
    show_week(canvas, canvas_area(canvas), &fixture->context, MONDAY, 7,
              zone_read(fixture->context.zone, at).local, &fixture->list, state);
    return canvas;
}

static void three_sizes(void **state)
{
    struct fixture *fixture = *state;
    struct show_list at = {.selected = 2, .top = 16};
    struct canvas *canvas = draw(fixture, 80, 24, false, &at);
    SCREEN(fixture->arena, canvas, week_80x24);
    STYLES(fixture->arena, canvas, week_80x24_styles);
    SCREEN(fixture->arena, draw(fixture, 40, 12, false, &at), week_40x12);
    SCREEN(fixture->arena, draw(fixture, 200, 60, false, &at), week_200x60);
    at.top = 16;
    SCREEN(fixture->arena, draw(fixture, 80, 24, true, &at), week_ascii);
}

static void one_day_is_the_selected_one(void **state)
{
    struct fixture *fixture = *state;
    struct show_list at = {.selected = 8, .top = 0};
    SCREEN(fixture->arena, draw(fixture, 40, 12, false, &at), week_40x12_next_day);
    assert_int_equal(at.top, 13);
}

/*
 * The first half hour at `minutes` past midnight on the sample's Tuesday, with the selected meeting
 * as given.
 */
static int first_slot(struct fixture *fixture, int minutes, size_t selected)
{
    const int64_t midnight = SAMPLE_NOW - (9 * 60 + 40) * MINUTE;
    struct show_list at = {.selected = selected, .top = 16, .at_now = true};
    fixture->context.now = midnight + minutes * MINUTE;
    draw(fixture, 80, 24, false, &at);
    return (int)at.top;
}

static void begins_before_now(void **state)
{
    struct fixture *fixture = *state;
    fixture->list = (struct occurrences){0};
    static const struct sample samples[] = {
        {.title = "Night", .start = "20261124T013000", .minutes = 8 * 60},
        {.title = "Early", .start = "20261124T073000", .minutes = 90},
        {.title = "Noon", .start = "20261124T150000"},
        {.title = "Late", .start = "20261124T213000"},
        {.title = "Tomorrow", .start = "20261125T013000"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        sample_add(fixture->arena, &fixture->list, &samples[i]);
    assert_int_equal(first_slot(fixture, 12 * 60, 2), 22);     /* an hour before now */
    assert_int_equal(first_slot(fixture, 12 * 60, 4), 22);     /* whatever is selected elsewhere */
    assert_int_equal(first_slot(fixture, 12 * 60, 3), 24);     /* both seen */
    assert_int_equal(first_slot(fixture, 9 * 60 + 15, 1), 11); /* the night's still on: a third */
    assert_int_equal(first_slot(fixture, 10 * 60, 3), 20);     /* never past now */
    assert_int_equal(first_slot(fixture, 15, 0), 0);
    assert_int_equal(first_slot(fixture, 23 * 60 + 45, 3), 48 - 21);
}

/* What is opened shows a meeting, whatever the hour: now's, else the first of the days. */
static void opens_where_a_meeting_is(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *start, *other;
        int days_on, minutes; /* now, from the sample's Tuesday on */
        int top;
    } cases[] = {
        {"20261123T090000", NULL, 0, 23 * 60, 16},             /* now's hours are empty */
        {"20261126T050000", NULL, 0, 14 * 60, 8},              /* ... and a later day's are not */
        {"20261124T143000", NULL, 0, 14 * 60, 26},             /* now */
        {"20261123T000000", NULL, 0, 20 * 60, 0},              /* never before midnight */
        {"20261123T230000", NULL, 0, 9 * 60, 27},              /* nor behind it */
        {"20261125T100000", NULL, 7, 9 * 60, 16},              /* another week: from eight on */
        {"20261125T060000", NULL, 7, 9 * 60, 10},              /* ... or the first one */
        {"20261125T190000", NULL, 7, 9 * 60, 27},              /* ... that is seen so */
        {"20261125T190000", "20261122T230000", 7, 9 * 60, 27}, /* not one of the night before */
    };
    const int64_t midnight = SAMPLE_NOW - (9 * 60 + 40) * MINUTE;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture->list = (struct occurrences){0};
        sample_add(fixture->arena, &fixture->list,
                   &(struct sample){.title = "x", .start = cases[i].start});
        if (cases[i].other)
            sample_add(fixture->arena, &fixture->list,
                       &(struct sample){.title = "y", .start = cases[i].other, .minutes = 180});
        struct show_list at = {.top = 16, .at_now = true};
        fixture->context.now = midnight + cases[i].days_on * DAY + cases[i].minutes * MINUTE;
        draw(fixture, 80, 24, false, &at);
        if ((int)at.top != cases[i].top)
            fail_msg("case %zu: %zu instead of %d", i, at.top, cases[i].top);
    }
}

static void the_readers_clock(void **state)
{
    struct fixture *fixture = *state;
    static const struct time_style style = {DATE_MONTH_FIRST, true, 6};
    struct show_list at = {.top = 16};
    fixture->context.zone = zone_styled(fixture->arena, fixture->context.zone, &style);
    const char *dump = canvas_dump(fixture->arena, draw(fixture, 80, 24, false, &at));
    assert_non_null(strstr(dump, "\n 8:00am "));
    assert_non_null(strstr(dump, "\n▸9:40am "));
    assert_non_null(strstr(dump, "\n 12:00pm "));
    const char *wide = canvas_dump(fixture->arena, draw(fixture, 140, 24, false, &at));
    assert_non_null(strstr(wide, "Mon Nov 23"));
}

static void share_a_wide_week(void **state)
{
    struct fixture *fixture = *state;
    fixture->list = (struct occurrences){0};
    for (int i = 0; i < 3; i++) {
        sample_add(fixture->arena, &fixture->list,
                   &(struct sample){.title = "One", .start = "20261125T090000", .id = "93907123"});
        sample_add(fixture->arena, &fixture->list,
                   &(struct sample){.title = "Two", .start = "20261126T090000", .id = "93907123"});
    }
    sample_add(fixture->arena, &fixture->list,
               &(struct sample){.title = "Three", .start = "20261123T090000", .id = "93907123"});
    struct show_list at = {.selected = 0, .top = 16};
    char *screen =
        arena_copy(fixture->arena, canvas_dump(fixture->arena, draw(fixture, 143, 40, false, &at)));
    screen[strcspn(screen, "\n") + 1] = '\0';
    TEXT(screen, week_shared);
}

static void many_at_once(void **state)
{
    struct fixture *fixture = *state;
    fixture->list = (struct occurrences){0};
    for (int i = 0; i < 12; i++) {
        struct sample sample = {.title = arena_format(fixture->arena, "Number %d", i),
                                .start = arena_format(fixture->arena, "202611%02dT%02d%02d00",
                                                      23 + i % 2, 9 + i / 3, i % 4 * 15),
                                .minutes = 15 + 25 * i,
                                .id = "93907123"};
        sample_add(fixture->arena, &fixture->list, &sample);
    }
    for (int i = 0; i < 6; i++)
        sample_add(
            fixture->arena, &fixture->list,
            &(struct sample){.title = "Long", .start = "20261120", .minutes = 1440 * (4 + i)});
    struct show_list at = {.top = 16};
    SCREEN(fixture->arena, draw(fixture, 80, 24, false, &at), week_crowded);
}

static void nothing_on(void **state)
{
    struct fixture *fixture = *state;
    fixture->list.count = 0;
    struct show_list at = {.selected = 5, .top = 100};
    SCREEN(fixture->arena, draw(fixture, 80, 24, false, &at), week_empty);
    assert_int_equal(at.top, 27);
    at.top = 16;
    struct canvas *canvas = draw(fixture, 80, 24, false, &at);
    SCREEN(fixture->arena, canvas, week_line_at_now);
    STYLES(fixture->arena, canvas, week_line_at_now_styles);
}

/* The night when 02:30 comes twice: a meeting from the first 02:30 to the second one. */
static void clocks_set_back(void **state)
{
    struct fixture *fixture = *state;
    fixture->list = (struct occurrences){0};
    sample_add(
        fixture->arena, &fixture->list,
        &(struct sample){.title = "Night shift", .start = "20261025T023000", .id = "93907123"});
    struct show_list at = {0};
    struct canvas *canvas = fixture_canvas(fixture, 40, 12, false);
    const struct local_time night = {2026, 10, 25, 0, 0, 0};
    show_week(canvas, canvas_area(canvas), &fixture->context, night, 1, night, &fixture->list, &at);
    SCREEN(fixture->arena, canvas, week_clocks_back);
}

/* The page of days around the selected day, whose name is marked (upper case) among several. */
static void page_of_the_selected_day(void **state)
{
    static const char begin[] = "Mon 23   │[Tue 24]  │Wed 25   │Thu 26 Nov│Fri 27 Nov";
    static const char end[] = "Wed 25 Nov│Thu 26 Nov │Fri 27 Nov │Sat 28  │Sun 29";
    static const struct {
        int cols, days, day;
        const char *headings, *styles;
    } cases[] = {
        {60, 7, 0, begin, "HHHhhh...annnnnnnn..ahhhhhh...ahhhhhhhhhhahhhhhhhhhh"},
        {60, 7, 4, begin, "hhhhhh...annnnnnnn..ahhhhhh...ahhhhhhhhhhaHHHhhhhhhh"},
        {60, 7, 5, end, "hhhhhhhhhhahhhhhhhhhh.ahhhhhhhhhh.aHHHhhh..ahhhhhh"},
        {60, 7, -1, begin, "hhhhhh...annnnnnnn..ahhhhhh...ahhhhhhhhhhahhhhhhhhhh"},
        {60, 7, 7, end, "hhhhhhhhhhahhhhhhhhhh.ahhhhhhhhhh.ahhhhhh..ahhhhhh"},
        {49, 7, 3, "Thu 26 Nov", "HHHhhhhhhh"},
        {50, 7, 3, "Mon 23   │[Tue 24]  │Wed 25 Nov│Thu 26 Nov",
         "hhhhhh...annnnnnnn..ahhhhhhhhhhaHHHhhhhhhh"},
        {60, 2, 1, "Mon 23 Nov             │[Tue 24 Nov]", "hhhhhhhhhh.............anNNNnnnnnnnn"},
        {60, 1, 0, "Mon 23 Nov", "hhhhhhhhhh"},
    };
    struct fixture *fixture = *state;
    fixture->list.count = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct show_list at = {0};
        struct canvas *canvas = fixture_canvas(fixture, cases[i].cols, 4, false);
        show_week(canvas, canvas_area(canvas), &fixture->context, MONDAY, cases[i].days,
                  local_add_days(MONDAY, cases[i].day), &fixture->list, &at);
        const char *headings = canvas_dump(fixture->arena, canvas);
        const char *styles = canvas_dump_styles(fixture->arena, canvas);
        const char *expected = arena_format(fixture->arena, "       │%s\n", cases[i].headings);
        const char *expected_styles = arena_format(fixture->arena, ".......a%s\n", cases[i].styles);
        assert_memory_equal(headings, expected, strlen(expected));
        assert_memory_equal(styles, expected_styles, strlen(expected_styles));
    }
}

static void any_size(void **state)
{
    struct fixture *fixture = *state;
    for (int rows = 0; rows < 60; rows += 3)
        for (int cols = 0; cols < 130; cols += 3) {
            struct show_list at = {.selected = (size_t)(rows % 12), .top = (size_t)cols};
            draw(fixture, cols, rows, false, &at);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(three_sizes),
        DRAWING_TEST(one_day_is_the_selected_one),
        DRAWING_TEST(begins_before_now),
        DRAWING_TEST(opens_where_a_meeting_is),
        DRAWING_TEST(the_readers_clock),
        DRAWING_TEST(share_a_wide_week),
        DRAWING_TEST(many_at_once),
        DRAWING_TEST(nothing_on),
        DRAWING_TEST(clocks_set_back),
        DRAWING_TEST(any_size),
        DRAWING_TEST(page_of_the_selected_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
