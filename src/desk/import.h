/* What the files of the import share. For desk's own files. */
#ifndef DESK_IMPORT_H
#define DESK_IMPORT_H

#include "export.h"

struct import_event {
    struct ical_event event; /* a copy of its own */
    bool taken;              /* a changed occurrence that went into its series */
};

struct import_batch VECTOR(struct import_event);

/* An owner that was looked for: by the folded address; found false where the directory has none. */
struct import_owner {
    const char *key;
    struct organizer organizer;
    bool found;
};

struct import_owners VECTOR(struct import_owner);

/* A set of numbers: the hashes of the dynamic IDs that this import has read. Eight bytes an ID. */
struct id_set {
    uint64_t *slots;
    size_t size, count;
};

void id_set_add(struct arena *arena, struct id_set *set, const char *digits);
bool id_set_has(const struct id_set *set, const char *digits);

/* One run over one source. */
struct import_run {
    struct session *session;
    const char *name;
    struct arena *arena; /* of the run: what must outlive a batch */
    struct arena *report_arena;
    struct import_report *report;
    struct organization organization;
    struct exporter *exporter; /* what we would write of a meeting that is here */
    struct organizer fallback; /* whose an event is that names nobody we know */
    bool has_fallback;
    struct import_owners owners;
    struct id_set dynamic_ids;

    struct arena *batch_arena, *next_arena;
    struct import_batch batch;
    struct arena *late_arena;
    struct import_batch late; /* changed occurrences whose series was not in their batch */

    bool differs; /* the caller has compared already: what comes in is put, whatever its SEQUENCE */
    bool dry_run;
};

/* A copy that outlives the reading. */
struct ical_event import_copy(struct arena *arena, const struct ical_event *event);

/* Notes for the report; `why` is formatted text in any arena. */
void import_reject(struct import_run *run, const struct ical_event *event, const char *why);
void import_note(struct import_run *run, const struct ical_event *event, const char *why);

/*
 * The zone of the organizer of this address; NULL where the directory has none. For
 * ical_reading.zone_of.
 */
const struct zone *import_zone_of(void *run, const char *email);

/*
 * Takes one event (with its changed occurrences merged) into the store, in a transaction; counts
 * it. Bad ones are rejected, not an error.
 */
enum err import_take(struct import_run *run, struct arena *arena, struct import_event *item);

/*
 * Enters a changed occurrence, or one and all that follow, into its series; `zone` is the series'.
 * *why (else untouched) tells why it cannot be, in formatted text; the series is then as it was.
 */
enum err import_merge(struct session *session, struct arena *arena, struct meeting *series,
                      const struct zone *zone, const struct ical_event *event, const char **why);

/*
 * Takes our dial-in block out of the notes of what an event says of a meeting that is here, changed
 * occurrences too, where a program has dropped the block's mark: as we would write it now, and as
 * we wrote it with the ID `named`, if that was the meeting's. *dropped: it was there.
 */
enum err import_block_drop(struct import_run *run, struct arena *arena,
                           const struct meeting *stored, const char *named, struct meeting *said,
                           bool *dropped);

/*
 * Merges the changed occurrence batch->items[first], and all behind it that are of the same series
 * and not yet taken, into the series that is in the store, which is written once; rejects them
 * where there is none.
 */
enum err import_take_late(struct import_run *run, struct arena *arena, struct import_batch *batch,
                          size_t first);

/*
 * Gives the meeting the ID that its text names, as the rules have it: conference_id and id_kind are
 * set, the store knows the ID. `digits` may be NULL. Call it before the meeting is put.
 */
enum err import_take_id(struct import_run *run, struct arena *arena, const struct ical_event *event,
                        struct organizer *owner, struct meeting *meeting, const char *digits);

#endif
