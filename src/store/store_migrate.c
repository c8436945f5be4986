/*
 * Migrations: the numbered files of data/schema, run in order, each in a transaction of its own and
 * noted with the program's version. A store that a newer program made is refused, not guessed at.
 */
#include "store_private.h"

#include <base/embedded.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char schema_folder[] = "schema/";

/* The index-th migration's file name and number; false past the end. The names sort by number. */
static bool migration_at(size_t index, const char **name, int *number)
{
    size_t seen = 0;
    const char *found;
    for (size_t i = 0; (found = embedded_name(i)) != NULL; i++) {
        if (strncmp(found, schema_folder, sizeof schema_folder - 1) != 0 || seen++ != index)
            continue;
        *name = found;
        *number = atoi(found + sizeof schema_folder - 1);
        return true;
    }
    return false;
}

int store_schema_known(void)
{
    const char *name;
    int number = 0;
    for (size_t i = 0; migration_at(i, &name, &number);)
        i++;
    return number;
}

/* Reads the number if the table is known to be there. */
static enum err number_read(struct store *store, int64_t *number)
{
    return db_query_int(store->db, number, "SELECT MAX(number) FROM schema_migration", DB_NONE);
}

/*
 * 0 if the store is empty; an error if the database is another program's. Safe in a
 * transaction.
 */
static enum err number_find(struct store *store, int64_t *number)
{
    bool there = false, any = false;
    *number = 0;
    enum err err = db_tables(store->db, "schema_migration", &there, &any);
    if (err || there)
        return err ? err : number_read(store, number);
    if (any)
        return error_set(store->error, ERR_DAMAGED, store->where,
                         "the database is not a store of dialdesk");
    return ERR_OK;
}

/* One cheap query if all is well; only when that fails, a look at what is there. */
enum err store_schema_number(struct store *store, int64_t *number)
{
    enum err err = number_read(store, number);
    if (err != ERR_BUG)
        return err;
    error_clear(store->error);
    return number_find(store, number);
}

static enum err newer_refused(struct store *store, int64_t number)
{
    return error_set(store->error, ERR_DAMAGED, store->where,
                     "made by a newer dialdesk (schema %lld); this one knows schema %d: update it",
                     (long long)number, store_schema_known());
}

/* The migration's real moment: like history, it never follows a test's clock. */
static enum err migration_note(struct store *store, int number, const char *name)
{
    return db_run(store->db, NULL,
                  "INSERT INTO schema_migration (number, name, program, at)"
                  " VALUES ($1, $2, $3, $4)",
                  DB(number, name, "dialdesk " DIALDESK_VERSION, (int64_t)time(NULL)));
}

/* One step, inside a transaction that looked at the number again: somebody may have been faster. */
static enum err migration_run(struct store *store, int number, const char *name)
{
    enum err err = db_execute(store->db, embedded_find(name, NULL));
    if (!err)
        err = migration_note(store, number, name + sizeof schema_folder - 1);
    return err ? err : db_equip(store->db, number == 1);
}

/* The next missing step; *done if none is missing, *made if it was the first. */
static enum err migration_next(struct store *store, bool *done, bool *made)
{
    int64_t at = 0;
    const char *name = NULL;
    int number = 0;
    enum err err = db_begin(store->db, true);
    if (err)
        return err;
    err = number_find(store, &at);
    for (size_t i = 0; !err && (*done = !migration_at(i, &name, &number)) == false; i++)
        if (number > at)
            break;
    if (!err && !*done) {
        err = migration_run(store, number, name);
        *made = !err && number == 1;
    }
    if (!err)
        err = db_commit(store->db);
    if (err)
        db_rollback(store->db);
    return err;
}

/* A copy from an earlier try is good enough: the store was not migrated since. */
static enum err copy_before(struct store *store, int64_t number)
{
    if (!db_driver_of(store->db)->copied_before_migration)
        return ERR_OK;
    char *path =
        arena_format(store->arena, "%s.before-%lld.bak", store->where, (long long)number + 1);
    if (access(path, F_OK) == 0)
        return ERR_OK;
    enum err err = db_backup(store->db, path);
    if (err == ERR_REFUSED) { /* another process had the same in mind, and was faster */
        error_clear(store->error);
        return ERR_OK;
    }
    return err;
}

enum err store_migrate(struct store *store, enum db_mode mode, bool *made)
{
    int64_t number = 0;
    *made = false;
    enum err err = store_schema_number(store, &number);
    if (err)
        return err;
    if (number == 0 && mode != DB_CREATE)
        return error_set(store->error, ERR_NOT_FOUND, store->where,
                         "no store is in it: make one with 'dialdesk init'");
    if (number > store_schema_known())
        return newer_refused(store, number);
    if (number == store_schema_known())
        return ERR_OK;
    if (number > 0)
        err = copy_before(store, number);
    bool done = false, first = false;
    while (!err && !done) {
        first = false;
        err = migration_next(store, &done, &first);
        *made |= first;
    }
    return err;
}
