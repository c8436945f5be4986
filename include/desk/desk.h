/*
 * The use cases: what people do with dialdesk, each one transaction. console, cli and transfer call
 * these; they call store and core. Every function that fails has written session->error. Records go
 * into the arena that is given; `organizer` NULL in reading functions means everybody.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include <core/directory.h>
#include <core/history.h>
#include <core/invitation.h>
#include <core/lookup.h>
#include <core/meeting.h>
#include <core/report.h>
#include <core/search.h>
#include <desk/session.h>

/* --- whose calendar, and the directory --- */

/* settings.organizer, else the only one there is, else ERR_INVALID that tells how to name one. */
enum err desk_organizer(struct session *session, struct arena *arena, struct organizer *out);
enum err desk_organizer_named(struct session *session, struct arena *arena, const char *email,
                              struct organizer *out);
/*
 * The zone in which times of this organizer's calendar are shown: settings.tz, else the organizer's
 * zone, else the system's. `organizer` NULL: of several calendars.
 */
enum err desk_reader_zone(struct session *session, const struct organizer *organizer,
                          const struct zone **zone);
/* Organizers that were read so far, in order of their UIDs. */
struct known_organizer {
    const char *uid;
    const struct organizer *organizer;
};

struct known_organizers VECTOR(struct known_organizer);

/* The organizer of this UID, each read once, into the arena. Within a transaction. */
enum err organizer_known(struct session *session, struct arena *arena,
                         struct known_organizers *known, const char *uid,
                         const struct organizer **out);
/* By name then address, at most `limit` (0: all). */
enum err desk_organizers(struct session *session, struct arena *arena, size_t limit,
                         struct organizers *out);
/* A page of that list. */
enum err desk_organizers_page(struct session *session, struct arena *arena,
                              const struct organizers_page *page, struct organizers *out);
enum err desk_organization(struct session *session, struct arena *arena, struct organization *out,
                           struct organization_figures *figures); /* figures may be NULL */
/* An organization that stands so already is no change: nothing is written, its version stays. */
enum err desk_organization_change(struct session *session, struct organization *changed);
enum err desk_numbers(struct session *session, struct arena *arena, struct numbers *out);
/* Adds or changes it; *changed is false if it stands there like that already. */
enum err desk_number_put(struct session *session, struct arena *arena, const struct number *number,
                         bool *changed);
enum err desk_number_remove(struct session *session, const char *e164);
/*
 * version 0 adds. static_id set: it is taken as it is and becomes the current one. Notes tell what
 * the change hits (future meetings that lose their dial-in), or that there is none.
 */
enum err desk_organizer_put(struct session *session, struct arena *arena,
                            struct organizer *organizer, struct strings *notes);
/* What differs, old -> new, as the history has it; "" if nothing does. */
const char *organizer_differences(struct arena *arena, const struct organizer *old,
                                  const struct organizer *new);
/*
 * The first run, in one transaction: adds the organizer and a dial-in number (NULL: none), and sets
 * the cut-over to now if `dynamic`.
 */
enum err desk_set_up(struct session *session, struct arena *arena,
                     const struct organizer *organizer, bool dynamic, const struct number *number);
/*
 * Takes the organizer out of the directory. Meetings to come are handed over to `to`, with their
 * IDs and a raised SEQUENCE; `to` NULL: ERR_REFUSED if there are any. What is over stays as it is.
 */
enum err desk_organizer_remove(struct session *session, struct arena *arena, const char *email,
                               const char *to, bool dry_run, struct removal *out);
/*
 * Retires the static ID, issues another if the organizer needs one, and lists the meetings whose
 * invitations still name the old one.
 */
enum err desk_organizer_reset_id(struct session *session, struct arena *arena, const char *email,
                                 bool dry_run, const char **old_id, const char **new_id,
                                 struct occurrences *still_named);

/* --- reading the calendar --- */

/* Occurrences that touch [from, to), in order, with each one's risk. */
enum err desk_agenda(struct session *session, struct arena *arena,
                     const struct organizer *organizer, int64_t from, int64_t to,
                     bool cancelled_too, struct occurrences *out);
/*
 * A UID, an unambiguous beginning of one (4 characters or more), or a dynamic conference ID. The
 * meeting's worst risk is filled in.
 */
enum err desk_meeting(struct session *session, struct arena *arena, const char *reference,
                      struct occurrence *out);
/*
 * Sets uid_short of each to as much of the UID as tells the meeting apart now, 8 characters or
 * more: what desk_meeting takes. Unless `all`, only of those that no dynamic ID names.
 */
enum err desk_uids_shorten(struct session *session, struct arena *arena, bool all,
                           struct occurrences *list);
