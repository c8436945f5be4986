/*
 * Meetings in the store: what goes in comes out, lists hold what they should and nothing else. For
 * both engines.
 */
#include "store_support.h"

#include <string.h>

static struct meeting full_meeting(void)
{
    static struct attendee attendees[] = {{.email = "bob@example.org", .name = "Bob"},
                                          {.email = "eve@example.org", .name = ""}};
    static struct local_time dates[] = {{2026, 12, 1, 9, 0, 0}, {2026, 12, 3, 9, 0, 0}};
    static struct meeting_override overrides[] = {
        {.recurrence = {2026, 12, 1, 9, 0, 0},
         .start = {2026, 12, 1, 10, 0, 0},
         .duration = 1800,
         .title = "Moved"},
        {.recurrence = {2026, 12, 8, 9, 0, 0},
         .start = {2026, 12, 8, 9, 0, 0},
         .duration = 3600,
         .cancelled = true},
    };
    struct meeting m =
        meeting_of("full-meeting-uid", "Caf\xc3\xa9 \xe4\xbc\x9a\xe8\xad\xb0", WORLD_NOW, HOUR);
    m.location = "Room 4";
    m.notes = "line one\nline two";
    m.lang = "fr";
    m.rrule = "FREQ=WEEKLY";
    m.span_end = INSTANT_NEVER;
    m.rdates = (struct local_times){dates, 1, 1};
    m.exdates = (struct local_times){dates, 2, 2};
    m.overrides = (struct meeting_overrides){overrides, 2, 2};
    m.attendees = (struct attendees){attendees, 2, 2};
    m.sequence = 3;
    m.ical = "BEGIN:VEVENT";
    return m;
}

static void test_meeting_round_trip(void **state)
{
    struct world *w = *state;
    struct meeting m = full_meeting(), got;
    put_meeting(w, &m);
    assert_int_equal(m.version, 1);
    OK(store_meeting_get(w->arena, w->store, m.uid, &got));
    assert_string_equal(got.organizer, "ada@example.org");
    assert_string_equal(got.title, m.title);
    assert_string_equal(got.location, m.location);
    assert_string_equal(got.notes, m.notes);
    assert_string_equal(got.lang, "fr");
    assert_string_equal(got.rrule, m.rrule);
    assert_string_equal(got.ical, m.ical);
    assert_int_equal(local_compare(got.start_local, m.start_local), 0);
    assert_true(got.start == m.start && got.end == m.end && got.duration == m.duration);
    assert_true(got.span_end == INSTANT_NEVER);
    assert_int_equal(got.sequence, 3);
    assert_int_equal(got.version, 1);
    assert_null(got.conference_id);
    assert_int_equal(got.id_kind, ID_KIND_NONE);
    assert_int_equal(got.rdates.count, 1);
    assert_int_equal(got.exdates.count, 2);
    assert_int_equal(local_compare(got.exdates.items[1], m.exdates.items[1]), 0);
    assert_int_equal(got.attendees.count, 2);
    assert_string_equal(got.attendees.items[1].email, "eve@example.org");
    assert_int_equal(got.overrides.count, 2);
    assert_string_equal(got.overrides.items[0].title, "Moved");
    assert_null(got.overrides.items[1].title);
    assert_true(got.overrides.items[1].cancelled);
    assert_int_equal(got.overrides.items[0].start.hour, 10);
    assert_int_equal(store_meeting_get(w->arena, w->store, "nothing", &got), ERR_NOT_FOUND);
}

static void test_meeting_versions(void **state)
{
    struct world *w = *state;
    struct meeting m = full_meeting(), old, got;
    put_meeting(w, &m);
    old = m;
    m.title = "Renamed";
    m.attendees.count = 1;
    m.overrides.count = 0;
    m.status = MEETING_CANCELLED;
    put_meeting(w, &m);
    assert_int_equal(m.version, 2);
    OK(store_begin(w->store, true));
    assert_int_equal(store_meeting_put(w->store, &old), ERR_CONFLICT);
    store_rollback(w->store);
    OK(store_meeting_get(w->arena, w->store, m.uid, &got));
    assert_string_equal(got.title, "Renamed");
    assert_int_equal(got.attendees.count, 1);
    assert_int_equal(got.overrides.count, 0);
    assert_int_equal(got.status, MEETING_CANCELLED);
    struct meeting twin = meeting_of(m.uid, "Twin", WORLD_NOW, HOUR);
    OK(store_begin(w->store, true));
    enum err err = store_meeting_put(w->store, &twin);
    assert_int_equal(err ? err : store_commit(w->store), ERR_CONFLICT);
    store_rollback(w->store);
}

