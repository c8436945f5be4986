/*
 * Conference IDs in the store: issued once and far from others, retired, rested, taken from
 * elsewhere, and counted. For both engines.
 */
#include "store_support.h"

#include <base/random.h>
#include <pthread.h>
#include <string.h>

static const int64_t quarantine = INT64_C(365) * DAY;

static struct id_record id_get(struct world *w, const char *digits)
{
    struct id_record record = {0};
    OK(store_id_get(w->arena, w->store, digits, &record));
    return record;
}

static int64_t live_of(struct world *w, int length)
{
    int64_t live[ID_SIZE];
    OK(store_id_live_counts(w->store, live));
    return live[length];
}

static void test_issue(void **state)
{
    struct world *w = *state;
    struct meeting m = meeting_of("m-1", "Budget", WORLD_NOW + HOUR, HOUR);
    schedule(w, &m, WORLD_NOW);
    assert_int_equal(strlen(m.conference_id), 8);
    struct id_record record = id_get(w, m.conference_id);
    assert_int_equal(record.kind, ID_KIND_DYNAMIC);
    assert_string_equal(record.organizer_uid, "org-ada");
    assert_string_equal(record.meeting_uid, "m-1");
    assert_false(record.retired);
    assert_true(record.drawn);
    assert_true(record.issued == WORLD_NOW);
    assert_true(record.retired_at == INSTANT_NEVER);
    assert_true(record.reserved_until == m.span_end + quarantine);
    assert_null(record.replaced_by);
    assert_int_equal(live_of(w, 8), 1);
    assert_int_equal(store_id_get(w->arena, w->store, "10203040", &record), ERR_NOT_FOUND);
    assert_string_equal(check_text(w), "");
}

/* A second live dynamic ID of one meeting is refused by the store itself. */
static void test_one_live_id_a_meeting(void **state)
{
    struct world *w = *state;
    char digits[ID_SIZE];
    struct meeting m = meeting_of("m-1", "Budget", WORLD_NOW + HOUR, HOUR);
    schedule(w, &m, WORLD_NOW);
    OK(store_begin(w->store, true));
    enum err err = store_id_issue(w->store, world_random(w), 8, "org-ada", "m-1", INSTANT_NEVER,
                                  WORLD_NOW, digits, NULL);
    assert_int_equal(err ? err : store_commit(w->store), ERR_CONFLICT);
    store_rollback(w->store);
}

/* An ID without its meeting does not survive the commit. */
static void test_id_without_meeting(void **state)
{
    struct world *w = *state;
    char digits[ID_SIZE];
    OK(store_begin(w->store, true));
    OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "ghost", INSTANT_NEVER, WORLD_NOW,
                      digits, NULL));
    assert_int_not_equal(store_commit(w->store), ERR_OK);
    store_rollback(w->store);
    assert_int_equal(live_of(w, 8), 0);
}

/* From the same seed the first draw for the second meeting is the first meeting's ID. */
static void test_same_draw_is_passed_over(void **state)
{
    struct world *w = *state;
    char digits[ID_SIZE];
    int draws = 0;
    uint64_t seed = w->seed;
    struct meeting a = meeting_of("m-1", "Budget", WORLD_NOW + HOUR, HOUR);
    struct meeting b = meeting_of("m-2", "Budget", WORLD_NOW + HOUR, HOUR);
    schedule(w, &a, WORLD_NOW);
    w->seed = seed;
    OK(store_begin(w->store, true));
    OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "m-2", INSTANT_NEVER, WORLD_NOW,
                      digits, &draws));
    OK(store_meeting_put(w->store, &b));
    store_rollback(w->store);
    assert_int_equal(draws, 2);
    assert_string_not_equal(digits, a.conference_id);
}

/* What the seed draws first, drawn and given up. */
static uint64_t first_draw(struct world *w, char first[ID_SIZE])
{
    uint64_t seed = w->seed;
    OK(store_begin(w->store, true));
    OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "x", INSTANT_NEVER, WORLD_NOW, first,
                      NULL));
    store_rollback(w->store);
    return seed;
}

