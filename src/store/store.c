/*
 * The store's door: opening, transactions, the change mark, backups and the way back.
 */
#include "store_private.h"

#include <string.h>
#include <unistd.h>

enum err store_open(const char *where, enum db_mode mode, const struct db_wait *wait,
                    struct store **store, bool *created, struct error *error)
{
    bool made = false;
    struct db *db = NULL;
    *store = NULL;
    enum err err = db_open(where, mode, wait, &db, error);
    if (err == ERR_NOT_FOUND)
        return error_set(error, ERR_NOT_FOUND, where,
                         "no store is here: make one with 'dialdesk init'");
    if (err)
        return err;
    struct arena *arena = arena_new();
    struct store *opened = arena_alloc(arena, sizeof *opened);
    *opened = (struct store){arena, db, error, db_where_shown(arena, where), INT64_MIN, -1, -1};
    err = store_migrate(opened, mode, &made);
    if (err) {
        store_close(opened);
        return err;
    }
    *store = opened;
    if (created)
        *created = made;
    return ERR_OK;
}

bool store_held(const char *where)
{
    return db_held(where);
}

void store_close(struct store *store)
{
    if (!store)
        return;
    db_close(store->db);
    arena_free(store->arena);
}

const char *store_where(const struct store *store)
{
    return store->where;
}

void store_at(struct store *store, int64_t now)
{
    store->now = now;
}

/*
 * Keys count up. Nobody else writes meanwhile, so the last ones are asked for once: then many rows
 * can be written by one statement.
 */
static const char last_meeting_sql[] = "SELECT MAX(seq) FROM meeting";
static const char last_history_sql[] = "SELECT MAX(seq) FROM history";

static enum err key_next(struct store *store, const char *sql, int64_t *last, int64_t *key)
{
    enum err err = *last < 0 ? db_query_int(store->db, last, sql, DB_NONE) : ERR_OK;
    *key = ++*last;
    return err;
}

enum err meeting_key_next(struct store *store, int64_t *key)
{
    return key_next(store, last_meeting_sql, &store->last_meeting, key);
}

enum err history_key_next(struct store *store, int64_t *key)
{
    return key_next(store, last_history_sql, &store->last_history, key);
}

static void keys_forget(struct store *store)
{
    store->last_meeting = store->last_history = -1;
}

enum err store_begin(struct store *store, bool writing)
{
    keys_forget(store);
    enum err err = db_begin(store->db, writing);
    if (!err && writing)
        err = db_ahead(store->db, last_meeting_sql, DB_NONE);
    if (!err && writing)
        err = db_ahead(store->db, last_history_sql, DB_NONE);
    return err;
}

enum err store_commit(struct store *store)
{
    return db_commit(store->db);
}

void store_rollback(struct store *store)
{
    db_rollback(store->db);
}

enum err store_mark(struct store *store)
{
    return db_run(store->db, NULL, "SAVEPOINT mark", DB_NONE);
}

enum err store_mark_back(struct store *store)
{
    keys_forget(store);
    enum err err = db_run(store->db, NULL, "ROLLBACK TO SAVEPOINT mark", DB_NONE);
    return err ? err : store_mark_keep(store);
}

enum err store_mark_keep(struct store *store)
{
    return db_run(store->db, NULL, "RELEASE SAVEPOINT mark", DB_NONE);
}

void store_bulk(struct store *store, bool on)
{
    db_bulk(store->db, on);
}

void store_lax(struct store *store, bool on)
{
    db_lax(store->db, on);
}

enum err store_change_mark(struct store *store, int64_t *mark)
{
    return db_change_mark(store->db, mark);
}

enum err store_backup(struct store *store, const char *path)
{
    return db_backup(store->db, path);
}

enum err store_copy_before_repair(struct arena *arena, struct store *store, const char **path)
{
    *path = NULL;
    if (!db_driver_of(store->db)->copied_before_migration)
        return ERR_OK;
    char *name;
    int n = 1;
    do
        name = arena_format(arena, "%s.before-repair-%d.bak", store->where, n++);
    while (access(name, F_OK) == 0);
    enum err err = db_backup(store->db, name);
    if (!err)
        *path = name;
    return err;
}

/* What is wrong with a backup, as the integrity check and the schema tell. */
static enum err backup_inspect(struct store *backup)
{
    int64_t number = 0;
    char *findings = NULL;
    enum err err = store_schema_number(backup, &number);
    if (err)
        return err;
    if (number == 0)
        return error_set(backup->error, ERR_INVALID, backup->where, "no store is in it");
    if (number > store_schema_known())
        return error_set(backup->error, ERR_INVALID, backup->where,
                         "made by a newer dialdesk: update this one");
    err = db_integrity(backup->db, backup->arena, &findings);
    if (err || !findings)
        return err;
    findings[strcspn(findings, "\n")] = '\0';
    return error_set(backup->error, ERR_INVALID, backup->where, "it is damaged: %s", findings);
}

enum err store_restore(const char *where, const char *file, struct error *error)
{
    struct db *db = NULL;
    enum err err = db_open(file, DB_READ, NULL, &db, error);
    if (!err) {
        struct arena *arena = arena_new();
        struct store backup = {arena, db, error, db_where_shown(arena, file), INT64_MIN, -1, -1};
        err = backup_inspect(&backup);
        arena_free(arena);
    }
    if (err == ERR_DAMAGED) /* of the backup: nothing is wrong with the store */
        error->code = err = ERR_INVALID;
    if (!err)
        err = db_restore(db, where);
    db_close(db);
    return err;
}

int64_t limit_of(size_t limit)
{
    return limit && limit < INT64_MAX ? (int64_t)limit : INT64_MAX;
}
