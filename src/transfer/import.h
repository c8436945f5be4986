/*
 * What the files of the import share. import.c reads and makes batches, import_event.c takes one
 * event into the store, import_late.c a changed occurrence that came without its series, and
 * import_lone.c one whose series is not here at all; import_merge.c, import_id.c, import_block.c
 * and import_seen.c are the rules that these need. For transfer's own files.
 */
#ifndef TRANSFER_IMPORT_H
#define TRANSFER_IMPORT_H

#include "calendar_writer.h"
#include <core/report.h>
#include <exchange/ical.h>
#include <exchange/mail.h>

struct import_event {
    struct ical_event event;
    bool taken; /* a changed occurrence that went into its series */
    bool again; /* it was read before in this source */
    bool fresh; /* there is no meeting of its UID, and no event before it makes one */
};

struct import_batch VECTOR(struct import_event);

/* An owner that was looked for by the address as written. */
struct import_owner {
    const char *key;
    const struct organizer *organizer; /* NULL: nobody has it */
};

struct import_owners VECTOR(struct import_owner);
struct import_ids VECTOR(int64_t); /* hashes of conference IDs */

/* One run over one source; a sync is one run over many files. */
struct import_run {
    struct session *session;
    const char *name;    /* of the source, for the report */
    struct arena *arena; /* of the run: what must outlive a batch */
    struct arena *report_arena;
    struct import_report report;
    struct calendar_writer *writer; /* what we would write of a meeting that is here */
    struct organizer fallback;      /* whose an event is that names nobody we know */
    bool has_fallback;
    bool own;     /* an event that names nobody we know is the fallback's own, not foreign */
    bool differs; /* the caller has compared already: an event is put, whatever its SEQUENCE */
    struct import_owners owners;

    int64_t number_notes; /* events whose dial-in shows numbers that are not ours */

    /* for the count of legacy meetings: of scheduled meetings as they were read, and those of them
     * that a later event made static */
    struct import_ids dynamic, made_static;
};

/* One event on its way into the store. */
struct taking {
    struct import_run *run;
    struct arena *arena;
    const struct ical_event *event;
    struct meeting *meeting; /* what the event says, and what will be stored */
    struct meeting stored;   /* the meeting of this UID; version 0: there is none */
    struct organizer *owner; /* NULL: the event is nobody's */
    bool foreign;            /* it only stands in the owner's calendar */
    bool fresh;              /* nothing is stored, as was seen before */
    bool drawn_here;         /* what it shows as another service's is an ID that was drawn here */
};

/* --- import_report.c: lines for the report --- */

/* The list ends with a word that it does after some thousand lines; the texts are copied. */
void import_line_add(struct import_errors *list, struct arena *arena, struct import_error line);
/* Counts the event as rejected; `why` is text for people, in any arena. */
void import_reject(struct import_run *run, const struct ical_event *event, const char *why);
void import_note(struct import_run *run, const struct ical_event *event, const char *why);
/* Tells of an event of ours whose dial-in shows numbers that are not the organization's. */
void import_note_numbers(struct import_run *run, const struct ical_event *event);
/* Tells at a source's end how many such events there are beyond those that were told. */
void import_note_more(struct import_run *run);
/* Counts an event under each number that its dial-in shows. */
void import_count_numbers(struct import_run *run, const struct dial_in *dial_in);
/* Counts a meeting that is in now, of what it is. */
void import_count(struct import_run *run, const struct meeting *meeting);

/* --- import_seen.c: events that come again --- */

struct import_seen {
    int64_t *slots; /* hashes; 0 is free */
    size_t room, count;
};

/*
 * True if the source had an event of this UID before (and of this occurrence of it); remembers it
 * in the arena. What cancels or answers a meeting comes beside it, and does not count.
 */
bool import_seen_before(struct arena *arena, struct import_seen *seen,
                        const struct ical_event *event);

/* --- import_event.c: one event --- */

/*
 * The zone of the organizer of this address; NULL if the directory has none. For
 * ical_reading.zone_of.
 */
const struct zone *import_zone_of(void *run, const char *email);

/* True if the directory has no organizer of this address. For ical_reading.foreign. */
bool import_foreign(void *run, const char *email);

/*
 * Takes one event (with its changed occurrences merged) into the store, within a transaction, and
 * counts it. A bad one is rejected, which is no error. `fresh`: the store is known to have no
 * meeting of its UID.
 */
enum err import_take(struct import_run *run, struct arena *arena, const struct ical_event *event,
                     bool fresh);

/* replies.c: an answer to an invitation. */
enum err import_take_reply(struct import_run *run, struct arena *arena,
                           const struct ical_event *event);
