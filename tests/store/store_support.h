/* What the tests of the store share: a fresh store, records to put into it, and terse checks. */
#ifndef TESTS_STORE_SUPPORT_H
#define TESTS_STORE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <store/directory.h>
#include <store/history.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <store/store.h>

/* One test's world: a store of its own, one organizer in it, a seeded source of randomness. */
struct world {
    struct arena *arena;
    struct store *store;
    const char *folder; /* temporary, removed at the end; NULL on a server */
    const char *where;
    uint64_t seed;
    struct error error; /* the store's */
};

enum { WORLD_NOW = 1796000000 }; /* late in 2026 */

/* Of tests with several writers: on a busy machine the usual limit is no fault of theirs. */
extern const struct db_wait world_wait;

int world_open(void **state);  /* cmocka's setup */
int world_close(void **state); /* cmocka's teardown */

/*
 * Where DIALDESK_TEST_DB names a server (postgresql://...?...): each world gets a schema of its own
 * there.
 */
bool world_on_server(void);

/* Another connection to the same store. */
struct store *world_connect(struct world *w);

struct random world_random(struct world *w);

/* Fails the test with the message if `err` is one. OK needs the world as `w`. */
void expect_ok(enum err err, const struct error *error);
#define OK(call) expect_ok((call), &w->error)

/* Inside a transaction of its own. */
void put_organizer(struct world *w, const char *uid, const char *email);
struct meeting meeting_of(const char *uid, const char *title, int64_t start, int64_t seconds);
void put_meeting(struct world *w, struct meeting *meeting);
/* With a fresh dynamic ID. */
void schedule(struct world *w, struct meeting *meeting, int64_t now);

/* Runs SQL on the store without its knowing; what is not there is made. */
void behind_its_back(const struct world *w, const char *sql);

/* The findings of store_check, as one text. */
const char *check_text(struct world *w);

#endif
