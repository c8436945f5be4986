/* The store's functions, one connection: what goes in comes out, what must be refused is. Both engines. */
#include "store_support.h"

#include <string.h>

static void test_organization(void **state)
{
    struct world *w = *state;
    struct error error = {0};
    struct organization a, b;
    OK(store_organization_get(w->arena, w->store, &a, &error));
    assert_int_equal(a.id_digits, 8);
    assert_int_equal(a.quarantine_days, 365);
    assert_int_equal(a.margin_minutes, 15);
    assert_true(a.dynamic_since == INSTANT_NEVER);
    assert_null(a.join_url);
    b = a;
    a.name = "Example";
    a.dynamic_since = WORLD_NOW;
    a.join_url = "https://example.org/";
    OK(store_begin(w->store, true, &error));
    OK(store_organization_put(w->store, &a, &error));
    OK(store_commit(w->store, &error));
    assert_int_equal(a.version, b.version + 1);
    OK(store_begin(w->store, true, &error));
    assert_int_equal(store_organization_put(w->store, &b, &error), ERR_CONFLICT);
    store_rollback(w->store);
    OK(store_organization_get(w->arena, w->store, &b, &error));
    assert_string_equal(b.name, "Example");
    assert_string_equal(b.join_url, "https://example.org/");
    assert_true(b.dynamic_since == WORLD_NOW);
    assert_int_equal(b.version, a.version);
}

static void test_smoke(void **state)
{
    struct world *w = *state;
    struct error error = {0};
    struct meeting m = meeting_of("meeting-1", "Budget", WORLD_NOW + HOUR, HOUR), got;
    schedule(w, &m, WORLD_NOW);
    OK(store_meeting_get(w->arena, w->store, "meeting-1", &got, &error));
    assert_string_equal(got.title, "Budget");
    assert_string_equal(got.conference_id, m.conference_id);
    struct meetings list = {0};
    OK(store_meetings_between(w->arena, w->store, NULL, WORLD_NOW, WORLD_NOW + DAY, false, &list, &error));
    assert_int_equal(list.count, 1);
    list.count = 0;
    OK(store_meetings_search(w->arena, w->store, "budg", 10, &list, &error));
    assert_int_equal(list.count, 1);
    assert_string_equal(check_text(w), "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_organization),
        CASE(test_smoke),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