/* The spans that [from, to) touches, against a look at each by itself. */
static void test_meetings_between(void **state)
{
    struct world *w = *state;
    static const int64_t lengths[] = {
        0, 60, HOUR, DAY, DAY + 1, 9 * DAY, 40 * DAY, 400 * DAY, 4000 * (int64_t)DAY, -1};
    enum { LENGTHS = sizeof lengths / sizeof *lengths, STARTS = 12 };
    int64_t starts[LENGTHS * STARTS], ends[LENGTHS * STARTS];
    OK(store_begin(w->store, true));
    for (int i = 0; i < LENGTHS * STARTS; i++) {
        int64_t length = lengths[i % LENGTHS];
        starts[i] = WORLD_NOW + (i / LENGTHS - 6) * (7 * (int64_t)DAY + 3 * HOUR);
        ends[i] = length < 0 ? INSTANT_NEVER : starts[i] + length;
        struct meeting m = meeting_of(arena_format(w->arena, "span-%d", i), "x", starts[i],
                                      length < 0 ? 60 : length);
        m.span_end = ends[i];
        m.status = i % 7 == 0 ? MEETING_CANCELLED : MEETING_SCHEDULED;
        OK(store_meeting_put(w->store, &m));
    }
    OK(store_commit(w->store));
    for (int from = -70; from < 70; from += 3)
        for (int days = 1; days < 40; days += 13) {
            int64_t f = WORLD_NOW + from * (int64_t)DAY, t = f + days * (int64_t)DAY;
            for (int cancelled = 0; cancelled < 2; cancelled++) {
                struct meetings list = {0};
                size_t expected = 0;
                OK(store_meetings_between(w->arena, w->store, cancelled ? "org-ada" : NULL, f, t,
                                          cancelled, &list));
                for (int i = 0; i < LENGTHS * STARTS; i++)
                    if (starts[i] < t &&
                        (ends[i] > f || (ends[i] == starts[i] && starts[i] >= f)) &&
                        (cancelled || i % 7 != 0))
                        expected++;
                assert_int_equal(list.count, expected);
                for (size_t i = 1; i < list.count; i++)
                    assert_true(list.items[i - 1].span_start <= list.items[i].span_start);
            }
        }
    struct meetings none = {0};
    OK(store_meetings_between(w->arena, w->store, "org-nobody", 0, INT64_C(1) << 40, true, &none));
    assert_int_equal(none.count, 0);
    assert_string_equal(check_text(w), "");
}

static void test_meetings_by_prefix(void **state)
{
    struct world *w = *state;
    static const char *uids[] = {"abcd-1", "abcd-2", "abce", "abc%", "ABCD-3", "abcd\xc3\xbc"};
    for (size_t i = 0; i < sizeof uids / sizeof *uids; i++) {
        struct meeting m = meeting_of(uids[i], "x", WORLD_NOW, HOUR);
        put_meeting(w, &m);
    }
    static const struct {
        const char *prefix;
        size_t limit, count;
    } cases[] = {{"abcd", 0, 3}, {"abcd", 2, 2}, {"abcd-1", 0, 1}, {"abc%", 0, 1},
                 {"abc_", 0, 0}, {"ABCD", 0, 1}, {"zzzz", 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct meetings list = {0};
        OK(store_meetings_by_prefix(w->arena, w->store, cases[i].prefix, cases[i].limit, &list));
        assert_int_equal(list.count, cases[i].count);
    }
}

/* A UID is told apart by one character more than it has in common with any other. */
static void test_uids_are_told_apart(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *uid;
        size_t bytes;
    } cases[] = {{"q400000082-1-a", 14}, {"q400000082-1-b", 14}, {"q400000082-2", 12}, {"q4", 2},
                 {"q400000082-1", 12},   {"q5\xc3\xbc-a", 4},    {"q5\xc3\xa4-b", 4},  {"z", 1}};
    size_t bytes = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct meeting m = meeting_of(cases[i].uid, "x", WORLD_NOW, HOUR);
        put_meeting(w, &m);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        OK(store_uid_least(w->arena, w->store, cases[i].uid, &bytes));
        assert_int_equal(bytes, cases[i].bytes);
    }
}

