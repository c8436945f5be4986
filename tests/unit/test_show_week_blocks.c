/*
 * The meetings in the time grid: which texts fit into a block, and how the half hours of a narrow
 * day are dealt to meetings that touch each other.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
static const struct {
    int cols, meetings, minutes, selected;
    const char *screen;
} crowds[] = {
    {28, 2, 120, 0,
     "       │Mon 23 Nov\n"
     "───────┼────────────────────\n"
     " 09:00 │┏M0       ┏M1\n"
     "       │┃93907123 ┃93907123\n"
     " 10:00 │┃         ┃\n"
     "       │┗         ┗\n"
     " 11:00 │\n"
     "       │\n"},
    {27, 2, 120, 0,
     "       │Mon 23 Nov\n"
     "───────┼───────────────────\n"
     " 09:00 │┏M0               ┏\n"
     "       │┃┃M1  93907123\n"
     " 10:00 │┃93907123         ┃\n"
     "       │┗09:00–11:00      ┗\n"
     " 11:00 │\n"
     "       │\n"},
    {27, 2, 120, 1,
     "       │Mon 23 Nov\n"
     "───────┼───────────────────\n"
     " 09:00 │┏M0  93907123     ┏\n"
     "       │┃┃M1\n"
     " 10:00 │┃┃93907123\n"
     "       │┗┗09:00–11:00\n"
     " 11:00 │\n"
     "       │\n"},
    {27, 1, 120, 0,
     "       │Mon 23 Nov\n"
     "───────┼───────────────────\n"
     " 09:00 │┏M0\n"
     "       │┃93907123\n"
     " 10:00 │┃09:00–11:00\n"
     "       │┗\n"
     " 11:00 │\n"
     "       │\n"},
    {14, 3, 120, 0,
     "       │Mon 23\n"
     "───────┼──────\n"
     " 09:00 │┏M┏M┏M\n"
     "       │┃0┃1┃2\n"
     " 10:00 │┃ ┃ ┃\n"
     "       │┗ ┗ ┗\n"
     " 11:00 │\n"
     "       │\n"},
    {15, 3, 120, 0,
     "       │Mon 23\n"
     "───────┼───────\n"
     " 09:00 │┏M0  ┏┏\n"
     "       │┃┃M1  ┃\n"
     " 10:00 │┃┃┃M2\n"
     "       │┗    ┗┗\n"
     " 11:00 │\n"
     "       │\n"},
    {27, 2, 30, 0,
     "       │Mon 23 Nov\n"
     "───────┼───────────────────\n"
     " 09:00 │╺M0      ╺M1\n"
     "       │\n"
     " 10:00 │\n"
     "       │\n"
     " 11:00 │\n"
     "       │\n"},
    {27, 3, 60, 0,
     "       │Mon 23 Nov\n"
     "───────┼───────────────────\n"
     " 09:00 │┏M0   ┏M1   ┏M2\n"
     "       │┗     ┗     ┗\n"
     " 10:00 │\n"
     "       │\n"
     " 11:00 │\n"
     "       │\n"},
    {27, 3, 90, 2,
     "       │Mon 23 Nov\n"
     "───────┼───────────────────\n"
     " 09:00 │┏M0  93907123    ┏┏\n"
     "       │┃┃M1  93907123    ┃\n"
     " 10:00 │┗┗┗M2  93907123\n"
     "       │\n"
     " 11:00 │\n"
     "       │\n"},
};
/* clang-format on */

/* The day's column from 09:00 on, on a day that is not today and `cols` wide. */
static struct canvas *draw_day(struct fixture *fixture, int cols, size_t selected,
                               const struct sample *samples, size_t count)
{
    const struct local_time wednesday = {2026, 11, 25, 0, 0, 0};
    struct show_list at = {.selected = selected, .top = 18};
    fixture->list = (struct occurrences){0};
    for (size_t i = 0; i < count; i++)
        sample_add(fixture->arena, &fixture->list, &samples[i]);
    struct canvas *canvas = fixture_canvas(fixture, cols + 8, 11, false);
    show_week(canvas, canvas_area(canvas), &fixture->context, wednesday, 1, wednesday,
              &fixture->list, &at);
    assert_int_equal(at.top, 18);
    return canvas;
}