/* An ID with a digit less or more is somebody's: the draw is passed over. */
static void test_lengths_are_passed_over(void **state)
{
    struct world *w = *state;
    char lengths[ID_LENGTHS_MAX][ID_SIZE], first[ID_SIZE], digits[ID_SIZE];
    uint64_t seed = first_draw(w, first);
    size_t count = conference_id_lengths(first, true, true, lengths);
    assert_true(count > 82 + 5);
    for (size_t i = 0; i < count; i++) {
        int draws = 0;
        w->seed = seed;
        OK(store_begin(w->store, true));
        OK(store_id_take(w->store, lengths[i], ID_KIND_STATIC, "org-ada", NULL, INSTANT_NEVER,
                         WORLD_NOW));
        OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "x", INSTANT_NEVER, WORLD_NOW,
                          digits, &draws));
        store_rollback(w->store);
        if (strcmp(digits, first) == 0 || draws < 2)
            fail_msg("%s was issued beside %s", digits, lengths[i]);
    }
}

/* What is taken a slip from others is told, and both bear the mark; an ID that rests no more not. */
static void test_near_is_marked(void **state)
{
    struct world *w = *state;
    static const char *const ids[] = {"93907123", "93907132", "93907124", "50271864", "9390712"};
    struct strings near = {0};
    OK(store_begin(w->store, true));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        OK(store_id_take(w->store, ids[i], ID_KIND_STATIC, "org-ada", NULL, INSTANT_NEVER,
                         WORLD_NOW));
    OK(store_id_retire(w->store, "93907132", WORLD_NOW, WORLD_NOW + 10, NULL));
    assert_false(id_get(w, "93907123").near);
    OK(store_id_near(w->arena, w->store, "93907123", WORLD_NOW + 10, &near));
    assert_int_equal(near.count, 1);
    assert_string_equal(near.items[0], "93907124");
    assert_false(id_get(w, "93907132").near);
    OK(store_id_near(w->arena, w->store, "93907123", WORLD_NOW + 9, &near));
    assert_int_equal(near.count, 3);
    static const bool marked[] = {true, true, true, false, false};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_int_equal(id_get(w, ids[i]).near, marked[i]);
    OK(store_commit(w->store));
    /* of the two that live, or of the three that are held, each pair is a note and no finding */
    struct strings findings = {0}, notes = {0};
    OK(store_check(w->arena, w->store, (struct check_times){WORLD_NOW + 10, WORLD_NOW}, &findings,
                   &notes));
    assert_int_equal(findings.count, 0);
    assert_int_equal(notes.count, 1);
    assert_string_equal(notes.items[0], "conference IDs are one slip apart, one of them taken from "
                                        "elsewhere: 93907123 93907124");
}

/*
 * Takes everything within a slip of what the seed draws first, one at a time, and looks whether the
 * draw is passed over.
 */
static void test_slips_are_passed_over(void **state)
{
    struct world *w = *state;
    char slips[ID_SLIPS_MAX][ID_SIZE], first[ID_SIZE], digits[ID_SIZE];
    uint64_t seed = w->seed;
    OK(store_begin(w->store, true));
    OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "x", INSTANT_NEVER, WORLD_NOW, first,
                      NULL));
    store_rollback(w->store);
    size_t count = conference_id_slips(first, slips);
    assert_true(count > 70);
    for (size_t i = 0; i < count; i++) {
        int draws = 0;
        w->seed = seed;
        OK(store_begin(w->store, true));
        OK(store_id_take(w->store, slips[i], ID_KIND_STATIC, "org-ada", NULL, INSTANT_NEVER,
                         WORLD_NOW));
        OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "x", INSTANT_NEVER, WORLD_NOW,
                          digits, &draws));
        store_rollback(w->store);
        if (strcmp(digits, first) == 0 || draws < 2)
            fail_msg("%s was issued beside %s", digits, slips[i]);
    }
}

/*
 * When the seed's first draw rests in quarantine it is passed over; a second later it is renewed.
 */
static void test_quarantine(void **state)
{
    struct world *w = *state;
    uint64_t seed = w->seed;
    struct meeting a = meeting_of("m-1", "Budget", WORLD_NOW + HOUR, HOUR);
    struct meeting b = meeting_of("m-2", "Budget", WORLD_NOW + HOUR, HOUR);
    char digits[ID_SIZE];
    schedule(w, &a, WORLD_NOW);
    OK(store_begin(w->store, true));
    OK(store_id_retire(w->store, a.conference_id, WORLD_NOW, WORLD_NOW + 100, "93907123"));
    OK(store_commit(w->store));
    struct id_record record = id_get(w, a.conference_id);
    assert_true(record.retired);
    assert_true(record.retired_at == WORLD_NOW);
    assert_true(record.reserved_until == WORLD_NOW + 100);
    assert_string_equal(record.replaced_by, "93907123");
    assert_int_equal(live_of(w, 8), 0);
    for (int64_t later = 99; later <= 100; later++) {
        w->seed = seed;
        OK(store_begin(w->store, true));
        OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "m-2", INSTANT_NEVER,
                          WORLD_NOW + later, digits, NULL));
        if (later == 99) {
            assert_string_not_equal(digits, a.conference_id);
            store_rollback(w->store);
            continue;
        }
        OK(store_meeting_put(w->store, &b));
        OK(store_commit(w->store));
        assert_string_equal(digits, a.conference_id);
        record = id_get(w, digits);
        assert_false(record.retired);
        assert_null(record.replaced_by);
        assert_string_equal(record.meeting_uid, "m-2");
        assert_int_equal(live_of(w, 8), 1);
    }
}

