/*
 * The helpdesk at the console: an answer with each digit, the sentence to read out, and a field
 * that Esc clears and never leaves.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void lookup_copies_the_sentence(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "7654321y");
    assert_string_equal(
        strncmp(screen->script.copied, "The conference ID 765 432 1 is right", 36) == 0
            ? ""
            : screen->script.copied,
        "");
    screen_has(screen, "Copied the sentence to read out.");
    screen_run(screen, 80, 24, "lookup", "1<^Y>");
    screen_has(screen, "Copied");
    screen_run(screen, 80, 24, "lookup", "<^Y>");
    screen_has(screen, "There is no answer yet.");
}

static void lookup_answers_each_key(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "765432<Dump>1<Backspace><Backspace>");
    assert_non_null(strstr(screen->dumps, "765432"));
    screen_has(screen, "Conference ID 76543  ");
    screen_run(screen, 80, 24, "lookup", "7654321<Esc>");
    screen_has(screen, "Type the digits that the caller reads out.");
}

/* Nobody waits for the last digit: what begins so stands there, and Enter opens it. */
static void lookup_tells_what_begins_so(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "76543y");
    screen_has(screen, " [ incomplete ]\n");
    screen_has(screen, " IDs that begin with these digits (keep typing, or Enter) (UTC)\n"
                       "   7654321  Tue 24 Nov 2026 09:00–10:00  Budget review");
    screen_lacks(screen, "not known here");
    screen_has(screen, "The ID is incomplete: ask the caller for the other digits.");
    screen_run(screen, 80, 24, "lookup", "76543<Enter><Dump><Enter>");
    assert_non_null(strstr(screen->dumps, "│ “Budget review” begins tomorrow at 9 am UTC;"));
    screen_has(screen, "static: shared by the organizer's legacy");
}

/* The caller check: Enter on the meeting that the caller named gives its sentence, again opens it.
 */
static void lookup_tells_the_named_meeting(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "7654321<Dump><Down><Enter>y");
    assert_null(strstr(screen->dumps, "“Supplier call”"));
    screen_has(screen, "─ Say after the caller check ─");
    screen_has(screen, "│ “Supplier call” begins tomorrow at 10 am UTC;");
    assert_non_null(strstr(screen->script.copied, "“Supplier call” begins tomorrow"));
    screen_run(screen, 80, 24, "lookup", "7654321<Down><Down><Down><Up><Enter><Enter>");
    screen_has(screen, " Supplier call\n");
    screen_has(screen, "static: shared");
    screen_run(screen, 80, 24, "lookup", "7654321<Down><Enter>");
    screen_has(screen, "Enter open  y copy");
    /* another ID, and the check is to be made again */
    screen_run(screen, 80, 24, "lookup", "7654321<Enter><Backspace>1");
    screen_lacks(screen, "caller check");
    screen_run(screen, 80, 24, "lookup", "7654321<Enter><Esc>7654321");
    screen_lacks(screen, "caller check");
    /* nothing to tell: there is no meeting */
    screen_run(screen, 80, 24, "lookup", "1<Enter>");
    screen_has(screen, "No meeting is selected.");
}

static void lookup_speaks_the_callers_language(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "7654321l");
    screen_has(screen, "─ Say (Dansk) ─");
    screen_sql(screen, "UPDATE meeting SET lang = 'fr-CA' WHERE title = 'Supplier call'");
    screen_run(screen, 80, 24, "lookup", "7654321l<Dump>l<Dump><Esc>7654321");
    assert_non_null(strstr(screen->dumps, "─ Say (Français) ─"));
    assert_non_null(strstr(screen->dumps, "─ Say (Dansk) ─"));
    screen_has(screen, "─ Say ─"); /* the next caller */
    screen->session.settings.lang = "de_DE.UTF-8";
    screen_run(screen, 80, 24, "lookup", "7654321");
    screen_has(screen, "─ Say (Deutsch) ─");
    screen_has(screen, "Die Konferenz-ID 765 432 1 ist richtig");
}

