/*
 * Changing a meeting: what the whole, one occurrence and the rest of a series have in common. For
 * desk's own files; within a transaction.
 */
#ifndef DESK_CHANGE_H
#define DESK_CHANGE_H

#include <core/meeting_compare.h>
#include <core/series_split.h>
#include <desk/desk.h>

struct changing {
    struct arena *arena;
    const char *reference;
    int64_t version;
    const struct which *which; /* NULL: the whole meeting */
    const struct draft *draft; /* NULL: it is cancelled */
    bool dry_run;
    struct scheduled *out;

    struct organization organization;
    struct meeting *before, *after;
    struct occurrence occurrence; /* the one that `which` names, of `before` */
    const struct zone *zone;      /* of `before` */
};

/*
 * Stores `after`, its SEQUENCE raised where `told`; its ID's reservation follows. Nothing in a dry
 * run.
 */
enum err change_keep(struct session *session, const struct changing *changing, bool told,
                     enum history_event event, const char *detail);

/*
 * The draft, a time of day alone as its start ("15:00") read on the day of the occurrence that is
 * changed.
 */
struct draft draft_on_day(struct arena *arena, const struct draft *draft, struct local_time day);

/* Overlaps of the changed meeting and their warnings. */
enum err change_overlaps(struct session *session, const struct changing *changing,
                         const struct meeting *meeting);

/* Puts the meeting into out->meeting, with its nearest occurrence and its risk. */
enum err change_tell(struct session *session, const struct changing *changing,
                     const struct meeting *meeting);

/* Puts the occurrence with this start by the rule, of `meeting`, into out->meeting. */
enum err change_tell_one(struct session *session, const struct changing *changing,
                         const struct meeting *meeting, struct local_time recurrence);

/*
 * The whole meeting; and the two other scopes. changing is filled but for `after`, a copy of
 * `before`.
 */
enum err change_whole(struct session *session, struct changing *changing);
enum err change_occurrence(struct session *session, struct changing *changing);
enum err change_following(struct session *session, struct changing *changing);
enum err cancel_whole(struct session *session, struct changing *changing);
enum err cancel_occurrence(struct session *session, struct changing *changing);
enum err cancel_following(struct session *session, struct changing *changing);

/*
 * Which occurrence of the meeting is meant, with what it is worked out with. ERR_INVALID where it
 * is no series.
 */
enum err occurrence_find(struct session *session, struct arena *arena,
                         const struct meeting *meeting, const struct which *which,
                         struct occurrence *out);

#endif
