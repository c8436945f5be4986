/*
 * The decision on a call: every state with the helpdesk's verdict beside the bridge's, the bounds of
 * the times at which callers are let in, and the limits on wrong tries.
 */
#include <base/hash.h>
#include <core/admission.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1800000000, EARLY = 900, GRACE = 1800, ON_ID = 3 };

static const struct admission_rules rules = {
    .early = EARLY, .grace = GRACE, .reveal = 3600, .caller_limit = 10, .trunk_limit = 60};

/* An ID with the occurrences of up to three meetings. */
struct scene {
    struct organizer organizer;
    struct id_record record;
    struct meeting meetings[ON_ID];
    struct lookup lookup;
    struct occurrences around;
};

static void scene_set(struct scene *scene, enum id_kind kind)
{
    *scene = (struct scene){
        .organizer = {.uid = "0a1b", .dial_in = true, .provider = PROVIDER_MICROSOFT, .lang = "de"},
        .record = {.digits = "93907123",
                   .kind = kind,
                   .organizer_uid = "0a1b",
                   .retired_at = INSTANT_NEVER},
    };
    scene->lookup = (struct lookup){.query_kind = QUERY_ID,
                                    .conference_id = "93907123",
                                    .kind = kind,
                                    .organizer = &scene->organizer,
                                    .record = &scene->record,
                                    .at = NOW};
}

/* An occurrence of the meeting of this number, from NOW; of those that stand, near ones count. */
static void scene_add(struct arena *arena, struct scene *scene, int which, int64_t start,
                      int64_t end, bool cancelled)
{
    static const char *const uids[ON_ID] = {"aa-1", "bb-2", "cc-3"};
    struct meeting *meeting = &scene->meetings[which];
    int64_t from, to;
    meeting->uid = uids[which];
    meeting->status = cancelled ? MEETING_CANCELLED : MEETING_SCHEDULED;
    struct occurrence o = {.meeting = meeting, .start = NOW + start, .end = NOW + end};
    *vector_push(arena, &scene->lookup.meetings) = o;
    admission_window(&rules, NOW, &from, &to);
    if (!cancelled && o.start < to && o.end >= from)
        *vector_push(arena, &scene->around) = o;
}

static struct admission decide(struct arena *arena, struct scene *scene,
                               struct admission_tries tries)
{
    lookup_judge(&scene->lookup, EARLY);
    return admission_decide(arena, &scene->lookup, &scene->around, &rules, tries);
}

static void is(const struct admission *a, enum admission_verdict verdict, const char *why)
{
    assert_string_equal(admission_verdict_name(a->verdict), admission_verdict_name(verdict));
    assert_string_equal(admission_why_name(a), why);
}

/* --- times --- */

static const struct {
    int64_t start, end;
    enum admission_verdict verdict;
    const char *why;
    int64_t until, from;
} times[] = {
    {0, 600, ADMISSION_ADMIT, "on", 600 + GRACE, 0},
    {-600, 1, ADMISSION_ADMIT, "on", 1 + GRACE, 0},
    {EARLY, 9999, ADMISSION_ADMIT, "on", 9999 + GRACE, 0},
    {EARLY + 1, 9999, ADMISSION_EARLY, "before", 0, 1},
    {3600, 9999, ADMISSION_EARLY, "before", 0, 3600 - EARLY},
    {3601, 9999, ADMISSION_REFUSE, "upcoming", 0, 0},
    {-600, 0, ADMISSION_ADMIT, "grace", GRACE, 0},
    {-9999, 1 - GRACE, ADMISSION_ADMIT, "grace", 1, 0},
    {-9999, -GRACE, ADMISSION_REFUSE, "ended", 0, 0},
    {0, 0, ADMISSION_ADMIT, "on", 1 + GRACE, 0},
    {-1, -1, ADMISSION_ADMIT, "grace", GRACE, 0},
};

static void test_times(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct arena *arena = arena_new();
        struct scene scene;
        scene_set(&scene, ID_KIND_DYNAMIC);
        scene_add(arena, &scene, 0, times[i].start, times[i].end, false);
        struct admission a = decide(arena, &scene, (struct admission_tries){0});
        bool admit = times[i].verdict == ADMISSION_ADMIT;
        is(&a, times[i].verdict, times[i].why);
        assert_int_equal(a.until, times[i].until);
        assert_int_equal(a.from, times[i].from ? NOW + times[i].from : 0);
        assert_int_equal(a.wrong, times[i].verdict == ADMISSION_REFUSE);
        assert_string_equal(a.room ? a.room : "", admit ? "m-aa-1" : "");
        assert_int_equal(a.meeting != NULL, !a.wrong);
        assert_string_equal(a.lang ? a.lang : "", a.wrong ? "" : "de");
        arena_free(arena);
    }
}

