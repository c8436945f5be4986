/*
 * The helpdesk's screen: state, sentence, meetings, near misses and history, at three sizes.
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
static const char live_80x24[] =
    "╶─┐ ┌─╴ ┌─╴  ╷ ╷ ╶─┐ ╶─┐   ╷     ╷    ╷  ╷ ╷ ┌─╴\n"
    "  │ ├─┐ └─┐  └─┤ ╶─┤ ┌─┘   │     │    │  │ │ ├─\n"
    "  ╵ └─┘ ╶─┘    ╵ ╶─┘ └─╴   ╵     └─╴  ╵  ╰┬╯ └─╴\n"
    "┌─ Say ────────────────────────────────────────────────────────────────────────┐\n"
    "│ This ID is right: Budget review with Ada Lovelace is on now, until 10:00;    │\n"
    "│ please enter the ID again, followed by the pound key.                        │\n"
    "└──────────────────────────────────────────────────────────────────────────────┘\n"
    "For your eyes (Enter: the sentence of the meeting that the caller named)\n"
    "static ID of Ada Lovelace <ada@example.org>, callers from Tue 24 Nov 08:45\n"
    "Meetings (Europe/Berlin)\n"
    "  Tue 24 Nov 2026 09:00–10:00  Budget review                  !! overlap, on now\n"
    "  Tue 24 Nov 2026 09:30–11:00  Hiring: second round of inte…  !! overlap, on now\n"
    "  Wed 25 Nov 2026 11:00–12:00  Vendor call                              ! legacy\n"
    "Moved to another ID (Europe/Berlin)\n"
    "  Tue 24 Nov 2026 14:00–16:00  Design review                          → 16353789\n"
    "History, the newest first\n"
    "  Sat 3 Oct 2026 06:01 CEST  meeting edited  ada  title: \\x1b[2J to Budget revi…\n"
    "  Mon 21 Sep 2026 16:15 CEST  meeting imported  root  calendar.ics\n"
    "  Mon 21 Sep 2026 16:13 CEST  id issued  root  static, for ada@example.org\n";
static const char live_80x24_styles[] =
    "iii.iii.iii..iii.iii.iii..iii....nnn.nnn.nnn.nnn\n"
    "iii.iii.iii..iii.iii.iii..iii....nnn.nnn.nnn.nnn\n"
    "iii.iii.iii..iii.iii.iii..iii....nnn.nnn.nnn.nnn\n"
    "aaahhhaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    "a..............................................................................a\n"
    "a..............................................................................a\n"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh\n"
    "\n"
    "hhhhhhhhdddddddddddddddd\n"
    "##############################################################RRRRRRRRRRRRRRRRRR\n"
    "..............................................................rrrrrrrrrrrrrrrrrr\n"
    "........................................................................llllllll\n"
    "hhhhhhhhhhhhhhhhhhhdddddddddddddddd\n"
    "......................................................................iiiiiiiiii\n"
    "hhhhhhhhhhhhhhhhhhhhhhhhh\n"
    "..ddddddddddddddddddddddddd\n"
    "..dddddddddddddddddddddddddd\n"
    "..dddddddddddddddddddddddddd\n";
static const char live_40x12[] =
    "7654321  [ LIVE ]\n"
    "┌─ Say ────────────────────────────────┐\n"
    "│ This ID is right: Budget review with │\n"
    "│ Ada Lovelace is on now, until 10:00; │\n"
    "│ please enter the ID again, followed  │\n"
    "│ by the pound key.                    │\n"
    "└──────────────────────────────────────┘\n"
    "For your eyes; Enter: its sentence\n"
    "static ID of Ada Lovelace <ada@example.…\n"
    "Meetings (Europe/Berlin)\n"
    "  Tue 24 Nov 09:00  Budg…  !! overlap, …\n"
    "  Tue 24 Nov 09:30  Hiri…  !! overlap, …\n";
static const char live_200x60[] =
    "╶─┐ ┌─╴ ┌─╴  ╷ ╷ ╶─┐ ╶─┐   ╷     ╷    ╷  ╷ ╷ ┌─╴\n"
    "  │ ├─┐ └─┐  └─┤ ╶─┤ ┌─┘   │     │    │  │ │ ├─\n"
    "  ╵ └─┘ ╶─┘    ╵ ╶─┘ └─╴   ╵     └─╴  ╵  ╰┬╯ └─╴\n"
    "┌─ Say ────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐\n"
    "│ This ID is right: Budget review with Ada Lovelace is on now, until 10:00; please enter the ID again, followed by the │\n"
    "│ pound key.                                                                                                           │\n"
    "└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘\n"
    "For your eyes (Enter: the sentence of the meeting that the caller named)\n"
    "static ID of Ada Lovelace <ada@example.org>, callers from Tue 24 Nov 08:45\n"
    "Meetings (Europe/Berlin)\n"
    "  Tue 24 Nov 2026 09:00–10:00  Budget review                                             !! mixing risk: overlap, on now\n"
    "  Tue 24 Nov 2026 09:30–11:00  Hiring: second round of interviews                        !! mixing risk: overlap, on now\n"
    "  Wed 25 Nov 2026 11:00–12:00  Vendor call                                                                      ! legacy\n"
    "Moved to another ID (Europe/Berlin)\n"
    "  Tue 24 Nov 2026 14:00–16:00  Design review                                                                  → 16353789\n"
    "History, the newest first\n"
    "  Sat 3 Oct 2026 06:01 CEST  meeting edited  ada  title: \\x1b[2J to Budget review\n"
    "  Mon 21 Sep 2026 16:15 CEST  meeting imported  root  calendar.ics\n"
    "  Mon 21 Sep 2026 16:13 CEST  id issued  root  static, for ada@example.org\n";
static const char unknown_80x24[] =
    "┌─┐ ╶─┐ ┌─┐  ┌─┐ ╶─┐  ╷   ╶─┐ ╶─┐    ╷ ╷ ┌╮╷ ╷┌╴ ┌╮╷ ┌─┐ ╷ ╷ ┌╮╷\n"
    "└─┤ ╶─┤ └─┤  │ │   │  │   ╶─┤ ┌─┘    │ │ │││ ├┤  │││ │ │ │╷│ │││\n"
    "╶─┘ ╶─┘ ╶─┘  └─┘   ╵  ╵   ╶─┘ └─╴    └─┘ ╵╰┘ ╵└╴ ╵╰┘ └─┘ └┴┘ ╵╰┘\n"
    "┌─ Say ────────────────────────────────────────────────────────────────────────┐\n"
    "│ I cannot find this ID; please read it to me once more.                       │\n"
    "└──────────────────────────────────────────────────────────────────────────────┘\n"
    "For your eyes\n"
    "Near misses, not to be read out (Europe/Berlin)\n"
    "  93907123  Tue 24 Nov 2026 14:00–16:00  Design review     one digit wrong, live\n"
    "  93907123  Tue 24 Nov 2026 23:00–02:00 +1  Release n…  digits swapped, upcoming\n"
    "  93907123  Wed 25 Nov 2026 08:00–08:30  Sync with …  a digit left out, upcoming\n"
    "  93907123  Wed 25 Nov 2026 11:00–12:00  Vendor call  a digit too many, upcoming\n"
    "  93907123  Thu 26 Nov 2026 10:00–11:00  Café chat …   one digit wrong, upcoming\n"
    "  93907123  Thu 26 Nov 2026 10:00–10:45  פגישה עם הצו…  digits swapped, upcoming\n";
static const char unknown_40x12[] =
    "93907132  [ UNKNOWN ]\n"
    "┌─ Say ────────────────────────────────┐\n"
    "│ I cannot find this ID; please read   │\n"
    "│ it to me once more.                  │\n"
    "└──────────────────────────────────────┘\n"
    "For your eyes\n"
    "Near misses, not to be read out (Europe…\n"
    "  93907123  Tue 24 Nov 14:00  Design re…\n"
    "  93907123  Tue 24 Nov 23:00  Release n…\n"
    "  93907123  Wed 25 Nov 08:00  Sync with…\n"
    "  93907123  Wed 25 Nov 11:00  Vendor ca…\n"
    "  93907123  Thu 26 Nov 10:00  Café chat…\n";
static const char unknown_ascii[] =
    " _   _   _    _   _        _   _\n"
    "|_|  _| |_|  | |   |   |   _|  _|\n"
    " _|  _|  _|  |_|   |   |   _| |_\n"
    "[ UNKNOWN ]\n"
    "+- Say ------------------------------------------------------------------------+\n"
    "| I cannot find this ID; please read it to me once more.                       |\n"
    "+------------------------------------------------------------------------------+\n"
    "For your eyes\n"
    "Near misses, not to be read out (Europe/Berlin)\n"
    "  93907123  Tue 24 Nov 2026 14:00-16:00  Design review     one digit wrong, live\n"
    "  93907123  Tue 24 Nov 2026 23:00-02:00 +1  Release n~  digits swapped, upcoming\n"
    "  93907123  Wed 25 Nov 2026 08:00-08:30  Sync with ~  a digit left out, upcoming\n"
    "  93907123  Wed 25 Nov 2026 11:00-12:00  Vendor call  a digit too many, upcoming\n"
    "  93907123  Thu 26 Nov 2026 10:00-11:00  Caf? chat ?~  one digit wrong, upcoming\n"
    "  93907123  Thu 26 Nov 2026 10:00-10:45  ?""??""?? ?""? ?""??~  digits swapped, upcoming\n";
static const char replaced_80x24[] =
    "╶─┐ ┌─╴ ┌─╴  ┌─┐  ╷  ┌─┐  ┌─╴ ┌─╴ ╶─┐  ┌─┐  ╷  ╶─┐\n"
    "  │ ├─┐ ├─┐  └─┤  │  ├─┤  └─┐ └─┐ ╶─┤  │ │  │  ┌─┘\n"
    "  ╵ └─┘ └─┘  ╶─┘  ╵  └─┘  ╶─┘ ╶─┘ ╶─┘  └─┘  ╵  └─╴\n"
    "[ REPLACED ]\n"
    "┌─ Say ────────────────────────────────────────────────────────────────────────┐\n"
    "│ This meeting has a new ID: 939 071 23.                                       │\n"
    "└──────────────────────────────────────────────────────────────────────────────┘\n"
    "For your eyes\n"
    "static ID of Ada Lovelace <ada@example.org>, now 93907123\n";
static const char foreign_80x12[] =
    "766918553  [ FOREIGN ]\n"
    "┌─ Say ────────────────────────────────────────────────────────────────────────┐\n"
    "│ It belongs to another service.                                               │\n"
    "└──────────────────────────────────────────────────────────────────────────────┘\n"
    "For your eyes\n"
    "Meetings (Europe/Berlin)\n"
    "  Tue 24 Nov 2026 14:00–16:00  Design review          invited by pat@partner.ex…\n";
static const char invalid_80x24[] =
    " ╷  ┌╮╷ ╷ ╷ ┌─┐ ╷    ╷  ┬─╮\n"
    " │  │││ │ │ ├─┤ │    │  │ │\n"
    " ╵  ╵╰┘ ╰┬╯ ╵ ╵ └─╴  ╵  ┴─╯\n"
    "┌─ Say ────────────────────────────────────────────────────────────────────────┐\n"
    "│ Please read me the digits behind the words conference ID.                    │\n"
    "└──────────────────────────────────────────────────────────────────────────────┘\n";
/* clang-format on */

