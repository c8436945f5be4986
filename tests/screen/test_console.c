/*
 * The console's views as a person sees them: keys in, the screen's text out, at 80x24, 40x12 and
 * 200x60.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void agenda(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "agenda", "j"), ERR_OK);
    screen_is(screen->text,
              " Example, ada@example.org  Agenda · Tue 24 Nov 2026            Mon 23 Nov 09:00\n"
              " 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox\n"
              "Mon 23 Nov 2026 today ──────────────────────────────────────────────────── UTC ─\n"
              "  14:00–15:00       99999999  Helpdesk training\n"
              "\n"
              "Tue 24 Nov 2026 tomorrow ───────────────────────────────────────────────────────\n"
              "  09:00–10:00    !! 7654321   Budget review               back-to-back: Supplie…\n"
              "  10:00–11:00    !! 7654321   Supplier call               back-to-back: Budget …\n"
              "\n"
              "Wed 25 Nov 2026 ────────────────────────────────────────────────────────────────\n"
              "  09:00–10:00       99999999  Roadmap                     1 not told\n"
              "  09:30–10:30       99999999  全体会議 (all hands)\n"
              "\n"
              "Thu 26 Nov 2026 ────────────────────────────────────────────────────────────────\n"
              "  12:30–13:00    !  7654321   Team meeting                legacy\n"
              "\n"
              "Fri 27 Nov 2026 ────────────────────────────────────────────────────────────────\n"
              "  23:00–01:00 +1    99999999  Maintenance\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              " t today  n new  e edit  i invitation  y copy  c convert  5 legacy  ? help\n");
}

static void agenda_small(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 40, 12, "agenda", ""), ERR_OK);
    screen_is(screen->text, " Agenda · Mon 23 Nov 2026         09:00\n"
                            " 1 2 3 4 Agenda 5 6 7 8\n"
                            "Mon 23 Nov 2026 today ──────────── UTC ─\n"
                            "  14:00    99999999  Helpdesk training\n"
                            "\n"
                            "Tue 24 Nov 2026 tomorrow ───────────────\n"
                            "  09:00 !! 7654321   Budget review\n"
                            "  10:00 !! 7654321   Supplier call\n"
                            "\n"
                            "Wed 25 Nov 2026 ────────────────────────\n"
                            "  09:00    99999999  Roadmap\n"
                            " t today  n new  e edit  y copy  ? help\n");
}

static void agenda_wide(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 200, 60, "agenda", "j"), ERR_OK);
    /* the side pane shows the selected meeting with its ID, large, and its numbers */
    screen_has(screen, "7654321   Budget review  ");
    screen_has(screen, "mixing risk: ");
    screen_has(screen, "│ Tue 24 Nov 2026 09:00–10:00 UTC\n");
    screen_has(screen, "│ ╶─┐ ┌─╴ ┌─╴  ╷ ╷ ╶─┐ ╶─┐   ╷\n");
    screen_has(screen, "│ +49 3090 1820,,7654321#\n");
    screen_has(screen, "  6 lookup  / search  ? help\n");
}

static void week(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "week", "ll"), ERR_OK);
    screen_is(screen->text,
              " ada@example.org  Week · 48, Mon 23 – Sun 29 Nov 2026 [Wed]    Mon 23 Nov 09:00\n"
              " 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox\n"
              "       │[Mon 23] │Tue 24   │Wed 25 Nov     │Thu 26   │Fri 27   │Sat 28   │Sun 29\n"
              "───────┼─────────┼─────────┼───────────────┼─────────┼─────────┼─ ▲ 1 ───┼──────\n"
              " 08:00 │         │         │               │         │         │         │\n"
              "       │         │         │               │         │         │         │\n"
              "▸09:00 │─────────│┏!! Budg…│┏Roadmap       │         │         │         │\n"
              "       │         │┗7654321 │┗┏全体会議 (al…│         │         │         │\n"
              " 10:00 │         │┏!! Supp…│ ┗99999999     │         │         │         │\n"
              "       │         │┗7654321 │               │         │         │         │\n"
              " 11:00 │         │         │               │         │         │         │\n"
              "       │         │         │               │         │         │         │\n"
              " 12:00 │         │         │               │         │         │         │\n"
              "       │         │         │               │╺! Team …│         │         │\n"
              " 13:00 │         │         │               │         │         │         │\n"
              "       │         │         │               │         │         │         │\n"
              " 14:00 │┏Helpdes…│         │               │         │         │         │\n"
              "       │┗99999999│         │               │         │         │         │\n"
              " 15:00 │         │         │               │         │         │         │\n"
              "       │         │         │               │         │         │         │\n"
              " 16:00 │         │         │               │         │         │         │\n"
              "───────┴─────────┴─────────┴───────────────┴─────────┴─ ▼ 1 ───┴─────────┴──────\n"
              " Wed 25 Nov 09:00–10:00  Roadmap  99999999\n"
              " t today  n new  e edit  i invitation  y copy  c convert  5 legacy  ? help\n");
}