static void put_on_static(struct world *w, const char *uid, const char *organizer,
                          const char *digits, int64_t start, int64_t span_end)
{
    struct meeting m = meeting_of(uid, uid, start, HOUR);
    m.organizer_uid = organizer;
    m.conference_id = digits;
    m.id_kind = ID_KIND_STATIC;
    m.span_end = span_end ? span_end : m.span_end;
    put_meeting(w, &m);
}

static void take_static(struct world *w, const char *organizer, const char *digits)
{
    OK(store_begin(w->store, true));
    OK(store_id_take(w->store, digits, ID_KIND_STATIC, organizer, NULL, INSTANT_NEVER, WORLD_NOW));
    OK(store_organizer_static_id(w->store, organizer, digits));
    OK(store_commit(w->store));
}

static void test_meetings_legacy_and_on_id(void **state)
{
    struct world *w = *state;
    put_organizer(w, "org-bob", "bob@example.org");
    take_static(w, "org-ada", "1234567");
    take_static(w, "org-bob", "0815");
    put_on_static(w, "past", "org-ada", "1234567", WORLD_NOW - DAY, 0);
    put_on_static(w, "next", "org-ada", "1234567", WORLD_NOW + DAY, 0);
    put_on_static(w, "open", "org-ada", "1234567", WORLD_NOW - 30 * DAY, INSTANT_NEVER);
    put_on_static(w, "bobs", "org-bob", "0815", WORLD_NOW + HOUR, 0);
    struct meetings list = {0};
    OK(store_meetings_legacy(w->arena, w->store, NULL, WORLD_NOW, 0, false, &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].uid, "open");
    assert_string_equal(list.items[1].uid, "next");
    assert_string_equal(list.items[2].uid, "bobs");
    list.count = 0;
    OK(store_meetings_legacy(w->arena, w->store, "org-ada", WORLD_NOW, 1, false, &list));
    assert_int_equal(list.count, 1);
    list.count = 0;
    OK(store_meetings_legacy(w->arena, w->store, "org-bob", WORLD_NOW, 0, false, &list));
    assert_int_equal(list.count, 1);
    list.count = 0;
    OK(store_meetings_on_id(w->arena, w->store, "1234567", INT64_MIN, 0, &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].uid, "open");
    list.count = 0;
    OK(store_meetings_on_id(w->arena, w->store, "1234567", WORLD_NOW, 10, &list));
    assert_int_equal(list.count, 2);
    int64_t users = 0;
    OK(store_id_users(w->store, "1234567", &users));
    assert_int_equal(users, 3);
    struct organizer ada;
    OK(store_organizer_by_uid(w->arena, w->store, "org-ada", &ada));
    assert_string_equal(ada.static_id, "1234567");
    assert_string_equal(check_text(w), "");
}

