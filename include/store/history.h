/* History in the store. For desk. See store/store.h. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include <core/history.h>
#include <store/store.h>

/* Append-only. `at` is the real clock's. */
enum err store_history_add(struct store *store, const struct history_entry *entry);
/*
 * Of an ID, or of a meeting (one of the two NULL), oldest first; of both NULL: the newest `limit`,
 * oldest first. limit 0: all.
 */
enum err store_history_list(struct arena *arena, struct store *store, const char *conference_id,
                            const char *meeting_uid, size_t limit, struct history_entries *out);

#endif