/* A static ID: one room for all, the nearest meeting, and grace that gives way to the next. */
static void test_shared(void **state)
{
    (void)state;
    static const struct {
        int64_t spans[ON_ID][2];
        const char *why;
        int64_t until;
        const char *uid;
    } cases[] = {
        /* the next one lets in after the grace, within it, before the end */
        {{{-600, 600}, {600 + GRACE + EARLY, 9999}}, "on", 600 + GRACE, "aa-1"},
        {{{-600, 600}, {600 + 60 + EARLY, 9999}}, "on", 660, "aa-1"},
        {{{-600, 1200}, {1500, 9999}}, "on", 1200, "aa-1"},
        /* over, and the next one lets in soon */
        {{{-600, -60}, {EARLY + 60, 9999}}, "grace", 60, "aa-1"},
        /* over, and the next one lets in already */
        {{{-600, -60}, {EARLY, 5000}}, "on", 5000 + GRACE, "bb-2"},
        /* side by side: the longest one's closing, and what has begun */
        {{{-600, 600}, {300, 4000}, {-60, 60}}, "on", 4000 + GRACE, "cc-3"},
        {{{-600, 600}, {-600, 600}}, "on", 600 + GRACE, "aa-1"},
        {{{-500, 600}, {-600, 600}}, "on", 600 + GRACE, "aa-1"},
        {{{-900, -800}, {-700, -600}}, "grace", GRACE - 600, "bb-2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct scene scene;
        scene_set(&scene, ID_KIND_STATIC);
        for (int j = 0; j < ON_ID; j++)
            if (cases[i].spans[j][0] != cases[i].spans[j][1])
                scene_add(arena, &scene, j, cases[i].spans[j][0], cases[i].spans[j][1], false);
        struct admission a = decide(arena, &scene, (struct admission_tries){0});
        is(&a, ADMISSION_ADMIT, cases[i].why);
        assert_int_equal(a.until, cases[i].until);
        assert_string_equal(a.meeting->uid, cases[i].uid);
        assert_string_equal(a.room, "o-0a1b");
        arena_free(arena);
    }
}

/* The occurrences of one series share a room: the next one does not cut the grace of the last. */
static void test_series(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct scene scene;
    scene_set(&scene, ID_KIND_DYNAMIC);
    scene_add(arena, &scene, 0, EARLY + 60, 9999, false);
    *vector_push(arena, &scene.around) =
        (struct occurrence){.meeting = &scene.meetings[0], .start = NOW - 600, .end = NOW - 60};
    struct admission a = decide(arena, &scene, (struct admission_tries){0});
    is(&a, ADMISSION_ADMIT, "grace");
    assert_int_equal(a.until, GRACE - 60);
    arena_free(arena);
}

/* --- states --- */

/*
 * Every state that the helpdesk sees, with what the bridge does: nobody is let in to what the
 * helpdesk calls gone, and everybody to what it calls live.
 */
static void test_states(void **state)
{
    (void)state;
    bool seen[ID_STATE_INVALID + 1] = {false};
    for (unsigned bits = 0; bits < 1U << 10; bits++) {
        struct arena *arena = arena_new();
        struct scene scene;
        bool is_static = bits & 1;
        scene_set(&scene, is_static ? ID_KIND_STATIC : ID_KIND_DYNAMIC);
        scene.record.retired = bits & 2;
        scene.organizer.dial_in = !(bits & 4);
        scene.record.replaced_by = bits & 8 ? "16353789" : NULL;
        if (bits & 16)
            scene_add(arena, &scene, 0, bits & 32 ? -60 : 5000, 6000, bits & 64);
        if (bits & 128)
            scene.lookup.record = NULL;
        if (bits & 128 && bits & 512)
            scene.lookup.kind = ID_KIND_FOREIGN;
        if (bits & 256)
            scene.lookup.query_kind = QUERY_NOT_DIGITS;
        struct admission a = decide(arena, &scene, (struct admission_tries){0});
        assert_int_equal(a.state, scene.lookup.state);
        assert_int_equal(a.verdict == ADMISSION_ADMIT, a.state == ID_STATE_LIVE);
        if (a.state != ID_STATE_LIVE)
            is(&a, ADMISSION_REFUSE, id_state_name(a.state));
        seen[a.state] = true;
        arena_free(arena);
    }
    for (size_t i = 0; i <= ID_STATE_INVALID; i++)
        if (!seen[i])
            fail_msg("%s was not met", id_state_name((enum id_state)i));
}

/* Callers of a meeting that was cancelled, moved or switched off are refused, grace or not. */
static void test_gone(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct arena *arena = arena_new();
        struct scene scene;
        scene_set(&scene, ID_KIND_STATIC);
        scene_add(arena, &scene, 0, -600, i == 0 ? 600 : -60, i == 0);
        scene.record.replaced_by = i == 1 ? "16353789" : NULL;
        scene.record.retired = i == 2;
        struct admission a = decide(arena, &scene, (struct admission_tries){0});
        is(&a, ADMISSION_REFUSE, i == 0 ? "cancelled" : i == 1 ? "replaced" : "retired");
        arena_free(arena);
    }
}

