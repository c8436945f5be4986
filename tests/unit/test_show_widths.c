/*
 * The widths and heights from which on drawings show a column, a word or large digits: each is
 * drawn if it just fits, and left out if one column or row is missing.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <base/vector.h>

/* A meeting that is on, and one with a shorter ID. */
static void add_two(struct fixture *fixture)
{
    fixture->list = (struct occurrences){0};
    sample_add(fixture->arena, &fixture->list,
               &(struct sample){.uid = "budget",
                                .title = "Budget",
                                .start = "20261124T090000",
                                .id = "76543210",
                                .kind = ID_KIND_STATIC,
                                .risk = RISK_OVERLAP,
                                .with = "hiring"});
    sample_add(fixture->arena, &fixture->list,
               &(struct sample){.uid = "hiring",
                                .title = "Hiring",
                                .start = "20261124T100000",
                                .id = "765432",
                                .kind = ID_KIND_STATIC,
                                .location = "Lisbon"});
}

static const struct {
    int cols;
    const char *lines;
} agenda_cases[] = {
    {55, "▸ 09:00 !! 76543210  Budget\n"
         "  10:00    765432    Hiring\n"},
    {56, "▸ 09:00–10:00 !! 76543210  Budget\n"
         "  10:00–11:00    765432    Hiring\n"},
    {69, "▸ 09:00–10:00 !! 76543210  Budget\n"
         "  10:00–11:00    765432    Hiring\n"},
    {70, "▸ 09:00–10:00 !! 76543210  Budget                on now, overlap: Hir…\n"
         "  10:00–11:00    765432    Hiring                Lisbon\n"},
    {109, "▸ 09:00–10:00 !! 76543210  Budget                                        on now, "
          "overlap: Hiring\n"
          "  10:00–11:00    765432    Hiring                                        Lisbon\n"},
    {110, "▸ 09:00–10:00 !! 76543210  Budget                                        on now, "
          "mixing risk: overlaps Hiring\n"
          "  10:00–11:00    765432    Hiring                                        Lisbon\n"},
};

static void agenda_columns(void **state)
{
    struct fixture *fixture = *state;
    add_two(fixture);
    for (size_t i = 0; i < sizeof agenda_cases / sizeof *agenda_cases; i++) {
        struct show_list at = {0};
        struct canvas *canvas = fixture_canvas(fixture, agenda_cases[i].cols, 3, false);
        show_agenda(canvas, canvas_area(canvas), &fixture->context, &fixture->list, &at);
        const char *dump = canvas_dump(fixture->arena, canvas);
        text_check(arena_format(fixture->arena, "agenda at %d", agenda_cases[i].cols),
                   strchr(dump, '\n') + 1, agenda_cases[i].lines);
    }
}