static void week_small(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 40, 12, "week", "l"), ERR_OK);
    screen_is(screen->text, " Week · Mon 23 – Sun 29 Nov 2026  09:00\n"
                            " 1 2 Week 3 4 5 6 7 8\n"
                            "       │Tue 24 Nov\n"
                            "───────┼────────────────────────────────\n"
                            " 09:00 │┏!! Budget review\n"
                            "       │┗7654321 back-to-back\n"
                            " 10:00 │┏!! Supplier call\n"
                            "       │┗7654321 back-to-back\n"
                            " 11:00 │\n"
                            "       │\n"
                            " 12:00 │\n"
                            " t today  n new  e edit  y copy  ? help\n");
}

static void week_wide(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 200, 60, "week", "j"), ERR_OK);
    screen_has(screen, "│[Mon 23");
    /* the meeting that lasts past midnight is on both days */
    screen_has(screen, "│┏Mainte");
    screen_has(screen, "│┃Mainte");
    screen_has(screen, "│┏!! Bud");
    screen_has(screen, "│ Tue 24 Nov 2026 09:00–10:00 UTC\n");
    screen_has(screen, "▸09:00 │──────");
}

static void month(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "month", "jl"), ERR_OK);
    screen_is(screen->text,
              " Example, ada@example.org  Month · December 2026 [Tue 1]       Mon 23 Nov 09:00\n"
              " 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox\n"
              "    Mon       Tue        Wed        Thu        Fri        Sat        Sun\n"
              "W49 30 ────── 1 Dec ──── 2 ──────── 3 ──────── 4 ──────── 5 ──────── 6 ────────\n"
              "\n"
              "\n"
              "W50 7 ─────── 8 ──────── 9 ──────── 10 ─────── 11 ─────── 12 ─────── 13 ───────\n"
              "\n"
              "\n"
              "W51 14 ────── 15 ─────── 16 ─────── 17 ─────── 18 ─────── 19 ─────── 20 ───────\n"
              "\n"
              "\n"
              "\n"
              "W52 21 ────── 22 ─────── 23 ─────── 24 ─────── 25 ─────── 26 ─────── 27 ───────\n"
              "\n"
              "\n"
              "W53 28 ────── 29 ─────── 30 ─────── 31 ─────── 1 Jan ──── 2 ──────── 3 ────────\n"
              "\n"
              "\n"
              "W01 4 ─────── 5 ──────── 6 ──────── 7 ──────── 8 ──────── 9 ──────── 10 ───────\n"
              "\n"
              "\n"
              "\n"
              " t today  n new  e edit  i invitation  y copy  c convert  5 legacy  ? help\n");
}

static void legacy(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "legacy", "<Space>"), ERR_OK);
    screen_is(screen->text,
              " Example, ada@example.org  Legacy · 3, 2 at risk, 1 marked     Mon 23 Nov 09:00\n"
              " 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox\n"
              "7654321  ada@example.org ──────────────── UTC ─ 3 meetings, 2 with a mixing risk\n"
              "[x] !! Tue 24 Nov 09:00–10:00  Budget review          back-to-back: Supplier ca…\n"
              "[ ] !! Tue 24 Nov 10:00–11:00  Supplier call          back-to-back: Budget revi…\n"
              "[ ] !  Thu 26 Nov 12:30–13:00  Team meeting           legacy\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              " Space mark  * risks  c convert  C all  n new  e edit  i invitation  ? help\n");
    assert_int_equal(screen_run(screen, 40, 12, "legacy", ""), ERR_OK);
    screen_is(screen->text, " Legacy · 3, 2 at risk            09:00\n"
                            " 1 2 3 4 5 Legacy 6 7 8\n"
                            "7654321  ada@example.org\n"
                            "[ ] !! Tue 24 Nov 09:00  Budget review\n"
                            "[ ] !! Tue 24 Nov 10:00  Supplier call\n"
                            "[ ] !  Thu 26 Nov 12:30  Team meeting\n"
                            "\n"
                            "\n"
                            "\n"
                            "\n"
                            "\n"
                            " Space mark  * risks  c convert  ? help\n");
}

