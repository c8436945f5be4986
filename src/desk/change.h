/*
 * A change of a whole meeting, of one occurrence, or of the rest of a series. For desk's own files;
 * within a transaction.
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
 * Stores `after`, with its SEQUENCE raised if attendees must be told; its ID's reservation follows.
 * A dry run stores nothing.
 */
enum err change_keep(struct session *session, const struct changing *changing, bool told,
                     enum history_event event, const char *detail);

/* Shows the meeting in out->meeting, with its nearest occurrence and its risk. */
enum err change_show(struct session *session, const struct changing *changing,
                     const struct meeting *meeting);

/*
 * The scopes of a change and of a cancellation. changing is filled in; `after` is a copy of
 * `before`, or, for change_whole, already what the meeting is to become.
 */
enum err change_whole(struct session *session, struct changing *changing);
enum err change_occurrence(struct session *session, struct changing *changing);
enum err change_following(struct session *session, struct changing *changing);
enum err cancel_whole(struct session *session, struct changing *changing);
enum err cancel_occurrence(struct session *session, struct changing *changing);
enum err cancel_following(struct session *session, struct changing *changing);

/* The occurrence of the meeting that `which` names. ERR_INVALID if the meeting is no series. */
enum err occurrence_find(struct session *session, struct arena *arena,
                         const struct meeting *meeting, const struct which *which,
                         struct occurrence *out);

#endif
