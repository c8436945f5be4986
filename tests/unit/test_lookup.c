/*
 * The life of an ID: every state from what leads to it, the order of meetings, and the sentences.
 */
#include <base/utf8.h>
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

static void assert_sentence(const char *say, const char *name)
{
    size_t n = strlen(say);
    if (n < 20 || say[n - 1] != '.' || strstr(say, ". ") || strpbrk(say, "\n\x1b") ||
        !utf8_valid(say, n))
        fail_msg("%s: %s", name, say);
}

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
        const char *say = lookup_say(arena, &scene.lookup);
        assert_sentence(say, cases[i].name);
        assert_non_null(strstr(say, "939 071 23"));
        assert_non_null(strstr(say, "Ada Lovelace"));
        if (cases[i].moved.end)
            assert_non_null(strstr(say, "163 537 89"));
        arena_free(arena);
    }
}

static void add_moved(struct arena *arena, struct scene *scene, const struct meeting *meeting,
                      const char *new_id)
{
    struct moved_meeting *moved = vector_push(arena, &scene->lookup.moved);
    *moved = (struct moved_meeting){.new_id = new_id};
    moved->occurrence = (struct occurrence){
        .meeting = meeting, .title = meeting->title, .start = NOW + DAY, .end = NOW + 2 * DAY};
}

/*
 * One of several has moved: the caller is asked which, and each one's ID stands behind its title
 * and time.
 */
static void test_asks_which_moved(void **state)
{
    (void)state;
    static const char *const ids[] = {"16353789", "27450361", "38561472", "49672583"};
    static const char *const titles[] = {"Budget", "Roadmap", "Hiring", "Supplier call"};
    struct arena *arena = arena_new();
    struct meeting meetings[4];
    for (size_t count = 1; count <= 4; count++) {
        struct scene scene;
        const struct state_case replaced = {.kind = ID_KIND_STATIC, .retired = true};
        scene_set(arena, &scene, &replaced);
        scene.lookup.moved = (struct moved_meetings){0};
        scene.lookup.meetings.count = 0;
        scene.record.replaced_by = ids[0];
        for (size_t i = 0; i < count; i++) {
            meetings[i] = (struct meeting){.uid = ids[i], .title = titles[i]};
            add_moved(arena, &scene, &meetings[i], ids[i]);
        }
        lookup_judge(&scene.lookup, EARLY);
        assert_int_equal(scene.lookup.state, ID_STATE_REPLACED);
        const char *say = lookup_say(arena, &scene.lookup);
        assert_sentence(say, "moved");
        const char *asked = strstr(say, "which one do you want to join");
        assert_int_equal(asked != NULL, count > 1);
        if (!asked)
            continue;
        assert_non_null(strstr(say, "the meetings of Ada Lovelace"));
        for (size_t i = 0; i < count && i < 3; i++)
            assert_non_null(
                strstr(asked, arena_format(arena, "\"%s\" on %s has %s", titles[i],
                                           time_format(arena, NOW + DAY, zone_utc(), true),
                                           conference_id_group(arena, ids[i]))));
        assert_int_equal(strstr(say, "if it is another one") != NULL, count > 3);
    }
    arena_free(arena);
}

static void test_never_issued(void **state)
{
    (void)state;
    static const struct {
        enum query_kind kind;
        const char *id;
        enum id_state state;
        const char *part;
    } unknown[] = {
        {QUERY_ID, "93907124", ID_STATE_UNKNOWN, "not known"},
        {QUERY_ID, "3238494874", ID_STATE_UNKNOWN, "telephone number"},
        {QUERY_TOO_LONG, "", ID_STATE_INVALID, "too long"},
        {QUERY_TOO_SHORT, "", ID_STATE_INVALID, "too short"},
        {QUERY_NOT_DIGITS, "", ID_STATE_INVALID, "digits"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        struct lookup lookup = {
            .query_kind = unknown[i].kind, .conference_id = unknown[i].id, .at = NOW};
        *vector_push(arena, &lookup.near) = (struct near_miss){.conference_id = "93907123"};
        lookup_judge(&lookup, EARLY);
        assert_int_equal(lookup.state, unknown[i].state);
        const char *say = lookup_say(arena, &lookup);
        assert_sentence(say, unknown[i].part);
        assert_non_null(strstr(say, unknown[i].part));
        assert_null(strstr(say, "939 071 23"));
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

static void test_stored_text_is_made_safe(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct scene scene;
    scene_set(arena, &scene, &cases[0]);
    scene.organizer.name = "\x1b[2JMallory\xE2\x80\xAE";
    scene.lookup.meetings.items[0].title = "line\nbreak";
    lookup_judge(&scene.lookup, EARLY);
    const char *say = lookup_say(arena, &scene.lookup);
    assert_sentence(say, "safe");
    assert_null(strstr(say, "\xE2\x80\xAE"));
    char title[1001];
    for (size_t i = 0; i + 1 < sizeof title; i += 2)
        memcpy(title + i, "ü", 2);
    title[1000] = '\0';
    scene.lookup.meetings.items[0].title = title;
    say = lookup_say(arena, &scene.lookup);
    assert_sentence(say, "long");
    assert_true(strlen(say) < 600);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_asks_which_moved),
        cmocka_unit_test(test_never_issued),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_stored_text_is_made_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
