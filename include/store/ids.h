/*
 * Conference IDs in the store: issued once, retired, rested, never deleted. For desk and
 * transfer. See store/store.h.
 */
#ifndef STORE_IDS_H
#define STORE_IDS_H

#include <core/lookup.h>
#include <store/store.h>

/* *found false if the ID was never issued here; *out is then as it was. */
enum err store_id_find(struct arena *arena, struct store *store, const char *digits,
                       struct id_record *out, bool *found);
/* The same for an ID that must be there: ERR_NOT_FOUND, and a message, if it was never issued. */
enum err store_id_get(struct arena *arena, struct store *store, const char *digits,
                      struct id_record *out);
/* Those of `candidates` that are in the store and not retired. */
enum err store_ids_among(struct arena *arena, struct store *store, const struct strings *candidates,
                         struct id_records *out);
/* At most `limit` that begin with these digits, let somebody in at `now` or later, in order. */
enum err store_ids_beginning(struct arena *arena, struct store *store, const char *digits,
                             int64_t now, size_t limit, struct id_records *out);

/*
 * Draws, checks for slips against every ID that is live or in quarantine at `now`, and stores a
 * dynamic ID for the meeting. The length comes from `configured` and the live counts. An ID out of
 * quarantine is issued again (its row is renewed). `reserved_until`: the end of its meeting's span
 * plus the organization's quarantine (INSTANT_NEVER: open). *draws (may be NULL) tells how many it
 * took.
 */
enum err store_id_issue(struct store *store, struct random random, int configured,
                        const char *organizer_uid, const char *meeting_uid, int64_t reserved_until,
                        int64_t now, char out[ID_SIZE], int *draws);

/* Tells the store that an ID is issued next: what that reads comes with what else is read. */
enum err store_id_issue_ahead(struct store *store, int64_t now);

/*
 * Draws a static ID of seven digits or as many as `configured` asks for the organizer and makes it
 * the current one.
 */
enum err store_id_issue_static(struct store *store, struct random random, int length,
                               const char *organizer_uid, int64_t now, char out[ID_SIZE]);

/*
 * Takes an ID as it is (by hand or import). STATIC: the organizer's; ERR_REFUSED if it is
 * another organizer's, or a dynamic ID that was issued here. DYNAMIC: belongs to meeting_uid. An ID
 * of the same owner and kind that is there already is no error; a retired one of the same organizer
 * lives again.
 */
enum err store_id_take(struct store *store, const char *digits, enum id_kind kind,
                       const char *organizer_uid, const char *meeting_uid, int64_t reserved_until,
                       int64_t now);

/*
 * The IDs within one wrong digit or one swap of an ID that was taken as it is which are live or in
 * quarantine at `now`. It and they are marked, so that lookups of either tell of the others.
 */
enum err store_id_near(struct arena *arena, struct store *store, const char *digits, int64_t now,
                       struct strings *near);

/*
 * An imported dynamic ID that turned out to stand on several meetings becomes the organizer's
 * static one; its meetings' kind follows.
 */
enum err store_id_make_static(struct store *store, const char *digits, int64_t now);

/* The organizer's static IDs that let somebody in, the current one or not. */
enum err store_ids_static(struct arena *arena, struct store *store, const char *organizer_uid,
                          struct strings *out);
/* It belongs to this organizer from now on, as the meetings do that carry it. */
enum err store_id_hand_over(struct store *store, const char *digits, const char *organizer_uid);

/* Makes it the organizer's current static ID (NULL: none). It must be theirs. */
enum err store_organizer_static_id(struct store *store, const char *organizer_uid,
                                   const char *digits);

/*
 * Retires: quarantine until `reserved_until`; replaced_by may be NULL. Also takes it from its
 * organizer's record if it is the current static ID.
 */
enum err store_id_retire(struct store *store, const char *digits, int64_t at,
                         int64_t reserved_until, const char *replaced_by);
/*
 * An edit moved its meeting: the reservation follows, and an ended or retired ID lives again. The
 * ID must still be its meeting's own: compare the record's meeting_uid first. When the meeting is
 * over follows from the organization's quarantine at this moment.
 */
enum err store_id_reserve(struct store *store, const char *digits, int64_t reserved_until);

/*
 * The meeting of an ended ID is said to have been at another time: its reservation is written so,
 * and nothing lives again.
 */
enum err store_id_correct(struct store *store, const char *digits, int64_t reserved_until);

/*
 * A change brings an ID back to whom it had: as store_id_reserve does, after a look whether it is
 * still free for that. The owner must be compared first. ERR_REFUSED if its quarantine is over
 * at `now`, and a slip of it is somebody's.
 */
enum err store_id_revive(struct store *store, const char *digits, int64_t reserved_until,
                         int64_t now);

/* How many meetings carry it and are scheduled. */
enum err store_id_users(struct store *store, const char *digits, int64_t *count);

/*
 * Live IDs (not retired) by length. Kept by triggers-free counters in the same transactions, so it
 * costs one row a length.
 */
enum err store_id_live_counts(struct store *store, int64_t live[ID_SIZE]);

/*
 * At most `limit` live dynamic IDs whose meeting is over by `now` end: they stay their meeting's
 * and reserved (their record is not "retired"), but no longer count as live for guesses.
 * store_id_issue does this for a few each time; whoever issues many may ask for more.
 */
enum err store_ids_rest(struct store *store, int64_t now, size_t limit);

#endif
