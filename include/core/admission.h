/*
 * Admission: whether a bridge lets a caller in who entered these digits, into which room and for
 * how long. Pure. It goes by the state that the helpdesk sees (core/lookup.h), so that the two
 * never differ. The design, section 2, "Admission (what a bridge asks)".
 */
#ifndef CORE_ADMISSION_H
#define CORE_ADMISSION_H

#include <core/lookup.h>

enum admission_verdict {
    ADMISSION_ADMIT,
    ADMISSION_EARLY,    /* the meeting begins soon: `from` tells when callers are let in */
    ADMISSION_REFUSE,   /* this ID is not valid now */
    ADMISSION_SLOW_DOWN /* too many wrong IDs came from this caller, or over this trunk */
};

const char *admission_verdict_name(enum admission_verdict verdict); /* "admit" ... "slow-down" */

/* Why, for the log and the staff. Callers are never told. */
enum admission_why {
    ADMISSION_WHY_ON,     /* the meeting is on, or in its early-entry margin */
    ADMISSION_WHY_GRACE,  /* it is over, but not for long */
    ADMISSION_WHY_BEFORE, /* it begins soon */
    ADMISSION_WHY_STATE,  /* the ID's state */
    ADMISSION_WHY_CALLER, /* the caller's wrong tries */
    ADMISSION_WHY_TRUNK   /* the trunk's wrong tries, and the ID is wrong too */
};

/* In seconds, and wrong tries in a window that goes before the call. */
struct admission_rules {
    int64_t early;  /* callers are let in so long before the start */
    int64_t grace;  /* and so long after the end */
    int64_t reveal; /* who comes earlier is told when to come, so long before the start */
    int64_t caller_limit, trunk_limit;
};

enum {
    ADMISSION_REVEAL = HOUR,
    ADMISSION_CALLER_WINDOW = HOUR,
    ADMISSION_CALLER_LIMIT = 10,
    ADMISSION_TRUNK_WINDOW = MINUTE,
    ADMISSION_TRUNK_LIMIT = 60
};

/* The organization's rules. */
struct admission_rules admission_rules(const struct organization *organization);

/* Wrong tries in the windows before `at`. */
struct admission_tries {
    int64_t caller; /* of this caller; 0 if the number is withheld */
    int64_t trunk;
};

struct admission {
    enum admission_verdict verdict;
    enum admission_why why;
    enum id_state state;
    bool wrong;                    /* counts as a wrong try */
    const char *room;              /* admitted: "m-" or "o-" and a UID, never the digits */
    int64_t until;                 /* admitted: seconds from now until the room is to be closed */
    int64_t from;                  /* early: when callers are let in */
    const char *lang;              /* of the meeting's invitations; NULL: no meeting is on */
    const struct meeting *meeting; /* that the caller comes for; NULL: none */
};

/* "on", "grace", "before", a state's name, "caller limit" or "trunk limit". */
const char *admission_why_name(const struct admission *admission);

/*
 * How far occurrences can lie from `at` and still decide: those that touch [*from, *to) are enough,
 * unless a meeting that is on ends later, and others follow it.
 */
void admission_window(const struct admission_rules *rules, int64_t at, int64_t *from, int64_t *to);

/*
 * Decides at judged->at. `judged` has been through lookup_judge; `around`: the occurrences within
 * the window of the meetings on this ID that are not cancelled.
 *
 * A meeting lets in from start - early to its end, and on to its closing: end + grace, but no later
 * than another meeting on this ID lets in, and never before the end. `until` is the latest closing
 * of those that let in now.
 */
struct admission admission_decide(struct arena *arena, const struct lookup *judged,
                                  const struct occurrences *around,
                                  const struct admission_rules *rules,
                                  struct admission_tries tries);

enum { CALLER_SIZE = 65 };

/*
 * A caller's number as it is counted and kept: ASCII letters, digits and "+*#@._-/", at most 64.
 * Returns false, and an empty `out`, if it is withheld ("anonymous", "unknown", nothing).
 */
bool caller_normalize(const char *given, char out[CALLER_SIZE]);

/* As people may see it: its last four digits behind an ellipsis; "" for "". */
char *caller_mask(struct arena *arena, const char *caller);

#endif
