/* History and reminders in the store. For desk/. See store/store.h. */
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

enum err store_reminder_add(struct store *store, const struct reminder *reminder);
/*
 * Oldest first. states: bits (1 << REMINDER_QUEUED | ...), 0: all. meeting_uid NULL: all. after:
 * created and uid of the last one seen, or NULL.
 */
enum err store_reminders_list(struct arena *arena, struct store *store, unsigned states,
                              const char *meeting_uid, size_t limit, struct reminders *out);
/* A part of all of them: reads as many of each state as the page has at most. *out is set. */
enum err store_reminders_page(struct arena *arena, struct store *store,
                              const struct reminders_page *page, struct reminders *out);
/* How many there are in a state, counted up to `most`. */
enum err store_reminders_count(struct store *store, enum reminder_state state, size_t most,
                               size_t *count);
enum err store_reminder_state(struct store *store, const char *uid, enum reminder_state from,
                              enum reminder_state to, const char *why,
                              int64_t at); /* ERR_CONFLICT where it is not in `from` */
/* Takes it out of the outbox. ERR_CONFLICT where it is being sent, or was. */
enum err store_reminder_withdraw(struct store *store, const char *uid);

#endif
