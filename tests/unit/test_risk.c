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

/* Asks for the risk of each occurrence, in slots of the legacy ones alone, as desk does. */
static void assess(struct arena *arena, struct occurrences *list, int64_t margin)
{
    struct arena *scratch = arena_new();
    struct risk_slots slots = {0};
    for (size_t i = 0; i < list->count; i++) {
        struct occurrence *o = &list->items[i];
        if (!meeting_legacy(o->meeting))
            continue;
        *vector_push(scratch, &slots) = (struct risk_slot){
            .conference_id = o->meeting->conference_id,
            .uid = arena_copy(scratch, o->meeting->uid),
            .title = arena_copy(scratch, o->title),
            .start = o->start,
            .end = o->end,
            .asked = o,
        };
    }
    risk_assess(arena, scratch, &slots, margin);
    arena_free(scratch); /* what is told lives in the other arena */
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
        assess(arena, &list, 100);
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
    assess(arena, &list, 900);
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
        assess(arena, &list, margin);
        check_list(&list, margin);
        arena_free(arena);
    }
}

/* Thousands at the same time: few are named, all are counted. */
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
    assess(arena, &list, 0);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(list.items[i].risk, RISK_OVERLAP);
        assert_int_equal(list.items[i].risk_with.count, RISK_WITH_MAX);
        assert_int_equal(list.items[i].risk_with_count, 4999);
    }
    arena_free(arena);
}

/*
 * How many are met, one by one: who is gone when the margin begins, who comes when it ends, and a
 * series whose occurrences stand close counts once.
 */
static void test_counts(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct occurrences list = {0};
    struct meeting *meetings = arena_array(arena, 40, sizeof *meetings);
    struct meeting series = meeting_with("series", "1234567", ID_KIND_STATIC);
    struct meeting asked = meeting_with("asked", "1234567", ID_KIND_STATIC);
    for (int i = 0; i < 40; i++)
        meetings[i] = meeting_with(arena_format(arena, "m%d", i), "1234567", ID_KIND_STATIC);
    *vector_push(arena, &list) = during(&asked, 1000, 2000);
    for (int i = 0; i < 10; i++) /* over 101 and 100 seconds before it begins */
        *vector_push(arena, &list) = during(&meetings[i], 500, i < 5 ? 899 : 900);
    for (int i = 10; i < 20; i++) /* beginning 100 and 101 seconds after it ends */
        *vector_push(arena, &list) = during(&meetings[i], i < 15 ? 2100 : 2101, 3000);
    for (int i = 0; i < 20; i++) /* 200 seconds between two of them */
        *vector_push(arena, &list) = during(&series, 1010 + i * 210, 1020 + i * 210);
    assess(arena, &list, 100);
    assert_int_equal(list.items[0].risk_with.count, RISK_WITH_MAX);
    assert_int_equal(list.items[0].risk_with_count, 11);
    arena_free(arena);
}

/* Somebody who only stands beside is not asked for, and few are counted as they are named. */
static void test_neighbours_alone(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct meeting a = meeting_with("a", "1234567", ID_KIND_STATIC);
    struct occurrence asked = during(&a, 1000, 2000);
    struct risk_slot list[] = {
        {.conference_id = "1234567",
         .uid = "a",
         .title = "a",
         .start = 1000,
         .end = 2000,
         .asked = &asked},
        {.conference_id = "1234567", .uid = "b", .title = "B", .start = 1500, .end = 1600},
        {.conference_id = "1234567", .uid = "b", .title = "B", .start = 1700, .end = 1800},
    };
    struct risk_slots slots = {list, 3, 3};
    risk_assess(arena, arena, &slots, 10);
    assert_int_equal(asked.risk, RISK_OVERLAP);
    assert_int_equal(asked.risk_with_count, 1);
    assert_string_equal(asked.risk_title, "B");
    assert_int_equal(asked.risk_start, 1500);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_who_bears_one),
        cmocka_unit_test(test_against_brute_force),
        cmocka_unit_test(test_crowd),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_neighbours_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
