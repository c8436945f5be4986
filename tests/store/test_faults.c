/*
 * A disk that fails at any one write: what was acknowledged is there afterwards, what was not is
 * there whole or not at all, the check is clean, and the store works on. SQLite only.
 */
#include "store_support.h"

#include "fault_vfs.h"

#include <string.h>

/*
 * Schedules one meeting in one transaction: an ID, a meeting with attendees, history, a retired ID.
 */
static enum err work(struct world *w, const char *old_id)
{
    static struct attendee attendees[] = {{.email = "bob@example.org", .name = "Bob"},
                                          {.email = "eve@example.org", .name = "Eve"}};
    char digits[ID_SIZE];
    struct meeting m = meeting_of("new", "Budget", WORLD_NOW + HOUR, HOUR);
    struct history_entry entry = {.at = 1, .actor = "a", .event = "b", .meeting_uid = "new"};
    m.attendees = (struct attendees){attendees, 2, 2};
    enum err err = store_begin(w->store, true);
    if (err)
        return err;
    err = store_id_issue(w->store, world_random(w), 8, "org-ada", "new", INSTANT_NEVER, WORLD_NOW,
                         digits, NULL);
    m.conference_id = digits;
    m.id_kind = ID_KIND_DYNAMIC;
    if (!err)
        err = store_meeting_put(w->store, &m);
    if (!err)
        err = store_id_retire(w->store, old_id, WORLD_NOW, INSTANT_NEVER, digits);
    if (!err)
        err = store_history_add(w->store, &entry);
    if (!err)
        err = store_commit(w->store);
    if (err)
        store_rollback(w->store);
    return err;
}

/* How much of the work is there: 0 nothing, 4 all. */
static int parts_there(struct world *w, const char *old_id)
{
    struct meetings meetings = {0};
    struct history_entries history = {0};
    struct id_record record;
    struct meeting meeting;
    int parts = 0;
    enum err err = store_meeting_get(w->arena, w->store, "new", &meeting);
    assert_true(err == ERR_OK || err == ERR_NOT_FOUND);
    if (!err) {
        parts += meeting.attendees.count == 2;
        OK(store_id_get(w->arena, w->store, meeting.conference_id, &record));
    }
    OK(store_history_list(w->arena, w->store, NULL, "new", &history));
    parts += history.count == 1;
    OK(store_id_get(w->arena, w->store, old_id, &record));
    parts += record.retired;
    OK(store_meetings_search(w->arena, w->store, "budget", WORLD_NOW, 0, &meetings));
    parts += meetings.count == 1;
    return parts;
}

static void reopen(struct world *w)
{
    store_close(w->store);
    w->store = NULL;
    OK(store_open(w->where, DB_WRITE, NULL, &w->store, NULL, &w->error));
}

/* One fault; false when the work was done before it struck: all places have been tried. */
static bool one_fault(enum fault_kind kind, int at, bool for_ever, bool reopened)
{
    void *state = NULL;
    fault_vfs_arm(kind, 0, false);
    world_open(&state);
    struct world *w = state;
    OK(store_begin(w->store, true));
    OK(store_id_take(w->store, "7654321", ID_KIND_STATIC, "org-ada", NULL, INSTANT_NEVER, 1));
    OK(store_commit(w->store));
    fault_vfs_arm(kind, at, for_ever);
    enum err err = work(w, "7654321");
    bool hit = fault_vfs_struck();
    fault_vfs_arm(kind, 0, false);
    if (err && err != ERR_IO)
        fail_msg("fault %d of kind %d: error %d: %s", at, (int)kind, err, w->error.why);
    if (err)
        assert_true(hit && w->error.why[0]);
    if (reopened)
        reopen(w);
    int parts = parts_there(w, "7654321");
    if (!err ? parts != 4 : parts != 0 && parts != 4)
        fail_msg("fault %d of kind %d: %s, and %d of 4 parts are there", at, (int)kind,
                 err ? "refused" : "done", parts);
    assert_string_equal(check_text(w), "");
    struct meeting next = meeting_of("next", "x", WORLD_NOW, HOUR);
    schedule(w, &next, WORLD_NOW);
    assert_string_equal(check_text(w), "");
    world_close(&state);
    return hit;
}

static void test_every_write(void **state)
{
    (void)state;
    static const enum fault_kind kinds[] = {FAULT_DISK_FULL, FAULT_WRITE_ERROR, FAULT_SHORT_WRITE};
    for (size_t i = 0; i < 6; i++) {
        int at = 1;
        while (one_fault(kinds[i % 3], at, i / 3, i % 2))
            at++;
        assert_true(at > 5);
    }
}

/* Making a store: a fault leaves something that the next one makes whole. */
static void test_making(void **state)
{
    (void)state;
    for (int at = 1;; at++) {
        void *made = NULL;
        struct error error = {0};
        fault_vfs_arm(FAULT_DISK_FULL, 0, false);
        world_open(&made);
        struct world *w = made;
        const char *where = arena_format(w->arena, "%s/other.db", w->folder);
        struct store *store = NULL;
        fault_vfs_arm(FAULT_DISK_FULL, at, at % 2);
        enum err err = store_open(where, DB_CREATE, NULL, &store, NULL, &error);
        bool hit = fault_vfs_struck();
        fault_vfs_arm(FAULT_DISK_FULL, 0, false);
        if (err)
            assert_true(err == ERR_IO && hit);
        store_close(store);
        struct world other = {.arena = w->arena, .where = where};
        OK(store_open(where, DB_CREATE, NULL, &other.store, NULL, &w->error));
        assert_string_equal(check_text(&other), "");
        store_close(other.store);
        world_close(&made);
        if (!hit)
            break;
    }
}

static int install(void **state)
{
    (void)state;
    fault_vfs_install();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_write),
                                       cmocka_unit_test(test_making)};
    if (world_on_server())
        return 0;
    return cmocka_run_group_tests_name("faults", tests, install, NULL);
}