static const struct history_entry ENTRIES[] = {
    {1790000000, "root", "id issued", "7654321", NULL, NULL, "static, for ada@example.org"},
    {1790000100, "root", "meeting imported", "7654321", "budget", "budget", "calendar.ics"},
    {1791000100, "ada", "meeting edited", "7654321", "budget", "budget",
     "title: \033[2J to Budget review"},
};

static struct history_entries history(struct arena *arena)
{
    struct history_entries list = {0};
    for (size_t i = 0; i < sizeof ENTRIES / sizeof *ENTRIES; i++)
        *vector_push(arena, &list) = ENTRIES[i];
    return list;
}

static struct lookup lookup_of(struct fixture *fixture, const char *id, enum id_state state,
                               const char *say)
{
    struct organizer *organizer = arena_alloc(fixture->arena, sizeof *organizer);
    *organizer = sample_organizer();
    return (struct lookup){.query = id,
                           .conference_id = id,
                           .state = state,
                           .kind = ID_KIND_STATIC,
                           .organizer = organizer,
                           .say = say,
                           .at = SAMPLE_NOW,
                           .callers_from = INSTANT_NEVER,
                           .zone = fixture->context.zone};
}

static struct lookup live(struct fixture *fixture)
{
    struct lookup lookup = lookup_of(
        fixture, "7654321", ID_STATE_LIVE,
        "This ID is right: Budget review with Ada Lovelace is on now, until 10:00; please "
        "enter the ID again, followed by the pound key.");
    for (size_t i = 0; i < fixture->list.count; i++)
        if (fixture->list.items[i].meeting->id_kind == ID_KIND_STATIC)
            *vector_push(fixture->arena, &lookup.meetings) = fixture->list.items[i];
    lookup.callers_from = lookup.meetings.items[0].start - 15 * MINUTE;
    for (size_t i = 0; i < lookup.meetings.count; i++)
        *vector_push(fixture->arena, &lookup.tellings) =
            (struct telling){&lookup.meetings.items[i], "“Budget review” is open for callers now."};
    struct moved_meeting *moved = vector_push(fixture->arena, &lookup.moved);
    moved->occurrence = fixture->list.items[4];
    moved->new_id = "16353789";
    return lookup;
}

