/*
 * Searches for a time alone: what they cost, counted in steps of SQLite and in bytes, and that what
 * is nearest is found wherever the store has it.
 */
#include "desk_support.h"
#include "support/effort.h"
#include <stdlib.h>
#include <string.h>

/* Within a text of events: an hour each, or less. */
static void add_event(struct text *text, const char *uid, const char *start, const char *more)
{
    text_addf(text,
              "BEGIN:VEVENT\nUID:%s\nDTSTAMP:20260101T000000Z\nDTSTART:%s\nDURATION:PT1H\n"
              "SUMMARY:Meeting\nATTENDEE:mailto:grace@example.org\n%sEND:VEVENT\n",
              uid, start, more);
}

static void import(struct desk *desk, const struct text *text)
{
    struct import_report report = desk_import_text(desk, text->bytes, false);
    assert_int_equal(report.rejected, 0);
}

/* The UIDs that a search finds, parted by blanks. */
static const char *found(struct desk *desk, const char *asked, size_t limit)
{
    struct found_meetings list = {0};
    struct strings uids = {0};
    assert_ok(desk, desk_search(&desk->session, desk->arena, asked, zone_utc(), limit, &list));
    assert_false(list.partly);
    for (size_t i = 0; i < list.count; i++)
        *vector_push(desk->arena, &uids) = list.items[i].occurrence.meeting->uid;
    return strings_join(desk->arena, &uids, " ");
}

/* Each limit finds the beginning of the whole list: of many are tried. */
static void assert_order(struct desk *desk, const char *asked, const char *whole)
{
    struct strings uids = {0};
    strings_split(desk->arena, whole, &uids);
    for (size_t limit = 0; limit <= uids.count + 1; limit += limit < 10 ? 1 : 7) {
        struct strings most = {uids.items, limit && limit < uids.count ? limit : uids.count, 0};
        assert_string_equal(found(desk, asked, limit), strings_join(desk->arena, &most, " "));
    }
}

/* --- what it costs --- */

struct cost {
    int64_t steps;
    size_t bytes;
};

static struct cost cost(struct desk *desk, const char *asked, size_t limit, size_t count)
{
    struct arena *arena = arena_new();
    struct found_meetings list = {0};
    effort.steps = 0;
    assert_ok(desk, desk_search(&desk->session, arena, asked, zone_utc(), limit, &list));
    assert_int_equal(list.count, count);
    struct cost cost = {effort.steps, arena_used(arena)};
    arena_free(arena);
    return cost;
}

/* From number `from` up to `to`: one every ten seconds of the hour, each day of the week ahead. */
static void fill_week(struct desk *desk, int from, int to)
{
    struct text text = text_start(desk->arena);
    for (int i = from; i < to; i++)
        add_event(&text, arena_format(desk->arena, "m%05d", i),
                  arena_format(desk->arena, "202611%02dT09%02d%02dZ", 24 + i % 7, i / 7 % 60,
                               i / 420 % 6 * 10),
                  "");
    import(desk, &text);
}

/*
 * A store four times as large: a few steps for each meeting that is not shown, of the days up to
 * the last one that is.
 */
