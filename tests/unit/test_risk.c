/*
 * Mixing risk: cases at the margin's edges, and random calendars against the definition by brute
 * force.
 */
#include <core/risk.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct meeting meeting_with(const char *uid, const char *id, enum id_kind kind)
{
    return (struct meeting){.uid = uid, .title = uid, .conference_id = id, .id_kind = kind};
}

static struct occurrence during(const struct meeting *meeting, int64_t start, int64_t end)
{
    return (struct occurrence){
        .meeting = meeting, .start = start, .end = end, .title = meeting->title};
}

static void test_pairs(void **state)
{
    (void)state;
    static const struct {
        int64_t start, end;
        enum risk risk;
    } cases[] = {/* beside one from 1000 to 2000, with a margin of 100 */
                 {1500, 2500, RISK_OVERLAP},      {0, 1001, RISK_OVERLAP},
                 {1200, 1300, RISK_OVERLAP},      {2000, 3000, RISK_BACK_TO_BACK},
                 {2100, 3000, RISK_BACK_TO_BACK}, {2101, 3000, RISK_LEGACY},
                 {0, 900, RISK_BACK_TO_BACK},     {0, 899, RISK_LEGACY},
                 {1500, 1500, RISK_OVERLAP},      {1000, 1000, RISK_BACK_TO_BACK},
                 {2000, 2000, RISK_BACK_TO_BACK}};
    struct meeting a = meeting_with("a", "1234567", ID_KIND_STATIC);
    struct meeting b = meeting_with("b", "1234567", ID_KIND_STATIC);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct occurrences list = {0};
        *vector_push(arena, &list) = during(&a, 1000, 2000);
        *vector_push(arena, &list) = during(&b, cases[i].start, cases[i].end);
        risk_assess(arena, &list, 100);
        assert_int_equal(list.items[0].risk, cases[i].risk);
        assert_int_equal(list.items[1].risk, cases[i].risk);
        assert_int_equal(strings_hold(&list.items[0].risk_with, "b"), cases[i].risk != RISK_LEGACY);
        if (cases[i].risk != RISK_LEGACY)
            assert_int_equal(list.items[0].risk_start, cases[i].start);
        arena_free(arena);
    }
}

static void test_who_bears_one(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct meeting a = meeting_with("a", "1234567", ID_KIND_STATIC);
    struct meeting other = meeting_with("other", "7654321", ID_KIND_STATIC);
    struct meeting dynamic = meeting_with("dynamic", "1234567", ID_KIND_DYNAMIC);
    struct meeting cancelled = meeting_with("cancelled", "1234567", ID_KIND_STATIC);
    struct meeting none = meeting_with("none", NULL, ID_KIND_NONE);
    cancelled.status = MEETING_CANCELLED;
    const struct meeting *meetings[] = {&a, &other, &dynamic, &cancelled, &none};
    struct occurrences list = {0};
    for (size_t i = 0; i < 5; i++)
        *vector_push(arena, &list) = during(meetings[i], 0, 1000);
    risk_assess(arena, &list, 900);
    assert_int_equal(list.items[0].risk, RISK_LEGACY);
    assert_int_equal(list.items[1].risk, RISK_LEGACY);
    for (size_t i = 2; i < 5; i++)
        assert_int_equal(list.items[i].risk, RISK_NONE);
    arena_free(arena);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static enum risk risk_between(const struct occurrence *a, const struct occurrence *b,
                              int64_t margin)
{
    if (!meeting_legacy(a->meeting) || !meeting_legacy(b->meeting) ||
        strcmp(a->meeting->conference_id, b->meeting->conference_id) != 0)
        return RISK_NONE;
    if (a->start < b->end && b->start < a->end)
        return RISK_OVERLAP;
    return a->start - b->end <= margin && b->start - a->end <= margin ? RISK_BACK_TO_BACK
                                                                      : RISK_NONE;
}

/* Each occurrence's risk and company, by looking at all pairs. */
static void check_list(const struct occurrences *list, int64_t margin)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct occurrence *o = &list->items[i];
        enum risk worst = meeting_legacy(o->meeting) ? RISK_LEGACY : RISK_NONE;
        for (size_t k = 0; k < list->count; k++) {
            enum risk risk = k == i ? RISK_NONE : risk_between(o, &list->items[k], margin);
            worst = risk > worst ? risk : worst;
            if (risk != RISK_NONE)
                assert_true(strings_hold(&o->risk_with, list->items[k].meeting->uid));
        }
        assert_int_equal(o->risk, worst);
        for (size_t w = 0; w < o->risk_with.count; w++) {
            bool real = false;
            for (size_t k = 0; k < list->count; k++)
                real = real || (k != i && risk_between(o, &list->items[k], margin) != RISK_NONE &&
                                strcmp(o->risk_with.items[w], list->items[k].meeting->uid) == 0);
            assert_true(real);
        }
    }
}

static void test_against_brute_force(void **state)
{
    (void)state;
    static const char *const uids[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    uint32_t seed = 1;
    for (int round = 0; round < 1000; round++) {
        struct arena *arena = arena_new();
        struct meeting meetings[8];
        for (size_t i = 0; i < 8; i++) {
            meetings[i] = meeting_with(uids[i], next_random(&seed) % 2 ? "1111" : "2222",
                                       next_random(&seed) % 8 ? ID_KIND_STATIC : ID_KIND_DYNAMIC);
            meetings[i].status = next_random(&seed) % 8 ? MEETING_SCHEDULED : MEETING_CANCELLED;
        }
        struct occurrences list = {0};
        for (size_t n = next_random(&seed) % 30; n > 0; n--) {
            int64_t start = next_random(&seed) % 300;
            int64_t end = start + next_random(&seed) % (n % 7 ? 12 : 200);
            *vector_push(arena, &list) = during(&meetings[next_random(&seed) % 8], start, end);
        }
        int64_t margin = next_random(&seed) % 10;
        risk_assess(arena, &list, margin);
        check_list(&list, margin);
        arena_free(arena);
    }
}

/* Thousands at the same time: the company is capped, the risk is not. */
static void test_crowd(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct occurrences list = {0};
    struct meeting *meetings = arena_array(arena, 5000, sizeof *meetings);
    for (int i = 0; i < 5000; i++) {
        meetings[i] = meeting_with(arena_format(arena, "m%d", i), "1234567", ID_KIND_STATIC);
        *vector_push(arena, &list) = during(&meetings[i], 0, 1000);
    }
    risk_assess(arena, &list, 0);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(list.items[i].risk, RISK_OVERLAP);
        assert_int_equal(list.items[i].risk_with.count, 100);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_who_bears_one),
        cmocka_unit_test(test_against_brute_force),
        cmocka_unit_test(test_crowd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