static struct lookup unknown(struct fixture *fixture)
{
    struct lookup lookup = lookup_of(fixture, "93907132", ID_STATE_UNKNOWN,
                                     "I cannot find this ID; please read it to me once more.");
    lookup.kind = ID_KIND_NONE;
    lookup.organizer = NULL;
    for (int i = 0; i < 6; i++) {
        struct near_miss *near = vector_push(fixture->arena, &lookup.near);
        *near = (struct near_miss){.conference_id = "93907123",
                                   .slip = (enum id_slip)(i % 4 + 1),
                                   .state = i ? ID_STATE_UPCOMING : ID_STATE_LIVE,
                                   .occurrence = fixture->list.items[i + 4]};
    }
    return lookup;
}

static struct show_answer answer_of(const struct lookup *lookup,
                                    const struct history_entries *entries, bool bare)
{
    return (struct show_answer){.lookup = lookup, .history = entries, .bare = bare};
}

static struct canvas *draw(struct fixture *fixture, int cols, int rows, bool ascii,
                           const struct lookup *lookup, const struct history_entries *entries)
{
    struct canvas *canvas = fixture_canvas(fixture, cols, rows, ascii);
    struct show_list sheet = {0};
    struct show_answer answer = answer_of(lookup, entries, false);
    show_lookup(canvas, canvas_area(canvas), &fixture->context, &answer, &sheet);
    return canvas;
}

