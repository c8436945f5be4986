/*
 * Organization, organizers and numbers in the store. For desk and transfer. See store/store.h for
 * transactions and arenas.
 */
#ifndef STORE_DIRECTORY_H
#define STORE_DIRECTORY_H

#include <core/directory.h>
#include <store/store.h>

enum err store_organization_get(struct arena *arena, struct store *store, struct organization *out);
/*
 * Updates the row of this version (ERR_CONFLICT if somebody else changed it) and raises
 * organization->version.
 */
enum err store_organization_put(struct store *store, struct organization *organization);

/* By address, folded. *found false if nobody has it; *out is then as it was. */
enum err store_organizer_find(struct arena *arena, struct store *store, const char *email,
                              struct organizer *out, bool *found);
/*
 * The same for an organizer who must be there. ERR_NOT_FOUND: "there is no organizer 'x': add one
 * with 'dialdesk organizer add'".
 */
enum err store_organizer_by_email(struct arena *arena, struct store *store, const char *email,
                                  struct organizer *out);
enum err store_organizer_by_uid(struct arena *arena, struct store *store, const char *uid,
                                struct organizer *out);
/*
 * Tells the store that these are read next, so that a server sends them with what else is read: the
 * organization, and an organizer by the uid.
 */
enum err store_organization_ahead(struct store *store);
enum err store_organizer_ahead(struct store *store, const char *uid);
/* Those of exactly this name, folded; at most `limit`. */
enum err store_organizers_named(struct arena *arena, struct store *store, const char *name,
                                size_t limit, struct organizers *out);
/* By name then address; `limit` 0: all. */
enum err store_organizers_list(struct arena *arena, struct store *store, size_t limit,
                               struct organizers *out);
/* Those whose provider is a third party. */
enum err store_organizers_third_party(struct arena *arena, struct store *store,
                                      struct organizers *out);
/* A part of that list, in its order. */
enum err store_organizers_page(struct arena *arena, struct store *store,
                               const struct organizers_page *page, struct organizers *out);
/*
 * version 0 inserts (ERR_REFUSED if the address is taken), else updates this version. static_id
 * is NOT written here: see store/ids.h.
 */
enum err store_organizer_put(struct store *store, struct organizer *organizer);

/*
 * Takes the organizer, who has no meetings to come and no live static ID, out of the directory. One
 * whom old meetings or IDs name keeps a row, which no address, name or list finds any more; the
 * address may be given to somebody else.
 */
enum err store_organizer_remove(struct store *store, const char *uid);

/*
 * What is known of the attendee of this address (in any case); of whoever is in the directory their
 * language and zone there, if no other is known. *out is set, its texts are "" if nothing is known.
 */
enum err store_attendee_known(struct arena *arena, struct store *store, const char *email,
                              struct attendee_known *out);
/* The row alone, without the directory. */
enum err store_attendee_known_row(struct arena *arena, struct store *store, const char *email,
                                  struct attendee_known *out);
/* By address. */
enum err store_attendees_known(struct arena *arena, struct store *store,
                               struct attendees_known *out);
/*
 * Who calls from this number, as the bridge tells it or as it is dialled at home
 * (core/telephone.h), by address; none for what is no telephone number. At most ATTENDEES_CALLING:
 * behind a number of a switchboard stand many.
 */
enum { ATTENDEES_CALLING = 20 };
enum err store_attendees_by_number(struct arena *arena, struct store *store, const char *number,
                                   struct attendees_known *out);
/* In the place of what was known; what says nothing takes the row away. */
enum err store_attendee_known_put(struct store *store, const struct attendee_known *known);
/* The language of an event's ATTENDEE, if none is known yet. */
enum err store_attendee_language(struct store *store, const char *email, const char *lang);

enum err store_numbers_list(struct arena *arena, struct store *store, struct numbers *out);
/*
 * Inserts or replaces. A default number takes the mark from the other one of its kind (toll or
 * toll-free).
 */
enum err store_number_put(struct store *store, const struct number *number);
enum err store_number_remove(struct store *store, const char *e164); /* ERR_NOT_FOUND */

#endif