static void a_search_costs_what_it_shows(void **state)
{
    enum { FEW = 1000, MANY = 4000, BYTES = 250000 }; /* of the hundred that are read at once */
    struct desk *desk = *state;
    const struct {
        const char *text;
        size_t found;
        int64_t steps; /* at most, for each meeting more */
    } asked[] = {
        {"9am", 5, 30}, {"tue", 5, 30}, {"24 nov", 5, 30}, {"9 mon", 5, 70}, {"8am", 0, 80}};
    enum { COUNT = sizeof asked / sizeof *asked };
    struct cost costs[2][COUNT];
    if (getenv("DIALDESK_TEST_DB"))
        skip(); /* a server tells no steps */
    for (int round = 0; round < 2; round++) {
        fill_week(desk, round ? FEW : 0, round ? MANY : FEW);
        for (size_t i = 0; i < COUNT; i++)
            costs[round][i] = cost(desk, asked[i].text, 5, asked[i].found);
    }
    for (size_t i = 0; i < COUNT; i++) {
        const struct cost *few = &costs[0][i], *many = &costs[1][i];
        int64_t steps = (many->steps - few->steps) / (MANY - FEW);
        print_message("'%s': %lld steps and %zu bytes, then %lld more steps for each meeting\n",
                      asked[i].text, (long long)few->steps, many->bytes, (long long)steps);
        assert_true(few->steps > 0);
        if (steps > asked[i].steps || many->bytes > BYTES)
            fail_msg("'%s': %lld steps for each meeting more; %zu bytes", asked[i].text,
                     (long long)steps, many->bytes);
    }
}

/* --- what is found --- */

enum { CROWD = 120 }; /* more than are read at once */

/* CROWD meetings that begin together: NAME000, NAME001, ...; their UIDs, parted by blanks. */
static const char *add_crowd(struct desk *desk, struct text *text, const char *name,
                             const char *start, const char *more)
{
    struct strings uids = {0};
    for (int i = 0; i < CROWD; i++) {
        const char *uid = arena_format(desk->arena, "%s%03d", name, i);
        add_event(text, uid, start, more);
        *vector_push(desk->arena, &uids) = uid;
    }
    return strings_join(desk->arena, &uids, " ");
}

/* Monday, 9:00: the nearest come first, in whatever part or window the store gives them. */
static void the_nearest_come_first(void **state)
{
    struct desk *desk = *state;
    const struct {
        const char *uid, *start, *more;
    } events[] = {
        {"on", "20261123T083000Z", ""},
        {"on-later", "20261123T085900Z", ""},
        {"now", "20261123T090000Z", ""},
        {"soon-b", "20261123T101500Z", ""},
        {"soon-a", "20261123T101500Z", ""},
        {"soon-called-off", "20261123T091000Z", "STATUS:CANCELLED\n"},
        {"just-over", "20261123T075900Z", ""},
        {"over", "20261123T070000Z", ""},
        {"in-a-week", "20261130T080000Z", ""},
        {"at-the-end", "20261201T085900Z", ""},
        {"too-late", "20261201T090000Z", ""},
        {"tomorrow", "20261124T101500Z", ""},
        {"sunday", "20261129T101500Z", ""},
        /* series stand in the store by their beginnings */
        {"of-old", "20250106T101000Z", "RRULE:FREQ=WEEKLY\n"},
        {"of-old-on", "20250106T083100Z", "RRULE:FREQ=WEEKLY\n"},
        {"of-old-tuesday", "20250107T101500Z", "RRULE:FREQ=WEEKLY\n"},
        {"ending", "20261109T040000Z", "RRULE:FREQ=WEEKLY;COUNT=3\n"},
        {"beginning", "20261125T101500Z", "RRULE:FREQ=DAILY\n"},
    };
    struct text text = text_start(desk->arena);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        add_event(&text, events[i].uid, events[i].start, events[i].more);
    const char *on = add_crowd(desk, &text, "a", "20250106T080500Z", "RRULE:FREQ=WEEKLY\n");
    const char *begun = add_crowd(desk, &text, "s", "20261123T082000Z", "");
    const char *over = add_crowd(desk, &text, "o", "20261123T073000Z", "");
    const char *coming = add_crowd(desk, &text, "m", "20261130T074500Z", "");
    const char *called_off = add_crowd(desk, &text, "c", "20261130T123000Z", "STATUS:CANCELLED\n");
    import(desk, &text);
    assert_order(desk, "mon",
                 arena_format(desk->arena,
                              "now on-later of-old-on on %s %s of-old soon-a soon-b %s in-a-week "
                              "beginning just-over %s over ending soon-called-off %s",
                              begun, on, coming, over, called_off));
    assert_order(desk, "10:15", "soon-a soon-b of-old-tuesday tomorrow beginning sunday");
    assert_order(desk, "sun", "beginning sunday");
    assert_order(desk, "8:59", "on-later at-the-end");
    assert_order(desk, "7:59", "just-over");
    assert_order(desk, "12:30", called_off);
}