static void lookup_notes_the_call(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 140, 45, "lookup", "7654321<Down><Enter>n<Dump>Grace +49 30 123456<Enter>");
    assert_non_null(strstr(screen->dumps, "Note this call"));
    screen_has(screen, "Noted in the history of 7654321.");
    screen_has(screen, "call noted  tester  told: “Supplier call” begins tomorrow at 10 am UTC");
    struct history_entries list = {0};
    assert_int_equal(desk_history(&screen->session, screen->arena, "7654321", &list), ERR_OK);
    const struct history_entry *last = &list.items[list.count - 1];
    assert_non_null(strstr(last->detail, "followed by the # key.; caller Grace …3456"));
    assert_string_equal(last->meeting_uid, screen_found(screen, "Supplier call").meeting->uid);
    screen_run(screen, 80, 24, "lookup", "7654321n<Enter>");
    screen_has(screen, "Noted in the history of 7654321.");
    assert_int_equal(desk_history(&screen->session, screen->arena, "7654321", &list), ERR_OK);
    last = &list.items[list.count - 1];
    assert_non_null(strstr(last->detail, "told: The conference ID 765 432 1 is right"));
    assert_null(strstr(last->detail, "caller "));
    screen_run(screen, 80, 24, "lookup", "7654321n<Esc>");
    screen_lacks(screen, "Noted");
    screen_run(screen, 80, 24, "lookup", "5555555n");
    screen_has(screen, "was never issued here has no history");
    screen_run(screen, 80, 24, "lookup", "<^N>");
    screen_has(screen, "There is no answer yet.");
    screen_run(screen, 80, 24, "lookup", "supplier<^N>");
    screen_has(screen, "Enter on the meeting that the caller named comes first");
    screen_run(screen, 80, 24, "lookup", "supplier<Enter>nBob<Enter>");
    screen_has(screen, "Noted in the history of 7654321.");
    assert_int_equal(desk_history(&screen->session, screen->arena, "7654321", &list), ERR_OK);
    last = &list.items[list.count - 1];
    assert_non_null(strstr(last->detail, "told: “Supplier call” begins"));
    assert_non_null(strstr(last->detail, "; caller Bob"));
}

/* Whoever knows no ID names people, a title, a day or a time: letters look for those. */
static void lookup_finds_people(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "ada 10<Dump><Enter><Dump>y");
    assert_non_null(strstr(screen->dumps, "│ Please tell me who organizes the meeting and when"));
    assert_non_null(strstr(screen->dumps, "Tue 24 Nov 10:00–11:00  Supplier call     "));
    screen_has(screen, "─ Say after the caller check ─");
    screen_has(screen, "│ “Supplier call” begins tomorrow at 10 am UTC;");
    screen_lacks(screen, "Budget review");
    assert_non_null(strstr(screen->script.copied, "“Supplier call” begins tomorrow"));
    /* letters that are keys over an answer are typed while no answer stands there */
    screen_run(screen, 80, 24, "lookup", "quynh lives/:");
    screen_has(screen, "Name or title quynh lives/:");
    screen_has(screen, "Nothing is found.");
    screen_run(screen, 80, 24, "lookup", "ada<Down><Down><Down><Up><Enter>ll<Enter>");
    screen_has(screen, " Supplier call\n");
    screen_run(screen, 80, 24, "lookup", "thu<^T><Dump><^Y>");
    assert_non_null(strstr(screen->dumps, "Team meeting"));
    assert_non_null(strstr(screen->script.copied, "Kan du sige mig, hvem der"));
    screen_run(screen, 80, 24, "lookup", "ada<Enter>x");
    screen_lacks(screen, "caller check");
    /* digits in a line with words are an ID if they can be no hour and no year */
    screen_run(screen, 80, 24, "lookup", "<Paste Conference ID: 765 4321#>");
    screen_has(screen, "The conference ID 765 432 1 is right");
    screen_run(screen, 40, 12, "lookup", "ada 9");
    screen_has(screen, "  Tue 24 Nov 09:00  Budg");
    screen_has(screen, "Ada Love");
    screen->session.settings.tz = "America/New_York";
    screen_run(screen, 80, 24, "lookup", "budget");
    screen_has(screen, "Tue 24 Nov 09:00–10:00 UTC  Budget review");
    /* what matched gives way to the title */
    screen_run(screen, 70, 24, "lookup", "grace");
    screen_has(screen, "  Budget revi…  Ada Lovelace  with grac…");
}

