/*
 * The life of an ID: every state from what leads to it, the order of meetings, and what the caller
 * is told before the caller check and after it.
 */
#include <core/lookup.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1800000000, EARLY = 900 };

/* One meeting's fate: its start and end from NOW, and whether it was cancelled. */
struct fate {
    int64_t start, end;
    bool cancelled;
};

struct state_case {
    const char *name;
    enum id_kind kind;
    bool retired, off; /* the record; the organizer's dial-in */
    int64_t retired_at;
    struct fate uses[2], moved;
    const char *replaced_by;
    enum id_state state;
    const char *new_id;
};

#define D ID_KIND_DYNAMIC
#define S ID_KIND_STATIC

static const struct state_case cases[] = {
    {.name = "on", .kind = D, .uses = {{-60, 60}}, .state = ID_STATE_LIVE},
    {.name = "early", .kind = D, .uses = {{EARLY, 9999}}, .state = ID_STATE_LIVE},
    {.name = "too early", .kind = D, .uses = {{EARLY + 1, 9999}}, .state = ID_STATE_UPCOMING},
    {.name = "at its end", .kind = D, .uses = {{-60, 0}}, .state = ID_STATE_ENDED},
    {.name = "at its start", .kind = D, .uses = {{0, 60}}, .state = ID_STATE_LIVE},
    {.name = "over, housekept",
     .kind = D,
     .retired = true,
     .retired_at = NOW,
     .uses = {{-90, -60}},
     .state = ID_STATE_ENDED},
    {.name = "cancelled",
     .kind = D,
     .retired = true,
     .retired_at = NOW,
     .uses = {{60, 90, true}},
     .state = ID_STATE_CANCELLED},
    {.name = "switched off",
     .kind = D,
     .off = true,
     .uses = {{-60, 60}},
     .state = ID_STATE_DISABLED},
    {.name = "off, over", .kind = D, .off = true, .uses = {{-90, -60}}, .state = ID_STATE_ENDED},
    {.name = "shared, one on", .kind = S, .uses = {{5000, 6000}, {-9, 9}}, .state = ID_STATE_LIVE},
    {.name = "shared, one cancelled",
     .kind = S,
     .uses = {{-9, 9, true}, {5000, 6000}},
     .state = ID_STATE_UPCOMING},
    {.name = "one stayed, one moved",
     .kind = S,
     .uses = {{5000, 6000}},
     .moved = {60, 90},
     .state = ID_STATE_UPCOMING,
     .new_id = "16353789"},
    {.name = "all moved",
     .kind = S,
     .retired = true,
     .retired_at = NOW - 5,
     .moved = {60, 90},
     .state = ID_STATE_REPLACED,
     .new_id = "16353789"},
    {.name = "replaced by the record",
     .kind = S,
     .retired = true,
     .retired_at = NOW - 5,
     .replaced_by = "55555",
     .state = ID_STATE_REPLACED,
     .new_id = "55555"},
    {.name = "reset", .kind = S, .retired = true, .retired_at = NOW - 5, .state = ID_STATE_RETIRED},
    {.name = "reset, still named",
     .kind = S,
     .retired = true,
     .retired_at = NOW - 5,
     .uses = {{5000, 6000}},
     .state = ID_STATE_RETIRED},
    {.name = "before the reset",
     .kind = S,
     .retired = true,
     .retired_at = NOW + 5,
     .uses = {{-9, 9}},
     .state = ID_STATE_LIVE},
    {.name = "static, unused", .kind = S, .state = ID_STATE_ENDED},
    {.name = "static, unused and off", .kind = S, .off = true, .state = ID_STATE_DISABLED},
    {.name = "reset this second",
     .kind = S,
     .retired = true,
     .retired_at = NOW,
     .uses = {{-9, 9}},
     .state = ID_STATE_RETIRED},
    {.name = "reset, nobody knows when",
     .kind = S,
     .retired = true,
     .retired_at = INSTANT_NEVER,
     .uses = {{-9, 9}},
     .state = ID_STATE_RETIRED},
    {.name = "reset, its meeting over",
     .kind = S,
     .retired = true,
     .retired_at = NOW - 5,
     .uses = {{-90, -60}},
     .state = ID_STATE_RETIRED},
    {.name = "reset, its meeting cancelled",
     .kind = S,
     .retired = true,
     .retired_at = NOW - 5,
     .uses = {{60, 90, true}},
     .state = ID_STATE_RETIRED},
    {.name = "retired, no meeting carries it",
     .kind = D,
     .retired = true,
     .retired_at = NOW - 5,
     .state = ID_STATE_RETIRED},
    {.name = "static, its meeting over", .kind = S, .uses = {{-90, -60}}, .state = ID_STATE_ENDED},
    {.name = "cancelled, not yet retired",
     .kind = D,
     .uses = {{60, 90, true}},
     .state = ID_STATE_CANCELLED},
    {.name = "no meeting carries it", .kind = D, .state = ID_STATE_ENDED},
};