/* replies.c: a counter-proposal is told in a note, and changes nothing. */
enum err import_take_counter(struct import_run *run, struct arena *arena,
                             const struct ical_event *event);

/*
 * replies.c: a delivery report, by which a message that was sent failed. quiet: one on a message
 * that is not ours is only counted.
 */
enum err import_take_bounce(struct import_run *run, struct arena *arena,
                            const struct mail_content *content, bool quiet);

/* Reads the meeting that is stored, and whose the event is. */
enum err taking_begin(struct taking *taking);
/* True if the stored meeting is there and the event may change it. */
bool taking_owned(const struct taking *taking);
/*
 * Adds what the store wants to know and the event does not say. NULL, or why the meeting cannot be.
 */
const char *taking_complete(struct taking *taking);
/*
 * Stores the meeting with its ID, in the history too, and counts it. `named`: the ID that its text
 * shows, or NULL.
 */
enum err taking_put(const struct taking *taking, const char *named);
/* The revision that a meeting stands at after a change of this one: never less than it had. */
void revision_raise(struct meeting *meeting, int64_t sequence, int64_t stamp);

/* --- import_late.c: changed occurrences without their series --- */

/*
 * Merges the changed occurrence late->items[first], and all behind it that are of the same series
 * and not yet taken, into the series that is in the store, which is written once. Without it they
 * are a meeting of their own.
 */
enum err import_take_late(struct import_run *run, struct arena *arena, struct import_batch *late,
                          size_t first);

/* --- import_lone.c: changed occurrences of a series that is not here --- */

/* The first of these (as import_take_late has them) that takes place; NULL if all are cancelled. */
const struct ical_event *import_lone_first(const struct import_batch *batch, size_t first);

/*
 * Takes them as a meeting of their own, beside those of the series that are in `stored` (version 0:
 * none). `said` is the one whose words and owner the meeting has.
 */
enum err import_take_lone(struct import_run *run, struct arena *arena, struct import_batch *batch,
                          size_t first, const struct ical_event *said,
                          const struct meeting *stored);

/* --- import_merge.c: changed occurrences into their series --- */

/*
 * Enters all changed occurrences of the batch into `series`, or if that is NULL into the series of
 * their UIDs in the batch; `taken` tells which found one. Those with RANGE=THISANDFUTURE come
 * first: what is said of one occurrence goes before. One that cannot be entered gets its why.
 */
enum err import_merge_all(struct arena *arena, struct import_batch *batch,
                          struct ical_event *series, struct error *error);

/*
 * Enters one, or one and all that follow, into the series, whose zone is `zone`. *why (else
 * untouched) tells why it cannot be, in formatted text; the series is then as it was.
 */
enum err import_merge(struct arena *arena, struct meeting *series, const struct zone *zone,
                      const struct ical_event *event, const char **why, struct error *error);

/* --- import_block.c: our dial-in block without its mark --- */

/*
 * Takes our dial-in block out of the notes of what an event says of a stored meeting, changed
 * occurrences too, if a program has dropped the block's mark: as we would write it now, and as we
 * wrote it with the ID `named`, if that was the meeting's. *dropped: it was there.
 */
enum err import_block_drop(struct import_run *run, struct arena *arena,
                           const struct meeting *stored, const char *named, struct meeting *said,
                           bool *dropped);

/* --- import_id.c: which ID an imported meeting gets --- */

/*
 * True if the event's dial-in is the third party's that its organizer uses: its callers enter that
 * party's passcode and no ID of ours; it may have none, and is known by its number in our block
 * then. `digits` may be NULL.
 */
bool import_third_party(const struct taking *taking, const char *digits);
/*
 * Gives the meeting the ID that its text names, as the rules have it: conference_id and id_kind are
 * set, the store knows the ID. `digits` may be NULL. Call it before the meeting is put.
 */
enum err import_take_id(const struct taking *taking, const char *digits);

/* For a foreign meeting: what its text names is none of ours. */
void import_leave_id(const struct taking *taking);

/*
 * Once that is stored: an ID of ours that it had, as an earlier import took it for the calendar's
 * own, is retired if nobody else has it.
 */
enum err import_disown_id(const struct taking *taking);

/*
 * *takes: the stored meeting has no ID, as an earlier import could not read the one in its text,
 * and would get it now.
 */
enum err import_takes_id(const struct taking *taking, const char *digits, bool *takes);

/* True if the ID that the stored meeting has as ours is what the event shows as a foreign one. */
bool import_taken_before(const struct taking *taking);

/*
 * Fills in taking->drawn_here: a calendar program may have added its maker's meeting to one of
 * ours.
 */
enum err import_drawn_here(struct taking *taking);

#endif