static void lookup_leads_to_other_views(void **state)
{
    struct screen *screen = *state;
    static const char *const keys[][2] = {
        {"ada<Alt-1>", "Day · "},   {"ada<F3>", "Week · "},
        {"ada<Alt-3>", "Month · "}, {"ada<Alt-4>", "Agenda · "},
        {"ada<F6>", "Legacy · "},   {"ada<Alt-7>", "Organizers  Numbers"},
        {"ada<F9>", "Outbox"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        screen_run(screen, 80, 24, "lookup", keys[i][0]);
        screen_has(screen, keys[i][1]);
    }
}

/* A helpdesk clears with Esc between two callers, and must not find itself at the shell for it. */
static void lookup_never_leaves_by_escape(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "lookup", "7654321<Esc><Esc><Esc><Dump>46<Dump><Tab>");
    assert_non_null(strstr(screen->dumps,
                           "The field is empty. Up brings back what stood there, Tab shows the"));
    assert_non_null(strstr(screen->dumps, "Conference ID 46"));
    screen_has(screen, " Organizers  Numbers  Organization ");
    screen_run(screen, 80, 24, "lookup", "<S-Tab><Dump><S-Tab>");
    assert_non_null(strstr(screen->dumps, "Legacy · "));
    screen_has(screen, "Agenda · ");
    screen_run(screen, 80, 24, "outbox", "<Tab>");
    screen_has(screen, "Day · ");
    screen_run(screen, 40, 12, "lookup", "");
    screen_has(screen, " Esc clear  Tab next view  ? help");
    /* nor any other view: what follows is answered */
    screen_run(screen, 80, 24, "agenda", "<Enter><Esc><Esc><Dump>5");
    assert_non_null(strstr(screen->dumps, "Nothing is open over this view; q leaves."));
    screen_has(screen, "Legacy · ");
    screen_run(screen, 80, 24, "agenda", "<Enter>qq5");
    screen_lacks(screen, "Legacy · ");
    /* what was lost by an Esc too many comes back */
    screen_run(screen, 80, 24, "lookup", "7654321<Esc><Esc><Up>");
    screen_has(screen, "The conference ID 765 432 1 is right");
    screen_run(screen, 80, 24, "lookup", "<Up>");
    screen_has(screen, "Type the digits");
    /* over an answer q empties the field, and then it is a letter; ^Q leaves */
    screen_run(screen, 80, 24, "lookup", "7654321qq46");
    screen_has(screen, "Name or title q46");
    screen_run(screen, 80, 24, "lookup", "<^Q>46");
    screen_lacks(screen, "46 ");
}

int main(void)
{
#define CASE(NAME) cmocka_unit_test_setup_teardown(NAME, screen_open_calendar, screen_close)
    const struct CMUnitTest tests[] = {
        CASE(lookup_copies_the_sentence),
        CASE(lookup_answers_each_key),
        CASE(lookup_tells_what_begins_so),
        CASE(lookup_tells_the_named_meeting),
        CASE(lookup_speaks_the_callers_language),
        CASE(lookup_notes_the_call),
        CASE(lookup_finds_people),
        CASE(lookup_leads_to_other_views),
        CASE(lookup_never_leaves_by_escape),
    };
#undef CASE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