static const struct {
    int cols;
    const char *lines;
} legacy_cases[] = {
    {57, "76543210  ada@example… ── 1 meeting, 1 with a mixing risk\n"
         "!! Tue 24 Nov 09:00  Budget\n"
         "\n"
         "765432  ada@example.org ─────────────────────── 1 meeting\n"
         "   Tue 24 Nov 10:00  Hiring\n"},
    {58, "76543210  ada@example.… ── 1 meeting, 1 with a mixing risk\n"
         "!! Tue 24 Nov 09:00  Budget           overlap: Hiring\n"
         "\n"
         "765432  ada@example.org ──────────────────────── 1 meeting\n"
         "   Tue 24 Nov 10:00  Hiring           Lisbon\n"},
    {69, "76543210  ada@example.org ─────────── 1 meeting, 1 with a mixing risk\n"
         "!! Tue 24 Nov 09:00  Budget                overlap: Hiring\n"
         "\n"
         "765432  ada@example.org ─────────────────────────────────── 1 meeting\n"
         "   Tue 24 Nov 10:00  Hiring                Lisbon\n"},
    {70, "76543210  ada@example.org ──────────── 1 meeting, 1 with a mixing risk\n"
         "!! Tue 24 Nov 09:00–10:00  Budget              overlap: Hiring\n"
         "\n"
         "765432  ada@example.org ──────────────────────────────────── 1 meeting\n"
         "   Tue 24 Nov 10:00–11:00  Hiring              Lisbon\n"},
    {99, "76543210  ada@example.org ───────────────────────── Europe/Berlin ─ 1 meeting, 1 "
         "with a mixing risk\n"
         "!! Tue 24 Nov 09:00–10:00  Budget                           overlap: Hiring\n"
         "\n"
         "765432  ada@example.org "
         "───────────────────────────────────────────────────────────────── 1 meeting\n"
         "   Tue 24 Nov 10:00–11:00  Hiring                           Lisbon\n"},
    {100, "76543210  ada@example.org ────────────────────────── Europe/Berlin ─ 1 meeting, 1 "
          "with a mixing risk\n"
          "!! Tue 24 Nov 2026 09:00–10:00  Budget                         overlap: Hiring\n"
          "\n"
          "765432  ada@example.org "
          "────────────────────────────────────────────────────────────────── 1 meeting\n"
          "   Tue 24 Nov 2026 10:00–11:00  Hiring                         Lisbon\n"},
    {109,
     "76543210  ada@example.org ─────────────────────────────────── Europe/Berlin ─ 1 meeting, "
     "1 with a mixing risk\n"
     "!! Tue 24 Nov 2026 09:00–10:00  Budget                             overlap: Hiring\n"
     "\n"
     "765432  ada@example.org "
     "─────────────────────────────────────────────────────────────────────────── 1 meeting\n"
     "   Tue 24 Nov 2026 10:00–11:00  Hiring                             Lisbon\n"},
    {110, "76543210  ada@example.org ──────────────────────────────────── Europe/Berlin ─ 1 "
          "meeting, 1 with a mixing risk\n"
          "!! Tue 24 Nov 2026 09:00–10:00  Budget                              mixing risk: "
          "overlaps Hiring\n"
          "\n"
          "765432  ada@example.org "
          "──────────────────────────────────────────────────────────────────────────── 1 meeting\n"
          "   Tue 24 Nov 2026 10:00–11:00  Hiring                              Lisbon\n"},
};

static void legacy_columns(void **state)
{
    struct fixture *fixture = *state;
    add_two(fixture);
    for (size_t i = 0; i < sizeof legacy_cases / sizeof *legacy_cases; i++) {
        struct show_list at = {0};
        struct canvas *canvas = fixture_canvas(fixture, legacy_cases[i].cols, 5, false);
        show_legacy(canvas, canvas_area(canvas), &fixture->context, &fixture->list, &at);
        text_check(arena_format(fixture->arena, "legacy at %d", legacy_cases[i].cols),
                   canvas_dump(fixture->arena, canvas), legacy_cases[i].lines);
    }
}

/* The number of meetings is left out of a group that may go on beyond the window. */
static void legacy_groups_of_a_window(void **state)
{
    static const struct {
        bool before, behind;
        const char *first, *last;
    } cases[] = {
        {false, false, "with a mixing risk\n", "1 meeting\n"},
        {true, false, "─\n", "1 meeting\n"},
        {false, true, "with a mixing risk\n", "─\n"},
    };
    struct fixture *fixture = *state;
    add_two(fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct show_list at = {.more_before = cases[i].before, .more_behind = cases[i].behind};
        struct canvas *canvas = fixture_canvas(fixture, 80, 5, false);
        show_legacy(canvas, canvas_area(canvas), &fixture->context, &fixture->list, &at);
        char *first = canvas_dump(fixture->arena, canvas), *last = first;
        for (int row = 0; row < 3; row++)
            last = strchr(last, '\n') + 1;
        strchr(first, '\n')[1] = strchr(last, '\n')[1] = '\0';
        assert_string_equal(first + strlen(first) - strlen(cases[i].first), cases[i].first);
        assert_string_equal(last + strlen(last) - strlen(cases[i].last), cases[i].last);
    }
}

