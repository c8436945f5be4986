/*
 * Meetings side by side, and copied. One table lists every member of a meeting with what looks at
 * it; each is changed in turn. A member that is missing from the table fails the first test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <core/directory.h>
#include <core/meeting_compare.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

enum kind { TEXT, NUMBER, TRUTH, STATE, LOCAL, TIMES, OVERRIDES, ATTENDEES, ZONE };

enum {
    SAME = 1,       /* meeting_says_same looks at it */
    CONTENT = 2,    /* meeting_content has it */
    DIFFERENCE = 4, /* meeting_difference tells its change */
    TOLD = 8,       /* and attendees must hear of that */
    ALIKE = 16,     /* meeting_recurs_alike looks at it */
};

struct member {
    const char *name;
    size_t offset, size;
    enum kind kind;
    int seen;
};

#define MEMBER(type, member, kind, seen)                                                           \
    {                                                                                              \
#member, offsetof(struct type, member), sizeof(((struct type *)NULL)->member), kind, seen  \
    }

static const struct member members[] = {
    MEMBER(meeting, uid, TEXT, 0),
    MEMBER(meeting, organizer_uid, TEXT, 0),
    MEMBER(meeting, organizer, TEXT, 0),
    MEMBER(meeting, organizer_aliases, TEXT, 0),
    MEMBER(meeting, title, TEXT, SAME | CONTENT | DIFFERENCE | TOLD),
    MEMBER(meeting, location, TEXT, SAME | CONTENT | DIFFERENCE | TOLD),
    MEMBER(meeting, notes, TEXT, SAME | CONTENT | DIFFERENCE),
    MEMBER(meeting, lang, TEXT, DIFFERENCE),
    MEMBER(meeting, invited_by, TEXT, 0),
    MEMBER(meeting, invited_by_name, TEXT, 0),
    MEMBER(meeting, taken_as_own, TRUTH, 0),
    MEMBER(meeting, start_local, LOCAL, SAME | CONTENT | DIFFERENCE | TOLD | ALIKE),
    MEMBER(meeting, tz, TEXT, SAME | CONTENT | DIFFERENCE | TOLD | ALIKE),
    MEMBER(meeting, duration, NUMBER, SAME | CONTENT | DIFFERENCE | TOLD),
    MEMBER(meeting, clock_days, NUMBER, SAME | CONTENT | DIFFERENCE | TOLD),
    MEMBER(meeting, all_day, TRUTH, SAME | CONTENT | DIFFERENCE | TOLD | ALIKE),
    MEMBER(meeting, rrule, TEXT, SAME | CONTENT | DIFFERENCE | TOLD | ALIKE),
    MEMBER(meeting, rdates, TIMES, SAME | CONTENT | ALIKE),
    MEMBER(meeting, exdates, TIMES, SAME | CONTENT),
    MEMBER(meeting, overrides, OVERRIDES, SAME | CONTENT),
    MEMBER(meeting, start, NUMBER, 0),
    MEMBER(meeting, end, NUMBER, 0),
    MEMBER(meeting, span_start, NUMBER, 0),
    MEMBER(meeting, span_end, NUMBER, 0),
    MEMBER(meeting, zone_rules, NUMBER, 0),
    MEMBER(meeting, zone, ZONE, 0),
    MEMBER(meeting, status, STATE, SAME | CONTENT),
    MEMBER(meeting, conference_id, TEXT, 0),
    MEMBER(meeting, id_kind, STATE, 0),
    MEMBER(meeting, foreign_number, TEXT, 0),
    MEMBER(meeting, foreign_id, TEXT, 0),
    MEMBER(meeting, attendees, ATTENDEES, SAME | CONTENT | DIFFERENCE | TOLD),
    MEMBER(meeting, attendees_know, TRUTH, 0),
    MEMBER(meeting, sequence, NUMBER, SAME),
    MEMBER(meeting, stamp, NUMBER, 0),
    MEMBER(meeting, created, NUMBER, 0),
    MEMBER(meeting, changed, NUMBER, 0),
    MEMBER(meeting, version, NUMBER, 0),
    MEMBER(meeting, ical, TEXT, SAME | CONTENT),
};

