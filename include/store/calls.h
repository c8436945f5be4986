/* The call log in the store: what bridges asked and were told. For desk. See store/store.h. */
#ifndef STORE_CALLS_H
#define STORE_CALLS_H

#include <core/admission.h>
#include <core/calls.h>
#include <store/store.h>

/* Adds calls, and takes a few more of those away that are older than `kept_since`. */
enum err store_calls_add(struct store *store, const struct calls *calls, int64_t kept_since);

/*
 * Wrong tries of this caller (NULL: withheld) and over this trunk in the windows before `at`. Some
 * minutes after `at` count as well: the clocks of several bridges differ.
 */
enum err store_calls_tries(struct store *store, const char *caller, const char *trunk, int64_t at,
                           struct admission_tries *out);

/* The newest `limit` since that time, the oldest first; limit 0: all. */
enum err store_calls_list(struct arena *arena, struct store *store, int64_t since, size_t limit,
                          struct calls *out);

/* How many calls for this meeting were admitted, and when the last one was. */
enum err store_calls_admitted(struct store *store, const char *meeting_uid, size_t *count,
                              int64_t *last);

/* A trunk with so many wrong tries since that time; NULL: there is none. */
enum err store_calls_probed(struct arena *arena, struct store *store, int64_t since, int64_t least,
                            const char **trunk);

#endif
