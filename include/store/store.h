/*
 * The store: one organization's meetings, IDs, directory, history and reminders. All SQL stands in
 * this layer. Only desk and transfer may call it. The other store/ headers hold one noun each and
 * work on the same `struct store`.
 *
 * Writing functions must stand inside store_begin(store, true) ... store_commit. An error in a
 * transaction means store_rollback. Reading functions may stand alone. Records are copied into the
 * arena that comes first. Whatever fails writes its message into the error box that store_open was
 * given, which must live as long as the store.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <base/arena.h>
#include <base/error.h>
#include <base/vector.h>
#include <core/meeting.h>
#include <db/db.h>
#include <stdint.h>

struct store;

/*
 * Opens and, if the mode writes, migrates (numbered files of data/schema, each in a transaction,
 * SQLite copied beside first). DB_READ on an old schema: migrated too if possible, else
 * ERR_DENIED. A newer schema: ERR_DAMAGED with a clear word. Absence is ERR_NOT_FOUND with "there
 * is no store: make one with 'dialdesk init'". *created (may be NULL) tells whether this call made
 * it. `wait` (NULL: as usual) is lent to the store as long as it is open.
 */
enum err store_open(const char *where, enum db_mode mode, const struct db_wait *wait,
                    struct store **store, bool *created, struct error *error);
/* Whether somebody holds it so that store_open would have to wait: asked without waiting. */
bool store_held(const char *where);
void store_close(struct store *store); /* NULL is allowed */
/* Its name as people may see it: a path, or a server's address without password and options. */
const char *store_where(const struct store *store);

/*
 * The moment, by the real clock, at which the next transaction looks at leases of senders; before
 * the first call none of them is over.
 */
void store_at(struct store *store, int64_t now);
enum err store_begin(struct store *store, bool writing);
enum err store_commit(struct store *store);
void store_rollback(struct store *store);

/*
 * A place in a writing transaction: what is written from store_mark on can be taken back alone,
 * also after an error, or kept. One at a time; each is ended by one of the two.
 */
enum err store_mark(struct store *store);
enum err store_mark_back(struct store *store);
enum err store_mark_keep(struct store *store);

/*
 * Says that very many records are going to be read or written (on), or that they are (off): room is
 * spent on speed.
 */
void store_bulk(struct store *store, bool on);
/*
 * Says that the next transactions are safe from the end of this program only (on), or from a power
 * cut, too (off): then so is all that was committed before.
 */
void store_lax(struct store *store, bool on);

/*
 * Differs from an earlier mark once another process has committed something. Cheap: meant for once
 * a second.
 */
enum err store_change_mark(struct store *store, int64_t *mark);

/*
 * The check. Each part reads only, and adds one line per finding: what is wrong, then the row's
 * key, control characters escaped; at most twenty lines of a kind. Damage that keeps a part from
 * being read is a finding, not an error.
 *
 * store_check: the engine's own check of its file, missing tables and indexes, and every rule of
 * the design that rows can show, in one transaction. Time grows with the store, no faster. `notes`
 * (may be NULL) gets what is worth a look and no damage: IDs from elsewhere that are a slip from
 * another one.
 */
struct check_times {
    int64_t now;   /* the session's: what IDs, quarantines and calls go by */
    int64_t clock; /* the real clock, by which messages are sent */
};
enum err store_check(struct arena *arena, struct store *store, struct check_times times,
                     struct strings *findings, struct strings *notes);
/*
 * Brings right what rows show to be wrong and other rows say how it must be, within the caller's
 * transaction; `repaired` gets a line for each, as the check would have told it. (Times of
 * meetings are desk's to repair, texts for searches store_check_page's.)
 */
enum err store_repair(struct arena *arena, struct store *store, struct check_times times,
                      struct strings *repaired);
/*
 * A copy beside the store before it is repaired, FILE.before-repair-N.bak; its path in *path. NULL:
 * of a store on a server there is none.
 */
enum err store_copy_before_repair(struct arena *arena, struct store *store, const char **path);
/*
 * What the use cases write with each change: the history of IDs, meetings and conversions, and
 * whole quarantines.
 */
enum err store_check_history(struct arena *arena, struct store *store, struct strings *findings);
/*
 * For a store that store_open finds damaged: what the engine can tell. Nothing is added if it is
 * only not ours.
 */
enum err store_check_unopened(struct arena *arena, const char *where, struct strings *findings,
                              struct error *error);

/*
 * Meetings page by page, for rules that need more than the store. Those that can't be read become
 * findings in `kept`; texts for searches that do not fit become findings, or are brought right.
 */
struct check_page {
    size_t limit;
    struct arena *kept;
    struct strings *findings;
    struct strings *repaired; /* NULL: nothing is brought right */
    int64_t after;            /* 0: from the first; moved by each call */
    bool done;
    struct meetings meetings; /* those that could be read, in the arena of the call */
    size_t lines_search, lines_unread, lines_text; /* how many findings of each kind */
};
enum err store_check_page(struct arena *arena, struct store *store, struct check_page *page);

/* How each finding is added: *lines counts those of its kind. */
void store_finding_add(struct arena *arena, struct strings *findings, size_t *lines,
                       const char *finding, const char *key);
/* And how damage that was met as an error becomes one. */
void store_finding_damage(struct arena *arena, struct strings *findings,
                          const struct error *damage);

/*
 * A consistent copy while others work. ERR_REFUSED if the file exists, and on a server (it has
 * tools of its own).
 */
enum err store_backup(struct store *store, const char *path);
/*
 * Brings a backup back over whatever stands at `where` (db_restore), which must not be open here.
 * The backup is read only, and looked through first: ERR_INVALID, and nothing changed, if it is
 * damaged or is not a store that this program knows. An older schema stays until the store is
 * opened.
 */
enum err store_restore(const char *where, const char *file, struct error *error);

#endif