static const struct member override_members[] = {
    MEMBER(meeting_override, recurrence, LOCAL, SAME | CONTENT),
    MEMBER(meeting_override, start, LOCAL, SAME | CONTENT),
    MEMBER(meeting_override, duration, NUMBER, SAME | CONTENT),
    MEMBER(meeting_override, title, TEXT, SAME | CONTENT),
    MEMBER(meeting_override, location, TEXT, SAME | CONTENT),
    MEMBER(meeting_override, notes, TEXT, SAME | CONTENT),
    MEMBER(meeting_override, cancelled, TRUTH, SAME | CONTENT),
    MEMBER(meeting_override, ical, TEXT, SAME | CONTENT),
    MEMBER(meeting_override, sequence, NUMBER, 0),
    MEMBER(meeting_override, stamp, NUMBER, 0),
};

static const struct member attendee_members[] = {
    MEMBER(attendee, email, TEXT, SAME | CONTENT | DIFFERENCE | TOLD),
    MEMBER(attendee, name, TEXT, SAME | CONTENT | DIFFERENCE),
    MEMBER(attendee, lang, TEXT, 0),
    MEMBER(attendee, told, TRUTH, 0),
    MEMBER(attendee, told_sequence, NUMBER, 0),
    MEMBER(attendee, told_id, TRUTH, 0),
    MEMBER(attendee, partstat, STATE, 0),
    MEMBER(attendee, replied, NUMBER, 0),
    MEMBER(attendee, reply_sequence, NUMBER, 0),
};

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

/* Every text is there and lives in the arena. */
static struct meeting full(struct arena *arena)
{
    struct meeting meeting = {
        .start_local = {2026, 11, 24, 9, 0, 0}, .duration = HOUR, .sequence = 3, .version = 7};
    for (size_t i = 0; i < COUNT(members); i++)
        if (members[i].kind == TEXT)
            *(const char **)((char *)&meeting + members[i].offset) =
                arena_copy(arena, members[i].name);
    *vector_push(arena, &meeting.rdates) = (struct local_time){2026, 12, 1, 9, 0, 0};
    *vector_push(arena, &meeting.exdates) = (struct local_time){2026, 12, 2, 9, 0, 0};
    *vector_push(arena, &meeting.overrides) =
        (struct meeting_override){.recurrence = {2026, 12, 3, 9, 0, 0},
                                  .start = {2026, 12, 3, 10, 0, 0},
                                  .duration = HOUR,
                                  .title = arena_copy(arena, "its title"),
                                  .location = arena_copy(arena, "its location"),
                                  .notes = arena_copy(arena, "its notes"),
                                  .ical = arena_copy(arena, "its ical")};
    *vector_push(arena, &meeting.attendees) =
        (struct attendee){.email = arena_copy(arena, "bob@example.org"),
                          .name = arena_copy(arena, "Bob"),
                          .lang = arena_copy(arena, "de")};
    return meeting;
}

static void change(struct arena *arena, void *record, const struct member *member)
{
    char *at = (char *)record + member->offset;
    switch (member->kind) {
    case TEXT:
        *(const char **)at = "other";
        break;
    case NUMBER:
        *(int64_t *)at += HOUR;
        break;
    case TRUTH:
        *(bool *)at = !*(bool *)at;
        break;
    case STATE:
        *(int *)at += 1;
        break;
    case LOCAL:
        ((struct local_time *)at)->day++;
        break;
    case TIMES:
        *vector_push(arena, (struct local_times *)at) = (struct local_time){2027, 1, 1, 0, 0, 0};
        break;
    case OVERRIDES:
        *vector_push(arena, (struct meeting_overrides *)at) =
            (struct meeting_override){.recurrence = {2027, 1, 1, 0, 0, 0}};
        break;
    case ATTENDEES:
        *vector_push(arena, (struct attendees *)at) =
            (struct attendee){.email = "eve@example.org", .name = ""};
        break;
    case ZONE:
        *(const struct zone **)at = zone_utc();
        break;
    }
}

#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
#define HAS_CLEAR_PADDING
#endif
#endif

#ifdef HAS_CLEAR_PADDING
#define BYTES_OF(record, bytes)                                                                    \
    do {                                                                                           \
        memset(&(record), 0xff, sizeof(record));                                                   \
        __builtin_clear_padding(&(record));                                                        \
        memcpy(bytes, &(record), sizeof(record));                                                  \
    } while (0)
#else
#define BYTES_OF(record, bytes) memset(bytes, 0, sizeof(record))
#endif

/* Each byte that is no padding must belong to a row of the table. */
static void check_listed(const char *type, unsigned char *bytes, size_t size,
                         const struct member *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        memset(bytes + table[i].offset, 0, table[i].size);
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            fail_msg("a member of struct %s at byte %zu is in no table", type, i);
}

