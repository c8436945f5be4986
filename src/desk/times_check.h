/*
 * Whether a meeting's stored instants are what its local times come to by today's zone rules, and
 * how to bring them right. For desk's own files.
 */
#ifndef DESK_TIMES_CHECK_H
#define DESK_TIMES_CHECK_H

#include <core/series_moves.h>
#include <desk/session.h>

enum times_state {
    TIMES_SOUND,
    TIMES_MOVED, /* the zone's rules are others now, and move occurrences that are not over */
    TIMES_WRONG, /* not what they come to, and not what they came to by the rules of then either */
    TIMES_WRONG_DURATION, /* it is negative, and the stored times tell what it was */
    TIMES_NO_DURATION,    /* they don't */
    TIMES_NO_RULE,        /* the repeat rule can't be followed */
    TIMES_NO_ZONE
};

struct times_verdict {
    enum times_state state;
    struct series_moves moves; /* TIMES_MOVED */
    struct meeting meeting;    /* brought right: TIMES_MOVED, TIMES_WRONG(_DURATION) */
};

struct kept_zone {
    const char *name;
    int64_t fingerprint;
    const struct zone *zone; /* by the rules of then; NULL: they are not known, or are today's */
};

/* Zones by the rules of then, each read once. */
struct times_check {
    struct arena *arena; /* lives as long as this */
    struct VECTOR(struct kept_zone) kept;
};

enum err times_look(struct session *session, struct times_check *check, struct arena *arena,
                    const struct meeting *stored, struct times_verdict *verdict);

/* The meeting and what became of its times, for a finding; without the finding's own words. */
char *times_tell(struct arena *arena, const struct meeting *stored,
                 const struct times_verdict *verdict);

/*
 * Stores what times_look brought right, its SEQUENCE raised if an occurrence moved; its ID's
 * reservation and the history follow.
 */
enum err times_put(struct session *session, struct arena *arena,
                   const struct organization *organization, const struct meeting *stored,
                   struct times_verdict *verdict);

#endif
