/* See store_support.h. */
#include "store_support.h"
#include "support/folder.h"
#include "support/store.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *server(void)
{
    return getenv("DIALDESK_TEST_DB");
}

bool world_on_server(void)
{
    return server() != NULL;
}

/*
 * On a server every world is a schema of its own, t1, t2 ..., which whoever runs the tests has
 * made.
 */
static const char *server_where(struct arena *arena)
{
    static int count;
    return arena_format(arena, "%s&options=-csearch_path%%3Dt%d", server(), ++count);
}

const struct db_wait world_wait = {.limit = 10 * 60 * 1000};

int world_open(void **state)
{
    struct arena *arena = arena_new();
    struct world *w = arena_alloc(arena, sizeof *w);
    *w = (struct world){.arena = arena, .seed = 88172645463325252u};
    if (world_on_server()) {
        w->where = server_where(arena);
    } else {
        char *folder = arena_alloc(arena, SUPPORT_FOLDER_SIZE);
        assert_true(support_folder(folder));
        w->folder = folder;
        w->where = arena_format(arena, "%s/store/dialdesk.db", folder);
        assert_true(support_store(w->where));
    }
    OK(store_open(w->where, DB_CREATE, &world_wait, &w->store, NULL, &w->error));
    put_organizer(w, "org-ada", "ada@example.org");
    *state = w;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *at)
{
    (void)status;
    (void)type;
    (void)at;
    return remove(path);
}

int world_close(void **state)
{
    struct world *w = *state;
    store_close(w->store);
    if (w->folder)
        nftw(w->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(w->arena);
    return 0;
}

struct store *world_connect(struct world *w)
{
    struct store *store = NULL;
    OK(store_open(w->where, DB_WRITE, &world_wait, &store, NULL, &w->error));
    return store;
}

static void seeded_fill(void *self, void *bytes, size_t size)
{
    uint64_t *seed = self;
    unsigned char *out = bytes;
    for (size_t i = 0; i < size; i++) {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        out[i] = (unsigned char)(*seed >> 32);
    }
}

struct random world_random(struct world *w)
{
    return (struct random){seeded_fill, &w->seed};
}

void expect_ok(enum err err, const struct error *error)
{
    if (err)
        fail_msg("error %d: %s: %s", err, error->what, error->why);
}

void put_organizer(struct world *w, const char *uid, const char *email)
{
    struct organizer organizer = {.uid = uid,
                                  .email = email,
                                  .name = email,
                                  .tz = "Europe/Berlin",
                                  .lang = "en",
                                  .dial_in = true,
                                  .provider = PROVIDER_MICROSOFT};
    OK(store_begin(w->store, true));
    OK(store_organizer_put(w->store, &organizer));
    OK(store_commit(w->store));
}

struct meeting meeting_of(const char *uid, const char *title, int64_t start, int64_t seconds)
{
    return (struct meeting){.uid = uid,
                            .organizer_uid = "org-ada",
                            .title = title,
                            .location = "",
                            .notes = "",
                            .start_local = local_from_seconds(start),
                            .tz = "UTC",
                            .duration = seconds,
                            .start = start,
                            .end = start + seconds,
                            .span_start = start,
                            .span_end = start + seconds,
                            .created = WORLD_NOW,
                            .changed = WORLD_NOW};
}

void put_meeting(struct world *w, struct meeting *meeting)
{
    OK(store_begin(w->store, true));
    OK(store_meeting_put(w->store, meeting));
    OK(store_commit(w->store));
}

void schedule(struct world *w, struct meeting *meeting, int64_t now)
{
    char digits[ID_SIZE];
    int64_t until =
        meeting->span_end == INSTANT_NEVER ? INSTANT_NEVER : meeting->span_end + INT64_C(365) * DAY;
    OK(store_begin(w->store, true));
    OK(store_id_issue(w->store, world_random(w), 8, meeting->organizer_uid, meeting->uid, until,
                      now, digits, NULL));
    meeting->conference_id = arena_copy(w->arena, digits);
    meeting->id_kind = ID_KIND_DYNAMIC;
    OK(store_meeting_put(w->store, meeting));
    OK(store_commit(w->store));
}

void behind_its_back(const struct world *w, const char *sql)
{
    struct db *db = NULL;
    struct error error = {0};
    expect_ok(db_open(w->where, DB_CREATE, NULL, &db, &error), &error);
    expect_ok(db_execute(db, sql), &error);
    db_close(db);
}

const char *check_text(struct world *w)
{
    struct strings findings = {0};
    struct text text = text_start(w->arena);
    OK(store_check(w->arena, w->store, (struct check_times){WORLD_NOW, WORLD_NOW}, &findings,
                   NULL));
    for (size_t i = 0; i < findings.count; i++)
        text_addf(&text, "%s\n", findings.items[i]);
    return text.bytes;
}