static void every_member_is_listed(void **state)
{
    (void)state;
    struct meeting meeting;
    struct meeting_override override;
    struct attendee attendee;
    unsigned char bytes[sizeof meeting + sizeof override];
    BYTES_OF(meeting, bytes);
    check_listed("meeting", bytes, sizeof meeting, members, COUNT(members));
    BYTES_OF(override, bytes);
    check_listed("meeting_override", bytes, sizeof override, override_members,
                 COUNT(override_members));
    BYTES_OF(attendee, bytes);
    check_listed("attendee", bytes, sizeof attendee, attendee_members, COUNT(attendee_members));
}

/* Compares both ways: what is told of old and new must be told of new and old. */
static void check_seen(struct arena *arena, const struct member *member, const struct meeting *old,
                       const struct meeting *new)
{
    struct meeting_difference difference = meeting_difference(arena, old, new);
    int seen = (meeting_says_same(old, new) ? 0 : SAME) |
               (strcmp(meeting_content(arena, old).bytes, meeting_content(arena, new).bytes) == 0
                    ? 0
                    : CONTENT) |
               (difference.detail.length > 0 ? DIFFERENCE : 0) | (difference.told ? TOLD : 0) |
               (meeting_recurs_alike(old, new) ? 0 : ALIKE);
    if (seen != member->seen)
        fail_msg("%s: seen by %d, not by %d", member->name, seen, member->seen);
}

static void each_change_is_seen_by_who_looks(void **state)
{
    struct arena *arena = *state;
    const struct meeting old = full(arena);
    for (size_t i = 0; i < COUNT(members); i++) {
        struct meeting new = full(arena);
        check_seen(arena, &(struct member){.name = "nothing"}, &old, &new);
        change(arena, &new, &members[i]);
        check_seen(arena, &members[i], &old, &new);
        check_seen(arena, &members[i], &new, &old);
    }
    for (size_t i = 0; i < COUNT(override_members); i++) {
        struct meeting new = full(arena);
        change(arena, &new.overrides.items[0], &override_members[i]);
        check_seen(arena, &override_members[i], &old, &new);
    }
    for (size_t i = 0; i < COUNT(attendee_members); i++) {
        struct meeting new = full(arena);
        change(arena, &new.attendees.items[0], &attendee_members[i]);
        check_seen(arena, &attendee_members[i], &old, &new);
    }
}

static void check_copied(const void *record, const void *copy, const struct member *table,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *from = (const char *)record + table[i].offset;
        const char *to = (const char *)copy + table[i].offset;
        if (table[i].kind == TEXT) {
            const char *text = *(const char *const *)from, *its = *(const char *const *)to;
            if (text == its || strcmp(text, its) != 0)
                fail_msg("%s is not copied", table[i].name);
        } else if (table[i].kind == TIMES || table[i].kind == OVERRIDES ||
                   table[i].kind == ATTENDEES) {
            if (memcmp(from, to, sizeof(void *)) == 0)
                fail_msg("%s is shared", table[i].name);
        } else {
            assert_memory_equal(from, to, table[i].size);
        }
    }
}

static void a_copy_shares_nothing(void **state)
{
    struct arena *arena = *state;
    struct meeting meeting = full(arena);
    for (size_t i = 0; i < COUNT(members); i++)
        if (members[i].kind == NUMBER || members[i].kind == ZONE)
            change(arena, &meeting, &members[i]);
    const struct meeting *copy = meeting_copy(arena, &meeting);
    check_copied(&meeting, copy, members, COUNT(members));
    check_copied(&meeting.overrides.items[0], &copy->overrides.items[0], override_members,
                 COUNT(override_members));
    check_copied(&meeting.attendees.items[0], &copy->attendees.items[0], attendee_members,
                 COUNT(attendee_members));
    assert_true(meeting_says_same(&meeting, copy));
    assert_int_equal(copy->rdates.items[0].day, 1);
    assert_int_equal(copy->exdates.items[0].day, 2);
}

static void a_copy_keeps_what_is_not_there(void **state)
{
    const struct meeting empty = {0};
    const struct meeting *copy = meeting_copy(*state, &empty);
    assert_null(copy->conference_id);
    assert_null(copy->rrule);
    assert_null(copy->overrides.items);
}

static void our_own_meetings_come_back_with_what_an_export_adds(void **state)
{
    struct arena *arena = *state;
    struct meeting stored = full(arena), came = full(arena);
    stored.ical = NULL;
    stored.overrides.items[0].ical = NULL;
    assert_true(meeting_says_same(&stored, &came));
    assert_false(meeting_says_same(&came, &stored));
}