static void past_meetings_are_dim(void **state)
{
    struct fixture *fixture = *state;
    struct show_list at = {.selected = 1};
    add_two(fixture);
    fixture->context.now = fixture->list.items[0].end;
    struct canvas *canvas = fixture_canvas(fixture, 80, 2, false);
    fixture->list.count = 1;
    show_legacy(canvas, canvas_area(canvas), &fixture->context, &fixture->list, &at);
    text_check(
        "past", canvas_dump_styles(fixture->arena, canvas),
        "iiiiiiii..hhhhhhhhhhhhhhh.aaaaaaddddddddddddddda.ddddddddddddddddddddddddddddddd\n"
        "PP#PPPPPPPPPPPPPPPPPPPPPP##PPPPPP##################PPPPPPPPPPPPPPP##############\n");
}

static const struct {
    int cols, rows;
    const char *week; /* the grid's first row, and that of 23 to 29 November */
} month_cases[] = {
    {74, 7,
     "    Mon       Tue       Wed       Thu       Fri       Sat       Sun\n"
     "W44 26 ────── 27 ────── 28 ────── 29 ────── 30 ────── 31 ────── 1 Nov ───\n"
     "W45 2 ─────── 3 ─────── 4 ─────── 5 ─────── 6 ─────── 7 ─────── 8 ───────\n"
     "W46 9 ─────── 10 ────── 11 ────── 12 ────── 13 ────── 14 ────── 15 ──────\n"
     "W47 16 ────── 17 ────── 18 ────── 19 ────── 20 ────── 21 ────── 22 ──────\n"
     "W48 23 ────── [24]+2 !! 25 ────── 26 ────── 27 ────── 28 ────── 29 ──────\n"
     "W49 30 ────── 1 Dec ─── 2 ─────── 3 ─────── 4 ─────── 5 ─────── 6 ───────\n"},
    {73, 7,
     "Mon       Tue       Wed        Thu       Fri        Sat       Sun\n"
     "26 ────── 27 ────── 28 ─────── 29 ────── 30 ─────── 31 ────── 1 Nov ────\n"
     "2 ─────── 3 ─────── 4 ──────── 5 ─────── 6 ──────── 7 ─────── 8 ────────\n"
     "9 ─────── 10 ────── 11 ─────── 12 ────── 13 ─────── 14 ────── 15 ───────\n"
     "16 ────── 17 ────── 18 ─────── 19 ────── 20 ─────── 21 ────── 22 ───────\n"
     "23 ────── [24]+2 !! 25 ─────── 26 ────── 27 ─────── 28 ────── 29 ───────\n"
     "30 ────── 1 Dec ─── 2 ──────── 3 ─────── 4 ──────── 5 ─────── 6 ────────\n"},
    {73, 13,
     "Mon       Tue       Wed        Thu       Fri        Sat       Sun\n"
     "26 ────── 27 ────── 28 ─────── 29 ────── 30 ─────── 31 ────── 1 Nov ────\n"
     "\n"
     "2 ─────── 3 ─────── 4 ──────── 5 ─────── 6 ──────── 7 ─────── 8 ────────\n"
     "\n"
     "9 ─────── 10 ────── 11 ─────── 12 ────── 13 ─────── 14 ────── 15 ───────\n"
     "\n"
     "16 ────── 17 ────── 18 ─────── 19 ────── 20 ─────── 21 ────── 22 ───────\n"
     "\n"
     "23 ────── [24]+1 !! 25 ─────── 26 ────── 27 ─────── 28 ────── 29 ───────\n"
     "          !! Budget\n"
     "30 ────── 1 Dec ─── 2 ──────── 3 ─────── 4 ──────── 5 ─────── 6 ────────\n"},
    {21, 13,
     "M… T… W… T… F… S… S…\n"
     "26 27 28 29 30 31 1\n"
     "\n"
     "2  3  4  5  6  7  8\n"
     "\n"
     "9  10 11 12 13 14 15\n"
     "\n"
     "16 17 18 19 20 21 22\n"
     "\n"
     "23 ▸2425 26 27 28 29\n"
     "   !…\n"
     "30 1  2  3  4  5  6\n"},
    {20, 13, "\n"},
    {73, 6, "\n"},
};

