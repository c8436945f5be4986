/* Meetings in the store. For desk and transfer. See store/store.h for transactions and arenas. */
#ifndef STORE_MEETINGS_H
#define STORE_MEETINGS_H

#include <core/history.h>
#include <core/meeting.h>
#include <store/store.h>

/* *found false if no meeting has this UID; *out is then as it was. */
enum err store_meeting_find(struct arena *arena, struct store *store, const char *uid,
                            struct meeting *out, bool *found);
/*
 * Tells the store that each of these will be looked for, at most some hundred: what that reads
 * comes together. there[i]: there is one of uids[i].
 */
enum err store_meetings_ahead(struct store *store, const char *const *uids, size_t count,
                              bool *there);
/* The same for a meeting that must be there: ERR_NOT_FOUND, and a message, if it is not. */
enum err store_meeting_get(struct arena *arena, struct store *store, const char *uid,
                           struct meeting *out);
/* The same without its attendees, as if it had none. */
enum err store_meeting_get_alone(struct arena *arena, struct store *store, const char *uid,
                                 struct meeting *out);
/* All whose UID begins so (at least 4 characters; `%` and `_` are themselves), at most `limit`. */
enum err store_meetings_by_prefix(struct arena *arena, struct store *store, const char *prefix,
                                  size_t limit, struct meetings *out);
/*
 * How many bytes of the UID tell it apart from all others (at most its own length; more than what
 * the meetings have in common, and whole characters).
 */
enum err store_uid_least(struct arena *arena, struct store *store, const char *uid, size_t *bytes);
/*
 * Those whose span touches [from, to), by span start. organizer_uid NULL: everybody's. Series are
 * returned once, unexpanded. Reads only what it returns (short spans by start, long ones by end),
 * whatever the store holds.
 */
enum err store_meetings_between(struct arena *arena, struct store *store, const char *organizer_uid,
                                int64_t from, int64_t to, bool cancelled_too, struct meetings *out);
/* The first of one organizer's, without cancelled ones, and without their attendees. */
enum err store_meetings_alone_between(struct arena *arena, struct store *store,
                                      const char *organizer_uid, int64_t from, int64_t to,
                                      size_t limit, struct meetings *out);

/* A scheduled meeting on a static ID, in few words: what its mixing risk needs. */
struct legacy_span {
    const char *uid, *conference_id, *title;
    int64_t start, end; /* of its first occurrence; a series has others that are not told here */
    bool series;        /* has a rule, or dates that were added, taken out or changed */
};

struct legacy_spans VECTOR(struct legacy_span);

/*
 * The organizer's scheduled meetings on static IDs whose span touches [from, to), series once, in
 * no order. Reads as store_meetings_between does.
 */
enum err store_legacy_between(struct arena *arena, struct store *store, const char *organizer_uid,
                              int64_t from, int64_t to, struct legacy_spans *out);

/* Those that carry this ID, span end at or after `since`, cancelled ones too, by span start. */
enum err store_meetings_on_id(struct arena *arena, struct store *store, const char *digits,
                              int64_t since, size_t limit, struct meetings *out);
/* Those whose foreign dial-in has this ID, by start. */
enum err store_meetings_foreign(struct arena *arena, struct store *store, const char *digits,
                                size_t limit, struct meetings *out);
/*
 * Legacy meetings that are not over at `now`, by organizer's address, ID, start. organizer_uid
 * NULL: everybody's. limit 0: all. `attendees`: with them.
 */
enum err store_meetings_legacy(struct arena *arena, struct store *store, const char *organizer_uid,
                               int64_t now, size_t limit, bool attendees, struct meetings *out);
/* How many there are, counted up to `most` (0: all of them). */
enum err store_meetings_legacy_count(struct store *store, const char *organizer_uid, int64_t now,
                                     size_t most, size_t *count);
/*
 * A part of them, in an order that follows indexes (by organizer's UID, ID, the span's end, UID),
 * so that a page reads what it gives, however many there are. *out is set.
 */
enum err store_meetings_legacy_page(struct arena *arena, struct store *store,
                                    const char *organizer_uid, int64_t now,
                                    const struct legacy_page *page, struct meetings *out);
/*
 * Of those that touch [from, to), at most `limit` whose notes show one of the four forms of a
 * number, or whose foreign dial-in's telephone number holds the digits ("": none is looked for).
 */
enum err store_meetings_showing(struct arena *arena, struct store *store,
                                const struct strings *forms, const char *digits, int64_t from,
                                int64_t to, size_t limit, struct meetings *out);
/*
 * Title, location, organizer's name or address, attendee, or part of an ID; every word of `text`
 * (folded) must stand somewhere. Those that are not over at `at` come first, the soonest start
 * first, then the others, the latest first; at most `limit`.
 */
enum err store_meetings_search(struct arena *arena, struct store *store, const char *text,
                               int64_t at, size_t limit, struct meetings *out);
/* A meeting in few words: whether it is worth to be read. */
struct near_meeting {
    int64_t key, start;
    const char *tz;
    bool all_day;
    bool single; /* no series, and nothing taken out */
    int held;    /* bit n: what a search finds it by holds words[n], which is folded */
};

struct near_meetings VECTOR(struct near_meeting);
enum { NEAR_WORDS = 4 }; /* "" stands for a missing one */

/*
 * Scheduled meetings, those first that may come about nearest to `at`, as
 * occurrence_compare_nearness has it. Which are not over at `at` but have begun: a series may come
 * about at any time.
 */
enum err store_meetings_begun(struct arena *arena, struct store *store, int64_t at,
                              const char *const *words, struct near_meetings *out);
/* Which begin in [from, to), behind `at`. */
enum err store_meetings_coming(struct arena *arena, struct store *store, int64_t from, int64_t to,
                               const char *const *words, struct near_meetings *out);
/* Which touch [from, to) and are over at `at`, the latest first; and all cancelled ones that do. */
enum err store_meetings_gone(struct arena *arena, struct store *store, int64_t at, int64_t from,
                             int64_t to, const char *const *words, struct near_meetings *out);
/* The meetings with these keys, which must be there, in their order. */
enum err store_meetings_keyed(struct arena *arena, struct store *store, const int64_t *keys,
                              size_t count, struct meetings *out);
/*
 * For export: all of an organizer (NULL: all), in order of UID, from the one behind `after` (NULL:
 * first), at most `limit`.
 */
enum err store_meetings_page(struct arena *arena, struct store *store, const char *organizer_uid,
                             const char *after, size_t limit, struct meetings *out);
/*
 * Addresses of earlier attendees of an organizer's meetings that begin with or hold `part`
 * (folded), most recent first.
 */
enum err store_attendees_like(struct arena *arena, struct store *store, const char *organizer_uid,
                              const char *part, size_t limit, struct attendees *out);

/*
 * version 0 inserts; ERR_CONFLICT if another meeting has its UID, from a server perhaps not before
 * the commit. Else updates exactly that version, ERR_CONFLICT if it is not there any more. Raises
 * meeting->version. Attendees, dates and overrides are written whole. `changed` and `created` come
 * from the caller.
 */
enum err store_meeting_put(struct store *store, struct meeting *meeting);

/* Notes that a meeting left one ID for another, and who left an ID. */
enum err store_move_add(struct store *store, const char *meeting_uid, const char *old_id,
                        const char *new_id, int64_t at);
/* The meeting is back on that ID: it never left, as far as a lookup is concerned. */
enum err store_move_remove(struct store *store, const char *meeting_uid, const char *old_id);
enum err store_meetings_moved_from(struct arena *arena, struct store *store, const char *old_id,
                                   size_t limit, struct meetings *out);

#endif
