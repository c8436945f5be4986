/* Signs in the call log: what looks like a misprint, and what looks like somebody who is guessing. */
#include <core/calls.h>
#include <core/time.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { CALLS = 6 };

static const char *const names[] = {"a", "b", "c", "d", "e", "f"};

/* Calls of which the n-th is `step` seconds after the one before, in any order in the list. */
static struct calls calls_make(struct arena *arena, int count, int64_t step, bool same_caller)
{
    struct calls calls = {0};
    for (int i = count - 1; i >= 0; i--)
        *vector_push(arena, &calls) = (struct call){
            .at = 1800000000 + i * step,
            .digits = same_caller ? names[i] : "a",
            .caller = same_caller ? "a" : names[i],
            .wrong = true,
        };
    return calls;
}

static size_t signed_so(struct arena *arena, struct calls *calls, enum call_sign sign)
{
    size_t count = 0;
    calls_judge(arena, calls);
    for (size_t i = 0; i < calls->count; i++)
        count += calls->items[i].sign == sign;
    return count;
}

static void test_signs(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int same_caller = 0; same_caller < 2; same_caller++) {
        enum call_sign sign = same_caller ? CALL_SIGN_PROBING : CALL_SIGN_MISPRINT;
        struct calls calls = calls_make(arena, 4, 60, same_caller);
        assert_int_equal(signed_so(arena, &calls, CALL_SIGN_NONE), 4);
        calls = calls_make(arena, 5, 60, same_caller);
        assert_int_equal(signed_so(arena, &calls, sign), 5);
        calls = calls_make(arena, 6, 60, same_caller);
        assert_int_equal(signed_so(arena, &calls, sign), 6);
        /* five within a day, to the second */
        calls = calls_make(arena, 5, DAY / 4, same_caller);
        assert_int_equal(signed_so(arena, &calls, sign), 0);
        calls = calls_make(arena, 5, DAY / 4 - 1, same_caller);
        assert_int_equal(signed_so(arena, &calls, sign), 5);
        calls = calls_make(arena, 6, DAY / 4 - 1, same_caller);
        assert_int_equal(signed_so(arena, &calls, sign), 6);
        /* the same again and again is neither, nor what was right, withheld or no digits */
        calls = calls_make(arena, 6, 60, same_caller);
        calls.items[3].caller = calls.items[2].caller;
        calls.items[3].digits = calls.items[2].digits;
        calls.items[1].wrong = false;
        assert_int_equal(signed_so(arena, &calls, sign), 0);
        calls = calls_make(arena, 5, 60, same_caller);
        calls.items[2].caller = NULL;
        assert_int_equal(signed_so(arena, &calls, sign), 0);
        calls = calls_make(arena, 5, 60, same_caller);
        calls.items[2].digits = "";
        assert_int_equal(signed_so(arena, &calls, sign), 0);
    }
    arena_free(arena);
}

/* A caller who tries many IDs, one of which many others try too. */
static void test_both(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct calls calls = calls_make(arena, CALLS, 60, false),
                 more = calls_make(arena, CALLS, 60, true);
    for (size_t i = 0; i < more.count; i++)
        *vector_push(arena, &calls) = more.items[i];
    calls_judge(arena, &calls);
    for (size_t i = 0; i < calls.count; i++)
        assert_string_equal(call_sign_name(calls.items[i].sign),
                            strcmp(calls.items[i].caller, "a") == 0 ? "probing" : "misprint");
    assert_null(call_sign_name(CALL_SIGN_NONE));
    arena_free(arena);
}

/* A flood of one caller with one ID is judged in time that grows with it, no faster. */
static void test_flood(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct calls calls = {0};
    for (int i = 0; i < 50000; i++)
        *vector_push(arena, &calls) = (struct call){
            .at = 1800000000 + i, .digits = "93907123", .caller = "+15550100", .wrong = true};
    assert_int_equal(signed_so(arena, &calls, CALL_SIGN_NONE), 50000);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_signs), cmocka_unit_test(test_both),
                                       cmocka_unit_test(test_flood)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