/* The pages are the whole list in one order, forwards and backwards, whatever `from` has become. */
static void test_legacy_pages(void **state)
{
    struct world *w = *state;
    static const char *const order[] = {"a1", "a2", "a-open", "a-open2", "a9", "b1", "b2"};
    enum { COUNT = sizeof order / sizeof *order };
    put_organizer(w, "org-bob", "bob@example.org");
    take_static(w, "org-ada", "1234567");
    take_static(w, "org-ada", "7777123");
    take_static(w, "org-bob", "0815");
    put_on_static(w, "past", "org-ada", "1234567", WORLD_NOW - DAY, 0);
    put_on_static(w, "a2", "org-ada", "1234567", WORLD_NOW + DAY, 0);
    put_on_static(w, "a1", "org-ada", "1234567", WORLD_NOW + HOUR, 0);
    put_on_static(w, "a-open", "org-ada", "1234567", WORLD_NOW - 30 * DAY, INSTANT_NEVER);
    put_on_static(w, "a-open2", "org-ada", "1234567", WORLD_NOW - 40 * DAY, INSTANT_NEVER);
    put_on_static(w, "a9", "org-ada", "7777123", WORLD_NOW + HOUR, 0);
    put_on_static(w, "b1", "org-bob", "0815", WORLD_NOW + HOUR, 0);
    put_on_static(w, "b2", "org-bob", "0815", WORLD_NOW + HOUR, 0);
    for (size_t limit = 1; limit <= COUNT + 1; limit++)
        for (size_t at = 0; at <= COUNT; at++)
            for (int before = 0; before < 2; before++) {
                struct meeting from;
                struct meetings list = {0};
                struct legacy_page page = {.before = before, .limit = limit};
                if (at < COUNT) {
                    OK(store_meeting_get(w->arena, w->store, order[at], &from));
                    page.from = &from;
                }
                size_t first = at < COUNT ? at : before ? COUNT : 0, last = first + limit;
                if (before) {
                    last = first;
                    first = first > limit ? first - limit : 0;
                }
                last = last > COUNT ? COUNT : last;
                OK(store_meetings_legacy_page(w->arena, w->store, NULL, WORLD_NOW, &page, &list));
                assert_int_equal(list.count, last - first);
                for (size_t i = first; i < last; i++)
                    assert_string_equal(list.items[i - first].uid, order[i]);
            }
    size_t count = 0;
    struct meetings list = {0};
    struct legacy_page all = {0};
    OK(store_meetings_legacy_page(w->arena, w->store, "org-ada", WORLD_NOW, &all, &list));
    assert_int_equal(list.count, 5);
    OK(store_meetings_legacy_count(w->store, NULL, WORLD_NOW, 0, &count));
    assert_int_equal(count, COUNT);
    OK(store_meetings_legacy_count(w->store, NULL, WORLD_NOW, 3, &count));
    assert_int_equal(count, 3);
    OK(store_meetings_legacy_count(w->store, "org-bob", WORLD_NOW, 0, &count));
    assert_int_equal(count, 2);
}