static void legacy_question(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "legacy", "C"), ERR_OK);
    screen_is(screen->text,
              " Example, ada@example.org  Legacy · 3, 2 at risk               Mon 23 Nov 09:00\n"
              " 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox\n"
              "7654321  ada@example.org ──────────────── UTC ─ 3 meetings, 2 with a mixing risk\n"
              "[ ] !! Tue 24 Nov 09:00–10:00  Budget review          back-to-back: Supplier ca…\n"
              "[ ] !! Tue 24 Nov 10:00–11:00  Supplier call          back-to-back: Budget revi…\n"
              "[ ] ┌─ Convert to dynamic IDs ─────────────────────────────────────────────┐\n"
              "    │ 3 meetings will each get a dynamic ID:                               │\n"
              "    │                                                                      │\n"
              "    │ Tue 24 Nov 2026 09:00 UTC  7654321  Budget review                    │\n"
              "    │ Tue 24 Nov 2026 10:00 UTC  7654321  Supplier call                    │\n"
              "    │ Thu 26 Nov 2026 12:30 UTC  7654321  Team meeting                     │\n"
              "    │                                                                      │\n"
              "    │ 7654321 no longer reaches these meetings; it is retired if nothing   │\n"
              "    │ else uses it.                                                        │\n"
              "    │ 2 reminders with the new ID will wait in the outbox, one for each    │\n"
              "    │ attendee. 1 of the meetings has no attendees.                        │\n"
              "    │                                                                      │\n"
              "    │ y convert   n leave as it is                                         │\n"
              "    └──────────────────────────────────────────────────────────────────────┘\n"
              "\n"
              "\n"
              "\n"
              "\n"
              " y yes  n no\n");
}

static void lookup(void **state)
{
    struct screen *screen = *state;
    /* The history tells real times, so this one is looked at in parts. */
    assert_int_equal(screen_run(screen, 80, 24, "lookup", "765 43 21"), ERR_OK);
    screen_has(screen, "Conference ID 765 43 21");
    screen_has(screen, "static ID of Ada Lovelace <ada@example.org>");
    screen_has(screen, "The conference ID 765 432 1 is right, but it is too early");
    screen_has(screen,
               "Tue 24 Nov 2026 09:00–10:00  Budget review                   !! back-to-back");
    screen_has(screen, "meeting scheduled");
    assert_int_equal(screen_run(screen, 40, 12, "lookup", "7654320"), ERR_OK);
    screen_is(screen->text, " Example, ada@example.org  Lookup 09:00\n"
                            " 1 2 3 4 5 6 Lookup 7 8\n"
                            " ID 7654320                 [ UNKNOWN ]\n"
                            " I cannot find the conference ID\n"
                            " 765 432 0; please read me the digits\n"
                            " after “Conference ID” again, one at a\n"
                            " time.\n"
                            " For your eyes; Enter: its sentence\n"
                            " Near misses, not to be read out (UTC)\n"
                            "   7654321  Tue 24 Nov 09:00  Budget r…\n"
                            "\n"
                            " Esc clear  Tab next view  ? help\n");
}

static void meeting(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "agenda", "j<Enter>"), ERR_OK);
    screen_is(screen->text,
              " Example, ada@example.org  Meeting                             Mon 23 Nov 09:00\n"
              " 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox\n"
              " Budget review\n"
              " Tue 24 Nov 2026 09:00–10:00 UTC\n"
              " callers are let in from 08:45\n"
              "\n"
              " ╶─┐ ┌─╴ ┌─╴  ╷ ╷ ╶─┐ ╶─┐   ╷\n"
              "   │ ├─┐ └─┐  └─┤ ╶─┤ ┌─┘   │\n"
              "   ╵ └─┘ ╶─┘    ╵ ╶─┘ └─╴   ╵\n"
              " Conference ID 7654321\n"
              " static: shared by the organizer's legacy meetings\n"
              " !! mixing risk: back-to-back\n"
              "\n"
              " Dial-in\n"
              " +49 3090 1820,,7654321#\n"
              "   Germany, Berlin (Deutsch)\n"
              "\n"
              " Organizer\n"
              " Ada Lovelace <ada@example.org>\n"
              "\n"
              " Attendees (1)\n"
              " the attendee has not been told\n"
              " Grace Hopper <grace@example.org>\n"
              " n new  e edit  i invitation  y copy  c convert  5 legacy  6 lookup  ? help\n");
}

