/*
 * Our dial-in block in other programs' hands: wrapped anew, with text before and behind it, typed
 * into. What others wrote stays; only the block goes, and is written once.
 */
#include "exchange/ical_block.h"
#include "exchange/ical_property.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ical_support.h"

#define BLOCK                                                                                      \
    "________________________________________________________________\n"                           \
    "\xE9\x9B\xBB\xE8\xA9\xB1\xE3\x81\xA7\xE5\x8F\x82\xE5\x8A\xA0\n"                               \
    "+49 30 901820,,93907123#  Deutschland, Berlin (Deutsch)\n"                                    \
    "\xE4\xBC\x9A\xE8\xAD\xB0 ID: 939 071 23\n"                                                    \
    "________________________________________________________________\n"
#define REWRAPPED                                                                                  \
    "________________________________________________________________\n\n"                         \
    "\xE9\x9B\xBB\xE8\xA9\xB1\xE3\x81\xA7\n\xE5\x8F\x82\xE5\x8A\xA0\r\n"                           \
    "+49 30\n901820,,93907123#\xC2\xA0 Deutschland, \nBerlin (Deutsch)\n \n"                       \
    "\xE4\xBC\x9A\xE8\xAD\xB0 ID: 939 071\n23\n"                                                   \
    "________________________________\n________________________________"

/* Writes the item, puts `text` in the place of its DESCRIPTION, and reads that. */
static const struct meeting *read_edited(struct ical_bench *bench, struct ical_item *item,
                                         const char *text)
{
    struct text edited = text_start(bench->arena);
    const char *out = ical_item_text(bench, item, ICAL_NO_METHOD);
    const char *from = strstr(out, "\r\nDESCRIPTION:") + 2, *to = strstr(from, "\r\nX-DIALDESK");
    assert_non_null(to);
    text_add_n(&edited, out, (size_t)(from - out));
    text_add(&edited, "DESCRIPTION:");
    ical_text_write(&edited, text);
    text_add(&edited, to);
    bench->out = edited;
    return ical_read_back(bench);
}

static size_t times_in(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}

/*
 * What somebody writes before and behind the block stays, only the block goes; written again, each
 * is there once.
 */
static void test_text_around_the_block(void **state)
{
    static const struct {
        const char *text, *notes;
    } cases[] = {
        {"Mine\n\n" BLOCK, "Mine"},
        {"Mine\n\n" BLOCK "Yours", "Mine\n\nYours"},
        {"Mine\n\n" BLOCK "\n\nYours\n", "Mine\n\nYours\n"},
        {"Yours\nMine\n\n" BLOCK, "Yours\nMine"},
        {"Front\n\nMine\n\n" BLOCK "\n  Back", "Front\n\nMine\n\n  Back"},
        {BLOCK "Yours", "Yours"},
        {BLOCK, ""},
        {"Mine\n" BLOCK "Yours", "Mine\n\nYours"},
        {"Mine " BLOCK "Yours", "Mine \n\nYours"},
        {"Mine\r\n\r\n" REWRAPPED "Yours", "Mine\n\nYours"},
        {"Mine\n\n\n" REWRAPPED "\n\n \n", "Mine\n"},
        {"Old: Conference ID: 1234567\n\n" BLOCK, "Old: Conference ID: 1234567"},
    };
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct ical_item item = {.meeting = &meeting, .dial_in_block = BLOCK};
    meeting.conference_id = "93907123";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        meeting.notes = "Mine";
        struct meeting back = *read_edited(bench, &item, cases[i].text);
        assert_string_equal(back.notes, cases[i].notes);
        assert_string_equal(back.conference_id, "93907123");
        meeting.notes = cases[i].notes;
        const char *again = ical_item_text(bench, &item, ICAL_NO_METHOD);
        assert_int_equal(times_in(again, "X-DIALDESK"), 1);
        assert_string_equal(ical_read_back(bench)->notes, cases[i].notes);
    }
}

/*
 * A block that somebody wrote into, another program's, or a mark that means nothing: all of the
 * text is kept.
 */
static void test_no_block_of_ours(void **state)
{
    static const char *const texts[] = {
        "Mine\n\n"
        "________________________________________________________________\n"
        "+49 30 901820,,93907123#  Deutschland, Berlin (Deutsch) RING TWICE\n"
        "________________________________________________________________\n",
        "Mine\n\n________________\nPhone Conference ID: 123 456 789#\n________________\nYours", "",
        "short"};
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct ical_item item = {.meeting = &meeting, .dial_in_block = BLOCK};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(read_edited(bench, &item, texts[i])->notes, texts[i]);
    static const char *const marks[] = {"",
                                        "0-0000000000000000",
                                        "12",
                                        "-1-0000000000000000",
                                        "99999999999999999999999-0123456789abcdef",
                                        "5-XYZ3456789abcdef",
                                        "5-0123456789abcdef0"};
    struct ical_block block;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        assert_false(ical_block_find("short", marks[i], &block));
}

/*
 * A block that came without its mark is known by what it would be written as, wrapped however it
 * may be.
 */
static void test_block_without_mark(void **state)
{
    static const struct {
        const char *text, *notes;
    } cases[] = {
        {" Mine\n\n \n\n" REWRAPPED "\n\tYours \n\n", " Mine\n\n \n\n\tYours \n\n"},
        {BLOCK, ""},
        {"Mine\n\n" BLOCK "RING TWICE", "Mine\n\nRING TWICE"},
        {"Mine\n\n________________________________________________________________\n", NULL},
        {"", NULL},
    };
    struct ical_bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *left = ical_block_drop(bench->arena, cases[i].text, BLOCK);
        assert_string_equal(left ? left : "none", cases[i].notes ? cases[i].notes : "none");
    }
    assert_null(ical_block_drop(bench->arena, "Mine", ""));
}

/* Notes as long as they may be, with the block behind them, come back whole. */
static void test_block_behind_long_notes(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct ical_item item = {.meeting = &meeting, .dial_in_block = BLOCK};
    char *notes = arena_alloc(bench->arena, MEETING_NOTES_MAX + 1);
    memset(notes, 'n', MEETING_NOTES_MAX);
    notes[MEETING_NOTES_MAX] = '\0';
    meeting.notes = notes;
    ical_item_text(bench, &item, ICAL_NO_METHOD);
    assert_same_meeting(ical_read_back(bench), &meeting);
}

/*
 * Notes that came with a dial-in block of the same ID get no second one; a block of another ID does
 * not count.
 */
static void test_dial_in_once(void **state)
{
    struct ical_bench *bench = *state;
    struct meeting meeting = ical_sample();
    struct ical_item item = {.meeting = &meeting,
                             .dial_in_block = "OUR BLOCK Conference ID: 93907123"};
    meeting.conference_id = "93907123";
    meeting.notes = "Join by phone\nConference ID: 939 071 23\n";
    assert_null(strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "OUR BLOCK"));
    assert_same_meeting(ical_read_back(bench), &meeting);
    meeting.notes = "Join by phone\nConference ID: 1234567\n";
    assert_non_null(strstr(ical_item_text(bench, &item, ICAL_NO_METHOD), "OUR BLOCK"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_text_around_the_block, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_no_block_of_ours, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_block_without_mark, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_block_behind_long_notes, bench_start, bench_end),
        cmocka_unit_test_setup_teardown(test_dial_in_once, bench_start, bench_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