/* A meeting at another time whose people or place bear the word is found, too. */
static void words_that_may_be_times_are_words(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    add_event(&text, "tuesday", "20261124T101500Z", "");
    add_event(&text, "with-simon", "20261126T101500Z", "ATTENDEE:mailto:simon@example.org\n");
    add_event(&text, "monday", "20261130T101500Z", "");
    import(desk, &text);
    assert_order(desk, "mon", "with-simon monday");
    assert_order(desk, "10:15 mon", "with-simon monday");
    assert_order(desk, "10:15 mon 10 10 10 10 10", "with-simon monday");
    assert_order(desk, "10:15 10 10 10 10 10 10 mon", "with-simon monday");
    assert_order(desk, "11:15 mon", "");
}

/* A day that is named is looked at, however far it is. */
static void a_day_that_is_named_is_far(void **state)
{
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    add_event(&text, "christmas", "20261224T101500Z", "");
    add_event(&text, "called-off", "20261224T111500Z", "STATUS:CANCELLED\n");
    add_event(&text, "advent", "20261203T101500Z", "RRULE:FREQ=WEEKLY\n");
    add_event(&text, "day-before", "20261223T101500Z", "");
    add_event(&text, "long-ago", "20240229T101500Z", "");
    add_event(&text, "old-series", "20240201T101500Z", "RRULE:FREQ=WEEKLY;COUNT=9\n");
    import(desk, &text);
    assert_order(desk, "2026-12-24", "advent christmas called-off");
    assert_order(desk, "24 dec 11:15", "called-off");
    assert_order(desk, "2024-02-29", "long-ago old-series");
    assert_order(desk, "2024-02-29 11:15", "");
}

/* Of hourly series a thousand occurrences each are looked at, and none of these stays. */
static void occurrences_that_do_not_fit_are_left(void **state)
{
    enum { SERIES = 40, BYTES = 200000 };
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    for (int i = 0; i < SERIES; i++)
        add_event(&text, arena_format(desk->arena, "hourly-%d", i),
                  arena_format(desk->arena, "20261101T09%02d00Z", i + 20), "RRULE:FREQ=HOURLY\n");
    import(desk, &text);
    const char *const asked[] = {"03:17", "meeting 03:17"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct cost none = cost(desk, asked[i], 5, 0);
        if (none.bytes > BYTES)
            fail_msg("'%s': %zu bytes", asked[i], none.bytes);
    }
}

/* Beside a time two thousand that hold the words are looked at, and some that have long begun. */
static void what_is_not_looked_at_is_told(void **state)
{
    enum { LOOKED_AT = 2000 };
    struct desk *desk = *state;
    struct text text = text_start(desk->arena);
    fill_week(desk, 1, LOOKED_AT);
    for (int more = 0; more < 2; more++) {
        struct found_meetings list = {0};
        assert_ok(desk, desk_search(&desk->session, desk->arena, "gr 23:11", zone_utc(), 0, &list));
        assert_int_equal(list.count, 0);
        assert_int_equal(list.partly, more);
        add_event(&text, "of-old", "20250106T101000Z", "RRULE:FREQ=WEEKLY\n");
        add_event(&text, "late", "20261130T235900Z", "");
        import(desk, &text);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_search_costs_what_it_shows),         TEST(the_nearest_come_first),
        TEST(words_that_may_be_times_are_words),    TEST(a_day_that_is_named_is_far),
        TEST(occurrences_that_do_not_fit_are_left), TEST(what_is_not_looked_at_is_told),
    };
    return cmocka_run_group_tests(tests, effort_watch, NULL);
}