static void test_meetings_search(void **state)
{
    struct world *w = *state;
    struct meeting m = full_meeting();
    put_meeting(w, &m);
    struct meeting later =
        meeting_of("later", "Budget of the \"Zebra\" team", WORLD_NOW + DAY, HOUR);
    schedule(w, &later, WORLD_NOW);
    struct meeting soon = meeting_of("soon", "budget", WORLD_NOW + HOUR, HOUR);
    schedule(w, &soon, WORLD_NOW);
    char part[6];
    memcpy(part, later.conference_id + 2, 5);
    part[5] = '\0';
    const struct {
        const char *text;
        size_t limit, count;
        const char *first;
    } cases[] = {
        {"BUDGET", 10, 2, "soon"},
        {"budget", 1, 1, "soon"},
        {"cafe", 10, 1, "full-meeting-uid"},
        {"room 4", 10, 1, "full-meeting-uid"},
        {"bob", 10, 1, "full-meeting-uid"},
        {"ada@example", 10, 3, "full-meeting-uid"},
        {"zebra budget", 10, 1, "later"},
        {"\"zeb", 10, 1, "later"},
        {"ze", 10, 1, "later"},
        {part, 10, 1, "later"},
        {"udg ebr", 10, 1, "later"},
        {"budget lunch", 10, 0, NULL},
        {"%", 10, 0, NULL},
        {"", 10, 0, NULL},
        {"   ", 10, 0, NULL},
        {"* OR budget", 10, 0, NULL},
        {"\xe4\xbc\x9a\xe8\xad\xb0", 10, 1, "full-meeting-uid"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct meetings list = {0};
        OK(store_meetings_search(w->arena, w->store, cases[i].text, WORLD_NOW, cases[i].limit,
                                 &list));
        if (list.count != cases[i].count)
            fail_msg("'%s' found %zu, not %zu", cases[i].text, list.count, cases[i].count);
        if (cases[i].first)
            assert_string_equal(list.items[0].uid, cases[i].first);
    }
}

static size_t search_count(struct world *w, const char *text)
{
    struct meetings list = {0};
    OK(store_meetings_search(w->arena, w->store, text, WORLD_NOW, 10, &list));
    return list.count;
}

/*
 * The index takes rows by the block: what is in it, what is not yet, and what changes in between is
 * found alike.
 */
static void test_search_by_blocks(void **state)
{
    struct world *w = *state;
    struct meeting meetings[150];
    for (int i = 0; i < 150; i++) {
        meetings[i] = meeting_of(arena_format(w->arena, "block-%d", i),
                                 arena_format(w->arena, "Topic%d.", i), WORLD_NOW + i, HOUR);
        put_meeting(w, &meetings[i]);
        assert_int_equal(search_count(w, arena_format(w->arena, "topic%d.", i)), 1);
        if (i % 9 == 0) { /* one of a block before, or of this one */
            meetings[i / 2].title = arena_format(w->arena, "Renamed%d.", i);
            put_meeting(w, &meetings[i / 2]);
            assert_int_equal(search_count(w, arena_format(w->arena, "renamed%d.", i)), 1);
            assert_int_equal(search_count(w, arena_format(w->arena, "topic%d.", i / 2)), 0);
        }
    }
    assert_int_equal(search_count(w, "renamed9."), 1);
    assert_int_equal(search_count(w, "topic149."), 1);
    assert_string_equal(check_text(w), "");
}

/* An edit, a rollback and a new name of the organizer reach the search. */
static void test_search_follows(void **state)
{
    struct world *w = *state;
    struct meeting m = meeting_of("m-1", "Budget", WORLD_NOW, HOUR);
    put_meeting(w, &m);
    m.title = "Picnic";
    OK(store_begin(w->store, true));
    OK(store_meeting_put(w->store, &m));
    store_rollback(w->store);
    m.version = 1;
    assert_int_equal(search_count(w, "budget"), 1);
    assert_int_equal(search_count(w, "picnic"), 0);
    put_meeting(w, &m);
    assert_int_equal(search_count(w, "budget"), 0);
    assert_int_equal(search_count(w, "picnic"), 1);
    struct organizer ada;
    OK(store_organizer_by_uid(w->arena, w->store, "org-ada", &ada));
    ada.name = "Countess Lovelace";
    OK(store_begin(w->store, true));
    OK(store_organizer_put(w->store, &ada));
    OK(store_commit(w->store));
    assert_int_equal(search_count(w, "lovelace picnic"), 1);
    m = meeting_of("m-2", "Tea", WORLD_NOW, HOUR);
    OK(store_begin(w->store, true));
    OK(store_meeting_put(w->store, &m));
    assert_int_equal(search_count(w, "lovelace"), 2); /* within the transaction that wrote it */
    store_rollback(w->store);
    assert_int_equal(search_count(w, "lovelace"), 1);
}

static void test_attendees_like(void **state)
{
    struct world *w = *state;
    struct meeting m = full_meeting();
    put_meeting(w, &m);
    static const struct {
        const char *part;
        size_t count;
    } cases[] = {{"BO", 1}, {"example", 2}, {"", 2}, {"nobody", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct attendees list = {0};
        OK(store_attendees_like(w->arena, w->store, "org-ada", cases[i].part, 10, &list));
        assert_int_equal(list.count, cases[i].count);
    }
}

static void test_meetings_page(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 7; i++) {
        struct meeting m = meeting_of(arena_format(w->arena, "page-%d", i), "x", WORLD_NOW, HOUR);
        put_meeting(w, &m);
    }
    const char *after = NULL;
    size_t seen = 0;
    for (;;) {
        struct meetings list = {0};
        OK(store_meetings_page(w->arena, w->store, seen % 2 ? "org-ada" : NULL, after, 3, &list));
        if (list.count == 0)
            break;
        for (size_t i = 0; i < list.count; i++)
            assert_string_equal(list.items[i].uid, arena_format(w->arena, "page-%zu", seen + i));
        seen += list.count;
        after = list.items[list.count - 1].uid;
    }
    assert_int_equal(seen, 7);
}

static void test_moves(void **state)
{
    struct world *w = *state;
    struct meeting m = meeting_of("m-1", "Budget", WORLD_NOW, HOUR);
    put_meeting(w, &m);
    OK(store_begin(w->store, true));
    OK(store_move_add(w->store, "m-1", "1234567", "93907123", WORLD_NOW));
    OK(store_move_add(w->store, "m-1", "1234567", "93907124", WORLD_NOW + 1));
    OK(store_commit(w->store));
    struct meetings list = {0};
    OK(store_meetings_moved_from(w->arena, w->store, "1234567", 0, &list));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].uid, "m-1");
    list = (struct meetings){0};
    OK(store_begin(w->store, true));
    OK(store_move_remove(w->store, "m-1", "1234567"));
    OK(store_move_remove(w->store, "m-1", "1234567")); /* nothing left: no error */
    OK(store_commit(w->store));
    OK(store_meetings_moved_from(w->arena, w->store, "1234567", 0, &list));
    assert_int_equal(list.count, 0);
}