enum err desk_found_shorten(struct session *session, struct arena *arena,
                            struct found_meetings *list);
/* The record alone, within a transaction. */
enum err meeting_resolve(struct session *session, struct arena *arena, const char *reference,
                         struct meeting *out);
/*
 * Legacy meetings that are not over, one record each, with risk; risk_only: only those with a
 * mixing risk; `attendees`: with them, which a long list has room for only if they are shown. In
 * order of ID and start.
 */
enum err desk_legacy(struct session *session, struct arena *arena,
                     const struct organizer *organizer, bool risk_only, bool attendees,
                     struct occurrences *out);
/* How many there are, counted up to `most` (0: all of them). */
enum err desk_legacy_count(struct session *session, const struct organizer *organizer, size_t most,
                           size_t *count);
/*
 * A part of them, however many there are: by organizer, ID and end. With risk, unless the page is
 * plain.
 */
enum err desk_legacy_page(struct session *session, struct arena *arena,
                          const struct organizer *organizer, const struct legacy_page *page,
                          struct occurrences *out);
/* The meetings with these UIDs, in the order of the UIDs, with risk; unknown UIDs are left out. */
enum err desk_meetings(struct session *session, struct arena *arena, const struct strings *uids,
                       struct occurrences *out);
/*
 * Meetings by title, organizer, attendee, location or part of an ID, narrowed by days and times
 * among the words (core/search.h): those that are on, then the next ones, then past ones, then
 * cancelled ones. `zone`: in which times are meant, beside the meeting's own.
 */
enum err desk_search(struct session *session, struct arena *arena, const char *text,
                     const struct zone *zone, size_t limit, struct found_meetings *out);
/*
 * Never ERR_NOT_FOUND: that an ID is unknown or invalid is an answer, told by its state. `history`
 * (NULL: nobody asks): what happened to the ID, of the same moment; nothing to an unknown one.
 */
enum err desk_lookup(struct session *session, struct arena *arena, const char *typed, int64_t at,
                     struct lookup *out, struct history_entries *history);
/*
 * What is told of one meeting, which was found by its people or its time: *out has that meeting
 * alone.
 */
enum err desk_lookup_meeting(struct session *session, struct arena *arena,
                             const struct occurrence *occurrence, int64_t at, struct lookup *out);

/* A call of which the history shall tell. */
struct call_note {
    const char *typed; /* the ID, as typed */
    const char *told;
    const char *caller;      /* a name or a telephone number; NULL: not known */
    const char *meeting_uid; /* that the caller named; NULL: a dynamic ID's own */
};

/*
 * Notes a call in the ID's history. Of a telephone number only the last four digits are kept.
 * ERR_NOT_FOUND for an ID that was never issued.
 */
enum err desk_note(struct session *session, struct arena *arena, const struct call_note *note);
/* Of a conference ID if `reference` is one that was issued, else of a meeting. */
enum err desk_history(struct session *session, struct arena *arena, const char *reference,
                      struct history_entries *out);
/*
 * As the attendee `to` (NULL: all of them) gets it. lang NULL: theirs, else as the meeting says.
 */
enum err desk_invitation(struct session *session, struct arena *arena,
                         const struct occurrence *meeting, const char *to, const char *lang,
                         struct invitation *out);
/* As session->looks has it. */
enum err desk_invitation_text(struct session *session, struct arena *arena,
                              const struct invitation *invitation, bool html, char **out);
/* What is known of the attendee of this address (store/directory.h); "" what is not. */
enum err desk_attendee_known(struct session *session, struct arena *arena, const char *email,
                             struct attendee_known *out);
enum err desk_attendees_known(struct session *session, struct arena *arena,
                              struct attendees_known *out);
/* Its NULL members stay as they are, its empty ones are not known any more. */
enum err desk_attendee_known_put(struct session *session, struct arena *arena,
                                 const struct attendee_known *said);
enum err desk_attendees_like(struct session *session, struct arena *arena,
                             const struct organizer *organizer, const char *part,
                             struct attendees *out);

/* --- scheduling --- */

/*
 * What a form or the options of new and edit say. A NULL (or false has_) member is not said: a
 * default in new, unchanged in edit.
 */
struct draft {
    const char *title, *tz, *location, *notes, *rrule, *uid,
        *lang;                          /* rrule "" in edit: no longer a series */
    const char *start, *end, *duration; /* as typed; read by time_parse in the meeting's zone */
    bool all_day, has_all_day;
    struct strings attendees; /* as typed: address, or "Name <address>" */
    bool has_attendees;
};

/* How much of a series an edit or a cancellation changes. */
enum scope { SCOPE_SERIES, SCOPE_OCCURRENCE, SCOPE_FOLLOWING };