static const char *day_text(struct fixture *fixture, const struct canvas *canvas)
{
    static const char hours[] = "       │";
    struct text out = text_start(fixture->arena);
    const char *at = canvas_dump(fixture->arena, canvas);
    for (int row = 0; *at; row++) {
        size_t n = strcspn(at, "\n"), skipped = n < sizeof hours - 1 ? n : sizeof hours - 1;
        if (row > 1) /* the day's name, a rule */
            text_addf(&out, "%.*s\n", (int)(n - skipped), at + skipped);
        at += n + 1;
    }
    return out.bytes;
}

#define DAY_DRAWN(cols, selected, samples, expected)                                               \
    text_check(#samples " in " #cols ", selected " #selected,                                      \
               day_text(fixture, draw_day(fixture, cols, selected, samples,                        \
                                          sizeof samples / sizeof *samples)),                      \
               expected)

/* Each text of a meeting that stands in its block if it fits, and not if a column is missing. */
static void as_much_as_fits(void **state)
{
    static const struct sample brief[] = {
        {.title = "Budget", .start = "20261125T090000", .minutes = 30, .id = "93907123"}};
    static const struct sample hour[] = {
        {.title = "Budget review", .start = "20261125T090000", .id = "93907123"}};
    static const struct sample risky[] = {{.title = "Sync",
                                           .start = "20261125T090000",
                                           .id = "7654321",
                                           .kind = ID_KIND_STATIC,
                                           .risk = RISK_OVERLAP}};
    static const struct sample place[] = {{.title = "Sync",
                                           .start = "20261125T090000",
                                           .minutes = 120,
                                           .id = "93907123",
                                           .location = "Room 4"}};
    static const struct sample quarter[] = {{.title = "Sync", .start = "20261125T091500"}};
    struct fixture *fixture = *state;
    DAY_DRAWN(17, 0, brief, "╺Budget  93907123\n");
    DAY_DRAWN(16, 0, brief, "╺Budget\n");
    DAY_DRAWN(9, 0, hour,
              "┏Budget …\n"
              "┗93907123\n");
    DAY_DRAWN(8, 0, hour,
              "┏Budget\n"
              "┗review\n");
    DAY_DRAWN(29, 0, risky,
              "┏!! Sync\n"
              "┗7654321 mixing risk: overlap\n");
    DAY_DRAWN(28, 0, risky,
              "┏!! Sync\n"
              "┗7654321 overlap\n");
    DAY_DRAWN(16, 0, risky,
              "┏!! Sync\n"
              "┗7654321 overlap\n");
    DAY_DRAWN(15, 0, risky,
              "┏!! Sync\n"
              "┗7654321\n");
    DAY_DRAWN(12, 0, place,
              "┏Sync\n"
              "┃93907123\n"
              "┃09:00–11:00\n"
              "┗Room 4\n");
    DAY_DRAWN(11, 0, place,
              "┏Sync\n"
              "┃93907123\n"
              "┃Room 4\n"
              "┗\n");
    DAY_DRAWN(15, 0, quarter,
              "┏09:15 Sync\n"
              "┃09:15–10:15\n"
              "┗\n");
    DAY_DRAWN(14, 0, quarter,
              "┏Sync\n"
              "┃09:15–10:15\n"
              "┗\n");
}

/*
 * Meetings of Monday at nine in a grid of one day that shows nine to twelve: side by side if an ID
 * has room beside each edge, dealt rows otherwise, if each meeting gets one.
 */
static void side_by_side_or_dealt(void **state)
{
    const struct local_time monday = {2026, 11, 23, 0, 0, 0};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++) {
        fixture->list = (struct occurrences){0};
        for (int n = 0; n < crowds[i].meetings; n++)
            sample_add(fixture->arena, &fixture->list,
                       &(struct sample){.title = arena_format(fixture->arena, "M%d", n),
                                        .start = "20261123T090000",
                                        .minutes = crowds[i].minutes,
                                        .id = "93907123"});
        struct show_list at = {.selected = (size_t)crowds[i].selected, .top = 18};
        struct canvas *canvas = fixture_canvas(fixture, crowds[i].cols, 8, false);
        show_week(canvas, canvas_area(canvas), &fixture->context, monday, 1, monday, &fixture->list,
                  &at);
        text_check(arena_format(fixture->arena, "crowds[%zu]", i),
                   canvas_dump(fixture->arena, canvas), crowds[i].screen);
    }
}

/*
 * The meeting that ends sooner gets its half hour first. Meetings that are scrolled out of view
 * need none.
 */