static void month_columns(void **state)
{
    static const struct local_time day = {2026, 11, 24, 0, 0, 0};
    struct fixture *fixture = *state;
    add_two(fixture);
    for (size_t i = 0; i < sizeof month_cases / sizeof *month_cases; i++) {
        struct canvas *canvas =
            fixture_canvas(fixture, month_cases[i].cols, month_cases[i].rows, false);
        show_month(canvas, canvas_area(canvas), &fixture->context, day, local_add_days(day, 1),
                   &fixture->list);
        text_check(arena_format(fixture->arena, "month at %d x %d", month_cases[i].cols,
                                month_cases[i].rows),
                   canvas_dump(fixture->arena, canvas), month_cases[i].week);
    }
}

static void meeting_in_a_line(void **state)
{
    static const struct {
        int cols;
        size_t meeting;
        bool cancelled;
        const char *line;
    } cases[] = {
        {71, 0, false, "Tue 24 Nov 09:00–10:00  Budget  76543210  !! mixing risk: overlap\n"},
        {70, 0, false, "Tue 24 Nov 09:00–10:00  Budget  76543210\n"},
        {57, 0, true, "Tue 24 Nov 09:00–10:00  Budget of t…  76543210  cancelled\n"},
        {56, 0, true, "Tue 24 Nov 09:00–10:00  Budget of the year  76543210\n"},
        {71, 1, false, "Tue 24 Nov 10:00–11:00  Hiring  765432\n"},
    };
    struct fixture *fixture = *state;
    add_two(fixture);
    sample_add(fixture->arena, &fixture->list,
               &(struct sample){.title = "Budget of the year",
                                .start = "20261124T090000",
                                .id = "76543210",
                                .cancelled = true});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct canvas *canvas = fixture_canvas(fixture, cases[i].cols, 1, false);
        show_meeting_line(canvas, canvas_area(canvas), &fixture->context,
                          &fixture->list.items[cases[i].cancelled ? 2 : cases[i].meeting]);
        text_check(arena_format(fixture->arena, "line at %d", cases[i].cols),
                   canvas_dump(fixture->arena, canvas), cases[i].line);
    }
}