struct scene {
    struct organizer organizer;
    struct meeting meetings[3];
    struct id_record record;
    struct lookup lookup;
};

static void scene_add(struct arena *arena, struct scene *scene, int which, struct fate fate,
                      const char *new_id)
{
    static const char *const titles[] = {"Weekly", "Budget", "Review"};
    if (fate.start == fate.end)
        return;
    scene->meetings[which] = (struct meeting){.uid = titles[which], .title = titles[which]};
    scene->meetings[which].status = fate.cancelled ? MEETING_CANCELLED : MEETING_SCHEDULED;
    struct occurrence o = {.meeting = &scene->meetings[which], .title = titles[which]};
    o.start = NOW + fate.start;
    o.end = NOW + fate.end;
    if (new_id)
        *vector_push(arena, &scene->lookup.moved) = (struct moved_meeting){o, new_id};
    else
        *vector_push(arena, &scene->lookup.meetings) = o;
}

static void scene_set(struct arena *arena, struct scene *scene, const struct state_case *c)
{
    *scene = (struct scene){0};
    scene->organizer = (struct organizer){.email = "ada@example.com", .name = "Ada Lovelace"};
    scene->organizer.dial_in = !c->off;
    scene->organizer.provider = PROVIDER_MICROSOFT;
    scene->record =
        (struct id_record){.digits = "93907123", .kind = c->kind, .retired = c->retired};
    scene->record.retired_at = c->retired ? c->retired_at : INSTANT_NEVER;
    scene->record.replaced_by = c->replaced_by;
    scene->lookup.conference_id = "93907123";
    scene->lookup.query_kind = QUERY_ID;
    scene->lookup.kind = c->kind;
    scene->lookup.organizer = &scene->organizer;
    scene->lookup.record = &scene->record;
    scene->lookup.at = NOW;
    scene->lookup.zone = zone_utc();
    scene_add(arena, scene, 0, c->uses[0], NULL);
    scene_add(arena, scene, 1, c->uses[1], NULL);
    scene_add(arena, scene, 2, c->moved, "16353789");
}

/* In the order of `cases`. */
static const char *const keys[] = {
    "say.live",     "say.live",        "say.upcoming",  "say.ended",
    "say.live",     "say.ended",       "say.cancelled", "say.disabled",
    "say.ended",    "say.live_shared", "say.upcoming",  "say.upcoming_shared",
    "say.replaced", "say.replaced",    "say.retired",   "say.retired",
    "say.live",     "say.unused",      "say.disabled",  "say.retired",
    "say.retired",  "say.retired",     "say.retired",   "say.retired",
    "say.ended",    "say.cancelled",   "say.unused",
};
_Static_assert(sizeof keys / sizeof *keys == sizeof cases / sizeof *cases, "a key for each case");

static void test_states(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct scene scene;
        scene_set(arena, &scene, &cases[i]);
        lookup_judge(&scene.lookup, EARLY);
        if (scene.lookup.state != cases[i].state)
            fail_msg("%s: %s", cases[i].name, id_state_name(scene.lookup.state));
        assert_string_equal(scene.lookup.replaced_by ? scene.lookup.replaced_by : "",
                            cases[i].new_id ? cases[i].new_id : "");
        struct saying saying = lookup_saying(&scene.lookup);
        assert_string_equal(saying.key, keys[i]);
        assert_string_equal(saying.id, "93907123");
        assert_null(saying.organizer);
        assert_null(saying.title);
        bool open = cases[i].state == ID_STATE_LIVE || cases[i].state == ID_STATE_UPCOMING;
        assert_true(saying.from ==
                    (open ? scene.lookup.meetings.items[0].start - EARLY : INSTANT_NEVER));
        arena_free(arena);
    }
}

/* What an organization lets be told unasked: never a title if the caller may mean another meeting. */
static void test_what_is_told_unasked(void **state)
{
    (void)state;
    static const struct {
        size_t which; /* of cases */
        enum tell tell;
        const char *organizer, *title;
    } told[] = {
        {0, TELL_NOTHING, NULL, NULL},
        {0, TELL_ORGANIZER, "Ada Lovelace", NULL},
        {0, TELL_TITLE, "Ada Lovelace", "Weekly"},
        {9, TELL_TITLE, "Ada Lovelace", NULL},
        {11, TELL_TITLE, "Ada Lovelace", NULL},
        {13, TELL_TITLE, "Ada Lovelace", NULL},
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct arena *arena = arena_new();
        struct scene scene;
        scene_set(arena, &scene, &cases[told[i].which]);
        scene.lookup.tell = told[i].tell;
        lookup_judge(&scene.lookup, EARLY);
        struct saying saying = lookup_saying(&scene.lookup);
        assert_string_equal(saying.organizer ? saying.organizer : "",
                            told[i].organizer ? told[i].organizer : "");
        assert_string_equal(saying.title ? saying.title : "", told[i].title ? told[i].title : "");
        arena_free(arena);
    }
}