static void form(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(
        screen_run(screen, 80, 24, "agenda", "nBudget<Tab>2026-11-24<Tab>9:30<Tab>25:00"), ERR_OK);
    screen_is(screen->text,
              " Example, ada@example.org  New meeting                         Mon 23 Nov 09:00\n"
              " 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox\n"
              "\n"
              " Title       Budget\n"
              " Date        2026-11-24                  Tue 24 Nov 2026, tomorrow\n"
              " Start       9:30                        09:30\n"
              " End        !25:00\n"
              " Time zone   UTC\n"
              " Repeats     no\n"
              " Attendees   (ada@example.org, Grace <grace@example.org>)\n"
              " Location\n"
              " Notes       (^E opens your editor)\n"
              " Language    (of the invitation: en, de, fr; empty: the organizer's)\n"
              "\n"
              " End: write a time such as 10:00, or a length: 45m, 1h30m, 2d\n"
              " Conference ID: dynamic, once it is saved\n"
              " The organization issues dynamic IDs, so the meeting gets a conference ID of\n"
              " its own.\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              " ^S save  Tab next field  Esc back  F1 help\n");
    assert_int_equal(
        screen_run(screen, 40, 12, "agenda", "nBudget<Tab>2026-11-24<Tab>9:30<Tab>2h<Tab>"),
        ERR_OK);
    screen_is(screen->text, " ada@example.org  New meeting     09:00\n"
                            " 1 2 3 4 Agenda 5 6 7 8\n"
                            " Title       Budget\n"
                            " Date        2026-11-24\n"
                            " Start       9:30\n"
                            " End         2h\n"
                            " Time zone   UTC\n"
                            " Repeats     no\n"
                            " overlaps with 'Budget review' (Tue\n"
                            " 24 Nov 2026 09:00 UTC)\n"
                            " overlaps with 'Supplier call' (Tue 24…\n"
                            " ^S save  Tab next field  F1 help\n");
}

static void help(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "lookup", "?"), ERR_OK);
    screen_is(screen->text,
              " Example, ada@example.org  Help                                Mon 23 Nov 09:00\n"
              " 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox\n"
              " Keys in this view\n"
              "\n"
              "   Esc            Empty the field for the next caller\n"
              "   Tab            The view of the next tab\n"
              "   Enter          The sentence of the meeting that the caller named; again: the\n"
              " meeting\n"
              "   y ^Y           Copy the sentence to read out (letters are keys once an\n"
              " answer stands there)\n"
              "   l ^T           The next language for the caller, those of the meeting first\n"
              "   n ^N           Note the call, and what was told, in the ID's history\n"
              "   Up             The line above; in the empty field, the last question\n"
              "   Left           Cursor left; in a choice, the one before\n"
              "   Right          Cursor right; in a choice, the next one\n"
              "   C-Left         A word to the left\n"
              "   C-Right        A word to the right\n"
              "   Home ^A        Beginning of the field\n"
              "   End            End of the field\n"
              "   Backspace ^H   Delete the character before the cursor\n"
              "   Delete         Delete the character at the cursor\n"
              "   ^W             Delete the word before the cursor\n"
              "   ^U             Empty the field\n"
              " y copy  5 legacy  6 lookup  / search  ? help\n");
}

static void first_run(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 24, "agenda", ""), ERR_OK);
    screen_is(screen->text,
              " Welcome                                                       Mon 23 Nov 09:00\n"
              "\n"
              "\n"
              "  dialdesk: dial-in conferencing with a conference ID for each meeting\n"
              "\n"
              "  This store holds no organizer yet. Next: who schedules meetings here?\n"
              "\n"
              "  Enter goes on, q leaves.\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "\n"
              " Enter go on  q leave\n");
    screen_run(screen, 80, 24, "agenda", "<Enter>");
    screen_has(screen, " Who schedules here? ");
    screen_has(screen, " Address     ada@example.org\n Name        Ada Lovelace\n");
}

static void styles(void **state)
{
    struct screen *screen = *state;
    assert_int_equal(screen_run(screen, 80, 12, "agenda", "j<Styles>"), ERR_OK);
    screen_is(screen->dumps,
              "bbbbbbbbbbbbbbbbbbbbbbbbbbbttttttttttttttttttttttttbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
              ".k.ddd..k.dddd..k.ddddd..K#HHHHHH..k.dddddd..k.dddddd..k.ddddddddd..k.dddddd\n"
              "hhhhhhhhhhhhhhh.nnnnn.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaddddda\n"
              "....................iiiiiiii\n"
              "\n"
              "hhhhhhhhhhhhhhh.dddddddd.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
              "#################RR#IIIIIII###############################RRRRRRRRRRRRRRRRRRRRRR\n"
              ".................rr.iiiiiii...............................rrrrrrrrrrrrrrrrrrrrrr\n"
              "\n"
              "hhhhhhhhhhhhhhh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
              "....................iiiiiiii..............................dddddddddd\n"
              ".k.ddddd..k.ddd..k.dddd..k.dddddddddd..k.dddd..k.ddddddd..k.dddddd..k.dddd\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(agenda, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(agenda_small, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(agenda_wide, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(week, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(week_small, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(week_wide, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(month, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(legacy, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(legacy_question, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(lookup, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(meeting, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(form, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(help, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(first_run, screen_open_empty, screen_close),
        cmocka_unit_test_setup_teardown(styles, screen_open_calendar, screen_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
