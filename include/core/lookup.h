/*
 * The life of an ID as the helpdesk sees it: from what the store knows to a state and to what the
 * caller is told. Pure. DESIGN section 2, "The life of an ID, as the helpdesk sees it" and "What a
 * caller is told".
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
    bool near;  /* one that is a slip away may be there, too */
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
    ID_STATE_FOREIGN,
    ID_STATE_INVALID
};

const char *id_state_name(enum id_state state); /* "live" ... */

/*
 * For sorting the nearest first: those that are on, the next ones, those that are over (the latest
 * first), the cancelled ones.
 */
int occurrence_compare_nearness(const struct occurrence *a, const struct occurrence *b, int64_t at);

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

/*
 * What is told to a caller, before it is put into the words of a language: which sentence of
 * data/caller, and what it names.
 */
struct saying {
    const char *key;       /* "say.live", "tell.moved_upcoming" */
    const char *id;        /* digits; "" if the sentence names none */
    const char *organizer; /* NULL: not to be named */
    const char *title;     /* NULL: not to be named */
    const char *number;    /* of another conferencing service, to be dialled; NULL: none */
    int64_t when; /* when the meeting begins (of an ended one: ended); INSTANT_NEVER: not said */
    int64_t from; /* when callers are let in; INSTANT_NEVER: not said */
};

/* What the digits are, if they are no conference ID of ours. */
enum lookup_holds {
    HOLDS_NOTHING_ELSE,
    HOLDS_OUR_NUMBER,     /* a dial-in number of the organization */
    HOLDS_APP_ID,         /* the app's meeting ID in a meeting's text */
    HOLDS_UID,            /* none, but a meeting's UID, which may have some in it */
    HOLDS_FOREIGN_ID,     /* the ID of a foreign dial-in in somebody's calendar */
    HOLDS_FOREIGN_NUMBER, /* its telephone number */
    HOLDS_PASSCODE,       /* of an organizer's third-party provider */
    HOLDS_THIRD_PARTY     /* its telephone number */
};

/* The sentence of one meeting, for who has passed the caller check. */
struct telling {
    const struct occurrence *occurrence;
    const char *say;
};

struct tellings VECTOR(struct telling);

struct lookup {
    const char *query; /* as typed */
    enum query_kind query_kind;
    const char *conference_id; /* normalized; "" if it is none */
    enum id_state state;
    enum lookup_holds holds;
    const struct number *number;       /* of ours, that the digits are; NULL: none */
    enum id_kind kind;                 /* NONE if never issued */
    const struct organizer *organizer; /* NULL if never issued */
    const struct id_record *record;    /* NULL if never issued */
    struct occurrences meetings;       /* that use it, the nearest first, with their risk */
    struct moved_meetings moved;       /* that left it, the nearest first */
    const char *replaced_by;           /* the ID to tell, NULL: none */
    struct near_misses near;
    /* if the ID is unknown: IDs that begin so, for a helpdesk that still listens to the digits */
    struct near_misses beginning;
    struct numbers dial_in;
    enum tell tell;          /* what the organization lets be told before the caller check */
    int64_t early;           /* the early-entry margin in seconds */
    int64_t callers_from;    /* when the nearest meeting lets callers in; INSTANT_NEVER: none */
    int64_t at;              /* the time asked for */
    bool for_bridge;         /* a dynamic ID's meeting is read without its attendees */
    const struct zone *zone; /* in which times are told: the organizer's, else the reader's */

    /* in the words of a language; lookup_put_into_words of show sets them */
    const char *lang;         /* "en" */
    const char *say;          /* one sentence, to be read out to whoever holds the digits */
    struct tellings tellings; /* of meetings, moved, near and beginning, in this order */
};

/*
 * The state at lookup->at, from record, organizer, meetings (each with its nearest occurrence) and
 * moved. `early` is the early-entry margin in seconds. Sets state, replaced_by, early,
 * callers_from, and sorts meetings and moved the nearest first: those that are on, then the next
 * ones, then those that are over (the latest first), then the cancelled ones.
 *
 * The first of these that is true:
 *   foreign    there is no record, and the digits are of a dial-in that is not ours: `kind` tells
 *   invalid    the query holds no ID
 *   unknown    there is no record else
 * if a meeting that uses it stands and is not over (between two occurrences a series is not over):
 *   retired    the record is retired at that time: a static ID after a reset, which invitations
 *   still name
 *   disabled   the organizer is not usable
 *   live       start - early <= at < end of the nearest one
 *   upcoming   else
 * if none does:
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
 * What is said to whoever holds the digits: it names no title, no other meeting, no other ID and no
 * organizer, unless lookup->tell lets it. Needs what lookup_judge sets. Texts are borrowed.
 */
struct saying lookup_saying(const struct lookup *lookup);

/*
 * What is told of one meeting after the caller check. `id`: what its callers enter now, NULL if it
 * has none; `moved`: it is not the ID that the invitation names.
 */
struct saying lookup_telling(const struct lookup *lookup, const struct occurrence *occurrence,
                             const char *id, bool moved);

#endif