static void no_text_is_an_empty_text(void **state)
{
    struct arena *arena = *state;
    struct meeting a = full(arena), b = full(arena);
    a.rrule = NULL;
    b.rrule = "";
    assert_true(meeting_says_same(&a, &b));
    assert_int_equal(meeting_difference(arena, &a, &b).detail.length, 0);
}

static void content_is_in_no_order(void **state)
{
    struct arena *arena = *state;
    struct meeting a = full(arena), b = full(arena);
    a.rrule = "FREQ=DAILY;COUNT=3";
    b.rrule = "COUNT=3;FREQ=DAILY;";
    *vector_push(arena, &a.attendees) = (struct attendee){.email = "eve@example.org", .name = ""};
    struct attendee bob = b.attendees.items[0];
    b.attendees.items[0] = (struct attendee){.email = "eve@example.org", .name = ""};
    *vector_push(arena, &b.attendees) = bob;
    assert_string_equal(meeting_content(arena, &a).bytes, meeting_content(arena, &b).bytes);
    assert_false(meeting_says_same(&a, &b));
}

/* Hashes of these lines are stored: a change of them makes every file look changed. */
static void content_stays_as_it_is(void **state)
{
    struct arena *arena = *state;
    struct meeting meeting = full(arena);
    meeting.overrides.items[0].title = NULL;
    assert_string_equal(meeting_content(arena, &meeting).bytes,
                        "title\nlocation\nnotes\nscheduled\n20261124T090000 tz 3600 0\n"
                        "rule rrule\nalso 20261201T090000\nnot 20261202T090000\n"
                        "occurrence 20261203T090000 20261203T100000 3600 0\n\x01\nits location\n"
                        "its notesits ical\nattendee bob@example.org\nBob\nical");
}

static void a_difference_says_old_and_new(void **state)
{
    struct arena *arena = *state;
    struct meeting old = full(arena), new = full(arena);
    new.title = "Budget";
    new.notes = "secret";
    new.attendees.items[0].name = "Robert";
    struct meeting_difference difference = meeting_difference(arena, &old, &new);
    assert_string_equal(difference.detail.bytes,
                        "title: 'title' -> 'Budget'; attendees: 'Bob <bob@example.org>' -> "
                        "'Robert <bob@example.org>'; notes changed");
}

static void a_quarantine_follows_the_last_end(void **state)
{
    (void)state;
    const struct organization organization = {.quarantine_days = 30};
    struct meeting meeting = {.span_end = 1000};
    assert_int_equal(meeting_reserved_until(&meeting, &organization), 1000 + 30 * DAY);
    meeting.span_end = INSTANT_NEVER;
    assert_int_equal(meeting_reserved_until(&meeting, &organization), INSTANT_NEVER);
    assert_int_equal(quarantine_end(&organization, INSTANT_NEVER - 30 * DAY), INSTANT_NEVER);
    assert_int_equal(quarantine_end(&organization, INSTANT_NEVER - 30 * DAY - 1),
                     INSTANT_NEVER - 1);
}

static void a_meeting_is_over_at_its_last_end(void **state)
{
    (void)state;
    const struct meeting meeting = {.span_end = 1000};
    assert_false(meeting_over(&meeting, 999));
    assert_true(meeting_over(&meeting, 1000));
}

static void single_is_who_has_one_occurrence_as_it_stands(void **state)
{
    struct arena *arena = *state;
    struct meeting meeting = {0};
    assert_true(meeting_single(&meeting));
    for (size_t i = 0; i < COUNT(members); i++) {
        meeting = (struct meeting){0};
        change(arena, &meeting, &members[i]);
        bool dates = strcmp(members[i].name, "rrule") == 0 || members[i].kind == TIMES ||
                     members[i].kind == OVERRIDES;
        assert_int_equal(meeting_single(&meeting), !dates);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_listed),
        cmocka_unit_test(each_change_is_seen_by_who_looks),
        cmocka_unit_test(a_copy_shares_nothing),
        cmocka_unit_test(a_copy_keeps_what_is_not_there),
        cmocka_unit_test(our_own_meetings_come_back_with_what_an_export_adds),
        cmocka_unit_test(no_text_is_an_empty_text),
        cmocka_unit_test(content_is_in_no_order),
        cmocka_unit_test(content_stays_as_it_is),
        cmocka_unit_test(a_difference_says_old_and_new),
        cmocka_unit_test(a_quarantine_follows_the_last_end),
        cmocka_unit_test(a_meeting_is_over_at_its_last_end),
        cmocka_unit_test(single_is_who_has_one_occurrence_as_it_stands),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
