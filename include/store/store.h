/*
 * The store: one organization's meetings, IDs, directory, history and reminders. All SQL stands in this layer.
 * desk/ may call it, nobody else. The other store/ headers hold one noun each and work on the same `struct store`.
 *
 * Writing functions must stand inside store_begin(store, true) ... store_commit. An error in a transaction means
 * store_rollback. Reading functions may stand alone. Records are copied into the arena that comes first.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <base/arena.h>
#include <base/error.h>
#include <base/vector.h>
#include <db/db.h>
#include <stdint.h>

struct store;

/*
 * Opens and, where the mode writes, migrates (numbered files of data/schema, each in a transaction, SQLite copied beside first).
 * DB_READ on an old schema: migrated too where possible, else ERR_DENIED. A newer schema: ERR_DAMAGED with a clear word.
 * Absence is ERR_IO with "there is no store: make one with 'dialdesk init'".
 * *created (may be NULL) tells whether this call made it.
 */
enum err store_open(const char *where, enum db_mode mode, struct store **store, bool *created,
                    struct error *error);
void store_close(struct store *store); /* NULL is allowed */
/* Its name as people may see it: a path, or a server's address without password and options. */
const char *store_where(const struct store *store);

enum err store_begin(struct store *store, bool writing, struct error *error);
enum err store_commit(struct store *store, struct error *error);
void store_rollback(struct store *store);

/* Differs from an earlier mark once another process has committed something. Cheap: meant for once a second. */
enum err store_change_mark(struct store *store, int64_t *mark, struct error *error);

/* Integrity of the engine's file and every rule of the design that rows can show; one line per finding. Reads only. */
enum err store_check(struct arena *arena, struct store *store, struct strings *findings,
                     struct error *error);

/* A consistent copy while others work. ERR_REFUSED where the file exists, and on a server (it has tools of its own). */
enum err store_backup(struct store *store, const char *path, struct error *error);

#endif
