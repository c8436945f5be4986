/* Figures of the outbox by day: which day each message, conversion and legacy meeting counts in. */
#include "store_support.h"

#include <store/outbox.h>
#include <string.h>

enum { FIRST = WORLD_NOW - WORLD_NOW % DAY, DAYS = 3 };

static struct report_days three_days(struct world *w)
{
    struct report_days days = {0};
    for (int i = 0; i < DAYS; i++)
        *vector_push(w->arena, &days) =
            (struct report_day){.start = FIRST + i * DAY, .end = FIRST + (i + 1) * DAY};
    return days;
}

static struct report_days counted(struct world *w)
{
    struct report_days days = three_days(w);
    OK(store_begin(w->store, false));
    OK(store_outbox_counts(w->store, &days));
    OK(store_commit(w->store));
    return days;
}

#define EQUAL(days, member, ...)                                                                   \
    do {                                                                                           \
        const int64_t wanted[DAYS] = {__VA_ARGS__};                                                \
        for (int i = 0; i < DAYS; i++)                                                             \
            assert_int_equal((days).items[i].counts.member, wanted[i]);                            \
    } while (0)

/* Made at `made`, over at `over`. */
static void meeting_put(struct world *w, const char *uid, int64_t made, int64_t over,
                        enum id_kind kind)
{
    struct meeting meeting = meeting_of(uid, uid, over - HOUR, HOUR);
    meeting.created = made;
    if (kind == ID_KIND_STATIC) {
        meeting.id_kind = kind;
        meeting.conference_id = "7654321";
    }
    put_meeting(w, &meeting);
}

static void message_put(struct world *w, const char *to, int64_t queued, int64_t changed,
                        enum message_state state)
{
    struct message message = {.kind = MESSAGE_INVITATION,
                              .meeting_uid = "meeting",
                              .recipient = to,
                              .message_id = to,
                              .queued = queued,
                              .changed = queued};
    OK(store_begin(w->store, true));
    OK(store_outbox_put(w->store, &message));
    OK(store_outbox_state(w->store, message.id, 1U << MESSAGE_QUEUED, state, "", changed));
    OK(store_commit(w->store));
}

static void messages_count_when_they_were_queued_and_settled(void **state)
{
    struct world *w = *state;
    meeting_put(w, "meeting", FIRST, FIRST + WEEK, ID_KIND_NONE);
    EQUAL(counted(w), of[MESSAGE_QUEUED], 0, 0, 0);
    message_put(w, "a@x.example", FIRST, FIRST + DAY, MESSAGE_SENT);
    message_put(w, "b@x.example", FIRST + DAY - 1, FIRST + DAY - 1, MESSAGE_SENT);
    message_put(w, "c@x.example", FIRST - 1, FIRST + 2 * DAY, MESSAGE_FAILED);
    message_put(w, "d@x.example", FIRST + 2 * DAY, FIRST + 3 * DAY, MESSAGE_SENT);
    message_put(w, "e@x.example", FIRST + 2 * DAY, FIRST + 2 * DAY, MESSAGE_QUEUED);
    message_put(w, "f@x.example", FIRST - 2 * DAY, FIRST - 1, MESSAGE_SENT);
    EQUAL(counted(w), of[MESSAGE_QUEUED], 2, 0, 2);
    EQUAL(counted(w), of[MESSAGE_SENT], 1, 1, 0);
    EQUAL(counted(w), of[MESSAGE_FAILED], 0, 0, 1);
}

static void legacy_meetings_count_until_they_are_over_or_converted(void **state)
{
    struct world *w = *state;
    meeting_put(w, "always", FIRST - WEEK, FIRST + WEEK, ID_KIND_STATIC);
    EQUAL(counted(w), legacy, 1, 1, 1);
    meeting_put(w, "over-in-time", FIRST - WEEK, FIRST + DAY, ID_KIND_STATIC);
    EQUAL(counted(w), legacy, 1, 1, 1);
    meeting_put(w, "over-late", FIRST - WEEK, FIRST + DAY + 1, ID_KIND_STATIC);
    EQUAL(counted(w), legacy, 2, 1, 1);
    meeting_put(w, "made-in-time", FIRST + DAY - 1, FIRST + WEEK, ID_KIND_STATIC);
    EQUAL(counted(w), legacy, 3, 2, 2);
    meeting_put(w, "made-late", FIRST + DAY, FIRST + WEEK, ID_KIND_STATIC);
    EQUAL(counted(w), legacy, 3, 3, 3);
    meeting_put(w, "cancelled", FIRST, FIRST + WEEK, ID_KIND_STATIC);
    behind_its_back(w, "UPDATE meeting SET status = 'cancelled' WHERE uid = 'cancelled'");
    EQUAL(counted(w), legacy, 3, 3, 3);
    behind_its_back(w, "UPDATE meeting SET span_end = NULL WHERE uid = 'always'");
    EQUAL(counted(w), legacy, 3, 3, 3);
}

static void conversions_count_once_and_end_being_legacy(void **state)
{
    struct world *w = *state;
    meeting_put(w, "now", FIRST - WEEK, FIRST + WEEK, ID_KIND_NONE);
    meeting_put(w, "later", FIRST - WEEK, FIRST + WEEK, ID_KIND_NONE);
    meeting_put(w, "short", FIRST - WEEK, FIRST + 2 * DAY, ID_KIND_NONE);
    OK(store_begin(w->store, true));
    OK(store_move_add(w->store, "now", "7654321", "91111111", FIRST + DAY - 1));
    OK(store_move_add(w->store, "later", "7654321", "92222222", FIRST + DAY));
    OK(store_move_add(w->store, "short", "7654321", "93333333", FIRST + WEEK));
    OK(store_commit(w->store));
    EQUAL(counted(w), converted, 1, 1, 0);
    EQUAL(counted(w), legacy, 2, 0, 0);
    behind_its_back(w, "UPDATE id_move SET at = at - 604800");
    EQUAL(counted(w), converted, 1, 0, 0);
    EQUAL(counted(w), legacy, 0, 0, 0);
}

static void no_day_is_no_fault(void **state)
{
    struct world *w = *state;
    struct report_days none = {0};
    OK(store_outbox_counts(w->store, &none));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(messages_count_when_they_were_queued_and_settled),
        CASE(legacy_meetings_count_until_they_are_over_or_converted),
        CASE(conversions_count_once_and_end_being_legacy),
        CASE(no_day_is_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