/* --- rooms, tries, callers --- */

static void test_rooms(void **state)
{
    (void)state;
    static const char long_uid[] =
        "0123456789012345678901234567890123456789012345678901234567890123"
        "4";
    static const char *const plain[] = {"a", "0-Z", &long_uid[1]};
    static const char *const foreign[] = {"a@b",   "a b",      "",      "${EXEC}",
                                          "a\x1b", "\xc3\xa4", long_uid};
    struct arena *arena = arena_new();
    struct scene scene;
    for (size_t i = 0; i < sizeof plain / sizeof *plain + sizeof foreign / sizeof *foreign; i++) {
        bool as_is = i < sizeof plain / sizeof *plain;
        const char *uid = as_is ? plain[i] : foreign[i - sizeof plain / sizeof *plain];
        char hash[HASH_SIZE];
        hash_bytes(uid, strlen(uid), hash);
        scene_set(&scene, ID_KIND_DYNAMIC);
        scene_add(arena, &scene, 0, -60, 60, false);
        scene.meetings[0].uid = uid;
        struct admission a = decide(arena, &scene, (struct admission_tries){0});
        assert_string_equal(a.room, arena_format(arena, "m-%s", as_is ? uid : hash));
    }
    scene.meetings[0].lang = "en";
    assert_string_equal(decide(arena, &scene, (struct admission_tries){0}).lang, "en");
    arena_free(arena);
}

static void test_tries(void **state)
{
    (void)state;
    static const struct {
        bool right;
        struct admission_tries tries;
        enum admission_verdict verdict;
        const char *why;
    } cases[] = {
        {true, {9, 59}, ADMISSION_ADMIT, "on"},
        {true, {10, 0}, ADMISSION_SLOW_DOWN, "caller limit"},
        {true, {9, 60}, ADMISSION_ADMIT, "on"},
        {false, {9, 59}, ADMISSION_REFUSE, "unknown"},
        {false, {9, 60}, ADMISSION_SLOW_DOWN, "trunk limit"},
        {false, {10, 60}, ADMISSION_SLOW_DOWN, "caller limit"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct scene scene;
        scene_set(&scene, ID_KIND_DYNAMIC);
        scene_add(arena, &scene, 0, -60, 60, false);
        if (!cases[i].right)
            scene.lookup.record = NULL;
        struct admission a = decide(arena, &scene, cases[i].tries);
        is(&a, cases[i].verdict, cases[i].why);
        assert_int_equal(a.wrong, !cases[i].right);
        assert_int_equal(a.room != NULL, a.verdict == ADMISSION_ADMIT);
        arena_free(arena);
    }
}

static void test_rules(void **state)
{
    (void)state;
    struct organization organization = {.early_minutes = 5, .grace_minutes = 7};
    struct admission_rules of = admission_rules(&organization);
    assert_int_equal(of.early, 300);
    assert_int_equal(of.grace, 420);
    assert_int_equal(of.reveal, 3600);
    assert_int_equal(of.caller_limit, 10);
    assert_int_equal(of.trunk_limit, 60);
    int64_t from, to;
    admission_window(&of, NOW, &from, &to);
    assert_int_equal(from, NOW - 421);
    assert_int_equal(to, NOW + 3601);
    of.early = 7200;
    admission_window(&of, NOW, &from, &to);
    assert_int_equal(to, NOW + 7201);
}

static void test_callers(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"+1 323-849-4874", "+1323-849-4874", "…4874"},
        {"1001", "1001", "…1001"},
        {"12", "12", "…12"},
        {"Anonymous", "", ""},
        {" un known ", "", ""},
        {NULL, "", ""},
        {"", "", ""},
        {"\x1b[31m\"<49>\n\r\xff", "31m49", "…1m49"},
        {"alice@example.org", "alice@example.org", "….org"},
    };
    struct arena *arena = arena_new();
    char out[CALLER_SIZE], longest[300];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(caller_normalize(cases[i][0], out), cases[i][1][0] != '\0');
        assert_string_equal(out, cases[i][1]);
        assert_string_equal(caller_mask(arena, out), cases[i][2]);
    }
    memset(longest, '7', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_true(caller_normalize(longest, out));
    assert_int_equal(strlen(out), CALLER_SIZE - 1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),   cmocka_unit_test(test_shared),
        cmocka_unit_test(test_series),  cmocka_unit_test(test_states),
        cmocka_unit_test(test_gone),    cmocka_unit_test(test_rooms),
        cmocka_unit_test(test_tries),   cmocka_unit_test(test_rules),
        cmocka_unit_test(test_callers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
