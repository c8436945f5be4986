/*
 * The life of an ID as the helpdesk sees it: from what the store knows to a state and a sentence to
 * read out. Pure. DESIGN section 2, "The life of an ID, as the helpdesk sees it".
 */
#ifndef CORE_LOOKUP_H
#define CORE_LOOKUP_H

#include <core/dial_in_text.h>
#include <core/directory.h>
#include <core/meeting.h>

/* A conference ID's row. Rows are never deleted. */
struct id_record {
    const char *digits;
    enum id_kind kind; /* dynamic or static */
    const char *organizer_uid;
    const char *meeting_uid; /* of a dynamic ID; NULL for a static one */
    bool live;               /* holds its place; else it is retired, or its meeting was over */
    bool retired;
    bool drawn; /* here; else taken as it was, by an import or by hand */
    int64_t issued;
    int64_t retired_at;      /* INSTANT_NEVER: not retired */
    int64_t reserved_until;  /* end of its quarantine; INSTANT_NEVER: open */
    const char *replaced_by; /* NULL: by none */
};

struct id_records VECTOR(struct id_record);

enum id_state {
    ID_STATE_LIVE,
    ID_STATE_UPCOMING,
    ID_STATE_ENDED,
    ID_STATE_CANCELLED,
    ID_STATE_REPLACED,
    ID_STATE_DISABLED,
    ID_STATE_RETIRED,
    ID_STATE_UNKNOWN,
    ID_STATE_INVALID
};

const char *id_state_name(enum id_state state); /* "live" ... */

/* A meeting that left this ID for another. */
struct moved_meeting {
    struct occurrence occurrence; /* its nearest */
    const char *new_id;
};

struct moved_meetings VECTOR(struct moved_meeting);

struct near_miss {
    const char *conference_id;
    enum id_slip slip;
    enum id_state state; /* live or upcoming */
    struct occurrence occurrence;
};

struct near_misses VECTOR(struct near_miss);

struct lookup {
    const char *query; /* as typed */
    enum query_kind query_kind;
    const char *conference_id; /* normalized; "" where it is none */
    enum id_state state;
    enum id_kind kind;                 /* NONE where never issued */
    const struct organizer *organizer; /* NULL where never issued */
    const struct id_record *record;    /* NULL where never issued */
    struct occurrences meetings;       /* that use it, the nearest first, with their risk */
    struct moved_meetings moved;       /* that left it, the nearest first */
    const char *replaced_by;           /* the ID to tell, NULL: none */
    struct near_misses near;
    /* where it is unknown: IDs that begin so, for who still listens */
    struct near_misses beginning;
    struct numbers dial_in;
    const char *say;         /* one sentence, to be read out */
    int64_t at;              /* the time asked for */
    const struct zone *zone; /* in which `say` tells times: the organizer's, else the reader's */
};

/*
 * The state at lookup->at, from record, organizer, meetings (each with its nearest occurrence) and
 * moved. `early` is the early-entry margin in seconds. Sets state, replaced_by, and sorts meetings
 * and moved the nearest first: those that are on, then the next ones, then those that are over (the
 * latest first), then the cancelled ones.
 *
 * The first of these that is true:
 *   invalid    the query holds no ID
 *   unknown    there is no record
 * where a meeting that uses it stands and is not over (between two occurrences a series is not
 * over):
 *   retired    the record is retired at that time: a static ID after a reset, which invitations
 *   still name
 *   disabled   the organizer is not usable
 *   live       start - early <= at < end of the nearest one
 *   upcoming   else
 * where none does:
 *   replaced   a meeting moved from it to another ID, or the record says which replaced it
 *   retired    the record is retired: a static ID, or one that has no meeting
 *   cancelled  its meeting (of a static ID: the last that is left) was cancelled
 *   disabled   it never had a meeting, and the organizer is not usable
 *   ended      else: its meeting is over; or a static ID that has no meeting at all, which `say`
 *   tells
 * replaced_by is the new ID of the nearest meeting that moved, else the record's. It is set in
 * every state: a static ID may
 * serve some meetings while others moved, and `say` tells both.
 */
void lookup_judge(struct lookup *lookup, int64_t early);

/*
 * The sentence. Near misses are never read out: an unknown ID's caller is asked to read it again.
 * Needs state, zone, meetings, moved.
 */
const char *lookup_say(struct arena *arena, const struct lookup *lookup);

#endif