static void each_gets_a_half_hour(void **state)
{
    static const struct sample sooner[] = {
        {.title = "Budget", .start = "20261125T090000", .minutes = 120},
        {.title = "Hiring", .start = "20261125T090000", .minutes = 30}};
    static const struct sample passed[] = {
        {.title = "Before", .start = "20261125T080000"},
        {.title = "Budget", .start = "20261125T083000", .minutes = 120},
        {.title = "Other", .start = "20261125T123000", .minutes = 30}};
    static const struct sample ahead[] = {
        {.title = "Budget", .start = "20261125T120000", .minutes = 120},
        {.title = "Behind", .start = "20261125T133000", .minutes = 60},
        {.title = "Other", .start = "20261125T093000", .minutes = 30}};
    struct fixture *fixture = *state;
    DAY_DRAWN(15, 0, sooner,
              "┏╺Hiring\n"
              "┃Budget\n"
              "┃09:00–11:00\n"
              "┗\n");
    DAY_DRAWN(15, 2, passed,
              " ┃Budget\n"
              " ┃08:30–10:30\n"
              " ┗\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "╺Other\n");
    DAY_DRAWN(15, 2, ahead,
              "\n"
              "╺Other\n"
              "\n"
              "\n"
              "\n"
              "\n"
              "┏Budget\n"
              "┃12:00–14:00\n"
              "┃\n");
}

/* The rest goes to the selected meeting, else to the owner before, else to the first that is on. */
static void half_hours_that_are_left(void **state)
{
    static const struct sample long_ones[] = {
        {.title = "Longer a b c d e f g", .start = "20261125T090000", .minutes = 240},
        {.title = "Shorter a b c d e f", .start = "20261125T090000", .minutes = 180},
        {.title = "Other", .start = "20261125T130000", .minutes = 30}};
    static const struct sample three[] = {
        {.title = "First a b c d e f", .start = "20261125T090000", .minutes = 180},
        {.title = "Second a b c d e f", .start = "20261125T093000", .minutes = 150},
        {.title = "Third", .start = "20261125T100000", .minutes = 30},
        {.title = "Other", .start = "20261125T130000", .minutes = 30}};
    struct fixture *fixture = *state;
    DAY_DRAWN(15, 2, long_ones,
              "┏┏Shorter a b …\n"
              "┃Longer a b c ┃\n"
              "┃d e f g      ┃\n"
              "┃09:00–13:00  ┃\n"
              "┃             ┃\n"
              "┃             ┗\n"
              "┃\n"
              "┗\n"
              "╺Other\n");
    DAY_DRAWN(15, 0, long_ones,
              "┏┏Shorter a b …\n"
              "┃Longer a b c ┃\n"
              "┃d e f g      ┃\n"
              "┃09:00–13:00  ┃\n"
              "┃             ┃\n"
              "┃             ┗\n"
              "┃\n"
              "┗\n"
              "╺Other\n");
    DAY_DRAWN(15, 1, long_ones,
              "┏┏Shorter a b c\n"
              "┃Longer a b c ┃\n"
              "┃┃d e f\n"
              "┃┃09:00–12:00\n"
              "┃┃\n"
              "┃┗\n"
              "┃d e f g\n"
              "┗09:00–13:00\n"
              "╺Other\n");
    DAY_DRAWN(15, 3, three,
              "┏First a b c\n"
              "┃┏Second a b c…\n"
              "┃┃╺Third\n"
              "┃d e f       ┃\n"
              "┃09:00–12:00 ┃\n"
              "┗            ┗\n"
              "\n"
              "\n"
              "╺Other\n");
}

/* A click on a dealt half hour finds the meeting whose text or edge is there. */
static void items_of_dealt_half_hours(void **state)
{
    static const struct sample two[] = {
        {.title = "Budget", .start = "20261125T090000", .minutes = 90},
        {.title = "Hiring", .start = "20261125T093000", .minutes = 60}};
    static const char items[][16] = {"000000000000000", "011111111111111", "000000000000001"};
    struct fixture *fixture = *state;
    struct canvas *canvas = draw_day(fixture, 15, 0, two, 2);
    for (int row = 0; row < 3; row++)
        for (int col = 0; col < 15; col++) {
            size_t item = canvas_item_at(canvas, 2 + row, 8 + col, 9);
            assert_int_equal(item, items[row][col] - '0');
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(as_much_as_fits),           DRAWING_TEST(side_by_side_or_dealt),
        DRAWING_TEST(each_gets_a_half_hour),     DRAWING_TEST(half_hours_that_are_left),
        DRAWING_TEST(items_of_dealt_half_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
