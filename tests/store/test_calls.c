/* The call log: windows of wrong tries, what is kept, and what is counted for a meeting. */
#include "store_support.h"

#include <store/calls.h>
#include <string.h>

static int64_t add(struct world *w, int64_t at, const char *caller, const char *trunk, bool wrong)
{
    static const char verdicts[][8] = {"admit", "refuse"};
    struct call call = {.at = at,
                        .seq = (int64_t)(w->seed++),
                        .digits = "93907123",
                        .number = "",
                        .caller = caller,
                        .trunk = trunk,
                        .verdict = verdicts[wrong],
                        .why = "on",
                        .meeting_uid = wrong ? NULL : "meeting",
                        .wrong = wrong};
    OK(store_begin(w->store, true));
    struct calls calls = {.items = &call, .count = 1};
    OK(store_calls_add(w->store, &calls, WORLD_NOW - 30 * DAY));
    OK(store_commit(w->store));
    return call.seq;
}

static struct admission_tries tries(struct world *w, const char *caller, const char *trunk)
{
    struct admission_tries out = {-1, -1};
    OK(store_calls_tries(w->store, caller, trunk, WORLD_NOW, &out));
    return out;
}

static void test_windows(void **state)
{
    struct world *w = *state;
    add(w, WORLD_NOW - HOUR, "+1", "sip", true);
    assert_int_equal(tries(w, "+1", "sip").caller, 0);
    add(w, WORLD_NOW - HOUR + 1, "+1", "sip", true);
    assert_int_equal(tries(w, "+1", "sip").caller, 1);
    assert_int_equal(tries(w, "+1", "sip").trunk, 0);
    add(w, WORLD_NOW - MINUTE, "+2", "sip", true);
    assert_int_equal(tries(w, "+1", "sip").trunk, 0);
    add(w, WORLD_NOW - MINUTE + 1, NULL, "sip", true);
    assert_int_equal(tries(w, "+1", "sip").trunk, 1);
    /* other bridges' clocks may go before ours, but not by much */
    add(w, WORLD_NOW + 2 * MINUTE - 1, "+1", "sip", true);
    add(w, WORLD_NOW + 2 * MINUTE, "+1", "sip", true);
    assert_int_equal(tries(w, "+1", "sip").caller, 2);
    assert_int_equal(tries(w, "+1", "sip").trunk, 2);
    /* neither others' nor what was right; a withheld number has no tries of its own */
    add(w, WORLD_NOW, "+1", "sip", false);
    assert_int_equal(tries(w, "+1", "other").trunk, 0);
    assert_int_equal(tries(w, "+1", "sip").caller, 2);
    assert_int_equal(tries(w, "+3", "sip").caller, 0);
    assert_int_equal(tries(w, NULL, "sip").caller, 0);
}

static void test_kept(void **state)
{
    struct world *w = *state;
    struct calls list = {0};
    for (int i = 0; i < 50; i++)
        add(w, WORLD_NOW - 30 * DAY + (i < 25 ? 0 : i - 50), "+1", "", true);
    /* each of those that are too old went with its own writing */
    OK(store_calls_list(w->arena, w->store, INT64_MIN, 0, &list));
    assert_int_equal(list.count, 25);
    OK(store_calls_list(w->arena, w->store, WORLD_NOW - 30 * DAY + 1, 0, &list));
    assert_int_equal(list.count, 0);
    int64_t last = add(w, WORLD_NOW, NULL, "sip", false);
    add(w, WORLD_NOW - 1, NULL, "sip", false);
    OK(store_calls_list(w->arena, w->store, INT64_MIN, 2, &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[1].seq, last);
    assert_int_equal(list.items[0].at, WORLD_NOW - 1);
    assert_null(list.items[1].caller);
    assert_string_equal(list.items[1].trunk, "sip");
    assert_string_equal(list.items[1].verdict, "admit");
    assert_string_equal(list.items[1].meeting_uid, "meeting");
    assert_false(list.items[1].wrong);
}

static void test_admitted(void **state)
{
    struct world *w = *state;
    size_t count = 9;
    int64_t last = 0;
    OK(store_calls_admitted(w->store, "meeting", &count, &last));
    assert_int_equal(count, 0);
    assert_int_equal(last, INSTANT_NEVER);
    add(w, WORLD_NOW, "+1", "", false);
    add(w, WORLD_NOW - 60, "+2", "", false);
    add(w, WORLD_NOW + 60, "+2", "", true);
    OK(store_calls_admitted(w->store, "meeting", &count, &last));
    assert_int_equal(count, 2);
    assert_int_equal(last, WORLD_NOW);
}

static void test_probed(void **state)
{
    struct world *w = *state;
    const char *trunk = "";
    for (int i = 0; i < 3; i++) {
        OK(store_calls_probed(w->arena, w->store, WORLD_NOW - MINUTE, 3, &trunk));
        assert_null(trunk);
        add(w, WORLD_NOW - i, NULL, "sip", true);
        add(w, WORLD_NOW - i, NULL, "other", false);
        add(w, WORLD_NOW - MINUTE, NULL, "other", true);
    }
    OK(store_calls_probed(w->arena, w->store, WORLD_NOW - MINUTE, 3, &trunk));
    assert_string_equal(trunk, "sip");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_windows),
        CASE(test_kept),
        CASE(test_admitted),
        CASE(test_probed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