static void a_live_id(void **state)
{
    struct fixture *fixture = *state;
    struct lookup lookup = live(fixture);
    struct history_entries entries = history(fixture->arena);
    struct canvas *canvas = draw(fixture, 80, 24, false, &lookup, &entries);
    SCREEN(fixture->arena, canvas, live_80x24);
    STYLES(fixture->arena, canvas, live_80x24_styles);
    SCREEN(fixture->arena, draw(fixture, 40, 12, false, &lookup, &entries), live_40x12);
    SCREEN(fixture->arena, draw(fixture, 200, 60, false, &lookup, &entries), live_200x60);
}

static void an_unknown_id_with_near_misses(void **state)
{
    struct fixture *fixture = *state;
    struct lookup lookup = unknown(fixture);
    SCREEN(fixture->arena, draw(fixture, 80, 24, false, &lookup, NULL), unknown_80x24);
    SCREEN(fixture->arena, draw(fixture, 40, 12, false, &lookup, NULL), unknown_40x12);
    SCREEN(fixture->arena, draw(fixture, 80, 24, true, &lookup, NULL), unknown_ascii);
}

/*
 * What does not fit is scrolled to: the sentence first, then the rest, and marks beside it tell of
 * more.
 */
static void a_sheet_that_scrolls(void **state)
{
    struct fixture *fixture = *state;
    struct lookup lookup = live(fixture);
    struct history_entries entries = history(fixture->arena);
    struct show_answer answer = answer_of(&lookup, &entries, true);
    struct area area = {0, 0, 4, 39};
    struct show_list sheet = {0};
    static const char *const wanted[] = {"This ID is right: Budget review with\n"
                                         "Ada Lovelace is on now, until 10:00;\n"
                                         "please enter the ID again, followed by\n"
                                         "the pound key.                         ▼\n",
                                         "the pound key.                         ▲\n"
                                         "For your eyes; Enter: its sentence\n"
                                         "static ID of Ada Lovelace <ada@example…\n"
                                         "Meetings (Europe/Berlin)               ▼\n"};
    for (size_t i = 0; i < 2; i++) {
        struct canvas *canvas = fixture_canvas(fixture, 40, 4, false);
        sheet.top = i ? 3 : 0;
        show_lookup(canvas, area, &fixture->context, &answer, &sheet);
        assert_int_equal(sheet.top, i ? 3 : 0);
        text_check("scrolled", canvas_dump(fixture->arena, canvas), wanted[i]);
    }
    sheet.top = 1000; /* no further than its end */
    struct canvas *canvas = fixture_canvas(fixture, 40, 4, false);
    show_lookup(canvas, area, &fixture->context, &answer, &sheet);
    assert_int_equal(sheet.top, 12);
    canvas = fixture_canvas(fixture, 40, 1, false);
    assert_int_equal(show_lookup_state(canvas, canvas_area(canvas), &lookup), 8);
}