/* What is told of one meeting to who has passed the caller check. */
static void test_tellings(void **state)
{
    (void)state;
    static const struct {
        struct fate fate;
        const char *id;
        bool moved, off, retired;
        const char *key;
    } told[] = {
        {{-60, 60, false}, "93907123", false, false, false, "tell.live"},
        {{EARLY, 9999, false}, "93907123", false, false, false, "tell.live"},
        {{EARLY + 1, 9999, false}, "93907123", false, false, false, "tell.upcoming"},
        {{-60, 60, false}, "16353789", true, false, true, "tell.moved_live"},
        {{EARLY + 1, 9999, false}, "16353789", true, false, true, "tell.moved_upcoming"},
        {{EARLY + 1, 9999, false}, NULL, true, false, false, "tell.no_id"},
        {{-60, 0, false}, "16353789", true, false, false, "tell.ended"},
        {{60, 90, true}, "93907123", false, true, true, "tell.cancelled"},
        {{60, 90, false}, "93907123", false, true, false, "tell.disabled"},
        {{60, 90, false}, "16353789", true, true, false, "tell.disabled"},
        {{60, 90, false}, "93907123", false, false, true, "tell.retired"},
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct arena *arena = arena_new();
        struct scene scene;
        const struct state_case c = {.kind = ID_KIND_STATIC,
                                     .retired = told[i].retired,
                                     .retired_at = NOW - 5,
                                     .off = told[i].off,
                                     .uses = {told[i].fate}};
        scene_set(arena, &scene, &c);
        lookup_judge(&scene.lookup, EARLY);
        struct saying saying = lookup_telling(&scene.lookup, &scene.lookup.meetings.items[0],
                                              told[i].id, told[i].moved);
        if (strcmp(saying.key, told[i].key) != 0)
            fail_msg("%zu: %s, not %s", i, saying.key, told[i].key);
        assert_string_equal(saying.id, told[i].id ? told[i].id : "");
        assert_string_equal(saying.title, "Weekly");
        assert_string_equal(saying.organizer, "Ada Lovelace");
        bool ended = strcmp(told[i].key, "tell.ended") == 0;
        assert_true(saying.when == NOW + (ended ? told[i].fate.end : told[i].fate.start));
        assert_true(saying.from == NOW + told[i].fate.start - EARLY);
        arena_free(arena);
    }
}

static void test_never_issued(void **state)
{
    (void)state;
    static const struct {
        enum query_kind kind;
        const char *id;
        enum id_state state;
        const char *key;
    } unknown[] = {
        {QUERY_ID, "93907124", ID_STATE_UNKNOWN, "say.unknown"},
        {QUERY_ID, "123456789", ID_STATE_UNKNOWN, "say.unknown"},
        {QUERY_ID, "3238494874", ID_STATE_UNKNOWN, "say.long"},
        {QUERY_TOO_LONG, "", ID_STATE_INVALID, "say.too_long"},
        {QUERY_TOO_SHORT, "", ID_STATE_INVALID, "say.too_short"},
        {QUERY_NOT_DIGITS, "", ID_STATE_INVALID, "say.invalid"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        struct lookup lookup = {
            .query_kind = unknown[i].kind, .conference_id = unknown[i].id, .at = NOW};
        *vector_push(arena, &lookup.near) = (struct near_miss){.conference_id = "93907123"};
        lookup_judge(&lookup, EARLY);
        assert_int_equal(lookup.state, unknown[i].state);
        assert_string_equal(lookup_saying(&lookup).key, unknown[i].key);
        assert_string_equal(lookup_saying(&lookup).id, unknown[i].id);
    }
    arena_free(arena);
}

static void test_order(void **state)
{
    (void)state;
    static const struct fate fates[] = {{-500, -400, false}, {9000, 9100, false},
                                        {-90, -60, false},   {100, 200, true},
                                        {-10, 10, false},    {800, 900, false}};
    static const char *const uids[] = {"4", "2", "3", "5", "0", "1"};
    struct arena *arena = arena_new();
    struct scene scene;
    scene_set(arena, &scene, &(struct state_case){.kind = S});
    struct meeting meetings[6];
    for (size_t i = 0; i < 6; i++) {
        meetings[i] = (struct meeting){.uid = uids[i], .title = uids[i]};
        meetings[i].status = fates[i].cancelled ? MEETING_CANCELLED : MEETING_SCHEDULED;
        *vector_push(arena, &scene.lookup.meetings) =
            (struct occurrence){.meeting = &meetings[i],
                                .start = NOW + fates[i].start,
                                .end = NOW + fates[i].end,
                                .title = uids[i]};
    }
    lookup_judge(&scene.lookup, EARLY);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(scene.lookup.meetings.items[i].meeting->uid[0], '0' + (int)i);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states),   cmocka_unit_test(test_what_is_told_unasked),
        cmocka_unit_test(test_tellings), cmocka_unit_test(test_never_issued),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
