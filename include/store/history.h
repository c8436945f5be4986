/* History in the store. For desk. See store/store.h. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include <core/history.h>
#include <store/store.h>

/* Append-only. `at` is the real clock's. */
enum err store_history_add(struct store *store, const struct history_entry *entry);
/* Of an ID, or of a meeting (the other one NULL), oldest first. */
enum err store_history_list(struct arena *arena, struct store *store, const char *conference_id,
                            const char *meeting_uid, struct history_entries *out);

#endif