/* The meeting that the caller named: its own sentence, and its line is brought into view. */
static void a_meeting_that_the_caller_named(void **state)
{
    struct fixture *fixture = *state;
    struct lookup lookup = live(fixture);
    lookup.lang = "de";
    lookup.tellings.items[2].say = "„Vendor call“ beginnt morgen.";
    struct show_answer answer = answer_of(&lookup, NULL, false);
    struct show_list sheet = {.selected = 2};
    answer.told = &lookup.tellings.items[2];
    answer.follow = true;
    struct canvas *canvas = fixture_canvas(fixture, 80, 7, false);
    show_lookup(canvas, canvas_area(canvas), &fixture->context, &answer, &sheet);
    assert_int_equal(sheet.top, 1);
    const char *dump = canvas_dump(fixture->arena, canvas);
    assert_non_null(strstr(dump, "Vendor call        "));
    assert_int_equal(canvas_item_at(canvas, 6, 10, 99), 2);
    assert_int_equal(canvas_item_at(canvas, 0, 10, 99), 99);
    sheet.top = 0;
    answer.follow = false;
    canvas = fixture_canvas(fixture, 80, 12, false);
    show_lookup(canvas, canvas_area(canvas), &fixture->context, &answer, &sheet);
    dump = canvas_dump(fixture->arena, canvas);
    assert_non_null(strstr(dump, "─ Say after the caller check (Deutsch) ─"));
    assert_non_null(strstr(dump, "│ „Vendor call“ beginnt morgen."));
    assert_null(strstr(dump, "This ID is right"));
    assert_int_equal(sheet.top, 0);
    /* above the rows that are shown, it comes to the first of them */
    sheet = (struct show_list){.selected = 0, .top = 11};
    answer.follow = true;
    canvas = fixture_canvas(fixture, 80, 3, false);
    show_lookup(canvas, canvas_area(canvas), &fixture->context, &answer, &sheet);
    assert_int_equal(canvas_item_at(canvas, 0, 10, 99), 0);
}

static void a_replaced_id(void **state)
{
    struct fixture *fixture = *state;
    struct lookup lookup = lookup_of(fixture, "766918553012", ID_STATE_REPLACED,
                                     "This meeting has a new ID: 939 071 23.");
    lookup.replaced_by = "93907123";
    SCREEN(fixture->arena, draw(fixture, 80, 24, false, &lookup, NULL), replaced_80x24);
    /* a static ID that others still use: first from when callers are let in, which may not be cut */
    lookup.callers_from = SAMPLE_NOW + HOUR;
    lookup.at = SAMPLE_NOW;
    const char *screen = canvas_dump(fixture->arena, draw(fixture, 80, 24, false, &lookup, NULL));
    assert_non_null(strstr(screen, "<ada@example.org>, callers from Tue 24 Nov 10:40, now"));
}

static void a_foreign_id_tells_who_invited(void **state)
{
    struct fixture *fixture = *state;
    struct lookup lookup =
        lookup_of(fixture, "766918553", ID_STATE_FOREIGN, "It belongs to another service.");
    struct meeting *meeting = meeting_copy(fixture->arena, fixture->list.items[4].meeting);
    lookup.kind = ID_KIND_FOREIGN;
    lookup.organizer = NULL;
    meeting->invited_by = "pat@partner.example";
    *vector_push(fixture->arena, &lookup.meetings) = fixture->list.items[4];
    lookup.meetings.items[0].meeting = meeting;
    SCREEN(fixture->arena, draw(fixture, 80, 12, false, &lookup, NULL), foreign_80x12);
}

static void what_cannot_be_an_id(void **state)
{
    struct fixture *fixture = *state;
    struct lookup lookup = lookup_of(fixture, "", ID_STATE_INVALID,
                                     "Please read me the digits behind the words conference ID.");
    lookup.kind = ID_KIND_NONE;
    lookup.organizer = NULL;
    SCREEN(fixture->arena, draw(fixture, 80, 24, false, &lookup, NULL), invalid_80x24);
}

/* No size is too small to draw in. */
static void any_size(void **state)
{
    struct fixture *fixture = *state;
    struct lookup lookup = live(fixture);
    struct history_entries entries = history(fixture->arena);
    for (int rows = 0; rows < 30; rows++)
        for (int cols = 0; cols < 70; cols += 3)
            draw(fixture, cols, rows, false, &lookup, &entries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(a_live_id),
        DRAWING_TEST(an_unknown_id_with_near_misses),
        DRAWING_TEST(a_replaced_id),
        DRAWING_TEST(a_foreign_id_tells_who_invited),
        DRAWING_TEST(what_cannot_be_an_id),
        DRAWING_TEST(any_size),
        DRAWING_TEST(a_sheet_that_scrolls),
        DRAWING_TEST(a_meeting_that_the_caller_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