/* A transaction sees what it has written: after it was looked for, and with many attendees. */
static void test_seen_at_once(void **state)
{
    enum { MANY = 60 };
    struct world *w = *state;
    struct meeting m = meeting_of("many", "Many", WORLD_NOW, HOUR), got;
    struct meeting later = meeting_of("later", "Later", WORLD_NOW, HOUR);
    const char *const uids[] = {"many", "later", "neither"};
    bool there[3], found;
    for (int i = 0; i < MANY; i++)
        *vector_push(w->arena, &m.attendees) =
            (struct attendee){.email = arena_format(w->arena, "a%d@example.org", i), .name = ""};
    put_meeting(w, &later);
    OK(store_begin(w->store, true));
    OK(store_meetings_ahead(w->store, uids, 3, there));
    assert_true(!there[0] && there[1] && !there[2]);
    OK(store_meeting_find(w->arena, w->store, "later", &got, &found));
    assert_true(found);
    OK(store_meeting_find(w->arena, w->store, "many", &got, &found));
    assert_false(found);
    OK(store_meeting_put(w->store, &m));
    OK(store_meeting_get(w->arena, w->store, "many", &got));
    assert_int_equal(got.attendees.count, MANY);
    for (int i = 0; i < MANY; i++)
        assert_string_equal(got.attendees.items[i].email, m.attendees.items[i].email);
    m.title = "Changed";
    m.attendees.count = 1;
    OK(store_meeting_put(w->store, &m));
    OK(store_meeting_get(w->arena, w->store, "many", &got));
    assert_string_equal(got.title, "Changed");
    assert_int_equal(got.attendees.count, 1);
    OK(store_meetings_ahead(w->store, uids, 3, there));
    assert_true(there[0] && there[1] && !there[2]);
    OK(store_commit(w->store));
    assert_string_equal(check_text(w), "");
}

/* The second of the same UID is told, at the commit if not before, and then nothing is there. */
static void test_same_uid(void **state)
{
    struct world *w = *state;
    struct meeting one = meeting_of("same", "One", WORLD_NOW, HOUR), two = one;
    bool found = true;
    OK(store_begin(w->store, true));
    OK(store_meeting_put(w->store, &one));
    enum err err = store_meeting_put(w->store, &two);
    assert_int_equal(err ? err : store_commit(w->store), ERR_CONFLICT);
    store_rollback(w->store);
    OK(store_meeting_find(w->arena, w->store, "same", &one, &found));
    assert_false(found);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_meeting_round_trip),
        CASE(test_seen_at_once),
        CASE(test_same_uid),
        CASE(test_meeting_versions),
        CASE(test_meetings_between),
        CASE(test_meetings_by_prefix),
        CASE(test_uids_are_told_apart),
        CASE(test_meetings_legacy_and_on_id),
        CASE(test_legacy_pages),
        CASE(test_meetings_search),
        CASE(test_search_by_blocks),
        CASE(test_search_follows),
        CASE(test_attendees_like),
        CASE(test_meetings_page),
        CASE(test_moves),
    };
    return cmocka_run_group_tests_name("meetings", tests, NULL, NULL);
}