/*
 * IDs whose meeting is over leave the live ones, but stay reserved; a meeting that moves on takes
 * its ID with it.
 */
static void test_rest_and_reserve(void **state)
{
    struct world *w = *state;
    struct meeting m[3];
    for (int i = 0; i < 3; i++) {
        m[i] =
            meeting_of(arena_format(w->arena, "m-%d", i), "x", WORLD_NOW + i * (int64_t)DAY, HOUR);
        schedule(w, &m[i], WORLD_NOW - DAY);
    }
    struct meeting open = meeting_of("open", "x", WORLD_NOW, HOUR);
    open.span_end = INSTANT_NEVER;
    schedule(w, &open, WORLD_NOW - DAY);
    assert_int_equal(live_of(w, 8), 4);
    OK(store_begin(w->store, true));
    OK(store_ids_rest(w->store, WORLD_NOW + 2 * DAY, 1));
    OK(store_commit(w->store));
    assert_int_equal(live_of(w, 8), 3);
    OK(store_begin(w->store, true));
    OK(store_ids_rest(w->store, WORLD_NOW + 2 * DAY, 100));
    OK(store_commit(w->store));
    assert_int_equal(live_of(w, 8), 2);
    assert_false(id_get(w, m[0].conference_id).retired);
    assert_true(id_get(w, m[0].conference_id).reserved_until == m[0].span_end + quarantine);
    struct strings findings = {0};
    OK(store_check(w->arena, w->store, (struct check_times){WORLD_NOW + 2 * DAY, WORLD_NOW},
                   &findings, NULL));
    assert_int_equal(findings.count, 0);
    OK(store_begin(w->store, true));
    OK(store_id_reserve(w->store, m[0].conference_id, WORLD_NOW + 9 * (int64_t)DAY + quarantine));
    OK(store_ids_rest(w->store, WORLD_NOW + 9 * (int64_t)DAY - 1, 100));
    OK(store_commit(w->store));
    assert_int_equal(live_of(w, 8), 2); /* it and the open one: the last of the three has ended */
    OK(store_begin(w->store, true));
    OK(store_ids_rest(w->store, WORLD_NOW + 9 * (int64_t)DAY, 100));
    assert_int_equal(live_of(w, 8), 1);
    OK(store_id_reserve(w->store, m[0].conference_id, INSTANT_NEVER));
    assert_int_equal(live_of(w, 8), 2);
    OK(store_commit(w->store));
    assert_true(id_get(w, m[0].conference_id).reserved_until == INSTANT_NEVER);
}

/*
 * What was retired comes back to whom it had; after its quarantine only where nobody came a slip
 * away.
 */
static void test_revive(void **state)
{
    struct world *w = *state;
    const int64_t later = WORLD_NOW + 20 * (int64_t)DAY;
    struct meeting m = meeting_of("m-1", "Budget", WORLD_NOW + HOUR, HOUR);
    put_meeting(w, &m);
    OK(store_begin(w->store, true));
    OK(store_id_take(w->store, "93907123", ID_KIND_DYNAMIC, "org-ada", "m-1",
                     m.span_end + quarantine, WORLD_NOW));
    OK(store_id_retire(w->store, "93907123", WORLD_NOW, WORLD_NOW + DAY, NULL));
    assert_int_equal(live_of(w, 8), 0);
    OK(store_id_revive(w->store, "93907123", m.span_end + quarantine, WORLD_NOW));
    assert_int_equal(live_of(w, 8), 1);
    OK(store_id_retire(w->store, "93907123", WORLD_NOW, WORLD_NOW + DAY, NULL));
    OK(store_id_revive(w->store, "93907123", m.span_end + quarantine, later));
    assert_int_equal(live_of(w, 8), 1);
    OK(store_id_retire(w->store, "93907123", WORLD_NOW, WORLD_NOW + DAY, NULL));
    OK(store_id_take(w->store, "93907124", ID_KIND_STATIC, "org-ada", NULL, INSTANT_NEVER,
                     WORLD_NOW + 2 * DAY));
    OK(store_id_revive(w->store, "93907123", m.span_end + quarantine, WORLD_NOW));
    OK(store_id_retire(w->store, "93907123", WORLD_NOW, WORLD_NOW + DAY, NULL));
    assert_int_equal(store_id_revive(w->store, "93907123", m.span_end + quarantine, later),
                     ERR_REFUSED);
    assert_int_equal(store_id_revive(w->store, "10203040", later, later), ERR_NOT_FOUND);
    OK(store_commit(w->store));
    assert_true(id_get(w, "93907123").retired);
    assert_false(id_get(w, "93907123").drawn); /* it was taken as it was */
    assert_int_equal(live_of(w, 8), 1);
}