struct which {
    enum scope scope;
    /* an occurrence's start as typed, read in the meeting's zone; NULL: `recurrence` is it */
    const char *at;
    struct local_time recurrence; /* its start by the rule (struct occurrence has it) */
};

enum err desk_schedule(struct session *session, struct arena *arena,
                       const struct organizer *organizer, const struct draft *draft, bool dry_run,
                       struct scheduled *out);
/*
 * `version` 0: whatever version is stored; else ERR_CONFLICT if somebody else changed the meeting
 * since, with out->meeting as it is now. `which` NULL: the whole meeting. One occurrence gets a
 * start, length, title, location and notes of its own; any other member is ERR_REFUSED. This and
 * all following: the series ends before the occurrence, and *out tells the new meeting that the
 * rest becomes, with the ID that a new meeting gets. At the first occurrence that is the whole
 * series. `draft` NULL cancels, as desk_cancel does.
 */
enum err desk_change(struct session *session, struct arena *arena, const char *reference,
                     int64_t version, const struct which *which, const struct draft *draft,
                     bool dry_run, struct scheduled *out);
/* Cancels in the same way; if no occurrence would be left, the whole series is cancelled. */
enum err desk_cancel(struct session *session, struct arena *arena, const char *reference,
                     int64_t version, const struct which *which, struct scheduled *out);
/* One occurrence of a meeting, as desk_meeting gives the meeting; which->scope does not matter. */
enum err desk_occurrence(struct session *session, struct arena *arena, const char *reference,
                         const struct which *which, struct occurrence *out);
/*
 * Cancels all of them in one transaction, or none. versions, whiches: one for each reference, as
 * above; whiches NULL: whole meetings. A UID may come more than once, with another occurrence each
 * time; its version is the one from before the call.
 */
enum err desk_cancel_all(struct session *session, struct arena *arena,
                         const struct strings *references, const int64_t *versions,
                         const struct which *whiches);
/* Before anybody is asked whether to convert: ERR_REFUSED before the cut-over. */
enum err desk_convert_check(struct session *session, struct arena *arena);
/*
 * Converts all references in one transaction, or none. ERR_REFUSED before the cut-over and for a
 * meeting that is not legacy.
 */
enum err desk_convert(struct session *session, struct arena *arena,
                      const struct strings *references, bool remind, struct conversions *out);
/*
 * Converts every legacy meeting of the organizer (NULL: of everybody) that is not over; an empty
 * list if there is none.
 */
enum err desk_convert_all(struct session *session, struct arena *arena,
                          const struct organizer *organizer, bool remind, struct conversions *out);

/* --- the store --- */

enum err desk_init(struct session *session, bool *created);
/* notes: what is worth a look and no damage; may be NULL. */
enum err desk_check(struct session *session, struct arena *arena, struct strings *findings,
                    struct strings *notes);
struct repairs {
    struct strings lines; /* what was repaired, one a line */
    size_t moved;         /* so many of them tell of meetings whose times were renewed */
    const char *copy;     /* the store as it was; NULL: nothing was repaired, or no file holds it */
};
/*
 * Brings right, in one transaction, what the check would have reported and other rows tell how it
 * must be: states and counts of IDs, search texts, indexes, what a clock that was ahead left, and
 * the stored instants of every meeting by today's zone rules. Names each. Attendees are owed an
 * update of a meeting that moved, so its SEQUENCE is raised. The store is copied beside before.
 */
enum err desk_repair(struct session *session, struct arena *arena, struct repairs *repairs);
/*
 * Looks for meetings that move because their zones' rules have changed since they were stored, some
 * hundred meetings a call; only meetings whose zone's file has changed are read. Begin with an
 * arena and zeros; *look collects the findings.
 */
struct zones_look {
    struct arena *arena; /* of the lines */
    int64_t after;       /* how far it came */
    bool done;
    size_t moved;         /* meetings */
    struct strings lines; /* what moves, of the first ZONES_TOLD */
};
enum { ZONES_TOLD = 12 };
enum err desk_zones_look(struct session *session, struct zones_look *look);
/*
 * Differs from an earlier mark once another process has committed something; for the console's
 * timer.
 */
enum err desk_change_mark(struct session *session, int64_t *mark);
enum err desk_backup(struct session *session, const char *path);
/*
 * store_restore over the session's store, which must not be open yet; it is opened after that, and
 * so brought to this program's schema.
 */
enum err desk_restore(struct session *session, const char *file);
/*
 * Fills an empty store with data/sample and the seed's story (ERR_REFUSED if it is not empty),
 * around `now`.
 */
enum err desk_demo(struct session *session, struct arena *arena, const char **summary);

#endif