/* The pane shows the ID large, too, if it is 17 rows high, and notes if two rows are left for them. */
static void pane_rows(void **state)
{
    struct fixture *fixture = *state;
    add_two(fixture);
    struct meeting meeting = *fixture->list.items[1].meeting;
    struct occurrence occurrence = fixture->list.items[1];
    meeting.notes = "Bring coffee";
    occurrence.meeting = &meeting;
    static const struct {
        int rows;
        bool large, notes;
    } cases[] = {{13, false, false},
                 {14, false, true},
                 {15, false, true},
                 {16, false, true},
                 {17, true, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct canvas *canvas = fixture_canvas(fixture, 40, cases[i].rows, false);
        show_meeting(canvas, canvas_area(canvas), &fixture->context, &occurrence, NULL);
        const char *dump = canvas_dump(fixture->arena, canvas);
        assert_non_null(strstr(dump, "Conference ID 765432"));
        assert_int_equal(strstr(dump, "─┐") != NULL, cases[i].large);
        assert_int_equal(strstr(dump, "Bring coffee") != NULL, cases[i].notes);
    }
}

/* Digits of three rows, in groups of three with a gap of two; nothing if they do not fit. */
static void large_digits(void **state)
{
    struct fixture *fixture = *state;
    struct canvas *canvas = fixture_canvas(fixture, 33, 5, false);
    assert_int_equal(show_id_large(canvas, (struct area){0, 0, 5, 32}, 0, "12034567"), 0);
    assert_int_equal(show_id_large(canvas, (struct area){0, 0, 4, 33}, 2, "12034567"), 0);
    assert_int_equal(show_id_large(canvas, (struct area){0, 0, 5, 33}, 2, "12034567"), 3);
    text_check("large", canvas_dump(fixture->arena, canvas),
               "\n"
               "\n"
               " ╷  ╶─┐ ┌─┐  ╶─┐ ╷ ╷ ┌─╴  ┌─╴ ╶─┐\n"
               " │  ┌─┘ │ │  ╶─┤ └─┤ └─┐  ├─┐   │\n"
               " ╵  └─╴ └─┘  ╶─┘   ╵ ╶─┘  └─┘   ╵\n");
}

/* A table whose columns may be cut to their least; those that then do not fit are left out. */
static void table_columns(void **state)
{
    static const int least[] = {4, 3, 9};
    static const char *const headings[] = {"Address", "Kind", "Zone"};
    static const char *const cells[] = {"ada@example", "toll", "Europe/Berlin", "x", "y", "z"};
    static const struct {
        int cols;
        bool least;
        const char *lines;
    } cases[] = {
        {32, true,
         "Address      Kind  Zone\n"
         "ada@example  toll  Europe/Berlin\n"
         "x            y     z\n"},
        {31, true,
         "Address      Kind  Zone\n"
         "ada@example  toll  Europe/Berl…\n"
         "x            y     z\n"},
        {20, true,
         "Add…  Ki…  Zone\n"
         "ada…  to…  Europe/B…\n"
         "x     y    z\n"},
        {19, true,
         "Address      Kind\n"
         "ada@example  toll\n"
         "x            y\n"},
        {9, true,
         "Add…  Ki…\n"
         "ada…  to…\n"
         "x     y\n"},
        {8, true,
         "Address\n"
         "ada@exa…\n"
         "x\n"},
        {3, true,
         "Ad…\n"
         "ad…\n"
         "x\n"},
        {19, false,
         "Addr…  Kind  Zone\n"
         "ada@…  toll  Europ…\n"
         "x      y     z\n"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct show_table table = {
            .columns = 3, .headings = headings, .least = cases[i].least ? least : NULL};
        struct show_list at = {0};
        for (size_t n = 0; n < sizeof cells / sizeof *cells; n++)
            *vector_push(fixture->arena, &table.cells) = cells[n];
        struct canvas *canvas = fixture_canvas(fixture, cases[i].cols, 3, false);
        show_table(canvas, canvas_area(canvas), &table, &at);
        text_check(arena_format(fixture->arena, "table at %d", cases[i].cols),
                   canvas_dump(fixture->arena, canvas), cases[i].lines);
    }
}

/* The first row shown of a table of ten in four rows, and of an agenda of ten on five days. */
static void rows_that_are_scrolled(void **state)
{
    static const struct {
        size_t selected, top, selected_then, table_top, agenda_top;
    } cases[] = {
        {0, 0, 0, 0, 0}, {0, 5, 0, 0, 0},  {3, 0, 3, 0, 3},   {4, 0, 4, 1, 6},   {4, 4, 4, 4, 6},
        {5, 9, 5, 5, 9}, {9, 0, 9, 6, 15}, {10, 0, 9, 6, 15}, {9, 50, 9, 6, 15}, {50, 9, 9, 6, 15},
    };
    struct fixture *fixture = *state;
    struct show_table table = {.columns = 1};
    fixture->list = (struct occurrences){0};
    for (int i = 0; i < 10; i++) {
        *vector_push(fixture->arena, &table.cells) = "row";
        sample_add(fixture->arena, &fixture->list,
                   &(struct sample){.title = "row",
                                    .start = arena_format(fixture->arena, "202611%02dT%02d0000",
                                                          23 + i / 2, 9 + i % 2)});
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct show_list at = {.selected = cases[i].selected, .top = cases[i].top};
        struct canvas *canvas = fixture_canvas(fixture, 20, 4, false);
        show_table(canvas, canvas_area(canvas), &table, &at);
        assert_int_equal(at.selected, cases[i].selected_then);
        assert_int_equal(at.top, cases[i].table_top);
        at = (struct show_list){.selected = cases[i].selected, .top = cases[i].top};
        show_agenda(canvas, canvas_area(canvas), &fixture->context, &fixture->list, &at);
        assert_int_equal(at.selected, cases[i].selected_then);
        assert_int_equal(at.top, cases[i].agenda_top);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(agenda_columns),
        DRAWING_TEST(legacy_columns),
        DRAWING_TEST(legacy_groups_of_a_window),
        DRAWING_TEST(past_meetings_are_dim),
        DRAWING_TEST(month_columns),
        DRAWING_TEST(meeting_in_a_line),
        DRAWING_TEST(pane_rows),
        DRAWING_TEST(large_digits),
        DRAWING_TEST(table_columns),
        DRAWING_TEST(rows_that_are_scrolled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