/* At 90,000 live IDs of eight digits the next one gets nine, as the guess would be too easy. */
static void test_length_grows(void **state)
{
    struct world *w = *state;
    char digits[ID_SIZE];
    behind_its_back(w, "UPDATE id_count SET live = 89999 WHERE length = 8");
    OK(store_begin(w->store, true));
    OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "a", INSTANT_NEVER, WORLD_NOW,
                      digits, NULL));
    assert_int_equal(strlen(digits), 8);
    OK(store_id_issue(w->store, world_random(w), 8, "org-ada", "b", INSTANT_NEVER, WORLD_NOW,
                      digits, NULL));
    assert_int_equal(strlen(digits), 9);
    OK(store_id_issue(w->store, world_random(w), 10, "org-ada", "c", INSTANT_NEVER, WORLD_NOW,
                      digits, NULL));
    assert_int_equal(strlen(digits), 10);
    store_rollback(w->store);
    assert_non_null(strstr(check_text(w), "count of live IDs is wrong for length 8"));
}

static void test_issue_static(void **state)
{
    struct world *w = *state;
    char first[ID_SIZE], second[ID_SIZE];
    struct organizer ada;
    OK(store_begin(w->store, true));
    OK(store_id_issue_static(w->store, world_random(w), 7, "org-ada", WORLD_NOW, first));
    OK(store_commit(w->store));
    assert_int_equal(strlen(first), 7);
    assert_int_equal(id_get(w, first).kind, ID_KIND_STATIC);
    assert_null(id_get(w, first).meeting_uid);
    assert_int_equal(live_of(w, 7), 1);
    OK(store_organizer_by_uid(w->arena, w->store, "org-ada", &ada));
    assert_string_equal(ada.static_id, first);
    /* a reset: the old one retires and leaves the organizer */
    OK(store_begin(w->store, true));
    OK(store_id_retire(w->store, first, WORLD_NOW, INSTANT_NEVER, NULL));
    OK(store_organizer_by_uid(w->arena, w->store, "org-ada", &ada));
    assert_null(ada.static_id);
    OK(store_id_issue_static(w->store, world_random(w), 7, "org-ada", WORLD_NOW, second));
    OK(store_commit(w->store));
    assert_string_not_equal(first, second);
    assert_int_equal(live_of(w, 7), 1);
    assert_string_equal(check_text(w), "");
}

static enum err take(struct world *w, const char *digits, enum id_kind kind, const char *organizer,
                     const char *meeting)
{
    enum err err = store_begin(w->store, true);
    if (!err)
        err = store_id_take(w->store, digits, kind, organizer, meeting, WORLD_NOW + DAY, WORLD_NOW);
    if (!err)
        err = store_commit(w->store);
    if (err)
        store_rollback(w->store);
    return err;
}

static void test_take(void **state)
{
    struct world *w = *state;
    put_organizer(w, "org-bob", "bob@example.org");
    struct meeting m = meeting_of("m-1", "x", WORLD_NOW, HOUR),
                   n = meeting_of("m-2", "x", WORLD_NOW, HOUR);
    struct meeting own = meeting_of("m-3", "x", WORLD_NOW, HOUR);
    put_meeting(w, &m);
    put_meeting(w, &n);
    schedule(w, &own, WORLD_NOW);
    const struct {
        const char *digits;
        enum id_kind kind;
        const char *organizer, *meeting;
        enum err err;
    } cases[] = {
        {"0815", ID_KIND_STATIC, "org-ada", NULL, ERR_OK},
        {"0815", ID_KIND_STATIC, "org-ada", NULL, ERR_OK},
        {"0815", ID_KIND_STATIC, "org-bob", NULL, ERR_REFUSED},
        {"0815", ID_KIND_DYNAMIC, "org-ada", "m-1", ERR_REFUSED},
        {"815", ID_KIND_STATIC, "org-ada", NULL, ERR_INVALID},
        {"1234567890123", ID_KIND_STATIC, "org-ada", NULL, ERR_INVALID},
        {"12x4", ID_KIND_STATIC, "org-ada", NULL, ERR_INVALID},
        {"93907123", ID_KIND_DYNAMIC, "org-ada", "m-1", ERR_OK},
        {"93907123", ID_KIND_DYNAMIC, "org-ada", "m-1", ERR_OK},
        {"93907123", ID_KIND_DYNAMIC, "org-ada", "m-2", ERR_REFUSED},
        {"93907123", ID_KIND_STATIC, "org-ada", NULL, ERR_REFUSED},
        {own.conference_id, ID_KIND_STATIC, "org-ada", NULL, ERR_REFUSED},
        {own.conference_id, ID_KIND_DYNAMIC, "org-ada", "m-2", ERR_REFUSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (take(w, cases[i].digits, cases[i].kind, cases[i].organizer, cases[i].meeting) !=
            cases[i].err)
            fail_msg("case %zu: %s", i, cases[i].digits);
    assert_int_equal(live_of(w, 4), 1);
    assert_int_equal(live_of(w, 8), 2);
    OK(store_begin(w->store, true));
    OK(store_id_retire(w->store, "0815", WORLD_NOW, INSTANT_NEVER, NULL));
    OK(store_commit(w->store));
    assert_int_equal(take(w, "0815", ID_KIND_STATIC, "org-bob", NULL), ERR_REFUSED);
    assert_int_equal(take(w, "0815", ID_KIND_STATIC, "org-ada", NULL), ERR_OK); /* lives again */
    assert_false(id_get(w, "0815").retired);
    assert_int_equal(live_of(w, 4), 1);
}

/*
 * Two meetings came with one ID of their own each, which was the same: it was a static one all
 * along.
 */
static void test_make_static(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 2; i++) {
        struct meeting m = meeting_of(i ? "m-2" : "m-1", "x", WORLD_NOW, HOUR);
        m.conference_id = "93907123";
        m.id_kind = ID_KIND_DYNAMIC;
        put_meeting(w, &m);
        if (i == 0)
            assert_int_equal(take(w, "93907123", ID_KIND_DYNAMIC, "org-ada", "m-1"), ERR_OK);
    }
    OK(store_begin(w->store, true));
    OK(store_id_make_static(w->store, "93907123", WORLD_NOW + 5));
    OK(store_commit(w->store));
    assert_int_equal(id_get(w, "93907123").kind, ID_KIND_STATIC);
    assert_int_equal(live_of(w, 8), 1);
    for (int i = 0; i < 2; i++) {
        struct meeting m;
        OK(store_meeting_get(w->arena, w->store, i ? "m-2" : "m-1", &m));
        assert_int_equal(m.id_kind, ID_KIND_STATIC);
        assert_int_equal(m.version, 2);
        assert_true(m.changed == WORLD_NOW + 5);
    }
    assert_string_equal(check_text(w), "");
}

static void test_ids_among(void **state)
{
    struct world *w = *state;
    const char *digits[] = {"1111", "2222", "3333", "4444"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(take(w, digits[i], ID_KIND_STATIC, "org-ada", NULL), ERR_OK);
    OK(store_begin(w->store, true));
    OK(store_id_retire(w->store, "2222", WORLD_NOW, INSTANT_NEVER, NULL));
    OK(store_commit(w->store));
    struct strings candidates = {digits, 4, 4};
    struct id_records found = {0};
    OK(store_ids_among(w->arena, w->store, &candidates, &found));
    assert_int_equal(found.count, 2);
    assert_string_equal(found.items[0].digits, "1111");
    assert_string_equal(found.items[1].digits, "3333");
    assert_int_equal(store_organizer_static_id(w->store, "org-ada", "2222"), ERR_REFUSED);
    assert_int_equal(store_organizer_static_id(w->store, "org-ada", "9999"), ERR_REFUSED);
}

/*
 * --- many at once ------------------------------------------------------------------------------
 */

enum { WRITERS = 8, MEETINGS_EACH = 25 };

struct writer {
    const struct world *world;
    int number;
    char digits[MEETINGS_EACH][ID_SIZE];
    struct error error;
};

static enum err write_one(struct store *store, struct arena *arena, struct writer *writer, int i)
{
    struct meeting m =
        meeting_of(arena_format(arena, "w%d-%d", writer->number, i), "x", WORLD_NOW, HOUR);
    enum err err = store_begin(store, true);
    if (err)
        return err;
    err = store_id_issue(store, random_kernel(), 8, "org-ada", m.uid, INSTANT_NEVER,
                         WORLD_NOW - DAY, writer->digits[i], NULL);
    m.conference_id = writer->digits[i];
    m.id_kind = ID_KIND_DYNAMIC;
    if (!err)
        err = store_meeting_put(store, &m);
    if (!err)
        err = store_commit(store);
    if (err)
        store_rollback(store);
    return err;
}

static void *writer_run(void *self)
{
    struct writer *writer = self;
    struct arena *arena = arena_new();
    struct store *store = NULL;
    enum err err =
        store_open(writer->world->where, DB_WRITE, &world_wait, &store, NULL, &writer->error);
    for (int i = 0; i < MEETINGS_EACH && !err; i++)
        err = write_one(store, arena, writer, i);
    store_close(store);
    arena_free(arena);
    return NULL;
}

static void test_many_at_once(void **state)
{
    struct world *w = *state;
    static struct writer writers[WRITERS];
    pthread_t threads[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.world = w, .number = i};
        assert_int_equal(pthread_create(&threads[i], NULL, writer_run, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        expect_ok(writers[i].error.code, &writers[i].error);
    }
    assert_int_equal(live_of(w, 8), WRITERS * MEETINGS_EACH);
    for (int i = 0; i < WRITERS * MEETINGS_EACH; i++)
        for (int j = 0; j < i; j++) {
            const char *a = writers[i / MEETINGS_EACH].digits[i % MEETINGS_EACH];
            const char *b = writers[j / MEETINGS_EACH].digits[j % MEETINGS_EACH];
            assert_string_not_equal(a, b);
            assert_int_equal(conference_id_slip(a, b), ID_SLIP_NONE);
        }
    assert_string_equal(check_text(w), "");
}

/* Somebody else's commit shows in the mark; one's own or a rollback need not. */
static void test_change_mark(void **state)
{
    struct world *w = *state;
    int64_t before, after;
    struct store *other = world_connect(w);
    OK(store_change_mark(w->store, &before));
    OK(store_change_mark(w->store, &after));
    assert_true(before == after);
    struct history_entry entry = {.at = WORLD_NOW, .actor = "a", .event = "b", .detail = ""};
    OK(store_begin(other, true));
    OK(store_history_add(other, &entry));
    OK(store_commit(other));
    OK(store_change_mark(w->store, &after));
    assert_true(before != after);
    store_close(other);
}

/* Two consoles edit one meeting: the second is told. */
static void test_two_editors(void **state)
{
    struct world *w = *state;
    struct meeting m = meeting_of("m-1", "Budget", WORLD_NOW, HOUR), mine, theirs;
    put_meeting(w, &m);
    struct store *other = world_connect(w);
    OK(store_meeting_get(w->arena, w->store, "m-1", &mine));
    OK(store_meeting_get(w->arena, other, "m-1", &theirs));
    theirs.title = "Theirs";
    OK(store_begin(other, true));
    OK(store_meeting_put(other, &theirs));
    OK(store_commit(other));
    store_close(other);
    mine.title = "Mine";
    OK(store_begin(w->store, true));
    assert_int_equal(store_meeting_put(w->store, &mine), ERR_CONFLICT);
    store_rollback(w->store);
    OK(store_meeting_get(w->arena, w->store, "m-1", &mine));
    assert_string_equal(mine.title, "Theirs");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_issue),
        CASE(test_one_live_id_a_meeting),
        CASE(test_id_without_meeting),
        CASE(test_same_draw_is_passed_over),
        CASE(test_lengths_are_passed_over),
        CASE(test_near_is_marked),
        CASE(test_slips_are_passed_over),
        CASE(test_quarantine),
        CASE(test_rest_and_reserve),
        CASE(test_revive),
        CASE(test_length_grows),
        CASE(test_issue_static),
        CASE(test_take),
        CASE(test_make_static),
        CASE(test_ids_among),
        CASE(test_many_at_once),
        CASE(test_change_mark),
        CASE(test_two_editors),
    };
    return cmocka_run_group_tests_name("ids", tests, NULL, NULL);
}
